"""The page that holds the criteria of two days side by side."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bihuan.standards import queries
from tests.hazards.stage import Stage
from tests.web.conftest import Visit

pytestmark = pytest.mark.django_db
COMPARE = reverse("standards:compare")
OLD_AND_NEW = {"before": "2018-01-10", "after": "2023-06-01"}


def test_given_a_condition_that_changed_when_compared_then_old_and_new_words_stand_side_by_side(visit: Visit) -> None:
    page = (
        visit("inspector")
        .get(COMPARE, OLD_AND_NEW | {"sector": "light_industry", "feature": "ammonia_refrigeration", "kind": "changed"})
        .content.decode()
    )

    assert "一(二)2" in page
    assert "第十二条(二)" in page
    assert "<ins>" in page
    assert "<del>" in page


def test_given_one_day_twice_when_compared_then_the_page_says_that_nothing_changed(visit: Visit) -> None:
    page = visit("office").get(COMPARE, {"before": "2018-01-10", "after": "2018-01-10"}).content.decode()

    assert "没有变化" in page


def test_given_a_version_not_reconstructed_when_compared_then_the_page_says_so(visit: Visit) -> None:
    page = (
        visit("office").get(COMPARE, {"before": "2023-06-01", "after": "2026-10-15", "family": "消防"}).content.decode()
    )

    assert "条文没有还原" in page
    assert "不再列入" not in page


@pytest.mark.parametrize(
    ("days", "says"),
    [
        ({"before": "2026-09-29", "after": "2026-10-15", "family": "化工和危险化学品"}, "标“不再列入”的，新版可能还有"),
        ({"before": "2018-06-30", "after": "2018-07-01", "family": "消防"}, "标“新增”的，原来可能就有"),
        ({"before": "2023-05-14", "after": "2023-05-15", "family": "工贸"}, ""),
    ],
    ids=["later", "earlier", "both whole"],
)
def test_given_a_version_that_is_held_in_part_when_compared_then_the_page_says_what_that_leaves_open(
    days: dict[str, str], says: str, visit: Visit
) -> None:
    page = visit("office").get(COMPARE, days).content.decode()

    assert ("本库没有收全" in page) == bool(says)
    assert says in page


def test_given_an_enterprise_when_compared_then_its_own_file_chooses_and_the_way_there_is_on_its_page(
    stage: Stage, enter: Visit
) -> None:
    firm_page = enter("office").get(reverse("enterprises:show", args=[stage.firm.id])).content.decode()
    page = enter("office").get(COMPARE, OLD_AND_NEW | {"firm": str(stage.firm.id)}).content.decode()

    assert f"{COMPARE}?firm={stage.firm.id}" in firm_page
    assert f"像{stage.firm.short_name}这样的企业" in page
    assert "纸浆" not in page, "an item of another trade"


@pytest.mark.parametrize("key", ["village_west", "industry"])
def test_given_an_enterprise_beyond_the_viewer_when_compared_then_it_is_not_there(
    key: str, stage: Stage, enter: Visit
) -> None:
    seen = enter(key).get(reverse("enterprises:show", args=[stage.firm.id])).status_code

    assert enter(key).get(COMPARE, {"firm": str(stage.firm.id)}).status_code == seen


@pytest.mark.parametrize(
    "odd", [{"before": "x"}, {"sector": "space"}, {"kind": "odd"}, {"page": "99"}, {"family": "<b>"}, {"firm": "1"}]
)
def test_given_an_odd_query_when_compared_then_the_page_still_answers(odd: dict[str, str], visit: Visit) -> None:
    answer = visit("office").get(COMPARE, odd, follow=True)

    assert answer.status_code == 200
    assert "<b>&" not in answer.content.decode()


def test_given_all_standards_when_compared_then_the_queries_are_few_and_the_page_is_one_screenful(visit: Visit) -> None:
    client = visit("office")
    queries.library()
    client.get(COMPARE, OLD_AND_NEW)

    with CaptureQueriesContext(connection) as seen:
        page = client.get(COMPARE, OLD_AND_NEW).content

    assert len(seen) <= 8
    assert len(page) < 100_000
    assert re.search(rb"<ol class=\"changes\">", page)


def test_given_nothing_earlier_when_compared_then_the_page_says_so_once_and_shows_the_later_clauses_alone(
    visit: Visit,
) -> None:
    days = {"before": "2017-11-29", "after": "2018-02-14", "family": "工贸"}

    page = visit("office").get(COMPARE, days).content.decode()

    assert page.count("本库没有更早的标准可以对照") == 1
    assert (page.count('class="later"'), 'class="earlier"' in page) == (20, False)
    assert "gongmao-2017-dust-09" in page


def test_given_a_list_replaced_by_one_that_is_not_held_when_compared_then_nothing_says_that_nothing_changed(
    visit: Visit,
) -> None:
    days = {"before": "2025-10-31", "after": "2025-11-01", "family": "消防"}
    page = visit("office").get(COMPARE, days).content.decode()

    assert "没有变化" not in page
    assert "这两天之间标准换了，GB 35181-2025的条文没有还原" in page


def test_given_days_the_wrong_way_round_when_compared_then_they_are_swapped_and_it_is_said(visit: Visit) -> None:
    swapped = {"before": OLD_AND_NEW["after"], "after": OLD_AND_NEW["before"]}
    swapped |= {"sector": "light_industry", "feature": "ammonia_refrigeration", "kind": "changed"}
    page = visit("office").get(COMPARE, swapped).content.decode()

    assert "已经对调" in page
    assert 'name="before" value="2018-01-10"' in page
    assert "第十二条(二)" in page


@pytest.mark.parametrize("key", ["before", "after"])
def test_given_a_day_that_is_none_when_compared_then_it_is_said(key: str, visit: Visit) -> None:
    page = visit("office").get(COMPARE, OLD_AND_NEW | {key: "abc"}).content.decode()

    assert "填的“abc”不是日期" in page


def test_given_no_days_when_compared_then_the_latest_change_that_can_be_told_is_shown(visit: Visit) -> None:
    page = visit("office").get(COMPARE, {"after": "2025-11-02"}).content.decode()

    assert '<ol class="changes">' in page


def test_given_no_such_standard_when_its_page_is_asked_for_then_there_is_none(visit: Visit) -> None:
    assert visit("office").get(reverse("standards:standard", args=["nope"])).status_code == 404


def test_given_a_standard_that_nobody_knows_when_compared_then_the_page_says_so_and_names_those_there_are(
    visit: Visit,
) -> None:
    page = visit("office").get(COMPARE, OLD_AND_NEW | {"family": "gongmao"}).content.decode()

    assert "没有叫“gongmao”的标准。可以选的有：" in page
