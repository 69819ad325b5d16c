"""Answers of statistics: figures of one scope (a unit, sectors in it, an enterprise), today or as of any day."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet, Sum

from bihuan.kernel.actor import Actor, Scope
from bihuan.kernel.errors import NotFound
from bihuan.kernel.indicators import Answer, Line, Question
from bihuan.kernel.measures import Nature
from bihuan.kernel.paths import is_within
from bihuan.stats import rules
from bihuan.stats.models import Cube, CubeLate
from bihuan.stats.queries.cells import Period, late_names, sums
from bihuan.stats.queries.declared import asked_figures, levels, measures, stored
from bihuan.stats.queries.still import Change, in_here, in_keys, together
from bihuan.stats.queries.told import Amounts, from_trail, moves


def place_of(viewer: Actor, path: str, sectors: Sequence[str] = (), firms: Sequence[UUID] | None = None) -> "Place":
    """Return a unit, lead sectors in it, or single enterprises. Raises NotFound for whom not all of it is seen."""
    if firms is not None:
        if not viewer.scope.enterprises.issuperset(firms):
            raise NotFound
        return Place(tuple(rules.firm_key(one) for one in sorted(set(firms))))
    return place_of_sectors(viewer, path, sectors) if sectors else place_of_unit(viewer, path)


def answer(viewer: Actor, name: str, question: Question) -> Answer | None:
    """Ask a room for one of its figures: the plural of one."""
    return answers(viewer, [name], question)[name]


def answers(viewer: Actor, names: Iterable[str], question: Question) -> dict[str, Answer | None]:
    """Ask the rooms for their figures of one place and period; names that share a reader are answered together.

    None where a figure can't be told for these sectors, or without a campaign. Raises NotFound when the viewer does not
    see the whole place: a figure of a part would be a wrong one.
    """
    place_of(viewer, question.path, question.sectors)
    wanted = {name: asked_figures()[name] for name in names}
    can = [one for one in wanted.values() if rules.can_tell(one, question)]
    found: dict[str, Answer | None] = dict.fromkeys(wanted)
    for reader in dict.fromkeys(one.reader for one in can):
        found |= reader(question, [one.name for one in can if one.reader is reader])
    return found


def lines_behind(viewer: Actor, name: str, question: Question) -> list[Line]:
    """Return the rows behind a figure that a room answers, as of its day. Raises NotFound as the figure would."""
    place_of(viewer, question.path, question.sectors)
    asked = asked_figures().get(name)
    if asked is None or asked.lister is None or not rules.can_tell(asked, question):
        raise NotFound("stats.no_figure", "没有找到这个数。请从原来的页面重新打开。")
    return list(asked.lister(question, name))


@dataclass(frozen=True, slots=True)
class Place:
    """One scope that figures are asked of: cube keys that share no row, so that their sum counts each row once."""

    keys: tuple[str, ...]

    @property
    def is_kept(self) -> bool:
        """Whether the cube keeps it; a figure of any other place is folded from the trail, which takes long."""
        return all(rules.is_kept(key) for key in self.keys)


def place_of_unit(viewer: Actor, path: str) -> Place:
    """Return a unit with all below it. Raises NotFound when the viewer does not see the whole unit."""
    if not viewer.scope.everything and not any(is_within(path, root) for root in viewer.scope.paths):
        raise NotFound
    return Place((rules.unit_key(path),))


def place_of_sectors(viewer: Actor, path: str, sectors: Sequence[str]) -> Place:
    """Return some lead sectors below a unit. Raises NotFound when the viewer does not see all of them there."""
    if not all(_sees_sector(viewer, path, sector) for sector in sectors):
        raise NotFound
    return Place(tuple(rules.sector_key(path, sector) for sector in sorted(set(sectors))))


def place_of_source(viewer: Actor, path: str, source: str) -> Place:
    """Return what came from one source below a unit. Raises NotFound when the viewer does not see the whole unit."""
    place_of_unit(viewer, path)
    return Place((rules.source_key(path, source),))


def place_of_firm(viewer: Actor, enterprise_id: UUID, *, path: str, sector: str) -> Place:
    """Return one enterprise. path, sector: the enterprise's own. Raises NotFound when the viewer does not see it."""
    if not viewer.scope.covers(path=path, sector=sector, enterprise_id=enterprise_id):
        raise NotFound
    return Place((rules.firm_key(enterprise_id),))


def places_of_firms(viewer: Actor, firms: Mapping[UUID, tuple[str, str]]) -> dict[UUID, Place]:
    """Return several enterprises, each by its own path and sector. Raises NotFound when the viewer misses one."""
    return {one: place_of_firm(viewer, one, path=path, sector=sector) for one, (path, sector) in firms.items()}


