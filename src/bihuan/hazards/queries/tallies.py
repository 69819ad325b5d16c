"""Counts of several kinds of to-do under one statement."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet, Value

from bihuan.hazards.rules.chips import SOON_DAYS


@dataclass(frozen=True, slots=True)
class Tally:
    """How many rows of one kind wait, by how near their days are; major_late: the major ones of the late."""

    late: int = 0
    today: int = 0
    soon: int = 0
    later: int = 0
    major_late: int = 0

    @property
    def total(self) -> int:
        """How many there are."""
        return self.late + self.today + self.soon + self.later


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of row to count, and under which condition one of them counts where; None: all of them do."""

    rows: QuerySet[Any]
    counts: Mapping[str, Q | None]


def all_late(rows: QuerySet[Any]) -> Kind:
    """Return a kind all of whose rows are late."""
    return Kind(rows, {"late": None})


def by_clock(rows: QuerySet[Any], today: date) -> Kind:
    """Return a kind that is counted by the hazards' own clocks."""
    soon = today + timedelta(days=SOON_DAYS)
    return Kind(
        rows,
        {
            "late": Q(clock_on__lt=today),
            "today": Q(clock_on=today),
            "soon": Q(clock_on__gt=today, clock_on__lte=soon),
            "later": Q(clock_on__gt=soon) | Q(clock_on__isnull=True),
            "major_late": Q(is_major=True, clock_on__lt=today),
        },
    )


def tallied(kinds: Sequence[Kind]) -> list[Tally]:
    """Count each kind; one query for all of them, each by its own index."""
    found = [Tally()] * len(kinds)
    for number, *counts in _counted(kinds):
        found[number] = Tally(*counts)
    return found


def _counted(kinds: Sequence[Kind]) -> Iterable[Any]:
    parts = [_part(number, kind) for number, kind in enumerate(kinds)]
    return parts[0].union(*parts[1:], all=True) if parts else ()


def _part(number: int, kind: Kind) -> QuerySet[Any]:
    columns: dict[str, Any] = {
        f"n_{one.name}": Count("pk", filter=kind.counts[one.name]) if one.name in kind.counts else Value(0)
        for one in fields(Tally)
    }
    numbered = kind.rows.order_by().annotate(kind_no=Value(number))
    counted: QuerySet[Any] = numbered.values_list("kind_no").annotate(**columns)
    return counted
