"""How often a device may ask, and how often an address may try a code; counted in each serving process."""

from typing import Final

from django.core.cache import cache

TRIES: Final = 10  # codes from one address
TRIES_S: Final = 600
ASKS: Final = 30  # a minute, of one screen or one address without a code; a screen asks once
ASKS_S: Final = 60


def too_many(what: str, most: int, seconds: int) -> bool:
    """Count one more, and tell whether it is more than `most` since the first in `seconds`."""
    key = f"limit:{what}"
    if cache.add(key, 1, seconds):
        return False
    try:
        return cache.incr(key) > most
    except ValueError:  # ran out between the two
        cache.set(key, 1, seconds)
        return False
