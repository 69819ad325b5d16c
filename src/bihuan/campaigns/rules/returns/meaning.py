"""What the headings of a cell say: what is counted, of which hazards, where, of which days (in Chinese)."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

from bihuan.campaigns.rules.returns.binding import Binding, PeriodKind, Source
from bihuan.campaigns.rules.returns.grid import Slot, plain
from bihuan.campaigns.rules.returns.names import NO_NAMES, Names, Place, named_in, names_for
from bihuan.campaigns.rules.units import Participant
from bihuan.hazards.rules.found import UNGRADED


class What(StrEnum):
    """What a cell counts."""

    FOUND = "found"
    RECTIFIED = "rectified"
    UNRECTIFIED = "unrectified"
    CLOSED = "closed"
    OPEN = "open"
    OVERDUE = "overdue"
    LISTED = "listed"
    LISTED_NOW = "listed_now"
    DELISTED = "delisted"
    ON_SPOT = "on_spot"
    ALIKE = "alike"
    TRANSFERRED = "transferred"
    ACTS = "acts"
    CLOSING = "closing"  # how often something was closed, whenever it was found
    SELF_FOUND = "self_found"
    ELSEWHEN = "elsewhen"  # of days before, or more or less than then: asked of a person
    MONEY = "money"
    ARRANGED = "arranged"
    FIRMS = "firms"
    SELF_REPORTS = "self_reports"
    RATE_RECTIFIED = "rate_rectified"
    RATE_CLOSED = "rate_closed"
    RATE_LISTED = "rate_listed"
    UNKNOWN_RATE = "unknown_rate"  # a share of something else: asked of a person
    CASES = "cases"
    FINE = "fine"
    STOPPED = "stopped"
    ENFORCEMENT = "enforcement"
    INSPECTIONS = "inspections"
    ACCIDENTS = "accidents"
    TALKS = "talks"
    BLAMED = "blamed"
    LED = "led"
    PLANNED = "planned"
    PROVINCE = "province"
    UNKEPT = "unkept"  # what the platform does not keep: publicity, training
    UNKNOWN = "unknown"


_ROOM: Final[Mapping[What, str]] = {
    What.CASES: "enforcement",
    What.FINE: "enforcement",
    What.STOPPED: "enforcement",
    What.ENFORCEMENT: "enforcement",
    What.INSPECTIONS: "inspections",
    What.ACCIDENTS: "accidents",
}
# In this order: the first that fits the headings, from the innermost outwards.
_WORDS: Final[tuple[tuple[What, str], ...]] = (
    (What.ACTS, r"含(以前|往期|上期|历史)|(整改|整治|销号)次数"),  # how often, whenever it was found
    (
        What.UNKNOWN_RATE,
        r"(按期|按时|及时|限期|逾期|超期|未)(整改|整治|完成|治理)?(到位|完成)?率",
    ),  # not of all that was found
    (What.RATE_RECTIFIED, r"(整改|整治|治理|完成)(到位|完成)?率"),
    (What.RATE_CLOSED, r"(销号|闭环)率"),
    (What.RATE_LISTED, r"挂牌(督办)?率"),
    (What.ACCIDENTS, r"事故(起数)?$|死亡|受伤|亡人"),
    (What.MONEY, r"(治理|整改|投入|落实)?.{0,4}(资金|经费)|(整改|治理)?投入"),
    (What.FINE, r"罚款|没收"),
    (What.CASES, r"立案|案件"),
    (What.STOPPED, r"停产|停业|停建|停工|关闭|取缔|暂扣|吊销"),
    (What.TALKS, r"约谈"),
    (What.BLAMED, r"问责|追责"),
    (What.UNKEPT, r"通报批评|宣传|培训|督办责任"),
    (
        What.ENFORCEMENT,
        r"限期(整改|整治)(?!完成|到位)|处罚|警告|曝光|黑名单|拘留|移送(司法|刑)|追究|非法违法|打击|文书|责令|行政",
    ),
    (What.FOUND, r"(应|须|应当)(整改|整治|治理|改)"),  # the whole of 整改率
    (What.OVERDUE, r"(逾期|超期|到期)(未|没|仍|隐患|尚)|逾期|超期"),
    (What.UNRECTIFIED, r"(未|尚未|没有|未完成|正在|待|需|尚需)(整改|整治|治理|改)|整改中|未完成"),
    (What.OPEN, r"(未|尚未)销号|未闭环|存量"),
    (What.ON_SPOT, r"(立行立改|立即整改|当场|现场整改|立查立改|立改|即改|即查即改|边查边改)"),
    (What.DELISTED, r"摘牌"),
    (What.LISTED_NOW, r"(正在|尚在|仍在)挂牌|挂牌督办中"),
    (What.PROVINCE, r"省(级|安委会|政府)?挂牌"),
    (What.LISTED, r"挂牌"),
    (What.PLANNED, r"(列入|纳入)治理(计划|方案)"),
    (What.ALIKE, r"举一反三|同类"),
    (What.ARRANGED, r"五落实|五到位"),
    (What.CLOSED, r"销号|闭环"),
    (What.RECTIFIED, r"(已|完成|落实)(整改|整治|治理|改)|(整改|整治)(完成|到位)?(数|数量|情况)?$|已完成"),
    (What.TRANSFERRED, r"移送|移交"),
    (
        What.SELF_FOUND,
        r"(企业|单位)自[查改报纠]+.{0,3}(发现|查出|排查出|隐患)(?!.*(企业|单位|家)(数|家数)?$)",
    ),  # hazards, no enterprises
    (What.SELF_REPORTS, r"(自查|自报|零报告).*(企业|单位|家)|(企业|单位)(自查|自报)"),
    (What.LED, r"带队"),
    (What.INSPECTIONS, r"检查|出动|督查|暗访|检查组|(排查|受检|查)的?(企业|单位)|人次|家次|参加"),
    (What.FIRMS, r"(在册|辖区|登记|应排查|企业总)(企业|单位|数)*|企业(总?数|家数)"),
    (What.FOUND, r"发现|排查|查出|查处隐患|隐患(数|总数|总量)?$|隐患|排查出"),
)
_READ: Final = tuple((what, re.compile(words)) for what, words in _WORDS)
_NOUNS: Final = re.compile(
    r"^(一般|重大|较大|事故|安全|生产|的)*(隐患|企业|单位|场所)(数|个数|家数)?$"
)  # what is done stands above
_THIS: Final = re.compile(r"本(周|期|月|旬|季|日|次)|当(日|月|周|期)|今日|新增|报告期")
_CUMULATIVE: Final = re.compile(
    r"累计|以来|至今|年初|本年(?!度?[末底])|[1一]月?[-—~至到]\d{1,2}月|今年|截[至止](本|上)(周|期|月|旬|季|日)|(本|上)(周|期|月|旬|季)止"
)
_AS_OF: Final = re.compile(r"截至|截止|目前|现有|期末|尚有|仍有")
_END: Final = re.compile("(截至|截止|到|至)?本?[周期月旬季年]度?[末底]")  # how many are left on that day
_DONE_NOW: Final = re.compile("(本|当)[周月旬季日](度|内)?(已|共)?(完成)?(整改|整治|销号)(?!率|的)")
_ELSEWHEN: Final = re.compile("上[周期月旬季年](?!.*(以来|至今))|去年|同期|同比|环比")
_START: Final = re.compile("[周期月旬季年]初(?!.*(以来|至今))")  # how many were left before the days began
_LEFT: Final = frozenset({What.UNRECTIFIED, What.OPEN, What.OVERDUE, What.LISTED_NOW})
_OF_HAZARDS: Final = frozenset(
    {*_LEFT, What.FOUND, What.RECTIFIED, What.CLOSED, What.ACTS, What.CLOSING, What.LISTED, What.SELF_FOUND}
)
_SUM: Final = re.compile(r"^(合计|总计|小计|共计|总数|计|全镇合计|全区合计|全市合计|合\s*计|总体|全镇)$")
_UNIT: Final = re.compile(r"[（(](个|家|家次|项|条|处|万元|元|起|份|次|人次|人|人/次|%|％|天|家/人|组)[)）]$")
_MAJOR, _GENERAL_LEVEL = re.compile(r"重大"), re.compile(r"一般")
_UNGRADED: Final = re.compile("[未待](定级|分级|评级|判定|定)|级别待定")
_CHAPTER: Final = re.compile("[一二三四五六七八九十]+、")
_LEADING: Final = re.compile(r"^(其中[:：]?|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[)）]|\d+[.、．])")
_PART_OF_TOWN: Final = re.compile("(片|片区|区片|区|组|线|网格|板块|辖区|管理区|工作站|街道|镇|乡)$")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a cell means. unit_id, sectors: where, () the whole. row_total, column_total: it is a (sub-)total.

    period: None where the headings do not say. amount: the unit in brackets. names, unread: headings that name a unit
    or a sector, and those that name what nobody knows; where any is unread, nobody knows of what the cell speaks.
    """

    what: What
    level: str = ""
    period: PeriodKind | None = None
    unit_id: str = ""
    sectors: tuple[str, ...] = ()
    row_total: str = ""
    column_total: bool = False
    amount: str = ""
    unread: tuple[str, ...] = ()
    names: tuple[str, ...] = ()

    @property
    def place(self) -> Place:
        """Where the headings say that it counts."""
        return Place(self.unit_id, self.sectors)

    @property
    def room(self) -> str:
        """The room that this waits for, "" where the platform has it or does not know it."""
        return _ROOM.get(self.what, "")


