"""What is found and how it is fixed: texts by sector and features, read from two small tables beside this file."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from bihuan.enterprises.rules.facts import Firm
from bihuan.hazards.rules.facts import Criterion
from bihuan.hazards.rules.states import Category
from bihuan.standards import queries as standards
from bihuan.standards.rules import INDUSTRY_AND_TRADE, Sector

ANY: Final = "any"
WORKS: Final = "works"
OTHERS: Final = "others"  # shops, eateries, schools, sites, depots and farms: they have no workshop
_WORKS: Final = (INDUSTRY_AND_TRADE - {Sector.COMMERCE, Sector.TOBACCO}) | {
    Sector.CHEMICAL,
    Sector.PHARMACEUTICAL,
    Sector.SPECIAL_EQUIPMENT,
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One kind of finding: which sectors have it, what it says, where, and how it is fixed.

    only: kinds of places or features, of which an enterprise must have one; empty where all have it.
    """

    sectors: tuple[str, ...]
    category: Category
    description: str
    part: str
    done: str
    criterion: Criterion | None = None
    only: tuple[str, ...] = ()

    def fits(self, firm: Firm) -> bool:
        """Tell whether an enterprise of this trade can have it."""
        kind = WORKS if firm.lead_sector in _WORKS else OTHERS
        of_sector = firm.lead_sector in self.sectors or ANY in self.sectors
        return of_sector and (not self.only or any(one in {kind, *firm.features} for one in self.only))


@cache
def findings() -> tuple[Finding, ...]:
    """Return the general findings."""
    return tuple(_finding(row) for row in _rows("findings.csv"))


@cache
def majors() -> tuple[Finding, ...]:
    """Return the major findings, each with the words of its criterion."""
    return tuple(_finding(row) for row in _rows("majors.csv"))


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
        only=tuple(row["only"].split()),
    )
