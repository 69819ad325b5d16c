"""Units × clauses: what the page of a matrix is given, and which of a clause's figures a cell shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from bihuan.campaigns.rules.lines import CampaignView, ClauseLine, FigureLine, FrozenNote, TaskCount
from bihuan.campaigns.rules.standing import GROUPS, Group, Standing

BEHIND: Final = GROUPS[Group.BEHIND]


@dataclass(frozen=True, slots=True)
class MatrixColumn:
    """A unit, or single enterprises as one. key: in the address of the plan page, where it has that place (is_place).

    unit_id: of the `CampaignUnit`, None of what is no unit. behind: how many of all clauses are behind there.
    """

    key: str
    name: str
    side: str
    unit_id: UUID | None
    is_place: bool
    behind: int


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A clause. line: at the first place that the viewer sees. cells: by column. meant: the columns that it names."""

    line: ClauseLine
    cells: Mapping[str, ClauseLine]
    meant: frozenset[str]


@dataclass(frozen=True, slots=True)
class MatrixView:
    """All clauses of a campaign by all units whose figures the viewer may see, as of a day."""

    campaign: CampaignView
    on: date
    place_name: str
    columns: Sequence[MatrixColumn]
    rows: Sequence[MatrixRow]
    sections: Sequence[tuple[str, str, int]]
    section: str
    own_parts: Sequence[tuple[UUID, str]]
    frozen: FrozenNote | None = None


def is_blank(line: ClauseLine) -> bool:
    """Tell whether a clause has nothing to do with a unit so far: no task, and no figure that counts anything."""
    return not line.tasks.total and not any(map(_counts, line.figures))


def _counts(one: FigureLine) -> bool:
    return one.numerator is not None and one.standing is not Standing.NOTHING_YET


def shown_of(line: ClauseLine) -> FigureLine | TaskCount | None:
    """Return what a cell shows: the figure as which the clause stands, or the tasks that make it so; None: nothing."""
    told = [one for one in line.figures if _counts(one)]
    worst = next((one for one in told if one.standing is line.standing), None)
    if worst is not None:
        return worst
    return line.tasks if line.tasks.total else next(iter(told), None)


def behind_by(rows: Sequence[Mapping[str, ClauseLine]], keys: Sequence[str]) -> dict[str, int]:
    """Count the clauses that are behind, by column."""
    return {key: sum(key in row and row[key].standing in BEHIND for row in rows) for key in keys}
