"""Numbered points that run on in one paragraph, what the notice itself orders, and further days of one sentence."""

from typing import Any, Final

import pytest

from bihuan.campaigns.readers import read_text
from bihuan.campaigns.rules import read_plan
from bihuan.campaigns.rules.cutting import cuts_before_days

SIGNED: Final = ("安顺县人民政府", "2024年3月5日")


def _read(*lines: str) -> dict[str, Any]:
    return read_plan(read_text("\n".join(["安顺县专项整治工作方案", *lines, *SIGNED]))).as_json()


@pytest.mark.parametrize(
    ("paragraph", "titles"),
    [
        (
            "1、强化责任。党政主要负责人要亲自抓。2、严格执法。对拒不整改的，依法从重处罚。3、加强督查。县安委办要开展督查。",
            "1、强化责任 2、严格执法 3、加强督查",
        ),
        ("1.企业自查。各企业要开展自查自纠，建立台账。2.部门检查。各部门要组织检查。", "1.企业自查 2.部门检查"),
        (
            "一是强化责任。各部门主要负责人要亲自带队检查。二是强化宣传。宣传部要开设专栏，曝光典型隐患。",
            "一是强化责任 二是强化宣传",
        ),
    ],
)
def test_given_points_with_titles_in_one_paragraph_when_read_then_each_is_a_heading(
    paragraph: str, titles: str
) -> None:
    said = _read("一、工作要求", paragraph)

    (top,) = said["headings"]
    assert " ".join(one["number"] + one["text"] for one in top["children"]) == titles
    assert not any(clause["text"][:2] in {"2、", "2."} for clause in said["clauses"])


def test_given_points_after_a_body_in_one_paragraph_when_they_name_nobody_then_it_is_implied() -> None:
    said = _read(
        "一、工作要求",
        "各社区要广泛发动。一是加强宣传。利用广播、横幅开展宣传。二是加强排查。对楼道堆物逐栋清理。",
    )

    assert [(one["parties"], one["parties_implied"]) for one in said["clauses"]] == [
        (["各社区"], False),
        (["各社区"], True),
        (["各社区"], True),
    ]


def test_given_points_that_are_sentences_when_read_then_none_is_a_heading() -> None:
    said = _read("一、工作要求", "一是提高认识，各村要重视。二是加强宣传引导工作。三是强化督导检查工作。")

    assert [one["children"] for one in said["headings"]] == [[]]
    assert len(said["clauses"]) == 3


def test_given_a_goal_that_is_a_heading_when_read_then_it_is_a_goal() -> None:
    said = _read("一、总体要求", "1.1 坚持人民至上。", "1.2 确保火灾“零死亡”。", "二、任务", "各部门要落实。")

    assert [one["text"] for one in said["goals"]] == ["确保火灾“零死亡”"]


def test_given_a_notice_that_asks_for_papers_by_a_lunar_day_when_read_then_it_is_a_clause_of_section_nought() -> None:
    lines = (
        "安政办发〔2019〕3号",
        "安顺县人民政府办公室关于印发安顺县春节专项整治方案的通知",
        "各乡镇、县直各部门：",
        "现将方案印发给你们。各乡镇、各部门行动方案于正月初十前报县安委办。",
        "安顺县人民政府办公室",
        "2019年1月15日",
        "安顺县春节专项整治方案",
        "一、工作任务",
        "（一）各部门要加强检查。",
    )
    said = read_plan(read_text("\n".join(lines))).as_json()

    first = said["clauses"][0]
    assert (first["id"], first["parties"], first["deadline_text"]) == ("0-1", ["各乡镇", "各部门"], "正月初十前")
    assert [(one["what"], one["to"], one["when"]) for one in said["reporting"]] == [
        ("行动方案", "县安委办", "正月初十前")
    ]


def test_given_two_days_in_one_sentence_when_read_then_the_further_one_is_kept_and_gets_a_part() -> None:
    text = "省应急厅要建设平台，2025年底前接入率达到80%以上，2026年底前实现全覆盖。"
    (clause,) = _read("一、任务", text)["clauses"]

    assert [(one["deadline"], one["text"]) for one in clause["later_deadlines"]] == [("2026-12-31", "2026年底前")]
    days = [one["place"]["start"] - clause["place"]["start"] for one in clause["later_deadlines"]]
    assert [text[cut:] for cut in cuts_before_days(text, days)] == ["2026年底前实现全覆盖。"]


def test_given_a_further_day_in_brackets_or_without_a_mark_when_cut_then_there_is_no_part_of_its_own() -> None:
    assert cuts_before_days("完成检修（5月底前报方案，6月底前验收）", [5, 13]) == []
    assert cuts_before_days("3月底和6月底各一次", [4]) == []
