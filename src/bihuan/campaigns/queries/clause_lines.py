"""What a clause of a plan is measured by, its tasks counted, and the clause with all of it as a page shows it."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from bihuan.campaigns.models import Campaign, Clause, ClauseFigure
from bihuan.campaigns.queries.behind import Rows
from bihuan.campaigns.queries.figures import Book
from bihuan.campaigns.queries.offered import offers
from bihuan.campaigns.rules.catalogue import BY_KEY
from bihuan.campaigns.rules.drafting import NOBODYS
from bihuan.campaigns.rules.lines import ChangeLine, ClauseLine, FigureLine, RowsLink, TaskCount
from bihuan.campaigns.rules.own import own_indicator
from bihuan.campaigns.rules.own_kept import form_of
from bihuan.campaigns.rules.standing import Standing
from bihuan.campaigns.rules.terms import Indicator


def figures_of(row: Campaign) -> dict[UUID, list[Indicator]]:
    """Return the indicators of each clause: confirmed ones, and while it is a draft those suggested."""
    found: dict[UUID, list[Indicator]] = {}
    own = None
    rows = ClauseFigure.objects.filter(campaign=row, dropped=False).order_by("clause_id", "place", "key")
    for clause_id, key, form in rows.values_list("clause_id", "key", "own"):
        if form is not None:
            own = offers() if own is None else own
            made = own_indicator(form_of(form), own, key=key)
            if isinstance(made, Indicator):
                found.setdefault(clause_id, []).append(made)
        elif key in BY_KEY:
            found.setdefault(clause_id, []).append(BY_KEY[key])
    return found


def task_counts(book: Book, on: date, unit_id: UUID | None) -> dict[UUID, TaskCount]:
    """Count the tasks of each clause as they stood at the end of a day, of one unit or of all."""
    total: Counter[UUID] = Counter()
    done: Counter[UUID] = Counter()
    late: Counter[UUID] = Counter()
    coming: Counter[UUID] = Counter()
    for one in book.tasks:
        if one.clause_id is not None and unit_id in {None, one.part.id}:
            total[one.clause_id] += 1
            done[one.clause_id] += one.done
            late[one.clause_id] += not one.done and one.due_on < on
    for (clause_id, part_id), left in book.coming.items():
        coming[clause_id] += left if unit_id in {None, part_id} else 0
    return {key: TaskCount(total[key], done[key], late[key], coming[key]) for key in total | coming}


def links_of(rows: Sequence[Rows]) -> tuple[RowsLink, ...]:
    return tuple(RowsLink(one.page, one.query, one.amount, one.sign) for one in rows)


def line_of(
    clause: Clause,
    standing: Standing,
    figures: Sequence[FigureLine],
    tasks: TaskCount,
    changes: Sequence[ChangeLine] = (),
) -> ClauseLine:
    """Put a clause's own facts beside how it stands, counted now or frozen."""
    return ClauseLine(
        id=clause.pk,
        label=clause.label,
        section=clause.section,
        paragraph=clause.paragraph,
        start=clause.start,
        end=clause.end,
        text=clause.text,
        parties=clause.parties,
        parties_implied=clause.parties_implied,
        due_on=clause.due_on,
        first_due_on=clause.first_due_on,
        due_text=clause.due_text,
        deliverable=clause.deliverable,
        frequency=clause.frequency,
        not_by_data=clause.not_by_data,
        standing=standing,
        figures=figures,
        tasks=tasks,
        changes=changes,
        ordered=clause.source not in NOBODYS,
    )
