"""For random histories and periods: every cell equals a recount from rows, children sum to the parent, — over zero."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from bihuan.campaigns.models import Return, ReturnForm
from bihuan.campaigns.queries.returns.filling import Basis, count
from bihuan.campaigns.queries.returns.finding import bindings_of
from bihuan.campaigns.rules.returns.binding import Binding, Source
from bihuan.campaigns.rules.returns.builtin import BUILT_IN, laid_out
from bihuan.campaigns.rules.returns.computing import fill
from bihuan.campaigns.rules.terms import Where
from bihuan.campaigns.services import returns as services
from bihuan.hazards.models import Hazard
from bihuan.hazards.rules.acts import Act
from bihuan.hazards.rules.states import COUNTED_STATES, State
from bihuan.kernel.actor import PLATFORM
from bihuan.kernel.calendar import end_of
from tests.campaigns.returns.forms import FOLDER
from tests.campaigns.returns.stage import LISTED_EVER, RECTIFIED, ReturnStage
from tests.campaigns.returns.test_three_forms import share

pytestmark = pytest.mark.django_db
NEW_YEAR = date(2018, 1, 1)
STEPS = ["report", "confirmed", "west", "rectified", "closed", "listed", "fail"]


class Kept:
    """Holds the stage: a failing property would otherwise print every row of it."""

    def __init__(self, stage: ReturnStage) -> None:
        self.stage = stage


@pytest.fixture
def kept(stage: ReturnStage) -> Kept:
    """The stage, held."""
    return Kept(stage)


@st.composite
def plays(draw: st.DrawFn) -> list[tuple[str, int, int]]:
    """Draw what happens: which step, how many days before it was found, how many days pass after it."""
    one = st.tuples(st.sampled_from(STEPS), st.integers(0, 9), st.sampled_from([0, 0, 1, 3, 8]))
    return draw(st.lists(one, min_size=2, max_size=7))


def play(stage: ReturnStage, step: str, back: int) -> None:
    """Let one thing happen."""
    loop = stage.loop
    found_on = loop.day - timedelta(days=back)
    if step == "west":
        loop.confirmed(enterprise_id=stage.west_firm, found_on=found_on)
    elif step == "listed":
        loop.listed()
    elif step == "fail":
        row = Hazard.objects.filter(state=State.RECTIFIED, level="general").order_by("pk").first()
        if row is not None:
            loop.do(row, Act.FAIL, "office", text="还在漏", deadline=loop.day + timedelta(days=9))
    else:
        getattr(loop, step)(found_on=found_on)


def found(stage: ReturnStage, since: date, until: date, *, level: str = "", path: str) -> int:
    """Count what was found in a period: counted by the day of the fact, so as it is known today."""
    return sum(
        since <= one["found_on"] <= until
        and level in {"", one["level"]}
        and one["state"] in COUNTED_STATES
        and one["path"].startswith(path)
        for one in stage.rows_on(stage.loop.day)
    )


def weekly_cells(stage: ReturnStage, since: date, until: date, path: str) -> dict[str, str]:
    """Recount the county's weekly at one place."""
    cells: dict[str, Any] = {}
    for column, first in (("D", since), ("E", until.replace(month=1, day=1))):
        for row, level in ((7, "general"), (8, "major")):
            cells[f"{column}{row}"] = found(stage, first, until, level=level, path=path)
            cells[f"{column}{row + 3}"] = stage.stood(RECTIFIED, first, until, level=level, path=path)
        cells[f"{column}9"] = cells[f"{column}7"] + cells[f"{column}8"]
        cells[f"{column}12"] = cells[f"{column}10"] + cells[f"{column}11"]
        cells[f"{column}13"] = stage.rose(LISTED_EVER, first, until, column="listing_state", path=path)
        cells[f"{column}14"] = f"{stage.money(first, until, path=path) / 1_000_000:g}"
    return {address: str(value) for address, value in cells.items()}


def table_cells(stage: ReturnStage, since: date, until: date) -> dict[str, str]:
    """Recount the village table; its last row from the rows of the whole town, not from those above it."""
    cells: dict[str, Any] = {}
    new_year = until.replace(month=1, day=1)
    for row, name in ((6, "东村"), (7, "西村"), (8, "镇")):
        path = stage.loop.town.units[name].path
        cells[f"C{row}"] = found(stage, since, until, path=path)
        cells[f"D{row}"] = found(stage, since, until, level="major", path=path)
        cells[f"E{row}"] = stage.stood(RECTIFIED, since, until, path=path)
        cells[f"F{row}"] = found(stage, new_year, until, path=path)
        cells[f"G{row}"] = stage.stood(RECTIFIED, new_year, until, path=path)
        cells[f"H{row}"] = cells[f"F{row}"] - cells[f"G{row}"]
        cells[f"I{row}"] = share(cells[f"G{row}"], cells[f"F{row}"])
    return {address: str(value) for address, value in cells.items()}


