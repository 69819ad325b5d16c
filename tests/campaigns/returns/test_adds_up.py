"""One word is one set: children add up to their parents with what has no sector, no level and what another body has."""

from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import Any, Final

import pytest

from bihuan.campaigns.models import ReturnForm
from bihuan.campaigns.queries.indicators import values_by_place
from bihuan.campaigns.queries.returns.filling import Basis, count
from bihuan.campaigns.rules.catalogue import CATALOGUE
from bihuan.campaigns.rules.returns.builtin import BUILT_IN, laid_out
from bihuan.campaigns.rules.returns.checks import doubts_of
from bihuan.campaigns.rules.returns.computing import Filled, fill
from bihuan.campaigns.rules.returns.grid import plain
from bihuan.campaigns.rules.supervision.figures import FIGURES
from bihuan.campaigns.rules.terms import Kind, Where
from bihuan.hazards.rules.acts import Act
from bihuan.hazards.rules.states import PlaceKind
from bihuan.kernel.actor import PLATFORM
from bihuan.stats import queries as stats
from bihuan.stats.rules import rate_text
from tests.campaigns.returns.stage import FRIDAY, ReturnStage
from tests.campaigns.returns.tables import table, uploaded
from tests.campaigns.returns.test_properties import asked

SINCE: Final = date(2018, 1, 1)


@pytest.fixture
def mixed(stage: ReturnStage) -> ReturnStage:
    """A town with hazards of every kind that is easily lost: of no sector, not graded, handed to another body, void."""
    loop = stage.loop
    stage.on(date(2018, 1, 10))
    outside: dict[str, Any] = {"enterprise_id": None, "place_kind": PlaceKind.PUBLIC_PLACE, "place_name": "文化广场"}
    loop.closed()
    loop.rectified()
    loop.listed()
    loop.confirmed(enterprise_id=stage.west_firm)
    loop.confirmed(**outside, path=loop.town.units["东村"].path)
    loop.report("office", **outside, path=loop.town.units["西村"].path)
    loop.report(enterprise_id=stage.west_firm)
    loop.do(loop.confirmed(), Act.TRANSFER, "office", text="非本镇", organ="区住建局", files=loop.paper("office"))
    stage.on(FRIDAY)
    return stage


def cells(stage: ReturnStage, form: ReturnForm, unit: str = "镇") -> dict[str, Any]:
    """Return the cells of a form of sectors, filled for all days since New Year."""
    return dict(stage.see(asked(stage, form, unit, SINCE, stage.loop.day)).cells)


@pytest.mark.django_db
def test_given_hazards_of_no_sector_when_a_form_of_sectors_is_filled_then_its_rows_come_to_the_whole_and_open_it(
    mixed: ReturnStage,
) -> None:
    content = table(("机械", "轻工", "其他行业", "合计"), ("发现隐患", "已整改", "期末未销号", "其中：未定级隐患"))
    form = mixed.use(uploaded(mixed, content, rhythm="special"), "镇", "西村")

    for unit, whole in (("镇", ("7", "2", "6", "2")), ("西村", ("3", "0", "3", "2"))):
        found = cells(mixed, form, unit)
        assert tuple(found[f"{column}6"].filled.text for column in "BCDE") == whole
        for column in "BCDE":
            rows = [found[f"{column}{row}"] for row in (3, 4, 5)]
            assert sum(int(one.filled.text) for one in rows) == int(found[f"{column}6"].filled.text), (unit, column)
            for one in rows:
                assert mixed.proved(one) == int(one.filled.text), (unit, one.slot.label)
        assert int(found["B5"].filled.text) > 0  # what has no sector is there
        assert "未定行业" in found["B5"].rule


@pytest.mark.django_db
def test_given_hazards_of_no_sector_when_our_forms_by_sector_are_filled_then_they_come_to_the_town(
    mixed: ReturnStage,
) -> None:
    form = next(one for one in BUILT_IN if one.code == "F2")
    grid, bindings = laid_out(form, {})
    counted = count(PLATFORM, bindings, basis(mixed))
    filled = fill(bindings, {address: one.filled for address, one in counted.items()})
    by_heads = {(slot.row_heads[-1], slot.column_heads): filled[slot.address].text for slot in grid.slots()}
    column = next(heads for row, heads in by_heads if row == "合计" and heads == ("一般隐患", "排查(项)"))

    assert by_heads["合计", column] == "4"
    assert by_heads["工矿企业以外及未定行业", column] == "1"
    assert by_heads["工矿企业小计", column] == "3"


