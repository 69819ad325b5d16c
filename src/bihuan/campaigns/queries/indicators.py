"""How far an indicator is: numerator, denominator, what is said of them, and the addresses of the rows behind."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final
from uuid import UUID

from bihuan.campaigns.queries.behind import NAMED, Rows, is_dated, is_named, proof, proof_page
from bihuan.campaigns.queries.values import NOT_BY_FIRM, Value, outside, rest, without
from bihuan.campaigns.rules.catalogue import BY_KEY, Tally, tally
from bihuan.campaigns.rules.spans import Days, before, days_of
from bihuan.campaigns.rules.terms import Indicator, Part, Span, State, Term, Where, said
from bihuan.hazards import queries as hazards
from bihuan.kernel.actor import PLATFORM, Actor
from bihuan.kernel.errors import NotFound
from bihuan.kernel.indicators import Answer, Kept, Question
from bihuan.kernel.measures import Nature
from bihuan.stats import queries as stats
from bihuan.stats.queries import Figures, Place
from bihuan.stats.rules import NO_SECTOR, Here, sectors_said

NOT_BY_SECTOR: Final = "这个指标不分行业，请看整个单位的数。"
OF_CAMPAIGN: Final = "这个指标按专项行动统计，请从专项行动的方案页看。"
OF_TOWN: Final = "按全镇统计"


def known_names() -> frozenset[str]:
    """Return every name under which something is measured today, by whatever room."""
    return frozenset(stats.measures()) | frozenset(stats.asked_figures())


def summary() -> Tally:
    """Count the clauses and figures of the catalogue: measured, waiting, beyond data."""
    return tally(known_names())


def indicator_value(
    viewer: Actor,
    key: str,
    where: Where,
    *,
    since: date,
    until: date,
    on: date,
    today: date | None = None,
    campaign_id: UUID | None = None,
) -> Value:
    """Return one indicator: the plural of one."""
    days = {"since": since, "until": until, "on": on}
    return indicator_values(viewer, [key], where, **days, today=today, campaign_id=campaign_id)[0]


def indicator_values(
    viewer: Actor,
    keys: Sequence[str],
    where: Where,
    *,
    since: date,
    until: date,
    on: date,
    today: date | None = None,
    campaign_id: UUID | None = None,
) -> list[Value]:
    """Return indicators of one place, in the order of the keys; one query of the cube, and of each room for each period
    what its reading takes.

    since, until: the period, inclusive. on: as of the end of this day. today: given, where addresses are wanted; most
    lists show what stands now, so as of another day only those that are dated have any. campaign_id: whose own figures
    are asked for. Raises NotFound for an unknown key, and when the viewer does not see the whole place.
    """
    found = [BY_KEY[key] for key in keys if key in BY_KEY]
    if len(found) != len(keys):
        raise NotFound("campaigns.no_indicator", "没有找到这个指标。")
    return values_of(viewer, found, where, since=since, until=until, on=on, today=today, campaign_id=campaign_id)


def values_of(
    viewer: Actor,
    found: Sequence[Indicator],
    where: Where,
    *,
    since: date,
    until: date,
    on: date,
    today: date | None = None,
    campaign_id: UUID | None = None,
) -> list[Value]:
    """Return indicators of one place, those of the catalogue or a person's own; otherwise as `indicator_values`."""
    places = {"": where}
    return values_by_place(
        viewer, found, places, since=since, until=until, on=on, today=today, campaign_id=campaign_id
    )[""]


def values_by_place(
    viewer: Actor,
    found: Sequence[Indicator],
    places: Mapping[str, Where],
    *,
    since: date,
    until: date,
    on: date,
    today: date | None = None,
    campaign_id: UUID | None = None,
    known: date | None = None,
    kept: Kept | None = None,
) -> dict[str, list[Value]]:
    """Return indicators of several places, by label: the units of a matrix, the sectors of a table.

    One query of the cube, whatever the number of places and periods; each room reads its rows once for each period
    and place. Raises NotFound when the viewer does not see all of every place. kept: of an asking that this is part of.
    known: by the end of which day, of what is counted by the day of the fact; None: of each figure's last day.
    """
    shared = kept or Kept()
    parts = {
        label: {f"{label} {path}": where._replace(path=path, own="", but=()) for path in where.but}
        for label, where in places.items()
        if where.but
    }
    answered = _answered(
        viewer,
        found,
        dict(places) | {label: where for several in parts.values() for label, where in several.items()},
        lambda narrowed: _Asking(viewer, narrowed, since, until, on, today, campaign_id, known, shared),
    )
    for label, several in parts.items():
        for number, one in enumerate(answered[label]):
            answered[label][number] = rest(one, [answered[part][number] for part in several])
    return {label: answered[label] for label in places}


