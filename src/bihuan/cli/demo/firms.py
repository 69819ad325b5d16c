"""Draw the enterprises of an invented town from a seed: names, codes with valid check characters, features, gaps."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from random import Random
from typing import Final

from bihuan.cli.demo.places import DIVISION, VILLAGES
from bihuan.cli.demo.trades import BRANDS, LEDGER_FIRMS, OWNERS, SHOP_BRANDS, TRADES, Trade
from bihuan.enterprises.rules.codes import ALPHABET, check_character
from bihuan.enterprises.rules.facts import Entry
from bihuan.kernel.ids import uuid7_from
from bihuan.standards.rules import Sector

CODED_SHARE: Final = 0.86  # the others are small traders without a unified code (R10.2)
KNOWN_FIGURES: Final = 0.8  # the others have no revenue on file, so no size class
WITHOUT_VILLAGE: Final = 3
MIDDLE: Final = (31.5, 123.5)  # out at sea: no real place is meant


def draw_firms(seed: int, *, count: int, town_name: str, town_path: str, villages: Mapping[str, str]) -> list[Entry]:
    """Return the entries of a town's enterprises, those of the ledgers first. villages: path by short name.

    The same seed gives the same entries. A few lack a village or lie in a sector that nobody leads, as in real towns.
    """
    rng = Random(f"{seed} {town_path}")
    entries = [_ledger_firm(rng, town_name, villages, at) for at in range(min(count, len(LEDGER_FIRMS)))]
    used: set[str] = set()
    while len(entries) < count:
        trade = rng.choices(TRADES, [trade.weight for trade in TRADES])[0]
        entries.append(_firm(rng, trade, _fresh_name(rng, trade, town_name, used), villages))
    for at in range(len(LEDGER_FIRMS), min(count, len(LEDGER_FIRMS) + WITHOUT_VILLAGE)):
        entries[at] = replace(entries[at], path=town_path)
    return _with_gaps(entries)


def _with_gaps(entries: list[Entry]) -> list[Entry]:
    """Let the last two dig sand and stone, a sector without a lead department."""
    if len(entries) < len(LEDGER_FIRMS) * 5:
        return entries
    quarries = ("南河砂石料场", "石桥采石场")
    dug = [
        replace(one, name=name, short_name="", lead_sector=Sector.MINING, sectors=(), features=(), industry_code="1019",
                processes="砂石开采、筛分、皮带输送")
        for one, name in zip(entries[-2:], quarries, strict=True)
    ]  # fmt: skip
    return entries[:-2] + dug


def _ledger_firm(rng: Random, town_name: str, villages: Mapping[str, str], at: int) -> Entry:
    firm = LEDGER_FIRMS[at]
    drawn = _firm(rng, firm.trade, f"{town_name}{firm.name}", villages)
    is_alone = firm.staff == 1
    revenue = Decimal(firm.staff * rng.randint(9, 45) * 10_000)
    return replace(
        drawn,
        path=villages[firm.village],
        features=tuple(str(one) for one in dict.fromkeys((*firm.trade.always, *firm.features))),
        processes=firm.processes,
        staff=firm.staff,
        revenue_yuan=revenue,
        assets_yuan=revenue * rng.randint(4, 15) / 10,
        one_person=is_alone,
        uscc="" if is_alone else drawn.uscc or _code(rng),
        address=f"{firm.village}{'人民路' if firm.trade.is_shop else '工业路'}{rng.randint(1, 99)}号",
    )


def _fresh_name(rng: Random, trade: Trade, town_name: str, used: set[str]) -> str:
    brands = SHOP_BRANDS if trade.is_shop else BRANDS
    while True:
        ending, brand = rng.choice(trade.endings), rng.choice(brands)
        if f"{brand}{ending}" in used:
            brand += rng.choice(brands)[:1]
        if f"{brand}{ending}" not in used:
            used.add(f"{brand}{ending}")
            return f"{town_name}{brand}{ending}"


def _firm(rng: Random, trade: Trade, name: str, villages: Mapping[str, str]) -> Entry:
    weights = [village[4] if trade.is_shop else village[3] for village in VILLAGES]
    village = rng.choices([village[2] for village in VILLAGES], weights)[0]
    staff = rng.randint(trade.staff[0], rng.randint(*trade.staff))
    is_known = rng.random() < KNOWN_FIGURES
    revenue = Decimal(staff * rng.randint(8, 60) * 10_000)
    return Entry(
        name=name,
        path=villages[village],
        lead_sector=str(trade.sector),
        uscc=_code(rng, is_trader=trade.is_shop) if rng.random() < CODED_SHARE else "",
        industry_code=trade.industry,
        sectors=tuple(str(sector) for sector in trade.sectors),
        features=tuple(str(one) for one in (*trade.always, *(one for one in trade.maybe if rng.random() < 0.4))),
        processes=rng.choice(trade.processes),
        address=f"{village}{rng.choice(('工业路', '健康路', '人民路', '振兴路', '河滨路'))}{rng.randint(1, 199)}号",
        latitude=round(MIDDLE[0] + rng.uniform(-0.04, 0.04), 6),
        longitude=round(MIDDLE[1] + rng.uniform(-0.05, 0.05), 6),
        staff=staff,
        revenue_yuan=revenue if is_known else None,
        assets_yuan=revenue * rng.randint(4, 15) / 10 if is_known else None,
        one_person=staff == 1,
        contact_name=OWNERS[2] if trade.is_shop else rng.choice(OWNERS),
        contact_phone=f"100{rng.randint(0, 99_999_999):08d}",  # no telephone begins so
        id=uuid7_from(1_509_930_000_000 + rng.randint(0, 10**6), rng.getrandbits(74)),
    )


def _code(rng: Random, *, is_trader: bool = False) -> str:
    """Draw a unified social credit code with a true check character."""
    body = ("92" if is_trader else "91") + DIVISION + "MA" + "".join(rng.choices(ALPHABET, k=7))
    return body + check_character(body)
