"""What an own indicator aims at, as a standing reads it: 80%, 不超过 5%, 不少于 3, 不超过 3, 0."""

import re
from typing import Final

HOWS: Final[dict[str, str]] = {"least": "达到", "most": "不超过"}
MOST_RATE: Final = 100
_NUMBER: Final = re.compile(r"(0|[1-9]\d{0,5})(\.\d)?")
_TARGET: Final = re.compile(r"(不超过 |不少于 )?(\d+(?:\.\d)?)(%?)")


def target_text(how: str, number: str, *, is_rate: bool) -> str:
    """Return a target in its words. number: as typed; what is no number comes back as it is, to be refused."""
    said = number.strip().removesuffix("%").strip()
    if how not in HOWS or not said:
        return ""
    if is_rate:
        return f"{said}%" if how == "least" else f"不超过 {said}%"
    if how == "most" and said == "0":
        return said
    return f"{'不少于' if how == 'least' else '不超过'} {said}"


def target_fields(text: str) -> tuple[str, str]:
    """Return how and the number of a target, as `target_text` takes them; ("", "") for none."""
    found = _TARGET.fullmatch(text)
    if found is None:
        return "", ""
    is_least = found[1] == "不少于 " or (not found[1] and bool(found[3]))
    return ("least" if is_least else "most"), found[2]


def is_target(text: str, *, is_rate: bool) -> bool:
    """Tell whether a standing can read a target of this kind."""
    found = _TARGET.fullmatch(text)
    if found is None or bool(found[3]) is not is_rate or not _NUMBER.fullmatch(found[2]):
        return False
    if is_rate:
        return found[1] != "不少于 " and float(found[2]) <= MOST_RATE
    return "." not in found[2] and (bool(found[1]) or text == "0")
