"""A superior's form from its upload to the receipt, as a person presses it; and what each page shows to whom."""

import re
from datetime import date
from html import unescape
from typing import Any
from urllib.parse import unquote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from bihuan.campaigns.models import Return, ReturnForm
from tests.campaigns.returns.forms import FOLDER
from tests.campaigns.returns.stage import ReturnStage, adopted, begun, make_return_stage

FIRST, FRIDAY = (date(2018, 1, 12), date(2018, 1, 18)), date(2018, 1, 19)


@pytest.fixture
def stage(db: None, settings: Any) -> ReturnStage:
    """A town with two firms; the doors' clock stands on its day."""
    made = make_return_stage()
    settings.BIHUAN_DEMO_DAY = made.loop.day.isoformat()
    return made


def page(client: Client, name: str, *args: object, query: str = "") -> str:
    answer = client.get(reverse(f"campaigns:{name}", args=args) + query)
    assert answer.status_code == 200, (name, answer.status_code)
    return answer.content.decode()


def press(client: Client, name: str, *args: object, **said: object) -> str:
    answer = client.post(reverse(f"campaigns:{name}", args=args), said)
    assert answer.status_code == 303, (
        name,
        answer.status_code,
        re.findall(r'role="alert">(.*?)<', answer.content.decode()),
    )
    return str(answer.headers["Location"])


def upload(client: Client, name: str = "villages.xlsx") -> ReturnForm:
    file = SimpleUploadedFile(name, (FOLDER / name).read_bytes())
    press(client, "upload_form", file=file, rhythm="weekly", to_whom="区安委办", campaign="", cumulative_from="")
    return ReturnForm.objects.get()


def go_to(stage: ReturnStage, settings: Any, day: date) -> None:
    stage.on(day)
    settings.BIHUAN_DEMO_DAY = day.isoformat()


def test_given_a_superiors_form_when_a_person_binds_fills_and_sends_it_then_few_presses_are_enough(
    stage: ReturnStage, settings: Any
) -> None:
    office, chief, east = (stage.loop.town.client(who) for who in ("office", "chief", "village_east"))
    stage.loop.closed(found_on=date(2018, 1, 13))
    stage.loop.confirmed(enterprise_id=stage.west_firm, found_on=date(2018, 1, 14))

    form = upload(office)  # 1
    shown = page(office, "return_form", form.pk)
    assert "21 格要填" in shown
    assert "格待定" not in shown
    press(  # 2: one column is wanted otherwise than suggested
        office,
        "return_form",
        form.pk,
        cell="E6",
        figure="measure:hazards.in.closed",
        period="this",
        unit=str(stage.unit("东村")),
        along="column",
        seen_version=form.version,
    )
    form.refresh_from_db()
    press(office, "use_form", form.pk, unit=[str(stage.unit("镇"))], seen_version=form.version)  # 3
    go_to(stage, settings, FRIDAY)
    owed = page(office, "returns")
    assert "2018年1月12日至1月18日" in owed
    days = {"since": FIRST[0].isoformat(), "until": FIRST[1].isoformat()}
    press(office, "begin_return", form=form.pk, unit=stage.unit("镇"), **days)  # 4
    row = Return.objects.get()
    filled = page(office, "return", row.pk)
    assert "还有" not in filled.partition("报过的版本")[0].partition("格没有数")[0][-12:]
    press(office, "return_act", row.pk, act="submit", remark="", seen_version=row.version)  # 5
    row.refresh_from_db()
    press(chief, "return_act", row.pk, act="check", seen_version=row.version)  # 6
    row.refresh_from_db()
    press(chief, "return_act", row.pk, act="lock", seen_version=row.version)  # 7
    row.refresh_from_db()
    press(office, "return_act", row.pk, act="receipt", receipt="HZ-7", seen_version=row.version)  # 8

    row.refresh_from_db()
    done = page(chief, "return", row.pk)
    assert (row.state, row.receipt) == ("locked", "HZ-7")
    assert all(word in done for word in ("已锁定", "HZ-7", row.pack_sha256, "上报包"))
    assert east.get(reverse("campaigns:return", args=[row.pk])).status_code == 404
    assert office.get(reverse("campaigns:return_workbook", args=[row.pk])).headers["Content-Type"].endswith("sheet")
    assert office.get(reverse("campaigns:return_pack", args=[row.pk])).headers["Content-Type"] == "application/zip"


