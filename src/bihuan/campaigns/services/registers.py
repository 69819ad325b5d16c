"""Register what was done: meetings with their decisions, key problems, lessons (R1.8, R9.5, R9.6)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from bihuan.campaigns.models import Campaign, CampaignUnit, Decision, Meeting, Problem, Study, StudyFirm
from bihuan.campaigns.rules.life import CampaignAct
from bihuan.campaigns.rules.plausible import MOST_PERSONS, far_due
from bihuan.campaigns.rules.registers import STUDY_NAMES, Chair, NewDecision, StudyKind, day_refused
from bihuan.campaigns.rules.units import Side
from bihuan.campaigns.services.loading import campaign_to, news_of, speaks_for, unit_of, write_news
from bihuan.campaigns.services.notices import tell_units
from bihuan.campaigns.services.texts import all_written, written
from bihuan.enterprises import queries as enterprises
from bihuan.enterprises.rules.facts import Firm
from bihuan.kernel.actor import Actor
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import NotFound, Refusal
from bihuan.kernel.ids import new_id
from bihuan.trail import services as trail

SHORTENED: Final = 60


@transaction.atomic
def register_meeting(
    *,
    campaign_id: UUID,
    on: date,
    facts: Mapping[str, str],
    chair: Chair,
    unit_id: UUID | None = None,
    attendees: Sequence[UUID] = (),
    decisions: Sequence[NewDecision] = (),
    files: Sequence[UUID] = (),
    actor: Actor,
    now: datetime,
) -> UUID:
    """Register a scheduling meeting and what it decided; each owner is told. unit_id: the `CampaignUnit` that held it,
    None for the town's own, which the office registers. facts: title, host, place, others, note."""
    row, unit, acting_for = who_records(campaign_id, unit_id, actor)
    fitting_day(row, on, now)
    said = all_written(Meeting, facts, MEETING)
    for name, say in (("title", "请写会议名称。"), ("host", "请写主持人。")):
        if not said[name]:
            raise Refusal(f"campaigns.no_{name}", say, field=name)
    came = list(row.units.filter(pk__in=list(attendees)))
    if len(came) != len(set(attendees)):
        raise Refusal("campaigns.no_units", "参会单位里有的不在这个专项行动里。请刷新页面重新选。", field="attendees")
    owners = _owners(row, unit, decisions, on)
    papers = tuple(trail.attach_files(files, actor=actor, now=now))
    meeting = Meeting(
        id=new_id(),
        campaign=row,
        part=unit,
        path=unit.path if unit else row.path,
        on=on,
        chair=chair,
        attendees=[str(one.pk) for one in came],
        **said,
        **stamp(row, papers, actor, now),
    )
    meeting.save(force_insert=True)
    Decision.objects.bulk_create(_decision(meeting, one, owners[one.owner], actor, now) for one in decisions)
    who = unit.name if unit else "镇"
    say = f"{who}{on.month}月{on.day}日召开“{meeting.title}”" + (f"，议定 {len(decisions)} 项" if decisions else "")
    after = {"meeting": str(meeting.pk), "host": meeting.host, "decisions": [one.text for one in decisions]}
    item = news_of(row, "meeting_held", say, path=meeting.path, after=after, evidence=papers, acting_for=acting_for)
    write_news(row, item, actor=actor, now=now)
    _tell_owners(meeting, decisions, owners, now)
    return meeting.pk


@transaction.atomic
def decide(*, campaign_id: UUID, meeting_id: UUID, decision: NewDecision, actor: Actor, now: datetime) -> UUID:
    """Add one more decision to a meeting that was registered."""
    meeting = _meeting(campaign_to(CampaignAct.RECORD, actor, campaign_id), meeting_id)
    assert meeting is not None  # noqa: S101 -- a meeting was named
    unit_id = None if meeting.part is None else meeting.part.pk
    row, unit, acting_for = who_records(campaign_id, unit_id, actor)
    owners = _owners(row, unit, [decision], meeting.on)
    made = _decision(meeting, decision, owners[decision.owner], actor, now)
    made.save(force_insert=True)
    say = f"“{meeting.title}”议定：{made.text[:SHORTENED]}，由{owners[decision.owner].name}办理"
    after = {"meeting": str(meeting.pk), "decision": str(made.pk), "due_on": made.due_on.isoformat()}
    item = news_of(row, "decision_made", say, path=made.path, after=after, acting_for=acting_for)
    write_news(row, item, actor=actor, now=now)
    _tell_owners(meeting, [decision], owners, now)
    return made.pk