def bare(head: str) -> tuple[str, str]:
    """Return a heading without its numbering and its unit, and the unit."""
    text = _LEADING.sub("", plain(head))
    unit = _UNIT.search(text)
    return (_UNIT.sub("", text), unit[1].replace("％", "%")) if unit else (text, "")


def is_total(head: str) -> bool:
    """Tell whether a heading is that of a sum."""
    return _SUM.match(bare(head)[0]) is not None


def meaning_of(slot: Slot, units: Iterable[Participant] | Names = NO_NAMES, titles: Sequence[str] = ()) -> Meaning:
    """Return what the headings of a cell say. units: villages and departments by name. titles: of the form."""
    heads = [bare(one) for one in slot.heads]
    where = _Where()
    for line in (slot.row_heads, slot.column_heads):
        where.read([bare(one)[0] for one in line], names_for(units))
    said = [text for text, _ in heads if text not in where.names and not _SUM.match(text)]
    row_total = next((head for head in reversed(slot.row_heads) if is_total(head)), "")
    what = _what(said)
    if what is What.LISTED and any(_what([text]) in _LEFT for text in said):
        what = What.LISTED_NOW  # of what is left, not of all that was ever listed
    is_elsewhen = any(map(_ELSEWHEN.search, said)) or (what in _LEFT and any(map(_START.search, said)))
    if what in _OF_HAZARDS and is_elsewhen:
        what = What.ELSEWHEN
    is_named = bool(where.unit_id or where.sectors)  # beside a name, what nobody knows is what is counted
    return Meaning(
        what=what,
        level=_level(said),
        period=PeriodKind.AS_OF if what in _LEFT and _END.search("".join(said)) else _period([*titles, *said]),
        unit_id=where.unit_id,
        sectors=where.sectors,
        row_total=row_total,
        column_total=any(is_total(head) for head in slot.column_heads),
        amount=next((amount for _, amount in reversed(heads) if amount), ""),
        unread=() if what is What.UNKNOWN and is_named else tuple(dict.fromkeys(where.unread)),
        names=tuple(dict.fromkeys(where.known)),
    )


