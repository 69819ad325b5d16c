"""Texts as they really come: columns, running heads, spaced characters, soft breaks, bars, other marks and figures."""

from pathlib import Path
from time import process_time
from typing import Any, Final

import pytest
from docx import Document
from pypdf import PdfReader

from bihuan.campaigns.readers import read_file, read_text
from bihuan.campaigns.readers.columns import in_columns, may_have_columns
from bihuan.campaigns.readers.pdf import paragraphs
from bihuan.campaigns.rules import read_plan
from tests.campaigns.marked import PLANS

PLAN: Final = (
    "安顺县消防安全专项整治方案\n县政府决定自2023年6月1日起至2023年8月31日开展专项整治。\n一、工作任务\n"
    "（一）全面排查。各乡镇、各部门要在6月30日前完成排查，建立台账。"
)


def _told(said: dict[str, Any]) -> list[tuple[list[str], str | None, str]]:
    return [(one["parties"], one["deadline"], one["text"]) for one in said["clauses"]]


def test_given_a_page_in_two_columns_when_read_then_the_left_one_comes_first() -> None:
    said = read_plan(read_file(PLANS / "columns.pdf")).as_json()

    assert said["title"] == "石门镇夏季消防安全专项整治方案"
    assert (said["period"]["start"], said["period"]["end"]) == ("2023-06-10", "2023-08-31")
    assert [(parties, day) for parties, day, _ in _told(said)] == [
        (["各村", "各社区"], "2023-06-30"),
        (["派出所", "市场监管所"], None),
        (["宣传办"], None),
        (["各村主要负责人", "各单位主要负责人"], None),
        (["各村", "各单位"], None),
    ]


def test_given_a_page_in_one_column_when_looked_at_then_it_is_left_as_it_is() -> None:
    page = PdfReader(PLANS / "joint-2016.pdf").pages[0]

    assert in_columns(page) is None
    assert not may_have_columns(page.extract_text(extraction_mode="layout", layout_mode_space_vertically=False))


def test_given_a_running_head_and_foot_when_pages_are_joined_then_they_do_not_cut_the_sentence() -> None:
    (one, two), (three, four) = halves = [
        ("    各乡镇要在六月底前完成对沿街门店的全面排", "查，逐户建立台账，落实专人负责到底。"),
        ("    派出所要加强夜间巡查，对占用通道的一律清", "理，对屡教不改的依法从严查处到位。"),
    ]
    bodies = [f"    某镇消防整治方案\n\n{one}", f"{two}\n\n{three}", f"{four}\n    各单位要高度重视，加强领导。"]
    pages = [f"  安顺县人民政府文件\n{body}\n第{at}页\n   安顺县应急管理局编" for at, body in enumerate(bodies, 1)]

    assert paragraphs(pages) == [
        "某镇消防整治方案",
        *((before + after).strip() for before, after in halves),
        "各单位要高度重视，加强领导。",
    ]


def test_given_paragraphs_with_indents_when_a_full_line_ends_in_a_stop_then_what_follows_without_one_goes_on() -> None:
    page = (
        "    （一）重点检查烟花零售点是否超量储存。"
        "\n（安监站负责）"
        "\n    （二）各单位要明确一名联络员报住建局（邮箱："
        "\nabcdefg@example.cn），逐户建立台账。"
        "\n    （三）各村要检查。"
        "\n    各单位要加强领导。"
    )

    assert paragraphs([page]) == [
        "（一）重点检查烟花零售点是否超量储存。（安监站负责）",
        "（二）各单位要明确一名联络员报住建局（邮箱：abcdefg@example.cn），逐户建立台账。",
        "（三）各村要检查。",
        "各单位要加强领导。",
    ]


@pytest.mark.parametrize(
    "dirty",
    [
        pytest.param(PLAN.translate(str.maketrans("，。：（）", ",。:()")), id="half-width marks"),
        pytest.param(PLAN.translate(str.maketrans("0123456789", "０１２３４５６７８９")), id="full-width figures"),
        pytest.param("\n".join(" ".join(line) for line in PLAN.split("\n")), id="spaces between characters"),
        pytest.param(PLAN.replace("部门要在", "部 门要在").replace("完成", "完 成"), id="a broken word"),
        pytest.param(PLAN.replace("\n", "\r\n\r\n\u3000\u3000"), id="empty lines and indents"),
        pytest.param(PLAN.replace("\n", "\n— 1 —\n"), id="page numbers"),
    ],
)
def test_given_dirty_text_when_read_then_it_says_the_same(dirty: str) -> None:
    clean, said = (read_plan(read_text(text)).as_json() for text in (PLAN, dirty))

    assert [(parties, day) for parties, day, _ in _told(said)] == [(["各乡镇", "各部门"], "2023-06-30")]
    assert (said["title"], said["period"]["start"], said["period"]["end"]) == (
        clean["title"],
        "2023-06-01",
        "2023-08-31",
    )


