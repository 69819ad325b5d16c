"""A campaign's own hazards while some close, break open and move around its first day: never less than nothing."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Final

import pytest

from bihuan.campaigns import queries
from bihuan.campaigns.queries.trends import trends_of
from bihuan.campaigns.rules.catalogue import BY_KEY
from bihuan.campaigns.rules.terms import Only, Where
from bihuan.enterprises import services as enterprises
from bihuan.enterprises.models import Enterprise
from bihuan.hazards.models import Hazard
from bihuan.hazards.rules.acts import Act
from bihuan.kernel.actor import PLATFORM
from bihuan.stats import queries as stats
from bihuan.stats.rules import Here, summands_of
from tests.hazards.stage import DAY, FIVE, Stage, make_stage

pytestmark = pytest.mark.django_db
RATES: Final = ("hazards.closed", "hazards.reviewed", "hazards.on_time", "hazards.arranged", "fields.rectified")
KEYS: Final = (*RATES, "majors.closed")
ONE: Final = timedelta(days=1)


def close_again(stage: Stage, row: Hazard) -> None:
    """Arrange, fix and close a hazard that broke open again."""
    row = stage.do(row, Act.ARRANGE, "safety", arrangements=FIVE)
    row = stage.do(row, Act.ACCEPT, "safety")
    stage.do(stage.hand_in(row), Act.PASS, "office", text="合格")


@dataclass
class Told:
    """What became of one hazard: at the end of each day its state and place, and on which days it broke open again."""

    states: dict[date, tuple[str, str, str]] = field(default_factory=dict)  # state, path, sector
    reopened: list[date] = field(default_factory=list)

    def was_over(self, start: date, on: date) -> bool:
        """Whether it was closed when a campaign began, and has been ever since."""
        state, _, _ = self.states.get(start - ONE, ("", "", ""))
        return state == "closed" and not any(start <= day <= on for day in self.reopened)


class Life:
    """A town in which hazards close, break open again and move with their enterprise, and a record of each day."""

    def __init__(self, stage: Stage, seed: int) -> None:
        self.stage, self.dice = stage, random.Random(seed)
        self.told: dict[object, Told] = {}

    def play(self, days: int) -> None:
        """Play some days of up to three acts."""
        for _ in range(days):
            for _ in range(self.dice.randint(1, 3)):
                self.act()
            self.note()
            self.stage.later(1)

    def act(self) -> None:
        """Close one more, open a closed one again, close what was opened, or move the enterprise."""
        closed, open_ones = self._in("closed"), self._in("assigned")
        what = self.dice.choice(("close", "reopen", "reopen", "again", "again", "move"))
        if what == "close":
            self.stage.closed()
        elif what == "reopen" and closed:
            row = self.stage.reopened(self.dice.choice(closed))
            self.told.setdefault(row.pk, Told()).reopened.append(self.stage.day)
        elif what == "again" and open_ones:
            close_again(self.stage, self.dice.choice(open_ones))
        elif what == "move":
            self._move()

    def _in(self, state: str) -> list[Hazard]:
        return list(Hazard.objects.filter(state=state).order_by("pk"))

    def _move(self) -> None:
        row = Enterprise.objects.get(pk=self.stage.firm.id)
        paths = [self.stage.town.units[name].path for name in ("东村", "西村")]
        path, sector = self.dice.choice(paths), self.dice.choice(("machinery", "construction"))
        if (path, sector) == (row.path, row.lead_sector):
            return
        enterprises.move(
            enterprise_id=row.pk,
            seen_version=row.version,
            path=path,
            lead_sector=sector,
            reason="搬厂",
            actor=self.stage.by("office"),
            now=self.stage.at,
        )

    def note(self) -> None:
        """Write the end of the day down."""
        for pk, state, path, sector in Hazard.objects.values_list("pk", "state", "path", "sector"):
            self.told.setdefault(pk, Told()).states[self.stage.day] = (state, path, sector)

    def closed(self, start: date, on: date, path: str, sector: str = "") -> tuple[int, int]:
        """Recount how many of a campaign's own are closed, and how many there are, at the end of a day."""
        own = [
            state
            for one in self.told.values()
            for state, its_path, its_sector in [one.states.get(on, ("", "", ""))]
            if state and its_path.startswith(path) and sector in {"", its_sector} and not one.was_over(start, on)
        ]
        return own.count("closed"), len(own)


