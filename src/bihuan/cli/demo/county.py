"""More towns of the demo's county, played in weeks: for measuring, and for a superior's view of many towns."""

from collections.abc import Callable
from random import Random
from time import monotonic
from typing import Final

from bihuan.cli.demo.cast import Plan, make_cast
from bihuan.cli.demo.season import FIRST_DAY, Season
from bihuan.cli.demo.troupe import troupe_of
from bihuan.orgs import queries as orgs

TOWN_SIZE: Final = 10_000
FIRST_NO, LAST_NO = 200, 398  # 200–399 are townships in a division code (R10.3)
NAMES: Final = "安平永兴新和福清德化长乐太仁义礼信忠孝廉明正大光华中康宁泰祥瑞丰盛茂荣昌隆顺利通达远景春夏秋冬东南西北"


def add_towns(hazards: int, *, seed: int, say: Callable[[str], None]) -> None:
    """Add towns of at most `TOWN_SIZE` hazards each until `hazards` have been added; the first holds the most."""
    begun = monotonic()
    made = 0
    numbers = iter(_free_numbers())
    while made < hazards:
        count = min(TOWN_SIZE, hazards - made)
        number = next(numbers)
        _add_town(number, count, seed)
        made += count
        say(f"{made} of {hazards} hazards, {monotonic() - begun:.0f} s")


def _free_numbers() -> list[int]:
    taken = {town.code[6:9] for town in orgs.all_towns()}
    return [number for number in range(FIRST_NO, LAST_NO + 1) if f"{number}" not in taken]


def _add_town(number: int, count: int, seed: int) -> None:
    name = f"{NAMES[number % len(NAMES)]}{NAMES[number // len(NAMES) * 7 % len(NAMES)]}乡"
    cast = make_cast(Plan(seed=seed + number, no=f"{number}", name=name, with_doors=False))
    troupe = troupe_of(cast.town.id, day=FIRST_DAY)
    # Nobody of the enterprises is on the platform here: their villages act for them, with the paper, many at once.
    troupe.users = {part: user for part, user in troupe.users.items() if not part.startswith(("boss:", "safety:"))}
    season = Season(troupe, Random(f"{seed} {number}"), weekly=True)
    season.play(season.lives(count))
