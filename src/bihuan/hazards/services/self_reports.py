"""An enterprise's monthly report of its self-checks, an explicit zero included (零报告, R3.4)."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from bihuan.enterprises import queries as enterprises
from bihuan.enterprises.rules.facts import Firm
from bihuan.hazards.models import SelfReport
from bihuan.hazards.rules.parties import ENTERPRISE_ROLES, OFFICE_ROLES
from bihuan.hazards.rules.reports import month_of, self_report_refused
from bihuan.hazards.services.keys import once
from bihuan.kernel.actor import Actor
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import NotAllowed, Refusal
from bihuan.kernel.roles import Role
from bihuan.trail import services as trail
from bihuan.trail.news import News


@transaction.atomic
def report_month(
    *,
    enterprise_id: UUID,
    month: date,
    checks: int,
    found: int = 0,
    fixed: int = 0,
    is_zero: bool = False,
    principal_led: bool = False,
    note: str = "",
    acting_for: str = "",
    papers: Sequence[UUID] = (),
    key: UUID | None = None,
    actor: Actor,
    now: datetime,
) -> UUID:
    """Report one month; a later report of the same month stands in for the earlier one, which is kept.

    papers: what the enterprise signed or stamped; whoever acts for it attaches at least one (代办).
    """

    def do() -> dict[str, str]:
        row = SelfReport(
            enterprise_id=enterprise_id,
            month=month_of(month),
            checks=checks,
            found=found,
            fixed=fixed,
            is_zero=is_zero,
            principal_led=principal_led,
            note=note.strip(),
            reported_at=now,
            reported_by=actor.name,
            acting_for=acting_for.strip(),
        )
        return {"id": str(_report(row, papers, actor, now))}

    answer = do() if key is None else once(key, act="self_report", actor=actor, now=now, do=do)
    return UUID(answer["id"])


def _report(row: SelfReport, papers: Sequence[UUID], actor: Actor, now: datetime) -> UUID:
    firm = enterprises.firm_for(actor, row.enterprise_id)
    itself = may_report_for(actor, firm, acting_for=row.acting_for)
    if not itself and not papers:
        raise Refusal("hazards.acting_paper", "代企业报送，请附企业签字或盖章的凭据（拍照即可）。", field="paper")
    say = self_report_refused(
        month=row.month, today=day_of(now), checks=row.checks, found=row.found, fixed=row.fixed, is_zero=row.is_zero
    )
    if say:
        raise Refusal("hazards.self_report_refused", say)
    kept = tuple(trail.attach_files(papers, actor=actor, now=now)) if papers else ()
    row.town_id, row.path, row.sector = firm.town_id, firm.path, firm.lead_sector
    earlier = SelfReport.objects.filter(
        town_id=row.town_id, enterprise_id=row.enterprise_id, month=row.month, is_current=True
    )
    was = earlier.first()
    before = {} if was is None else {"checks": was.checks, "found": was.found, "fixed": was.fixed}
    earlier.update(is_current=False)
    row.save(force_insert=True)
    what = "零报告" if row.is_zero else f"自查 {row.checks} 次，查出 {row.found} 项，整改 {row.fixed} 项"
    news = News(
        kind="self_report.reported",
        say=f"{row.month.month}月自查自改自报：{what}",
        subject_type="self_report",
        subject_id=row.pk,
        town_id=row.town_id,
        path=row.path,
        sector=row.sector,
        enterprise_id=row.enterprise_id,
        acting_for=row.acting_for,
        reason=row.note,
        before=before,
        after={"checks": row.checks, "found": row.found, "fixed": row.fixed},
        figures={"month": row.month.isoformat(), "zero": row.is_zero, "first": not before},
        evidence=kept,
    )
    trail.record([news], actor=actor, now=now)
    return row.pk


def may_report_for(actor: Actor, firm: Firm, *, acting_for: str) -> bool:
    """Let the enterprise speak, or its village or the office for it; tell whether it speaks itself.

    Raises NotAllowed or Refusal.
    """
    roles = actor.roles_over(path=firm.path, sector=firm.lead_sector, enterprise_id=firm.id)
    if roles & ENTERPRISE_ROLES:
        return True
    if not roles & (OFFICE_ROLES | {Role.VILLAGE}):
        raise NotAllowed("hazards.not_yours", "由企业自己报送，或由村（社区）、安监办代办。")
    if not acting_for.strip():
        raise Refusal("hazards.acting_for", "代企业报送，请写明代谁办理。", field="acting_for")
    return False
