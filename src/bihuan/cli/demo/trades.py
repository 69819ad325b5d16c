"""What the invented enterprises do: the trades of trades.csv, and the enterprises of ledger_firms.csv."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bihuan.standards.rules import FEATURE_NAMES, SECTOR_NAMES, Feature, Sector

_HERE: Final = Path(__file__).resolve().parent
_FEATURES: Final = {name: feature for feature, name in FEATURE_NAMES.items()}
_SECTORS: Final = {name: sector for sector, name in SECTOR_NAMES.items()}


@dataclass(frozen=True, slots=True)
class Trade:
    """A trade. endings: what names end in. always, maybe: features. staff: least and most persons.

    is_shop: lies among shops rather than among industry. weight: how common it is in a town.
    """

    endings: tuple[str, ...]
    sector: Sector
    industry: str
    processes: tuple[str, ...]
    staff: tuple[int, int]
    weight: int
    always: tuple[Feature, ...]
    maybe: tuple[Feature, ...]
    sectors: tuple[Sector, ...]
    is_shop: bool


@dataclass(frozen=True, slots=True)
class LedgerFirm:
    """An enterprise that the ledgers name. name: without the town. features: besides those of its trade."""

    name: str
    village: str
    trade: Trade
    features: tuple[Feature, ...]
    processes: str
    staff: int


def _rows(file: str) -> Iterator[dict[str, str]]:
    with (_HERE / file).open(encoding="utf-8", newline="") as opened:
        yield from csv.DictReader(opened)


def _features(words: str) -> tuple[Feature, ...]:
    return tuple(_FEATURES[word] for word in words.split("、") if word)


def _trade(row: dict[str, str]) -> Trade:
    return Trade(
        endings=tuple(row["endings"].split("、")),
        sector=_SECTORS[row["sector"]],
        industry=row["industry"],
        processes=tuple(row["processes"].split("；")),
        staff=(int(row["least_staff"]), int(row["most_staff"])),
        weight=int(row["weight"]),
        always=_features(row["always"]),
        maybe=_features(row["maybe"]),
        sectors=tuple(_SECTORS[word] for word in row["sectors"].split("、") if word),
        is_shop=bool(row["is_shop"]),
    )


TRADES: Final = tuple(_trade(row) for row in _rows("trades.csv"))
LEDGER_FIRMS: Final = tuple(
    LedgerFirm(
        name=row["name"],
        village=row["village"],
        trade=next(trade for trade in TRADES if row["ending"] in trade.endings),
        features=_features(row["features"]),
        processes=row["processes"],
        staff=int(row["staff"]),
    )
    for row in _rows("ledger_firms.csv")
)
BRANDS: Final = tuple((_HERE / "brands.txt").read_text(encoding="utf-8").split())
SHOP_BRANDS: Final = tuple((_HERE / "shop_brands.txt").read_text(encoding="utf-8").split())
OWNERS: Final = ("厂长", "经理", "店主", "负责人")
