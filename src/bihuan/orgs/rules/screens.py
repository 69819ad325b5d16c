"""The code that opens a big screen: told once, kept only as its hash; and which places a screen can show."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from bihuan.orgs.rules.codes import AREA_KINDS

ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # nothing that a remote control's user takes for another letter
GROUPS: Final = 5
GROUP: Final = 4  # 20 of 31 letters: 99 bits, so a plain hash is enough
LENGTH: Final = GROUPS * GROUP
SCREEN_KINDS: Final = AREA_KINDS  # hazards lie in areas; a department's are in the sectors of its town
SEEN_EVERY_S: Final = 60  # last-seen is written at most this often


@dataclass(frozen=True, slots=True)
class ScreenRef:
    """A device that shows the figures of one place. seen_at: when it last asked for them."""

    id: UUID
    version: int
    name: str
    town_id: UUID | None
    unit_id: UUID
    unit_name: str
    path: str
    made_by: str
    made_at: datetime
    seen_at: datetime | None
    revoked_at: datetime | None
    revoked_by: str


def cleaned(code: str) -> str:
    """Return a code as it was typed, without gaps and in capitals."""
    return "".join(letter for letter in code.upper() if letter.isalnum())


def shown(code: str) -> str:
    """Return a code in groups, as it is read off and typed."""
    return "-".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))


def hash_of(code: str) -> str:
    """Return what is stored of a code."""
    return hashlib.sha256(cleaned(code).encode()).hexdigest()
