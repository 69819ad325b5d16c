"""A later version of a list: its changes are shown before, the town's work stays untouched, drafts leave a trail."""

import io
from datetime import date

import openpyxl
import pytest

from bihuan.hazards.models import Hazard
from bihuan.intake import queries, services
from bihuan.intake.models import ImportDoubt, ImportFirm, ImportRow, SuperiorItem, SuperiorList
from bihuan.trail.models import Event
from tests.intake.stage import HEAD, ListStage, workbook
from tests.intake.test_lists import ROW, assign

OTHER = [2, *ROW[1:6], "地面有油污", "一般"]


def test_given_an_item_that_the_later_version_dropped_when_written_back_then_no_row_carries_its_progress(
    stage: ListStage,
) -> None:
    stage.commit(stage.rows([*ROW, "2月底前", "未整改"], [*OTHER, "2月底前", None]))
    stage.commit(stage.rows([*OTHER, "2月底前", None], [3, *ROW[1:6], "电线老化", "一般", "2月底前", None]))

    back = queries.back_of(stage.by(), SuperiorList.objects.get().pk, today=stage.now.date())

    sheet = openpyxl.load_workbook(io.BytesIO(back.content)).active
    numbers = {hazard.description: hazard.number for hazard in Hazard.objects.all()}
    own = len(HEAD) + 1
    assert [sheet.cell(row, own).value for row in (2, 3)] == [numbers["地面有油污"], numbers["电线老化"]]


def _columns(content: bytes, heading: str) -> list[int]:
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    return [cell.column for line in sheet.iter_rows() for cell in line if cell.value == heading]


def test_given_our_own_answer_when_read_again_then_nothing_of_ours_becomes_a_claim_and_our_columns_stand_once(
    stage: ListStage,
) -> None:
    stage.commit(stage.rows([*ROW, "2月底前", "未整改"], [*OTHER, "2月底前", None]))
    list_id = SuperiorList.objects.get().pk
    claims = list(SuperiorItem.objects.order_by("source_row").values_list("claim", flat=True))
    back = queries.back_of(stage.by(), list_id, today=stage.now.date())

    run = stage.start("清单.xlsx", back.content)
    trial = queries.trial_of(stage.by(), run.pk)
    stage.commit(run)
    again = queries.back_of(stage.by(), list_id, today=stage.now.date())

    assert (trial.added, trial.changed, trial.same, trial.gone) == (0, 0, 2, 0)
    assert list(SuperiorItem.objects.order_by("source_row").values_list("claim", flat=True)) == claims
    assert _columns(again.content, "本镇编号") == _columns(back.content, "本镇编号") == [len(HEAD) + 1]


def test_given_the_ledger_with_two_levels_of_headings_when_our_answer_is_read_again_then_it_says_the_same(
    stage: ListStage,
) -> None:
    run = stage.ledger()
    ImportFirm.objects.filter(run=run, choice="").update(choice="new")
    stage.commit(run)
    list_id = SuperiorList.objects.get().pk
    back = queries.back_of(stage.by(), list_id, today=stage.now.date())

    run = stage.start("ledger-superior-list.xlsx", back.content)
    trial = queries.trial_of(stage.by(), run.pk)

    assert (trial.added, trial.changed, trial.gone) == (0, 0, 0)


def test_given_a_later_version_when_tried_then_it_says_what_was_said_before_and_what_is_gone(stage: ListStage) -> None:
    stage.commit(stage.rows([*ROW, "2月底前", "未整改"], [*OTHER, "2月底前", None]))
    run = stage.rows([*ROW, "2月20日前", "已整改"])

    trial = queries.trial_of(stage.by(), run.pk)

    assert (trial.added, trial.changed, trial.same, trial.gone) == (0, 1, 0, 1)
    [change], [gone] = trial.changes, trial.gone_items
    assert (change["claim_was"], change["claim"]) == ("声称未整改", "声称已整改")
    assert (change["deadline_was"], change["deadline"]) == (date(2018, 2, 28), date(2018, 2, 20))
    assert (gone["row"], gone["description"], gone["state"]) == (3, "地面有油污", "reported")


def test_given_a_row_like_before_when_mended_then_the_trial_and_the_entering_agree(stage: ListStage) -> None:
    stage.commit(stage.rows([*ROW, "2月底前", "未整改"]))
    run = stage.rows([*ROW, "2月底前", "未整改"])
    mends = {0: {"deadline": "2月20日", "remark": "再催"}}

    services.mend(run_id=run.pk, mends=mends, actor=stage.by(), now=stage.now)
    trial = queries.trial_of(stage.by(), run.pk)
    row = ImportRow.objects.get(run=run)
    entered = stage.commit(run)

    assert (trial.changed, row.difference, entered.changed) == (1, "changed", 1)
    assert trial.changes[0]["others"] == "备注"


