"""The quarter's and the year's statistics, handed in with the principal's signature (令16号 art. 14, R3.6)."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from bihuan.enterprises import queries as enterprises
from bihuan.hazards.models import SignedTable
from bihuan.hazards.rules.periods import Period, table_refused
from bihuan.hazards.services.self_reports import may_report_for
from bihuan.kernel.actor import Actor
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import Refusal
from bihuan.trail import services as trail
from bihuan.trail.news import News


@transaction.atomic
def hand_in_table(
    *,
    enterprise_id: UUID,
    period: Period,
    figures: Mapping[str, int],
    signed_by: str,
    scan_id: UUID | None,
    acting_for: str = "",
    actor: Actor,
    now: datetime,
) -> UUID:
    """Record the signed table; a later one of the same period stands in for the earlier one, which is kept.

    figures: what the printed page said, counted by the platform; nobody types them.
    """
    firm = enterprises.firm_for(actor, enterprise_id)
    may_report_for(actor, firm, acting_for=acting_for)
    say = table_refused(period, today=day_of(now), signed_by=signed_by, scans=int(scan_id is not None))
    if say or scan_id is None:
        raise Refusal("hazards.table_refused", say)
    trail.attach_files([scan_id], actor=actor, now=now)
    earlier = SignedTable.objects.filter(
        town_id=firm.town_id, enterprise_id=firm.id, period=period.code, is_current=True
    )
    was = earlier.values_list("pk", flat=True).first()
    earlier.update(is_current=False)
    row = SignedTable(
        town_id=firm.town_id,
        path=firm.path,
        sector=firm.lead_sector,
        enterprise_id=firm.id,
        period=period.code,
        figures=dict(figures),
        signed_by=signed_by.strip(),
        scan_id=scan_id,
        handed_in_at=now,
        handed_in_by=actor.name,
        acting_for=acting_for.strip(),
    )
    row.save(force_insert=True)
    news = News(
        kind="self_report.signed",
        say=f"交{period.name}事故隐患排查治理统计表，{row.signed_by}签字",
        subject_type="self_report",
        subject_id=row.pk,
        town_id=row.town_id,
        path=row.path,
        sector=row.sector,
        enterprise_id=row.enterprise_id,
        acting_for=row.acting_for,
        before={} if was is None else {"table": str(was)},
        after={"table": str(row.pk), "period": period.code},
        figures=dict(figures),
        evidence=(scan_id,),
    )
    trail.record([news], actor=actor, now=now)
    return row.pk
