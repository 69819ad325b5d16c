"""The pages of enterprises as people use them: list, file, codes, forms, import."""

import io
from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import quote

import pytest
from django.contrib.auth import get_user_model
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from bihuan.enterprises import queries, services
from bihuan.enterprises.models import Enterprise, EnterpriseImport
from bihuan.enterprises.rules.facts import Entry, Firm, State
from bihuan.trail.models import Event
from bihuan.web.enterprises.views.lists import filters_of
from tests.enterprises.test_sheet import GOOD, HEADER, workbook
from tests.town import NOON, SmallTown, make_town

pytestmark = pytest.mark.django_db
Enter = Callable[[str], Client]


@pytest.fixture
def town() -> SmallTown:
    return make_town()


@pytest.fixture
def enter(town: SmallTown) -> Enter:
    get_user_model().objects.update(password_changed_at=timezone.now())  # the town is old, its passwords are not

    def log_in(who: str) -> Client:
        client = Client()
        user = get_user_model().objects.get(pk=town.users[who])
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return log_in


@pytest.fixture
def firm(town: SmallTown) -> Firm:
    return put(town, "示范镇东方木业有限公司", contact_name="王五", contact_phone="13800001111", staff=12)


def put(town: SmallTown, name: str, village: str = "东村", sector: str = "machinery", **more: Any) -> Firm:
    entry = Entry(name=name, path=town.units[village].path, lead_sector=sector, **more)
    return services.register(entry=entry, town_id=town.town.id, actor=town.actor("office"), now=NOON)


def facts(town: SmallTown, **more: Any) -> dict[str, Any]:
    return {"name": "示范镇宏图食品厂", "path": town.units["东村"].path, "lead_sector": "light_industry"} | more


def test_given_the_list_when_opened_then_contacts_are_masked_and_gaps_shown(
    town: SmallTown, enter: Enter, firm: Firm
) -> None:
    put(town, "没人管燃气站", "西村", "gas")

    page = enter("office").get(reverse("enterprises:list")).content.decode()

    assert "示范镇东方木业有限公司" in page
    assert "138******11" in page
    assert "13800001111" not in page
    assert page.count("未指定") == 2


def test_given_one_and_three_firms_when_listed_then_the_queries_stay(
    town: SmallTown, enter: Enter, firm: Firm, django_assert_max_num_queries: Any
) -> None:
    client = enter("office")
    put(town, "丙厂", "西村")
    client.get(reverse("enterprises:list"))
    counts = []
    for more in ((), ("甲厂", "乙厂")):
        for name in more:
            put(town, name, "西村")
        with django_assert_max_num_queries(19) as seen:
            client.get(reverse("enterprises:list"), {"gap": "any"})
        counts.append(len(seen))

    assert counts[0] == counts[1]


def test_given_filters_when_exported_then_the_workbook_holds_exactly_those(town: SmallTown, enter: Enter) -> None:
    put(town, "=1+1 机械厂", features=("dust_explosive",))
    put(town, "乙木业", "西村")

    response = enter("office").get(reverse("enterprises:export"), {"feature": "dust_explosive"})

    rows = CalamineWorkbook.from_filelike(io.BytesIO(response.content)).get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows] == ["企业名称", "=1+1 机械厂"]
    assert rows[1][6] == "粉尘涉爆"


def test_given_an_empty_town_when_listed_then_the_next_step_is_offered(town: SmallTown, enter: Enter) -> None:
    office = enter("office").get(reverse("enterprises:list")).content.decode()
    searched = enter("office").get(reverse("enterprises:list"), {"q": "没有这家"}).content.decode()

    assert reverse("enterprises:import") in office
    assert "没有符合这些条件的企业" in searched


def test_given_the_file_when_opened_then_acts_fit_the_role(town: SmallTown, enter: Enter, firm: Firm) -> None:
    where = reverse("enterprises:show", args=[firm.id])

    pages = {who: enter(who).get(where).content.decode() for who in ("office", "village_east", "leader", "superior")}

    offered = {
        who: [
            act for act in ("change", "move", "merge", "close") if reverse(f"enterprises:{act}", args=[firm.id]) in page
        ]
        for who, page in pages.items()
    }
    assert offered == {
        "office": ["change", "move", "merge", "close"],
        "village_east": ["change"],
        "leader": [],
        "superior": [],
    }
    assert enter("village_west").get(where).status_code == 404


