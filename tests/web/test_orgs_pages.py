"""Units, posts and responsibility through the pages: who sees them, what they offer, what they change."""

import io
from typing import Any
from uuid import UUID

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bihuan.enterprises import services as enterprises
from bihuan.enterprises.rules.facts import Entry
from bihuan.kernel.actor import PLATFORM
from bihuan.orgs import queries, services
from bihuan.trail import queries as trail
from bihuan.web.people import entry
from tests.town import DAY, FOUNDED, NOON, SmallTown, make_town

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(settings: Any) -> SmallTown:
    settings.BIHUAN_DEMO_DAY = DAY.isoformat()
    return make_town()


def as_(town: SmallTown, key: str) -> Client:
    """Return a browser in which this person has logged in."""
    client = Client()
    user = queries.user_to_enter(town.users[key])
    client.force_login(user, backend=entry.BACKEND)
    services.note_session(user_id=user.pk, session_key=client.session.session_key or "")
    return client


PAGES = ("orgs:units", "orgs:vacant", "orgs:lists", "orgs:sectors", "orgs:areas", "orgs:fields")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    "key", ["office", "chief", "chair", "leader", "industry", "inspector", "system_admin", "group"]
)
def test_given_somebody_of_the_town_when_a_page_opens_then_it_shows(town: SmallTown, page: str, key: str) -> None:
    response = as_(town, key).get(reverse(page))

    assert response.status_code == 200
    assert "组织责任" in response.content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_given_an_enterprise_or_an_agency_when_a_page_opens_then_it_is_refused(town: SmallTown, page: str) -> None:
    principal, _ = town.enterprise_people(town.town.id, village="东村")
    town.users["principal"] = principal

    assert as_(town, "principal").get(reverse(page)).status_code == 403
    assert as_(town, "agency").get(reverse(page)).status_code == 403


def test_given_a_village_when_the_tree_opens_then_it_shows_the_village_alone(town: SmallTown) -> None:
    page = as_(town, "village_east").get(reverse("orgs:units")).content.decode()
    other = as_(town, "village_east").get(reverse("orgs:unit", args=[town.units["西村"].id]))

    assert "东村村民委员会" in page
    assert "西村村民委员会" not in page
    assert other.status_code == 404


def test_given_another_town_when_its_unit_or_post_is_asked_for_then_not_found(town: SmallTown) -> None:
    other = make_town(code="320413102000", name="乙镇")
    client = as_(town, "system_admin")

    for address in (
        reverse("orgs:unit", args=[other.units["东村"].id]),
        reverse("orgs:post", args=[other.posts["office"]]),
        reverse("orgs:hand_over", args=[other.posts["office"]]),
        reverse("orgs:new_unit", args=[other.town.id]),
    ):
        assert client.get(address).status_code == 404


def test_given_a_county_when_the_tree_opens_then_its_towns_are_there(town: SmallTown) -> None:
    make_town(code="320413102000", name="乙镇")

    page = as_(town, "superior").get(reverse("orgs:units")).content.decode()

    assert "示范镇" in page
    assert "乙镇" in page
    assert "东村村民委员会" not in page


def test_given_the_gaps_when_the_safety_office_looks_then_each_line_has_its_button(town: SmallTown) -> None:
    response = as_(town, "office").get(reverse("orgs:units"))

    lines = {gap.name: (gap.have, gap.of, gap.verb) for gap in response.context["gaps"]}
    assert lines["村有挂钩领导"] == (1, 2, "定挂钩领导")
    assert lines["行业有牵头部门"][0] == 4
    assert lines["岗位有人"][0] == lines["岗位有人"][1]


def test_given_the_sectors_when_one_is_changed_then_only_that_one_is_written(town: SmallTown) -> None:
    client, build = as_(town, "office"), town.units["建设办"].id
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

    response = as_(town, "inspector").post(reverse("orgs:sectors"), {"lead-gas": str(town.units["建设办"].id)})

    assert response.status_code == 403
    assert queries.lead_departments(town.town.id, DAY) == before


