"""Put enterprises on file and keep their facts true."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from bihuan.enterprises import queries
from bihuan.enterprises.models import Enterprise, LocalCodes
from bihuan.enterprises.rules.codes import Verdict, check_code
from bihuan.enterprises.rules.facts import Act, Entry, Firm, State, pack, unpack
from bihuan.enterprises.rules.industries import clean_industry, industry_problem, size_group_of
from bihuan.enterprises.rules.names import plain_name, short_name_of, tidy_name
from bihuan.enterprises.rules.sizes import Figures, is_above_scale, size_class
from bihuan.enterprises.services.writing import (
    BATCH,
    differences,
    facts_of,
    must_be_allowed,
    must_lie_in_town,
    news,
    row_for,
    write,
)
from bihuan.kernel.actor import Actor
from bihuan.kernel.errors import Refusal, Rejected
from bihuan.kernel.ids import new_id
from bihuan.standards.rules import Feature, Sector
from bihuan.trail import services as trail


def register(*, entry: Entry, town_id: UUID, actor: Actor, now: datetime) -> Firm:
    """Put one enterprise on file: the plural of one. Raises the Refusal of its only row."""
    try:
        return register_many(entries=[entry], town_id=town_id, actor=actor, now=now)[0]
    except Rejected as rejected:
        raise rejected.__cause__ or rejected from None


@transaction.atomic
def register_many(*, entries: Sequence[Entry], town_id: UUID, actor: Actor, now: datetime) -> list[Firm]:
    """Put enterprises on file, all or none; one without a unified code gets a local one (R10.2).

    Duplicates are shown before, by `queries.duplicates_of`; a person who goes on knows them.
    Raises Rejected, with a sentence for each refused place in `entries`.
    """
    places = queries.place_names(town_id)
    known = queries.paths_of_town(town_id, {entry.path for entry in entries})
    rows: list[Enterprise] = []
    refused: dict[object, str] = {}
    first: Refusal | None = None
    for at, entry in enumerate(entries):
        try:
            must_lie_in_town(entry.path, known)
            must_be_allowed(actor, Act.REGISTER, path=entry.path, sector=entry.lead_sector)
            rows.append(_new_row(entry, town_id=town_id, places=places, now=now))
        except Refusal as refusal:
            first = first or refusal
            refused[at] = refusal.say
    if refused:
        raise Rejected(
            "enterprises.rows_refused", f"有 {len(refused)} 家企业没有登记成，全部未写入。", refused
        ) from first
    _give_local_codes([row for row in rows if not row.uscc], town_id=town_id)
    Enterprise.objects.bulk_create(rows, batch_size=BATCH)
    trail.record(
        [news("registered", f"登记企业 {row.name}", row, after=facts_of(row)) for row in rows], actor=actor, now=now
    )
    return queries.as_firms(rows)


@transaction.atomic
def change(*, enterprise_id: UUID, entry: Entry, seen_version: int, actor: Actor, now: datetime) -> None:
    """Change an enterprise's facts; its village and lead sector are changed by `move` only."""
    row = row_for(actor, Act.CHANGE, enterprise_id)
    _must_be_active(row)
    before = facts_of(row)
    columns = _columns(
        replace(entry, path=row.path, lead_sector=row.lead_sector), places=queries.place_names(row.town_id)
    )
    write(row, seen_version=seen_version, now=now, **columns)
    if not row.uscc and not row.local_code:
        _give_local_codes([row], town_id=row.town_id)
        Enterprise.objects.filter(pk=row.pk).update(local_code=row.local_code)
    was, became = differences(before, facts_of(row))
    trail.record([news("changed", f"修改 {row.name} 的资料", row, before=was, after=became)], actor=actor, now=now)


@transaction.atomic
def record_features(
    *, enterprise_id: UUID, features: Iterable[str], seen_version: int, actor: Actor, now: datetime
) -> None:
    """Set the safety features of an enterprise (粉尘涉爆, 有限空间 …) to exactly these."""
    row = row_for(actor, Act.CHANGE, enterprise_id)
    _must_be_active(row)
    before, wanted = list(unpack(row.features)), tuple(features)
    _must_be_known_words(Entry(row.name, row.path, row.lead_sector, features=wanted))
    write(row, seen_version=seen_version, now=now, features=pack(wanted))
    after = list(unpack(row.features))
    item = news(
        "features_recorded", f"登记 {row.name} 的安全特征", row, before={"features": before}, after={"features": after}
    )
    trail.record([item], actor=actor, now=now)


