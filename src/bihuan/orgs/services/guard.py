"""Who may, and how this room's news is worded."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, TypeVar
from uuid import UUID

from bihuan.kernel.actor import Actor
from bihuan.kernel.errors import NotAllowed
from bihuan.kernel.roles import Role
from bihuan.orgs.models import Post, Unit, User
from bihuan.orgs.rules import OrgAct
from bihuan.orgs.rules.may import ACT_NAMES, MAY
from bihuan.trail.news import News

SLICE: Final = 5_000  # rows at a time: SQLite counts the parameters of a statement
Item = TypeVar("Item")


def slices(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    """Cut a long list into pieces that one statement can name."""
    return (items[at : at + SLICE] for at in range(0, len(items), SLICE))


def require(actor: Actor, act: OrgAct, *paths: str) -> str:
    """Refuse an actor who has no role for this act over every one of these paths; return the role used."""
    used = ""
    for path in dict.fromkeys(paths):
        held = actor.roles_over(path=path) & (MAY[act] | {Role.SYSTEM})
        if not held:
            raise NotAllowed(f"orgs.may_not_{act}", f"您的岗位不能在这里{ACT_NAMES[act]}。请找管这件事的管理员办理。")
        used = min(held)
    return used


def unit_news(kind: str, unit: Unit, say: str, **facts: Any) -> News:
    """Word the news of a unit; above towns it goes on the unit's own chain."""
    return News(
        kind=kind,
        say=say,
        subject_type="orgs.unit",
        subject_id=unit.pk,
        town_id=unit.town_id,
        unit_id=unit.pk if unit.town_id is None else None,
        path=unit.path,
        **facts,
    )


def post_news(kind: str, post: Post, say: str, **facts: Any) -> News:
    """Word the news of a post."""
    return News(
        kind=kind,
        say=say,
        subject_type="orgs.post",
        subject_id=post.pk,
        town_id=post.town_id,
        unit_id=post.unit_id if post.town_id is None else None,
        path=post.unit.path,
        enterprise_id=post.enterprise_id,
        **facts,
    )


def user_news(kind: str, user: User, say: str, *, path: str = "", after: Mapping[str, Any] | None = None) -> News:
    """Word the news of a person; never with a password in it."""
    return News(
        kind=kind,
        say=say,
        subject_type="orgs.user",
        subject_id=user.pk,
        town_id=user.town_id,
        path=path,
        after=after or {},
    )


def text(value: UUID | None) -> str | None:
    """Write an id as JSON wants it."""
    return str(value) if value is not None else None
