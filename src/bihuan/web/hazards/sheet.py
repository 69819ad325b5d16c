"""The list as .xlsx, in constant memory."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from tempfile import TemporaryFile
from typing import Any, Final

import xlsxwriter
from django.http import FileResponse

from bihuan.hazards.queries.lists import HazardLine
from bihuan.hazards.rules.states import level_name
from bihuan.web.hazards.rows import Column, names_for, rows_of
from bihuan.web.htmx import StaffRequest, calendar_of

CHUNK: Final = 2_000
WIDTHS: Final = {"what": 44, "place": 26, "next": 20, "part": 24}
EXCEL: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def as_sheet(
    request: StaffRequest, lines: Iterable[HazardLine], columns: Sequence[Column], *, today: date
) -> FileResponse:
    """Return these lines as a workbook; texts stay texts, so that words beginning with = are no formula."""
    file = TemporaryFile()  # noqa: SIM115 -- the response closes it after sending
    book = xlsxwriter.Workbook(file, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    page = book.add_worksheet("隐患")
    head = book.add_format({"bold": True, "bg_color": "#E9F0FA", "border": 1})
    for number, column in enumerate(columns):
        page.set_column(number, number, WIDTHS.get(column.key, 14))
        page.write_string(0, number, column.name, head)
    page.freeze_panes(1, 0)
    at = 0
    for at, row in enumerate(_rows(request, iter(lines), today), start=1):
        for number, column in enumerate(columns):
            _write(page, at, number, _cell(row, column.key))
    page.autofilter(0, 0, max(at, 1), len(columns) - 1)
    book.close()
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"隐患清单{today:%Y%m%d}.xlsx", content_type=EXCEL)


def _rows(request: StaffRequest, lines: Iterator[HazardLine], today: date) -> Iterator[dict[str, Any]]:
    while chunk := list(islice(lines, CHUNK)):
        names = names_for(request.actor, chunk, today=today)
        yield from rows_of(request.actor, chunk, names, today=today, calendar=calendar_of(request))


def _cell(row: dict[str, Any], key: str) -> Any:
    if key == "due":
        return " ".join(filter(None, (row["chip"].text or row["due_words"], row["due_title"])))
    if key == "next":
        return f"{row['next_who']} {row['next_what']}".strip()
    if key == "level":
        return level_name(row["level"])
    return row["state_name"] if key == "state" else row[key] if key in row else row["extra"].get(key, "")


def _write(page: Any, at: int, number: int, value: Any) -> None:
    if isinstance(value, int):
        page.write_number(at, number, value)
    else:
        page.write_string(at, number, str(value))
