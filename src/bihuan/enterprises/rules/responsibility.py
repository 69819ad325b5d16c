"""Who answers for an enterprise, resolved and never stored; what does not resolve is a gap (R1.2)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final
from uuid import UUID

from bihuan.enterprises.rules.facts import Firm
from bihuan.orgs.rules import Leaders, PostRef, UnitRef

VILLAGE_DEPTH: Final = 5  # province, city, county, town, village (R10.3)


class GapKind(StrEnum):
    """What can be missing of an enterprise's responsibility."""

    VILLAGE = "village"
    DEPARTMENT = "department"
    LEADER = "leader"


GAP_NAMES: Final = {
    GapKind.VILLAGE: "没有属地村（社区）",
    GapKind.DEPARTMENT: "没有主管部门",
    GapKind.LEADER: "没有挂钩领导",
}


@dataclass(frozen=True, slots=True)
class Responsible:
    """Who answers for one enterprise on a day; None where nobody does."""

    village: UnitRef | None
    department: UnitRef | None
    supporting: tuple[UnitRef, ...]
    leader: PostRef | None

    @property
    def gaps(self) -> tuple[GapKind, ...]:
        """What is missing, in the order of the page."""
        found = ((GapKind.VILLAGE, self.village), (GapKind.DEPARTMENT, self.department), (GapKind.LEADER, self.leader))
        return tuple(kind for kind, who in found if who is None)

    @property
    def say(self) -> str:
        """What is missing, as one sentence; "" when nothing is."""
        return "，".join(GAP_NAMES[kind] for kind in self.gaps)


@dataclass(frozen=True, slots=True)
class Answering:
    """Who answers for what in one town on a day: the maps from which each enterprise is resolved."""

    town_path: str
    villages: Mapping[str, UnitRef] = field(default_factory=dict)
    departments: Mapping[str, UnitRef] = field(default_factory=dict)
    supporting: Mapping[str, Sequence[UnitRef]] = field(default_factory=dict)
    leaders: Leaders = field(default_factory=Leaders)

    def of(self, firm: Firm) -> Responsible:
        """Resolve one enterprise: the village of its path, the lead department of its sector, the leader."""
        return Responsible(
            village=self.villages.get(village_path(firm.path)),
            department=self.departments.get(firm.lead_sector),
            supporting=tuple(self.supporting.get(firm.lead_sector, ())),
            leader=self.leaders.of(path=firm.path, enterprise_id=firm.id),
        )

    def lacking(self, *, path: str, sector: str) -> tuple[GapKind, ...]:
        """Return what an enterprise of this place and sector lacks that has no leader of its own."""
        found = (
            (GapKind.VILLAGE, self.villages.get(village_path(path))),
            (GapKind.DEPARTMENT, self.departments.get(sector)),
            (GapKind.LEADER, self.leaders.of(path=path)),
        )
        return tuple(kind for kind, who in found if who is None)

    def attached(self) -> frozenset[UUID]:
        """Return the enterprises that have a leader of their own."""
        return frozenset(self.leaders.by_enterprise)


def village_path(path: str) -> str:
    """Return the path of the village in which a path lies, "" when it lies above the villages."""
    parts = path.strip("/").split("/")
    if len(parts) < VILLAGE_DEPTH or not parts[VILLAGE_DEPTH - 1].isdigit():
        return ""
    return "/" + "/".join(parts[:VILLAGE_DEPTH]) + "/"
