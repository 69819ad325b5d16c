"""What a brief and a summary say of the plan itself: its clauses, the units that are late, what comes next."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from bihuan.campaigns.rules.standing import GROUP_NAMES, Group
from bihuan.campaigns.rules.supervision.text import Figure, heading_number

LATE_NAMES: Final = {"late_plans": "子方案", "late_tasks": "任务", "late_returns": "报表"}
MOST_IN_WORDS: Final = 19
Part = str | Figure


@dataclass(frozen=True, slots=True)
class ClauseSaid:
    """A clause that is behind: what it orders, of whom, by when; None where the campaign's end is its day."""

    gist: str
    parties: Sequence[str]
    due_on: date | None


@dataclass(frozen=True, slots=True)
class LateUnit:
    """A unit with what it is late with, by the names of `LATE_NAMES`; each figure has how many as its rows."""

    name: str
    figures: Mapping[str, Figure]


@dataclass(frozen=True, slots=True)
class Progress:
    """How a plan stands at the end of a day. groups: its clauses, each in one; criticised: names of the period."""

    total: Figure
    groups: Mapping[Group, Figure]
    behind: Sequence[ClauseSaid] = ()
    late: Sequence[LateUnit] = ()
    criticised: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """A heading, a sentence, or a table with its head."""

    heading: str = ""
    sentence: Sequence[Part] = ()
    head: Sequence[str] = ()
    rows: Sequence[Sequence[Part]] = ()


def standing_pieces(progress: Progress, day: str) -> Iterator[Piece]:
    """Say how the clauses stand, which are behind, and which units are late with what. day: in words."""
    if not progress.total.rows:
        return
    yield Piece("方案要求落实情况")
    parts: list[Part] = [f"截至{day}，方案的要求共", progress.total, "条"]
    for number, (group, figure) in enumerate((one, each) for one, each in progress.groups.items() if each.rows):
        parts += ["，" if number else "，其中", GROUP_NAMES[group], figure, "条"]
    yield Piece(sentence=[*parts, "。"])
    if progress.behind:
        yield Piece(sentence=["落后的要求如下。"])
        yield Piece(head=("要求", "责任单位", "时限"), rows=[_clause(one) for one in progress.behind])
    yield Piece("各单位逾期事项")
    if progress.late:
        yield Piece(sentence=[f"截至{day}，下列单位有逾期没有报的子方案、没有办完的任务或者没有报的报表。"])
        rows: list[list[Part]] = [[one.name, *(one.figures[name] for name in LATE_NAMES)] for one in progress.late]
        yield Piece(head=("单位", *LATE_NAMES.values()), rows=rows)
    else:
        yield Piece(sentence=[f"截至{day}，没有逾期没报的子方案、没办完的任务和没报的报表。"])
    if progress.criticised:
        yield Piece(sentence=[f"期间予以通报批评的单位：{'、'.join(progress.criticised)}。"])


def next_pieces(progress: Progress, overdue: Figure | None) -> Iterator[Piece]:
    """Say what comes next, from what is behind, late and overdue. overdue: hazards, None or none of them: not told."""
    if not progress.total.rows:
        return
    yield Piece("下一步工作")
    behind = progress.groups.get(Group.BEHIND)
    told: list[list[Part]] = []
    if behind is not None and behind.rows:
        told.append(["对落后的", behind, "条要求，责任单位逐条说明原因、明确补救时限，镇安委会办公室跟踪督办"])
    if progress.late:
        told.append(["有逾期事项的单位立即补报子方案和报表、办结任务"])
    if overdue is not None:
        told.append(["对整改逾期的", overdue, "项隐患逐项督促，整改到位并复查销号"])
    if progress.criticised:
        told.append(["被通报批评的单位按期改正并书面报告"])
    told = told or [["各单位继续按方案推进各项要求"]]
    parts: list[Part] = []
    for number, one in enumerate(told):
        parts += ["；" if number else "", *one]
    yield Piece(sentence=[*parts, "。"])


def _clause(one: ClauseSaid) -> list[Part]:
    due = f"{one.due_on.month}月{one.due_on.day}日" if one.due_on else "行动结束前"
    return [one.gist, "、".join(one.parties) or "—", due]


def due_words(working_days: int) -> str:
    """Say by when a circular asks for corrections: so many working days from its issue, in words as papers do."""
    if not working_days:
        return "按期"
    count = heading_number(working_days).removesuffix("、") if working_days <= MOST_IN_WORDS else str(working_days)
    return f"自本通报印发之日起{count}个工作日内"
