"""The tables of the workbook: their columns, and finding them among titles and hints."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

HEADER_WITHIN: Final = 6  # the header is one of the first rows
LETTERS: Final = 26


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. titles: the first is ours, the others are known from other tables."""

    key: str
    titles: tuple[str, ...]
    hint: str = ""
    width: int = 16
    is_needed: bool = False


@dataclass(frozen=True, slots=True)
class TableKind:
    """A table of the template."""

    key: str
    name: str
    columns: tuple[Column, ...]


TABLES: Final = (
    TableKind(
        "units",
        "单位",
        (
            Column(
                "kind",
                ("类别", "单位类别"),
                "村（社区）、部门、办公室、委员会、领导小组、网格、服务机构",
                16,
                is_needed=True,
            ),
            Column("name", ("全称", "单位全称", "单位名称"), "与公章一致", 30, is_needed=True),
            Column("short_name", ("简称", "单位简称"), "列表里显示，可空"),
            Column("parent", ("上级单位",), "可空，空着就是本镇；网格填所在的村", 20),
            Column("code", ("行政区划代码", "代码"), "村（社区）填 12 位统计用区划代码，可空", 18),
        ),
    ),
    TableKind(
        "posts",
        "岗位和人员",
        (
            Column("unit", ("单位", "所在单位"), "填简称或全称；班子成员填镇名", 20, is_needed=True),
            Column("title", ("岗位", "岗位名称", "职务"), "按岗位叫，如“主任”“网格员”", 18, is_needed=True),
            Column("kind", ("岗位类别",), "党政主要领导、分管安全领导、班子成员、单位负责人、工作岗；空着算工作岗", 18),
            Column("roles", ("角色",), "多个用顿号隔开；空着按单位给默认的", 24),
            Column("person", ("姓名", "人员"), "没有人就空着", 12),
            Column("account", ("账号", "登录账号"), "空着用电话当账号；同一个人的几个岗位填同一账号", 18),
            Column("phone", ("电话", "手机", "联系电话"), "", 16),
        ),
    ),
    TableKind(
        "sectors",
        "行业分工",
        (
            Column("sector", ("行业", "行业领域"), "见“可选的词”", 16, is_needed=True),
            Column("lead", ("牵头部门", "主管部门"), "一个", 20, is_needed=True),
            Column("supporting", ("配合部门",), "多个用顿号隔开，可空", 30),
        ),
    ),
    TableKind(
        "areas",
        "挂钩领导",
        (
            Column("village", ("村（社区）", "村社区", "村"), "填简称或全称", 20, is_needed=True),
            Column("post", ("挂钩领导", "挂钩领导岗位"), "填岗位，如“副镇长（工业）”", 24, is_needed=True),
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class RowProblem:
    """A problem of one cell, as a person finds it in Excel. row: from 1. column: its letter, "" for a missing one."""

    sheet: str
    row: int
    column: str
    title: str
    say: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table as text by column key. number: as in Excel, from 1."""

    number: int
    cells: Mapping[str, str]

    def __getitem__(self, key: str) -> str:
        """Return the text of a column, "" when the table does not have it."""
        return self.cells.get(key, "")


@dataclass(frozen=True, slots=True)
class Table:
    """A table found on a sheet. letters: where its columns are."""

    key: str
    sheet: str
    letters: Mapping[str, str]
    rows: tuple[Row, ...]

    def problem(self, row: Row, key: str, say: str) -> RowProblem:
        """Return a problem of one cell."""
        title = next(column.titles[0] for column in _kind(self.key).columns if column.key == key)
        return RowProblem(self.sheet, row.number, self.letters.get(key, ""), title, say, row[key])


def _kind(key: str) -> TableKind:
    return next(kind for kind in TABLES if kind.key == key)


def read_table(sheet: str, cells: Sequence[Sequence[Any]]) -> Table | None:
    """Return the table on a sheet, None when its header is none of ours. Empty rows and rows of hints go."""
    for at, line in enumerate(cells[:HEADER_WITHIN]):
        titles = [_title(cell) for cell in line]
        for kind in TABLES:
            found = _columns(kind, titles)
            if all(column.key in found for column in kind.columns if column.is_needed):
                return _below(kind, sheet, cells, at, found)
    return None


def _title(cell: Any) -> str:
    return "".join(text_of(cell).split()).rstrip("*＊").replace("(", "（").replace(")", "）")


def _columns(kind: TableKind, titles: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for column in kind.columns:
        place = next((titles.index(title) for title in column.titles if title in titles), None)
        if place is not None:
            found[column.key] = place
    return found


def _below(kind: TableKind, sheet: str, cells: Sequence[Sequence[Any]], header: int, found: Mapping[str, int]) -> Table:
    hints = {column.hint for column in kind.columns if column.hint}
    rows = []
    for at, line in enumerate(cells[header + 1 :], start=header + 2):
        texts = {key: text_of(line[place]) if place < len(line) else "" for key, place in found.items()}
        if any(texts.values()) and not set(texts.values()) & hints:
            rows.append(Row(at, texts))
    letters = {key: column_letter(place) for key, place in found.items()}
    return Table(kind.key, sheet, letters, tuple(rows))


def text_of(cell: Any) -> str:
    """Return a cell's value as a person would read it: 30.0 is 30, None is ""."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def column_letter(place: int) -> str:
    """Return the letter of a column as Excel shows it; place from 0."""
    letters, place = "", place + 1
    while place:
        place, rest = divmod(place - 1, LETTERS)
        letters = chr(ord("A") + rest) + letters
    return letters
