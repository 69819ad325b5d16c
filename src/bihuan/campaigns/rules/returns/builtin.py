"""The forms F1 to F8 of the rules (section 9.2), declared as data; laid out as a grid like any uploaded form."""
# ruff: noqa: E501 -- a table is read by column

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bihuan.campaigns.rules.returns.binding import Binding, PeriodKind, Source
from bihuan.campaigns.rules.returns.grid import Cell, Grid, Merge, Sheet, address_of
from bihuan.campaigns.rules.returns.names import rest_of
from bihuan.campaigns.rules.returns.rhythm import Rhythm
from bihuan.standards.rules import INDUSTRY_AND_TRADE, Sector

_KINDS: Final = {"t": PeriodKind.THIS, "c": PeriodKind.CUMULATIVE, "a": PeriodKind.AS_OF}
LONGEST_SHEET: Final = 31  # of a sheet's name, in every program that opens workbooks
HEAD: Final = 3  # the first row of the headings
STUB: Final = 4  # columns before the numbers, where items stand in rows: group, item, unit, then the numbers


@dataclass(frozen=True, slots=True)
class Item:
    """A thing that is counted. spec: "hazards.open@major" a measure, with "/a" as it stands at the end whatever the
    line's days, "*万元" in that unit; "=counted" the campaign's own, as bulletins count it; "~room" waits for a room; "~"
    is typed; "sum k …", "rate k k" follow from items."""

    key: str
    group: str
    name: str
    unit: str
    spec: str


@dataclass(frozen=True, slots=True)
class Line:
    """What an item is counted for: days, sectors; parts: numbers of the lines that a total adds up."""

    name: str
    kind: str = "t"
    sectors: tuple[str, ...] = ()
    parts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class BuiltIn:
    """A form of ours. in_rows: items stand in rows and lines in columns, or the other way about."""

    code: str
    title: str
    rhythm: Rhythm
    items: tuple[Item, ...]
    lines: tuple[Line, ...]
    in_rows: bool = True
    from_january: bool = False
    source: str = ""

    @property
    def is_of_campaign(self) -> bool:
        """Whether it tells a campaign's own numbers, or what there is so far: from that campaign's first day on."""
        of_own = any(one.spec.startswith("=") for one in self.items)
        return not self.from_january and (of_own or any(one.kind == "c" for one in self.lines))


def _of_sectors(kind: str, *sectors: str, rest: Line, beside: Sequence[Line] = ()) -> tuple[Line, ...]:
    """Return a line for each sector and for the rest, what lies beside these with their own sub-total before it, and
    the total, which is that of the whole place."""
    lines = [*(Line(one, kind, (one,)) for one in sectors), rest]
    mine = tuple(range(len(lines)))
    if not beside:
        return (*lines, Line("合计", kind, parts=mine))
    own = Line(OF_INDUSTRY_ONLY, kind, parts=mine)
    return (*lines, own, *beside, Line("合计", kind, parts=(*mine, *range(len(mine) + 1, len(mine) + 1 + len(beside)))))


THIS_AND_SO_FAR: Final = (Line("本期"), Line("累计", "c"))
SO_FAR: Final = (Line("累计", "c"),)
AT_END: Final = (Line("期末", "a"),)
_MORE_INDUSTRY: Final = (Sector.MINING, Sector.FIREWORKS, Sector.PHARMACEUTICAL, Sector.OTHER)
INDUSTRY: Final = (
    "metallurgy",
    "nonferrous",
    "building_materials",
    "machinery",
    "light_industry",
    "textile",
    "commerce",
    "chemical",
    "hazardous_chemicals",
)
OTHER_INDUSTRY: Final = tuple(sorted(map(str, {*INDUSTRY_AND_TRADE, *_MORE_INDUSTRY} - set(INDUSTRY))))
OF_INDUSTRY_ONLY: Final = "工矿企业小计"
BESIDE_INDUSTRY: Final = Line("工矿企业以外及未定行业", "c", rest_of((*INDUSTRY, *OTHER_INDUSTRY)))
ILLEGAL: Final = (
    "mining",
    "road_transport",
    "water_transport",
    "construction",
    "fire_crowded",
    "hazardous_chemicals",
    "fireworks",
    "civil_explosives",
    "metallurgy",
)
G1, G2, G3 = "监督检查", "隐患排查治理", "执法惩戒"
E, V = "~enforcement", "~inspections"

