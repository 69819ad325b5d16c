"""What two more meetings with passages of real notices showed (the twelfth and thirteenth), each cause once."""

import pytest

from bihuan.campaigns.readers import read_text
from bihuan.campaigns.rules import read_plan
from tests.campaigns.short_plans import read_lines, tasks_of


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("检查社区、水运企业落实值班情况。", ""),
        ("对金属粉尘企业,要检查液位装置,作业场所和除尘器本体是否通风良好,是否及时规范清理粉尘。", ""),
        ("非法违法行为要依法严厉惩处。", ""),
        ("从事庆典、婚庆等服务的单位或个人,不得提供相关服务。", "从事庆典、婚庆等服务的单位或个人"),
        ("安监、公安、农委等大检查牵头部门,要切实负起责任。", "安监部门 公安部门 农委"),
    ],
)
def test_given_a_wording_of_the_meeting_when_read_then_those_who_act_are_named(sentence: str, names: str) -> None:
    assert [name for one in tasks_of(sentence) for name in one["parties"]] == names.split()


@pytest.mark.parametrize(
    ("sentences", "names"),
    [
        ("国土资源部门负责整顿。负责督促企业复绿,并会同林业局进行验收。", "国土资源部门 林业局"),
        ("各镇要加大宣传力度。鼓励群众举报。要建立黑名单制度。", "各镇"),
        ("各镇要加强报送。7月2日和12月2日前,要将半年和全年总结报县安委办。", "各镇"),
        ("各网格责任人要立即启动预案。应急处置过程中也要及时续报。", "各网格责任人"),
    ],
)
def test_given_a_sentence_without_a_subject_when_read_then_those_before_it_are_implied(
    sentences: str, names: str
) -> None:
    said = tasks_of(sentences)[-1]

    assert (said["parties"], said["parties_implied"]) == (names.split(), True)


def test_given_a_heading_of_somebodys_duties_when_read_then_its_points_are_theirs() -> None:
    said = read_lines(
        "一、分工",
        "(一)乡(镇)人民政府的工作职责",
        "1、建立信息台账,对危险路段进行登记。",
        "2、设立活动办公室,负责具体协调工作。同时,指定专职协管员。",
    )

    assert [(one["text"], one["parties"]) for one in said["clauses"]] == [
        ("建立信息台账,对危险路段进行登记。", ["乡(镇)人民政府"]),
        ("设立活动办公室,负责具体协调工作。", ["乡(镇)人民政府"]),
        ("同时,指定专职协管员。", ["乡(镇)人民政府"]),
    ]


def test_given_what_those_before_must_do_and_another_body_when_read_then_it_is_cut_between_them() -> None:
    said = tasks_of("镇道安办要严查酒驾。要上足执法力量,加强管理;城管部门要整治占道经营。")

    assert [(one["parties"], one["parties_implied"]) for one in said] == [
        (["镇道安办"], False),
        (["镇道安办"], True),
        (["城管部门"], False),
    ]


def test_given_paired_words_before_their_aim_when_read_then_they_are_a_heading() -> None:
    said = read_lines("一、明确责任,强化督导,确保行动取得明显实效。各镇要再排查。")

    assert [one["text"] for one in said["headings"]] == ["明确责任,强化督导,确保行动取得明显实效"]
    assert [one["parties"] for one in said["clauses"]] == [["各镇"]]


@pytest.mark.parametrize(
    "sentence", ["两年来,我街道开展专项整治,消除了一大批隐患企业。", "报告主要内容包括:时间、地点、已采取的措施等。"]
)
def test_given_what_was_done_or_is_contained_when_read_then_it_is_no_order(sentence: str) -> None:
    assert tasks_of(sentence) == []


def test_given_a_title_that_forbids_when_read_then_it_is_no_clause() -> None:
    said = read_plan(
        read_text(
            "关于昆山镇建成区内禁止燃放烟花爆竹的通告\n为加强管理,经研究决定,禁止燃放。\n一、要求\n各单位要加强宣传。"
        )
    ).as_json()

    assert [one["text"] for one in said["clauses"]] == ["各单位要加强宣传。"]


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("由县教育局牵头、县公安局配合开展校车检查。", "县教育局:lead 县公安局:support"),
        ("对危险房屋分类处置,县住建局负责,县财政局、各乡镇配合。", "县住建局:lead 县财政局:support 各乡镇:support"),
    ],
)
def test_given_who_leads_and_who_helps_in_running_text_when_read_then_their_roles_are_told(
    sentence: str, names: str
) -> None:
    (said,) = tasks_of(sentence)

    roles = said["party_roles"]
    assert [f"{name}:{role}" for name, role in zip(said["parties"], roles, strict=True)] == names.split()


def test_given_two_seasons_in_one_stage_when_read_then_its_end_is_that_of_the_last() -> None:
    said = read_lines("一、步骤", "(一)春夏季整治阶段(4月至8月)和秋冬季整治阶段(9月至12月)。各镇要开展整治。")

    assert [(one["start"], one["end"]) for one in said["phases"]] == [("2024-04-01", "2024-12-31")]
    assert said["clauses"][0]["deadline"] == "2024-12-31"


def test_given_two_seasons_in_one_sentence_when_read_then_who_acts_and_both_days_are_found() -> None:
    (said,) = tasks_of("春季(3月至5月)各镇重点整治烟花爆竹,秋季(9月至11月)重点整治粮食企业。")

    assert (said["parties"], said["deadline"]) == (["各镇"], "2024-05-31")


@pytest.mark.parametrize("sentence", ["(1)疏散不畅;", "整治内容:疏散通道不畅、消防设施缺失、电气线路老化。"])
def test_given_what_is_wrong_under_tasks_when_read_then_it_is_no_order(sentence: str) -> None:
    assert tasks_of(sentence) == []


def test_given_what_is_unlicensed_when_somebody_closes_it_then_it_is_an_order() -> None:
    assert [one["parties"] for one in tasks_of("无证经营的零售点由派出所取缔。")] == [["派出所"]]


def test_given_an_article_with_its_matter_in_brackets_when_read_then_who_acts_is_named() -> None:
    said = read_lines("第一章 职责", "第四条 (部门职责)县应急局牵头开展督查。")

    assert [one["parties"] for one in said["clauses"]] == [["县应急局"]]
