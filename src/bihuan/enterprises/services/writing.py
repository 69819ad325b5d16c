"""What all acts on enterprises share: who may, the row as the person saw it, the event."""

from collections.abc import Collection, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from bihuan.enterprises.models import Enterprise
from bihuan.enterprises.rules.facts import MAY, Act, masked_name, masked_phone, unpack
from bihuan.kernel.actor import Actor
from bihuan.kernel.errors import NotAllowed, NotFound, Outdated, Refusal
from bihuan.trail.news import News

SUBJECT: Final = "enterprise"
BATCH: Final = 500
_ACT_WORDS: Final = {
    Act.REGISTER: "登记企业",
    Act.CHANGE: "修改企业资料",
    Act.MOVE: "调整企业归属",
    Act.MERGE: "合并企业",
    Act.CLOSE: "注销企业",
    Act.REOPEN: "恢复企业",
}
_TOLD: Final = (
    "name", "short_name", "uscc", "uscc_confirmed", "local_code", "industry_code", "industry_edition", "processes",
    "address", "latitude", "longitude", "staff", "revenue_yuan", "assets_yuan", "size_class", "above_scale",
    "one_person", "path", "lead_sector", "state",
)  # fmt: skip


def must_be_allowed(actor: Actor, act: Act, *, path: str, sector: str, enterprise_id: UUID | None = None) -> None:
    """Refuse an actor who holds none of the roles that the act asks for over this place. Raises NotAllowed."""
    if actor.roles_over(path=path, sector=sector, enterprise_id=enterprise_id) & MAY[act]:
        return
    who = "安监办" if act not in {Act.REGISTER, Act.CHANGE} else "安监办、所在村（社区）或主管部门"
    raise NotAllowed(f"enterprises.may_not_{act}", f"您的岗位不能在这里{_ACT_WORDS[act]}，请由{who}办理。")


def must_lie_in_town(path: str, known: Collection[str]) -> None:
    """Refuse a place that is no village of the town nor the town itself. known: those that are. Raises Refusal."""
    if path not in known:
        raise Refusal("enterprises.no_place", "请选本镇的村（社区），不清楚的选镇。", field="path")


def row_for(actor: Actor, act: Act, enterprise_id: UUID) -> Enterprise:
    """Return the row that an actor sees and may act on. Raises NotFound, NotAllowed."""
    row = Enterprise.objects.visible_to(actor).filter(pk=enterprise_id).first()
    if row is None:
        raise NotFound("enterprises.not_found", "没有找到这家企业，或者不在您的管辖范围内。")
    must_be_allowed(actor, act, path=row.path, sector=row.lead_sector, enterprise_id=row.pk)
    return row


def write(row: Enterprise, *, seen_version: int, now: datetime, **columns: Any) -> None:
    """Change a row only if it is still what the person saw (house rule 6). Raises Outdated."""
    moved = Enterprise.objects.filter(pk=row.pk, version=seen_version).update(
        **columns, version=seen_version + 1, changed_at=now
    )
    if moved != 1:
        raise Outdated("enterprises.outdated", f"刚刚有人改动了 {row.name} 的资料。请刷新页面看过最新情况再办。")
    for name, value in columns.items():
        setattr(row, name, value)
    row.version, row.changed_at = seen_version + 1, now


def facts_of(row: Enterprise) -> dict[str, Any]:
    """Return what an event tells of a row, JSON-ready; contacts are masked (R10.9)."""
    told = {name: _plain(getattr(row, name)) for name in _TOLD}
    return told | {
        "sectors": list(unpack(row.sectors)),
        "features": list(unpack(row.features)),
        "contact_name": masked_name(row.contact_name),
        "contact_phone": masked_phone(row.contact_phone),
    }


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the facts that differ, as they were and as they are."""
    names = [name for name in after if before.get(name) != after[name]]
    return {name: before.get(name) for name in names}, {name: after[name] for name in names}


def news(
    what: str,
    say: str,
    row: Enterprise,
    *,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    reason: str = "",
) -> News:
    """Build the event of an act on one enterprise, with the dimensions as they are after the act."""
    return News(
        kind=f"enterprise.{what}",
        say=say,
        subject_type=SUBJECT,
        subject_id=row.pk,
        town_id=row.town_id,
        path=row.path,
        sector=row.lead_sector,
        enterprise_id=row.pk,
        reason=reason,
        before=before or {},
        after=after or {},
    )


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, Decimal) else value
