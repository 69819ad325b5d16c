"""What is found and how it is fixed: texts by sector, read from two small tables beside this file."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from random import Random

from bihuan.hazards.rules.facts import Criterion
from bihuan.hazards.rules.states import Category
from bihuan.standards import queries as standards

ANY = "any"


@dataclass(frozen=True, slots=True)
class Finding:
    """One kind of finding: which sectors have it, what it says, where, and how it is fixed."""

    sectors: tuple[str, ...]
    category: Category
    description: str
    part: str
    done: str
    criterion: Criterion | None = None


@cache
def findings() -> tuple[Finding, ...]:
    """Return the general findings."""
    return tuple(_finding(row) for row in _rows("findings.csv"))


@cache
def majors() -> tuple[Finding, ...]:
    """Return the major findings, each with the words of its criterion."""
    return tuple(_finding(row) for row in _rows("majors.csv"))


def pick(known: Sequence[Finding], sector: str, dice: Random) -> Finding:
    """Pick a finding that this sector can have."""
    return dice.choice([one for one in known if sector in one.sectors or ANY in one.sectors])


def _rows(name: str) -> list[dict[str, str]]:
    with (files("bihuan.cli.demo") / name).open(encoding="utf-8") as table:
        return list(csv.DictReader(table))


def _finding(row: dict[str, str]) -> Finding:
    criterion = None
    if row.get("clause"):
        found = standards.criterion(row["standard"], row["clause"])
        criterion = Criterion(row["standard"], row["clause"], "2017", found.text)
    return Finding(
        sectors=tuple(row["sectors"].split()),
        category=Category(row["category"]),
        description=row["description"],
        part=row["part"],
        done=row["done"],
        criterion=criterion,
    )
