"""Who may look at, load, withdraw and restore the standards of an area (product, section 5: roles grant acts)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from uuid import UUID

from bihuan.kernel.actor import Actor
from bihuan.kernel.errors import NotAllowed
from bihuan.kernel.paths import TOWN_DEPTH, ancestors
from bihuan.kernel.roles import Role


@dataclass(frozen=True, slots=True)
class Area:
    """For whom a standard is loaded: a town, or a unit above towns (then town_id is None)."""

    path: str
    unit_id: UUID
    name: str
    town_id: UUID | None = None


class LoadAct(StrEnum):
    """What is done with an uploaded standard."""

    CHECK = "check"
    LOAD = "load"
    PROPOSE = "propose"
    APPROVE = "approve"
    WITHDRAW = "withdraw"
    RESTORE = "restore"


# The safety office prepares; who answers for the office, the administrator and the county decide (R10.13, R3.2).
_DECIDE: Final = frozenset({Role.SAFETY_CHIEF, Role.SYSTEM_ADMIN, Role.SUPERIOR, Role.SYSTEM})
# fmt: off
MAY_LOAD: Final[Mapping[LoadAct, frozenset[Role]]] = {
    LoadAct.CHECK:    _DECIDE | {Role.SAFETY_OFFICE},
    LoadAct.LOAD:     _DECIDE,
    LoadAct.PROPOSE:  _DECIDE | {Role.SAFETY_OFFICE},
    LoadAct.APPROVE:  _DECIDE - {Role.SYSTEM},
    LoadAct.WITHDRAW: _DECIDE,
    LoadAct.RESTORE:  _DECIDE,
}
# fmt: on
WHO: Final = "本地标准由安监办主任、系统管理员或区安委办装入和停用，安监办工作人员可以先预览。请联系他们。"


ANOTHER: Final = "代替全国的标准要两个人办：提出的人不能自己批准。请另一位有权装入的同事看过再批准。"


def must_be_another(actor: Actor, proposed_by: UUID | None) -> None:
    """Refuse who proposed it: taking the place of a packaged standard needs two people. Raises NotAllowed."""
    if actor.user_id is not None and actor.user_id == proposed_by:
        raise NotAllowed("standards.same_person", ANOTHER)


def areas_of(actor: Actor, act: LoadAct) -> tuple[str, ...]:
    """Return the areas for which somebody may do this, each a town or what lies above it, the widest first."""
    held = (one.path for one in actor.roles if one.role in MAY_LOAD[act] and one.role is not Role.SYSTEM)
    return tuple(sorted({path for path in held if path and _is_area(path)}, key=lambda path: (len(path), path)))


def _is_area(path: str) -> bool:
    """Tell whether a path is that of a town, a county and so on, not of a village or an office."""
    return len(ancestors(path)) <= TOWN_DEPTH and path.replace("/", "").isdigit()


def must_reach(actor: Actor, act: LoadAct, area: str) -> None:
    """Refuse who may not do this for this area. Raises NotAllowed."""
    if Role.SYSTEM in MAY_LOAD[act] and actor.has_role(Role.SYSTEM) and area and _is_area(area):
        return
    if area not in areas_of(actor, act):
        raise NotAllowed("standards.not_allowed", WHO)
