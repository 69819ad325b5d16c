"""Two bodies in one sentence, posts after posts, notes under tables, columns, several reports, papers and gists."""

from typing import Any, Final

import pytest

from bihuan.campaigns.readers import read_text
from bihuan.campaigns.rules import read_plan

DATED: Final = ("安顺县人民政府", "2018年2月20日")


def _read(*lines: str) -> dict[str, Any]:
    return read_plan(read_text("\n".join(["某县专项整治工作方案", "一、工作措施", *lines, *DATED]))).as_json()


def _told(*lines: str) -> list[tuple[list[str], str | None, str | None]]:
    return [(one["parties"], one["deadline_text"], one["frequency"]) for one in _read(*lines)["clauses"]]


def test_given_two_bodies_with_a_time_of_their_own_when_read_then_each_has_its_clause() -> None:
    assert _told("各乡镇每周四下班前向县安委办报《进展情况统计表》，县直部门每月25日前报工作小结。") == [
        (["各乡镇"], "每周四下班前", "每周"),
        (["县直部门"], "每月25日前", "每月"),
    ]


def test_given_a_day_of_the_first_body_only_when_read_then_the_second_has_none() -> None:
    assert _told("各村要在3月1日前完成排查，各部门要加强督查检查。") == [
        (["各村"], "3月1日前", None),
        (["各部门"], None, None),
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "县公安局每月组织一次检查，县交通局配合。",
        "各企业要在3月1日前完成自查，主要负责人要签字确认。",
        "各村要建立台账，各部门要加强指导。",
    ],
)
def test_given_a_helper_a_post_or_no_time_when_read_then_the_sentence_stays_one_clause(sentence: str) -> None:
    assert len(_told(sentence)) == 1


def test_given_two_bodies_of_one_kind_when_the_next_sentence_names_none_then_both_are_meant() -> None:
    read = _told("省级应急管理部门要加强抽查，市、县级应急管理部门要逐家检查。要建立台账。")

    assert [parties for parties, _, _ in read] == [["省级应急管理部门", "市、县级应急管理部门"]] * 2


def test_given_a_post_after_a_pause_when_read_then_it_is_told_too() -> None:
    assert _told("主要负责同志要亲自抓、分管负责同志具体抓，确保整治到位。") == [
        (["主要负责同志", "分管负责同志"], None, None)
    ]


def test_given_one_post_for_a_list_of_bodies_when_read_then_each_body_has_it() -> None:
    assert _told("各乡镇、各部门主要负责人要亲自部署。") == [(["各乡镇主要负责人", "各部门主要负责人"], None, None)]


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("涉氨制冷企业由县应急执法大队牵头开展排查。", ["县应急执法大队"]),
        ("各项目部由项目经理牵头开展自查。", ["各项目部"]),
        ("各企业发现险情要立即停产撤人。", ["各企业"]),
    ],
)
def test_given_a_body_that_acts_on_another_when_read_then_the_one_that_acts_is_told(
    sentence: str, told: list[str]
) -> None:
    assert _told(sentence) == [(told, None, None)]


def test_given_a_note_that_orders_under_a_table_when_read_then_it_is_a_clause_and_a_report() -> None:
    said = _read(
        "序号\t整治任务\t工作措施\t牵头单位\t配合单位\t责任人\t完成时限",
        "1\t摸清底数\t逐企登记造册，编制企业清单\t县应急管理局\t各乡镇\t周某\t3月底前",
        "注：各牵头单位于每周五上午10时前将进度报县安委办，逾期未报的予以通报。",
    )

    row, note = said["clauses"]
    assert (row["parties"], row["party_roles"]) == (["县应急管理局", "各乡镇", "周某"], ["lead", "support", "person"])
    assert (row["gist"], row["deadline"]) == ("摸清底数:逐企登记造册", "2018-03-31")
    assert (note["parties"], note["deadline_text"]) == (["各牵头单位"], "每周五上午10时前")
    assert [(one["what"], one["to"], one["when"]) for one in said["reporting"]] == [
        ("进度", "县安委办", "每周五上午10时前")
    ]


