"""Word files as offices leave them: changes still tracked, text in boxes and frames, lists begun anew."""

from pathlib import Path
from typing import Any, Final

import pytest
from docx import Document
from docx.oxml import parse_xml

from bihuan.campaigns.readers import read_file

_SPACES: Final = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
_BOX: Final = "<w:txbxContent><w:p><w:r><w:t>派出所要加强夜间巡查。</w:t></w:r></w:p></w:txbxContent>"


def _run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def _read(folder: Path, *paragraphs: str, lists: str = "") -> list[str]:
    document: Any = Document()
    if lists:
        root = document.part.numbering_part.element
        for one in list(root):
            root.remove(one)
        for one in parse_xml(f"<w:numbering {_SPACES}>{lists}</w:numbering>"):
            root.append(one)
    for one in paragraphs:
        document.element.body.sectPr.addprevious(parse_xml(f"<w:p {_SPACES}>{one}</w:p>"))
    file = folder / "plan.docx"
    document.save(str(file))
    return [line.text for line in read_file(file) if line.text]


@pytest.mark.parametrize(
    ("paragraphs", "lines"),
    [
        (
            [_run("各村要自查") + '<w:r><w:footnoteReference w:id="2"/></w:r>' + _run("并上报。")],
            ["各村要自查并上报。"],
        ),
        (
            [
                _run("各村要在")
                + '<w:del w:id="1" w:author="a"><w:r><w:delText>5月</w:delText></w:r></w:del>'
                + f'<w:ins w:id="2" w:author="a">{_run("6月底前")}</w:ins>'
                + _run("完成。")
            ],
            ["各村要在6月底前完成。"],
        ),
        (
            [
                f'<w:moveFrom w:id="3" w:author="a">{_run("各社区要培训。")}</w:moveFrom>',
                _run("各村要检查。"),
                f'<w:moveTo w:id="4" w:author="a">{_run("各社区要培训。")}</w:moveTo>',
            ],
            ["各村要检查。", "各社区要培训。"],
        ),
        (
            [
                '<w:pPr><w:rPr><w:del w:id="5" w:author="a"/></w:rPr></w:pPr>' + _run("各企业要自查，"),
                _run("建立台账。"),
            ],
            ["各企业要自查，建立台账。"],
        ),
    ],
)
def test_given_tracked_changes_when_read_then_the_text_is_as_if_they_were_accepted(
    paragraphs: list[str], lines: list[str], tmp_path: Path
) -> None:
    assert _read(tmp_path, *paragraphs) == lines


def test_given_a_text_box_on_a_paragraph_when_read_then_it_is_a_line_of_its_own_and_only_once(tmp_path: Path) -> None:
    doubled = (
        f"<mc:AlternateContent><mc:Choice>{_BOX}</mc:Choice><mc:Fallback>{_BOX}</mc:Fallback></mc:AlternateContent>"
    )

    assert _read(tmp_path, _run("各村要") + f"<w:r>{doubled}</w:r>" + _run("检查。")) == [
        "各村要检查。",
        "派出所要加强夜间巡查。",
    ]


def test_given_prose_in_a_frame_of_one_cell_when_read_then_it_is_prose_and_a_table_in_it_stays_one(
    tmp_path: Path,
) -> None:
    document: Any = Document()
    cell = document.add_table(rows=1, cols=1).rows[0].cells[0]
    cell.text = "一、工作任务"
    cell.add_paragraph("各村要检查。")
    inner = cell.add_table(rows=1, cols=2)
    inner.rows[0].cells[0].text = "任务"
    file = tmp_path / "plan.docx"
    document.save(str(file))

    lines = read_file(file)

    assert [(line.text, line.cell is None) for line in lines if line.text] == [
        ("一、工作任务", True),
        ("各村要检查。", True),
        ("任务", False),
    ]


def test_given_a_list_that_begins_anew_when_read_then_it_counts_from_its_own_start(tmp_path: Path) -> None:
    lists = (
        '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        '<w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
        '<w:num w:numId="7"><w:abstractNumId w:val="1"/></w:num>'
        '<w:num w:numId="8"><w:abstractNumId w:val="1"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )
    said = [
        f'<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr></w:pPr>' + _run(text)
        for number, text in ((7, "甲"), (7, "乙"), (8, "丙"), (8, "丁"))
    ]

    assert _read(tmp_path, *said, lists=lists) == ["1.甲", "2.乙", "1.丙", "2.丁"]


def test_given_a_style_based_on_one_with_a_list_when_read_then_its_paragraphs_are_counted_too(tmp_path: Path) -> None:
    document: Any = Document()
    numbers = document.part.numbering_part.element
    for one in list(numbers):
        numbers.remove(one)
    for one in parse_xml(
        f'<w:numbering {_SPACES}><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="7"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
    ):
        numbers.append(one)
    for name, inner in (
        ("Head", '<w:pPr><w:numPr><w:numId w:val="7"/></w:numPr></w:pPr>'),
        ("Mine", '<w:basedOn w:val="Head"/>'),
    ):
        document.styles.element.append(
            parse_xml(
                f'<w:style {_SPACES} w:type="paragraph" w:styleId="{name}"><w:name w:val="{name}"/>{inner}</w:style>'
            )
        )
    for text in ("总体要求", "工作任务"):
        document.element.body.sectPr.addprevious(
            parse_xml(f'<w:p {_SPACES}><w:pPr><w:pStyle w:val="Mine"/></w:pPr>{_run(text)}</w:p>')
        )
    file = tmp_path / "plan.docx"
    document.save(str(file))

    assert [line.text for line in read_file(file)] == ["一、总体要求", "二、工作任务"]