@pytest.mark.django_db
def test_given_what_another_body_has_when_figures_are_told_then_it_is_found_apart_and_in_no_rate(
    mixed: ReturnStage,
) -> None:
    form = mixed.use(uploaded(mixed, table(("全镇合计",), ("发现隐患", "已整改", "整改率")), rhythm="special"))
    found = cells(mixed, form)

    aside = {title: row.amount for title, row in found["B3"].apart}
    assert (found["B3"].filled.text, found["D3"].filled.text) == ("7", "28.6%")
    assert aside["发现后已移送"] == 1
    assert aside["发现隐患（未定级）"] == 2


def basis(stage: ReturnStage, since: date = SINCE) -> Basis:
    """All of the town from a day to today."""
    today = stage.loop.day
    return Basis(Where(stage.loop.town.town.path), since, today, since, today, today)


def shares(stage: ReturnStage, since: date) -> dict[str, set[str]]:
    """Return what is said under every name with 整改率 in it, of the town today: forms, bulletins, plan, dashboard."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    asked_of = basis(stage, since)
    for form in BUILT_IN:
        grid, bindings = laid_out(form, {})
        counted = count(PLATFORM, bindings, asked_of)
        filled = fill(bindings, {address: one.filled for address, one in counted.items()})
        named = {item.key: item for item in form.items if "整改率" in item.name}
        for item in named.values():
            name = (
                item.name
                if item.group in item.name or "隐患" not in item.group or form.in_rows
                else item.group + item.name
            )
            last = [slot for slot in grid.slots() if any(head.startswith(plain(item.name)) for head in slot.heads)]
            last = [one for one in last if form.in_rows or one.column_heads[0] == item.group]
            found[name].add(filled[last[-1].address].text)
    declared = [one for one in (*FIGURES, *CATALOGUE) if "整改率" in one.title and one.kind is Kind.RATE]
    declared = [one for one in declared if all(not part.name.startswith("inspections") for part in one.numerator.parts)]
    told = values_by_place(
        PLATFORM, declared, {"": Where(stage.loop.town.town.path)}, since=since, until=stage.loop.day, on=stage.loop.day
    )[""]
    for one in told:
        found[one.indicator.title].add(one.text)
    names = ("hazards.rectified", "hazards.counted")
    place = stats.place_of_unit(PLATFORM, stage.loop.town.town.path)
    whole = stats.figures(place, names, until=stage.loop.day)
    found["整改率"].add(f"{rate_text(whole.total(names[0]), whole.total(names[1]))}%")
    return dict(found)


@pytest.mark.django_db
def test_given_every_declared_rate_of_rectification_when_asked_then_a_name_has_one_value_and_all_agree_on_one_range(
    mixed: ReturnStage,
) -> None:
    of_all = {"整改率", "整改率（专项行动）", "发现隐患整改率", "排查隐患整改率"}

    since_new_year = shares(mixed, SINCE)
    later = shares(mixed, FRIDAY)  # a campaign that begins when hazards are there already

    assert all(len(values) == 1 for values in (*since_new_year.values(), *later.values()))
    assert set().union(*(since_new_year[name] for name in of_all)) == {"28.6%"}
    assert {name: later[name] for name in of_all} == {  # rightly different, and called differently
        "整改率": {"28.6%"},
        "整改率（专项行动）": {"16.7%"},
        "发现隐患整改率": {"—"},
        "排查隐患整改率": {"—"},
    }


def test_given_levels_when_they_do_not_come_to_all_that_was_found_then_that_is_said() -> None:
    grid, bindings = laid_out(next(one for one in BUILT_IN if one.code == "F1"), {})
    at = {slot.row_heads[1]: slot.address for slot in grid.slots() if slot.column_heads == ("累计",)}
    found, general, major, ungraded = (
        at[name] for name in ("发现隐患", "其中:一般隐患", "其中:重大隐患", "未定级隐患")
    )

    def said(*amounts: int) -> list[str]:
        numbers = dict(zip((found, general, major, ungraded), amounts, strict=True))
        filled = fill(bindings, {cell: Filled(Decimal(amount)) for cell, amount in numbers.items()})
        return [one.say for one in doubts_of(grid.slots(), bindings, filled) if "未定级的加起来" in one.say]

    assert said(10, 7, 1, 2) == []
    [doubt] = said(10, 7, 1, 1)
    assert "应等于总数" in doubt
    assert all(one in doubt for one in (found, general, major, ungraded))
