"""What else statistics want to know of a hazard, as marks that its row keeps and its events tell (design, section 6).

A mark says what is seldom true, wherever a figure can be had by taking the exceptions from the whole: it costs rows of
the cube only where it holds. The row keeps the marks as its last event told them, so that the next event tells what
the cube has counted; a row that was never told has none.
"""

from collections.abc import Collection
from enum import StrEnum
from typing import Final, Protocol

from bihuan.hazards.rules.states import LIVE_LISTING, DeadlineKind, Level, ListingState, State


class Mark(StrEnum):
    """Never renamed: events carry these words. KEPT ones are set by an act, the others follow from the row."""

    ARRANGED = "arranged"  # not fixed at once, all five arrangements made (R3.9)
    IMMEDIATE = "immediate"  # fixed on the spot, or ordered for the same day (R3.14)
    UNCITED = "uncited"  # major by a judgement as a whole, no clause named (R3.2)
    LATER_CRITERION = "later_criterion"  # major by a version that came into force after it was found (R0.1)
    GRADED_LATE = "graded_late"  # confirmed after the working days that the office has (parameter confirm_wd)
    LISTED_LATE = "listed_late"  # listed after the working days that the committee has (R3.22)
    REPEAT = "repeat"  # the same kind again (R3.18)
    SUPERIOR = "superior"  # the superior must accept (L11)


KEPT: Final = frozenset({Mark.LATER_CRITERION, Mark.GRADED_LATE, Mark.LISTED_LATE})
ORDERED_STATES: Final = frozenset(
    {State.ASSIGNED, State.RECTIFYING, State.RECTIFIED, State.AWAITING_SUPERIOR, State.CLOSED}
)
EVER_LISTED: Final = frozenset({*LIVE_LISTING, ListingState.DELISTED})


class Markable(Protocol):
    """What the marks follow from; a hazard's row has it."""

    state: str
    level: str
    arranged: bool
    deadline_kind: str
    fixed_on_spot: bool
    criterion_clause: str
    listing_state: str
    needs_superior: bool


def marks_of(row: Markable, *, kept: Collection[str], is_repeat: bool) -> tuple[str, ...]:
    """Return the marks of a hazard as it stands, in the order of their names. kept: those set by acts so far."""
    immediate = row.fixed_on_spot or row.deadline_kind == DeadlineKind.SAME_DAY
    is_major = row.level == Level.MAJOR
    holds = {
        Mark.ARRANGED: row.arranged and not immediate,
        Mark.IMMEDIATE: immediate,
        Mark.UNCITED: is_major and not row.criterion_clause,
        Mark.LATER_CRITERION: is_major and Mark.LATER_CRITERION in kept,
        Mark.GRADED_LATE: Mark.GRADED_LATE in kept,
        Mark.LISTED_LATE: row.listing_state in EVER_LISTED and Mark.LISTED_LATE in kept,
        Mark.REPEAT: is_repeat,
        Mark.SUPERIOR: row.needs_superior,
    }
    return tuple(sorted(str(mark) for mark, does in holds.items() if does))


def pack(marks: Collection[str]) -> str:
    """Write marks into their column."""
    return " ".join(sorted(marks))


def unpack(text: str | None) -> tuple[str, ...]:
    """Read marks from their column; None is a row whose marks no event has told yet."""
    return tuple(text.split()) if text else ()
