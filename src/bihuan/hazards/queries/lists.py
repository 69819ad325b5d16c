"""Lists of hazards: filtered, sorted, paged and counted in the database; a fixed number of queries."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Q, QuerySet, Value
from django.db.models.expressions import OrderBy
from django.db.models.functions import Concat

from bihuan.enterprises import queries as enterprises
from bihuan.hazards.models import Hazard
from bihuan.hazards.models.hazard import BY_CLOCK, HazardQuerySet
from bihuan.hazards.queries.unlisted import unlisted_late
from bihuan.hazards.rules.chips import SOON_DAYS, Chip, chip_for
from bihuan.hazards.rules.filters import COUNT_LIMIT, DEEPEST_ROW, SHOWN_TABS, TAB_STATES, Filters, Late, Sort, Tab
from bihuan.hazards.rules.states import LIVE_LISTING, Level, ListingState, State
from bihuan.kernel.actor import Actor
from bihuan.kernel.calendar import WorkCalendar
from bihuan.kernel.paths import town_path
from bihuan.kernel.waiting import Found
from bihuan.orgs import queries as orgs

_COLUMNS: Final = (
    "id", "version", "town_id", "number", "description", "part", "level", "state", "path", "sector", "enterprise_id",
    "place_name", "clock_on", "clock_kind", "next_holder", "next_act", "deadline", "supervising_unit_id", "source",
    "photo_count", "found_on", "closed_on", "closed_late", "round", "reopened_count", "listing_state", "needs_superior",
)  # fmt: skip
_ORDERS: Final[dict[Sort, tuple[str | OrderBy, ...]]] = {
    Sort.CLOCK: BY_CLOCK,
    Sort.FOUND: ("found_on", "id"),
    Sort.FOUND_DOWN: ("-found_on", "-id"),
    Sort.NUMBER: ("year", "serial", "id"),
    Sort.NUMBER_DOWN: ("-year", "-serial", "-id"),
}


_NUMBER: Final = re.compile(r"(\d{4})-(\d{1,9})")
FIRMS_LOOKED_AT: Final = 50
_BY_FOUND: Final = {Sort.NUMBER: Sort.FOUND, Sort.NUMBER_DOWN: Sort.FOUND_DOWN}
RUNNING_LATE: Final = frozenset({Late.OVERDUE, Late.SOON})  # told by the deadline of what runs, in its order
TOWN_DEPTH: Final = 4  # /province/city/county/town/ (R10.3)


@dataclass(frozen=True, slots=True)
class HazardLine:
    """A line of the list: what it shows, and nothing more."""

    id: UUID
    version: int
    town_id: UUID
    number: str
    description: str
    part: str
    level: str
    state: State
    path: str
    sector: str
    enterprise_id: UUID | None
    place_name: str
    clock_on: date | None
    clock_kind: str
    next_holder: str
    next_act: str
    deadline: date | None
    supervising_unit_id: UUID | None
    source: str
    photo_count: int
    found_on: date
    closed_on: date | None
    closed_late: bool
    round: int
    reopened_count: int
    listing_state: str
    needs_superior: bool

    def chip(self, *, today: date, calendar: WorkCalendar) -> Chip:
        """Return the deadline chip."""
        return chip_for(self.clock_kind, self.clock_on, today=today, calendar=calendar)


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of the list. total: exact up to `COUNT_LIMIT`, one more when there are more."""

    lines: tuple[HazardLine, ...]
    total: int
    page: int
    size: int

    @property
    def is_more(self) -> bool:
        """Whether there are more rows than are counted."""
        return self.total > COUNT_LIMIT


def listing(
    viewer: Actor,
    filters: Filters,
    *,
    today: date,
    sort: Sort = Sort.CLOCK,
    page: int = 1,
    size: int = 20,
    total: int | None = None,
) -> Listed:
    """Return a page of the hazards that the viewer sees, and the bounded count of all. page: from 1. Two queries.

    total: how many there are, where the caller knows it (from the cubes).
    """
    rows = filtered(viewer, filters, today=today)
    sort = _fitting(viewer, filters, sort)
    start = min((max(page, 1) - 1) * size, DEEPEST_ROW)
    lines = _lines(_walked(viewer, filters, today, sort)[start : start + size])
    if page == 1 and len(lines) < size:
        return Listed(tuple(lines), len(lines), page, size)
    return Listed(tuple(lines), bounded_count(rows) if total is None else total, page, size)


def _walked(viewer: Actor, filters: Filters, today: date, sort: Sort) -> HazardQuerySet:
    """Return the rows in their order.

    Most rows of a county are closed: by day of finding they are walked along that day's index, past the others, since
    fetching all of them to sort takes seconds. The state is asked as an expression, so that no index answers it.
    """
    order = ("deadline", "id") if sort == Sort.CLOCK and filters.late in RUNNING_LATE else _ORDERS[sort]
    closed = filters.tab == Tab.CLOSED and _is_above_towns(viewer) and sort in {Sort.FOUND, Sort.FOUND_DOWN}
    if not closed or filters.level == Level.MAJOR:
        return filtered(viewer, filters, today=today).order_by(*order)
    rows = _narrowed(viewer, filters, today=today).annotate(in_state=Concat("state", Value("")))
    return rows.filter(in_state=State.CLOSED).order_by(*order)


