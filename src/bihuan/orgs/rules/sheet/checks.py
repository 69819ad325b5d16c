"""The checks of the workbook, by row and column; each says what is wrong and what to do."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from bihuan.kernel.errors import Refusal
from bihuan.kernel.roles import ROLE_NAMES, Role
from bihuan.orgs.rules.codes import (
    AREA_KINDS,
    UNIT_KIND_NAMES,
    UnitKind,
    check_parent,
    kind_of_code,
    path_of_code,
)
from bihuan.orgs.rules.may import ENTERPRISE_ROLES
from bihuan.orgs.rules.passwords import ADMIN_ROLES
from bihuan.orgs.rules.refs import LEADER_KINDS, POST_KIND_NAMES, PostKind
from bihuan.orgs.rules.sheet.plan import AreaLine, Known, PostLine, SectorLine, UnitLine
from bihuan.orgs.rules.sheet.tables import Row, RowProblem, Table

UNIT_WORDS: Final[dict[str, UnitKind]] = {
    **{name: kind for kind, name in UNIT_KIND_NAMES.items() if kind not in AREA_KINDS or kind is UnitKind.VILLAGE},
    "村": UnitKind.VILLAGE,
    "社区": UnitKind.VILLAGE,
    "村社区": UnitKind.VILLAGE,
    "科室": UnitKind.OFFICE,
    "内设机构": UnitKind.OFFICE,
    "安委会": UnitKind.COMMITTEE,
    "督查组": UnitKind.LEADING_GROUP,
    "主管部门": UnitKind.DEPARTMENT,
    "技术服务机构": UnitKind.AGENCY,
}
POST_WORDS: Final[dict[str, PostKind]] = {
    name: kind for kind, name in POST_KIND_NAMES.items() if kind not in {PostKind.ENTERPRISE, PostKind.ADMIN}
}
ROLE_WORDS: Final[dict[str, Role]] = {
    name: role for role, name in ROLE_NAMES.items() if role not in ADMIN_ROLES | ENTERPRISE_ROLES | {Role.SYSTEM}
}
MOST_NAME: Final = 64
_BETWEEN: Final = re.compile(r"[、,，;；/\n]+")


def check_units(tables: Sequence[Table], known: Known, problems: list[RowProblem]) -> list[UnitLine]:
    """Check the table of units; return them parents before children."""
    lines: list[tuple[Table, Row, UnitLine]] = []
    seen: dict[str, int] = {}
    for table, row in _rows(tables):
        line = _unit(table, row, known, problems)
        if line is None:
            continue
        first = seen.setdefault(line.name, row.number)
        if first != row.number:
            problems.append(table.problem(row, "name", f"和第 {first} 行重名。同一个单位只写一行。"))
        elif line.name in known.units:
            problems.append(table.problem(row, "name", "镇里已经有这个单位。不用再写，删掉这一行。"))
        else:
            lines.append((table, row, line))
    return _with_parents(lines, known, problems)


def _rows(tables: Sequence[Table]) -> Iterator[tuple[Table, Row]]:
    return ((table, row) for table in tables for row in table.rows)


def _unit(table: Table, row: Row, known: Known, problems: list[RowProblem]) -> UnitLine | None:
    before = len(problems)
    kind = UNIT_WORDS.get(row["kind"].replace("(", "（").replace(")", "）"))
    if kind is None:
        words = "、".join(dict.fromkeys(UNIT_KIND_NAMES[one] for one in UNIT_WORDS.values()))
        problems.append(table.problem(row, "kind", f"没有这个类别。请填：{words}。"))
    if not row["name"] or len(row["name"]) > MOST_NAME:
        problems.append(table.problem(row, "name", f"全称要填，最多 {MOST_NAME} 个字。"))
    if row["code"] and kind is not None:
        _check_code(table, row, kind, known, problems)
    if kind is None or len(problems) > before:
        return None
    return UnitLine(kind, row["name"], row["short_name"], row["parent"], row["code"])


def _check_code(table: Table, row: Row, kind: UnitKind, known: Known, problems: list[RowProblem]) -> None:
    if kind is not UnitKind.VILLAGE:
        problems.append(table.problem(row, "code", "只有村（社区）有行政区划代码。请把这一格空着。"))
        return
    try:
        path, named = path_of_code(row["code"]), kind_of_code(row["code"])
    except Refusal as refusal:
        problems.append(table.problem(row, "code", refusal.say))
        return
    if named is not UnitKind.VILLAGE or not path.startswith(known.town_path):
        problems.append(table.problem(row, "code", f"代码不是{known.town_name}下面村（社区）的代码。请核对。"))


def _with_parents(lines: list[tuple[Table, Row, UnitLine]], known: Known, problems: list[RowProblem]) -> list[UnitLine]:
    """Resolve parents by name and put them first; a parent below itself is a problem like an unknown one."""
    ready: dict[str, UnitKind] = {known.town_name: UnitKind.TOWN, **known.units}
    full = {known.town_name: known.town_name, **known.full_names}
    made: list[UnitLine] = []
    waiting = lines
    while waiting:
        later = []
        for table, row, line in waiting:
            parent = line.parent or known.town_name
            if parent not in ready:
                later.append((table, row, line))
                continue
            _check_place(table, row, line, ready[parent], problems)
            made.append(UnitLine(line.kind, line.name, line.short_name, full[parent], line.code))
            for name in filter(None, (line.name, line.short_name)):
                ready[name], full[name] = line.kind, line.name
        if len(later) == len(waiting):
            problems.extend(
                table.problem(row, "parent", "没有这个上级单位。请填本表里的单位，或空着表示本镇。")
                for table, row, _ in later
            )
            break
        waiting = later
    return made


def _check_place(table: Table, row: Row, line: UnitLine, parent: UnitKind, problems: list[RowProblem]) -> None:
    try:
        check_parent(line.kind, parent)
    except Refusal as refusal:
        problems.append(table.problem(row, "parent", refusal.say))


class _Names:
    """Looks units up by full or short name, among those that exist and those of the workbook."""

    def __init__(self, known: Known, units: Iterable[UnitLine]) -> None:
        self.kinds: dict[str, UnitKind] = {known.town_name: UnitKind.TOWN, "镇": UnitKind.TOWN, **known.units}
        self.full: dict[str, str] = {known.town_name: known.town_name, "镇": known.town_name, **known.full_names}
        for line in units:
            for name in filter(None, (line.name, line.short_name)):
                self.kinds[name], self.full[name] = line.kind, line.name


def check_posts(
    tables: Sequence[Table], known: Known, units: Iterable[UnitLine], problems: list[RowProblem]
) -> list[PostLine]:
    """Check the table of posts and people."""
    names, lines = _Names(known, units), []
    seen: dict[tuple[str, str], int] = {}
    people: dict[str, str] = {}
    for table, row in _rows(tables):
        line = _post(table, row, known, names, problems)
        if line is None:
            continue
        key = (line.unit, line.title)
        first = seen.setdefault(key, row.number)
        if first != row.number:
            problems.append(table.problem(row, "title", f"和第 {first} 行是同一个岗位。一个岗位只写一行。"))
            continue
        if key in known.held:
            problems.append(table.problem(row, "title", "这个岗位已经有人。换人请用“交接岗位”，删掉这一行。"))
            continue
        if line.person:
            _check_person(table, row, line, known, people, problems)
        lines.append(line)
    return lines


def _post(table: Table, row: Row, known: Known, names: _Names, problems: list[RowProblem]) -> PostLine | None:
    before = len(problems)
    if row["unit"] not in names.kinds:
        problems.append(table.problem(row, "unit", "没有这个单位。请和“单位”表里的全称或简称写得一样。"))
    if not row["title"] or len(row["title"]) > MOST_NAME:
        problems.append(table.problem(row, "title", f"岗位要填，最多 {MOST_NAME} 个字。"))
    kind = POST_WORDS.get(row["kind"] or POST_KIND_NAMES[PostKind.STAFF])
    if kind is None:
        problems.append(table.problem(row, "kind", f"没有这个岗位类别。请填：{'、'.join(POST_WORDS)}，或空着。"))
    roles = _roles(table, row, problems)
    if kind is None or len(problems) > before:
        return None
    unit = names.full[row["unit"]]
    if kind in LEADER_KINDS and names.kinds[row["unit"]] not in {UnitKind.TOWN, UnitKind.COMMITTEE}:
        problems.append(table.problem(row, "unit", "班子成员的单位填镇名（或委员会）。"))
        return None
    account = row["account"] or re.sub(r"\D", "", row["phone"])
    exists = (unit, row["title"]) in known.posts
    return PostLine(unit, row["title"], kind, roles, row["person"], account, row["phone"], exists)


def _roles(table: Table, row: Row, problems: list[RowProblem]) -> tuple[Role, ...] | None:
    words = split_words(row["roles"])
    unknown = [word for word in words if word not in ROLE_WORDS]
    if unknown:
        say = f"没有“{'、'.join(unknown)}”这个角色，或者不能用表格授予。请填：{'、'.join(ROLE_WORDS)}。"
        problems.append(table.problem(row, "roles", say))
    return tuple(ROLE_WORDS[word] for word in words if word in ROLE_WORDS) or None


def split_words(text: str) -> list[str]:
    """Split a cell with several words."""
    return [word.strip() for word in _BETWEEN.split(text) if word.strip()]


def _check_person(
    table: Table, row: Row, line: PostLine, known: Known, people: dict[str, str], problems: list[RowProblem]
) -> None:
    if not line.account:
        problems.append(table.problem(row, "account", "账号和电话都空着。请填账号，或填电话当账号。"))
        return
    if re.fullmatch(r"\d{17}[\dXx]", line.account):
        problems.append(table.problem(row, "account", "账号像身份证号。请换一个，身份证号不能当账号。"))
        return
    if line.account in known.accounts:
        problems.append(table.problem(row, "account", f"账号“{line.account}”已经有人用。请换一个。"))
        return
    other = people.setdefault(line.account, line.person)
    if other != line.person:
        problems.append(table.problem(row, "account", f"账号“{line.account}”上面写的是{other}。一人一个账号。"))


def check_sectors(
    tables: Sequence[Table], known: Known, units: Iterable[UnitLine], problems: list[RowProblem]
) -> list[SectorLine]:
    """Check the table of sectors and their departments."""
    names, lines = _Names(known, units), []
    seen: dict[str, int] = {}
    for table, row in _rows(tables):
        code = known.sectors.get(row["sector"], "")
        if not code:
            problems.append(table.problem(row, "sector", "没有这个行业。请从“可选的词”里选。"))
            continue
        first = seen.setdefault(code, row.number)
        if first != row.number:
            problems.append(table.problem(row, "sector", f"和第 {first} 行是同一个行业。一个行业只写一行。"))
            continue
        lead = _departments(table, row, "lead", names, problems)
        helping = _departments(table, row, "supporting", names, problems)
        if len(lead) == 1:
            lines.append(SectorLine(code, lead[0], tuple(one for one in helping if one != lead[0])))
        elif lead or not row["lead"]:
            problems.append(table.problem(row, "lead", "牵头部门要填一个，只能一个。"))
    return lines


def _departments(table: Table, row: Row, key: str, names: _Names, problems: list[RowProblem]) -> list[str]:
    found = []
    for word in split_words(row[key]):
        if names.kinds.get(word) not in {UnitKind.DEPARTMENT, UnitKind.OFFICE}:
            problems.append(table.problem(row, key, f"“{word}”不是本镇的部门。请和“单位”表里写得一样。"))
        else:
            found.append(names.full[word])
    return found


def check_areas(
    tables: Sequence[Table],
    known: Known,
    units: Iterable[UnitLine],
    posts: Iterable[PostLine],
    problems: list[RowProblem],
) -> list[AreaLine]:
    """Check the table of villages and their leaders."""
    names, lines = _Names(known, units), []
    leaders = _leader_posts(known, posts)
    seen: dict[str, int] = {}
    for table, row in _rows(tables):
        before = len(problems)
        if names.kinds.get(row["village"]) is not UnitKind.VILLAGE:
            problems.append(table.problem(row, "village", "没有这个村（社区）。请和“单位”表里写得一样。"))
        if row["post"] not in leaders:
            problems.append(table.problem(row, "post", "镇里没有这个岗位。请和“岗位和人员”表里写得一样。"))
        if len(problems) > before:
            continue
        village = names.full[row["village"]]
        first = seen.setdefault(village, row.number)
        if first != row.number:
            problems.append(table.problem(row, "village", f"和第 {first} 行是同一个村。一个村只有一名挂钩领导。"))
            continue
        lines.append(AreaLine(village, leaders[row["post"]]))
    return lines


def _leader_posts(known: Known, posts: Iterable[PostLine]) -> Mapping[str, str]:
    """Return the titles of posts that sit in the town itself: its leadership."""
    titles = {title for unit, title in known.posts if unit == known.town_name}
    titles |= {line.title for line in posts if line.unit == known.town_name}
    return {title: title for title in titles}
