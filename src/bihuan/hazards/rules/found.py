"""Shares of the hazards found in a period: the numerators, each a part of 发现隐患 and so never more than it; and what
is no part of it, since another body has it now."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from bihuan.hazards.rules.states import (
    LEVEL_NAMES,
    LIVE_LISTING,
    UNGRADED_NAME,
    ListingState,
    State,
)

RECTIFIED_STATES: Final = frozenset({State.RECTIFIED, State.AWAITING_SUPERIOR, State.CLOSED})
UNGRADED: Final = "ungraded"  # of what no one has graded yet
OF_LEVELS: Final[Mapping[str, str]] = {
    **{str(level): name for level, name in LEVEL_NAMES.items()},
    UNGRADED: UNGRADED_NAME,
}
EVER_LISTED: Final = frozenset({*LIVE_LISTING, ListingState.DELISTED})


@dataclass(frozen=True, slots=True)
class Share:
    """One numerator. states, listings: in which a hazard counts, None any. rows: filter of the list of today. level: ""
    all, UNGRADED of what is not graded. is_out: of what another body has now, which 发现隐患 leaves out."""

    name: str
    title: str
    meaning: str
    rows: Mapping[str, str]
    states: frozenset[State] | None = None
    listings: frozenset[ListingState] | None = None
    level: str = ""
    is_out: bool = False

    def holds(self, state: str, listing: str, level: str) -> bool:
        """Tell whether a hazard that stood like this counts; one that was not there yet has no state."""
        here = bool(state) and (self.states is None or state in self.states)
        return here and (self.listings is None or listing in self.listings) and self.level in {"", level or UNGRADED}


OF_FOUND: Final = "这段时间发现的隐患（按发现日期，除去已移送和不成立）里，到最后一天"
OUT: Final = "hazards.found_out"
KINDS: Final = (
    (
        "hazards.found_rectified",
        "发现的已整改",
        "待复查、待上级认可和已销号的",
        RECTIFIED_STATES,
        None,
        {"tab": "done"},
    ),
    ("hazards.found_closed", "发现的已销号", "已销号的", frozenset({State.CLOSED}), None, {"tab": "closed"}),
    ("hazards.found_listed", "发现的已挂牌", "挂过牌的", None, EVER_LISTED, {"tab": "counted", "listing": "ever"}),
)


def _shares() -> Iterator[Share]:
    for name, title, words, states, listings, rows in KINDS:
        for level in ("", *OF_LEVELS):
            of = f"（{OF_LEVELS[level]}）" if level else ""
            meaning = f"{OF_FOUND}{words}{of}"
            yield Share(named(name, level), title + of, meaning, MappingProxyType(rows), states, listings, level)
    meaning = "这段时间发现、已移送其他单位的隐患，不在发现隐患里，由接收单位去管"
    yield Share(OUT, "发现后已移送", meaning, MappingProxyType({"tab": "transferred"}), is_out=True)


def named(name: str, level: str) -> str:
    """Return the name of a numerator at one level, "" all."""
    return f"{name}_{level}" if level else name


SHARES: Final[Mapping[str, Share]] = MappingProxyType({one.name: one for one in _shares()})
