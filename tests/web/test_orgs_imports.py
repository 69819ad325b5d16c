"""Units and people from Excel, and the people of enterprises, through the pages."""

import io
from typing import Any
from uuid import UUID

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from bihuan.enterprises import services as enterprises
from bihuan.enterprises.rules.facts import Entry
from bihuan.kernel.actor import PLATFORM
from bihuan.orgs import queries
from tests.town import DAY, FOUNDED, SmallTown, make_town

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(settings: Any) -> SmallTown:
    settings.BIHUAN_DEMO_DAY = DAY.isoformat()
    return make_town()


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
    client, address = town.client("system_admin"), reverse("orgs:import")
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
    client, address = town.client("system_admin"), reverse("orgs:import")

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
        assert town.client(key).get(reverse("orgs:import")).status_code == 403
        assert town.client(key).get(reverse("orgs:import_template")).status_code == 403
    assert town.client("system_admin").get(reverse("orgs:import_template")).status_code == 200


def test_given_what_was_looked_at_when_the_town_changed_meanwhile_then_it_is_checked_again(town: SmallTown) -> None:
    client, address = town.client("system_admin"), reverse("orgs:import")
    looked = client.post(address, {"file": _workbook(单位=[["村", "南村村民委员会", "南村", "", ""]])})
    kept = {"kept": looked.context["kept"]}

    first, second = client.post(address, kept), client.post(address, kept)

    assert (first.status_code, second.status_code) == (200, 422)
    assert "已经有这个单位" in second.content.decode()


def _firm(town: SmallTown) -> UUID:
    path = town.units["东村"].path
    entry = Entry(name="恒昌机械厂", path=path, lead_sector="machinery")
    return enterprises.register_many(entries=[entry], town_id=town.town.id, actor=PLATFORM, now=FOUNDED)[0].id


def test_given_an_enterprise_when_its_principal_is_put_on_the_platform_then_the_password_shows_once(
    town: SmallTown,
) -> None:
    firm, client = _firm(town), town.client("office")
    address = reverse("orgs:firm", args=[firm])

    made = client.post(address, {"role": "principal", "name": "孙某", "account": "sun", "phone": ""})

    password = made.context["told"].password
    assert password in made.content.decode()
    assert password not in client.get(address).content.decode()
    (post,) = queries.posts_of_enterprises([firm], DAY)[firm]
    assert (post.title, post.holder_name, post.enterprise_name) == ("主要负责人", "孙某", "恒昌机械厂")
    assert Client().post("/log-in/", {"account": "sun", "password": password}).status_code == 302


def test_given_an_enterprise_when_a_leader_and_an_agency_are_named_then_they_see_it(town: SmallTown) -> None:
    firm, client = _firm(town), town.client("office")
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

    assert town.client("village_west").get(reverse("orgs:firm", args=[firm])).status_code == 404
    assert town.client("system_admin").get(reverse("orgs:firm", args=[firm])).status_code == 404
    shown = town.client("industry").get(reverse("orgs:firm", args=[firm]))
    assert shown.status_code == 200
    assert "登记这个人" not in shown.content.decode()
    posted = town.client("industry").post(
        reverse("orgs:firm", args=[firm]), {"role": "principal", "name": "孙某", "account": "sun"}
    )
    assert posted.status_code == 403