def test_given_a_village_without_a_leader_when_one_is_chosen_then_the_gap_is_gone(town: SmallTown) -> None:
    west = town.units["西村"]

    as_(town, "office").post(reverse("orgs:areas"), {f"area-{west.id}": str(town.posts["leader"])})

    assert queries.leaders(town.town.id, DAY).by_path[west.path].id == town.posts["leader"]
    assert town.actor("leader").scope.paths == (town.units["东村"].path, west.path)


def test_given_a_field_when_added_and_given_to_a_leader_then_it_is_the_leaders(town: SmallTown) -> None:
    client = as_(town, "office")

    client.post(reverse("orgs:fields"), {"name": "城乡建设", "post": str(town.posts["leader"])})

    view = queries.post_for(town.actor("office"), town.posts["leader"], DAY)
    assert view.fields == ("城乡建设",)


def test_given_a_duty_list_when_written_then_the_post_shows_it_and_an_empty_one_is_refused(town: SmallTown) -> None:
    client, address = as_(town, "office"), reverse("orgs:duties", args=[town.posts["leader"]])

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
    client, address = as_(town, "system_admin"), reverse("orgs:hand_over", args=[town.posts["leader"]])

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
    client, address = as_(town, "system_admin"), reverse("orgs:hand_over", args=[town.posts["leader"]])

    response = client.post(address, {"to_user_id": "", "from_on": "2017-01-01"})

    assert response.status_code == 422
    assert "交接日不能更早" in response.content.decode()
    assert town.actor("leader").post_id == town.posts["leader"]


def test_given_the_system_administrator_when_a_unit_and_a_post_are_made_then_they_are_there(town: SmallTown) -> None:
    client = as_(town, "system_admin")

    client.post(
        reverse("orgs:new_unit", args=[town.town.id]),
        {"kind": "village", "name": "南村村民委员会", "short_name": "南村"},
    )
    south = queries.unit_by_name(town.town.id, "南村")
    assert south is not None
    client.post(reverse("orgs:new_post", args=[south.id]), {"title": "网格员", "kind": "staff"})

    assert south.path == f"{town.town.path}202/"
    assert [post.title for post in queries.posts_of_units([south.id], DAY)] == ["网格员"]
    assert as_(town, "office").get(reverse("orgs:new_unit", args=[town.town.id])).status_code == 403


def test_given_a_twin_name_when_a_unit_is_made_then_the_form_says_so(town: SmallTown) -> None:
    response = as_(town, "system_admin").post(
        reverse("orgs:new_unit", args=[town.town.id]), {"kind": "village", "name": "东村村民委员会"}
    )

    assert response.status_code == 422
    assert "已经有“东村村民委员会”" in response.content.decode()


def test_given_a_unit_when_renamed_from_an_old_page_then_it_is_refused(town: SmallTown) -> None:
    client, east = as_(town, "system_admin"), town.units["东村"]
    address = reverse("orgs:rename_unit", args=[east.id])

    first = client.post(address, {"name": "东村社区", "short_name": "东村", "seen_version": 1})
    second = client.post(address, {"name": "东社区", "short_name": "东村", "seen_version": 1})

    assert (first.status_code, second.status_code) == (302, 422)
    assert queries.unit(east.id).name == "东村社区"


def test_given_a_unit_with_people_when_closed_then_it_is_refused(town: SmallTown) -> None:
    response = as_(town, "system_admin").post(
        reverse("orgs:close_unit", args=[town.units["东村"].id]), {"reason": "合并", "seen_version": 1}
    )

    assert response.status_code == 422
    assert "还有岗位上有人" in response.content.decode()


def test_given_the_security_administrator_when_users_are_listed_then_nobody_else_may(town: SmallTown) -> None:
    listed = as_(town, "security_admin").get(reverse("people:users"), {"q": "副镇长"})

    assert listed.status_code == 200
    assert [row.user.id for row in listed.context["rows"]] == [town.users["leader"]]
    for key in ("system_admin", "audit_admin", "chief", "village_east"):
        assert as_(town, key).get(reverse("people:users")).status_code == 403
        assert as_(town, key).get(reverse("people:new_user")).status_code == 403


