"""What a life of the demo is drawn with: its scenes, its parts, and the day that it has come to."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random
from typing import Final
from uuid import UUID

from bihuan.cli.demo.texts import Finding
from bihuan.cli.demo.troupe import OFFICE
from bihuan.hazards.rules.acts import Act
from bihuan.hazards.rules.facts import Given
from bihuan.hazards.rules.finding import NewHazard
from bihuan.hazards.rules.states import FileRole

Wanted = tuple[FileRole, ...]


@dataclass(frozen=True, slots=True)
class Scene:
    """One act of a life. files: what its player photographs or scans; the season uploads them as that player."""

    day: date
    act: Act
    part: str
    given: Given
    files: Wanted = ()


@dataclass
class Life:
    """A finding and what becomes of it. place: the seed of what its photos look like, shots: how many were taken."""

    day: date
    reporter: str
    new: NewHazard
    finding: Finding
    files: Wanted = ()
    scenes: list[Scene] = field(default_factory=list)
    place: int = 0
    shots: int = 0


@dataclass(frozen=True, slots=True)
class Parts:
    """Who plays in one life: who orders and verifies, who rectifies (the enterprise, or who acts for it).

    orderer: who grades and orders a general hazard, the office or the department of the trade. delegate: the unit of
    the verifier where the order lets another re-inspect (R3.15).
    """

    rectifier: str
    verifier: str
    acting_for: str
    supervisor: UUID
    orderer: str = OFFICE
    delegate: UUID | None = None


@dataclass
class Draft:
    """A life being drawn: the day it has come to, its dice, its people. grain: days are moved to this weekly rhythm."""

    life: Life
    parts: Parts
    dice: Random
    day: date
    weekly: bool
    last: date
    deadline: date | None = None

    def later(self, least: int, most: int) -> date:
        """Let some days pass; where towns are played in weeks, to the same weekday for all."""
        self.day += timedelta(days=self.dice.randint(least, most))
        return self.day

    def add(self, act: Act, part: str, given: Given, files: Wanted = ()) -> None:
        """Add a scene on the day the life has come to."""
        acting = self.parts.acting_for
        if part == self.parts.rectifier and acting and act in ACTED:
            given, files = replace(given, acting_for=acting), (*files, FileRole.PAPER)
        self.life.scenes.append(Scene(self.day, act, part, given, files))


ACTED: Final = frozenset(
    {
        Act.ACCEPT,
        Act.HAND_IN,
        Act.ASK_EXTENSION,
        Act.HAND_IN_PLAN,
        Act.APPLY_ACCEPTANCE,
        Act.APPLY_RESUMPTION,
        Act.PROGRESS,
        Act.TELL_WORKERS,
    }
)
