"""A list written back in the layout it came in, for the organ that issued it."""

import shutil
import tempfile
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from bihuan.hazards.rules.states import STATE_NAMES, State
from bihuan.intake.models import SuperiorItem, SuperiorList
from bihuan.intake.rules.claims import CLAIM_NAMES, Claim
from bihuan.intake.workbook import read_book
from bihuan.intake.workbook.filling import CLAIMING, Layout, Progress, fill
from bihuan.kernel.actor import Actor
from bihuan.kernel.errors import NotFound
from bihuan.trail import queries as trail

DONE: Final = (State.RECTIFIED, State.AWAITING_SUPERIOR, State.CLOSED)


@dataclass(frozen=True, slots=True)
class Back:
    """A file to hand over."""

    name: str
    content: bytes
    media_type: str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def back_of(viewer: Actor, list_id: UUID, *, today: date) -> Back:
    """Return a list as it came, filled with the progress of the hazards that the viewer sees."""
    row = SuperiorList.objects.visible_to(viewer).filter(pk=list_id).first()
    if row is None:
        raise NotFound("intake.list_not_found", "没有找到这份清单，或者不在您的管辖范围内。")
    by_sheet = _progress(viewer, row)
    layouts = [_layout(sheet, by_sheet.get(sheet["sheet"], {})) for sheet in row.layout]
    opened = trail.open_file(row.file_id, "original")
    with opened.stream as stream, tempfile.TemporaryDirectory() as folder:
        original = Path(folder) / Path(row.file_name).name
        with original.open("wb") as file:
            shutil.copyfileobj(stream, file)
        sheets = () if row.file_kind == "xlsx" else read_book(original).sheets
        content = fill(original, row.file_kind, sheets, layouts)
    return Back(f"{Path(row.file_name).stem}（回报{today.month}月{today.day}日）.xlsx", content)


def _layout(sheet: dict[str, Any], rows: dict[int, Progress]) -> Layout:
    return Layout(
        sheet=sheet["sheet"],
        header_rows=tuple(sheet["header_rows"]),
        columns=sheet["columns"],
        names=sheet["names"],
        rows=rows,
    )


def _progress(viewer: Actor, row: SuperiorList) -> dict[str, dict[int, Progress]]:
    """Return the progress by sheet and row of the last version; what only an earlier one had stands in no row of it."""
    rows: dict[tuple[str, int], list[dict[str, Any]]] = defaultdict(list)
    found = SuperiorItem.objects.visible_to(viewer).of_list(row.pk).filter(seen_in=row.imports)
    for one in found.values(
        "sheet",
        "source_row",
        "claim",
        "own",
        "hazard__number",
        "hazard__state",
        "hazard__deadline",
        "hazard__rectified_on",
        "hazard__passed_on",
        "hazard__closed_on",
        "hazard__photo_count",
        "hazard__after_documents",
    ):
        rows[one["sheet"], one["source_row"]].append(dict(one))
    by_sheet: dict[str, dict[int, Progress]] = defaultdict(dict)
    for (sheet, number), group in rows.items():
        by_sheet[sheet][number] = _together(group)
    return by_sheet


def _together(group: list[dict[str, Any]]) -> Progress:
    """Join the hazards of one row: one state when all agree, else numbered; a day only when all have it."""
    states = [State(one["hazard__state"]) for one in group]
    names = [STATE_NAMES[state] for state in states]
    text = names[0] if len(set(names)) == 1 else "；".join(f"{n}.{name}" for n, name in enumerate(names, start=1))
    deadlines = sorted({one["hazard__deadline"] for one in group if one["hazard__deadline"]})
    return Progress(
        number="、".join(one["hazard__number"] for one in group),
        state=text,
        deadline="、".join(day.isoformat() for day in deadlines),
        rectified_on=_last_of_all(group, "hazard__rectified_on"),
        passed_on=_last_of_all(group, "hazard__passed_on"),
        closed_on=_last_of_all(group, "hazard__closed_on"),
        evidence=sum(one["hazard__photo_count"] + one["hazard__after_documents"] for one in group),
        done=all(state in DONE for state in states),
        closed=all(state is State.CLOSED for state in states),
        differs=_differs(group, text),
    )


def _differs(group: list[dict[str, Any]], text: str) -> str:
    """Say it when the row claims more or less than what was worked off; a row that claims nothing agrees."""
    if not any(one["own"].get("texts", {}).get(field) for one in group for field in CLAIMING):
        return ""
    if all(_agrees(Claim(one["claim"]), State(one["hazard__state"])) for one in group):
        return ""
    claims = dict.fromkeys(CLAIM_NAMES[Claim(one["claim"])].removeprefix("声称") for one in group)
    return f"表内称{'、'.join(claims)}，本镇进度为{text}"


def _agrees(claim: Claim, state: State) -> bool:
    if claim is Claim.CLOSED:
        return state is State.CLOSED
    return (claim is Claim.RECTIFIED) == (state in DONE)


def _last_of_all(group: list[dict[str, Any]], name: str) -> date | None:
    days = [one[name] for one in group]
    return max(days) if all(days) else None
