"""Causes of parties and days that were missed or too much: each wording once, in a plan of its own."""

from typing import Any, Final

import pytest

from bihuan.campaigns.readers import read_text
from bihuan.campaigns.rules import read_plan
from bihuan.campaigns.rules.text import fold

SIGNED: Final = ("安顺县人民政府", "2024年3月5日")


def _read(*lines: str) -> dict[str, Any]:
    return read_plan(read_text("\n".join(["安顺县专项整治工作方案", "一、任务", *lines, *SIGNED]))).as_json()


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("各级党委（党组）和政府主要负责同志要亲自部署。", "各级党委（党组）主要负责同志 各级政府主要负责同志"),
        ("县级要每季度抽查一次。", "县级"),
        ("企业主要负责人或者其书面委托的人员负责作业审批。", "企业主要负责人"),
        ("作业人员未经批准，任何人不得进入。", "任何人"),
        ("企业应当审批，未经审批任何人员不得进入有限空间。", "企业"),
        ("鼓励各地对小微企业购置装备给予补助。", "各地"),
        ("鼓励群众举报身边隐患。", ""),
        ("县应急局制作警示教育片，供各地使用。", "县应急局"),
        ("由县安监局牵头，从县公安局、县工商局抽调人员组成执法小组。", "县安监局 县公安局 县工商局"),
        ("执法人员查扣的烟花爆竹要登记造册。", "执法人员"),
        ("驻镇各单位要配合做好工作。", "驻镇各单位"),
        ("承包商未经安全培训合格的人员，不得入厂作业。", "承包商"),
        ("从业人员未经培训合格不得上岗。", "从业人员"),
        ("县级领导包乡镇，乡镇干部包村，村干部包户。", "县级领导 乡镇干部 村干部"),
        ("党政主要领导亲自抓、分管领导具体抓、安监站负责落实。", "党政主要领导 分管领导 安监站"),
        ("沿街商户、村级护林员要签订承诺书。", "沿街商户 村级护林员"),
        ("帮助商户整改私拉乱接线路。", ""),
        ("对发现的问题，执法人员现场下达文书。", "执法人员"),
        ("工程参建各方对在建项目开展自查。", "工程参建各方"),
        ("县委常委会会议、县政府常务会议每季度专题研究一次安全生产工作。", "县委常委会会议 县政府常务会议"),
        ("县民政局、县消防大队各派一名负责同志带队，分三组赴各乡镇督导。", "县民政局 县消防大队"),
        ("在建工地项目经理在大风来临前要停止高空作业。", "在建工地项目经理"),
        ("各社区主要负责人手机不得关机。", "各社区主要负责人"),
        ("200人以上的幼儿园10月底前配齐专职保安。", "200人以上的幼儿园"),
        ("校车服务单位每趟次清点人数。", "校车服务单位"),
        ("县教育局邀请公安局、卫生局共同验收。", "县教育局 公安局 卫生局"),
        ("局班子成员联系乡镇、股室负责人联系学校，每月到校一次。", "局班子成员 股室负责人"),
        ("发生责任事故的学校，取消评优资格，校长就地免职。", ""),
        ("镇纪委、督查办不定期开展督查。", "镇纪委 督查办"),
        ("供电所、自来水公司要对线路管道全面排查。", "供电所 自来水公司"),
        ("原则上各村每月开展一次演练，确有困难的可与邻村联合开展。", "各村"),
        ("工贸企业每班、化工企业每小时巡检一次。", "工贸企业 化工企业"),
        ("治超站实行驻站执法，路政大队流动巡查。", "治超站 路政大队"),
        ("各管区负责包村督导，村干部负责看住路口。", "各管区 村干部"),
        ("秋收大忙期间包村干部吃住在村。", "包村干部"),
        ("废弃砂坑由砂石企业回填，水利站跟踪督办。", "砂石企业 水利站"),
        ("各村建档立卡，妇联主席上门结对关爱。", "各村 妇联主席"),
        ("各矿未查清老空水的一律停掘。", "各矿"),
        ("区队长每班组织安全确认，跟班干部不升井不得签字。", "区队长 跟班干部"),
        ("中心校放假前（7月10日）上好一堂安全课。", "中心校"),
        ("市、县（区）消防救援机构按管辖范围，督促单位自查。", "市、县（区）消防救援机构"),
        ("第一书记、驻村工作队协助村委会排查。", "第一书记 驻村工作队"),
        ("民宿、农家乐经营者要配备灭火器。", "民宿经营者 农家乐经营者"),
        ("各学校用好安全第一课，家校联动。", "各学校"),
        ("村“两委”干部敲门入户，讲清政策。", "村“两委”干部"),
        # offices that act whatever the verb
        ("县公安局亮剑出击，捣毁非法窝点。", "县公安局"),
        ("县市场监管局敲响警钟，逐店张贴告知书。", "县市场监管局"),
        ("派出所、市监所双随机抽查。", "派出所 市监所"),
        ("镇财政所足额拨付专项经费。", "镇财政所"),
        ("领导小组办公室（县整治专班）设在县应急局，负责日常协调。", "领导小组办公室"),
    ],
)
def test_given_a_way_of_naming_who_acts_when_read_then_the_parties_are_they_alone(sentence: str, names: str) -> None:
    (clause,) = _read(sentence)["clauses"]

    assert list(map(fold, clause["parties"])) == fold(names).split()


