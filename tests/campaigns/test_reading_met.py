"""What passages of real notices showed, each cause once in a plan written for it."""

from typing import Any, Final

import pytest

from bihuan.campaigns.readers import read_text
from bihuan.campaigns.rules import read_plan

SIGNED: Final = ("安顺县人民政府", "2024年3月5日")


def _read(*lines: str) -> dict[str, Any]:
    return read_plan(read_text("\n".join(["安顺县专项整治工作方案", "一、任务", *lines, *SIGNED]))).as_json()


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("由党总支、办公室、保卫科负责人带队检查办公楼。", "党总支负责人 办公室负责人 保卫科负责人"),
        ("放假期间,设备管理处和各分中心,尤其要加强机房巡查。", "设备管理处 各分中心"),
        ("各科室要排好值班表,值班电话要确保畅通。", "各科室"),
        ("车间主任要到场监督,特别是有吊装等高处作业时,要做好防护。", "车间主任"),
        ("市场管委会要加大巡查力度,催促所辖商户清理杂物。", "市场管委会"),
        ("领导小组主要职责:部署专项整治重点工作;定期研判形势。", "领导小组"),
        ("领导小组下设办公室,设在县应急局,抽调专人集中办公。", "办公室"),
        ("县直各部门按职责分工,明确专门人员负责。", "县直各部门"),
        ("本市各区、县(专业)监督站应当对在建工地全数检查。", "本市各区、县(专业)监督站"),
        ("涉粉尘企业粉尘作业区不得超过9人。", "涉粉尘企业"),
        ("各县(市、区)政府在责任单位自查的基础上,全面开展督查。", "各县(市、区)政府"),
        ("各镇要做好节日期间的市场供应工作,重点抓好供水、供电。", "各镇"),
        ("辖区内所有渠系要确保安全度汛,各村要加强管护。", "各村"),
        ("各举报受理中心实行专人值班,及时答复群众。", "各举报受理中心"),
        ("消防、安监、教育、工商和旅游等部门要密切配合。", "消防部门 安监部门 教育部门 工商部门 旅游部门"),
        ("各街道和职能部门要每周一次夜查,每月一次领导带队督查。", "各街道 职能部门"),
        ("10月底前,全县要建成举报受理平台,实行专人值守。", ""),
        ("公安部门是烟花禁放的主管机关,负责公共安全管理。", "公安部门"),
        ("要求各单位按照通知精神,切实做好自查工作。", "各单位"),
    ],
)
def test_given_a_wording_met_in_a_notice_when_read_then_those_who_act_are_named(sentence: str, names: str) -> None:
    clauses = _read(sentence)["clauses"]

    assert [one["parties"] for one in clauses] == [names.split()]


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("3月28日下午15:00,县应急局组织大检查。", "2024-03-28"),
        ("县教育局将于3月25日起组织督导检查。", None),
        ("县教育局于3月25日起至4月10日组织督导检查。", "2024-04-10"),
    ],
)
def test_given_a_day_with_its_hour_or_a_day_of_beginning_when_read_then_only_a_last_day_is_a_deadline(
    sentence: str, day: str | None
) -> None:
    clauses = _read(sentence)["clauses"]

    assert [one["deadline"] for one in clauses] == [day]


@pytest.mark.parametrize(
    ("sentences", "found"),
    [
        ("各校要立即自查。同时,收集自查资料备查。", ["各校要立即自查。", "同时,收集自查资料备查。"]),
        ("职工外出较多,需特别注意交通安全。", ["职工外出较多,需特别注意交通安全。"]),
        ("对发生了事故的单位,一律停产整顿。", ["对发生了事故的单位,一律停产整顿。"]),
        ("县住建局已在全县组织开展了两轮排查。各镇要巩固成果。", ["各镇要巩固成果。"]),
        ("县安委会下发了通知,要求“由各镇牵头整改”。各镇要落实。", ["各镇要落实。"]),
        ("本次活动将于6月1日正式启动,并持续至6月30日结束。各镇要参加。", ["各镇要参加。"]),
        ("广泛宣传动员。要利用广播、微信讲清危害。", ["要利用广播、微信讲清危害。"]),
    ],
)
def test_given_facts_titles_and_orders_in_one_paragraph_when_read_then_only_the_orders_are_clauses(
    sentences: str, found: list[str]
) -> None:
    assert [one["text"] for one in _read(sentences)["clauses"]] == found


