"""Tables that divide tasks: columns say what is to be done, who leads, who helps, which person answers and by when."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from bihuan.campaigns.rules.division import Named, read_line, role_of_key
from bihuan.campaigns.rules.names import Answerable
from bihuan.campaigns.rules.remarks import answerable_in
from bihuan.campaigns.rules.text import Line, Place, trimmed

_COLUMNS: Final = (
    ("number", r"^(?:序号|编号|项次|No\.?)$"),
    ("keyed", r"(?:单位|部门|分工|责任).{0,6}(?:时限|期限|时间)|(?:时限|期限|时间).{0,4}(?:单位|部门)"),
    ("deadline", r"时限|完成时间|时间|期限|日期|节点"),
    (
        "support",
        r"(?:配合|参与|参加|协助|协同|协办)(?!人数|人次|情况)|^(?:成员|(?:包保|联系|包村|包片|包企|包联|驻村|挂钩|包组|包社区|包户)(?:干部|工作人员|人员)|包保成员)$",
    ),
    (
        "lead",
        (
            r"(?:联系|挂联|包联|牵头|责任|主责|负责|落实|承办|实施|主办|主管|监管|包保|包村|包片|包企|挂钩|分管|带班|带队|整改)(?:的)?(?:单位|部门|"
            r"科室|主体|领导|机构|处室|股室|站所|乡镇)|^(?:单位|部门|分工|牵头|责任)$|(?:单位|部门)(?:名称)?$"
        ),
    ),
    ("contact", r"联系|电话|岗位|人数|人次"),
    ("person", r"责任人|负责人|人员|领导"),
    ("task", r"任务|工作(?:内容|措施|事项|要求|举措)|措施|内容|事项|举措|要求|重点"),
)
_PATTERNS: Final = tuple((name, re.compile(pattern)) for name, pattern in _COLUMNS)
# 县应急局，5月底前; 县交通局（12月底前）
_UNTIL: Final = re.compile(r"[,;(\s](?P<when>[^,;()、\s]*(?:前|底|末|日|长期坚持|持续推进))\)?\s*$")
_HOLDER_OF: Final = re.compile(r"^(?:包保|包联|挂联|挂钩|联系|包抓|包靠)(?:的)?(?:领导|干部|责任人|人员?)$")
_HELD: Final = re.compile(r"^(?:包保|包联|挂联|挂钩|联系|包抓|包靠)(?:的)?(?:单位|企业|对象|乡镇)$")
_HOLDERS: Final = re.compile(r"职务|姓名")
# What is counted or reported in a form, not divided: such a table orders nothing.
_STATISTICS: Final = re.compile(r"\((?:个|份|人|次|家|项|处|起|万元|人次|场)\)|数量|合计|人次$|人数$|场次")
LONGEST_HEAD: Final = 16  # characters of a column's title
LEAST_TASK: Final = 4
_ROWS_OF_HEAD: Final = 3


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a division of tasks: place and short title of the task, those named, wording and place of the day."""

    task: Place
    parties: tuple[Answerable, ...]
    deadline: str
    deadline_place: Place | None
    topic: str = ""


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which columns of a table hold what. topics: further columns about the task, short ones."""

    task: int
    topics: tuple[int, ...]
    who: tuple[tuple[int, str], ...]
    deadline: tuple[int, ...]
    count: int
    heads: frozenset[str] = field(default_factory=frozenset)
    keyed: tuple[int, ...] = ()  # 责任单位及完成时限: 牵头单位：甲；完成时限：5月底前


def read_tables(lines: Sequence[Line]) -> dict[int, list[Row]]:
    """Return the rows of every table that divides tasks, by its number; one cut by a page goes on without a head."""
    tables: dict[int, dict[int, list[Line]]] = {}
    for line in lines:
        if line.cell:
            for row in range(line.cell.row, line.cell.row + line.cell.rows):
                tables.setdefault(line.cell.table, {}).setdefault(row, []).append(line)
    found: dict[int, list[Row]] = {}
    columns: _Columns | None = None
    for number in sorted(tables):
        rows = [sorted(tables[number][row], key=_column) for row in sorted(tables[number])]
        at, columns = _head(rows, columns)
        if columns and (read := _rows(rows[at:], columns)):
            found[number] = read
    return found


def _column(line: Line) -> int:
    return line.cell.column if line.cell else 0


def _head(rows: Sequence[Sequence[Line]], before: _Columns | None) -> tuple[int, _Columns | None]:
    """Return where the rows below the head begin, and the columns; a table without a head may go on the one before."""
    for at, header in enumerate(rows[:_ROWS_OF_HEAD]):
        columns = _columns(header, rows[at + 1 :])
        if columns:
            return at + 1, columns
    goes_on = before is not None and rows and max(map(_column, rows[0])) + 1 == before.count
    numbered = bool(rows and rows[0] and rows[0][0].bare.isdecimal())
    return 0, before if goes_on and numbered else None


def _columns(header: Sequence[Line], rows: Sequence[Sequence[Line]]) -> _Columns | None:
    """Return which columns hold what; None when the header is not that of a division of tasks."""
    if any(_HOLDERS.search(cell.bare) for cell in header) or len(header) < 2:
        return None
    if sum(bool(_STATISTICS.search(cell.bare)) for cell in header) > 1:
        return None
    found: dict[str, list[Line]] = {}
    for cell in header:
        name = next((name for name, pattern in _PATTERNS if pattern.search(cell.bare)), "")
        if len(cell.bare) <= LONGEST_HEAD:
            found.setdefault(name, []).append(cell)
    if any(_HOLDER_OF.search(cell.bare) for cell in header):  # 包保领导 answers for the 包保单位
        found["lead"] = [cell for cell in found.get("lead", []) if not _HELD.search(cell.bare)]
    who = _who(found)
    tasks = [_column(cell) for cell in found.get("task") or found.get("", []) if cell.bare]
    keyed = tuple(_column(cell) for cell in found.get("keyed", []))
    if not (who or keyed) or not tasks:
        return None
    task = _longest(tasks, rows)
    topics = [_column(cell) for cell in [*found.get("task", []), *found.get("", [])] if _column(cell) != task]
    return _Columns(
        task,
        tuple(sorted(topics)),
        who,
        tuple(_column(cell) for cell in found.get("deadline", [])),
        max(map(_column, header)) + 1,
        frozenset(cell.bare for cell in header),
        keyed,
    )


def _who(found: dict[str, list[Line]]) -> tuple[tuple[int, str], ...]:
    """Return the columns of those who answer, with their roles; without units also those of other persons."""
    units = [(_column(cell), role_of_key(cell.bare)) for name in ("lead", "support") for cell in found.get(name, [])]
    persons = [cell for cell in found.get("person", []) if not units or "责任" in cell.bare]
    if not units and not persons:
        persons = found.get("contact", [])
    return (*units, *((_column(cell), "person") for cell in persons))


def _longest(columns: Sequence[int], rows: Sequence[Sequence[Line]]) -> int:
    return max(
        columns,
        key=lambda column: sum(
            len(cell.bare) for row in rows for cell in row if cell.cell and cell.cell.column == column
        ),
    )


def _rows(rows: Sequence[Sequence[Line]], columns: _Columns) -> list[Row]:
    return _once([row for cells in rows if (row := _row(cells, columns))])


def _row(cells: Sequence[Line], columns: _Columns) -> Row | None:
    by_column = {cell.cell.column: cell for cell in cells if cell.cell}
    task = by_column.get(columns.task)
    if task is None or task.bare in columns.heads or len(task.bare) < (2 if _stands_alone(columns) else LEAST_TASK):
        return None
    parties = [one for at, role in columns.who if at in by_column for one in _named(by_column[at], role)]
    when = next((by_column[at] for at in columns.deadline if at in by_column), None)
    keyed = [_keyed(by_column[at]) for at in columns.keyed if at in by_column]
    parties += [one for said in keyed for one in said.parties]
    until = next((said for said in keyed if said.deadline), None)
    if not parties and (when is None or not when.bare):
        return None
    topic = " ".join(by_column[at].text.strip() for at in columns.topics if at in by_column).strip()
    place = trimmed(task.text, Place(task.index, 0, len(task.text)))
    if until and not when:
        return Row(place, _once_each(parties), until.deadline, until.place, topic)
    return Row(place, _once_each(parties), when.folded.strip() if when else "", _whole(when), topic)


def _keyed(cell: Line) -> Named:
    """Return what a cell says with keys: 牵头单位：甲；完成时限：5月底前; without keys its names."""
    place = Place(cell.index, 0, len(cell.text))
    if (said := read_line(cell.folded, place)) is not None:
        return said
    until = _UNTIL.search(cell.folded)
    named = answerable_in(cell.folded, 0, until.start() if until else len(cell.text))
    return Named(tuple(one.at(place) for one in named), until["when"].strip() if until else "", place)


def _stands_alone(columns: _Columns) -> bool:
    """Tell whether the task's column is the only one that says what is done: then a short name is a task (消防)."""
    return not columns.topics


def _named(cell: Line, role: str) -> list[Answerable]:
    whole = Place(cell.index, 0, len(cell.text))
    named = answerable_in(cell.folded, 0, len(cell.text))
    return [replace(one.at(whole), role=role) for one in named if len(one.name) > 1]


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
            kept[-1] = replace(
                kept[-1],
                parties=parties,
                deadline=kept[-1].deadline or row.deadline,
                deadline_place=kept[-1].deadline_place or row.deadline_place,
            )
        else:
            kept.append(row)
    return kept
