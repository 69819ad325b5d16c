"""The places of an enterprise and their parts."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from bihuan.enterprises.models import Site
from bihuan.enterprises.rules.facts import Act, Place
from bihuan.enterprises.services.writing import news, row_for
from bihuan.kernel.actor import Actor
from bihuan.kernel.errors import NotFound, Outdated, Refusal
from bihuan.trail import services as trail


@transaction.atomic
def add_site(*, enterprise_id: UUID, place: Place, actor: Actor, now: datetime) -> UUID:
    """Add a site or a part of one to an enterprise; return its id."""
    row = row_for(actor, Act.CHANGE, enterprise_id)
    _must_be_new(enterprise_id, place)
    site = Site.objects.create(town_id=row.town_id, enterprise=row, **_columns(place))
    item = news("site_added", f"{row.name} 增加场所 {site}", row, after={"site_id": str(site.pk)} | _columns(place))
    trail.record([item], actor=actor, now=now)
    return site.pk


@transaction.atomic
def change_site(*, site_id: UUID, place: Place, is_used: bool, seen_version: int, actor: Actor, now: datetime) -> None:
    """Change a site, or mark it as no longer used."""
    site = Site.objects.visible_to(actor).select_related("enterprise").filter(pk=site_id).first()
    if site is None:
        raise NotFound("enterprises.site_not_found", "没有找到这个场所，或者不在您的管辖范围内。")
    row = row_for(actor, Act.CHANGE, site.enterprise_id)
    _must_be_new(site.enterprise_id, place, but=site_id)
    before = _columns(Place(site.name, site.part, site.address, site.latitude, site.longitude)) | {
        "is_used": site.is_used
    }
    after = _columns(place) | {"is_used": is_used}
    moved = Site.objects.filter(pk=site_id, version=seen_version).update(**after, version=seen_version + 1)
    if moved != 1:
        raise Outdated("enterprises.outdated", f"刚刚有人改动了场所 {site}。请刷新页面看过最新情况再办。")
    item = news("site_changed", f"修改 {row.name} 的场所 {place.name}{place.part}", row, before=before, after=after)
    trail.record([item], actor=actor, now=now)


def _must_be_new(enterprise_id: UUID, place: Place, *, but: UUID | None = None) -> None:
    if not place.name.strip():
        raise Refusal("enterprises.no_site_name", "请填写场所名称，如“二号厂房”。", field="name")
    same = Site.objects.filter(enterprise_id=enterprise_id, name=place.name.strip(), part=place.part.strip())
    if (same.exclude(pk=but) if but else same).exists():
        raise Refusal("enterprises.site_twice", "这家企业已经有同名的场所和部位，请换一个名称。", field="name")


def _columns(place: Place) -> dict[str, str | float | None]:
    return {
        "name": place.name.strip(),
        "part": place.part.strip(),
        "address": place.address.strip(),
        "latitude": place.latitude,
        "longitude": place.longitude,
    }