def test_given_numbered_orders_with_a_line_each_when_read_then_each_line_is_for_the_order_above_it() -> None:
    items = (
        "(一)6月1日前,各镇要设置宣传栏。",
        "责任单位:县委宣传部。",
        "(二)6月8日前,县应急局在路口设置一幅公益广告。",
        "责任单位:县住建局、县城管局。",
        "(三)6月9日至30日,县电视台每天滚动播出安全宣传片。并制作一期专题。",
        "责任单位:县文旅局。",
    )

    clauses = _read(*items)["clauses"]

    assert [one["parties"] for one in clauses] == [
        ["各镇", "县委宣传部"],
        ["县应急局", "县住建局", "县城管局"],
        ["县电视台"],
        ["县文旅局"],
    ]


def test_given_a_sentence_broken_after_its_semicolons_when_read_then_the_lines_are_for_the_same_body() -> None:
    clauses = _read(
        "各单位检查方案于4月底前报县安委办;", "每月25日前将汇总表报县安委办;", "12月20日前将总结报县安委办。"
    )["clauses"]

    assert [one["parties"] for one in clauses] == [["各单位"]] * 3


def test_given_a_first_stage_in_the_year_before_the_told_end_when_read_then_it_has_its_day() -> None:
    lines = [
        "冬春火灾防控工作方案",
        "县政府决定从即日起至2017年3月31日开展冬春火灾防控工作。",
        "一、步骤",
        "(一)部署阶段(2016年10月26日前)。各镇制定方案。",
        "(二)总结阶段(2017年3月31日前)。各镇报送总结。",
    ]

    clauses = read_plan(read_text("\n".join(lines))).as_json()["clauses"]

    assert [one["deadline"] for one in clauses] == ["2016-10-26", "2017-03-31"]


def test_given_a_numbered_request_when_read_then_it_is_an_order_and_no_heading() -> None:
    clauses = _read("(一)请安乐乡人民政府安排专人负责对该矿进行督促整改。严禁该矿擅自生产。")["clauses"]

    assert clauses[0]["parties"] == ["安乐乡人民政府"]
    assert len(clauses) == 2


def test_given_a_table_with_two_offices_run_together_when_read_then_they_are_two() -> None:
    table = ("行业\t时间\t责任单位", "网吧\t8月份\t文化站 派出所工商质监所", "电梯\t9月份\t市监所派出所")

    clauses = _read(*table)["clauses"]

    assert [one["parties"] for one in clauses] == [["文化站", "派出所", "工商质监所"], ["市监所", "派出所"]]


def test_given_a_short_notice_that_ends_in_a_signature_without_a_day_when_read_then_only_its_orders_are_clauses() -> (
    None
):
    lines = [
        "关于加强近期安全生产的通知",
        "局属各单位:",
        "根据县政府的通知精神,要求各单位切实做好安全生产工作。节日前进行一次大检查,并将情况报我局。",
        "附:县政府通知",
        "安顺县建设局",
    ]

    clauses = read_plan(read_text("\n".join(lines))).as_json()["clauses"]

    assert clauses[0]["parties"] == ["各单位"]
    assert [one["text"][:5] for one in clauses] == ["根据县政府", "节日前进行"]


