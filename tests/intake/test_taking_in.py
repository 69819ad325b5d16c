"""A list on its way in: read by a job, doubted, mended, answered, entered in one transaction (R3.33, R3.34, L13)."""

import io
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from bihuan.enterprises import queries as enterprises
from bihuan.enterprises import services as registering
from bihuan.enterprises.rules.facts import Entry
from bihuan.hazards.models import Hazard, SameKindTask
from bihuan.intake import queries, services
from bihuan.intake.models import ImportDoubt, ImportFirm, ImportRow, ImportRun, SuperiorItem, SuperiorList
from bihuan.intake.rules.runs import RunState
from bihuan.kernel.actor import PLATFORM
from bihuan.kernel.errors import NotAllowed, NotFound, Outdated, Refusal
from bihuan.trail import queries as trail_queries
from bihuan.trail import services as trail
from bihuan.trail.models import Event, EvidenceFile
from tests.intake.reading import WORKBOOKS
from tests.intake.stage import ListStage

ROW = [1, "2018-01-15", "区安委办", "坛安办〔2018〕4号", "金城镇东方木业有限公司", "东村", "皮带轮无防护罩", "一般"]


def test_given_the_superiors_list_when_read_then_the_draft_holds_all_rows_and_nothing_is_on_the_books(
    stage: ListStage,
) -> None:
    run = stage.ledger()

    assert (run.state, run.rows_count, run.items_count) == (RunState.READ, 60, 62)
    assert (run.organ, run.title) == ("区安委办", "2018年春节前安全生产督查交办问题清单")
    assert ImportRow.objects.filter(run=run).count() == 62
    assert ImportFirm.objects.filter(run=run).count() == 20
    assert ImportDoubt.objects.filter(run=run).count() == 70
    assert list(Hazard.objects.all()) == list(SuperiorItem.objects.all()) == list(SuperiorList.objects.all()) == []


def test_given_the_superiors_list_when_entered_then_every_hazard_is_reported_and_the_claims_stand_beside(
    stage: ListStage,
) -> None:
    run = stage.ledger()
    for firm in ImportFirm.objects.filter(run=run, choice=""):
        services.choose_firm(run_id=run.pk, key=firm.key, choice="new", actor=stage.by(), now=stage.now)

    entered = stage.commit(run)

    assert (entered.added, entered.changed, entered.new_enterprises) == (62, 0, 17)
    hazards = Hazard.objects.all()
    assert {(row.state, row.level, row.source, row.needs_superior) for row in hazards} == {
        ("reported", "", "superior", True)
    }
    assert {row.source_id for row in hazards} == {entered.list_id}
    items = SuperiorItem.objects.order_by("place")
    claims = [(item.source_row, item.part, item.claim, item.claimed_level) for item in items]
    assert claims[:3] == [
        (4, 1, "claimed_open", "major"),
        (5, 1, "claimed_closed", "major"),
        (6, 1, "claimed_rectified", "general"),
    ]
    assert [item.claimed_deadline for item in items[:3]] == [date(2018, 2, 28), date(2018, 1, 26), date(2018, 2, 15)]
    assert SameKindTask.objects.count() == 62
    assert stage.run(run.pk).state == RunState.DONE
    kinds = list(Event.objects.order_by("seq").values_list("kind", flat=True))
    assert (kinds.count("hazard.report"), kinds[-1]) == (62, "superior_list.taken_in")


def test_given_the_same_list_again_when_entered_then_nothing_is_added(stage: ListStage) -> None:
    stage.commit(stage.rows([*ROW, "2月底前", "未整改"]))

    run = stage.rows([*ROW, "2月底前", "未整改"])
    entered = stage.commit(run)

    assert [row.difference for row in ImportRow.objects.filter(run=run)] == ["same"]
    assert (entered.added, entered.changed, entered.same) == (0, 0, 1)
    assert Hazard.objects.count() == SuperiorItem.objects.count() == SuperiorList.objects.count() == 1


