"""What a person is shown of a verdict: the proposed level, the clauses to look at, and why. A person decides (L8)."""

from dataclasses import dataclass
from typing import Final

from bihuan.standards.rules.criteria import Criterion, Standard
from bihuan.standards.rules.determine import Level, Status, Verdict, candidates, confidence, reason
from bihuan.standards.rules.determine.judging import FIRE
from bihuan.standards.rules.teaching import Lesson

LEVEL_SAYS: Final = {
    Level.MAJOR: "建议按重大隐患核实",
    Level.OPEN: "由人判断",
    Level.GENERAL: "建议按一般隐患",
}
SUSPECTED: Final = "疑似重大火灾隐患，移送消防救援机构判定"


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause to look at, with what speaks for and against it. needs: what would have to be different.

    may_cite: False for a clause that is only shown to read: its standard is not in force, or it may not conclude.
    """

    criterion: Criterion
    standard: Standard
    level: Level
    speaks_for: tuple[str, ...]
    speaks_against: tuple[str, ...]
    needs: tuple[str, ...]
    may_cite: bool

    @property
    def value(self) -> str:
        """How a form names the clause."""
        return f"{self.standard.id}|{self.criterion.clause}"


@dataclass(frozen=True, slots=True)
class Heeded:
    """What people of a town made of such a proposal before. followed: of those decided, how many agreed."""

    followed: int
    decided: int


@dataclass(frozen=True, slots=True)
class Advice:
    """A proposal for a finding. deciding: the clause it rests on, None for 一般. version: of words and conditions.

    confidence: 0 to 1, the share of labelled answers like it that were right. own_words: of the town, that it rests on.
    by_likeness: no condition was read whole, a labelled finding is like it.
    """

    level: Level
    deciding: Clause | None
    clauses: tuple[Clause, ...]
    reason: str
    confidence: float
    version: str
    own_words: tuple[Lesson, ...] = ()
    heeded: Heeded | None = None
    by_likeness: bool = False

    @property
    def percent(self) -> int:
        """How sure it is, in whole per cent, rounded down."""
        return int(self.confidence * 100)

    @property
    def says(self) -> str:
        """The proposal in words."""
        fire = self.deciding is not None and self.deciding.standard.sector_word == FIRE
        return SUSPECTED if fire and self.level is Level.OPEN else LEVEL_SAYS[self.level]


def advice_of(verdict: Verdict, *, version: str, own_words: tuple[Lesson, ...] = ()) -> Advice:
    """Freeze a verdict for people: at most three clauses, the deciding one first."""
    shown = [(one, _level(one.met.status)) for one in candidates(verdict)]
    clauses = tuple(
        Clause(
            criterion=one.met.rule.item,
            standard=one.met.rule.standard,
            level=level,
            speaks_for=one.speaks_for,
            speaks_against=one.speaks_against,
            needs=one.would_need if one.met.status < Status.HIT else (),
            may_cite=not one.met.prompt and level is not Level.GENERAL and bool(one.met.rule.item.text),
        )
        for one, level in shown
    )
    deciding = next(
        (one for one in clauses if verdict.deciding is not None and one.criterion is verdict.deciding.rule.item), None
    )
    return Advice(
        level=verdict.level,
        deciding=deciding,
        clauses=clauses,
        reason=reason(verdict),
        confidence=confidence(verdict),
        version=version,
        own_words=own_words,
        by_likeness=verdict.deciding is not None and verdict.deciding.precedent is not None,
    )


def _level(status: Status) -> Level:
    return {Status.HIT: Level.MAJOR, Status.ASK: Level.OPEN}.get(status, Level.GENERAL)
