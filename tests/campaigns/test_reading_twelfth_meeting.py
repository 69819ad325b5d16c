"""What the meeting with eight more plans (126 to 133) showed, each cause once."""

import pytest

from tests.campaigns.short_plans import read_lines, tasks_of


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("矿山企业未建立排查制度的,由县安监局责令限期改正。", "县安监局"),
        ("学校解决不了的,由乡政府协调解决。", "乡政府"),
        ("施工单位发现渗漏的,应当停止作业,并报告建设单位。", "施工单位"),
        ("乡政府统筹市场监管所、派出所等力量,把集贸市场纳入网格管理。", "乡政府"),
        ("每名乡领导包2个村、1座水库,汛前到岗查看一次。", "乡领导"),
        ("村建办每旬检查一次,查出的问题交项目部限期整改。", "村建办"),
        ("建设单位要签订保护协议,施工时燃气企业派专人现场监护。", "建设单位 燃气企业"),
        ("学校停课、工地停工、景区关闭。", "学校 工地 景区"),
        ("学校与家长签订责任书,并报中心校备案。", "学校"),
        ("为独居老人安装报警器200个。〔县民政局牵头,县残联、各镇配合〕", "县民政局 县残联 各镇"),
    ],
)
def test_given_a_wording_of_the_twelfth_meeting_when_read_then_those_who_act_are_named(
    sentence: str, names: str
) -> None:
    assert [name for one in tasks_of(sentence) for name in one["parties"]] == names.split()


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("各项目部要编制方案。临河的工棚、材料堆场一律搬离。", "各项目部"),
        ("各学校要清理楼道。学生宿舍严禁使用电炉。", "各学校"),
        ("各学校要配齐保安。外来人员一律登记。", "各学校"),
        ("乡中心校逐栋鉴定校舍。危房一律封停,学生并入邻近学校就读。", "乡中心校"),
        ("县财政局落实补助资金80万元。经营者自愿安装的,按造价30%给予补贴。", "县财政局"),
    ],
)
def test_given_what_is_dealt_with_first_when_read_then_those_named_before_are_meant(sentence: str, names: str) -> None:
    said = tasks_of(sentence)[-1]

    assert (said["parties"], said["parties_implied"]) == (names.split(), True)


def test_given_blame_without_its_usual_beginning_when_read_then_those_named_before_are_not_meant() -> None:
    said = tasks_of("校长是第一责任人。整治不认真、走过场的,取消评先资格。")

    assert [one["parties"] for one in said] == [["校长"], []]


def test_given_a_point_for_a_case_when_read_then_those_of_the_point_before_are_implied() -> None:
    said = tasks_of("1.燃气企业每年入户安检。", "2.对多次上门未遇的,张贴告知单。", "3.开展宣传。")

    assert [(one["parties"], one["parties_implied"]) for one in said] == [
        (["燃气企业"], False),
        (["燃气企业"], True),
        ([], False),
    ]


def test_given_contents_and_their_division_when_read_then_what_bodies_do_is_ordered() -> None:
    said = read_lines("一、整治内容和分工", "1.校舍:乡供电所免费为学校检修线路,4月15日前结束。")

    assert [(one["parties"], one["deadline"]) for one in said["clauses"]] == [(["乡供电所"], "2024-04-15")]


def test_given_whoever_fails_when_read_then_the_order_is_found() -> None:
    assert len(tasks_of("谁擅离职守谁承担责任,造成伤亡的移送司法机关处理。")) == 1


def test_given_a_table_without_a_column_of_days_when_read_then_the_tasks_own_day_counts() -> None:
    said = read_lines(
        "一、分工", "监管内容\t责任单位", "核查许可,6月30日前清理无证旅馆\t县公安局", "检查配电间\t县卫健局"
    )

    assert [(one["deadline"], one["deadline_text"]) for one in said["clauses"]] == [
        ("2024-06-30", "6月30日前"),
        (None, None),
    ]


def test_given_points_of_which_one_has_its_text_below_when_read_then_all_are_headings() -> None:
    said = read_lines("一要强化组织领导。各镇要立即部署。", "二要突出重点,狠抓防范。", "县住建局要督促工地做好防风。")

    assert [one["text"] for one in said["headings"]] == ["强化组织领导", "突出重点,狠抓防范"]
    assert [one["parties"] for one in said["clauses"]] == [["各镇"], ["县住建局"]]
