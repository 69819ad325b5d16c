"""Where people and the suggestion on a level agree and differ, by month and one by one (L8)."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import astuple, dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

from django.db.models import Case, CharField, Count, F, Q, QuerySet, Value, When
from django.db.models.functions import TruncMonth
from django.db.models.lookups import In

from bihuan.hazards.models import LevelDecision
from bihuan.hazards.rules.states import Level
from bihuan.hazards.rules.suggested import Considered, read_reasons
from bihuan.kernel.actor import Actor
from bihuan.standards.rules import Library


class Difference(StrEnum):
    """How a decision stands to what had been suggested."""

    SAME = "same"
    RAISED = "raised"
    LOWERED = "lowered"
    CLAUSE = "clause"
    ASKED = "asked"


DIFFERENCE_NAMES: Final[Mapping[Difference, str]] = {
    Difference.SAME: "一致",
    Difference.RAISED: "提示一般，人定重大",
    Difference.LOWERED: "提示重大，人定一般",
    Difference.CLAUSE: "都是重大，条款不同",
    Difference.ASKED: "提示由人判断",
}
DIFFERENT: Final = frozenset(Difference) - {Difference.SAME}
GENERAL, MAJOR = Level.GENERAL.value, Level.MAJOR.value
_HOW: Final = Case(
    When(suggested_level="", then=Value(Difference.ASKED)),
    When(suggested_level=GENERAL, level=MAJOR, then=Value(Difference.RAISED)),
    When(suggested_level=MAJOR, level=GENERAL, then=Value(Difference.LOWERED)),
    When(
        Q(level=MAJOR) & ~Q(clause=F("suggested_clause"), standard=F("suggested_standard")),
        then=Value(Difference.CLAUSE),
    ),
    When(
        Q(level=MAJOR) & ~Q(item="") & ~Q(suggested_item="") & ~Q(item=F("suggested_item")),
        then=Value(Difference.CLAUSE),  # another item under the same number
    ),
    default=Value(Difference.SAME),
    output_field=CharField(),
)


@dataclass(frozen=True, slots=True)
class JudgedMonth:
    """One month: how many decisions, and how many of each kind. month: its first day."""

    month: date
    counts: Mapping[Difference, int]

    @property
    def total(self) -> int:
        """How many levels were decided beside a suggestion."""
        return sum(self.counts.values())

    @property
    def agreed(self) -> tuple[int, int]:
        """How many decisions agree, of how many that had a suggestion; what was left to a person had none."""
        return self.counts.get(Difference.SAME, 0), self.total - self.counts.get(Difference.ASKED, 0)


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause by its standard and number, and the item under it; item "" is any, or one that was not kept."""

    standard: str
    clause: str
    item: str = ""


class Part(StrEnum):
    """Which decisions about a clause: those beside its suggestion as major, and those decided so without it."""

    SUGGESTED = "suggested"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class JudgedClause:
    """What people made of one clause. counts: of the decisions beside its suggestion as major; missed: decided so
    although it had not been suggested.
    """

    of: Clause
    counts: Mapping[Difference, int]
    missed: int

    @property
    def suggested(self) -> int:
        """How often it was suggested as major."""
        return sum(self.counts.values())

    @property
    def followed(self) -> int:
        """How often people agreed."""
        return self.counts.get(Difference.SAME, 0)


@dataclass(frozen=True, slots=True)
class Judged:
    """One decision beside its suggestion. level, suggested_level: "general", "major", or "" for 由人判断.

    confidence, reason, considered: why it was suggested; None, "" and empty in rows from before these were kept.
    """

    hazard_id: UUID
    number: str
    description: str
    decided_on: date
    decided_by: str
    level: str
    standard: str
    clause: str
    suggested_level: str
    suggested_standard: str
    suggested_clause: str
    how: Difference
    item: str = ""
    suggested_item: str = ""
    act: str = ""
    version: str = ""
    confidence: float | None = None
    reason: str = ""
    considered: tuple[Considered, ...] = ()


def decisions_on(viewer: Actor, hazard_id: UUID) -> list[Judged]:
    """Return every decision on the level of one hazard beside its suggestion, the first first. One query."""
    rows = LevelDecision.objects.visible_to(viewer).annotate(how=_HOW).filter(hazard_id=hazard_id)
    return [_judged(one) for one in rows.select_related("hazard").order_by("decided_on", "id")]


def judged_months(viewer: Actor, *, since: date) -> list[JudgedMonth]:
    """Return the months from `since` in which the viewer's hazards were graded, the newest first. One query."""
    rows = _seen(viewer).filter(decided_on__gte=since).annotate(month=TruncMonth("decided_on"))
    found: dict[date, dict[Difference, int]] = {}
    for month, how, count in rows.order_by().values_list("month", "how").annotate(n=Count("pk")):
        found.setdefault(month, {})[Difference(how)] = count
    return [JudgedMonth(month, found[month]) for month in sorted(found, reverse=True)]