@dataclass(slots=True)
class _Where:
    """Of what the headings of a cell speak: the innermost of a line counts. names: headings that are only a name."""

    unit_id: str = ""
    sectors: tuple[str, ...] = ()
    names: set[str] = field(default_factory=set)
    known: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)

    def read(self, line: Sequence[str], names: Names) -> None:
        """Read the headings above or beside a cell; around a village what nobody knows may be a part of the town."""
        in_village = False
        for text in reversed(line):
            if _SUM.match(text):
                continue
            for word, place in named_in(text, names):
                if place is not None:
                    self.unit_id = self.unit_id or place.unit_id
                    self.sectors = self.sectors or place.sectors
                    self.known.append(word)
                    in_village = in_village or bool(place.unit_id)
                    self.names |= {text} if word == text else set()
                elif not (in_village and _PART_OF_TOWN.search(text)):
                    self.unread.append(word)


def without_period(heads: Sequence[str]) -> tuple[str, ...]:
    """Return headings without the words that say of which days: what stands beside each other, this period and so far,
    has the same."""
    bared = (bare(one)[0] for one in heads)
    texts = (_THIS.sub("", _CUMULATIVE.sub("", text)) for text in bared)
    return tuple(text for text in texts if text)


def _what(said: Sequence[str]) -> What:
    """Return what is counted: by the innermost heading that says it; a bare noun is done to as the one above says."""
    nouns = What.UNKNOWN
    for text in reversed(said):
        found = next((what for what, words in _READ if words.search(text)), What.UNKNOWN)
        if found is What.UNKNOWN:
            continue
        if not _NOUNS.match(text):
            return found if nouns is What.UNKNOWN or found is not What.INSPECTIONS else nouns
        nouns = found if nouns is What.UNKNOWN else nouns
    return nouns


