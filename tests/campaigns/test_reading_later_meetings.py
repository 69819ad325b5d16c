"""What later meetings with passages of real notices showed, each cause once; the fifth has a file of its own."""

import pytest

from bihuan.campaigns.readers import read_text
from bihuan.campaigns.rules import read_plan
from tests.campaigns.short_plans import read_lines, tasks_of


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("下一步县安委办将按照要求,加大抽查力度。", "县安委办"),
        ("企业要健全制度,负责安全生产工作的企业领导要保持联络畅通。", "企业 负责安全生产工作的企业领导"),
        ("各村成立的巡防队要深入田间巡查。", "各村成立的巡防队"),
        ("镇干部包村、村干部包组,明确三级责任。", "镇干部 村干部"),
        ("各村成立小组,实行镇干部包村、组长包户。", "各村"),
        ("领导小组和监管人要实行24小时值班。", "领导小组 监管人"),
        ("县专委会要发挥作用,协调水利等有关责任单位设置警示牌。", "县专委会"),
        ("请各区县安全站、总站各监督科加大排查力度。", "各区县安全站 总站各监督科"),
        ("成立领导小组,成员为陈某、谭某,在镇指挥部的领导下开展工作。", ""),
        ("每天留一半以上的人员值班待命。", ""),
        ("市防指指挥协调、水务局负责牵头防御工作。", "市防指 水务局"),
        ("省厅印发了通知,县公安局下发了方案,各镇要认真传达通知精神。", "各镇"),
        ("县公安局、县教育局、县市场监督管理局分管负责同志为成员,负责统筹协调。", ""),
        ("实行四包工作法,即:主要领导包重点、分管领导包行业、村居委会包辖区。", "主要领导 分管领导 村居委会"),
        ("县直有关部门和单位要开展检查。", "县直有关部门 县直有关单位"),
    ],
)
def test_given_a_wording_met_when_read_then_those_who_act_are_named(sentence: str, names: str) -> None:
    assert [name for one in tasks_of(sentence) for name in one["parties"]] == names.split()


@pytest.mark.parametrize(
    "sentence",
    [
        "轮流休假,每天留一半以上的人员值班待命。",
        "继续取缔非法生产经营厂点。",
        "领导小组下设办公室,承担领导小组的日常工作,设在县应急局,主任由局长兼任。",
    ],
)
def test_given_an_order_met_when_read_then_it_is_found(sentence: str) -> None:
    assert [one["text"] for one in tasks_of(sentence)] == [sentence]


def test_given_days_and_sentences_in_one_paragraph_when_read_then_the_sentences_are_read() -> None:
    clauses = tasks_of("(一)发动阶段。时间:3月5日至6月4日。县政府召开会议。各村要宣传。")

    assert [(one["text"], one["parties"]) for one in clauses] == [
        ("县政府召开会议。", ["县政府"]),
        ("各村要宣传。", ["各村"]),
    ]


def test_given_a_stage_that_nothing_parts_from_its_text_when_read_then_it_is_a_heading() -> None:
    said = read_lines("一、步骤", "(一)检查验收阶段(10月1日-10月20日)各县安监部门要逐一验收。")

    assert [(one["parties"], one["deadline"], one["deadline_implied"]) for one in said["clauses"]] == [
        (["各县安监部门"], "2024-10-20", True)
    ]
    assert [one["name"] for one in said["phases"]] == ["检查验收阶段"]


def test_given_a_day_not_to_be_passed_when_read_then_it_is_the_deadline() -> None:
    clauses = tasks_of("各矿要制定方案,整改期限不得超过9月30日。", "各矿要限期整改,时限不超过3个月。")

    assert [(one["deadline"], one["deadline_text"]) for one in clauses] == [("2024-09-30", "9月30日"), (None, "3个月")]


def test_given_an_opening_that_orders_at_its_end_when_nothing_else_is_numbered_then_it_is_read() -> None:
    said = read_lines(
        "县直各部门:",
        "为确保信息畅通,各部门要严肃值班纪律。",
        "各单位请于3月9日前报值班表。",
        title="关于信息报送的通知",
    )

    assert [one["parties"] for one in said["clauses"]] == [["各部门"], ["各单位"]]


