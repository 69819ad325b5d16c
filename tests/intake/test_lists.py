"""Superior's lists afterwards: progress, items, moved deadlines, text for the chat group, and the list written back."""

import io
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bihuan.hazards import services as hazards
from bihuan.hazards.models import Hazard
from bihuan.hazards.rules.acts import Act
from bihuan.hazards.rules.facts import Arrangements, Given
from bihuan.hazards.rules.states import State
from bihuan.intake import queries, services
from bihuan.intake.models import ImportFirm, SuperiorItem, SuperiorList
from bihuan.kernel.errors import NotFound, Refusal
from tests.intake.stage import ListStage
from tests.intake.test_taking_in import ROW

FIVE = Arrangements(duty="主要负责人", measures="加装", funds="2千元", time="2月20日前", plan="停机")


def assign(stage: ListStage, hazard: Hazard, deadline: date) -> None:
    """Confirm and order a hazard of a list."""
    confirmed(stage, hazard)
    given = Given(
        deadline=deadline,
        deadline_kind="superior",
        supervisor_post_id=stage.town.posts["industry"],
        arrangements=FIVE,
    )
    order(stage, hazard, given)


def confirmed(stage: ListStage, hazard: Hazard) -> Hazard:
    hazards.advance(hazard_id=hazard.pk, act=Act.CONFIRM, given=Given(level="general"), actor=stage.by(), now=stage.now)
    return hazard


def order(stage: ListStage, hazard: Hazard, given: Given, act: Act = Act.ASSIGN) -> None:
    services.advance_by_list(hazard_id=hazard.pk, act=act, given=given, actor=stage.by(), now=stage.now)


def taken(stage: ListStage, *rows: list[Any]) -> SuperiorList:
    stage.commit(stage.rows(*rows))
    return SuperiorList.objects.get()


TWO = ([*ROW, "2月15日", "未整改"], [2, *ROW[1:6], "地面有油污", "一般", "2月底前", None])


def test_given_a_list_when_asked_then_its_progress_counts_the_hazards_the_viewer_sees(stage: ListStage) -> None:
    row = taken(stage, *TWO)
    assign(stage, Hazard.objects.order_by("serial")[0], date(2018, 2, 15))
    later = stage.now.date() + timedelta(days=3)

    line = queries.list_for(stage.by(), row.pk, today=later)

    assert line.by_state == {State.ASSIGNED: 1, State.REPORTED: 1}
    assert (line.items, line.seen, line.overdue, line.closed) == (2, 2, 1, 0)
    assert [one.id for one in queries.lists_for(stage.by("superior"), today=later).lines] == [row.pk]


@pytest.mark.parametrize("who", ["village_west", "construction"])
def test_given_who_sees_none_of_its_items_when_asked_then_the_list_is_not_found(stage: ListStage, who: str) -> None:
    row = taken(stage, *TWO)

    with pytest.raises(NotFound):
        queries.list_for(stage.by(who), row.pk, today=stage.now.date())

    assert queries.lists_for(stage.by(who), today=stage.now.date()).total == 0


@pytest.mark.parametrize("who", ["village_east", "industry"])
def test_given_who_sees_some_items_when_asked_then_the_list_is_there_but_never_its_file(
    stage: ListStage, who: str
) -> None:
    row = taken(stage, *TWO)

    assert queries.list_for(stage.by(who), row.pk, today=stage.now.date()).is_whole is False
    with pytest.raises(NotFound):
        queries.back_of(stage.by(who), row.pk, today=stage.now.date())


def test_given_a_village_when_it_asks_for_items_then_it_gets_only_its_own(stage: ListStage) -> None:
    west = list(ROW)
    west[4:6] = ["西村木器厂", "西村"]
    row = taken(stage, [*ROW, "2月底前", "未整改"], [*west, "2月底前", "未整改"])

    seen = queries.items_of(stage.by("village_west"), row.pk, today=stage.now.date())

    assert [line.place_name for line in seen.lines] == ["西村木器厂"]
    assert queries.claims_of(stage.by("village_west"), [line.hazard_id for line in seen.lines]).keys() == {
        seen.lines[0].hazard_id
    }


@pytest.mark.parametrize("count", [1, 3])
def test_given_more_or_fewer_lists_when_listed_then_the_queries_are_three(stage: ListStage, count: int) -> None:
    for number in range(count):
        row = [*ROW[:3], f"坛安办〔2018〕{number}号", *ROW[4:], "2月底前", "未整改"]
        stage.commit(stage.rows(row))
    viewer = stage.by()

    with CaptureQueriesContext(
        connection,
    ) as asked:
        page = queries.lists_for(viewer, today=stage.now.date())

    assert (len(page.lines), len(asked)) == (count, 3)


