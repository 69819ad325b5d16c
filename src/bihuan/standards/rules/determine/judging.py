"""From a text and the facts of a place to a level, with the clauses that speak for it (docs/determination.md)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Final

from bihuan.standards.rules.counting import COMPREHENSIVE
from bihuan.standards.rules.criteria import Library, Standard
from bihuan.standards.rules.determine.adjacent import Adjacent, adjacent_to
from bihuan.standards.rules.determine.barring import is_about, is_ruled_out
from bihuan.standards.rules.determine.cleaning import Piece, clean, pieces
from bihuan.standards.rules.determine.conditions import Status
from bihuan.standards.rules.determine.dating import as_of
from bihuan.standards.rules.determine.facts import FactFinder, Facts
from bihuan.standards.rules.determine.figures import keeps_within
from bihuan.standards.rules.determine.fire import FireBook, Scene, settled
from bihuan.standards.rules.determine.leaving import judged, judged_alike
from bihuan.standards.rules.determine.lexicon import Lexicon
from bihuan.standards.rules.determine.likening import Likening
from bihuan.standards.rules.determine.parting import level_of, parts_of
from bihuan.standards.rules.determine.precedents import LIGHT, NOT_KNOWN, ONLY_THE_LETTER, WEIGHTY, Place, Precedents
from bihuan.standards.rules.determine.saying import (
    Reading,
    around_of,
    fixed_for_all,
    here,
    is_sound,
    is_trifling,
    lacks_other,
    lacks_something,
    only_denies,
    read,
)
from bihuan.standards.rules.determine.signs import Signs
from bihuan.standards.rules.determine.trusting import Trust
from bihuan.standards.rules.determine.understanding import CHINESE, is_of_a_piece, tells_much
from bihuan.standards.rules.determine.verdicts import (
    Case,
    ConditionBook,
    Level,
    Met,
    Rule,
    Verdict,
    conditions_left,
    telling_of,
)
from bihuan.standards.rules.determine.weighing import Ground, Weighed, weigh

MOST_CANDIDATES: Final = 3
# What a fault of the judging can raise: it only computes. Who asks for many, or for a hint, goes on without the one.
FAILURES: Final = (ArithmeticError, AssertionError, AttributeError, LookupError, RuntimeError, TypeError, ValueError)


class Judge:
    """All standards compiled once; answers any number of cases, the same for the same words."""

    def __init__(
        self,
        library: Library,
        lexicon: Lexicon,
        signs: Signs,
        finder: FactFinder,
        book: ConditionBook,
        traditional: Mapping[int, str],
        trust: Trust | None = None,
        fire: FireBook | None = None,
        adjacent: Sequence[Adjacent] = (),
    ) -> None:
        self.library: Final = library
        self.lexicon = lexicon
        self._signs: Final = signs
        self.finder = finder
        self._traditional: Final = traditional
        self._trust: Final = trust or Trust()
        self._fire: Final = fire or FireBook({}, {}, {})
        self._adjacent: Final = tuple(adjacent)
        by_id = {one.id: one for one in library.standards}
        telling = telling_of(library, book)
        self._rules: Final = [
            Rule(
                item,
                by_id[item.standard_id],
                tuple(book.of[item.id]),
                item.standard_id not in book.missing_only,
                telling[item.id],
                book.names,
            )
            for item in (*library.criteria, *book.unknown)
            if item.id in book.of
        ]
        by_likeness = [item for item in library.criteria if item.id in book.alike]
        self._likening: Final = Likening(by_likeness, library.criteria)
        self._alike: Final = {item.id: Rule(item, by_id[item.standard_id], ()) for item in by_likeness}
        self._by_concept: Final = self._index()
        self._by_item: Final = {rule.item.id: rule for rule in self._rules}
        self._precedents: Precedents | None = None
        self._untaught: Judge | None = None  # the same judge without a town's own words
        self._by_day: Final[dict[date, tuple[Standard, ...]]] = {}

    def with_precedents(self, precedents: Precedents | None) -> "Judge":
        """Return a judge of the same rules that looks at labelled findings where no condition is met."""
        made = copy(self)
        made._precedents = precedents
        made._untaught = self._untaught and self._untaught.with_precedents(precedents)
        return made

    @property
    def by_conditions(self) -> "Judge":
        """The same rules without a second look: what is answered is read by conditions or not at all."""
        return self.with_precedents(None)

    def with_words(self, concepts: Mapping[str, Sequence[str]], facts: Mapping[str, Sequence[str]]) -> "Judge":
        """Return a judge of the same rules that reads with more words: of concepts, of `s:sector` and `f+feature`."""
        made = copy(self)
        made.lexicon = self.lexicon.with_words(concepts)
        made.finder = self.finder.with_words(facts, made.lexicon)
        made._untaught = self._untaught or self
        vars(made).pop("_things", None)
        return made

    def plain(self, text: str) -> str:
        """Return a text as it is read: widths, case and traditional forms made one."""
        return clean(text, self._traditional, self._is_broken, self._lacks)

    def _is_broken(self, before: str, after: str, least: int) -> bool:
        return self.lexicon.is_broken(before, after, least, self.denies)

    @cached_property
    def _things(self) -> frozenset[str]:
        """The words for what a criterion asks to be there."""
        asked = {
            name
            for rule in self._rules
            for one in rule.conditions
            for term in one.terms
            if term.is_lack
            for name in term.concepts
        }
        return frozenset(word for name in asked for word in self.lexicon.concepts[name] if len(word) > 1)

    def _lacks(self, before: str, after: str) -> bool:
        """Tell whether a denial after some words is of the thing that they end with: 可燃气报警没有 灯是普通的."""
        if self._signs.attribute.match(after):
            return False  # 安全阀没有 铅封
        ends = (before, before[:-1])  # one character may be mistyped: 卸灰伐
        return any(one[start:] in self._things for one in ends for start in range(len(one) - 1))

    def denies(self, word: str) -> bool:
        """Tell whether a word is nothing but a denial (没有, 失效)."""
        return any(pattern.fullmatch(word) for _, _, pattern in self._signs.marks)

    def without_denials(self, text: str) -> str:
        """Return a text with a comma for each denial, so that only what is denied or said is left."""
        for _, _, pattern in self._signs.marks:
            text = pattern.sub(",", text)
        return text

    @property
    def rules(self) -> Sequence[Rule]:
        """All criteria with their conditions, in the order of the books."""
        return self._rules

    def _index(self) -> Mapping[str, Sequence[int]]:
        found: dict[str, set[int]] = defaultdict(set)
        for number, rule in enumerate(self._rules):
            for condition in rule.conditions:
                for concept in condition.concepts:
                    found[concept].add(number)
        return {concept: sorted(numbers) for concept, numbers in found.items()}

    def knows_of_place(self, words: str) -> bool:
        """Tell whether words that describe a place say anything that a judgement can use."""
        facts = self.finder.facts(self.plain(words), "")
        return bool(facts.has or facts.lacks or facts.things or facts.sectors)

    def standards_on(self, day: date) -> tuple[Standard, ...]:
        """Return the standards in force on a day."""
        if day not in self._by_day:
            if len(self._by_day) > 4000:
                self._by_day.clear()
            self._by_day[day] = self.library.in_force(day)
        return self._by_day[day]

    def determine(self, case: Case) -> Verdict:
        """Weigh a case against all that was in force on its day."""
        plain = as_of(self.plain(case.text), case.on)
        readings = tuple(read(piece, self.lexicon, self._signs) for piece in pieces(plain))
        readings = fixed_for_all(readings)
        own = clean(case.enterprise.words, self._traditional)
        declared = clean(";".join(case.enterprise.sectors), self._traditional)
        facts = self.finder.facts(own, plain, declared=declared)
        in_force = self.standards_on(case.on)
        met = [*self._met(case, readings, facts, in_force), *self._like(case, readings, facts, in_force)]
        raw = met = sorted(met, key=lambda one: one.order)
        met = settled(_preferred(_once(met), case.on), Scene(readings, facts, f"{own};{plain}", in_force), self._fire)
        met = self._doubted(met)
        adjacent = adjacent_to(self._adjacent, plain, own, on=case.on)
        of_another = any(one.is_of(f";{own};") for one in adjacent)
        elsewhere = None
        if level_of(met) is Level.GENERAL:
            understood = self._met_anywhere(readings, facts)
            elsewhere = None if any(one.lowered for one in met) else understood  # what lowered a clause is the reason
            second = None if understood or of_another else self._by_precedent(case, met, readings, facts)
            second = second or self._without_lessons(case)
            met = [*filter(None, [second]), *(one for one in met if second is None or one.rule is not second.rule)]
        raw, met = [[one for one in many if not is_of_a_piece(one)] for many in (raw, met)]
        alike = any(one.precedent for one in met)  # what is like a labelled finding is understood
        is_read = bool(CHINESE.search(plain)) and (bool(adjacent) or alike or self._understands(plain, readings))
        level = level_of(met) if is_read else Level.OPEN
        if level is Level.GENERAL and of_another and self._is_weighty(readings):
            level = Level.OPEN  # what its own list says of it is not known here
        parts = parts_of(readings, raw, met)
        return Verdict(
            case, level, tuple(met), readings, facts, in_force, self._trust, elsewhere, adjacent, parts, is_read
        )

    def _is_weighty(self, readings: Sequence[Reading]) -> bool:
        """Tell whether words are more than a plain general finding, of what is neither done nor denied."""
        open_ = [one for one in readings if not (one.fixed or one.denied) and not self._is_nothing(one.piece)]
        if any(one.seen and not self._signs.petty.search(one.text) for one in open_):
            return True
        return self._precedents is not None and any(self._precedents.gravity(one.text) >= WEIGHTY for one in open_)

    def _understands(self, plain: str, readings: Sequence[Reading]) -> bool:
        """Tell whether a concept was found in more than a stray character, or the words stand in findings."""
        if self._precedents is None or self._precedents.gravity.knows(plain):
            return True
        return any(tells_much(one) for one in readings)

    def _met(
        self, case: Case, readings: Sequence[Reading], facts: Facts, in_force: Sequence[Standard]
    ) -> Iterator[Met]:
        usable = {one.id for one in in_force}
        prompts = {item_id: one for one in in_force for item_id in one.prompts}
        around = around_of(readings)
        for reading in readings:
            numbers = {number for concept in reading.seen for number in self._by_concept.get(concept, ())}
            for number in sorted(numbers):
                rule = self._rules[number]
                newer = prompts.get(rule.item.id)
                if (rule.standard.id in usable or newer) and facts.concern(rule.item):
                    found = self._weighed(rule, reading, facts, around)
                    if found and found.status:
                        one = Met(rule, found, reading, found.status, prompt=newer is not None)
                        yield judged(one, facts, case.on, newer=newer)

    def _like(
        self, case: Case, readings: Sequence[Reading], facts: Facts, in_force: Sequence[Standard]
    ) -> Iterator[Met]:
        """Yield the clauses without conditions that a piece of the text is like; the best of them ask a person."""
        usable = {one.id for one in in_force}
        for reading in readings if self._alike else ():
            for like in self._likening.found(reading.text):
                rule = self._alike[like.item.id]
                if rule.standard.id in usable and facts.concern(rule.item):
                    yield judged_alike(like, rule, reading, facts, case.on)

    def _met_anywhere(self, readings: Sequence[Reading], facts: Facts) -> Rule | None:
        """Return a clause of any day and place that the words meet or ask about: they are understood.

        One that would concern this place on another day comes before one that is for other places.
        """
        around, of_others = around_of(readings), None
        for reading in readings:
            numbers = {number for concept in reading.seen for number in self._by_concept.get(concept, ())}
            for rule in (self._rules[number] for number in sorted(numbers)):
                can = [one for one in rule.conditions if one.may_be_met_by(reading.seen)]
                ground = self._ground(rule, reading, facts, around) if can else None
                if ground and any(weigh(one, ground).status >= Status.ASK for one in can):
                    if facts.concern(rule.item):
                        return rule
                    of_others = of_others or rule
        return of_others

    def _by_precedent(self, case: Case, met: Sequence[Met], readings: Sequence[Reading], facts: Facts) -> Met | None:
        """Return the clause of the labelled finding that the words are like, if they weigh as much."""
        open_ = [one for one in readings if not (one.fixed or one.denied or one.stopped or one.retired)]
        near = {one.rule.item.id: one for one in met}
        rules = self._by_item
        place = Place(
            exists=lambda item: item in rules and rules[item].item.kind != COMPREHENSIVE,
            lacks=lambda item: bool(rules[item].item.features) and rules[item].item.features <= facts.lacks,
            applies=lambda item: rules[item].standard.holds_on(case.on) and facts.concern(rules[item].item),
            preferred=lambda item: rules[item].standard.is_preferred_on(case.on),
            near=lambda item: item in near,
            denied=lambda item: item in near and any(one.holds is False for one in near[item].weighed.held),
            within=lambda item: any(keeps_within(one, open_) for one in rules[item].conditions),
        )
        found = (
            self._precedents.find([here(one.piece, self._signs) for one in open_], place) if self._precedents else None
        )
        if found is None or self._is_nothing(open_[found[0]].piece):
            return None
        number, precedent = found
        rule = rules[precedent.criterion]
        lacks = lacks_something(open_[number].piece, self._signs)
        if not is_about(rule, open_[number], facts, precedent, lacks=lacks):
            return None
        if is_ruled_out(rule, self._ground(rule, open_[number], facts, {}), precedent):
            return None
        weighed = near[rule.item.id].weighed if rule.item.id in near else Weighed(rule.conditions[0], Status.HIT)
        one = judged(Met(rule, weighed, open_[number], Status.HIT, precedent=precedent), facts, case.on)
        asked = {name for condition in rule.conditions for name in condition.concepts}
        other = lacks_other(open_[number], self._signs, asked, precedent.example)
        return replace(one, status=Status.ASK, why_open=NOT_KNOWN.format(other)) if other else one

    def _is_nothing(self, piece: Piece) -> bool:
        """Tell whether nothing is said to be wrong, or only a label, a record or the like is wanting."""
        return any(tells(piece, self._signs) for tells in (is_trifling, is_sound, only_denies))

    def _without_lessons(self, case: Case) -> Met | None:
        """Return the clause that likeness alone found before a town taught its words: they never take a level away."""
        verdict = self._untaught.determine(case) if self._untaught else None
        known = verdict.deciding if verdict and verdict.stated is Level.MAJOR else None
        return known if known and known.precedent else None

    def _doubted(self, met: Sequence[Met]) -> list[Met]:
        """Ask a person about a clause that is met in words that weigh as those of a general hazard."""
        found = [
            replace(one, status=Status.ASK, why_open=ONLY_THE_LETTER)
            if one.status is Status.HIT and self._is_light(one)
            else one
            for one in met
        ]
        return sorted(found, key=lambda one: one.order)

    def _is_light(self, one: Met) -> bool:
        """Tell whether neither the piece nor the clauses that meet the condition have any gravity.

        Gravity reads no figures, so a quantity beyond its limit is not doubted.
        """
        if self._precedents is None or any(held.holds and held.term.is_count for held in one.weighed.held):
            return False
        text, clauses = one.reading.text, one.reading.piece.clauses
        said = sorted({held.clause for held in one.weighed.held if held.holds and held.clause >= 0})
        own = ",".join(text[slice(*clauses[number])] for number in said)
        return all(self._precedents.gravity(words) < LIGHT for words in {text, own} if words)

    def _ground(self, rule: Rule, reading: Reading, facts: Facts, around: Mapping[str, str]) -> Ground:
        telling = rule.telling if facts.fit(rule.item) else frozenset()
        return Ground(reading, facts, around, self.lexicon.places, rule.failed_counts, telling)

    def _weighed(self, rule: Rule, reading: Reading, facts: Facts, around: Mapping[str, str]) -> Weighed | None:
        ground = self._ground(rule, reading, facts, around)
        weighed = [weigh(one, ground) for one in conditions_left(rule, reading) if one.is_touched_by(reading.seen)]
        best = max(weighed, key=lambda one: (one.status, one.weight), default=None)
        ways = tuple(one.condition for one in weighed if one.status >= Status.ASK)
        return replace(best, ways=ways) if best is not None and len(ways) > 1 else best


def _once(met: Iterable[Met]) -> list[Met]:
    """Keep the best of each criterion."""
    seen: set[str] = set()
    kept = []
    for one in met:
        if one.rule.item.id not in seen:
            seen.add(one.rule.item.id)
            kept.append(one)
    return kept


def _preferred(met: list[Met], on: date) -> list[Met]:
    """Leave out an older list's clauses where the one preferred to it says the same or more."""
    for old in [one for one in met if not one.rule.standard.is_preferred_on(on)]:
        newer = [one for one in met if one.rule.standard.id == old.rule.standard.preferred_successor]
        if any(one.status >= Status.ASK or old.status < Status.ASK for one in newer):
            met = [one for one in met if one is not old]
    return met
