"""What a checked workbook says is to be made."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bihuan.kernel.roles import Role
from bihuan.orgs.rules.codes import UnitKind
from bihuan.orgs.rules.refs import PostKind
from bihuan.orgs.rules.sheet.tables import RowProblem


@dataclass(frozen=True, slots=True)
class Known:
    """What the checks compare with. Names are full or short ones; the town goes by its own name.

    units: kind by name. full_names: full name by any name. posts: (full unit name, title). held: posts with a holder.
    accounts: taken ones. sectors: code by word. town_path, town_name: of the town imported into.
    """

    town_name: str
    town_path: str
    units: Mapping[str, UnitKind] = field(default_factory=dict)
    full_names: Mapping[str, str] = field(default_factory=dict)
    posts: frozenset[tuple[str, str]] = frozenset()
    held: frozenset[tuple[str, str]] = frozenset()
    accounts: frozenset[str] = frozenset()
    sectors: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit to be made; parent: full name, the town's for what hangs below the town."""

    kind: UnitKind
    name: str
    short_name: str
    parent: str
    code: str


@dataclass(frozen=True, slots=True)
class PostLine:
    """A post to be made, or one that exists and gets a holder; unit: full name. person "" leaves it vacant.

    roles: None takes what such a post brings with it.
    """

    unit: str
    title: str
    kind: PostKind
    roles: tuple[Role, ...] | None
    person: str
    account: str
    phone: str
    exists: bool = False


@dataclass(frozen=True, slots=True)
class SectorLine:
    """A sector with its lead and supporting departments by full name."""

    sector: str
    lead: str
    supporting: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AreaLine:
    """A village, by full name, and the leader's post attached to it."""

    village: str
    post: str


@dataclass(frozen=True, slots=True)
class TownPlan:
    """All that a workbook says, parents before children; nothing may be made while there are problems."""

    units: tuple[UnitLine, ...] = ()
    posts: tuple[PostLine, ...] = ()
    sectors: tuple[SectorLine, ...] = ()
    areas: tuple[AreaLine, ...] = ()
    problems: tuple[RowProblem, ...] = ()

    @property
    def people(self) -> int:
        """How many people get an account."""
        return len({line.account for line in self.posts if line.person})
