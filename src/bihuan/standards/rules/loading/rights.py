"""Who may look at, load, withdraw and restore the standards of an area (product, section 5: roles grant acts)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from uuid import UUID

from bihuan.kernel.actor import Actor
from bihuan.kernel.errors import NotAllowed
from bihuan.kernel.paths import TOWN_DEPTH, ancestors, is_within
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
    GIVE_BACK = "give_back"  # withdraw what stands in the place of a packaged standard; to restore it is to approve it


# The safety office prepares; who answers for the office and the county decide (R3.2). By what a hazard is judged is no
# setting of the system: its administrator has no part in it (R10.13, ADR 26). That a national list is replaced no town
# decides alone: the unit above approves, or the operator on its paper.
_DECIDE: Final = frozenset({Role.SAFETY_CHIEF, Role.SUPERIOR, Role.SYSTEM})
# fmt: off
MAY_LOAD: Final[Mapping[LoadAct, frozenset[Role]]] = {
    LoadAct.CHECK:    _DECIDE | {Role.SAFETY_OFFICE},
    LoadAct.LOAD:     _DECIDE,
    LoadAct.PROPOSE:  frozenset({Role.SAFETY_OFFICE, Role.SAFETY_CHIEF, Role.SUPERIOR}),
    LoadAct.APPROVE:  frozenset({Role.SUPERIOR, Role.SYSTEM}),
    LoadAct.WITHDRAW: _DECIDE,
    LoadAct.RESTORE:  _DECIDE,
    LoadAct.GIVE_BACK: frozenset({Role.SAFETY_CHIEF, Role.SUPERIOR, Role.SYSTEM}),
}
# fmt: on
WHO: Final = "本地标准由安监办主任或区安委办装入和停用，安监办工作人员可以先预览，系统管理员不办。请联系他们。"


WHO_REPLACES: Final = (
    "代替全国的标准由安监办提出，由区安委办或者再上级批准，系统管理员不办；"
    "上级不在平台上的，请运维人员凭上级批准的文号办。"
)
ANOTHER: Final = "代替全国的标准要两个人办：提出的人不能自己批准。请上级另一位同事看过再批准。"


def must_be_another(actor: Actor, proposed_by: UUID | None) -> None:
    """Refuse who proposed it: taking the place of a packaged standard needs two people. Raises NotAllowed."""
    if actor.user_id == proposed_by:
        raise NotAllowed("standards.same_person", ANOTHER)


_REPLACES: Final = frozenset({LoadAct.PROPOSE, LoadAct.APPROVE, LoadAct.GIVE_BACK})


def areas_of(actor: Actor, act: LoadAct) -> tuple[str, ...]:
    """Return the areas for which somebody may do this, each a town or what lies above it, the widest first."""
    held = (one.path for one in actor.roles if one.role in MAY_LOAD[act] and one.role is not Role.SYSTEM)
    return tuple(sorted({path for path in held if path and _is_area(path)}, key=lambda path: (len(path), path)))


def approvable(actor: Actor) -> tuple[str, ...]:
    """Return the areas above towns in which somebody may approve that a national list is replaced, there and below."""
    return tuple(path for path in areas_of(actor, LoadAct.APPROVE) if len(ancestors(path)) < TOWN_DEPTH)


def may_approve(actor: Actor, area: str) -> bool:
    """Tell whether somebody may approve it for an area: the county's office and above, and the operator."""
    return actor.has_role(Role.SYSTEM) or any(is_within(area, path) for path in approvable(actor))


def may_read_draft(actor: Actor, area: str) -> bool:
    """Tell whether somebody reads what only waits for approval: who may look at files there, and who approves."""
    return area in areas_of(actor, LoadAct.CHECK) or may_approve(actor, area)


def _is_area(path: str) -> bool:
    """Tell whether a path is that of a town, a county and so on, not of a village or an office."""
    return len(ancestors(path)) <= TOWN_DEPTH and path.replace("/", "").isdigit()


def may_act(actor: Actor, act: LoadAct, area: str) -> bool:
    """Tell whether somebody may do this for this area."""
    if act is LoadAct.APPROVE or (act is LoadAct.GIVE_BACK and may_approve(actor, area)):
        return may_approve(actor, area)
    if Role.SYSTEM in MAY_LOAD[act] and actor.has_role(Role.SYSTEM):
        return bool(area) and _is_area(area)
    return area in areas_of(actor, act)


def must_reach(actor: Actor, act: LoadAct, area: str) -> None:
    """Refuse who may not do this for this area. Raises NotAllowed."""
    if not may_act(actor, act, area):
        raise NotAllowed("standards.not_allowed", WHO_REPLACES if act in _REPLACES else WHO)
