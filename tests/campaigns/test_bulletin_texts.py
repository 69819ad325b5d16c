"""The text of a bulletin: edited by a person, with numbers written by hand, as a Word document with its list."""

import io
import re
from typing import Any

import pytest
from docx import Document

from bihuan.campaigns.models import Bulletin
from bihuan.campaigns.queries import supervision as asking
from bihuan.campaigns.rules.supervision.text import from_lines
from bihuan.campaigns.services import supervision
from bihuan.kernel.errors import Refusal
from tests.campaigns.supervised import Supervised, make_supervised

pytestmark = pytest.mark.django_db
OURS = re.compile(r"[RL]\d+(\.\d+)?|§|/campaigns/")


@pytest.fixture
def run(db: None) -> Supervised:
    return make_supervised()


def _brief(run: Supervised, kind: str = "weekly") -> Bulletin:
    made = supervision.draft_brief(kind=kind, until=run.now.date(), **run.said("office"))
    return Bulletin.objects.get(pk=made)


def _edit(run: Supervised, one: Bulletin, lines: str, why: str = "") -> Any:
    one = run.again(one)
    supervision.edit_bulletin(
        bulletin_id=one.pk, seen_version=one.version, title=one.title, lines=lines, why=why, **run.said("office")
    )
    return asking.bulletin_for(run.by("office"), run.row.pk, one.pk)


def _tables(made: bytes) -> list[list[list[str]]]:
    document = Document(io.BytesIO(made))
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]


def test_given_an_edited_brief_when_a_number_was_typed_then_its_reason_is_asked_and_both_are_kept(
    run: Supervised,
) -> None:
    one = _brief(run)
    view = asking.bulletin_for(run.by("office"), run.row.pk, one.pk)
    lines = view.lines + "\n下周检查企业 20 家。"
    said = {"bulletin_id": one.pk, "seen_version": 1, "title": "工作动态第1期", "lines": lines}

    with pytest.raises(Refusal, match="手写了 20"):
        supervision.edit_bulletin(**said, **run.said("office"))
    supervision.edit_bulletin(**said, why="安监办下周计划", **run.said("office"))

    now = asking.bulletin_for(run.by("office"), run.row.pk, one.pk)
    assert (now.line.edition, now.line.title) == (2, "工作动态第1期")
    assert [(one["number"], one["why"]) for one in now.typed] == [("20", "安监办下周计划")]
    first = asking.bulletin_for(run.by("office"), run.row.pk, one.pk, edition=1)
    assert first.lines == view.lines
    assert from_lines(now.lines, before=now.blocks, figures=now.figures)[1] == ""


def test_given_a_number_that_was_typed_when_it_is_edited_out_then_it_leaves_the_list_of_typed_ones(
    run: Supervised,
) -> None:
    one = _brief(run)
    drafted = asking.bulletin_for(run.by("office"), run.row.pk, one.pk).lines
    both = _edit(run, one, drafted + "\n检查企业 20 家，出动 35 人次。", why="安监办台账")

    fewer = _edit(run, one, drafted + "\n检查企业 20 家。")
    none = _edit(run, one, drafted)

    assert [[said["number"] for said in view.typed] for view in (both, fewer, none)] == [["20", "35"], ["20"], []]


def test_given_a_line_written_at_the_end_when_kept_then_it_stands_above_signature_and_date(run: Supervised) -> None:
    one = _brief(run)
    drafted = asking.bulletin_for(run.by("office"), run.row.pk, one.pk).lines

    view = _edit(run, one, drafted + "\n请各单位抓紧整改。")

    assert drafted.splitlines()[-2:] == ["< 示范镇安全生产委员会办公室", "< 2018年1月5日"]
    assert view.lines.splitlines()[-3:] == ["请各单位抓紧整改。", "< 示范镇安全生产委员会办公室", "< 2018年1月5日"]


def test_given_a_brief_when_issued_then_its_word_document_is_the_text_alone_and_its_figures_a_list_of_their_own(
    run: Supervised,
) -> None:
    one = _brief(run)
    supervision.issue_bulletin(bulletin_id=one.pk, seen_version=1, **run.said("chief"))
    with pytest.raises(Refusal):
        supervision.edit_bulletin(bulletin_id=one.pk, seen_version=3, title="x", lines="x", **run.said("office"))
    view = asking.bulletin_for(run.by("office"), run.row.pk, one.pk)

    name, made = asking.word_for(run.by("office"), run.row.pk, one.pk)
    list_name, listed = asking.annex_for(run.by("office"), run.row.pk, one.pk)

    document = Document(io.BytesIO(made))
    assert (name, list_name) == (f"{one.title}.docx", f"{one.title}数据说明.docx")
    assert document.paragraphs[0].text == one.title
    fonts = {style.name: (style.font.name, style.font.size.pt) for style in document.styles if style.name[:2] == "BH"}
    assert fonts["BH Title"] == ("方正小标宋简体", 22)
    assert fonts["BH Body"] == ("仿宋_GB2312", 16)
    assert document.paragraphs[1].text == "一、总体情况"
    words = "".join(run if isinstance(run, str) else view.figures[run.key].text for b in view.blocks for run in b.runs)
    assert "".join(paragraph.text for paragraph in document.paragraphs[1:]) == words
    (rows,) = _tables(listed)
    assert rows[0] == ["序号", "指标", "数值", "时间", "统计范围", "依据"]
    assert [row[2].split()[0] for row in rows[1:]] == [figure.text for figure in view.figures.values()]
    assert all(all(cells) for cells in rows)
    for text in ("\n".join("\t".join(row) for row in rows), words):
        assert not OURS.search(text)
    notes = [paragraph.text for paragraph in Document(io.BytesIO(listed)).paragraphs]
    assert notes[1] == f"表中“方案”指《{run.row.title}》" + "。"
    assert notes[2].startswith("隐患按专项行动的范围统计：2017年12月20日开始时没有销号的")
    assert len(notes) == len(("title", "plan", "range"))


def test_given_a_text_with_tables_when_it_is_a_word_document_then_heads_repeat_rows_hold_and_pages_are_numbered(
    run: Supervised,
) -> None:
    one = _brief(run)

    document = Document(io.BytesIO(asking.annex_for(run.by("office"), run.row.pk, one.pk)[1]))

    rows = document.tables[0].rows
    assert all("w:cantSplit" in row._tr.xml for row in rows)
    assert ["w:tblHeader" in row._tr.xml for row in rows][:2] == [True, False]
    section = document.sections[0]
    assert "PAGE" in section.footer._element.xml
    assert "PAGE" in section.even_page_footer._element.xml
