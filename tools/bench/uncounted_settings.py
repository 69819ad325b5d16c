"""The product's settings without the follower that keeps the cube: what roll-ups cost an act is the difference."""

from typing import Final

from bihuan.config.followers import FOLLOWERS
from bihuan.config.settings import *  # noqa: F403 -- all of them, but for the followers

OTHERS: Final = tuple(one for one in FOLLOWERS if one != "bihuan.stats.services.follow")
BIHUAN_FOLLOWERS = "tools.bench.uncounted_settings.OTHERS"
