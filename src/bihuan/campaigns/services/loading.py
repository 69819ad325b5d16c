"""Find a campaign and write it, only if it is still what the person saw (house rule 6); tell what happened."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from bihuan.campaigns.models import Campaign, CampaignUnit, UnitStep
from bihuan.campaigns.rules.life import LIVE, OFFICE, CampaignAct, CampaignState, must
from bihuan.kernel.actor import Actor
from bihuan.kernel.errors import NotAllowed, NotFound, Outdated
from bihuan.kernel.ids import new_id
from bihuan.trail import services as trail
from bihuan.trail.news import News

SUBJECT: Final = "campaign"


def campaign_for(actor: Actor, campaign_id: UUID) -> Campaign:
    """Return a campaign that the actor sees. Raises NotFound."""
    row = Campaign.objects.open_to(actor).filter(pk=campaign_id).first()
    if row is None:
        raise NotFound("campaigns.not_found", "没有找到这个专项行动，或者它没有下发到您的单位。")
    return row


def campaign_to(act: CampaignAct, actor: Actor, campaign_id: UUID) -> Campaign:
    """Return a campaign on which the actor may do this now. Raises NotFound, NotAllowed or Refusal."""
    row = campaign_for(actor, campaign_id)
    must(actor, act, CampaignState(row.state), path=row.path)
    return row


def write(row: Campaign, seen_version: int, **columns: Any) -> None:
    """Change a campaign if nobody has since the person looked."""
    moved = Campaign.objects.filter(pk=row.pk, version=seen_version).update(**columns, version=seen_version + 1)
    if moved != 1:
        raise outdated()
    row.refresh_from_db(fields=[*columns, "version"])


def outdated() -> Outdated:
    """Return the refusal of an act on a page that is no longer how things stand."""
    return Outdated("campaigns.outdated", "刚刚有人改动了这个专项行动。请刷新页面看过最新情况再办。")


def unit_of(actor: Actor, row: Campaign, unit_id: UUID) -> CampaignUnit:
    """Return a unit of a campaign that the actor sees. Raises NotFound."""
    found = CampaignUnit.objects.open_to(actor).filter(campaign=row, pk=unit_id).first()
    if found is None:
        raise NotFound("campaigns.no_unit", "这个专项行动没有下发到这个单位，或者它不在您的管辖范围内。")
    return found


def write_unit(unit: CampaignUnit, seen_version: int, **columns: Any) -> None:
    """Change a unit's part if nobody has since the person looked."""
    moved = CampaignUnit.objects.filter(pk=unit.pk, version=seen_version).update(**columns, version=seen_version + 1)
    if moved != 1:
        raise Outdated("campaigns.unit_outdated", "这个单位的情况刚刚有人改动。请刷新页面看过最新情况再办。")
    for name, value in columns.items():
        setattr(unit, name, value)
    unit.version = seen_version + 1


def speaks_for(actor: Actor, unit: CampaignUnit) -> str:
    """Return "" for the unit's own people, its name where the safety office acts for it; refuse anybody else."""
    if unit.unit_id in actor.own_units:
        return ""
    if not actor.has_role(*OFFICE):
        raise NotAllowed("campaigns.not_yours", f"这一步由{unit.name}办；它不上平台时由安监办代办。")
    return unit.name


def note_step(unit: CampaignUnit, *, now: datetime) -> None:
    """Keep how a unit's part stands from now on, so that a past day can be told."""
    UnitStep(
        id=new_id(),
        unit=unit,
        at=now,
        received=unit.received_at is not None,
        body=bool(unit.body),
        leader=bool(unit.leader),
        plan_state=unit.plan_state,
    ).save(force_insert=True)


def news_of(row: Campaign, kind: str, say: str, *, path: str = "", **more: Any) -> News:
    """Return an event about a campaign. path: of the unit that it concerns, or else the campaign's own."""
    return News(
        kind=f"campaign.{kind}",
        say=f"专项行动“{row.title or row.file_name}”：{say}",
        subject_type=SUBJECT,
        subject_id=row.pk,
        town_id=row.town_id,
        path=path or row.path,
        **more,
    )


def tell(
    row: Campaign, kind: str, say: str, *, actor: Actor, now: datetime, evidence: Iterable[UUID] = (), **more: Any
) -> None:
    """Write the event of what a person did to a campaign, once for all that was done together (L12)."""
    item = replace(news_of(row, kind, say, **more), evidence=tuple(evidence))
    write_news(row, item, actor=actor, now=now)


def write_news(row: Campaign, item: News, *, actor: Actor, now: datetime) -> None:
    """Write an event of a campaign, the last thing of an act. Raises Outdated where it was closed meanwhile.

    The events of a town come one after the other: once this one is written, whoever closes the campaign has done so or
    waits, and counts this act.
    """
    trail.record([item], actor=actor, now=now)
    if row.state in LIVE and not Campaign.objects.filter(pk=row.pk, state__in=LIVE).exists():
        say = "专项行动刚刚收尾，数字已经停住，这一步没有记上。请刷新页面看最新情况。"
        raise Outdated("campaigns.closed_meanwhile", say)
