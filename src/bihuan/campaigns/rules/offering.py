"""What a clause can be measured by, in the order in which a person chooses: what its words call for, then by room."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bihuan.campaigns.rules.catalogue import CATALOGUE, ROOMS
from bihuan.campaigns.rules.suggesting import suggest
from bihuan.campaigns.rules.terms import Indicator, State

BEYOND: Final = "不能用数据衡量的"


@dataclass(frozen=True, slots=True)
class Offered:
    """An indicator of the catalogue to be ticked. meaning: its terms; why: the words of the clause that call for it."""

    key: str
    title: str
    meaning: str
    why: str
    on: bool
    measured: bool


@dataclass(frozen=True, slots=True)
class OfferedRoom:
    """The indicators of one room, folded. opened: some of them were searched for."""

    name: str
    lines: Sequence[Offered]
    opened: bool

    @property
    def measured(self) -> int:
        """How many of them have a figure today."""
        return sum(one.measured for one in self.lines)


def offered(
    text: str, chosen: Collection[str], *, known: Collection[str], words: str = ""
) -> tuple[list[Offered], list[OfferedRoom]]:
    """Return what a clause calls for or is measured by already, and all others by room.

    words: of a search; of the others only those are kept that have each of them, and their rooms are open.
    """
    whys = {one.key: one.say for one in suggest(text)}
    first = dict.fromkeys([*whys, *(key for key in chosen if key not in whys)])
    made = {one.key: _line(one, whys, chosen, known) for one in CATALOGUE}
    sought = words.split()
    rooms: dict[str, list[Offered]] = {}
    for one in CATALOGUE:
        line = made[one.key]
        if one.key not in first and all(word in f"{line.title}{line.meaning}" for word in sought):
            rooms.setdefault(_room(one), []).append(line)
    folded = [_folded(name, lines, opened=bool(sought)) for name, lines in rooms.items()]
    return [made[key] for key in first if key in made], sorted(folded, key=lambda room: (-room.measured, room.name))


def _folded(name: str, lines: Sequence[Offered], *, opened: bool) -> OfferedRoom:
    return OfferedRoom(name, sorted(lines, key=lambda one: not one.measured), opened)


def _line(one: Indicator, whys: Mapping[str, str], chosen: Collection[str], known: Collection[str]) -> Offered:
    return Offered(
        key=one.key,
        title=one.title,
        meaning=" ÷ ".join(term.meaning for term in one.terms()) or one.why_not,
        why=whys.get(one.key, ""),
        on=one.key in chosen,
        measured=one.state(known) is State.MEASURED,
    )


def _room(one: Indicator) -> str:
    """Return what the room of an indicator is called: the one that counts its numerator."""
    if one.numerator is None:
        return BEYOND
    name = one.numerator.parts[0].name.partition(".")[0]
    return ROOMS.get(name, name)