def _level(said: Sequence[str]) -> str:
    for text in reversed(said):
        if _UNGRADED.search(text):
            return UNGRADED
        major, general = bool(_MAJOR.search(text)), bool(_GENERAL_LEVEL.search(text))
        if major != general:
            return "major" if major else "general"
    return ""


def _period(said: Sequence[str]) -> PeriodKind | None:
    for text in reversed(said):
        for kind, words in ((PeriodKind.CUMULATIVE, _CUMULATIVE), (PeriodKind.THIS, _THIS), (PeriodKind.AS_OF, _AS_OF)):
            if words.search(text):
                return kind
    return None


def inherited(slots: Sequence[Slot], found: Mapping[str, Meaning]) -> dict[str, Meaning]:
    """Return the meanings where 其中：重大 and the like count a part of what the cell before them counts, of the same
    days; so does an unnumbered row below a numbered one."""
    done = dict(found)
    numbered = {(slot.sheet, slot.column) for slot in slots if _is_numbered(slot)}
    for slot in slots:
        meaning = done[slot.address]
        is_below = (slot.sheet, slot.column) in numbered and not _is_numbered(slot) and len(slot.row_heads) == 1
        if not (is_part(slot) or (is_below and not meaning.row_total)) or _parts_rows(slot, meaning):
            continue
        before = _before(slot, slots, numbered_only=not is_part(slot))
        if before is not None:
            done[slot.address] = _part_of(meaning, done[before.address], slot)
    return done


def _part_of(meaning: Meaning, above: Meaning, slot: Slot) -> Meaning:
    """Return what a part means beside what it is a part of."""
    if meaning.what is What.UNKNOWN:
        if not is_part(slot):
            return meaning
        return replace(meaning, what=above.what, amount=meaning.amount or above.amount)
    if above.what not in _OF_HAZARDS:
        return meaning
    what: What = meaning.what
    if what is What.FOUND and any(_NOUNS.match(bare(one[-1])[0]) for one in (slot.row_heads, slot.column_heads) if one):
        what = above.what
    elif what is What.LISTED and above.what in _LEFT:
        what = What.LISTED_NOW
    elif what is What.SELF_REPORTS and above.what is What.FOUND and not meaning.amount:
        what = What.SELF_FOUND
    if what not in _OF_HAZARDS:
        return meaning
    level = meaning.level or (above.level if is_part(slot) else "")
    return replace(meaning, what=what, period=meaning.period or above.period, level=level)


