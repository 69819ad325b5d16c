"""A binding used along a column or a row, rates over sums of several cells; tables without borders, old workbooks."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from bihuan.campaigns.queries.returns.finding import bindings_of
from bihuan.campaigns.readers import programs
from bihuan.campaigns.readers.forms import read_form
from bihuan.campaigns.rules.returns.binding import Binding, Source, binding_of, formula_of
from bihuan.campaigns.rules.returns.computing import Filled, fill
from bihuan.campaigns.rules.returns.suggest import suggest
from bihuan.campaigns.rules.returns.written import CellsError, cells_written
from bihuan.campaigns.services import returns as services
from bihuan.kernel.errors import Refusal
from tests.campaigns.returns.stage import FIRST, FRIDAY, ReturnStage
from tests.campaigns.returns.tables import table, uploaded
from tests.campaigns.returns.test_checks import slots_of

pytestmark = pytest.mark.django_db
NAMES = ("机械", "轻工", "学校", "合计")
COLUMNS = ("发现隐患", "已整改", "占比", "相差")


def spread(stage: ReturnStage, form: Any, cell: str, binding: Binding, along: str) -> Any:
    """Bind along a line as the office."""
    form.refresh_from_db()
    return services.bind_like(
        form_id=form.pk,
        seen_version=form.version,
        address=cell,
        binding=binding,
        along=along,
        actor=stage.loop.by("office"),
        now=stage.loop.at,
    )


def test_given_a_rate_or_a_difference_when_used_in_a_column_then_each_row_has_it_of_its_own_cells(
    stage: ReturnStage,
) -> None:
    form = uploaded(stage, table(NAMES, COLUMNS))

    rate = spread(stage, form, "D3", Binding(Source.RATE, cells=("C3", "B3")), "column")
    less = spread(stage, form, "E3", Binding(Source.DIFFERENCE, cells=("B3", "C3")), "column")

    form.refresh_from_db()
    bound = bindings_of(form)
    assert {cell: bound[cell].cells for cell in ("D3", "D4", "D5", "D6")} == {
        f"D{row}": (f"C{row}", f"B{row}") for row in (3, 4, 5, 6)
    }
    assert {cell: bound[cell].cells for cell in ("E4", "E5")} == {"E4": ("B4", "C4"), "E5": ("B5", "C5")}
    assert rate.said == "这一列定了 4 格：D3、D4、D5、D6。"
    assert less.left == {}


def test_given_a_sum_of_its_own_column_when_used_in_that_column_then_only_its_cell_is_bound_and_the_sentence_says_so(
    stage: ReturnStage,
) -> None:
    form = uploaded(stage, table(NAMES, COLUMNS))
    total = Binding(Source.SUM, cells=("B3", "B4"))

    down = spread(stage, form, "B6", total, "column")
    across = spread(stage, form, "B6", total, "row")

    assert down.said == "这一列定了 1 格：B6。B3、B4、B5 没有定：由这一列里的格算出的，只能一格一格定。"
    assert (across.cells, across.left) == ({"B6": total}, {})  # the others are totals and stay so


def test_given_a_difference_of_two_rows_when_used_in_its_row_then_each_column_has_it_of_its_own_cells(
    stage: ReturnStage,
) -> None:
    form = uploaded(stage, table(("机械", "轻工", "相差"), ("发现隐患", "已整改")))

    done = spread(stage, form, "B5", Binding(Source.DIFFERENCE, cells=("B3", "B4")), "row")

    assert {cell: one.cells for cell, one in done.cells.items()} == {"B5": ("B3", "B4"), "C5": ("C3", "C4")}


def test_given_a_figure_when_used_in_a_column_then_a_row_that_nobody_knows_is_left_and_named(
    stage: ReturnStage,
) -> None:
    form = uploaded(stage, table(NAMES, COLUMNS))
    figure = Binding(Source.MEASURE, name="hazards.in.closed", sectors=("machinery",))

    done = spread(stage, form, "C3", figure, "column")

    assert done.said == "这一列定了 2 格：C3、C4。C5 没有定：“学校”认不出是哪个单位或行业。"
    assert done.cells["C4"].sectors == ("light_industry",)


@pytest.mark.parametrize(
    ("text", "cells", "above", "formula"),
    [
        ("G6+J6 ÷ F6+I6", ("G6", "J6", "F6", "I6"), 2, "(G6 + J6) ÷ (F6 + I6)"),
        ("（ｇ６＋ｊ６）／（ｆ６＋ｉ６）", ("G6", "J6", "F6", "I6"), 2, "(G6 + J6) ÷ (F6 + I6)"),
        ("G6 F6", ("G6", "F6"), 1, "G6 ÷ F6"),
        ("2!G6 / F6、I6", ("2!G6", "F6", "I6"), 1, "2!G6 ÷ (F6 + I6)"),
    ],
)
def test_given_a_rate_over_sums_when_written_then_it_is_read_kept_and_said_again(
    text: str, cells: tuple[str, ...], above: int, formula: str
) -> None:
    binding = Binding(Source.RATE, cells=cells, above=above)

    assert cells_written(text, Source.RATE) == (cells, above)
    assert cells_written(formula, Source.RATE) == (cells, above)
    assert (formula_of(binding), binding_of(binding.kept())) == (formula, binding)


KNOWN = {f"{letter}{row}" for letter in "BC" for row in range(3, 8) if row != 5}


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("B3:B7", ("B3", "B4", "B6", "B7")),  # B5 holds no number
        ("=SUM(B3:B4)", ("B3", "B4")),
        ("b3 至 b4、C6", ("B3", "B4", "C6")),
        ("B3~C4", ("B3", "C3", "B4", "C4")),
        ("B3+B7，C3", ("B3", "B7", "C3")),
    ],
)
def test_given_a_range_of_cells_when_a_total_is_written_then_all_cells_between_count(
    text: str, cells: tuple[str, ...]
) -> None:
    assert cells_written(text, Source.SUM, KNOWN) == (cells, 1)


@pytest.mark.parametrize("text", ["B3-B7", "B3+B4-B6", "B3*2", "B3 ÷ B4", "=B3*B4", "上面几格", "B3:2!B7"])
def test_given_signs_that_change_a_total_when_written_then_a_sentence_says_what_to_write(text: str) -> None:
    with pytest.raises(CellsError, match=r"C7|同一张表"):
        cells_written(text, Source.SUM, KNOWN)


def test_given_a_difference_when_written_with_a_minus_then_the_first_cell_is_lessened() -> None:
    assert cells_written("C3 - B3", Source.DIFFERENCE) == (("C3", "B3"), 1)


def test_given_a_total_used_in_its_row_when_a_rate_stands_there_then_it_stays_a_rate(stage: ReturnStage) -> None:
    form = uploaded(stage, table(NAMES, COLUMNS))
    spread(stage, form, "D3", Binding(Source.RATE, cells=("C3", "B3")), "column")

    spread(stage, form, "B6", Binding(Source.SUM, cells=("B3", "B4", "B5")), "row")

    form.refresh_from_db()
    bound = bindings_of(form)
    assert {cell: bound[cell].source for cell in ("B6", "D6")} == {"B6": Source.SUM, "D6": Source.RATE}


def test_given_both_levels_without_their_sum_when_a_total_rate_is_wanted_then_it_is_over_the_sums_of_both() -> None:
    columns = ("发现一般隐患", "已整改一般隐患", "发现重大隐患", "已整改重大隐患", "总整改率")
    bound = suggest(slots_of(("机械",), columns))
    numbers = {"B3": 10, "C3": 7, "D3": 2, "E3": 2}

    filled = fill(bound, {cell: Filled(Decimal(number)) for cell, number in numbers.items()})

    assert formula_of(bound["F3"]) == "(C3 + E3) ÷ (B3 + D3)"
    assert (filled["F3"].text, filled["F3"].amount, filled["F3"].of) == ("75.0%", 9, 12)
    assert fill(bound, {})["F3"].why == "要先有 C3、E3、B3、D3 的数。"


def test_given_a_rate_over_sums_when_a_person_binds_it_along_a_column_then_the_page_says_what_it_did(
    stage: ReturnStage, settings: Any
) -> None:
    settings.BIHUAN_DEMO_DAY = stage.loop.day.isoformat()
    form = uploaded(stage, table(("机械", "轻工"), ("发现一般", "发现重大", "已整改", "占比")))
    office = stage.loop.town.client("office")
    address = reverse("campaigns:return_form", args=[form.pk])

    said = {"cell": "E3", "figure": "rate:", "period": "this", "cells": "D3 ÷ B3+C3", "along": "column"}
    pressed = office.post(address, {**said, "seen_version": form.version})
    page = office.get(address).content.decode()

    form.refresh_from_db()
    assert pressed.status_code == 303
    assert "这一列定了 2 格：E3、E4。" in page
    assert "D4 ÷ (B4 + C4)" in page
    assert bindings_of(form)["E4"].parts == (("D4",), ("B4", "C4"))


def test_given_a_table_without_borders_when_read_then_its_cells_are_found_and_its_notes_stand_aside(
    stage: ReturnStage,
) -> None:
    names = ("机械", "轻工", "合计", "注：本表每周五报区安委办。")
    content = table(names, ("发现隐患", "已整改"), borders=False)

    slots = read_form(content, "表.xlsx").slots()
    form = stage.use(uploaded(stage, content, rhythm="weekly"))
    stage.loop.closed(found_on=FIRST[0])
    stage.on(FRIDAY)

    assert [slot.address for slot in slots] == ["B3", "C3", "B4", "C4", "B5", "C5"]
    assert stage.texts(stage.begin(form, *FIRST)) == {"B3": "1", "C3": "1", "B4": "0", "C4": "0", "B5": "1", "C5": "1"}


@pytest.mark.parametrize(
    ("content", "say"),
    [
        (table((), ("",), corner=""), "没有看到表头"),
        (table((), ("发现隐患", "已整改")), "看到了表头“行业、发现隐患、已整改”，下面没有一行名称"),
        (
            table(("机械",), ("发现隐患",), formulas={"B3": "见附件"}),
            "看到了表头“行业、发现隐患”，但它下面的格子都写着字",
        ),
    ],
)
def test_given_a_form_without_cells_to_fill_when_uploaded_then_the_reason_is_what_it_lacks(
    content: bytes, say: str, stage: ReturnStage
) -> None:
    with pytest.raises(Refusal, match=say):
        uploaded(stage, content)


OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "Workbook".encode("utf-16-le")


def test_given_an_old_workbook_when_libreoffice_is_there_then_it_is_converted_read_and_filled(
    stage: ReturnStage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = tmp_path / "made.xlsx"
    made.write_bytes(table(("机械", "轻工"), ("发现隐患",)))
    office = tmp_path / "soffice"
    office.write_text(f'#!/bin/sh\nwhile [ "$1" != --outdir ]; do shift; done\ncp "{made}" "$2/form.xlsx"\n')
    office.chmod(0o755)
    monkeypatch.setattr(programs.shutil, "which", lambda name: str(office) if name == "soffice" else None)

    form_id = services.upload_form(name="周报.xls", content=OLD, actor=stage.loop.by("office"), now=stage.loop.at)

    form = stage.use(type(uploaded(stage, made.read_bytes())).objects.get(pk=form_id))
    assert (form.file_name, form.slots_count) == ("周报.xlsx", 2)


@pytest.mark.parametrize(
    ("content", "say"),
    [
        (OLD, "是旧版 Excel 文件（.xls），这台服务器没有安装 LibreOffice"),
        (OLD + "EncryptedPackage".encode("utf-16-le"), "设了打开密码"),
        (OLD.replace("Workbook".encode("utf-16-le"), "WordDocument".encode("utf-16-le")), "不是 .xlsx，也不是 .xls"),
    ],
)
def test_given_an_old_workbook_when_it_cannot_be_read_then_the_sentence_says_what_to_do(
    content: bytes, say: str, stage: ReturnStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(programs.shutil, "which", lambda _: None)

    with pytest.raises(Refusal, match=say):
        services.upload_form(name="周报.xls", content=content, actor=stage.loop.by("office"), now=stage.loop.at)
