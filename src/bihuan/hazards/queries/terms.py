"""The numbers and the calendar under which a town works on a day."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bihuan.hazards.rules.terms import NAMES, Terms, terms_from
from bihuan.kernel.calendar import WorkCalendar
from bihuan.standards import queries as standards


@dataclass(frozen=True, slots=True)
class Frame:
    """Terms and calendar of one town on one day."""

    terms: Terms
    calendar: WorkCalendar


def terms_on(town_id: UUID | None, on: date) -> Terms:
    """Return the town's terms of a day; cached by `standards` until a parameter changes."""
    return terms_from(standards.numbers(NAMES, town_id=town_id, on=on))


def frame_of(town_id: UUID | None, *, on: date) -> Frame:
    """Return the frame of a town; two small queries, the rest is kept by `standards`."""
    return Frame(terms_on(town_id, on), standards.work_calendar(town_id))
