"""Where a form is, and whether it can be used: every cell that wants a number is bound, or left empty on purpose."""

from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum
from typing import Final

from bihuan.campaigns.rules.returns.binding import COMPUTED, Binding, Source
from bihuan.campaigns.rules.returns.grid import Slot
from bihuan.kernel.errors import Refusal

SHOWN: Final = 5
PARTS_OF_A_RATE: Final = 2


class FormState(StrEnum):
    """Where a form is."""

    BINDING = "binding"
    IN_USE = "in_use"
    RETIRED = "retired"


FORM_STATE_NAMES: Final[dict[FormState, str]] = {
    FormState.BINDING: "待绑定",
    FormState.IN_USE: "在用",
    FormState.RETIRED: "已停用",
}


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
    if binding.source is Source.RATE and len(binding.cells) != PARTS_OF_A_RATE:
        return "比率由两格算出：分子在前，分母在后。"
    if binding.source is Source.DIFFERENCE and len(binding.cells) < PARTS_OF_A_RATE:
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