def test_given_an_activity_told_in_points_when_read_then_its_days_and_bodies_are_those_of_its_content() -> None:
    clauses = tasks_of(
        "(一)开展警示教育周活动",
        "1.活动时间:6月1日至6月7日。",
        "2.活动内容:观看警示教育片。",
        "3.组织单位:各镇、县总工会。",
    )

    assert [(one["parties"], one["deadline"]) for one in clauses] == [(["各镇", "县总工会"], "2024-06-07")]


def test_given_a_stage_that_ends_with_an_event_when_read_then_its_words_are_kept() -> None:
    clauses = tasks_of("(一)实施阶段(2025年全国“两会”闭幕前)。各村开展整治。")

    assert [(one["deadline"], one["deadline_text"]) for one in clauses] == [(None, "2025年全国“两会”闭幕前")]


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("各地要落实责任,广泛发动派出所、执法队、消防站等基层力量开展检查。", "各地"),
        ("各地乡镇政府和基层群众自治组织要加强巡查。", "各地乡镇政府 基层群众自治组织"),
        ("县国土局要会同建设、水利和交通等主管部门,摸清底数。", "县国土局 建设主管部门 水利主管部门 交通主管部门"),
        ("抢险队伍要进入现场,抢救受灾人员与财产,做好处置。", "抢险队伍"),
        ("县教育局要会同卫生健康、市场监管部门加大宣传力度。", "县教育局 卫生健康部门 市场监管部门"),
        ("领导小组下设办公室设在镇安监站,负责日常协调工作。", "办公室"),
        ("县局成立指挥部,指挥部在交管局设立办公室,负责组织领导。", "县局 指挥部"),
        ("(一)运输保障组:负责运力调度,确保畅通。责任人:黄某、杨某。", "运输保障组"),
        ("各乡镇政府要编制预案。临灾时及时组织群众转移。", "各乡镇政府 各乡镇政府"),
    ],
)
def test_given_a_wording_of_the_eighth_meeting_when_read_then_those_who_act_are_named(
    sentence: str, names: str
) -> None:
    assert [name for one in tasks_of(sentence) for name in one["parties"]] == names.split()


@pytest.mark.parametrize(
    "sentence",
    [
        "县住建局物业科联系人:廖某,电话:2858987。",
        "聚焦突出问题,重点采取以下工作措施:",
        "由于隐患点多面广,建立监测网络非常必要。",
    ],
)
def test_given_a_contact_a_signpost_or_a_reason_when_read_then_it_is_no_order(sentence: str) -> None:
    assert tasks_of(sentence) == []


def test_given_a_point_with_a_day_without_a_year_when_the_plan_has_none_then_its_words_are_the_deadline() -> None:
    said = read_plan(read_text("粉尘整治方案\n三、工作任务\n(一)企业自查(4月20日前)。安监办摸排底数。")).as_json()

    assert [(one["deadline"], one["deadline_text"]) for one in said["clauses"]] == [(None, "4月20日前")]


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("公安、农业(农机)、安全监管部门要建立机制。", "公安部门 农业(农机)部门 安全监管部门"),
        ("煤矿企业法定代表人作为第一责任人,要组织好自查。", "煤矿企业法定代表人"),
        ("推动各村学习讲话,作为镇级党委宣传工作重点,增强责任担当。", ""),
    ],
)
def test_given_a_wording_of_the_ninth_meeting_when_read_then_those_who_act_are_named(sentence: str, names: str) -> None:
    assert [name for one in tasks_of(sentence) for name in one["parties"]] == names.split()


def test_given_the_years_of_a_title_when_read_then_they_are_no_deadline() -> None:
    (clause,) = tasks_of("推进《治本攻坚三年行动方案(2024—2026年)》实施,每季度开展检查。")

    assert (clause["deadline"], clause["deadline_text"]) == (None, None)


def test_given_what_is_to_be_reported_when_listed_then_it_is_no_order() -> None:
    said = read_lines("一、报送内容", "1.采取的其他主要工作措施及取得的成效。", "2.贯彻落实过程中的问题及建议。")

    assert said["clauses"] == []


