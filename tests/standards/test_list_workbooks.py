"""A checklist as a workbook: written, filled in, read again, what is wrong told by its cell."""

import io
from dataclasses import replace
from typing import Any

import pytest
import xlsxwriter

from bihuan.standards.data import read_library
from bihuan.standards.data.checklist_files import (
    article_versions,
    confidences,
    packaged_version,
    read_checklists,
    read_laws,
)
from bihuan.standards.data.uploads import BadUpload
from bihuan.standards.data.workbooks.cells import read_tables
from bihuan.standards.data.workbooks.lists import ITEMS, list_workbook, read_list
from bihuan.standards.rules.listing import Books, Draft, DraftItem, Source, SourceKind, copied
from tests.standards.own_lists import WOOD

BOOKS = Books(read_laws(), read_library(), confidences(), article_versions())
COLUMN = {one.key: at for at, one in enumerate(ITEMS)}


def changed(draft: Draft, cells: dict[tuple[str, int, int], Any]) -> bytes:
    """Return a list as a workbook with some cells changed: (sheet, row, column) from 0."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as out:
        for name, rows in read_tables(list_workbook(draft, BOOKS)).of.items():
            page = out.add_worksheet(name)
            full = {(r, c): value for r, row in enumerate(rows) for c, value in enumerate(row)}
            full |= {(r, c): value for (sheet, r, c), value in cells.items() if sheet == name}
            for (row, column), value in full.items():
                page.write(row, column, value)
    return buffer.getvalue()


@pytest.mark.parametrize("list_id", [one.id for one in read_checklists()])
def test_given_any_list_when_written_as_a_workbook_then_it_reads_again_to_the_same_draft(list_id: str) -> None:
    packaged = next(one for one in read_checklists() if one.id == list_id)
    draft = copied(packaged, packaged_version(list_id), BOOKS)

    read = read_list(list_workbook(draft, BOOKS), before=draft, books=BOOKS)

    assert read == draft


def test_given_new_and_known_items_when_read_then_known_ones_keep_their_number_and_new_ones_get_free_ones() -> None:
    first = WOOD.items[0]
    more = DraftItem(99, "打磨台", "看吸尘罩", (Source(SourceKind.TYPED, "示范镇安委〔2018〕3号第二条"),))
    sent = list_workbook(replace(WOOD, items=(more, first)), BOOKS)

    read = read_list(sent, before=WOOD, books=BOOKS, used=41)

    assert [(one.key, one.look_at) for one in read.items] == [(42, "打磨台"), (first.key, first.look_at)]
    assert (read.items[1], read.origin) == (first, WOOD.origin)


def test_given_faults_when_read_then_each_is_told_by_its_cell() -> None:
    wrong = {
        ("检查表", 3, 1): "木器",
        ("项目", 2, COLUMN["basis"]): "《中华人民共和国特种设备安全法》",
        ("项目", 2, COLUMN["key"]): "甲",
    }

    with pytest.raises(BadUpload) as refused:
        read_list(changed(WOOD, wrong), before=WOOD, books=BOOKS)

    assert [one.partition("，")[0] for one in refused.value.problems] == [
        "“检查表”表第4行B列",
        "“项目”表第3行C列",
        "“项目”表第3行D列",
    ]
    assert "不认识“木器”" in refused.value.problems[0]
    assert "没有写第几条" in refused.value.problems[1]


def test_given_a_clause_that_is_not_there_when_read_then_it_says_so() -> None:
    library = read_library()
    wrong = {("项目", 2, COLUMN["basis"]): f"{library.standard('gongmao-2017').cited_as}九十九"}

    with pytest.raises(BadUpload) as clause:
        read_list(changed(WOOD, wrong), before=WOOD, books=BOOKS)

    assert "没有“九十九”这一条" in clause.value.problems[0]
