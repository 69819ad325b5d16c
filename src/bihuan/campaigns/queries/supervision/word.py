"""Bulletins as Word documents in official style (R10.2; the press comes later), and the list of their figures."""

import io
from collections.abc import Sequence
from typing import Any, Final

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from bihuan.campaigns.rules.supervision.text import Block, BlockKind, Cell, Figure, Ref, Text

TITLE: Final = "方正小标宋简体"  # fonts that the reader's Word replaces by its own where it has them
BODY: Final = "仿宋_GB2312"
HEADING: Final = "黑体"
SUBHEADING: Final = "楷体_GB2312"
NUMBER: Final = "宋体"
SECOND, THIRD, PAGE_NUMBER, CELL = Pt(22), Pt(16), Pt(14), Pt(12)  # 2号, 3号, 4号, 小4号
LINE: Final = Pt(28)
CHARACTERS: Final = 2  # of indent
SIGNED: Final = 4  # characters between the date and the right edge
NAMED = 1  # and between the name above it and the edge
TEXT_WIDTH: Final = 156  # millimetres
ALIKE: Final = "BH Cell"
INDENTED: Final = frozenset({"BH Heading", "BH Subheading", "BH Body"})


def word_of(text: Text) -> bytes:
    """Return the .docx of a text: what is issued, and nothing beside it."""
    document = _new(text.title)
    figures = {one.key: one for one in text.figures}
    before = None
    for block in text.blocks:
        _block(document, block, figures)
        if block.kind is BlockKind.SIGNATURE:
            _sign(document.paragraphs[-1], is_first=before is not BlockKind.SIGNATURE)
        before = block.kind
    return _bytes(document)


def _sign(paragraph: Any, *, is_first: bool) -> None:
    """Set the name two lines below the text, and the date below it further in."""
    shape = paragraph.paragraph_format
    if is_first:
        shape.space_before = LINE * 2
    else:
        shape.right_indent = THIRD * SIGNED


def annex_of(title: str, *, head: Sequence[str], rows: Sequence[Sequence[str]], notes: Sequence[str]) -> bytes:
    """Return the .docx of a list: a table with a head, and sentences below it. It has the six columns
    of the list of figures, or any number of equal ones."""
    document = _new(title)
    wide = (12, 30, 20, 36, 28, 30)
    _table(document, [head, *rows], widths=wide if len(head) == len(wide) else ())
    for sentence in notes:
        document.add_paragraph(sentence, style="BH Body")
    return _bytes(document)


def _new(title: str) -> Any:
    document = Document()
    _page(document)
    _styles(document)
    document.add_paragraph(title, style="BH Title")
    return document


def _bytes(document: Any) -> bytes:
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(25)
    document.settings.odd_and_even_pages_header_footer = True
    for footer, side in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        _page_number(footer.paragraphs[0], side)


def _page_number(paragraph: Any, side: WD_ALIGN_PARAGRAPH) -> None:
    """Write — 1 —, one character in from the outer edge (GB/T 9704-2012)."""
    shape = paragraph.paragraph_format
    shape.alignment = side
    shape.left_indent = shape.right_indent = PAGE_NUMBER
    for kind, words in (("", "— "), ("begin", ""), ("instrText", "PAGE"), ("end", ""), ("", " —")):
        run = paragraph.add_run(words if not kind else "")
        run.font.name, run.font.size = NUMBER, PAGE_NUMBER
        run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), NUMBER)
        if kind == "instrText":
            field = OxmlElement("w:instrText")
            field.text = words
            run._element.append(field)
        elif kind:
            field = OxmlElement("w:fldChar")
            field.set(qn("w:fldCharType"), kind)
            run._element.append(field)


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
        (ALIKE, BODY, CELL),
    ):
        style = document.styles.add_style(name, 1)  # of paragraphs
        style.base_style = base
        _font(style, font, size)
        shape = style.paragraph_format
        shape.space_before = shape.space_after = Pt(0)
        if name != ALIKE:
            shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, LINE
        if name in INDENTED:
            shape.first_line_indent = THIRD * CHARACTERS
    document.styles["BH Title"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.styles["BH Title"].paragraph_format.space_after = LINE
    for name in ("BH Heading", "BH Subheading", "BH Signature"):
        document.styles[name].paragraph_format.keep_with_next = True
    document.styles["BH Signature"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    document.styles["BH Signature"].paragraph_format.right_indent = THIRD * NAMED


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


def _table(document: Any, rows: Sequence[Sequence[str]], *, widths: Sequence[int] = ()) -> None:
    """Write a table whose head stands again on every page and whose rows are not cut. widths: in millimetres."""
    table = document.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    first = TEXT_WIDTH * 3 // (len(rows[0]) + 2)
    rest = (TEXT_WIDTH - first) // max(len(rows[0]) - 1, 1)
    wide = widths or (first, *[rest] * (len(rows[0]) - 1))
    for number, row in enumerate(rows):
        line = table.add_row()
        _mark(line, "w:cantSplit")
        if not number:
            _mark(line, "w:tblHeader")
        for cell, words, width in zip(line.cells, row, wide, strict=True):
            cell.width = Mm(width)
            paragraph = cell.paragraphs[0]
            paragraph.style = document.styles[ALIKE]
            paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT if widths and number else WD_ALIGN_PARAGRAPH.CENTER
            paragraph.add_run(words)


def _mark(row: Any, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))