def test_given_who_answers_in_a_sentence_of_its_own_when_read_then_it_is_of_what_stands_before() -> None:
    assert _told(
        "（一）排查燃气场站。全面排查安全间距、消防设施等问题。县住建局、县应急局等部门按职责分工负责。",
        "（二）严查违规充装气瓶。县市场监管局牵头负责。",
    ) == [(["县住建局", "县应急局"], None, None), (["县市场监管局"], None, None)]


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("加大执法力度。〔县应急局牵头，各乡镇配合，持续推进〕", (["县应急局", "各乡镇"], "持续推进", None)),
        ("加大执法力度。【县应急局、县公安局；2018年6月底前完成】", (["县应急局", "县公安局"], "2018年6月底前", None)),
        ("广泛开展宣传。责任单位：县委宣传部、县应急局", (["县委宣传部", "县应急局"], None, None)),
        ("组建救援队。牵头单位：县应急局；完成时限：2018年6月底", (["县应急局"], "2018年6月底", None)),
    ],
)
def test_given_who_answers_in_other_marks_when_read_then_names_and_day_are_told(
    sentence: str, told: tuple[list[str], str | None, str | None]
) -> None:
    assert _told(f"（一）强化工作。{sentence}") == [told]


def test_given_vague_and_exact_words_for_how_often_when_read_then_the_exact_ones_count() -> None:
    assert _told("各部门要定期研究安全生产，每季度至少检查1次。") == [(["各部门"], None, "每季度")]


def test_given_words_of_role_in_a_cell_when_read_then_they_are_no_part_of_a_name() -> None:
    said = _read("序号\t工作任务\t责任单位", "1\t开展安全生产月活动\t县委宣传部、县应急局等单位按职责分工负责")

    assert [one["parties"] for one in said["clauses"]] == [["县委宣传部", "县应急局"]]


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("各村务必于3月5日（星期一）前报送名单。", (["各村"], "3月5日（星期一）前", None)),
        ("各村要于3月6日（周二）下午5点前召开动员会。", (["各村"], "3月6日（周二）下午5点前", None)),
        ("供电、供水企业要加强巡护，遇有险情须迅速到场。", (["供电企业", "供水企业"], None, None)),
        ("各部门对小化工、小木业等“小散乱”企业要全面起底。", (["各部门"], None, None)),
        ("各监管部门要及时向化工等高危企业通报预警信息。", (["各监管部门"], None, None)),
        ("货场、车站等经营者，应当按照标准装载。", (["货场", "车站等经营者"], None, None)),
    ],
)
def test_given_a_day_of_the_week_or_an_object_when_read_then_day_and_bodies_are_right(
    sentence: str, told: tuple[list[str], str | None, str | None]
) -> None:
    assert _told(sentence) == [told]


def test_given_a_day_for_another_act_when_something_is_reported_then_the_report_has_its_own_day() -> None:
    said = _read("各园区要在3月10日前完成演练，并在3月25日前向县安委办提交演练总结。")

    assert [(one["what"], one["when"]) for one in said["reporting"]] == [("演练总结", "3月25日前")]


def test_given_groups_with_lines_of_names_when_what_they_do_follows_then_it_is_a_clause_of_theirs() -> None:
    assert _told(
        "（一）第一检查组；",
        "责任领导：胡某",
        "责任单位：派出所、市监所",
        "检查范围：烟花爆竹零售点。",
        "（二）第二检查组；",
        "责任单位：城建办、供电所",
        "检查范围：在建工地、液化气站。",
    ) == [(["胡某", "派出所", "市监所"], None, None), (["城建办", "供电所"], None, None)]


def test_given_a_goal_that_begins_with_its_spirit_when_it_stands_under_goals_then_it_is_a_goal() -> None:
    said = read_plan(
        read_text(
            "某县工作方案\n一、工作目标\n坚持问题导向，消除一批隐患，实现道路秩序明显改观。\n二、总体要求和目标\n坚持人民至上，深化治理。"
        )
    ).as_json()

    assert [one["id"] for one in said["goals"]] == ["一-1"]


def test_given_posts_that_are_first_answerable_when_read_then_the_posts_are_told_and_not_the_sentence() -> None:
    assert _told("乡长是全乡安全生产工作第一责任人，各分管领导对分管部门的安全具体负责。") == [
        (["乡长", "各分管领导"], None, None)
    ]


def test_given_a_note_that_only_explains_when_read_then_it_is_no_clause() -> None:
    assert _told("注：本表一式两份。", "备注：排名不分先后。") == []


