"""Where a finding lies: an enterprise, a public place of a village, or a unit; and who has to rectify there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final
from uuid import UUID

from bihuan.enterprises import queries as enterprises
from bihuan.enterprises.rules.facts import Firm, State
from bihuan.hazards.models import Hazard
from bihuan.hazards.queries.of_unit import ANSWERABLE, may_rectify
from bihuan.hazards.rules.facts import Given
from bihuan.hazards.rules.finding import NewHazard, closed_firm_refused
from bihuan.hazards.rules.states import PlaceKind
from bihuan.hazards.services.loading import chunks
from bihuan.kernel.errors import Refusal
from bihuan.orgs import queries as orgs
from bihuan.orgs.rules import UnitKind, UnitRef

NO_VILLAGE: Final = "请选定所在的村（社区）。公共场所归所在的村（社区），不挂在科室或镇里。"
NO_UNIT: Final = "请选定单位：本镇的村（社区），或牵头某个行业的部门、站所。"
NO_PARTY: Final = "整改单位选所在的村（社区），或牵头这个行业的部门。别的单位看不到这一项，请改选或移送。"


@dataclass(slots=True)
class Places:
    """The enterprises, units and lead departments among which findings lie; units: those open, of the towns."""

    firms: Mapping[UUID, Firm] = field(default_factory=dict)
    by_path: dict[str, UnitRef] = field(default_factory=dict)
    by_id: dict[UUID, UnitRef] = field(default_factory=dict)
    sectors: dict[UUID, str] = field(default_factory=dict)


def places_of(news: Sequence[NewHazard], *, on: date) -> Places:
    """Read where findings lie; three queries for each town with a finding at no enterprise."""
    places = Places(_firms(news))
    towns = {new.town_id for new in news if new.enterprise_id is None}
    for unit in orgs.units(towns).values():
        below = orgs.units_below(unit.path, (*ANSWERABLE, UnitKind.TOWN))
        places.by_path |= {one.path: one for one in below}
        places.by_id |= {one.id: one for one in below}
    if any(new.place_kind == PlaceKind.UNIT for new in news):
        leads = orgs.leads_of_towns(towns, on)
        places.sectors = {unit.id: sector for (_, sector), unit in sorted(leads.items(), reverse=True)}
    return places


def _firms(news: Sequence[NewHazard]) -> Mapping[UUID, Firm]:
    wanted = list({new.enterprise_id for new in news if new.enterprise_id is not None})
    found: dict[UUID, Firm] = {}
    for part in chunks(wanted):
        found |= enterprises.firms(part)
    return found


def at_its_place(new: NewHazard, places: Places) -> NewHazard:
    """Say of a finding where it lies and who answers for that place: the village, or the unit itself."""
    firm = places.firms.get(new.enterprise_id) if new.enterprise_id else None
    if firm is not None:
        name = firm.short_name or firm.name
        found = replace(new, place_kind=PlaceKind.ENTERPRISE, place_name=name, path=firm.path, sector=firm.lead_sector)
        return replace(found, place_unit_id=None, party_unit_id=None, party_name=name)
    if new.place_kind == PlaceKind.UNIT:
        return _at_its_unit(new, places.by_id.get(new.place_unit_id) if new.place_unit_id else None, places)
    village = places.by_path.get(new.path)
    if village is None or village.kind is not UnitKind.VILLAGE:
        return replace(new, place_unit_id=None, party_unit_id=None, party_name=new.place_name.strip())
    return replace(new, place_unit_id=None, party_unit_id=village.id, party_name=village.name)


def _at_its_unit(new: NewHazard, unit: UnitRef | None, places: Places) -> NewHazard:
    """Lie where the unit lies; a department's in the sector that it leads, so that its own people see it."""
    if unit is None:
        return replace(new, path="")
    return replace(
        new,
        place_name=new.place_name.strip() or unit.name,
        path=unit.path,
        sector=places.sectors.get(unit.id, "") if unit.kind is UnitKind.DEPARTMENT else new.sector,
        party_unit_id=unit.id,
        party_name=unit.name,
    )


def place_refused(new: NewHazard, places: Places) -> tuple[str, str]:
    """Return the field and the sentence for which nothing can lie there, or two empty words."""
    if new.place_kind == PlaceKind.ENTERPRISE:
        firm = places.firms.get(new.enterprise_id) if new.enterprise_id else None
        if firm is None or firm.town_id != new.town_id:
            return "enterprise", "请选定本镇的企业。"
        say = closed_firm_refused(new, firm.name) if firm.state is State.CLOSED else ""
        return ("enterprise", say) if say else ("", "")
    unit = places.by_path.get(new.path)
    if unit is None or unit.town_id != new.town_id:
        return ("unit", NO_UNIT) if new.place_kind == PlaceKind.UNIT else ("village", NO_VILLAGE)
    if new.place_kind == PlaceKind.UNIT:
        seen = unit.kind is UnitKind.VILLAGE or (unit.kind is UnitKind.DEPARTMENT and bool(new.sector))
        return ("", "") if seen else ("unit", NO_UNIT)
    if not new.place_name.strip():
        return "place", "请填写场所的名称。"
    listed_without_village = unit.kind is UnitKind.TOWN and bool(new.source_type)
    return ("", "") if unit.kind is UnitKind.VILLAGE or listed_without_village else ("village", NO_VILLAGE)


def with_real_parties(rows: Sequence[Hazard], givens: Sequence[Given], *, on: date) -> list[Given]:
    """Call each unit that is to rectify by its name; refuse one that could not see the hazard. Two queries at most."""
    named = {given.party_unit_id for given in givens if given.party_unit_id is not None}
    if not named:
        return list(givens)
    units = orgs.units(named)
    leads = orgs.leads_of_towns({row.town_id for row in rows}, on)
    return [
        given if given.party_unit_id is None else replace(given, party_name=_party(row, given, units, leads).name)
        for row, given in zip(rows, givens, strict=True)
    ]


def _party(
    row: Hazard, given: Given, units: Mapping[UUID, UnitRef], leads: Mapping[tuple[UUID, str], UnitRef]
) -> UnitRef:
    unit = units.get(given.party_unit_id) if given.party_unit_id else None
    if unit is not None and may_rectify(unit, path=row.path, led=[leads.get((row.town_id, row.sector))]):
        return unit
    raise Refusal("hazards.no_party", NO_PARTY, field="party_unit_id")
