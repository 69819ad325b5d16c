"""Found again: reopened within the window, else linked as a repeat; each life with its own deadline (R3.18, L9)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from bihuan.hazards.rules.facts import Facts
from bihuan.hazards.rules.states import State


class FoundAgain(StrEnum):
    """What the platform proposes when a new finding looks like an old one; a person decides."""

    REOPEN = "reopen"
    REPEAT = "repeat"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier hazard at the same place, with what is compared."""

    id: UUID
    number: str
    state: str
    part: str
    category: str
    closed_on: date | None
    description: str = ""


def found_again(earlier: Earlier, *, part: str, category: str, today: date, window_days: int) -> FoundAgain | None:
    """Propose what to do with a new finding at the same enterprise (R3.18), or None when it is another matter.

    Same category and same part: still open → the same hazard; closed within the window → reopen; closed earlier →
    a repeat. Same category elsewhere in the enterprise within the window → a repeat.
    """
    if earlier.category != category:
        return None
    same_part = bool(part.strip()) and earlier.part.strip() == part.strip()
    if earlier.state != State.CLOSED:
        return FoundAgain.SAME if same_part and earlier.state != State.INVALID else None
    within = earlier.closed_on is not None and (today - earlier.closed_on).days <= window_days
    if same_part:
        return FoundAgain.REOPEN if within else FoundAgain.REPEAT
    return FoundAgain.REPEAT if within else None


def repeat_named(facts: Facts) -> str:
    """A link names the earlier hazard, and not itself."""
    if facts.given.repeat_of is None:
        return "请选定以前的那一项隐患。"
    return "不能与自己关联。" if facts.given.repeat_of == facts.standing.id else ""


def not_linked_yet(facts: Facts) -> str:
    """One link is enough."""
    return "已经关联为重复隐患。" if facts.standing.repeat else ""
