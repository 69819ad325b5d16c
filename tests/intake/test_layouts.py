"""Layouts V1–V9 and unseen ones: what each file of tests/workbooks must be read as, written by hand."""

from datetime import date
from typing import Any

import pytest

from tests.intake.reading import WORKBOOKS, read_file

SHOWN = ("source_row", "enterprise_name", "found_on", "description", "level", "deadline", "status", "rectified_on")
OPEN, GOING, DONE, CLOSED = ("claimed_open", "claimed_in_progress", "claimed_rectified", "claimed_closed")

CASES: dict[str, list[tuple[Any, ...]]] = {
    "v1-lost-merges.csv": [
        (4, "南门客运站", "2018-01-08", "候车室灭火器缺2具", None, "2018-01-12", CLOSED, "2018-01-11"),
        (5, "南门客运站", "2018-01-08", "出口指示灯不亮", None, "2018-01-11", DONE, None),
        (6, "北河渡口", "2018-01-09", "救生衣不足", None, "2018-01-09", OPEN, None),
        (6, "北河渡口", "2018-01-09", "未公示定员", None, "2018-01-09", OPEN, None),
    ],
    "v3-penalties.xlsx": [
        (2, "城东化工厂", None, "反应釜温度联锁摘除", None, "2018-03-01", CLOSED, None),
        (3, "城西木器厂", None, "除尘管积尘", None, "2018-03-10", GOING, None),
    ],
    "v4-grid.xlsx": [
        (4, "好又多超市", "2018-01-05", "货架堵住出口", None, None, DONE, "2018-01-06"),
        (5, "老王五金店", "2018-01-05", "二楼住人", None, None, OPEN, None),
        (7, "和平旅馆", "2017-12-28", "应急灯坏3盏", None, None, DONE, "2018-01-20"),
    ],
    "v5-summary.xlsx": [],
    "v6-own-ledger.xlsx": [
        (3, "常青机械有限公司", "2019-03-02", "砂轮机无防护罩", "general", "2019-03-05", DONE, "2019-03-04"),
        (4, "常青机械有限公司", "2019-03-08", "天车限位失灵", None, None, GOING, None),
        (5, "常青机械有限公司", "2019-03-09", "煤气报警器未接入", "major", "2019-03-31", OPEN, None),
    ],
    "v7-five-fixed.docx": [
        (2, "永兴铸造厂", "2018-03-06", "中频炉冷却水无断水报警", None, None, DONE, "2018-03-20"),
        (3, "永兴铸造厂", "2018-03-06", "吊具无检验合格证", None, None, DONE, "2018-03-25"),
        (3, "永兴铸造厂", "2018-03-06", "钢丝绳断丝", None, None, DONE, "2018-03-25"),
        (4, "永兴铸造厂", "2018-03-06", "炉前坑有积水", None, None, DONE, "2018-03-08"),
    ],
    "v8-old-excel.xls": [
        (3, "海天食品有限公司", "2021-12-20", "配电柜前堆物", "general", "2021-12-31", CLOSED, "2021-12-28"),
        (4, "海天食品有限公司", "2021-12-20", "消防泵不能自动启动", "major", "2022-01-20", GOING, None),
        (3, "大江纺织有限公司", "2021-12-20", "配电柜前堆物", "general", "2021-12-31", CLOSED, "2021-12-28"),
        (4, "大江纺织有限公司", "2021-12-20", "消防泵不能自动启动", "major", "2022-01-20", GOING, None),
    ],
    "v9-major.xlsx": [
        (3, "新华造纸厂", None, "污水站未审批进入有限空间作业", "major", None, CLOSED, None),
        (4, "光明冷库", None, "氨压缩机房无泄漏报警", "major", None, OPEN, None),
    ],
    "unseen-words.xlsx": [
        (5, "宏达塑业有限公司", "2018-02-24", "注塑机安全门联锁短接", "general", "2018-03-01", DONE, "2018-02-27"),
        (6, "双喜烟花店", "2018-02-25", "与居民住宅设在同一建筑", "major", None, OPEN, None),
    ],
    "sections.xlsx": [
        (5, "新星化工有限公司", "2018-01-10", "罐区围堰破损", "general", "2018-01-20", DONE, None),
        (6, "新星化工有限公司", "2018-01-10", "可燃气体报警器停用", "major", "2018-01-31", OPEN, None),
        (11, "利民木业加工厂", "2018-01-11", "砂光机旁积尘厚", "general", "2018-01-18", OPEN, None),
    ],
    "group-headings.xlsx": [
        (4, "丰收粮库", None, "熏蒸作业无警戒", "general", "2018-05-10", DONE, "2018-05-08"),
        (6, "五洲电器厂", None, "喷漆房用普通灯具", "major", "2018-04-30", GOING, None),
    ],
    "page-as-excel.xls": [
        (3, "四海酒店", "2022-06-01", "厨房燃气软管老化", None, None, DONE, "2022-06-03"),
        (4, "四海酒店", "2022-06-01", "疏散门上锁", None, None, OPEN, None),
    ],
}
READ_ON = {
    "v6-own-ledger.xlsx": date(2019, 3, 31),
    "v8-old-excel.xls": date(2022, 1, 5),
    "page-as-excel.xls": date(2022, 7, 1),
    "group-headings.xlsx": date(2018, 5, 31),
}


