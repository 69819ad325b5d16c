"""The starter checklists as pages: by day, by enterprise, with the law of the day of the visit."""

import re

import pytest
from django.urls import reverse

from bihuan.standards.data.checklist_files import read_checklists
from tests.hazards.stage import Stage
from tests.web.conftest import Visit

pytestmark = pytest.mark.django_db
LISTS = reverse("standards:checklists")


@pytest.mark.parametrize("one", [found.id for found in read_checklists()])
@pytest.mark.parametrize("day", ["2018-01-10", "2026-10-15"])
def test_given_a_day_when_a_list_is_opened_then_only_laws_of_that_day_are_cited(
    one: str, day: str, visit: Visit
) -> None:
    answer = visit("inspector").get(reverse("standards:checklist", args=[one]), {"on": day})

    assert answer.status_code in {200, 404}
    if answer.status_code == 200:
        page = answer.content.decode()
        assert ("安全生产法（2021" in page) <= (day > "2021")
        assert page.count('class="ticks"') >= 5


def test_given_a_clause_of_2023_when_the_list_is_of_2018_then_the_clause_of_2017_stands_in_it(visit: Visit) -> None:
    dust = reverse("standards:checklist", args=["dust"])

    before = visit("inspector").get(dust, {"on": "2018-01-10"}).content.decode()
    after = visit("inspector").get(dust, {"on": "2026-10-15"}).content.decode()

    assert "一(一)3" in before
    assert "第十一条(三)" not in before
    assert "第十一条(三)" in after


def test_given_clauses_of_fire_when_a_list_points_at_them_then_none_is_called_major_and_each_names_its_standard(
    visit: Visit,
) -> None:
    pages = [
        visit("inspector").get(reverse("standards:checklist", args=[one]), {"on": "2019-06-01"}).content.decode()
        for one in ("small-places", "malls-and-shops", "dust")
    ]

    assert re.findall(r'class="xs red">([^：]+)：', pages[0]) == ["消防综合判定要素之一，够数的移送消防"]
    assert "够疑似重大火灾隐患的，移送消防：" in pages[1]
    assert re.search(r"够疑似重大火灾隐患的，移送消防：<a [^>]+>GB 35181-2017 6\.5</a>", pages[1])
    assert re.search(r"够重大的：<a [^>]+>安监总管四〔2017〕129号 一\(一\)1</a>", pages[2])


def test_given_an_enterprise_when_its_lists_are_opened_then_they_lead_to_its_finding(
    stage: Stage, enter: Visit
) -> None:
    office = enter("office")

    page = office.get(LISTS, {"firm": str(stage.firm.id)}).content.decode()
    one = office.get(reverse("standards:checklist", args=["general"]), {"firm": str(stage.firm.id)}).content.decode()

    assert f"适合{stage.firm.short_name}的" in page
    assert f"{reverse('field:report')}?firm={stage.firm.id}" in one


def test_given_an_enterprise_beyond_the_viewer_when_its_lists_are_opened_then_it_is_not_there(
    stage: Stage, enter: Visit
) -> None:
    assert enter("village_west").get(LISTS, {"firm": str(stage.firm.id)}).status_code == 404


def test_given_an_enterprise_when_it_opens_the_lists_then_those_that_fit_it_come_and_all_are_a_press_away(
    stage: Stage, enter: Visit
) -> None:
    boss = enter("boss")

    own = boss.get(LISTS).content.decode()
    every = boss.get(LISTS, {"all": "on"}).content.decode()

    assert f"适合{stage.firm.short_name}的" in own
    assert "?all=on" in own
    assert (
        len(re.findall(r'<span class="mu n">\d+ 项', own)) < len(re.findall(r'<span class="mu n">\d+ 项', every)) == 12
    )
