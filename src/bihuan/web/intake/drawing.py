"""What the checking page shows, made from what intake answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.urls import reverse

from bihuan.hazards.rules.states import STATE_NAMES, State
from bihuan.intake.queries.runs import heading_key
from bihuan.intake.rules.claims import CLAIM_NAMES, Claim
from bihuan.intake.rules.fields import FIELD_NAMES, Field
from bihuan.intake.rules.lines import ColumnLine, ListLine, Question, RowLine, RunCounts, RunView, Trial
from bihuan.intake.rules.runs import DIFFERENCE_NAMES, Difference
from bihuan.web.parts import Part, Stack, Tile

SHEET_FIELDS: Final = 6
SHEET_ROWS: Final = 6
SURE_SHOWN: Final = 3
MOST_SUMMED: Final = 2_000  # with more rows, the sums are made on the page before entering only
FIELD_CHOICES: Final = [("", "存为附注"), *((field.value, name) for field, name in FIELD_NAMES.items())]
USUAL: Final = (Field.ENTERPRISE_NAME, Field.DESCRIPTION, Field.LEVEL, Field.DEADLINE, Field.STATUS, Field.RECTIFIED_ON)
STEPS: Final = ("选文件", "核对理解", "试算", "入账")
LIST_PARTS: Final[tuple[tuple[str, str, tuple[State, ...]], ...]] = (
    ("已销号", "a", (State.CLOSED,)),
    ("待上级认可", "b", (State.AWAITING_SUPERIOR,)),
    ("待复查", "c", (State.RECTIFIED,)),
    ("待整改、整改中", "d", (State.ASSIGNED, State.RECTIFYING)),
    ("待核实、已定级", "e", (State.REPORTED, State.CONFIRMED)),
    ("已移送、不成立", "f", (State.TRANSFERRED, State.INVALID)),
)


@dataclass(frozen=True, slots=True)
class SheetBox:
    """The source sheet: headings with their letters, and rows with what is doubted."""

    heads: Sequence[tuple[str, str]]
    rows: Sequence[Mapping[str, Any]]


def steps(now: int) -> list[dict[str, Any]]:
    """Return the steps of the wizard. now: from 1."""
    return [
        {"number": number, "name": name, "state": "done" if number < now else "now" if number == now else ""}
        for number, name in enumerate(STEPS, start=1)
    ]


def subtitle(run: RunView) -> str:
    """Return where the list comes from and where its header is, in one line."""
    heads = [sheet for sheet in run.sheets if sheet["kind"] == "hazards"]
    parts = [run.organ or "交办单位没有写"]
    parts += [f"表“{sheet['sheet']}”，表头在第 {sheet['header_row']} 行" for sheet in heads[:2]]
    parts += [f"等 {len(heads)} 张表"] if len(heads) > 2 else []
    return " · ".join(parts)


def tiles(run: RunView, columns: Sequence[ColumnLine], questions: Sequence[Question], counts: RunCounts) -> list[Tile]:
    """Return the figures on top: read, columns, enterprises, what can be entered as it is, what is doubted."""
    dropped = [entry for sheet in run.sheets for entry in sheet["dropped"] if entry[1] == "total"]
    known = sum(bool(column.field) for column in columns)
    kept = len(columns) - known
    batches = sum(question.is_batch for question in questions)
    rows = reverse("intake:rows", args=(run.id,))
    made = [
        Tile("读到", run.rows, "行", f"合计行 {len(dropped)} 行已去掉" if dropped else "没有合计行", href=rows),
        Tile("列", known, f"/ {len(columns)}", f"{kept} 列存为附注" if kept else "全部对上"),
        Tile("企业", counts.matched, f"/ {counts.firms}", _firm_note(counts), note_tone="amber" if counts.open else ""),
        Tile("可直接入账", counts.clean_rows, "行"),
        Tile(
            "有疑问",
            counts.doubted_rows,
            "行",
            f"成批 {batches} 问，单独 {len(questions) - batches} 处",
            href=f"{rows}?only=doubts",
            tone="amber" if counts.doubted_rows else "",
        ),
    ]
    if counts.problem_rows:
        made.append(Tile("要改的", counts.problem_rows, "行", href=f"{rows}?only=problems", tone="red"))
    return made


def _firm_note(counts: RunCounts) -> str:
    parts = [f"新建 {counts.new}"] * bool(counts.new) + [f"{counts.open} 家没定"] * bool(counts.open)
    return "，".join(parts) or "全部对上"


def mapped(columns: Sequence[ColumnLine]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the columns with the choice of what each is taken for: those to look at, and the sure rest."""
    lines = [
        {
            "letter": column.letter,
            "heading": column.heading,
            "key": heading_key(column.heading),
            "sample": column.sample,
            "field": column.field,
            "name": FIELD_NAMES[Field(column.field)] if column.field in set(Field) else "附注",
            "mark": "soon" if column.doubt else "none" if not column.field else "ok",
            "word": "有疑问" if column.doubt else "附注" if not column.field else "已对上" if column.sure else "像是",
            "note": column.doubt or ("没有这个字段" if not column.field else ""),
        }
        for column in columns
    ]
    asked = [line for line in lines if line["mark"] != "ok" or line["word"] != "已对上"]
    sure = [line for line in lines if line["mark"] == "ok" and line["word"] == "已对上"]
    return asked + sure[:SURE_SHOWN], sure[SURE_SHOWN:]


