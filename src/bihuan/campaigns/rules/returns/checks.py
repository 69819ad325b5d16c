"""Cross-checks of a return as sentences that name cells (R9.8): what the bindings mean decides which hold."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from bihuan.campaigns.rules.returns.binding import Binding, PeriodKind
from bihuan.campaigns.rules.returns.computing import Filled
from bihuan.campaigns.rules.returns.grid import Slot
from bihuan.campaigns.rules.returns.meaning import Meaning, What, meanings


@dataclass(frozen=True, slots=True)
class Doubt:
    """A check that does not hold. cells: those it names. say: what does not fit, in words. firm: words do not help."""

    rule: str
    cells: tuple[str, ...]
    say: str
    firm: bool = False


@dataclass(frozen=True, slots=True)
class _Looked:
    """One cell with its meaning and number."""

    slot: Slot
    meaning: Meaning
    amount: Decimal

    def meets(self, other: "_Looked") -> bool:
        """Cells are compared in one row or one column, in the same period."""
        mine, its = self.slot, other.slot
        in_line = mine.sheet == its.sheet and (mine.row == its.row or mine.column == its.column)
        return in_line and self.meaning.period == other.meaning.period

    @property
    def said(self) -> str:
        return f"{self.slot.label} {self.amount:f}"


def doubts_of(
    slots: Sequence[Slot],
    bindings: Mapping[str, Binding],
    filled: Mapping[str, Filled],
    before: Mapping[str, Filled] | None = None,
    numbers: str = "",
) -> list[Doubt]:
    """Return every cross-check that does not hold. before: the same form of the period before, None without one.

    numbers: the explanation, which names the numbers of documents.
    """
    found = meanings(slots, bindings)
    looked = [
        _Looked(slot, found[slot.address], amount)
        for slot in slots
        if slot.address in found and (amount := _amount(filled, slot.address)) is not None
    ]
    doubts = [*_at_most(looked), *_differences(looked), *_penalties(looked), *_papers(looked, numbers)]
    doubts += _shares(slots, found, filled)
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


SHARES: Final = frozenset({What.RATE_RECTIFIED, What.RATE_CLOSED, What.RATE_LISTED})
_BY_LEVEL: Final = frozenset(
    {What.FOUND, What.RECTIFIED, What.CLOSED, What.UNRECTIFIED, What.OPEN, What.OVERDUE, What.MONEY}
)
_DOCUMENT: Final = re.compile(r"[〔［\[【(（]\s*(19|20)\d{2}\s*[〕］\]】)）]\s*第?\s*\d+\s*号")


def _at_most(looked: Sequence[_Looked]) -> Iterator[Doubt]:
    """Rectified ≤ found at the same level; major ≤ total; listed ≤ major.

    Of one period alone only major ≤ total holds: what is put right or listed in a week may have been found before it.
    """
    for part, whole in _pairs(looked):
        holds = part.meaning.period is not PeriodKind.THIS
        same_level = holds and part.meaning.level == whole.meaning.level
        for less, more, say in _AT_MOST:
            if (part.meaning.what, whole.meaning.what) == (less, more) and same_level and part.amount > whole.amount:
                yield _doubt(part, whole, say)
        is_major = part.meaning.level == "major" and whole.meaning.level == ""
        same_what = part.meaning.what is whole.meaning.what and part.meaning.what in _BY_LEVEL
        if is_major and same_what and part.amount > whole.amount:
            yield _doubt(part, whole, "重大隐患不能多于隐患总数")
        lists_major = holds and part.meaning.what is What.LISTED and whole.meaning.what is What.FOUND
        if lists_major and whole.meaning.level == "major" and part.amount > whole.amount:
            yield _doubt(part, whole, "挂牌督办的不能多于重大隐患")


def _differences(looked: Sequence[_Looked]) -> Iterator[Doubt]:
    """Unrectified = found − rectified, where all three stand in the form."""
    for one in looked:
        if one.meaning.what is not What.UNRECTIFIED or one.meaning.period is PeriodKind.THIS:
            continue
        found, fixed = (_beside(one, looked, what) for what in (What.FOUND, What.RECTIFIED))
        if found and fixed and found.amount - fixed.amount != one.amount:
            cells = (one.slot.address, found.slot.address, fixed.slot.address)
            yield Doubt("R9.8", cells, f"未整改应等于发现减已整改：{one.said}，{found.said}，{fixed.said}。")


def _beside(one: _Looked, looked: Sequence[_Looked], what: What) -> _Looked | None:
    """Return what stands in line; beside what is left at the end, that of all the days so far."""
    alike = [other for other in looked if other.meaning.what is what and other.meaning.level == one.meaning.level]
    mine = replace(one, meaning=replace(one.meaning, period=PeriodKind.CUMULATIVE))
    ways = [one, mine] if one.meaning.period is PeriodKind.AS_OF else [one]
    return next((other for way in ways for other in alike if way.meets(other)), None)


def _shares(slots: Sequence[Slot], found: Mapping[str, Meaning], filled: Mapping[str, Filled]) -> Iterator[Doubt]:
    """A share of what was found is never more than all of it; what is counted never is, what is typed may be."""
    for slot in slots:
        meaning, one = found.get(slot.address), filled.get(slot.address, Filled())
        is_share = meaning is not None and meaning.what in SHARES and one.is_rate and bool(one.of)
        if is_share and (one.amount or 0) > (one.of or 0):
            yield Doubt(
                "R9.8",
                (slot.address,),
                f"比率不能超过 100%：{slot.label} {one.text}，分子 {one.amount:f}，分母 {one.of:f}。",
            )


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
