"""Seat a person above the towns: the only way in, because no administrator of a town reaches that far."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import NotFound, Refusal
from bihuan.orgs import queries
from bihuan.orgs.rules import PostKind, PostRef, UnitKind, UnitRef, code_of_path, path_of_code
from bihuan.orgs.services.handing_over import hand_over_post
from bihuan.orgs.services.people import FirstPassword, NewUser, create_users
from bihuan.orgs.services.posts import NewHolding, NewPost, create_posts, hold_posts
from bihuan.orgs.services.units import NewUnit, create_units

DIVISIONS: Final = (UnitKind.PROVINCE, UnitKind.CITY, UnitKind.COUNTY)


@dataclass(frozen=True, slots=True)
class NewSuperior:
    """A person on a post of an office above the towns. area: code or full name of a county, city or province.

    takes_over: the post may be held; its holder gives it up.
    """

    area: str
    office: str
    title: str
    name: str
    account: str
    office_short: str = ""
    phone: str = ""
    takes_over: bool = False


@transaction.atomic
def seat_superior(*, new: NewSuperior, actor: Actor, now: datetime) -> tuple[UnitRef, FirstPassword]:
    """Make the office below its area, the post and the account where they are missing; return area and first password.

    The post brings the role of a superior and sees all towns of the area (L11). One that is held is taken over where
    that is asked for, refused else.
    """
    area = _division(new.area)
    office = _office(area, new, actor, now)
    post = _post(office, new, actor, now)
    told = create_users(users=[NewUser(new.account, new.name, None, phone=new.phone)], actor=actor, now=now)[0]
    if post.holder_id is None:
        hold_posts(holdings=[NewHolding(post.id, told.user.id)], actor=actor, now=now)
    elif new.takes_over:
        hand_over_post(post_id=post.id, to_user_id=told.user.id, reason="接任", actor=actor, now=now)
    else:
        say = f"{office.name}的岗位“{post.title}”由{post.holder_name}担任。确由新的人接任的，请加 --takes-over 再运行。"
        raise Refusal("orgs.post_held", say, field="title")
    return area, told


def _post(office: UnitRef, new: NewSuperior, actor: Actor, now: datetime) -> PostRef:
    """Return the post of this title in the office, made when it is not there yet."""
    known = {post.title: post for post in queries.posts_of_units([office.id], day_of(now))}
    if post := known.get(new.title.strip()):
        return post
    return create_posts(posts=[NewPost(office.id, new.title, PostKind.UNIT_HEAD)], actor=actor, now=now)[0]


def _division(said: str) -> UnitRef:
    """Return the county, city or province of this code or full name; refuse what is unknown, or is not one alone."""
    known = queries.units_below("/", DIVISIONS)
    words = said.strip()
    if words.isdigit():
        path = path_of_code(words)
        found = [area for area in known if area.path == path]
    else:
        found = [area for area in known if area.name == words]
    if len(found) > 1:
        codes = "、".join(code_of_path(area.path) for area in found)
        raise Refusal(
            "orgs.which_division", f"“{words}”有 {len(found)} 个（{codes}）。请改填行政区划代码。", field="area"
        )
    if not found:
        raise NotFound("orgs.no_division", f"平台上没有“{words}”这个县（区）、市或省。{_known_words(known)}")
    return found[0]


def _known_words(known: Sequence[UnitRef]) -> str:
    if not known:
        return "请先用 bihuan init 建镇，镇以上的各级随镇一起建好。"
    return f"已有：{'、'.join(f'{area.name}（{code_of_path(area.path)}）' for area in known)}。请照着填。"


def _office(area: UnitRef, new: NewSuperior, actor: Actor, now: datetime) -> UnitRef:
    """Return the office of this name directly below the area, made when it is not there yet."""
    below = [unit for unit in queries.units_below(area.path, [UnitKind.OFFICE]) if unit.town_id is None]
    name = new.office.strip()
    for unit in below:
        if name in {unit.name, unit.short_name} and unit.path.rstrip("/").rpartition("/")[0] + "/" == area.path:
            return unit
    return create_units(units=[NewUnit(UnitKind.OFFICE, name, area.id, new.office_short)], actor=actor, now=now)[0]
