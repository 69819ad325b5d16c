"""What rooms tell the desk: things that wait for somebody, and things that were found."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from bihuan.kernel.calendar import day_of

MOMENT: Final = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits for a viewer, with its reason and the one act that answers it.

    what: dotted and stable, such as "hazard.review". title: the object. reason: rule, days, what is lacking.
    verb: the button. url_name, url_args: where the act is done. due_on: the last day, or `due_at` where a clock time
    is meant; both None when nothing runs out. due_name: which deadline, "" for rectification ("复查", "验收").
    level: "major", "general" or "". count: how many rows this line stands for. first: it opens the way to others and
    takes a moment, so it stands above them, whatever their days.
    """

    what: str
    title: str
    reason: str
    verb: str
    url_name: str
    url_args: tuple[object, ...] = ()
    query: str = ""
    due_on: date | None = None
    due_at: datetime | None = None
    due_name: str = ""
    level: str = ""
    count: int = 1
    subject_id: UUID | None = None
    first: bool = False

    def is_today(self, now: datetime) -> bool:
        """Tell whether its hour is still to come today; the end of a day is its 24:00."""
        return self.due_at is not None and self.due_at >= now and day_of(self.due_at - MOMENT) == day_of(now)


@dataclass(frozen=True, slots=True)
class WaitingList:
    """The first rows of what waits in one room, most urgent first, and how many there are in all.

    late, today, soon (within three days), later: exact counts of things; `total` is their sum.
    """

    rows: tuple[Waiting, ...] = ()
    late: int = 0
    today: int = 0
    soon: int = 0
    later: int = 0
    by_what: Mapping[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """How many things wait."""
        return self.late + self.today + self.soon + self.later


@dataclass(frozen=True, slots=True)
class Found:
    """One answer of the global search. kind: 企业, 隐患, 文书, 岗位. note: what tells it from its namesakes.

    query: what stands behind the address, with the place on the page after #.
    """

    kind: str
    title: str
    note: str
    url_name: str
    url_args: tuple[object, ...] = ()
    query: str = ""
