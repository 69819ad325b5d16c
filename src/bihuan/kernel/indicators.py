"""What a room is asked when the cube does not hold it: a figure answered from dated rows, for one place and period.

A room offers its figures as a tuple of `Asked` in its `measures.py`; the wiring names the tuple once.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Question:
    """One place and one period, both days inclusive; what was recorded after `until` is not counted.

    path: a unit with all below it. sectors: only these lead sectors there; () is all of them.
    """

    path: str
    since: date
    until: date
    sectors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """A figure. rows: address filter of the list page (`Asked.page`) that shows the rows counted."""

    amount: int
    rows: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Asked:
    """A figure that a room answers from its dated rows.

    name: dotted, `room.thing`, in one name space with the measures of the cube. title, meaning: Chinese. unit: 家, 项.
    by_sector: whether it can be narrowed to lead sectors; where it cannot, a question with sectors has no answer.
    adds_up: whether a town's figure is the sum of its villages'; what belongs to the town itself does not. page: name
    of the list page of its rows, "" where none shows them yet.
    """

    name: str
    title: str
    meaning: str
    unit: str
    answer: Callable[[Question], Answer]
    by_sector: bool = False
    adds_up: bool = True
    page: str = ""
