"""What supervision, bulletins and interviews leave to be done, and campaigns to who signs; by whom and by when."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from bihuan.campaigns.models import Bulletin, Campaign, Clause, Finding, Interview, SupervisionRound
from bihuan.campaigns.rules.drafting import ClauseState
from bihuan.campaigns.rules.life import LIVE, OFFICE, SIGNING, CampaignState
from bihuan.campaigns.rules.supervision.life import BULLETIN as BULLETIN_LIFE
from bihuan.campaigns.rules.supervision.life import SUPERVISORS, Facts, barred
from bihuan.campaigns.rules.supervision.states import (
    HEARING,
    KIND_NAMES,
    METHOD_NAMES,
    BulletinAct,
    BulletinKind,
    BulletinState,
    FindingState,
    InterviewState,
    Method,
    RoundState,
)
from bihuan.kernel.actor import Actor
from bihuan.kernel.calendar import day_of, end_of
from bihuan.kernel.waiting import Waiting, WaitingList

SOON: Final = timedelta(days=3)
AHEAD: Final = timedelta(days=7)  # planned rounds and interviews are told so many days ahead
GOING_ON: Final = (*LIVE, CampaignState.CLOSING)
ROUND, BULLETIN, INTERVIEW = "campaigns:round", "campaigns:bulletin", "campaigns:interview"


class _Who(NamedTuple):
    """Who looks, on which day: as the office, as who signs, or for a unit."""

    viewer: Actor
    today: date
    office: bool
    signs: bool


def waiting_for(viewer: Actor, *, now: datetime, first_n: int = 20) -> WaitingList:
    """Return what waits for the viewer. One query where no campaign goes on in the town, five where one does; none for
    who belongs to no unit."""
    if not viewer.own_units or viewer.town_id is None:
        return WaitingList()
    campaigns = _campaigns(viewer)
    today = day_of(now)
    office, signs = viewer.has_role(*OFFICE), viewer.has_role(*SIGNING)
    who = _Who(viewer, today, office, signs)
    found = [one for row in campaigns if (one := _of_campaign(row, who)) is not None]
    if any(row.state in GOING_ON for row in campaigns):
        found += [*_rounds(viewer, today, office), *_findings(viewer, office)]
        found += [*_bulletins(who), *_interviews(viewer, today, office)]
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
    """Rounds whose day comes, and those that were held and not fed back, for the office; for the group that may hold
    them (督查组) every one that is planned."""
    if not viewer.has_role(*SUPERVISORS):
        return
    rows = SupervisionRound.objects.open_to(viewer).filter(town_id=_town(viewer), campaign__state__in=GOING_ON)
    to_hold = Q(state=RoundState.PLANNED)
    rows = rows.filter(Q(state=RoundState.HELD) | (to_hold & Q(planned_on__lte=today + AHEAD)) if office else to_hold)
    for one in rows.select_related("part").order_by("planned_on"):
        is_held = one.state == RoundState.HELD
        yield Waiting(
            what="supervision.feed_back" if is_held else "supervision.hold",
            title=f"督查{one.part.name}",
            reason="已开展，还没有反馈问题" if is_held else _planned(one, today),
            verb="反馈" if is_held else "登记督查",
            url_name=ROUND,
            url_args=(one.campaign_id, one.pk),
            due_on=one.held_on if is_held else one.planned_on,
            due_name="督查",
            subject_id=one.pk,
        )


def _planned(one: SupervisionRound, today: date) -> str:
    """Say how a round that is to come will be held, and that its day is there."""
    said = METHOD_NAMES[Method(one.method)] + (f"：{one.subject}" if one.subject else "")
    return (
        f"{said}，到了计划的日期"
        if one.planned_on <= today
        else f"{said}，计划{one.planned_on.month}月{one.planned_on.day}日"
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


def _campaigns(viewer: Actor) -> list[Any]:
    """Return the campaigns of the viewer's town that are not over, and whether a clause of each is still unchecked."""
    unchecked = Clause.objects.filter(campaign_id=OuterRef("pk"), state=ClauseState.READ)
    rows = Campaign.objects.filter(town_id=_town(viewer), state__in=(CampaignState.DRAFT, *GOING_ON))
    found = rows.annotate(unchecked=Exists(unchecked)).order_by("made_at", "id")
    return list(found.values_list("pk", "title", "state", "ends_on", "clauses_count", "unchecked", named=True))


def _of_campaign(row: Any, who: _Who) -> Waiting | None:
    """Return what a campaign asks of the office, or of who signs: to check a plan, issue, close, archive it."""

    def told(what: str, reason: str, verb: str) -> Waiting:
        return Waiting(f"campaign.{what}", row.title, reason, verb, f"campaigns:{what}", (row.pk,), subject_id=row.pk)

    if row.state == CampaignState.DRAFT and row.unchecked and who.office:
        return told("check", "方案读好了，还有要求没有核对", "核对")
    if not who.signs:
        return None
    if row.state == CampaignState.DRAFT and row.clauses_count and not row.unchecked:
        return told("issue", "方案核对好了，等您看过下发", "下发")
    if row.state == CampaignState.CLOSING:
        return told("archive", "已经收尾，等归档", "归档")
    if row.state in {CampaignState.RUNNING, CampaignState.EXTENDED} and row.ends_on < who.today:
        return told("close", f"{row.ends_on:%Y-%m-%d}已结束：收尾，或者按文件延期", "收尾")
    return None


