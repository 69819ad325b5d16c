"""Values that change with time: dated tables read by the day of the fact (R0.1)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Dated(Generic[Value]):
    """A value with the days it is valid on (both inclusive, None is open) and its legal source."""

    value: Value
    valid_from: date | None = None
    valid_to: date | None = None
    source: str = ""

    def holds_on(self, day: date) -> bool:
        """Tell whether the value is in force on this day."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


class NothingInForce(LookupError):  # noqa: N818 -- reads as what it says
    """No entry of a dated table covers the day asked for: the table has a gap, which is a defect of data."""


def in_force(table: Iterable[Dated[Value]], *, on: date) -> Value:
    """Return the value in force on a day; the latest `valid_from` wins where entries overlap.

    Raises NothingInForce when no entry covers the day.
    """
    return dated_in_force(table, on=on).value


def dated_in_force(table: Iterable[Dated[Value]], *, on: date) -> Dated[Value]:
    """Return the whole entry in force on a day, with its source."""
    found = [entry for entry in table if entry.holds_on(on)]
    if not found:
        raise NothingInForce(f"no entry in force on {on.isoformat()}")
    return max(found, key=lambda entry: entry.valid_from or date.min)
