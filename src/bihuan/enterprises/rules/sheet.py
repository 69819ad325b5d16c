"""Enterprises from a table: its columns, and every check by row and column. One check, one function."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from bihuan.enterprises.rules.codes import Verdict, check_code
from bihuan.enterprises.rules.facts import Entry
from bihuan.enterprises.rules.industries import clean_industry, industry_problem
from bihuan.enterprises.rules.matching import Index, MatchKind, Wanted
from bihuan.enterprises.rules.names import tidy_name
from bihuan.enterprises.rules.sizes import WAN

HEADER_WITHIN: Final = 10  # the header is one of the first rows
LEAST_TITLES: Final = 3
MOST_ROWS: Final = 20_000
YES: Final = frozenset({"是", "√", "有", "对", "1", "Y", "YES", "TRUE"})
NO: Final = frozenset({"", "否", "×", "无", "0", "N", "NO", "FALSE", "/", "-", "—"})


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the template. titles: the first is ours, the others are known from other tables."""

    key: str
    titles: tuple[str, ...]
    hint: str
    width: int = 14
    is_needed: bool = False


COLUMNS: Final = (
    Column("name", ("企业名称", "单位名称", "名称", "企业全称"), "与营业执照一致", 32, is_needed=True),
    Column("short_name", ("简称", "企业简称"), "列表里显示，可空", 14),
    Column("uscc", ("统一社会信用代码", "社会信用代码", "信用代码"), "18 位；个体摊点没有的留空，不要填身份证号", 22),
    Column("uscc_confirmed", ("已核对营业执照",), "校验位对不上、但已核对执照的填“是”", 14),
    Column("village", ("所属村（社区）", "所属村", "村社区", "所在村", "属地"), "不清楚的留空，安监办再定", 16),
    Column(
        "lead_sector", ("牵头行业", "行业领域", "监管行业", "行业类别"), "一家一个，决定主管部门", 14, is_needed=True
    ),
    Column("sectors", ("其他行业", "涉及行业"), "多个用顿号隔开", 18),
    Column("industry_code", ("行业代码", "国民经济行业代码"), "GB/T 4754-2017 的 2—4 位数字，可空", 12),
    Column("features", ("安全特征", "风险特征"), "多个用顿号隔开，如“粉尘涉爆、有限空间”", 24),
    Column("processes", ("工艺和设备", "主要产品", "主要工艺", "经营范围"), "自己的话，查同类企业时用", 30),
    Column("address", ("地址", "企业地址", "单位地址", "生产地址"), "", 30),
    Column("staff", ("从业人数", "职工人数", "人数"), "整数", 10),
    Column("revenue", ("年营业收入（万元）", "营业收入", "年收入"), "万元，可空", 16),
    Column("assets", ("资产总额（万元）", "资产总额"), "万元，可空", 14),
    Column("one_person", ("一人企业",), "只有一个人的填“是”", 10),
    Column("contact_name", ("联系人", "企业负责人", "负责人", "法人"), "", 12),
    Column("contact_phone", ("联系电话", "电话", "手机", "联系方式"), "", 16),
)
BY_KEY: Final = {column.key: column for column in COLUMNS}