def _days() -> Iterator[tuple[date, date]]:
    first = DAY + 2 * ONE
    yield from ((start, on) for start in (first, first + 3 * ONE) for on in (start + n * ONE for n in range(7)))


@pytest.mark.parametrize("seed", range(3))
def test_given_hazards_that_break_open_around_the_first_day_when_asked_on_any_day_then_a_part_is_within_its_whole(
    seed: int,
) -> None:
    stage = make_stage()
    life = Life(stage, seed)
    stage.closed(), stage.closed()
    life.play(13)
    east, west = (stage.town.units[name].path for name in ("东村", "西村"))
    places = {
        "town": (stage.town.town.path, ""),
        "east": (east, ""),
        "west": (west, ""),
        "works": (stage.town.town.path, "construction"),
        "works east": (east, "construction"),
    }

    for start, on in _days():
        wheres = {label: Where(path, (sector,) if sector else ()) for label, (path, sector) in places.items()}
        every = queries.values_by_place(PLATFORM, [BY_KEY[key] for key in KEYS], wheres, since=start, until=on, on=on)
        for label, (path, sector) in places.items():
            found = {one.indicator.key: (one.numerator, one.denominator) for one in every[label]}
            assert found["hazards.closed"] == life.closed(start, on, path, sector), (label, start, on)
            for numerator, denominator in found.values():
                if numerator is not None or denominator is not None:
                    assert 0 <= (numerator or 0) <= (denominator or 0), (label, start, on, found)


def test_given_a_closed_hazard_that_breaks_open_when_asked_then_it_is_the_campaigns_own_as_its_rows_show() -> None:
    stage = make_stage()
    old, gone = stage.closed(), stage.closed()
    stage.later(3)
    start = stage.day
    stage.closed()
    stage.reopened(gone)
    where, on = Where(stage.town.town.path), stage.day

    [value] = queries.values_of(PLATFORM, [BY_KEY["hazards.closed"]], where, since=start, until=on, on=on, today=on)

    assert (value.numerator, value.denominator) == (1, 2)
    [rows] = value.denominator_rows
    behind = stats.rows_of_sum(PLATFORM, summands_of(rows.query["measure"]), Here(where.path), since=start, until=on)
    assert [one.amount for one in behind] == [1, 1]
    assert old.pk not in {one.subject_id for one in behind}
    assert gone.pk in {one.subject_id for one in behind}


def test_given_one_that_broke_open_and_closed_again_when_trend_and_narrowed_figure_are_asked_then_both_count_it() -> (
    None
):
    stage = make_stage()
    row = stage.closed()
    stage.later(3)
    start = stage.day
    stage.later(2)
    row = stage.reopened(row)
    stage.later(2)
    close_again(stage, row)
    one, where, on = BY_KEY["hazards.closed"], Where(stage.town.town.path), stage.day

    trend = trends_of(PLATFORM, [one], where, since=start, ends=[start + n * ONE for n in (1, 2, 4)])
    narrowed = queries.values_of(PLATFORM, [_from_departments(one.key)], where, since=start, until=on, on=on)

    assert trend == {one.key: [(0, 0), (0, 1), (1, 1)]}
    assert [(value.numerator, value.denominator) for value in narrowed] == [(1, 1)]


def _from_departments(key: str) -> "queries.Indicator":
    return replace(BY_KEY[key], only=Only(source="department"))
