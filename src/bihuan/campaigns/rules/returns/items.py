"""What a typed cell asks for, whatever the form: the same item, unit, place and days are one number (R9.8); and of whom
it can be asked: an enforcement figure of nobody without the power (安全生产法 art. 9, 行政处罚法 art. 24)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

from bihuan.campaigns.rules.returns.binding import Binding, PeriodKind, Source
from bihuan.campaigns.rules.returns.grid import Slot
from bihuan.campaigns.rules.returns.kinds import unit_of
from bihuan.campaigns.rules.returns.meaning import Meaning, bare, is_total, meaning_of, without_period
from bihuan.campaigns.rules.returns.rhythm import cumulative_since
from bihuan.orgs.rules import UnitKind

_FIRM: Final = "(企业|单位)?(数|家数|家次|个数)?"
# Each item with the unit that it has where a form gives none, and every way in which forms write it.
_WORDS: Final[tuple[tuple[str, str, str], ...]] = (
    ("检查组", "个", r"(派出|组织|出动|成立)?(联合|督查|安全)?检查组(数|个数)?"),
    ("检查人员", "人次", r"(出动|派出|参加|投入|组织)?(安全)?检查(人员|人次|人数)(数|次数)?|出动(人员|人次|人数)"),
    ("检查企业", "", rf"(组织|监督)?(检查|受检)(生产经营)?(企业|单位|家次){_FIRM}"),
    ("检查次数", "次", r"检查次数"),
    ("排查企业", "", rf"(组织)?排查(生产经营)?(企业|单位){_FIRM}"),
    ("执法检查企业", "家", rf"(行政)?执法检查(企业|单位){_FIRM}"),
    ("执法文书", "份", r"(下达|制作|下发)?(行政)?执法文书(数|份数)?"),
    ("立案", "起", r"(行政)?立案(查处)?(数|起数)?"),
    ("停产停业", "家", rf"(责令)?(停产|停业|停建|停工)(停产|停业|停建|停工)*(整顿)?{_FIRM}"),
    ("暂扣吊销", "个", r"暂扣[、或和]?吊销(证照|许可证)?(数|个数)?"),
    ("关闭取缔", "家", rf"关闭[、和]?取缔{_FIRM}"),
    ("关闭", "家", rf"(实际|依法)?关闭{_FIRM}"),
    ("取缔", "家", rf"(依法)?取缔{_FIRM}"),
    ("罚款", "", r"(处罚|行政|经济)?罚款(金额|额|数)?"),
    ("收缴罚款", "", r"(实际)?收缴罚款(金额|额)?"),
    ("曝光", "家", rf"(公开|媒体)?曝光{_FIRM}"),
    ("黑名单", "家", rf"(列入|纳入)?(联合惩戒)?[“\"]?黑名单[”\"]?{_FIRM}"),
    ("追究刑责", "人", r"追究(刑责|刑事责任)(人数)?"),
    ("宣传典型", "个", r"宣传(先进)?典型(数|个数)?"),
)
_NAMED: Final = tuple((name, unit, re.compile(f"^({words})$")) for name, unit, words in _WORDS)
_BASE: Final[Mapping[str, tuple[str, int]]] = {"万元": ("元", 10_000), "亿元": ("元", 100_000_000), "组": ("个", 1)}
_UNIT_HEAD: Final = re.compile("^(个|家|家次|项|条|处|起|份|次|人次|人|家/人|人/次|户|组|%|万元|元|亿元)$")
_OF_ENFORCERS: Final = re.compile("执法|处罚|计划检查|专项检查|其他检查|复查检查|随机抽查|举报案件检查|曝光|黑名单")
_OF_TOWN: Final = re.compile("领导督办|督办责任|问责|追责")
_OF_NO_VILLAGE: Final = re.compile("约谈")
ENFORCEMENT: Final = "enforcement"
OF_TOWN: Final = frozenset({UnitKind.TOWN, UnitKind.OFFICE})  # answer for the whole town


class Span(NamedTuple):
    """Of which days a number speaks, both inclusive; since None: how it stands at the end of the last."""

    since: date | None
    until: date


class Item(NamedTuple):
    """What is asked for. name: of the known ones, else all the headings. unit: in which it is kept, money in 元."""

    name: str
    unit: str
    unit_id: str = ""
    sectors: tuple[str, ...] = ()
    level: str = ""


class Asked(NamedTuple):
    """One number, wherever it is asked for: an item and its days."""

    item: Item
    span: Span


@dataclass(frozen=True, slots=True)
class ItemCell:
    """A typed cell of a form. scale: how many of the item's unit make one of the cell's."""

    address: str
    asked: Asked
    scale: int = 1

    def to_item(self, amount: Decimal) -> Decimal:
        """Return a number of the cell in the item's unit."""
        return amount * self.scale

    def to_cell(self, amount: Decimal) -> Decimal:
        """Return a number of the item in the cell's unit."""
        return amount / self.scale


def item_cells(
    slots: Sequence[Slot],
    bindings: Mapping[str, Binding],
    said: Mapping[str, Meaning],
    *,
    since: date,
    until: date,
    cumulative_from: date | None,
) -> dict[Asked, ItemCell]:
    """Return the typed cells of a form by what each asks for; what two cells would ask is asked by neither.

    said: what the headings say, with the names of the town. cumulative_from: of the form.
    """
    found: dict[Asked, ItemCell] = {}
    twice: set[Asked] = set()
    starts = cumulative_since(cumulative_from, until)
    for slot in slots:
        binding = bindings.get(slot.address)
        if binding is None or binding.source is not Source.TYPED:
            continue
        kind = said[slot.address].period or binding.period
        begins = {PeriodKind.THIS: since, PeriodKind.CUMULATIVE: starts}.get(kind)
        item, scale = _item(slot, said[slot.address])
        asked = Asked(item, Span(begins, until))
        if asked in found:
            twice.add(asked)
        found[asked] = ItemCell(slot.address, asked, scale)
    return {asked: cell for asked, cell in found.items() if asked not in twice}


def _item(slot: Slot, meaning: Meaning) -> tuple[Item, int]:
    names = [*_names(slot, meaning)]
    said = names[-1] if names else ""
    known = next(((name, unit) for name, unit, words in _NAMED if words.match(said)), None)
    name, usual = known if known is not None else ("/".join(names), "")
    unit, scale = _BASE.get(unit_of(slot) or usual, (unit_of(slot) or usual, 1))
    return Item(name, unit, meaning.unit_id, meaning.sectors, meaning.level if known is None else ""), scale


def _names(slot: Slot, meaning: Meaning) -> Iterator[str]:
    """Yield the headings that say what is counted: no days, no totals, no units, nobody's name."""
    for line in (slot.row_heads, slot.column_heads):
        for text in without_period(line):
            bared = bare(text)[0]
            if bared and not is_total(bared) and not _UNIT_HEAD.match(bared) and bared not in meaning.names:
                yield bared


def is_asked_of(slot: Slot, binding: Binding, kind: UnitKind, *, enforces: bool) -> bool:
    """Tell whether a unit can know the number of a cell that nobody counts. kind: of the unit. enforces: it has people
    with an enforcement certificate."""
    heads = "/".join(slot.heads)
    if kind in OF_TOWN or binding.cells:
        return True
    if _OF_TOWN.search(heads) or (kind is UnitKind.VILLAGE and _OF_NO_VILLAGE.search(heads)):
        return False
    is_enforcement = ENFORCEMENT in binding.waits or meaning_of(slot).room == ENFORCEMENT or _OF_ENFORCERS.search(heads)
    return enforces or binding.source is not Source.TYPED or not is_enforcement
