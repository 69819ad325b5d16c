"""Tables that divide tasks, and lines such as 责任单位：甲、乙; columns say who answers and by when."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bihuan.campaigns.rules.names import Answerable, listed
from bihuan.campaigns.rules.text import Line, Place, trimmed

_COLUMNS: Final = (
    ("number", r"^(?:序号|编号|项次|No\.?)$"),
    ("deadline", r"时限|完成时间|时间|期限|日期|节点"),
    ("support", r"(?:配合|参与|参加|协助|协同|协办)"),
    (
        "lead",
        (
            r"(?:牵头|责任|主责|负责|落实|承办|实施|主办|主管|监管|包保|整改)(?:的)?(?:单位|部门|"
            r"科室|主体|领导|机构|处室|股室|乡镇)|^(?:单位|部门|分工|牵头|责任)$|(?:单位|部门)(?:名称)?$"
        ),
    ),
    ("person", r"责任人|负责人|联系人|岗位|人员|领导"),
    ("task", r"任务|工作(?:内容|措施|事项|要求|举措)|措施|内容|事项|举措|要求|重点"),
)
_PATTERNS: Final = tuple((name, re.compile(pattern)) for name, pattern in _COLUMNS)
BEFORE_KEY: Final = " ([【"
_POSTS: Final = re.compile(r"职务|姓名")
_LINE: Final = re.compile(
    r"[(【\[]?(?P<key>牵头(?:单位|部门|科室|领导)?|责任(?:单位|部门|科室|主体|领导)|主责(?:单位|"
    r"部门)|负责(?:单位|部门)|配合(?:单位|部门|科室)?|参与(?:单位|部门)|协助(?:单位|部门)|"
    r"落实(?:单位|部门)|"
    r"承办(?:单位|部门|科室)|实施(?:单位|主体)|完成(?:时限|时间)|时限(?:要求)?|时间(?:要求|"
    r"节点|安排)?|整改时限)\s*[::]\s*"
)
_WHEN: Final = re.compile(r"时限|时间")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a division of tasks: the task's place, those named, and the deadline's wording and place."""

    task: Place
    parties: tuple[Answerable, ...]
    deadline: str
    deadline_place: Place | None


@dataclass(frozen=True, slots=True)
class Named:
    """What a line such as 责任单位：甲、乙 says for the sentences before it."""

    parties: tuple[Answerable, ...]
    deadline: str
    place: Place


def read_line(folded: str, place: Place) -> Named | None:
    """Read a line (or a remark in brackets) that names who answers; None when it is another kind of line."""
    keys = list(_LINE.finditer(folded))
    if not keys or folded[: keys[0].start()].strip(BEFORE_KEY):
        return None
    found: list[Answerable] = []
    deadline = ""
    for at, key in enumerate(keys):
        end = keys[at + 1].start() if at + 1 < len(keys) else len(folded)
        if _WHEN.search(key["key"]):
            deadline = folded[key.end() : end].strip(" ;,。)】]、")
        else:
            stop = len(folded[:end].rstrip(" )】]。"))
            named = listed(folded, key.end(), max(stop, key.end()))
            found += [one.at(place) for one in named if len(one.name) > 1]
    return Named(tuple(found), deadline, place)


def read_tables(lines: Sequence[Line]) -> dict[int, list[Row]]:
    """Return the rows of every table that divides tasks, by the table's number."""
    tables: dict[int, dict[int, list[Line]]] = {}
    for line in lines:
        if line.cell:
            for row in range(line.cell.row, line.cell.row + line.cell.rows):
                tables.setdefault(line.cell.table, {}).setdefault(row, []).append(line)
    return {number: rows for number, grid in tables.items() if (rows := _read_table(grid))}


def _read_table(grid: dict[int, list[Line]]) -> list[Row]:
    rows = [sorted(grid[number], key=_column) for number in sorted(grid)]
    for at, header in enumerate(rows[:3]):
        columns = _columns(header, rows[at + 1 :])
        if columns:
            return _once([row for cells in rows[at + 1 :] if (row := _row(cells, columns))])
    return []


def _column(line: Line) -> int:
    return line.cell.column if line.cell else 0


def _columns(header: Sequence[Line], rows: Sequence[Sequence[Line]]) -> dict[str, list[int]]:
    """Return which columns hold what; empty when the header is not that of a division of tasks."""
    found: dict[str, list[int]] = {}
    if any(_POSTS.search(cell.bare) for cell in header):
        return {}
    for cell in header:
        name = next((name for name, pattern in _PATTERNS if pattern.search(cell.bare)), "")
        if name and cell.cell and len(cell.bare) <= 16:
            found.setdefault(name, []).append(cell.cell.column)
    who = {"lead", "support", "person"} & set(found)
    if not who or len(header) < 2:
        return {}
    if "task" in found:
        found["task"] = [_longest(found["task"], rows)]
        return found
    taken = {column for columns in found.values() for column in columns}
    free = [cell.cell.column for cell in header if cell.cell and cell.cell.column not in taken]
    return {**found, "task": [_longest(free, rows)]} if free else {}


def _longest(columns: Sequence[int], rows: Sequence[Sequence[Line]]) -> int:
    return max(
        columns,
        key=lambda column: sum(
            len(cell.bare) for row in rows for cell in row if cell.cell and cell.cell.column == column
        ),
    )


def _row(cells: Sequence[Line], columns: dict[str, list[int]]) -> Row | None:
    by_column = {cell.cell.column: cell for cell in cells if cell.cell}
    task = by_column.get(columns["task"][0])
    if task is None or len(task.bare) < 4:
        return None
    who = columns.get("lead", []) + columns.get("support", []) or columns.get("person", [])
    parties = [one for column in who if column in by_column for one in _named(by_column[column])]
    when = next((by_column[column] for column in columns.get("deadline", []) if column in by_column), None)
    place = trimmed(task.text, Place(task.index, 0, len(task.text)))
    return Row(place, _once_each(parties), when.folded.strip() if when else "", _whole(when))


def _named(cell: Line) -> list[Answerable]:
    whole = Place(cell.index, 0, len(cell.text))
    return [one.at(whole) for one in listed(cell.folded, 0, len(cell.text)) if len(one.name) > 1]


def _once_each(parties: Sequence[Answerable]) -> tuple[Answerable, ...]:
    return tuple(
        {one.name: one for one in reversed(parties)}[name] for name in dict.fromkeys(one.name for one in parties)
    )


def _whole(line: Line | None) -> Place | None:
    return trimmed(line.text, Place(line.index, 0, len(line.text))) if line and line.bare else None


def _once(rows: list[Row]) -> list[Row]:
    """A task whose cell goes over several rows is one task, answered for by all that stand beside it."""
    kept: list[Row] = []
    for row in rows:
        if kept and kept[-1].task == row.task:
            parties = _once_each(kept[-1].parties + row.parties)
            kept[-1] = Row(
                row.task, parties, kept[-1].deadline or row.deadline, kept[-1].deadline_place or row.deadline_place
            )
        else:
            kept.append(row)
    return kept
