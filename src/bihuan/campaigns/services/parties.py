"""A name that the plan uses is said to be a unit of the town, in every clause that has it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from bihuan.campaigns.models import Clause
from bihuan.campaigns.queries.participants import participants_of
from bihuan.campaigns.rules.life import CampaignAct
from bihuan.campaigns.rules.units import who_is_meant, with_unit
from bihuan.campaigns.services.loading import campaign_to, tell, write
from bihuan.kernel.actor import Actor
from bihuan.kernel.errors import NotFound, Refusal


@transaction.atomic
def settle_party(
    *, campaign_id: UUID, seen_version: int, name: str, unit_id: UUID | None, actor: Actor, now: datetime
) -> int:
    """Say which unit of the town a name means; return how many clauses named it. Raises NotFound, Refusal."""
    row = campaign_to(CampaignAct.EDIT, actor, campaign_id)
    if unit_id is None:
        raise Refusal("campaigns.no_unit_chosen", f"“{name}”是哪个单位？请先选一个单位。", field="unit")
    units = participants_of(row.town_id)
    unit = next((one for one in units if one.id == unit_id), None)
    if unit is None:
        raise NotFound("campaigns.no_unit", "没有找到选的单位。请刷新页面重新选。")
    changed = []
    for clause in row.clauses.in_text():
        parties = with_unit(clause.parties, name, unit.short_name, units)
        if parties != clause.parties:
            clause.parties = parties
            clause.units = [str(one) for one in who_is_meant(parties, units).units]
            changed.append(clause)
    if not changed:
        raise Refusal("campaigns.no_such_party", f"没有哪一条要求写着“{name}”，可能刚刚改过。请刷新页面再看。")
    write(row, seen_version, changed_at=now)
    Clause.objects.bulk_update(changed, ["parties", "units"], batch_size=100)
    tell(
        row,
        "party_settled",
        f"“{name}”由{unit.short_name}办，{len(changed)} 条",
        before={"name": name},
        after={"unit": unit.short_name, "labels": [one.label for one in changed]},
        actor=actor,
        now=now,
    )
    return len(changed)
