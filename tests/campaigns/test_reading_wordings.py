"""Wordings of days, of duties to report and of who is spoken of, met in plans of counties and provinces."""

from typing import Any, Final

import pytest

from bihuan.campaigns.readers import read_text
from bihuan.campaigns.rules import read_plan

SIGNED: Final = ("安顺县人民政府", "2024年3月5日")


def _read(*lines: str) -> dict[str, Any]:
    return read_plan(read_text("\n".join(["安顺县专项整治工作方案", "一、任务", *lines, *SIGNED]))).as_json()


@pytest.mark.parametrize(
    ("sentence", "day", "words"),
    [
        ("各学校开学前一周内完成自查。", None, "开学前一周内"),
        ("消防所每旬汇总，逢5日、15日、25日报区消防大队。", None, "逢5日、15日、25日"),
        ("各部门主要负责人节前要亲自带队检查一次。", None, "节前"),
        ("各县（市、区）务于12月5日前成立由政府分管领导任组长的领导小组，名单报市安监局。", "2024-12-05", "12月5日前"),
    ],
)
def test_given_a_wording_of_a_day_when_read_then_it_is_the_deadline_of_its_clause(
    sentence: str, day: str | None, words: str
) -> None:
    (clause,) = _read(sentence)["clauses"]

    assert (clause["deadline"], clause["deadline_text"]) == (day, words)


def test_given_a_stage_that_begins_on_a_lunar_day_when_read_then_its_clauses_have_its_last_day() -> None:
    said = _read("（一）集中攻坚阶段（正月初七至4月20日）。各部门要集中检查。")

    assert [(one["start"], one["end"]) for one in said["phases"]] == [(None, "2024-04-20")]
    assert said["clauses"][0]["deadline"] == "2024-04-20"


def test_given_a_period_that_ends_on_a_lunar_day_when_read_then_the_words_are_whole() -> None:
    said = read_plan(
        read_text("安顺县专项整治工作方案\n县里决定从即日起至春节后正月十五开展整治。\n一、任务\n各村要自查。")
    ).as_json()

    assert (said["period"]["end"], said["period"]["end_text"]) == (None, "春节后正月十五")


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        (
            "各企业对照自查，自查情况由企业负责人签字后报送乡镇安监所，形成书面报告（含电子版），5月3日前一并报送县安委办。",
            [("自查情况", "乡镇安监所", None), ("书面报告(含电子版)", "县安委办", "5月3日前")],
        ),
        ("消防所每旬汇总，逢5日、15日、25日报区消防大队。", [(None, "区消防大队", "逢5日、15日、25日")]),
        ("网格员每日巡查，发现问题当天上报街道消防所。", [("问题", "街道消防所", "当天")]),
        ("各县（市、区）务于12月5日前成立领导小组，名单报市安监局。", [("名单", "市安监局", "12月5日前")]),
        (
            "各学校每日10:00前将病例数报卫生院；发现聚集性疫情，须在2小时内报告县疾控中心。",
            [("病例数", "卫生院", "每日10:00前"), ("聚集性疫情", "县疾控中心", "2小时内")],
        ),
    ],
)
def test_given_duties_to_report_when_read_then_each_goes_to_whom_it_names(
    sentence: str, wanted: list[tuple[str | None, str, str | None]]
) -> None:
    assert [(one["what"], one["to"], one["when"]) for one in _read(sentence)["reporting"]] == wanted


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("各村、各部门要落实责任。", "对落实不力的予以通报。"),
        ("各学校要照单整改。", "逾期未改的，依法从严查处。"),
        ("县政府督查室每半月开展一次督导。", "对排查走过场的，移交纪检监察机关处理。"),
        ("重点企业主要负责人每年应当参加培训。", "对无故不参加培训的，依法暂停其合格证明。"),
    ],
)
def test_given_what_is_done_to_those_named_before_when_read_then_they_do_not_do_it(before: str, after: str) -> None:
    assert [(one["parties"], one["parties_implied"]) for one in _read(before + after)["clauses"]][-1] == ([], False)


def test_given_an_authority_named_before_when_it_punishes_then_it_is_implied() -> None:
    said = _read("省级有关部门每年开展帮扶指导。对屡查屡犯的企业，依法从重处罚并公开曝光。")

    assert said["clauses"][1]["parties"] == ["省级有关部门"]


