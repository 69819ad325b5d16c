"""A workbook of units and people is read in a process of its own, within bounds."""

import io
from dataclasses import replace

import pytest
import xlsxwriter

from bihuan.kernel.sheets import Bounds
from bihuan.orgs import services
from bihuan.orgs.services.workbook import BOUNDS


def workbook() -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        units, hidden = book.add_worksheet("单位"), book.add_worksheet("别的")
        units.write_row(0, 0, ["类别", "全称"])
        units.write_row(1, 0, ["网格", 3])
        hidden.hide()
    return buffer.getvalue()


def test_given_a_workbook_when_read_then_the_cells_of_its_visible_sheets_are_there() -> None:
    assert services.read_workbook(workbook()) == {"单位": [["类别", "全称"], ["网格", 3.0]]}


@pytest.mark.parametrize(
    ("bounds", "code"),
    [
        (replace(BOUNDS, gigabytes=0), "broken"),  # the process dies over it, the door stays open
        (replace(BOUNDS, seconds=0), "too_slow"),
        (replace(BOUNDS, sheets=0), "too_many_sheets"),
        (replace(BOUNDS, rows=0), "too_many_cells"),
    ],
)
def test_given_a_workbook_that_takes_too_much_when_read_then_the_process_of_its_own_ends_and_a_sentence_says_so(
    bounds: Bounds, code: str
) -> None:
    with pytest.raises(services.UnreadableWorkbook) as refused:
        services.read_workbook(workbook(), bounds)

    assert refused.value.code == f"orgs.{code}"
    assert "请" in refused.value.say


@pytest.mark.parametrize("content", [b"PK\x03\x04 broken", b"\xd0\xcf\x11\xe0" + b"0" * 600])
def test_given_a_broken_workbook_when_read_then_a_sentence_says_what_to_do(content: bytes) -> None:
    with pytest.raises(services.UnreadableWorkbook) as refused:
        services.read_workbook(content)

    assert refused.value.code == "orgs.broken"
