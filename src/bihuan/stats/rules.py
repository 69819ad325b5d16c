"""How deltas become cube rows and cube rows become figures: pure functions (design, section 6)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from bihuan.kernel.indicators import Asked, Question
from bihuan.kernel.measures import Delta, Happened, Measure, Nature
from bihuan.kernel.paths import ancestors, is_within

DAY: Final = "d"
MONTH: Final = "m"
TOWN_DEPTH: Final = 4  # /province/city/county/town/ (R10.3)
SHAPE: Final = 4  # of the cells; one more whenever the same events come to other cells, and every cube is made again
NOTHING: Final = "—"  # a rate over zero (R0.5)
BEFORE: Final = ":before"  # in an address: as it stood when the period began
STILL: Final = ":still"  # in an address: what stood so when the period began, and ever since

Cell = tuple[str, str, str, str, date]  # key, measure, level, grain, on
LateCell = tuple[str, str, str, date, date]  # key, measure, level, on, fact
AS_NOW: Final = date.max  # known by: what is known now


@dataclass(frozen=True, slots=True)
class Figure:
    """One number with what it counts; `rows` is the filter that lists the rows under it."""

    measure: str
    amount: int


def unit_key(path: str) -> str:
    """Return the cube key of a unit and all below it."""
    return path


NO_SECTOR: Final = ""  # of a row whose sector nobody knows: a place of its own, so that sectors add up to their unit
NO_SECTOR_NAME: Final = "未定行业"
_NO_SECTOR_SAID: Final = "none"  # in an address


def sectors_said(sectors: Iterable[str]) -> str:
    """Return sectors as an address says them, "" for all of them."""
    return ",".join(one or _NO_SECTOR_SAID for one in sectors)


def sectors_read(said: str) -> tuple[str, ...]:
    """Return the sectors that an address says."""
    return tuple(NO_SECTOR if one == _NO_SECTOR_SAID else one for one in said.split(",") if one)


def sector_key(path: str, sector: str) -> str:
    """Return the cube key of one lead sector below a unit."""
    return f"{path}|sector:{sector}"


def source_key(path: str, source: str) -> str:
    """Return the cube key of one source of hazards below a unit."""
    return f"{path}|source:{source}"


def path_of(key: str) -> str:
    """Return the path of a unit's, a sector's or a source's key."""
    return key.partition("|")[0]


def is_kept(key: str) -> bool:
    """Tell whether the cube keeps a key: sources are kept down to towns, not of each village."""
    return "|source:" not in key or len(ancestors(path_of(key))) <= TOWN_DEPTH


FIRM: Final = "firm:"


def firm_key(enterprise_id: UUID) -> str:
    """Return the cube key of one enterprise."""
    return f"{FIRM}{enterprise_id.hex}"


def has_months(key: str) -> bool:
    """Tell whether a key is kept by month too: an enterprise has few days on which anything happens."""
    return not key.startswith(FIRM)


Dims = tuple[str, str, UUID | None, str]  # path, sector, enterprise, source


def keys_of(*, path: str, sector: str, enterprise_id: UUID | None, source: str) -> Iterator[str]:
    """Yield every cube key that a row with these dimensions counts under: a bounded number, at most 17.

    Each unit from the top down to its own, and its sector there, also where it has none, so that the sectors of a unit
    add up to it; its source from the top down to its town; its enterprise. A plan page asks for the sectors of every
    village, a source of one village is seldom asked for.
    """
    if path:
        for depth, unit in enumerate(ancestors(path), start=1):
            yield unit_key(unit)
            yield sector_key(unit, sector)
            if source and depth <= TOWN_DEPTH:
                yield source_key(unit, source)
    if enterprise_id is not None:
        yield firm_key(enterprise_id)


@dataclass(frozen=True, slots=True)
class Summand:
    """One measure of a sum. level: only this one, "" all. sign: -1 for what is taken away. still: of a stock what stood
    so when the period began and has ever since. before: a stock as it stood when the period began."""

    name: str
    level: str = ""
    sign: int = 1
    still: bool = False
    before: bool = False

    def __str__(self) -> str:
        """Return it as an address says it."""
        level = f"@{self.level}" if self.level else ""
        began = STILL if self.still else BEFORE if self.before else ""
        return f"{'-' if self.sign < 0 else ''}{self.name}{level}{began}"

    @property
    def is_of_beginning(self) -> bool:
        """Whether it is of what stood when the period began."""
        return self.still or self.before