def test_given_a_later_version_when_entered_then_only_the_claims_move_and_the_hazard_is_untouched(
    stage: ListStage,
) -> None:
    stage.commit(stage.rows([*ROW, "2月底前", "未整改"]))
    before = Hazard.objects.values().get()

    run = stage.rows([*ROW, "2月20日前", "已整改"], [2, *ROW[1:6], "地面有油污", "一般", "2月底前", "未整改"])
    entered = stage.commit(run)

    assert [row.difference for row in ImportRow.objects.filter(run=run)] == ["changed", "new"]
    assert (entered.added, entered.changed, entered.offers) == (1, 1, 0)
    assert Hazard.objects.values().get(pk=before["id"]) == before
    item = SuperiorItem.objects.get(hazard_id=before["id"])
    assert (item.claim, item.claimed_deadline, item.seen_in) == ("claimed_rectified", date(2018, 2, 20), 2)
    moved = Event.objects.get(kind="superior_item.claims_moved")
    assert (moved.before["claim"], moved.after["claim"]) == ("claimed_open", "claimed_rectified")


def test_given_a_row_with_a_problem_when_entered_then_it_is_refused_and_mending_lets_it_in(stage: ListStage) -> None:
    run = stage.rows([1, "2018-13-45", *ROW[2:], "1899-12-31", "未整改"])

    with pytest.raises(Refusal) as refused:
        stage.commit(run)
    left = services.mend(
        run_id=run.pk, mends={0: {"deadline": "2018.2.28", "found_on": ""}}, actor=stage.by(), now=stage.now
    )
    entered = stage.commit(run)

    assert refused.value.say == "还有 1 行有问题（第 2 行），改好或移出后才能入账。什么都没有写入。"
    assert left == {0: []}
    assert entered.added == 1
    assert SuperiorItem.objects.get().claimed_deadline == date(2018, 2, 28)


def test_given_a_mend_that_cannot_be_read_when_written_then_it_is_kept_as_typed_and_said(stage: ListStage) -> None:
    run = stage.rows([*ROW, "1899-12-31", "未整改"])

    left = services.mend(run_id=run.pk, mends={0: {"deadline": "2018-02-30"}}, actor=stage.by(), now=stage.now)

    assert left == {0: ["第 2 行“整改期限”：2月没有30日，请核对后改成正确的日期"]}
    assert ImportRow.objects.get(run=run).mended == {"deadline": "2018-02-30"}


def test_given_a_row_set_aside_when_entered_then_the_others_go_in_and_it_does_not(stage: ListStage) -> None:
    run = stage.rows([*ROW, "1899-12-31", "未整改"], [2, *ROW[1:6], "地面有油污", "一般", "2月底前", "未整改"])
    services.set_aside(run_id=run.pk, places=[0], aside=True, actor=stage.by(), now=stage.now)

    entered = stage.commit(run)

    assert entered.added == 1
    assert list(Hazard.objects.values_list("description", flat=True)) == ["地面有油污"]


def test_given_answers_when_entered_then_they_decide_the_claims(stage: ListStage) -> None:
    head = ["序号", "交办日期", "企业名称", "隐患描述", "整改时限", "整改情况", "完成时间", "未完成原因"]
    firm = "金城镇东方木业有限公司"
    run = stage.rows(
        [1, "2018-01-15", firm, "皮带轮无防护罩", "春节前", None, None, "材料待补"],
        [2, "2018-01-15", firm, "1.未上锁；2.有油污", "立即", "已整改", "2.20", None],
        [3, "2018-01-15", firm, "皮带轮无防护罩", "2月底前", "未整改", None, None],
        head=head,
    )
    chosen = {
        "deadline_festival": "2018-02-14",
        "empty_status_with_reason": "claimed_in_progress",
        "cell_split": "whole",
        "after_today": "none",
        "same_item_twice": "one",
    }
    for doubt in ImportDoubt.objects.filter(run=run):
        services.answer(run_id=run.pk, batch=doubt.batch, value=chosen[doubt.code], actor=stage.by(), now=stage.now)

    stage.commit(run)

    facts = SuperiorItem.objects.order_by("place").values_list("claim", "claimed_deadline", "claimed_rectified_on")
    assert list(facts) == [
        ("claimed_in_progress", date(2018, 2, 14), None),
        ("claimed_rectified", date(2018, 1, 15), None),
    ]
    assert list(Hazard.objects.order_by("serial").values_list("description", flat=True)) == [
        "皮带轮无防护罩",
        "1.未上锁；2.有油污",
    ]


