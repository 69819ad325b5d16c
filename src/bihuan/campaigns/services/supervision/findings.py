"""What becomes of a problem that a round found: corrected by its unit, or entered as a hazard by a person (R9.9)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from bihuan.campaigns.models import Finding, SupervisionRound
from bihuan.campaigns.rules.supervision.life import FINDING, Facts
from bihuan.campaigns.rules.supervision.states import FindingAct, FindingSide, FindingState
from bihuan.campaigns.services.supervision.advancing import acting_for, advance, attached, for_whom, record, tell_parts
from bihuan.campaigns.services.supervision.rounds import PAGE
from bihuan.campaigns.services.texts import written
from bihuan.hazards import queries as hazards
from bihuan.hazards import services as hazard_services
from bihuan.hazards.rules.finding import NewHazard
from bihuan.hazards.rules.states import Source
from bihuan.kernel.actor import Actor
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import NotFound, Refusal

SOURCE_TYPE: Final = "supervision"
NOBODY_ELSE: Final[Mapping[str, Any]] = {}


def _finding_to(actor: Actor, campaign_id: UUID, finding_id: UUID) -> Finding:
    seen = SupervisionRound.objects.open_to(actor).filter(campaign_id=campaign_id)
    found = Finding.objects.filter(round__in=seen, pk=finding_id).select_related("round__campaign", "round__part")
    row = found.first()
    if row is None:
        raise NotFound("campaigns.no_finding", "没有找到这个督查问题，或者它不在您的管辖范围内。")
    return row


def _move(
    one: Finding,
    act: FindingAct,
    seen_version: int,
    *,
    actor: Actor,
    reason: str = "",
    speaking: Mapping[str, Any] = NOBODY_ELSE,
    **columns: Any,
) -> None:
    facts = Facts(side=one.side, reason=reason, own_word=one.answered_by == actor.name, **speaking)
    unit = one.round.part.unit_id
    campaign = one.round.campaign
    advance(FINDING, one, act, seen_version, campaign=campaign, actor=actor, unit_id=unit, facts=facts, **columns)


@transaction.atomic
def answer_finding(
    *,
    campaign_id: UUID,
    finding_id: UUID,
    seen_version: int,
    reason: str,
    files: Sequence[UUID] = (),
    actor: Actor,
    now: datetime,
) -> None:
    """Report what the unit corrected; the office may report for a unit. reason: what was done."""
    one = _finding_to(actor, campaign_id, finding_id)
    papers = attached(files, actor=actor, now=now)
    speaking = acting_for(actor, one.round.part, papers=len(papers), on=day_of(now))
    _move(
        one,
        FindingAct.ANSWER,
        seen_version,
        actor=actor,
        reason=reason,
        speaking=speaking,
        answer=written(Finding, "answer", reason, field="reason"),
        answer_files=[str(paper) for paper in papers],
        answered_at=now,
        answered_on=day_of(now),
        answered_by=actor.name,
    )
    part = one.round.part
    record(
        one.round.campaign,
        "finding_answered",
        f"{part.name}报督查问题整改",
        path=part.path,
        after={"finding": str(one.pk), "answer": one.answer},
        evidence=papers,
        acting_for=for_whom(actor, part),
        actor=actor,
        now=now,
    )


@transaction.atomic
def review_finding(
    *,
    campaign_id: UUID,
    finding_id: UUID,
    seen_version: int,
    accepted: bool,
    reason: str = "",
    actor: Actor,
    now: datetime,
) -> None:
    """Confirm what a unit corrected, or send it back with what is lacking."""
    one = _finding_to(actor, campaign_id, finding_id)
    act = FindingAct.CONFIRM if accepted else FindingAct.SEND_BACK
    done: dict[str, Any] = {"confirmed_at": now, "confirmed_by": actor.name} if accepted else {}
    why = written(Finding, "why", reason, field="reason")
    _move(one, act, seen_version, actor=actor, reason=reason, why="" if accepted else why, **done)
    part = one.round.part
    kind, say = ("finding_confirmed", "确认整改") if accepted else ("finding_sent_back", "退回整改")
    after = {"finding": str(one.pk)}
    record(
        one.round.campaign, kind, f"{part.name}的督查问题{say}", path=part.path, after=after, reason=why,
        actor=actor, now=now,
    )  # fmt: skip
    if not accepted:
        args = (one.round.campaign_id, one.round_id)
        told = f"督查问题的整改被退回：{why}"
        tell_parts(one.round.campaign, [part], say=told, url_name=PAGE, url_args=args, now=now)


@transaction.atomic
def enter_finding(
    *,
    campaign_id: UUID,
    finding_id: UUID,
    seen_version: int,
    source: str = "",
    hazard_id: UUID | None = None,
    actor: Actor,
    now: datetime,
) -> UUID:
    """Enter an enterprise's problem as a hazard, by the way of all hazards, or link it to one that is there already.

    A person says so; nothing enters by itself (R9.9). source: of the hazard, "" for covert rounds. Returns its id.
    """
    one = _finding_to(actor, campaign_id, finding_id)
    _move(one, FindingAct.ENTER, seen_version, actor=actor, **_hazard(one, source, hazard_id, actor, now))
    say = f"把督查发现的企业问题登记为隐患 {one.hazard_number}"
    after = {"finding": str(one.pk), "hazard": str(one.hazard_id), "number": one.hazard_number}
    record(one.round.campaign, "finding_entered", say, after=after, actor=actor, now=now)
    assert one.hazard_id is not None  # noqa: S101 -- just written
    return one.hazard_id


def _hazard(one: Finding, source: str, hazard_id: UUID | None, actor: Actor, now: datetime) -> dict[str, Any]:
    if one.side == FindingSide.UNIT or one.state != FindingState.NOTED:
        return {"hazard_id": one.hazard_id}  # the table refuses it
    if hazard_id is not None:
        known = hazards.brief_for(actor, hazard_id)
        if known.enterprise_id != one.enterprise_id:
            raise Refusal("campaigns.other_firm", "这条隐患是别的企业的。请核对编号。", field="hazard")
        return {"hazard_id": hazard_id, "hazard_number": known.number}
    assert one.round.held_on is not None  # noqa: S101 -- problems are noted of rounds that were held
    new = NewHazard(
        town_id=one.town_id,
        description=one.text,
        source=Source(source) if source in set(Source) else Source.COVERT,
        found_on=one.round.held_on,
        found_by=one.round.leader,
        enterprise_id=one.enterprise_id,
        source_type=SOURCE_TYPE,
        source_id=one.pk,
        campaign_id=one.round.campaign_id,
    )
    made = hazard_services.report(new=new, actor=actor, now=now)
    return {"hazard_id": made.hazard_id, "hazard_number": made.number}


@transaction.atomic
def set_finding_aside(
    *, campaign_id: UUID, finding_id: UUID, seen_version: int, reason: str, actor: Actor, now: datetime
) -> None:
    """Say why an enterprise's problem is no hazard."""
    one = _finding_to(actor, campaign_id, finding_id)
    why = written(Finding, "why", reason, field="reason")
    _move(one, FindingAct.SET_ASIDE, seen_version, actor=actor, reason=reason, why=why)
    after = {"finding": str(one.pk)}
    say = "督查发现的企业问题不作隐患"
    record(one.round.campaign, "finding_aside", say, after=after, reason=why, actor=actor, now=now)
