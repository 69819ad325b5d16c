"""Causes of actors lost to a bracket, verbs within names of offices, hours and days that a duty lost."""

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
        ("公路段要在2024年12月10日以前完成护栏安装（配合单位：应急局）。", "公路段 应急局"),
        ("县公路局要完成护栏安装（协助单位：应急局、交警大队）。", "县公路局 应急局 交警大队"),
        ("公路段要完成护栏安装（应急局配合）。", "公路段 应急局"),
        ("公路段要完成护栏安装（责任人：张某某）。", "公路段"),
        ("县公路局要完成护栏安装（责任领导：王某；配合单位：应急局）。", "县公路局 应急局"),
        ("防汛办要于5月1日前完成物资储备（责任领导：赵某）。", "防汛办"),
        ("工务段要封闭道口（联系人：李某某，电话：12345678）。", "工务段"),
        ("县公路局要完成护栏安装（责任单位：县交通局）。", "县公路局 县交通局"),
        ("完成护栏安装（牵头单位：公路段；配合单位：应急局）。", "公路段 应急局"),
        ("完成护栏安装（责任人：各股室负责人）。", "各股室负责人"),
        ("临水公路段要设置警示牌。", ""),
        ("每周五下午四时前各乡镇上报进展情况。", "各乡镇"),
    ],
)
def test_given_a_bracket_beside_an_actor_when_read_then_helpers_join_and_persons_do_not_replace(
    sentence: str, names: str
) -> None:
    (clause,) = _read(sentence)["clauses"]

    assert clause["parties"] == names.split()


@pytest.mark.parametrize(
    "sentence",
    [
        "每月将超限线索移送情况，由交投集团汇总台账。",
        "每周将停业企业名单，由交运局责令整改。",
        "县交委每月梳理隐患台账。",
        "每月将线路隐患清单，由送变电公司逐项整改。",
        "每周将典型案例，由报业集团负责曝光。",
        "由交运局责令停业整改，5月底前清零。",
    ],
)
def test_given_a_verb_within_the_name_of_an_office_when_read_then_it_is_no_duty_to_report(sentence: str) -> None:
    said = _read(sentence)

    assert (len(said["clauses"]), said["reporting"]) == (1, [])


@pytest.mark.parametrize(
    ("sentence", "to"),
    [
        ("各村每月28日前将进展情况报县交安办。", "县交安办"),
        ("各村每月3日前将台账上报县交运局。", "县交运局"),
        ("各镇每月5日前将名单交管委会。", "管委会"),
        ("各镇每月5日前将名单交发改局。", "发改局"),
    ],
)
def test_given_a_report_to_such_an_office_when_read_then_its_name_stays_whole(sentence: str, to: str) -> None:
    (report,) = _read(sentence)["reporting"]

    assert report["to"] == to


@pytest.mark.parametrize(
    ("sentence", "what", "when"),
    [
        ("每月5日、20日上报战果统计表至邮箱。", "战果统计表", "每月5日、20日"),
        ("各村每月10日和25日上报排查台账。", "排查台账", "每月10日和25日"),
        ("各村每周一、周四报送进展情况至工作邮箱。", "进展情况", "每周一、周四"),
        ("各村每周五下午4时前报送进展情况。", "进展情况", "每周五下午4时前"),
        ("各村于每周五下午四时前报送进展情况。", "进展情况", "每周五下午四时前"),
        ("各村于每周五（下午4时）前报送进展情况。", "进展情况", "每周五（下午4时）前"),
        ("各村每周五16:00报送周报表。", "周报表", "每周五16:00"),
        ("各村当日17:00前报送检查情况。", "检查情况", "当日17:00前"),
        ("各村每日16时报送排查情况。", "排查情况", "每日16时"),
        ("各村每天下午五点半前报告检查情况。", "检查情况", "每天下午五点半前"),
    ],
)
def test_given_days_and_hours_of_a_report_when_read_then_all_are_kept(sentence: str, what: str, when: str) -> None:
    said = _read(sentence)

    (report,) = said["reporting"]
    assert report["what"] == what
    assert report["when"].replace("(", "（").replace(")", "）") == when
    assert said["clauses"][0]["deadline_text"] == when


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("清水县道路交通安全委员会办公室\n清道安办〔2019〕12号\n{}", "清水县道路交通安全委员会办公室"),
        ("清水县道路交通安全委员会办公室　清道安办〔2019〕12号\n{}", "清水县道路交通安全委员会办公室"),
        ("清水县道路交通安全委员会办公室文件\n清道安办〔2019〕12号\n{}", "清水县道路交通安全委员会办公室"),
        ("清道安办〔2019〕12号\n{}", None),
    ],
)
def test_given_a_title_that_begins_with_its_matter_when_read_then_no_body_is_made_of_it(
    head: str, body: str | None
) -> None:
    title = "关于开展全县道路交通安全整治“冬季攻势”的通知"
    text = "各乡镇人民政府：\n经县政府同意，开展整治。\n一、任务\n各乡镇要排查。\n2019年11月5日"

    said = read_plan(read_text(f"{head.format(title)}\n{text}")).as_json()

    assert (said["title"], said["issuing_body"], said["doc_number"]) == (title, body, "清道安办〔2019〕12号")