@pytest.mark.parametrize(
    ("sentence", "day", "words"),
    [
        ("各单位收到通知后3日内报送联络员。", None, "收到通知后3日内"),
        ("动火作业由施工单位在开工前3日公示。", None, "开工前3日"),
        ("各学校在中秋节前（9月14日）检查一次。", "2024-09-14", "中秋节前（9月14日）"),
        ("五一前夕，各部门开展一次检查。", None, "五一前夕"),
        ("整改完成时限为2024年6月30日，由各企业负责。", "2024-06-30", "2024年6月30日"),
        ("各企业最迟于4月30日完成申报。", "2024-04-30", "4月30日"),
        ("各单位下月10日前上报情况。", None, "下月10日前"),
        ("各乡镇年内完成3次演练。", "2024-12-31", "年内"),
        ("国省道平交路口改造三季度末建设到位，逐处销号。", "2024-09-30", "三季度末"),
        ("11月15日前各管区报工作总结。", "2024-11-15", "11月15日前"),
        ("街道武装部6月10日组建50人应急抢险队。", "2024-06-10", "6月10日"),
        ("县应急局通报事故，对一年内发生两起的企业约谈。", None, None),
    ],
)
def test_given_a_way_of_saying_by_when_when_read_then_it_has_a_day_only_where_the_text_gives_one(
    sentence: str, day: str | None, words: str | None
) -> None:
    (clause,) = _read(sentence)["clauses"]

    assert (clause["deadline"], clause["deadline_text"]) == (day, words)


def test_given_a_principle_after_a_leader_when_read_then_it_is_not_taken_to_be_for_the_leader() -> None:
    said = _read("分管领导每月带队检查一次。坚持“谁主管谁负责、谁审批谁负责”，推诿扯皮的，从严追究。")

    assert [one["parties"] for one in said["clauses"]] == [["分管领导"], []]


@pytest.mark.parametrize(
    "next_one",
    ["擅自返回的，要坚决劝离。", "对知情不报的，一经查实，给予党纪政纪处分。"],
)
def test_given_each_with_a_part_of_its_own_or_blame_when_read_then_nothing_is_carried_over(next_one: str) -> None:
    said = _read(f"派出所负责维持秩序，卫生院负责医疗救护。{next_one}")

    assert [one["parties"] for one in said["clauses"]] == [["派出所", "卫生院"], []]


@pytest.mark.parametrize(
    "fact",
    [
        "县应急局大楼已投入使用。",
        "县政府现有应急避难场所12处。",
        "县气象局预计，今年汛期降水偏多。",
        "镇卫生院附近道路狭窄。",
    ],
)
def test_given_a_fact_about_an_office_when_read_then_it_is_no_clause(fact: str) -> None:
    assert _read(fact)["clauses"] == []


def test_given_only_posts_before_another_with_its_own_time_when_read_then_each_is_a_clause() -> None:
    said = _read("汛期实行24小时值班，各社区主要负责人手机不得关机，网格员每日巡查，每日20时前报告街道。")

    assert [(one["parties"], one["deadline_text"]) for one in said["clauses"]] == [
        (["各社区主要负责人"], None),
        (["网格员"], "每日20时前"),
    ]


