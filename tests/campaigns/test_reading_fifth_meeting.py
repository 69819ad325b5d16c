"""What a fifth meeting with passages of real notices showed, and open cases named before; each cause once."""

import pytest

from bihuan.campaigns.readers import read_text
from bihuan.campaigns.rules import read_plan
from tests.campaigns.short_plans import read_lines, tasks_of


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("市及各县(市、区)政府、各部门对整治工作进行部署。", "市政府 各县(市、区)政府 各部门"),
        ("全县机械铸造等行业企业制定自查方案。", "全县机械铸造等行业企业"),
        ("省深化专项整治领导组在市县督查的基础上进行督导。", "省深化专项整治领导组"),
        ("县交通局和镇组成考核组,逐村评比。", "县交通局 镇"),
        ("镇成立防汛领导小组,各单位也要成立小组。", "镇 各单位"),
        ("由县政府领导分包大网格,村(居)委会、治安巡防队等基层力量分包小网格。", "县政府领导 村(居)委会 治安巡防队"),
        ("由供电所牵头,街道与各村居、有关单位密切配合。", "供电所 街道 各村居 有关单位"),
        ("各组员要包户,驻村干部需下村督查整改。", "各组员 驻村干部"),
        ("希各村按任务要求落实完成。", "各村"),
        ("防汛物资各村必须在6月10日前送交到仓库。", "各村"),
        ("加强渡口管理,渡口要配备救生设备。", ""),
        ("水利站要再次检查,尤其是涵闸与排涝泵站要派专人管护。", "水利站"),
        ("各村要组织一支以村干部为主,基干民兵为队伍的抢险队,人员不得少于20人。", "各村"),
        ("由县区汇总后于3月29日前报县政府,局直属各学校报市教育局。", "县区 局直属各学校"),
        ("社区报街道综合执法队处理。", "社区"),
        ("发现违建的,村报镇综合执法队查处。", "村"),
        ("成立领导小组,领导小组下设办公室,办公室设在党政办,各成员要指导好各村整治。", "各成员"),
        ("“三合一”场所未做防火分隔的,一律清退住宿人员。", ""),
        ("县教育局将联合县直有关单位组成督查组开展督查。", "县教育局 县直有关单位"),
        ("开展燃气检查。(县住建局牵头,公安、商务等部门按职责分工负责)", "县住建局 公安部门 商务部门"),
    ],
)
def test_given_a_wording_met_when_read_then_those_who_act_are_named(sentence: str, names: str) -> None:
    assert [one["parties"] for one in tasks_of(sentence)] == [names.split()]


def test_given_an_office_told_to_make_firms_act_when_read_then_what_it_is_told_to_do_is_no_name() -> None:
    clauses = tasks_of(
        "1.市规划局:负责编制规划,并督导建设单位按规划建设;指导各县做好用地控制。",
        "2.县安委办要检查。对发现的问题,责成企业限期整改。",
    )

    assert [one["parties"] for one in clauses] == [["市规划局"], ["县安委办"], ["县安委办"]]


def test_given_stages_told_in_one_sentence_when_read_then_it_is_no_order() -> None:
    assert tasks_of("整治从3月开始,6月结束,其中:3月至4月为自查阶段,5月为整治阶段,6月为总结阶段。") == []


def test_given_a_heading_with_a_word_for_often_when_read_then_it_is_no_stage() -> None:
    said = read_lines(
        "一、任务", "(一)定期调度(每月25日前)", "县安委办要建立机制。", "(二)集中整治期(4月1日至30日)", "各村要整治。"
    )

    assert [one["name"] for one in said["phases"]] == ["集中整治期"]


def test_given_what_may_be_found_wrong_when_listed_then_it_is_no_order() -> None:
    assert read_lines("一、检查内容", "1.疏散不畅、消防设施损坏。", "2.线路老化,配电箱裸露。")["clauses"] == []


def test_given_seats_of_a_group_with_names_when_read_then_they_are_no_order() -> None:
    assert tasks_of("组长:付应凯", "成员:农服中心全体人员") == []


@pytest.mark.parametrize(
    "sentence",
    [
        "对发现的隐患建立台账。",
        "自查情况经主要负责人签字后,报所在乡镇和行业主管部门。",
        "各村抢险队名单在3月30日前报镇防汛办(地点设在镇水利站)。",
    ],
)
def test_given_an_order_without_an_ordering_word_when_read_then_it_is_found(sentence: str) -> None:
    assert [one["text"] for one in tasks_of(sentence)] == [sentence]


