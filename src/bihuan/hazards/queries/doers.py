"""Who acts, as the rules see them before one hazard."""

from uuid import UUID

from bihuan.hazards.rules.facts import Doer
from bihuan.kernel.actor import Actor


def doer_of(actor: Actor, *, path: str, sector: str, enterprise_id: UUID | None) -> Doer:
    """Return the actor as the rules see them before a hazard of this place; every post of the day counts (L2)."""
    return Doer(
        user_id=actor.user_id,
        post_id=actor.post_id,
        unit_id=actor.unit_id,
        unit_path=actor.unit_path,
        enterprise_id=actor.enterprise_id,
        roles=actor.roles_over(path=path, sector=sector, enterprise_id=enterprise_id),
        names=frozenset({actor.name, actor.post_title, f"{actor.unit_name}{actor.post_title}"} - {""}),
        other_units=actor.own_units,
        other_enterprises=actor.enterprise_ids,
    )
