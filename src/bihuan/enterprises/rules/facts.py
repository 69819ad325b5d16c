"""The frozen values in which the room speaks, and the words that they carry."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final
from uuid import UUID

from bihuan.enterprises.rules.industries import CURRENT_EDITION
from bihuan.kernel.roles import Role


class State(StrEnum):
    """States of an enterprise's row; nothing is deleted (L10)."""

    ACTIVE = "active"
    MERGED = "merged"  # its codes and names lead to the winner
    CLOSED = "closed"  # 注销、关闭、搬离


STATE_NAMES: Final = {State.ACTIVE: "在册", State.MERGED: "已合并", State.CLOSED: "已注销"}


class ImportState(StrEnum):
    """States of a person's import of a table."""

    DRAFT = "draft"
    DONE = "done"
    DROPPED = "dropped"


class Act(StrEnum):
    """What can be done to an enterprise's file."""

    REGISTER = "register"
    CHANGE = "change"
    MOVE = "move"
    MERGE = "merge"
    CLOSE = "close"
    REOPEN = "reopen"


_OFFICE: Final = frozenset({Role.SAFETY_OFFICE, Role.SAFETY_CHIEF, Role.SYSTEM_ADMIN, Role.SYSTEM})
MAY: Final[dict[Act, frozenset[Role]]] = {
    Act.REGISTER: _OFFICE | {Role.VILLAGE, Role.DEPARTMENT, Role.INSPECTOR},
    Act.CHANGE: _OFFICE | {Role.VILLAGE, Role.DEPARTMENT, Role.INSPECTOR},
    Act.MOVE: _OFFICE,
    Act.MERGE: _OFFICE,
    Act.CLOSE: _OFFICE,
    Act.REOPEN: _OFFICE,
}


@dataclass(frozen=True, slots=True)
class Firm:
    """An enterprise as other rooms see it. village: its name, "" while only the town is known (a gap).

    sectors: all of them, the lead first. features: safety features. Money in 元. version: what a person saw.
    """

    id: UUID
    town_id: UUID
    name: str
    short_name: str
    path: str
    village: str
    lead_sector: str
    sectors: tuple[str, ...]
    features: tuple[str, ...]
    one_person: bool
    address: str
    uscc: str
    local_code: str = ""
    state: State = State.ACTIVE
    merged_into_id: UUID | None = None
    version: int = 1

    @property
    def code(self) -> str:
        """The unified code, or the local one that stands in for it."""
        return self.uscc or self.local_code


@dataclass(frozen=True, slots=True)
class Entry:
    """What is written down when an enterprise is registered or changed.

    path: village, or town while the village is unknown. sectors: those beside the lead. Money in 元, `staff` in
    persons, degrees in WGS 84. uscc_confirmed: a person compared a failing code with the licence (R10.2).
    id: given by whoever made the record first (a phone, an import), else made here.
    """

    name: str
    path: str
    lead_sector: str
    short_name: str = ""
    uscc: str = ""
    uscc_confirmed: bool = False
    industry_code: str = ""
    industry_edition: str = CURRENT_EDITION
    sectors: tuple[str, ...] = ()
    features: tuple[str, ...] = ()
    processes: str = ""
    address: str = ""
    latitude: float | None = None
    longitude: float | None = None
    staff: int | None = None
    revenue_yuan: Decimal | None = None
    assets_yuan: Decimal | None = None
    one_person: bool = False
    contact_name: str = ""
    contact_phone: str = ""
    id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A site and a part of it, as written down: 二号厂房 / 喷漆房. Degrees in WGS 84."""

    name: str
    part: str = ""
    address: str = ""
    latitude: float | None = None
    longitude: float | None = None


def pack(words: Iterable[str]) -> str:
    """Write words in one column so that each can be found: ("a", "b") is "|a|b|", none is "".

    The order stays, doubles go.
    """
    kept = list(dict.fromkeys(word for word in words if word))
    return f"|{'|'.join(kept)}|" if kept else ""


def unpack(text: str) -> tuple[str, ...]:
    """Read what `pack` wrote."""
    return tuple(text.strip("|").split("|")) if text else ()


def masked_phone(phone: str) -> str:
    """Show a telephone number in a list: the first three and the last two digits stay (R10.9)."""
    keep_front, keep_back = 3, 2
    if len(phone) <= keep_front + keep_back:
        return "*" * len(phone)
    return phone[:keep_front] + "*" * (len(phone) - keep_front - keep_back) + phone[-keep_back:]


def masked_name(name: str) -> str:
    """Show a person's name in a list: the family name stays."""
    return name[:1] + "*" * (len(name) - 1)