def test_given_late_items_when_asked_then_the_text_names_each_with_its_days(stage: ListStage) -> None:
    row = taken(stage, *TWO)
    assign(stage, Hazard.objects.order_by("serial")[0], date(2018, 2, 15))
    today = date(2018, 2, 18)

    text = queries.overdue_text(stage.by(), row.pk, today=today)

    assert text.splitlines() == [
        "【逾期提醒】区安委办“清单”，截至2月18日逾期 1 项：",
        f"1. {Hazard.objects.order_by('serial')[0].place_name}：皮带轮无防护罩（清单序号 1），期限2月15日，已逾期 3 天",
        "请各责任单位抓紧整改，完成后在平台提交整改情况和整改后照片。",
        (
            "依照《安全生产法》（2014年修正）第九十九条，未采取措施消除事故隐患的，责令立即消除或者限期消除；拒不执行的，责令停产停业整顿，"
            "并处 10 万元以上 50 万元以下罚款，对直接负责的主管人员和其他直接责任人员处 2 万元以上 5 万元以下罚款。"
        ),
    ]
    assert queries.overdue_text(stage.by(), row.pk, today=date(2018, 2, 15)) == ""


def test_given_a_moved_deadline_when_taken_then_it_is_an_act_and_the_first_deadline_stays(stage: ListStage) -> None:
    row = taken(stage, *TWO)
    hazard = Hazard.objects.order_by("serial")[0]
    assign(stage, hazard, date(2018, 2, 15))
    stage.commit(stage.rows([*ROW, "2月25日", "未整改"], TWO[1]))
    item = SuperiorItem.objects.get(hazard=hazard)
    assert (item.offer, item.offered_deadline) == ("open", date(2018, 2, 25))
    assert Hazard.objects.get(pk=hazard.pk).deadline == date(2018, 2, 15)
    assert queries.list_for(stage.by(), row.pk, today=stage.now.date()).offers == 1

    services.take_deadlines(item_ids=[item.pk], actor=stage.by(), now=stage.now)

    after = Hazard.objects.get(pk=hazard.pk)
    assert (after.deadline, after.first_deadline) == (date(2018, 2, 25), date(2018, 2, 15))
    assert SuperiorItem.objects.get(pk=item.pk).offer == "taken"
    with pytest.raises(NotFound):
        services.keep_deadlines(item_ids=[item.pk], actor=stage.by(), now=stage.now)


def test_given_a_moved_deadline_when_kept_then_the_hazard_is_untouched_and_the_trail_says_so(stage: ListStage) -> None:
    taken(stage, *TWO)
    hazard = Hazard.objects.order_by("serial")[0]
    assign(stage, hazard, date(2018, 2, 15))
    stage.commit(stage.rows([*ROW, "2月25日", "未整改"], TWO[1]))
    before = Hazard.objects.values().get(pk=hazard.pk)

    services.keep_deadlines(item_ids=[SuperiorItem.objects.get(offer="open").pk], actor=stage.by(), now=stage.now)

    assert Hazard.objects.values().get(pk=hazard.pk) == before
    assert SuperiorItem.objects.get(hazard=hazard).offer == "kept"


def test_given_the_ledger_when_written_back_then_it_is_the_same_layout_with_our_columns(stage: ListStage) -> None:
    run = stage.ledger()
    for firm in ImportFirm.objects.filter(run=run, choice=""):
        services.choose_firm(run_id=run.pk, key=firm.key, choice="new", actor=stage.by(), now=stage.now)
    stage.commit(run)
    row = SuperiorList.objects.get()
    split = Hazard.objects.filter(superior_items__source_row=24).order_by("serial")
    assign(stage, split[0], date(2018, 2, 28))

    back = queries.back_of(stage.by(), row.pk, today=stage.now.date())

    sheet = openpyxl.load_workbook(io.BytesIO(back.content))["交办清单"]
    assert back.name == "ledger-superior-list（回报2月14日）.xlsx"
    assert [sheet.cell(3, column).value for column in range(25, 35)] == [
        "举一反三情况",
        "备注",
        "本镇编号",
        "本镇进度",
        "现行期限",
        "整改完成日期",
        "复查通过日期",
        "销号日期",
        "佐证份数",
        "与表内所填",
    ]
    assert sheet["AH6"].value == "表内称已整改，本镇进度为待核实"
    assert sheet["R6"].fill.fgColor.rgb == sheet["AH6"].fill.fgColor.rgb == "00FFE9B8"
    assert (sheet["AH4"].value, sheet["R4"].fill.fgColor.rgb) == (None, "00000000")
    assert sheet["AB24"].value == "1.待整改；2.待核实；3.待核实"
    assert sheet["AC24"].value == "2018-02-28"
    assert (sheet["R13"].value, sheet["R4"].value) == ("待核实", "未整改")
    assert sheet["A1"].value == "2018年春节前安全生产督查交办问题清单"
    assert "A1:Z1" in {str(area) for area in sheet.merged_cells.ranges}


