"""Who follows which events. Dotted paths; trail imports them at first use and knows nothing of them (house map)."""

from typing import Final

FOLLOWERS: Final[tuple[str, ...]] = ()
