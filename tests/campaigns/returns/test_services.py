"""A return from begun to locked and corrected: versions, cross-checks, typed numbers, packs."""

import io
import json
import re
import zipfile
from datetime import date, datetime, timedelta

import pytest
from openpyxl import load_workbook

from bihuan.campaigns.models import Return
from bihuan.campaigns.queries import returns as queries
from bihuan.campaigns.readers.filling import digest
from bihuan.campaigns.rules.returns.binding import Binding, PeriodKind, Source
from bihuan.campaigns.rules.returns.signing import Signed, signed_text
from bihuan.campaigns.services import returns as services
from bihuan.kernel.calendar import SHANGHAI
from bihuan.kernel.errors import NotAllowed, Outdated, Refusal
from bihuan.trail.models import Event
from tests.campaigns.returns.stage import FIRST, FRIDAY, ReturnStage, adopted, begun

pytestmark = pytest.mark.django_db


def test_given_a_return_when_sent_checked_and_locked_then_each_step_is_told_and_the_figures_stand(
    stage: ReturnStage,
) -> None:
    row = stage.sent(begun(stage), "village_east")
    sent = row.figures

    row = stage.do("check_return", row)
    row = stage.do("lock_return", row)
    row = stage.do("note_receipt", row, receipt=" HZ-2018-0007 ")
    stage.loop.report(found_on=date(2018, 1, 14))

    made = queries.workbook_of(stage.loop.by("village_east"), row.pk, today=stage.loop.day)
    kinds = list(Event.objects.filter(subject_id=row.pk).order_by("seq").values_list("kind", flat=True))
    assert kinds == [f"return.{one}" for one in ("begun", "typed", "sent", "checked", "locked", "receipt")]
    assert (row.state, row.edition, row.figures, row.receipt) == ("locked", 1, sent, "HZ-2018-0007")
    assert row.pack_sha256 == digest(made.content)
    view = stage.see(row)
    changed = [cell for cell in view.cells.values() if cell.now]
    assert {(cell.filled.text, cell.now) for cell in changed if cell.slot.row == 8} == {("1", "2")}


def test_given_a_return_when_it_goes_back_and_forth_then_versions_say_what_changed_and_the_first_time_counts(
    stage: ReturnStage,
) -> None:
    row = stage.sent(begun(stage), "village_east")
    with pytest.raises(Refusal, match="哪里要改"):
        stage.do("send_back", row, reason=" ")
    row = stage.do("send_back", row, reason="出动人员没有填对")
    stage.on(FRIDAY, 15)
    row = stage.do("type_cells", row, "village_east", cells={"D5": "12", "E5": "40"}, reason="签到表")
    row = stage.do("send_return", row, "village_east")

    view = stage.see(row)
    assert (row.edition, row.first_sent_at) == (2, datetime(2018, 1, 19, 9, tzinfo=SHANGHAI))
    assert [one.number for one in view.editions] == [2, 1]
    assert list(view.editions[0].changes) == [("D5", "0", "12"), ("E5", "0", "40")]
    assert view.editions[0].why == "出动人员没有填对"
    assert view.cells["D5"].filled.typed == "签到表"


def test_given_a_locked_return_when_corrected_by_the_chief_then_a_new_version_is_made_and_the_old_one_stays(
    stage: ReturnStage,
) -> None:
    row = stage.do("lock_return", stage.do("check_return", stage.sent(begun(stage), "village_east")))
    with pytest.raises(NotAllowed, match="安监办主任"):
        stage.do("correct_return", row, reason="数错了")
    stage.loop.report(found_on=date(2018, 1, 14))
    row = stage.do("correct_return", row, "chief", reason="漏报一项")
    row = stage.sent(row, "village_east")

    assert (row.state, row.edition, row.pack_sha256) == ("submitted", 2, "")
    old, new = row.editions.order_by("number")
    assert {one["cell"] for one in new.changes} >= {"D8", "E8"}
    assert old.figures != new.figures


def test_given_who_sent_it_when_checking_then_another_person_is_asked_for(stage: ReturnStage) -> None:
    row = stage.sent(begun(stage, "镇", "office"), "office", "各村下午补报")

    with pytest.raises(NotAllowed, match="同一个人"):
        stage.do("check_return", row)
    assert stage.do("check_return", row, "chief").checked_by


