"""What the units of a circular say: their reply before it is issued, and what they corrected after (R9.10)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from bihuan.campaigns.models import Bulletin, BulletinText, BulletinUnit
from bihuan.campaigns.rules.supervision.life import BULLETIN
from bihuan.campaigns.rules.supervision.states import BulletinAct
from bihuan.campaigns.rules.supervision.text import block_of, figure_of, used, without_section
from bihuan.campaigns.services.supervision.advancing import (
    acting_for,
    advance,
    attached,
    change,
    for_whom,
    record,
    tell_parts,
)
from bihuan.campaigns.services.supervision.bulletins import PAGE, bulletin_to, facts_of, standing_numbers, write_text
from bihuan.campaigns.services.texts import longest, written
from bihuan.kernel.actor import Actor
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import NotFound, Refusal


def _unit_of(actor: Actor, row: Bulletin, unit_id: UUID) -> BulletinUnit:
    """Return a unit that a circular names. Raises NotFound where the actor may not see its part."""
    found = row.units.filter(pk=unit_id).select_related("part").first()
    if found is None or not (found.part.unit_id in actor.own_units or actor.scope.covers(path=row.path)):
        raise NotFound("campaigns.no_unit", "这份通报没有点到这个单位，或者它不在您的管辖范围内。")
    return found


def _move(
    row: Bulletin,
    one: BulletinUnit,
    act: BulletinAct,
    *,
    actor: Actor,
    now: datetime,
    reason: str = "",
    papers: int | None = None,
    **told: Any,
) -> None:
    """Move a bulletin for one of its units. papers: how many are attached for it, None where it is judged."""
    today = day_of(now)
    more = {"own_word": one.answered_by == actor.name}
    more |= {} if papers is None else acting_for(actor, one.part, papers=papers, on=today)
    facts = facts_of(row, today, actor, reason, **more)
    unit = one.part.unit_id
    advance(BULLETIN, row, act, row.version, campaign=row.campaign, actor=actor, unit_id=unit, facts=facts, **told)


@transaction.atomic
def reply(
    *,
    campaign_id: UUID,
    bulletin_id: UUID,
    unit_id: UUID,
    seen_version: int,
    reason: str,
    files: Sequence[UUID] = (),
    actor: Actor,
    now: datetime,
) -> None:
    """Reply to a circular before it is issued, or say that there is nothing to reply; until its last day. unit_id,
    seen_version: of the `BulletinUnit`."""
    row = bulletin_to(actor, campaign_id, bulletin_id)
    one = _unit_of(actor, row, unit_id)
    if one.left_at is not None:
        raise Refusal("campaigns.left", f"{one.part.name}已经不在这份通报里，不用申辩。")
    facts = facts_of(row, day_of(now), actor)
    if facts.reply_passed:
        raise Refusal("campaigns.reply_passed", f"申辩期限 {row.reply_by} 已过。请直接向镇安委会办公室说明。")
    is_last = facts.open_ones == 1 and one.replied_at is None
    act = BulletinAct.LAST_REPLY if is_last else BulletinAct.REPLY
    papers = attached(files, actor=actor, now=now)
    _move(row, one, act, actor=actor, now=now, reason=reason, papers=len(papers))
    change(
        one,
        seen_version,
        reply=written(BulletinUnit, "reply", reason, field="reason"),
        reply_files=[str(paper) for paper in papers],
        replied_at=now,
        replied_by=actor.name,
        heard_at=None,
        heard_by="",
        heard_why="",
    )
    record(
        row.campaign,
        "bulletin_replied",
        f"{one.part.name}对通报提出申辩",
        path=one.part.path,
        after={"bulletin": str(row.pk), "reply": one.reply},
        evidence=papers,
        acting_for=for_whom(actor, one.part),
        actor=actor,
        now=now,
    )


@transaction.atomic
def hear(
    *,
    campaign_id: UUID,
    bulletin_id: UUID,
    unit_id: UUID,
    seen_version: int,
    stays: bool,
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Decide on a unit's reply: it stays in the circular, or it is heeded and the unit leaves it; with the reason. The
    reply is kept beside either way."""
    row = bulletin_to(actor, campaign_id, bulletin_id)
    one = _unit_of(actor, row, unit_id)
    if one.left_at is not None:
        raise Refusal("campaigns.left", f"{one.part.name}已经不在这份通报里。")
    edition = row.edition + (0 if stays else 1)
    _move(row, one, BulletinAct.HEAR, actor=actor, now=now, reason=reason, edition=edition)
    why = written(BulletinUnit, "heard_why", reason, field="reason")
    heard = {"heard_at": now, "heard_by": actor.name, "heard_why": why}
    change(one, seen_version, left_at=None if stays else now, **heard)
    if not stays:
        _without(row, one, actor=actor, now=now, why=why)
    say = f"{one.part.name}的申辩{'没有采纳' if stays else '采纳，不作通报'}"
    after = {"bulletin": str(row.pk), "stays": stays}
    record(row.campaign, "bulletin_heard", say, path=one.part.path, after=after, reason=why, actor=actor, now=now)
    args = (row.campaign_id, row.pk)
    tell_parts(row.campaign, [one.part], say=f"通报的申辩：{say}", url_name=PAGE, url_args=args, now=now)


