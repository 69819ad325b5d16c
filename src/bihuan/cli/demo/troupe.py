"""Who plays: the people of one town by the part they play, read from the posts they hold."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from bihuan.enterprises import queries as enterprises
from bihuan.enterprises.rules.facts import Firm
from bihuan.kernel.actor import Actor
from bihuan.kernel.roles import Role
from bihuan.orgs import queries as orgs
from bihuan.orgs.rules import PostKind, PostRef, TownRef, UnitKind

OFFICE, CHIEF, CHAIR, INSPECTOR, INSPECTOR_2, SUPERIOR = (
    "office", "chief", "chair", "inspector", "inspector_2", "superior",
)  # fmt: skip


@dataclass
class Troupe:
    """The people of one town. `by(part)` is the actor of a part: "office", "village:/path/", "boss:<firm id>" …

    leads: the path of the department that leads each sector. where: latitude and longitude of its enterprises.
    """

    town: TownRef
    firms: Sequence[Firm]
    users: dict[str, UUID] = field(default_factory=dict)
    supervisors: dict[str, UUID] = field(default_factory=dict)
    leads: dict[str, str] = field(default_factory=dict)
    where: dict[UUID, tuple[float, float]] = field(default_factory=dict)
    fallback_supervisor: UUID | None = None
    day: date = date(2017, 12, 18)
    _actors: dict[str, Actor] = field(default_factory=dict)

    def by(self, part: str) -> Actor:
        """Return the actor of a part; posts do not change hands during the season."""
        if part not in self._actors:
            self._actors[part] = orgs.actor_for(self.users[part], on=self.day)
        return self._actors[part]

    def has(self, part: str) -> bool:
        """Tell whether somebody plays this part."""
        return part in self.users

    def village_of(self, firm: Firm) -> str:
        """Return the part of the village that a firm lies in, or the office's where no village is known."""
        part = f"village:{firm.path}"
        return part if part in self.users else OFFICE

    def department_of(self, sector: str) -> str:
        """Return the part of the department that leads a sector, or "" where none does or nobody holds its post."""
        part = f"department:{self.leads.get(sector, '')}"
        return part if part in self.users else ""

    def supervisor_of(self, sector: str) -> UUID:
        """Return the post that supervises a sector, or the office's where no department leads it."""
        found = self.supervisors.get(sector) or self.fallback_supervisor
        assert found is not None  # noqa: S101 -- every town of the demo has an office
        return found


def troupe_of(town_id: UUID, *, day: date) -> Troupe:
    """Read the people of a town from its posts on a day."""
    town = orgs.town(town_id)
    troupe = Troupe(town, (), day=day)
    _staff(troupe, town, day)
    listed = enterprises.export_rows(troupe.by(OFFICE), enterprises.Filters(), on=day)
    troupe.firms = [row.firm for row in listed]
    troupe.where = enterprises.coordinates(firm.id for firm in troupe.firms)
    _villages(troupe, town, day)
    _enterprise_people(troupe, town, day)
    departments = orgs.lead_departments(town_id, day)
    heads: dict[UUID, PostRef] = {}
    for post in orgs.posts_of_units([unit.id for unit in departments.values()], day):
        if post.holder_id is not None and post.kind is not PostKind.ADMIN:
            heads.setdefault(post.unit.id, post)
    troupe.supervisors = {sector: heads[unit.id].id for sector, unit in departments.items() if unit.id in heads}
    troupe.users |= {f"supervisor:{post.id}": _holder(post) for post in _held(list(heads.values()))}
    troupe.leads = {sector: unit.path for sector, unit in departments.items()}
    for post in _held(orgs.posts_with_role(town_id, Role.DEPARTMENT, on=day)):
        troupe.users.setdefault(f"department:{post.unit.path}", _holder(post))
    return troupe


def _held(posts: Sequence[PostRef]) -> list[PostRef]:
    return [post for post in posts if post.holder_id is not None]


def _staff(troupe: Troupe, town: TownRef, day: date) -> None:
    for part, role in ((CHIEF, Role.SAFETY_CHIEF), (CHAIR, Role.COMMITTEE_CHAIR)):
        for post in _held(orgs.posts_with_role(town.id, role, on=day))[:1]:
            troupe.users[part] = _holder(post)
    office = [
        post
        for post in _held(orgs.posts_with_role(town.id, Role.SAFETY_OFFICE, on=day))
        if post.holder_id != troupe.users.get(CHIEF)
    ]
    troupe.users[OFFICE] = _holder(office[0])
    troupe.fallback_supervisor = office[0].id
    known = {troupe.users[OFFICE], troupe.users.get(CHIEF)}
    inspectors = [
        post for post in _held(orgs.posts_with_role(town.id, Role.INSPECTOR, on=day)) if post.holder_id not in known
    ]
    for part, post in zip((INSPECTOR, INSPECTOR_2), inspectors, strict=False):
        troupe.users[part] = _holder(post)
    superiors = _held(orgs.superior_posts(town.path, Role.SUPERIOR, on=day))
    if superiors:
        troupe.users[SUPERIOR] = _holder(superiors[0])


def _villages(troupe: Troupe, town: TownRef, day: date) -> None:
    villages = {unit.path for unit in orgs.units_below(town.path, [UnitKind.VILLAGE])}
    for post in _held(orgs.posts_with_role(town.id, Role.VILLAGE, on=day)):
        if post.unit.path in villages:
            troupe.users.setdefault(f"village:{post.unit.path}", _holder(post))


def _enterprise_people(troupe: Troupe, town: TownRef, day: date) -> None:
    for part, role in (("boss", Role.PRINCIPAL), ("safety", Role.SAFETY_OFFICER)):
        for post in _held(orgs.posts_with_role(town.id, role, on=day)):
            troupe.users.setdefault(f"{part}:{post.enterprise_id}", _holder(post))


def _holder(post: PostRef) -> UUID:
    assert post.holder_id is not None  # noqa: S101 -- only held posts come here
    return post.holder_id
