"""Who acts: roles and scope from the posts held on a day, in two queries."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final, NamedTuple
from uuid import UUID

from django.db import connection

from bihuan.kernel.actor import Actor, HeldAt
from bihuan.kernel.errors import NotFound
from bihuan.kernel.roles import Role
from bihuan.orgs.models import User
from bihuan.orgs.rules import Extent, Sight, UnitKind
from bihuan.orgs.rules.reach import Grant, HeldPost, area_of, roles_of, scope_of

# of the post or the unit, what kind of fact, role, path, sectors, enterprise
Fact = tuple[UUID | None, str, str, str, str, UUID | None]


class _Held(NamedTuple):
    """A post that somebody holds, with its unit; in the order in which _HELD names the columns."""

    post_id: UUID
    title: str
    sight: str
    town_id: UUID | None
    enterprise_id: UUID | None
    enterprise_name: str
    unit_id: UUID
    unit_name: str
    unit_path: str
    unit_kind: str
    user_name: str


def actor_for(user_id: UUID, *, on: date, address: str = "", device: str = "") -> Actor:
    """Return a person as an actor and viewer on a day. Raises NotFound for an unknown or disabled account.

    on: the legal day of the door's clock. Two queries; one more for a person without a post, who sees nothing.
    """
    held = _held(user_id, on)
    if not held:
        return _without_post(user_id, address=address, device=device)
    facts = _facts([one.post_id for one in held], [one.unit_id for one in held], on)
    posts = [_held_post(one, facts) for one in held]
    main = held[0]
    towns = {one.town_id for one in held}
    return Actor(
        user_id=user_id,
        name=main.user_name,
        post_id=main.post_id,
        post_title=main.title,
        unit_id=main.unit_id,
        unit_name=main.enterprise_name or main.unit_name,
        unit_path=main.unit_path,
        town_id=main.town_id,
        enterprise_id=main.enterprise_id,
        roles=tuple(dict.fromkeys(role for post in posts for role in roles_of(post))),
        scope=scope_of(posts, town_id=main.town_id if len(towns) == 1 else None),
        held=tuple(HeldAt(one.unit_id, one.unit_path, one.enterprise_id) for one in held),
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


def _held(user_id: UUID, on: date) -> list[_Held]:
    """Fetch the open posts that an active person holds on a day, the main one first."""
    day = connection.ops.adapt_datefield_value(on)
    with connection.cursor() as cursor:
        cursor.execute(_HELD, [_stored(user_id), day, day])
        rows = cursor.fetchall()
    return [
        _Held(_known(post), title, sight, _read(town), _read(firm), firm_name, _known(unit), *of_unit)
        for post, title, sight, town, firm, firm_name, unit, *of_unit in rows
    ]


def _facts(post_ids: Sequence[UUID], unit_ids: Sequence[UUID], on: date) -> list[Fact]:
    """Fetch grants, led sectors, attached areas and covered enterprises in one query."""
    posts, units = [_stored(one) for one in post_ids], [_stored(one) for one in unit_ids]
    day = connection.ops.adapt_datefield_value(on)
    sql = _FACTS.format(posts=_marks(posts), units=_marks(units))
    with connection.cursor() as cursor:
        cursor.execute(sql, [*posts, day, day, *units, day, day, *posts, day, day, *posts, day, day])
        rows = cursor.fetchall()
    return [(_read(owner), what, role, path, sectors, _read(firm)) for owner, what, role, path, sectors, firm in rows]


# On every request: plain SQL spares some milliseconds of putting these two together each time.
_HOLDS: Final = "from_on <= %s AND (to_on IS NULL OR to_on >= %s)"
_HELD: Final = f"""
SELECT post.id, post.title, post.sight, post.town_id, post.enterprise_id, post.enterprise_name,
       unit.id, unit.name, unit.path, unit.kind, person.name
    FROM orgs_holding AS held
    JOIN orgs_user AS person ON person.id = held.user_id
    JOIN orgs_post AS post ON post.id = held.post_id
    JOIN orgs_unit AS unit ON unit.id = post.unit_id
    WHERE held.user_id = %s AND {_HOLDS} AND NOT held.of_no_day AND person.is_active AND post.closed_on IS NULL
    ORDER BY held.is_main DESC, held.from_on, held.post_id
"""  # noqa: S608 -- marks only
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


def _known(stored: UUID | str) -> UUID:
    return UUID(stored) if isinstance(stored, str) else stored


def _held_post(held: _Held, facts: Sequence[Fact]) -> HeldPost:
    mine = [fact for fact in facts if fact[0] == held.post_id]
    return HeldPost(
        sight=Sight(held.sight),
        area=area_of(held.unit_path, UnitKind(held.unit_kind)),
        enterprise_id=held.enterprise_id,
        lead_sectors=tuple(sorted({f[4] for f in facts if f[1] == "lead" and f[0] == held.unit_id})),
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
