"""Tables that people make and no rule book lists: labels instead of columns, terms in days, people in names."""

from typing import Any

import pytest

from bihuan.hazards.models import Hazard
from bihuan.intake.rules.cells import Sheet
from bihuan.intake.rules.fields import Field
from bihuan.intake.rules.tables import table_at
from tests.intake.reading import read_rows
from tests.intake.stage import ListStage

SHOWN = (Field.ENTERPRISE_NAME, Field.DESCRIPTION, Field.FOUND_ON, Field.DEADLINE)


def read(*rows: list[Any]) -> list[tuple[str, ...]]:
    """Return enterprise, description, day found, deadline of each item."""
    found = read_rows(*rows)
    assert [item.problems for item in found.items if item.problems] == []
    return [tuple(str(item.values.get(field, "")) for field in SHOWN) for item in found.items]


def test_given_the_enterprise_as_a_label_over_its_rows_when_read_then_each_row_has_it() -> None:
    rows = read(
        ["隐患清单"],
        ["序号", "检查日期", "隐患内容", "整改期限", "是否整改"],
        ["企业名称：东方木业有限公司   地址：东村"],
        [1, "2018.1.5", "无护栏", "1月20日", "是"],
        ["被检查单位：永安加油站", None, None, "检查人：李某"],
        [1, "2018.1.6", "无罩", "1月20日", "否"],
    )

    assert rows == [
        ("东方木业有限公司", "无护栏", "2018-01-05", "2018-01-20"),
        ("永安加油站", "无罩", "2018-01-06", "2018-01-20"),
    ]


@pytest.mark.parametrize(
    ("above", "section", "village"),
    [
        ([["隐患清单"], ["一、东村"]], "一、东村", "东村"),
        ([["隐患清单"], ["东村"]], "东村", "东村"),
        ([["一、东村"]], "一、东村", "东村"),
        ([["隐患清单"], ["一、重大隐患"], []], "一、重大隐患", ""),
        ([["隐患清单"], ["检查单位：镇安监办"]], "", ""),
        ([["2018年东村隐患清单"]], "", ""),
        ([["隐患清单"], ["一、隐患清单（东村）"]], "", ""),
    ],
)
def test_given_a_title_over_the_first_header_when_read_then_only_a_section_is_one(
    above: list[list[str]], section: str, village: str
) -> None:
    head = ["序号", "企业名称", "隐患内容", "整改情况"]

    found = read_rows(*above, head, [1, "甲厂", "无护栏", "是"], ["二、西村"], [2, "乙厂", "无罩", "否"])

    assert [(item.section, item.text(Field.VILLAGE)) for item in found.items] == [
        (section, village),
        ("二、西村", "西村"),
    ]


def test_given_a_section_over_a_header_that_a_person_pointed_at_when_read_then_it_is_the_first() -> None:
    sheet = Sheet("表", [["清单"], ["一、东村"], ["号", "哪家", "啥问题"], [1, "甲厂", "无护栏"]])

    assert [record.section for record in table_at(sheet, 2).records] == ["一、东村"]


def test_given_several_inspection_forms_in_one_sheet_when_read_then_each_has_its_own_enterprise_and_day() -> None:
    head = ["序号", "存在问题", "整改要求", "整改期限"]
    rows = read(
        ["被检查单位：甲厂", "", "检查日期：2018年1月5日"],
        head,
        [1, "无护栏", "加装", "3日内"],
        [],
        ["被检查单位：乙厂", "", "检查日期：2018年1月9日"],
        head,
        [1, "无罩", "加装", "3日内"],
    )

    assert rows == [("甲厂", "无护栏", "2018-01-05", "2018-01-08"), ("乙厂", "无罩", "2018-01-09", "2018-01-12")]


def test_given_a_term_in_days_when_read_then_it_is_counted_from_the_finding() -> None:
    head = ["序号", "企业名称", "存在隐患", "整改期限（天）", "检查日期"]

    rows = read(head, [1, "甲厂", "无护栏", 7, "2018-01-05 10:30"], [2, "乙厂", "无罩", "15", "2018/1/5 0:00:00"])

    assert rows == [("甲厂", "无护栏", "2018-01-05", "2018-01-12"), ("乙厂", "无罩", "2018-01-05", "2018-01-20")]


def test_given_names_with_breaks_and_people_when_read_then_the_name_is_left() -> None:
    rows = read(
        ["序号", "企业名称", "检查日期", "隐患", "整改期限"],
        [1, "甲木业\n有限公司", "2018-01-05", "无护栏", ""],
        [2, "乙厂（法人：张三 13912345678）", "2018-01-05", "无罩", ""],
    )

    assert [row[0] for row in rows] == ["甲木业有限公司", "乙厂"]


def test_given_a_person_and_a_phone_under_one_heading_when_read_then_both_are_found() -> None:
    found = read_rows(
        ["序号", "企业名称", "隐患", "责任人", "", "整改"],
        ["", "", "", "姓名", "电话", ""],
        [1, "甲厂", "无护栏", "张三", "13912345678", "已改"],
    )

    assert [(item.text(Field.RESP_PERSON), item.text(Field.PHONE)) for item in found.items] == [("张三", "13912345678")]


@pytest.mark.parametrize(
    ("status", "claim", "day"),
    [
        ("已整改（2018.2.5）", "claimed_rectified", "2018-02-05"),
        ("2月3日已完成整改", "claimed_rectified", "2018-02-03"),
        ("预计2月底完成", "claimed_in_progress", ""),
        ("整改完毕，已销号", "claimed_closed", ""),
    ],
)
def test_given_a_day_inside_a_status_when_read_then_only_a_finished_one_is_the_day_of_repair(
    status: str, claim: str, day: str
) -> None:
    found = read_rows(["序号", "企业名称", "检查日期", "隐患", "整改情况"], [1, "甲厂", "2018-01-05", "无护栏", status])

    assert [(item.claim, str(item.values.get(Field.RECTIFIED_ON, ""))) for item in found.items] == [(claim, day)]


def test_given_a_list_without_enterprises_when_entered_then_its_rows_are_public_places(stage: ListStage) -> None:
    head = ["序号", "问题", "责任单位", "属地", "完成时限", "进展情况"]
    run = stage.rows(
        ["一、道路交通"],
        [1, "平交路口无警示标志", "交警中队", "西村", "2018年3月底", "推进中"],
        head=head,
    )

    stage.commit(run)

    row = Hazard.objects.get()
    assert (row.place_kind, row.place_name, row.path) == ("public_place", "交警中队", stage.town.units["西村"].path)