# fmt: off
FOUND: Final = (
    Item("found", G2, "发现隐患",          "项", "hazards.found_fact"),
    Item("g",     G2, "其中：一般隐患",     "项", "hazards.found_fact@general"),
    Item("m",     G2, "其中：重大隐患",     "项", "hazards.found_fact@major"),
    Item("done",  G2, "已整改",            "项", "hazards.rectified"),
    Item("r",     G2, "发现隐患整改率",     "%",  "rate done found"),
    Item("md",    G2, "重大隐患已整改",     "项", "hazards.rectified@major"),
    Item("l",     G2, "重大隐患挂牌督办",   "项", "hazards.found_listed"),
)
# What stands in no law's column and is told beside them: what is found and not graded yet, and what another body has now.
UNGRADED_ITEM: Final = Item("u", "另列", "未定级隐患", "项", "hazards.found_fact@ungraded")
ASIDE: Final = (UNGRADED_ITEM, Item("out", "另列", "发现后移送其他单位（不计入发现隐患）", "项", "hazards.found_out"))
BY_LEVEL: Final = (
    Item("g",   "一般隐患", "排查",        "项", "hazards.found_fact@general"),
    Item("gd",  "一般隐患", "已整改",      "项", "hazards.rectified@general"),
    Item("gr",  "一般隐患", "整改率",      "%",  "rate gd g"),
    Item("m",   "重大隐患", "排查",        "项", "hazards.found_fact@major"),
    Item("md",  "重大隐患", "已整改销号",   "项", "hazards.in.closed@major"),
    Item("mr",  "重大隐患", "整改销号率",   "%",  "rate md m"),
)
BUILT_IN: Final[tuple[BuiltIn, ...]] = (
    BuiltIn("F1", "专项行动进展情况周报表", Rhythm.WEEKLY, (
        Item("groups",   G1, "检查组",         "个", V), Item("people", G1, "出动人员", "人次", V),
        Item("visits",   G1, "检查企业",       "家次", V), Item("led", G1, "其中：领导带队检查", "家次", "inspections.led_visits_made"),
        *FOUND,
        Item("papers",   G3, "下达执法文书",   "份", E), Item("cases", G3, "立案", "起", E),
        Item("stopped",  G3, "责令停产停业",   "家", E), Item("licences", G3, "暂扣吊销证照", "个", E),
        Item("shut",     G3, "关闭取缔",       "家", E), Item("fine", G3, "罚款", "万元", E),
        Item("exposed",  G3, "曝光",           "家", E), Item("black", G3, "列入黑名单", "家", E),
        Item("talks",    G3, "约谈",           "家/人", "campaigns.interviews"), Item("blamed", G3, "问责", "人", "campaigns.people_held"),
        Item("acts",     "另列", "完成整改（含以前发现的）", "次", "hazards.put_right"), *ASIDE,
    ), THIS_AND_SO_FAR, source="R9.7"),
    BuiltIn("F2", "工矿企业隐患排查治理情况月报表", Rhythm.MONTHLY, (
        Item("firms", "排查单位", "排查单位", "家", V), *BY_LEVEL,
        Item("plan",  "重大隐患治理", "列入治理计划", "项", "hazards.found_planned"), Item("five", "重大隐患治理", "达到五到位", "项", "hazards.found_five"),
        Item("l",     "重大隐患治理", "挂牌督办", "项", "hazards.found_listed"), Item("lp", "重大隐患治理", "其中：省级挂牌", "项", "hazards.found_province"),
        Item("money", "累计落实治理资金", "累计落实治理资金", "万元", "hazards.money*万元"), *ASIDE,
    ), _of_sectors("c", *INDUSTRY, rest=Line("其他工矿企业", "c", OTHER_INDUSTRY), beside=(BESIDE_INDUSTRY,)), in_rows=False, from_january=True, source="R9.8"),
    BuiltIn("F3", "重大事故隐患治理情况表", Rhythm.MONTHLY, (
        Item("m",     "重大隐患", "未销号的重大隐患", "项", "hazards.open@major"),
        Item("plan",  "治理计划", "列入治理计划的重大隐患", "项", "hazards.open_planned"),
        Item("goal",  "五到位", "落实治理目标任务", "项", "hazards.open_goals"), Item("funds", "五到位", "落实治理经费物资", "项", "hazards.open_funds"),
        Item("who",   "五到位", "落实治理机构人员", "项", "hazards.open_organ"), Item("time", "五到位", "落实治理时间要求", "项", "hazards.open_time"),
        Item("safe",  "五到位", "落实安全措施应急预案", "项", "hazards.open_safety"),
        Item("money", "资金", "累计落实治理资金", "万元", "hazards.money@major/c*万元"),
    ), AT_END, from_january=True, source="R3.9"),
    BuiltIn("F4", "安全生产大检查情况汇总表", Rhythm.WEEKLY, (
        Item("groups", G1, "检查组", "个", V), Item("visits", G1, "检查企业", "家次", V),
        Item("g",  G2, "一般隐患", "项", "hazards.found_fact@general"), Item("gd", G2, "一般隐患已整改", "项", "hazards.rectified@general"), Item("gr", G2, "一般隐患整改率", "%", "rate gd g"),
        Item("m",  G2, "重大隐患", "项", "hazards.found_fact@major"), Item("md", G2, "重大隐患已整改", "项", "hazards.rectified@major"), Item("mr", G2, "重大隐患整改率", "%", "rate md m"),
        Item("law", G3, "执法检查企业", "家", V), Item("cases", G3, "立案", "起", E), Item("stopped", G3, "停产停业停建", "家", E),
        Item("licences", G3, "暂扣吊销证照", "个", E), Item("shut", G3, "关闭", "家", E), Item("fine", G3, "罚款", "万元", E), Item("black", G3, "列入黑名单", "家", E),
        Item("good", "宣传", "宣传典型", "个", "~"), Item("exposed", "宣传", "公开曝光", "家", E), *ASIDE,
    ), THIS_AND_SO_FAR, source="R9.7"),
    BuiltIn("F5", "隐患排查治理季报表", Rhythm.QUARTERLY, (
        Item("firms", G1, "排查企业", "家", V), Item("people", G1, "参加检查人数", "人", V),
        Item("found", G2, "排查隐患", "项", "hazards.found_fact"), Item("done", G2, "已整治", "项", "hazards.rectified"), Item("r", G2, "排查隐患整改率", "%", "rate done found"), Item("money", G2, "整改投入", "万元", "hazards.money*万元"),
        Item("illegal", G3, "打击严重违法行为", "起", E), Item("shut", G3, "关闭取缔", "家", E), Item("stopped", G3, "停业整顿", "家", E),
        Item("licences", G3, "暂扣吊销", "个", E), Item("fine", G3, "处罚罚款", "万元", E), Item("crime", G3, "追究刑责", "人", E), *ASIDE,
    ), THIS_AND_SO_FAR, from_january=True, source="R9.7"),
    BuiltIn("F6", "打击非法违法行为情况表", Rhythm.MONTHLY, (
        Item("v1", "打击的行为", "无证或证照不全", "起", E),
        Item("v2", "打击的行为", "关闭取缔后擅自生产或关闭不到位", "起", E),
        Item("v3", "打击的行为", "停产整顿、技改未经验收擅自生产，违反三同时", "起", E),
        Item("v4", "打击的行为", "瞒报事故、隐瞒重大隐患或不按期治理", "起", E),
        Item("v5", "打击的行为", "拒不执行执法指令", "起", E),
        Item("v6", "打击的行为", "非法用工、无证上岗", "起", E),
        Item("v7", "打击的行为", "违章作业、现场混乱", "起", E),
        Item("v8", "打击的行为", "工艺设备、监测防护不达标", "起", E),
        Item("v9", "打击的行为", "隐患排查治理制度、五落实缺失", "起", E),
        Item("v10", "打击的行为", "安全基础管理薄弱", "起", E),
        Item("v11", "打击的行为", "应急队伍装备培训缺失", "起", E),
        Item("v12", "打击的行为", "新材料新技术未经检验", "起", E),
        Item("v13", "打击的行为", "其他", "起", E),
        Item("groups", "检查", "组织检查组", "个", V), Item("people", "检查", "检查人员", "人次", V), Item("firms", "检查", "受检企业", "家", V),
        Item("warn", "处罚", "警告", "起", E), Item("mend", "处罚", "责令改正、限期整改、停止违法行为", "起", E), Item("seize", "处罚", "没收", "万元", E),
        Item("stopped", "处罚", "责令停产停业停建", "家", E), Item("licences", "处罚", "暂扣吊销", "个", E), Item("shut", "处罚", "关闭", "家", E),
        Item("held", "处罚", "拘留", "人", E), Item("crime", "处罚", "移送追究刑责", "人", E), Item("fine", "处罚", "罚款", "万元", E),
    ), _of_sectors("t", *ILLEGAL, rest=Line("其他", "t", rest_of(ILLEGAL))), source="R5.5"),
    BuiltIn("F7", "安全生产执法情况汇总表", Rhythm.MONTHLY, (
        Item("firms", "检查", "检查单位", "家", V), Item("visits", "检查", "检查次数", "次", V), Item("planned", "检查", "计划检查", "次", V), Item("special", "检查", "专项检查", "次", V),
        Item("others", "检查", "其他检查", "次", V), Item("random", "检查", "随机抽查", "次", V), Item("again", "检查", "复查检查", "次", V), Item("reported", "检查", "举报案件检查", "次", V),
        Item("wrong", "违法行为", "查处违法行为", "项", E), Item("g", "隐患", "一般隐患", "项", "hazards.found_fact@general"), Item("m", "隐患", "重大隐患", "项", "hazards.found_fact@major"), Item("l", "隐患", "其中：挂牌督办", "项", "hazards.found_listed"),
        Item("papers", "处罚", "执法文书", "份", E), Item("unit", "处罚", "处罚单位", "家", E), Item("head", "处罚", "处罚主要负责人", "人", E), Item("stopped", "处罚", "责令停产整顿", "家", E),
        Item("asked", "处罚", "提请关闭", "家", E), Item("shut", "处罚", "实际关闭", "家", E), Item("fine", "处罚", "罚款", "万元", E), Item("paid", "处罚", "实际收缴罚款", "万元", E), UNGRADED_ITEM,
    ), THIS_AND_SO_FAR, from_january=True, source="R9.7"),
    BuiltIn("F8", "大检查清单汇总表", Rhythm.TEN_DAYS, (
        Item("visits", "工作情况", "检查企业", "家", V), Item("found", "工作情况", "隐患总数（专项行动）", "项", "=counted"),
        Item("done", "进展", "问题隐患已整改（专项行动）", "项", "=rectified"), Item("r", "进展", "整改率（专项行动）", "%", "rate done found"),
        Item("listed", "重大隐患", "正在挂牌督办的重大隐患", "项", "hazards.listed"), Item("left", "重大隐患", "未销号的重大隐患", "项", "hazards.open@major"),
        Item("stopped", G3, "停产停业整顿企业", "家", E), Item("shut", G3, "关闭取缔企业", "家", E), Item("black", G3, "联合惩戒黑名单", "家", E),
        Item("led", "督办追责", "领导督办责任事项", "项", "~"), Item("blamed", "督办追责", "追责问责", "人", "campaigns.people_held/c"),
    ), AT_END, source="R9.7"),
)
# fmt: on