def special(stage: ReturnStage, name: str, *units: str) -> ReturnForm:
    """Return a superior's form that can be asked of any days."""
    known = ReturnForm.objects.filter(file_name=name).first()
    return known or stage.use(stage.upload(name, rhythm="special"), *units)


def may_ask(stage: ReturnStage, since: date, until: date) -> bool:
    """Tell whether these days were not asked for already, by another hour: that is refused (returns.asked)."""
    same = Return.objects.filter(since=since, until=until)
    return not same.exclude(due_at=end_of(stage.loop.day)).exists()


def asked(stage: ReturnStage, form: ReturnForm, unit: str, since: date, until: date) -> Return:
    """Begin a return of any days."""
    [return_id] = services.ask_special(
        form_id=form.pk,
        unit_ids=[stage.unit(unit)],
        since=since,
        until=until,
        due_at=end_of(stage.loop.day),
        actor=stage.loop.by("office"),
        now=stage.loop.at,
    )
    return Return.objects.get(pk=return_id)


# The town lives on from one history to the next, so a failing one cannot be made smaller.
@settings(
    max_examples=min(max(settings().max_examples // 2, 4), 60),
    suppress_health_check=list(HealthCheck),
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
)
@given(history=plays(), start=st.integers(0, 20), length=st.integers(0, 14))
def test_given_random_histories_when_any_days_are_asked_then_every_cell_is_as_recounted_at_every_level(
    kept: Kept, history: list[tuple[str, int, int]], start: int, length: int
) -> None:
    stage = kept.stage
    weekly = special(stage, "county-weekly.xlsx", "镇", "东村", "西村")
    by_village = special(stage, "villages.xlsx", "镇")
    for step, back, days in history:
        play(stage, step, back)
        if days:
            stage.on(stage.loop.day + timedelta(days=days))
    stage.note()
    until = max(stage.loop.day - timedelta(days=start), NEW_YEAR)
    since = max(until - timedelta(days=length), NEW_YEAR)
    assume(may_ask(stage, since, until))

    told = {unit: stage.texts(asked(stage, weekly, unit, since, until)) for unit in ("镇", "东村", "西村")}
    table = stage.texts(asked(stage, by_village, "镇", since, until))

    for unit, texts in told.items():
        wanted = weekly_cells(stage, since, until, stage.loop.town.units[unit].path)
        assert {address: texts[address] for address in wanted} == wanted, unit
    for address in wanted:
        parts = [float(told[unit][address]) for unit in ("东村", "西村")]
        assert float(told["镇"][address]) == pytest.approx(sum(parts)), address
    assert table == table_cells(stage, since, until)
    for view in (stage.see(asked(stage, weekly, unit, since, until)) for unit in ("镇", "东村")):
        for cell in view.cells.values():
            if cell.binding.source is Source.MEASURE and cell.filled.amount is not None:
                scale = 1_000_000 if cell.binding.amount == "万元" else 1
                assert stage.proved(cell) == cell.filled.amount * scale, cell.slot.label
    assert all((table[f"I{row}"] == "—") is (table[f"F{row}"] == "0") for row in (6, 7, 8))


# The town lives on from one history to the next, so a failing one cannot be made smaller.
@settings(
    max_examples=min(max(settings().max_examples // 2, 4), 60),
    suppress_health_check=list(HealthCheck),
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
)
@given(history=plays(), start=st.integers(0, 12), length=st.integers(0, 9))
def test_given_random_histories_when_any_form_is_filled_for_any_days_then_no_rate_is_above_a_hundred_percent(
    kept: Kept, history: list[tuple[str, int, int]], start: int, length: int
) -> None:
    stage = kept.stage
    for step, back, days in history:
        play(stage, step, back)
        if days:
            stage.on(stage.loop.day + timedelta(days=days))
    stage.note()
    until = max(stage.loop.day - timedelta(days=start), NEW_YEAR)
    since = max(until - timedelta(days=length), NEW_YEAR)
    town = Where(stage.loop.town.town.path)
    basis = Basis(town, since, until, cumulative_from=NEW_YEAR, on=until, today=stage.loop.day)
    rates = 0

    for bindings in every_form(stage):
        counted = count(PLATFORM, bindings, basis)
        cells = fill(bindings, {address: one.filled for address, one in counted.items()})

        for address, one in cells.items():
            if one.is_rate and one.amount is not None:
                assert 0 <= one.amount <= (one.of or 0), (address, bindings[address], since, until)
                rates += 1
    assert rates > 30


def every_form(stage: ReturnStage) -> Iterator[dict[str, Binding]]:
    """Yield what the cells of our forms, and of the superiors' as they are suggested, are bound to."""
    for form in BUILT_IN:
        yield laid_out(form, {})[1]
    for path in sorted(FOLDER.glob("*.xlsx")):
        row = ReturnForm.objects.filter(file_name=path.name).first() or stage.upload(path.name, rhythm="special")
        yield bindings_of(row)
