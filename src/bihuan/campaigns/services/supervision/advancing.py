"""The way into these rows and the one way to move them: through the tables, only if still what the person saw."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from django.db.models import Model

from bihuan.campaigns.models import Campaign, CampaignUnit
from bihuan.campaigns.rules.life import LIVE, STATE_NAMES, CampaignState
from bihuan.campaigns.rules.supervision.life import Facts, Table, must
from bihuan.campaigns.services.loading import SUBJECT, campaign_for, news_of, write_news
from bihuan.documents import services as documents
from bihuan.hazards.queries import answering_posts
from bihuan.kernel.actor import Actor
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import NotAllowed, Outdated, Refusal
from bihuan.kernel.roles import ROLE_NAMES, Role
from bihuan.orgs import queries as orgs
from bihuan.trail import services as trail
from bihuan.trail.rules import Telling

NOTHING: Final = Facts()


def begin(actor: Actor, campaign_id: UUID, by: frozenset[Role], what: str) -> Campaign:
    """Return a running campaign in which this person may begin something. Raises NotFound, NotAllowed or Refusal."""
    row = campaign_for(actor, campaign_id)
    if not actor.roles_over(path=row.path) & by:
        who = "、".join(ROLE_NAMES[role] for role in Role if role in by)
        raise NotAllowed("campaigns.not_allowed", f"“{what}”由{who}办，您的岗位没有这个权限。")
    if row.state not in LIVE:
        state = STATE_NAMES[CampaignState(row.state)]
        raise Refusal("campaigns.wrong_state", f"专项行动{state}，现在不能{what}。请刷新页面看最新情况。")
    return row


def go_on(row: Campaign) -> None:
    """Refuse to go on in a campaign that has been archived; what was begun may be finished while it is closing."""
    if row.state not in (*LIVE, CampaignState.CLOSING):
        state = STATE_NAMES[CampaignState(row.state)]
        raise Refusal("campaigns.wrong_state", f"专项行动{state}，不能再改。")


def advance(
    table: Table,
    row: Any,
    act: StrEnum,
    seen_version: int,
    *,
    campaign: Campaign,
    actor: Actor,
    unit_id: UUID | None = None,
    facts: Facts = NOTHING,
    **columns: Any,
) -> None:
    """Move a row as its table says and write these columns, if nobody has since the person looked."""
    go_on(campaign)
    target = must(table, actor, act, row.state, path=campaign.path, unit_id=unit_id, facts=facts)
    change(row, seen_version, state=target, **columns)


def change(row: Any, seen_version: int, **columns: Any) -> None:
    """Write these columns, if nobody has since the person looked."""
    model: type[Model] = type(row)
    rows = model._default_manager.filter(pk=row.pk, version=seen_version)
    if rows.update(**columns, version=seen_version + 1) != 1:
        raise Outdated("campaigns.outdated", "刚刚有人改动了这一件。请刷新页面看过最新情况再办。")
    for name, value in columns.items():
        setattr(row, name, value)
    row.version = seen_version + 1


def units_among(row: Campaign, units: Sequence[UUID], *, say: str = "请选单位。") -> list[CampaignUnit]:
    """Return these participating units, each once, in their order. Raises Refusal."""
    found = list(row.units.filter(pk__in=list(units)).order_by("sort_no"))
    if not found or len(found) != len(set(units)):
        raise Refusal("campaigns.no_units", say, field="units")
    return found


def for_whom(actor: Actor, part: CampaignUnit) -> str:
    """Return the unit's name where somebody else acts for it."""
    return "" if part.unit_id in actor.own_units else part.name


def acting_for(actor: Actor, part: CampaignUnit, *, papers: int, on: date) -> dict[str, Any]:
    """Return what the guards ask of whoever may be speaking for a unit: whether, who there could, with how many papers.

    Two queries where somebody else acts.
    """
    if part.unit_id in actor.own_units:
        return {"for_other": False, "papers": papers}
    speaker = answering_posts([part.unit_id], on=on).get(part.unit_id, "")
    return {"for_other": True, "papers": papers, "speaker": speaker}


def attached(files: Iterable[UUID], *, actor: Actor, now: datetime) -> tuple[UUID, ...]:
    """Attach uploaded files and return their ids."""
    return tuple(trail.attach_files(files, actor=actor, now=now))


def number_of(row: Campaign, series: str, now: datetime) -> int:
    """Take the next number of this kind of paper in the town's year, in the caller's transaction."""
    return documents.take_numbers(town_id=row.town_id, series=f"campaign:{series}", year=day_of(now).year)[0]


def record(row: Campaign, kind: str, say: str, *, actor: Actor, now: datetime, **more: Any) -> None:
    """Write the event of what was done."""
    write_news(row, news_of(row, kind, say, **more), actor=actor, now=now)


def tell_parts(
    row: Campaign, parts: Sequence[CampaignUnit], *, say: str, url_name: str, url_args: Sequence[object], now: datetime
) -> None:
    """Tell every post of these units, leading to the page on which they act."""
    posts = [one.id for one in orgs.posts_of_units([part.unit_id for part in parts], day_of(now))]
    telling = Telling(
        say=say,
        kind="campaign",
        posts=tuple(posts),
        town_id=row.town_id,
        subject_type=SUBJECT,
        subject_id=row.pk,
        url_name=url_name,
        url_args=tuple(str(one) for one in url_args),
    )
    trail.tell([telling], now=now)