@pytest.mark.parametrize(
    "sentence",
    [
        "9月5日至25日,每组督查10天左右,具体抵达时间由县安委办另行通知。",
        "复产办公室设在安全科,办公室主任刘某;复工办公室设在规划科,办公室主任杨某。",
    ],
)
def test_given_who_sits_where_or_what_comes_later_when_read_then_it_is_no_order(sentence: str) -> None:
    assert tasks_of(sentence) == []


def test_given_a_group_that_is_told_to_organise_when_read_then_it_is_an_order() -> None:
    assert len(tasks_of("由包片领导担任验收组组长,组织相关单位严格按照程序开展验收。")) == 1


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("各施工企业应合理安排工作。除经市政府批准的抢险工程外,全天禁止施工作业。", "各施工企业 各施工企业"),
        ("各地要建立县政府负责,乡镇管船机构履职尽责的责任体系。", "各地"),
        ("日客流量大的码头由乡(镇)人民政府或企业实行签单发航管理。", "乡(镇)人民政府 企业"),
        ("开展渡船整治,乡镇渡口必须依法设置。", ""),
        ("经考核合格的,由当地县(市)人民政府发给船舶管理岗位证书。", "当地县(市)人民政府"),
        ("消除隐患,重点落实监管机构、监管制度和人员、经费。", ""),
        ("(二)安全管理的主体责任由乡镇政府和相关部门负责。各地要建立体系。", "乡镇政府 相关部门 各地"),
        ("员工集体宿舍应有风扇、空调等防暑措施。", ""),
    ],
)
def test_given_a_wording_of_the_tenth_meeting_when_read_then_those_who_act_are_named(sentence: str, names: str) -> None:
    clauses = tasks_of(sentence)

    assert [name for one in clauses for name in one["parties"]] == names.split()
    assert clauses


def test_given_a_point_that_ends_in_a_list_of_conduct_when_read_then_its_title_is_a_heading() -> None:
    said = read_lines("一、任务", "(一)整治对象。对全县渡口进行规范。重点整治以下行为:无证参与运营的;非法修造船舶的。")

    assert [one["text"] for one in said["headings"][0]["children"]] == ["整治对象"]


def test_given_a_group_to_be_sent_in_a_month_when_read_then_the_month_is_its_day() -> None:
    (clause,) = tasks_of("县安委办将会同有关部门于2024年5月组成督导组赴各地检查。")

    assert clause["deadline"] == "2024-05-31"


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("县应急局联合县融媒体中心等新闻媒体开展宣传。", "县应急局 县融媒体中心"),
        ("广大人民群众要自觉遵守禁放规定。", "广大人民群众"),
        ("要请医护人员到工地讲解中暑急救。", ""),
        ("各督查组带队领导要查阅资料、核查现场。", "各督查组带队领导"),
        ("调度室、班组长有权立即下令撤人,任何人不得阻拦。", "调度室 班组长"),
        ("村支书负总责,副书记管防汛,各组组长管本组的水塘。", "村支书 副书记 各组组长"),
        ("国家矿山安全监察局各省级局要开展抽查。", "国家矿山安全监察局各省级局"),
        ("下大雨的时候,民兵排负责到低洼户家里喊人。", "民兵排"),
    ],
)
def test_given_a_wording_of_the_eleventh_meeting_when_read_then_those_who_act_are_named(
    sentence: str, names: str
) -> None:
    assert [name for one in tasks_of(sentence) for name in one["parties"]] == names.split()


def test_given_a_body_before_a_day_and_those_worked_with_when_read_then_both_act() -> None:
    said = read_lines("一、职责", "(一)县公安局:负责国省道秩序。1月12日前会同县交通运输局对客运车辆进行检查。")

    assert said["clauses"][-1]["parties"] == ["县公安局", "县交通运输局"]
    assert said["clauses"][-1]["deadline_text"] == "1月12日前"


def test_given_a_stage_numbered_and_named_when_read_then_its_days_are_those_of_its_orders() -> None:
    said = read_lines("一、安排", "第一阶段准备阶段(2025年1月6日至1月13日)。各成员单位召开会议,制定细化方案。")

    (clause,) = said["clauses"]
    assert (said["headings"][0]["children"][0]["number"], clause["deadline"]) == ("第一阶段", "2025-01-13")


def test_given_only_days_and_a_remark_in_brackets_when_read_then_it_is_no_order() -> None:
    assert tasks_of("2018年6月1日至30日(全国安全生产月)。") == []