def test_given_a_sentence_on_a_body_before_another_when_read_then_it_is_no_heading() -> None:
    said = read_lines("一、任务", "1.县政府将整治情况纳入年度考核内容。对弄虚作假的,严肃问责。")

    assert [one["parties"] for one in said["clauses"]] == [["县政府"], []]
    assert said["headings"][0]["children"] == []


def test_given_a_last_point_that_orders_when_a_higher_number_follows_then_it_is_an_order() -> None:
    clauses = tasks_of("(一)执法", "1.县住建局负责检查。", "2.严厉打击非法营运行为", "(二)县交通局要开展检查。")

    assert [one["text"] for one in clauses] == ["县住建局负责检查。", "严厉打击非法营运行为", "县交通局要开展检查。"]


def test_given_points_with_numbers_when_one_names_a_body_then_the_next_does_not_take_it_over() -> None:
    clauses = tasks_of("1.县住建局负责工程排查;", "2.对隐患建立台账;", "3.开展公路检查。")

    assert [one["parties"] for one in clauses] == [["县住建局"], [], []]


def test_given_a_paragraph_that_goes_on_when_read_then_it_means_those_before_it() -> None:
    clauses = tasks_of("(一)县消防大队要开展检查。", "对发现的问题要立即整改。", "同时,要建立台账。", "加强宣传。")

    assert [(one["parties"], one["parties_implied"]) for one in clauses] == [
        (["县消防大队"], False),
        (["县消防大队"], True),
        (["县消防大队"], True),
        ([], False),
    ]


def test_given_who_leads_and_who_helps_in_running_text_when_read_then_their_roles_are_told() -> None:
    clauses = tasks_of("县应急局牵头,县公安局、县住建局等部门配合,开展检查。", "县应急局负责检查,县公安局配合。")

    assert [one["party_roles"] for one in clauses] == [["lead", "support", "support"], [None, None]]


def test_given_a_letter_to_one_body_when_it_says_you_then_that_body_is_meant() -> None:
    said = read_lines("县住建局:", "现将有关事项函告如下。", "一、请你局于3月10日前报送总结。", "二、请你们加强检查。")

    assert [one["parties"] for one in said["clauses"]] == [["县住建局"], ["县住建局"]]


def test_given_a_letter_to_several_when_it_says_you_then_a_single_one_stays_as_written() -> None:
    said = read_lines("县住建局、县商务局:", "现函告如下。", "一、你局要加强检查。", "二、请你们报送总结。")

    assert [one["parties"] for one in said["clauses"]] == [["你局"], ["县住建局", "县商务局"]]


def test_given_others_in_a_column_of_bodies_when_read_then_they_are_nobody() -> None:
    said = read_lines(
        "一、分工",
        "序号\t任务\t责任单位\t完成时限",
        "1\t开展消防检查\t消防大队、其他\t6月底",
        "2\t开展其余检查\t其他\t长期",
    )

    assert [one["parties"] for one in said["clauses"]] == [["消防大队"], []]


def test_given_stages_without_a_year_anywhere_when_read_then_their_words_are_kept() -> None:
    said = read_plan(read_text("专项整治方案\n一、步骤\n(一)自查阶段(7月)\n各企业开展自查。")).as_json()

    assert [(one["deadline"], one["deadline_text"]) for one in said["clauses"]] == [(None, "7月")]


def test_given_a_notice_without_headings_when_its_first_paragraph_orders_then_it_is_read() -> None:
    said = read_plan(read_text("关于防范强降雨的通知\n各主管部门要通报预警,各企业要做好防范。\n县气象局要加强预报。"))

    assert [one["parties"] for one in said.as_json()["clauses"]] == [["各主管部门", "各企业"], ["县气象局"]]


def test_given_a_notice_that_passes_one_on_when_it_asks_for_more_than_to_follow_it_then_that_is_an_order() -> None:
    said = read_lines(
        "各中学:",
        "现将省厅通知转发给你们。请各校按照要求,组织学习,全面查找隐患。请各校结合实际,认真抓好贯彻落实。",
        title="关于转发省教育厅排查通知的通知",
    )

    assert [one["text"] for one in said["clauses"]] == ["请各校按照要求,组织学习,全面查找隐患。"]
