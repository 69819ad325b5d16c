"""What is asked of supervision, bulletins, interviews and accountability. The names that doors use stand here."""

from bihuan.campaigns.queries.supervision.reading import (
    annex_for,
    bulletin_for,
    bulletins_of,
    figure_for,
    said_paper_of,
    word_for,
)
from bihuan.campaigns.queries.supervision.sealed import pack_for
from bihuan.campaigns.queries.supervision.showing import (
    candidates_for,
    case_for,
    cases_of,
    interview_for,
    interviews_of,
    paper_of,
    round_for,
    rounds_of,
)
from bihuan.campaigns.queries.supervision.todos import waiting_for

__all__ = [
    "annex_for",
    "bulletin_for",
    "bulletins_of",
    "candidates_for",
    "case_for",
    "cases_of",
    "figure_for",
    "interview_for",
    "interviews_of",
    "pack_for",
    "paper_of",
    "round_for",
    "rounds_of",
    "said_paper_of",
    "waiting_for",
    "word_for",
]
