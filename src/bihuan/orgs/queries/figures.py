"""Figures of responsibility for one place, as of any day: from rows that hold from one day to another (R1.1, R8.1).

For statistics, which have asked whether the viewer sees the whole place.
"""

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


def leaders(asked: Question, names: Collection[str]) -> Mapping[str, Answer]:
    """Count the posts of leaders that somebody held at the end of the day, or those of them with a duty list (R1.1)."""
    rows = _here(asked, LEADERS, lambda around: _leaders(around).annotate(some=_listed(around)), "unit__path")
    return {name: Answer(len(rows) if name == LEADERS else sum(rows)) for name in names}


def areas(asked: Question, names: Collection[str]) -> Mapping[str, Answer]:
    """Count the villages there were on the day, or those of them that had a leader attached (R8.1)."""
    rows = _here(asked, AREAS, lambda around: _villages(around.path, around.until).annotate(some=_led(around)), "path")
    return {name: Answer(len(rows) if name == AREAS else sum(rows)) for name in names}


def _here(asked: Question, name: str, find: Callable[[Question], QuerySet[Any]], path: str) -> list[bool]:
    """Return whether each of these rows in the place is one of some. The town is read once for all places in it."""
    around = replace(asked, path=town_path(asked.path) or asked.path)
    rows = asked.once((name, around.path, asked.until), lambda: list(find(around).order_by().values_list(path, "some")))
    return [some for at, some in rows if is_within(at, asked.path)]


def name_leaders(asked: Question, name: str) -> Iterable[Line]:
    """Name the posts that a figure of leaders counts."""
    rows = _leaders(asked) if name == LEADERS else _leaders(asked).filter(_listed(asked))
    found = rows.order_by("unit__path", "pk").values_list("title", "unit__short_name")
    return [Line(title, unit) for title, unit in found]


def name_areas(asked: Question, name: str) -> Iterable[Line]:
    """Name the villages that a figure of areas counts."""
    rows = _villages(asked.path, asked.until)
    found = rows if name == AREAS else rows.filter(_led(asked))
    return [Line(one) for one in found.order_by("path").values_list("short_name", flat=True)]


def _leaders(asked: Question) -> QuerySet[Post]:
    held = Holding.objects.on(asked.until).filter(post=OuterRef("pk"))
    rows = Post.objects.filter(kind__in=LEADER_KINDS, unit__in=Unit.objects.below(asked.path))
    return rows.filter(Q(closed_on=None) | Q(closed_on__gt=asked.until)).filter(Exists(held))


def _listed(asked: Question) -> Exists:
    return Exists(DutyList.objects.on(asked.until).filter(post=OuterRef("pk")))


def _led(asked: Question) -> Exists:
    return Exists(AreaLeader.objects.on(asked.until).filter(path=OuterRef("path"), enterprise_id=None))


def _villages(path: str, on: date) -> QuerySet[Unit]:
    rows = Unit.objects.below(path).filter(kind=UnitKind.VILLAGE, opened_on__lte=on)
    return rows.filter(Q(closed_on=None) | Q(closed_on__gt=on))
