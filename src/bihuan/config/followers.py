"""Who follows which events. Dotted paths; trail imports them at first use and knows nothing of them (house map)."""

from typing import Final

FOLLOWERS: Final[tuple[str, ...]] = (
    "bihuan.orgs.services.follow",
    "bihuan.stats.services.follow",
    "bihuan.hazards.services.followers.follow",
)

# What each room declares to be counted (`measures.py`); statistics fold them.
COUNTINGS: Final[tuple[str, ...]] = ("bihuan.hazards.measures.COUNTING",)

# What each room answers from its dated rows where the cube does not hold it (`kernel.indicators`): one line per room.
ASKED: Final[tuple[str, ...]] = (
    "bihuan.orgs.measures.ASKED",
    "bihuan.enterprises.measures.ASKED",
    "bihuan.hazards.measures.ASKED",
    "bihuan.intake.measures.ASKED",
    "bihuan.campaigns.measures.ASKED",
)