@pytest.mark.parametrize(
    ("listed", "names"),
    [
        (
            "应急办、综合执法队、市场监管所、派出所主要负责人",
            "应急办主要负责人 综合执法队主要负责人 市场监管所主要负责人 派出所主要负责人",
        ),
        ("各村、妇联、司法所等单位主要负责人", "各村主要负责人 妇联主要负责人 司法所主要负责人"),
        ("中心校、幼儿园、各村主要负责人", "中心校主要负责人 幼儿园主要负责人 各村主要负责人"),
        ("镇党委委员、各社区负责人", "镇党委委员 各社区负责人"),
        ("公路段、镇工会、中心小学分管领导", "公路段分管领导 镇工会分管领导 中心小学分管领导"),
    ],
)
def test_given_one_post_for_a_list_of_bodies_when_read_then_each_member_has_it(listed: str, names: str) -> None:
    said = _read(f"成立专项整治领导小组，镇长任组长，{listed}为成员。")

    assert said["leading_group"]["posts"]["成员"] == names.split()


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("县应急局、县消防大队9月份联合开展一次演练。", "2024-09-30"),
        ("县应急局5月下旬联合组织一次检查。", "2024-05-31"),
        ("县公安局自2023年9月联合开展行动以来查处案件20起。", None),
    ],
)
def test_given_a_month_before_a_joint_act_when_read_then_it_is_its_day(sentence: str, day: str | None) -> None:
    assert [one["deadline"] for one in _read(sentence)["clauses"]] == [day]


@pytest.mark.parametrize("title", ["治理任务清单", "排查整治责任分工", "整改情况统计表"])
def test_given_a_line_below_the_word_annex_when_it_names_a_list_then_it_orders_nothing(title: str) -> None:
    plan = "安顺县整治工作方案\n一、任务\n各村要排查。\n安顺县人民政府\n2024年3月5日"

    said = read_plan(read_text(f"{plan}\n附件\n{title}\n1．县应急局负责督导。")).as_json()

    assert [one["text"] for one in said["clauses"]] == ["各村要排查。", "县应急局负责督导。"]


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        (("县公路局负责安装护栏。11月底前完成临崖路段（配合单位：应急局）。",), ["县公路局", "应急局"]),
        (("县公路局负责安装护栏。11月底前完成临崖路段安装。", "配合单位：应急局"), ["县公路局", "应急局"]),
        (("各村要做好以下工作：", "1．排查老旧房屋（责任人：村主任）。"), ["各村", "村主任"]),
        (("各村要做好以下工作：", "1．排查老旧房屋。", "协助单位：镇建设办"), ["各村", "镇建设办"]),
        (("（一）县公路局", "1．完成护栏安装（配合单位：应急局）。"), ["县公路局", "应急局"]),
        (("各村要做好以下工作：", "1．排查老旧房屋（责任单位：镇建设办）。"), ["镇建设办"]),
        (("完成护栏安装（配合单位：应急局）。",), ["应急局"]),
    ],
)
def test_given_a_helper_where_who_acts_stands_before_when_read_then_both_are_named(
    lines: tuple[str, ...], names: list[str]
) -> None:
    assert _read(*lines)["clauses"][-1]["parties"] == names