def _is_above_towns(viewer: Actor) -> bool:
    return viewer.scope.town_id is None and not viewer.scope.enterprises


def _fitting(viewer: Actor, filters: Filters, sort: Sort) -> Sort:
    """Return the order that fits these rows.

    Clocks order what is open or ended, not both at once: all together come newest first. Numbers run per town, so above
    towns they order nothing, and the newest come first there too.
    """
    if sort == Sort.CLOCK and filters.tab in {Tab.ALL, Tab.DONE, Tab.COUNTED, Tab.VALID}:
        sort = Sort.FOUND_DOWN
    if sort in _BY_FOUND and _is_above_towns(viewer):
        return _BY_FOUND[sort]
    return sort


def export_lines(
    viewer: Actor, filters: Filters, *, today: date, sort: Sort = Sort.CLOCK, most: int = 200_000
) -> Iterator[HazardLine]:
    """Yield exactly what the list shows on all its pages, in its order, in constant memory."""
    rows = _walked(viewer, filters, today, _fitting(viewer, filters, sort))[:most]
    for values in rows.values_list(*_COLUMNS).iterator(chunk_size=2_000):
        yield _line(values)


def lines_of(viewer: Actor, ids: list[UUID]) -> list[HazardLine]:
    """Return the visible ones of these hazards, in the order of their clocks."""
    return _lines(Hazard.objects.visible_to(viewer).filter(pk__in=ids).by_clock())


def count_of(viewer: Actor, filters: Filters, *, today: date) -> int:
    """Count the hazards that the viewer sees under a filter, at most `COUNT_LIMIT` + 1 of them; one query."""
    return bounded_count(filtered(viewer, filters, today=today))


def bounded_count(rows: QuerySet[Any]) -> int:
    """Count rows, but at most `COUNT_LIMIT` + 1 of them."""
    return rows.order_by()[: COUNT_LIMIT + 1].count()


def tab_counts(viewer: Actor, filters: Filters, *, today: date) -> dict[Tab, int]:
    """Count each tab under the other filters, each bounded by `COUNT_LIMIT` + 1, in one query."""
    parts: list[str] = []
    given: list[Any] = []
    rows = _narrowed(viewer, filters, today=today)
    for tab in SHOWN_TABS:
        try:
            part, params = _in_tab(rows, tab).order_by().values("pk")[: COUNT_LIMIT + 1].query.sql_with_params()
        except EmptyResultSet:  # this viewer sees no row at all
            parts.append("0")
            continue
        parts.append(f"(SELECT COUNT(*) FROM ({part}) AS counted)")  # noqa: S608 -- built by the ORM, with parameters
        given += params
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", given)
        counts = cursor.fetchone()
    return dict(zip(SHOWN_TABS, counts, strict=True))


def found_for(viewer: Actor, words: str, *, now: datetime, first_n: int = 8) -> list[Found]:
    """Answer the global search: hazards by number, place or words."""
    rows = _said(Hazard.objects.visible_to(viewer), viewer, words).order_by("-found_on", "-id")
    return [
        Found("隐患", f"{line.number} {line.description[:40]}", line.place_name, "hazards:show", (line.id,))
        for line in _lines(rows[:first_n])
    ]


def written_so(words: str, paths: Iterable[str]) -> frozenset[UUID]:
    """Return the hazards in the towns of some units of which it is written so; what is written never changes."""
    found: set[UUID] = set()
    for path in {town_path(one) or one for one in paths}:
        rows = Hazard.objects.below(path).filter(description__icontains=words)
        found |= set(rows.values_list("pk", flat=True))
    return frozenset(found)


def filtered(viewer: Actor, filters: Filters, *, today: date) -> HazardQuerySet:
    """Return the rows of the list as a query set, for this room only."""
    rows = _narrowed(viewer, filters, today=today)
    if filters.tab == Tab.OPEN and filters.late in RUNNING_LATE:
        return rows  # what runs is open; asked again, it would take the row and not only the index
    if filters.tab == Tab.OPEN and filters.level == Level.MAJOR:
        return rows.major_and_open()
    return _in_tab(rows, filters.tab)


def _in_tab(rows: HazardQuerySet, tab: Tab) -> HazardQuerySet:
    if tab == Tab.ALL:
        return rows
    if tab == Tab.OPEN:
        return rows.filter(is_open=True)
    if tab in TAB_STATES:
        return rows.filter(state__in=[str(one) for one in TAB_STATES[tab]])
    return rows.filter(state=State(tab.value))


