"""Who acts: roles and scope from the posts held on a day, in two queries."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final
from uuid import UUID

from django.db import connection

from bihuan.kernel.actor import Actor, HeldAt
from bihuan.kernel.errors import NotFound
from bihuan.kernel.roles import Role
from bihuan.orgs.models import Holding, User
from bihuan.orgs.rules import Extent, Sight, UnitKind
from bihuan.orgs.rules.reach import Grant, HeldPost, area_of, roles_of, scope_of

# of the post or the unit, what kind of fact, role, path, sectors, enterprise
Fact = tuple[UUID | None, str, str, str, str, UUID | None]


def actor_for(user_id: UUID, *, on: date, address: str = "", device: str = "") -> Actor:
    """Return a person as an actor and viewer on a day. Raises NotFound for an unknown or disabled account.

    on: the legal day of the door's clock. Two queries; one more for a person without a post, who sees nothing.
    """
    held = list(
        Holding.objects.on(on)
        .filter(user_id=user_id, user__is_active=True, post__closed_on=None)
        .select_related("user", "post__unit")
        .order_by("-is_main", "from_on", "post_id")
    )
    if not held:
        return _without_post(user_id, address=address, device=device)
    facts = _facts([one.post_id for one in held], [one.post.unit_id for one in held], on)
    posts = [_held_post(one, facts) for one in held]
    main = held[0].post
    towns = {one.post.town_id for one in held}
    return Actor(
        user_id=user_id,
        name=held[0].user.name,
        post_id=main.pk,
        post_title=main.title,
        unit_id=main.unit_id,
        unit_name=main.enterprise_name or main.unit.name,
        unit_path=main.unit.path,
        town_id=main.town_id,
        enterprise_id=main.enterprise_id,
        roles=tuple(dict.fromkeys(role for post in posts for role in roles_of(post))),
        scope=scope_of(posts, town_id=main.town_id if len(towns) == 1 else None),
        held=tuple(HeldAt(one.post.unit_id, one.post.unit.path, one.post.enterprise_id) for one in held),
        address=address,
        device=device,
    )


def actors_for(user_ids: Iterable[UUID], *, on: date) -> dict[UUID, Actor]:
    """Return several people as actors; for generators and jobs, not for pages (two queries each)."""
    return {one: actor_for(one, on=on) for one in user_ids}


def _without_post(user_id: UUID, *, address: str, device: str) -> Actor:
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None:
        raise NotFound("orgs.no_user", "没有找到这个账号。")
    return Actor(user_id=user.pk, name=user.name, town_id=user.town_id, address=address, device=device)


def _facts(post_ids: Sequence[UUID], unit_ids: Sequence[UUID], on: date) -> list[Fact]:
    """Fetch grants, led sectors, attached areas and covered enterprises in one query."""
    posts, units = [_stored(one) for one in post_ids], [_stored(one) for one in unit_ids]
    day = connection.ops.adapt_datefield_value(on)
    sql = _FACTS.format(posts=_marks(posts), units=_marks(units))
    with connection.cursor() as cursor:
        cursor.execute(sql, [*posts, day, day, *units, day, day, *posts, day, day, *posts, day, day])
        rows = cursor.fetchall()
    return [(_read(owner), what, role, path, sectors, _read(firm)) for owner, what, role, path, sectors, firm in rows]


# On every request: plain SQL spares some milliseconds of putting this union together each time.
_HOLDS: Final = "from_on <= %s AND (to_on IS NULL OR to_on >= %s)"
_FACTS: Final = f"""
SELECT post_id, 'grant', role, path, sectors, enterprise_id
    FROM orgs_rolegrant WHERE post_id IN ({{posts}}) AND {_HOLDS}
UNION ALL SELECT unit_id, 'lead', '', '', sector, NULL
    FROM orgs_sectordepartment WHERE unit_id IN ({{units}}) AND is_lead AND {_HOLDS}
UNION ALL SELECT post_id, 'area', '', path, '', enterprise_id
    FROM orgs_arealeader WHERE post_id IN ({{posts}}) AND {_HOLDS}
UNION ALL SELECT post_id, 'cover', '', '', '', enterprise_id
    FROM orgs_enterprisepost WHERE post_id IN ({{posts}}) AND {_HOLDS}
"""  # noqa: S608 -- marks only


def _marks(values: Sequence[object]) -> str:
    return ", ".join(["%s"] * len(values))


def _stored(one: UUID) -> UUID | str:
    return one if connection.features.has_native_uuid_field else one.hex


def _read(stored: UUID | str | None) -> UUID | None:
    return UUID(stored) if isinstance(stored, str) else stored


def _held_post(held: Holding, facts: Sequence[Fact]) -> HeldPost:
    post = held.post
    mine = [fact for fact in facts if fact[0] == post.pk]
    kind = UnitKind(post.unit.kind)
    return HeldPost(
        sight=Sight(post.sight),
        area=area_of(post.unit.path, kind),
        enterprise_id=post.enterprise_id,
        lead_sectors=tuple(sorted({f[4] for f in facts if f[1] == "lead" and f[0] == post.unit_id})),
        attached_paths=tuple(sorted({f[3] for f in mine if f[1] == "area" and f[3]})),
        attached_enterprises=frozenset(f[5] for f in mine if f[1] == "area" and f[5] is not None),
        covered=frozenset(f[5] for f in mine if f[1] == "cover" and f[5] is not None),
        grants=tuple(
            sorted((_grant(f) for f in mine if f[1] == "grant"), key=lambda g: (list(Role).index(g.role), str(g.over)))
        ),
    )


def _grant(fact: Fact) -> Grant:
    _, _, role, path, sectors, enterprise_id = fact
    if not path and enterprise_id is None:
        return Grant(Role(role))
    return Grant(Role(role), Extent(path, tuple(filter(None, sectors.split(","))), enterprise_id))