def test_given_a_cell_when_it_is_opened_then_its_rule_and_the_list_of_its_rows_are_there(
    stage: ReturnStage, settings: Any
) -> None:
    office = stage.loop.town.client("office")
    form = stage.use(upload(office))
    stage.loop.closed(found_on=date(2018, 1, 13))
    go_to(stage, settings, FRIDAY)
    row = stage.begin(form, *FIRST)

    shown = page(office, "return", row.pk, query="?cell=C6")

    href = unescape(re.findall(r'<a href="([^"]+)">看这 1 项', shown)[0])
    assert "按发现日期计的隐患" in shown
    assert "found_from=2018-01-12" in href
    listed = office.get(href).content.decode()
    assert "1号冲床双手按钮被短接" in listed


def test_given_cells_that_wait_for_a_room_when_shown_then_they_say_so_and_are_typed_together(
    stage: ReturnStage, settings: Any
) -> None:
    office = stage.loop.town.client("office")
    press(office, "adopt_form", code="F1")
    form = stage.use(ReturnForm.objects.get(), "东村")
    go_to(stage, settings, FRIDAY)
    row = stage.begin(form, *FIRST, unit="东村", who="village_east")
    village = stage.loop.town.client("village_east")

    before = page(village, "return", row.pk)
    binding = page(office, "return_form", form.pk)
    press(
        village,
        "type_in",
        row.pk,
        **{"cell-D4": "3", "cell-E4": "5", "cell-D5": ""},
        reason="签到表",
        seen_version=row.version,
    )
    after = page(village, "return", row.pk, query="?cell=D4")

    assert 'name="cell-D4"' in before
    assert "监督检查待接入" in binding
    assert 'name="cell-D4" inputmode="decimal" maxlength="16" aria-label' not in after
    assert 'class="g-n typed on"' in after
    assert "签到表" in after
    assert 'name="cell-D5"' in after


def test_given_a_refused_act_when_pressed_then_the_sentence_is_shown_and_nothing_is_written(
    stage: ReturnStage, settings: Any
) -> None:
    office = stage.loop.town.client("office")
    press(office, "adopt_form", code="F1")
    form = stage.use(ReturnForm.objects.get(), "东村")
    go_to(stage, settings, FRIDAY)
    row = stage.begin(form, *FIRST, unit="东村")

    press(office, "return_act", row.pk, act="submit", seen_version=row.version)

    row.refresh_from_db()
    assert row.state == "filling"
    assert "格没有数" in page(office, "return", row.pk)
    assert office.post(reverse("campaigns:return_act", args=[row.pk]), {"act": "fly"}).status_code == 404


@pytest.mark.parametrize("who", ["village_east", "industry", "chair"])
def test_given_others_than_the_office_when_they_would_take_a_form_in_then_they_are_told_who_does(
    who: str, stage: ReturnStage
) -> None:
    answer = stage.loop.town.client(who).get(reverse("campaigns:upload_form"))

    assert answer.status_code == 403
    assert ReturnForm.objects.count() == 0


def test_given_a_special_form_when_it_is_asked_for_then_it_begins_with_its_own_days_and_hour(
    stage: ReturnStage,
) -> None:
    office = stage.loop.town.client("office")
    form = stage.use(stage.upload("villages.xlsx", rhythm="special"))
    assert "请报快报" in page(office, "return_form", form.pk)
    days = {"since": "2018-01-12", "until": "2018-01-15", "due_at": "2018-01-16T18:00"}

    press(office, "ask_special", form.pk, unit=[str(stage.unit("镇"))], **days)
    press(office, "ask_special", form.pk, unit=[str(stage.unit("镇"))], **days)  # pressed twice

    row = Return.objects.get()
    assert (row.since, row.until, row.due_at.hour) == (
        date(2018, 1, 12),
        date(2018, 1, 15),
        10,
    )  # 18:00 here, kept in UTC
    assert "1月16日 18:00 前报" in page(office, "return", row.pk)


