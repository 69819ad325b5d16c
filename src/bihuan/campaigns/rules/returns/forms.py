"""Where a form is, and whether it can be used: every cell that wants a number is bound, or left empty on purpose."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Final

from bihuan.campaigns.rules.returns.binding import COMPUTED, FIGURES, Binding, Source
from bihuan.campaigns.rules.returns.grid import Slot
from bihuan.campaigns.rules.returns.meaning import Meaning
from bihuan.kernel.errors import Refusal

SHOWN: Final = 5
PARTS_OF_A_DIFFERENCE: Final = 2


class FormState(StrEnum):
    """Where a form is."""

    BINDING = "binding"
    IN_USE = "in_use"
    RETIRED = "retired"


TOWN_OFFICE: Final = "镇安监办"
TOWN: Final = "town"  # the kind of unit that reports above the town


def reports_to(to_whom: str, unit_kind: str) -> str:
    """Return whom a unit reports to: the town its superior, everybody else the town's office, which adds them up."""
    return to_whom if unit_kind == TOWN else TOWN_OFFICE


FORM_STATE_NAMES: Final[dict[FormState, str]] = {
    FormState.BINDING: "待绑定",
    FormState.IN_USE: "在用",
    FormState.RETIRED: "已停用",
}


def state_words(state: str, *, in_use_on: date | None, retired_on: date | None, is_newer: bool, today: date) -> str:
    """Return where a form is, in words. is_newer: it is the newer edition of another, and waits to be used; from which
    day that is used and until when the other was is said while it is still to come."""
    if state == FormState.BINDING and is_newer:
        return "新版式，待换用"
    if state == FormState.IN_USE and in_use_on is not None and in_use_on > today:
        return f"{in_use_on.month}月{in_use_on.day}日那期起用"
    if state == FormState.RETIRED and retired_on is not None and retired_on > today:
        return f"{retired_on.month}月{retired_on.day}日那期起换新"
    return FORM_STATE_NAMES[FormState(state)]


def counts_too_much(binding: Binding | None, meaning: Meaning) -> bool:
    """Tell whether a cell counts more than its headings name: a village, a sector, or what nobody knows (R9.8).

    A person may say that the whole is meant; whoever chose a place for a name that nobody knows has said it too.
    """
    if binding is None or binding.source not in FIGURES or binding.whole:
        return False
    leaves_out = (meaning.unit_id and not binding.unit_id) or (meaning.sectors and not binding.sectors)
    is_unsaid = bool(meaning.unread) and (binding.unit_id, binding.sectors) == meaning.place
    return bool(leaves_out) or is_unsaid


def suggested_otherwise(bindings: Mapping[str, Binding], found: Mapping[str, Binding]) -> dict[str, Binding | None]:
    """Return the cells that stand as they were once suggested and would be suggested otherwise today, each with what it
    would be bound to, None where a person would be asked. What a person chose is theirs. found: what is suggested."""
    return {
        address: found.get(address)
        for address, one in bindings.items()
        if not one.chosen_by and not _gives_the_same(one, found.get(address))
    }


def _gives_the_same(one: Binding, other: Binding | None) -> bool:
    """Tell whether two bindings fill a cell with the same: of what is typed it is what the person writes."""
    if other is None:
        return False
    return one.same_as(other) or one.source is other.source is Source.TYPED


def named_words(meaning: Meaning) -> str:
    """Return the words of a cell's headings that name somebody, as a sentence quotes them."""
    return "、".join(f"“{word}”" for word in meaning.unread or meaning.names)


def must_be_placed(slots: Sequence[Slot], bindings: Mapping[str, Binding], meanings: Mapping[str, Meaning]) -> None:
    """Raise Refusal while cells count more than their headings name."""
    left = [slot for slot in slots if counts_too_much(bindings.get(slot.address), meanings[slot.address])]
    if left:
        first = left[0]
        say = (
            f"{first.label}写着{named_words(meanings[first.address])}，现在取的却是全部的数"
            f"{f'，这样的有 {len(left)} 格' if len(left) > 1 else ''}。"
            "请选是哪个单位或行业；确实按全部算的，勾“就按全部算”。"
        )
        raise Refusal("returns.unplaced", say, field="whole")


def unbound(slots: Sequence[Slot], bindings: Mapping[str, Binding]) -> list[Slot]:
    """Return the cells for which nobody has said what they want."""
    return [slot for slot in slots if slot.address not in bindings]


def must_be_whole(slots: Sequence[Slot], bindings: Mapping[str, Binding]) -> None:
    """Raise Refusal while cells are unbound, naming the first ones."""
    left = unbound(slots, bindings)
    if left:
        named = "、".join(slot.label for slot in left[:SHOWN])
        more = f"等 {len(left)} 格" if len(left) > SHOWN else ""
        raise Refusal("returns.unbound", f"还有 {len(left)} 格没有定取什么数：{named}{more}。选定后再启用。")


def refused_binding(
    address: str, binding: Binding, slots: Mapping[str, Slot], bindings: Mapping[str, Binding], known: Collection[str]
) -> str:
    """Tell why a cell cannot be bound so, or "". known: names of what is measured, and keys of indicators."""
    if address not in slots:
        return "表里没有这一格，请刷新页面重选。"
    if binding.source in {Source.MEASURE, Source.INDICATOR} and binding.name not in known:
        return "没有这个统计口径，请从列出的里面选。"
    if binding.source not in COMPUTED:
        return ""
    if not binding.cells or any(one not in slots for one in binding.cells):
        return "请写由哪几格算出，如 C5 D5。"
    if binding.source is Source.RATE and not all(binding.parts):
        return "比率要写分子和分母，用 ÷ 隔开，如 G6 ÷ F6，几格相加的写 G6+J6 ÷ F6+I6。"
    if binding.source is Source.DIFFERENCE and len(binding.cells) < PARTS_OF_A_DIFFERENCE:
        return "相减至少要两格：被减的在前。"
    if address in _under(binding.cells, bindings):
        return "这样算会绕回这一格自己，请换几格。"
    return ""


def _under(cells: Collection[str], bindings: Mapping[str, Binding]) -> set[str]:
    """Return all cells from which these follow, themselves included."""
    found: set[str] = set()
    left = list(cells)
    while left:
        one = left.pop()
        if one not in found:
            found.add(one)
            left += bindings[one].cells if one in bindings else ()
    return found
