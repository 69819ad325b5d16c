"""Lists (清单) that a form of ours has beside its numbers: their columns, and the rows that an edition keeps (R9.7).

The forms of a big inspection and of enforcement are sets of lists, one sheet for each. Rows are computed like numbers;
what was sent keeps the rows that it listed, so that a later look proves the same ones.
"""

# ruff: noqa: E501 -- a table is read by column

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

MOST_ROWS: Final = 5_000  # of one list; what lies beyond is counted and said


@dataclass(frozen=True, slots=True)
class ListSheet:
    """A list of a form. waits: the room that will know it, "" where it is known today. waiting: of its columns those
    that wait for a room. note: what is listed, in words."""

    key: str
    title: str
    columns: tuple[str, ...]
    note: str = ""
    waits: str = ""
    waiting: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ListRow:
    """A row of a list. page, args, query: the page of what it tells, "" for none."""

    cells: tuple[str, ...]
    page: str = ""
    args: tuple[str, ...] = ()
    query: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Listed:
    """A list with its rows. beyond: how many more there are than are listed. why: why there are none to tell."""

    key: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[ListRow, ...] = ()
    note: str = ""
    why: str = ""
    waiting: frozenset[str] = frozenset()
    beyond: int = 0

    @property
    def waiting_at(self) -> list[int]:
        """The places of the columns that wait for a room."""
        return [place for place, name in enumerate(self.columns) if name in self.waiting]

    def kept(self) -> dict[str, Any]:
        """Return it as an edition keeps it."""
        return {
            "key": self.key,
            "title": self.title,
            "columns": list(self.columns),
            "rows": [[list(one.cells), one.page, list(one.args), dict(one.query)] for one in self.rows],
            "note": self.note,
            "why": self.why,
            "waiting": sorted(self.waiting),
            "beyond": self.beyond,
        }


def listed_of(kept: Mapping[str, Any]) -> Listed:
    """Return a list as an edition kept it."""
    return Listed(
        key=kept["key"],
        title=kept["title"],
        columns=tuple(kept["columns"]),
        rows=tuple(ListRow(tuple(cells), page, tuple(args), query) for cells, page, args, query in kept["rows"]),
        note=kept["note"],
        why=kept["why"],
        waiting=frozenset(kept["waiting"]),
        beyond=kept["beyond"],
    )


def filled(sheet: ListSheet, rows: Sequence[ListRow], why: str = "") -> Listed:
    """Return a list with its rows, numbered from 1; why: nothing can be told."""
    shown = [ListRow((str(number), *one.cells), one.page, one.args, one.query) for number, one in enumerate(rows, 1)]
    return Listed(
        sheet.key,
        sheet.title,
        ("序号", *sheet.columns),
        tuple(shown[:MOST_ROWS]),
        sheet.note,
        why,
        sheet.waiting,
        max(0, len(shown) - MOST_ROWS),
    )


def changed(before: Iterable[Listed], after: Iterable[Listed]) -> list[str]:
    """Return in words which lists have other rows than in the version before."""
    had = {one.key: one for one in before}
    said = []
    for one in after:
        old = had.get(one.key)
        old_rows = {row.cells[1:] for row in old.rows} if old is not None else set()
        rows = {row.cells[1:] for row in one.rows}
        if old is not None and old_rows != rows:
            said.append(f"{one.title}：多 {len(rows - old_rows)} 行，少 {len(old_rows - rows)} 行")
    return said


_VISIT_WAITS: Final = (
    "随机抽查", "复查", "举报案件", "违法行为", "执法文书（份）", "处罚单位", "处罚主要负责人", "停产整顿", "提请关闭",
    "实际关闭", "罚款额（万元）", "实际收缴（万元）",
)  # fmt: skip
_HAZARD: Final = ("编号", "单位", "隐患", "发现日期", "整改期限")
# fmt: off
_VISITS: Final = ListSheet("visits", "逐次检查", ("被检查单位", "统一社会信用代码", "行业", "检查日期", "检查次数", "检查类别", "带队", "随机抽查", "复查", "举报案件", "违法行为", "一般隐患", "重大隐患", "其中挂牌", *_VISIT_WAITS[4:]),
    "登记的领导带队检查，一家一天一行；隐患是当天在这一家发现的。其他检查等检查模块接入。", waiting=frozenset(_VISIT_WAITS))
_LISTS: Final[dict[str, tuple[ListSheet, ...]]] = {
    "F7": (_VISITS,),
    "F8": (
        ListSheet("progress", "进展", ("单位", "登记隐患", "已整改", "整改率", "整改逾期"), "各村（社区）到期末：开始时没有销号的和以后登记的隐患，移送和不成立的不计。"),
        ListSheet("listed", "挂牌督办重大隐患", (*_HAZARD, "挂牌单位", "挂牌文号", "挂牌日期", "督办单位", "督办领导"), "到期末正在挂牌督办的。"),
        ListSheet("unrectified", "未整改重大隐患", (*_HAZARD, "整改单位", "状态"), "到期末还没有提交整改的重大隐患。"),
        ListSheet("stopped", "停产停业整顿企业", ("单位", "隐患编号", "隐患", "停产停业日期", "督办单位"), "到期末因重大隐患停产停业治理、没有同意恢复的；行政处罚的停产停业整顿等执法模块接入。"),
        ListSheet("shut", "关闭取缔企业", ("单位", "关闭取缔日期", "文号", "依据"), waits="enforcement"),
        ListSheet("rectified", "问题隐患整改", (*_HAZARD, "级别", "整改单位", "状态", "提交整改", "销号"), "本期开始时没有销号的和以后登记的隐患，移送和不成立的不计；状态是期末的。"),
        ListSheet("led", "领导督办", ("问题", "提出的领导", "责任单位", "登记日期", "期限", "办理情况"), "到期末重点问题台账里的问题。"),
        ListSheet("held", "追责问责清单", ("单位", "追责形式", "作出决定的机关", "文号", "决定日期"), "累计期内有权机关已作出决定的；人员姓名在问责台账，不列在报表里。"),
        ListSheet("black", "联合惩戒黑名单", ("单位", "统一社会信用代码", "列入日期", "事由", "期限"), waits="enforcement"),
    ),
}
# fmt: on
LISTS: Final[Mapping[str, tuple[ListSheet, ...]]] = MappingProxyType(_LISTS)
