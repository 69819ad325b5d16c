"""The words that deny, mend, stop or belittle what they are said of, compiled from `signs.yaml`."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Said(StrEnum):
    """How a concept stands in a text."""

    THERE = "there"
    ABSENT = "absent"
    FAILED = "failed"
    WEAK = "weak"  # not enough of it; not missing
    UNSURE = "unsure"  # it was not found out


class Mark(NamedTuple):
    """A word that denies something."""

    start: int
    end: int
    said: Said
    kind: str


@dataclass(frozen=True, slots=True)
class Signs:
    """The compiled words of `signs.yaml`."""

    marks: Sequence[tuple[str, Said, re.Pattern[str]]]
    attribute: re.Pattern[str]
    parts: re.Pattern[str]
    fixed: re.Pattern[str]
    ordered: re.Pattern[str]
    not_fixed: re.Pattern[str]
    stopped: re.Pattern[str]
    retired: re.Pattern[str]
    still: re.Pattern[str]
    slight: re.Pattern[str]
    elsewhere: re.Pattern[str]
    works: re.Pattern[str]
    sound: re.Pattern[str]
    ahead: re.Pattern[str]
    trifle: re.Pattern[str]
    surface: re.Pattern[str]
    strangers: re.Pattern[str]
    others: re.Pattern[str]
    others_after: re.Pattern[str]
    inside: re.Pattern[str]
    emptied: re.Pattern[str]
    at_work: re.Pattern[str]
    petty: re.Pattern[str]
    later: re.Pattern[str]
    earlier: re.Pattern[str]

    @classmethod
    def of(cls, words: Mapping[str, str]) -> "Signs":
        """Compile the expressions of the data file."""
        made = {name: re.compile("".join(text.split())) for name, text in words.items()}
        kinds = (
            ("wanted", Said.ABSENT),
            ("absent", Said.ABSENT),
            ("removed", Said.ABSENT),
            ("replaced", Said.ABSENT),
            ("failed", Said.FAILED),
            ("weak", Said.WEAK),
        )
        given = ("attribute", "parts", "fixed", "ordered", "not_fixed", "stopped", "retired", "still")
        more = (
            "surface",
            "strangers",
            "others",
            "others_after",
            "inside",
            "emptied",
            "at_work",
            "petty",
            "later",
            "earlier",
        )
        rest = (*given, "slight", "elsewhere", "works", "sound", "ahead", "trifle", *more)
        return cls(tuple((kind, said, made[kind]) for kind, said in kinds), *(made[name] for name in rest))
