"""Single enterprises: as other rooms see them, and the whole file (一企一档)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from bihuan.enterprises.models import Enterprise, EnterpriseQuerySet, Site
from bihuan.enterprises.queries.licences import LicenceRef, licence_refs
from bihuan.enterprises.queries.responsibility import answering
from bihuan.enterprises.rules.facts import Entry, Firm, Place, State, unpack
from bihuan.enterprises.rules.industries import SECTIONS, industry_name, section_of
from bihuan.enterprises.rules.responsibility import Responsible, village_path
from bihuan.enterprises.rules.sizes import SizeClass
from bihuan.kernel.actor import Actor
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import NotFound
from bihuan.orgs import queries as orgs
from bihuan.orgs.rules import PostRef

COLUMNS: Final = (
    "id", "town_id", "name", "short_name", "path", "lead_sector", "sectors", "features", "one_person", "address",
    "uscc", "local_code", "state", "merged_into_id", "version",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SiteRef:
    """A site of an enterprise, or a part of one."""

    id: UUID
    place: Place
    is_used: bool
    version: int


@dataclass(frozen=True, slots=True)
class FirmFile:
    """All that the page of an enterprise shows of it. Money in 元; the contact is for those who see the file."""

    firm: Firm
    responsible: Responsible
    town_name: str
    industry_code: str
    industry_edition: str
    industry: str
    section: str
    processes: str
    latitude: float | None
    longitude: float | None
    staff: int | None
    revenue_yuan: Decimal | None
    assets_yuan: Decimal | None
    size: SizeClass | None
    above_scale: bool | None
    uscc_confirmed: bool
    contact_name: str
    contact_phone: str
    registered_at: datetime
    changed_at: datetime
    sites: tuple[SiteRef, ...]
    licences: tuple[LicenceRef, ...]
    people: tuple[PostRef, ...]
    winner: Firm | None
    merged_names: tuple[str, ...]


def firm_for(viewer: Actor, firm_id: UUID) -> Firm:
    """Return an enterprise inside the viewer's scope; a merged one is answered as itself. Raises NotFound."""
    return as_firms([_row_for(viewer, firm_id)])[0]


def firms(firm_ids: Iterable[UUID]) -> dict[UUID, Firm]:
    """Return enterprises by id, for rooms that have checked the viewer on their own rows. Two queries."""
    return {firm.id: firm for firm in firms_of(Enterprise.objects.filter(pk__in=set(firm_ids)))}


def registered_on(firm_id: UUID) -> date | None:
    """Return the day an enterprise was registered here, or None where it is not. One query."""
    at = Enterprise.objects.filter(pk=firm_id).values_list("registered_at", flat=True).first()
    return day_of(at) if at is not None else None


def coordinates(firm_ids: Iterable[UUID]) -> dict[UUID, tuple[float, float]]:
    """Return latitude and longitude of those enterprises that have registered them. One query."""
    rows = Enterprise.objects.filter(pk__in=set(firm_ids)).values_list("pk", "latitude", "longitude")
    return {pk: (north, east) for pk, north, east in rows if north is not None and east is not None}


def as_firms(rows: Iterable[Enterprise]) -> list[Firm]:
    """Freeze rows for other rooms, with the names of their villages."""
    return _frozen([tuple(getattr(row, name) for name in COLUMNS) for row in rows])


def firms_of(rows: EnterpriseQuerySet) -> list[Firm]:
    """Freeze a query for other rooms, without making rows first: quick for a whole town."""
    return _frozen(list(rows.values_list(*COLUMNS)))


def _frozen(facts: list[tuple[Any, ...]]) -> list[Firm]:
    at = COLUMNS.index("path")
    places = {one[at]: village_path(one[at]) for one in facts}
    units = orgs.units_by_path(set(places.values()) - {""})
    names = {path: unit.short_name or unit.name for path, unit in units.items()}
    return [_firm(*one, village=names.get(places[one[at]], "")) for one in facts]