def _must_be_active(row: Enterprise) -> None:
    if row.state != State.ACTIVE:
        raise Refusal("enterprises.not_active", f"{row.name} 已合并或注销，资料不再改动。请到现在的企业档案里改。")


def _new_row(entry: Entry, *, town_id: UUID, places: Sequence[str], now: datetime) -> Enterprise:
    return Enterprise(
        id=entry.id or new_id(),
        town_id=town_id,
        path=entry.path,
        lead_sector=entry.lead_sector,
        qr_token=secrets.token_urlsafe(12),
        registered_at=now,
        changed_at=now,
        **_columns(entry, places=places),
    )


def _columns(entry: Entry, *, places: Sequence[str]) -> dict[str, Any]:
    """Check an entry and return the columns it fills. Raises Refusal with the form field."""
    name = tidy_name(entry.name)
    if not name:
        raise Refusal("enterprises.no_name", "请填写企业名称，与营业执照一致。", field="name")
    if not entry.lead_sector:
        raise Refusal("enterprises.no_sector", f"请给 {name} 选一个牵头行业，主管部门由它确定。", field="lead_sector")
    _must_be_known_words(entry)
    code = _checked_code(entry)
    industry = clean_industry(entry.industry_code)
    problem = industry_problem(industry, edition=entry.industry_edition)
    if problem:
        raise Refusal("enterprises.industry", problem, field="industry_code")
    group = size_group_of(industry, edition=entry.industry_edition)
    figures = Figures(entry.staff, entry.revenue_yuan, entry.assets_yuan)
    return {
        "name": name,
        "short_name": tidy_name(entry.short_name) or short_name_of(name, places=places),
        "plain_name": plain_name(name, places=places),
        "uscc": code,
        "uscc_confirmed": entry.uscc_confirmed and bool(code),
        "industry_code": industry,
        "industry_edition": entry.industry_edition,
        "sectors": pack(sector for sector in entry.sectors if sector != entry.lead_sector),
        "features": pack(entry.features),
        "processes": entry.processes.strip(),
        "address": entry.address.strip(),
        "latitude": entry.latitude,
        "longitude": entry.longitude,
        "staff": entry.staff,
        "revenue_yuan": entry.revenue_yuan,
        "assets_yuan": entry.assets_yuan,
        "size_class": size_class(group, figures) or "",
        "above_scale": is_above_scale(group, figures),
        "one_person": entry.one_person,
        "contact_name": entry.contact_name.strip(),
        "contact_phone": entry.contact_phone.strip(),
    }


def _must_be_known_words(entry: Entry) -> None:
    strange = {entry.lead_sector, *entry.sectors} - set(Sector)
    if strange:
        raise Refusal(
            "enterprises.unknown_sector", f"没有“{'、'.join(strange)}”这个行业。请重新选。", field="lead_sector"
        )
    odd = set(entry.features) - set(Feature)
    if odd:
        raise Refusal(
            "enterprises.unknown_feature", f"没有“{'、'.join(odd)}”这个安全特征。请重新选。", field="features"
        )


def _checked_code(entry: Entry) -> str:
    checked = check_code(entry.uscc)
    if checked.is_refused or (checked.verdict is Verdict.DOUBTFUL and not entry.uscc_confirmed):
        raise Refusal(f"enterprises.uscc_{checked.verdict}", checked.say, field="uscc")
    return checked.code


def _give_local_codes(rows: Sequence[Enterprise], *, town_id: UUID) -> None:
    """Give the next local codes of the town, 临00001, 临00002 …, never one twice (R10.2)."""
    if not rows:
        return
    series = LocalCodes.objects.filter(town_id=town_id)
    if not series.update(last=F("last") + len(rows)):
        LocalCodes.objects.bulk_create([LocalCodes(town_id=town_id)], ignore_conflicts=True)
        series.update(last=F("last") + len(rows))
    last = series.values_list("last", flat=True).get()
    for number, row in enumerate(rows, start=last - len(rows) + 1):
        row.local_code = f"临{number:05d}"