def test_given_an_opening_that_asks_for_a_report_when_read_then_that_is_a_clause() -> None:
    lines = [
        "安顺县安委会办公室关于报送专项行动总结的通知",
        "安委办〔2007〕17号",
        "各镇人民政府、县直有关部门:",
        "根据县政府的统一部署,专项行动即将结束。各镇安委会和有关部门要将专项行动形成总结,并于12月15日前报县安委办。",
        "总结要涵盖四个阶段的情况。",
    ]

    clauses = read_plan(read_text("\n".join(lines))).as_json()["clauses"]

    assert (clauses[0]["parties"], clauses[0]["deadline"]) == (["各镇安委会", "有关部门"], "2007-12-15")


def test_given_a_notice_in_one_line_whose_headings_end_in_a_space_when_read_then_they_are_headings() -> None:
    said = (
        "各镇要加强值班值守,落实领导带班制度,遇有情况及时报告县政府总值班室。各单位要加强宣传,充分利用广播、电视、微信等方式普及安全知识,"
        "提高群众自我保护意识和能力,形成全社会关注安全的良好局面。"
    )
    line = (
        f"各镇人民政府: 现通知如下: 一、加强领导,落实责任 各镇、各部门要成立专班。{said}二、全面检查,消除隐患 "
        f"各企业要自查自改。{said}"
        f"三、有关要求 县应急局要督促整改。{said}{said}"
    )

    plan = read_plan(read_text("关于开展检查的通知\n" + line)).as_json()

    assert [one["text"] for one in plan["headings"]] == ["加强领导,落实责任", "全面检查,消除隐患", "有关要求"]
    assert plan["clauses"][0]["parties"] == ["各镇", "各部门"]


@pytest.mark.parametrize(
    ("asked", "day"),
    [("5月30日前建立台账", "2024-05-30"), ("1月20日前报送总结", "2025-01-20"), ("10月底前完成", "2024-10-31")],
)
def test_given_a_stage_of_later_months_when_a_day_before_it_is_named_then_it_is_of_the_year_that_is_near(
    asked: str, day: str
) -> None:
    clauses = _read("(一)整治阶段(9月1日至11月30日)。", f"各镇于{asked}。")["clauses"]

    assert [one["deadline"] for one in clauses] == [day]


def test_given_a_period_with_its_year_and_no_date_when_read_then_the_stages_are_of_that_year() -> None:
    lines = [
        "船舶专项整治方案",
        "一、步骤",
        "专项行动从2014年3月10日开始,4月30日结束,分两个阶段:",
        "(一)宣传阶段(3月10日-3月25日)",
        "1、各镇召开会议,明确分工。",
        "(二)整改阶段(3月26日-4月30日)",
        "1、各镇督促船主整改。",
    ]

    clauses = read_plan(read_text("\n".join(lines))).as_json()["clauses"]

    assert [one["deadline"] for one in clauses] == ["2014-03-25", "2014-04-30"]


@pytest.mark.parametrize("mark", ["1.", "（1）", "①"])
def test_given_points_that_run_on_below_a_heading_of_their_line_when_read_then_the_first_has_its_party_too(
    mark: str,
) -> None:
    heading = "（二）排查整治（2018年2月21日—5月20日）。" if mark == "1." else "4.严格执法检查。"
    line = (
        f"{heading}{mark}各村每天巡查林地一次。{mark.replace('1', '2').replace('①', '②')}派出所每半月检查一次重点单位。"
    )

    clauses = _read("二、工作措施", line)["clauses"]

    assert [(one["text"], one["parties"]) for one in clauses] == [
        ("各村每天巡查林地一次。", ["各村"]),
        ("派出所每半月检查一次重点单位。", ["派出所"]),
    ]


@pytest.mark.parametrize("mark", ["、", "，"])
def test_given_heads_in_one_breath_when_read_then_each_holds_the_post_that_is_named(mark: str) -> None:
    group = _read(f"成立领导小组，由镇长任组长{mark}分管安全副镇长任副组长，各办主任为成员。")["leading_group"]

    assert group["posts"] == {"组长": ["镇长"], "副组长": ["分管安全副镇长"], "成员": ["各办主任"]}