def test_given_every_address_when_a_stranger_asks_then_only_the_log_in_answers(firm: Firm, client: Client) -> None:
    token = Enterprise.objects.get().qr_token
    one = ("show", "qr", "label", "change", "features", "move", "merge", "close", "reopen", "add_site", "add_licence")
    every = [reverse(f"enterprises:{name}", args=[firm.id]) for name in one]
    every += [reverse(f"enterprises:{name}") for name in ("list", "export", "mine", "doubles", "register", "import")]
    every += [reverse("codes:scan", args=[token]), reverse("enterprises:template")]

    answers = {address: client.get(address) for address in every}

    assert {response.status_code for response in answers.values()} == {302}
    for response in answers.values():
        assert "示范镇东方木业" not in response.content.decode()
        assert response["Location"].startswith(reverse("people:log_in"))


def test_given_another_village_when_it_asks_for_any_page_of_the_firm_then_it_is_not_found(
    enter: Enter, firm: Firm
) -> None:
    client = enter("village_west")
    one = ("show", "qr", "label", "change", "features", "move", "merge", "close", "reopen", "add_site", "add_licence")

    codes = {client.get(reverse(f"enterprises:{name}", args=[firm.id])).status_code for name in one}

    assert codes == {404}


def test_given_a_scanned_code_when_logged_in_then_the_file_opens(enter: Enter, firm: Firm, town: SmallTown) -> None:
    where = reverse("codes:scan", args=[queries.qr_token_for(town.actor("office"), firm.id)])

    svg = enter("office").get(reverse("enterprises:qr", args=[firm.id]))

    assert enter("inspector").get(where)["Location"] == reverse("enterprises:show", args=[firm.id])
    assert enter("village_west").get(where).status_code == 404
    assert svg["Content-Type"] == "image/svg+xml"
    assert svg.content.startswith(b"<svg")
    assert b"style=" not in svg.content


def test_given_a_new_firm_when_registered_then_it_is_on_file(town: SmallTown, enter: Enter) -> None:
    posted = facts(town, revenue="500", staff="30", industry_code="1431", features=["ammonia_refrigeration"])

    response = enter("office").post(reverse("enterprises:register"), posted)

    row = Enterprise.objects.get()
    assert response["Location"] == reverse("enterprises:show", args=[row.pk])
    assert (row.revenue_yuan, row.size_class, row.features) == (5_000_000, "small", "|ammonia_refrigeration|")


def test_given_a_double_when_registered_then_it_is_shown_and_the_person_decides(
    town: SmallTown, enter: Enter, firm: Firm
) -> None:
    client, where = enter("office"), reverse("enterprises:register")
    posted = facts(town, name="东方木业厂")

    shown = client.post(where, posted)
    typed = client.get(reverse("enterprises:doubles"), {"name": "东方木业厂", "uscc": "9135"})
    gone = client.post(where, posted | {"not_double": "1"})

    assert shown.status_code == 422
    assert firm.name in shown.content.decode()
    assert firm.name in typed.content.decode()
    assert "现在是 4 位" in typed.content.decode()
    assert gone.status_code == 303
    assert Enterprise.objects.count() == 2


def test_given_a_double_out_of_sight_when_typed_then_its_name_stays_hidden(enter: Enter, firm: Firm) -> None:
    page = enter("village_west").get(reverse("enterprises:doubles"), {"name": firm.name}).content.decode()

    assert firm.name not in page
    assert "请先问安监办" in page


@pytest.mark.parametrize(
    ("field", "value", "say"),
    [
        ("name", "", "请填写企业名称"),
        ("uscc", "91350100M000100Y44", "校验位对不上"),
        ("uscc", "11010519491231002X", "身份证"),
        ("industry_code", "99", "GB/T 4754"),
        ("path", "/99/", "不清楚的选镇"),
    ],
)
def test_given_a_bad_field_when_registered_then_the_sentence_stands_beside_it_and_the_rest_is_kept(
    town: SmallTown, enter: Enter, field: str, value: str, say: str
) -> None:
    response = enter("office").post(
        reverse("enterprises:register"), facts(town, address="工业路 1 号", **{field: value})
    )

    page = response.content.decode()
    assert response.status_code == 422
    assert say in page or field == "path"
    assert "工业路 1 号" in page
    assert Enterprise.objects.count() == 0