def _bulletins(who: _Who) -> Iterator[Waiting]:
    """Replies and corrections that the viewer's unit owes, corrections that the office confirms, and what waits for who
    signs: replies to decide on, bulletins to issue. One query."""
    for _, group in groupby(_lines(who), key=lambda one: one.pk):
        lines = list(group)
        named = [one for one in lines if one.units__pk is not None and one.units__left_at is None]
        for one in named:
            told = _of_unit(one, who)
            if told is not None:
                yield _waiting(one, f"{one.units__part__name}：{one.title}", *told)
        if _signs(lines[0], who) and _is_ready(lines[0], named, who.today):
            kind = KIND_NAMES[BulletinKind(lines[0].kind)]
            yield _waiting(lines[0], lines[0].title, "bulletins.issue", f"{kind}拟好了，等您印发", "印发")


def _lines(who: _Who) -> Iterable[Any]:
    """Return the bulletins that concern the viewer, one line for each unit named."""
    own = Q(units__part__unit_id__in=who.viewer.own_units, units__left_at=None)
    asked = Q(state=BulletinState.ASKED, reply_by__gte=who.today, units__replied_at=None)
    owed = Q(state=BulletinState.ISSUED, correct_by__isnull=False, units__confirmed_at=None)
    wanted = own & (asked | (owed & (Q(units__answered_at=None) | Q(units__sent_back_why__gt=""))))
    if who.office:
        wanted |= owed & Q(units__left_at=None, units__answered_at__isnull=False, units__sent_back_why="")
    if who.signs:
        wanted |= Q(state__in=HEARING)
        wanted |= Q(
            state=BulletinState.DRAFT, kind__in=[BulletinKind.WEEKLY, BulletinKind.SUMMARY, BulletinKind.PRAISE]
        )
    rows = Bulletin.objects.filter(wanted, town_id=_town(who.viewer), campaign__state__in=GOING_ON)
    return rows.order_by("made_at", "pk", "units__part__sort_no").values_list(*COLUMNS, named=True)


COLUMNS: Final = (
    "pk", "campaign_id", "kind", "state", "title", "made_by", "reply_by", "correct_by", "units__pk",
    "units__part__name", "units__part__unit_id", "units__left_at", "units__replied_at", "units__heard_why",
    "units__answered_at", "units__sent_back_why",
)  # fmt: skip


def _of_unit(one: Any, who: _Who) -> tuple[str, str, str] | None:
    """Return what is to be done about a unit that a circular names: what, why, verb; None for nothing by the viewer."""
    mine = one.units__part__unit_id in who.viewer.own_units
    if one.state in HEARING:
        return _of_hearing(one, who, mine=mine)
    if one.state != BulletinState.ISSUED:
        return None
    if one.units__answered_at is not None and not one.units__sent_back_why:
        return ("bulletins.confirm", "已报改正，等确认", "确认") if who.office else None
    return ("bulletins.correct", "被通报批评，要报改正情况", "报改正") if mine else None


def _of_hearing(one: Any, who: _Who, *, mine: bool) -> tuple[str, str, str] | None:
    """Return the reply that a unit may still give, or the one that who signs has to decide on."""
    if one.units__replied_at is None:
        return ("bulletins.reply", "拟通报批评，可以申辩", "申辩") if mine and who.today <= one.reply_by else None
    if _signs(one, who) and not one.units__heard_why:
        return "bulletins.hear", "单位已申辩，等您决定采纳不采纳", "审申辩"
    return None


def _signs(one: Any, who: _Who) -> bool:
    """Tell whether the viewer signs this one: a criticism is signed by somebody who did not draft it (R9.10)."""
    facts = Facts(drafted=one.made_by == who.viewer.name)
    return who.signs and not barred(BULLETIN_LIFE, BulletinAct.ISSUE, one.state, facts)


def _is_ready(one: Any, named: Sequence[Any], today: date) -> bool:
    """Tell whether a bulletin may be issued now, as the table asks: every unit heard, each reply decided on."""
    if one.state == BulletinState.DRAFT:
        return one.kind != BulletinKind.PRAISE or bool(named)
    if one.state not in HEARING or not named:
        return False
    weighed = all(unit.units__heard_why or unit.units__replied_at is None for unit in named)
    return weighed and (today > one.reply_by or all(unit.units__replied_at is not None for unit in named))


DUE_NAMES: Final = {"bulletins.reply": "申辩", "bulletins.correct": "改正", "bulletins.confirm": "改正"}


def _waiting(one: Any, title: str, what: str, reason: str, verb: str) -> Waiting:
    due = {"bulletins.reply": one.reply_by, "bulletins.correct": one.correct_by, "bulletins.confirm": one.correct_by}
    return Waiting(
        what=what,
        title=title,
        reason=reason,
        verb=verb,
        url_name=BULLETIN,
        url_args=(one.campaign_id, one.pk),
        due_on=due.get(what),
        due_name=DUE_NAMES.get(what, ""),
        subject_id=one.pk,
    )


def _interviews(viewer: Actor, today: date, office: bool) -> Iterator[Waiting]:  # noqa: FBT001 -- inside this file
    """Interviews that the viewer's unit is called to and has not signed for, until they are held; for the office those
    to register, and those to follow up."""
    to_come = Q(state=InterviewState.NOTICED, received_at=None, meets_at__gte=end_of(today - timedelta(days=1)))
    wanted = to_come & Q(part__unit_id__in=viewer.own_units)
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
            verb="回访" if is_held else "登记约谈" if office else "签收通知",
            url_name=INTERVIEW,
            url_args=(one.campaign_id, one.pk),
            due_on=due_on,
            due_name="回访" if is_held else "约谈",
            subject_id=one.pk,
        )
