"""Lists of enterprises: filtered, sorted and paged in the database; a fixed number of queries."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from django.db.models import Count, Q

from bihuan.enterprises.models import Enterprise, EnterpriseQuerySet
from bihuan.enterprises.queries.files import as_firms, firms_of
from bihuan.enterprises.queries.responsibility import answering, gap_filter
from bihuan.enterprises.rules.codes import clean_code
from bihuan.enterprises.rules.facts import Firm, State, masked_name, masked_phone
from bihuan.enterprises.rules.responsibility import Answering, GapKind, Responsible
from bihuan.enterprises.rules.sizes import SizeClass
from bihuan.kernel.actor import Actor
from bihuan.kernel.waiting import Found
from bihuan.orgs import queries as orgs
from bihuan.trail.rules import Page

CLOSED_LOOKED_AT: Final = 5_000  # their ids go into a statement


class Sort(StrEnum):
    """The orders that a list offers; a leading "-" turns one round."""

    NAME = "name"
    NAME_DOWN = "-name"
    VILLAGE = "path"
    VILLAGE_DOWN = "-path"
    SECTOR = "lead_sector"
    STAFF = "staff"
    STAFF_DOWN = "-staff"
    REGISTERED = "registered_at"
    REGISTERED_DOWN = "-registered_at"


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed by; "" and None let all through. path: a unit's subtree. size: "unknown" too."""

    words: str = ""
    path: str = ""
    sector: str = ""
    feature: str = ""
    size: str = ""
    gap: str = ""
    state: str = State.ACTIVE


@dataclass(frozen=True, slots=True)
class FirmRow:
    """A line of the list. The contact is masked (R10.9). responsible is None for viewers above towns."""

    firm: Firm
    town_name: str
    size: SizeClass | None
    staff: int | None
    contact_name: str
    contact_phone: str
    registered_at: datetime
    responsible: Responsible | None


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of the list, how many there are in all, and how many in each state under the same other filters."""

    rows: tuple[FirmRow, ...]
    total: int
    tallies: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class FewSeen:
    """An enterprise as a line of a table of figures."""

    name: str
    path: str
    sector: str


def few_seen(viewer: Actor, *, most: int) -> dict[UUID, FewSeen]:
    """Return the enterprises that a viewer sees, closed ones too; none where there are more than `most`. One query."""
    rows = Enterprise.objects.visible_to(viewer).values_list("pk", "short_name", "name", "path", "lead_sector")
    found = {pk: FewSeen(short or name, path, sector) for pk, short, name, path, sector in rows[: most + 1]}
    return found if len(found) <= most else {}


def listing(
    viewer: Actor, filters: Filters, *, on: date, sort: Sort = Sort.VILLAGE, page: int = 1, size: int = 20
) -> Listing:
    """Return a page of the enterprises that the viewer sees. page: from 1."""
    known = _answering(viewer, on)
    tallies = _by_state(_filtered(viewer, replace(filters, state=""), known))
    rows = _filtered(viewer, filters, known).order_by(sort, "name", "id")
    start = (page - 1) * size
    found = list(rows[start : start + size])
    total = tallies[filters.state] if filters.state else sum(tallies.values())
    return Listing(tuple(_as_rows(found, known)), total, tallies)


def export_rows(viewer: Actor, filters: Filters, *, on: date, sort: Sort = Sort.VILLAGE) -> Iterator[FirmRow]:
    """Yield exactly what the list shows on all its pages, in its order."""
    known = _answering(viewer, on)
    yield from _as_rows(list(_filtered(viewer, filters, known).order_by(sort, "name", "id")), known)


def active_but(viewer: Actor, but: Collection[UUID], *, page: int = 1, size: int = 50) -> Page[Firm]:
    """Return a page of the active enterprises that the viewer sees and are not among these, by village; two queries.

    but: what a town's enterprises did, some thousands at most: their ids go into the statement.
    """
    rows = Enterprise.objects.visible_to(viewer).filter(state=State.ACTIVE).exclude(pk__in=list(but))
    shown = rows.order_by("path", "name", "id")[(page - 1) * size : page * size]
    return Page(tuple(as_firms(shown)), number=page, size=size, total=rows.count())


def closed_ids(viewer: Actor, *, most: int = CLOSED_LOOKED_AT) -> list[UUID]:
    """Return which of the enterprises that the viewer sees are off the register, last closed first. One query."""
    rows = Enterprise.objects.visible_to(viewer).filter(state=State.CLOSED)
    return list(rows.order_by("-changed_at", "id").values_list("pk", flat=True)[:most])


def tallies(viewer: Actor) -> dict[str, int]:
    """Count the enterprises that the viewer sees by state. One query."""
    return _by_state(Enterprise.objects.visible_to(viewer))


def _by_state(rows: EnterpriseQuerySet) -> dict[str, int]:
    counted = rows.values("state").annotate(n=Count("pk")).order_by()
    return dict.fromkeys(map(str, State), 0) | {row["state"]: row["n"] for row in counted}


def found_for(viewer: Actor, words: str, *, now: datetime, first_n: int = 8) -> list[Found]:
    """Answer the global search by name, short name or code; what a merged one was called finds the winner."""
    rows = Enterprise.objects.visible_to(viewer)
    said = rows.filter(_said(words)).order_by("state", "name", "id").values_list("pk", "merged_into_id")[:first_n]
    keys = list(dict.fromkeys(winner or key for key, winner in said))
    listed = {firm.id: firm for firm in firms_of(rows.filter(pk__in=keys))}
    return [
        Found("企业", firm.name, "　".join(filter(None, (firm.village, firm.code))), "enterprises:show", (firm.id,))
        for firm in (listed[key] for key in keys if key in listed)
    ]


def called(viewer: Actor, words: str, *, most: int) -> list[UUID]:
    """Return the first of the enterprises whose name, short name or code says all these words. One query."""
    rows = Enterprise.objects.visible_to(viewer).filter(_said(words))
    return list(rows.order_by("name", "id").values_list("pk", flat=True)[:most])


def _answering(viewer: Actor, on: date) -> Answering | None:
    """Return who answers for what in the viewer's town; None for those whose sight spans towns."""
    return answering(viewer.scope.town_id, on) if viewer.scope.town_id is not None else None