def laid_out(form: BuiltIn, sector_names: Mapping[str, str]) -> tuple[Grid, dict[str, Binding]]:
    """Return a form's grid and what its cells are bound to. sector_names: by code, for the headings of lines."""
    lines = [replace(one, name=sector_names.get(one.name, one.name)) for one in form.lines]
    places = {
        (item.key, number): _place(form, at, number)
        for at, item in enumerate(form.items)
        for number in range(len(lines))
    }
    cells = dict(_headings(form, lines))
    bindings: dict[str, Binding] = {}
    for item in form.items:
        for number, line in enumerate(lines):
            row, column = places[item.key, number]
            cells[row, column] = Cell("", border=True)
            bindings[address_of(0, row, column)] = _bound(item, line, number, places, lines)
    merged = tuple(sorted(_merged(form, lines)))
    for top, left, bottom, right in merged[1:]:
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                cells.setdefault((row, column), Cell("", border=True))
    widths = {2: 34.0} if form.in_rows else {1: 20.0}
    return Grid((Sheet(form.title[:LONGEST_SHEET], cells, merged, widths),)), bindings


def _place(form: BuiltIn, item: int, line: int) -> tuple[int, int]:
    return (HEAD + 1 + item, STUB + line) if form.in_rows else (HEAD + 2 + line, 2 + item)


