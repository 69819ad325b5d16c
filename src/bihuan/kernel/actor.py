"""Who acts and who looks: frozen values that orgs computes and every room takes."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from bihuan.kernel.paths import is_within
from bihuan.kernel.roles import Role

TRAIL_GRANT: Final = "trail"  # of the audit administrator: the events of the own town, no business rows (R10.13)


@dataclass(frozen=True, slots=True)
class SectorScope:
    """Rows of these lead sectors below this path."""

    path: str
    sectors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scope:
    """What a viewer sees: the union of its parts, and nothing else (product, section 5).

    town_id: set when all of it lies in one town, so that queries can begin with the town's index.
    paths: whole subtrees. sectors: one sector's rows below a path. enterprises: single enterprises.
    grants: named exceptions, such as TRAIL_GRANT.
    """

    town_id: UUID | None = None
    everything: bool = False
    paths: tuple[str, ...] = ()
    sectors: tuple[SectorScope, ...] = ()
    enterprises: frozenset[UUID] = frozenset()
    grants: frozenset[str] = frozenset()

    def covers(self, *, path: str, sector: str = "", enterprise_id: UUID | None = None) -> bool:
        """Tell in memory what `ScopedQuerySet.visible_to` tells in the database; tests prove that they agree."""
        if self.everything or any(is_within(path, root) for root in self.paths):
            return True
        if enterprise_id is not None and enterprise_id in self.enterprises:
            return True
        return any(is_within(path, part.path) and sector in part.sectors for part in self.sectors)


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role held today: over a subtree, over some sectors of a subtree, or over one enterprise."""

    role: Role
    path: str = ""
    sectors: tuple[str, ...] = ()
    enterprise_id: UUID | None = None

    def covers(self, *, path: str, sector: str = "", enterprise_id: UUID | None = None) -> bool:
        """Tell whether the role reaches this row."""
        if self.enterprise_id is not None:
            return enterprise_id == self.enterprise_id
        if not is_within(path, self.path):
            return False
        return not self.sectors or sector in self.sectors


@dataclass(frozen=True, slots=True)
class HeldAt:
    """Where a post held today lies: in a unit; or in an enterprise, whose posts only hang in their village."""

    unit_id: UUID
    unit_path: str
    enterprise_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Sending:
    """One arrival of a filled form. key: the same for every arrival of the same form. arrival: this one's own."""

    key: str
    arrival: UUID


@dataclass(frozen=True, slots=True)
class Actor:
    """A person (or the platform) at this moment: name, post and unit as they are now, roles held today, scope.

    An actor is also a viewer. `user_id` is None only for the platform itself. `town_id` is None above towns. The single
    post, unit and enterprise are those of the main post; held: where every post of today lies, the main one first.
    sending: the filled form that an act comes from, None for none; it is no part of who somebody is.
    """

    user_id: UUID | None
    name: str
    post_id: UUID | None = None
    post_title: str = ""
    unit_id: UUID | None = None
    unit_name: str = ""
    unit_path: str = ""
    town_id: UUID | None = None
    enterprise_id: UUID | None = None
    roles: tuple[HeldRole, ...] = ()
    scope: Scope = field(default_factory=Scope)
    held: tuple[HeldAt, ...] = ()
    address: str = ""
    device: str = ""
    sending: Sending | None = field(default=None, compare=False)

    def has_role(self, *wanted: Role) -> bool:
        """Tell whether any of these roles is held anywhere."""
        return any(held.role in wanted for held in self.roles)

    def roles_over(self, *, path: str, sector: str = "", enterprise_id: UUID | None = None) -> frozenset[Role]:
        """Return the roles that this actor holds over a row with these dimensions."""
        return frozenset(
            held.role for held in self.roles if held.covers(path=path, sector=sector, enterprise_id=enterprise_id)
        )

    @property
    def own_units(self) -> dict[UUID, str]:
        """Every unit in which this person holds a post today, and its path; the posts of an enterprise are in none."""
        main = () if self.unit_id is None else (HeldAt(self.unit_id, self.unit_path, self.enterprise_id),)
        return {one.unit_id: one.unit_path for one in (*main, *self.held) if one.enterprise_id is None}

    @property
    def own_unit_id(self) -> UUID | None:
        """The unit this person speaks for: that of the first post that is not an enterprise's; None without such."""
        return next(iter(self.own_units), None)

    @property
    def enterprise_ids(self) -> frozenset[UUID]:
        """Every enterprise in which this person holds a post today."""
        known = {self.enterprise_id, *(one.enterprise_id for one in self.held)}
        return frozenset(one for one in known if one is not None)

    @property
    def role_names(self) -> Iterable[Role]:
        """The distinct roles held, in the order of the post's grants."""
        return dict.fromkeys(held.role for held in self.roles)


PLATFORM = Actor(
    user_id=None,
    name="系统",
    unit_name="平台",
    roles=(HeldRole(role=Role.SYSTEM, path="/"),),
    scope=Scope(everything=True),
)
