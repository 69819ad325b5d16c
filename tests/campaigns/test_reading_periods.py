"""Periods and days of whole plans: sections of time, years of other plans, lengths, and what a table's column says."""

from typing import Any, Final

import pytest

from bihuan.campaigns.readers import read_text
from bihuan.campaigns.rules import read_plan

SIGNED: Final = ("安顺县人民政府", "2024年3月5日")


def _read(*lines: str) -> dict[str, Any]:
    return read_plan(read_text("\n".join(["安顺县专项整治工作方案", *lines, *SIGNED]))).as_json()


@pytest.mark.parametrize(
    ("lines", "period"),
    [
        (["一、行动时间和范围", "2024年4月至9月，全县所有企业。"], ("2024-04-01", "2024-09-30", "2024年4月", "9月")),
        (
            ["根据《县安全生产行动方案（2024—2026年）》要求，从4月1日起，在全县开展为期三个月的整治。", "一、任务"],
            ("2024-04-01", "2024-06-30", "4月1日", "为期三个月"),
        ),
        (["决定在全县开展为期一个月的整治。", "一、任务"], (None, None, None, "为期一个月")),
        (
            ["（2024—2026年）", "从2024年4月启动，至2026年10月结束，特制定本方案。", "一、任务"],
            ("2024-04-01", "2026-10-31", "2024年4月", "2026年10月"),
        ),
    ],
)
def test_given_words_of_a_period_when_read_then_it_has_only_the_days_that_they_give(
    lines: list[str], period: tuple[str | None, ...]
) -> None:
    said = _read(*lines, "各村要加强检查。")["period"]

    assert tuple(said[key] or None for key in ("start", "end", "start_text", "end_text")) == period


def test_given_a_column_of_days_when_a_row_is_to_be_reported_then_the_day_is_that_of_the_row() -> None:
    said = _read(
        "一、任务清单",
        "序号\t重点任务\t责任单位\t完成时限",
        "1\t制定整治工作方案，报县安委办\t县住建局\t4月10日前",
        "2\t汇总整治工作进展，报县安委办\t县住建局\t每月25日前",
        "3\t对各乡镇开展督导检查\t县安委办\t上半年、下半年各一次",
    )

    assert [(one["deadline"], one["deadline_text"], one["frequency"]) for one in said["clauses"]] == [
        ("2024-04-10", "4月10日前", None),
        (None, "每月25日前", "每月"),
        (None, "上半年、下半年各一次", None),
    ]
    assert [(one["what"], one["to"], one["when"]) for one in said["reporting"]] == [
        ("整治工作方案", "县安委办", "4月10日前"),
        ("整治工作进展", "县安委办", "每月25日前"),
    ]


def test_given_a_day_in_the_heading_of_a_step_when_read_then_it_is_the_day_of_what_stands_below() -> None:
    said = _read(
        "一、工作安排", "（一）企业自查（4月30日前）。各企业要开展自查。", "（二）部门检查（5月）。各部门要检查。"
    )

    assert [(one["deadline"], one["deadline_implied"]) for one in said["clauses"]] == [
        ("2024-04-30", True),
        ("2024-05-31", True),
    ]


def test_given_the_days_of_a_stage_on_a_line_of_their_own_when_read_then_they_are_days_of_what_stands_below() -> None:
    said = _read(
        "一、活动步骤",
        "第一阶段：宣传动员。",
        "时间：3月15日至3月25日。",
        "主要任务：各村要广泛宣传。",
        "第二阶段：排查整治阶段",
        "1.时间安排：3月26日至5月10日",
        "2.各企业要开展自查。供电所要在4月底前检修一遍。",
    )

    assert [(one["deadline"], one["deadline_implied"]) for one in said["clauses"]] == [
        ("2024-03-25", True),
        ("2024-05-10", True),
        ("2024-04-30", False),
    ]
    assert [(one["start"], one["end"], one["text"]) for one in said["phases"]] == [
        ("2024-03-15", "2024-03-25", "3月15日至3月25日"),
        ("2024-03-26", "2024-05-10", "3月26日至5月10日"),
    ]