def test_given_cells_without_a_number_when_sent_then_they_are_named_and_nothing_is_written(stage: ReturnStage) -> None:
    row = begun(stage)
    events = Event.objects.count()

    with pytest.raises(Refusal, match=r"还有 8 格没有数：.*检查组·个·本期（D4）"):
        stage.do("send_return", row, "village_east")

    row.refresh_from_db()
    assert (row.state, row.edition, Event.objects.count()) == ("filling", 0, events)


def test_given_full_width_digits_when_typed_then_they_are_the_numbers_that_they_look_like(stage: ReturnStage) -> None:
    row = stage.do(
        "type_cells", begun(stage, "镇", "office"), cells={"D4": "１２", "D20": "１，２００．５"}, reason="台账"
    )

    texts = stage.texts(row)

    assert (texts["D4"], texts["D20"]) == ("12", "1200.5")


@pytest.mark.parametrize(
    ("cells", "reason", "say"),
    [
        ({"D4": "3"}, " ", "理由"),
        ({"D4": "12,5"}, "台账", "请写数字"),
        ({"D4": "三"}, "台账", "请写数字"),
        ({"D4": "②"}, "台账", "请写数字"),
        ({"D4": "－１"}, "台账", "请写数字"),
        ({"D4": "-1"}, "台账", "请写数字"),
        ({"D4": "1e9"}, "台账", "请写数字"),
        ({"D4": "1.234"}, "台账", "请写数字"),
        ({"Z99": "1"}, "台账", "没有这一格"),
        ({}, "台账", "没有这一格"),
    ],
)
def test_given_a_number_typed_wrongly_when_kept_then_it_is_refused(
    cells: dict[str, str], reason: str, say: str, stage: ReturnStage
) -> None:
    row = begun(stage)

    with pytest.raises(Refusal, match=say):
        stage.do("type_cells", row, "village_east", cells=cells, reason=reason)

    row.refresh_from_db()
    assert row.typed == {}


def test_given_a_number_typed_over_a_computed_one_when_taken_back_then_the_computed_one_stands_again(
    stage: ReturnStage,
) -> None:
    row = begun(stage)
    assert stage.texts(row)["D8"] == "1"
    row = stage.do("type_cells", row, "village_east", cells={"D8": "5"}, reason="核对后改")
    over = stage.texts(row)
    row = stage.do("type_cells", row, "village_east", cells={"D8": ""}, reason="")

    assert (over["D8"], over["D12"]) == ("5", "20.0%")
    assert (stage.texts(row)["D8"], stage.texts(row)["D12"]) == ("1", "100.0%")


def test_given_cross_checks_that_fail_when_sent_then_sentences_name_the_cells_and_an_explanation_lets_it_pass(
    stage: ReturnStage,
) -> None:
    row = stage.type_the_rest(begun(stage, "镇", "office"))
    cells = {"E8": "1", "E10": "4", "E11": "3", "D20": "2.5", "D17": "1", "E14": "9", "D8": "1", "D11": "3"}
    row = stage.do("type_cells", row, cells=cells, reason="试")

    with pytest.raises(Refusal) as refused:
        stage.do("send_return", row)

    said = [doubt.say for doubt in stage.see(row).doubts]
    assert any("已整改不能多于发现的" in one and "（E11）" in one and "（E8）" in one for one in said)
    assert any("重大隐患不能多于隐患总数" in one and "（E10）" in one for one in said)
    assert any("挂牌督办的不能多于重大隐患" in one and "（E14）" in one for one in said)
    assert any("文号" in one and "（D17）" in one for one in said)
    assert any("已整改不能多于发现的" in one and "（D11）" in one for one in said)  # of what was found in the week
    assert f"有 {len(said)} 处对不上" in refused.value.say
    with pytest.raises(Refusal, match="请在说明里写明文号"):  # words alone are no document
        stage.do("send_return", row, remark="已经核对，属实")
    assert stage.do("send_return", row, remark="停产见 苏安监〔2018〕3号").state == "submitted"


