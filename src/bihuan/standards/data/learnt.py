"""What was learnt from labelled descriptions (`tools/learn_precedents.py`), read without Django."""

from functools import cache
from pathlib import Path
from typing import Final

from bihuan.standards.rules.determine.precedents import Example, Gravity, Precedents, Resemblance

_FOLDER: Final = Path(__file__).parent / "words"
GRAVITY: Final = _FOLDER / "gravity.tsv"  # the bias, then for each run its rarity and its weight
EXAMPLES: Final = _FOLDER / "examples.tsv"  # for each labelled finding its criterion, how long it is, and its words


def read_examples() -> list[Example]:
    """Read the labelled findings of major hazards, each with its criterion and how long it is."""
    found = (line.split("\t") for line in EXAMPLES.read_text(encoding="utf-8").splitlines())
    return [Example(text, criterion, float(length)) for criterion, length, text in found]


@cache
def read_precedents() -> Precedents:
    """Read how much each run of characters weighs, and the labelled findings, and index their runs."""
    bias, *lines = GRAVITY.read_text(encoding="utf-8").removesuffix("\n").split("\n")
    rows = [line.split("\t") for line in lines]
    rare, learnt = ({row[0]: float(row[at]) for row in rows} for at in (1, 2))
    examples = Resemblance(read_examples())
    return Precedents(Gravity(float(bias), rare, learnt), examples)
