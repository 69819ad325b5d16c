"""The days that a column of a table, a key or a line says for a clause: 完成时限：5月底前."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from bihuan.campaigns.rules.days import Anchor, day_in
from bihuan.campaigns.rules.deadlines import deadline
from bihuan.campaigns.rules.due import Due
from bihuan.campaigns.rules.tables import Row
from bihuan.campaigns.rules.text import Line, Place

_SEVERAL: Final = re.compile(r"各\s*[\d一二两三四]+\s*次")  # 上半年、下半年各一次: no one day


def day_said(text: str, anchor: Anchor) -> date | None:
    """Return the day that such a wording means, None where it gives none."""
    if _SEVERAL.search(text):
        return None
    due = deadline(text, anchor)
    return due.on if due and due.on else day_in(text, anchor, last=True)


def due_of_row(row: Row, lines: Sequence[Line], anchor: Anchor) -> Due | None:
    """Return when the task of a row is due: by its column of days, without one by the words of the task itself."""
    if row.deadline:
        return Due(day_said(row.deadline, anchor), row.deadline, row.deadline_place)
    task = row.task
    due = deadline(lines[task.paragraph].folded[task.start : task.end], anchor)
    if due is None:
        return None
    return Due(due.on, due.text, Place(task.paragraph, task.start + due.start, task.start + due.end))
