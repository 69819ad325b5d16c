"""Guided questions: from short answers about what can be seen to a level with its clause (docs/determination.md)."""

from bihuan.standards.rules.counting import Count, Procedure
from bihuan.standards.rules.determine.verdicts import Level
from bihuan.standards.rules.guiding.asking import most_left, next_ask, open_items
from bihuan.standards.rules.guiding.codes import read_answers, read_reply, written
from bihuan.standards.rules.guiding.keeping import SUSPECTED, Subject, kept, reply_words, said
from bihuan.standards.rules.guiding.papers import (
    Ask,
    Item,
    Paper,
    QuestionBook,
    Weight,
    code_of,
    paper_of,
    with_asks,
)
from bihuan.standards.rules.guiding.reading import BadQuestion, parse
from bihuan.standards.rules.guiding.results import Answered, Line, Result, result_of
from bihuan.standards.rules.terms import (
    Answers,
    Asked,
    AtLeast,
    Measured,
    Not,
    Reply,
    Said,
    Term,
    grounds,
    names,
    value,
)

__all__ = [
    "SUSPECTED",
    "Answered",
    "Answers",
    "Ask",
    "Asked",
    "AtLeast",
    "BadQuestion",
    "Count",
    "Item",
    "Level",
    "Line",
    "Measured",
    "Not",
    "Paper",
    "Procedure",
    "QuestionBook",
    "Reply",
    "Result",
    "Said",
    "Subject",
    "Term",
    "Weight",
    "code_of",
    "grounds",
    "kept",
    "most_left",
    "names",
    "next_ask",
    "open_items",
    "paper_of",
    "parse",
    "read_answers",
    "read_reply",
    "reply_words",
    "result_of",
    "said",
    "value",
    "with_asks",
    "written",
]
