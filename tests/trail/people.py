"""People and instants for the tests of the trail."""

from datetime import datetime
from uuid import UUID

from bihuan.kernel.actor import Actor, HeldRole, Scope
from bihuan.kernel.calendar import SHANGHAI
from bihuan.kernel.roles import Role

TOWN = UUID("01920000-0000-7000-8000-000000000001")
OTHER_TOWN = UUID("01920000-0000-7000-8000-000000000002")
NOON = datetime(2018, 2, 14, 12, 0, tzinfo=SHANGHAI)


def person(number: int, *, path: str = "/32/04/13/101/", town_id: UUID = TOWN) -> Actor:
    """Return a person of the safety office of a town."""
    return Actor(
        user_id=UUID(int=number),
        name=f"办事员{number}",
        post_id=UUID(int=1000 + number),
        post_title="安监办科员",
        unit_name="安监办",
        unit_path=path,
        town_id=town_id,
        roles=(HeldRole(role=Role.SAFETY_OFFICE, path=path),),
        scope=Scope(town_id=town_id, paths=(path,)),
        address="10.0.0.1",
    )


ONE = person(1)
TWO = person(2)