def test_given_a_near_name_when_nobody_has_chosen_then_entering_is_refused(stage: ListStage) -> None:
    row = list(ROW)
    row[4] = "金城镇东方木业公司二厂"
    run = stage.rows([*row, "2月底前", "未整改"])
    firm = ImportFirm.objects.get(run=run)
    ImportFirm.objects.filter(pk=firm.pk).update(choice="")

    with pytest.raises(Refusal) as refused:
        stage.commit(run)
    services.choose_firm(run_id=run.pk, key=firm.key, choice=str(stage.firms[0].id), actor=stage.by(), now=stage.now)
    stage.commit(run)

    assert refused.value.code == "intake.firms_left"
    assert Hazard.objects.get().enterprise_id == stage.firms[0].id


def test_given_names_that_differ_by_the_place_in_front_when_read_then_only_the_own_towns_is_taken(
    stage: ListStage,
) -> None:
    entry = Entry(name="示范镇宏图木器厂", path=stage.town.units["东村"].path, lead_sector="light_industry")
    (own,) = registering.register_many(entries=[entry], town_id=stage.town.town.id, actor=PLATFORM, now=stage.now)
    names = ["宏图木器厂", "示范镇佳美印染厂", "金城镇恒昌铝制品有限公司"]
    run = stage.rows(*[[n, *ROW[1:4], name, *ROW[5:], "2月底前", "未整改"] for n, name in enumerate(names)])
    read = dict(ImportFirm.objects.filter(run=run).values_list("name", "choice"))

    with pytest.raises(Refusal) as refused:
        stage.commit(run)
    keys = list(ImportFirm.objects.filter(run=run).values_list("key", flat=True))
    confirmed = services.confirm_firms(run_id=run.pk, keys=keys, actor=stage.by(), now=stage.now)
    stage.commit(run)

    assert read == {names[0]: str(own.id), names[1]: "", names[2]: ""}
    assert refused.value.code == "intake.firms_left"
    assert confirmed == 2
    assert set(Hazard.objects.values_list("enterprise_id", flat=True)) == {
        own.id,
        *(firm.id for firm in stage.firms[1:]),
    }


def _inexact(stage: ListStage) -> ImportRun:
    """Enter a list whose one enterprise a person has to confirm, and read it again."""
    row = [*ROW[:4], "示范镇佳美印染厂", *ROW[5:], "2月底前", "未整改"]
    first = stage.rows(row)
    services.confirm_firms(
        run_id=first.pk, keys=[ImportFirm.objects.get(run=first).key], actor=stage.by(), now=stage.now
    )
    stage.commit(first)
    return stage.rows(row)


def test_given_inexact_names_when_a_later_version_comes_then_who_they_are_is_not_asked_again(stage: ListStage) -> None:
    run = _inexact(stage)

    firm = ImportFirm.objects.get(run=run)
    difference = ImportRow.objects.get(run=run).difference
    entered = stage.commit(run)

    assert (firm.kind, firm.choice) == ("plain", str(stage.firms[1].id))
    assert (difference, entered.added, entered.same) == ("same", 0, 1)


def test_given_inexact_names_on_a_later_version_when_confirmed_then_the_rows_are_known_again(stage: ListStage) -> None:
    run = _inexact(stage)
    key = ImportFirm.objects.get(run=run).key
    services.choose_firm(run_id=run.pk, key=key, choice="", actor=stage.by(), now=stage.now)
    open_difference = ImportRow.objects.get(run=run).difference

    services.confirm_firms(run_id=run.pk, keys=[key], actor=stage.by(), now=stage.now)

    assert (open_difference, ImportRow.objects.get(run=run).difference) == ("new", "same")


