"""Figures of responsibility for one place, as of any day: from rows that hold from one day to another (R1.1, R8.1).

For statistics, which have asked whether the viewer sees the whole place.
"""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from bihuan.kernel.indicators import Answer, Question
from bihuan.orgs.models import AreaLeader, DutyList, Holding, Post, Unit
from bihuan.orgs.rules import PostKind, UnitKind

LEADING = (PostKind.PRINCIPAL_LEADER, PostKind.LEADER)


def _leaders(asked: Question) -> QuerySet[Post]:
    """Return the posts of leaders that somebody held on the day."""
    held = Holding.objects.on(asked.until).filter(post=OuterRef("pk"))
    rows = Post.objects.filter(kind__in=LEADING, unit__in=Unit.objects.below(asked.path))
    return rows.filter(Q(closed_on=None) | Q(closed_on__gt=asked.until)).filter(Exists(held))


def leaders_in_office(asked: Question) -> Answer:
    """Count the leaders in office at the end of the day, one for each post held."""
    return Answer(_leaders(asked).count())


def leaders_with_duties(asked: Question) -> Answer:
    """Count those of them whose post has a safety duty list in force (R1.1)."""
    listed = DutyList.objects.on(asked.until).filter(post=OuterRef("pk"))
    return Answer(_leaders(asked).filter(Exists(listed)).count())


def _villages(path: str, on: date) -> QuerySet[Unit]:
    rows = Unit.objects.below(path).filter(kind=UnitKind.VILLAGE, opened_on__lte=on)
    return rows.filter(Q(closed_on=None) | Q(closed_on__gt=on))


def areas(asked: Question) -> Answer:
    """Count the villages there were on the day."""
    return Answer(_villages(asked.path, asked.until).count())


def areas_led(asked: Question) -> Answer:
    """Count those of them that had a leader attached (R8.1)."""
    led = AreaLeader.objects.on(asked.until).filter(path=OuterRef("path"), enterprise_id=None)
    return Answer(_villages(asked.path, asked.until).filter(Exists(led)).count())
