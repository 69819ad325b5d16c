"""What supervision, circulars and interviews leave to be done, by whom and by when."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Q

from bihuan.campaigns.models import BulletinUnit, Campaign, Finding, Interview, SupervisionRound
from bihuan.campaigns.rules.life import LIVE, OFFICE, CampaignState
from bihuan.campaigns.rules.supervision.states import BulletinState, FindingState, InterviewState, RoundState
from bihuan.kernel.actor import Actor
from bihuan.kernel.calendar import day_of
from bihuan.kernel.waiting import Waiting, WaitingList

SOON: Final = timedelta(days=3)
AHEAD: Final = timedelta(days=7)  # planned rounds and interviews are told so many days ahead
GOING_ON: Final = (*LIVE, CampaignState.CLOSING)
ROUND, BULLETIN, INTERVIEW = "campaigns:round", "campaigns:bulletin", "campaigns:interview"


def waiting_for(viewer: Actor, *, now: datetime, first_n: int = 20) -> WaitingList:
    """Return what waits for the viewer. One query where no campaign goes on in the town, five where one does; none for
    who belongs to no unit."""
    if not viewer.own_units or viewer.town_id is None:
        return WaitingList()
    if not Campaign.objects.filter(town_id=viewer.town_id, state__in=GOING_ON).exists():
        return WaitingList()
    today = day_of(now)
    office = viewer.has_role(*OFFICE)
    found = [*_rounds(viewer, today, office), *_findings(viewer, office)]
    found += [*_circulars(viewer, office), *_interviews(viewer, today, office)]
    rows = sorted(found, key=lambda one: (one.due_on or date.max, one.title))
    days = [one.due_on or date.max for one in rows]
    by_what: dict[str, int] = {}
    for one in rows:
        by_what[one.what] = by_what.get(one.what, 0) + 1
    return WaitingList(
        tuple(rows[:first_n]),
        late=sum(day < today for day in days),
        today=sum(day == today for day in days),
        soon=sum(today < day <= today + SOON for day in days),
        later=sum(day > today + SOON for day in days),
        by_what=by_what,
    )


def _town(viewer: Actor) -> UUID:
    assert viewer.town_id is not None  # noqa: S101 -- asked first
    return viewer.town_id


def _rounds(viewer: Actor, today: date, office: bool) -> Iterator[Waiting]:  # noqa: FBT001 -- inside this file
    """Rounds whose day comes, and those that were held and not fed back: for the office."""
    if not office:
        return
    rows = SupervisionRound.objects.open_to(viewer).filter(town_id=_town(viewer), campaign__state__in=GOING_ON)
    rows = rows.filter(Q(state=RoundState.HELD) | Q(state=RoundState.PLANNED, planned_on__lte=today + AHEAD))
    for one in rows.select_related("part").order_by("planned_on"):
        is_held = one.state == RoundState.HELD
        yield Waiting(
            what="supervision.feed_back" if is_held else "supervision.hold",
            title=f"督查{one.part.name}",
            reason="已开展，还没有反馈问题" if is_held else "到了计划的日期",
            verb="反馈" if is_held else "登记督查",
            url_name=ROUND,
            url_args=(one.campaign_id, one.pk),
            due_on=one.held_on if is_held else one.planned_on,
            due_name="督查",
            subject_id=one.pk,
        )


def _findings(viewer: Actor, office: bool) -> Iterator[Waiting]:  # noqa: FBT001 -- inside this file
    """Problems that the viewer's unit corrects, or that the office confirms, one line for each round."""
    mine = Q(state=FindingState.ASKED, round__part__unit_id__in=viewer.own_units)
    if office:
        mine |= Q(state=FindingState.ANSWERED)
    rows = Finding.objects.filter(mine, town_id=_town(viewer), round__campaign__state__in=GOING_ON)
    seen: dict[tuple[UUID, str], list[Finding]] = {}
    for one in rows.select_related("round__part").order_by("due_on", "noted_at"):
        seen.setdefault((one.round_id, one.state), []).append(one)
    for found in seen.values():
        one, is_asked = found[0], found[0].state == FindingState.ASKED
        yield Waiting(
            what="supervision.correct" if is_asked else "supervision.confirm",
            title=f"{one.round.part.name}的督查问题 {len(found)} 个",
            reason="督查反馈后要整改" if is_asked else "已报整改，等确认",
            verb="报整改" if is_asked else "确认",
            url_name=ROUND,
            url_args=(one.round.campaign_id, one.round_id),
            due_on=one.due_on,
            due_name="整改",
            subject_id=one.round_id,
        )


