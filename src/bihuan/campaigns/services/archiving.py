"""Close a campaign and put it into the archive (R9.15)."""

import tempfile
from datetime import datetime
from uuid import UUID

from django.db import transaction

from bihuan.campaigns.queries.archive import IN_MEMORY, frozen_for, pack
from bihuan.campaigns.rules.life import CampaignAct, CampaignState, must
from bihuan.campaigns.services.loading import campaign_to, tell, write
from bihuan.kernel.actor import Actor
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import Refusal


@transaction.atomic
def close_campaign(*, campaign_id: UUID, seen_version: int, summary: str, actor: Actor, now: datetime) -> None:
    """Begin to close a campaign: its figures are frozen as of today, its open hazards listed and left to routine work.

    From here on only corrections with a reason (R9.1a).
    """
    row = campaign_to(CampaignAct.CLOSE, actor, campaign_id)
    target = must(actor, CampaignAct.CLOSE, CampaignState(row.state), path=row.path)
    if not summary.strip():
        raise Refusal("campaigns.no_summary", "请写总结的要点，归档时要用。", field="summary")
    frozen = frozen_for(actor, row, on=day_of(now), summary=summary.strip())
    write(row, seen_version, state=target, frozen=frozen, closed_at=now, changed_at=now)
    left = len(frozen["open_hazards"])
    say = f"开始收尾，数字停在今天；没有销号的隐患 {left} 项转入日常管理"
    after = {"summary": summary.strip(), "counts": frozen["counts"], "open_hazards": left}
    tell(row, "closing", say, after=after, actor=actor, now=now)


@transaction.atomic
def archive_campaign(*, campaign_id: UUID, seen_version: int, actor: Actor, now: datetime) -> str:
    """Put a closed campaign into the archive; return the hash of the package's manifest, which the trail keeps."""
    row = campaign_to(CampaignAct.ARCHIVE, actor, campaign_id)
    target = must(actor, CampaignAct.ARCHIVE, CampaignState(row.state), path=row.path)
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as stream:
        digest = pack(row, stream)
    assert row.frozen is not None  # noqa: S101 -- frozen when it was closed
    write(row, seen_version, state=target, frozen={**row.frozen, "manifest": digest}, changed_at=now)
    tell(row, "archived", f"归档，清单的哈希是 {digest}", after={"manifest": digest}, actor=actor, now=now)
    return digest
