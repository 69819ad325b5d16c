"""Cross-checks of a return as sentences that name cells (R9.8): what the bindings mean decides which hold."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from bihuan.campaigns.rules.returns.among import own_parts
from bihuan.campaigns.rules.returns.binding import Binding, PeriodKind
from bihuan.campaigns.rules.returns.computing import Filled
from bihuan.campaigns.rules.returns.doubts import Doubt
from bihuan.campaigns.rules.returns.grid import Slot
from bihuan.campaigns.rules.returns.kinds import HUNDRED, Holds, holds, unit_of
from bihuan.campaigns.rules.returns.meaning import Meaning, What, meaning_of, meanings, without_period
from bihuan.campaigns.rules.returns.suggest import total_parts
from bihuan.hazards.rules.found import UNGRADED
from bihuan.hazards.rules.states import Level


@dataclass(frozen=True, slots=True)
class _Looked:
    """One cell with its meaning and number."""

    slot: Slot
    meaning: Meaning
    amount: Decimal

    def meets(self, other: "_Looked") -> bool:
        """Cells are compared in one row or one column, of the same place, in the same period."""
        mine, its = self.slot, other.slot
        in_line = mine.sheet == its.sheet and (mine.row == its.row or mine.column == its.column)
        return in_line and self.meaning.period == other.meaning.period and self.named == other.named

    @property
    def named(self) -> frozenset[str]:
        """The names in its headings: of whom it speaks."""
        return frozenset((*self.meaning.names, *self.meaning.unread))

    @property
    def said(self) -> str:
        return f"{self.slot.label} {self.amount:f}"


def doubts_of(
    slots: Sequence[Slot],
    bindings: Mapping[str, Binding],
    filled: Mapping[str, Filled],
    before: Mapping[str, Filled] | None = None,
    numbers: str = "",
    *,
    covers: bool = True,
) -> list[Doubt]:
    """Return every cross-check that does not hold. before: the same form of the period before, None without one.

    numbers: the explanation, which names the numbers of documents. covers: what is so far begins no later than the
    period itself.
    """
    found = meanings(slots, bindings)
    looked = [
        _Looked(slot, found[slot.address], amount)
        for slot in slots
        if slot.address in found and (amount := _amount(filled, slot.address)) is not None
    ]
    doubts = [
        *_kinds(slots, bindings, filled),
        *_totals(slots, bindings, filled),
        *own_parts(slots, bindings, filled),
    ]
    doubts += [
        *_at_most(looked, _rises(bindings)),
        *_differences(looked),
        *_levels(looked),
        *_penalties(looked),
        *_papers(looked, numbers),
    ]
    if covers:
        doubts += _within(looked)
    if before is not None:
        doubts += _falling(looked, before)
    return doubts


def _amount(filled: Mapping[str, Filled], address: str) -> Decimal | None:
    one = filled.get(address)
    return None if one is None or one.is_rate else one.amount


_AT_MOST: Final[tuple[tuple[What, What, str], ...]] = (
    (What.RECTIFIED, What.FOUND, "已整改不能多于发现的"),
    (What.CLOSED, What.FOUND, "已销号不能多于发现的"),
)
_BY_LEVEL: Final = frozenset(
    {What.FOUND, What.RECTIFIED, What.CLOSED, What.UNRECTIFIED, What.OPEN, What.OVERDUE, What.MONEY}
)
_VISITED: Final = re.compile("(检查|受检|排查).{0,4}(企业|单位)")
_DOCUMENT: Final = re.compile(r"[〔［\[【(（]\s*(19|20)\d{2}\s*[〕］\]】)）]\s*第?\s*\d+\s*号")


def _kinds(slots: Sequence[Slot], bindings: Mapping[str, Binding], filled: Mapping[str, Filled]) -> Iterator[Doubt]:
    """Nothing is less than nought, no share is more than the whole, and what is counted comes in whole numbers."""
    for slot in slots:
        one = filled.get(slot.address, Filled())
        if one.amount is None:
            continue
        kind = holds(slot, bindings.get(slot.address), meaning_of(slot))
        share = one if one.is_rate else replace(one, of=HUNDRED) if kind is Holds.SHARE else None
        if one.amount < 0:
            yield Doubt("R9.8", (slot.address,), f"不会少于 0：{slot.label} {one.text}。")
        if share is not None and share.of and one.amount > share.of:
            parts = "" if one.typed else f"，分子 {one.amount:f}，分母 {share.of:f}"
            yield Doubt("R9.8", (slot.address,), f"比率不能超过 100%：{slot.label} {one.text}{parts}。")
        if kind is Holds.COUNT and not one.is_rate and one.amount != one.amount.to_integral_value():
            of = unit_of(slot) or "个数"
            yield Doubt("R9.8", (slot.address,), f"数的是“{of}”，应是整数：{slot.label} {one.text}。")


def _totals(slots: Sequence[Slot], bindings: Mapping[str, Binding], filled: Mapping[str, Filled]) -> Iterator[Doubt]:
    """A total is the sum of its rows, by each classification of them, or of the columns beside it."""
    labels = {slot.address: slot.label for slot in slots}
    for total, cells in total_parts(slots, bindings):
        amount = _amount(filled, total)
        parts = [filled.get(one, Filled()) for one in cells]
        if amount is None or any(one.is_rate or (one.amount is None and not one.is_elsewhere) for one in parts):
            continue
        summed = sum((one.amount or Decimal(0) for one in parts), Decimal(0))
        if summed != amount:
            named = "、".join(cells) if len(cells) <= SHOWN else f"{cells[0]} 至 {cells[-1]} {len(cells)} 格"
            yield Doubt(
                "R9.8", (total,), f"合计应等于各格相加：{labels[total]} {amount:f}，{named}加起来是 {summed:f}。"
            )


SHOWN: Final = 6


def _rises(bindings: Mapping[str, Binding]) -> frozenset[str]:
    """Return the cells that count what was listed in the days, whenever it was found."""
    return frozenset(address for address, one in bindings.items() if one.name == "hazards.ever_listed")


def _at_most(looked: Sequence[_Looked], rises: frozenset[str]) -> Iterator[Doubt]:
    """Rectified ≤ found at the same level; major ≤ total; listed ≤ major.

    What is rectified of a period is of what was found in it, and so is what is listed, unless the cell counts what was
    listed in the period, whenever it was found. rises: the cells that do.
    """
    for part, whole in _pairs(looked):
        same_level = part.meaning.level == whole.meaning.level
        for less, more, say in _AT_MOST:
            if (part.meaning.what, whole.meaning.what) == (less, more) and same_level and part.amount > whole.amount:
                yield _doubt(part, whole, say)
        is_major = part.meaning.level == "major" and whole.meaning.level == ""
        same_what = part.meaning.what is whole.meaning.what and part.meaning.what in _BY_LEVEL
        if is_major and same_what and part.amount > whole.amount:
            yield _doubt(part, whole, "重大隐患不能多于隐患总数")
        of_before = part.meaning.period is PeriodKind.THIS and part.slot.address in rises
        lists = part.meaning.what is What.LISTED and not of_before
        lists_major = lists and whole.meaning.what is What.FOUND and whole.meaning.level == "major"
        if lists_major and part.amount > whole.amount:
            yield _doubt(part, whole, "挂牌督办的不能多于重大隐患")
        if part.meaning.what is What.LED and _is_visits(whole) and part.amount > whole.amount:
            yield _doubt(part, whole, "领导带队检查的不能多于检查的企业")


def _is_visits(one: _Looked) -> bool:
    """Tell whether a cell counts enterprises inspected, not groups or people."""
    return one.meaning.what is What.INSPECTIONS and any(_VISITED.search(head) for head in one.slot.heads)


def _within(looked: Sequence[_Looked]) -> Iterator[Doubt]:
    """What happened in the period is a part of what happened so far, where both stand under the same headings."""
    so_far = {_heads(one): one for one in looked if one.meaning.period is PeriodKind.CUMULATIVE}
    for one in looked:
        whole = so_far.get(_heads(one)) if one.meaning.period is PeriodKind.THIS else None
        if whole is not None and one.amount > whole.amount:
            yield _doubt(one, whole, "本期不能多于累计")


def _heads(one: _Looked) -> tuple[int, tuple[str, ...], tuple[str, ...]]:
    slot = one.slot
    return slot.sheet, without_period(slot.row_heads), without_period(slot.column_heads)


def _differences(looked: Sequence[_Looked]) -> Iterator[Doubt]:
    """Unrectified = found − rectified, where all three stand in the form."""
    for one in looked:
        if one.meaning.what is not What.UNRECTIFIED:
            continue
        found, fixed = (_beside(one, looked, what) for what in (What.FOUND, What.RECTIFIED))
        if found and fixed and found.amount - fixed.amount != one.amount:
            cells = (one.slot.address, found.slot.address, fixed.slot.address)
            yield Doubt("R9.8", cells, f"未整改应等于发现减已整改：{one.said}，{found.said}，{fixed.said}。")


def _levels(looked: Sequence[_Looked]) -> Iterator[Doubt]:
    """All = 一般 + 重大 + 未定级 where all stand in the form; without a cell for 未定级 no less than the two (R3.1)."""
    for one in looked:
        if one.meaning.what not in _BY_LEVEL or one.meaning.level:
            continue
        parts = {level: _of_level(one, level, looked) for level in (*map(str, Level), UNGRADED)}
        told = [part for part in parts.values() if part is not None]
        summed = sum((part.amount for part in told), Decimal(0))
        is_whole = parts[UNGRADED] is not None
        if not all(parts[level] for level in Level) or summed == one.amount or (not is_whole and summed < one.amount):
            continue
        words = "一般、重大和未定级的加起来应等于总数" if is_whole else "一般和重大的加起来不能多于总数"
        cells = (one.slot.address, *(part.slot.address for part in told))
        yield Doubt("R9.8", cells, f"{words}：{'，'.join(part.said for part in (one, *told))}。")


def _of_level(whole: _Looked, level: str, looked: Sequence[_Looked]) -> _Looked | None:
    """Return the cell in line that counts the same at one level."""
    what = whole.meaning.what
    alike = (one for one in looked if (one.meaning.what, one.meaning.level) == (what, level))
    return next((one for one in alike if one.meets(whole)), None)


def _beside(one: _Looked, looked: Sequence[_Looked], what: What) -> _Looked | None:
    """Return what stands in line; beside what is left at the end, that of all the days so far."""
    alike = [other for other in looked if other.meaning.what is what and other.meaning.level == one.meaning.level]
    mine = replace(one, meaning=replace(one.meaning, period=PeriodKind.CUMULATIVE))
    ways = [one, mine] if one.meaning.period is PeriodKind.AS_OF else [one]
    return next((other for way in ways for other in alike if way.meets(other)), None)


def _penalties(looked: Sequence[_Looked]) -> Iterator[Doubt]:
    """A fine above zero needs a case."""
    for fine, case in _pairs(looked):
        if (fine.meaning.what, case.meaning.what) == (What.FINE, What.CASES) and fine.amount > 0 and case.amount < 1:
            yield _doubt(fine, case, "有罚款就至少有一起立案")


def _papers(looked: Sequence[_Looked], numbers: str) -> Iterator[Doubt]:
    """A stop or a closure needs the number of its document."""
    for one in looked:
        if one.meaning.what is What.STOPPED and one.amount > 0 and not _DOCUMENT.search(numbers):
            say = f"责令停产停业、关闭取缔要有文书：{one.said}，请在说明里写明文号，如“示安监罚〔2018〕3号”。"
            yield Doubt("R9.8", (one.slot.address,), say, firm=True)


def _falling(looked: Sequence[_Looked], before: Mapping[str, Filled]) -> Iterator[Doubt]:
    for one in looked:
        earlier = _amount(before, one.slot.address)
        if one.meaning.period is PeriodKind.CUMULATIVE and earlier is not None and one.amount < earlier:
            say = f"累计数比上一期少了：{one.said}，上一期是 {earlier:f}。"
            yield Doubt("R9.8", (one.slot.address,), say)


def _pairs(looked: Sequence[_Looked]) -> Iterator[tuple[_Looked, _Looked]]:
    for one in looked:
        for other in looked:
            if one is not other and one.meets(other):
                yield one, other


def _doubt(part: _Looked, whole: _Looked, say: str) -> Doubt:
    return Doubt("R9.8", (part.slot.address, whole.slot.address), f"{say}：{part.said}，{whole.said}。")