def judged_clauses(
    viewer: Actor, *, since: date, month: date | None = None, library: Library | None = None
) -> list[JudgedClause]:
    """Tell what became of each item's suggestion since a day, or in a month, the least followed first; one query.

    library: names the item of decisions that kept the clause alone, where one item alone stands under it.
    """
    rows = _of_month(_seen(viewer).filter(decided_on__gte=since), month)
    mine = ("standard", "clause", "item")
    columns = ("suggested_level", *(f"suggested_{one}" for one in mine), "level", *mine, "how")
    counts: dict[Clause, dict[Difference, int]] = defaultdict(dict)
    missed: dict[Clause, int] = defaultdict(int)
    for level, *cells, how, count in rows.order_by().values_list(*columns).annotate(n=Count("pk")):
        suggested, decided = _named(Clause(*cells[:3]), library), _named(Clause(*cells[4:]), library)
        if level == MAJOR and suggested.standard:
            found = counts[suggested]
            found[Difference(how)] = found.get(Difference(how), 0) + count
        if decided.standard and decided != suggested:
            missed[decided] += count
    lines = [JudgedClause(one, counts.get(one, {}), missed.get(one, 0)) for one in {*counts, *missed}]
    return sorted(lines, key=lambda one: (one.followed - one.suggested - one.missed, *astuple(one.of)))


def _named(of: Clause, library: Library | None) -> Clause:
    """Return a clause with its item, where the decision kept it or none other can be meant."""
    if of.item or not of.standard or library is None:
        return of
    items = items_under(library, of)
    return replace(of, item=items[0]) if len(items) == 1 else of


def items_under(library: Library, of: Clause) -> list[str]:
    """Return the ids of the items under a clause's number."""
    return [one.id for one in library.criteria if (one.standard_id, one.clause) == (of.standard, of.clause)]


def judged(
    viewer: Actor,
    *,
    month: date | None = None,
    how: Collection[Difference] = DIFFERENT,
    clause: Clause | None = None,
    part: Part = Part.SUGGESTED,
    since: date | None = None,
    library: Library | None = None,
    first: int = 0,
    limit: int = 20,
) -> tuple[list[Judged], int]:
    """Return decisions on the viewer's hazards, the newest first, and how many there are. Two queries.

    month: only of the month that begins on this day. how: only of these kinds; those that differ when none is said.
    clause: only of this one, as `part` says. since: only from this day on. library: as in `judged_clauses`.
    """
    rows = _about(_of_month(_seen(viewer), month), clause, part, library)
    if since is not None:
        rows = rows.filter(decided_on__gte=since)
    rows = rows.filter(In(F("how"), sorted(how)))
    page = rows.select_related("hazard").order_by("-decided_on", "-id")[first : first + limit]
    return [_judged(one) for one in page], rows.count()


def _seen(viewer: Actor) -> "QuerySet[LevelDecision]":
    """Return the last decision on each hazard: what was graded and then lowered counts once, as it stands."""
    return LevelDecision.objects.visible_to(viewer).last_on_each().annotate(how=_HOW)


def _of_month(rows: "QuerySet[LevelDecision]", month: date | None) -> "QuerySet[LevelDecision]":
    return rows if month is None else rows.filter(decided_on__year=month.year, decided_on__month=month.month)


def _about(
    rows: "QuerySet[LevelDecision]", clause: Clause | None, part: Part, library: Library | None
) -> "QuerySet[LevelDecision]":
    if clause is None:
        return rows
    suggested = Q(suggested_standard=clause.standard, suggested_clause=clause.clause)
    decided = Q(standard=clause.standard, clause=clause.clause)
    if clause.item:
        alone = library is not None and len(items_under(library, clause)) == 1
        items = (clause.item, "") if alone else (clause.item,)
        suggested, decided = suggested & Q(suggested_item__in=items), decided & Q(item__in=items)
    if part is Part.SUGGESTED:
        return rows.filter(suggested, suggested_level=MAJOR)
    return rows.filter(~suggested, decided)


def _judged(row: LevelDecision) -> Judged:
    confidence, reason, considered = read_reasons(row.because)
    return Judged(
        hazard_id=row.hazard_id,
        number=row.hazard.number,
        description=row.hazard.description,
        decided_on=row.decided_on,
        decided_by=row.decided_by,
        level=row.level,
        standard=row.standard,
        clause=row.clause,
        suggested_level=row.suggested_level,
        suggested_standard=row.suggested_standard,
        suggested_clause=row.suggested_clause,
        item=row.item,
        suggested_item=row.suggested_item,
        act=row.act,
        version=row.version,
        confidence=confidence,
        reason=reason,
        considered=considered,
        how=Difference(getattr(row, "how")),  # noqa: B009 -- an annotation, which no model declares
    )
