"""What a unit does in a campaign: receive it, set up its body and leader, hand in its sub-plan; the office reviews."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import F

from bihuan.campaigns.models import Campaign, CampaignUnit
from bihuan.campaigns.rules.drafting import PLAN_NAMES, PlanState
from bihuan.campaigns.rules.life import CampaignAct, CampaignState, must
from bihuan.campaigns.services.loading import (
    campaign_to,
    news_of,
    note_step,
    speaks_for,
    unit_of,
    write_news,
    write_unit,
)
from bihuan.campaigns.services.notices import tell_units
from bihuan.campaigns.services.texts import all_written, written
from bihuan.kernel.actor import Actor
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import Refusal
from bihuan.trail import services as trail

SET_UP: Final = ("body", "leader", "contact")


@transaction.atomic
def receive(*, campaign_id: UUID, unit_id: UUID, seen_version: int, actor: Actor, now: datetime) -> None:
    """Sign for a campaign; the first receipt sets it running (R9.1a). unit_id: of the `CampaignUnit`."""
    row = campaign_to(CampaignAct.RECEIVE, actor, campaign_id)
    unit = unit_of(actor, row, unit_id)
    acting_for = speaks_for(actor, unit)
    if unit.received_at is not None:
        raise Refusal("campaigns.received", f"{unit.name}已经签收。")
    write_unit(unit, seen_version, received_at=now, received_by=actor.name)
    note_step(unit, now=now)
    target = must(actor, CampaignAct.RECEIVE, CampaignState(row.state), path=row.path)
    if target != row.state:
        Campaign.objects.filter(pk=row.pk, state=row.state).update(state=target, version=F("version") + 1)
    moved = {} if target == row.state else {"before": {"state": row.state}, "after": {"state": target.value}}
    item = news_of(row, "received", f"{unit.name}签收", path=unit.path, acting_for=acting_for, **moved)
    write_news(row, item, actor=actor, now=now)


@transaction.atomic
def hand_in_plan(
    *,
    campaign_id: UUID,
    unit_id: UUID,
    seen_version: int,
    facts: Mapping[str, str],
    plan: UUID | None = None,
    plan_on: date | None = None,
    actor: Actor,
    now: datetime,
) -> None:
    """Set up a unit's body, leader in charge and contact, and hand in its sub-plan (R9.2, R9.3).

    Only after it has signed for the campaign. facts: body, leader, contact; what is left out stays. plan: an uploaded
    file, None to leave the plan as it is. An accepted plan is replaced by a newer one, which is reviewed again.
    """
    row = campaign_to(CampaignAct.PLAN, actor, campaign_id)
    unit = unit_of(actor, row, unit_id)
    acting_for = speaks_for(actor, unit)
    if unit.received_at is None:
        raise Refusal("campaigns.not_received", f"{unit.name}还没有签收。请先签收，再报机构和子方案。")
    said: dict[str, Any] = all_written(CampaignUnit, facts, [name for name in SET_UP if name in facts])
    body, leader = said.get("body", unit.body), said.get("leader", unit.leader)
    if plan is not None and not (body and leader):
        raise Refusal(
            "campaigns.no_leader", "报子方案要写明负责的机构和分管负责人。", field="leader" if body else "body"
        )
    if plan is None and all(said.get(name, getattr(unit, name)) == getattr(unit, name) for name in SET_UP):
        raise Refusal(
            "campaigns.nothing_said", "没有要报的：请写负责的机构、分管负责人，或者上传子方案。", field="body"
        )
    if plan_on is not None and plan_on > day_of(now):
        raise Refusal("campaigns.plan_later", "子方案的日期晚于今天，请核对。", field="plan_on")
    papers = tuple(trail.attach_files([plan], actor=actor, now=now)) if plan is not None else ()
    if body and leader and unit.set_up_at is None:
        said["set_up_at"] = now
    if papers:
        said |= {
            "plan_state": PlanState.HANDED_IN,
            "plan_file_id": papers[0],
            "plan_on": plan_on or day_of(now),
            "plan_handed_in_at": now,
            "plan_first_at": unit.plan_first_at or now,
            "plan_accepted_at": None,
            "plan_note": "",
        }
    write_unit(unit, seen_version, **said)
    note_step(unit, now=now)
    say = f"{unit.name}报来子方案" if papers else f"{unit.name}定了机构和负责人"
    item = news_of(
        row,
        "plan_handed_in" if papers else "unit_set_up",
        say,
        path=unit.path,
        after={"body": body, "leader": leader, "unit": unit.name},
        evidence=papers,
        acting_for=acting_for,
    )
    write_news(row, item, actor=actor, now=now)


@transaction.atomic
def review_plan(
    *, campaign_id: UUID, unit_id: UUID, seen_version: int, accepted: bool, note: str = "", actor: Actor, now: datetime
) -> None:
    """Accept a sub-plan, or return it with what is lacking (R9.3)."""
    row = campaign_to(CampaignAct.REVIEW_PLAN, actor, campaign_id)
    unit = unit_of(actor, row, unit_id)
    if unit.plan_state != PlanState.HANDED_IN:
        state = PLAN_NAMES[PlanState(unit.plan_state)]
        raise Refusal("campaigns.no_plan", f"{unit.name}的子方案{state}，没有等着审的。")
    if not accepted and not note.strip():
        raise Refusal("campaigns.no_note", "请写退回的原因，好让对方照着改。", field="note")
    target = PlanState.ACCEPTED if accepted else PlanState.RETURNED
    write_unit(
        unit,
        seen_version,
        plan_state=target,
        plan_accepted_at=now if accepted else None,
        plan_reviewed_by=actor.name,
        plan_note=written(CampaignUnit, "plan_note", note, field="note"),
    )
    note_step(unit, now=now)
    say = f"{unit.name}的子方案{'通过' if accepted else '退回'}"
    kind = "plan_accepted" if accepted else "plan_returned"
    item = news_of(row, kind, say, path=unit.path, after={"unit": unit.name}, reason=note.strip())
    write_news(row, item, actor=actor, now=now)
    tell_units(row, [unit], say=f"“{row.title}”{say}" + ("" if accepted else f"：{note.strip()}"), now=now)
