"""Wordings and layouts of notices as offices publish them: each cause once, in a plan of its own."""

from time import process_time
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
        ("国庆放假停工的工地，施工单位要切断非必要电源。", "施工单位"),
        ("镇中心小学、卫生院、养老院食堂必须完成自查。", "镇中心小学 卫生院 养老院"),
        ("危化品企业开车前必须进行安全条件确认。", "危化品企业"),
        ("县应急管理局组织专家通过电话、视频等方式为企业提供指导。", "县应急管理局"),
        ("领导小组下设办公室在应急管理办，负责日常工作。", "办公室"),
        ("工作专班下设办公室于镇安全生产岗，负责日常工作。", "办公室"),
        ("镇安全生产岗牵头，每周组织一次联合检查。", "镇安全生产岗"),
        ("各村行政点长要做到每月督查一次。", "各村行政点长"),
        ("涉及爆炸危险性化学品的企业，控制室布置在装置区内的，要在2024年8月前予以拆除。", "涉及爆炸危险性化学品的企业"),
        ("不符合安全条件的企业，一律停产整顿。", ""),
        ("实行教师包学生、村干部包水域，签订责任书。", "教师 村干部"),
        ("每处水域配备一名巡查员，每天不间断巡查。", "巡查员"),
        ("各县区政府和市、县区主管机关要严肃处理。", "各县区政府 市、县区主管机关"),
        ("安监、农业（农机）、教育等部门要各司其职。", "安监部门 农业（农机）部门 教育部门"),
        ("学校没有能力整改的重大隐患，要明确整改时限。", "学校"),
        ("各级各类学校要上好一堂安全课。", "各级各类学校"),
        ("校车服务提供者应及时调整不符合条件的驾驶人。", "校车服务提供者"),
        ("各地要成立由教育、公安、应急等部门参加的工作专班。", "各地"),
        ("党工委、管委会领导每月至少带队检查1次。", "党工委领导 管委会领导"),
        ("包企干部会议期间每两天到企业查看一次。", "包企干部"),
        ("粉尘涉爆、有限空间企业会议期间原则上停止检维修作业。", "粉尘涉爆企业 有限空间企业"),
        (
            "推动各镇定期研判形势。〔县委组织部牵头，各镇（街道）、县安委会成员单位及有关园区分工负责〕",
            "县委组织部 各镇（街道） 县安委会成员单位 有关园区",
        ),
        ("市财政每年安排专项资金，用于隐患路段治理和劝导站建设。", "市财政"),
        ("各村（居）主干、各单位负责人要立即上岗到位，包村领导今晚一律驻村。", "各村（居）主干 各单位负责人 包村领导"),
        ("其余领导成员分三片，各自带领本片人员前往所负责的村。", "其余领导成员"),
        ("牵头并会同交通安全管理站等部门，对农机全面摸排。", "交通安全管理站"),
        ("建立由主管交通的镇长任站长的交通安全管理站。", ""),
        ("各县、区人民政府，县政府有关部门要组织自查。", "各县、区人民政府 县政府有关部门"),
    ],
)
def test_given_a_wording_of_a_notice_when_read_then_those_who_act_are_named(sentence: str, names: str) -> None:
    clauses = _read(sentence)["clauses"]

    assert [one["parties"] for one in clauses] == [names.split()]


@pytest.mark.parametrize("lead", ["", "针对电动自行车，", "同时"])
def test_given_with_whom_to_work_when_no_subject_stands_there_then_who_acts_is_taken_over(lead: str) -> None:
    said = _read(f"镇应急办开展夜查。{lead}联合市场监管部门检查销售店铺。")["clauses"][-1]

    assert (said["parties"], said["parties_implied"]) == (["镇应急办", "市场监管部门"], True)


def test_given_a_line_of_keys_within_the_paragraph_when_its_sentence_has_a_subject_then_both_answer() -> None:
    said = _read("1．路长每月巡路两次。牵头单位：县交通局；责任单位：各乡（镇）；完成时间：2024年6月底前")["clauses"]

    assert [(one["parties"], one["deadline"]) for one in said] == [(["路长", "县交通局", "各乡（镇）"], "2024-06-30")]


