"""Gather a draft's rows as they will be entered: mended, answered, without those set aside."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from bihuan.intake.models import ImportDoubt, ImportFirm, ImportRow, ImportRun
from bihuan.intake.queries.clocks import clock_of
from bihuan.intake.rules.deadlines import Clock
from bihuan.intake.rules.items import Item
from bihuan.intake.rules.runs import NEW_FIRM
from bihuan.intake.rules.settling import Answer, mended, settle
from bihuan.intake.rules.storing import restored


@dataclass(frozen=True, slots=True)
class Row:
    """One row as it will be entered. marks: the codes of its open doubts.

    kept: the item as the draft has it in JSON, where nobody has changed it since it was read.
    left_out: why it will not be entered ("aside", "same_item", "hidden", "unsplit"), or "".
    """

    place: int
    item: Item
    firm_key: str
    kept: Mapping[str, Any] | None = None
    left_out: str = ""
    marks: tuple[str, ...] = ()
    difference: str = ""


@dataclass(frozen=True, slots=True)
class Ready:
    """A whole draft as it will be entered. problem_rows: source rows with problems. open_firms: names not chosen."""

    rows: tuple[Row, ...]
    firms: Mapping[str, ImportFirm]
    problem_rows: tuple[int, ...]
    new_firms: tuple[ImportFirm, ...]
    open_firms: tuple[str, ...]


_COLUMNS: Final = (
    "place", "sheet", "source_row", "part", "item", "mended", "has_problem", "aside", "firm", "difference",
)  # fmt: skip


def ready_rows(run: ImportRun) -> Ready:
    """Return a draft as it would be entered now; three queries."""
    answers, marks = _answers(run)
    clock = clock_of(run.town_id)
    today = run.read_on or run.started_at.date()
    rows: list[Row] = []
    problems: dict[int, None] = {}
    kept = ImportRow.objects.filter(run=run).order_by("place").values_list(*_COLUMNS, named=True)
    for row in kept.iterator(chunk_size=2_000):
        settled = _settled(row, answers, clock, today, marks)
        rows.append(settled)
        if row.has_problem and not settled.left_out:
            problems[row.source_row] = None
    firms = {firm.key: firm for firm in ImportFirm.objects.filter(run=run)}
    used = {row.firm_key for row in rows if not row.left_out}
    named = [firm for key, firm in firms.items() if key in used]
    return Ready(
        rows=tuple(rows),
        firms=firms,
        problem_rows=tuple(problems),
        new_firms=tuple(firm for firm in named if firm.choice == NEW_FIRM),
        open_firms=tuple(firm.name for firm in named if not firm.choice),
    )


Answers = dict[tuple[str, int], list[Answer]]


def _answers(run: ImportRun) -> tuple[Answers, dict[tuple[str, int], list[str]]]:
    """Return the answers by sheet and row, and the codes of doubts nobody has answered."""
    answers: Answers = defaultdict(list)
    marks: dict[tuple[str, int], list[str]] = defaultdict(list)
    doubts = ImportDoubt.objects.filter(run=run).order_by("place")
    for sheet, number, others, code, field, answer in doubts.values_list(
        "sheet", "source_row", "rows", "code", "field", "answer"
    ):
        touched = dict.fromkeys([number, *others])
        for one in touched:
            if answer is None:
                marks[sheet, one].append(code)
            else:
                answers[sheet, one].append(Answer(code, field, answer, number, tuple(others)))
    return answers, marks


def _settled(row: Any, answers: Answers, clock: Clock, today: date, marks: dict[tuple[str, int], list[str]]) -> Row:
    item = restored(row.item, sheet=row.sheet, source_row=row.source_row, part=row.part)
    if row.mended:
        item, _ = mended(item, row.mended, clock, today=today)
    where = (row.sheet, row.source_row)
    settled = settle(item, answers.get(where, ())) if where in answers else None
    return Row(
        place=row.place,
        item=settled.item if settled else item,
        firm_key=row.firm,
        kept=None if row.mended or settled else row.item,
        left_out="aside" if row.aside else settled.left_out if settled else "",
        marks=tuple(marks.get(where, ())),
        difference=row.difference,
    )