def test_given_a_notice_that_says_since_when_it_holds_when_read_then_that_is_no_order() -> None:
    said = _read("各部门要落实。", "本意见自印发之日起施行，有效期至2026年12月31日。")

    assert [one["text"] for one in said["clauses"]] == ["各部门要落实。"]


def test_given_a_bare_task_force_when_read_then_it_is_no_leading_group_and_no_paper() -> None:
    said = _read("（一）成立工作专班，统筹推进。", "（二）将判定标准纳入培训内容。")

    assert said["leading_group"] is None
    assert [one["deliverable"] for one in said["clauses"]] == [None, None]


def test_given_a_group_of_each_county_when_read_then_it_is_not_the_plans_own() -> None:
    said = _read("各县（市、区）务于12月5日前成立由政府分管领导任组长的领导小组，名单报市安监局。")

    assert said["leading_group"] is None


@pytest.mark.parametrize(
    ("sentence", "parties"),
    [
        ("各区县人民政府要建立由政府领导、部门负责人、专家组成的检查组，进行全覆盖检查。", "各区县人民政府"),
        ("由应急局会同消防救援大队对企业全覆盖检查，其中重大危险源企业检查不少于两轮。", "应急局 消防救援大队"),
        ("对重点企业，由包保领导带队、包保部门参加，每周上门检查一次。", "包保领导 包保部门"),
        ("各企业遇35℃以上高温天气，10时至16时禁止装卸。", "各企业"),
        ("各县、市、区政府要就近设置停放点。", "各县、市、区政府"),
        ("健全网格体系，牵头单位为县应急局，配合单位为各乡镇。", "县应急局 各乡镇"),
        ("由县应急局牵头，县公安局、县市场监管局等部门和各乡镇配合。", "县应急局 县公安局 县市场监管局 各乡镇"),
        ("各乡镇党委、政府要定期研究。", "各乡镇党委 各乡镇政府"),
        ("各镇每月25日前、各行业部门每季度末月25日前将工作情况报区安委办。", "各镇 各行业部门"),
        ("平安办、市场监管所：负责宣传。", "平安办 市场监管所"),
        ("公安部门：指导协调；会同相关部门开展整治，配合乡镇和交通部门排查隐患。", "公安部门"),
        ("市教育局组织抽查，迎接某市检查。", "市教育局"),
        ("工作专班由县应急局局长任组长，每周召开一次调度会。", "工作专班"),
        ("镇督查组按不低于20%的比例抽查验收。", "镇督查组"),
        ("2025年底前，钢铁、铝加工企业自动化改造完成率达到100%。", ""),
    ],
)
def test_given_others_spoken_of_beside_who_acts_when_read_then_only_who_acts_is_a_party(
    sentence: str, parties: str
) -> None:
    (clause,) = _read(f"1.{sentence}", "2.各村要自查。")["clauses"][:1]

    assert " ".join(clause["parties"]) == parties


def test_given_points_in_place_of_stops_when_read_then_sentences_end_there() -> None:
    said = _read("(一)加强协调.各单位大检查方案于7月底前报市安委办;12月20日前将总结报市安委办.各村要自查.")

    assert [(one["parties"], one["deadline"]) for one in said["clauses"]] == [
        (["各单位"], "2024-07-31"),
        (["各村"], None),
    ]
    assert [(one["what"], one["when"]) for one in said["reporting"]] == [
        ("大检查方案", "7月底前"),
        ("总结", "12月20日前"),
    ]


def test_given_a_label_with_a_bracket_when_an_order_follows_then_it_names_who_acts() -> None:
    said = _read("（一）镇（街）、园区、有关部门：要成立专门机构。")

    assert said["clauses"][0]["parties"] == ["镇（街）", "园区", "有关部门"]


def test_given_what_can_be_mended_before_a_feast_when_read_then_the_feast_is_no_deadline() -> None:
    (clause,) = _read("（一）整改。对查出的隐患，春节前能整改的要立即整改。")["clauses"]

    assert clause["deadline_text"] is None


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("县应急局要在6月、9月、12月分别开展一次督查。", "6月、9月、12月"),
        ("国庆、中秋“双节”前，对商超集中检查一次。", "“双节”前"),
    ],
)
def test_given_several_months_or_feasts_when_read_then_the_words_are_kept_and_no_day_is_guessed(
    sentence: str, words: str
) -> None:
    (clause,) = _read(f"1.{sentence}", "2.各村要自查。")["clauses"][:1]

    assert (clause["deadline"], clause["deadline_text"]) == (None, words)