def _answered(
    viewer: Actor,
    found: Sequence[Indicator],
    places: Mapping[str, Where],
    ask: "Callable[[Mapping[str, Where]], _Asking]",
) -> dict[str, list[Value]]:
    names = known_names()
    for where in places.values():  # the whole of it, before an indicator narrows it to its fields
        stats.place_of(viewer, where.path, where.sectors, where.firms)
    answered: dict[tuple[int, str], Value] = {}
    for narrowing in dict.fromkeys((one.sectors, one.only) for one in found):
        some = [(number, one) for number, one in enumerate(found) if (one.sectors, one.only) == narrowing]
        measured = {number: one for number, one in some if one.state(names) is State.MEASURED}
        within = {label: where.within(*narrowing) for label, where in places.items()}
        narrowed = {label: where for label, where in within.items() if where is not None}
        asking = ask(narrowed)
        asking.look_up([term for one in measured.values() for term in one.terms()])
        for number, one in some:
            for label in places:
                if number not in measured:
                    answered[number, label] = without(one, names)
                elif label in narrowed:
                    answered[number, label] = asking.value(one, label)
                else:
                    answered[number, label] = Value(one, State.MEASURED, why=outside(one, places[label]))
    return {label: [answered[number, label] for number in range(len(found))] for label in places}


