"""Primary keys: UUIDv7 (RFC 9562), made by whoever creates the record first."""

import secrets
import time
from uuid import UUID

_VERSION = 0x7 << 76
_VARIANT = 0b10 << 62


def uuid7_from(unix_ms: int, noise: int) -> UUID:
    """Build a UUIDv7 from milliseconds since 1970 (48 bits) and 74 bits of noise."""
    rand_a = (noise >> 62) & 0xFFF
    rand_b = noise & ((1 << 62) - 1)
    return UUID(int=((unix_ms & ((1 << 48) - 1)) << 80) | _VERSION | (rand_a << 64) | _VARIANT | rand_b)


def new_id() -> UUID:
    """Return a fresh UUIDv7. Ids sort by the real time of their making, which is a hint, never a fact to rely on."""
    return uuid7_from(time.time_ns() // 1_000_000, secrets.randbits(74))
