"""A bulletin as a Word document in official style, with an annex of its figures (R10.2; the press comes later)."""

import io
from collections.abc import Sequence
from typing import Any, Final

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from bihuan.campaigns.rules.supervision.text import Block, BlockKind, Cell, Figure, Ref, Text

TITLE: Final = "方正小标宋简体"  # fonts that the reader's Word replaces by its own where it has them
BODY: Final = "仿宋_GB2312"
HEADING: Final = "黑体"
SUBHEADING: Final = "楷体_GB2312"
SECOND, THIRD, FOURTH = Pt(22), Pt(16), Pt(12)  # 2号, 3号, 小4号
LINE: Final = Pt(28)
CHARACTERS: Final = 2  # of indent
ANNEX_HEAD: Final = ("编号", "数", "含义", "截至", "行数", "查看地址")


def word_of(text: Text, *, addresses: dict[str, str], typed: Sequence[str] = ()) -> bytes:
    """Return the .docx of a text. addresses: the path that shows each figure's rows, by its key. typed: sentences on
    numbers that were written by hand, for the annex."""
    document = Document()
    _page(document)
    _styles(document)
    figures = {one.key: one for one in text.figures}
    document.add_paragraph(text.title, style="BH Title")
    for block in text.blocks:
        _block(document, block, figures)
    _annex(document, text.figures, addresses, typed)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)


def _styles(document: Any) -> None:
    base = document.styles["Normal"]
    _font(base, BODY, THIRD)
    for name, font, size in (
        ("BH Title", TITLE, SECOND),
        ("BH Heading", HEADING, THIRD),
        ("BH Subheading", SUBHEADING, THIRD),
        ("BH Body", BODY, THIRD),
        ("BH Flush", BODY, THIRD),
        ("BH Signature", BODY, THIRD),
        ("BH Cell", BODY, FOURTH),
    ):
        style = document.styles.add_style(name, 1)  # of paragraphs
        style.base_style = base
        _font(style, font, size)
        shape = style.paragraph_format
        shape.space_before = shape.space_after = Pt(0)
        if name != "BH Cell":
            shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, LINE
        if name in {"BH Heading", "BH Subheading", "BH Body"}:
            shape.first_line_indent = THIRD * CHARACTERS
    document.styles["BH Title"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.styles["BH Title"].paragraph_format.space_after = LINE
    document.styles["BH Signature"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    document.styles["BH Signature"].paragraph_format.right_indent = THIRD * CHARACTERS * 2


def _font(style: Any, name: str, size: Any) -> None:
    style.font.name, style.font.size = name, size
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), name)


STYLES: Final = {
    BlockKind.HEADING: "BH Heading",
    BlockKind.SUBHEADING: "BH Subheading",
    BlockKind.PARAGRAPH: "BH Body",
    BlockKind.ADDRESSEE: "BH Flush",
    BlockKind.SIGNATURE: "BH Signature",
}


def _block(document: Any, block: Block, figures: dict[str, Figure]) -> None:
    if block.kind is BlockKind.TABLE:
        _table(document, [[_words(cell, figures) for cell in row] for row in block.rows])
    else:
        document.add_paragraph(_words(block.runs, figures), style=STYLES[block.kind])


def _words(runs: Cell, figures: dict[str, Figure]) -> str:
    return "".join(figures[run.key].text if isinstance(run, Ref) else run for run in runs)


def _table(document: Any, rows: Sequence[Sequence[str]]) -> None:
    table = document.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
    for row in rows:
        cells = table.add_row().cells
        for cell, words in zip(cells, row, strict=True):
            cell.paragraphs[0].style = document.styles["BH Cell"]
            cell.paragraphs[0].add_run(words)


def _annex(document: Any, figures: Sequence[Figure], addresses: dict[str, str], typed: Sequence[str]) -> None:
    """Write where each figure comes from, so that whoever doubts it finds its rows."""
    document.add_page_break()
    document.add_paragraph("附表：文中数据来源", style="BH Heading")
    rows = [
        (
            one.key,
            one.text,
            f"{one.place}，{one.meaning}（{one.source}）",
            f"{one.since} 至 {one.until}",
            str(one.rows),
            addresses.get(one.key, ""),
        )
        for one in figures
    ]
    _table(document, [ANNEX_HEAD, *rows])
    for sentence in typed:
        document.add_paragraph(sentence, style="BH Body")
