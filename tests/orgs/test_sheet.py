"""The workbook of units, posts and people: what is understood, and every problem by row and column."""

from collections.abc import Sequence
from typing import Any

import pytest

from bihuan.kernel.roles import Role
from bihuan.orgs.rules import PostKind, UnitKind
from bihuan.orgs.rules.sheet import AreaLine, Known, PostLine, SectorLine, TownPlan, UnitLine, check_workbook

KNOWN = Known("金城镇", "/32/04/13/101/", sectors={"机械": "machinery", "燃气": "gas"})
UNITS = ["类别*", "全称*", "简称", "上级单位", "行政区划代码"]
POSTS = ["单位*", "岗位*", "岗位类别", "角色", "姓名", "账号", "电话"]
SECTORS = ["行业*", "牵头部门*", "配合部门"]
AREAS = ["村（社区）*", "挂钩领导*"]
GOOD: dict[str, Sequence[Sequence[Any]]] = {
    "单位": [
        UNITS,
        ["网格", "东村第一网格", "", "东村", ""],
        ["村（社区）", "东村村民委员会", "东村", "", "320413101203"],
        ["社区", "西社区居民委员会", "西社区", "金城镇", ""],
        ["部门", "经济发展办公室", "经发办", "", ""],
        ["办公室", "安全生产监督管理办公室", "安监办", "", ""],
        ["部门", "建设管理办公室", "建设办", "", ""],
    ],
    "岗位和人员": [
        POSTS,
        ["金城镇", "副镇长（工业）", "班子成员", "", "李某", "li", ""],
        ["安监办", "主任", "单位负责人", "安监办主任、安监办、检查人员", "王某", "", "0519-12345678"],
        ["安监办", "检查员", "", "检查人员", "", "", ""],
        ["经发办", "工业监管岗", "", "", "李某", "li", ""],
    ],
    "行业分工": [SECTORS, ["机械", "经发办", "安监办，建设办"], ["燃气", "建设管理办公室", ""]],
    "挂钩": [AREAS, ["东村", "副镇长（工业）"]],
}


def test_given_a_good_workbook_when_checked_then_the_plan_has_parents_first_and_full_names() -> None:
    plan = check_workbook(GOOD, KNOWN)

    assert plan == TownPlan(
        units=(
            UnitLine(UnitKind.VILLAGE, "东村村民委员会", "东村", "金城镇", "320413101203"),
            UnitLine(UnitKind.VILLAGE, "西社区居民委员会", "西社区", "金城镇", ""),
            UnitLine(UnitKind.DEPARTMENT, "经济发展办公室", "经发办", "金城镇", ""),
            UnitLine(UnitKind.OFFICE, "安全生产监督管理办公室", "安监办", "金城镇", ""),
            UnitLine(UnitKind.DEPARTMENT, "建设管理办公室", "建设办", "金城镇", ""),
            UnitLine(UnitKind.GRID, "东村第一网格", "", "东村村民委员会", ""),
        ),
        posts=(
            PostLine("金城镇", "副镇长（工业）", PostKind.LEADER, None, "李某", "li", ""),
            PostLine(
                "安全生产监督管理办公室",
                "主任",
                PostKind.UNIT_HEAD,
                (Role.SAFETY_CHIEF, Role.SAFETY_OFFICE, Role.INSPECTOR),
                "王某",
                "051912345678",
                "0519-12345678",
            ),
            PostLine("安全生产监督管理办公室", "检查员", PostKind.STAFF, (Role.INSPECTOR,), "", "", ""),
            PostLine("经济发展办公室", "工业监管岗", PostKind.STAFF, None, "李某", "li", ""),
        ),
        sectors=(
            SectorLine("machinery", "经济发展办公室", ("安全生产监督管理办公室", "建设管理办公室")),
            SectorLine("gas", "建设管理办公室", ()),
        ),
        areas=(AreaLine("东村村民委员会", "副镇长（工业）"),),
    )
    assert plan.people == 2


