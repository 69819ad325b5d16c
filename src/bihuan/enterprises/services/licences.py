"""The safety licences of an enterprise (R3.29)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from bihuan.enterprises.models import Licence as LicenceRow
from bihuan.enterprises.rules.facts import Act
from bihuan.enterprises.rules.licences import Licence, LicenceKind, licence_refused
from bihuan.enterprises.services.writing import news, row_for
from bihuan.kernel.actor import Actor
from bihuan.kernel.errors import NotFound, Outdated, Refusal
from bihuan.trail import services as trail


@transaction.atomic
def add_licence(*, enterprise_id: UUID, licence: Licence, actor: Actor, now: datetime) -> UUID:
    """Write down a safety licence that an enterprise holds; return its id."""
    row = row_for(actor, Act.CHANGE, enterprise_id)
    _must_be_whole(enterprise_id, licence)
    kept = LicenceRow.objects.create(town_id=row.town_id, enterprise=row, **_columns(licence))
    after = {"licence_id": str(kept.pk)} | _plain(_columns(licence))
    trail.record([news("licence_added", f"{row.name} 登记{licence.label}", row, after=after)], actor=actor, now=now)
    return kept.pk


@transaction.atomic
def change_licence(
    *, licence_id: UUID, licence: Licence, is_held: bool, seen_version: int, actor: Actor, now: datetime
) -> None:
    """Change a licence as written down, or mark it as no longer held."""
    kept = LicenceRow.objects.visible_to(actor).filter(pk=licence_id).first()
    if kept is None:
        raise NotFound("enterprises.licence_not_found", "没有找到这份许可证，或者不在您的管辖范围内。")
    row = row_for(actor, Act.CHANGE, kept.enterprise_id)
    _must_be_whole(kept.enterprise_id, licence, but=licence_id)
    was = Licence(LicenceKind(kept.kind), kept.number, kept.organ, kept.valid_from, kept.valid_to)
    before = _plain(_columns(was)) | {"is_held": kept.is_held}
    columns = _columns(licence) | {"is_held": is_held}
    moved = LicenceRow.objects.filter(pk=licence_id, version=seen_version).update(**columns, version=seen_version + 1)
    if moved != 1:
        raise Outdated("enterprises.outdated", "刚刚有人改动了这份许可证。请刷新页面看过最新情况再办。")
    say = f"修改 {row.name} 的{licence.label}" if is_held else f"{row.name} 不再持有{licence.label}"
    item = news("licence_changed", say, row, before=before, after=_plain(columns))
    trail.record([item], actor=actor, now=now)


def _must_be_whole(enterprise_id: UUID, licence: Licence, *, but: UUID | None = None) -> None:
    say, field = licence_refused(licence)
    if say:
        raise Refusal("enterprises.licence_refused", say, field=field)
    same = LicenceRow.objects.filter(enterprise_id=enterprise_id, number=licence.number.strip())
    if (same.exclude(pk=but) if but else same).exists():
        raise Refusal("enterprises.licence_twice", "这家企业已经登记过这个编号的许可证。", field="number")


def _columns(licence: Licence) -> dict[str, Any]:
    return {
        "kind": licence.kind.value,
        "number": licence.number.strip(),
        "organ": licence.organ.strip(),
        "valid_from": licence.valid_from,
        "valid_to": licence.valid_to,
    }


def _plain(columns: dict[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in columns.items()}
