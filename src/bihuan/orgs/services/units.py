"""Make and change units."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import Outdated, Refusal
from bihuan.kernel.ids import new_id
from bihuan.kernel.paths import ancestors
from bihuan.orgs import queries
from bihuan.orgs.models import Unit
from bihuan.orgs.queries.units import unit_ref
from bihuan.orgs.rules import (
    AREA_KINDS,
    UNIT_KIND_NAMES,
    OrgAct,
    TownRef,
    UnitKind,
    UnitRef,
    code_of_path,
    path_of_code,
)
from bihuan.orgs.rules.codes import check_parent, kind_of_code, next_segment
from bihuan.orgs.services.guard import require, unit_news
from bihuan.trail.services import record

NAME_LENGTH: Final = 64
SHORT_NAME_LENGTH: Final = 32


@dataclass(frozen=True, slots=True)
class NewUnit:
    """A unit to be made. parent_id may name a unit earlier in the same list.

    code: 12 digits for an area; a village without one takes the next free number. Ignored for lettered kinds.
    """

    kind: UnitKind
    name: str
    parent_id: UUID
    short_name: str = ""
    code: str = ""
    sort_no: int = 0
    opened_on: date | None = None
    id: UUID | None = None


@transaction.atomic
def create_town(
    *,
    code: str,
    name: str,
    province_name: str,
    city_name: str,
    county_name: str,
    short_name: str = "",
    demo_on: date | None = None,
    actor: Actor,
    now: datetime,
) -> TownRef:
    """Make a town, and the county, city and province above it where they are missing. code: 12 digits (R10.3).

    demo_on: only for an invented town, the day on which it is seen.
    """
    path = path_of_code(code)
    if kind_of_code(code) is not UnitKind.TOWN:
        raise Refusal(
            "orgs.not_a_town",
            f"行政区划代码“{code}”不是乡镇（街道）一级的代码。请填到乡镇段、村段为 000。",
            field="code",
        )
    require(actor, OrgAct.CHANGE_UNITS, path)
    if Unit.objects.filter(path=path).exists():
        raise Refusal("orgs.town_exists", f"代码 {code} 的镇已经建过，不能重复建。请核对代码。", field="code")
    names = (province_name, city_name, county_name, name)
    made = _area_chain(path, names, short_name=short_name, demo_on=demo_on, day=day_of(now))
    record(
        [unit_news("unit.created", unit, f"建立单位{unit.name}", after=_facts(unit)) for unit in made],
        actor=actor,
        now=now,
    )
    return queries.town(made[-1].pk)


def _area_chain(path: str, names: Sequence[str], *, short_name: str, demo_on: date | None, day: date) -> list[Unit]:
    chain = ancestors(path)
    known: dict[str, Unit] = {unit.path: unit for unit in Unit.objects.filter(path__in=chain)}
    made: list[Unit] = []
    parent: Unit | None = None
    for kind, part, name in zip(AREA_KINDS, chain, names, strict=False):
        unit = known.get(part)
        if unit is not None:
            _check_known(unit, name)
        else:
            _refuse_name_taken(parent, _named(name, kind))
            is_town = kind is UnitKind.TOWN
            key = new_id()
            unit = Unit(
                id=key,
                town_id=key if is_town else None,
                parent=parent,
                kind=kind,
                name=_named(name, kind),
                short_name=((short_name.strip() if is_town else "") or name.strip())[:SHORT_NAME_LENGTH],
                path=part,
                code=code_of_path(part),
                demo_on=demo_on if is_town else None,
                opened_on=day,
            )
            made.append(unit)
        parent = unit
    Unit.objects.bulk_create(made)
    return made


def _check_known(unit: Unit, name: str) -> None:
    """Refuse a name that is not the one under which the code is known: one of the two is a slip of the pen."""
    if name.strip() != unit.name:
        raise Refusal(
            "orgs.other_name",
            f"代码 {unit.code} 已经登记为“{unit.name}”，这里填的是“{name.strip()}”。请核对名称，或者核对镇的代码。",
            field="name",
        )


def _refuse_name_taken(parent: Unit | None, name: str, *, but: UUID | None = None) -> None:
    """Refuse a name that another open unit below the same parent has."""
    twins = Unit.objects.filter(parent=parent, name=name).open()
    if twin := (twins.exclude(pk=but) if but else twins).first():
        where = f"{parent.name}下面已经有“{name}”" if parent else f"已经有“{name}”"
        code = f"（代码 {twin.code}）" if twin.code else ""
        raise Refusal("orgs.unit_twice", f"{where}{code}。请核对名称，同级单位不能重名。", field="name")


def _named(name: str, kind: UnitKind) -> str:
    if not name.strip():
        raise Refusal("orgs.no_name", f"{UNIT_KIND_NAMES[kind]}的名称空着。请填上全称。", field="name")
    if len(name.strip()) > NAME_LENGTH:
        say = f"{UNIT_KIND_NAMES[kind]}的名称有 {len(name.strip())} 个字，最多 {NAME_LENGTH} 个。请填全称，不写说明。"
        raise Refusal("orgs.long_name", say, field="name")
    return name.strip()


def _facts(unit: Unit) -> dict[str, str | None]:
    return {"kind": unit.kind, "name": unit.name, "path": unit.path, "code": unit.code}


@transaction.atomic
def create_units(*, units: Sequence[NewUnit], actor: Actor, now: datetime) -> list[UnitRef]:
    """Make units below existing ones, parents before children; all or nothing."""
    parents = {unit.pk: unit for unit in Unit.objects.filter(pk__in={new.parent_id for new in units}).open()}
    require(actor, OrgAct.CHANGE_UNITS, *(parents[new.parent_id].path for new in units if new.parent_id in parents))
    taken = _taken_segments(list(parents.values()))
    names = _taken_names(parents)
    made: list[Unit] = []
    for new in units:
        unit = _new_unit(new, parents, taken, names, day=day_of(now))
        parents[unit.pk] = unit
        made.append(unit)
    Unit.objects.bulk_create(made, batch_size=500)
    record(
        [unit_news("unit.created", unit, f"建立单位{unit.name}", after=_facts(unit)) for unit in made],
        actor=actor,
        now=now,
    )
    return [unit_ref(unit) for unit in made]


def create_unit(*, unit: NewUnit, actor: Actor, now: datetime) -> UnitRef:
    """Make one unit."""
    return create_units(units=[unit], actor=actor, now=now)[0]


def _taken_segments(parents: Sequence[Unit]) -> dict[str, set[str]]:
    taken: dict[str, set[str]] = {}
    rows = Unit.objects.filter(parent_id__in=[unit.pk for unit in parents]).values_list("path", flat=True)
    for path in rows:
        head, tail = path.rstrip("/").rsplit("/", 1)
        taken.setdefault(head + "/", set()).add(tail)
    return taken


def _taken_names(parents: Mapping[UUID, Unit]) -> set[tuple[UUID, str]]:
    rows = Unit.objects.filter(parent_id__in=list(parents)).open().values_list("parent_id", "name")
    return {(parent_id, name) for parent_id, name in rows if parent_id is not None}


def _new_unit(
    new: NewUnit, parents: Mapping[UUID, Unit], taken: dict[str, set[str]], names: set[tuple[UUID, str]], *, day: date
) -> Unit:
    parent = parents.get(new.parent_id)
    if parent is None:
        raise Refusal(
            "orgs.no_parent", f"“{new.name}”的上级单位不存在或已经撤销。请先建好上级，再建这一级。", field="parent"
        )
    kind = new.kind
    check_parent(kind, UnitKind(parent.kind))
    name = _named(new.name, kind)
    if (parent.pk, name) in names:
        raise Refusal(
            "orgs.unit_twice", f"{parent.name}下面已经有“{name}”。请换个名称，或直接用已有的单位。", field="name"
        )
    names.add((parent.pk, name))
    segment = _segment(new, parent, taken.setdefault(parent.path, set()))
    taken[parent.path].add(segment)
    key = new.id or new_id()
    return Unit(
        id=key,
        town_id=key if kind is UnitKind.TOWN else parent.town_id,
        parent=parent,
        kind=kind,
        name=name,
        short_name=(new.short_name.strip() or name)[:SHORT_NAME_LENGTH],
        path=f"{parent.path}{segment}/",
        code=code_of_path(f"{parent.path}{segment}/") if kind in AREA_KINDS else "",
        sort_no=new.sort_no,
        opened_on=new.opened_on or day,
    )


def _segment(new: NewUnit, parent: Unit, taken: set[str]) -> str:
    if new.kind not in AREA_KINDS or (new.kind is UnitKind.VILLAGE and not new.code):
        return next_segment(new.kind, frozenset(taken))
    path = path_of_code(new.code)
    if ancestors(path)[-2:-1] != [parent.path] or kind_of_code(new.code) is not new.kind:
        raise Refusal(
            "orgs.code_elsewhere",
            f"“{new.name}”的代码 {new.code} 不在{parent.name}（{parent.code}）下面。请核对代码。",
            field="code",
        )
    segment = path.rstrip("/").rsplit("/", 1)[1]
    if segment in taken:
        raise Refusal("orgs.code_taken", f"代码 {new.code} 已经被别的单位用了。请核对代码。", field="code")
    return segment


@transaction.atomic
def rename_unit(*, unit_id: UUID, name: str, short_name: str, seen_version: int, actor: Actor, now: datetime) -> None:
    """Change a unit's names; its path and code stay."""
    ref = queries.unit(unit_id)
    require(actor, OrgAct.CHANGE_UNITS, ref.path)
    unit = Unit.objects.select_related("parent").get(pk=unit_id)
    refuse_closed(unit)
    before = {"name": unit.name, "short_name": unit.short_name}
    after = {"name": _named(name, ref.kind), "short_name": (short_name.strip() or name.strip())[:SHORT_NAME_LENGTH]}
    _refuse_name_taken(unit.parent, after["name"], but=unit_id)
    change_once(unit_id, seen_version, after)
    say = f"{before['name']}改称{after['name']}"
    record([unit_news("unit.changed", unit, say, before=before, after=after)], actor=actor, now=now)


def refuse_closed(unit: Unit) -> None:
    """Refuse to change a unit that has been closed."""
    if unit.closed_on is not None:
        raise Refusal("orgs.unit_closed", f"{unit.name}已经在{unit.closed_on:%Y-%m-%d}撤销，不能再改。请刷新页面。")


def change_once(unit_id: UUID, seen_version: int, changes: Mapping[str, object]) -> None:
    """Change a unit, unless somebody changed it since it was looked at."""
    moved = Unit.objects.filter(pk=unit_id, version=seen_version).update(**changes, version=seen_version + 1)
    if moved != 1:
        raise Outdated