def whole_place(viewer: Actor, *, counted: Collection[UUID] = ()) -> Place:
    """Return all that a viewer sees: units, sectors, single enterprises, each row under one key only.

    counted: those of the viewer's single enterprises that lie in their units or sectors, which count them already.
    """
    scope = viewer.scope
    keys = [rules.unit_key(path) for path in _outermost(scope.paths)]
    keys += [rules.sector_key(path, sector) for path, sector in _outermost_sectors(scope)]
    keys += [rules.firm_key(one) for one in sorted(scope.enterprises - frozenset(counted))]
    return Place(tuple(dict.fromkeys(keys)))


@dataclass(frozen=True, slots=True)
class Figures:
    """Numbers of one place: amounts by stored measure and level."""

    amounts: Mapping[tuple[str, str], int]

    def total(self, measure: str) -> int:
        """Return a measure over all levels."""
        return sum(self.amounts.get((name, level), 0) for name in stored(measure) for level in levels())

    def of(self, measure: str, level: str) -> int:
        """Return a measure at one level."""
        return sum(self.amounts.get((name, level), 0) for name in stored(measure))

    def plus(self, more: Mapping[tuple[str, str], int]) -> "Figures":
        """Return these with more added, by stored measure and level."""
        return Figures(together(self.amounts, more)) if more else self

    def less(self, parts: "Iterable[Figures]") -> "Figures":
        """Return what is left when some parts are taken away."""
        left = defaultdict(int, self.amounts)
        for part in parts:
            for cell, amount in part.amounts.items():
                left[cell] -= amount
        return Figures(dict(left))


def figures(
    place: Place, names: Sequence[str], *, until: date, since: date | None = None, known: date | None = None
) -> Figures:
    """Return figures of a place under one query.

    Stocks are as of the end of `until`; flows are what happened from `since` (or ever) to `until`, both inclusive.
    known: by the end of which day, of what is counted by the day of the fact; None: of `until`.
    """
    return by_place({"": place}, names, until=until, since=since, known=known)[""]


def figures_at(place: Place, asked: Sequence[tuple[Sequence[str], date]]) -> list[Figures]:
    """Return figures of a place as of the end of several days, each with its own measures, under one query."""
    found: list[defaultdict[tuple[str, str], int]] = [defaultdict(int) for _ in asked]
    for number, _, name, level, total in sums(place.keys, [Period(names, None, until) for names, until in asked]):
        found[number][name, level] += total
    return [Figures(dict(one)) for one in found]


def by_place(
    places: Mapping[str, Place],
    names: Sequence[str],
    *,
    until: date,
    since: date | None = None,
    known: date | None = None,
) -> dict[str, Figures]:
    """Return figures of several places (units of a matrix, sectors of a table) under one query."""
    return by_place_in(places, [(names, since, until)], known=known)[0]


def by_place_in(
    places: Mapping[str, Place],
    asked: Sequence[tuple[Sequence[str], date | None, date]],
    *,
    known: date | None = None,
) -> list[dict[str, Figures]]:
    """Return figures of several places in several periods under one query. asked: measures, since, until. known: by the
    end of which day, of what is counted by the day of the fact; None: of each period's last."""
    keys = {key for place in places.values() for key in place.keys}
    kept = sorted(key for key in keys if rules.is_kept(key))
    found: list[Amounts] = [defaultdict(lambda: defaultdict(int)) for _ in asked]
    for number, key, name, level, total in sums(kept, [Period(*one, known) for one in asked]):
        found[number][key][name, level] += total
    if len(kept) < len(keys):
        for number, (names, since, until) in enumerate(asked):
            found[number] |= from_trail(keys - set(kept), names, since=since, until=until, known=known)
    return [
        {label: Figures(_summed([amounts[key] for key in place.keys])) for label, place in places.items()}
        for amounts in found
    ]


def by_here(
    heres: Mapping[str, rules.Here],
    names: Sequence[str],
    *,
    until: date,
    since: date,
    known: date | None = None,
    subjects: Collection[UUID] | None = None,
) -> dict[str, Figures]:
    """Return figures of what lies in several places and came from some sources, as `by_place` does; told by the trail,
    read once for all of them. subjects: only of these, None for all."""
    found: Amounts = defaultdict(lambda: defaultdict(int))
    for event, delta in moves(names, [here.path for here in heres.values()], since=since, until=until, known=known):
        if subjects is None or event.subject_id in subjects:
            path, sector, level = rules.dims_of(event, delta)
            source = rules.source_of(event, delta)
            for label, here in heres.items():
                if here.holds(path, sector, source):
                    found[label][delta.measure, level] += delta.amount
    return {label: Figures(dict(found[label])) for label in heres}


