"""Figures of responsibility for one place, as of any day: from rows that hold from one day to another (R1.1, R8.1).

For statistics, which have asked whether the viewer sees the whole place.
"""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Final

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from bihuan.kernel.indicators import Answer, Question
from bihuan.orgs.models import AreaLeader, DutyList, Holding, Post, Unit
from bihuan.orgs.rules import LEADER_KINDS, UnitKind

LEADERS: Final = "orgs.leaders"
AREAS: Final = "orgs.areas"


def leaders(asked: Question, names: Collection[str]) -> Mapping[str, Answer]:
    """Count the posts of leaders that somebody held at the end of the day, or those of them with a duty list (R1.1)."""
    held = Holding.objects.on(asked.until).filter(post=OuterRef("pk"))
    rows = Post.objects.filter(kind__in=LEADER_KINDS, unit__in=Unit.objects.below(asked.path))
    rows = rows.filter(Q(closed_on=None) | Q(closed_on__gt=asked.until)).filter(Exists(held))
    listed = Exists(DutyList.objects.on(asked.until).filter(post=OuterRef("pk")))
    counts = rows.aggregate(every=Count("pk"), some=Count("pk", filter=listed))
    return {name: Answer(counts["every" if name == LEADERS else "some"]) for name in names}


def areas(asked: Question, names: Collection[str]) -> Mapping[str, Answer]:
    """Count the villages there were on the day, or those of them that had a leader attached (R8.1)."""
    led = Exists(AreaLeader.objects.on(asked.until).filter(path=OuterRef("path"), enterprise_id=None))
    counts = _villages(asked.path, asked.until).aggregate(every=Count("pk"), some=Count("pk", filter=led))
    return {name: Answer(counts["every" if name == AREAS else "some"]) for name in names}


def _villages(path: str, on: date) -> QuerySet[Unit]:
    rows = Unit.objects.below(path).filter(kind=UnitKind.VILLAGE, opened_on__lte=on)
    return rows.filter(Q(closed_on=None) | Q(closed_on__gt=on))
