"""Supervision rounds: planned, held, fed back, corrected; problems of units and of enterprises apart (R9.9)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from bihuan.campaigns.models import Finding, SupervisionRound
from bihuan.campaigns.rules.supervision.life import FINDING, PLANNING, ROUND, Facts
from bihuan.campaigns.rules.supervision.states import (
    METHOD_NAMES,
    FindingAct,
    FindingSide,
    FindingState,
    Method,
    RoundAct,
)
from bihuan.campaigns.services.supervision.advancing import (
    advance,
    attached,
    begin,
    change,
    number_of,
    record,
    tell_parts,
    units_among,
)
from bihuan.campaigns.services.texts import all_written, written
from bihuan.enterprises import queries as enterprises
from bihuan.kernel.actor import Actor
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import NotFound, Refusal
from bihuan.kernel.ids import new_id
from bihuan.kernel.paths import is_within
from bihuan.standards import queries as standards

HELD: Final = ("leader", "members", "note")
PAGE: Final = "campaigns:round"


@transaction.atomic
def plan_rounds(
    *,
    campaign_id: UUID,
    units: Sequence[UUID],
    method: str,
    planned_on: date,
    subject: str = "",
    actor: Actor,
    now: datetime,
) -> list[UUID]:
    """Plan a round of each of these participating units. An open one is announced, a covert one is told to nobody."""
    row = begin(actor, campaign_id, PLANNING, "安排督查")
    way = _method(method)
    parts = units_among(row, units, say="请选要督查的单位。")
    if (row.starts_on and planned_on < row.starts_on) or (row.ends_on and planned_on > row.ends_on):
        raise Refusal("campaigns.day_outside", "督查的日期要在专项行动的起止日期之内。", field="planned_on")
    made = [
        SupervisionRound(
            id=new_id(),
            campaign=row,
            town_id=row.town_id,
            path=row.path,
            part=part,
            method=way,
            subject=written(SupervisionRound, "subject", subject),
            planned_on=planned_on,
            planned_at=now,
            planned_by=actor.name,
        )
        for part in parts
    ]
    SupervisionRound.objects.bulk_create(made)
    names = "、".join(one.name for one in parts)
    say = f"安排{METHOD_NAMES[way]} {len(made)} 次，{planned_on:%Y-%m-%d}"
    after = {"rounds": [str(one.pk) for one in made], "method": way.value}
    record(row, "round_planned", say, after=after, reason=names, actor=actor, now=now)
    if way is Method.OPEN:
        for one in made:
            told = f"“{row.title}”{planned_on.month}月{planned_on.day}日到{one.part.name}督查"
            tell_parts(row, [one.part], say=told, url_name=PAGE, url_args=(row.pk, one.pk), now=now)
    return [one.pk for one in made]


def _method(method: str) -> Method:
    try:
        return Method(method)
    except ValueError as error:
        raise Refusal("campaigns.no_method", "请选明察还是暗访。", field="method") from error


def round_to(actor: Actor, campaign_id: UUID, round_id: UUID) -> SupervisionRound:
    """Return a round that the actor sees. Raises NotFound."""
    found = SupervisionRound.objects.open_to(actor).filter(campaign_id=campaign_id, pk=round_id)
    row = found.select_related("campaign", "part").first()
    if row is None:
        raise NotFound("campaigns.no_round", "没有找到这次督查，或者它不在您的管辖范围内。")
    return row


def _facts(row: SupervisionRound, reason: str = "") -> Facts:
    states = list(row.findings.filter(side=FindingSide.UNIT).values_list("state", flat=True))
    open_ones = sum(state != FindingState.CONFIRMED for state in states)
    return Facts(unit_findings=len(states), open_ones=open_ones, reason=reason)


@transaction.atomic
def hold_round(
    *,
    campaign_id: UUID,
    round_id: UUID,
    seen_version: int,
    held_on: date,
    facts: Mapping[str, str],
    firms: Sequence[UUID] = (),
    files: Sequence[UUID] = (),
    actor: Actor,
    now: datetime,
) -> None:
    """Register that a round was held: by whom (facts: leader, members, note), on which day, at which enterprises."""
    row = round_to(actor, campaign_id, round_id)
    if held_on > day_of(now):
        raise Refusal("campaigns.day_later", "督查的日期晚于今天，请核对。", field="held_on")
    if row.campaign.starts_on and held_on < row.campaign.starts_on:
        raise Refusal("campaigns.day_outside", "督查的日期早于专项行动开始，请核对。", field="held_on")
    told: dict[str, Any] = {**all_written(SupervisionRound, facts, HELD)}
    if not told["leader"]:
        raise Refusal("campaigns.no_leader", "请写带队的人。", field="leader")
    visited = enterprises.firms(list(firms))
    known = {pk: one for pk, one in visited.items() if is_within(one.path, row.path)}
    if len(known) != len(set(firms)):
        raise Refusal("campaigns.no_firm", "选的企业里有的不在本镇名册上。请重新选。", field="firms")
    papers = attached(files, actor=actor, now=now)
    advance(
        ROUND,
        row,
        RoundAct.HOLD,
        seen_version,
        campaign=row.campaign,
        actor=actor,
        held_on=held_on,
        held_at=now,
        firms=[{"id": str(pk), "name": known[pk].name} for pk in dict.fromkeys(firms)],
        files=[str(one) for one in papers],
        **told,
    )
    say = f"{METHOD_NAMES[Method(row.method)]}{row.part.name}，走访企业 {len(known)} 家"
    after = {"round": str(row.pk), "held_on": held_on.isoformat(), "firms": len(known)}
    record(row.campaign, "round_held", say, after=after, evidence=papers, actor=actor, now=now)


@transaction.atomic
def cancel_round(
    *, campaign_id: UUID, round_id: UUID, seen_version: int, reason: str, actor: Actor, now: datetime
) -> None:
    """Cancel a planned round, with the reason."""
    row = round_to(actor, campaign_id, round_id)
    gone: dict[str, Any] = {
        "cancelled_at": now,
        "cancelled_why": written(SupervisionRound, "cancelled_why", reason, field="reason"),
    }
    facts = _facts(row, reason)
    advance(ROUND, row, RoundAct.CANCEL, seen_version, campaign=row.campaign, actor=actor, facts=facts, **gone)
    say = f"取消了一次{METHOD_NAMES[Method(row.method)]}"
    record(row.campaign, "round_cancelled", say, after={"round": str(row.pk)}, reason=reason, actor=actor, now=now)


@dataclass(frozen=True, slots=True)
class NewFinding:
    """A problem to be noted. side: "unit" or "firm"; enterprise_id: of an enterprise's."""

    side: str
    text: str
    enterprise_id: UUID | None = None
    files: Sequence[UUID] = ()