def _decision(meeting: Meeting, one: NewDecision, owner: CampaignUnit, actor: Actor, now: datetime) -> Decision:
    return Decision(
        id=new_id(),
        campaign=meeting.campaign,
        meeting=meeting,
        part=owner,
        path=owner.path,
        on=meeting.on,
        issue=written(Decision, "issue", one.issue, field="decisions"),
        text=written(Decision, "text", one.text, field="decisions"),
        due_on=one.due_on,
        **stamp(meeting.campaign, (), actor, now),
    )


def _tell_owners(
    meeting: Meeting, decisions: Sequence[NewDecision], owners: Mapping[UUID, CampaignUnit], now: datetime
) -> None:
    row = meeting.campaign
    for owner in {one.owner: owners[one.owner] for one in decisions}.values():
        mine = [one for one in decisions if one.owner == owner.pk]
        first = min(one.due_on for one in mine)
        told = f"“{meeting.title}”议定由{owner.name}办理 {len(mine)} 项，最早 {first.month}月{first.day}日到期"
        tell_units(row, [owner], say=told, now=now)


MEETING: Final = ("title", "place", "host", "others", "note")


def _owners(
    row: Campaign, unit: CampaignUnit | None, decisions: Sequence[NewDecision], on: date
) -> dict[UUID, CampaignUnit]:
    found = {one.pk: one for one in row.units.filter(pk__in=[one.owner for one in decisions])}
    for one in decisions:
        if not one.text.strip():
            raise Refusal("campaigns.no_decision", "议定事项要写清办什么。", field="decisions")
        if one.owner not in found:
            raise Refusal("campaigns.no_owner", f"“{one.text}”由哪个单位办？请选承办单位。", field="decisions")
        if one.due_on < on:
            raise Refusal("campaigns.due_early", f"“{one.text}”的时限早于会议日期，请核对。", field="decisions")
        _doubt_far(row, one.due_on, is_sure=one.is_sure)
        if unit is not None and unit.side == Side.VILLAGE and one.owner != unit.pk:
            raise Refusal("campaigns.not_yours", "村（社区）的会议只能给本村定事项。", field="decisions")
    return found


@transaction.atomic
def register_problem(
    *,
    campaign_id: UUID,
    on: date,
    facts: Mapping[str, str],
    owner: UUID,
    due_on: date,
    is_sure: bool = False,
    meeting_id: UUID | None = None,
    files: Sequence[UUID] = (),
    actor: Actor,
    now: datetime,
) -> UUID:
    """Register a key problem (R1.8). facts: problem, raised_by, decision. owner: a `CampaignUnit`. on: when raised.
    is_sure: a deadline far beyond the campaign was looked at again."""
    row = campaign_to(CampaignAct.REGISTER, actor, campaign_id)
    fitting_day(row, on, now)
    said = all_written(Problem, facts, ("problem", "raised_by", "decision"))
    for name, say in (("problem", "请写问题是什么。"), ("raised_by", "请写问题由谁提出。")):
        if not said[name]:
            raise Refusal(f"campaigns.no_{name}", say, field=name)
    if due_on < on:
        raise Refusal("campaigns.due_early", "办结时限早于提出日期，请核对。", field="due_on")
    _doubt_far(row, due_on, is_sure=is_sure)
    unit = unit_of(actor, row, owner)
    meeting = _meeting(row, meeting_id)
    papers = tuple(trail.attach_files(files, actor=actor, now=now))
    problem = Problem(
        id=new_id(),
        campaign=row,
        part=unit,
        path=unit.path,
        on=on,
        due_on=due_on,
        meeting=meeting,
        **said,
        **stamp(row, papers, actor, now),
    )
    problem.save(force_insert=True)
    say = f"登记重点问题“{problem.problem[:SHORTENED]}”，由{unit.name}在 {due_on:%Y-%m-%d} 前解决"
    after = {"problem": str(problem.pk), "owner": unit.name, "due_on": due_on.isoformat()}
    item = news_of(row, "problem_raised", say, path=unit.path, after=after, evidence=papers)
    write_news(row, item, actor=actor, now=now)
    tell_units(row, [unit], say=f"重点问题由{unit.name}解决：{problem.problem[:SHORTENED]}", now=now)
    return problem.pk


def _doubt_far(row: Campaign, due_on: date, *, is_sure: bool) -> None:
    """Refuse a deadline far beyond the campaign, unless the person looked at it again."""
    say = "" if is_sure else far_due(due_on, starts_on=row.starts_on, ends_on=row.ends_on)
    if say:
        raise Refusal("campaigns.far_due", say, field="due_on")


