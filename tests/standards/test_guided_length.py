"""How many questions an enterprise of two features is asked; the numbers stand in docs/determination.md."""

from datetime import date
from statistics import median

import pytest

from bihuan.standards.rules import Feature, Sector, feature_of, sectors_of
from bihuan.standards.rules.guiding import Answers, Ask, Level, Paper, Reply, Said, Weight, names, next_ask, value
from tests.standards.interviews import interview, meeting, paper_on, sound

TODAY = date(2026, 10, 15)
DAYS = (date(2018, 1, 10), date(2023, 6, 1), TODAY)
ENTERPRISES = (
    ("轻工", "粉尘涉爆", "木质粉尘"),
    ("轻工", "粉尘涉爆", "喷涂作业"),
    ("机械", "粉尘涉爆", "金属粉尘"),
    ("机械", "高温熔融金属", "起重机械"),
    ("机械", "喷涂作业", "起重机械"),
    ("机械", "燃气燃烧装置", "特种作业"),
    ("轻工", "液氨制冷", "食品加工"),
    ("轻工", "有限空间", "食品加工"),
    ("轻工", "白酒", "有限空间"),
    ("有色", "高温熔融金属", "深井铸造"),
    ("冶金", "高温熔融金属", "煤气"),
    ("建材", "煤磨", "筒型储库"),
    ("建材", "燃气窑炉", "起重机械"),
    ("纺织", "热定型", "有限空间"),
    ("商贸", "场内机动车辆", "承包承租"),
    ("化工", "危化品生产", "重点监管工艺"),
    ("危险化学品", "危化品经营", "危化品储存"),
    ("烟花爆竹", "烟花爆竹零售", "居住合用"),
    ("建筑施工", "在建工程", "脚手架"),
    ("建筑施工", "在建工程", "建筑起重机械"),
    ("消防", "旅馆", "电梯"),
    ("消防", "商店", "电梯"),
    ("消防", "人员密集场所", "压力容器"),
    ("消防", "老幼场所", "锅炉"),
)


def _paper(words: tuple[str, str, str], on: date) -> Paper:
    sectors: set[Sector] = set(sectors_of(words[0]))
    features: set[Feature] = {one for word in words[1:] if (one := feature_of(word)) is not None}
    assert (len(features), bool(sectors)) == (2, True)
    return paper_on(on, sectors, features)


def _asked_where_nothing_is_wrong(paper: Paper) -> int:
    """Count the questions where all things are there and in order, and the finding is none of fire."""
    well = sound(paper)

    def reply(ask: Ask, given: Answers) -> Reply:
        there = paper.answers({**given, ask.name: Said.YES})
        is_harmless = not any(value(item.term, there) for item in paper.items)
        return Said.YES if ask.first and is_harmless and ask.name != "消防方面" else well(ask, given)

    return len(interview(paper, reply).given)


def _asked_where_met(paper: Paper, *, hinted: bool) -> list[int]:
    """Return how many questions lead to each clause that can conclude; hinted: the words of the hazard speak of it."""
    found = []
    for item in paper.items:
        if item.weight is not Weight.PERSON:
            wanted, well = meeting(item.term), sound(paper)
            about = [item.criterion.id] if hinted else ()
            asked = interview(paper, lambda ask, given: wanted.get(ask.name) or well(ask, given), about=about)  # noqa: B023 -- called at once
            found.append(len(asked.given))
    return found


@pytest.mark.parametrize("on", DAYS, ids=str)
def test_given_an_enterprise_of_two_features_when_asked_first_then_it_is_of_what_the_place_makes_likely(
    on: date,
) -> None:
    papers = {words: _paper(words, on) for words in ENTERPRISES}

    first = {words: next_ask(paper, {}) for words, paper in papers.items()}

    for words, paper in papers.items():
        concluding = [one for one in paper.items if one.weight is not Weight.PERSON]  # what asks a person comes after
        likely = min(one.likely for one in concluding)
        wanted = {name for one in concluding if one.likely is likely for name in names(one.term)}
        assert (ask := first[words]) is not None
        assert ask.name in wanted, words
    of_fire = [words[0] for words, ask in first.items() if ask and ask.name == "消防方面"]
    nothing_else = {"商贸", "建筑施工"} if on.year == 2018 else set()  # no list of their own held that day
    assert set(of_fire) <= {"消防"} | nothing_else


def test_given_an_enterprise_of_two_features_when_asked_then_few_questions_end_it() -> None:
    papers = [_paper(words, TODAY) for words in ENTERPRISES]

    nothing_wrong = {
        on: median(_asked_where_nothing_is_wrong(_paper(words, on)) for words in ENTERPRISES) for on in DAYS
    }
    met = median(number for paper in papers for number in _asked_where_met(paper, hinted=False))
    hinted = median(number for paper in papers for number in _asked_where_met(paper, hinted=True))

    assert (met, hinted) == (9, 2)
    assert list(nothing_wrong.values()) == [9, 13, 18]


# What comes of a place of which nothing, or everything, is known: sectors, features, what is said of a finding that is
# none of fire, and the most questions to the end. Of a place without a sector no list was asked: nobody says 一般.
BARE = (
    (frozenset(), frozenset(), Level.OPEN, "行业不清楚", 3),
    (frozenset({Sector.MACHINERY}), frozenset(), Level.GENERAL, "没有选安全特征", 3),
    (frozenset({Sector.MACHINERY}), frozenset(Feature), Level.GENERAL, "都不成立，按一般事故隐患处理。", 40),
)


@pytest.mark.parametrize("on", DAYS, ids=str)
@pytest.mark.parametrize(("sectors", "features", "level", "says", "most"), BARE)
def test_given_a_place_of_which_nothing_or_everything_is_known_when_asked_then_few_questions_end_it_and_say_so(
    on: date, sectors: frozenset[Sector], features: frozenset[Feature], level: Level, says: str, most: int
) -> None:
    paper = paper_on(on, sectors, features)

    asked = interview(paper, sound(paper))

    assert (asked.result.level, says in asked.result.why) == (level, True), asked.result.why
    assert len(asked.given) <= most
    assert ("没有选安全特征" in asked.result.why) == (bool(sectors) and not features)


@pytest.mark.parametrize("on", DAYS, ids=str)
@pytest.mark.parametrize("words", [(), *ENTERPRISES[:6]], ids=str)
def test_given_nothing_known_when_every_answer_is_so_then_a_person_decides_and_what_is_not_known_is_not_asked_further(
    on: date, words: tuple[str, str, str] | tuple[()]
) -> None:
    paper = _paper(words, on) if words else paper_on(on, frozenset(), frozenset())

    asked = interview(paper, lambda ask, given: Said.UNKNOWN)

    assert asked.result.level is Level.OPEN
    assert asked.result.met == ()
    assert "还不清楚" in asked.result.why
    assert len(asked.given) <= 40


def test_given_a_place_with_some_features_when_asked_then_what_was_not_asked_names_features_that_it_has_not() -> None:
    paper = _paper(("轻工", "粉尘涉爆", "木质粉尘"), TODAY)

    assert paper.unasked
    assert all(one.features and not one.features & {Feature.DUST_EXPLOSIVE, Feature.WOOD_DUST} for one in paper.unasked)
    assert not {one.id for one in paper.unasked} & {one.criterion.id for one in paper.items}