def _without(row: Bulletin, one: BulletinUnit, *, actor: Actor, now: datetime, why: str) -> None:
    last = row.texts.get(number=row.edition - 1)
    blocks = without_section([block_of(kept) for kept in last.blocks], one.part.name)
    keys = set(used(blocks))
    write_text(
        row,
        blocks=[kept.as_json() for kept in blocks],
        figures=[kept for kept in last.figures if figure_of(kept).key in keys],
        typed=standing_numbers(row, blocks, last.typed),
        why=f"采纳{one.part.name}的申辩：{why}"[: longest(BulletinText, "why")],
        actor=actor,
        now=now,
    )


@transaction.atomic
def answer_circular(
    *,
    campaign_id: UUID,
    bulletin_id: UUID,
    unit_id: UUID,
    seen_version: int,
    reason: str,
    files: Sequence[UUID] = (),
    actor: Actor,
    now: datetime,
) -> None:
    """Report what a criticised unit corrected. reason: what was done."""
    row = bulletin_to(actor, campaign_id, bulletin_id)
    one = _unit_of(actor, row, unit_id)
    if one.left_at is not None or one.confirmed_at is not None:
        raise Refusal("campaigns.corrected", f"{one.part.name}不用再报改正。")
    papers = attached(files, actor=actor, now=now)
    _move(row, one, BulletinAct.ANSWER, actor=actor, now=now, reason=reason, papers=len(papers))
    change(
        one,
        seen_version,
        answer=written(BulletinUnit, "answer", reason, field="reason"),
        answer_files=[str(paper) for paper in papers],
        answered_at=now,
        answered_on=day_of(now),
        answered_by=actor.name,
        sent_back_why="",
    )
    record(
        row.campaign,
        "bulletin_answered",
        f"{one.part.name}报通报后的改正情况",
        path=one.part.path,
        after={"bulletin": str(row.pk), "answer": one.answer},
        evidence=papers,
        acting_for=for_whom(actor, one.part),
        actor=actor,
        now=now,
    )


@transaction.atomic
def review_correction(
    *,
    campaign_id: UUID,
    bulletin_id: UUID,
    unit_id: UUID,
    seen_version: int,
    accepted: bool,
    reason: str = "",
    actor: Actor,
    now: datetime,
) -> None:
    """Confirm what a criticised unit corrected, or send it back; with the last unit the circular is corrected."""
    row = bulletin_to(actor, campaign_id, bulletin_id)
    one = _unit_of(actor, row, unit_id)
    if one.answered_at is None or one.confirmed_at is not None or one.sent_back_why:
        raise Refusal("campaigns.no_answer", f"{one.part.name}没有等着确认的改正情况。")
    others = row.units.filter(left_at=None, confirmed_at=None).exclude(pk=one.pk).exists()
    act = BulletinAct.SEND_BACK
    told: dict[str, Any] = {}
    if accepted:
        act = BulletinAct.CONFIRM if others else BulletinAct.LAST_CONFIRM
        told = {} if others else {"closed_at": now}
    _move(row, one, act, actor=actor, now=now, reason=reason, **told)
    why = written(BulletinUnit, "sent_back_why", reason, field="reason")
    done = {"confirmed_at": now, "confirmed_by": actor.name} if accepted else {"sent_back_why": why}
    change(one, seen_version, **done)
    kind, say = ("bulletin_confirmed", "确认改正") if accepted else ("bulletin_sent_back", "退回改正")
    after = {"bulletin": str(row.pk)}
    record(
        row.campaign, kind, f"{one.part.name}通报后{say}", path=one.part.path, after=after, reason=why,
        actor=actor, now=now,
    )  # fmt: skip
    if not accepted:
        args = (row.campaign_id, row.pk)
        told_so = f"通报的改正情况被退回：{why}"
        tell_parts(row.campaign, [one.part], say=told_so, url_name=PAGE, url_args=args, now=now)
