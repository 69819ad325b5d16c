"""Who may take superior's lists in; the same answer for a button, a page and a press."""

from typing import Final
from uuid import UUID

from bihuan.kernel.actor import Actor
from bihuan.kernel.errors import NotAllowed
from bihuan.kernel.roles import Role

MAY_TAKE_IN: Final = frozenset({Role.SAFETY_OFFICE, Role.SAFETY_CHIEF})


def may_take_in(actor: Actor) -> bool:
    """Tell whether somebody takes lists in for a town, and so sees what is still a draft."""
    return actor.town_id is not None and actor.has_role(*MAY_TAKE_IN)


def must_take_in(actor: Actor) -> UUID:
    """Return the town of who may take lists in; refuse anybody else."""
    if actor.town_id is None or not may_take_in(actor):
        raise NotAllowed("intake.not_allowed", "上级清单由镇安监办导入。请交安监办的同事来办。")
    return actor.town_id
