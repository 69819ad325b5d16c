"""A town's own words: how they are read, what they change, and that the packaged judge stays as it is."""

from datetime import date

import pytest

from bihuan.standards.data.judging import read_judge
from bihuan.standards.rules.determine import Case, Enterprise, Level
from bihuan.standards.rules.determine.precedents import (
    LONGEST,
    Example,
    Gravity,
    Precedents,
    Resemblance,
    runs,
)
from bihuan.standards.rules.teaching import (
    Answer,
    BadWord,
    Labelled,
    Lesson,
    Target,
    Turn,
    answer_of,
    criteria_of,
    effect_of,
    known_words,
    read_wordings,
    said_in,
    targets_of,
    taught,
)

JUDGE = read_judge().by_conditions
WINTER = date(2018, 1, 15)
JOINER = Enterprise("木质家具", ("工贸",), ("粉尘涉爆",))
SPARK = Lesson(Target.CONCEPT, "火花探测", "亮子盒")
SENTENCE = Case("砂光机吸尘管上没装亮子盒", WINTER, JOINER)
FOUND = Answer(Level.MAJOR, "gongmao-2017", "一(一)9")


def test_given_a_word_nobody_knows_when_taught_then_the_clause_is_found_and_the_packaged_judge_is_as_before() -> None:
    assert answer_of(JUDGE, SENTENCE) == Answer(Level.GENERAL)

    knowing = taught(JUDGE, [SPARK])

    assert answer_of(knowing, SENTENCE) == FOUND
    assert answer_of(JUDGE, SENTENCE) == Answer(Level.GENERAL)
    assert "亮子盒" not in JUDGE.lexicon.concepts["火花探测"]


def test_given_a_word_of_a_part_when_taught_then_the_concept_that_includes_it_knows_it_too() -> None:
    knowing = taught(JUDGE, [Lesson(Target.CONCEPT, "泄爆", "放炮口")])

    assert "放炮口" in knowing.lexicon.concepts["控爆措施"]
    assert "放炮口" not in knowing.lexicon.concepts["隔爆"]


def test_given_a_word_mistyped_when_read_then_it_is_known_all_the_same() -> None:
    knowing = taught(JUDGE, [Lesson(Target.CONCEPT, "火花探测", "亮子探测盒")])
    alike = next(one for one in sorted("".join(JUDGE.lexicon.alike.groups["盒"])) if one != "盒")

    found = knowing.lexicon.find(f"没装亮子探测{alike}")

    assert "火花探测" in {one.concept for one in found}


def test_given_a_word_with_a_gap_when_read_then_what_stands_between_does_not_matter() -> None:
    lessons = read_wordings(JUDGE, Target.CONCEPT, "火花探测", "亮子……盒")

    assert lessons == (Lesson(Target.CONCEPT, "火花探测", "亮子…盒"),)
    assert answer_of(taught(JUDGE, lessons), Case("砂光机吸尘管上没装亮子报警的盒", WINTER, JOINER)) == FOUND


def test_given_a_word_for_a_feature_when_taught_then_an_enterprise_that_says_it_has_the_feature() -> None:
    words = Case("除尘器没有泄爆口、隔爆阀等任何控爆措施", WINTER, Enterprise("锄柄厂", ("工贸",), ("磨把子",)))
    lesson = Lesson(Target.FEATURE, "粉尘涉爆", "磨把子")

    before, after = JUDGE.determine(words).facts, taught(JUDGE, [lesson]).determine(words).facts

    assert after.has - before.has == {next(iter(after.has - before.has))}
    assert "磨把子" in after.told.values()


def test_given_a_word_for_a_sector_when_taught_then_the_place_is_of_that_sector() -> None:
    place = Case("无", WINTER, Enterprise("编筐作坊"))
    knowing = taught(JUDGE, [Lesson(Target.SECTOR, "轻工", "编筐")])

    assert JUDGE.determine(place).facts.sectors is None
    assert knowing.determine(place).facts.sectors == {"light_industry"}


def test_given_a_target_that_left_the_data_when_taught_then_the_others_still_count() -> None:
    knowing = taught(JUDGE, [Lesson(Target.CONCEPT, "没有的概念", "某某"), SPARK])

    assert answer_of(knowing, SENTENCE) == FOUND


