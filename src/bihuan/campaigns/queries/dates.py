"""The days of a campaign as they stood on a day: its end and the deadlines of its orders move by documents (R9.14)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from bihuan.campaigns.models import Campaign, Clause, ClauseChange, ClauseMove, EndCorrection, Task
from bihuan.campaigns.queries.finding import row_for
from bihuan.campaigns.rules.drafting import TaskState
from bihuan.campaigns.rules.lines import ChangeLine
from bihuan.kernel.actor import Actor
from bihuan.kernel.calendar import end_of


def stand_on(row: Campaign, clauses: Sequence[Clause], on: date) -> None:
    """Give these rows, in memory, the end, the deadlines and the units that they had at the end of a day.

    What moved at its issue (R9.4) stands moved on every day: nobody owed it before.
    Two queries of an extended campaign, three before its last extension; one more where a person changed an order
    later, and none of any other.
    """
    end = end_of(on)
    is_changed = any(one.changed_at and one.changed_at >= end for one in clauses)
    if is_changed:
        _stand_with(clauses, end)
    later = _end_later(row, end) if row.ends_on != row.first_ends_on else None
    if later is not None:
        row.ends_on = later
    if later is None and not is_changed:
        return
    moves: dict[UUID, ClauseMove] = {}
    later_moves = ClauseMove.objects.filter(clause__campaign=row, at__gte=end)
    if row.issued_at is not None:
        later_moves = later_moves.filter(at__gt=row.issued_at)
    for move in later_moves.order_by("at", "id"):
        moves.setdefault(move.clause_id, move)
    for clause in clauses:
        if clause.pk in moves:
            clause.due_on = moves[clause.pk].from_on
            clause.first_due_on = None if clause.due_on in {None, clause.first_due_on} else clause.first_due_on


def _end_later(row: Campaign, end: datetime) -> date | None:
    """Return the end that a campaign had at an instant, None where it has moved no more since."""
    moved = list(row.extensions.filter(at__gte=end).order_by("at", "id").values_list("at", "old_on")[:1])
    mended = EndCorrection.objects.filter(extension__campaign=row, at__gte=end).order_by("at", "id")
    later = min([*moved, *mended.values_list("at", "from_on")[:1]], default=None)
    return later and later[1]


def _stand_with(clauses: Sequence[Clause], end: datetime) -> None:
    """Give these rows, in memory, the units that they had at an instant."""
    first: dict[UUID, ClauseChange] = {}
    for one in ClauseChange.objects.filter(clause__in=[each.pk for each in clauses], at__gte=end).order_by("at", "id"):
        first.setdefault(one.clause_id, one)
    for clause in clauses:
        if clause.pk in first:
            clause.parties, clause.units = first[clause.pk].from_parties, first[clause.pk].from_units


def changes_of(clauses: Iterable[Clause], *, before: datetime | None = None) -> dict[UUID, list[ChangeLine]]:
    """Return what people changed of these orders after issue, by clause, the oldest first. before: an instant, None for
    all. No query where nothing was changed."""
    changed = [one.pk for one in clauses if one.changed_at]
    found: defaultdict[UUID, list[ChangeLine]] = defaultdict(list)
    if not changed:
        return found
    rows = ClauseChange.objects.filter(clause__in=changed)
    for one in (rows.filter(at__lt=before) if before else rows).order_by("at", "id"):
        said = ChangeLine(one.at, one.by, one.why, one.from_parties, one.to_parties, one.from_on, one.to_on)
        found[one.clause_id].append(said)
    return found


def moving_with_end(viewer: Actor, campaign_id: UUID) -> tuple[int, int]:
    """Return how many open tasks and how many orders fall due on the last day, and would move with it; a
    period of a regular duty has a day of its own."""
    row = row_for(viewer, campaign_id)
    if row.ends_on is None:
        return 0, 0
    tasks = Task.objects.filter(campaign=row, duty=None, due_on=row.ends_on).exclude(state=TaskState.DONE)
    return tasks.count(), row.clauses.in_text().filter(due_on=row.ends_on).count()