def test_given_typed_figures_so_far_when_the_next_week_has_less_then_the_check_says_from_what(
    stage: ReturnStage,
) -> None:
    row = stage.type_the_rest(begun(stage, "镇", "office"))
    row = stage.do("type_cells", row, cells={"E16": "3", "E20": "5"}, reason="台账")
    stage.do("send_return", row, remark="一月立案")
    stage.on(date(2018, 1, 26))
    later = stage.begin(row.form, FRIDAY, date(2018, 1, 25))
    later = stage.type_the_rest(later)
    stage.do("type_cells", later, cells={"E16": "3", "E20": "4.5"}, reason="台账")

    said = [doubt.say for doubt in stage.see(later).doubts]

    assert [one for one in said if "累计数比上一期少了" in one and "（E20）" in one and "上一期是 5" in one]
    assert not [one for one in said if "（E16）" in one and "少了" in one]


def test_given_what_is_left_at_the_end_when_it_is_not_found_less_rectified_so_far_then_it_is_asked_about(
    stage: ReturnStage,
) -> None:
    form = stage.upload("district-pairs.xlsx")
    left = Binding(Source.MEASURE, name="hazards.open", period=PeriodKind.AS_OF, unit_id=str(stage.unit("东村")))
    services.bind_cells(
        form_id=form.pk, seen_version=1, cells={"J7": left}, actor=stage.loop.by("office"), now=stage.loop.at
    )
    form.refresh_from_db()
    form = stage.use(form)
    stage.loop.confirmed(found_on=date(2018, 1, 13))
    stage.on(FRIDAY)
    row = stage.begin(form, *FIRST)
    fits = stage.see(row).doubts

    stage.do("type_cells", row, cells={"J7": "4"}, reason="村里报的")

    assert fits == []
    doubts = {doubt.cells: doubt.say for doubt in stage.see(row).doubts}
    assert set(doubts) == {("J7", "D7", "H7"), ("J6",)}
    assert "未整改应等于发现减已整改" in doubts["J7", "D7", "H7"]
    assert "合计应等于各格相加" in doubts["J6",]


def test_given_a_cumulative_figure_when_it_falls_then_the_check_says_from_what(stage: ReturnStage) -> None:
    form = adopted(stage, "东村")
    stage.loop.report(found_on=date(2018, 1, 13))
    stage.on(FRIDAY)
    stage.sent(stage.begin(form, *FIRST, unit="东村", who="village_east"), "village_east")
    stage.on(FRIDAY + timedelta(days=7))
    row = stage.begin(form, date(2018, 1, 19), date(2018, 1, 25), unit="东村", who="village_east")
    row = stage.type_the_rest(row, "village_east")
    row = stage.do("type_cells", row, "village_east", cells={"E8": "0"}, reason="试")

    assert any("累计数比上一期少了" in doubt.say and "（E8）" in doubt.say for doubt in stage.see(row).doubts)


def test_given_a_page_that_is_old_when_sent_then_it_is_refused(stage: ReturnStage) -> None:
    row = stage.type_the_rest(begun(stage), "village_east")

    with pytest.raises(Outdated):
        services.send_return(return_id=row.pk, seen_version=1, actor=stage.loop.by("village_east"), now=stage.loop.at)


def test_given_a_period_that_is_not_over_when_sent_then_it_is_too_early(stage: ReturnStage) -> None:
    form = adopted(stage, "东村")
    row = stage.begin(form, *FIRST, unit="东村", who="village_east")
    row = stage.type_the_rest(row, "village_east")

    with pytest.raises(Refusal, match="1月18日 24:00 才满"):
        stage.do("send_return", row, "village_east")


def test_given_a_pack_when_opened_then_its_manifest_has_the_hash_the_rules_and_what_was_typed(
    stage: ReturnStage,
) -> None:
    row = begun(stage)
    with pytest.raises(Refusal, match="还没有报送"):
        queries.pack_of(stage.loop.by("office"), row.pk, today=stage.loop.day, now=stage.loop.at)
    row = stage.sent(row, "village_east")

    made = queries.pack_of(stage.loop.by("office"), row.pk, today=stage.loop.day, now=stage.loop.at)

    with zipfile.ZipFile(io.BytesIO(made.content)) as archive:
        workbook, manifest = archive.namelist()
        facts = json.loads(archive.read(manifest))
        content = archive.read(workbook)
    cells = {one["cell"]: one for one in facts["cells"]}
    assert facts["workbook"] == {"name": workbook, "sha256": digest(content), "bytes": len(content)}
    assert (facts["unit"], facts["since"], facts["until"], facts["edition"]) == ("东村", "2018-01-12", "2018-01-18", 1)
    assert cells["D8"] | {"rule": ""} == {
        "cell": "D8",
        "headings": ["隐患排查治理", "发现隐患", "项", "本期"],
        "value": "1",
        "source": "measure",
        "rule": "",
        "days": "2018-01-12/2018-01-18",
    }
    assert "按发现日期计的隐患" in cells["D8"]["rule"]
    assert (cells["D4"]["source"], cells["D4"]["reason"]) == ("typed", "镇台账")
    assert len(cells) == 48


