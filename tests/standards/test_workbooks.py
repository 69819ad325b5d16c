"""A standard as a workbook: written, filled in, read again; what is wrong is told by sheet, row and column."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import xlsxwriter

from bihuan.kernel.sheets import OLD, Bounds
from bihuan.standards.data import criteria_files
from bihuan.standards.data.uploads import BadUpload, read_text, read_upload
from bihuan.standards.data.workbooks import cells
from bihuan.standards.data.workbooks.cells import BOUNDS, read_tables
from bihuan.standards.data.workbooks.columns import HEAD, ITEMS
from bihuan.standards.data.workbooks.reading import NO_TABLES, read_workbook, spoken
from bihuan.standards.data.workbooks.writing import workbook_of
from bihuan.standards.data.writing import packaged_book, plain_yaml, template_text
from tests.standards.local import TOWN, around, book

NOT_HELD = ("sources", "procedure", "screening", "role", "preferred_successor", "structure", "changes_from_2017")
IDS = [file.name.removesuffix(".yaml") for file in criteria_files()]
ITEM_COLUMN = {one.key: at for at, one in enumerate(ITEMS)}
HEAD_ROW = {one.key: row for row, one in enumerate(HEAD, start=1)}
FIRST = 2  # of the rows of items, from 0: under titles and hints


def changed(change: Callable[[dict[str, Any]], None], made: dict[str, Any] | None = None) -> bytes:
    """Return the town's standard as a workbook with some cells changed. change: sets (sheet, row, column)."""
    given: dict[Any, Any] = {}
    change(given)
    plain = workbook_of(made or book())
    tables = cells.read_tables(plain)
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as out:
        day = out.add_format({"num_format": "yyyy-mm-dd"})
        for name, rows in tables.of.items():
            page = out.add_worksheet(name)
            full = {(r, c): value for r, row in enumerate(rows) for c, value in enumerate(row)}
            full |= {(r, c): value for (sheet, r, c), value in given.items() if sheet == name}
            for (row, column), value in full.items():
                if isinstance(value, date):
                    page.write_datetime(row, column, value, day)
                elif isinstance(value, str) and value.startswith("="):
                    page.write_formula(row, column, value, None, "算出来的")
                else:
                    page.write(row, column, value)
    return buffer.getvalue()


def told(content: bytes) -> tuple[str, ...]:
    """Return what is said of a workbook that cannot be loaded."""
    with pytest.raises(BadUpload) as refused:
        read_upload(read_workbook(content), area=TOWN, around=around())
    return refused.value.problems


@pytest.mark.parametrize("standard_id", IDS)
def test_given_any_standard_when_written_as_a_workbook_then_it_reads_again_to_the_same_items(standard_id: str) -> None:
    packaged = packaged_book(standard_id)
    assert packaged is not None

    written = read_workbook(workbook_of(packaged))

    assert written.faults == ()
    assert written.book["criteria"] == packaged["criteria"]
    left = {"superseded_by", "sources"}
    assert {k: v for k, v in written.book["standard"].items() if k not in left} == {
        k: v for k, v in packaged["standard"].items() if k not in left
    }
    assert written.book["effective_until"] == packaged["effective_until"]
    assert len(written.book.get("unreconstructed", ())) == len(packaged.get("unreconstructed") or ())
    assert set(packaged) - set(written.book) <= set(NOT_HELD)


def test_given_the_template_when_read_as_it_comes_then_it_is_the_text_template_and_can_be_loaded() -> None:
    text = read_text(template_text("320413101-")).book

    written = read_workbook(workbook_of(text))

    assert written.book == text
    assert read_text(plain_yaml(written.book)).book == text
    assert len(read_upload(written, area=TOWN, around=around()).criteria) == 3


def test_given_days_as_excel_keeps_them_when_read_then_they_are_days() -> None:
    def fill(given: dict[Any, Any]) -> None:
        given["标准", HEAD_ROW["issued_on"], 1] = date(2018, 1, 2)
        given["标准", HEAD_ROW["effective_on"], 1] = "2018年3月5日"
        given["标准", HEAD_ROW["effective_until"], 1] = "2019/3/5"

    loaded = read_upload(read_workbook(changed(fill)), area=TOWN, around=around())

    standard = loaded.standard
    assert (standard.issued_on, standard.effective_on) == (date(2018, 1, 2), date(2018, 3, 5))
    assert standard.effective_until == date(2019, 3, 5)


