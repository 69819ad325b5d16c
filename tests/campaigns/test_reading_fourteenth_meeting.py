"""What the meetings with six more plans (134 to 139) and with further real notices showed, each cause once."""

import pytest

from bihuan.campaigns.readers import read_text
from bihuan.campaigns.rules import read_plan
from tests.campaigns.short_plans import read_lines, tasks_of


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("农机手作业前必须检查制动;机主不得将机械交给无证人员。", "农机手 机主"),
        ("建筑所有权人是第一责任人,应当定期查勘。", "建筑所有权人"),
        ("施工单位应对高处作业人员进行体检。", "施工单位"),
        ("监理单位旁站提升、下降全过程。", "监理单位"),
        ("精细化工企业开展风险评估。", "精细化工企业"),
        ("企业主要负责人、安全管理人员和操作人员的学历应当符合规定。", ""),
    ],
)
def test_given_a_wording_of_the_fourteenth_meeting_when_read_then_those_who_act_are_named(
    sentence: str, names: str
) -> None:
    assert [name for one in tasks_of(sentence) for name in one["parties"]] == names.split()


def test_given_contents_of_which_a_sentence_says_who_does_how_often_when_read_then_it_is_ordered() -> None:
    said = read_lines("一、治理内容", "(一)吊篮。使用单位每日检查安全锁;产权单位每月维保一次;监理单位旁站全过程。")

    assert [one["parties"] for one in said["clauses"]] == [["使用单位"], ["产权单位"], ["监理单位"]]


def test_given_the_beginning_of_a_season_when_read_then_it_is_a_deadline_without_a_day() -> None:
    (said,) = tasks_of("县公安局春运开始前对客车逐车检查。")

    assert (said["parties"], said["deadline"], said["deadline_text"]) == (["县公安局"], None, "春运开始前")


def test_given_a_letter_that_hands_on_a_guide_when_read_then_its_ground_and_period_are_the_guides() -> None:
    said = read_plan(
        read_text(
            "关于印发《电梯治理指引》的函\n各市城管局:\n为落实《加强运行安全的意见》,我办制定了《电梯治理指引》,现印发给你们。"
            "治理工作自2024年8月起至2026年12月结束。\n全省城管办\n2024年8月2日\n电梯治理指引\n一、任务\n各地要开展普查。"
        )
    ).as_json()

    assert (said["title"], [one["title"] for one in said["basis"]]) == ("电梯治理指引", ["加强运行安全的意见"])
    assert (said["period"]["start"], said["period"]["end"]) == ("2024-08-01", "2026-12-31")


def test_given_a_day_in_the_brackets_at_a_paragraphs_end_when_read_then_all_its_sentences_have_it() -> None:
    said = tasks_of("1.加强管控。制定目录。加强运输管控。(县应急局牵头,县公安局按职责分工负责,2024年9月底前完成)")

    assert [(one["parties"], one["deadline"]) for one in said] == [(["县应急局", "县公安局"], "2024-09-30")] * 2


def test_given_a_long_title_beside_shorter_ones_when_read_then_it_is_a_heading_too() -> None:
    long = "加强化工园区和涉及危险化学品重大风险功能区及危险化学品罐区的风险管控"
    said = read_lines("一、分工", "1.加强管控。各镇要制定目录。", f"2.{long}。各镇要开展评估。")

    assert said["headings"][0]["children"][1]["text"] == long
    assert [one["text"] for one in said["clauses"]] == ["各镇要制定目录。", "各镇要开展评估。"]


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("各区建设行政主管部门,市质监总站,市安监站要成立领导小组。", "各区建设行政主管部门 市质监总站 市安监站"),
        ("同时,在公交候车亭等场所设置固定宣传标语。", ""),
        ("在重点区域的道路路口设置防火警示牌。", ""),
    ],
)
def test_given_names_between_commas_or_a_place_when_read_then_only_who_acts_is_named(sentence: str, names: str) -> None:
    (said,) = tasks_of(sentence)

    assert said["parties"] == names.split()


def test_given_an_opening_that_begins_with_whom_it_tells_when_read_then_it_is_an_order() -> None:
    said = read_lines("各乡镇要采取非常措施,切实抓好森林防火。", "一、任务", "县林业局要加强巡查。")

    assert [one["parties"] for one in said["clauses"]] == [["各乡镇"], ["县林业局"]]


def test_given_the_month_of_an_inspection_when_read_then_it_is_its_deadline() -> None:
    (said,) = tasks_of("县质监站将在9月份对各工地的整治情况进行专项督查。")

    assert said["deadline"] == "2024-09-30"
