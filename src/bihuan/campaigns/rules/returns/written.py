"""What a person writes of the cells that a cell follows from: single ones, a range of them, the parts of a rate."""

import re
import unicodedata
from collections.abc import Collection, Iterator
from typing import Final

from bihuan.campaigns.rules.returns.binding import Source

MOST_IN_RANGE: Final = 400
HOW: Final[dict[Source, str]] = {
    Source.SUM: "几格用空格或加号隔开，如 C7 C9；连着的一段写 C7:C18",
    Source.RATE: "分子和分母用 ÷ 隔开，如 D5 ÷ C5；几格相加的写 D5+G5 ÷ C5+F5",
    Source.DIFFERENCE: "被减的在前，用空格或减号隔开，如 C5 - D5",
}
_CELL: Final = r"(?:\d+!)?[A-Z]{1,3}\d+"
_RANGE: Final = re.compile(rf"({_CELL})\s*(?::|至|到|~|—+|…+|\.\.+)\s*({_CELL})")
_FORMULA: Final = re.compile(r"^=?\s*SUM\s*\((.*)\)$|^=")
_PARTED: Final = r"[\s,;、+()]|和|与|跟|加"
_PLACE: Final = re.compile(r"((?:\d+!)?)([A-Z]{1,3})(\d+)")


class CellsError(ValueError):
    """What was written names no cells for certain. Its words say what to write instead."""


def cells_written(text: str, source: Source, known: Collection[str] = ()) -> tuple[tuple[str, ...], int]:
    """Read what a person wrote of cells: their addresses, and of a rate how many stand above.

    In narrow or wide letters; of a rate without a stroke of division the first stands above. known: the cells of the
    form that hold numbers; of a range only those count, where any are given. Raises CellsError, with what to write,
    where a sign would change the meaning (a minus in a total) or something is no cell.
    """
    narrow = unicodedata.normalize("NFKC", text).upper().replace("～", "~").strip()
    narrow = _FORMULA.sub(lambda found: found[1] or "", narrow)
    above, _, below = re.sub("[÷∕／]", "/", narrow).partition("/")
    if below and source is not Source.RATE:
        raise CellsError(f"只有比率才写 ÷。{HOW[source]}。")
    first, second = (tuple(_cells(side, source, known)) for side in (above, below))
    return (*first, *second), len(first) if second else 1


def _cells(side: str, source: Source, known: Collection[str]) -> Iterator[str]:
    parted = _PARTED + "|[-−–]|减" if source is Source.DIFFERENCE else _PARTED
    at = 0
    for found in _RANGE.finditer(side):
        yield from _single(side[at : found.start()], parted, source)
        yield from _between(found[1], found[2], known)
        at = found.end()
    yield from _single(side[at:], parted, source)


def _single(text: str, parted: str, source: Source) -> Iterator[str]:
    for one in re.split(parted, text):
        if one and not re.fullmatch(_CELL, one):
            raise CellsError(f"“{one}”看不懂。{HOW[source]}。")
        if one:
            yield one


def _between(first: str, last: str, known: Collection[str]) -> Iterator[str]:
    """Yield the cells of a range by row, as a workbook has it."""
    one, other = _PLACE.fullmatch(first), _PLACE.fullmatch(last)
    if one is None or other is None or other[1] not in {"", one[1]}:
        raise CellsError(f"“{first}:{last}”要在同一张表里。")
    rows = sorted((int(one[3]), int(other[3])))
    columns = sorted((_number(one[2]), _number(other[2])))
    if (rows[1] - rows[0] + 1) * (columns[1] - columns[0] + 1) > MOST_IN_RANGE:
        raise CellsError(f"“{first}:{last}”有{MOST_IN_RANGE}格以上，请写短一些。")
    for row in range(rows[0], rows[1] + 1):
        for column in range(columns[0], columns[1] + 1):
            address = f"{one[1]}{_letters(column)}{row}"
            if not known or address in known:
                yield address


def _number(letters: str) -> int:
    number = 0
    for one in letters:
        number = number * 26 + ord(one) - ord("A") + 1
    return number


def _letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
