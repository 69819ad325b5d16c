"""What can be counted: rooms declare measures over their events, statistics fold them (design, section 6)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Protocol
from uuid import UUID


class Happened(Protocol):
    """What a measure reads of an event; `trail.models.Event` fits, and so does any value with these names."""

    kind: str
    day: date
    path: str
    sector: str
    enterprise_id: UUID | None
    level: str
    source: str
    figures: Mapping[str, Any]


class Nature(StrEnum):
    """How a measure adds up in time."""

    STOCK = "stock"  # how many there are at the end of a day: all deltas up to it
    FLOW = "flow"  # how much happened in a period: the deltas inside it


@dataclass(frozen=True, slots=True)
class Delta:
    """One change of one measure. What is left out is as in the event.

    amount: whole units of the measure (项, fen, …). day: given when it is not the event's own day, such as the day on
    which something falls overdue by itself (dated ahead).
    """

    measure: str
    amount: int
    day: date | None = None
    path: str | None = None
    sector: str | None = None
    enterprise_id: UUID | None = None
    level: str | None = None
    source: str | None = None


Contribution = Callable[[Happened], Iterable[Delta]]


@dataclass(frozen=True, slots=True)
class Measure:
    """A declared measure: its name, what it means to people, and the filter that lists the rows behind it.

    name: dotted, `room.thing`. title, meaning: Chinese. unit: 项, 家, 元 (stored in fen). rows: address filter of the
    list page whose rows are counted, "" where no list shows them yet. by_fact: counted by the day of the fact, not of
    its recording. sum_of: other measures of the same nature that no row counts under twice; such a measure is added up
    when it is asked for, and never stored. plain: its deltas bear neither level nor source, so it has no figure of one.
    rule: asks for it; for us only.
    """

    name: str
    title: str
    meaning: str
    nature: Nature
    unit: str = "项"
    rows: Mapping[str, str] = field(default_factory=dict)
    by_fact: bool = False
    sum_of: tuple[str, ...] = ()
    plain: bool = False
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Counting:
    """What a room offers to statistics: measures, the kinds of event that move them, and how.

    levels: every level that its deltas can bear; the cube is asked for these, so that it is read by its whole key.
    page: name of the list page on which the filters of its measures list the rows. standing: all that the subject of an
    event counts under as it stands after it, at the event's own place, sector and level. states: of a measure by name,
    under which states of its subject (`figures["state"]`) alone one counts; for those that `standing` tells. fact: name
    of the figure that says the day of the fact. proof: name of the page that lists the rows of a measure as of any day.
    unsettling: the kinds of event by which what is over begins anew, or moves to another place.
    """

    measures: tuple[Measure, ...]
    kinds: frozenset[str]
    contribution: Contribution
    levels: frozenset[str] = frozenset({""})
    page: str = ""
    standing: Contribution | None = None
    states: Mapping[str, frozenset[str]] = field(default_factory=dict)
    fact: str = ""
    proof: str = ""
    unsettling: frozenset[str] = frozenset()


def overdue_from(measure: str, amount: int, *, deadline: date | None, known_on: date) -> list[Delta]:
    """Return what starts (+1) or stops (-1) a clock that makes something overdue by itself the day after its deadline.

    known_on: the day on which the clock was started or stopped. Starting late counts from that day; stopping early
    cancels the day ahead; stopping late ends what has been counted since. No deadline, no clock.
    """
    if deadline is None:
        return []
    return [Delta(measure, amount, day=max(deadline + timedelta(days=1), known_on))]
