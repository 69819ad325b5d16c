"""What the meetings with more plans (149 to 177) and with over a hundred more real passages showed, each cause once."""

import pytest

from tests.campaigns.short_plans import read_lines, tasks_of


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("清查以组为主,各组要逐户登记。", "各组"),
        ("元旦期间,各街道、各部门领导要带队检查。", "各街道领导 各部门领导"),
        ("市安委办抽调公安、消防等部门人员,组成三个暗查组。", "市安委办 公安部门 消防部门"),
        ("各乡镇要把方案报县消委会(县消防大队)。", "各乡镇"),
        ("制造单位、维护保养单位应当配合召回。", "制造单位 维护保养单位"),
        ("登记机关收到申请后,依法办理。", "登记机关"),
        ("收派员对可疑包裹一律拒收。", "收派员"),
        ("承包者必须亮证经营,从业人员持健康证上岗。", "承包者 从业人员"),
        ("家长看好孩子,照管员清点人数。", "家长 照管员"),
        ("副局长包乡镇初中,督学包民办学校。", "副局长 督学"),
        ("党员包户、组长包山头。", "党员 组长"),
        ("县局督导室不定期开展暗访。", "县局督导室"),
        ("严禁各幼儿园租用无证车辆。", "各幼儿园"),
        ("违规收寄的,除追究快递员责任外,企业负责人负连带责任。", "企业负责人"),
        ("寄宿制学校要安排值班,宿舍窗户不得加装护栏。", "寄宿制学校"),
        ("所需经费街道财政所补助三成。", "街道财政所"),
        ("社区工作者、志愿者入户发放告知书。", "社区工作者 志愿者"),
        ("各级应急、矿山监管部门和企业完善预案。", "各级应急部门 矿山监管部门 企业"),
        ("雨季“三防”指挥部每周召开一次例会。", "雨季“三防”指挥部"),
        ("镇6月底前建成两个劝导点。", ""),
        ("镇建成两个劝导点。", "镇"),
        ("县直其他负有监管职责的部门,依照各自职责,加强日常检查。", "县直其他负有监管职责的部门"),
        ("按“乡领导包片、村干部包村”的机制,明确责任。", "乡领导 村干部"),
        ("实行干部包路段、包车辆的办法。", ""),
        ("任何施工现场不得擅自复工。", "任何施工现场"),
        ("各施工现场应认真开展消杀。", "各施工现场"),
        ("随后学校将组织抽查。", "学校"),
        ("发生火情要立即报告镇政府。", ""),
        ("饭店、农家乐要改进服务设施。", "饭店 农家乐"),
        ("使用单位代表应在意见书上签字。", "使用单位代表"),
        ("所有材料经系领导签字后归档。", ""),
        ("全县教育系统和养老机构要认真开展自查。", "全县教育系统 养老机构"),
        ("村民烧田坎必须报村委会同意。", "村民"),
        ("焊工未持证的,发包人、承包人承担连带责任。", "发包人 承包人"),
        ("业主雇用焊工应当核验证件。", "业主"),
        ("配合消防机构调查火灾原因。", ""),
        ("市场开办方划定通道,摊主不得越线经营。", "市场开办方 摊主"),
        ("县领导小组办公室逐社区验收。", "县领导小组办公室"),
        ("班组长组织自查,车间安全员做好记录。", "班组长 车间安全员"),
        ("物资公司备足应急物资。", "物资公司"),
        ("区大数据中心打通部门数据。", "区大数据中心"),
        ("县局对隐患下达停用通知,学院整改完毕前,任何人不得启用。", "县局"),
        ("采砂业主要配齐救生衣。", "采砂业主"),
        ("场所每半年演练一次,员工会报警、会使用灭火器。", "场所 员工"),
        ("复产前企业主要负责人组织检查。", "企业主要负责人"),
        ("孤寡老人由帮扶责任人每天看望。", "帮扶责任人"),
        ("交管站要会同交警,严查超员。", "交管站 交警"),
        ("消防、住建部门按职责开展检查。", "消防部门 住建部门"),
        ("卫生院管村卫生室,中心校管幼儿园。", "卫生院 中心校"),
        ("企业主要负责人未组织自查的,视同隐患没有整改。", ""),
        ("各地要健全政府领导、部门共同参与的执法机制。", "各地"),
        ("明确国土、公安等各相关部门在关闭工作中的责任。", ""),
        ("名单由指定部门汇总后报县政府。", "指定部门"),
        ("其他各部门要定期检查。", "其他各部门"),
        ("任何单位、组织和个人不得非法生产。", "任何单位 组织 个人"),
        ("非法从事储存活动的单位、组织和个人,要立即停止。", "非法从事储存活动的单位、组织和个人"),
        ("各村和广大民众要积极配合。", "各村 广大民众"),
        ("由路段所在地公路管理单位验收。", ""),
        ("砖瓦窑厂窑顶、窑门口不准堆放柴草。", "砖瓦窑厂"),
        ("学校实验室、食堂不得使用明火。", "学校"),
        ("班子成员包隐患点,每周查看一次。", "班子成员"),
        ("承包商人员经考试合格后,凭证入厂。", "承包商人员"),
        ("各景区(点),尤其是以古建筑为主的景区,要保障器材完好。", "各景区(点)"),
        ("未使用校车的学校、幼儿园要开展宣传。", "未使用校车的学校 幼儿园"),
        ("各级政府各有关部门要认真落实。", "各级政府 各有关部门"),
        ("沿线各镇抓好垃圾清运。", "沿线各镇"),
        ("请各乡镇、街道,县直各单位将值班表报县府办。", "各乡镇 各街道 县直各单位"),
    ],
)
def test_given_a_wording_of_the_last_meetings_when_read_then_those_who_act_are_named(sentence: str, names: str) -> None:
    assert [name for one in tasks_of(sentence) for name in one["parties"]] == names.split()


