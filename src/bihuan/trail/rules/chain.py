"""How an event is written down and chained (design, section 4)."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

GENESIS: Final = "0" * 64
PLATFORM_CHAIN: Final = "platform"
_PLAIN: Final = frozenset({str, int, bool, type(None)})


def town_chain(town_id: UUID) -> str:
    """Return the name of a town's chain."""
    return f"town:{town_id.hex}"


def unit_chain(unit_id: UUID) -> str:
    """Return the name of the chain of a unit above towns."""
    return f"unit:{unit_id.hex}"


def canonical(value: Mapping[str, Any]) -> bytes:
    """Return the canonical JSON of an event: sorted keys, no spaces, UTF-8, instants in UTC to the microsecond."""
    return _CANONICAL.encode(value).encode()


def chained_hash(previous: str, body: bytes, *, algorithm: str = "sha256") -> str:
    """Return `H(previous hash, canonical body)` in hex."""
    digest = hashlib.new(algorithm)
    digest.update(previous.encode("ascii"))
    digest.update(body)
    return digest.hexdigest()


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return instant_text(value)
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(f"an event cannot carry {type(value).__name__}")


def plain_json(value: Mapping[str, Any]) -> dict[str, Any]:
    """Return a mapping as every database will give it back, so that the hash taken now can be taken again.

    Raises TypeError for what JSON cannot carry: rooms hand over text for days, numbers and ids.
    """
    if all(type(key) is str and type(one) in _PLAIN for key, one in value.items()):
        return dict(value)
    whole: dict[str, Any] = json.loads(json.dumps(dict(value), allow_nan=False))
    return whole


def instant_text(value: datetime) -> str:
    """Return an aware instant as UTC text to the microsecond, the same for every database and time zone."""
    if value.tzinfo is None:
        raise ValueError("a naive datetime cannot be recorded")
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


_CANONICAL: Final = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_plain)