def test_given_a_table_that_goes_on_after_a_page_when_read_then_its_rows_have_their_columns() -> None:
    said = _read(
        "序号\t工作任务\t责任单位",
        "1\t整治沿街门店违规住人问题\t县消防救援大队",
        "",
        "2\t整治餐饮场所使用假冒气瓶问题\t县住建局",
    )

    assert [(one["text"], one["parties"]) for one in said["clauses"]] == [
        ("整治沿街门店违规住人问题", ["县消防救援大队"]),
        ("整治餐饮场所使用假冒气瓶问题", ["县住建局"]),
    ]


def test_given_a_table_of_figures_to_fill_in_when_read_then_it_orders_nothing() -> None:
    assert _told("活动项目\t场次\t参与人数\t发放资料（份）", "主题宣讲\t1\t2\t3", "应急演练\t1\t2\t3") == []


def test_given_several_reports_in_one_sentence_when_read_then_all_are_told() -> None:
    said = _read("各乡镇要于3月10日前将实施方案和联络员名单、每季度末将进展情况、12月20日前将总结报告报送县安委办。")

    assert [(one["what"], one["to"], one["when"]) for one in said["reporting"]] == [
        ("实施方案和联络员名单", "县安委办", "3月10日前"),
        ("进展情况", "县安委办", "每季度末"),
        ("总结报告", "县安委办", "12月20日前"),
    ]


def test_given_a_paper_before_the_verb_when_read_then_it_is_what_is_reported() -> None:
    said = _read("实施细则请于6月5日前报县安委办。")

    assert [(one["what"], one["to"], one["when"]) for one in said["reporting"]] == [
        ("实施细则", "县安委办", "6月5日前")
    ]
    assert [one["deliverable"] for one in said["clauses"]] == ["实施细则"]


@pytest.mark.parametrize("body", ["应急管理局", "经发办", "建设局", "社会事务办"])
def test_given_a_body_whose_name_begins_like_another_word_when_reported_to_then_it_is_found(body: str) -> None:
    said = _read(f"各村于每月5日前将工作小结报{body}。")

    assert [(one["what"], one["to"]) for one in said["reporting"]] == [("工作小结", body)]


def test_given_a_quoted_form_and_a_telephone_when_shortened_then_mark_and_verb_stay_and_the_number_goes() -> None:
    said = _read("各乡镇每周四将《进展情况统计表》报县安委办（联系人：李某，电话：5551234）。")

    [clause] = said["clauses"]
    assert (clause["deliverable"], clause["gist"]) == ("《进展情况统计表》", "报送《进展情况统计表》")


def test_given_keys_in_a_bracket_at_the_end_when_read_then_they_say_who_and_when() -> None:
    assert _told("全面核查仓储企业，形成清单。（责任单位：县应急管理局，各乡镇；完成时限：2018年4月底前）") == [
        (["县应急管理局", "各乡镇"], "2018年4月底前", None)
    ]


def _days(*lines: str) -> list[str | None]:
    said = read_plan(read_text("\n".join(lines))).as_json()
    return [one["deadline"] for one in said["clauses"]]


def test_given_a_year_in_a_heading_when_a_sentence_below_has_none_then_it_is_that_year() -> None:
    assert _days(
        "全省治本攻坚三年行动实施方案（2024—2026年）",
        "一、实施步骤",
        "（一）2024年集中攻坚。各市要于6月底前建立清单。",
        "（二）2025年巩固提升。各市要于9月底前完成整改。",
    ) == ["2024-06-30", "2025-09-30"]


def test_given_a_stage_with_days_when_a_sentence_in_it_names_a_month_then_it_is_the_stage_s_year() -> None:
    assert _days(
        "某县工作方案",
        "一、实施步骤",
        "（一）排查阶段（2022年11月1日至2023年2月28日）。各乡镇要于1月15日前报送台账。",
    ) == ["2023-01-15"]


def test_given_only_the_plan_s_own_number_when_a_month_is_named_then_it_is_of_its_year() -> None:
    assert _days("某县工作方案", "某政办发〔2014〕7号", "一、任务", "各村6月底前完成排查。") == ["2014-06-30"]
    assert _days("某县今冬明春工作方案", "某政办发〔2014〕7号", "一、任务", "各村1月底前完成排查。") == [None]


def test_given_a_day_that_no_calendar_has_when_read_then_it_is_doubted_and_no_day_is_made_of_it() -> None:
    said = _read("各村要于2018年2月30日前完成排查。")

    assert [(one["deadline"], one["deadline_text"]) for one in said["clauses"]] == [(None, "2018年2月30日前")]
    assert [(one["text"], one["why"]) for one in said["doubts"]] == [("2018年2月30日", "no such day")]
