"""Questions about units."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from uuid import UUID

from django.db.models import Q

from bihuan.kernel.errors import NotFound
from bihuan.kernel.paths import ancestors
from bihuan.orgs.models import Unit
from bihuan.orgs.rules import TownRef, UnitKind, UnitRef
from bihuan.orgs.rules.codes import kin_of


def unit_ref(row: Unit) -> UnitRef:
    """Freeze a unit."""
    return UnitRef(row.pk, row.name, row.short_name, row.path, UnitKind(row.kind), row.town_id)


def unit(unit_id: UUID) -> UnitRef:
    """Return a unit, open or closed. Raises NotFound."""
    found = Unit.objects.filter(pk=unit_id).first()
    if found is None:
        raise NotFound("orgs.no_unit", "没有找到这个单位。请回到组织责任页重新选。")
    return unit_ref(found)


def units(unit_ids: Iterable[UUID]) -> Mapping[UUID, UnitRef]:
    """Return several units by id, in one query; unknown ids are left out."""
    return {row.pk: unit_ref(row) for row in Unit.objects.filter(pk__in=set(unit_ids))}


def units_by_path(paths: Iterable[str]) -> Mapping[str, UnitRef]:
    """Return several units by path, in one query; unknown paths are left out."""
    return {row.path: unit_ref(row) for row in Unit.objects.filter(path__in=set(paths))}


def units_below(path: str, kinds: Collection[UnitKind] = (), *, with_closed: bool = False) -> list[UnitRef]:
    """Return the unit at `path` and all below it, in the order of the tree; only of these kinds, if any are named."""
    rows = Unit.objects.below(path)
    if kinds:
        rows = rows.filter(kind__in=list(kinds))
    if not with_closed:
        rows = rows.open()
    return [unit_ref(row) for row in rows.order_by("path")]


def successor_units(unit_id: UUID) -> list[UnitRef]:
    """Return the open units of the same town that a unit may be merged into: those that can bear what it bears."""
    ref = unit(unit_id)
    rows = Unit.objects.filter(town_id=ref.town_id, kind__in=kin_of(ref.kind)).open().exclude(pk=unit_id)
    return [unit_ref(row) for row in rows.order_by("path")] if ref.town_id is not None else []


def unit_by_name(town_id: UUID, name: str, kinds: Collection[UnitKind] = ()) -> UnitRef | None:
    """Return the open unit of a town with this full or short name, None when there is none or more than one."""
    return units_by_name(town_id, [name], kinds).get(name)


def units_by_name(town_id: UUID, names: Iterable[str], kinds: Collection[UnitKind] = ()) -> Mapping[str, UnitRef]:
    """Return the open units of a town by full or short name; ambiguous and unknown names are left out. One query."""
    wanted = set(names)
    rows = Unit.objects.filter(town_id=town_id).open()
    if kinds:
        rows = rows.filter(kind__in=list(kinds))
    found: dict[str, set[UnitRef]] = {}
    for row in rows:
        for name in {row.name, row.short_name} & wanted:
            found.setdefault(name, set()).add(unit_ref(row))
    return {name: next(iter(refs)) for name, refs in found.items() if len(refs) == 1}


def town(town_id: UUID) -> TownRef:
    """Return a town with the names of its county, city and province. Raises NotFound."""
    found = towns([town_id]).get(town_id)
    if found is None:
        raise no_town()
    return found


def no_town() -> NotFound:
    """Return the refusal that says that there is no such town."""
    return NotFound("orgs.no_town", "没有找到这个镇。请先运行 bihuan init 建镇。")


def towns(town_ids: Iterable[UUID]) -> Mapping[UUID, TownRef]:
    """Return several towns by id, in two queries; unknown ids are left out."""
    rows = list(Unit.objects.filter(pk__in=set(town_ids), kind=UnitKind.TOWN))
    above = {path for row in rows for path in ancestors(row.path)}
    by_path = {unit.path: unit for unit in Unit.objects.filter(path__in=above)}
    return {row.pk: _town_ref(row, by_path) for row in rows}


def areas_of(town_id: UUID) -> list[UnitRef]:
    """Return a town and its open villages, the town first; nothing for an unknown town. One query."""
    rows = Unit.objects.filter(town_id=town_id, kind__in=[UnitKind.TOWN, UnitKind.VILLAGE])
    found = [unit_ref(row) for row in rows.filter(Q(closed_on=None) | Q(kind=UnitKind.TOWN)).order_by("path")]
    return found if found and found[0].kind is UnitKind.TOWN else []


def towns_below(path: str) -> list[TownRef]:
    """Return the open towns at or below a path, in the order of the tree."""
    ids = [row.id for row in units_below(path, [UnitKind.TOWN])]
    found = towns(ids)
    return [found[one] for one in ids]


def town_names_below(path: str) -> list[tuple[str, str]]:
    """Return path and short name of the open towns at or below a path, in the order of the tree. One query."""
    rows = Unit.objects.below(path).filter(kind=UnitKind.TOWN).open().order_by("path")
    return list(rows.values_list("path", "short_name"))


def all_towns() -> list[TownRef]:
    """Return every open town of the platform, in the order of the tree."""
    ids = list(Unit.objects.filter(kind=UnitKind.TOWN).open().order_by("path").values_list("pk", flat=True))
    found = towns(ids)
    return [found[one] for one in ids]


def only_town_id() -> UUID | None:
    """Return the town of an installation that serves one, None where there are none or several."""
    ids = list(Unit.objects.filter(kind=UnitKind.TOWN).open().values_list("pk", flat=True)[:2])
    return ids[0] if len(ids) == 1 else None


def demo_day() -> date | None:
    """Return the day on which the invented town is seen, None when there is no invented town."""
    return Unit.objects.exclude(demo_on=None).values_list("demo_on", flat=True).order_by("path").first()


def _town_ref(row: Unit, by_path: Mapping[str, Unit]) -> TownRef:
    chain = [by_path.get(path) for path in ancestors(row.path)[:-1]]
    names = {part.kind: part for part in chain if part is not None}
    county = names.get(UnitKind.COUNTY)
    return TownRef(
        id=row.pk,
        name=row.name,
        short_name=row.short_name,
        path=row.path,
        code=row.code,
        county_id=county.pk if county else None,
        county_name=county.name if county else "",
        city_name=names[UnitKind.CITY].name if UnitKind.CITY in names else "",
        province_name=names[UnitKind.PROVINCE].name if UnitKind.PROVINCE in names else "",
        demo_on=row.demo_on,
    )
