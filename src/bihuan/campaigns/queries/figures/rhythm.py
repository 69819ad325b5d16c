"""How often leaders had to lead inspections in each month of a period (R1.6)."""

from datetime import date
from typing import Final, NamedTuple
from uuid import UUID

from bihuan.campaigns.rules.rhythm import DAY, Often, Stretch, first_days, months
from bihuan.orgs.rules import PostKind
from bihuan.standards import queries as standards
from bihuan.standards.rules import DayKind

NUMBERS: Final = {
    PostKind.PRINCIPAL_LEADER: "led_visits_principal",
    PostKind.LEADER_IN_CHARGE: "led_visits_in_charge",
    PostKind.LEADER: "led_visits_leader",
}
BEFORE_HOLIDAY: Final = "led_visits_holiday"


class Month(NamedTuple):
    """A month that has begun, and how often the kinds of leaders lead in it."""

    days: Stretch
    often: Often

    @property
    def is_over(self) -> bool:
        """Whether its last day here is that of the calendar."""
        return (self.days.last + DAY).day == 1

    def has(self, on: date) -> bool:
        """Tell whether a day lies in it."""
        return self.days.first <= on <= self.days.last


def months_of(town_id: UUID, since: date, until: date) -> list[Month]:
    """Return the months of a period, each with the numbers of its first day. One query."""
    found = months(since, until)
    names = [*NUMBERS.values(), BEFORE_HOLIDAY]
    numbers = standards.numbers_by_day(names, town_id=town_id, days=[one.first for one in found])
    return [Month(one, _often(numbers[one.first])) for one in found]


def _often(numbers: dict[str, int]) -> Often:
    return Often({kind: numbers[name] for kind, name in NUMBERS.items()}, numbers[BEFORE_HOLIDAY])


def holidays_of(town_id: UUID) -> list[date]:
    """Return the first day of every holiday that the town's calendar knows. One query."""
    years = standards.calendar_years(town_id).values()
    return first_days(one.day for year in years for one in year.days if one.kind is DayKind.HOLIDAY)