def sheet_box(run: RunView, rows: Sequence[RowLine]) -> SheetBox:
    """Return the source sheet with the columns that the shown rows are doubted in, in the sheet's order."""
    doubted = {field for row in rows for field in row.doubted if field}
    wanted = [
        *(field for field in Field if field.value in doubted),
        *(one for one in USUAL if one.value not in doubted),
    ]
    letters = _letters(run)
    shown = [field for field in wanted if field.value in letters][:SHEET_FIELDS]
    shown.sort(key=lambda field: (len(letters[field.value]), letters[field.value]))
    return SheetBox(
        heads=[(letters[field.value], _heading(run, letters[field.value], field)) for field in shown],
        rows=[
            {
                "number": row.source_row,
                "cells": [
                    {"text": row.cells.get(field.value, ""), "doubted": field.value in row.doubted} for field in shown
                ],
            }
            for row in rows[:SHEET_ROWS]
        ],
    )


def _letters(run: RunView) -> dict[str, str]:
    return {name: letters[0] for sheet in reversed(run.sheets) for name, letters in sheet["columns"].items() if letters}


def _heading(run: RunView, letter: str, field: Field) -> str:
    return next((sheet["names"][letter] for sheet in run.sheets if letter in sheet["names"]), FIELD_NAMES[field])


def row_cells(run: RunView, rows: Sequence[RowLine]) -> tuple[list[tuple[str, str, str]], list[dict[str, Any]]]:
    """Return the headings (letters, heading, field) and the rows of the full source sheet."""
    letters = _letters(run)
    shown = [field for field in Field if field.value in letters]
    shown.sort(key=lambda field: (len(letters[field.value]), letters[field.value]))
    heads = [
        (letters[field.value], _heading(run, letters[field.value], field), field.value)
        for at, field in enumerate(shown)
        if letters[field.value] not in {letters[other.value] for other in shown[:at]}
    ]
    lines = [
        {
            "row": row,
            "difference": DIFFERENCE_NAMES[Difference(row.difference)] if run.list_id else "",
            "cells": [
                {
                    "field": field,
                    "text": row.mended.get(field, row.cells.get(field, "")),
                    "was": row.cells.get(field, "") if field in row.mended else "",
                    "doubted": field in row.doubted,
                    "bad": any(problem.get("field") == field for problem in row.problems),
                }
                for _, _, field in heads
            ],
        }
        for row in rows
    ]
    return heads, lines


def sums(run: RunView, trial: Trial | None) -> str:
    """Return what entering would come to under the present choices, in one line."""
    if trial is None:
        return f"{run.rows} 行，{run.items} 项；行数多，按“试算”看会办成什么"
    claims = "、".join(
        f"{CLAIM_NAMES[claim].removeprefix('声称')} {trial.claims[claim]}" for claim in Claim if trial.claims.get(claim)
    )
    left = f"；没定的 {trial.open_doubts} 处留记号" if trial.open_doubts else ""
    return f"{trial.rows} 行 → {trial.items} 项，都从待核实开始；清单所称{claims}另存{left}"


def list_stack(line: ListLine, *, href: str) -> Stack:
    """Return a list's progress as a stacked bar; each part opens its items."""
    return Stack(
        [
            Part(name, line.count(*states), tone, href=f"{href}?only={','.join(states)}")
            for name, tone, states in LIST_PARTS
            if line.count(*states) or tone == "a"
        ]
    )


def state_name(state: State) -> str:
    """Return a state in words."""
    return STATE_NAMES[state]
