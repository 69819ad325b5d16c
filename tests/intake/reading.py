"""How the tests of this room read a file, a cell or a few rows."""

from datetime import date
from pathlib import Path
from typing import Any

from bihuan.cli.intake import calendar_around
from bihuan.intake.rows import understand
from bihuan.intake.rules.cells import Sheet
from bihuan.intake.rules.days import Anchor
from bihuan.intake.rules.deadlines import Clock
from bihuan.intake.rules.frame import Frame
from bihuan.intake.rules.items import Understanding
from bihuan.intake.workbook import Book, read_book
from bihuan.standards.rules import festival_on

WORKBOOKS = Path(__file__).resolve().parent.parent / "workbooks"
TODAY = date(2018, 2, 14)
CLOCK = Clock(festival_on, calendar_around(2018))
FOUND = Anchor(date(2018, 1, 19))


def read_file(name: str, *, today: date = TODAY) -> dict[str, Any]:
    """Return what is understood of a file of tests/workbooks/must_pass, as JSON."""
    return understand(read_book(WORKBOOKS / "must_pass" / name), Frame(today, CLOCK)).as_json()


def read_rows(*rows: list[Any], today: date = TODAY, name: str = "表", **frame: Any) -> Understanding:
    """Return what is understood of rows given here."""
    sheet = Sheet(name, [list(row) for row in rows])
    return understand(Book("xlsx", (sheet,)), Frame(today, CLOCK, **frame))