@pytest.mark.parametrize("name", ["v1-lost-merges.csv", "v7-five-fixed.docx", "page-as-excel.xls", "v8-old-excel.xls"])
def test_given_another_kind_of_file_when_written_back_then_it_is_a_workbook_of_the_same_cells(
    stage: ListStage, name: str
) -> None:
    stage.now = stage.now.replace(year=2022, month=8)
    run = stage.ledger(name)
    ImportFirm.objects.filter(run=run, choice="").update(choice="new")
    stage.commit(run)
    row = SuperiorList.objects.get()

    back = queries.back_of(stage.by(), row.pk, today=stage.now.date())

    sheet = openpyxl.load_workbook(io.BytesIO(back.content)).worksheets[0]
    texts = {cell.value for line in sheet.iter_rows() for cell in line}
    assert {"本镇进度", "待核实"} <= texts
    assert any("隐患" in str(text) or "问题" in str(text) for text in texts)


def test_given_words_that_look_like_a_formula_when_written_back_then_they_stay_text(stage: ListStage) -> None:
    lines = ["序号,企业名称,隐患描述,整改情况", '1,金城镇东方木业有限公司,"=HYPERLINK(""http://x"",1)",未整改']
    stage.commit(stage.start("坏.csv", "\n".join(lines).encode()))

    back = queries.back_of(stage.by(), SuperiorList.objects.get().pk, today=stage.now.date())

    sheet = openpyxl.load_workbook(io.BytesIO(back.content)).worksheets[0]
    assert (sheet["C2"].value, sheet["C2"].data_type, sheet["C2"].quotePrefix) == (
        '=HYPERLINK("http://x",1)',
        "s",
        True,
    )


def test_given_a_draft_when_its_pages_ask_then_questions_columns_rows_and_trial_agree(stage: ListStage) -> None:
    run = stage.ledger()
    viewer = stage.by()

    view = queries.run_for(viewer, run.pk)
    questions = queries.questions_of(viewer, run.pk)
    columns = queries.columns_of(view, questions)
    trial = queries.trial_of(viewer, run.pk)
    doubted = queries.rows_of(viewer, run.pk, only="doubts", size=100)

    batches = [(one.code, one.count) for one in questions if one.is_batch]
    assert batches == [
        ("unlikely_for_industry", 15),
        ("major_without_criterion", 14),
        ("deadline_festival", 13),
        ("empty_status_with_reason", 12),
        ("closed_without_review", 8),
    ]
    assert len([one for one in questions if not one.is_batch]) == 8
    festival = next(one for one in questions if one.code == "deadline_festival")
    assert [choice.value for choice in festival.choices] == ["2018-02-14", "2018-02-15"]
    assert (festival.chosen, festival.answer) == ("2018-02-15", None)
    assert [line.letter for line in columns if not line.field] == ["T"]
    assert (trial.items, trial.added, trial.majors, trial.open_doubts) == (62, 62, 14, 70)
    assert {row.source_row for row in doubted.lines} >= {24, 25, 28, 31}
    assert [row.part for row in queries.rows_of(viewer, run.pk, only="24").lines] == [1, 2, 3]


def test_given_a_draft_of_another_town_when_asked_then_it_is_not_found(stage: ListStage) -> None:
    run = stage.rows([*ROW, "2月底前", "未整改"])

    with pytest.raises(NotFound):
        queries.run_for(stage.by("superior"), run.pk)


def test_given_a_draft_waiting_when_the_office_looks_at_its_desk_then_it_is_there(stage: ListStage) -> None:
    run = stage.rows([*ROW, "2月底前", "未整改"])

    waiting = queries.waiting_for(stage.by(), now=stage.now)

    assert [(row.what, row.subject_id) for row in waiting.rows] == [("intake.check", run.pk)]
    assert queries.waiting_for(stage.by("village_east"), now=stage.now).total == 0


def test_given_a_deadline_said_to_be_the_lists_when_ordered_then_it_is_the_day_that_the_list_names(
    stage: ListStage,
) -> None:
    taken(stage, *TWO)
    hazard = confirmed(stage, Hazard.objects.order_by("serial")[0])
    given = Given(deadline=date(2018, 4, 30), deadline_kind="superior", supervisor_post_id=stage.town.posts["industry"])

    with pytest.raises(Refusal, match="上级清单写的期限是 2018年2月15日，和填的不一样"):
        order(stage, hazard, given)
    assert Hazard.objects.get(pk=hazard.pk).deadline is None

    order(stage, hazard, replace(given, deadline=date(2018, 2, 15)))

    assert Hazard.objects.get(pk=hazard.pk).deadline == date(2018, 2, 15)
    with pytest.raises(Refusal, match="和填的不一样"):
        order(stage, hazard, Given(deadline=date(2018, 4, 30), text="口头通知"), act=Act.ADOPT_DEADLINE)


def test_given_a_list_without_a_day_when_ordered_by_it_then_another_way_is_named(stage: ListStage) -> None:
    taken(stage, [*ROW, "", "未整改"])
    hazard = confirmed(stage, Hazard.objects.get())
    given = Given(deadline=date(2018, 4, 30), deadline_kind="superior", supervisor_post_id=stage.town.posts["industry"])

    with pytest.raises(Refusal, match="上级清单没有写这一项的期限"):
        order(stage, hazard, given)
