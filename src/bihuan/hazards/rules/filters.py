"""What the list of hazards can be narrowed and ordered by; the address of the page carries it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

from bihuan.hazards.rules.states import COUNTED_STATES, State

COUNT_LIMIT: Final = 10_000  # beyond it a list says "10000+" (design, section 6)
DEEPEST_ROW: Final = 10_000  # a list is paged as far as it is counted; further on, narrow it


class Tab(StrEnum):
    """Which states: what is open, each state, all, and the two sides of the rectification rate."""

    OPEN = "open"
    REPORTED = State.REPORTED
    CONFIRMED = State.CONFIRMED
    ASSIGNED = State.ASSIGNED
    RECTIFYING = State.RECTIFYING
    RECTIFIED = State.RECTIFIED
    AWAITING_SUPERIOR = State.AWAITING_SUPERIOR
    CLOSED = State.CLOSED
    TRANSFERRED = State.TRANSFERRED
    INVALID = State.INVALID
    ALL = "all"
    DONE = "done"  # handed in, awaiting the superior or closed: the rectified ones of a rate
    COUNTED = "counted"  # all but transferred and invalid: the whole of a rate
    VALID = "valid"  # all but invalid: what was found


SHOWN_TABS: Final = tuple(tab for tab in Tab if tab not in {Tab.DONE, Tab.COUNTED, Tab.VALID})
TAB_STATES: Final[dict[Tab, tuple[State, ...]]] = {
    Tab.DONE: (State.RECTIFIED, State.AWAITING_SUPERIOR, State.CLOSED),
    Tab.COUNTED: tuple(state for state in State if state in COUNTED_STATES),
    Tab.VALID: tuple(state for state in State if state != State.INVALID),
}


class Sort(StrEnum):
    """The orders of the list; the first is what must be done first."""

    CLOCK = "clock"
    FOUND_DOWN = "-found"
    FOUND = "found"
    NUMBER_DOWN = "-number"
    NUMBER = "number"


class Late(StrEnum):
    """How late: past the rectification deadline (R3.13), past any clock, due soon, major and unlisted (R3.22)."""

    OVERDUE = "overdue"
    ANY_CLOCK = "clock"
    TODAY = "today"
    SOON = "soon"
    REVIEW = "review"
    UNLISTED = "unlisted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What narrows the list; "" and None let all through.

    path: a unit's subtree. department: id of the supervising unit. found_from, found_to: inclusive days.
    superior_list: id of the list it came from. closed_late, reopened, fixed_on_spot, listed, unlisted: yes only.
    """

    tab: Tab = Tab.OPEN
    words: str = ""
    level: str = ""
    path: str = ""
    department: UUID | None = None
    sector: str = ""
    source: str = ""
    category: str = ""
    holder: str = ""
    late: str = ""
    enterprise: UUID | None = None
    superior_list: UUID | None = None
    found_from: date | None = None
    found_to: date | None = None
    closed_from: date | None = None
    closed_to: date | None = None
    listing: str = ""
    closed_late: bool = False
    reopened: bool = False
    repeat: bool = False
    fixed_on_spot: bool = False
    superior: bool = False
    self_closed: bool = False
    firm_closed: bool = False  # its enterprise is off the register