def test_given_soft_breaks_within_a_sentence_when_a_word_file_is_read_then_it_is_one_sentence(tmp_path: Path) -> None:
    made = Document()
    for line in PLAN.split("\n")[:-1]:
        made.add_paragraph(line)
    last = made.add_paragraph().add_run("（一）全面排查。各乡镇、各部门要在6月30日前完成")
    last.add_break()
    last.add_text("排查，建立台账。")
    last.add_break()
    last.add_text("（二）集中整治。派出所要开展夜查。")
    made.save(str(tmp_path / "plan.docx"))

    assert _told(read_plan(read_file(tmp_path / "plan.docx")).as_json()) == [
        (["各乡镇", "各部门"], "2023-06-30", "各乡镇、各部门要在6月30日前完成排查，建立台账。"),
        (["派出所"], None, "派出所要开展夜查。"),
    ]


def test_given_a_page_of_the_web_when_read_then_what_stands_about_the_text_is_no_text() -> None:
    said = read_plan(
        read_text(
            "转发省应急厅关于加强有限空间作业安全工作的通知\n索引号：QE2305000-2023-002\n主动公开\n海安办〔2023〕3号\n"
            "来源：县安委办 "
            "发布时间：2023-12-05\n"
            "各镇（街道）安委办：\n现将有关事项通知如下，请遵照执行。\n一、各镇（街道）要逐家摸清底数。\n二〇二三年二月一日\n"
            "主题词：安全生产 通知\n抄送：市安委办，县府办。\n安海县安全生产委员会办公室 2023年2月1日印发"
        )
    ).as_json()

    assert [(parties, text) for parties, _, text in _told(said)] == [(["各镇（街道）"], "各镇（街道）要逐家摸清底数。")]
    assert (said["issuing_body"], said["issue_date"]) == ("安海县安全生产委员会办公室", "2023-02-01")


def test_given_a_notice_whose_title_quotes_a_long_one_when_read_then_that_is_its_title() -> None:
    title = (
        "关于转发《省应急管理厅关于印发全省工贸行业重点领域安全生产专项执法检查暨有限空间作业专家指导服务工作方案的通知》"
        "并做好有关工作的通知"
    )

    assert (
        read_plan(read_text(f"{title}\n海应急〔2023〕3号\n各县应急管理局：\n一、各县要高度重视。")).front.title == title
    )


def test_given_groups_below_the_leading_group_when_read_then_their_posts_are_not_its_posts() -> None:
    said = read_plan(
        read_text(
            "某镇整治方案\n一、组织领导\n成立整治工作领导小组。\n组长：张某，副组长：李某，成员：王某、赵某\n（一）宣传组\n组长：孙某\n"
            "成员：周某\n工作职责：广泛宣传，张贴通告。"
        )
    ).as_json()

    assert said["leading_group"]["posts"] == {"组长": ["张某"], "副组长": ["李某"], "成员": ["王某", "赵某"]}


def test_given_a_table_copied_with_bars_when_read_then_its_rows_are_tasks() -> None:
    rows = "| 整治行业 | 时间安排 | 责任单位 |\n| --- | --- | --- |\n| 烟花爆竹 | 7月份 | 安监站 派出所 |"

    said = read_plan(read_text(f"{PLAN}\n{rows}")).as_json()

    assert _told(said)[1:] == [(["安监站", "派出所"], "2023-07-31", "烟花爆竹")]


def test_given_items_with_bullets_when_read_then_the_bullet_is_no_part_of_a_name_or_section() -> None:
    said = read_plan(read_text(f"{PLAN}\n●企业自查。各企业要全面自查。\n★各乡镇要于每周四前报送进展情况。")).as_json()

    assert [(one["section"], one["parties"]) for one in said["clauses"]][1:] == [
        ("一(一)", ["各企业"]),
        ("一(一)", ["各乡镇"]),
    ]


def test_given_a_table_of_contents_when_read_then_its_entries_are_no_headings() -> None:
    text = (
        "某县防汛应急预案\n目  录\n1 总则……1\n2 组织指挥……3\n1 总则\n为做好防汛工作，制定本预案。\n"
        "2 组织指挥\n县防指负责统一指挥。"
    )

    said = read_plan(read_text(text)).as_json()

    assert [(one["number"], one["text"]) for one in said["headings"]] == [("1", "总则"), ("2", "组织指挥")]
    assert _told(said) == [(["县防指"], None, "县防指负责统一指挥。")]


def test_given_a_list_of_annexes_at_the_end_when_read_then_they_are_no_headings() -> None:
    said = read_plan(read_text(f"{PLAN}\n附件：1.任务分工表\n2.隐患排查统计表\n3.联络员名单")).as_json()

    assert [one["text"] for one in said["headings"]] == ["工作任务"]


