"""What a person is shown of a verdict: the proposed level, the clauses to look at, and why. A person decides (L8)."""

from dataclasses import dataclass
from typing import Final

from bihuan.standards.rules.concluding import MISSING, is_fire
from bihuan.standards.rules.criteria import Criterion, Standard
from bihuan.standards.rules.determine import Candidate, Level, Status, Verdict, candidates, confidence, reason
from bihuan.standards.rules.teaching import Lesson

LEVEL_SAYS: Final = {
    Level.MAJOR: "建议按重大隐患核实",
    Level.OPEN: "由人判断",
    Level.GENERAL: "建议按一般隐患",
}
SUSPECTED: Final = "疑似重大火灾隐患，移送消防救援机构判定"
SCREENED: Final = "由人判断，施行的消防标准条文没有还原"
UNABLE: Final = "这次没能给出提示"
UNABLE_WHY: Final = "程序在读这段描述时出了错，已记入运行日志。请直接对照条款，由人判断。"
SHORT_SUSPECTED: Final = "疑似重大"
SO_FAR: Final = "先按一般隐患，所属的标准还没有对照"
CITES: Final = "用这一条定为重大"
CITES_BY_PERSON: Final = "由人核对后，用这一条定为重大"


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause to look at, with what speaks for and against it. needs: what would have to be different.

    may_cite: False for a clause that is only shown to read: it is not met, its text is not held, or it is one of fire,
    on which the fire authority determines. is_prompt: it is of an older version and only hints. is_whole: all that it
    asks for is told, or as many elements as it counts.
    """

    criterion: Criterion
    standard: Standard
    level: Level
    speaks_for: tuple[str, ...]
    speaks_against: tuple[str, ...]
    needs: tuple[str, ...]
    may_cite: bool
    is_prompt: bool = False
    is_whole: bool = False

    @property
    def cites(self) -> str:
        """What the button says that takes the clause for a major hazard."""
        return CITES if self.level is Level.MAJOR else CITES_BY_PERSON

    @property
    def is_suspected(self) -> bool:
        """Whether it is met whole, which is a suspicion to be handed over and never a level given here."""
        return self.goes_to_fire and self.is_whole

    @property
    def goes_to_fire(self) -> bool:
        """Whether the fire authority determines on it, once what it leaves open is known."""
        return is_fire(self.standard) and self.level is Level.OPEN and not self.is_prompt

    @property
    def value(self) -> str:
        """How a form names the item: by its own id, for several items may stand under one clause."""
        return f"{self.standard.id}|{self.criterion.id}"


@dataclass(frozen=True, slots=True)
class Heeded:
    """What people of a town made of such a proposal before. followed: of those decided, how many agreed."""

    followed: int
    decided: int


@dataclass(frozen=True, slots=True)
class Advice:
    """A proposal for a finding. deciding: the clause it rests on, None for 一般. version: of words and conditions.

    confidence: 0 to 1, the share of labelled answers like it that were right. own_words: of the town, that it rests on.
    by_likeness: no condition was read whole, a labelled finding is like it. is_screened: it rests on items of an older
    version that only hint, the clauses of the one in force not being held. is_adjacent: it may belong to a standard
    that is not held. is_unable: the judging failed, and nothing is proposed.
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
    is_screened: bool = False
    is_adjacent: bool = False
    is_unable: bool = False

    @property
    def percent(self) -> int:
        """How sure it is, in whole per cent, rounded down."""
        return int(self.confidence * 100)

    @property
    def tells_how_sure(self) -> bool:
        """Whether a share is shown: only of a clause that is proposed, not where somebody has to judge."""
        return self.level is Level.MAJOR and self.deciding is not None

    @property
    def short(self) -> str:
        """The proposal in a word, for one of several hazards in a line."""
        if self.is_unable:
            return Level.OPEN.value
        return SHORT_SUSPECTED if self.is_suspected else self.level.value

    @property
    def is_suspected(self) -> bool:
        """Whether what is proposed is to hand over a suspicion to the fire authority."""
        return self.deciding is not None and self.deciding.is_suspected

    @property
    def says(self) -> str:
        """The proposal in words."""
        if self.is_unable:
            return UNABLE
        if self.is_screened:
            return SCREENED
        if self.is_adjacent and self.level is Level.GENERAL:
            return SO_FAR
        return SUSPECTED if self.is_suspected else LEVEL_SAYS[self.level]


def unable(version: str) -> Advice:
    """Return what is shown where the judging failed: no proposal, so that a person looks at the clauses."""
    return Advice(Level.OPEN, None, (), UNABLE_WHY, 0.0, version, is_unable=True)


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
            may_cite=_may_cite(one, level),
            is_prompt=one.met.prompt,
            is_whole=one.met.is_whole,
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
        reason=reason(verdict, each=False),
        confidence=confidence(verdict),
        version=version,
        own_words=own_words,
        by_likeness=verdict.deciding is not None and verdict.deciding.precedent is not None,
        is_adjacent=bool(verdict.adjacent),
        is_screened=verdict.deciding is not None and verdict.deciding.prompt,
    )


def _may_cite(one: Candidate, level: Level) -> bool:
    """Tell whether a form may take the clause: fire is handed over, and what only hints is never cited."""
    rule = one.met.rule
    held = bool(rule.item.text) and rule.item.completeness != MISSING
    return held and level is not Level.GENERAL and not one.met.prompt and not is_fire(rule.standard)


def _level(status: Status) -> Level:
    return {Status.HIT: Level.MAJOR, Status.ASK: Level.OPEN}.get(status, Level.GENERAL)