def _narrowed(viewer: Actor, filters: Filters, *, today: date) -> HazardQuerySet:
    rows: HazardQuerySet = Hazard.objects.visible_to(viewer)
    if filters.path:
        rows = rows.below(filters.path).filter(**_town_of(viewer, filters.path))
    if filters.level == Level.MAJOR:
        rows = rows.major()
    rows = rows.filter(**_equals(filters))
    if filters.firm_closed:
        rows = rows.filter(enterprise_id__in=enterprises.closed_ids(viewer))
    rows = _in_days(rows, filters)
    rows = _late(rows, filters.late, today)
    rows = _by_listing(rows, filters.listing)
    if filters.words.strip():
        rows = _said(rows, viewer, filters.words)
    return rows


def _town_of(viewer: Actor, path: str) -> dict[str, UUID]:
    """Name the town that a path lies in, so that a viewer above towns reads by the town's index."""
    if viewer.scope.town_id is not None:
        return {}
    segments = path.strip("/").split("/")
    if len(segments) < TOWN_DEPTH:
        return {}
    town = "/" + "/".join(segments[:TOWN_DEPTH]) + "/"
    found = orgs.units_by_path([town])
    return {"town_id": found[town].id} if town in found else {}


def _equals(filters: Filters) -> dict[str, Any]:
    asked: dict[str, Any] = {
        "level": filters.level,
        "supervising_unit_id": filters.department,
        "sector": filters.sector,
        "source": filters.source,
        "category": filters.category,
        "next_holder": filters.holder,
        "enterprise_id": filters.enterprise,
        "source_id": filters.superior_list,
        "closed_late": filters.closed_late,
        "fixed_on_spot": filters.fixed_on_spot,
        "needs_superior": filters.superior,
        "self_found": filters.self_closed,
    }
    narrowed = {name: value for name, value in asked.items() if value}
    if filters.level == "none":
        narrowed["level"] = ""
    if filters.reopened:
        narrowed["reopened_count__gt"] = 0
    if filters.repeat:
        narrowed["repeat_of__isnull"] = False
    return narrowed


def _in_days(rows: HazardQuerySet, filters: Filters) -> HazardQuerySet:
    days = {
        "found_on__gte": filters.found_from,
        "found_on__lte": filters.found_to,
        "closed_on__gte": filters.closed_from,
        "closed_on__lte": filters.closed_to,
    }
    return rows.filter(**{name: day for name, day in days.items() if day is not None})


def _late(rows: HazardQuerySet, late: str, today: date) -> HazardQuerySet:
    if late == Late.OVERDUE:
        return rows.overdue_on(today)
    if late == Late.ANY_CLOCK:
        return rows.filter(is_open=True, clock_on__lt=today)
    if late == Late.TODAY:
        return rows.filter(is_open=True, clock_on=today)
    if late == Late.SOON:
        soon = today + timedelta(days=SOON_DAYS)
        return rows.filter(is_running=True, deadline__range=(today, soon))
    if late == Late.UNLISTED:
        return unlisted_late(rows, today=today)
    if late == Late.REVIEW:
        return rows.review_overdue_on(today)
    return rows


def _by_listing(rows: HazardQuerySet, listing_state: str) -> HazardQuerySet:
    if not listing_state:
        return rows
    major = rows.major()
    if listing_state == "live":
        return major.filter(listing_state__in=[str(one) for one in LIVE_LISTING])
    if listing_state == "ever":
        return major.filter(listing_state__in=[str(one) for one in (*LIVE_LISTING, ListingState.DELISTED)])
    if listing_state == "none":
        return major.filter(listing_state="")
    return major.filter(listing_state=listing_state)


def _said(rows: HazardQuerySet, viewer: Actor, words: str) -> HazardQuerySet:
    """Keep what says all the words (at most five): number, place, part or description.

    Above towns only numbers and names of enterprises are looked through: the words of a million descriptions are not
    (design, section 10: full-text search comes with its own index).
    """
    if _is_above_towns(viewer):
        return _said_above(rows, viewer, words)
    for word in words.split()[:5]:
        rows = rows.filter(
            Q(number__startswith=word)
            | Q(place_name__contains=word)
            | Q(part__contains=word)
            | Q(description__contains=word)
        )
    return rows


def _said_above(rows: HazardQuerySet, viewer: Actor, words: str) -> HazardQuerySet:
    """Look through the towns below the viewer, each by its own index."""
    towns = [town.id for path in viewer.scope.paths for town in orgs.towns_below(path)]
    number = _NUMBER.fullmatch(words.strip())
    if number is not None:
        return rows.filter(town_id__in=towns, year=int(number[1]), serial=int(number[2]))
    return rows.filter(town_id__in=towns, enterprise_id__in=enterprises.called(viewer, words, most=FIRMS_LOOKED_AT))


def _lines(rows: QuerySet[Hazard]) -> list[HazardLine]:
    return [_line(values) for values in rows.values_list(*_COLUMNS)]


def _line(values: tuple[Any, ...]) -> HazardLine:
    facts = dict(zip(_COLUMNS, values, strict=True))
    facts["state"] = State(facts["state"])
    return HazardLine(**facts)
