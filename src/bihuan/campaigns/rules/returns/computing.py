"""The numbers of a return: figures as they were asked, typed ones, and those that follow from other cells."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

from bihuan.campaigns.rules.returns.binding import COMPUTED, Binding, Source
from bihuan.campaigns.rules.terms import NOTHING, Kind, said

NO_FIGURE: Final = "还没有数：请填写，并写明理由。"
NOT_YOURS: Final = "不归本单位。"
NOT_ASKED: Final = NOT_YOURS + "由镇安监办或者有权办的部门填，本单位不用填。"
NEEDS: Final = "要先有 "
CIRCLE: Final = "这一格的合计绕回了自己，请重新定合计哪几格。"
LONGEST_NUMBER: Final = 15
_THOUSANDS: Final = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d*)?", re.ASCII)
_NARROW: Final = str.maketrans("０１２３４５６７８９．，", "0123456789.,")


@dataclass(frozen=True, slots=True)
class Filled:
    """What stands in a cell. amount: None where there is no number; of: the denominator of a rate, None else.

    typed: a person wrote it, with this reason, and at (an ISO instant in UTC). alone: it is meant for this form only.
    taken: the title of the other form in which it was typed, taken_from: that return and its cell, "id?cell=D6". was:
    what stood here before it was typed anew there. summed: of what it was added up in other returns. why: why there is
    no number.
    """

    amount: Decimal | None = None
    of: Decimal | None = None
    is_rate: bool = False
    typed: str = ""
    typed_by: str = ""
    why: str = ""
    summed: str = ""
    at: str = ""
    alone: bool = False
    taken: str = ""
    taken_from: str = ""
    was: str = ""

    @property
    def is_elsewhere(self) -> bool:
        """Whether it is not this unit's to say."""
        return self.why.startswith(NOT_YOURS)

    @property
    def text(self) -> str:
        """The number as the form shows it; "—" where there is none, and over zero."""
        if self.amount is None:
            return NOTHING
        if self.is_rate:
            return _rate(self.amount, self.of)
        return number_text(self.amount)

    @property
    def follows(self) -> bool:
        """Whether it lacks only what other cells lack."""
        return self.why.startswith(NEEDS)

    @property
    def is_there(self) -> bool:
        """Whether the cell says something; a rate over zero does."""
        return self.amount is not None

    def kept(self) -> dict[str, Any]:
        """Return it as plain values."""
        values = {
            "amount": None if self.amount is None else str(self.amount),
            "of": None if self.of is None else str(self.of),
            "rate": self.is_rate,
            "typed": self.typed,
            "typed_by": self.typed_by,
            "why": self.why,
            "summed": self.summed,
            "at": self.at,
            "alone": self.alone,
            "taken": self.taken,
            "taken_from": self.taken_from,
            "was": self.was,
        }
        return {name: value for name, value in values.items() if value not in {None, "", False}}


def filled_of(kept: Mapping[str, Any]) -> Filled:
    """Return what `kept` wrote down."""
    amount, of = kept.get("amount"), kept.get("of")
    return Filled(
        amount=None if amount is None else Decimal(amount),
        of=None if of is None else Decimal(of),
        is_rate=kept.get("rate", False),
        typed=kept.get("typed", ""),
        typed_by=kept.get("typed_by", ""),
        why=kept.get("why", ""),
        summed=kept.get("summed", ""),
        at=kept.get("at", ""),
        alone=kept.get("alone", False),
        taken=kept.get("taken", ""),
        taken_from=kept.get("taken_from", ""),
        was=kept.get("was", ""),
    )


def waiting_for(*cells: str) -> str:
    """Return why a cell has no number that follows from others."""
    return f"{NEEDS}{'、'.join(cells)} 的数。"


def number_text(amount: Decimal) -> str:
    """Return a number without needless noughts; at most two decimals."""
    if amount == amount.to_integral_value():
        return str(int(amount))
    return str(amount.quantize(Decimal("0.01"), ROUND_HALF_UP).normalize())


def read_number(text: str) -> Decimal | None:
    """Return a number that a person typed, None where it is none: no exponents, no signs, at most two decimals.

    Full-width digits, points and commas are the same as narrow ones; commas part thousands alone: 12,5 is none.
    """
    narrow = text.strip().translate(_NARROW)
    if "," in narrow and not _THOUSANDS.fullmatch(narrow):
        return None
    bare = narrow.replace(",", "")
    whole, _, rest = bare.partition(".")
    is_number = whole.isascii() and whole.isdigit() and (not rest or (rest.isascii() and rest.isdigit()))
    if not is_number or len(bare) > LONGEST_NUMBER or len(rest) > 2 or bare.endswith("."):
        return None
    return Decimal(bare)


def fill(bindings: Mapping[str, Binding], figures: Mapping[str, Filled]) -> dict[str, Filled]:
    """Return every bound cell with its number. figures: those asked and those typed; the others follow from them."""
    done: dict[str, Filled] = {}
    for address in bindings:
        _settle(address, bindings, figures, done, frozenset())
    return done


def _settle(
    address: str,
    bindings: Mapping[str, Binding],
    figures: Mapping[str, Filled],
    done: dict[str, Filled],
    under: frozenset[str],
) -> Filled:
    if address in done:
        return done[address]
    if address in under:
        return Filled(why=CIRCLE)
    binding = bindings.get(address)
    if address in figures or binding is None or binding.source not in COMPUTED:
        found = figures.get(address, Filled(why="" if _is_blank(binding) else NO_FIGURE))
    else:
        parts = {one: _settle(one, bindings, figures, done, under | {address}) for one in binding.cells}
        found = _computed(binding, parts)
    if address not in under:
        done[address] = found
    return found


def _is_blank(binding: Binding | None) -> bool:
    return binding is not None and binding.source is Source.BLANK


def _computed(binding: Binding, parts: Mapping[str, Filled]) -> Filled:
    is_rate = binding.source is Source.RATE
    if parts and all(part.is_elsewhere for part in parts.values()):
        return Filled(is_rate=is_rate, why=NOT_YOURS)
    sides: tuple[tuple[str, ...], ...] = binding.parts if is_rate else (binding.cells,)
    if binding.source is not Source.DIFFERENCE:
        sides = tuple(_of_ours(side, parts) for side in sides)
    missing = [one for side in sides for one in side if parts[one].amount is None]
    if missing or not all(sides):
        circle = next((part.why for part in parts.values() if part.why == CIRCLE), "")
        return Filled(is_rate=is_rate, why=circle or waiting_for(*dict.fromkeys(missing)))
    if is_rate:
        return Filled(_sum(sides[0], parts), _sum(sides[1], parts), is_rate=True)
    if binding.source is Source.SUM:
        return Filled(_sum(sides[0], parts))
    first, *rest = sides[0]
    return Filled(_sum([first], parts) - _sum(rest, parts))


def _of_ours(cells: tuple[str, ...], parts: Mapping[str, Filled]) -> tuple[str, ...]:
    """Leave out of a sum what is not of this unit; where nothing is, all of it stays."""
    return tuple(one for one in cells if not parts[one].is_elsewhere) or cells


def _sum(cells: Iterable[str], parts: Mapping[str, Filled]) -> Decimal:
    return sum((parts[one].amount or Decimal(0) for one in cells), Decimal(0))


def _rate(amount: Decimal, of: Decimal | None) -> str:
    whole, scale = of or Decimal(0), Decimal(100)
    return said(Kind.RATE, int(amount * scale), int(whole * scale))