def test_given_a_village_when_it_registers_then_only_its_own_place_is_offered(town: SmallTown, enter: Enter) -> None:
    page = enter("village_east").get(reverse("enterprises:register")).content.decode()
    refused = enter("leader").get(reverse("enterprises:register"))

    assert town.units["东村"].path in page
    assert town.units["西村"].path not in page
    assert refused.status_code == 403


def test_given_the_forms_when_posted_then_each_act_is_done_once(town: SmallTown, enter: Enter, firm: Firm) -> None:
    client = enter("office")

    def post(act: str, **data: Any) -> int:
        return client.post(reverse(f"enterprises:{act}", args=[firm.id]), data).status_code

    codes = [
        post("change", name=firm.name, staff="40", seen_version=1),
        post("change", name=firm.name, staff="41", seen_version=1),
        post("features", features=["confined_space"], seen_version=2),
        post("move", path=town.units["西村"].path, lead_sector="construction", reason="迁址", seen_version=3),
        post("add_site", name="一号厂房", part="喷漆房"),
        post("close", reason="", seen_version=4),
        post("close", reason="注销", seen_version=4),
        post("reopen", reason="误注销", seen_version=5),
    ]

    row = Enterprise.objects.get()
    assert codes == [303, 422, 303, 303, 303, 422, 303, 303]
    assert (row.staff, row.features, row.lead_sector, row.state) == (
        40, "|confined_space|", "construction", State.ACTIVE,
    )  # fmt: skip
    assert [event.kind.split(".")[1] for event in Event.objects.filter(subject_id=firm.id).order_by("seq")] == [
        "registered", "changed", "features_recorded", "moved", "site_added", "closed", "reopened",
    ]  # fmt: skip
    assert "迁址" in client.get(reverse("trail:subject", args=[firm.id])).content.decode()


def test_given_a_site_when_changed_then_it_shows_as_no_longer_used(town: SmallTown, enter: Enter, firm: Firm) -> None:
    client = enter("village_east")
    client.post(reverse("enterprises:add_site", args=[firm.id]), {"name": "一号厂房"})
    site = queries.file_for(town.actor("office"), firm.id, on=NOON.date()).sites[0]

    response = client.post(
        reverse("enterprises:change_site", args=[firm.id, site.id]), {"name": "一号厂房", "seen_version": 1}
    )

    assert response.status_code == 303
    assert "已停用" in client.get(reverse("enterprises:show", args=[firm.id])).content.decode()


def test_given_a_double_file_when_merged_then_the_page_leads_to_the_winner(
    town: SmallTown, enter: Enter, firm: Firm
) -> None:
    loser, client = put(town, "东方木业", "西村"), enter("office")
    where = reverse("enterprises:merge", args=[loser.id])
    offered = client.get(where).content.decode()

    refused = client.post(where, {"winner": loser.id, "reason": "同一家", "seen_version": 1})
    done = client.post(where, {"winner": firm.id, "reason": "同一家", "seen_version": 1})

    assert str(firm.id) in offered
    assert refused.status_code == 422
    assert done["Location"] == reverse("enterprises:show", args=[firm.id])
    page = client.get(reverse("enterprises:show", args=[loser.id])).content.decode()
    assert "已并入" in page


def test_given_a_table_when_uploaded_then_it_is_mended_set_aside_and_registered(town: SmallTown, enter: Enter) -> None:
    client = enter("office")
    content = workbook(HEADER, GOOD, ["乙", "9135", "东村", "轻工"], ["丙", "", "南村", "轻工"])

    upload = client.post(reverse("enterprises:import"), {"file": _named(content)})
    where = upload["Location"]
    shown = client.get(where).content.decode()
    early = client.post(where, {"seen_version": 1, "commit": "1"})
    mended = client.post(where, {"seen_version": 1, "cell:3:uscc": "", "shown": ["3", "4"], "aside": ["4"]})
    ready = client.get(where).content.decode()
    done = client.post(where, {"seen_version": 2, "commit": "1"})

    assert "现在是 4 位" in shown
    assert "本镇没有“南村”" in shown
    assert early.status_code == 422
    assert mended.status_code == 303
    assert "登记这 2 家" in ready
    assert done["Location"] == reverse("enterprises:list")
    assert sorted(Enterprise.objects.values_list("name", flat=True)) == ["乙", GOOD[0]]
    assert EnterpriseImport.objects.get().registered == 2


