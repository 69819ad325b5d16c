"""How the words of a finding become a suggested level: plain functions over data (docs/determination.md)."""

from bihuan.standards.rules.concluding import MISSING
from bihuan.standards.rules.determine.adjacent import Adjacent, adjacent_to
from bihuan.standards.rules.determine.conditions import BadCondition, Condition, Status, concepts_of, parse
from bihuan.standards.rules.determine.facts import Enterprise, FactFinder, Facts
from bihuan.standards.rules.determine.fire import FireBook, Kind
from bihuan.standards.rules.determine.judging import FAILURES, Judge
from bihuan.standards.rules.determine.lexicon import Alike, Lexicon
from bihuan.standards.rules.determine.precedents import Precedent, Precedents
from bihuan.standards.rules.determine.signs import Signs
from bihuan.standards.rules.determine.telling import (
    Candidate,
    Decider,
    as_plain,
    candidates,
    confidence,
    decided_by,
    rank,
    reason,
)
from bihuan.standards.rules.determine.trusting import Step, Trust, fitted, lowered
from bihuan.standards.rules.determine.verdicts import Case, ConditionBook, Level, Met, Verdict

__all__ = [
    "FAILURES",
    "MISSING",
    "Adjacent",
    "Alike",
    "BadCondition",
    "Candidate",
    "Case",
    "Condition",
    "ConditionBook",
    "Decider",
    "Enterprise",
    "FactFinder",
    "Facts",
    "FireBook",
    "Judge",
    "Kind",
    "Level",
    "Lexicon",
    "Met",
    "Precedent",
    "Precedents",
    "Signs",
    "Status",
    "Step",
    "Trust",
    "Verdict",
    "adjacent_to",
    "as_plain",
    "candidates",
    "concepts_of",
    "confidence",
    "decided_by",
    "fitted",
    "lowered",
    "parse",
    "rank",
    "reason",
]
