"""Documents of a campaign, and the campaign that it runs beside (R9.1, R9.14)."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from bihuan.campaigns.models import Campaign, CampaignPaper
from bihuan.campaigns.rules.life import CampaignAct
from bihuan.campaigns.rules.registers import PAPER_NAMES, PaperKind
from bihuan.campaigns.services.loading import campaign_for, campaign_to, tell, write
from bihuan.campaigns.services.texts import written
from bihuan.kernel.actor import Actor
from bihuan.kernel.errors import Refusal
from bihuan.trail import services as trail


def keep_papers(
    row: Campaign, kind: PaperKind, files: Iterable[UUID], *, title: str, number: str, by: Actor, now: datetime
) -> None:
    """Keep files that were attached with an act of their own."""
    CampaignPaper.objects.bulk_create(
        CampaignPaper(
            campaign=row,
            kind=kind,
            title=written(CampaignPaper, "title", title),
            number=written(CampaignPaper, "number", number),
            file_id=one,
            at=now,
            by=by.name,
        )
        for one in files
    )


@transaction.atomic
def attach_paper(
    *, campaign_id: UUID, kind: PaperKind, title: str, number: str = "", file: UUID, actor: Actor, now: datetime
) -> None:
    """Attach a document that a campaign is based on, or one that extends it and came later."""
    row = campaign_to(CampaignAct.ATTACH, actor, campaign_id)
    if not title.strip():
        raise Refusal("campaigns.no_title", "请写文件的名称。", field="title")
    if kind is PaperKind.EXTENSION and not row.extensions.exists():
        raise Refusal("campaigns.not_extended", "这个专项行动没有延期，不用附延期文件。", field="kind")
    papers = tuple(trail.attach_files([file], actor=actor, now=now))
    keep_papers(row, kind, papers, title=title.strip(), number=number.strip(), by=actor, now=now)
    say = f"附了{PAPER_NAMES[kind]}《{title.strip()}》{number.strip()}"
    after = {"kind": kind.value, "title": title.strip(), "number": number.strip()}
    tell(row, "paper_attached", say, after=after, evidence=papers, actor=actor, now=now)


@transaction.atomic
def link_campaigns(*, campaign_id: UUID, seen_version: int, other_id: UUID, actor: Actor, now: datetime) -> None:
    """Say that a campaign runs beside another one: what is registered in one counts in both, each in its own range."""
    row = campaign_to(CampaignAct.ATTACH, actor, campaign_id)
    other = campaign_for(actor, other_id)
    if other.pk == row.pk or other.town_id != row.town_id:
        raise Refusal("campaigns.cannot_link", "请选本镇的另一个专项行动。", field="other_id")
    if row.linked_id is not None or row.links.exists():
        raise Refusal("campaigns.linked", "这个专项行动已经和另一个合并登记。", field="other_id")
    if other.linked_id is not None or other.links.exists():
        raise Refusal("campaigns.linked", f"“{other.title}”已经和别的专项行动合并登记。", field="other_id")
    write(row, seen_version, linked=other, linked_at=now, changed_at=now)
    say = f"与“{other.title}”合并登记，各按自己的起止日期统计"
    tell(row, "linked", say, after={"other": str(other.pk), "title": other.title}, actor=actor, now=now)