def summands_of(said: str, *, level: str = "") -> list[Summand]:
    """Return what an address says, `hazards.open@major,-hazards.in.closed:still`. level: of those that say none."""
    found = []
    for one in filter(None, said.split(",")):
        name, _, own = one.removeprefix("-").removesuffix(BEFORE).removesuffix(STILL).partition("@")
        sign = -1 if one.startswith("-") else 1
        found.append(Summand(name, own or level, sign, still=one.endswith(STILL), before=one.endswith(BEFORE)))
    return found


def day_before(day: date) -> date:
    """Return the last day before a period; the first day of all has none before it."""
    return day - timedelta(days=1) if day > date.min else day


@dataclass(frozen=True, slots=True)
class Here:
    """Where rows lie: a unit with all below it, or some sectors or sources there. but, but_sectors: without these."""

    path: str
    sectors: tuple[str, ...] = ()
    but: tuple[str, ...] = ()
    but_sectors: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()

    def holds(self, path: str, sector: str, source: str = "") -> bool:
        """Tell whether a row lies there."""
        if (self.path and not is_within(path, self.path)) or any(is_within(path, one) for one in self.but):
            return False
        if sector in self.but_sectors or (self.sources and source not in self.sources):
            return False
        return not self.sectors or sector in self.sectors


def can_tell(asked: Asked, question: Question) -> bool:
    """Tell whether a figure can be told for these sectors, and without a campaign."""
    by_sector = asked.by_sector or not question.sectors
    return by_sector and (question.campaign_id is not None or not asked.of_campaign)


@dataclass(frozen=True, slots=True)
class Behind:
    """A row behind a figure: how much of it is this subject's. day, level, figures: of the event that says so."""

    subject_id: UUID
    amount: int
    day: date
    level: str
    figures: Mapping[str, Any]


class Way(StrEnum):
    """How the trail tells what counts under a measure."""

    STANDING = "standing"  # by how each subject stands at the end
    HAPPENED = "happened"  # by the events of the period
    BY_FACT = "by_fact"  # by the day of the fact, as it was known at the end of a day


def way_of(measure: Measure) -> Way:
    """Return how the trail tells a measure."""
    if measure.nature is Nature.STOCK:
        return Way.STANDING
    return Way.BY_FACT if measure.by_fact else Way.HAPPENED


def dims_of(event: Happened, delta: Delta) -> tuple[str, str, str]:
    """Return the path, the sector and the level that a delta counts under."""
    return (
        event.path if delta.path is None else delta.path,
        event.sector if delta.sector is None else delta.sector,
        event.level if delta.level is None else delta.level,
    )


def keys_at(event: Happened, delta: Delta) -> set[str]:
    """Return the keys that a delta counts under."""
    path, sector, _ = dims_of(event, delta)
    firm, source = delta.enterprise_id or event.enterprise_id, source_of(event, delta)
    return set(keys_of(path=path, sector=sector, enterprise_id=firm, source=source))


def source_of(event: Happened, delta: Delta) -> str:
    """Return the source that a delta counts under."""
    return event.source if delta.source is None else delta.source


def fold(moves: Iterable[tuple[Happened, Delta]]) -> dict[Cell, int]:
    """Add deltas up into cube cells, by day and by month; cells that come to nothing are left out.

    Deltas with the same dimensions are added up before they are spread over the keys: a plural act moves many alike.
    """
    alike: defaultdict[Dims, defaultdict[tuple[str, str, date], int]] = defaultdict(lambda: defaultdict(int))
    for event, delta in moves:
        dims = (
            event.path if delta.path is None else delta.path,
            event.sector if delta.sector is None else delta.sector,
            delta.enterprise_id or event.enterprise_id,
            event.source if delta.source is None else delta.source,
        )
        level = event.level if delta.level is None else delta.level
        alike[dims][delta.measure, level, delta.day or event.day] += delta.amount
    by_key: defaultdict[str, defaultdict[tuple[str, str, date], int]] = defaultdict(lambda: defaultdict(int))
    for (path, sector, enterprise_id, source), amounts in alike.items():
        for key in keys_of(path=path, sector=sector, enterprise_id=enterprise_id, source=source):
            sums = by_key[key]
            for what, amount in amounts.items():
                sums[what] += amount
    return {cell: amount for cell, amount in _by_grain(by_key) if amount}


