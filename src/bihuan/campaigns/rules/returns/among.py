"""Own indicators of which one is declared a part of another: no more than it, and not added up with it (R9.8)."""

from collections.abc import Iterator, Mapping, Sequence

from bihuan.campaigns.rules.own_kept import line_of
from bihuan.campaigns.rules.returns.binding import Binding, Source
from bihuan.campaigns.rules.returns.computing import Filled
from bihuan.campaigns.rules.returns.doubts import Doubt
from bihuan.campaigns.rules.returns.grid import Slot


def own_parts(slots: Sequence[Slot], bindings: Mapping[str, Binding], filled: Mapping[str, Filled]) -> Iterator[Doubt]:
    """Yield what does not hold between a part and its whole, where both stand in the form for the same place and days;
    and totals that count a part twice, with its whole."""
    labels = {slot.address: slot.label for slot in slots}
    own = {address: one for address, one in bindings.items() if address in labels and one.source is Source.OWN}
    wholes = [
        (part, whole)
        for part in own
        for whole in own
        if _part_of(own[part]) and _part_of(own[part]) == _line(own[whole])
    ]
    for part, whole in wholes:
        less, more = filled.get(part, Filled()), filled.get(whole, Filled())
        if _place(own[part]) != _place(own[whole]) or less.amount is None or more.amount is None:
            continue
        if less.amount > more.amount:
            say = f"其中的不能多于总数：{labels[part]} {less.amount:f}，{labels[whole]} {more.amount:f}。"
            yield Doubt("R9.8", (part, whole), say)
    for address, one in bindings.items():
        for part, whole in wholes:
            if one.source is Source.SUM and {part, whole} <= set(one.cells) and address in labels:
                say = f"合计里有“其中”，算了两遍：{labels[address]}既加了{labels[whole]}，又加了{labels[part]}。"
                yield Doubt("R9.8", (address, part, whole), say)


def _part_of(one: Binding) -> str:
    return str((one.own or {}).get("part_of", ""))


def _line(one: Binding) -> str:
    return line_of(one.own or {}, one.name)


def _place(one: Binding) -> tuple[object, ...]:
    return one.period, one.unit_id, one.sectors, one.level, one.amount