def _meeting(row: Campaign, meeting_id: UUID | None) -> Meeting | None:
    if meeting_id is None:
        return None
    found = Meeting.objects.standing().filter(campaign=row, pk=meeting_id).first()
    if found is None:
        raise NotFound("campaigns.no_meeting", "没有找到这次会议。请刷新页面重新选。")
    meeting: Meeting = found
    return meeting


@transaction.atomic
def register_study(
    *,
    campaign_id: UUID,
    unit_id: UUID,
    on: date,
    kind: StudyKind,
    title: str,
    persons: int,
    led_by: Chair,
    unit_head: bool,
    firms: Sequence[UUID] = (),
    files: Sequence[UUID] = (),
    actor: Actor,
    now: datetime,
) -> UUID:
    """Register a relay, a warning lesson or a training of a unit. firms: enterprises whose principals took part."""
    row, unit, acting_for = who_records(campaign_id, unit_id, actor)
    assert unit is not None  # noqa: S101 -- a unit was named
    fitting_day(row, on, now)
    if not title.strip():
        raise Refusal("campaigns.no_title", "请写学习或者培训的内容。", field="title")
    if not 0 < persons <= MOST_PERSONS:
        raise Refusal("campaigns.no_persons", f"参加人数请填 1 到 {MOST_PERSONS}，请核对。", field="persons")
    came = firms_of(row, firms, actor)
    if persons < len(came) + unit_head:
        raise Refusal("campaigns.few_persons", "参加人数少于列出的负责人，请核对。", field="persons")
    papers = tuple(trail.attach_files(files, actor=actor, now=now))
    study = Study(
        id=new_id(),
        campaign=row,
        part=unit,
        path=unit.path,
        on=on,
        kind=kind,
        title=written(Study, "title", title),
        led_by=led_by,
        unit_head=unit_head,
        persons=persons,
        **stamp(row, papers, actor, now),
    )
    study.save(force_insert=True)
    StudyFirm.objects.bulk_create(StudyFirm(study=study, enterprise_id=one.id, name=one.name) for one in came)
    say = f"{unit.name}{STUDY_NAMES[kind]}“{study.title}”，{persons} 人参加"
    after = {"study": str(study.pk), "persons": persons, "firms": len(came), "unit_head": unit_head}
    item = news_of(row, "study_held", say, path=unit.path, after=after, evidence=papers, acting_for=acting_for)
    write_news(row, item, actor=actor, now=now)
    return study.pk


def who_records(campaign_id: UUID, unit_id: UUID | None, actor: Actor) -> tuple[Campaign, CampaignUnit | None, str]:
    """Return the campaign, the unit whose record it is, and for whom the actor acts; the town's own is the office's."""
    if unit_id is None:
        return campaign_to(CampaignAct.REGISTER, actor, campaign_id), None, ""
    row = campaign_to(CampaignAct.RECORD, actor, campaign_id)
    unit = unit_of(actor, row, unit_id)
    return row, unit, speaks_for(actor, unit)


def fitting_day(row: Campaign, on: date, now: datetime) -> None:
    """Refuse a day that lies outside the campaign or after today."""
    say = day_refused(on, starts_on=row.starts_on, ends_on=row.ends_on, today=day_of(now))
    if say:
        raise Refusal("campaigns.day", say, field="on")


def firms_of(row: Campaign, wanted: Sequence[UUID], actor: Actor) -> list[Firm]:
    """Return the enterprises of the town that the actor sees. Raises NotFound when one is not."""
    ids = list(dict.fromkeys(wanted))
    known = enterprises.firms(ids) if ids else {}
    found = [known[one] for one in ids if one in known and _is_seen(known[one], row, actor)]
    if len(found) != len(ids):
        raise NotFound("campaigns.no_firm", "有的企业不在本镇，或者不在您的管辖范围内。请重新选。")
    return found


def _is_seen(one: Firm, row: Campaign, actor: Actor) -> bool:
    covers = actor.scope.covers(path=one.path, sector=one.lead_sector, enterprise_id=one.id)
    return covers and one.town_id == row.town_id


def stamp(row: Campaign, papers: Sequence[UUID], actor: Actor, now: datetime) -> dict[str, Any]:
    """Return what every record keeps of its registration."""
    return {
        "town_id": row.town_id,
        "files": [str(one) for one in papers],
        "recorded_at": now,
        "recorded_by": actor.name,
    }
