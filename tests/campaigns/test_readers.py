"""Files of plans: what each kind gives, and one Chinese sentence for what cannot be read."""

import zipfile
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from bihuan.campaigns.readers import programs, read_file, read_text
from bihuan.campaigns.readers.limits import Limits
from bihuan.campaigns.rules import read_plan
from bihuan.kernel.errors import Refusal
from tests.campaigns.scoring import HERE

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SCAN = HERE / "plans" / "scan.pdf"


def _refused(path: Path, **limits: int) -> Refusal:
    with pytest.raises(Refusal) as caught:
        read_file(path, limits=Limits(**limits))
    return caught.value


def _file(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("空.docx", b"", "campaigns.empty_file"),
        ("坏.docx", b"PK\x03\x04 broken", "campaigns.broken_file"),
        ("坏.pdf", b"%PDF-1.7\nbroken", "campaigns.broken_file"),
        ("图.jpg", b"\xff\xd8\xff\xe0" + b"\0" * 40, "campaigns.wrong_type"),
        ("表.xls", OLE + "Workbook".encode("utf-16-le"), "campaigns.wrong_type"),
        ("锁.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "campaigns.encrypted"),
        ("乱.txt", b"\xff\x00\x81\x00\x00", "campaigns.wrong_type"),
        ("乱.txt", b"\xc3\x28\xff\xff\x80", "campaigns.encoding"),
        ("白.txt", "　\n \n".encode(), "campaigns.no_text"),
    ],
)
def test_given_a_file_that_is_no_plan_when_read_then_one_sentence_says_what_to_do(
    name: str, content: bytes, code: str, tmp_path: Path
) -> None:
    refusal = _refused(_file(tmp_path, name, content))

    assert refusal.code == code
    assert name in refusal.say
    assert "请" in refusal.say


def test_given_too_large_or_too_many_when_read_then_it_is_refused_before_unpacking(tmp_path: Path) -> None:
    bomb = tmp_path / "炸弹.docx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", "0" * 2_000_000)
    table = HERE / "plans" / "town-2019-table.docx"

    codes = [
        _refused(bomb, ratio_from=1_000_000).code,
        _refused(table, file_bytes=1000).code,
        _refused(table, cells=5).code,
        _refused(HERE / "plans" / "joint-2016.pdf", pages=0).code,
        _refused(HERE / "plans" / "joint-2016.pdf", characters=10).code,
    ]

    assert codes == [
        f"campaigns.{code}" for code in ("zip_bomb", "file_too_large", "too_many_cells", "too_many_pages", "too_long")
    ]