def fold_late(moves: Iterable[tuple[Happened, Delta]], by_fact: Collection[str]) -> dict[LateCell, int]:
    """Add up what was recorded after the day that it counts for, by both days: on, the day of recording, and fact.

    by_fact: the measures that are counted by the day of the fact. What was known of a day at the end of a later one is
    what counts for it less what was recorded after that one.
    """
    found: defaultdict[LateCell, int] = defaultdict(int)
    for event, delta in moves:
        if delta.measure in by_fact and delta.day is not None and delta.day < event.day:
            level = event.level if delta.level is None else delta.level
            for key in keys_at(event, delta):
                found[key, delta.measure, level, event.day, delta.day] += delta.amount
    return {cell: amount for cell, amount in found.items() if amount}


def _by_grain(
    by_key: Mapping[str, Mapping[tuple[str, str, date], int]],
) -> Iterator[tuple[Cell, int]]:
    """Yield the day cells, and the month cells that they add up to."""
    for key, sums in by_key.items():
        months: defaultdict[tuple[str, str, date], int] = defaultdict(int)
        for (measure, level, on), amount in sums.items():
            yield (key, measure, level, DAY, on), amount
            if has_months(key):
                months[measure, level, on.replace(day=1)] += amount
        for (measure, level, on), amount in months.items():
            yield (key, measure, level, MONTH, on), amount


@dataclass(frozen=True, slots=True)
class Span:
    """Which cube rows make up a period: whole months as month rows, the rest as day rows. All bounds inclusive.

    months: first days of the first and last whole month, or None. days: runs of single days. A beginning of None is
    the beginning of everything.
    """

    months: tuple[date | None, date] | None
    days: tuple[tuple[date | None, date], ...]


def span_until(day: date, *, by_month: bool = True) -> Span:
    """Return the rows that make up everything up to and including a day. by_month: False where only days are kept."""
    if not by_month:
        return Span(months=None, days=((None, day),))
    first = day.replace(day=1)
    if first == date.min:
        return Span(months=None, days=((first, day),))
    return Span(months=(None, _month_before(first)), days=((first, day),))


def span_between(start: date, end: date, *, by_month: bool = True) -> Span:
    """Return the rows that make up a period, both days inclusive; an end before the start is an empty period."""
    if end < start:
        return Span(months=None, days=())
    if not by_month:
        return Span(months=None, days=((start, end),))
    first_whole = start if start.day == 1 else _month_after(start)
    last_whole = _month_before(_month_after(end)) if _is_month_end(end) else _month_before(end.replace(day=1))
    if first_whole > last_whole:
        return Span(months=None, days=((start, end),))
    days: list[tuple[date | None, date]] = []
    if start < first_whole:
        days.append((start, first_whole - timedelta(days=1)))
    after = _month_after(last_whole)
    if after <= end:
        days.append((after, end))
    return Span(months=(first_whole, last_whole), days=tuple(days))


def rate_text(part: int, whole: int) -> str:
    """Return a percentage with one decimal, computed, never typed (R0.4); "—" over zero (R0.5)."""
    if not whole:
        return NOTHING
    return f"{(Decimal(part) * 100 / Decimal(whole)).quantize(Decimal('0.1'), ROUND_HALF_UP)}"


def money_text(fen: int) -> str:
    """Return 万元 with two decimals from fen (R0.4)."""
    return f"{(Decimal(fen) / 1_000_000).quantize(Decimal('0.01'), ROUND_HALF_UP)}"


def _month_after(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)


def _month_before(first: date) -> date:
    return (first - timedelta(days=1)).replace(day=1)


def _is_month_end(day: date) -> bool:
    return (day + timedelta(days=1)).day == 1