@pytest.mark.parametrize(
    ("typed", "wordings"),
    [
        ("刨花灰", ["刨花灰"]),
        ("刨花灰、锯灰\n　木糠 ", ["刨花灰", "锯灰", "木糠"]),
        ("刨花灰,刨花灰", ["刨花灰"]),
        ("ＡＢＣ粉", ["abc粉"]),
        ("鋸灰", ["锯灰"]),
        ("灰...厚", ["灰…厚"]),
    ],
)
def test_given_words_as_people_type_them_when_read_then_each_is_one_lesson(typed: str, wordings: list[str]) -> None:
    assert [one.wording for one in read_wordings(JUDGE, Target.CONCEPT, "木粉", typed)] == wordings


@pytest.mark.parametrize(
    ("typed", "say"),
    [
        ("", "请写上要加的说法"),
        ("灰", "太短"),
        ("很" * 21, "太长"),
        ("…灰尘", "省略号"),
        ("木^屑子", "标点"),
        ("=泄爆", "标点"),
        ("没有", "不是一样东西"),
        ("、".join(f"词语{one}" for one in "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌"), "最多加"),
        ("木屑末、灰", "太短"),
    ],
)
def test_given_words_that_cannot_be_added_when_read_then_each_is_refused_with_a_sentence(typed: str, say: str) -> None:
    with pytest.raises(BadWord) as refused:
        read_wordings(JUDGE, Target.CONCEPT, "木粉", typed)

    assert say in refused.value.say


def test_given_a_word_that_is_known_or_a_target_that_is_not_when_read_then_it_is_refused() -> None:
    known = known_words(JUDGE, Target.CONCEPT, "泄爆")[0]

    with pytest.raises(BadWord, match="已经认得"):
        read_wordings(JUDGE, Target.CONCEPT, "泄爆", known)
    with pytest.raises(BadWord, match="没有叫"):
        read_wordings(JUDGE, Target.FEATURE, "没有的特征", "某某")


def test_given_each_kind_when_listed_then_every_target_has_words_and_a_concept_its_clauses() -> None:
    for kind in Target:
        assert all(known_words(JUDGE, kind, name) for name in targets_of(JUDGE, kind))

    used = [item.id for item in criteria_of(JUDGE, Target.CONCEPT, "火花探测")]

    assert "gongmao-2017-dust-09" in used
    assert "gongmao-2017-confined-02" not in used
    assert all(criteria_of(JUDGE, Target.FEATURE, name) for name in ("粉尘涉爆", "液氨制冷"))
    assert criteria_of(JUDGE, Target.SECTOR, "烟花爆竹")


def test_given_labelled_cases_when_a_word_is_weighed_then_better_and_worse_are_told_apart() -> None:
    right = frozenset({("gongmao-2017", "一(一)9")})
    cases = [
        Labelled(SENTENCE, Level.MAJOR, right, key="met"),
        Labelled(Case("砂光机吸尘管上没装亮子盒，是说说的", WINTER, JOINER), Level.GENERAL, key="said"),
        Labelled(Case("灭火器压力不足", WINTER, JOINER), Level.GENERAL, key="other"),
    ]

    effect = effect_of(JUDGE, [SPARK], cases)

    assert (effect.cases, effect.using, effect.better, effect.worse) == (3, 2, 1, 1)
    assert [(one.of.key, one.turn) for one in effect.turned] == [("said", Turn.WORSE), ("met", Turn.BETTER)]
    assert (effect.turned[1].before, effect.turned[1].after) == (Answer(Level.GENERAL), FOUND)


def test_given_a_text_when_own_words_are_looked_for_then_those_it_uses_are_named() -> None:
    other = Lesson(Target.CONCEPT, "泄爆", "放炮口")

    assert said_in(JUDGE, [SPARK, other], SENTENCE.text) == [SPARK]


def test_given_an_answer_that_rests_on_likeness_when_a_word_lets_a_condition_read_it_then_it_is_firmer() -> None:
    alike = Case("木工砂光机的吸尘管上没装亮子盒", WINTER, JOINER)
    whole = read_judge().with_precedents(only_by_likeness(alike.text))
    right = frozenset({("gongmao-2017", "一(一)9")})
    assert answer_of(whole, alike).by_likeness

    effect = effect_of(whole, [SPARK], [Labelled(alike, Level.MAJOR, right)])

    assert [one.turn for one in effect.turned] == [Turn.FIRMER]
    assert (effect.better, effect.worse, effect.turned[0].after) == (0, 0, FOUND)


def only_by_likeness(text: str) -> Precedents:
    """Return precedents by which the words are those of a major hazard, and like one labelled finding."""
    rare = dict.fromkeys(runs(text, LONGEST), 1.0)
    return Precedents(
        Gravity(9.0, rare, dict.fromkeys(rare, 0.0)), Resemblance([Example(text, "gongmao-2017-dust-09")])
    )
