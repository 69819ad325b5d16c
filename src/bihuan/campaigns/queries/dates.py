"""The days of a campaign as they stood on a day: its end and the deadlines of its orders move by documents (R9.14)."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from bihuan.campaigns.models import Campaign, Clause, ClauseMove, EndCorrection, Task
from bihuan.campaigns.queries.finding import row_for
from bihuan.campaigns.rules.drafting import TaskState
from bihuan.kernel.actor import Actor
from bihuan.kernel.calendar import end_of


def stand_on(row: Campaign, clauses: Iterable[Clause], on: date) -> None:
    """Give these rows, in memory, the end and the deadlines that they had at the end of a day.

    What moved at its issue (R9.4) stands moved on every day: nobody owed it before.
    Two queries of an extended campaign, three before its last extension, none of any other.
    """
    if row.ends_on == row.first_ends_on:
        return
    end = end_of(on)
    moved = list(row.extensions.filter(at__gte=end).order_by("at", "id").values_list("at", "old_on")[:1])
    mended = EndCorrection.objects.filter(extension__campaign=row, at__gte=end).order_by("at", "id")
    later = min([*moved, *mended.values_list("at", "from_on")[:1]], default=None)
    if later is None:
        return
    row.ends_on = later[1]
    moves: dict[UUID, ClauseMove] = {}
    later_moves = ClauseMove.objects.filter(clause__campaign=row, at__gte=end)
    if row.issued_at is not None:
        later_moves = later_moves.filter(at__gt=row.issued_at)
    for move in later_moves.order_by("at", "id"):
        moves.setdefault(move.clause_id, move)
    for clause in clauses:
        if clause.pk in moves:
            clause.due_on = moves[clause.pk].from_on
            clause.first_due_on = None if clause.due_on == clause.first_due_on else clause.first_due_on


def moving_with_end(viewer: Actor, campaign_id: UUID) -> tuple[int, int]:
    """Return how many open tasks and how many orders fall due on the last day, and would move with it; a
    period of a regular duty has a day of its own."""
    row = row_for(viewer, campaign_id)
    if row.ends_on is None:
        return 0, 0
    tasks = Task.objects.filter(campaign=row, duty=None, due_on=row.ends_on).exclude(state=TaskState.DONE)
    return tasks.count(), row.clauses.in_text().filter(due_on=row.ends_on).count()