def _headings(form: BuiltIn, lines: Sequence[Line]) -> Iterator[tuple[tuple[int, int], Cell]]:
    yield (1, 1), Cell(form.title)
    yield (2, 1), Cell("填报单位：　　填报日期：　　填表人：")
    yield from _items_down(form, lines) if form.in_rows else _items_across(form, lines)


def _starts_group(form: BuiltIn, number: int) -> bool:
    return number == 0 or form.items[number - 1].group != form.items[number].group


def _items_down(form: BuiltIn, lines: Sequence[Line]) -> Iterator[tuple[tuple[int, int], Cell]]:
    for column, text in enumerate(("类别", "项目", "计量单位", *(line.name for line in lines)), start=1):
        yield (HEAD, column), Cell(text, border=True)
    for number, item in enumerate(form.items):
        row = HEAD + 1 + number
        if _starts_group(form, number):
            yield (row, 1), Cell(item.group, border=True)
        yield (row, 2), Cell(item.name, border=True)
        yield (row, 3), Cell(item.unit, border=True)


def _items_across(form: BuiltIn, lines: Sequence[Line]) -> Iterator[tuple[tuple[int, int], Cell]]:
    yield (HEAD, 1), Cell("行业领域", border=True)
    for number, item in enumerate(form.items):
        named, column = f"{item.name}（{item.unit}）", 2 + number
        if _starts_group(form, number):
            yield (HEAD, column), Cell(item.group if item.group != item.name else named, border=True)
        if item.group != item.name:
            yield (HEAD + 1, column), Cell(named, border=True)
    for number, line in enumerate(lines):
        yield (HEAD + 2 + number, 1), Cell(line.name, border=True)


