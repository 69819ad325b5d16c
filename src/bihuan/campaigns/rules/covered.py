"""How far a clause is measured by data, from the figures that it has."""

from collections.abc import Collection
from enum import StrEnum
from typing import Final

from bihuan.campaigns.rules.terms import State


class Cover(StrEnum):
    """Whether a clause has numbers."""

    MEASURED = "measured"  # every figure that data can say is measured
    PARTLY = "partly"  # some are, others wait
    WAITING = "waiting"  # none is, for rooms that are not there yet
    UNMEASURABLE = "unmeasurable"  # declared so, with the reason
    NONE = "none"  # nobody has said what it is measured by


COVER_NAMES: Final[dict[Cover, str]] = {
    Cover.MEASURED: "有数",
    Cover.PARTLY: "部分有数",
    Cover.WAITING: "待接入",
    Cover.UNMEASURABLE: "不能用数据衡量",
    Cover.NONE: "还没有定",
}


def cover_of(states: Collection[State], *, declared: bool = False) -> Cover:
    """Return how a clause is covered whose figures are in these states. declared: a person said that no data can."""
    known = set(states) - {State.UNMEASURABLE}
    if known == {State.MEASURED}:
        return Cover.MEASURED
    if known == {State.WAITING}:
        return Cover.WAITING
    if known:
        return Cover.PARTLY
    return Cover.UNMEASURABLE if states or declared else Cover.NONE
