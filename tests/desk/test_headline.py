"""The figures on top of a workbench are those of the rows that they open."""

from datetime import timedelta

import pytest

from bihuan.desk.queries.headline import headline
from bihuan.hazards.queries.lists import count_of
from bihuan.hazards.rules.filters import Filters, Late
from tests.hazards.stage import make_stage


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["office", "village_east", "industry"])
def test_given_deadlines_all_around_when_counted_as_due_soon_then_it_is_the_rows_that_the_list_shows(who: str) -> None:
    stage = make_stage()
    for days in (1, 2, 3, 4, 5, 9):
        stage.assigned(days=days, description=f"第{days}处")
    stage.rectified()
    viewer = stage.by(who)

    for ahead in range(8):
        today = stage.day + timedelta(days=ahead)
        found = headline(viewer, today=today)

        assert found.soon == count_of(viewer, Filters(late=Late.SOON), today=today), today
        assert found.overdue == count_of(viewer, Filters(late=Late.OVERDUE), today=today), today