def _merged(form: BuiltIn, lines: Sequence[Line]) -> Iterator[Merge]:
    last = STUB + len(lines) - 1 if form.in_rows else 1 + len(form.items)
    yield Merge(1, 1, 1, last)
    yield Merge(2, 1, 2, last)
    if not form.in_rows:
        yield Merge(HEAD, 1, HEAD + 1, 1)
    start = 0
    for number in range(1, len(form.items) + 1):
        if number < len(form.items) and form.items[number].group == form.items[start].group:
            continue
        first = form.items[start]
        if form.in_rows and number - start > 1:
            yield Merge(HEAD + 1 + start, 1, HEAD + number, 1)
        elif not form.in_rows and first.group == first.name:
            yield Merge(HEAD, 2 + start, HEAD + 1, 2 + start)
        elif not form.in_rows and number - start > 1:
            yield Merge(HEAD, 2 + start, HEAD, 1 + number)
        start = number


def _bound(
    item: Item, line: Line, number: int, places: Mapping[tuple[str, int], tuple[int, int]], lines: Sequence[Line]
) -> Binding:
    word, *keys = item.spec.split()
    if word == "rate":
        return Binding(Source.RATE, cells=tuple(address_of(0, *places[key, number]) for key in keys))
    if line.parts:
        return Binding(Source.SUM, cells=tuple(address_of(0, *places[item.key, at]) for at in line.parts))
    if word.startswith("~"):
        return Binding(Source.TYPED, period=_KINDS[line.kind], waits=tuple(one for one in (word[1:],) if one))
    if word.startswith("="):
        return Binding(Source.INDICATOR, name=word[1:], period=PeriodKind.CUMULATIVE, sectors=line.sectors)
    rest, _, amount = word.partition("*")
    rest, _, kind = rest.partition("/")
    name, _, level = rest.partition("@")
    period = _KINDS[kind or line.kind]
    return Binding(Source.MEASURE, name=name, level=level, period=period, sectors=line.sectors, amount=amount)
