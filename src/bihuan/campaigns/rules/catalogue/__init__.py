"""The catalogue of indicators: every figure that the rules' section 13 asks of a campaign, declared whole.

Nothing here computes; `campaigns.queries` asks the registry of statistics for the terms. A figure whose room is not
there yet waits under the name that this room will register, so that it is measured without touching the catalogue.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from bihuan.campaigns.rules.catalogue.checking import CHECKING
from bihuan.campaigns.rules.catalogue.duties import DUTIES
from bihuan.campaigns.rules.catalogue.goals import GOALS
from bihuan.campaigns.rules.catalogue.running import RUNNING
from bihuan.campaigns.rules.covered import Cover, cover_of
from bihuan.campaigns.rules.terms import Indicator, State

CATALOGUE: Final[tuple[Indicator, ...]] = (*GOALS, *DUTIES, *CHECKING, *RUNNING)
BY_KEY: Final = {one.key: one for one in CATALOGUE}
# The clauses of the plan of 2017, as the rules number them (section 13): sentence by sentence, long ones split.
CLAUSES: Final[tuple[str, ...]] = tuple(dict.fromkeys(clause for one in CATALOGUE for clause in one.clauses))

# By the first word of a measure's name: what the room is called to people.
ROOMS: Final[dict[str, str]] = {
    "accidents": "生产安全事故",
    "campaigns": "专项行动的任务、会议、报表和督查",
    "enforcement": "执法惩戒",
    "enterprises": "企业",
    "hazards": "隐患",
    "inspections": "监督检查",
    "intake": "上级交办",
    "orgs": "组织责任",
    "resumption": "复工复产",
    "risks": "双重预防",
    "safeguards": "重点时段",
    "self_checks": "企业自查自评",
}


def rooms_of(names: Collection[str]) -> tuple[str, ...]:
    """Return the rooms that these measures wait for, by their first word."""
    return tuple(sorted({name.partition(".")[0] for name in names}))


@dataclass(frozen=True, slots=True)
class Tally:
    """How many clauses are measured (every figure), partly measured, waiting, or beyond data; with the figures."""

    clauses: dict[State, int]
    partly: int
    figures: dict[State, int]


def tally(known: Collection[str]) -> Tally:
    """Count clauses and figures by state. known: every registered name.

    A clause is measured when each of its figures that data can say is; partly, when some are. It waits when none is,
    and is beyond data when data can say none of its figures.
    """
    states = {one.key: one.state(known) for one in CATALOGUE}
    covers = Counter(cover_of({states[one.key] for one in CATALOGUE if clause in one.clauses}) for clause in CLAUSES)
    clauses, partly = {state: covers[Cover(state)] for state in State}, covers[Cover.PARTLY]
    figures = {state: sum(found is state for found in states.values()) for state in State}
    return Tally(clauses, partly, figures)
