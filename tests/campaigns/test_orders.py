"""Which sentences order something, and which only say what is."""

import pytest

from bihuan.campaigns.rules.orders import deontic_of, is_order
from bihuan.campaigns.rules.roles import Role
from bihuan.campaigns.rules.text import fold

ORDERS = (
    "严格落实属地管理责任，确保责任到人、措施到位。",
    "对排查出的问题隐患，实行清单化管理、闭环式整改。",
    "把安全生产纳入年度目标考核，实行一票否决。",
    "以村为单位，逐户逐人进行登记造册。",
    "建立“一企一档”，做到底数清、情况明。",
    "此项工作由镇应急办负责。",
    "整治期间，每周五下午召开一次碰头会。",
    "充分利用广播、微信群等载体，广泛宣传燃气安全知识。",
    "每个村至少配备两名专职网格员。",
    "企业未经验收合格的，不得恢复生产。",
    "全面完成辖区内老旧燃气管网的更新改造任务。",
    "镇村两级成立工作专班，实行“日调度、周通报”。",
    "严禁在禁渔期内从事捕捞作业。",
    "各村（社区）具体负责本辖区的摸底排查。",
    "专项行动结束后，各单位要认真总结经验做法。",
    "集中力量查处一批典型案件，形成震慑。",
    "发现重大险情，第一时间组织人员撤离。",
    "引导群众自觉抵制非法烟花爆竹。",
    "党员干部要走在前、作表率。",
    "实行领导干部包保责任制，一级抓一级，层层抓落实。",
    "工作推进不力的，由镇纪委进行约谈。",
    "加快推进“互联网+明厨亮灶”建设。",
    "到6月底，所有加油站完成双层罐改造。",
    "隐患整改率要达到95%以上。",
    "村级河长每天巡河不少于1次。",
    "检查实行“谁检查、谁签字、谁负责”。",
    "整治资金由县财政统筹安排。",
    "资料及时归档，做到账实相符。",
    "新建项目一律实行安全设施“三同时”。",
    "深入开展“打非治违”行动。",
    "同时做好舆情引导工作。",
    "不定期组织“四不两直”暗查暗访。",
    "限时办结群众举报事项。",
    "凡拒不整改的，一律停业整顿。",
    "压茬推进各项整治任务落地见效。",
    "抓好值班值守，严格执行领导带班和24小时值班制度。",
    "牢固树立安全发展理念。",
    "逐级签订安全生产责任书。",
    "充实基层监管力量，每个乡镇不少于3人。",
    "坚持问题导向，补短板、强弱项。",
)
OTHERS = (
    "近年来，我县道路交通事故多发频发，教训十分深刻。",
    "今年以来，全镇共发生火灾12起，造成3人受伤。",
    "安全生产事关人民群众生命财产安全。",
    "本方案所称重大事故隐患，是指危害较大的隐患。",
    "专项整治分三个阶段进行。",
    "具体分工如下：",
    "领导小组成员如下：",
    "镇长任组长，分管副镇长任副组长。",
    "办公室设在镇应急办，办公室主任由王某兼任。",
    "未按规定设置安全警示标志的；",
    "是否建立安全生产责任制；",
    "附件：1.任务分工表",
    "特此通知。",
    "本通知自印发之日起执行。",
    "当前正值汛期，极端天气频发，防汛形势十分严峻。",
    "这次专项整治时间紧、任务重、要求高。",
    "具体名单见附件2。",
    "春节期间是烟花爆竹燃放的高峰期。",
    "全县现有加油站23座、液化气站4座。",
    "无证经营、超范围经营的行为。",
    "镇人民政府",
    "违规动火作业、未落实监护措施等行为。",
    "使用不合格的钢瓶、调压阀、连接软管；",
    "（此件公开发布）",
    "整治时间：2022年6月至12月。",
    "整治范围：全镇范围内所有餐饮场所。",
    "目前，仍有部分企业主体责任不落实。",
)


@pytest.mark.parametrize("sentence", ORDERS)
def test_given_an_order_when_read_under_measures_then_it_is_a_clause(sentence: str) -> None:
    assert is_order(fold(sentence), Role.TASKS)


@pytest.mark.parametrize("sentence", OTHERS)
def test_given_a_fact_a_signpost_or_an_item_when_read_then_it_is_no_clause(sentence: str) -> None:
    assert not is_order(fold(sentence), Role.TASKS)


@pytest.mark.parametrize("role", [Role.OPENING, Role.GUIDING, Role.GOALS, Role.CONTACT])
def test_given_guiding_ideas_or_goals_when_read_then_no_sentence_of_theirs_is_a_clause(role: Role) -> None:
    assert not is_order("要牢固树立安全发展理念。", role)


def test_given_words_that_order_when_read_then_they_are_named_and_like_words_are_not() -> None:
    assert deontic_of("各村要落实责任，不得推诿，一律停业。") == "要、不得、一律"
    assert deontic_of("主要负责人签订重要责任书，应急物资供应充足。") is None
