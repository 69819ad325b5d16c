"""How far the governing of major hazards is, for returns: planned, arranged, listed by the province (R3.8, R3.9)."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from bihuan.hazards.rules.states import OPEN_STATES, Level, State

OPEN: Final = frozenset(map(str, OPEN_STATES))


@dataclass(frozen=True, slots=True)
class Governed:
    """One major hazard at the end of a day. planned: a governance plan of six parts was handed in (R3.8); still: on an
    order that is not off the list. arranged: the names of the five arrangements that its round has. is_found: it was
    found in the period, and counts among 发现隐患. by_province: an order of the province was out.
    """

    state: str
    level: str
    is_found: bool
    planned: bool = False
    still: bool = False
    by_province: bool = False
    arranged: frozenset[str] = frozenset()

    @property
    def is_major(self) -> bool:
        """Whether it counts at all: major, there by then, and not void."""
        return self.level == Level.MAJOR and bool(self.state) and self.state != State.INVALID


ALL_FIVE: Final = frozenset({"duty", "measures", "funds", "time", "plan"})
Holds = Callable[[Governed], bool]


@dataclass(frozen=True, slots=True)
class Way:
    """One figure: its name, what it means, and which hazards it counts."""

    name: str
    title: str
    meaning: str
    holds: Holds


def _part(name: str) -> Holds:
    return lambda one: one.still and name in one.arranged


def _all_five(one: Governed) -> bool:
    return one.planned and one.arranged >= ALL_FIVE


_FOUND: Final = "这段时间发现的重大隐患（按发现日期，除去已移送和不成立）里，到最后一天"
_OPEN: Final = "最后一天还没有销号的重大隐患里，"
# fmt: off
_OF_FOUND: Final[tuple[tuple[str, str, str, Holds], ...]] = (
    ("planned",  "发现的列入治理计划", "提交了六项齐全的治理方案的",       lambda one: one.planned),
    ("five",     "发现的达到五到位",   "列入治理计划、五落实齐全的",       _all_five),
    ("province", "发现的省级挂牌",     "由省级挂牌督办（含已摘牌）的",     lambda one: one.by_province),
)
_OF_OPEN: Final[tuple[tuple[str, str, str, Holds], ...]] = (
    ("planned",  "列入治理计划",         "提交了六项齐全的治理方案的",           lambda one: one.still),
    ("goals",    "落实治理目标任务",     "列入治理计划、五落实里的措施已定的",   _part("measures")),
    ("funds",    "落实治理经费物资",     "列入治理计划、五落实里的资金已定的",   _part("funds")),
    ("organ",    "落实治理机构人员",     "列入治理计划、五落实里的责任已定的",   _part("duty")),
    ("time",     "落实治理时间要求",     "列入治理计划、五落实里的时限已定的",   _part("time")),
    ("safety",   "落实安全措施应急预案", "列入治理计划、五落实里的预案已定的",   _part("plan")),
)
# fmt: on


def _of_found(holds: Holds) -> Holds:
    return lambda one: one.is_found and holds(one)


def _of_open(holds: Holds) -> Holds:
    return lambda one: one.state in OPEN and holds(one)


def _ways() -> Iterator[Way]:
    for name, title, words, holds in _OF_FOUND:
        yield Way(f"hazards.found_{name}", title, _FOUND + words, _of_found(holds))
    for name, title, words, holds in _OF_OPEN:
        yield Way(f"hazards.open_{name}", title, _OPEN + words, _of_open(holds))


WAYS: Final[Mapping[str, Way]] = MappingProxyType({one.name: one for one in _ways()})
