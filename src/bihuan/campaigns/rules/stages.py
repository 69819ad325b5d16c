"""The stages of a campaign as they are kept of its plan, which of them runs on a day, and the days in which an order
that comes again does so: those of its stage, or its own."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from bihuan.campaigns.rules.days import Anchor, day_in, spans
from bihuan.campaigns.rules.text import fold

_FROM: Final = re.compile(r"(?:自|从|于)?((?:20\d{2}年)?\d{1,2}月\d{1,2}[日号])(?:起|开始)")


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage (阶段). start, end: None where the text gives no day. text: its days as the plan says them."""

    name: str
    start: date | None
    end: date | None
    text: str = ""
    place: Mapping[str, int] | None = None

    def as_json(self) -> dict[str, Any]:
        """Return it as it is kept."""
        return {
            "name": self.name,
            "start": self.start.isoformat() if self.start else None,
            "end": self.end.isoformat() if self.end else None,
            "text": self.text,
            "place": dict(self.place) if self.place else None,
        }

    def runs_on(self, on: date) -> bool:
        """Tell whether it runs on a day; without both days nobody can say."""
        return self.start is not None and self.end is not None and self.start <= on <= self.end


def stages_of(kept: Iterable[Mapping[str, Any]]) -> list[Stage]:
    """Return the stages of a plan as they are kept."""
    return [
        Stage(one["name"] or "", _day(one["start"]), _day(one["end"]), one["text"] or "", one.get("place"))
        for one in kept
    ]


def stage_over(stages: Sequence[Stage], headings: Sequence[Mapping[str, Any]], paragraph: int) -> Stage | None:
    """Return the stage in whose section a paragraph stands, the innermost of several; None where it stands in none.

    headings: of the plan, each with its level and place. A stage stands below the last heading at or above its days; it
    goes on to the next heading that is not below that one. One that a person added has no place in the text.
    """
    starts = sorted((int(one["place"]["paragraph"]), int(one["level"])) for one in headings)
    found: list[tuple[int, Stage]] = []
    for one in stages:
        above = [start for start in starts if one.place and start[0] <= one.place["paragraph"]]
        if not above:
            continue
        first, level = above[-1]
        after = [at for at, other in starts if at > first and other <= level]
        if first <= paragraph and (not after or paragraph < after[0]):
            found.append((first, one))
    return max(found, key=lambda pair: pair[0])[1] if found else None


def days_of_order(text: str, stage: Stage | None, *, first: date, last: date) -> tuple[date, date]:
    """Return the first and the last day in which an order comes again, within a campaign's: its own (自3月1日起每周,
    2月21日至3月10日每天) where it says some, else those of its stage, else the campaign's. first, last: of what is left
    of the campaign; the result may be empty, the first day after the last."""
    begin, end = _own_days(fold(text), stage.start if stage and stage.start else first)
    begin = begin or (stage.start if stage else None)
    end = end or (stage.end if stage else None)
    return max(first, begin or first), min(last, end or last)


def _own_days(folded: str, near: date) -> tuple[date | None, date | None]:
    anchor = Anchor(near.year, near.month)
    told = spans(folded, anchor)
    if told:
        return told[0].start_on, told[0].end_on
    since = _FROM.search(folded)
    return (day_in(since[1], anchor, last=False), None) if since else (None, None)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