def test_given_several_faults_when_read_then_each_is_told_by_its_cell_at_once_in_the_words_of_the_table() -> None:
    def fill(given: dict[Any, Any]) -> None:
        given["标准", HEAD_ROW["effective_on"], 1] = "明年元旦"
        given["标准", HEAD_ROW["confidence"], 1] = "差不多"
        given["条目", FIRST, ITEM_COLUMN["clause"]] = date(2018, 3, 1)
        given["条目", FIRST, ITEM_COLUMN["features"]] = "没有这个"
        given["条目", FIRST + 1, ITEM_COLUMN["clause"]] = 1.1
        given["条目", FIRST + 1, ITEM_COLUMN["text"]] = '="拼"&"出来的"'
        given["条目", FIRST + 1, ITEM_COLUMN["open_ended"]] = "也许"

    say = told(changed(fill))

    assert [one.partition("，")[0] for one in say] == [
        "“标准”表第7行B列",
        "“标准”表第12行B列",
        "“条目”表第3行A列",
        "“条目”表第3行D列",
        "“条目”表第4行A列",
        "“条目”表第4行E列",
        "“条目”表第4行K列",
    ]
    assert "“施行日”写作“明年元旦”，不是日期" in say[0]
    assert "只能写“已核对”、“未核对”" in say[1]
    assert "“条号”被 Excel 当成了日期" in say[2]
    assert "不认识特征“没有这个”" in say[3]
    assert "被 Excel 当成了数字1.1" in say[4]
    assert "“内容”是公式" in say[5]
    assert not any(key in one for one in say for key in ("effective_on", "open_ended", "null", "[]"))


def test_given_an_empty_or_an_unknown_column_when_read_then_it_is_told_and_hints_are_no_items() -> None:
    def fill(given: dict[Any, Any]) -> None:
        given["条目", 0, ITEM_COLUMN["group"]] = "分类"
        given["条目", FIRST, ITEM_COLUMN["text"]] = ""
        given["标准", len(HEAD) + 2, 0] = "作者"

    say = told(changed(fill))

    assert any("不认识“分类”这一列" in one for one in say)
    assert any("少了“类别”这一列" in one for one in say)
    assert any(f"“标准”表第{len(HEAD) + 3}行A列，不认识“作者”" in one for one in say)
    assert any(one.startswith("“条目”表第3行E列") and "是空的" in one for one in say)
    assert len(read_workbook(changed(fill)).book["criteria"]) == 2


def test_given_items_without_an_id_when_read_then_each_gets_a_free_one() -> None:
    def fill(given: dict[Any, Any]) -> None:
        given["条目", FIRST, ITEM_COLUMN["id"]] = ""
        given["条目", FIRST + 1, ITEM_COLUMN["id"]] = "320413101-shop-2018-01"

    items = read_workbook(changed(fill)).book["criteria"]

    assert [one["id"] for one in items] == ["320413101-shop-2018-01a", "320413101-shop-2018-01"]


def _zip(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return buffer.getvalue()


def _with_part(name: str, change: Callable[[bytes], bytes]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(workbook_of(book()))) as packed:
        parts = {one: packed.read(one) for one in packed.namelist()}
    return _zip({**parts, name: change(parts[name])})


SHEET = "xl/worksheets/sheet2.xml"
FAR = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
HOSTILE: tuple[tuple[str, bytes, str], ...] = (
    ("no workbook", _zip({"a.txt": b"x"}), "打不开"),
    ("cut off", workbook_of(book())[:900], "打不开"),
    ("old format", OLD + b"\0" * 600, "另存为 .xlsx"),
    ("too large", cells.ZIP + b"\0" * cells.MOST_BYTES, "兆字节"),
    ("a bomb", _zip({"xl/a.xml": b"\0" * (cells.MOST_UNPACKED + 1)}), "解开后太大"),
    ("many parts", _zip({f"{number}": b"" for number in range(cells.MOST_PARTS + 1)}), "解开后太大"),
    ("a cell far away", _with_part(SHEET, lambda old: old.replace(b"</sheetData>", FAR)), "太大了"),
    (
        "an entity",
        _with_part(SHEET, lambda old: old.replace(b"<worksheet", b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet', 1)),
        "打不开",
    ),
    ("a sheet missing", _with_part("xl/workbook.xml", lambda old: old.replace("标准".encode(), b"x", 1)), "两张表"),
)


@pytest.mark.parametrize(("what", "content", "says"), HOSTILE, ids=[one[0] for one in HOSTILE])
def test_given_a_broken_or_hostile_workbook_when_read_then_one_sentence_says_what_to_do(
    what: str, content: bytes, says: str
) -> None:
    problems = told(content)

    assert len(problems) == 1
    assert says in problems[0]


@pytest.mark.parametrize(
    ("bounds", "say"),
    [
        (replace(BOUNDS, gigabytes=0), "打不开"),  # the process dies over it, the door stays open
        (replace(BOUNDS, seconds=0), "还没读完，已停下"),
        (replace(BOUNDS, sheets=1), "最多1张"),
        (replace(BOUNDS, rows=3), "太大了"),
    ],
    ids=["memory", "time", "sheets", "rows"],
)
def test_given_a_workbook_that_takes_too_much_when_read_then_the_process_of_its_own_ends_and_one_sentence_says_so(
    bounds: Bounds, say: str
) -> None:
    content = changed(lambda _: None)

    with pytest.raises(BadUpload, match=say) as told:
        read_tables(content, bounds)

    assert len(told.value.problems) == 1


def test_given_sentences_of_the_schema_when_said_of_a_workbook_then_they_name_its_columns() -> None:
    said = spoken(
        "标准：没有写施行日。请在 effective_on 写明。没有的写 []，不知道的写 null，只能是verified、from-memory。"
    )

    assert said == "标准：没有写施行日。请在 施行日 写明。没有的空着，不知道的空着，只能是已核对、未核对。"
    assert "模板" in NO_TABLES