@pytest.mark.parametrize("name", sorted(CASES))
def test_given_a_layout_when_read_then_its_rows_are_as_written_down(name: str) -> None:
    read = read_file(name, today=READ_ON.get(name, date(2018, 3, 31)))

    assert [tuple(row[key] for key in SHOWN) for row in read["rows"]] == CASES[name]
    assert [row["problems"] for row in read["rows"] if row["problems"]] == []


def test_given_the_folder_of_good_workbooks_when_listed_then_each_has_its_expectation() -> None:
    ours = {file.name for file in (WORKBOOKS / "must_pass").iterdir() if not file.name.startswith("ledger-")}

    assert ours == CASES.keys() | {"hard-cells.xlsx"}


def test_given_fines_in_ten_thousands_when_read_then_they_are_yuan_and_the_shared_column_is_parted() -> None:
    first, second = read_file("v3-penalties.xlsx")["rows"]

    assert (first["fine_yuan"], first["penalty"], first["penalty_kind"]) == (20000, True, "罚款")
    assert (first["resp_unit"], first["resp_person"], first["closed"]) == ("安监办", "王某", True)
    assert (second["fine_yuan"], second["penalty"], second["resp_person"]) == (None, False, "赵某")
    assert first["extra"] == {"是否上级重点关注": "是"}


def test_given_a_table_of_counts_when_read_then_it_is_named_a_summary_and_gives_no_rows() -> None:
    read = read_file("v5-summary.xlsx")

    assert [(sheet["kind"], len(sheet["summary"])) for sheet in read["sheets"]] == [("summary", 2)]
    assert read["sheets"][0]["columns"]["rectification_order_count"] == ["M"]
    assert [doubt["code"] for doubt in read["doubts"]] == ["summary_table"]


def test_given_sections_by_village_when_read_then_the_section_gives_the_village() -> None:
    assert [row["village"] for row in read_file("v4-grid.xlsx")["rows"]] == ["东湖社区", "东湖社区", "西湖社区"]


def test_given_a_document_number_with_bracket_noise_when_read_then_it_is_normalised() -> None:
    row = read_file("v8-old-excel.xls", today=date(2022, 1, 5))["rows"][0]

    assert (row["source_doc_no"], row["source_organ"], row["village"]) == ("常安办〔2021〕18号", "市安委办", "河口村")


def test_given_unseen_words_when_read_then_a_column_of_persons_gives_the_phones_and_the_deadline_waits() -> None:
    first, second = read_file("unseen-words.xlsx", today=date(2018, 3, 31))["rows"]

    assert [first["phone"], second["phone"]] == ["13812345678", "0519-82345678"]
    assert (second["deadline"], second["deadline_kind"], second["deadline_text"]) == (None, "resumption", "复工前")
    assert first["fine_yuan"] == 2000


def test_given_hard_cells_when_read_then_each_is_said_and_nothing_is_lost() -> None:
    read = read_file("hard-cells.xlsx")

    problems = [(row["source_row"], one["code"], one["column"]) for row in read["rows"] for one in row["problems"]]
    assert problems == [
        (2, "bad_day", "B"),
        (2, "bad_day", "E"),
        (3, "bad_day", "E"),
        (3, "cell_too_long", "D"),
        (6, "no_description", "D"),
        (9, "no_description", "D"),
    ]
    assert [doubt["code"] for doubt in read["doubts"]] == [
        "formulas",
        "hidden_sheet",
        "rectified_on_cut_number",
        "control_characters",
        "enterprise_from_above",
        "deadline_unclear",
        "status_unclear",
    ]
    assert read["sheets"][0]["dropped"] == [{"source_row": 7, "why": "no_hazard", "text": ""}]
    assert read["rows"][3]["rectified_on"] == "2018-02-09"
    assert all(problem["say"].endswith(("日期", "这一行")) for row in read["rows"] for problem in row["problems"])