# fmt: off
BAD_ROWS = [
    ("单位", ["科", "某科", "", "", ""], "A", "没有这个类别"),
    ("单位", ["部门", "", "", "", ""], "B", "全称要填"),
    ("单位", ["部门", "字" * 65, "", "", ""], "B", "最多 64 个字"),
    ("单位", ["部门", "经济发展办公室", "", "", ""], "B", "和第 5 行重名"),
    ("单位", ["部门", "某办", "", "没有的局", ""], "D", "没有这个上级单位"),
    ("单位", ["网格", "某网格", "", "", ""], "D", "下面不能直接设网格"),
    ("单位", ["村", "南村", "", "", "3204131012"], "E", "10 位"),
    ("单位", ["村", "南村", "", "", "320413102203"], "E", "不是金城镇下面"),
    ("单位", ["部门", "某办", "", "", "320413101204"], "E", "只有村（社区）有行政区划代码"),
    ("岗位和人员", ["没有的局", "科员", "", "", "", "", ""], "A", "没有这个单位"),
    ("岗位和人员", ["安监办", "", "", "", "", "", ""], "B", "岗位要填"),
    ("岗位和人员", ["安监办", "主任", "", "", "", "", ""], "B", "和第 3 行是同一个岗位"),
    ("岗位和人员", ["安监办", "科员", "大领导", "", "", "", ""], "C", "没有这个岗位类别"),
    ("岗位和人员", ["安监办", "科员", "", "皇帝", "", "", ""], "D", "没有“皇帝”这个角色"),
    ("岗位和人员", ["安监办", "科员", "", "系统管理员", "", "", ""], "D", "不能用表格授予"),
    ("岗位和人员", ["安监办", "副镇长", "班子成员", "", "", "", ""], "A", "班子成员的单位填镇名"),
    ("岗位和人员", ["安监办", "科员", "", "", "赵某", "", ""], "F", "账号和电话都空着"),
    ("岗位和人员", ["安监办", "科员", "", "", "赵某", "320413199001011234", ""], "F", "像身份证号"),
    ("岗位和人员", ["安监办", "科员", "", "", "赵某", "li", ""], "F", "一人一个账号"),
    ("行业分工", ["养蜂", "经发办", ""], "A", "没有这个行业"),
    ("行业分工", ["机械", "经发办", ""], "A", "和第 2 行是同一个行业"),
    ("行业分工", ["燃气", "东村", ""], "B", "不是本镇的部门"),
    ("挂钩", ["北村", "副镇长（工业）"], "A", "没有这个村"),
    ("挂钩", ["东村", "镇长"], "B", "没有这个岗位"),
    ("挂钩", ["东村村民委员会", "副镇长（工业）"], "A", "和第 2 行是同一个村"),
]
# fmt: on


@pytest.mark.parametrize(("sheet", "row", "at", "words"), BAD_ROWS)
def test_given_one_bad_row_when_checked_then_it_is_told_by_row_and_column(
    sheet: str, row: list[str], at: str, words: str
) -> None:
    others = [line for line in GOOD[sheet] if not (sheet == "行业分工" and row[0] == "燃气" == line[0])]
    book = {**GOOD, sheet: [*others, row]}

    problems = check_workbook(book, KNOWN).problems

    assert [(p.sheet, p.row, p.column) for p in problems] == [(sheet, len(others) + 1, at)]
    assert words in problems[0].say


def test_given_many_bad_rows_when_checked_then_all_are_told_at_once() -> None:
    bad = {"单位": [UNITS, ["科", "", "", "", ""]], "岗位和人员": [POSTS, ["x", "", "", "", "", "", ""]]}

    assert len(check_workbook(bad, KNOWN).problems) == 4


def test_given_titles_above_and_hints_below_the_header_when_read_then_they_are_passed_over() -> None:
    book = {
        "表": [
            ["金城镇单位一览", None, None, None, None],
            [None] * 5,
            [" 类别 ", "单位名称", "简称", "上级单位", "代码"],
            ["", "与公章一致", "", "", ""],
            ["部门", "某办", None, None, None],
        ]
    }

    plan = check_workbook(book, KNOWN)

    assert (plan.units, plan.problems) == ((UnitLine(UnitKind.DEPARTMENT, "某办", "", "金城镇", ""),), ())


def test_given_a_workbook_without_our_tables_when_checked_then_it_says_so() -> None:
    plan = check_workbook({"Sheet1": [["a", "b"], [1, 2]]}, KNOWN)

    assert [p.say for p in plan.problems] == ["文件里没有认得出的表。请用模板填写，表头不要改。"]


def test_given_what_is_there_already_when_checked_again_then_it_is_told() -> None:
    known = Known(
        "金城镇",
        "/32/04/13/101/",
        units={"经发办": UnitKind.DEPARTMENT, "经济发展办公室": UnitKind.DEPARTMENT},
        full_names={"经发办": "经济发展办公室", "经济发展办公室": "经济发展办公室"},
        posts=frozenset({("经济发展办公室", "主任"), ("经济发展办公室", "科员")}),
        held=frozenset({("经济发展办公室", "主任")}),
        accounts=frozenset({"li"}),
    )
    book = {
        "单位": [UNITS, ["部门", "经济发展办公室", "", "", ""]],
        "岗位": [
            POSTS,
            ["经发办", "主任", "", "", "李某", "x", ""],
            ["经发办", "科员", "", "", "赵某", "li", ""],
            ["经发办", "科员二", "", "", "钱某", "qian", ""],
        ],
    }

    plan = check_workbook(book, known)

    assert [(p.sheet, p.row, p.column) for p in plan.problems] == [("单位", 2, "B"), ("岗位", 2, "B"), ("岗位", 3, "F")]
    assert [line.exists for line in plan.posts] == [True, False]