def still_in(
    began: Mapping[str, Figures], changes: Iterable[Change], places: Mapping[str, Place]
) -> dict[str, Figures]:
    """Return of what stood at several places when a period began what has stood so ever since (`changes_since`)."""
    return {label: began[label].plus(in_keys(changes, place.keys)) for label, place in places.items()}


def still_here(
    began: Mapping[str, Figures],
    changes: Iterable[Change],
    heres: Mapping[str, rules.Here],
    *,
    subjects: Collection[UUID] | None = None,
) -> dict[str, Figures]:
    """Return the same of what lies in several places and came from some sources. subjects: only of these."""
    return {label: began[label].plus(in_here(changes, here, subjects)) for label, here in heres.items()}


def series(place: Place, name: str, *, start: date, end: date) -> list[tuple[date, int]]:
    """Return a measure for each day of a period under two queries: a stock at the day's end, a flow of the day."""
    total = 0
    if measures()[name].nature is Nature.STOCK:
        total = figures(place, [name], until=start - timedelta(days=1)).total(name)
    by_day = {day: sum(cells.values()) for day, cells in changes(place, [name], start=start, end=end).items()}
    answer: list[tuple[date, int]] = []
    for offset in range((end - start).days + 1):
        day = start + timedelta(days=offset)
        change = by_day.get(day, 0)
        total = total + change if measures()[name].nature is Nature.STOCK else change
        answer.append((day, total))
    return answer


def changes(
    place: Place, names: Sequence[str], *, start: date, end: date, since: date | None = None
) -> dict[date, dict[tuple[str, str], int]]:
    """Return what changed on each day of a period, by stored measure and level; quiet days are left out. One query.

    What is counted by the day of the fact is as known by the end of the period. since: given, each day's change is what
    came to the figure of the days from then on as it was known day by day: what was recorded late comes late.
    """
    wanted = sorted({part for name in names for part in stored(name)})
    cells, columns = _cells(place.keys, wanted), ("measure", "level")
    day_by_day = Cube.objects.filter(cells, grain=rules.DAY, on__range=(start, end))
    parts: list[QuerySet[Any, Any]] = [day_by_day.values_list("on", *columns).annotate(total=Sum("amount"))]
    if by_fact_names := late_names(names):
        late = CubeLate.objects.filter(_cells(place.keys, by_fact_names))
        of_days = late.filter(fact__range=(start, end))
        less = of_days if since is not None else of_days.filter(on__gt=end)
        parts.append(less.values_list("fact", *columns).annotate(total=-Sum("amount")))
        if since is not None:
            more = late.filter(on__range=(start, end), fact__gte=since)
            parts.append(more.values_list("on", *columns).annotate(total=Sum("amount")))
    found: defaultdict[date, dict[tuple[str, str], int]] = defaultdict(dict)
    for on, name, level, total in _together(parts):
        found[on][name, level] = found[on].get((name, level), 0) + total
    return dict(found)


def _cells(keys: Sequence[str], names: Sequence[str]) -> Q:
    return Q(key__in=keys, measure__in=names, level__in=levels())


def _together(parts: "Sequence[QuerySet[Any, Any]]") -> Iterable[Any]:
    return parts[0].union(*parts[1:], all=True) if parts else ()


def _summed(parts: Sequence[Mapping[tuple[str, str], int]]) -> dict[tuple[str, str], int]:
    total: defaultdict[tuple[str, str], int] = defaultdict(int)
    for part in parts:
        for cell, amount in part.items():
            total[cell] += amount
    return dict(total)


def _outermost(paths: Sequence[str]) -> list[str]:
    return [path for path in dict.fromkeys(paths) if not any(path != root and is_within(path, root) for root in paths)]


def _outermost_sectors(scope: Scope) -> list[tuple[str, str]]:
    """Return the sectors seen outside the units seen whole, but none below a place where the same one is seen."""
    seen = dict.fromkeys((part.path, sector) for part in scope.sectors for sector in part.sectors)
    return [
        (path, sector)
        for path, sector in seen
        if not any(is_within(path, root) for root in scope.paths)
        and not any(one == sector and path != root and is_within(path, root) for root, one in seen)
    ]


def _sees_sector(viewer: Actor, path: str, sector: str) -> bool:
    scope = viewer.scope
    if scope.everything or any(is_within(path, root) for root in scope.paths):
        return True
    return any(is_within(path, part.path) and sector in part.sectors for part in scope.sectors)
