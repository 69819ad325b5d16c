"""Who answers for which enterprise, and for which nobody does (R1.2)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Q

from bihuan.enterprises.models import Enterprise
from bihuan.enterprises.rules.facts import Firm
from bihuan.enterprises.rules.responsibility import Answering, GapKind, Responsible, village_path
from bihuan.kernel.actor import Actor
from bihuan.kernel.calendar import day_of
from bihuan.kernel.waiting import Waiting, WaitingList
from bihuan.orgs import queries as orgs
from bihuan.orgs.rules import TownDuties, UnitKind


@dataclass(frozen=True, slots=True)
class Gaps:
    """How many active enterprises nobody fully answers for, by what is missing."""

    total: int
    by_kind: Mapping[GapKind, int]


def answering(town_id: UUID, on: date) -> Answering:
    """Return who answers for what in a town on a day; a fixed number of queries."""
    areas = orgs.areas_of(town_id)
    if not areas:
        return Answering(town_path="")
    return Answering(
        town_path=areas[0].path,
        villages={unit.path: unit for unit in areas[1:]},
        departments=orgs.lead_departments(town_id, on),
        supporting=orgs.supporting_departments(town_id, on),
        leaders=orgs.leaders(town_id, on),
    )


def _answering_of(duties: TownDuties) -> Answering:
    """Return who answers for what as far as gaps go, which ask for no supporting department."""
    return Answering(
        town_path=duties.town.path,
        villages={unit.path: unit for unit in duties.villages},
        departments=duties.sector_leads,
        leaders=duties.leaders,
    )


def responsible_for(firms: Iterable[Firm], on: date) -> dict[UUID, Responsible]:
    """Resolve enterprises, for rooms that have checked the viewer; a fixed number of queries for each town."""
    listed = list(firms)
    known = {town_id: answering(town_id, on) for town_id in {firm.town_id for firm in listed}}
    return {firm.id: known[firm.town_id].of(firm) for firm in listed}


def gap_filter(town_id: UUID, known: Answering, kinds: Iterable[GapKind] = tuple(GapKind)) -> Q:
    """Return the condition under which an enterprise of the town lacks one of these."""
    lacking = _lacking(town_id, known)
    wanted = Q(pk__in=[])
    for kind in kinds:
        wanted |= lacking[kind]
    return wanted


def _lacking(town_id: UUID, known: Answering) -> dict[GapKind, Q]:
    pairs = list(Enterprise.objects.of_town(town_id).active().values_list("path", "lead_sector").distinct().order_by())
    paths, sectors = {path for path, _ in pairs}, {sector for _, sector in pairs}
    return {
        GapKind.VILLAGE: Q(path__in=[path for path in paths if village_path(path) not in known.villages]),
        GapKind.DEPARTMENT: Q(lead_sector__in=[sector for sector in sectors if sector not in known.departments]),
        GapKind.LEADER: Q(path__in=[path for path in paths if known.leaders.of(path=path) is None])
        & ~Q(pk__in=known.attached()),
    }


def gaps(viewer: Actor, on: date, *, duties: TownDuties | None = None) -> Gaps:
    """Count the viewer's active enterprises that lack a village, a department or a leader; nothing above towns.

    duties: those of the viewer's town, where the caller has read them.
    """
    town_id = viewer.town_id
    if town_id is None:
        return Gaps(0, dict.fromkeys(GapKind, 0))
    known = answering(town_id, on) if duties is None else _answering_of(duties)
    rows = Enterprise.objects.visible_to(viewer).of_town(town_id).active().order_by().values_list("path", "lead_sector")
    led = Count("pk", filter=Q(pk__in=known.attached()))  # by a leader of their own
    total, by_kind = 0, dict.fromkeys(GapKind, 0)
    for path, sector, count, n_led in rows.annotate(n=Count("pk"), n_led=led):
        lacking = known.lacking(path=path, sector=sector)
        for kind in lacking:
            by_kind[kind] += count - n_led if kind is GapKind.LEADER else count
        total += count - n_led if lacking == (GapKind.LEADER,) else count if lacking else 0
    return Gaps(total, by_kind)


def waiting_for(viewer: Actor, *, now: datetime, first_n: int = 20, known: TownDuties | None = None) -> WaitingList:
    """Tell the desk of the safety office which enterprises nobody answers for (R1.2): one row for each kind of gap.

    known: the duties of the viewer's town, where the caller has read them.
    """
    if not viewer.has_role(*orgs.DESIGNATORS):
        return WaitingList()
    found = gaps(viewer, day_of(now), duties=known)
    told = {
        GapKind.VILLAGE: ("家企业没有属地村（社区）", "定属地"),
        GapKind.DEPARTMENT: ("家企业没有主管部门", "定主管部门"),
        GapKind.LEADER: ("家企业没有挂钩领导", "定挂钩领导"),
    }
    rows = [
        Waiting(
            what=f"enterprise.gap_{kind}",
            title=f"{found.by_kind[kind]} {words}",
            reason="每家企业都要有属地、主管部门和挂钩领导；没有的由安委办指定",
            verb=verb,
            url_name="enterprises:list",
            query=f"gap={kind}",
            count=found.by_kind[kind],
        )
        for kind, (words, verb) in told.items()
        if found.by_kind[kind]
    ]
    return WaitingList(tuple(rows[:first_n]), later=len(rows), by_what={row.what: 1 for row in rows})


def villages_of(viewer: Actor) -> list[tuple[str, str]]:
    """Return the villages of the viewer's town, path and short name; none above towns. At most one query."""
    areas = orgs.areas_of(viewer.town_id) if viewer.town_id is not None else []
    return [(unit.path, unit.short_name) for unit in areas[1:]]


def paths_of_town(town_id: UUID, paths: Iterable[str]) -> frozenset[str]:
    """Return those of the paths at which an enterprise of the town may lie: its villages and grids, and itself."""
    places = {UnitKind.TOWN, UnitKind.VILLAGE, UnitKind.GRID}
    units = orgs.units_by_path(paths).values()
    return frozenset(unit.path for unit in units if unit.town_id == town_id and unit.kind in places)
