"""The people of enterprises: a post in the enterprise, an account, and the person on it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from bihuan.kernel.actor import Actor, HeldRole
from bihuan.kernel.errors import Refusal
from bihuan.kernel.paths import ancestors
from bihuan.kernel.roles import ROLE_NAMES, Role
from bihuan.orgs.models import Holding, Post, Unit
from bihuan.orgs.rules import OrgAct, PostKind
from bihuan.orgs.rules.may import ENTERPRISE_ROLES
from bihuan.orgs.services.guard import require
from bihuan.orgs.services.people import FirstPassword, NewUser, create_users
from bihuan.orgs.services.posts import NewHolding, NewPost, create_posts, hold_posts


@dataclass(frozen=True, slots=True)
class EnterprisePerson:
    """Somebody of an enterprise who is to use the platform. path: of the enterprise. role: one of the two.

    title: "" takes the role's name, 企业主要负责人 → 主要负责人.
    """

    enterprise_id: UUID
    enterprise_name: str
    town_id: UUID
    path: str
    role: Role
    name: str
    account: str
    phone: str = ""
    title: str = ""

    @property
    def post_title(self) -> str:
        """The title of the post."""
        return self.title.strip() or ROLE_NAMES[self.role].removeprefix("企业")


@transaction.atomic
def register_enterprise_people(
    *, people: Sequence[EnterprisePerson], actor: Actor, now: datetime
) -> list[FirstPassword]:
    """Put people of enterprises on the platform; return their first passwords, told once. All or nothing.

    The caller has checked that the actor sees the enterprises. A vacant post of that title is filled, a held one is
    refused: it is handed over, not taken.
    """
    if any(person.role not in ENTERPRISE_ROLES for person in people):
        raise Refusal("orgs.role_not_of_enterprise", "企业的人只能是主要负责人或安全员。请改选。", field="role")
    require(actor, OrgAct.CHANGE_ENTERPRISE_POSTS, *(person.path for person in people))
    # The right over the enterprises' places is checked above; their accounts belong to the town as a whole.
    actor = replace(actor, roles=(*actor.roles, *(HeldRole(Role.SYSTEM, path) for path in _town_paths(people))))
    units = _units(people)
    known = _posts_of({person.enterprise_id for person in people})
    fresh = [person for person in people if (person.enterprise_id, person.post_title) not in known]
    made = create_posts(
        posts=[
            NewPost(
                units[person.path],
                person.post_title,
                PostKind.ENTERPRISE,
                roles=(person.role,),
                enterprise_id=person.enterprise_id,
                enterprise_name=person.enterprise_name,
            )
            for person in fresh
        ],
        actor=actor,
        now=now,
    )
    known |= {(ref.enterprise_id, ref.title): ref.id for ref in made if ref.enterprise_id}
    _refuse_held([(person, known[person.enterprise_id, person.post_title]) for person in people])
    users = [NewUser(person.account, person.name, person.town_id, phone=person.phone) for person in people]
    told = create_users(users=users, actor=actor, now=now, is_for_enterprises=True)
    holdings = [
        NewHolding(known[person.enterprise_id, person.post_title], one.user.id)
        for person, one in zip(people, told, strict=True)
    ]
    hold_posts(holdings=holdings, actor=actor, now=now)
    return told


def _town_paths(people: Sequence[EnterprisePerson]) -> list[str]:
    return list(Unit.objects.filter(pk__in={person.town_id for person in people}).values_list("path", flat=True))


def _units(people: Sequence[EnterprisePerson]) -> dict[str, UUID]:
    """Return the unit in which the posts at each path sit: the village, else the nearest unit above."""
    wanted = {path for person in people for path in ancestors(person.path)}
    units = dict(Unit.objects.filter(path__in=wanted).values_list("path", "pk"))
    return {
        person.path: next(units[path] for path in reversed(ancestors(person.path)) if path in units)
        for person in people
    }


def _posts_of(enterprise_ids: set[UUID]) -> dict[tuple[UUID, str], UUID]:
    rows = Post.objects.filter(enterprise_id__in=enterprise_ids, closed_on=None)
    return {(firm, title): key for firm, title, key in rows.values_list("enterprise_id", "title", "pk") if firm}


def _refuse_held(seats: Sequence[tuple[EnterprisePerson, UUID]]) -> None:
    held = set(Holding.objects.filter(post__in=[key for _, key in seats], to_on=None).values_list("post", flat=True))
    taken = next((person for person, key in seats if key in held), None)
    if taken is not None:
        raise Refusal(
            "orgs.post_held",
            f"{taken.enterprise_name}的{taken.post_title}已经有人。换人请用“交接岗位”。",
            field="title",
        )