def test_given_an_opening_that_asks_for_papers_when_read_then_that_is_a_clause() -> None:
    said = read_plan(
        read_text(
            "转发关于开展脚手架排查的紧急通知\n各县住建局：\n现将《省住建厅关于立即开展脚手架排查的紧急通知》（某建电〔2018〕28号，"
            "下称《通知》）转发给你们，请认真贯彻执行，情况报告请于5月10日前报送市局。\n某市住房和城乡建设局\n2018年5月1日"
        )
    ).as_json()

    assert [(day, one) for _, day, one in _told(said)] == [("2018-05-10", said["paragraphs"][2])]
    assert [(one["what"], one["to"], one["when"]) for one in said["reporting"]] == [("情况报告", "市局", "5月10日前")]
    assert [(one["title"], one["number"]) for one in said["basis"]] == [
        ("省住建厅关于立即开展脚手架排查的紧急通知", "某建电〔2018〕28号")
    ]


def test_given_the_letter_o_for_nought_in_a_date_when_read_then_it_is_the_day_of_the_document() -> None:
    said = read_plan(
        read_text("关于印发整治方案的通知\n各镇：\n现印发给你们。\n东岭区人民政府\n二O一九年四月十八日\n" + PLAN)
    ).as_json()

    assert (said["title"], said["issue_date"]) == ("安顺县消防安全专项整治方案", "2019-04-18")


@pytest.mark.parametrize(
    ("number", "body"), [("马政字〔2013〕19号", "马家渡乡人民政府"), ("马政办〔2013〕19号", "马家渡乡人民政府办公室")]
)
def test_given_only_the_office_that_printed_when_read_then_its_government_issued_unless_the_number_is_the_offices(
    number: str, body: str
) -> None:
    said = read_plan(read_text(f"{number}\n{PLAN}\n马家渡乡人民政府办公室　　2013年6月9日印发")).as_json()

    assert said["issuing_body"] == body


def test_given_a_note_on_publication_when_read_then_it_orders_nothing() -> None:
    said = read_plan(read_text(f"{PLAN}\n（信息公开形式：主动公开）")).as_json()

    assert len(said["clauses"]) == 1


@pytest.mark.parametrize("junk", ["由", "各村、", "（", "每月"])
def test_given_a_hundred_thousand_characters_without_a_stop_when_read_then_the_plan_around_them_is_read_soon(
    junk: str,
) -> None:
    begun = process_time()
    said = read_plan(read_text(f"{PLAN}\n{junk * (100_000 // len(junk))}")).as_json()

    assert len(said["clauses"]) == 1
    assert process_time() - begun < 5


def test_given_a_few_lines_broken_amid_a_sentence_when_read_then_they_are_joined_and_signatures_are_not() -> None:
    lines = read_text(
        "为贯彻《国务院安全生产委员会关于深入开展隐患整治攻坚\n战的通知》精神，彻底整治占压、安全距离不足、不\n满足要求等隐患。\n"
        "广泛开展宣传。责任单位：县委宣传部、县应急管理局\n安顺县人民政府\n2018年2月20日"
    )

    assert [line.text for line in lines] == [
        "为贯彻《国务院安全生产委员会关于深入开展隐患整治攻坚战的通知》精神，彻底整治占压、安全距离不足、不满足要求等隐患。",
        "广泛开展宣传。责任单位：县委宣传部、县应急管理局",
        "安顺县人民政府",
        "2018年2月20日",
    ]


def test_given_a_plan_that_has_lost_its_paragraphs_when_read_then_its_headings_are_found() -> None:
    text = (
        "为做好两会期间消防工作，结合我镇实际，制定本方案。一、指导思想坚持政府统一领导、部门依法监管，有效预防火灾。"
        "二、方法步骤工作即日起至3月15日结束，共分两个阶段：（一）动员部署阶段（3月1日前）各村要制定工作方案，动员一切力量开展消防检查。"
        "（二）组织实施阶段（3月2日至3月14日）各单位要落实一名消防管理人员，规范档案台账。派出所要对宾馆、网吧、加油站巡查一遍。"
        "三、工作要求（一）高度重视。各村要充分认识做好消防工作的重要性，克服麻痹思想。（二）严格值班。各村要执行值班和领导带班制度。"
    )
    said = read_plan(
        read_text(f"石桥镇两会期间消防安保工作方案\n{text}{'各村要排查隐患。' * 30}\n2014年2月24日")
    ).as_json()

    assert [(one["number"], one["text"], [below["text"] for below in one["children"]]) for one in said["headings"]] == [
        ("一、", "指导思想", []),
        ("二、", "方法步骤", ["动员部署阶段（3月1日前）", "组织实施阶段（3月2日至3月14日）"]),
        ("三、", "工作要求", ["高度重视", "严格值班"]),
    ]
    assert [one["deadline"] for one in said["clauses"]][:3] == ["2014-03-01", "2014-03-14", "2014-03-14"]


def test_given_whose_seal_stands_in_when_read_then_the_body_above_it_signed() -> None:
    said = read_plan(
        read_text(f"{PLAN}\n县安全生产专业委员会办公室\n（安顺县住房和城乡建设局代章）\n2023年5月25日")
    ).as_json()

    assert (said["issuing_body"], said["issue_date"]) == ("县安全生产专业委员会办公室", "2023-05-25")
    assert len(said["clauses"]) == 1