def test_given_what_is_said_of_a_form_when_mended_then_it_is_kept_and_a_day_that_is_none_is_refused(
    stage: ReturnStage,
) -> None:
    office = stage.loop.town.client("office")
    form = upload(office)
    said = {"title": "周报", "to_whom": "市安委办", "mend": "1"}

    press(office, "use_form", form.pk, cumulative_from="2018-13-01", seen_version=form.version, **said)
    assert "没有这一天" in page(office, "return_form", form.pk)
    press(office, "use_form", form.pk, cumulative_from="2017-12-18", seen_version=form.version, **said)

    form.refresh_from_db()
    assert (form.title, form.to_whom, form.cumulative_from) == ("周报", "市安委办", date(2017, 12, 18))


def test_given_the_rows_of_a_figure_when_opened_then_they_are_all_there_and_only_for_who_sees_the_place(
    stage: ReturnStage, settings: Any
) -> None:
    form = adopted(stage, "东村", "西村")
    go_to(stage, settings, date(2018, 1, 22))
    row = stage.sent(stage.begin(form, *FIRST, unit="东村", who="village_east"), "village_east")
    town = stage.loop.town.town.path
    asked = {"path": town, "since": "2018-01-01", "until": "2018-01-22", "of": "late"}

    def opened(who: str, **more: str) -> Any:
        return stage.loop.town.client(who).get(reverse("campaigns:due_returns"), asked | more)

    shown = opened("office").content.decode()
    assert '迟报、没报的报表 <span class="n">2</span> 份' in shown
    assert (shown.count("迟报</b>"), shown.count("没报</b>")) == (1, 1)
    assert reverse("campaigns:return", args=[row.pk]) in shown
    assert opened("office", unit=str(stage.unit("西村"))).content.decode().count("没报</b>") == 1
    assert opened("office", of="on_time").content.decode().count("<tr>") == 0
    assert opened("village_east").status_code == 404
    assert opened("village_east", path=stage.loop.town.units["东村"].path).status_code == 200
    assert [opened("office", **one).status_code for one in ({"of": "x"}, {"since": "x"}, {"path": ""})] == [404] * 3


def test_given_a_return_that_was_opened_again_when_shown_then_it_says_whether_it_came_back_or_is_corrected(
    stage: ReturnStage, settings: Any
) -> None:
    row = stage.sent(begun(stage), "village_east")
    settings.BIHUAN_DEMO_DAY = stage.loop.day.isoformat()
    village = stage.loop.town.client("village_east")

    stage.do("send_back", row, reason="人次没填对")
    sent_back = page(village, "return", row.pk)
    stage.do("send_return", row, "village_east")
    stage.do("lock_return", stage.do("check_return", row))
    stage.do("correct_return", row, "chief", reason="漏报一项")
    corrected = page(village, "return", row.pk)

    assert "退回：人次没填对" in sent_back
    assert "更正：漏报一项" in corrected
    assert "退回：" not in corrected


def test_given_a_village_that_owes_nothing_when_it_opens_its_returns_then_it_is_told_so_and_no_zeros_are_counted(
    stage: ReturnStage,
) -> None:
    nothing = page(stage.loop.town.client("village_west"), "returns")
    unused = page(stage.loop.town.client("office"), "returns")
    adopted(stage, "东村")
    still = page(stage.loop.town.client("village_west"), "returns")
    owing = page(stage.loop.town.client("village_east"), "returns")

    for shown in (nothing, still):
        assert "现在没有要您单位填报的报表" in shown
        assert "没报" not in shown.partition("<main")[2].partition("现在没有")[0]
        assert reverse("campaigns:return_forms") not in shown.partition("<main")[2]
    assert "要报的" in owing
    assert "还没有单位要报报表" in unused


