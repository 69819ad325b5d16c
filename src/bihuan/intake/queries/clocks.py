"""What deadlines in words are counted with in a town."""

from uuid import UUID

from bihuan.intake.rules.deadlines import Clock
from bihuan.standards import queries as standards


def clock_of(town_id: UUID) -> Clock:
    """Return the holidays and working days of a town."""
    return Clock(standards.festival_on, standards.work_calendar(town_id))
