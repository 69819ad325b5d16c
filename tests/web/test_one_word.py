"""发现 and 登记 are the same sets wherever they are said: dashboard, screen, own indicators, the brief."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse

from bihuan.campaigns.rules.supervision.figures import BY_NAME
from bihuan.desk.queries.flows import FOUND
from bihuan.stats import queries as stats
from bihuan.web.stats.tables import COLUMNS
from tests.hazards.stage import Stage
from tests.web.conftest import Visit


@pytest.fixture
def late(stage: Stage) -> Stage:
    """Found last week, registered this week; and one that turned out to be none."""
    cache.clear()
    stage.report(found_on=stage.day - timedelta(days=7))
    stage.report()
    return stage


def test_given_one_registered_a_week_later_when_the_dashboard_says_found_then_it_stands_in_the_week_of_finding(
    late: Stage, enter: Visit
) -> None:
    page = enter("chief").get(reverse("stats:dashboard")).context

    told = {line.name: (line.week, line.week_before) for line in page["compared"]}
    assert told["发现"] == (1, 1)
    assert told["新登记"] == (2, 0)
    assert [amount for amount, _ in dict(page["trend"].behind)["发现"]][-2:] == [1, 1]
    assert page["flows"].weekly(*FOUND)[-2:] == [1, 1]


def test_given_the_words_when_rooms_say_them_then_each_names_one_measure() -> None:
    titles = [one.title for one in stats.measures().values()]
    assert titles.count("登记隐患") == titles.count("发现隐患") == 1
    (registered,) = (column.measure for column in COLUMNS if column.name == "登记")
    assert stats.measures()[registered].title == "登记隐患"
    (term,) = BY_NAME["counted"].terms()  # of the campaign's own range: less what was closed when it began
    assert [part.name for part in term.parts if part.sign > 0] == [registered]
    assert all(part.still for part in term.parts if part.sign < 0)
    assert BY_NAME["found"].names() == set(FOUND)
    assert [stats.measures()[name].title for name in FOUND] == ["发现隐患"]