@dataclass(frozen=True, slots=True)
class RowProblem:
    """A problem of one cell, as a person finds it in Excel. row: from 1. column: its letter, "" for a missing one."""

    row: int
    column: str
    title: str
    say: str
    value: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table as text by column key. number: as in Excel, from 1."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What was read: where the columns are (letters by key) and the rows below the header."""

    letters: Mapping[str, str]
    rows: tuple[Row, ...]
    problems: tuple[RowProblem, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What the checks compare with.

    villages: path by every name. sectors, features: code by every word. index: names on file.
    offered: the one word for each that a person is offered, by column key.
    """

    town_path: str
    villages: Mapping[str, str]
    sectors: Mapping[str, str]
    features: Mapping[str, str]
    index: Index = field(default_factory=Index)
    offered: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Checked:
    """The outcome: entries by row number for the rows without problems, and all problems of the others at once."""

    entries: Mapping[int, Entry]
    problems: tuple[RowProblem, ...]


def column_letter(index: int) -> str:
    """Return the letter of a column as Excel shows it; index from 0."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def cell_text(value: Any) -> str:
    """Return a cell's value as a person would read it: 30.0 is 30, None is ""."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def read_sheet(cells: Sequence[Sequence[Any]]) -> Sheet:
    """Find the header among the first rows and read what is below; empty rows go, hints below the header too."""
    known = {_title(title): column.key for column in COLUMNS for title in column.titles}
    for at, line in enumerate(cells[:HEADER_WITHIN]):
        found: dict[str, int] = {}
        for index, value in enumerate(line):
            key = known.get(_title(cell_text(value)))
            if key is not None:
                found.setdefault(key, index)
        if len(found) >= LEAST_TITLES and "name" in found:
            return _rows_below(cells, at, found)
    say = "前 10 行里没有找到表头。表头至少要有“企业名称”“牵头行业”和另外一列，请用页面上的模板填写。"
    return Sheet({}, (), (RowProblem(1, "", "表头", say),))


def _title(text: str) -> str:
    return "".join(one for one in text.split("\n")[0] if one not in " *＊　()（）:：").replace("万元", "")


def _rows_below(cells: Sequence[Sequence[Any]], header: int, found: Mapping[str, int]) -> Sheet:
    rows = []
    for at, line in enumerate(cells[header + 1 :], start=header + 2):
        texts = {key: cell_text(line[index]) if index < len(line) else "" for key, index in found.items()}
        if any(texts.values()) and texts.get("name") != BY_KEY["name"].hint:
            rows.append(Row(at, texts))
    letters = {key: column_letter(index) for key, index in found.items()}
    problems = [
        RowProblem(header + 1, "", column.titles[0], f"缺少“{column.titles[0]}”这一列，请补上后重新上传。")
        for column in COLUMNS
        if column.is_needed and column.key not in found
    ]
    if not rows and not problems:
        problems.append(RowProblem(header + 1, "", "表格", "表头下面没有企业，请填好后重新上传。"))
    if len(rows) > MOST_ROWS:
        problems.append(RowProblem(MOST_ROWS, "", "表格", f"一次最多 {MOST_ROWS} 行，请分成几个文件上传。"))
    return Sheet(letters, tuple(rows[:MOST_ROWS]), tuple(problems))


def check_rows(sheet: Sheet, known: Known) -> Checked:
    """Check every row by every check; report all problems at once."""
    entries: dict[int, Entry] = {}
    problems = list(sheet.problems)
    seen: dict[str, int] = {}
    for row in sheet.rows:
        entry, wrong = _check_row(row, known)
        wrong += _twice_in_table(row, entry, seen)
        problems += [
            RowProblem(row.number, sheet.letters.get(key, ""), BY_KEY[key].titles[0], say, row.cells.get(key, ""), key)
            for key, say in wrong
        ]
        if not wrong:
            entries[row.number] = entry
    return Checked(entries, tuple(problems))


Answer = tuple[dict[str, Any], str]
Check = Callable[[str, Mapping[str, str], Known], Answer]


def _check_row(row: Row, known: Known) -> tuple[Entry, list[tuple[str, str]]]:
    facts: dict[str, Any] = {}
    wrong: list[tuple[str, str]] = []
    for key, check in CHECKS.items():
        found, say = check(row.cells.get(key, ""), row.cells, known)
        facts |= found
        if say:
            wrong.append((key, say))
    entry = replace(Entry(name="", path=known.town_path, lead_sector=""), **facts)
    say = _already_on_file(entry, known)
    if say:
        wrong.append(("name", say))
    return entry, wrong


def _check_name(text: str, _: Mapping[str, str], __: Known) -> Answer:
    name = tidy_name(text)
    if not name:
        return {}, "没有企业名称。请补上，或者把这一行放到一边。"
    if len(name) > 120:
        return {}, f"企业名称有 {len(name)} 个字，最多 120 个。请只填执照上的名称。"
    return {"name": name}, ""


def _check_code(text: str, cells: Mapping[str, str], _: Known) -> Answer:
    checked = check_code(text)
    confirmed = cells.get("uscc_confirmed", "").upper() in YES
    if checked.is_refused or (checked.verdict is Verdict.DOUBTFUL and not confirmed):
        say = checked.say.replace("勾选“已核对营业执照”后可以保存", "在“已核对营业执照”一列填“是”")
        return {}, say
    return {"uscc": checked.code, "uscc_confirmed": checked.verdict is Verdict.DOUBTFUL}, ""


def _check_village(text: str, _: Mapping[str, str], known: Known) -> Answer:
    if not text:
        return {"path": known.town_path}, ""
    path = known.villages.get(text) or _by_beginning(text, known.villages)
    if path is None:
        return {}, f"本镇没有“{text}”。可填：{_some(known, 'village')}；不清楚的留空。"
    return {"path": path}, ""


def _by_beginning(text: str, villages: Mapping[str, str]) -> str | None:
    """Accept 西岗 for 西岗村 and 湖滨 for 湖滨社区, where only one begins so."""
    bare = text.removesuffix("村委会").removesuffix("居委会").removesuffix("村").removesuffix("社区")
    found = {path for name, path in villages.items() if len(bare) > 1 and name.startswith(bare)}
    return found.pop() if len(found) == 1 else None


def _check_lead_sector(text: str, _: Mapping[str, str], known: Known) -> Answer:
    if not text:
        return {}, "没有牵头行业，定不了主管部门。请填一个。"
    if text not in known.sectors:
        return {}, f"没有“{text}”这个行业。可填：{_some(known, 'lead_sector')}。"
    return {"lead_sector": known.sectors[text]}, ""


def _check_sectors(text: str, _: Mapping[str, str], known: Known) -> Answer:
    return _listed("sectors", "行业", text, known.sectors, f"可填：{_some(known, 'lead_sector')}")


def _check_features(text: str, _: Mapping[str, str], known: Known) -> Answer:
    return _listed("features", "安全特征", text, known.features, "可填的词见模板第二页")


def _listed(key: str, what: str, text: str, words: Mapping[str, str], hint: str) -> Answer:
    parts = [part.strip() for part in _separated(text) if part.strip() and part.strip() not in NO]
    strange = [part for part in parts if part not in words]
    if strange:
        return {}, f"没有“{'、'.join(strange)}”这个{what}。{hint}。"
    return {key: tuple(dict.fromkeys(words[part] for part in parts))}, ""


def _separated(text: str) -> list[str]:
    for mark in "，,；;／/\n|":
        text = text.replace(mark, "、")
    return text.split("、")


def _some(known: Known, key: str) -> str:
    return "、".join(known.offered.get(key, ()))


def _check_industry(text: str, _: Mapping[str, str], __: Known) -> Answer:
    code = clean_industry(text)
    if text and not code:
        return {}, f"“{text}”不是行业代码，请填 2—4 位数字，或者留空。"
    say = industry_problem(code)
    return ({}, say) if say else ({"industry_code": code}, "")


def _check_staff(text: str, _: Mapping[str, str], __: Known) -> Answer:
    bare = text.removesuffix("人").strip()
    if not bare:
        return {}, ""
    if not (bare.isascii() and bare.isdigit() and len(bare) <= 7):
        return {}, f"从业人数“{text}”不是整数，请只填数字。"
    return {"staff": int(bare)}, ""


def _money(key: str) -> Check:
    def check(text: str, _: Mapping[str, str], __: Known) -> Answer:
        bare = text.replace(",", "").replace("，", "").removesuffix("万元").removesuffix("万").strip()
        if not bare:
            return {}, ""
        try:
            wan = Decimal(bare)
        except InvalidOperation:
            return {}, f"金额“{text}”不是数字，请按万元填写，如 1200。"
        if not wan.is_finite() or not 0 <= wan < 10**9:
            return {}, f"金额“{text}”不对，请按万元填写，不能是负数。"
        return {key: (wan * WAN).quantize(Decimal("0.01"))}, ""

    return check


def _yes_no(key: str) -> Check:
    def check(text: str, _: Mapping[str, str], __: Known) -> Answer:
        if text.upper() in YES:
            return {key: True}, ""
        return ({key: False}, "") if text.upper() in NO else ({}, f"“{text}”看不出是或否，请填“是”或“否”。")

    return check


def _text(key: str, most: int) -> Check:
    def check(text: str, _: Mapping[str, str], __: Known) -> Answer:
        if len(text) > most:
            return {}, f"有 {len(text)} 个字，最多 {most} 个。请缩短。"
        return {key: text}, ""

    return check


CHECKS: Final[Mapping[str, Check]] = {
    "name": _check_name,
    "short_name": _text("short_name", 60),
    "uscc": _check_code,
    "village": _check_village,
    "lead_sector": _check_lead_sector,
    "sectors": _check_sectors,
    "industry_code": _check_industry,
    "features": _check_features,
    "processes": _text("processes", 2000),
    "address": _text("address", 200),
    "staff": _check_staff,
    "revenue": _money("revenue_yuan"),
    "assets": _money("assets_yuan"),
    "one_person": _yes_no("one_person"),
    "contact_name": _text("contact_name", 40),
    "contact_phone": _text("contact_phone", 40),
}


def _already_on_file(entry: Entry, known: Known) -> str:
    if not entry.name:
        return ""
    found = known.index.find(Wanted(entry.name, entry.uscc))
    if found.kind not in {MatchKind.CODE, MatchKind.NAME, MatchKind.SEVERAL}:
        return ""
    firm = found.firm or found.candidates[0].firm
    why = "代码相同" if found.kind is MatchKind.CODE else "名称相同"
    return f"{firm.name} 已在册（{why}）。请把这一行放到一边，需要改资料的到企业档案里改。"


def _twice_in_table(row: Row, entry: Entry, seen: dict[str, int]) -> list[tuple[str, str]]:
    wrong = []
    for key, value in (("uscc", entry.uscc), ("name", entry.name)):
        if not value:
            continue
        before = seen.setdefault(f"{key}:{value}", row.number)
        if before != row.number:
            wrong.append((key, f"与第 {before} 行重复。请只留一行。"))
    return wrong
