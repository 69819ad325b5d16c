"""What is carried from one sentence to the next, what a heading or a label names, what a notice orders itself."""

from typing import Any

import pytest

from bihuan.campaigns.readers import read_text
from bihuan.campaigns.rules import read_plan


def _clauses(*lines: str) -> list[tuple[str, list[str], bool]]:
    said = read_plan(read_text("\n".join(["某镇专项整治工作方案", "一、工作措施", *lines]))).as_json()
    return [(one["id"], one["parties"], one["parties_implied"]) for one in said["clauses"]]


def _read(*lines: str) -> dict[str, Any]:
    return read_plan(read_text("\n".join(lines))).as_json()


def test_given_a_sentence_without_a_body_when_it_follows_one_then_the_body_is_implied() -> None:
    assert _clauses("各村要开展自查。要建立台账。", "要加强宣传。") == [
        ("一-1", ["各村"], False),
        ("一-2", ["各村"], True),
        ("一-3", [], False),
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "凡拒不整改的，一律停产停业。",
        "对瞒报漏报的，严肃追究责任。",
        "全镇大检查行动同时延期至3月底。",
    ],
)
def test_given_a_general_rule_blame_or_another_subject_when_read_then_nothing_is_carried(sentence: str) -> None:
    assert _clauses(f"各村要开展自查。{sentence}") == [("一-1", ["各村"], False), ("一-2", [], False)]


def test_given_a_list_within_a_paragraph_when_read_then_all_take_over_from_before_it() -> None:
    assert [
        parties for _, parties, _ in _clauses("各社区要广泛发动。一是张贴标语。二是派出所要开展夜查。三是入户宣传。")
    ] == [
        ["各社区"],
        ["各社区"],
        ["派出所"],
        ["各社区"],
    ]


def test_given_a_lead_in_with_a_colon_when_items_follow_then_they_take_over_its_bodies() -> None:
    assert _clauses("各村要做好以下工作：", "1.开展自查自纠，建立台账。", "2.组织应急演练，每月一次。") == [
        ("一-1", ["各村"], False),
        ("一1-1", ["各村"], True),
        ("一2-1", ["各村"], True),
    ]


def test_given_a_heading_that_orders_somebody_when_a_sentence_names_nobody_then_that_body_is_implied() -> None:
    assert _clauses("（一）企业主要负责人履行法定职责", "1.组织排查。要学习判定标准，带头开展检查。") == [
        ("一(一)1-1", ["企业主要负责人"], True)
    ]


@pytest.mark.parametrize("label", ["（一）派出所。", "（一）派出所：", "【派出所】", "派出所："])
def test_given_a_label_that_is_a_body_when_read_then_its_sentences_are_told_to_it(label: str) -> None:
    assert [(parties, implied) for _, parties, implied in _clauses(f"{label}加强夜间巡逻。督促商户整改隐患。")] == [
        (["派出所"], False),
        (["派出所"], False),
    ]


def test_given_a_line_of_answerable_units_when_read_then_the_sentences_above_have_them_and_the_day() -> None:
    said = _read(
        "某镇专项整治工作方案",
        "一、工作措施",
        "建立隐患台账，逐项销号。",
        "牵头单位：安监办；责任单位：各村；完成时限：2018年3月底前",
    )

    clause = said["clauses"][0]
    assert (clause["parties"], clause["deadline"], clause["parties_implied"]) == (
        ["安监办", "各村"],
        "2018-03-31",
        False,
    )


def test_given_a_remark_at_the_end_of_a_paragraph_when_read_then_its_other_sentences_have_it_too() -> None:
    assert [parties for _, parties, _ in _clauses("查清底数。建立台账。（安监办牵头，各村配合）")] == [
        ["安监办", "各村"]
    ] * 2


def test_given_two_bodies_told_two_things_when_joined_by_a_semicolon_then_they_are_two_clauses() -> None:
    assert _clauses("安监办负责综合协调；派出所负责道路检查；对拒不整改的，移送执法。") == [
        ("一-1", ["安监办"], False),
        ("一-2", ["派出所"], False),
    ]


def test_given_a_notice_that_passes_a_plan_on_when_it_orders_something_itself_then_that_is_a_clause() -> None:
    said = _read(
        "某县安委会关于印发某县专项整治方案的通知",
        "各乡镇：",
        "现将方案印发给你们，请认真贯彻执行。各乡镇要于2018年3月15日前将子方案报县安委办。",
        "某县安全生产委员会",
        "2018年3月1日",
        "某县专项整治方案",
        "一、工作任务",
        "各乡镇要开展自查。",
    )

    assert (said["title"], said["issuing_body"], said["issue_date"]) == (
        "某县专项整治方案",
        "某县安全生产委员会",
        "2018-03-01",
    )
    assert [(one["id"], one["deadline"]) for one in said["clauses"]] == [("0-1", "2018-03-15"), ("一-1", None)]


def test_given_a_stage_with_days_when_a_sentence_has_none_then_the_end_of_the_stage_is_implied() -> None:
    said = _read(
        "某镇2018年工作方案",
        "一、实施步骤",
        "1、动员部署阶段：2018年1月5日至15日。各村要制定方案。各站所2018年1月10日前报送名单。",
    )

    assert [(one["deadline"], one["deadline_implied"]) for one in said["clauses"]] == [
        ("2018-01-15", True),
        ("2018-01-10", False),
    ]
    assert [(one["name"], one["start"], one["end"]) for one in said["phases"]] == [
        ("动员部署阶段", "2018-01-05", "2018-01-15")
    ]


def test_given_a_list_of_a_group_with_names_when_read_then_each_post_has_its_holders() -> None:
    said = _read(
        "某镇方案",
        "一、组织领导",
        "成立防汛工作领导小组。",
        "组　长：甲 乙　镇党委书记",
        "丙 丁　镇党委副书记、镇长",
        "成　员：各村党支部书记",
        "二、工作要求",
        "各村要自查。",
    )

    assert said["leading_group"]["name"] == "防汛工作领导小组"
    assert said["leading_group"]["posts"] == {
        "组长": ["镇党委书记（甲乙）", "镇党委副书记、镇长（丙丁）"],
        "成员": ["各村党支部书记"],
    }
