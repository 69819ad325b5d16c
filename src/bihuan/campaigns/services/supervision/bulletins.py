"""Bulletins: drafted from data, edited by a person, heard where they criticise, issued (R9.10)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from bihuan.campaigns.models import Bulletin, BulletinText, BulletinUnit, Campaign, Exemption
from bihuan.campaigns.queries.figures import grounds_on
from bihuan.campaigns.queries.supervision.gathering import charges_of, circular_sources, sources_of
from bihuan.campaigns.rules.supervision.drafting import draft
from bihuan.campaigns.rules.supervision.life import BULLETIN, CIRCULATING, DRAFTING, Facts
from bihuan.campaigns.rules.supervision.states import KIND_NAMES, BulletinAct, BulletinKind
from bihuan.campaigns.rules.supervision.text import (
    Block,
    Text,
    block_of,
    figure_of,
    from_lines,
    typed_numbers,
    used,
    with_reasons,
)
from bihuan.campaigns.services.supervision.advancing import (
    advance,
    begin,
    change,
    number_of,
    record,
    tell_parts,
    units_among,
)
from bihuan.campaigns.services.texts import longest, written
from bihuan.kernel.actor import Actor
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import NotFound, Refusal
from bihuan.kernel.ids import new_id
from bihuan.kernel.indicators import Kept
from bihuan.standards import queries as standards

PAGE: Final = "campaigns:bulletin"
WEEK: Final = timedelta(days=6)
BRIEFS: Final = (BulletinKind.WEEKLY, BulletinKind.SUMMARY)
CIRCULARS: Final = (BulletinKind.CRITICISM, BulletinKind.PRAISE)


@transaction.atomic
def draft_brief(*, campaign_id: UUID, kind: str, until: date, title: str = "", actor: Actor, now: datetime) -> UUID:
    """Write a weekly brief of the seven days up to `until`, or a summary of the campaign up to it, from data."""
    row = begin(actor, campaign_id, DRAFTING, "拟稿")
    if kind not in BRIEFS:
        raise Refusal("campaigns.no_kind", "请选工作动态还是工作总结。", field="kind")
    today = day_of(now)
    assert row.starts_on is not None  # noqa: S101 -- a campaign that runs has its days
    if not row.starts_on <= until <= today:
        raise Refusal("campaigns.day_outside", "截止日期要在专项行动开始以后、不晚于今天。", field="until")
    since = max(row.starts_on, until - WEEK) if kind == BulletinKind.WEEKLY else row.starts_on
    text = draft(BulletinKind(kind), sources_of(row, since=since, until=until, today=today, title=title))
    return _keep(row, BulletinKind(kind), text, since=since, until=until, actor=actor, now=now).pk


@transaction.atomic
def draft_circular(
    *,
    campaign_id: UUID,
    kind: str,
    units: Mapping[UUID, str],
    title: str = "",
    actor: Actor,
    now: datetime,
) -> UUID:
    """Write a circular on units that a person chose, as of today. units: words of that person by `CampaignUnit`.

    A criticised unit meets a ground of the data, or is charged in words: little attention by leaders, a responsibility
    not carried out, progress that lags (R9.10). Praise is in words.
    """
    row = begin(actor, campaign_id, CIRCULATING, "拟通报")
    if kind not in CIRCULARS:
        raise Refusal("campaigns.no_kind", "请选通报批评还是通报表扬。", field="kind")
    today, praise = day_of(now), kind == BulletinKind.PRAISE
    parts = units_among(row, list(units), say="请选要通报的单位。")
    grounds = grounds_on(row, today, Kept(now))
    met = {part.pk: found.grounds if (found := grounds.of_part(part.pk)) else () for part in parts}
    for part in parts:
        if not units[part.pk].strip() and (praise or not met[part.pk]):
            what = "好在哪里" if praise else "为什么通报：数据里没有它的通报情形"
            raise Refusal("campaigns.no_ground", f"请写{part.name}{what}。", field="words")
    days = standards.numbers(["bulletin_correct_wd"], town_id=row.town_id, on=today)["bulletin_correct_wd"]
    charged = charges_of(row, [(part, units[part.pk]) for part in parts], grounds, praise=praise)
    text = draft(BulletinKind(kind), circular_sources(row, charged, on=today, title=title, correct_days=days))
    assert row.starts_on is not None  # noqa: S101 -- a campaign that runs has its days
    since = min(row.starts_on, today)
    made = _keep(row, BulletinKind(kind), text, since=since, until=today, actor=actor, now=now)
    BulletinUnit.objects.bulk_create(
        BulletinUnit(
            bulletin=made,
            part=part,
            grounds=[] if praise else [one.as_json() for one in met[part.pk]],
            words=written(BulletinUnit, "words", units[part.pk]),
        )
        for part in parts
    )
    return made.pk


def _keep(
    row: Campaign, kind: BulletinKind, text: Text, *, since: date, until: date, actor: Actor, now: datetime
) -> Bulletin:
    made = Bulletin(
        id=new_id(),
        campaign=row,
        town_id=row.town_id,
        path=row.path,
        kind=kind,
        title=text.title[: longest(Bulletin, "title")],
        since=since,
        until=until,
        made_at=now,
        made_by=actor.name,
    )
    made.save(force_insert=True)
    BulletinText(
        id=new_id(),
        bulletin=made,
        number=1,
        blocks=[one.as_json() for one in text.blocks],
        figures=[one.as_json() for one in text.figures],
        written_at=now,
        written_by=actor.name,
    ).save(force_insert=True)
    after = {"bulletin": str(made.pk), "kind": kind.value, "figures": len(text.figures)}
    record(row, "bulletin_drafted", f"按数据拟了一份{KIND_NAMES[kind]}", after=after, actor=actor, now=now)
    return made


@transaction.atomic
def exempt(*, campaign_id: UUID, unit_id: UUID, reason: str, actor: Actor, now: datetime) -> UUID:
    """Exempt a candidate from criticism, with the reason; its grounds are kept as they stand today (R9.10)."""
    row = begin(actor, campaign_id, DRAFTING, "免予通报")
    part = units_among(row, [unit_id])[0]
    today = day_of(now)
    found = grounds_on(row, today, Kept(now)).of_part(part.pk)
    if found is None or not found.grounds:
        raise Refusal("campaigns.no_ground", f"{part.name}今天没有通报情形，不用免。")
    if not reason.strip():
        raise Refusal("campaigns.no_reason", "请写免予通报的理由。", field="reason")
    made = Exemption(
        id=new_id(),
        campaign=row,
        town_id=row.town_id,
        part=part,
        on=today,
        grounds=[one.as_json() for one in found.grounds],
        reason=written(Exemption, "reason", reason),
        decided_at=now,
        decided_by=actor.name,
    )
    made.save(force_insert=True)
    after = {"grounds": [one.text for one in found.grounds]}
    record(row, "unit_exempted", f"{part.name}免予通报", after=after, reason=made.reason, actor=actor, now=now)
    return made.pk


def bulletin_to(actor: Actor, campaign_id: UUID, bulletin_id: UUID) -> Bulletin:
    """Return a bulletin that the actor sees. Raises NotFound."""
    row = Bulletin.objects.open_to(actor).filter(campaign_id=campaign_id, pk=bulletin_id)
    found = row.select_related("campaign").first()
    if found is None:
        raise NotFound("campaigns.no_bulletin", "没有找到这份稿件，或者它不在您的管辖范围内。")
    return found


def facts_of(row: Bulletin, today: date, actor: Actor, reason: str = "", **more: Any) -> Facts:
    """Return what the guards look at. more: of who speaks, for a unit that the bulletin names."""
    standing = row.units.filter(left_at=None)
    return Facts(
        kind=row.kind,
        units=standing.count(),
        open_ones=standing.filter(replied_at=None).count(),
        reply_passed=row.reply_by is not None and today > row.reply_by,
        unweighed=standing.filter(replied_at__isnull=False, heard_at=None).count(),
        reason=reason,
        drafted=row.made_by == actor.name,
        **more,
    )


@transaction.atomic
def edit_bulletin(
    *,
    campaign_id: UUID,
    bulletin_id: UUID,
    seen_version: int,
    title: str,
    lines: str,
    why: str = "",
    actor: Actor,
    now: datetime,
) -> None:
    """Keep an edited text as a new edition. Numbers written by hand ask for their reason (R9.8).

    A circular on which units are being heard is a draft again: they reply to words, and these are others now.
    """
    row = bulletin_to(actor, campaign_id, bulletin_id)
    last = row.texts.get(number=row.edition)
    before, figures = [block_of(one) for one in last.blocks], [figure_of(one) for one in last.figures]
    blocks, say = from_lines(lines, before=before, figures=[one.key for one in figures])
    if say:
        raise Refusal("campaigns.bad_text", say, field="lines")
    if not title.strip():
        raise Refusal("campaigns.no_title", "请写标题。", field="title")
    known, typed = with_reasons(typed_numbers(blocks, _drafted(row)), last.typed)
    if typed and not why.strip():
        named = "、".join(typed[:5])
        raise Refusal("campaigns.typed_number", f"手写了 {named}，不是算出来的数。请写明数的来处。", field="why")
    advance(
        BULLETIN,
        row,
        BulletinAct.EDIT,
        seen_version,
        campaign=row.campaign,
        actor=actor,
        facts=facts_of(row, day_of(now), actor),
        title=written(Bulletin, "title", title, called="标题"),
        edition=row.edition + 1,
        asked_at=None,
        reply_by=None,
    )
    _to_be_asked_again(row)
    keys = set(used(blocks))
    write_text(
        row,
        blocks=[one.as_json() for one in blocks],
        figures=[one.as_json() for one in figures if one.key in keys],
        typed=[*known, *({"number": one, "why": why.strip(), "by": actor.name} for one in typed)],
        why=written(BulletinText, "why", why),
        actor=actor,
        now=now,
    )
    after = {"bulletin": str(row.pk), "edition": row.edition, "typed": typed}
    record(row.campaign, "bulletin_edited", f"改了一份{_kind(row)}", after=after, reason=why, actor=actor, now=now)


def _to_be_asked_again(row: Bulletin) -> None:
    """Put aside what the units that still stand in a circular replied to its words as they were."""
    for one in row.units.filter(left_at=None, replied_at__isnull=False):
        said = {
            "reply": one.reply,
            "files": one.reply_files,
            "at": one.replied_at.isoformat() if one.replied_at else "",
            "by": one.replied_by,
            "heard_why": one.heard_why,
        }
        unsaid: dict[str, Any] = {"reply": "", "reply_files": [], "replied_at": None, "replied_by": ""}
        unheard: dict[str, Any] = {"heard_at": None, "heard_by": "", "heard_why": ""}
        change(one, one.version, earlier=[*one.earlier, said], **unsaid, **unheard)


def _drafted(row: Bulletin) -> list[Block]:
    """Return the text as it was written from data, before anybody edited it."""
    return [block_of(one) for one in row.texts.get(number=1).blocks]


def standing_numbers(row: Bulletin, blocks: Iterable[Block], typed: Sequence[Mapping[str, Any]]) -> list[Any]:
    """Return those numbers written by hand that a text still has."""
    return with_reasons(typed_numbers(blocks, _drafted(row)), typed)[0]


def write_text(row: Bulletin, *, actor: Actor, now: datetime, **facts: Any) -> None:
    """Keep an edition of a text for ever."""
    text = BulletinText(id=new_id(), bulletin=row, number=row.edition, written_at=now, written_by=actor.name, **facts)
    text.save(force_insert=True)


def _kind(row: Bulletin) -> str:
    return KIND_NAMES[BulletinKind(row.kind)]


@transaction.atomic
def ask_units(
    *,
    campaign_id: UUID,
    bulletin_id: UUID,
    seen_version: int,
    reply_by: date | None = None,
    actor: Actor,
    now: datetime,
) -> None:
    """Ask the units that a circular criticises for their reply before it is issued, with a last day."""
    row = bulletin_to(actor, campaign_id, bulletin_id)
    today = day_of(now)
    last = reply_by or _days(row, "bulletin_reply_wd", today)
    if last < today:
        raise Refusal("campaigns.due_early", "申辩期限不能早于今天。", field="reply_by")
    told: dict[str, Any] = {"asked_at": now, "reply_by": last}
    facts = facts_of(row, today, actor)
    advance(BULLETIN, row, BulletinAct.ASK, seen_version, campaign=row.campaign, actor=actor, facts=facts, **told)
    after = {"bulletin": str(row.pk), "reply_by": last.isoformat()}
    say = f"就通报听取 {facts.units} 个单位的申辩，{last:%Y-%m-%d}前"
    record(row.campaign, "bulletin_asked", say, after=after, actor=actor, now=now)
    again = "通报的文字改过，" if row.units.exclude(earlier=[]).exists() else ""
    words = f"{again}拟对您的单位通报批评，{last.month}月{last.day}日前可以申辩"
    _tell_standing(row, words, now)


def _tell_standing(row: Bulletin, say: str, now: datetime) -> None:
    parts = [one.part for one in row.units.filter(left_at=None).select_related("part")]
    tell_parts(row.campaign, parts, say=say, url_name=PAGE, url_args=(row.campaign_id, row.pk), now=now)


def _days(row: Bulletin, name: str, today: date) -> date:
    days = standards.numbers([name], town_id=row.town_id, on=today)[name]
    return standards.work_calendar(row.town_id).add_working_days(today, days)


@transaction.atomic
def issue_bulletin(
    *,
    campaign_id: UUID,
    bulletin_id: UUID,
    seen_version: int,
    correct_by: date | None = None,
    actor: Actor,
    now: datetime,
) -> None:
    """Issue a bulletin with its number. A criticism was heard before: every unit replied, or the days are over."""
    row = bulletin_to(actor, campaign_id, bulletin_id)
    today = day_of(now)
    told: dict[str, Any] = {"issued_at": now, "issued_by": actor.name}
    if row.kind == BulletinKind.CRITICISM:
        told["correct_by"] = correct_by or _days(row, "bulletin_correct_wd", today)
        if told["correct_by"] < today:
            raise Refusal("campaigns.due_early", "改正期限不能早于今天。", field="correct_by")
    facts = facts_of(row, today, actor)
    advance(BULLETIN, row, BulletinAct.ISSUE, seen_version, campaign=row.campaign, actor=actor, facts=facts, **told)
    change(row, row.version, number=number_of(row.campaign, f"bulletin:{row.kind}", now))
    after = {"bulletin": str(row.pk), "number": row.number, "edition": row.edition}
    say = f"印发{_kind(row)}“{row.title}”"
    record(row.campaign, "bulletin_issued", say, after=after, actor=actor, now=now)
    if row.kind == BulletinKind.CRITICISM:
        last = row.correct_by or today
        _tell_standing(row, f"您的单位被通报批评，{last.month}月{last.day}日前报改正情况", now)
    elif row.kind == BulletinKind.PRAISE:
        _tell_standing(row, "您的单位受到通报表扬", now)


@transaction.atomic
def withdraw_bulletin(
    *, campaign_id: UUID, bulletin_id: UUID, seen_version: int, reason: str, actor: Actor, now: datetime
) -> None:
    """Withdraw a bulletin that was not issued, with the reason."""
    row = bulletin_to(actor, campaign_id, bulletin_id)
    facts = facts_of(row, day_of(now), actor, reason)
    why = written(Bulletin, "withdrawn_why", reason, field="reason")
    advance(
        BULLETIN, row, BulletinAct.WITHDRAW, seen_version, campaign=row.campaign, actor=actor, facts=facts,
        withdrawn_why=why,
    )  # fmt: skip
    after = {"bulletin": str(row.pk)}
    record(row.campaign, "bulletin_withdrawn", f"撤回一份{_kind(row)}", after=after, reason=why, actor=actor, now=now)
