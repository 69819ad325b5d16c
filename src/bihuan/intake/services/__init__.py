"""The verbs of intake: take a file in, answer its doubts, mend its rows, enter it in one transaction."""

from bihuan.intake.services.answering import answer, choose_firm, confirm_firms, mend, set_aside, split_batch
from bihuan.intake.services.committing import commit
from bihuan.intake.services.offers import advance_by_list, keep_deadlines, take_deadlines
from bihuan.intake.services.starting import drop, reread, start_import
from bihuan.intake.services.understanding import understand_run

__all__ = [
    "advance_by_list",
    "answer",
    "choose_firm",
    "commit",
    "confirm_firms",
    "drop",
    "keep_deadlines",
    "mend",
    "reread",
    "set_aside",
    "split_batch",
    "start_import",
    "take_deadlines",
    "understand_run",
]
