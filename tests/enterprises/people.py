"""Actors that the tests of this room act as."""

from uuid import UUID

from bihuan.kernel.actor import Actor, HeldRole, Scope
from bihuan.kernel.roles import Role

TOWN = UUID("01890000-0000-7000-8000-000000000001")
OTHER_TOWN = UUID("01890000-0000-7000-8000-000000000002")
TOWN_PATH = "/32/04/13/101/"
EAST = "/32/04/13/101/201/"
WEST = "/32/04/13/101/202/"
OTHER_PATH = "/32/04/13/102/"


def office(town_id: UUID = TOWN, path: str = TOWN_PATH) -> Actor:
    """The safety office of a town."""
    return _person("安监办主任", Role.SAFETY_OFFICE, path, town_id)


def village(path: str = EAST) -> Actor:
    """A village's grid worker."""
    return _person("东村网格员", Role.VILLAGE, path, TOWN)


def leader() -> Actor:
    """A leader, who sees the town but keeps no files."""
    return _person("镇领导", Role.LEADER, TOWN_PATH, TOWN)


def _person(name: str, role: Role, path: str, town_id: UUID) -> Actor:
    return Actor(
        user_id=UUID(int=sum(name.encode())),
        name=name,
        town_id=town_id,
        unit_path=path,
        roles=(HeldRole(role, path=path),),
        scope=Scope(town_id=town_id, paths=(path,)),
    )
