"""Guided questions: what is asked next, what answers come to, and what unknown answers never do."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bihuan.standards.data import read_library
from bihuan.standards.data.guiding import read_questions
from bihuan.standards.rules import Feature, Sector
from bihuan.standards.rules.guiding import (
    Answers,
    Ask,
    Level,
    Reply,
    Said,
    most_left,
    next_ask,
    paper_of,
    read_answers,
    result_of,
    written,
)
from tests.standards.interviews import interview, paper_on, replies_to, sound

DAYS = (date(2018, 1, 10), date(2019, 5, 1), date(2023, 6, 1), date(2026, 10, 15))
FREEZER = ({Sector.LIGHT_INDUSTRY}, {Feature.AMMONIA_REFRIGERATION})
places = st.tuples(
    st.sampled_from(DAYS),
    st.sets(st.sampled_from(list(Sector)), min_size=1, max_size=2),
    st.sets(st.sampled_from(list(Feature)), max_size=3),
)


def _at_random(seed: int, *, unknown: float) -> Callable[[Ask, Answers], Reply]:
    chance = Random(seed)
    return lambda ask, _: Said.UNKNOWN if chance.random() < unknown else chance.choice(replies_to(ask))


@settings(max_examples=60, deadline=None)
@given(places, st.integers(0, 10**6), st.sampled_from([0.0, 0.2, 0.7]))
def test_given_any_answers_when_asked_then_nothing_is_asked_twice_and_what_is_left_shrinks(
    place: tuple[date, set[Sector], set[Feature]], seed: int, unknown: float
) -> None:
    paper = paper_on(*place)

    found = interview(paper, _at_random(seed, unknown=unknown))

    taken: dict[str, Reply] = {}
    left = [most_left(paper, taken)]
    for name, reply in found.given.items():
        taken[name] = reply
        left.append(most_left(paper, taken))
    assert len(found.given) <= left[0]
    assert left == sorted(left, reverse=True)
    assert left[-1] == 0
    assert all(before > after for before, after in pairwise(left))


@settings(max_examples=60, deadline=None)
@given(places, st.integers(0, 10**6))
def test_given_unknown_answers_when_they_are_major_then_they_are_major_whatever_the_unknown_is(
    place: tuple[date, set[Sector], set[Feature]], seed: int
) -> None:
    paper, chance = paper_on(*place), Random(seed)
    found = interview(paper, _at_random(seed, unknown=0.4))

    filled = {
        name: chance.choice(replies_to(paper.asks[name])) if reply is Said.UNKNOWN else reply
        for name, reply in found.given.items()
    }

    if found.result.level is Level.MAJOR:
        first = found.result.met[0].item.criterion.id
        assert first in {one.item.criterion.id for one in result_of(paper, filled).met}
    if found.result.level is Level.GENERAL:
        assert result_of(paper, filled).level is Level.GENERAL


@settings(max_examples=40, deadline=None)
@given(places)
def test_given_nothing_known_when_asked_then_it_is_open_and_never_major(
    place: tuple[date, set[Sector], set[Feature]],
) -> None:
    found = interview(paper_on(*place), lambda *_: Said.UNKNOWN).result

    assert (found.level, found.met) == (Level.OPEN, ())


@settings(max_examples=60, deadline=None)
@given(places, st.integers(0, 10**6))
def test_given_answers_in_another_order_when_asked_then_result_and_next_question_are_the_same(
    place: tuple[date, set[Sector], set[Feature]], seed: int
) -> None:
    paper, chance = paper_on(*place), Random(seed)
    found = interview(paper, _at_random(seed, unknown=0.3))
    kept = dict(list(found.given.items())[: chance.randrange(len(found.given) + 1)])
    mixed = dict(chance.sample(list(kept.items()), len(kept)))

    assert next_ask(paper, mixed) == next_ask(paper, kept)
    assert result_of(paper, mixed) == result_of(paper, kept)
    assert read_answers(paper, written(paper, mixed)) == mixed


FREEZING = {"速冻机": Said.YES, "分割间空调": Said.NO, "消防方面": Said.NO, "须停产整改": Said.NO, "外因难除": Said.NO}


@pytest.mark.parametrize(
    ("on", "room", "people", "level"),
    [
        (date(2018, 1, 10), Said.NO, 11, Level.MAJOR),
        (date(2018, 1, 10), Said.NO, 9, Level.GENERAL),
        (date(2018, 1, 10), Said.YES, 11, Level.GENERAL),
        (date(2023, 6, 1), Said.NO, 3, Level.MAJOR),
        (date(2023, 6, 1), Said.YES, 11, Level.MAJOR),
        (date(2023, 6, 1), Said.YES, 9, Level.GENERAL),
    ],
)
def test_given_the_freezer_when_the_day_differs_then_both_or_either_is_wanted(
    on: date, room: Said, people: int, level: Level
) -> None:
    answers = {**FREEZING, "速冻单间": room, "速冻人数": Decimal(people)}

    found = result_of(paper_on(on, *FREEZER), answers)

    assert found.level is level


def test_given_a_freezer_without_room_when_2023_then_the_number_of_people_is_not_asked() -> None:
    found = interview(paper_on(date(2023, 6, 1), *FREEZER), lambda ask, _: FREEZING.get(ask.name, Said.NO), about=())

    assert "速冻人数" not in found.given
    assert found.result.deciding is not None
    assert found.result.deciding.criterion.id == "gongmao-2023-ammonia-02"
    assert [(one.ask.name, one.reply) for one in found.result.met[0].answered] == [
        ("速冻机", Said.YES),
        ("速冻单间", Said.NO),
    ]


@pytest.mark.parametrize(("on", "holds"), [(date(2018, 1, 10), True), (date(2023, 6, 1), False)])
def test_given_only_an_isolation_valve_when_the_day_differs_then_it_suffices_or_not(on: date, holds: bool) -> None:  # noqa: FBT001 -- a case of the test
    paper = paper_on(on, {Sector.LIGHT_INDUSTRY}, {Feature.DUST_EXPLOSIVE})
    answers = {"干式除尘": Said.YES, "除尘泄爆": Said.NO, "除尘隔爆": Said.YES, "泄爆惰化抑爆": Said.NO}

    met = {one.item.criterion.id for one in result_of(paper, answers).met}

    assert met == (set() if holds else {"gongmao-2023-dust-03"})


def _counts(on: date, features: set[Feature], elements: tuple[str, ...]) -> Level | str:
    paper = paper_on(on, {Sector.OTHER}, features)
    well = sound(paper)
    gates = {"消防方面", "疏散问题", "灭火问题", "总平面问题"}

    def reply(ask: Ask, given: Answers) -> Reply:
        if ask.name in OUT | PLACES:
            return Said.NO
        return Said.YES if ask.name in {*gates, *elements} else well(ask, given)

    found = interview(paper, reply).result
    return "疑似" if found.suspected else found.level


OUT = {"当场能改", "标准修订", "评审落实", "停业停用", "危害不大"}
PLACES = {"人员密集", "危险品场所", "重要场所"}
WAYS_OUT = ("出口封堵", "独立出口缺", "楼梯间形式")
WATER = ("水源没有", "室外栓坏", "室内栓坏")


@pytest.mark.parametrize(
    ("features", "elements", "says"),
    [
        ({Feature.CROWDED_PLACE}, WAYS_OUT, "疑似"),  # 5.3 a): three of 7.3
        ({Feature.CROWDED_PLACE}, WAYS_OUT[:2], Level.GENERAL),
        ({Feature.CROWDED_PLACE}, (*WAYS_OUT[:2], *WATER[:1]), Level.GENERAL),  # three, not all of 7.3
        ({Feature.CROWDED_PLACE}, (*WAYS_OUT[:2], *WATER[:2]), "疑似"),  # 5.3 c): four of any
        (set(), (*WAYS_OUT[:2], *WATER), Level.GENERAL),  # elsewhere five do not suffice
        (set(), (*WAYS_OUT[:2], *WATER, "车道占用"), "疑似"),  # 5.3 d): six
    ],
)
def test_given_comprehensive_elements_when_counted_by_the_kind_of_place_then_the_number_of_gb_35181_decides(
    features: set[Feature], elements: tuple[str, ...], says: Level | str
) -> None:
    assert _counts(date(2019, 5, 1), features, elements) == says


@pytest.mark.parametrize(
    ("features", "elements", "says"),
    [
        ({Feature.CROWDED_PLACE}, WAYS_OUT[:2], "疑似"),  # two ways out
        ({Feature.CROWDED_PLACE}, WAYS_OUT[:1], Level.GENERAL),  # one alone is no more than one, and it says so
        (set(), ("车道占用", "间距2006"), Level.OPEN),  # several below the number, and the list is not whole
        (set(), ("车道占用", "间距2006", "丙类混住"), Level.OPEN),
        (set(), ("车道占用", "间距2006", *WAYS_OUT[:2]), "疑似"),  # four elsewhere
        (set(), (), Level.GENERAL),
    ],
)
def test_given_ga_653_when_counted_then_2_2_3_4_suffice_and_several_fewer_are_never_general(
    features: set[Feature], elements: tuple[str, ...], says: Level | str
) -> None:
    assert _counts(date(2018, 1, 10), features, elements) == says


def test_given_a_direct_element_when_it_can_be_mended_at_once_then_it_is_not_suspected() -> None:
    paper = paper_on(date(2019, 5, 1), {Sector.OTHER}, {Feature.CROWDED_PLACE})
    well = sound(paper)

    def reply(ask: Ask, given: Answers) -> Reply:
        return Said.YES if ask.name in {"人多用危险品", "当场能改"} else well(ask, given)

    assert interview(paper, reply).result.level is Level.GENERAL


@pytest.mark.parametrize(
    ("wrong", "level"),
    [
        (("人多用危险品",), Level.OPEN),  # a direct element of 2017
        (("疏散问题", "出口封堵", "楼梯间形式"), Level.OPEN),  # several comprehensive ones
        (("疏散问题", "出口封堵"), Level.GENERAL),  # one
        ((), Level.GENERAL),
    ],
)
def test_given_a_fire_problem_under_gb_35181_2025_when_asked_then_the_old_elements_screen_it_and_it_says_why(
    wrong: tuple[str, ...], level: Level
) -> None:
    paper = paper_on(date(2026, 10, 15), {Sector.OTHER}, {Feature.CROWDED_PLACE})
    well = sound(paper)

    def reply(ask: Ask, given: Answers) -> Reply:
        if ask.name in OUT:
            return Said.NO
        return Said.YES if ask.name in {"消防方面", *wrong} else well(ask, given)

    found = interview(paper, reply).result

    assert found.level is level
    assert "《重大火灾隐患判定规则》（GB 35181-2025）条文没有还原" in found.why
    assert found.deciding is None or found.deciding.standard.id == "fire-2025"
    assert not found.suspected


def test_given_a_feature_on_file_when_asked_then_its_question_is_answered_by_the_file() -> None:
    paper = paper_on(date(2026, 10, 15), {Sector.OTHER}, {Feature.LIFT})

    found = interview(paper, sound(paper))

    assert "有电梯" not in found.given
    assert [one.ask.name for one in found.result.answered if one.by_file] == ["有电梯"]


def test_given_a_clause_without_questions_when_its_standard_is_in_force_then_a_person_decides() -> None:
    book = read_questions()
    less = replace(book, when={item: term for item, term in book.when.items() if item != "gongmao-2023-ammonia-01"})
    paper = paper_of(less, read_library(), on=date(2023, 6, 1), sectors=FREEZER[0], features=FREEZER[1])

    found = interview(paper, lambda ask, _: Said.YES if ask.name == "gongmao-2023-ammonia-01" else Said.NO).result

    assert (found.level, found.why) == (Level.OPEN, "该条还没有编写问题，须由人对照条文判断。")
