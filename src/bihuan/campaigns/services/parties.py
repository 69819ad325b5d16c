"""Who does what a plan orders, where its text leaves it open: a name of the plan is said to be a unit of the town, in
every clause that has it; clauses that name nobody are given to units."""

from collections.abc import Sequence
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


@transaction.atomic
def give_clauses(
    *, campaign_id: UUID, seen_version: int, clauses: Sequence[UUID], units: Sequence[UUID], actor: Actor, now: datetime
) -> int:
    """Say which units of the town do these orders, which named none; return how many there were. What the text names
    stays beside them. Raises NotFound, Refusal."""
    row = campaign_to(CampaignAct.EDIT, actor, campaign_id)
    known = participants_of(row.town_id)
    chosen = [one for one in known if one.id in set(units)]
    if not chosen or len(chosen) != len(set(units)):
        raise Refusal("campaigns.no_unit_chosen", "请选由哪个单位办。", field="unit")
    found = list(row.clauses.in_text().filter(pk__in=list(clauses)))
    if not found or len(found) != len(set(clauses)):
        raise Refusal("campaigns.no_clauses_chosen", "请先勾选要求；可能刚刚有人改过，请看过再选。", field="clause")
    for clause in found:
        clause.parties = list(dict.fromkeys([*clause.parties, *(one.short_name for one in chosen)]))
        clause.units = [str(one) for one in who_is_meant(clause.parties, known).units]
        clause.mended_by = actor.name
    write(row, seen_version, changed_at=now)
    Clause.objects.bulk_update(found, ["parties", "units", "mended_by"], batch_size=100)
    names = "、".join(one.short_name for one in chosen)
    tell(
        row,
        "clauses_given",
        f"{len(found)} 条没有写由谁办的要求，由{names}办",
        after={"units": [one.short_name for one in chosen], "labels": [one.label for one in found]},
        actor=actor,
        now=now,
    )
    return len(found)
