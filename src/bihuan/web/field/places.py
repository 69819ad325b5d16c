"""Where a finding may lie besides an enterprise: the villages and units that the reporter's roles cover."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from bihuan.hazards import queries
from bihuan.hazards.rules.steps import REPORTING
from bihuan.kernel.actor import Actor
from bihuan.orgs import queries as orgs
from bihuan.orgs.rules import UnitKind, UnitRef
from bihuan.standards.rules import SECTOR_NAMES


@dataclass(frozen=True, slots=True)
class Ground:
    """What one reporter may choose. own: the village that is preset. sectors: those a department must name."""

    villages: Sequence[UnitRef] = ()
    units: Sequence[UnitRef] = ()
    sectors: Sequence[str] = ()

    @property
    def own(self) -> str:
        """The only village there is to choose, as the value of its option."""
        return str(self.villages[0].id) if len(self.villages) == 1 else ""

    def village(self, value: str) -> UnitRef | None:
        """Return the village of an option."""
        return next((one for one in self.villages if str(one.id) == value), None)

    def sector_names(self) -> list[tuple[str, str]]:
        """Return the sectors as options."""
        return [(one, _NAMES.get(one, one)) for one in self.sectors]


_NAMES: Final = {str(key): name for key, name in SECTOR_NAMES.items()}


def ground_of(actor: Actor, *, on: date) -> Ground:
    """Return the villages and units of the reporter's town in which they may report."""
    if actor.town_id is None or actor.enterprise_id is not None:
        return Ground()
    town = orgs.unit(actor.town_id)
    below = orgs.units_below(town.path, queries.ANSWERABLE)
    villages = [one for one in below if one.kind is UnitKind.VILLAGE]
    led: dict[UUID, list[str]] = {}
    for sector, unit in sorted(orgs.lead_departments(town.id, on).items()):
        led.setdefault(unit.id, []).append(sector)
    units = [one for one in below if _reaches_unit(actor, one, led.get(one.id, []))]
    whole = [one for one in villages if _reaches(actor, one.path, "")]
    if whole:
        return Ground(whole, units)
    sectors = sorted({sector for held in actor.roles if held.role in REPORTING for sector in held.sectors})
    within = [one for one in villages if any(_reaches(actor, one.path, sector) for sector in sectors)]
    return Ground(within, units, sectors if within else ())


def _reaches_unit(actor: Actor, unit: UnitRef, led: Sequence[str]) -> bool:
    if unit.kind is UnitKind.VILLAGE:
        return _reaches(actor, unit.path, "")
    return bool(led) and _reaches(actor, unit.path, led[0])


def _reaches(actor: Actor, path: str, sector: str) -> bool:
    return bool(actor.roles_over(path=path, sector=sector) & REPORTING)