def test_given_a_new_user_when_opened_then_the_first_password_shows_once_and_works(town: SmallTown) -> None:
    admin = as_(town, "security_admin")

    made = admin.post(reverse("people:new_user"), {"name": "钱某", "account": "qian"})
    password = made.context["first_password"]
    again = admin.get(reverse("people:user", args=[made.context["row"].user.id]))

    assert password in made.content.decode()
    assert password not in again.content.decode()
    entered = Client().post("/log-in/", {"account": "qian", "password": password})
    assert entered.status_code == 302


def test_given_a_role_when_granted_and_withdrawn_then_the_post_has_it_in_between(town: SmallTown) -> None:
    admin, user = as_(town, "security_admin"), town.users["office"]
    posted = {"post": str(town.posts["office"]), "role": "safety_chief"}

    admin.post(reverse("people:grant_role", args=[user]), posted)
    between = town.actor("office")
    admin.post(reverse("people:withdraw_role", args=[user]), {**posted, "reason": "误授"})

    assert "safety_chief" in between.role_names
    assert "safety_chief" not in town.actor("office").role_names


def test_given_an_admin_role_when_granted_to_a_business_post_then_it_is_refused(town: SmallTown) -> None:
    response = as_(town, "security_admin").post(
        reverse("people:grant_role", args=[town.users["office"]]),
        {"post": str(town.posts["office"]), "role": "audit_admin"},
    )

    assert response.status_code == 422
    assert "audit_admin" not in town.actor("office").role_names
    assert town.actor("office").scope.paths == (town.town.path,)


def test_given_a_list_of_users_when_longer_then_the_queries_stay_the_same(
    town: SmallTown, django_assert_max_num_queries: Any
) -> None:
    viewer = town.actor("security_admin")
    with django_assert_max_num_queries(6):
        rows, total = queries.user_rows(viewer, on=DAY, real_now=timezone.now())

    assert total == len(rows)
    assert NOON.date() == DAY


def _workbook(**sheets: list[list[str]]) -> SimpleUploadedFile:
    content = io.BytesIO(queries.template(["机械"]))
    book = openpyxl.load_workbook(content)
    for name, lines in sheets.items():
        for line in lines:
            book[name].append(line)
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile("town.xlsx", out.getvalue())


def test_given_a_good_workbook_when_looked_at_and_imported_then_all_is_there_and_passwords_show_once(
    town: SmallTown,
) -> None:
    client, address = as_(town, "system_admin"), reverse("orgs:import")
    file = _workbook(
        单位=[["村", "南村村民委员会", "南村", "", ""]],
        岗位和人员=[["南村", "村主任", "单位负责人", "", "孙某", "sun", ""]],
    )

    looked = client.post(address, {"file": file})
    before = queries.unit_by_name(town.town.id, "南村")
    written = client.post(address, {"kept": looked.context["kept"]})

    assert (looked.status_code, before) == (200, None)
    south = queries.unit_by_name(town.town.id, "南村")
    assert south is not None
    (post,) = queries.posts_of_units([south.id], DAY)
    assert post.holder_name == "孙某"
    password = written.context["told"][0].password
    assert password in written.content.decode()
    assert written["Cache-Control"] == "no-store"
    assert Client().post("/log-in/", {"account": "sun", "password": password}).status_code == 302


def test_given_a_bad_workbook_when_looked_at_then_problems_show_and_nothing_is_written(town: SmallTown) -> None:
    client, address = as_(town, "system_admin"), reverse("orgs:import")

    looked = client.post(address, {"file": _workbook(单位=[["科", "某科", "", "", ""]])})
    no_file = client.post(address, {})
    no_book = client.post(address, {"file": SimpleUploadedFile("a.xlsx", b"hello")})
    forged = client.post(address, {"kept": "forged"})

    assert [r.status_code for r in (looked, no_file, no_book, forged)] == [422] * 4
    assert "没有这个类别" in looked.content.decode()
    assert "不是 Excel 文件" in no_book.content.decode()
    assert queries.unit_by_name(town.town.id, "某科") is None