@pytest.mark.parametrize(
    ("cell", "names", "day"),
    [
        ("牵头单位：县应急局；配合单位：县公安局；完成时限：5月底前", "县应急局 县公安局", "2024-05-31"),
        ("县应急局、县公安局，5月底前", "县应急局 县公安局", "2024-05-31"),
        ("县应急局（5月底前）", "县应急局", "2024-05-31"),
        ("各乡镇（街道）", "各乡镇（街道）", None),
    ],
)
def test_given_a_column_for_unit_and_day_together_when_read_then_both_are_told(
    cell: str, names: str, day: str | None
) -> None:
    said = _read("序号\t工作任务\t责任单位及完成时限", f"1\t对企业全面体检\t{cell}")["clauses"]

    assert [(one["parties"], one["deadline"]) for one in said] == [(names.split(), day)]


def test_given_who_leads_a_visit_in_a_table_when_read_then_they_are_named_with_those_who_come_along() -> None:
    said = _read("时间\t检查对象\t带队领导\t参加单位", "3月10日-15日\t加油站、液化气站\t副县长\t县应急局")["clauses"]

    assert [(one["parties"], one["deadline"]) for one in said] == [(["副县长", "县应急局"], "2024-03-15")]


@pytest.mark.parametrize(
    ("sentence", "days"),
    [
        ("各村于6月30日和12月20日分别将半年小结报镇应急办。", ["2024-06-30"]),
        ("今年前两个季度事故上升的村要集中整治。", []),
        ("县委组织部负责培训。年内举办一期研讨班。", ["2024-12-31"]),
        ("县应急局推行保险，2024年上半年高危行业投保率达到100%。", ["2024-06-30"]),
        ("各村汇总后每月在10日、25日前上报县应急局。", [None]),
        ("自本方案印发之日起30日内，各单位要完成教育。", [None]),
        ("县应急局结合年内开展的大检查随机抽查。", []),
        ("县司法局利用6月份“安全生产月”开展集中宣传。", ["2024-06-30"]),
    ],
)
def test_given_days_of_a_notice_when_read_then_only_those_that_set_a_day_are_deadlines(
    sentence: str, days: list[str]
) -> None:
    said = [one["deadline"] for one in _read(sentence)["clauses"] if one["deadline_text"]]

    assert said == days


@pytest.mark.parametrize(
    "lines",
    [
        ("（一）第一阶段：动员部署（4月1日至4月20日）。各镇要召开会议。",),
        ("第一阶段：动员部署（4月1日至4月20日）。各镇要召开会议。",),
        ("（一）第一阶段，动员部署（4月1日至4月20日）。各镇要召开会议。",),
        ("（一）动员部署阶段：4月1日至4月20日。各镇要召开会议。",),
        ("动员部署阶段（4月1日至4月20日）：各镇要召开会议。",),
    ],
)
def test_given_a_stage_with_a_name_and_days_when_read_then_its_sentence_ends_with_it(lines: tuple[str, ...]) -> None:
    said = _read("（二）进度", *lines)["clauses"]

    assert [(one["parties"], one["deadline"]) for one in said] == [(["各镇"], "2024-04-20")]


def test_given_points_after_semicolons_when_read_then_each_is_a_clause() -> None:
    said = _read("特定检查：①.清明期间，镇安委会要组织一次检查；②.五一期间，镇安委会要组织一次专项检查。")["clauses"]

    assert [one["parties"] for one in said] == [["镇安委会"], ["镇安委会"]]


def test_given_two_bodies_of_which_the_first_is_a_label_when_each_has_its_duty_then_they_are_apart() -> None:
    said = _read("（一）水管站。汛期每周巡查两次，水库管护员必须按指令控制水位。")["clauses"]

    assert [one["parties"] for one in said] == [["水管站"], ["水库管护员"]]


def test_given_a_short_sentence_with_a_number_when_it_tells_a_body_to_act_then_it_is_no_heading() -> None:
    said = _read("七、镇机关干部停止休假，手机24小时开机。值班人员必须在岗在位。")

    assert [one["parties"] for one in said["clauses"]] == [["镇机关干部"], ["值班人员"]]


def test_given_a_firm_named_last_when_a_report_to_those_above_follows_then_the_office_before_it_owes_it() -> None:
    said = _read("各镇要进行一次检查。不达标的企业要立即停工整改。检查情况于5月15日前报县应急局。")["clauses"]

    assert (said[-1]["parties"], said[-1]["parties_implied"]) == (["各镇"], True)


