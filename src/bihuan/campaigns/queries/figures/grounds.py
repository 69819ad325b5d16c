"""Candidates for 通报 as of a day: computed each time from what was recorded by then, never stored (R9.10)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Final
from uuid import UUID

from bihuan.campaigns.models import Campaign
from bihuan.campaigns.queries.figures.book import Book
from bihuan.campaigns.queries.figures.leading import led_by_month
from bihuan.campaigns.queries.finding import WHOLE, issuer_of, places_of
from bihuan.campaigns.queries.returns import DueReturn, due_by_unit
from bihuan.campaigns.rules.counted import Part
from bihuan.campaigns.rules.lines import PlacePick
from bihuan.campaigns.rules.returns.rhythm import due_day
from bihuan.campaigns.rules.supervision.grounds import (
    POST,
    Late,
    Limits,
    Listed,
    Month,
    Ranked,
    Unanswered,
    UnitFacts,
    ranking,
)
from bihuan.campaigns.rules.terms import Where
from bihuan.hazards import queries as hazards
from bihuan.kernel.calendar import ONE_DAY, day_of
from bihuan.kernel.indicators import Kept, Question
from bihuan.standards import queries as standards
from bihuan.stats import queries as stats
from bihuan.stats.queries import Figures, Place
from bihuan.stats.rules import day_before

NAMES: Final = ("hazards.counted", "hazards.rectified", "hazards.overdue", "hazards.superior_overdue")
OVER: Final = "hazards.in.closed"  # what was over when the campaign began is not its own
MAJOR: Final = "major"
NUMBERS: Final = ("bulletin_rate_points", "bulletin_late_returns", "bulletin_led_months", "bulletin_small_number")


@dataclass(frozen=True)
class Grounds:
    """Every unit of a campaign as of a day, by group, each compared with its like. town: rectified, counted."""

    on: date
    groups: Mapping[str, tuple[Ranked, ...]]
    town: tuple[int, int]
    limits: Limits

    @cached_property
    def candidates(self) -> tuple[Ranked, ...]:
        """Those that meet a ground, in the order of the groups."""
        return tuple(one for rows in self.groups.values() for one in rows if one.grounds)

    def like(self, one: Ranked) -> tuple[Ranked, ...]:
        """Return the units with which one is compared."""
        return self.groups.get(one.facts.group, ())

    def of_part(self, part_id: UUID) -> Ranked | None:
        """Return one unit."""
        return next((one for rows in self.groups.values() for one in rows if one.facts.part_id == part_id), None)


def grounds_on(row: Campaign, on: date, kept: Kept | None = None) -> Grounds:
    """Return what the data say of each unit, and of each leader's post, at the end of a day.

    kept: of the asking; its instant, while that day is not over: nothing is late before its hour.
    """
    asked = Question(row.path, row.starts_on or on, on, campaign_id=row.pk, kept=kept)
    book = Book(asked, row)
    found = standards.numbers(NUMBERS, town_id=row.town_id, on=on)
    limits = Limits(*(found[name] for name in NUMBERS))
    places, issuer = _places(book, on), issuer_of(row)
    seen = {key: stats.place_of(issuer, one.where.path, one.where.sectors) for key, one in places.items()}
    figures, over = _of_range(row, seen, on, book.kept)
    returns = due_by_unit(replace(asked, campaign_id=None))
    late = hazards.late_answers(asked)
    town = (
        figures[WHOLE].total("hazards.rectified") - over[WHOLE],
        figures[WHOLE].total("hazards.counted") - over[WHOLE],
    )
    units = []
    for part in book.parts.values():
        key, due = str(part.id), returns.get(part.unit_id, [])
        known = _unit(part, places.get(key), figures.get(key), over.get(key, 0), due, row)
        units.append(replace(known, unanswered=_unanswered(late.get(part.unit_id, []))))
    return Grounds(on, ranking([*units, *_leaders(book)], town=town, on=on, limits=limits), town, limits)


def _places(book: Book, on: date) -> dict[str, PlacePick]:
    found = {one.key: one for one in places_of(issuer_of(book.row), book.row, book.shelf.units, on, book.kept)}
    return {WHOLE: PlacePick(WHOLE, "全镇", Where(book.row.path))} | found


def _of_range(
    row: Campaign, seen: Mapping[str, Place], on: date, kept: Kept
) -> tuple[Mapping[str, Figures], Mapping[str, int]]:
    """Return the figures of several places at the end of a day, and how much of them was over when the campaign began
    and has been ever since: not of its range."""
    since = min(row.starts_on or on, on)
    figures, began = stats.by_place_in(seen, [(NAMES, None, on), ((OVER,), None, day_before(since))])
    changes = stats.changes_since([OVER], [row.path], since=since, until=on, kept=kept)
    still = stats.still_in(began, changes, seen)
    return figures, {key: one.total(OVER) for key, one in still.items()}


def _unit(
    part: Part, place: PlacePick | None, figures: Figures | None, over: int, due: list[DueReturn], row: Campaign
) -> UnitFacts:
    known = figures if place is not None else None
    return UnitFacts(
        name=part.name,
        group=part.side,
        part_id=part.id,
        counted=known.total("hazards.counted") - over if known else None,
        rectified=known.total("hazards.rectified") - over if known else None,
        overdue=known.total("hazards.overdue") if known else 0,
        overdue_major=known.of("hazards.overdue", MAJOR) if known else 0,
        superior_overdue=known.total("hazards.superior_overdue") if known else 0,
        place=Listed(place.name, place.where.path, place.where.sectors, row.starts_on) if place else None,
        plan_due_on=part.plan_due_on,
        has_plan=part.first_plan_on is not None,
        plan_returned_on=part.returned_on,
        returns=[_late(one, row.path) for one in due],
    )


def _unanswered(found: Sequence[hazards.LateAnswer]) -> list[Unanswered]:
    return [Unanswered(one.title, one.due_on, (str(one.task_id),)) for one in found]


def _late(one: DueReturn, town: str) -> Late:
    query = {"path": town, "unit": str(one.unit_id), "form": str(one.form_id)}
    return Late(one.title, due_day(one.due_at), one.is_late, day_of(one.sent_at) if one.sent_at else None, query)


def _leaders(book: Book) -> list[UnitFacts]:
    """Return each leader's post with its months; the town's leaders are compared with one another."""
    found: dict[UUID, tuple[str, list[Month]]] = {}
    for leader, month, due, done in led_by_month(book):
        is_over = (month.last + ONE_DAY).day == 1
        months = found.setdefault(leader.post_id, (leader.title, []))[1]
        months.append(Month(month.first, due, done, is_over))
    return [UnitFacts(name=title, group=POST, months=months) for title, months in found.values()]
