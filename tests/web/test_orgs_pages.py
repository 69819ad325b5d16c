"""Units, posts and responsibility through the pages: who sees them, what they offer, what they change."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from bihuan.kernel.actor import PLATFORM
from bihuan.orgs import queries, services
from bihuan.trail import queries as trail
from tests.town import DAY, FOUNDED, NOON, SmallTown, make_town

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(settings: Any) -> SmallTown:
    settings.BIHUAN_DEMO_DAY = DAY.isoformat()
    return make_town()


PAGES = ("orgs:units", "orgs:vacant", "orgs:lists", "orgs:sectors", "orgs:areas", "orgs:fields")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    "key", ["office", "chief", "chair", "leader", "industry", "inspector", "system_admin", "group"]
)
def test_given_somebody_of_the_town_when_a_page_opens_then_it_shows(town: SmallTown, page: str, key: str) -> None:
    response = town.client(key).get(reverse(page))

    assert response.status_code == 200
    assert "组织责任" in response.content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_given_an_enterprise_or_an_agency_when_a_page_opens_then_it_is_refused(town: SmallTown, page: str) -> None:
    principal, _ = town.enterprise_people(town.town.id, village="东村")
    town.users["principal"] = principal

    assert town.client("principal").get(reverse(page)).status_code == 403
    assert town.client("agency").get(reverse(page)).status_code == 403


def test_given_a_village_when_the_tree_opens_then_it_shows_the_village_alone(town: SmallTown) -> None:
    page = town.client("village_east").get(reverse("orgs:units")).content.decode()
    other = town.client("village_east").get(reverse("orgs:unit", args=[town.units["西村"].id]))

    assert "东村村民委员会" in page
    assert "西村村民委员会" not in page
    assert other.status_code == 404


def test_given_another_town_when_its_unit_or_post_is_asked_for_then_not_found(town: SmallTown) -> None:
    other = make_town(code="320413102000", name="乙镇")
    client = town.client("system_admin")

    for address in (
        reverse("orgs:unit", args=[other.units["东村"].id]),
        reverse("orgs:post", args=[other.posts["office"]]),
        reverse("orgs:hand_over", args=[other.posts["office"]]),
        reverse("orgs:new_unit", args=[other.town.id]),
    ):
        assert client.get(address).status_code == 404


def test_given_a_county_when_the_tree_opens_then_its_towns_are_there(town: SmallTown) -> None:
    make_town(code="320413102000", name="乙镇")

    page = town.client("superior").get(reverse("orgs:units")).content.decode()

    assert "示范镇" in page
    assert "乙镇" in page
    assert "东村村民委员会" not in page


def test_given_the_gaps_when_the_safety_office_looks_then_each_line_has_its_button(town: SmallTown) -> None:
    response = town.client("office").get(reverse("orgs:units"))

    lines = {gap.name: (gap.have, gap.of, gap.verb) for gap in response.context["gaps"]}
    assert lines["村有挂钩领导"] == (1, 2, "定挂钩领导")
    assert lines["行业有牵头部门"][0] == 4
    assert lines["岗位有人"][0] == lines["岗位有人"][1]


def test_given_the_sectors_when_one_is_changed_then_only_that_one_is_written(town: SmallTown) -> None:
    client, build = town.client("office"), town.units["建设办"].id
    posted = {f"lead-{code}": str(ref.id) for code, ref in queries.lead_departments(town.town.id, DAY).items()}

    client.post(
        reverse("orgs:sectors"), {**posted, "lead-gas": str(build), "support-gas": str(town.units["经发办"].id)}
    )

    leads = queries.lead_departments(town.town.id, DAY)
    assert leads["gas"].id == build
    assert [ref.short_name for ref in queries.supporting_departments(town.town.id, DAY)["gas"]] == ["经发办"]
    assert len(trail.events_of([town.town.id], kinds=["unit.sector_named"])) == 4 + 1


def test_given_an_inspector_when_sectors_are_posted_then_nothing_changes(town: SmallTown) -> None:
    before = queries.lead_departments(town.town.id, DAY)

    response = town.client("inspector").post(reverse("orgs:sectors"), {"lead-gas": str(town.units["建设办"].id)})

    assert response.status_code == 403
    assert queries.lead_departments(town.town.id, DAY) == before


def test_given_a_village_without_a_leader_when_one_is_chosen_then_the_gap_is_gone(town: SmallTown) -> None:
    west = town.units["西村"]

    town.client("office").post(reverse("orgs:areas"), {f"area-{west.id}": str(town.posts["leader"])})

    assert queries.leaders(town.town.id, DAY).by_path[west.path].id == town.posts["leader"]
    assert town.actor("leader").scope.paths == (town.units["东村"].path, west.path)


def test_given_a_field_when_added_and_given_to_a_leader_then_it_is_the_leaders(town: SmallTown) -> None:
    client = town.client("office")

    client.post(reverse("orgs:fields"), {"name": "城乡建设", "post": str(town.posts["leader"])})

    view = queries.post_for(town.actor("office"), town.posts["leader"], DAY)
    assert view.fields == ("城乡建设",)


def test_given_a_duty_list_when_written_then_the_post_shows_it_and_an_empty_one_is_refused(town: SmallTown) -> None:
    client, address = town.client("office"), reverse("orgs:duties", args=[town.posts["leader"]])

    empty = client.post(address, {"items": "  "})
    client.post(address, {"items": "每月带队检查\n每季度研究一次", "basis": "镇委〔2018〕1号"})

    assert empty.status_code == 422
    assert queries.post_for(town.actor("office"), town.posts["leader"], DAY).duties == (
        "每月带队检查",
        "每季度研究一次",
    )


def test_given_a_post_when_handed_over_then_the_successor_has_it_all_and_is_told(town: SmallTown) -> None:
    new = services.NewUser("zhao", "赵某", town.town.id, password="")
    successor = services.create_users(users=[new], actor=PLATFORM, now=FOUNDED)[0].user
    client, address = town.client("system_admin"), reverse("orgs:hand_over", args=[town.posts["leader"]])

    shown = client.get(address).content.decode()
    response = client.post(address, {"to_user_id": str(successor.id), "from_on": "2018-01-10", "reason": "换届"})

    assert "东村村民委员会" in shown
    assert response.status_code == 302
    after = queries.actor_for(successor.id, on=DAY)
    assert (after.post_id, after.scope.paths) == (town.posts["leader"], (town.units["东村"].path,))
    assert town.actor("leader").roles == ()
    assert [notice.kind for notice in trail.notices_for(after)] == ["post.handed_over"]
    event = trail.events_of([town.posts["leader"]], kinds=["post.handed_over"])[0]
    assert event.before["user_id"] == str(town.users["leader"])
    assert event.after["user_id"] == str(successor.id)


def test_given_a_bad_date_when_a_post_is_handed_over_then_the_form_says_so(town: SmallTown) -> None:
    client, address = town.client("system_admin"), reverse("orgs:hand_over", args=[town.posts["leader"]])

    response = client.post(address, {"to_user_id": "vacant", "from_on": "2017-01-01"})

    assert response.status_code == 422
    assert "交接日不能更早" in response.content.decode()
    assert town.actor("leader").post_id == town.posts["leader"]


def test_given_a_hand_over_planned_by_mistake_when_the_present_holder_is_named_then_it_is_taken_back(
    town: SmallTown,
) -> None:
    new = services.NewUser("zhao", "赵某", town.town.id, password="")
    other = services.create_users(users=[new], actor=PLATFORM, now=FOUNDED)[0].user
    client, address = town.client("system_admin"), reverse("orgs:hand_over", args=[town.posts["leader"]])

    far = client.post(address, {"to_user_id": str(other.id), "from_on": "2099-01-01"})
    planned = client.post(address, {"to_user_id": str(other.id), "from_on": "2018-03-01"})
    page = client.get(address).content.decode()
    back = client.post(address, {"to_user_id": str(town.users["leader"]), "from_on": "2018-01-10"})

    assert (far.status_code, planned.status_code, back.status_code) == (422, 302, 302)
    assert "请核对年份" in far.content.decode()
    assert "已定 2018-03-01 起由赵某接任" in page
    assert town.actor("leader", on=date(2018, 3, 2)).post_id == town.posts["leader"]
    assert not queries.actor_for(other.id, on=date(2018, 3, 2)).roles
    event = trail.events_of([town.posts["leader"]], kinds=["post.handed_over"])[-1]
    assert event.say == "副镇长原定2018-03-01起由赵某接任，已撤回"


@pytest.mark.parametrize("to", ["vacant", "office"])
def test_given_a_planned_leave_when_somebody_else_takes_over_today_then_one_person_holds_the_post(
    to: str, town: SmallTown
) -> None:
    post, new = town.posts["leader"], services.NewUser("zhao", "赵某", town.town.id, password="")
    other = services.create_users(users=[new], actor=PLATFORM, now=FOUNDED)[0].user
    first = None if to == "vacant" else town.users[to]
    services.hand_over_post(post_id=post, to_user_id=first, from_on=date(2018, 3, 1), actor=PLATFORM, now=NOON)

    services.hand_over_post(post_id=post, to_user_id=other.id, actor=PLATFORM, now=NOON)

    for day in (DAY, date(2018, 2, 28), date(2018, 3, 2)):
        held = [one for one in queries.holdings_of([post]) if one.from_on <= day and (one.to_on or day) >= day]
        assert [one.user_id for one in held] == [other.id]


def test_given_the_system_administrator_when_a_unit_and_a_post_are_made_then_they_are_there(town: SmallTown) -> None:
    client = town.client("system_admin")

    client.post(
        reverse("orgs:new_unit", args=[town.town.id]),
        {"kind": "village", "name": "南村村民委员会", "short_name": "南村"},
    )
    south = queries.unit_by_name(town.town.id, "南村")
    assert south is not None
    client.post(reverse("orgs:new_post", args=[south.id]), {"title": "网格员", "kind": "staff"})

    assert south.path == f"{town.town.path}202/"
    assert [post.title for post in queries.posts_of_units([south.id], DAY)] == ["网格员"]
    assert town.client("office").get(reverse("orgs:new_unit", args=[town.town.id])).status_code == 403


def test_given_a_twin_name_when_a_unit_is_made_then_the_form_says_so(town: SmallTown) -> None:
    response = town.client("system_admin").post(
        reverse("orgs:new_unit", args=[town.town.id]), {"kind": "village", "name": "东村村民委员会"}
    )

    assert response.status_code == 422
    assert "已经有“东村村民委员会”" in response.content.decode()


def test_given_a_unit_when_renamed_from_an_old_page_then_it_is_refused(town: SmallTown) -> None:
    client, east = town.client("system_admin"), town.units["东村"]
    address = reverse("orgs:rename_unit", args=[east.id])

    first = client.post(address, {"name": "东村社区", "short_name": "东村", "seen_version": 1})
    second = client.post(address, {"name": "东社区", "short_name": "东村", "seen_version": 1})

    assert (first.status_code, second.status_code) == (302, 422)
    assert queries.unit(east.id).name == "东村社区"


def test_given_a_unit_with_people_when_closed_then_it_is_refused(town: SmallTown) -> None:
    response = town.client("system_admin").post(
        reverse("orgs:close_unit", args=[town.units["东村"].id]), {"reason": "合并", "seen_version": 1}
    )

    assert response.status_code == 422
    assert "还有岗位上有人" in response.content.decode()


def test_given_a_village_when_gaps_are_counted_then_only_its_own_posts_and_leader(town: SmallTown) -> None:
    response = town.client("village_west").get(reverse("orgs:units"))

    assert [(gap.name, gap.have, gap.of, gap.verb) for gap in response.context["gaps"]] == [
        ("村有挂钩领导", 0, 1, "看看"),
        ("岗位有责任清单", 0, 1, "看看"),
        ("岗位有人", 1, 1, ""),
    ]


def test_given_gaps_when_the_desk_is_asked_then_the_safety_office_alone_is_told(town: SmallTown) -> None:
    told = queries.waiting_for(town.actor("chief"), now=NOON)

    assert [(row.title, row.url_name) for row in told.rows] == [
        ("1 个村没有挂钩领导", "orgs:areas"),
        ("2 名班子成员没有分管领域", "orgs:fields"),
        ("7 个岗位没有责任清单", "orgs:lists"),
    ]
    assert queries.waiting_for(town.actor("village_east"), now=NOON).total == 0


def test_given_words_when_posts_are_sought_then_only_in_what_may_be_looked_up(town: SmallTown) -> None:
    other = make_town(code="320413102000", name="乙镇")

    found = queries.found_for(town.actor("office"), "村主任 东村", now=NOON)

    assert [(one.title, one.note, one.url_args) for one in found] == [
        ("东村 村主任", "village_east", (town.posts["village_east"],))
    ]
    assert queries.found_for(town.actor("agency"), "主任", now=NOON) == []
    assert other.posts["village_east"] not in [one.url_args[0] for one in found]


def test_given_nobody_chosen_when_a_post_is_handed_over_then_the_form_asks_and_vacant_is_a_choice(
    town: SmallTown,
) -> None:
    client, address = town.client("system_admin"), reverse("orgs:hand_over", args=[town.posts["leader"]])

    silent = client.post(address, {"to_user_id": "", "from_on": "2018-01-10"})
    still = town.actor("leader").post_id
    vacant = client.post(address, {"to_user_id": "vacant", "from_on": "2018-01-10"})

    assert (silent.status_code, still) == (422, town.posts["leader"])
    assert "请选接手的人" in silent.content.decode()
    assert vacant.status_code == 302
    assert queries.post(town.posts["leader"], DAY).holder_id is None


@pytest.mark.parametrize("post", ["security_admin", "chair"])
def test_given_the_safety_chief_when_an_administrators_or_leaders_post_opens_then_no_button_and_no_form(
    town: SmallTown, post: str
) -> None:
    client, page = town.client("chief"), reverse("orgs:hand_over", args=[town.posts[post]])

    shown = client.get(reverse("orgs:post", args=[town.posts[post]])).content.decode()
    office = client.get(reverse("orgs:unit", args=[town.units["安监办"].id])).content.decode()
    answers = [client.get(page), client.post(page, {"to_user_id": "vacant", "from_on": "2018-01-10"})]

    assert page not in shown
    assert reverse("orgs:hand_over", args=[town.posts["security_admin"]]) not in office
    assert reverse("orgs:hand_over", args=[town.posts["inspector"]]) in office
    assert [one.status_code for one in answers] == [403, 403]