def _is_numbered(slot: Slot) -> bool:
    return bool(slot.row_heads) and _CHAPTER.match(plain(slot.row_heads[-1])) is not None


def _parts_rows(slot: Slot, meaning: Meaning) -> bool:
    return bool(meaning.row_total) and not any(plain(head).startswith("其中") for head in slot.column_heads[-1:])


def says_done_now(slot: Slot) -> bool:
    """Tell whether one heading says what was done in the period: 本周整改到位, 本月销号数."""
    return any(_DONE_NOW.search(bare(head)[0]) for head in slot.heads)


def is_part(slot: Slot) -> bool:
    """Tell whether a cell counts a part of what another one counts."""
    leaves = (*slot.column_heads[-1:], *slot.row_heads[-1:])
    return any(plain(head).startswith("其中") for head in leaves)


def _before(slot: Slot, slots: Sequence[Slot], *, numbered_only: bool) -> Slot | None:
    """Return the cell of which a cell counts a part. numbered_only: a row that is itself no 其中."""
    by_row = numbered_only or any(plain(head).startswith("其中") for head in slot.row_heads[-1:])
    line = [
        one
        for one in slots
        if one.sheet == slot.sheet
        and not is_part(one)
        and (_is_numbered(one) or not numbered_only)
        and (
            one.column == slot.column and one.row < slot.row
            if by_row
            else one.row == slot.row and one.column < slot.column
        )
    ]
    return max(line, key=lambda one: (one.row, one.column), default=None)


def meanings(slots: Sequence[Slot], bindings: Mapping[str, Binding]) -> dict[str, Meaning]:
    """Return what bound cells mean to the cross-checks: the period and level that they are bound to count."""
    said = inherited(slots, {slot.address: meaning_of(slot) for slot in slots})
    found: dict[str, Meaning] = {}
    for slot in slots:
        meaning, binding = said[slot.address], bindings.get(slot.address)
        if binding is None:
            continue
        if binding.cells:
            meaning = _of_parts(meaning, [said[one] for one in binding.cells if one in said])
            meaning = replace(meaning, period=_period_of(meaning, bindings, binding.cells))
        else:
            said_period = meaning.period if binding.source is Source.TYPED else None  # nobody chose one for it
            meaning = replace(meaning, period=said_period or binding.period, level=binding.level or meaning.level)
            meaning = replace(meaning, what=What.ACTS) if binding.name in _ACTS else meaning
        if meaning.what is not What.UNKNOWN:
            found[slot.address] = meaning
    return found


_ACTS: Final = frozenset({"hazards.put_right", "hazards.closed", "hazards.handed_in"})


def _of_parts(meaning: Meaning, parts: Sequence[Meaning]) -> Meaning:
    """A sum counts what all its parts count, at their level where it is the same."""
    whats, levels = {one.what for one in parts}, {one.level for one in parts}
    if meaning.what is not What.UNKNOWN or len(whats) != 1:
        return meaning
    return replace(meaning, what=next(iter(whats)), level=next(iter(levels)) if len(levels) == 1 else "")


def _period_of(meaning: Meaning, bindings: Mapping[str, Binding], cells: Sequence[str]) -> PeriodKind | None:
    """A sum is of the days of what it adds up."""
    kinds = {bindings[one].period for one in cells if one in bindings and not bindings[one].cells}
    return next(iter(kinds)) if len(kinds) == 1 else meaning.period