def test_given_a_new_enterprise_when_entered_then_it_is_on_file_in_its_village_and_sector(stage: ListStage) -> None:
    row = list(ROW)
    row[4:6] = ["宏达木器加工厂", "西村"]
    run = stage.rows([*row, "2月底前", "未整改"])
    assert ImportFirm.objects.get(run=run).choice == "new"

    stage.commit(run)

    enterprise_id = Hazard.objects.get().enterprise_id
    assert enterprise_id is not None
    firm = enterprises.firms([enterprise_id])[enterprise_id]
    assert (firm.name, firm.village, firm.lead_sector) == ("宏达木器加工厂", "西村", "light_industry")


def test_given_an_older_page_when_entering_then_it_is_told_to_reload(stage: ListStage) -> None:
    run = stage.rows([*ROW, "2月底前", "未整改"])
    services.set_aside(run_id=run.pk, places=[0], aside=False, actor=stage.by(), now=stage.now)

    with pytest.raises(Outdated):
        services.commit(run_id=run.pk, seen_version=run.version, actor=stage.by(), now=stage.now)

    assert Hazard.objects.count() == 0


@pytest.mark.parametrize("who", ["village_east", "industry", "superior", "security_admin", "inspector"])
def test_given_somebody_who_takes_no_lists_when_starting_then_it_is_refused(stage: ListStage, who: str) -> None:
    with pytest.raises(NotAllowed):
        services.start_import(name="a.xlsx", content=b"PK", actor=stage.by(who), now=stage.now)


def test_given_another_towns_draft_when_touched_then_it_is_not_found(stage: ListStage) -> None:
    with pytest.raises(NotFound):
        services.drop(run_id=UUID(int=1), seen_version=1, actor=stage.by(), now=stage.now)


def test_given_a_column_chosen_for_an_organ_when_its_next_list_comes_then_it_is_remembered(stage: ListStage) -> None:
    head = ["序号", "企业名称", "毛病", "整改情况"]
    run = stage.rows([1, "金城镇东方木业有限公司", "缺护栏", "未整改"], head=head)
    assert run.reading["sheets"][0]["extra"] == ["C"]
    services.reread(
        run_id=run.pk,
        seen_version=run.version,
        facts={},
        columns={"毛病": "description"},
        frame={},
        actor=stage.by(),
        now=stage.now,
    )
    services.understand_run(run_id=run.pk, job_id=None, now=stage.now)

    later = stage.rows([1, "金城镇佳美印染厂", "缺标识", "未整改"], head=head, name="第二批.xlsx")

    assert ImportRow.objects.get(run=stage.run(run.pk)).item["values"]["description"] == "缺护栏"
    assert ImportRow.objects.get(run=later).item["values"]["description"] == "缺标识"


@pytest.mark.parametrize("who", ["village_east", "industry", "chair", "agency", "superior", "system_admin"])
def test_given_a_draft_when_another_role_of_the_town_asks_then_no_query_answers(stage: ListStage, who: str) -> None:
    run = stage.rows([*ROW, "2月底前", "未整改"])
    viewer = stage.by(who)

    for query in (queries.run_for, queries.questions_of, queries.firms_of, queries.counts_of, queries.trial_of):
        with pytest.raises(NotFound):
            query(viewer, run.pk)
    with pytest.raises(NotFound):
        queries.rows_of(viewer, run.pk)

    assert queries.runs_of(viewer) == []
    assert not queries.may_take_in(viewer)
    assert [one.id for one in queries.runs_of(stage.by("chief"))] == [run.pk]


