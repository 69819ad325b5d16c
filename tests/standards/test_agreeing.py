"""The words of a finding and the guided questions come to the same: what each may conclude, and how fire is counted."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from itertools import product

import pytest

from bihuan.standards.data import read_library
from bihuan.standards.data.counting import read_fire, read_procedures
from bihuan.standards.data.guiding import read_questions
from bihuan.standards.data.judging import read_conditions, read_judge
from bihuan.standards.rules import FEATURE_NAMES, SECTOR_NAMES, Criterion, Feature, Sector
from bihuan.standards.rules.advice import advice_of
from bihuan.standards.rules.concluding import is_fire, why_person
from bihuan.standards.rules.counting import COMPREHENSIVE, counted
from bihuan.standards.rules.determine import Case, Enterprise, Level, reason
from bihuan.standards.rules.guiding import Answers, Ask, Reply, Said, Weight
from tests.standards.interviews import a_day_of, interview, meeting, paper_for, paper_on, sound
from tests.standards.test_judging_pairs import PAIRS, place_of

LIBRARY = read_library()
CRITERIA = {one.id: one for one in LIBRARY.criteria}


def by_words(item: Criterion, on: date) -> Weight | None:
    """Return how far the words of a finding may conclude by an item; None where it counts only in number."""
    standard = LIBRARY.standard(item.standard_id)
    if is_fire(standard):
        return None if item.kind == COMPREHENSIVE else Weight.SUSPECTED
    concludes = any(one.concludes for one in read_conditions().of[item.id])
    return Weight.MAJOR if concludes and not why_person(item, standard, on=on) else Weight.PERSON


def by_questions(item: Criterion, on: date) -> Weight | None:
    weights = {one.weight for one in paper_for(item, on=on).items if one.criterion.id == item.id}
    return min(weights, key=list(Weight).index) if weights else None


def guided_to(item: Criterion, on: date) -> tuple[Level, Criterion | None]:
    """Return what the questions come to where a place is sound but for what a criterion says."""
    paper = paper_for(item, on=on)
    mine = [one for one in paper.items if one.criterion.id == item.id]
    parts = [part for one in paper.items for part in one.parts if part.criterion.id == item.id]
    wanted, well = meeting(next((one for one in mine if one.is_whole), (mine + parts)[0]).term), sound(paper)
    result = interview(paper, lambda ask, given: wanted.get(ask.name) or well(ask, given), about=[item.id]).result
    return result.level, result.deciding.criterion if result.deciding else None


def test_given_every_criterion_when_both_ways_are_asked_then_each_may_conclude_by_the_same() -> None:
    days = {one.id: a_day_of(LIBRARY.standard(one.standard_id)) for one in LIBRARY.criteria}

    assert {one.id: by_words(one, days[one.id]) for one in LIBRARY.criteria} == {
        one.id: by_questions(one, days[one.id]) for one in LIBRARY.criteria
    }


def test_given_words_that_meet_each_criterion_when_judged_then_they_conclude_where_the_questions_do() -> None:
    differ = []
    for pair in PAIRS:
        on, item = date.fromisoformat(pair["found_on"]), CRITERIA[pair["criterion"]]
        verdict = read_judge().determine(Case(pair["hit"], on, place_of(pair["enterprise"])))
        if (verdict.level is Level.MAJOR) != (by_questions(item, on) is Weight.MAJOR):
            differ.append((item.id, str(verdict.level)))
        said = verdict.met[0].rule.item if verdict.met else None
        asked = guided_to(item, on)
        if (verdict.level, said) != asked and not verdict.level == asked[0] == Level.GENERAL:
            differ.append((item.id, f"{verdict.level} {said and said.id}, asked {asked[0]} {asked[1] and asked[1].id}"))

    assert differ == []


# GB 35181-2017, 5.3, and GA 653-2006, written out once more by hand: elements of list a and b, and others.
SAMPLES = {
    "fire-2017": (
        ["7-3-1", "7-3-2", "7-3-3", "7-3-4", "7-5"],
        ["7-1-1", "7-1-2", "7-4-5", "7-4-6"],
        ["7-2-1", "7-6-1", "7-7-2"],
    ),
    "fire-2006": (["c-7", "c-8", "c-9"], ["c-1", "c-2", "c-3"], ["c-5", "c-6"]),
}
LEAST = {"fire-2017": (3, 3, 4, 6), "fire-2006": (2, 2, 3, 4)}
KINDS = ("人员密集", "危险品场所", "重要场所")


def _by_hand(standard: str, numbers: tuple[int, int, int], place: Mapping[str, bool]) -> bool:
    of_a, of_b, others = numbers
    least_a, least_b, least_c, least_d = LEAST[standard]
    every = of_a + of_b + others
    special = any(place.values())
    return (
        (place["人员密集"] and of_a >= least_a)
        or (place["危险品场所"] and of_b >= least_b)
        or (special and every >= least_c)
        or (not special and every >= least_d)
    )


@pytest.mark.parametrize("standard", SAMPLES)
def test_given_any_number_of_elements_in_any_kind_of_place_when_counted_then_it_is_as_the_standard_says(
    standard: str,
) -> None:
    procedure, lists = read_procedures()[standard], SAMPLES[standard]

    for numbers in product(*(range(len(one) + 1) for one in lists)):
        ids = [f"{standard}-{name}" for one, many in zip(lists, numbers, strict=True) for name in one[:many]]
        for told in product((True, False, None), repeat=len(KINDS)):
            known = {name: is_so for name, is_so in zip(KINDS, told, strict=True) if is_so is not None}
            free = [name for name in KINDS if name not in known]
            ways = [{**known, **dict(zip(free, way, strict=True))} for way in product((True, False), repeat=len(free))]
            wanted = {_by_hand(standard, numbers, way) for way in ways}

            found = counted(procedure, [CRITERIA[one] for one in ids], known)

            if not ids:
                assert found is None
            else:
                assert found is not None
                assert found.reached == (wanted.pop() if len(wanted) == 1 else None), (ids, known)
                assert found.number == len(ids)


GATES = {"消防方面", "疏散问题", "灭火问题", "总平面问题", "分隔问题"}
OUT = {"当场能改", "标准修订", "评审落实", "停业停用", "危害不大"}
SAID = {
    "出口封堵": "安全出口用砖封死",
    "指示灯没设": "应急照明和疏散指示一个都没装",
    "独立出口缺": "跟住户共用楼梯",
    "水源没有": "没有消防水源",
    "车道占用": "消防车道被搭棚占用",
    "分区超五成": "防火墙打通，防火分区面积超了一倍",
}
PLACES = (
    (Enterprise("医院", ("其他",), ("人员密集场所",)), {Feature.CROWDED_PLACE}),
    (Enterprise("仓储", ("建材",), ("非人员密集场所",)), set()),
)


@pytest.mark.parametrize("on", [date(2019, 5, 1), date(2026, 10, 15)])
@pytest.mark.parametrize("place", PLACES, ids=lambda place: place[0].industry)
@pytest.mark.parametrize("number", range(1, len(SAID) + 1))
def test_given_so_many_elements_when_said_or_answered_then_both_come_to_the_same(
    number: int, place: tuple[Enterprise, set[Feature]], on: date
) -> None:
    elements, (enterprise, features) = list(SAID)[:number], place
    paper = paper_on(on, {Sector.OTHER}, features)
    well = sound(paper)

    def reply(ask: Ask, given: Answers) -> Reply:
        if ask.name in OUT or ask.name in KINDS:
            return Said.NO
        return Said.YES if ask.name in {*GATES, *elements} else well(ask, given)

    asked = interview(paper, reply).result
    verdict = read_judge().determine(Case("；".join(SAID[one] for one in elements), on, enterprise))

    assert verdict.level == asked.level, reason(verdict)


# What is told of the building, and how the questions of it are answered: high, underground.
BUILDINGS = {
    "三层的小楼，": (Said.NO, Said.NO),
    "十六层的大楼，": (Said.YES, Said.NO),
    "": (Said.UNKNOWN, Said.UNKNOWN),
    "地下一层，": (Said.UNKNOWN, Said.YES),
}
THINGS_BROKEN = {"指示灯坏": "应急灯坏了{}%", "楼梯门坏": "楼梯间的防火门坏了{}%"}


@pytest.mark.parametrize("on", [date(2018, 3, 20), date(2019, 5, 1), date(2026, 10, 15)])
@pytest.mark.parametrize("share", [15, 25, 40, 60])
@pytest.mark.parametrize("building", BUILDINGS)
@pytest.mark.parametrize("thing", THINGS_BROKEN)
def test_given_a_share_broken_when_said_or_answered_then_the_building_makes_the_same_of_it(
    thing: str, building: str, share: int, on: date
) -> None:
    high, below = BUILDINGS[building]
    elements = ["出口封堵"] if on.year != 2019 else ["出口封堵", "独立出口缺"]
    paper = paper_on(on, {Sector.OTHER}, {Feature.CROWDED_PLACE})
    well = sound(paper)

    def reply(ask: Ask, given: Answers) -> Reply:
        told: dict[str, Reply] = {thing: Decimal(share), "高层": high, "地下建筑": below}
        if ask.name in told:
            return told[ask.name]
        if ask.name in OUT or ask.name in KINDS:
            return Said.NO
        return Said.YES if ask.name in {*GATES, *elements} else well(ask, given)

    asked = interview(paper, reply).result
    said = "；".join([THINGS_BROKEN[thing].format(share), *(SAID[one] for one in elements)])
    verdict = read_judge().determine(Case(building + said, on, CROWDED))

    assert verdict.level == asked.level, reason(verdict)


def test_given_the_sector_of_crowded_places_alone_when_answered_so_then_what_they_have_is_asked_and_counts() -> None:
    paper = paper_on(date(2019, 5, 1), {Sector.FIRE_CROWDED}, set())
    well, met = sound(paper), {"人员密集", "楼梯间形式", "防排烟坏", "出口栅栏"}

    def reply(ask: Ask, given: Answers) -> Reply:
        if ask.name in OUT:
            return Said.NO
        return Said.YES if ask.name in {*GATES, *met} else well(ask, given)

    asked = interview(paper, reply)

    assert met <= set(asked.given)
    assert (asked.result.level, asked.result.suspected) == (Level.OPEN, True)
    not_crowded = interview(paper, lambda ask, given: Said.NO if ask.name == "人员密集" else reply(ask, given))
    assert not not_crowded.result.suspected
    assert not met & set(not_crowded.given) - {"人员密集"}


CROWDED, FACTORY, NOBODY = PLACES[0][0], Enterprise("服装厂", ("纺织",), ("车间",)), Enterprise()
CHEMISTS = Enterprise("", ("危险化学品",))
BUT_WINDOWS = "安全出口用砖封死；楼梯间应封闭的做成敞开楼梯；应急照明和疏散指示一个都没装"


@pytest.mark.parametrize(
    ("text", "place", "level", "says"),
    [
        (BUT_WINDOWS, CROWDED, Level.OPEN, "达到人员密集场所的3条"),
        (BUT_WINDOWS, FACTORY, Level.OPEN, "没有写明这里是不是人员密集场所，请先弄清"),
        (BUT_WINDOWS, NOBODY, Level.OPEN, "没有写明这里是不是人员密集场所"),
        (BUT_WINDOWS, Enterprise("库房", ("建材",), ("非人员密集场所",)), Level.GENERAL, "其他场所须有6条"),
        ("安全出口用砖封死", CROWDED, Level.GENERAL, "只有1条，人员密集场所须有3条，未达到判定门槛"),
        (f"已停业，{BUT_WINDOWS}", CROWDED, Level.GENERAL, "不作为重大火灾隐患判定要素"),
        ("消防车道被搭棚占用；防火间距被搭棚占用；喷淋系统瘫痪", CHEMISTS, Level.OPEN, "达到易燃易爆"),
    ],
)
def test_given_elements_in_one_text_when_judged_then_the_kind_of_place_decides_how_many_suffice(
    text: str, place: Enterprise, level: Level, says: str
) -> None:
    verdict = read_judge().determine(Case(text, date(2023, 6, 1), place))

    assert verdict.level is level
    assert says in reason(verdict)


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("商场中庭在卖烟花爆竹", Level.OPEN),
        (BUT_WINDOWS, Level.OPEN),
        ("安全出口用砖封死；楼梯间应封闭的做成敞开楼梯", Level.OPEN),
        ("安全出口用砖封死", Level.GENERAL),
    ],
)
def test_given_elements_of_2017_when_found_since_november_2025_then_nothing_is_cited_and_it_says_why(
    text: str, level: Level
) -> None:
    verdict = read_judge().determine(Case(text, date(2026, 10, 15), CROWDED))

    assert verdict.level is level
    assert "GB 35181-2025）条文没有还原" in reason(verdict)
    assert "GB 35181-2017 7" not in reason(verdict)
    assert "GB 35181-2017 6" not in reason(verdict)
    assert verdict.deciding is None or verdict.deciding.prompt


def test_given_the_kinds_of_place_when_read_then_each_question_of_the_counts_has_its_words() -> None:
    book = read_fire()

    assert {name for one in book.procedures.values() for name in one.kinds} == set(book.kinds)
    assert set(book.excluded) <= set(read_questions().asks)
    assert {name for one in book.kinds.values() for name in one.concepts} <= set(read_judge().lexicon.concepts)
    assert not any(one.sectors - set(SECTOR_NAMES) for one in book.kinds.values())
    assert FEATURE_NAMES[Feature.CROWDED_PLACE] == book.kinds["人员密集"].name


def test_given_words_that_meet_each_criterion_when_shown_then_no_button_decides_for_a_person_or_for_fire() -> None:
    offered = []
    for pair in PAIRS:
        case = Case(pair["hit"], date.fromisoformat(pair["found_on"]), place_of(pair["enterprise"]))
        offered += advice_of(read_judge().determine(case), version="").clauses

    assert [one.criterion.id for one in offered if one.may_cite and is_fire(one.standard)] == []
    assert {one.cites for one in offered if one.may_cite and one.level is Level.MAJOR} == {"用这一条定为重大"}
    assert {one.cites for one in offered if one.may_cite and one.level is not Level.MAJOR} == {
        "由人核对后，用这一条定为重大"
    }
    assert {is_fire(one.standard) for one in offered if one.is_suspected} == {True}


def test_given_elements_of_2017_since_november_2025_when_shown_then_nothing_is_offered_to_cite() -> None:
    case = Case("商场中庭在卖烟花爆竹", date(2026, 10, 15), CROWDED)

    found = advice_of(read_judge().determine(case), version="")

    assert found.says == "由人判断，施行的消防标准条文没有还原"
    assert [one.criterion.id for one in found.clauses if one.may_cite or one.is_suspected] == []


def test_given_a_count_of_fire_that_hangs_on_the_place_when_shown_then_the_heading_asks_as_its_reason() -> None:
    case = Case("安全出口封死、应急灯坏了六成", date(2018, 2, 14))
    verdict = read_judge().determine(case)

    found = advice_of(verdict, version="")

    assert "请先弄清" in found.reason
    assert (found.says, found.short, found.is_suspected) == ("由人判断", "待定", False)
    assert {one.goes_to_fire for one in found.clauses if is_fire(one.standard)} == {True}
    assert (verdict.stated, found.tells_how_sure) == (Level.OPEN, False)


def test_given_art_84_or_a_suspicion_when_shown_then_no_share_stands_where_somebody_else_decides() -> None:
    lift = Case("行车起重量限制器失灵没修，还在吊料", date(2014, 5, 6), Enterprise("", ("特种设备",)))
    exit_ = Case("KTV只有一个安全出口", date(2020, 5, 6), CROWDED)
    dust = Case("抛光车间除尘器没装泄爆片", date(2018, 2, 14), Enterprise("铝制品厂", ("工贸",)))

    by_law, suspected, major = (advice_of(read_judge().determine(one), version="") for one in (lift, exit_, dust))

    assert [by_law.says, suspected.short, major.short] == ["由人判断", "疑似重大", "重大"]
    assert [one.tells_how_sure for one in (by_law, suspected, major)] == [False, False, True]
