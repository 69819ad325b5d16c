"""What issuing a plan makes, as a person is told before and after: tasks by unit and by clause, what comes later, and
which orders get another day because theirs has passed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bihuan.campaigns.rules.drafting import SUB_PLAN_DAYS


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
class Unnamed:
    """What would be a task and means no unit that it is issued to: the label of its clause, "" for a duty to report of
    none; what it asks; why: no one is named, or whom it names gets nothing."""

    label: str
    what: str
    why: str


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
class Moved:
    """An order whose day had passed before it was issued: its label, the day of the text, and the one that stands
    instead. by_plans: it asks for sub-plans, and the day is that by which the units are asked for them; else a person
    chose it."""

    label: str
    from_on: date
    to_on: date
    by_plans: bool


def day_at_issue(
    due_on: date | None, *, plan_days: Sequence[date], chosen_on: date | None, issued_on: date
) -> date | None:
    """Return the day that an order gets at its issue, None where the day of the text stands (R9.3, R9.4).

    Nobody can keep a day that had passed before it was told. plan_days: those by which the units that it asks for
    sub-plans are told to hand them in, () for any other order. chosen_on: what a person chose for all others, None to
    leave them late.
    """
    if due_on is None or due_on >= issued_on:
        return None
    return max(plan_days, default=chosen_on)


def day_offered(*, issued_on: date, ends_on: date) -> date:
    """Return the day that a person is offered for orders whose own has passed: when sub-plans are due that no day was
    set for (R9.3), at most the end of the campaign."""
    return max(issued_on, min(issued_on + timedelta(days=SUB_PLAN_DAYS), ends_on))


def moved_words(first_due_on: date | None, due_on: date | None, issued_on: date | None) -> str:
    """Say that a deadline moved: at issue, when it had passed, or with the campaign's end; "" where it did not."""
    if first_due_on is None or due_on is None:
        return ""
    first, day = (f"{one.year}年{one.month}月{one.day}日" for one in (first_due_on, due_on))
    if issued_on is not None and first_due_on < issued_on:
        return f"原定{first}，下发时这一天已过，改为{day}"
    return f"原定{first}，随专项行动延期到{day}"


def chosen_day_lacks(chosen_on: date | None, *, issued_on: date, ends_on: date) -> str:
    """Tell why orders cannot be moved to this day, or ""."""
    if chosen_on is None or issued_on <= chosen_on <= ends_on:
        return ""
    return f"改到的日期要在下发这天（{issued_on:%Y-%m-%d}）到专项行动结束（{ends_on:%Y-%m-%d}）之间。"


@dataclass(frozen=True, slots=True)
class IssueTold:
    """What issuing makes. units: to how many it goes. late, first, last: as of `Share`, of all tasks written at once.
    plans: the days on which sub-plans fall due, with how many units. moved: orders that get another day. unnamed: what
    means no unit that it is issued to; the safety office gets it, where it is among them, else nobody."""

    units: int
    tasks: int
    late: int
    first: date | None
    last: date | None
    by_unit: Sequence[Share]
    by_clause: Sequence[Share]
    regular: Sequence[RegularTold]
    plans: Sequence[tuple[date, int]]
    moved: Sequence[Moved] = ()
    unnamed: Sequence[Unnamed] = ()

    @property
    def coming(self) -> int:
        """How many tasks of regular duties are written later, each when its period begins."""
        return sum(one.coming * len(one.units) for one in self.regular)


def told_of(
    made: Sequence[Made],
    regular: Sequence[RegularTold],
    plans: Mapping[date, int],
    *,
    units: int,
    today: date,
    moved: Sequence[Moved] = (),
    unnamed: Sequence[Unnamed] = (),
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
        moved=moved,
        unnamed=unnamed,
    )


def _shares(found: Iterable[tuple[str, date]], today: date) -> list[Share]:
    """Return the shares in the order in which they first come."""
    days: defaultdict[str, list[date]] = defaultdict(list)
    for name, on in found:
        days[name].append(on)
    return [Share(name, len(each), min(each), max(each), sum(on < today for on in each)) for name, each in days.items()]