def test_given_a_worker_when_it_runs_the_reading_then_the_draft_is_read_and_the_job_done(
    stage: ListStage, settings: Any, tmp_path: Path
) -> None:
    settings.HOME = tmp_path
    content = (WORKBOOKS / "must_pass" / "ledger-tracking.xlsx").read_bytes()
    run_id = services.start_import(name="清单.xlsx", content=content, organ="区安委办", actor=stage.by(), now=stage.now)

    with trail.living_worker() as worker, trail.clock_of_jobs(lambda: stage.now):
        assert trail.run_next(worker, now=stage.now)

    run = stage.run(run_id)
    job = trail_queries.job_for(stage.by(), run.job_id)
    assert (run.state, run.items_count, job.state) == (RunState.READ, 86, "done")


def test_given_a_file_that_is_no_list_when_a_worker_reads_it_then_draft_and_job_say_why(
    stage: ListStage, settings: Any, tmp_path: Path
) -> None:
    settings.HOME = tmp_path
    content = (WORKBOOKS / "must_fail" / "no-table.docx").read_bytes()
    run_id = services.start_import(name="函.docx", content=content, actor=stage.by(), now=stage.now)

    with trail.living_worker() as worker, trail.clock_of_jobs(lambda: stage.now):
        trail.run_next(worker, now=stage.now)

    run = stage.run(run_id)
    job = trail_queries.job_for(stage.by(), run.job_id)
    assert (run.state, job.state) == (RunState.FAILED, "failed")
    assert run.say == job.say == "“函.docx”里没有表格。请把清单放进 Word 的表格里，或另存为 Excel 再上传。"


@pytest.mark.parametrize(
    ("name", "say"),
    [
        ("picture.xlsx", "“picture.xlsx”是图片，不能当清单读。请向交办单位要 Excel 原表，或照着录入 .xlsx。"),
        (
            "paper.pdf",
            "“paper.pdf”是 PDF 文件，不能当清单读。请向交办单位要 Excel 原表，或把表格复制到 Excel 里存为 .xlsx。",
        ),
        ("photos.zip", "“photos.zip”是压缩包，不能当清单读。请解压后上传里面的 .xlsx、.xls、.csv 或 .docx。"),
        ("encrypted.xlsx", "“encrypted.xlsx”设了打开密码，读不了。请在 Excel 里去掉密码，另存后再上传。"),
        ("empty.xlsx", "文件是空的（0 字节）。请重新导出或另存后再上传。"),
    ],
)
def test_given_a_file_that_can_be_no_list_when_uploaded_then_the_form_says_so_and_nothing_is_kept(
    stage: ListStage, name: str, say: str
) -> None:
    file = io.BytesIO((WORKBOOKS / "must_fail" / name).read_bytes())

    with pytest.raises(Refusal) as refused:
        services.start_import(name=name, content=file, actor=stage.by(), now=stage.now)

    assert refused.value.say == say
    assert (ImportRun.objects.count(), EvidenceFile.objects.count()) == (0, 0)


def test_given_a_broken_workbook_when_uploaded_then_it_is_asked_for_again_and_no_photo_is(stage: ListStage) -> None:
    with pytest.raises(Refusal) as refused:
        services.start_import(name="台账.xlsm", content=b"PKx broken", actor=stage.by(), now=stage.now)

    assert "“台账.xlsm”的内容和文件名对不上，可能没有传完整。请在 Excel 里打开，另存为 .xlsx" in refused.value.say
    assert (ImportRun.objects.count(), EvidenceFile.objects.count()) == (0, 0)


def test_given_200_megabytes_when_uploaded_then_it_is_refused_by_its_size_without_being_read(
    stage: ListStage, tmp_path: Path
) -> None:
    large = tmp_path / "large.xlsx"
    with large.open("wb") as file:
        file.truncate(200 * 1024 * 1024)

    with large.open("rb") as file, pytest.raises(Refusal) as refused:
        services.start_import(name="large.xlsx", content=file, actor=stage.by(), now=stage.now)

    assert refused.value.say == "文件有 200 MB，最多 30 MB。请删去图片和无关的工作表，或分成几个文件再上传。"