def test_given_a_file_that_is_no_table_when_uploaded_then_a_sentence_says_so(enter: Enter) -> None:
    response = enter("office").post(reverse("enterprises:import"), {"file": _named(b"hello")})

    assert response.status_code == 422
    assert "这不是 Excel 文件" in response.content.decode()


def test_given_the_template_when_downloaded_then_its_name_is_chinese(enter: Enter) -> None:
    response = enter("office").get(reverse("enterprises:template"))

    assert quote("企业名单模板.xlsx") in response["Content-Disposition"]
    assert enter("village_east").get(reverse("enterprises:template")).status_code == 403


def test_given_somebody_of_a_firm_when_asking_for_mine_then_it_opens(town: SmallTown, enter: Enter, firm: Firm) -> None:
    principal, _ = town.enterprise_people(firm.id, village="东村")
    town.users["principal"] = principal
    get_user_model().objects.update(password_changed_at=timezone.now())

    client = enter("principal")

    assert client.get(reverse("enterprises:mine"))["Location"] == reverse("enterprises:show", args=[firm.id])
    assert client.get(reverse("enterprises:show", args=[firm.id])).status_code == 200


def _named(content: bytes) -> io.BytesIO:
    file = io.BytesIO(content)
    file.name = "名单.xlsx"
    return file


def test_given_a_safety_licence_when_written_down_and_given_up_then_the_file_and_other_rooms_know(
    town: SmallTown, enter: Enter, firm: Firm
) -> None:
    client = enter("village_east")
    address = reverse("enterprises:add_licence", args=[firm.id])
    typed = {
        "kind": "chemicals",
        "number": "（苏）WH安许证字〔2017〕1号",
        "organ": "省安监局",
        "valid_to": "2018-01-01",
    }

    codes = [
        client.post(address, typed | {"organ": ""}).status_code,
        client.post(address, typed | {"valid_from": "2019-01-01"}).status_code,
        client.post(address, typed).status_code,
        client.post(address, typed).status_code,
    ]
    page = client.get(reverse("enterprises:show", args=[firm.id])).content.decode()

    assert codes == [422, 422, 303, 422]
    assert "安全生产许可证（危险化学品生产）（苏）WH安许证字〔2017〕1号" in page
    assert "已过有效期" in page
    [held] = queries.licences_of([firm.id])[firm.id]
    assert (held.organ, held.valid_to) == ("省安监局", date(2018, 1, 1))
    [kept] = queries.file_for(town.actor("office"), firm.id, on=NOON.date()).licences
    change = reverse("enterprises:change_licence", args=[firm.id, kept.id])
    assert enter("village_west").get(change).status_code == 404
    assert client.post(change, typed | {"seen_version": 1}).status_code == 303
    assert client.post(change, typed | {"seen_version": 1}).status_code == 422
    assert queries.licences_of([firm.id]) == {}
    assert "不再持有" in client.get(reverse("enterprises:show", args=[firm.id])).content.decode()
    told = Event.objects.filter(subject_id=firm.id).order_by("seq").values_list("kind", flat=True)
    assert list(told)[-2:] == ["enterprise.licence_added", "enterprise.licence_changed"]


def test_given_a_place_as_figures_name_it_when_the_list_is_opened_then_only_its_enterprises_are_shown() -> None:
    """Figures link to their rows by `path`; the menu's village comes before it, also where it is cleared."""
    path, village = "/330000/330100/7f/", "/330000/330100/8c/"

    asked = [
        filters_of(QueryDict(text)).path
        for text in (f"path={path}", f"path={path}&village={village}", f"path={path}&village=")
    ]

    assert asked == [path, village, ""]