@transaction.atomic
def note_finding(
    *, campaign_id: UUID, round_id: UUID, seen_version: int, new: NewFinding, actor: Actor, now: datetime
) -> UUID:
    """Note a problem that a round found: the unit's own work, or an enterprise's, never both in one."""
    row = round_to(actor, campaign_id, round_id)
    side = FindingSide(new.side) if new.side in set(FindingSide) else None
    if side is None:
        raise Refusal("campaigns.no_side", "请选是单位的问题还是企业的问题。", field="side")
    if not new.text.strip():
        raise Refusal("campaigns.no_text", "请写明问题。", field="text")
    firm = _firm_of(row, new) if side is FindingSide.FIRM else {}
    papers = attached(new.files, actor=actor, now=now)
    advance(ROUND, row, RoundAct.ADD, seen_version, campaign=row.campaign, actor=actor)
    made = Finding(
        id=new_id(),
        round=row,
        town_id=row.town_id,
        side=side,
        text=written(Finding, "text", new.text, called="问题"),
        files=[str(one) for one in papers],
        noted_at=now,
        noted_by=actor.name,
        **firm,
    )
    made.save(force_insert=True)
    say = "督查记下单位的问题" if side is FindingSide.UNIT else "督查记下企业的问题"
    after = {"round": str(row.pk), "finding": str(made.pk), "side": side.value}
    record(row.campaign, "finding_noted", say, after=after, evidence=papers, actor=actor, now=now)
    return made.pk


def _firm_of(row: SupervisionRound, new: NewFinding) -> dict[str, Any]:
    found = enterprises.firms([new.enterprise_id]) if new.enterprise_id else {}
    firm = next(iter(found.values()), None)
    if firm is None or not is_within(firm.path, row.path):
        raise Refusal("campaigns.no_firm", "请选是哪家企业的问题。", field="enterprise")
    return {"enterprise_id": firm.id, "firm_name": firm.name}


@transaction.atomic
def feed_back(
    *,
    campaign_id: UUID,
    round_id: UUID,
    seen_version: int,
    correct_by: date | None = None,
    actor: Actor,
    now: datetime,
) -> None:
    """Feed the unit's problems back with a numbered paper and a last day; None: so many working days as in force."""
    row = round_to(actor, campaign_id, round_id)
    today = day_of(now)
    last = correct_by or _correct_by(row, today)
    if last < today:
        raise Refusal("campaigns.due_early", "整改期限不能早于今天。", field="correct_by")
    facts = _facts(row)
    told: dict[str, Any] = {"fed_back_at": now, "correct_by": last}
    advance(ROUND, row, RoundAct.FEED_BACK, seen_version, campaign=row.campaign, actor=actor, facts=facts, **told)
    change(row, row.version, number=number_of(row.campaign, "feedback", now))
    mine = row.findings.filter(side=FindingSide.UNIT)
    for one in mine:
        seen, unit = Facts(side=one.side), row.part.unit_id
        advance(
            FINDING, one, FindingAct.ASK, one.version, campaign=row.campaign, actor=actor, unit_id=unit,
            facts=seen, due_on=last,
        )  # fmt: skip
    say = f"向{row.part.name}反馈督查问题 {len(mine)} 个，{last:%Y-%m-%d}前整改"
    after = {"round": str(row.pk), "findings": len(mine), "correct_by": last.isoformat(), "number": row.number}
    record(row.campaign, "round_fed_back", say, path=row.part.path, after=after, actor=actor, now=now)
    told_so = f"“{row.campaign.title}”督查反馈 {len(mine)} 个问题，{last.month}月{last.day}日前整改并报告"
    tell_parts(row.campaign, [row.part], say=told_so, url_name=PAGE, url_args=(row.campaign_id, row.pk), now=now)


def _correct_by(row: SupervisionRound, today: date) -> date:
    days = standards.numbers(["supervision_correct_wd"], town_id=row.town_id, on=today)["supervision_correct_wd"]
    return standards.work_calendar(row.town_id).add_working_days(today, days)


@transaction.atomic
def close_round(*, campaign_id: UUID, round_id: UUID, seen_version: int, actor: Actor, now: datetime) -> None:
    """Close a round: the unit had no problems, or each was corrected and confirmed."""
    row = round_to(actor, campaign_id, round_id)
    facts = _facts(row)
    advance(ROUND, row, RoundAct.CLOSE, seen_version, campaign=row.campaign, actor=actor, facts=facts, closed_at=now)
    say, after = f"{row.part.name}的督查办结", {"round": str(row.pk)}
    record(row.campaign, "round_closed", say, path=row.part.path, after=after, actor=actor, now=now)
