"""The three administrators of a town: each of the three seats stays taken (R10.13)."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from bihuan.kernel.errors import Refusal
from bihuan.kernel.roles import ROLE_NAMES, Role
from bihuan.orgs.models import Holding, RoleGrant
from bihuan.orgs.rules import ADMIN_ROLES


def refuse_last_admin(
    town_id: UUID | None,
    roles: Iterable[Role],
    day: date,
    *,
    without_post: UUID | None = None,
    without_user: UUID | None = None,
) -> None:
    """Refuse what would leave a town without one of its three administrators: a post, or a person, that goes."""
    for role in sorted(ADMIN_ROLES & set(roles)):
        seats = _seats(town_id, role, day)
        left = {(post, user) for post, user in seats if post != without_post and user != without_user}
        if seats and not left:
            raise Refusal(
                "orgs.last_admin",
                f"这是本镇唯一在岗的{ROLE_NAMES[role]}，去掉以后没有人能办{ROLE_NAMES[role]}的事。"
                "请先用“交接岗位”把岗位交给接任的人，再办这件事。",
            )


def refuse_last_admin_of_post(post_id: UUID, town_id: UUID | None, day: date) -> None:
    """Refuse to leave a post empty, or to close it, where it is the last seat of an administrator."""
    refuse_last_admin(town_id, _roles([post_id], day), day, without_post=post_id)


def refuse_last_admin_of_user(user_id: UUID, town_id: UUID | None, day: date) -> None:
    """Refuse to disable a person who is the last administrator of a kind."""
    held = Holding.objects.on(day).filter(user_id=user_id).values_list("post_id", flat=True)
    refuse_last_admin(town_id, _roles(held, day), day, without_user=user_id)


def _roles(post_ids: Iterable[UUID], day: date) -> set[Role]:
    rows = RoleGrant.objects.on(day).filter(post_id__in=list(post_ids), role__in=ADMIN_ROLES)
    return {Role(role) for role in rows.values_list("role", flat=True)}


def _seats(town_id: UUID | None, role: Role, day: date) -> set[tuple[UUID, UUID]]:
    """Return who sits on which post with this role, today and until further notice."""
    granted = RoleGrant.objects.on(day).filter(role=role, to_on=None, path="", sectors="", enterprise_id=None)
    rows = Holding.objects.filter(
        post__in=granted.values("post_id"),
        post__town_id=town_id,
        post__closed_on=None,
        user__is_active=True,
        from_on__lte=day,
        to_on=None,
    )
    return set(rows.values_list("post_id", "user_id"))
