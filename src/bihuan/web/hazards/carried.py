"""What an address brings to the form of an act from the page that led there; a person still decides."""

from collections.abc import Mapping
from typing import Any, Final

from bihuan.hazards.rules.acts import Act
from bihuan.hazards.rules.states import Level

CARRIED: Final[Mapping[Act, tuple[str, ...]]] = {
    Act.LINK_REPEAT: ("repeat_of",),
    Act.CONFIRM: ("level", "criterion"),
    Act.RAISE_LEVEL: ("criterion",),
}
LEVELS: Final = frozenset({Level.GENERAL.value, Level.MAJOR.value})


def carried(act: Act, query: Mapping[str, Any]) -> dict[str, str]:
    """Return the first values that the address gives for the fields of this act; what makes no sense is left out."""
    found = {name: str(query.get(name, "")) for name in CARRIED.get(act, ()) if query.get(name)}
    if found.get("level", Level.GENERAL.value) not in LEVELS:
        del found["level"]
    return found