@dataclass
class _Asking:
    """One question to the registry: the terms of several indicators at several places, each measure looked up once."""

    viewer: Actor
    places: Mapping[str, Where]
    since: date
    until: date
    on: date
    today: date | None
    campaign_id: UUID | None
    known: date | None
    kept: Kept
    figures: dict[Days, dict[str, Figures]] = field(default_factory=dict)
    answers: dict[tuple[Days, str, str], Answer | None] = field(default_factory=dict)
    still: dict[Days, dict[str, Figures]] = field(default_factory=dict)
    spans: dict[Span, Days] = field(default_factory=dict)

    def days(self, term: Term) -> Days:
        """Return the days of a term; those of a span are the same for all terms of an asking."""
        found = self.spans.get(term.span)
        if found is None:
            found = self.spans[term.span] = days_of(term.span, since=self.since, until=self.until, on=self.on)
        return found

    def look_up(self, terms: Sequence[Term]) -> None:
        """Ask for all that the terms name, except of periods that have not begun."""
        names: defaultdict[Days, set[str]] = defaultdict(set)
        began: defaultdict[Days, set[str]] = defaultdict(set)
        for term in terms:
            days = self.days(term)
            for part in term.parts if days.until >= days.since else ():
                names[before(days) if part.still else days].add(part.name)
                if part.still:
                    began[days].add(part.name)
        seen = {
            label: stats.place_of(self.viewer, where.path, where.sectors, where.firms)
            for label, where in self.places.items()
        }
        in_cube = {days: sorted(wanted & stats.measures().keys()) for days, wanted in names.items()}
        self.figures |= self._from_cube(seen, {days: wanted for days, wanted in in_cube.items() if wanted})
        self.still |= {days: self._still(seen, days, wanted) for days, wanted in began.items()}
        for days, wanted in names.items():
            self._ask(days, wanted - stats.measures().keys())

    def _ask(self, days: Days, names: set[str]) -> None:
        """Ask the rooms for what the cube does not hold."""
        for label, where in self.places.items() if names else ():
            if where.firms is not None:  # rooms tell of units, not of single enterprises
                self.answers |= {(days, name, label): None for name in names}
                continue
            own = {name for name in names if where.own and stats.asked_figures()[name].of_campaign}
            asked = Question(where.path, days.since, days.until, where.sectors, self.campaign_id, self.kept)
            told = stats.answers(self.viewer, sorted(names - own), asked)
            if own:  # whoever sees a department's sectors, which were asked above, sees its part in the campaign
                part = Question(where.own, days.since, days.until, (), self.campaign_id, self.kept)
                told |= stats.answers(PLATFORM, sorted(own), part)
            self.answers |= {(days, name, label): found for name, found in told.items()}

    def _from_cube(
        self, seen: Mapping[str, Place], names: Mapping[Days, Sequence[str]]
    ) -> dict[Days, dict[str, Figures]]:
        """Return what the cube holds; where only some sources or words are wanted, what the trail tells of them."""
        if not self._is_by_trail():
            asked = [(wanted, days.since, days.until) for days, wanted in names.items()]
            return dict(zip(names, stats.by_place_in(seen, asked, known=self.known) if asked else (), strict=True))
        return {
            days: stats.by_here(
                self._heres(),
                wanted,
                since=days.since,
                until=days.until,
                known=self.known,
                subjects=self._subjects(),
            )
            for days, wanted in names.items()
        }

    def _is_by_trail(self) -> bool:
        some = next(iter(self.places.values()), None)  # an asking has one narrowing
        return some is not None and bool(some.source or some.words)

    def _heres(self) -> dict[str, Here]:
        return {
            label: Here(where.path, where.sectors, sources=(where.source,) if where.source else ())
            for label, where in self.places.items()
        }

    def _subjects(self) -> Collection[UUID] | None:
        """Return the hazards in which the words of the narrowing are written, None where there are no words."""
        words = next((where.words for where in self.places.values()), "")
        return hazards.written_so(words, [where.path for where in self.places.values()]) if words else None

    def _still(self, seen: Mapping[str, Place], days: Days, names: Collection[str]) -> dict[str, Figures]:
        """Return of what stood when a period began what has stood so ever since, by place."""
        began = self.figures[before(days)]
        paths = [where.path for where in self.places.values()]
        changes = stats.changes_since(names, paths, since=days.since, until=days.until, kept=self.kept)
        if not changes:
            return began
        if self._is_by_trail():
            return stats.still_here(began, changes, self._heres(), subjects=self._subjects())
        return stats.still_in(began, changes, seen)

    def value(self, indicator: Indicator, label: str) -> Value:
        """Put the terms of a measured indicator together."""
        numerator, *rest = (self._amount(term, label) for term in indicator.terms())
        denominator = rest[0] if rest else None
        if numerator is None or (rest and denominator is None):
            return Value(indicator, State.MEASURED, why=self._why_not(indicator, label))
        rows = [tuple(self._rows(term, label)) for term in indicator.terms()]
        shares = [self._shares(term, label) for term in indicator.terms()]
        return Value(
            indicator,
            State.MEASURED,
            numerator,
            denominator,
            said(indicator.kind, numerator, denominator, indicator.unit),
            why=indicator.if_nothing if denominator == 0 else "",
            numerator_rows=rows[0],
            denominator_rows=rows[1] if rest else (),
            numerator_by=shares[0],
            denominator_by=shares[1] if rest else {},
            waits_for=self._waits_for(indicator.terms()[0], label),
        )

    def _why_not(self, indicator: Indicator, label: str) -> str:
        if self.places[label].firms is not None:
            return NOT_BY_FIRM
        asked = stats.asked_figures()
        of_campaign = any(name in asked and asked[name].of_campaign for name in indicator.names())
        if not of_campaign:
            return NOT_BY_SECTOR
        return OF_CAMPAIGN if self.campaign_id is None else OF_TOWN

    def _shares(self, term: Term, label: str) -> Mapping[str, int]:
        """Return whose a term is, where it is one figure that a room shares out."""
        key = (self.days(term), term.parts[0].name, label)
        told = self.answers.get(key) if len(term.parts) == 1 else None
        return told.shares if told is not None else {}

    def _waits_for(self, term: Term, label: str) -> Mapping[str, int]:
        told = self.answers.get((self.days(term), term.parts[0].name, label)) if len(term.parts) == 1 else None
        return told.waits_for if told is not None else {}

    def _amount(self, term: Term, label: str) -> int | None:
        amounts = [self._part(part, self.days(term), label) for part in term.parts]
        known = [amount for amount in amounts if amount is not None]
        if len(known) != len(amounts):
            return None
        return sum(part.sign * amount for part, amount in zip(term.parts, known, strict=True))

    def _part(self, part: Part, days: Days, label: str) -> int | None:
        if days.until < days.since:
            return 0
        if part.name not in stats.measures():
            answer = self.answers[days, part.name, label]
            return None if answer is None else answer.amount
        figures = (self.still if part.still else self.figures)[days][label]
        return figures.of(part.name, part.level) if part.level else figures.total(part.name)

    def _rows(self, term: Term, label: str) -> Iterator[Rows]:
        """Yield addresses of what is counted: the list where it shows exactly that, or the page that proves it of any
        day, in any sectors, and put together from several."""
        days = self.days(term)
        if self.today is None or days.until < days.since:
            return
        term = self._shortened(term, days, label)
        if not self._is_listed(term, days, label):
            page, amount = self._proof_page(term, label), self._amount(term, label)
            if page and amount:
                yield Rows(page, proof(term, self.places[label], days, self.known), amount, 1)
            if page:
                return
        for part in term.parts:
            amount = self._part(part, days, label)
            if amount:
                yield from self._pages(part, days, label, amount)

    def _shortened(self, term: Term, days: Days, label: str) -> Term:
        """Return a term without what was nothing when the period began: then a plain list shows what it counts."""
        left = tuple(one for one in term.parts if not one.still or self._part(one, days, label))
        return replace(term, parts=left)

    def _pages(self, part: Part, days: Days, label: str, amount: int) -> Iterator[Rows]:
        page, named = stats.pages().get(part.name, ""), is_named(part.name)
        measure = stats.measures().get(part.name)
        is_today = self._is_as_now(days) if measure is not None and measure.by_fact else days.until == self.today
        is_listed = is_today and not (named and self.places[label].sectors)
        if page and (is_listed or is_dated(part.name)):
            yield from (Rows(page, query, amount, part.sign) for query in self._queries(part, days, label))
        elif named:
            yield Rows(NAMED, self._question(part, days, label), amount, part.sign)

    def _question(self, part: Part, days: Days, label: str) -> dict[str, str]:
        where = self.places[label]
        said = {"figure": part.name, "path": where.path, "sector": sectors_said(where.sectors)}
        said |= {"since": days.since.isoformat(), "until": days.until.isoformat()}
        return {name: value for name, value in said.items() if value}

    def _proof_page(self, term: Term, label: str) -> str:
        """Return the page that proves a term: of units; of single enterprises only where no list of today can."""
        is_of_firms = self.places[label].firms is not None
        no_list = any(part.still for part in term.parts) or not self._is_as_now(self.days(term))
        return "" if is_of_firms and not no_list else proof_page(term)

    def _is_as_now(self, days: Days) -> bool:
        """Tell whether what is counted by the day of the fact is as known today, which a list shows."""
        return self.today is not None and max(days.until, self.known or days.until) >= self.today

    def _is_listed(self, term: Term, days: Days, label: str) -> bool:
        """Tell whether one list shows exactly what a term counts: one measure in one place, as it stands today or, of
        the days of the fact, as it is known today."""
        part, where = term.parts[0], self.places[label]
        measure = stats.measures().get(part.name)
        if measure is None or len(term.parts) > 1 or len(where.sectors) > 1 or NO_SECTOR in where.sectors:
            return False
        if not measure.rows or where.words or where.but:
            return False
        if measure.by_fact:
            return self._is_as_now(days)
        return measure.nature is Nature.STOCK and days.until == self.today

    def _queries(self, part: Part, days: Days, label: str) -> Iterator[dict[str, str]]:
        where = self.places[label]
        if part.name not in stats.measures():
            answer = self.answers[days, part.name, label]
            if answer is not None and answer.rows is not None:
                yield dict(answer.rows)
            return
        if NO_SECTOR in where.sectors:
            return  # no list shows what has no sector
        measure = stats.measures()[part.name]
        query = {**measure.rows, "level": part.level, "path": where.path, "source": where.source}
        if measure.nature is Nature.FLOW and measure.by_fact:
            query |= {"found_from": days.since.isoformat(), "found_to": days.until.isoformat()}
        for sector in where.sectors or ("",):
            yield {name: value for name, value in (query | {"sector": sector}).items() if value}