def test_given_anybody_else_when_importing_then_it_is_refused(town: SmallTown) -> None:
    for key in ("security_admin", "chief", "village_east"):
        assert as_(town, key).get(reverse("orgs:import")).status_code == 403
        assert as_(town, key).get(reverse("orgs:import_template")).status_code == 403
    assert as_(town, "system_admin").get(reverse("orgs:import_template")).status_code == 200


def test_given_what_was_looked_at_when_the_town_changed_meanwhile_then_it_is_checked_again(town: SmallTown) -> None:
    client, address = as_(town, "system_admin"), reverse("orgs:import")
    looked = client.post(address, {"file": _workbook(单位=[["村", "南村村民委员会", "南村", "", ""]])})
    kept = {"kept": looked.context["kept"]}

    first, second = client.post(address, kept), client.post(address, kept)

    assert (first.status_code, second.status_code) == (200, 422)
    assert "已经有这个单位" in second.content.decode()


def test_given_a_village_when_gaps_are_counted_then_only_its_own_posts_and_leader(town: SmallTown) -> None:
    response = as_(town, "village_west").get(reverse("orgs:units"))

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


def _firm(town: SmallTown) -> UUID:
    path = town.units["东村"].path
    entry = Entry(name="恒昌机械厂", path=path, lead_sector="machinery")
    return enterprises.register_many(entries=[entry], town_id=town.town.id, actor=PLATFORM, now=FOUNDED)[0].id


def test_given_an_enterprise_when_its_principal_is_put_on_the_platform_then_the_password_shows_once(
    town: SmallTown,
) -> None:
    firm, client = _firm(town), as_(town, "office")
    address = reverse("orgs:firm", args=[firm])

    made = client.post(address, {"role": "principal", "name": "孙某", "account": "sun", "phone": ""})

    password = made.context["told"].password
    assert password in made.content.decode()
    assert password not in client.get(address).content.decode()
    (post,) = queries.posts_of_enterprises([firm], DAY)[firm]
    assert (post.title, post.holder_name, post.enterprise_name) == ("主要负责人", "孙某", "恒昌机械厂")
    assert Client().post("/log-in/", {"account": "sun", "password": password}).status_code == 302


def test_given_an_enterprise_when_a_leader_and_an_agency_are_named_then_they_see_it(town: SmallTown) -> None:
    firm, client = _firm(town), as_(town, "office")
    agency = {"post": str(town.posts["agency"]), "why": "agency"}

    client.post(reverse("orgs:attach", args=[firm]), {"post": str(town.posts["leader"])})
    client.post(reverse("orgs:cover", args=[firm]), agency)
    covered = town.actor("agency").scope.enterprises
    client.post(reverse("orgs:cover", args=[firm]), {**agency, "off": "1"})

    assert queries.leaders(town.town.id, DAY).by_enterprise[firm].id == town.posts["leader"]
    assert covered == {firm}
    assert town.actor("agency").scope.enterprises == frozenset()


def test_given_an_enterprise_elsewhere_when_its_people_are_asked_for_then_not_found(town: SmallTown) -> None:
    firm = _firm(town)

    assert as_(town, "village_west").get(reverse("orgs:firm", args=[firm])).status_code == 404
    assert as_(town, "system_admin").get(reverse("orgs:firm", args=[firm])).status_code == 404
    shown = as_(town, "industry").get(reverse("orgs:firm", args=[firm]))
    assert shown.status_code == 200
    assert "登记这个人" not in shown.content.decode()
    posted = as_(town, "industry").post(
        reverse("orgs:firm", args=[firm]), {"role": "principal", "name": "孙某", "account": "sun"}
    )
    assert posted.status_code == 403
