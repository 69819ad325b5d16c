"""What the meetings with five more plans (140 to 144) and with further real notices showed, each cause once."""

import pytest

from bihuan.campaigns.readers import read_text
from bihuan.campaigns.rules import read_plan
from tests.campaigns.short_plans import read_lines, tasks_of


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("物业服务企业作为使用管理单位的,应当公示费用。", "物业服务企业"),
        ("维保单位应当赶到现场,城区以外不超过1小时。", "维保单位"),
        ("市(州)、县(市、区)人民政府要摸清底数。", "市(州)人民政府 县(市、区)人民政府"),
        ("村(居)民委员会协助乡镇人民政府做好宣传。", "村(居)民委员会"),
        ("构建由政府统筹、多部门协同的工作机制。", ""),
        ("县政府要建立由消防部门牵头、公安等部门参加的救援体系。", "县政府"),
        ("突出矿井要健全防突机构。", "突出矿井"),
        ("各地要从公安、经委、安监等有关部门抽调人员集中办公。", "各地"),
        ("工商、文化等行政部门,应当撤销登记。", "工商行政部门 文化行政部门"),
        ("公安、水务、气象等行业部门严格按照职责分工履职尽责。", "公安部门 水务部门 气象部门"),
        ("防灾责任人和监测人应当熟悉转移路线。", "防灾责任人 监测人"),
        ("各级负责人或其他责任人,对事故的发生有失职情形的,由有关部门给予处分。", "有关部门"),
    ],
)
def test_given_a_wording_of_the_fifteenth_meeting_when_read_then_those_who_act_are_named(
    sentence: str, names: str
) -> None:
    assert [name for one in tasks_of(sentence) for name in one["parties"]] == names.split()


@pytest.mark.parametrize(
    "sentence", ["每周二、周五晚上开展夜查。", "未经检验的设备一律停用。", "按照《宣传方案》做好宣传工作。"]
)
def test_given_an_order_of_the_fifteenth_meeting_when_read_then_it_is_found(sentence: str) -> None:
    assert [one["text"] for one in tasks_of(sentence)] == [sentence]


def test_given_members_in_a_headings_brackets_when_read_then_they_help() -> None:
    said = read_lines("一、分工", "1、摸底组(牵头:平安办;成员:各社区)。登记出租房屋。")

    (clause,) = said["clauses"]
    assert (clause["parties"], clause["party_roles"]) == (["平安办", "各社区"], ["lead", "support"])


def test_given_a_ban_and_what_another_body_does_when_read_then_it_is_cut_between_them() -> None:
    said = tasks_of("窑顶、窑门口不准堆放柴草;供电所对私拉乱接的一律停电。")

    assert [one["parties"] for one in said] == [[], ["供电所"]]


def test_given_points_without_headings_when_one_has_days_then_they_are_not_the_campaigns() -> None:
    said = read_lines("现通知如下:", "1、各镇要自查。", "2、4月21日至30日,县安监局逐厂检查。")

    assert (said["period"]["start"], said["clauses"][1]["deadline"]) == (None, "2024-04-30")


def test_given_a_notice_that_quotes_a_title_of_any_kind_when_read_then_it_is_the_plans() -> None:
    said = read_plan(
        read_text(
            "县安委办关于印发《平川县任务清单及工作要求》的通知\n各镇:\n现印发给你们。\n平川县安委办\n2024年3月5日\n"
            "平川县任务清单及工作要求\n一、工作要求\n各镇要逐项制定方案。"
        )
    ).as_json()

    assert said["title"] == "平川县任务清单及工作要求"


def test_given_prose_in_a_line_of_bodies_when_read_then_it_is_none_of_them() -> None:
    said = read_lines(
        "一、活动",
        "2.开展咨询活动。",
        "3.组织单位:县安办、县总工会。(咨询日的活动点设在回龙路和东洲路交叉路口的超市门前)",
    )

    assert said["clauses"][0]["parties"] == ["县安办", "县总工会"]


def test_given_articles_with_points_when_read_then_each_point_is_for_its_article() -> None:
    said = read_lines(
        "第二章 职责",
        "第四条 市消防安全委员会应当履行下列职责:",
        "(一)综合研判区域内消防工作形势,提出对策;",
        "(二)完成市政府交办的其它任务。",
        "第五条 各镇人民政府应当履行下列职责:",
        "(一)建立消防安全组织。",
    )

    assert [one["parties"] for one in said["clauses"]] == [["市消防安全委员会"]] * 3 + [["各镇人民政府"]] * 2


def test_given_what_a_rule_is_made_for_when_read_then_it_is_no_order() -> None:
    said = read_lines("第一条 为了预防事故发生,结合本省实际,制定本规定。", "第二条 县政府应当建立机制。")

    assert [one["parties"] for one in said["clauses"]] == [["县政府"]]


def test_given_a_mine_named_last_when_mines_are_closed_then_it_does_not_close_them() -> None:
    said = tasks_of("突出矿井要健全机构。对不具备防突能力的小煤矿,要坚决停产整顿。")

    assert [one["parties"] for one in said] == [["突出矿井"], []]


def test_given_leaders_who_answer_for_firms_when_read_then_the_firms_do_not_answer() -> None:
    said = read_lines(
        "一、分工", "包保领导\t包保单位\t包保职责\t责任站所", "镇长\t青石采石场\t每月至少检查1次,督促治理\t镇应急办"
    )

    assert [one["parties"] for one in said["clauses"]] == [["镇长", "镇应急办"]]


def test_given_a_body_that_every_firm_sets_up_when_read_then_it_is_no_leading_group() -> None:
    said = read_lines("一、步骤", "企业成立由主要负责人任组长的领导机构。")

    assert said["leading_group"] is None


def test_given_a_season_with_what_comes_before_amid_and_after_it_when_read_then_it_is_no_deadline() -> None:
    (said,) = tasks_of("各镇在汛期前、中、后至少开展3次排查。")

    assert (said["parties"], said["deadline_text"]) == (["各镇"], None)
