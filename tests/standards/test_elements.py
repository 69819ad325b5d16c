"""Comprehensive elements of fire: the state beside its thing, the same words once, the clause that can be cited."""

from datetime import date

import pytest

from bihuan.standards.data.judging import read_judge
from bihuan.standards.rules.determine import Case, Enterprise, Level, Status, Verdict, candidates

JUDGE = read_judge()
EATERY = Enterprise("饭店", ("餐饮",), ("人员密集",))
STORE = Enterprise("五金仓库", ("消防",), ("仓库", "其他场所"))


def judged(text: str, place: Enterprise = EATERY, on: date = date(2021, 5, 6)) -> Verdict:
    return JUDGE.determine(Case(text, on, place))


def elements(text: str) -> list[str]:
    met = judged(text).met
    told = (one for one in met if one.rule.item.kind == "comprehensive" and (one.lowered or one.status >= Status.ASK))
    return sorted(one.rule.item.clause for one in told)


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("应急灯坏了一大半，防火门都关着", ["7.3.6"]),  # the half is that of the lamps
        ("该装喷淋的没装，烟感一个也没装", ["7.4.4", "7.7.1"]),  # what was never installed does not fail too
        ("疏散走道墙面贴的木板", ["7.3.8"]),
        ("楼梯间防火门一多半坏了", ["7.3.7"]),
        ("应急照明灯一成不亮，楼梯间防火门坏了六成", ["7.3.7"]),  # each share is of its own thing
        ("疏散指示30块灭了21块，排烟风机点不动", ["7.3.6", "7.5"]),  # a part of many told by two counts
        ("后楼梯拿铁链捆上，东门砌成墙，窗户让铁皮钉死", ["7.3.10", "7.3.3"]),  # blocked by any word for it
        ("消防车道盖了雨棚，两栋中间占光", ["7.1.1", "7.1.2"]),
    ],
)
def test_given_a_finding_of_fire_when_counted_then_each_element_has_words_of_its_own(
    text: str, clauses: list[str]
) -> None:
    assert elements(text) == clauses


def test_given_five_elements_in_a_list_when_counted_at_a_store_then_six_are_not_reached() -> None:
    text = "消防车道搭棚堵死、跟隔壁防火间距被占、室内栓没水、消防泵跟照明一路电、报警主机坏了，就这五样"

    verdict = judged(text, STORE)

    assert (verdict.stated, verdict.deciding) == (Level.GENERAL, None)


def test_given_a_count_of_2006_when_reached_then_an_element_is_cited_for_the_rule_of_counting_is_not_held() -> None:
    verdict = judged("后门拿砖砌死，应急灯十盏有八盏不亮", EATERY, date(2018, 3, 20))

    assert verdict.stated is Level.MAJOR
    assert verdict.deciding is not None
    assert (verdict.deciding.by_count, verdict.deciding.rule.item.group) == ("", "安全疏散")


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("液氯卸车的万向管道换成了橡胶管", Level.MAJOR),
        ("液氯卸车的橡胶管换成了万向管道", Level.GENERAL),
        ("卸液氯的万向臂呢？没装", Level.MAJOR),
    ],
)
def test_given_a_thing_in_place_of_another_when_read_then_the_one_before_is_not_there(text: str, level: Level) -> None:
    place = Enterprise("液氯使用", ("化工",), ("液氯", "充装"))

    assert judged(text, place, date(2019, 3, 15)).stated is level


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        (
            "消火栓没水，应急灯大多不亮，防火门坏了一多半",
            {"fire-2006-c-10": {"应急灯", "不亮", "大多"}, "fire-2006-c-6": {"防火门", "坏了", "一多半"}},
        ),
        (
            "消火栓打开没水，防火门全坏了，应急灯大多没装",
            {"fire-2006-c-10": {"应急灯", "大多"}, "fire-2006-c-6": {"防火门", "坏了", "全坏"}},
        ),
        ("安全出口锁了，应急灯，大多不亮", {"fire-2006-c-10": {"应急灯", "不亮", "大多"}}),
    ],
)
def test_given_several_elements_when_answered_then_each_quotes_the_words_beside_its_own_thing(
    text: str, quoted: dict[str, set[str]]
) -> None:
    found = candidates(judged(text, EATERY, date(2018, 2, 14)))

    told = {one.met.rule.item.id: {say[3:-1] for say in one.speaks_for if say.startswith("提到")} for one in found}
    assert {name: told[name] for name in quoted} == quoted
