"""What the plan page says of itself, who reads it, and the ways that lead to it from a phone."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client, RequestFactory
from django.urls import reverse

from bihuan.campaigns import queries, services
from bihuan.campaigns.models import Campaign
from bihuan.campaigns.rules.lines import FigureLine, Short
from bihuan.campaigns.rules.standing import GROUPS, Standing
from bihuan.campaigns.rules.terms import Where
from bihuan.enterprises import services as enterprises
from bihuan.enterprises.rules.facts import Entry
from bihuan.hazards import services as hazards
from bihuan.hazards.rules.finding import NewHazard
from bihuan.hazards.rules.states import Source
from bihuan.kernel.actor import PLATFORM
from bihuan.orgs import services as orgs
from bihuan.web.campaigns import plan, units
from tests.campaigns.stage import CampaignStage, make_campaign_stage
from tests.town import NOON
from tests.web.conftest import Visit

pytestmark = pytest.mark.django_db
PLAN = """关于开展冬季安全检查的通知
各村、各有关部门：
检查自2017年12月20日起至2018年1月31日止。
一、排查
（一）各村要在2018年1月31日前完成企业排查，建立隐患清单。
二、整改
（一）各村要对查出的隐患在12月25日前全部整改到位，整改率达到100%。
示范镇人民政府
2017年12月20日
"""


@pytest.fixture
def stage(db: None, settings: Any) -> CampaignStage:
    made = make_campaign_stage()
    settings.BIHUAN_DEMO_DAY = "2018-01-10"
    return made


def _page(client: Client, row: Campaign, query: str = "") -> str:
    answer = client.get(reverse("campaigns:show", args=(row.pk,)) + query)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("2017-12-01", "专项行动还没有开始"),
        ("2018-02-01", "还没有到"),
        ("昨天", "没有认出要看的日期"),
        ("2018-01-09", ""),
        ("", ""),
    ],
)
def test_given_a_day_without_figures_when_asked_for_then_the_page_says_why_it_shows_another(
    asked: str, said: str, stage: CampaignStage
) -> None:
    row = stage.issued()

    page = _page(stage.town.client("office"), row, f"?on={asked}")

    shown = asked if asked == "2018-01-09" else "2018-01-10"
    assert f'name="on" value="{shown}"' in page
    assert (said in page) if said else ("请重选" not in page)


def test_given_sections_when_nobody_chose_one_then_the_page_says_why_it_opens_there(stage: CampaignStage) -> None:
    row = stage.issued(stage.read_text(PLAN))
    office = stage.town.client("office")
    view = queries.plan_of(stage.town.actor("office"), row.pk, on=date(2018, 1, 10), today=date(2018, 1, 10))
    behind = sum(one.standing in {Standing.BEHIND, Standing.DUE_TODAY} for one in view.clauses)

    opened = _page(office, row)
    chosen = _page(office, row, f"?section={view.section}")

    assert view.chosen
    assert behind
    assert f"{len(view.clauses)} 条里落后 {behind} 条" in opened
    assert "先看落后" not in chosen


def test_given_a_leader_of_single_enterprises_when_he_opens_the_plan_then_he_reads_it_with_their_figures(
    stage: CampaignStage,
) -> None:
    row, town = stage.issued(), stage.town
    orgs.attach_leader(
        town_id=town.town.id, post_id=None, paths=[town.units["东村"].path], actor=PLATFORM, now=stage.now
    )
    entries = [Entry(f"{name}机械厂", town.units[name].path, "machinery") for name in ("东村", "西村")]
    own, other = enterprises.register_many(entries=entries, town_id=town.town.id, actor=PLATFORM, now=stage.now)
    orgs.attach_leader(
        town_id=town.town.id, post_id=town.posts["leader"], enterprise_ids=[own.id], actor=PLATFORM, now=stage.now
    )
    for firm in (own, own, other):
        new = NewHazard(
            town_id=town.town.id,
            enterprise_id=firm.id,
            description="配电箱没有门",
            part="车间",
            source=Source.DEPARTMENT,
            found_on=NOON.date(),
        )
        hazards.report(new=new, actor=town.actor("inspector"), now=NOON)
    leader, client = town.actor("leader"), town.client("leader")

    view = queries.plan_of(leader, row.pk, on=NOON.date(), today=NOON.date(), section=queries.WHOLE)
    page = _page(client, row, "?section=all")

    assert [(one.key, one.name) for one in view.places] == [("firms", "挂钩的 1 家企业")]
    for clause in row.clauses.in_text():
        assert clause.text in page
    amounts = {one.key: one.numerator for line in view.clauses for one in line.figures if one.numerator is not None}
    whole = queries.plan_of(town.actor("office"), row.pk, on=NOON.date(), today=NOON.date(), section=queries.WHOLE)
    both = {one.key: one.numerator for line in whole.clauses for one in line.figures if one.numerator is not None}
    assert amounts.keys() < both.keys()  # what rooms count by unit is not told of single enterprises
    assert all(amount <= both[key] for key, amount in amounts.items())
    assert "西村机械厂" not in page
    assert client.get(reverse("campaigns:tasks", args=(row.pk,))).status_code == 200


def test_given_more_tasks_than_are_shown_when_the_rest_is_opened_then_it_is_of_this_unit(
    stage: CampaignStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = stage.issued()
    part = stage.part(row, "东村")
    for number in range(2):
        services.assign_tasks(
            campaign_id=row.pk,
            title=f"事{number}",
            units=[part.pk, stage.part(row, "西村").pk],
            due_on=date(2018, 1, 20),
            actor=stage.by(),
            now=stage.now,
        )
    monkeypatch.setattr(units, "SHOWN", 1)
    office = stage.town.client("office")

    page = office.get(reverse("campaigns:unit", args=(row.pk, part.pk))).content.decode()
    href = page.partition('class="more"><a href="')[2].partition('"')[0].replace("&amp;", "&")
    rest = office.get(href).content.decode()

    assert "事0" in rest
    assert "西村" not in rest.split("<tbody>")[1]


def test_given_no_campaign_when_listed_then_only_who_may_upload_a_plan_is_told_to(visit: Visit) -> None:
    address = reverse("campaigns:list")

    assert "把方案传上来" in visit("office").get(address).content.decode()
    village = visit("village_east").get(address).content.decode()
    assert "没有下发到您这里的专项行动" in village
    assert "把方案传上来" not in village


# -- ways on a phone
def test_given_a_village_on_a_phone_when_it_looks_for_the_rest_then_campaigns_and_returns_are_behind_more(
    visit: Visit,
) -> None:
    bar = visit("village_east").get("/").content.decode().partition('class="ph-nav"')[2].partition("</nav>")[0]
    more = bar.partition("<details")[2]

    assert [name in bar for name in ("待办", "隐患", "报隐患", "更多")] == [True] * 4
    for name in ("campaigns:list", "campaigns:returns", "enterprises:list", "stats:dashboard"):
        assert f'href="{reverse(name)}"' in more


def test_given_a_task_of_a_campaign_when_the_navigation_is_drawn_then_it_counts_what_waits_there(
    stage: CampaignStage,
) -> None:
    stage.issued()
    cache.clear()  # counts are kept for half a minute

    page = stage.town.client("village_east").get("/hazards/").content.decode()

    place = page.partition('class="side"')[2].partition(f'href="{reverse("campaigns:list")}"')[2].partition("</a>")[0]
    assert "<b>" in place


def test_given_the_tiles_when_added_up_then_they_are_all_clauses_and_each_opens_just_its_own(
    stage: CampaignStage,
) -> None:
    row = stage.issued()
    client = stage.town.client("office")
    view = queries.plan_of(stage.by("office"), row.pk, on=date(2018, 1, 10), today=date(2018, 1, 10))

    counted = {group: sum(view.counts.get(one, 0) for one in kinds) for group, kinds in GROUPS.items()}
    assert sum(counted.values()) == sum(view.counts.values())
    for group, count in counted.items():
        page = _page(client, row, f"?only={group.value}")
        assert page.count('class="src"><i>') == count


def test_given_clauses_of_one_standing_when_only_they_are_shown_then_no_heading_stands_above_nothing(
    stage: CampaignStage,
) -> None:
    row = stage.issued(stage.read_text(PLAN))
    client = stage.town.client("office")
    headings = [f"{one['number']}{one['text']}" for one in row.headings]

    whole = _page(client, row, "?section=all")
    behind = _page(client, row, "?only=behind")

    shown = {one for one in headings if f"{one}</h2>" in behind}
    assert {one for one in headings if f"{one}</h2>" in whole} == set(headings)
    assert shown < set(headings)


def test_given_more_units_that_lack_than_fit_when_shown_then_the_others_are_folded_and_named_with_their_pages(
    stage: CampaignStage,
) -> None:
    row = stage.issued()
    figure = FigureLine(
        key="x",
        title="覆盖率",
        text="0.0%",
        numerator=0,
        denominator=5,
        unit="",
        target="100%",
        own_target=False,
        standing=Standing.BEHIND,
        why="",
        waits=(),
        meanings=(),
        source="",
        lacking=5,
    )
    view = queries.plan_of(stage.by(), row.pk, on=date(2018, 1, 10), today=date(2018, 1, 10))
    units = [one for one in view.places if one.key != queries.WHOLE]
    shorts = (*tuple(Short(one.name, 1, one.where) for one in units), Short("安监办", 1, Where("/nowhere/")))
    asked = RequestFactory().get("/plan/?section=all")

    many = plan.figure_row(asked, view, replace(figure, shorts=shorts))
    few = plan.figure_row(asked, view, replace(figure, shorts=shorts[:3]))

    assert [name for name, _, _ in (*many.shorts, *many.others)] == ["东村", "西村", "经发办", "建设办", "安监办"]
    assert (len(many.shorts), len(few.shorts), len(few.others)) == (2, 3, 0)
    assert all(f"of={one.key}" in href for one, (_, _, href) in zip(units, (*many.shorts, *many.others), strict=False))
    assert many.others[-1][2] == ""  # has no figures of its own
    assert (many.differs, few.differs) == ("", "另有 2 项没有分到单位")  # five are lacking
    double = plan.figure_row(asked, view, replace(figure, shorts=(*shorts, *shorts[:2])))
    assert double.differs == "各单位加起来是 7 项：同一项可能等几个单位，每个单位都算"
    assert plan.figure_row(asked, view, replace(figure, shorts=())).differs == ""


def test_given_a_checked_draft_when_it_is_about_to_be_issued_then_the_page_says_what_that_does(
    stage: CampaignStage,
) -> None:
    row = stage.accepted(stage.read_text(PLAN))
    chief = stage.town.client("chief")

    page = chief.get(reverse("campaigns:issue", args=(row.pk,))).content.decode()

    assert f"要求 {row.clauses.in_text().count()} 条" in page
    assert "1月17日前报子方案" in page  # seven days from the 10th
    assert "由您（" in page
    assert "下发不能撤回" in page
