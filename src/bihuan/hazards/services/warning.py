"""Tell the leading group and the attached leader of major hazards that have just come to the warning (R3.20)."""

from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction

from bihuan.hazards.models import Hazard
from bihuan.hazards.queries.terms import frames_of
from bihuan.hazards.rules.deadlines import warned_since
from bihuan.hazards.services.notices import leader_posts
from bihuan.hazards.services.telling import SUBJECT
from bihuan.trail import services as trail
from bihuan.trail.rules import Telling

LONGEST_BREAK: Final = timedelta(days=30)  # no holidays keep a working day away for longer
KIND: Final = "hazard.warned"


@transaction.atomic
def tell_warned(*, today: date, now: datetime) -> int:
    """Ring the bell for each that reaches the warning on the very day; return how many notices were written.

    today: the day looked at, which may lie back where the schedule catches up; what was handed in since is not told.
    No act and no event: overdue is computed (L7).
    """
    rows = list(
        Hazard.objects.filter(is_running=True, is_major=True, deadline__lt=today, deadline__gte=today - LONGEST_BREAK)
    )
    frames = frames_of({row.town_id for row in rows}, on=today)
    fresh = [
        row
        for row in rows
        if today
        == warned_since(
            row.level,
            row.deadline,
            today=today,
            terms=frames[row.town_id].terms,
            calendar=frames[row.town_id].calendar,
        )
    ]
    posts = leader_posts(fresh, on=today)
    return trail.tell([_telling(row, sorted(posts[row.pk])) for row in fresh if posts[row.pk]], now=now)


def _telling(row: Hazard, posts: list[UUID]) -> Telling:
    assert row.deadline is not None  # noqa: S101 -- asked for above
    said = f"限期 {row.deadline.month}月{row.deadline.day}日，没有提交整改"
    return Telling(
        say=f"{row.place_name} {row.number}：重大隐患逾期预警，{said}",
        kind=KIND,
        posts=tuple(posts),
        town_id=row.town_id,
        subject_type=SUBJECT,
        subject_id=row.pk,
        url_name="hazards:show",
        url_args=(str(row.pk),),
    )
