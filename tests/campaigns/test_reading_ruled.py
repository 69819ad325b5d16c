"""Tables that a PDF rules with lines: drawn by strokes or thin boxes, with merged cells, and cut by a page."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pytest
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject, NumberObject

from bihuan.campaigns.readers import read_file
from bihuan.campaigns.rules import read_plan

SIZE: Final = 12
_UNICODE: Final = (
    b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange <0000> <FFFF> "
    b"endcodespacerange 1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap end end"
)
Box = tuple[float, float, float, float]


def _font(writer: PdfWriter) -> DictionaryObject:
    below = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/CIDFontType2"),
            NameObject("/BaseFont"): NameObject("/Any"),
            NameObject("/DW"): NumberObject(1000),
        }
    )
    unicode = DecodedStreamObject()
    unicode.set_data(_UNICODE)
    return DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type0"),
            NameObject("/BaseFont"): NameObject("/Any"),
            NameObject("/Encoding"): NameObject("/Identity-H"),
            NameObject("/DescendantFonts"): ArrayObject([below]),
            NameObject("/ToUnicode"): writer._add_object(unicode),
        }
    )


def _said(x: float, y: float, text: str) -> str:
    return f"BT /F1 {SIZE} Tf {x} {y} Td <{text.encode('utf-16-be').hex()}> Tj ET"


def _stroked(box: Box) -> str:
    return f"{box[0]} {box[1]} m {box[2]} {box[3]} l S"


def _filled(box: Box) -> str:
    x, y, right, top = box
    return f"{x} {y} {max(right - x, 0.5)} {max(top - y, 0.5)} re f"


def _sides(xs: Sequence[float], ys: Sequence[float]) -> list[Box]:
    return [*((x, min(ys), x, max(ys)) for x in xs), *((min(xs), y, max(xs), y) for y in ys)]


def _pdf(file: Path, *pages: list[str]) -> Path:
    writer = PdfWriter()
    for drawn in pages:
        page = writer.add_blank_page(595, 842)
        content = DecodedStreamObject()
        content.set_data("\n".join(["50 50 500 750 re W n", *drawn]).encode())
        page[NameObject("/Contents")] = content
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F1"): _font(writer)})}
        )
    writer.write(file)
    return file


def _row(y: float, *texts: str, xs: Sequence[float] = (62, 112, 302, 422)) -> list[str]:
    return [_said(x, y, text) for x, text in zip(xs, texts, strict=True) if text]


XS: Final = (60, 110, 300, 420, 530)
HEAD: Final = [
    _said(60, 780, "安顺县重点任务清单"),
    _said(84, 750, "根据县政府2024年3月5日的安排，制定本清单。"),
    _said(60, 720, "一、重点任务"),
]
END: Final = [_said(84, 300, "各乡镇要加强领导。"), _said(400, 270, "安顺县人民政府"), _said(400, 250, "2024年3月5日")]


@pytest.mark.parametrize("draw", [_stroked, _filled])
def test_given_a_ruled_table_when_read_then_its_rows_are_tasks_and_the_prose_around_it_stays(
    draw: object, tmp_path: Path
) -> None:
    assert callable(draw)
    table = [
        *map(draw, _sides(XS, (700, 670, 620, 590))),
        *_row(680, "序号", "工作任务", "责任单位", "完成时限"),
        *_row(650, "1", "排查城镇老旧燃气管道，建立问题", "县住建局", "5月底前"),
        *_row(635, "", "隐患台账", "县应急局", ""),
        *_row(600, "2", "开展联合检查", "县公安局", "每月"),
    ]

    said = read_plan(read_file(_pdf(tmp_path / "plan.pdf", [*HEAD, *table, *END]))).as_json()

    assert [(one["text"], one["parties"], one["deadline"]) for one in said["clauses"]] == [
        ("排查城镇老旧燃气管道，建立问题隐患台账", ["县住建局", "县应急局"], "2024-05-31"),
        ("开展联合检查", ["县公安局"], None),
        ("各乡镇要加强领导。", ["各乡镇"], None),
    ]
    assert (said["title"], said["issuing_body"], said["issue_date"]) == (
        "安顺县重点任务清单",
        "安顺县人民政府",
        "2024-03-05",
    )


def test_given_a_cell_merged_downwards_when_read_then_it_covers_its_rows(tmp_path: Path) -> None:
    whole = [(x, 590, x, 700) for x in XS] + [(60, y, 530, y) for y in (700, 670, 590)]
    table = [
        *map(_stroked, [*whole, (110, 630, 300, 630), (420, 630, 530, 630)]),
        *_row(680, "序号", "工作任务", "责任单位", "完成时限"),
        *_row(645, "1", "检查企业安全", "", "5月底前"),
        *_row(625, "", "", "县公安局", ""),
        *_row(605, "", "检查学校安全", "", "6月底前"),
    ]

    lines = read_file(_pdf(tmp_path / "plan.pdf", [*HEAD, *table, *END]))

    assert [(one.text, one.cell.row, one.cell.column, one.cell.rows) for one in lines if one.cell][4:] == [
        ("1", 1, 0, 2),
        ("检查企业安全", 1, 1, 1),
        ("县公安局", 1, 2, 2),
        ("5月底前", 1, 3, 1),
        ("检查学校安全", 2, 1, 1),
        ("6月底前", 2, 3, 1),
    ]


def test_given_a_table_that_a_page_cuts_amid_a_row_when_read_then_it_is_one_table_and_the_row_is_whole(
    tmp_path: Path,
) -> None:
    first = [
        *map(_stroked, [*((x, 60, x, 110) for x in XS), (60, 110, 530, 110), (60, 85, 530, 85)]),
        *_row(92, "序号", "工作任务", "责任单位", "完成时限"),
        *_row(70, "1", "排查老旧管道，建立", "县住建局", "5月底前"),
    ]
    second = [
        *map(_stroked, [*((x, 700, x, 780) for x in XS), (60, 740, 530, 740), (60, 700, 530, 700)]),
        *_row(765, "", "隐患台账", "", ""),
        *_row(715, "2", "开展联合检查", "县公安局", "6月底前"),
    ]

    said = read_plan(read_file(_pdf(tmp_path / "plan.pdf", [*HEAD, *first], [*second, *END]))).as_json()

    assert [(one["text"], one["parties"], one["deadline"]) for one in said["clauses"]][:2] == [
        ("排查老旧管道，建立隐患台账", ["县住建局"], "2024-05-31"),
        ("开展联合检查", ["县公安局"], "2024-06-30"),
    ]


def test_given_lines_that_are_no_table_when_read_then_the_page_is_prose(tmp_path: Path) -> None:
    drawn = [_stroked((60, 700 - at * 4, 530, 700 - at * 4)) for at in range(14)]

    lines = read_file(_pdf(tmp_path / "plan.pdf", [*HEAD, *drawn, *END]))

    assert [one.text for one in lines if one.cell] == []
    assert "各乡镇要加强领导。" in [one.text for one in lines]