def test_given_an_old_word_file_when_there_is_no_libreoffice_then_a_sentence_asks_for_docx(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(programs, "OFFICE", ("no-such-program",))

    refusal = _refused(_file(tmp_path, "旧.doc", OLE + "WordDocument".encode("utf-16-le")))

    assert refusal.code == "campaigns.no_office"
    assert "另存为 .docx" in refusal.say


def test_given_a_scan_when_there_is_no_ocr_then_a_sentence_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(programs, "OCR", "no-such-program")

    refusal = _refused(SCAN)

    assert refusal.code == "campaigns.no_ocr"
    assert "scan.pdf" in refusal.say


def test_given_an_excel_workbook_when_read_then_it_says_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "清单.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "<x/>")

    assert "Excel 表格" in _refused(path).say


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_given_any_usual_encoding_when_read_then_the_text_is_the_same(encoding: str, tmp_path: Path) -> None:
    lines = read_file(_file(tmp_path, "方案.txt", "某镇方案\r\n各村要自查。".encode(encoding)))

    assert [line.text for line in lines] == ["某镇方案", "各村要自查。"]


def _numbered(document: Any, text: str, level: int) -> None:
    paragraph = document.add_paragraph(text)
    properties = paragraph._p.get_or_add_pPr()
    number = OxmlElement("w:numPr")
    for name, value in (("w:ilvl", str(level)), ("w:numId", "77")):
        child = OxmlElement(name)
        child.set(qn("w:val"), value)
        number.append(child)
    properties.append(number)


def _list_of(document: Any, *levels: tuple[str, str]) -> None:
    root = document.part.numbering_part.element
    abstract = OxmlElement("w:abstractNum")
    abstract.set(qn("w:abstractNumId"), "77")
    for depth, (form, text) in enumerate(levels):
        level = OxmlElement("w:lvl")
        level.set(qn("w:ilvl"), str(depth))
        for name, value in (("w:start", "1"), ("w:numFmt", form), ("w:lvlText", text)):
            child = OxmlElement(name)
            child.set(qn("w:val"), value)
            level.append(child)
        abstract.append(level)
    root.insert(0, abstract)
    number = OxmlElement("w:num")
    number.set(qn("w:numId"), "77")
    kind = OxmlElement("w:abstractNumId")
    kind.set(qn("w:val"), "77")
    number.append(kind)
    root.append(number)


def test_given_numbers_that_word_writes_itself_when_read_then_the_headings_have_them(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("某镇专项整治工作方案")
    _list_of(document, ("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3."))
    for text, level in (
        ("工作目标", 0),
        ("工作任务", 0),
        ("全面排查", 1),
        ("各村要自查。", 2),
        ("镇安办要抽查。", 2),
        ("整改", 1),
    ):
        _numbered(document, text, level)
    document.save(str(tmp_path / "自动编号.docx"))

    lines = read_file(tmp_path / "自动编号.docx")

    assert [line.text for line in lines[1:]] == [
        "一、工作目标",
        "二、工作任务",
        "（一）全面排查",
        "1.各村要自查。",
        "2.镇安办要抽查。",
        "（二）整改",
    ]
    assert [(one["id"], one["parties"]) for one in read_plan(lines).as_json()["clauses"]] == [
        ("二(一)1-1", ["各村"]),
        ("二(一)2-1", ["镇安办"]),
    ]


def test_given_cells_merged_downwards_when_read_then_each_row_has_the_lead_beside_it(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("某镇专项整治工作方案")
    document.add_paragraph("一、任务分工")
    table = document.add_table(rows=3, cols=3)
    rows = (
        ("重点任务", "牵头单位", "完成时限"),
        ("排查沿街商铺", "安监办", "2018年3月底前"),
        ("拆除违建棚屋", "", "2018年4月底前"),
    )
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    table.cell(1, 1).merge(table.cell(2, 1))
    document.save(str(tmp_path / "合并.docx"))

    said = read_plan(read_file(tmp_path / "合并.docx")).as_json()

    assert [(one["text"], one["parties"], one["deadline"], one["source"]) for one in said["clauses"]] == [
        ("排查沿街商铺", ["安监办"], "2018-03-31", "table"),
        ("拆除违建棚屋", ["安监办"], "2018-04-30", "table"),
    ]


def test_given_a_text_broken_to_fit_a_page_when_read_then_its_paragraphs_are_whole() -> None:
    whole = (
        "一、工作任务\n各村要按照谁主管谁负责的原则，对辖区内的所有生产经营单位逐一开展安全生产隐患排查，"
        "建立台账，落实责任，限期整改到位，并且将排查整改的情况及时报送镇安全生产委员会办公室汇总备案。"
        "各有关部门要加强对本行业本领域的监督检查，对发现的重大事故隐患实行挂牌督办，确保整改措施、"
        "责任、资金、时限、预案落实。"
    )
    broken = "\n".join(
        [part for line in whole.split("\n") for part in (line[at : at + 24] for at in range(0, len(line), 24))]
    )

    assert [line.text for line in read_text(broken)] == whole.split("\n")


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_given_a_file_cut_within_its_last_character_when_read_then_the_rest_is_read(
    encoding: str, tmp_path: Path
) -> None:
    path = tmp_path / "方案.txt"
    path.write_bytes("安全方案\n各村要检查隐患".encode(encoding)[:-1])

    assert [line.text for line in read_file(path)] == ["安全方案", "各村要检查隐"]