def test_given_returns_in_each_state_when_listed_then_every_tab_counts_the_rows_that_it_lists(
    stage: ReturnStage, settings: Any
) -> None:
    form = adopted(stage, "镇", "东村", "西村")
    go_to(stage, settings, FRIDAY)
    stage.sent(stage.begin(form, *FIRST, unit="东村", who="village_east"), "village_east")
    stage.on(FRIDAY, 13)
    stage.sent(stage.begin(form, *FIRST, unit="西村", who="village_west"), "village_west")
    go_to(stage, settings, date(2018, 1, 22))
    office = stage.loop.town.client("office")

    for tab in ("", "missing", "late", "check", "done", "all"):
        shown = page(office, "returns", query=f"?tab={tab}")
        counted = {name: int(count) for name, count in re.findall(r">([^<>]+)<b>(\d+)</b></a>", shown)}
        rows = shown.partition("<tbody>")[2].partition("</tbody>")[0].count("<tr>")
        name = {"": "要报的", "missing": "没报", "late": "迟报", "check": "待审核、锁定", "done": "已报的"}.get(tab)
        assert rows == counted[name or "近五周和下一期"], (tab, counted)


def test_given_a_period_that_is_not_over_when_shown_then_it_says_from_when_it_is_sent_and_offers_no_button(
    stage: ReturnStage, settings: Any
) -> None:
    form = adopted(stage, "东村")
    row = stage.begin(form, *FIRST, unit="东村", who="village_east")
    village = stage.loop.town.client("village_east")

    before = page(village, "return", row.pk)
    go_to(stage, settings, FRIDAY)
    after = page(village, "return", row.pk)

    assert "1月19日起报送" in before
    assert 'name="act" value="submit"' not in before
    assert 'name="act" value="submit"' in after


def test_given_villages_that_sent_when_the_towns_cell_is_opened_then_their_returns_are_one_press_away(
    stage: ReturnStage, settings: Any
) -> None:
    form = adopted(stage, "镇", "东村", "西村")
    go_to(stage, settings, FRIDAY)
    east = stage.begin(form, *FIRST, unit="东村", who="village_east")
    east = stage.do(
        "type_cells",
        stage.type_the_rest(east, "village_east"),
        "village_east",
        cells={"D6": "5", "E6": "5"},
        reason="台账",
    )
    stage.do("send_return", east, "village_east")
    office = stage.loop.town.client("office")

    shown = page(office, "return", stage.begin(form, *FIRST).pk, query="?cell=D6")

    assert "上报包" not in page(stage.loop.town.client("village_east"), "return", east.pk)  # it has no such system
    assert "东村 5" in shown
    assert f'href="{reverse("campaigns:return", args=[east.pk])}?cell=D6#cell">东村</a> 5' in shown
    assert "西村 还没有报" in shown
    assert "镇本级的数" in shown


def test_given_returns_that_are_owed_when_listed_then_the_overdue_stand_first_and_the_farthest_last(
    stage: ReturnStage, settings: Any
) -> None:
    adopted(stage, "东村")
    adopted(stage, "东村", code="F2")
    go_to(stage, settings, date(2018, 1, 30))

    shown = page(stage.loop.town.client("village_east"), "returns")

    dues = re.findall(r'<td class="nw(?: red)?">([^<]+:[^<]+)</td>', shown)
    assert dues == ["1月19日 12:00", "1月26日 12:00", "2月2日 12:00", "2月2日 24:00"]


def test_given_a_hazard_that_is_written_down_after_sending_when_the_cell_is_opened_then_it_is_named(
    stage: ReturnStage, settings: Any
) -> None:
    form = adopted(stage, "镇")
    early = stage.loop.report(found_on=date(2018, 1, 13))
    go_to(stage, settings, FRIDAY)
    row = stage.sent(stage.begin(form, *FIRST), "office")
    late = stage.loop.report(found_on=date(2018, 1, 14))
    office = stage.loop.town.client("office")
    found = next(one for one, cell in stage.see(row).cells.items() if cell.now and "发现隐患" in cell.slot.label)

    shown = page(office, "return", row.pk, query=f"?cell={found}")

    assert "按报送时所知：2018年1月18日以后才补登、更正的也算在内" in shown
    assert "同样几天的动态、总结按当日所知" in shown
    filled = office.get(reverse("campaigns:return_workbook", args=[row.pk]))
    assert "（按报送时所知）.xlsx" in unquote(filled.headers["Content-Disposition"])
    assert "现在算出来是 2" in shown
    assert f"{late.number}</a> 报送以后才算进来" in shown
    assert early.number not in shown