def file_for(viewer: Actor, firm_id: UUID, *, on: date) -> FirmFile:
    """Return the whole file of an enterprise inside the viewer's scope; a fixed number of queries. Raises NotFound."""
    row = _row_for(viewer, firm_id)
    merged = list(row.merged_from.order_by("changed_at").values_list("name", flat=True))
    listed = as_firms([row] if row.merged_into is None else [row, row.merged_into])
    firm, winner = listed[0], listed[1] if len(listed) > 1 else None
    town = orgs.towns([row.town_id]).get(row.town_id)
    return FirmFile(
        firm=firm,
        responsible=answering(row.town_id, on).of(firm),
        town_name=town.name if town else "",
        industry_code=row.industry_code,
        industry_edition=row.industry_edition,
        industry=industry_name(row.industry_code, edition=row.industry_edition),
        section=SECTIONS.get(section_of(row.industry_code, edition=row.industry_edition), ""),
        processes=row.processes,
        latitude=row.latitude,
        longitude=row.longitude,
        staff=row.staff,
        revenue_yuan=row.revenue_yuan,
        assets_yuan=row.assets_yuan,
        size=SizeClass(row.size_class) if row.size_class else None,
        above_scale=row.above_scale,
        uscc_confirmed=row.uscc_confirmed,
        contact_name=row.contact_name,
        contact_phone=row.contact_phone,
        registered_at=row.registered_at,
        changed_at=row.changed_at,
        sites=_sites(row.pk),
        licences=licence_refs(row.pk),
        people=tuple(orgs.posts_of_enterprises([row.pk], on).get(row.pk, ())),
        winner=winner,
        merged_names=tuple(merged),
    )


def entry_for(viewer: Actor, firm_id: UUID) -> Entry:
    """Return an enterprise's facts as they would be written down again, for the form that changes them."""
    row = _row_for(viewer, firm_id)
    plain = (
        "name", "path", "lead_sector", "short_name", "uscc", "uscc_confirmed", "industry_code", "industry_edition",
        "processes", "address", "latitude", "longitude", "staff", "revenue_yuan", "assets_yuan", "one_person",
        "contact_name", "contact_phone", "id",
    )  # fmt: skip
    return Entry(
        **{name: getattr(row, name) for name in plain}, sectors=unpack(row.sectors), features=unpack(row.features)
    )


def qr_token_for(viewer: Actor, firm_id: UUID) -> str:
    """Return the token of an enterprise's QR code (一企一码); it never changes. Raises NotFound."""
    return _row_for(viewer, firm_id).qr_token


def firm_by_token(viewer: Actor, token: str) -> Firm:
    """Return the enterprise that a QR code names; the code of a merged one opens the winner. Raises NotFound."""
    row = Enterprise.objects.filter(qr_token=token).only("id", "merged_into_id").first()
    if row is None:
        raise NotFound("enterprises.no_such_code", "这个二维码不是本平台的，或者已经看不清。请在企业列表里按名称找。")
    return firm_for(viewer, row.merged_into_id or row.pk)


def _row_for(viewer: Actor, firm_id: UUID) -> Enterprise:
    row = Enterprise.objects.visible_to(viewer).select_related("merged_into").filter(pk=firm_id).first()
    if row is None:
        raise NotFound("enterprises.not_found", "没有找到这家企业，或者不在您的管辖范围内。")
    return row


def _sites(firm_id: UUID) -> tuple[SiteRef, ...]:
    rows = Site.objects.filter(enterprise_id=firm_id).order_by("-is_used", "name", "part")
    return tuple(
        SiteRef(row.pk, Place(row.name, row.part, row.address, row.latitude, row.longitude), row.is_used, row.version)
        for row in rows
    )


def _firm(
    key: UUID,
    town_id: UUID,
    name: str,
    short_name: str,
    path: str,
    lead_sector: str,
    sectors: str,
    features: str,
    one_person: bool,  # noqa: FBT001 -- in the order of COLUMNS
    address: str,
    uscc: str,
    local_code: str,
    state: str,
    merged_into_id: UUID | None,
    version: int,
    *,
    village: str,
) -> Firm:
    return Firm(
        id=key,
        town_id=town_id,
        name=name,
        short_name=short_name,
        path=path,
        village=village,
        lead_sector=lead_sector,
        sectors=(lead_sector, *unpack(sectors)),
        features=unpack(features),
        one_person=one_person,
        address=address,
        uscc=uscc,
        local_code=local_code,
        state=State(state),
        merged_into_id=merged_into_id,
        version=version,
    )
