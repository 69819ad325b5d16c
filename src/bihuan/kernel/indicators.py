"""What a room is asked when the cube does not hold it: a figure answered from dated rows, for one place and period.

A room offers its figures as a tuple of `Asked` in its `measures.py`; the wiring names the tuple once.
"""

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from typing import Any, TypeVar
from uuid import UUID

from bihuan.kernel.calendar import end_of

Found = TypeVar("Found")


@dataclass(slots=True)
class Kept:
    """What the readers of one asking have read and keep for one another, until it is answered.

    A page asks for many figures of several periods and places: rows that do not depend on these are read once. at: the
    instant of asking: while the last day asked for is not over, nothing counts as missed before its hour.
    """

    at: datetime | None = None
    found: dict[Hashable, Any] = field(default_factory=dict)

    def once(self, key: Hashable, read: Callable[[], Found]) -> Found:
        """Return what was read under a key, read at the first asking. key: names all that the reading depends on."""
        if key not in self.found:
            self.found[key] = read()
        kept: Found = self.found[key]
        return kept


@dataclass(frozen=True, slots=True)
class Question:
    """One place and one period, both days inclusive; what was recorded after `until` is not counted.

    path: a unit with all below it. sectors: only these lead sectors there; () is all of them. campaign_id: the campaign
    that asks, None for any other; rooms that know of no campaigns pass over it. kept: shared by the questions of one
    asking, None for a question of its own.
    """

    path: str
    since: date
    until: date
    sectors: tuple[str, ...] = ()
    campaign_id: UUID | None = None
    kept: Kept | None = field(default=None, compare=False, repr=False)

    @property
    def end(self) -> datetime:
        """The instant as of which is asked: that of the asking, or the end of `until` where that is before it."""
        over, at = end_of(self.until), None if self.kept is None else self.kept.at
        return over if at is None else min(at, over)

    def once(self, key: Hashable, read: Callable[[], Found]) -> Found:
        """Return what was read under a key in this asking (`Kept.once`)."""
        return read() if self.kept is None else self.kept.once(key, read)


@dataclass(frozen=True, slots=True)
class Answer:
    """A figure. rows: address filter of the list page (`Asked.page`) that shows the rows counted, None where no one
    filter lists just these.

    shares: how much of it is whose, by the short name of the unit; {} where the room does not say. waits_for: how many
    of the rows that it does not reach wait for whom, likewise; a row may wait for several.
    """

    amount: int
    rows: Mapping[str, str] | None = field(default_factory=dict)
    shares: Mapping[str, int] = field(default_factory=dict)
    waits_for: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Line:
    """One row behind a figure that a room answers, as of the day asked. amount: how much of the figure it is. page,
    args: where it is shown as it is now, "" where nowhere or not to whoever sees only the place."""

    title: str
    note: str = ""
    amount: int = 1
    page: str = ""
    args: tuple[str, ...] = ()


Reader = Callable[[Question, Collection[str]], Mapping[str, Answer]]
Lister = Callable[[Question, str], Iterable[Line]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A figure that a room answers from its dated rows.

    name: dotted, `room.thing`, in one name space with the measures of the cube. title, meaning: Chinese. unit: 家, 项.
    reader: answers this name and any others that bear the same reader from one reading of the rows. by_sector: whether
    it can be narrowed to lead sectors; where it cannot, a question with sectors has no answer. of_campaign: it is that
    of one campaign, and a question without one has no answer. adds_up: whether a town's figure is the sum of its
    units'; what belongs to the town itself does not. page: name of the list page of its rows, "" where none shows them
    yet. dated: that page lists the rows as of any day, not only those of today. lister: names the rows as of any day,
    for a figure whose page is not dated. rule: asks for it; for us only.
    """

    name: str
    title: str
    meaning: str
    unit: str
    reader: Reader
    by_sector: bool = False
    adds_up: bool = True
    page: str = ""
    of_campaign: bool = False
    dated: bool = False
    lister: Lister | None = None
    rule: str = ""


def alone(answer: Callable[[Question], Answer]) -> Reader:
    """Return the reader of a figure that shares its rows with no other."""
    return partial(_alone, answer)


def _alone(answer: Callable[[Question], Answer], asked: Question, names: Collection[str]) -> Mapping[str, Answer]:
    found = answer(asked)
    return dict.fromkeys(names, found)
