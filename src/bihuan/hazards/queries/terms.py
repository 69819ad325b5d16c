"""The numbers and the calendar under which a town works on a day."""

from collections.abc import Iterable
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


def frames_of(town_ids: Iterable[UUID], *, on: date) -> dict[UUID, Frame]:
    """Return the frames of several towns; one small query, the rest is kept by `standards`."""
    grounds = standards.grounds(NAMES, town_ids=town_ids, on=on)
    return {town: Frame(terms_from(numbers), calendar) for town, (numbers, calendar) in grounds.items() if town}


def terms_on(town_id: UUID | None, on: date) -> Terms:
    """Return the town's terms of a day; cached by `standards` until a parameter changes."""
    return terms_from(standards.numbers(NAMES, town_id=town_id, on=on))


def frame_of(town_id: UUID | None, *, on: date) -> Frame:
    """Return the frame of a town; one small query, the rest is kept by `standards`."""
    numbers, calendar = standards.grounds(NAMES, town_ids=[town_id], on=on)[town_id]
    return Frame(terms_from(numbers), calendar)
