"""Who may look up which part of the organisation: names of posts and holders, no business rows."""

from typing import Final

from bihuan.kernel.actor import Actor
from bihuan.kernel.paths import ancestors
from bihuan.kernel.roles import Role
from bihuan.orgs.rules.may import MAY, OrgAct

TOWN_DEPTH: Final = 4  # province, city, county, town
_OUTSIDE: Final = frozenset({Role.PRINCIPAL, Role.SAFETY_OFFICER, Role.SERVICE_AGENCY})


def directory_root(viewer: Actor) -> str:
    """Return the path below which this person may look up units, posts and who holds them; "" for nowhere.

    A village looks up itself; everybody else who works for a town looks up the town; whoever sits above towns looks
    up the own area. Enterprises and agencies find whom they need on their own pages.
    """
    roles = set(viewer.role_names)
    if viewer.scope.everything:
        return "/"
    if not viewer.unit_path or not roles - _OUTSIDE:
        return ""
    numbered = [path for path in ancestors(viewer.unit_path) if path.strip("/").split("/")[-1].isdigit()]
    is_village_only = roles <= {Role.VILLAGE}
    return numbered[-1] if is_village_only else numbered[:TOWN_DEPTH][-1]


def open_acts(actor: Actor, *, path: str) -> frozenset[OrgAct]:
    """Return what this person may change at this path: the buttons that a page offers."""
    held = actor.roles_over(path=path)
    return frozenset(act for act, roles in MAY.items() if held & (roles | {Role.SYSTEM}))