def test_given_a_period_that_began_before_the_plan_when_read_then_its_start_follows_from_its_end() -> None:
    said = read_plan(
        read_text("安顺县整治方案\n县里决定从1月起至9月底开展整治。\n一、任务\n各村要检查。\n" + "\n".join(SIGNED))
    ).as_json()

    assert (said["period"]["start"], said["period"]["end"]) == ("2024-01-01", "2024-09-30")


def test_given_a_heading_of_a_kind_of_bodies_when_read_then_what_stands_beside_it_is_theirs() -> None:
    said = _read("（一）消防救援机构。负责业务指导和监督执法，对违法行为依法处罚。")

    assert said["clauses"][0]["parties"] == ["消防救援机构"]


def test_given_an_office_of_which_only_the_seat_is_told_when_read_then_it_is_no_party() -> None:
    said = _read("成立领导小组，局长任组长，各股室负责人为成员，办公室设在安全办。")

    assert [one["parties"] for one in said["clauses"]] == [[]]


def test_given_the_press_named_before_when_another_measure_follows_then_it_is_not_the_presss() -> None:
    said = _read("新闻媒体要加强宣传，曝光典型案例。畅通“12350”举报渠道，落实举报奖励制度。")

    assert [one["parties"] for one in said["clauses"]] == [["新闻媒体"], []]


def test_given_stages_within_one_sentence_when_read_then_each_is_a_clause_with_its_own_days() -> None:
    plain = _read("4月1日至4月10日为自查阶段，各企业开展自查，4月11日至6月30日为检查阶段，县应急局逐企检查。")
    named = _read("工作分三步：第一阶段（4月1日至10日）：各企业自查；第二阶段（7月）：县安委办组织检查。")

    assert [(one["parties"], one["deadline"]) for one in plain["clauses"]] == [
        (["各企业"], "2024-04-10"),
        (["县应急局"], "2024-06-30"),
    ]
    assert [(one["parties"], one["deadline"]) for one in named["clauses"]] == [
        (["各企业"], "2024-04-10"),
        (["县安委办"], "2024-07-31"),
    ]


@pytest.mark.parametrize(
    ("sentence", "often"),
    [
        ("县安委办实行“日报告、周调度、月通报”制度。", "每日、每周、每月"),
        ("县应急局每周调度、每季通报。", "每周、每季度"),
        ("县应急局定期会商，每月通报一次。", "每月"),
        ("各管区每十天向镇安委会汇报一次情况。", "每十天"),
        ("各村逢周三开展集中检查。", "每周"),
        ("县应急局要形成2023年报告、2024年计划。", None),
    ],
)
def test_given_several_frequencies_in_one_sentence_when_read_then_all_are_kept(
    sentence: str, often: str | None
) -> None:
    (clause,) = _read(sentence)["clauses"]

    assert clause["frequency"] == often


def test_given_no_date_but_the_year_of_the_end_when_read_then_months_up_to_it_are_of_that_year() -> None:
    lines = ("二、任务", "各村2月6日前报送清单。", "各村9月5日前报送总结。")
    opening = "县里决定自本方案印发之日起至{}年6月底开展整治。"

    numbered, bare = (
        read_plan(read_text("\n".join([*head, "安顺县整治工作方案", opening.format(2026), *lines]))).as_json()
        for head in (("安政发〔2026〕6号",), ())
    )

    assert [one["deadline"] for one in numbered["clauses"]] == ["2026-02-06", "2026-09-05"]
    assert [one["deadline"] for one in bare["clauses"]] == ["2026-02-06", None]


def test_given_a_day_just_before_its_stage_but_after_the_plan_when_read_then_it_is_of_the_same_year() -> None:
    said = _read("（一）值守阶段（5月1日至7日）。各村严格值班。请各村于4月28日前报送值班表。")

    assert said["clauses"][-1]["deadline"] == "2024-04-28"


