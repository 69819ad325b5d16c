"""Close an enterprise or a unit, unless open hazards would be left without anybody who answers for them."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from bihuan.enterprises import queries as enterprises
from bihuan.enterprises import services as enterprise_services
from bihuan.hazards.queries.of_firm import open_of_firm
from bihuan.hazards.queries.of_unit import open_of_unit
from bihuan.hazards.rules.closing import firm_stays, unit_stays
from bihuan.kernel.actor import Actor
from bihuan.kernel.errors import Refusal
from bihuan.orgs import queries as orgs
from bihuan.orgs import services as org_services
from bihuan.orgs.rules import OrgAct
from bihuan.orgs.services.guard import require


@transaction.atomic
def close_enterprise(
    *, enterprise_id: UUID, seen_version: int, reason: str, is_known: bool, actor: Actor, now: datetime
) -> None:
    """Take an enterprise off the register. is_known: whoever closes it has been told what is open there.

    The enterprise is closed first, so that who may not, or does not see it, is told only that; a refusal takes it back.
    """
    enterprise_services.close(
        enterprise_id=enterprise_id, seen_version=seen_version, reason=reason, actor=actor, now=now
    )
    left = open_of_firm(enterprise_id)
    if say := firm_stays(still_open=left.open, major=left.major, is_known=is_known):
        raise Refusal("hazards.firm_stays", say, field="" if left.major else "is_known")


@transaction.atomic
def close_unit(
    *, unit_id: UUID, reason: str, seen_version: int, merged_into_id: UUID | None = None, actor: Actor, now: datetime
) -> None:
    """Close a unit, or merge it into another; refused while enterprises lie in it or open hazards hang on it."""
    unit = orgs.unit(unit_id)
    require(actor, OrgAct.CHANGE_UNITS, unit.path)
    say = unit_stays(unit.name, firms=enterprises.active_below(unit.path), still_open=open_of_unit(unit_id))
    if say:
        raise Refusal("hazards.unit_stays", say)
    org_services.close_unit(
        unit_id=unit_id,
        reason=reason,
        seen_version=seen_version,
        merged_into_id=merged_into_id,
        actor=actor,
        now=now,
    )