@pytest.mark.parametrize(
    "sentence",
    ["重点查看危房、围墙。", "每天8时至18时安排专人巡查。", "按照职责分工,抓好本系统治理。"],
)
def test_given_an_order_of_the_last_meetings_when_read_then_it_is_found(sentence: str) -> None:
    assert [one["text"] for one in tasks_of(sentence)] == [sentence]


def test_given_a_point_before_the_next_section_when_read_then_it_is_no_heading() -> None:
    points = ("1.向家长发放一封信。", "2.对留守儿童,落实一对一结对。")
    said = read_lines("一、任务", "(一)家庭监护", *points, "(二)水域管理", "安装警示牌。")

    assert [one["text"] for one in said["clauses"]] == [
        "向家长发放一封信。",
        "对留守儿童,落实一对一结对。",
        "安装警示牌。",
    ]


def test_given_a_heading_that_begins_with_what_is_wrong_when_its_text_follows_then_it_is_a_heading() -> None:
    said = read_lines("一、任务", "(一)违章用电清零。供电所免费检测线路。", "(二)通道堵塞清零。执法队清理摊点。")

    assert [one["text"] for one in said["headings"][0]["children"]] == ["违章用电清零", "通道堵塞清零"]
    assert [one["parties"] for one in said["clauses"]] == [["供电所"], ["执法队"]]


def test_given_a_sentence_among_objects_when_it_begins_with_who_acts_then_it_is_a_clause() -> None:
    said = read_lines(
        "一、检查重点", "(一)食品安全。学校落实校长陪餐制,家委会参与监督。", "(二)校舍安全。危房一律封停。"
    )

    assert [one["text"] for one in said["clauses"]] == ["学校落实校长陪餐制,家委会参与监督。", "危房一律封停。"]


def test_given_leaders_in_a_remark_when_the_sentence_has_a_subject_then_only_units_join_it() -> None:
    (clause,) = tasks_of("供电所检测线路。(责任领导:城建副镇长;责任单位:供电所、各村)")

    assert clause["parties"] == ["供电所", "各村"]


def test_given_a_feast_that_only_names_a_check_when_read_then_it_is_no_day() -> None:
    (clause,) = tasks_of("各村要及早开展汛前安全大检查。")

    assert clause["deadline_text"] is None


def test_given_a_joint_notice_whose_first_body_is_an_office_when_signed_then_all_issue_it() -> None:
    said = read_lines("一、任务", "各企业要自查。", "县综治办", title="关于开展清理整顿的通知")

    assert said["issuing_body"] == "县综治办、安顺县人民政府"


def test_given_who_finds_something_when_it_is_reported_then_the_finder_is_not_the_report() -> None:
    said = read_lines("一、任务", "检验机构发现重大问题,应当报告登记机关,12月5日前将工作总结一并报县局。")

    assert [(one["what"], one["to"]) for one in said["reporting"]] == [("重大问题", "登记机关"), ("工作总结", "县局")]


def test_given_points_of_a_feast_when_they_name_nobody_then_they_take_over_from_the_sentence_before() -> None:
    said = tasks_of("各乡镇要做好有关工作。一是加强节日期间的安全监管,落实措施。高度重视节日期间的值班。")

    assert [(one["parties"], one["parties_implied"]) for one in said] == [
        (["各乡镇"], False),
        (["各乡镇"], True),
        (["各乡镇"], True),
    ]


def test_given_a_line_that_names_who_answers_in_person_when_the_sentence_has_a_subject_then_it_stays_alone() -> None:
    (clause,) = tasks_of("供电所7月15日前检测线路。", "责任人：供电所所长")

    assert clause["parties"] == ["供电所"]


def test_given_a_day_of_each_week_on_which_something_is_handed_in_when_read_then_it_is_the_day() -> None:
    (clause,) = tasks_of("各村每周五将排查表交镇安监办,9月5日前上交总结。")

    assert (clause["deadline_text"], clause["frequency"]) == ("每周五", "每周")


def test_given_the_duties_of_a_level_when_they_stand_below_its_heading_then_they_are_its_own() -> None:
    said = read_lines("一、职责分工", "1.乡镇(街道)职责", "负责本辖区的监督管理。")

    assert [one["parties"] for one in said["clauses"]] == [["乡镇(街道)"]]


def test_given_what_is_told_above_or_found_when_nobody_is_named_then_those_before_do_it() -> None:
    said = tasks_of("各地公安机关要制定方案。有关方案和部署情况要及时报公安部。一经发现违法行为,应当立即制止。")

    assert [one["parties"] for one in said] == [["各地公安机关"]] * 3


def test_given_for_how_long_something_is_forbidden_when_read_then_it_is_no_day() -> None:
    (clause,) = tasks_of("发生亡人事故的承包商三年内不得进厂。")

    assert clause["deadline_text"] is None


def test_given_numerals_with_a_space_for_a_pause_when_read_then_they_are_headings_and_the_title_stays() -> None:
    said = read_lines(
        "一　总体要求",
        "各村（社区）要摸清底数，消除隐患。",
        "二 工作措施",
        "（一）各村（社区）每月排查一次出租房充电情况。",
        "三 保障措施",
        "镇安监办每半月通报一次。",
    )

    assert said["title"] == "安顺县专项整治工作方案"
    assert [one["text"] for one in said["headings"]] == ["总体要求", "工作措施", "保障措施"]
