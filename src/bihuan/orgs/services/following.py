"""Keep this room's copies true when an enterprise moves, is renamed or is merged; writes own rows, performs no act."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from bihuan.kernel.calendar import ONE_DAY
from bihuan.kernel.paths import ancestors
from bihuan.orgs.models import AreaLeader, EnterprisePost, Holding, Post, Unit
from bihuan.orgs.rules import UnitKind


class Told(Protocol):
    """What the follower reads of an event."""

    kind: str
    subject_id: UUID
    day: date
    before: Mapping[str, Any]
    after: Mapping[str, Any]


def follow(events: Sequence[Told]) -> None:
    """Follow `enterprise.moved`, `enterprise.changed` (its name) and `enterprise.merged`."""
    ours = [event for event in events if event.kind.startswith("enterprise.")]
    moved = {event.subject_id: event.after["path"] for event in ours if event.kind == "enterprise.moved"}
    renamed = {
        event.subject_id: event.after["name"]
        for event in ours
        if event.kind == "enterprise.changed" and "name" in event.after
    }
    if moved:
        _move(moved)
    for enterprise_id, name in renamed.items():
        Post.objects.filter(enterprise_id=enterprise_id).update(enterprise_name=name[:128])
    for event in ours:
        if event.kind == "enterprise.merged":
            _merge(UUID(event.before["enterprise_id"]), UUID(event.after["enterprise_id"]), event.day)


def _move(paths: Mapping[UUID, str]) -> None:
    """Seat the enterprises' posts in the unit of their new place: the village, else the town."""
    wanted = {path for one in paths.values() for path in ancestors(one)}
    units = {unit.path: unit for unit in Unit.objects.filter(path__in=wanted)}
    for enterprise_id, path in paths.items():
        seats = (UnitKind.VILLAGE, UnitKind.TOWN)
        near = [units[one] for one in reversed(ancestors(path)) if one in units and units[one].kind in seats]
        if near:
            Post.objects.filter(enterprise_id=enterprise_id).update(unit=near[0])


def _merge(loser: UUID, winner: UUID, day: date) -> None:
    """Give the loser's people to the winner; a post the winner has already is closed, its holder leaves it."""
    name = Post.objects.filter(enterprise_id=winner).values_list("enterprise_name", flat=True).first()
    taken = set(Post.objects.filter(enterprise_id=winner, closed_on=None).values_list("title", flat=True))
    doubles = Post.objects.filter(enterprise_id=loser, closed_on=None, title__in=taken)
    last = day - ONE_DAY
    for held in Holding.objects.filter(post__in=doubles, to_on=None):
        Holding.objects.filter(pk=held.pk).update(
            to_on=last, from_on=min(held.from_on, last), of_no_day=held.from_on > last
        )
    doubles.update(closed_on=day)
    changes: dict[str, Any] = {"enterprise_id": winner} | ({"enterprise_name": name} if name else {})
    Post.objects.filter(enterprise_id=loser, closed_on=None).update(**changes)
    for rows in (AreaLeader.objects.filter(enterprise_id=loser), EnterprisePost.objects.filter(enterprise_id=loser)):
        rows.filter(to_on=None, from_on__gte=day).update(from_on=last)
        rows.filter(to_on=None).update(to_on=last)
