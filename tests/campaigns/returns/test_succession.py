"""A newer edition of a form in use: carried over by headings, asked where one is renamed, used from a period on."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bihuan.campaigns.models import Return, ReturnForm
from bihuan.campaigns.queries import returns as queries
from bihuan.campaigns.queries.returns.finding import bindings_of
from bihuan.campaigns.queries.returns.gathering import last_before
from bihuan.campaigns.rules.returns.binding import Binding, Source
from bihuan.campaigns.rules.returns.carrying import LINES_CAME, MEANS_OTHERWISE, PARTS_GONE, carried
from bihuan.campaigns.rules.returns.grid import Cell, Grid, Sheet
from bihuan.campaigns.rules.returns.life import ReturnState
from bihuan.campaigns.rules.returns.succession import Axis, Said, compared
from bihuan.campaigns.services import returns as services
from bihuan.kernel.errors import NotAllowed, NotFound, Outdated, Refusal
from bihuan.trail.models import Event
from tests.campaigns.returns.stage import FIRST, FRIDAY, ReturnStage
from tests.campaigns.returns.tables import table, uploaded

SECOND, NEXT_FRIDAY = (date(2018, 1, 19), date(2018, 1, 25)), date(2018, 1, 26)
ROWS, COLUMNS = ("机械", "轻工", "合计"), ("发现隐患", "已整改", "检查企业")
LONGER = ("机械", "建筑施工", "轻工", "合计"), ("发现隐患", "重大隐患", "已整改", "检查企业")


def grid(*lines: str) -> Grid:
    """A table drawn in words: "-" stands for a cell that wants a number, "." for an empty one."""
    cells = {
        (row, column): Cell("" if text in {"-", "."} else text, border=text != ".")
        for row, line in enumerate(lines, start=1)
        for column, text in enumerate(line.split(), start=1)
    }
    return Grid((Sheet("表", cells),))


# ---- which cells are the same ----
def test_given_rows_and_columns_inserted_when_compared_then_each_cell_is_found_by_its_headings() -> None:
    old = grid("行业 发现 整改", "机械 - -", "轻工 - -", "合计 - -")
    new = grid("行业 发现 重大 整改", "机械 - - -", "建筑 - - -", "轻工 - - -", "合计 - - -")

    found = compared(old, new)

    assert found.cells == {"B2": "B2", "D2": "C2", "B4": "B3", "D4": "C3", "B5": "B4", "D5": "C4"}
    assert [slot.address for slot in found.added] == ["C2", "B3", "C3", "D3", "C4", "C5"]
    assert (found.gone, found.questions) == ([], ())
    assert [slot.address for slot in found.moved] == ["D2", "B4", "D4", "B5", "D5"]


def test_given_a_heading_renamed_when_compared_then_it_is_asked_and_nothing_is_taken_for_it() -> None:
    old = grid("行业 发现 整改", "机械 - -", "危险化学品 - -", "轻工 - -")
    new = grid("行业 发现 已整改到位", "机械 - -", "危化品 - -", "轻工 - -")

    found = compared(old, new)

    assert found.cells == {"B2": "B2", "B4": "B4"}
    assert [(one.axis, one.old, one.offered, one.cells) for one in found.questions] == [
        (Axis.ROW, "危险化学品", ("危化品",), 2),
        (Axis.COLUMN, "整改", ("已整改到位",), 3),
    ]


@pytest.mark.parametrize(("new_name", "same", "left"), [("危化品", {"B3": "B3", "C3": "C3"}, 0), ("", {}, 2)])
def test_given_a_renamed_heading_when_a_person_says_what_it_became_then_it_is_so_and_asked_no_more(
    new_name: str, same: dict[str, str], left: int
) -> None:
    old = grid("行业 发现 整改", "机械 - -", "危险化学品 - -", "轻工 - -")
    new = grid("行业 发现 整改", "机械 - -", "危化品 - -", "轻工 - -")

    found = compared(old, new, [Said(0, Axis.ROW, "危险化学品", new_name)])

    assert {one: other for one, other in found.cells.items() if one.endswith("3")} == same
    assert len(found.gone) == len(found.added) == left
    assert found.questions == ()


def test_given_a_heading_that_came_beside_nothing_like_it_when_compared_then_nobody_is_asked() -> None:
    old = grid("行业 发现", "机械 -", "轻工 -", "民爆 -")
    new = grid("行业 发现", "建筑施工 -", "机械 -", "轻工 -")

    found = compared(old, new)

    assert ([one.label for one in found.gone], [one.label for one in found.added]) == (
        ["民爆·发现（B4）"],
        ["建筑施工·发现（B2）"],
    )
    assert found.questions == ()


def test_given_two_lines_of_one_name_when_lines_come_then_their_neighbours_tell_them_apart_or_nothing_does() -> None:
    old = grid("行业 发现", "机械 -", "小计 -", "东村 -", "小计 -")
    new = grid("行业 发现", "机械 -", "轻工 -", "小计 -", "东村 -", "西村 -", "小计 -")
    third = grid("行业 发现", "小计 -", "小计 -", "小计 -")

    assert compared(old, new).cells == {"B2": "B2", "B4": "B3", "B5": "B4", "B7": "B5"}
    assert compared(old, third).cells == {}


def test_given_numbers_before_headings_and_a_renamed_sheet_when_compared_then_they_are_the_same() -> None:
    old = Grid((Sheet("1月", grid("项目 数", "一、机械 -", "二、轻工 -").sheets[0].cells),))
    new = Grid((Sheet("2月", grid("项目 数", "一、建筑 -", "二、机械 -", "三、轻工 -").sheets[0].cells),))

    assert compared(old, new).cells == {"B3": "B2", "B4": "B3"}


def test_given_a_level_of_headings_that_came_when_compared_then_the_whole_line_is_asked() -> None:
    old = grid("行业 发现 整改", "机械 - -")
    new = grid(". 隐患 隐患", "行业 发现 整改", "机械 - -")

    found = compared(old, new)

    assert [(one.old, one.offered) for one in found.questions] == [
        ("发现", ("隐患·发现",)),
        ("整改", ("隐患·整改",)),
    ]


# ---- what they are bound to ----
def sums(*cells: str, by: str = "") -> Binding:
    return Binding(Source.SUM, cells=cells, chosen_by=by)


def test_given_totals_and_lines_that_came_when_carried_then_nobodys_follow_and_a_persons_are_asked() -> None:
    old, new = (
        grid("行业 发现", "机械 -", "轻工 -", "合计 -"),
        grid("行业 发现", "机械 -", "建筑 -", "轻工 -", "合计 -"),
    )
    beside, whole = compared(old, new), sums("B2", "B3", "B4")
    typed = {"B2": Binding(Source.TYPED), "B3": Binding(Source.TYPED)}

    def follow(total: Binding, before: Binding | None) -> Any:
        said = {"B4": before} if before is not None else {}
        return carried(beside, typed | {"B4": total}, said, {"B5": whole}, {"B3": Binding(Source.TYPED)})

    nobodys, persons, other = (
        follow(sums("B2", "B3"), sums("B2", "B3")),
        follow(sums("B2", "B3", by="甲"), sums("B2", "B3")),
        follow(sums("B2", "B3", by="甲"), None),
    )

    assert (nobodys.bindings["B5"], nobodys.anew["B5"].now, nobodys.asked) == (whole, whole, {})
    assert (persons.asked, "B5" in persons.bindings) == ({"B5": MEANS_OTHERWISE}, False)
    assert (other.asked, "B5" in other.bindings) == ({"B5": LINES_CAME}, False)


def test_given_a_rate_whose_part_is_gone_when_carried_then_it_is_asked_and_another_goes_on_at_its_new_cells() -> None:
    old = grid("行业 发现 整改 检查 率", "机械 - - - -")
    gone, moved = grid("行业 发现 检查 率", "机械 - - -"), grid("行业 检查 发现 整改 率", "机械 - - - -")
    rate = Binding(Source.RATE, cells=("C2", "B2"), chosen_by="甲")

    without = carried(compared(old, gone), {"E2": rate}, {}, {}, {})
    there = carried(compared(old, moved), {"E2": rate}, {}, {}, {})

    assert (without.asked, dict(without.bindings)) == ({"D2": PARTS_GONE}, {})
    assert there.bindings == {"E2": replace(rate, cells=("D2", "C2"))}


# ---- the whole way ----
@pytest.fixture
def form(stage: ReturnStage) -> ReturnForm:
    """A form in use of the town and 东村, with a cell that a person chose."""
    made = stage.use(uploaded(stage, table(ROWS, COLUMNS), rhythm="weekly", to_whom="区安委办"), "镇", "东村")
    services.bind_cells(
        form_id=made.pk,
        seen_version=made.version,
        cells={"C3": Binding(Source.MEASURE, "hazards.put_right", sectors=("machinery",))},
        actor=stage.loop.by("office"),
        now=stage.loop.at,
    )
    made.refresh_from_db()
    return made


def succeeded(stage: ReturnStage, form: ReturnForm, content: bytes, who: str = "office") -> ReturnForm:
    form.refresh_from_db()
    made = services.upload_successor(
        form_id=form.pk,
        seen_version=form.version,
        name="新表.xlsx",
        content=content,
        actor=stage.loop.by(who),
        now=stage.loop.at,
    )
    return ReturnForm.objects.get(pk=made)


def bind_rest(stage: ReturnStage, row: ReturnForm) -> None:
    view = queries.form_for(stage.loop.by("office"), row.pk)
    cells: dict[str, Binding | None] = {slot.address: Binding(Source.TYPED) for slot in view.unbound}
    if cells:
        services.bind_cells(
            form_id=row.pk, seen_version=row.version, cells=cells, actor=stage.loop.by("office"), now=stage.loop.at
        )
    row.refresh_from_db()


def switch(stage: ReturnStage, row: ReturnForm, first_due: date | None = NEXT_FRIDAY, who: str = "office") -> None:
    row.refresh_from_db()
    assert row.succeeds is not None
    services.switch_form(
        form_id=row.pk,
        seen_version=row.version,
        old_version=row.succeeds.version,
        first_due=first_due,
        actor=stage.loop.by(who),
        now=stage.loop.at,
    )
    row.refresh_from_db()


def owed(stage: ReturnStage, who: str = "office") -> set[tuple[str, date, str]]:
    """What is owed: by whom, of which last day, with which form."""
    names = {form.pk: form.file_name for form in ReturnForm.objects.all()}
    lines = queries.owed_for(stage.loop.by(who), now=stage.loop.at)
    return {(one.unit_name, one.period.until, names[one.form_id]) for one in lines}


def test_given_rows_and_columns_inserted_when_uploaded_then_bindings_stand_at_their_headings_and_the_old_is_as_it_was(
    stage: ReturnStage, form: ReturnForm
) -> None:
    before = ReturnForm.objects.values("grid", "bindings", "state").get(pk=form.pk)

    row = succeeded(stage, form, table(*LONGER))

    old, new = bindings_of(form), bindings_of(row)
    assert new["D3"] == old["C3"]  # a person's own choice
    assert (new["B3"], new["B5"], new["E5"]) == (old["B3"], old["B4"], old["D4"])
    assert (new["B4"].sectors, new["C3"].level) == (("construction",), "major")  # suggested
    assert (row.state, row.rhythm, row.to_whom, row.in_use_on) == ("binding", "weekly", "区安委办", None)
    assert ReturnForm.objects.values("grid", "bindings", "state").get(pk=form.pk) == before
    told = Event.objects.get(subject_id=row.pk, kind="return_form.succeeding")
    assert (told.after["carried"], told.after["moved"], len(told.after["added"]), told.after["gone"]) == (9, 8, 7, [])


def test_given_a_newer_edition_when_switched_then_what_was_filled_keeps_its_own_and_the_next_period_is_filled_with_it(
    stage: ReturnStage, form: ReturnForm
) -> None:
    stage.loop.closed(found_on=date(2018, 1, 13))
    stage.on(FRIDAY)
    sent = stage.sent(stage.begin(form, *FIRST), remark="核对过")
    figures = dict(sent.figures)
    stage.on(date(2018, 1, 20))
    row = succeeded(stage, form, table(*LONGER))
    bind_rest(stage, row)
    untouched = stage.begin(form, *SECOND, unit="东村", who="village_east")

    switch(stage, row)

    form.refresh_from_db()
    sent.refresh_from_db()
    untouched.refresh_from_db()
    assert (form.state, form.retired_on, row.state, row.in_use_on) == ("retired", NEXT_FRIDAY, "in_use", NEXT_FRIDAY)
    assert (sent.form_id, sent.figures, untouched.form_id) == (form.pk, figures, row.pk)
    assert owed(stage) >= {
        ("示范镇", FIRST[1], "表.xlsx"),
        ("东村", FIRST[1], "表.xlsx"),
        ("示范镇", SECOND[1], "新表.xlsx"),
    }
    assert not {one for one in owed(stage) if one[1:] == (SECOND[1], "表.xlsx")}
    stage.on(NEXT_FRIDAY)
    late = stage.begin(form, *FIRST, unit="东村", who="village_east")  # owed before, so with what was used then
    later = stage.begin(row, *SECOND)
    assert (late.form_id, later.form_id) == (form.pk, row.pk)
    with pytest.raises(Refusal):
        stage.begin(form, *SECOND)
    assert stage.see(later).cells["D3"].binding.name == "hazards.put_right"
    before = last_before(later)
    assert before is not None
    assert {cell: figures[old] for cell, old in row.carried["cells"].items()} == before.figures
    told = {one.kind: one for one in Event.objects.filter(subject_id__in=(form.pk, row.pk))}
    assert told["return_form.replaced"].after == {"form": str(row.pk), "from_on": "2018-01-26"}
    assert told["return_form.succeeded"].after["begun"] == [str(untouched.pk)]
    assert "从2018年1月19日至1月25日这一期起用新版式" in told["return_form.succeeded"].say


def test_given_a_renamed_heading_when_nobody_said_then_nothing_is_switched_and_once_said_it_is_carried(
    stage: ReturnStage, form: ReturnForm
) -> None:
    row = succeeded(stage, form, table(("机械行业", "轻工", "合计"), COLUMNS))
    assert bindings_of(row)["C3"].chosen_by == ""  # suggested, not taken over
    bind_rest(stage, row)

    with pytest.raises(Refusal, match="机械"):
        switch(stage, row)
    form.refresh_from_db()
    assert (form.state, row.state, Event.objects.filter(kind="return_form.succeeded").exists()) == (
        "in_use",
        "binding",
        False,
    )
    done = services.say_heading(
        form_id=row.pk,
        seen_version=row.version,
        sheet=0,
        axis="row",
        old="机械",
        new="机械行业",
        actor=stage.loop.by("office"),
        now=stage.loop.at,
    )

    row.refresh_from_db()
    assert done == 3
    assert bindings_of(row)["C3"] == bindings_of(form)["C3"]
    switch(stage, row, FRIDAY)
    assert row.carried == {
        "said": [{"sheet": 0, "axis": "row", "old": "机械", "new": "机械行业"}],
        "cells": row.carried["cells"],
    }
    assert row.carried["cells"]["C3"] == "C3"


def test_given_a_cell_bound_since_when_a_heading_is_said_then_what_the_person_bound_stays(
    stage: ReturnStage, form: ReturnForm
) -> None:
    row = succeeded(stage, form, table(("机械行业", "轻工", "合计"), COLUMNS))
    chosen = Binding(Source.TYPED)
    office = stage.loop.by("office")
    services.bind_cells(form_id=row.pk, seen_version=row.version, cells={"B3": chosen}, actor=office, now=stage.loop.at)
    row.refresh_from_db()

    said = {"sheet": 0, "axis": "row", "old": "机械", "new": "机械行业"}
    services.say_heading(form_id=row.pk, seen_version=row.version, **said, actor=office, now=stage.loop.at)

    row.refresh_from_db()
    assert bindings_of(row)["B3"].source is Source.TYPED
    assert bindings_of(row)["C3"].name == "hazards.put_right"
    with pytest.raises(NotFound):
        services.say_heading(form_id=row.pk, seen_version=row.version, **said, actor=office, now=stage.loop.at)


def test_given_a_period_that_somebody_has_written_in_when_switched_from_it_then_it_is_refused_and_offered_no_more(
    stage: ReturnStage, form: ReturnForm
) -> None:
    stage.on(FRIDAY, hour=8)
    stage.sent(stage.begin(form, *FIRST), remark="核对过")
    row = succeeded(stage, form, table(*LONGER))
    bind_rest(stage, row)

    offered = queries.succession_for(stage.loop.by("office"), row.pk, now=stage.loop.at).offered
    with pytest.raises(Refusal, match="示范镇已经用原来的版式填了这一期"):
        switch(stage, row, FRIDAY)

    assert (offered[0].since, offered[0].until) == SECOND
    assert Return.objects.get().state == ReturnState.SUBMITTED
    with pytest.raises(Refusal, match="从哪一期起"):
        switch(stage, row, date(2018, 1, 25))


def test_given_others_than_the_office_an_older_page_or_a_second_edition_when_tried_then_each_is_refused(
    stage: ReturnStage, form: ReturnForm
) -> None:
    with pytest.raises(NotAllowed):
        succeeded(stage, form, table(*LONGER), who="village_east")
    row = succeeded(stage, form, table(*LONGER))
    bind_rest(stage, row)
    with pytest.raises(Refusal, match="已经上传过"):
        succeeded(stage, form, table(*LONGER))
    with pytest.raises(Refusal, match="对照旧版式"):
        stage.use(row)
    old_version = form.version + 1
    ReturnForm.objects.filter(pk=form.pk).update(version=old_version + 1)
    with pytest.raises(Outdated):
        services.switch_form(
            form_id=row.pk,
            seen_version=row.version,
            old_version=old_version,
            first_due=FRIDAY,
            actor=stage.loop.by("office"),
            now=stage.loop.at,
        )
    row.refresh_from_db()
    assert (row.state, ReturnForm.objects.get(pk=form.pk).state, row.owers.count()) == ("binding", "in_use", 0)
    services.retire_form(
        form_id=row.pk, seen_version=row.version, reason="发错了", actor=stage.loop.by("office"), now=stage.loop.at
    )
    assert succeeded(stage, form, table(*LONGER)).succeeds_id == form.pk
