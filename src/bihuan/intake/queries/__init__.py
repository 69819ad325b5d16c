"""What intake answers. Doors and other rooms ask here."""

from bihuan.intake.queries.back import back_of
from bihuan.intake.queries.lists import (
    claims_of,
    found_for,
    items_of,
    list_for,
    lists_for,
    newest_lists,
    overdue_text,
    waiting_for,
)
from bihuan.intake.queries.runs import (
    columns_of,
    counts_of,
    firms_of,
    questions_of,
    rows_of,
    run_for,
    runs_of,
    trial_of,
)
from bihuan.intake.rules.rights import may_take_in

__all__ = [
    "back_of",
    "claims_of",
    "columns_of",
    "counts_of",
    "firms_of",
    "found_for",
    "items_of",
    "list_for",
    "lists_for",
    "may_take_in",
    "newest_lists",
    "overdue_text",
    "questions_of",
    "rows_of",
    "run_for",
    "runs_of",
    "trial_of",
    "waiting_for",
]