def test_given_a_second_receipt_number_when_written_down_then_the_first_stays_beside_it_with_who_and_when(
    stage: ReturnStage,
) -> None:
    row = stage.do("lock_return", stage.do("check_return", stage.sent(begun(stage), "village_east")))
    row = stage.do("note_receipt", row, receipt="SB-2018-0031")
    first = stage.loop.at
    stage.on(FRIDAY, 16)
    with pytest.raises(Refusal, match="已经记过了"):
        stage.do("note_receipt", row, receipt="SB-2018-0031")

    row = stage.do("note_receipt", row, "chief", receipt="SB-2018-0032")

    names = [stage.loop.by(who).name for who in ("chief", "office")]
    assert [tuple(one) for one in stage.see(row).receipts] == [
        ("SB-2018-0032", names[0], stage.loop.at),
        ("SB-2018-0031", names[1], first),
    ]
    assert row.receipt == "SB-2018-0032"


def test_given_a_town_with_one_clerk_when_its_own_return_waits_then_the_chair_checks_it_and_the_sender_returns_nothing(
    stage: ReturnStage,
) -> None:
    form = adopted(stage, "镇", "东村")
    stage.on(FRIDAY)
    row = stage.sent(stage.begin(form, *FIRST), "office", "东村下午补报")
    village = stage.sent(stage.begin(form, *FIRST, unit="东村", who="village_east"), "village_east")

    assert stage.see(row).acts == []
    with pytest.raises(NotAllowed, match="不能是同一个人"):
        stage.do("send_back", row, reason="算错了")
    assert stage.see(row, "chair").acts == ["send_back", "check"]
    assert queries.waiting_for(stage.loop.by("chair"), now=stage.loop.at).by_what == {"returns.to_check": 1}
    with pytest.raises(NotAllowed, match="由安监办办"):
        stage.do("check_return", village, "chair")
    row = stage.do("check_return", row, "chair")
    assert (row.state, row.checked_by) == ("checked", stage.loop.by("chair").name)
    assert stage.do("lock_return", row).state == "locked"


def test_given_a_return_when_sent_and_downloaded_then_unit_day_and_people_stand_where_the_form_asks(
    stage: ReturnStage,
) -> None:
    row = begun(stage)
    before = _second_row(stage, row)
    row = stage.do("check_return", stage.sent(row, "village_east"))

    assert before == "填报单位：东村　　填报日期：　　填表人："
    assert _second_row(stage, row) == f"填报单位：东村　　填报日期：2018年1月19日　　填表人：{row.sent_by}"


def _second_row(stage: ReturnStage, row: Return) -> str:
    made = queries.workbook_of(stage.loop.by("village_east"), row.pk, today=stage.loop.day)
    return str(load_workbook(io.BytesIO(made.content)).worksheets[0]["A2"].value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("填报单位（盖章）：    填报日期：  年 月 日", "填报单位（盖章）：示范镇　　 填报日期：2018年1月19日"),
        ("填报单位:____  填表人（签字）：  审核人：", "填报单位:示范镇　　  填表人（签字）：王某　　  审核人：李某"),
        ("填报单位： 金城镇    联系电话：", "填报单位： 金城镇    联系电话："),
        ("填报日期：2018年1月2日", "填报日期：2018年1月2日"),
        ("单位：项", "单位：项"),
    ],
)  # fmt: skip
def test_given_lines_of_forms_when_signed_then_only_what_is_empty_is_written(text: str, said: str) -> None:
    signed = Signed("示范镇", date(2018, 1, 19), "王某", "李某")

    found = signed_text(text, signed)

    assert re.sub(r"[\s　]+", " ", found) == re.sub(r"[\s　]+", " ", said)
