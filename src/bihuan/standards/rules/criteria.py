"""Major-hazard criteria as dated data, and which version applies to a finding (docs/criteria.md)."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from bihuan.kernel.errors import Refusal
from bihuan.standards.rules.sectors import CROSS_CUTTING, Feature, Sector

FALLBACK_ROLE: Final = "fallback-definition"
NEAREST_LAW: Final = "closest-equivalent"  # the role of a law that stands where there was no list


@dataclass(frozen=True, slots=True)
class Criterion:
    """One item of a standard: where it stands, whom it can concern, what it says in our own words, and cues.

    clause: as the standard numbers it. open_ended: a definition that must never be proposed by itself as major.
    kind: "direct", "comprehensive" (fire) or "". completeness: "partial" where the text was not found whole.
    refers_to: other clauses when the item only points at them. note: our remark on the item; no paper prints it.
    """

    id: str
    standard_id: str
    clause: str
    group: str
    sectors: frozenset[Sector]
    features: frozenset[Feature]
    text: str
    objects: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()
    counter_cues: tuple[str, ...] = ()
    confidence: str = "verified"
    kind: str = ""
    completeness: str = ""
    refers_to: str = ""
    open_ended: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class GeneralRule:
    """A rule of a standard that qualifies all of its items."""

    id: str
    clause: str
    text: str
    cues: tuple[str, ...] = ()
    counter_cues: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Replaced:
    """Days on which an uploaded standard stands in the place of a packaged one, both inclusive; last None is open.

    by: the id of the uploaded standard; cited_as: how a paper names it.
    """

    first: date
    last: date | None
    by: str
    cited_as: str

    def holds_on(self, day: date) -> bool:
        """Tell whether it stands there on a day."""
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Standard:
    """One version of a set of criteria.

    effective_on, effective_until: both inclusive, None is open. preferred_successor: the standard to use from
    `preferred_from` on although this one was not repealed. role: "" or what else it is (a fallback definition,
    the closest equivalent of a list). area: the path of the unit in whose area alone it applies, "" is everywhere.
    replaced: when an uploaded standard takes its place where the library is for.
    """

    id: str
    title: str
    document_number: str
    issuer: str
    sector_word: str
    issued_on: date | None = None
    effective_on: date | None = None
    effective_until: date | None = None
    supersedes: str = ""
    superseded_by: str = ""
    preferred_successor: str = ""
    preferred_from: date | None = None
    role: str = ""
    confidence: str = "verified"
    source_note: str = ""
    general_rules: tuple[GeneralRule, ...] = ()
    prompts: tuple[str, ...] = ()
    area: str = ""
    replaced: tuple[Replaced, ...] = ()

    def holds_on(self, day: date) -> bool:
        """Tell whether this version was in force on a day, by its own dates and where nothing took its place."""
        return (
            (self.effective_on is None or self.effective_on <= day)
            and (self.effective_until is None or day <= self.effective_until)
            and not any(one.holds_on(day) for one in self.replaced)
        )

    def is_preferred_on(self, day: date) -> bool:
        """Tell whether no preferred successor has taken its place by then (docs/criteria.md, doubt 1)."""
        return self.preferred_from is None or day < self.preferred_from

    @property
    def cited_as(self) -> str:
        """How a paper names the standard."""
        return f"《{self.title}》（{self.document_number}）"


class UnknownCriterion(Refusal):
    """No such standard or clause, or not in force on the day."""


@dataclass(frozen=True, slots=True, eq=False)
class Library:
    """All standards and criteria, as loaded; one library is equal to itself only."""

    standards: tuple[Standard, ...]
    criteria: tuple[Criterion, ...]

    def standard(self, standard_id: str) -> Standard:
        """Return one standard. Raises UnknownCriterion."""
        for standard in self.standards:
            if standard.id == standard_id:
                return standard
        raise UnknownCriterion("standards.unknown", f"标准库里没有“{standard_id}”。请从标准库中重新选择判定依据。")

    def in_force(self, on: date) -> tuple[Standard, ...]:
        """Return the versions in force on a day, special standards first, the general definition last (rule 5)."""
        return tuple(sorted((s for s in self.standards if s.holds_on(on)), key=lambda s: precedence(s, on=on)))

    def criterion(self, standard_id: str, clause: str, *, on: date | None = None) -> Criterion:
        """Return an item by clause (or by its own id), in the version asked for.

        on: the day the hazard was found; a version not in force that day is refused (rules 1 and 3).
        Raises UnknownCriterion.
        """
        standard = self.standard(standard_id)
        if on is not None and not standard.holds_on(on):
            raise UnknownCriterion("standards.not_in_force", not_in_force_says(standard, on=on))
        for item in self.criteria:
            if item.standard_id == standard_id and clause in {item.clause, item.id}:
                return item
        raise UnknownCriterion(
            "standards.no_clause", f"{standard.cited_as}里没有“{clause}”这一条。请核对条号，或从标准库中选择。"
        )

    def of(self, standards: Iterable[Standard]) -> tuple[Criterion, ...]:
        """Return the items of these standards, in the order of the standards and of their clauses."""
        order = {standard.id: place for place, standard in enumerate(standards)}
        mine = [item for item in self.criteria if item.standard_id in order]
        return tuple(sorted(mine, key=lambda item: order[item.standard_id]))


def not_in_force_says(standard: Standard, *, on: date) -> str:
    """Return the sentence that refuses a version on a day."""
    day = f"{on.year}年{on.month}月{on.day}日"
    if standard.effective_on is not None and on < standard.effective_on:
        begins = standard.effective_on.isoformat()
        return f"{standard.cited_as}自{begins}起施行，{day}发现的隐患不能引用。请改用当日有效的版本。"
    if instead := next((one for one in standard.replaced if one.holds_on(on)), None):
        since = instead.first.isoformat()
        return f"{standard.cited_as}自{since}起在这里由{instead.cited_as}代替，{day}发现的隐患请引用后者。"
    until = standard.effective_until.isoformat() if standard.effective_until else ""
    return f"{standard.cited_as}用到{until}为止，{day}发现的隐患不能引用。请改用当日有效的版本。"


def precedence(standard: Standard, *, on: date) -> int:
    """Return the place of a standard among those in force (rule 5): special, then sector lists, general last.

    A version whose preferred successor is already in force comes after the other sector lists.
    """
    if standard.role == FALLBACK_ROLE:
        return 9
    if not standard.is_preferred_on(on):
        return 5
    return {"消防": 0, "特种设备": 1, "化工和危险化学品": 2, "烟花爆竹": 3}.get(standard.sector_word, 4)


def basis_on_review(found_on: date, *, same_finding: bool, seen_on: date) -> date:
    """Return the day by which the version is chosen at a re-inspection (rule 2).

    The same finding keeps the day it was found; the condition found anew is a new finding, judged by that day.
    """
    return found_on if same_finding else seen_on


def what_changed(library: Library, standard_id: str, *, found_on: date, today: date) -> str:
    """Return a sentence when the version a hazard was judged by is no longer in force, else "" (rule 3).

    The hazard stays major on the record; whether it is still supervised as such is for a person to decide.
    """
    standard = library.standard(standard_id)
    if standard.holds_on(today) or not standard.holds_on(found_on):
        return ""
    following = [one for one in library.in_force(today) if one.sector_word == standard.sector_word]
    now = f"，现行为{'、'.join(one.cited_as for one in following)}" if following else ""
    return f"依据{standard.cited_as}在发现当日有效{now}。原定级别不变，是否继续按重大隐患督办由人决定。"


def applies(item: Criterion, *, sectors: Collection[Sector] | None, features: Collection[Feature] | None) -> bool:
    """Tell whether an item can concern a place of these sectors with these features; None means not known.

    Standards on fire and special equipment concern every sector. An item that names features needs one of them.
    """
    if sectors is not None and not (item.sectors & (frozenset(sectors) | CROSS_CUTTING)):
        return False
    return features is None or not item.features or bool(item.features & frozenset(features))


def in_force_items(
    library: Library,
    *,
    on: date,
    sectors: Collection[Sector] | None = None,
    features: Collection[Feature] | None = None,
) -> Sequence[Criterion]:
    """Return the items in force on a day that can concern such a place, special standards first."""
    return [item for item in library.of(library.in_force(on)) if applies(item, sectors=sectors, features=features)]