def test_given_a_numbered_sentence_with_a_remark_when_it_has_a_subject_then_it_is_no_heading() -> None:
    said = _read(
        "一、任务", "1．县级公安机关每月开展1次业务培训。（责任单位：县公安局，各市、县人民政府）", "2．各村要检查。"
    )

    assert [one["text"] for one in said["headings"]] == ["任务"]
    assert said["clauses"][0]["parties"] == ["县级公安机关", "县公安局", "各市、县人民政府"]


@pytest.mark.parametrize(
    ("sentence", "parties"),
    [
        ("三季度前完成路段整改。（市公安局、市交通运输局）", ["市公安局", "市交通运输局"]),
        ("推行安全承诺制（市应急管理局，各县市区）。", ["市应急管理局", "各县市区"]),
        ("检查人员密集场所（加油站、商场）。", []),
        (
            "各县市区、市直有关部门党政主要负责人每季度研究一次。",
            ["各县市区党政主要负责人", "市直有关部门党政主要负责人"],
        ),
        ("各村每周五报送台账，统一报县整治办。", ["各村"]),
        ("驻村工作队、村“两委”要入户宣传。", ["驻村工作队", "村“两委”"]),
        ("各地各部门要高度重视。", ["各地", "各部门"]),
        ("工会、共青团、妇联等群团组织要发挥作用。", ["工会", "共青团", "妇联"]),
        ("建设单位开工前应当查明管线，施工单位要制定方案。", ["建设单位", "施工单位"]),
        ("市安委办将于节日期间派出督导组开展暗访。", ["市安委办"]),
        ("乡派出所、乡农机站春耕期间在主要路口设置劝导点。", ["乡派出所", "乡农机站"]),
    ],
)
def test_given_names_alone_in_brackets_or_one_post_for_all_when_read_then_only_bodies_are_told(
    sentence: str, parties: list[str]
) -> None:
    assert [one["parties"] for one in _read("一、任务", sentence)["clauses"]] == [parties]


def test_given_a_column_of_stations_that_keep_in_touch_when_read_then_they_answer_too() -> None:
    said = _read(
        "一、包保责任表",
        "包保村\t包保领导\t联系站所\t包保职责",
        "前进村\t王某某\t农业站\t督促村组落实隐患排查和森林防火",
    )

    assert [one["parties"] for one in said["clauses"]] == [["王某某", "农业站"]]


def test_given_a_numbered_order_of_two_parts_with_a_remark_when_read_then_it_is_no_heading() -> None:
    said = _read("一、任务", "1．出台实施细则，一季度印发实施。（牵头单位：市委组织部）", "2．各村要检查。")

    assert [one["text"] for one in said["headings"]] == ["任务"]
    assert [(one["parties"], one["deadline_text"]) for one in said["clauses"]] == [
        (["市委组织部"], "一季度"),
        (["各村"], None),
    ]


def test_given_what_is_to_be_looked_for_when_it_is_asked_whether_then_that_is_an_order_too() -> None:
    said = _read(
        "一、排查整治重点", "1．校舍安全。重点排查危房是否停用。", "2．疏散通道是否畅通。", "二、措施", "各村要检查。"
    )

    assert [one["text"] for one in said["clauses"]] == ["重点排查危房是否停用。", "各村要检查。"]


def test_given_keys_in_square_brackets_after_a_stop_when_read_then_each_is_told() -> None:
    said = _read(
        "一、任务", "年底前检测维护建筑消防设施。【牵头单位：县住建局；配合单位：消防大队】", "二、措施", "各村要检查。"
    )

    assert [(one["parties"], one["deadline"]) for one in said["clauses"]] == [
        (["县住建局", "消防大队"], "2024-12-31"),
        (["各村"], None),
    ]


def test_given_what_is_said_of_a_thing_or_a_motto_when_read_then_it_is_no_body_and_no_order() -> None:
    said = _read(
        "一、活动主题", "强化责任抓落实。", "二、任务", "各村要督促整改，一时难以整改的要落实措施。重点做好以下工作："
    )

    assert [(one["parties"], one["text"]) for one in said["clauses"]] == [
        (["各村"], "各村要督促整改，一时难以整改的要落实措施。")
    ]