def _filtered(viewer: Actor, filters: Filters, known: Answering | None) -> EnterpriseQuerySet:
    rows: EnterpriseQuerySet = Enterprise.objects.visible_to(viewer)
    if viewer.scope.town_id is not None:
        rows = rows.of_town(viewer.scope.town_id)
    if filters.state:
        rows = rows.filter(state=filters.state)
    if filters.words.strip():
        rows = rows.filter(_said(filters.words))
    if filters.path:
        rows = rows.below(filters.path)
    rows = _by_kind(rows, filters)
    return _by_gap(viewer, rows, filters.gap, known)


def _by_kind(rows: EnterpriseQuerySet, filters: Filters) -> EnterpriseQuerySet:
    if filters.sector:
        rows = rows.in_any_sector([filters.sector])
    if filters.feature:
        rows = rows.with_any_feature([filters.feature])
    if filters.size:
        rows = rows.filter(size_class="" if filters.size == "unknown" else filters.size)
    return rows


def _by_gap(viewer: Actor, rows: EnterpriseQuerySet, gap: str, known: Answering | None) -> EnterpriseQuerySet:
    if not gap or known is None or viewer.scope.town_id is None:
        return rows
    kinds = [GapKind(gap)] if gap in set(GapKind) else list(GapKind)
    return rows.filter(gap_filter(viewer.scope.town_id, known, kinds))


def _said(words: str) -> Q:
    said = Q()
    for word in words.split()[:5]:
        code = clean_code(word)
        said &= Q(name__icontains=word) | Q(short_name__icontains=word) | Q(uscc__startswith=code) | Q(local_code=word)
    return said


def _as_rows(rows: list[Enterprise], known: Answering | None) -> Iterator[FirmRow]:
    listed = as_firms(rows)
    towns = orgs.towns({firm.town_id for firm in listed})
    for row, firm in zip(rows, listed, strict=True):
        town = towns.get(firm.town_id)
        yield FirmRow(
            firm=firm,
            town_name=town.short_name if town else "",
            size=SizeClass(row.size_class) if row.size_class else None,
            staff=row.staff,
            contact_name=masked_name(row.contact_name),
            contact_phone=masked_phone(row.contact_phone),
            registered_at=row.registered_at,
            responsible=known.of(firm) if known else None,
        )