def _circulars(viewer: Actor, office: bool) -> Iterator[Waiting]:  # noqa: FBT001 -- inside this file
    """Replies and corrections that the viewer's unit owes, and corrections that the office confirms."""
    asked = Q(bulletin__state=BulletinState.ASKED, replied_at=None)
    owed = Q(bulletin__state=BulletinState.ISSUED, bulletin__correct_by__isnull=False, confirmed_at=None)
    unanswered = Q(answered_at=None) | ~Q(sent_back_why="")
    own = Q(part__unit_id__in=viewer.own_units)
    wanted = own & (asked | (owed & unanswered))
    if office:
        wanted |= owed & ~unanswered
    rows = BulletinUnit.objects.filter(wanted, left_at=None, bulletin__town_id=_town(viewer))
    rows = rows.filter(bulletin__campaign__state__in=GOING_ON).select_related("bulletin", "part")
    for one in rows.order_by("bulletin__made_at", "part__sort_no"):
        is_asked = one.bulletin.state == BulletinState.ASKED
        to_confirm = not is_asked and one.answered_at is not None and not one.sent_back_why
        what, reason, verb = (
            ("bulletins.reply", "拟通报批评，可以申辩", "申辩")
            if is_asked
            else ("bulletins.confirm", "已报改正，等确认", "确认")
            if to_confirm
            else ("bulletins.correct", "被通报批评，要报改正情况", "报改正")
        )
        yield Waiting(
            what=what,
            title=f"{one.part.name}：{one.bulletin.title}",
            reason=reason,
            verb=verb,
            url_name=BULLETIN,
            url_args=(one.bulletin.campaign_id, one.bulletin_id),
            due_on=one.bulletin.reply_by if is_asked else one.bulletin.correct_by,
            due_name="申辩" if is_asked else "改正",
            subject_id=one.bulletin_id,
        )


def _interviews(viewer: Actor, today: date, office: bool) -> Iterator[Waiting]:  # noqa: FBT001 -- inside this file
    """Interviews that the viewer's unit is called to; for the office those to register, and those to follow up."""
    own = Q(state=InterviewState.NOTICED, part__unit_id__in=viewer.own_units)
    wanted = own
    if office:
        wanted |= Q(state__in=[InterviewState.NOTICED, InterviewState.HELD])
    rows = Interview.objects.filter(wanted, town_id=_town(viewer), campaign__state__in=GOING_ON)
    for one in rows.select_related("part").order_by("meets_at"):
        is_held = one.state == InterviewState.HELD
        due_on = one.look_again_on if is_held else day_of(one.meets_at)
        if due_on is None or (is_held and due_on > today + AHEAD):
            continue
        yield Waiting(
            what="interviews.follow_up" if is_held else "interviews.hold" if office else "interviews.attend",
            title=f"约谈{one.part.name}{one.who}",
            reason="到了回访的日期" if is_held else f"{one.convener}约谈：{one.reason}"[:120],
            verb="回访" if is_held else "登记约谈" if office else "看通知",
            url_name=INTERVIEW,
            url_args=(one.campaign_id, one.pk),
            due_on=due_on,
            due_name="回访" if is_held else "约谈",
            subject_id=one.pk,
        )