def test_given_several_days_of_one_report_when_read_then_it_is_one_duty_with_all_its_days() -> None:
    said = _read(
        "一、任务", "各村4月3日、10日、17日下班前将隐患清单报送县安委办。", "各村一旦发现险情，及时向县防指报告。"
    )

    assert [(one["what"], one["to"], one["when"]) for one in said["reporting"]] == [
        ("隐患清单", "县安委办", "4月3日、10日、17日下班前"),
        ("险情", "县防指", None),
    ]
    assert said["clauses"][0]["deadline"] == "2024-04-03"


def test_given_a_list_of_persons_with_their_offices_when_read_then_all_below_a_post_have_it() -> None:
    said = _read(
        "一、组织领导",
        "组　　长：李　刚（镇长）",
        "副组长：罗某某（副镇长）",
        "杨志明（派出所所长）",
        "成　　员：刘金源（交管负责人）",
        "各村党组织书记",
    )

    assert said["leading_group"]["posts"] == {
        "组长": ["李刚(镇长)"],
        "副组长": ["罗某某(副镇长)", "杨志明(派出所所长)"],
        "成员": ["刘金源(交管负责人)", "各村党组织书记"],
    }


def test_given_an_object_of_work_or_a_sentence_that_stands_last_when_read_then_each_is_what_it_is() -> None:
    said = _read(
        "一、检查范围",
        "1.建设工程施工工地；",
        "2.公共娱乐场所。",
        "二、任务",
        "1.检查组主要加强赶集日的日常检查。",
        "2.各村劝导员每逢赶集日上岗执勤。",
        "3.派出所联合林业站对违规用火行为见烟就查、见火就罚。",
        "本方案自印发之日起施行。",
    )

    assert [one["text"] for one in said["headings"]] == ["检查范围", "任务"]
    assert [one["parties"] for one in said["clauses"]] == [["检查组"], ["各村劝导员"], ["派出所", "林业站"]]


def test_given_one_address_for_several_reports_when_read_then_all_go_there() -> None:
    said = _read("一、任务", "各村每月22日前报送排查情况，12月5日前报送全面总结，均报街道应急办。")

    assert [(one["what"], one["to"], one["when"]) for one in said["reporting"]] == [
        ("排查情况", "街道应急办", "每月22日前"),
        ("全面总结", "街道应急办", "12月5日前"),
    ]


def test_given_a_time_of_the_campaign_below_its_goals_when_read_then_it_is_no_goal() -> None:
    said = _read("一、目标和时间", "重大风险全部受控。整治时间自方案印发之日起至12月底。", "二、任务", "各村要检查。")

    assert [one["text"] for one in said["goals"]] == ["重大风险全部受控。"]
    assert (said["period"]["start"], said["period"]["end"]) == ("2024-03-05", "2024-12-31")


def test_given_a_box_of_numbered_items_when_read_then_they_are_no_headings() -> None:
    said = _read(
        "一、重点内容",
        "专栏1　必查的重大隐患",
        "1．会议室设置在铁水吊运影响范围内。",
        "2．煤气柜的防火间距不符合标准规定。",
        "二、措施",
        "各村要检查。",
    )

    assert [one["text"] for one in said["headings"]] == ["重点内容", "措施"]
    assert [one["text"] for one in said["clauses"]] == ["各村要检查。"]


def test_given_a_time_before_the_act_when_a_sentence_names_nobody_then_it_takes_over_who_was_told() -> None:
    said = _read("一、任务", "尾矿库企业要降低库水位。汛期实行24小时值班巡查。")

    assert [(one["parties"], one["parties_implied"]) for one in said["clauses"]] == [
        (["尾矿库企业"], False),
        (["尾矿库企业"], True),
    ]


def test_given_the_objects_of_an_inspection_when_they_are_to_be_covered_whole_then_that_is_no_order() -> None:
    said = _read(
        "一、检查范围", "全县所有生产经营单位和人员密集场所，做到不留死角、不留盲区。", "二、措施", "各村要检查。"
    )

    assert [one["text"] for one in said["clauses"]] == ["各村要检查。"]