def test_given_goals_when_read_then_they_have_the_day_that_they_say_or_the_end_that_they_mean_or_none() -> None:
    said = read_plan(
        read_text(
            "\n".join(
                [
                    "安顺县专项整治工作方案",
                    "决定从3月10日至9月30日开展专项整治。",
                    "一、工作目标",
                    "6月底前，重大隐患清零；到9月20日，整改率达到100%。",
                    "通过专项整治，坚决遏制较大事故。",
                    "确保春节期间不发生亡人事故。",
                    "二、任务",
                    "各村要检查。",
                    *SIGNED,
                ]
            )
        )
    ).as_json()

    assert [(one["deadline"], one["deadline_text"], one["deadline_implied"]) for one in said["goals"]] == [
        ("2024-06-30", "6月底前", False),
        ("2024-09-30", "9月30日", True),
        (None, None, False),
    ]
    assert [one["deadline"] for one in said["goals"][0]["later_deadlines"]] == ["2024-09-20"]


def test_given_a_joint_notice_that_a_union_of_cooperatives_signs_when_read_then_it_is_a_body_and_no_clause() -> None:
    said = read_plan(
        read_text("关于联合执法的通知\n一、任务\n各乡镇要检查。\n安顺县公安局\n安顺县供销合作社联合社\n2024年3月5日")
    ).as_json()

    assert (said["issuing_body"], len(said["clauses"])) == ("安顺县公安局、安顺县供销合作社联合社", 1)


def test_given_numbered_points_with_a_post_or_a_telephone_when_read_then_they_are_no_headings() -> None:
    said = _read("1.1 病区护士长负责本病区疏散预案，每半年演练一次。", "1.2 实行有奖举报，举报电话：0000-5512350。")

    assert [(one["text"], one["children"]) for one in said["headings"]] == [("任务", [])]


def test_given_a_list_of_what_is_looked_at_when_a_point_says_who_does_it_then_it_is_a_clause() -> None:
    said = read_plan(
        read_text(
            "安顺县整治工作方案\n一、整治重点\n1.1 动火作业由施工单位提出申请，开工前3日公示。\n1.2 由企业造成的隐患"
        )
    ).as_json()

    assert [one["parties"] for one in said["clauses"]] == [["施工单位"]]


def test_given_who_answers_with_a_key_at_the_end_when_read_then_what_stands_before_it_is_an_order() -> None:
    said = _read("变型拖拉机注销工作春耕前（4月30日）全部结束。【牵头单位：县农业农村局；责任单位：各乡镇】")

    assert [(one["parties"], one["deadline"]) for one in said["clauses"]] == [
        (["县农业农村局", "各乡镇"], "2024-04-30")
    ]


def test_given_a_heading_of_days_and_a_name_when_read_then_it_is_a_stage_whose_end_is_the_day_below_it() -> None:
    said = _read("1.4月20日至4月28日，宣传摸底。各村召开机手会，逐户发放明白纸。")

    assert [one["text"] for one in said["headings"][0]["children"]] == ["4月20日至4月28日，宣传摸底"]
    assert [(one["parties"], one["deadline"]) for one in said["clauses"]] == [(["各村"], "2024-04-28")]


def test_given_a_short_order_about_those_who_refuse_when_read_then_it_is_no_heading() -> None:
    said = _read("（一）整治（责任单位：城建办）", "1.城建办新建充电棚。", "2.对拒不整改的，依法停电。", "（二）执法")

    assert [one["text"] for one in said["headings"][0]["children"]] == ["整治（责任单位：城建办）", "执法"]
    assert said["headings"][0]["children"][0]["children"] == []
    assert said["clauses"][-1]["parties"] == ["城建办"]


def test_given_a_column_of_members_when_a_table_is_read_then_they_help_their_leader() -> None:
    said = _read("包保领导\t包保社区\t成员\t工作要求", "党工委书记\t东社区\t党建办、网格员\t每月到社区督导一次")

    assert [(one["parties"], one["party_roles"]) for one in said["clauses"]] == [
        (["党工委书记", "党建办", "网格员"], ["lead", "support", "support"])
    ]


def test_given_a_heading_of_people_to_be_looked_after_when_read_then_nobody_is_taken_from_it() -> None:
    said = _read("（一）人员看护。实行专人包学生，6月底签订责任书。")

    assert said["clauses"][0]["parties"] == []