def test_given_a_moved_deadline_when_a_third_version_moves_it_back_then_nothing_is_left_to_decide(
    stage: ListStage,
) -> None:
    stage.commit(stage.rows([*ROW, "2月15日", "未整改"]))
    assign(stage, Hazard.objects.get(), date(2018, 2, 15))
    stage.commit(stage.rows([*ROW, "2月25日", "未整改"]))
    offered = SuperiorItem.objects.get().offer

    stage.commit(stage.rows([*ROW, "2月15日", "未整改"]))

    item = SuperiorItem.objects.get()
    assert (offered, item.offer, item.offered_deadline) == ("open", "", None)


def _hidden(*rows: int) -> bytes:
    book = openpyxl.Workbook()
    for row in (HEAD, [*ROW, "2月底前", "未整改"], [*OTHER, "2月底前", None]):
        book.active.append(row)
    for row in rows:
        book.active.row_dimensions[row].hidden = True
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


@pytest.mark.parametrize(("answer", "added", "left_out"), [("keep", 2, 0), ("leave", 1, 1)])
def test_given_hidden_rows_when_answered_then_they_are_entered_or_left_out(
    stage: ListStage, answer: str, added: int, left_out: int
) -> None:
    run = stage.start("清单.xlsx", _hidden(3))
    [question] = [one for one in queries.questions_of(stage.by(), run.pk) if one.code == "hidden_rows"]

    services.answer(run_id=run.pk, batch=question.batch, value=answer, actor=stage.by(), now=stage.now)
    trial = queries.trial_of(stage.by(), run.pk)
    entered = stage.commit(run)

    assert ([choice.value for choice in question.choices], question.rows) == (["keep", "leave"], (3,))
    assert (trial.left_out, entered.added) == (left_out, added)


def test_given_a_draft_when_people_work_on_it_then_each_act_leaves_one_event(stage: ListStage) -> None:
    run = stage.rows(
        [*ROW, "春节前", "未整改"], [2, *ROW[1:4], "佳美印染", "东村", "乱堆", "一般", "2月底前", "未整改"]
    )
    who = {"run_id": run.pk, "actor": stage.by(), "now": stage.now}
    doubt = ImportDoubt.objects.filter(run=run, code="deadline_festival").get()
    firm = ImportFirm.objects.filter(run=run, choice="").first()
    assert firm is not None

    services.answer(batch=doubt.batch, value="2018-02-14", **who)
    services.split_batch(batch=doubt.batch, **who)
    services.choose_firm(key=firm.key, choice="new", **who)
    services.mend(mends={1: {"deadline": "2月20日"}}, **who)
    services.set_aside(places=[1], aside=True, **who)
    services.set_aside(places=[1], aside=False, **who)
    services.drop(seen_version=stage.run(run.pk).version, **who)

    events = list(Event.objects.filter(subject_id=run.pk).order_by("seq"))
    assert [event.kind.removeprefix("import.") for event in events] == [
        "started",
        "answered",
        "split",
        "firms_chosen",
        "mended",
        "set_aside",
        "taken_back",
        "dropped",
    ]
    assert events[1].after == {"batch": doubt.batch, "answer": "2018-02-14"}
    assert events[4].after == {"rows": {"3": {"deadline": "2月20日"}}}
    assert {event.actor_name for event in events} == {stage.by().name}


def test_given_doubts_left_open_when_entered_then_the_item_still_says_them(stage: ListStage) -> None:
    stage.commit(stage.rows([*ROW[:7], "重大", "春节前", "未整改"]))

    [line] = queries.items_of(stage.by(), SuperiorList.objects.get().pk, today=stage.now.date()).lines

    assert line.doubts == ("整改期限按节日算", "写“重大”，没有判定依据")


@pytest.mark.parametrize(
    ("organs", "named"), [(("举报", "区安委办"), ""), (("举报", "举报"), ""), (("区安委办", "区安委办"), "区安委办")]
)
def test_given_a_list_of_several_sources_when_read_then_nobody_is_guessed_to_have_issued_it(
    organs: tuple[str, str], named: str, stage: ListStage
) -> None:
    rows = [[place, ROW[1], organ, *ROW[3:], "2月底前", None] for place, organ in enumerate(organs, start=1)]

    run = stage.start("清单.xlsx", workbook([HEAD, *rows]), organ="")

    assert run.organ == named
