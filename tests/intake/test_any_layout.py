"""Any layout made of the words of R3.31 gives back the same rows: columns in any order, under any decoration."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.intake.rows import understand
from bihuan.intake.rules.cells import Sheet
from bihuan.intake.rules.claims import Claim
from bihuan.intake.rules.fields import Field
from bihuan.intake.rules.frame import Frame
from bihuan.intake.workbook import Book
from tests.intake.reading import CLOCK

TODAY = date(2019, 6, 30)
NAMES = {
    Field.SEQ_NO: ("序号", "编号", "NO."),
    Field.FOUND_ON: ("检查日期", "检查时间", "发现日期", "发现时间", "督导日期", "督查时间", "排查时间"),
    Field.ENTERPRISE_NAME: ("企业名称", "单位名称", "被检查单位", "受检单位", "被检查单位名称", "隐患单位", "场所名称"),
    Field.VILLAGE: ("所属村", "村(社区)", "所在村", "属地", "板块"),
    Field.DESCRIPTION: (
        "隐患描述",
        "隐患内容",
        "隐患明细",
        "存在问题",
        "问题描述",
        "问题隐患",
        "存在的安全隐患",
        "主要问题",
    ),
    Field.LEVEL: ("隐患等级", "隐患级别", "等级"),
    Field.MEASURES: ("整改措施", "整改要求", "治理措施", "整改建议", "整改意见"),
    Field.DEADLINE: ("整改时限", "整改期限", "完成时限", "整改完成时限", "要求完成时间", "计划完成时间"),
    Field.RESP_PERSON: ("责任人", "整改责任人", "企业负责人", "整改负责人"),
    Field.STATUS: ("整改情况", "整改进展", "整改进度", "完成情况", "是否整改", "当前状态", "整改落实情况"),
    Field.RECTIFIED_ON: ("整改完成时间", "完成时间", "整改到位时间", "整改完成日期", "整改确认日期"),
    Field.REMARK: ("备注", "说明"),
}
NEEDED = (Field.ENTERPRISE_NAME, Field.DESCRIPTION, Field.FOUND_ON)
FORMS = ("{y}.{m}.{d}", "{y}/{m}/{d}", "{y}-{m:02}-{d:02}", "{y}年{m}月{d}日", "{m}.{d}.", "{m}月{d}日")
STATUS = {
    "已整改": Claim.RECTIFIED,
    "√": Claim.RECTIFIED,
    "100%": Claim.RECTIFIED,
    "整改中": Claim.IN_PROGRESS,
    "50%": Claim.IN_PROGRESS,
    "未整改": Claim.OPEN,
    "×": Claim.OPEN,
}
TITLES = (
    "2019年上半年安全生产检查问题清单",
    "填报单位：某某镇          填报日期：2019年6月28日",
    "表一",
    "（2019年6月）",
)
HAZARDS = (
    "配电箱无盖板",
    "灭火器压力不足,3具过期",
    "安全出口被堵塞",
    "行车限位器失灵",
    "1.5米临边无护栏",
    "氧气、乙炔瓶混放",
)


@dataclass
class Row:
    """What a row means."""

    enterprise: str
    description: str
    found_on: date
    deadline: date
    level: str
    status: str
    rectified_on: date


@st.composite
def rows(draw: st.DrawFn) -> list[Row]:
    made = []
    for _ in range(draw(st.integers(1, 6))):
        found = draw(st.dates(date(2019, 1, 10), date(2019, 5, 20)))
        made.append(
            Row(
                draw(st.sampled_from(("东方木业有限公司", "永安加油站", "老街饭店", "大众超市（东门店）"))),
                draw(st.sampled_from(HAZARDS)),
                found,
                found + timedelta(days=draw(st.integers(0, 30))),
                draw(st.sampled_from(("一般", "重大"))),
                draw(st.sampled_from(sorted(STATUS))),
                found + timedelta(days=draw(st.integers(0, 30))),
            )
        )
    return made


def decorated(draw: st.DrawFn, name: str) -> str:
    how = draw(st.sampled_from(("plain", "plain", "broken", "spaced", "starred", "noted")))
    if how == "broken" and len(name) > 3:
        return name[:2] + "\n" + name[2:]
    if how == "spaced":
        return " ".join(name)
    if how == "starred":
        return "*" + name
    return name + "（必填）" if how == "noted" and "(" not in name else name


def written(draw: st.DrawFn, day: date, *, real: bool) -> Any:
    if real and draw(st.booleans()):
        return day
    return draw(st.sampled_from(FORMS)).format(y=day.year, m=day.month, d=day.day)


@st.composite
def layouts(draw: st.DrawFn) -> tuple[Sheet, list[Row], list[Field]]:
    """Return a sheet, what it means, and the fields that it has, in the order of its columns."""
    meant = draw(rows())
    others = [field for field in NAMES if field not in NEEDED and draw(st.booleans())]
    fields = draw(st.permutations([*NEEDED, *others]))
    width = len(fields)
    grid: list[list[Any]] = [[title] for title in draw(st.lists(st.sampled_from(TITLES), max_size=3, unique=True))]
    merged = [(row, 0, row, width - 1) for row in range(len(grid))]
    grid += [[] for _ in range(draw(st.integers(0, 2)))]
    grid.append([decorated(draw, draw(st.sampled_from(NAMES[field]))) for field in fields])
    if draw(st.booleans()):
        grid.append(list(range(1, width + 1)))
    merges_firms = draw(st.booleans())
    for number, row in enumerate(meant, start=1):
        grid.append([cell(draw, field, row, number) for field in fields])
    if merges_firms:
        merged += merge_equal(grid, len(meant), fields.index(Field.ENTERPRISE_NAME), meant)
    if draw(st.booleans()):
        total = [""] * width
        total[0] = draw(st.sampled_from(("合计", "合 计", "总计", "小计")))
        grid.append(total)
    if draw(st.booleans()):
        grid.append(["填报人：张某          审核人：李某"])
    return Sheet("Sheet1", grid, tuple(merged)), meant, list(fields)


def cell(draw: st.DrawFn, field: Field, row: Row, number: int) -> Any:
    values: dict[Field, Any] = {
        Field.SEQ_NO: number,
        Field.ENTERPRISE_NAME: row.enterprise,
        Field.VILLAGE: "东村",
        Field.DESCRIPTION: row.description,
        Field.LEVEL: row.level,
        Field.MEASURES: "限期整改",
        Field.RESP_PERSON: "厂长",
        Field.STATUS: row.status,
        Field.REMARK: "回头看",
    }
    if field is Field.FOUND_ON:
        return written(draw, row.found_on, real=True)
    if field is Field.DEADLINE:
        return written(draw, row.deadline, real=True)
    if field is Field.RECTIFIED_ON:
        return written(draw, row.rectified_on, real=True)
    return values[field]


def merge_equal(grid: list[list[Any]], count: int, column: int, meant: list[Row]) -> list[tuple[int, int, int, int]]:
    """Merge runs of the same enterprise, as people do."""
    first = len(grid) - count
    merged = []
    start = 0
    for at in range(1, count + 1):
        if at == count or meant[at].enterprise != meant[start].enterprise:
            if at - start > 1:
                merged.append((first + start, column, first + at - 1, column))
                for row in range(first + start + 1, first + at):
                    grid[row][column] = ""
            start = at
    return merged


@pytest.mark.property
@given(made=layouts())
def test_given_any_layout_of_known_words_when_read_then_its_rows_come_back(
    made: tuple[Sheet, list[Row], list[Field]],
) -> None:
    sheet, meant, fields = made

    found = understand(Book("xlsx", (sheet,)), Frame(TODAY, CLOCK))

    assert [item.text(Field.ENTERPRISE_NAME) for item in found.items] == [row.enterprise for row in meant]
    assert [item.text(Field.DESCRIPTION) for item in found.items] == [row.description for row in meant]
    assert [item.day(Field.FOUND_ON) for item in found.items] == [row.found_on for row in meant]
    if Field.DEADLINE in fields:
        assert [item.day(Field.DEADLINE) for item in found.items] == [row.deadline for row in meant]
    if Field.RECTIFIED_ON in fields:
        assert [item.day(Field.RECTIFIED_ON) for item in found.items] == [row.rectified_on for row in meant]
    if Field.LEVEL in fields:
        levels = {"一般": "general", "重大": "major"}
        assert [item.level for item in found.items] == [levels[row.level] for row in meant]
    if Field.STATUS in fields:
        assert [item.claim for item in found.items] == [STATUS[row.status] for row in meant]
    assert [item.problems for item in found.items if item.problems] == []
