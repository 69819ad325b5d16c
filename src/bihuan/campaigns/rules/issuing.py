"""What issuing a plan makes, as a person is told before and after: tasks by unit and by clause, what comes later."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Made:
    """One task that issuing makes. unit: its short name; clause: the label of what it is made from, "" for none."""

    unit: str
    clause: str
    due_on: date


@dataclass(frozen=True, slots=True)
class Share:
    """Tasks of one unit or clause. first, last: the days on which they fall due; late: how many are late already."""

    name: str
    tasks: int
    first: date
    last: date
    late: int


@dataclass(frozen=True, slots=True)
class RegularTold:
    """A duty that comes again: its words, who owes it, how many periods it has until the end, and how many of them have
    no tasks yet. opens_on: when the next of these begins, None where none is to come. first, last: days due."""

    what: str
    words: str
    units: Sequence[str]
    periods: int
    coming: int
    opens_on: date | None
    first: date
    last: date

    @property
    def made(self) -> int:
        """How many periods have their tasks."""
        return self.periods - self.coming


@dataclass(frozen=True, slots=True)
class IssueTold:
    """What issuing makes. units: to how many it goes. late, first, last: as of `Share`, of all tasks written at once.
    plans: the days on which sub-plans fall due, with how many units."""

    units: int
    tasks: int
    late: int
    first: date | None
    last: date | None
    by_unit: Sequence[Share]
    by_clause: Sequence[Share]
    regular: Sequence[RegularTold]
    plans: Sequence[tuple[date, int]]

    @property
    def coming(self) -> int:
        """How many tasks of regular duties are written later, each when its period begins."""
        return sum(one.coming * len(one.units) for one in self.regular)


def told_of(
    made: Sequence[Made], regular: Sequence[RegularTold], plans: Mapping[date, int], *, units: int, today: date
) -> IssueTold:
    """Count what issuing makes. today: the day of issue; what was due before it is late already."""
    days = [one.due_on for one in made]
    return IssueTold(
        units=units,
        tasks=len(made),
        late=sum(on < today for on in days),
        first=min(days, default=None),
        last=max(days, default=None),
        by_unit=_shares(((one.unit, one.due_on) for one in made), today),
        by_clause=_shares(((one.clause, one.due_on) for one in made), today),
        regular=regular,
        plans=sorted(plans.items()),
    )


def _shares(found: Iterable[tuple[str, date]], today: date) -> list[Share]:
    """Return the shares in the order in which they first come."""
    days: defaultdict[str, list[date]] = defaultdict(list)
    for name, on in found:
        days[name].append(on)
    return [Share(name, len(each), min(each), max(each), sum(on < today for on in each)) for name, each in days.items()]
