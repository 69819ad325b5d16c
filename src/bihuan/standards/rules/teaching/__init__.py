"""How a town teaches the suggestion its own words, and what its decisions teach (docs/determination.md)."""

from bihuan.standards.rules.teaching.effects import (
    Answer,
    Effect,
    Labelled,
    Turn,
    Turned,
    answer_of,
    effect_of,
    is_right,
)
from bihuan.standards.rules.teaching.lessons import (
    MAY_TEACH,
    TARGET_NAMES,
    BadWord,
    Lesson,
    Target,
    Taught,
    known_words,
    read_wordings,
    said_in,
    targets_of,
    taught,
    uses_of,
)

__all__ = [
    "MAY_TEACH",
    "TARGET_NAMES",
    "Answer",
    "BadWord",
    "Effect",
    "Labelled",
    "Lesson",
    "Target",
    "Taught",
    "Turn",
    "Turned",
    "answer_of",
    "effect_of",
    "is_right",
    "known_words",
    "read_wordings",
    "said_in",
    "targets_of",
    "taught",
    "uses_of",
]
