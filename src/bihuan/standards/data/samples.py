"""The labelled sentences that come with the product, on which a town sees what its own words would change.

`samples.tsv` is made by `tools/calibrate.py` from the tuning half; its labels are given by docs/criteria.md.
"""

from datetime import date
from functools import cache
from importlib.resources import files
from typing import Final

from bihuan.standards.rules.determine import Case, Enterprise, Level
from bihuan.standards.rules.teaching import Labelled

FILE: Final = "samples.tsv"


@cache
def read_samples() -> tuple[Labelled, ...]:
    """Read the labelled sentences."""
    text = files("bihuan.standards.data").joinpath(FILE).read_text(encoding="utf-8")
    return tuple(_sample(line) for line in text.splitlines() if line and not line.startswith("#"))


def _sample(line: str) -> Labelled:
    found_on, level, right, industry, sectors, features, text = line.split("\t")
    place = Enterprise(industry, _many(sectors), _many(features))
    cited = frozenset((one.partition(" ")[0], one.partition(" ")[2]) for one in _many(right))
    return Labelled(Case(text, date.fromisoformat(found_on), place), Level(level), cited)


def _many(cell: str) -> tuple[str, ...]:
    return tuple(one for one in cell.split(";") if one)
