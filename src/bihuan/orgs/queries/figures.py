"""Figures of responsibility for one place, as of any day: from rows that hold from one day to another (R1.1, R8.1).

For statistics, which have asked whether the viewer sees the whole place.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from bihuan.kernel.indicators import Answer, Line, Question
from bihuan.kernel.paths import is_within, town_path
from bihuan.orgs.models import AreaLeader, DutyList, Holding, Post, Unit
from bihuan.orgs.rules import LEADER_KINDS, UnitKind

LEADERS: Final = "orgs.leaders"
AREAS: Final = "orgs.areas"
LEADER, AREA = ("post__unit__path", "user_id"), ("path", "pk")


def leaders(asked: Question, names: Collection[str]) -> Mapping[str, Answer]:
    """Count the leaders at the end of the day, whoever holds several posts once, or those of them with a duty list for
    any of them (R1.1)."""
    rows = _here(asked, LEADERS, lambda around: _leaders(around).annotate(some=_listed(around)), LEADER)
    every, some = {who for _, who in rows}, {who for is_listed, who in rows if is_listed}
    return {name: Answer(len(every if name == LEADERS else some)) for name in names}


def areas(asked: Question, names: Collection[str]) -> Mapping[str, Answer]:
    """Count the villages there were on the day, or those of them that had a leader attached (R8.1)."""
    rows = _here(asked, AREAS, lambda around: _villages(around.path, around.until).annotate(some=_led(around)), AREA)
    return {name: Answer(len(rows) if name == AREAS else sum(is_led for is_led, _ in rows)) for name in names}


def _here(
    asked: Question, name: str, find: Callable[[Question], QuerySet[Any]], columns: tuple[str, str]
) -> list[tuple[bool, Any]]:
    """Return whether each of these rows in the place is one of some, and whose it is. columns: the path, and whose.

    The town is read once for all places in it.
    """
    around, (path, who) = replace(asked, path=town_path(asked.path) or asked.path), columns
    key = (name, around.path, asked.until)
    rows = asked.once(key, lambda: list(find(around).order_by().values_list(path, "some", who)))
    return [(some, whose) for at, some, whose in rows if is_within(at, asked.path)]


def name_leaders(asked: Question, name: str) -> Iterable[Line]:
    """Name the leaders that a figure counts, each with all the posts that count."""
    rows = _leaders(asked) if name == LEADERS else _leaders(asked).filter(_listed(asked))
    found: defaultdict[object, list[str]] = defaultdict(list)
    units: dict[object, str] = {}
    held = rows.order_by("post__unit__path", "-is_main", "post_id")
    for user_id, title, unit in held.values_list("user_id", "post__title", "post__unit__short_name"):
        found[user_id].append(title)
        units.setdefault(user_id, unit)
    return [Line("、".join(titles), units[user_id]) for user_id, titles in found.items()]


def name_areas(asked: Question, name: str) -> Iterable[Line]:
    """Name the villages that a figure of areas counts."""
    rows = _villages(asked.path, asked.until)
    found = rows if name == AREAS else rows.filter(_led(asked))
    return [Line(one) for one in found.order_by("path").values_list("short_name", flat=True)]


def _leaders(asked: Question) -> QuerySet[Holding]:
    """Return who held the posts of leaders at the end of the day."""
    posts = Post.objects.filter(kind__in=LEADER_KINDS, unit__in=Unit.objects.below(asked.path))
    there = posts.filter(Q(closed_on=None) | Q(closed_on__gt=asked.until))
    return Holding.objects.on(asked.until).filter(post__in=there)


def _listed(asked: Question) -> Exists:
    return Exists(DutyList.objects.on(asked.until).filter(post=OuterRef("post")))


def _led(asked: Question) -> Exists:
    return Exists(AreaLeader.objects.on(asked.until).filter(path=OuterRef("path"), enterprise_id=None))


def _villages(path: str, on: date) -> QuerySet[Unit]:
    rows = Unit.objects.below(path).filter(kind=UnitKind.VILLAGE, opened_on__lte=on)
    return rows.filter(Q(closed_on=None) | Q(closed_on__gt=on))