def test_given_a_notice_that_asks_without_naming_anybody_when_read_then_those_addressed_are_implied() -> None:
    notice = (
        "关于印发《安顺县整治方案》的通知\n各乡镇，县直各单位：\n现将《安顺县整治方案》印发给你们。"
        "请结合实际制定措施，并于6月30日前将工作情况报送县安委办。\n安顺县安全生产委员会\n2024年3月5日\n"
        "安顺县整治方案\n一、任务\n开展一次检查。"
    )

    said = read_plan(read_text(notice)).as_json()["clauses"]

    assert [(one["parties"], one["parties_implied"]) for one in said] == [(["各乡镇", "县直各单位"], True), ([], False)]


def test_given_a_page_of_the_web_when_read_then_its_box_and_buttons_are_no_text_but_its_number_and_day_are() -> None:
    page = "\n".join(
        [
            "您当前所在位置：首页>江池镇人民政府>政策文件",
            "[ 索引号 ] 1150023/2025-00019 [ 发文字号 ] 江池府发〔2025〕60号",
            "[ 主题分类 ] 应急管理 [ 体裁分类 ] 防灾减灾",
            "[ 发布机构 ] 江池镇人民政府",
            "[ 成文日期 ] 2025-11-24 [ 发布日期 ] 2025-12-01",
            "【字体：大 中 小】",
            "江池镇冬春火灾防控工作方案",
            "一、任务",
            "各村12月20日前完成首轮检查。",
            "扫一扫在手机打开当前页",
        ]
    )

    said = read_plan(read_text(page)).as_json()

    assert (said["title"], said["doc_number"], said["issue_date"]) == (
        "江池镇冬春火灾防控工作方案", "江池府发〔2025〕60号", "2025-11-24",
    )  # fmt: skip
    assert [(one["text"], one["deadline"]) for one in said["clauses"]] == [
        ("各村12月20日前完成首轮检查。", "2025-12-20")
    ]


def test_given_a_plan_that_speaks_of_titles_and_sources_when_read_then_no_line_is_taken_for_a_box() -> None:
    said = _read("名称：安顺县应急救援队。", "各村要建立队伍。")

    assert [one["text"] for one in said["clauses"]] == ["各村要建立队伍。"]
    assert "名称：安顺县应急救援队。" in said["paragraphs"]


def test_given_a_line_that_names_who_answers_when_a_heading_follows_then_they_are_not_joined() -> None:
    said = _read(
        "（一）内涝攻坚",
        "1．清淤管网。",
        "责任单位：区水务局、区城管局；完成时限：6月15日",
        "（二）消防攻坚",
        "1．各街道每周夜查。",
    )

    assert [one["text"] for one in said["headings"][0]["children"]] == ["内涝攻坚", "消防攻坚"]


def test_given_two_papers_and_two_days_when_they_are_shared_out_then_each_report_has_its_own_day() -> None:
    said = _read("各村分别于6月25日、12月10日前将半年小结、全年总结报镇应急办。")["reporting"]

    assert [(one["what"], one["when"]) for one in said] == [("半年小结", "6月25日前"), ("全年总结", "12月10日前")]


def test_given_those_who_answer_for_a_village_in_a_table_when_read_then_leaders_and_cadres_are_named() -> None:
    rows = ("村名\t包村领导\t包村干部\t村责任人\t工作职责", "李家村\t乡长\t财政所干部\t村支部书记\t逐户排查，督促整改")

    said = _read("二、包保责任", *rows)["clauses"]

    assert [sorted(one["parties"]) for one in said] == [sorted(["乡长", "财政所干部", "村支部书记"])]


def test_given_a_list_of_members_that_ends_in_secretaries_when_read_then_offices_get_no_secretary() -> None:
    said = _read("成立整治工作领导小组，组成人员如下：", "组长：镇长", "成员：应急办、派出所、各村党组织书记")

    assert said["leading_group"]["posts"]["成员"] == ["应急办", "派出所", "各村党组织书记"]


@pytest.mark.parametrize(
    "text", ["\t" * 60_000, "各村要检查。" + " " * 60_000 + "各镇要检查。", "索引号" + "\t|" * 30_000]
)
def test_given_endless_spaces_when_read_then_it_takes_no_time(text: str) -> None:
    begun = process_time()

    read_text(text)

    assert process_time() - begun < 1
