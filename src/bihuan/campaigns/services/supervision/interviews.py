"""Interviews (约谈): noticed, held with minutes and undertakings, followed up (R9.11)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from bihuan.campaigns.models import Interview
from bihuan.campaigns.queries.figures import grounds_on
from bihuan.campaigns.rules.supervision.life import CALLING, INTERVIEW, Facts
from bihuan.campaigns.rules.supervision.states import InterviewAct
from bihuan.campaigns.services.supervision.advancing import (
    advance,
    attached,
    begin,
    for_whom,
    number_of,
    record,
    tell_parts,
    units_among,
)
from bihuan.campaigns.services.texts import all_written, written
from bihuan.kernel.actor import Actor
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import NotFound, Refusal
from bihuan.kernel.ids import new_id
from bihuan.kernel.indicators import Kept

NOTICE: Final = ("who", "convener", "reason", "place")
MINUTES: Final = ("minutes", "undertakings")
PAGE: Final = "campaigns:interview"


@transaction.atomic
def call_interview(
    *, campaign_id: UUID, unit_id: UUID, meets_at: datetime, facts: Mapping[str, str], actor: Actor, now: datetime
) -> UUID:
    """Call a unit to an interview with a numbered notice. facts: who (the post talked to), convener, reason, place.

    What the data say of the unit today is kept beside the reason, whether or not it is the reason.
    """
    row = begin(actor, campaign_id, CALLING, "约谈")
    part = units_among(row, [unit_id], say="请选约谈哪个单位。")[0]
    told = all_written(Interview, facts, NOTICE)
    for name, say in (("who", "请写约谈谁（岗位）。"), ("convener", "请写由谁约谈。"), ("reason", "请写约谈的事由。")):
        if not told[name]:
            raise Refusal(f"campaigns.no_{name}", say, field=name)
    if meets_at < now:
        raise Refusal("campaigns.day_early", "约谈的时间不能早于现在。", field="meets_at")
    found = grounds_on(row, day_of(now), Kept(now)).of_part(part.pk)
    made = Interview(
        id=new_id(),
        campaign=row,
        town_id=row.town_id,
        path=row.path,
        part=part,
        meets_at=meets_at,
        grounds=[one.as_json() for one in found.grounds] if found else [],
        number=number_of(row, "interview", now),
        noticed_at=now,
        noticed_by=actor.name,
        **told,
    )
    made.save(force_insert=True)
    on = day_of(meets_at)
    after = {"interview": str(made.pk), "meets_at": meets_at.isoformat(), "number": made.number}
    say = f"通知{part.name}约谈，{on:%Y-%m-%d}"
    record(row, "interview_noticed", say, path=part.path, after=after, reason=made.reason, actor=actor, now=now)
    words = f"{made.convener}{on.month}月{on.day}日约谈{part.name}{made.who}：{made.reason}"
    tell_parts(row, [part], say=words, url_name=PAGE, url_args=(row.pk, made.pk), now=now)
    return made.pk


def interview_to(actor: Actor, campaign_id: UUID, interview_id: UUID) -> Interview:
    """Return an interview that the actor sees. Raises NotFound."""
    rows = Interview.objects.open_to(actor).filter(campaign_id=campaign_id, pk=interview_id)
    found = rows.select_related("campaign", "part").first()
    if found is None:
        raise NotFound("campaigns.no_interview", "没有找到这次约谈，或者它不在您的管辖范围内。")
    return found


def _move(one: Interview, act: InterviewAct, seen: int, *, actor: Actor, now: datetime, say: str, **more: Any) -> None:
    reason = more.pop("reason", "")
    evidence = more.pop("evidence", ())
    facts = Facts(reason=reason, received=one.received_at is not None)
    unit_id = one.part.unit_id
    advance(INTERVIEW, one, act, seen, campaign=one.campaign, actor=actor, unit_id=unit_id, facts=facts, **more)
    after = {"interview": str(one.pk), "look_again_on": str(one.look_again_on or "")}
    kind = KINDS[act]
    record(
        one.campaign, kind, say, path=one.part.path, after=after, reason=reason, evidence=evidence,
        acting_for=for_whom(actor, one.part) if act is InterviewAct.RECEIVE else "", actor=actor, now=now,
    )  # fmt: skip


KINDS: Final = {
    InterviewAct.RECEIVE: "interview_received",
    InterviewAct.HOLD: "interview_held",
    InterviewAct.CANCEL: "interview_cancelled",
    InterviewAct.FOLLOW_UP: "interview_followed_up",
    InterviewAct.POSTPONE: "interview_postponed",
}


@transaction.atomic
def receive_interview(*, campaign_id: UUID, interview_id: UUID, seen_version: int, actor: Actor, now: datetime) -> None:
    """Sign for the notice, by the unit that is called."""
    one = interview_to(actor, campaign_id, interview_id)
    received = {"received_at": now, "received_by": actor.name}
    say = f"{one.part.name}签收了约谈通知"
    _move(one, InterviewAct.RECEIVE, seen_version, actor=actor, now=now, say=say, **received)


@transaction.atomic
def hold_interview(
    *,
    campaign_id: UUID,
    interview_id: UUID,
    seen_version: int,
    held_on: date,
    facts: Mapping[str, str],
    look_again_on: date,
    files: Sequence[UUID] = (),
    actor: Actor,
    now: datetime,
) -> None:
    """Register that it was held: minutes, what the unit undertook (facts), and the day on which that is looked at."""
    one = interview_to(actor, campaign_id, interview_id)
    told = all_written(Interview, facts, MINUTES)
    checks = (
        (held_on > day_of(now), "held_on", "约谈的日期晚于今天，请核对。"),
        (held_on < day_of(one.noticed_at), "held_on", "约谈的日期早于通知，请核对。"),
        (not told["minutes"] and not files, "minutes", "请写记录，或者上传签字的记录。"),
        (not told["undertakings"], "undertakings", "请写被约谈单位承诺了什么。"),
        (look_again_on <= held_on, "look_again_on", "回访的日期要晚于约谈的日期。"),
    )
    for bad, field, say in checks:
        if bad:
            raise Refusal(f"campaigns.interview_{field}", say, field=field)
    papers = attached(files, actor=actor, now=now)
    _move(
        one,
        InterviewAct.HOLD,
        seen_version,
        actor=actor,
        now=now,
        say=f"约谈了{one.part.name}，{look_again_on:%Y-%m-%d}回访",
        evidence=papers,
        held_on=held_on,
        held_at=now,
        look_again_on=look_again_on,
        minutes_files=[str(paper) for paper in papers],
        **told,
    )


@transaction.atomic
def cancel_interview(
    *, campaign_id: UUID, interview_id: UUID, seen_version: int, reason: str, actor: Actor, now: datetime
) -> None:
    """Cancel an interview that was not held, with the reason."""
    one = interview_to(actor, campaign_id, interview_id)
    gone = {"cancelled_at": now, "result": written(Interview, "result", reason, field="reason", called="取消的理由")}
    say = f"取消对{one.part.name}的约谈"
    _move(one, InterviewAct.CANCEL, seen_version, actor=actor, now=now, say=say, reason=reason, **gone)
    words, args = f"约谈取消：{reason.strip()}", (one.campaign_id, one.pk)
    tell_parts(one.campaign, [one.part], say=words, url_name=PAGE, url_args=args, now=now)


@transaction.atomic
def follow_up_interview(
    *,
    campaign_id: UUID,
    interview_id: UUID,
    seen_version: int,
    reason: str,
    look_again_on: date | None = None,
    actor: Actor,
    now: datetime,
) -> None:
    """Say what became of the undertakings (reason). look_again_on: they were not kept, or not all; look again then."""
    one = interview_to(actor, campaign_id, interview_id)
    result = written(Interview, "result", reason, field="reason")
    if look_again_on is None:
        done: dict[str, Any] = {"followed_up_at": now, "result": result}
        say = f"回访了{one.part.name}：承诺已兑现"
        _move(one, InterviewAct.FOLLOW_UP, seen_version, actor=actor, now=now, say=say, reason=reason, **done)
        return
    if look_again_on <= day_of(now):
        raise Refusal("campaigns.interview_look_again_on", "再次回访的日期要晚于今天。", field="look_again_on")
    say = f"回访了{one.part.name}：承诺没有全部兑现，{look_again_on:%Y-%m-%d}再回访"
    again = {"look_again_on": look_again_on, "result": result}
    _move(one, InterviewAct.POSTPONE, seen_version, actor=actor, now=now, say=say, reason=reason, **again)
