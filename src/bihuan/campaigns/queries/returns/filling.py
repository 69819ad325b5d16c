"""Count the cells of a form: bindings become indicators, asked of the registry by period, never counted here (L12)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, NamedTuple
from uuid import UUID

from bihuan.campaigns.queries.indicators import OF_TOWN, known_names, values_by_place
from bihuan.campaigns.queries.offered import offers
from bihuan.campaigns.queries.values import Value
from bihuan.campaigns.rules.catalogue import ROOMS
from bihuan.campaigns.rules.returns.binding import (
    FIGURES,
    IN_A_RATE,
    MEASURE_UNITS,
    WAITING,
    Binding,
    PeriodKind,
    Source,
    apart_of,
    counted_as,
    indicator_of,
)
from bihuan.campaigns.rules.returns.computing import NOT_ASKED, NOT_YOURS, Filled
from bihuan.campaigns.rules.returns.names import NO_VILLAGE
from bihuan.campaigns.rules.terms import Indicator, Kind, State, Where
from bihuan.kernel.actor import PLATFORM, Actor
from bihuan.kernel.calendar import ONE_DAY
from bihuan.kernel.indicators import Kept
from bihuan.kernel.measures import Nature
from bihuan.kernel.paths import is_within
from bihuan.orgs import queries as orgs
from bihuan.orgs.rules import UnitKind
from bihuan.stats import queries as stats

HUNDREDTH: Final = Decimal("0.01")


class Span(NamedTuple):
    """Days that are asked of the registry, both inclusive."""

    since: date
    until: date


@dataclass(frozen=True, slots=True)
class Basis:
    """Of what a return speaks. where: None for a department that leads nothing. on: counted as of the end of this day.

    today: on which it is asked. places: of the units that cells name, by their id. owns: where the own part in a
    campaign lies of a department that leads nothing, by the id that cells name, "" the one that the return is of.
    campaign_id: whose own figures are meant. unasked: cells whose number the unit
    cannot know where nobody counts it.
    """

    where: Where | None
    since: date
    until: date
    cumulative_from: date
    on: date
    today: date
    places: Mapping[str, Where] = field(default_factory=dict)
    owns: Mapping[str, str] = field(default_factory=dict)
    campaign_id: UUID | None = None
    unasked: frozenset[str] = frozenset()

    def span(self, kind: PeriodKind) -> Span:
        """Return the days of a cell."""
        last = min(self.until, self.on)
        return Span(self.cumulative_from if kind is PeriodKind.CUMULATIVE else self.since, last)


@dataclass(frozen=True, slots=True)
class Counted:
    """One cell as counted: its number, and the values at the end and, of what rose in a period, before its start.

    apart: what is told beside it.
    """

    filled: Filled
    end: Value | None = None
    start: Value | None = None
    apart: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class _Want:
    address: str
    binding: Binding
    indicator: Indicator
    where: Where
    end: Span
    start: Span | None
    apart: tuple[Indicator, ...] = ()
    is_own: bool = False

    @property
    def label(self) -> str:
        return "|".join((self.where.path, *self.where.sectors, self.where.own, *(["-"] if self.where.but else [])))

    def asked(self) -> Iterator[tuple[Span, Indicator]]:
        """Yield what is asked for it, each with its days."""
        yield from ((self.end, one) for one in (self.indicator, *self.apart))
        if self.start is not None:
            yield self.start, self.indicator


def places_named(
    bindings: Iterable[Binding], town_id: UUID, town_path: str, leads: Mapping[UUID, tuple[str, ...]]
) -> tuple[dict[str, Where], dict[str, str]]:
    """Return the places of the units that cells name: villages their area, departments their sectors; and where those
    are that lead nothing. One query, and one more where a cell names what lies in no village."""
    named = {one.unit_id for one in bindings if one.unit_id}
    wanted = {UUID(one) for one in named - {NO_VILLAGE}}
    found: dict[str, Where] = {}
    if NO_VILLAGE in named:
        villages = orgs.units_below(town_path, (UnitKind.VILLAGE,))
        found[NO_VILLAGE] = Where(town_path, but=tuple(one.path for one in villages))
    owns: dict[str, str] = {}
    for unit_id, unit in orgs.units(wanted).items() if wanted else ():
        if unit.town_id != town_id:
            continue
        if unit.kind is UnitKind.DEPARTMENT:
            if leads.get(unit_id):
                found[str(unit_id)] = Where(town_path, leads[unit_id], unit.path)
            else:
                owns[str(unit_id)] = unit.path
        else:
            found[str(unit_id)] = Where(unit.path)
    return found, owns


def count(viewer: Actor, bindings: Mapping[str, Binding], basis: Basis) -> dict[str, Counted]:
    """Return every cell that the registry can tell, by address.

    One query of the cube for each period, whatever the number of cells and places; each room reads its rows once for
    each period and place. Raises NotFound when the viewer does not see all of every place.
    """
    titles = _titles()
    choices = offers() if any(one.source is Source.OWN for one in bindings.values()) else ()
    found: dict[str, Counted] = {}
    wants: list[_Want] = []
    for address, binding in counted_as(bindings).items():
        if binding.source not in FIGURES:
            continue
        indicator = indicator_of(binding, titles, choices)
        if indicator is None:
            found[address] = Counted(Filled(why="这个统计口径已经没有了，请重新绑定。"))
            continue
        narrowed = _narrowed(basis, binding)
        where = narrowed or _own_place(basis, binding, indicator)
        if where is None:
            found[address] = Counted(Filled(why=NOT_YOURS))
        else:
            aside = tuple(made for one in apart_of(bindings[address]) if (made := indicator_of(one, titles, ())))
            is_own = narrowed is None and not binding.unit_id
            wants.append(replace(_want(address, binding, indicator, where, basis), apart=aside, is_own=is_own))
    values = _ask(viewer, wants, basis)
    found |= {want.address: _counted(want, values) for want in wants}
    return found | {one: Counted(Filled(why=NOT_ASKED)) for one in basis.unasked if _is_untold(found.get(one))}


def _is_untold(one: Counted | None) -> bool:
    return one is None or (one.filled.amount is None and not one.filled.is_elsewhere)


def _titles() -> dict[str, str]:
    measured = {name: one.title for name, one in stats.measures().items()}
    return measured | {name: one.title for name, one in stats.asked_figures().items()}


def is_by_finding(bindings: Mapping[str, Binding]) -> bool:
    """Tell whether a form has a cell that is counted by the day of finding, or is a share of what was found."""
    titles = _titles()
    counted = (indicator_of(one, titles, offers()) for one in counted_as(bindings).values() if one.source in FIGURES)
    names = {name for one in counted if one is not None for name in one.names()}
    return bool(names & {*stats.by_fact(), *IN_A_RATE.values()})


def _want(address: str, binding: Binding, indicator: Indicator, where: Where, basis: Basis) -> _Want:
    end = basis.span(binding.period)
    start = None
    measure = stats.measures().get(binding.name) if binding.source is Source.MEASURE else None
    if measure is not None and measure.nature is Nature.STOCK and binding.period is not PeriodKind.AS_OF:
        before = end.since - ONE_DAY
        start = Span(before, before)
    return _Want(address, binding, indicator, where, end, start)


def _narrowed(basis: Basis, binding: Binding) -> Where | None:
    """Return the place of a cell: that of the return, narrowed to the unit and the sectors that the cell names."""
    where = basis.where
    if where is None:
        return None
    if binding.unit_id:
        named = basis.places.get(binding.unit_id)
        is_there = named is not None and (not named.but or named.path == where.path)  # no part of a village
        where = _both(where, named) if named is not None and is_there else None
    if where is not None and binding.sectors:
        where = _both(where, Where(where.path, binding.sectors))
    return where


def _own_place(basis: Basis, binding: Binding, indicator: Indicator) -> Where | None:
    """Return where a department that leads nothing has its own part in the campaign, for figures of just that."""
    path, asked = basis.owns.get(binding.unit_id), stats.asked_figures()
    if path is None or not all(name in asked and asked[name].of_campaign for name in indicator.names()):
        return None
    around = basis.where
    is_here = around is not None and not around.sectors and is_within(path, around.path)
    return Where(path) if is_here or not binding.unit_id else None


def _both(one: Where, other: Where) -> Where | None:
    """Return what lies in both places, None where nothing does."""
    if is_within(other.path, one.path):
        path = other.path
    elif is_within(one.path, other.path):
        path = one.path
    else:
        return None
    own, but = _own_of_both(one, other), one.but or other.but
    if not one.sectors or not other.sectors:
        return Where(path, one.sectors or other.sectors, own, but=but)
    sectors = tuple(sorted(set(one.sectors) & set(other.sectors)))
    return Where(path, sectors, own, but=but) if sectors else None


def _own_of_both(one: Where, other: Where) -> str:
    """Return the department whose own part lies in both, "" for none: the whole town holds it, single sectors not."""
    if one.own and other.own:
        return one.own if one.own == other.own else ""
    mine, around = (one, other) if one.own else (other, one)
    return mine.own if not around.sectors and is_within(mine.path, around.path) else ""


_Key = tuple[Span, str, str]


def _ask(viewer: Actor, wants: Sequence[_Want], basis: Basis) -> dict[_Key, Value]:
    """Ask the registry for all that is wanted: what the cube holds at once for each period, the rest place by place."""
    cube = stats.measures().keys()
    groups: defaultdict[tuple[Span, str, bool], list[tuple[_Want, Indicator]]] = defaultdict(list)
    for want in wants:
        for span, one in want.asked():
            groups[span, want.label if one.names() - cube else "", want.is_own].append((want, one))
    values: dict[_Key, Value] = {}
    kept = Kept()
    for (span, _, is_own), group in groups.items():
        told = values_by_place(
            PLATFORM if is_own else viewer,  # whoever sees a unit's return sees its own part in the campaign
            list({_name(one): one for _, one in group}.values()),
            {want.label: want.where for want, _ in group},
            since=span.since,
            until=span.until,
            on=span.until,
            today=basis.today,
            campaign_id=basis.campaign_id,
            known=basis.today,
            kept=kept,
        )
        for label, row in told.items():
            values |= {(span, label, _name(value.indicator)): value for value in row}
    return values


def _name(indicator: Indicator) -> str:
    return f"{indicator.key} {indicator.title} {indicator.terms()}"


def _counted(want: _Want, values: Mapping[_Key, Value]) -> Counted:
    name = _name(want.indicator)
    end = values[want.end, want.label, name]
    start = values[want.start, want.label, name] if want.start is not None else None
    filled = _filled(want, end, start)
    apart = tuple(values[want.end, want.label, _name(one)] for one in want.apart)
    return Counted(filled, end, start, apart)


def _filled(want: _Want, end: Value, start: Value | None) -> Filled:
    if end.numerator is None or (start is not None and start.numerator is None):
        return Filled(why=_why(end))
    if want.indicator.kind is Kind.RATE:
        return Filled(Decimal(end.numerator), Decimal(end.denominator or 0), is_rate=True)
    if want.indicator.denominator is not None:
        if not end.denominator:
            return Filled(Decimal(end.numerator), Decimal(0), is_rate=True)
        return Filled((Decimal(end.numerator) / end.denominator).quantize(HUNDREDTH, ROUND_HALF_UP))
    amount = Decimal(end.numerator - (start.numerator or 0 if start is not None else 0))
    return Filled(amount / MEASURE_UNITS.get(want.binding.amount, 1))


def _why(value: Value) -> str:
    if value.state is State.WAITING:
        return WAITING + "：" + "、".join(ROOMS.get(room, room) for room in value.waits)
    return NOT_YOURS if value.why == OF_TOWN else value.why


def known() -> frozenset[str]:
    """Return every name that a cell can be bound to."""
    return known_names()


def span_words(since: date, until: date, cumulative_from: date) -> dict[PeriodKind, str]:
    """Return the days of each kind of period in words of a file."""
    return {
        PeriodKind.THIS: f"{since.isoformat()}/{until.isoformat()}",
        PeriodKind.CUMULATIVE: f"{cumulative_from.isoformat()}/{until.isoformat()}",
        PeriodKind.AS_OF: until.isoformat(),
    }
