"""The stages of a campaign as they are kept of its plan, and which of them runs on a day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any


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


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
