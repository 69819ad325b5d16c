"""What a town's decisions teach: words of missed findings, never those of general ones, nothing asked twice."""

from datetime import date

from bihuan.standards.data.judging import read_judge
from bihuan.standards.rules.determine import Case, Enterprise, Level
from bihuan.standards.rules.teaching import Labelled, Lesson, Target, propose, taught

JUDGE = read_judge().by_conditions
WINTER = date(2018, 1, 15)
JOINER = Enterprise("木质家具", ("工贸",), ("粉尘涉爆",))
SPARK = frozenset({("gongmao-2017", "一(一)9")})


def major(key: str, text: str, place: Enterprise = JOINER) -> Labelled:
    return Labelled(Case(text, WINTER, place), Level.MAJOR, SPARK, key)


def general(key: str, text: str) -> Labelled:
    return Labelled(Case(text, WINTER, JOINER), Level.GENERAL, key=key)


MISSED = [major("a", "砂光机的吸尘管上没装亮子盒"), major("b", "3号砂光机吸尘支管，亮子盒没有")]
LESSON = Lesson(Target.CONCEPT, "火花探测", "亮子盒")


def test_given_two_missed_findings_with_a_word_in_common_when_learnt_from_then_it_is_proposed_with_its_evidence() -> (
    None
):
    found = propose(JUDGE, [*MISSED, general("c", "灭火器压力不足")])

    assert [(one.lesson, one.standard, one.clause) for one in found] == [(LESSON, "gongmao-2017", "一(一)9")]
    assert (found[0].turned, found[0].using, found[0].right) == (("a", "b"), ("a", "b"), 2)


def test_given_one_missed_finding_when_learnt_from_then_nothing_is_proposed() -> None:
    assert propose(JUDGE, MISSED[:1]) == []


def test_given_the_same_words_written_twice_when_learnt_from_then_they_count_once() -> None:
    assert propose(JUDGE, [MISSED[0], major("b", MISSED[0].case.text)]) == []


def test_given_the_word_in_a_finding_decided_general_when_learnt_from_then_it_is_not_proposed() -> None:
    assert propose(JUDGE, [*MISSED, general("c", "亮子盒上的标签掉了")]) == []


def test_given_a_proposal_answered_before_when_learnt_from_then_the_word_is_not_proposed_for_anything() -> None:
    assert propose(JUDGE, MISSED, answered=[LESSON]) == []


def test_given_the_word_accepted_when_learnt_from_again_then_nothing_is_left_to_propose() -> None:
    assert propose(taught(JUDGE, [LESSON]), MISSED) == []


def test_given_findings_that_the_suggestion_gets_right_when_learnt_from_then_nothing_is_proposed() -> None:
    known = [major("a", "砂光机吸尘管上没装火花探测"), major("b", "砂光机除尘管没有火花探测报警装置")]

    assert propose(JUDGE, known) == []


def test_given_a_word_used_beside_another_clause_when_learnt_from_then_the_share_right_is_told() -> None:
    other = Labelled(
        Case("亮子盒旁除尘器没有泄爆口", WINTER, JOINER), Level.MAJOR, frozenset({("gongmao-2017", "一(一)3")}), "d"
    )

    found = propose(JUDGE, [*MISSED, other])

    assert (found[0].right, len(found[0].using)) == (2, 3)


def test_given_the_same_decisions_in_the_same_order_when_learnt_from_twice_then_the_answer_is_the_same() -> None:
    assert propose(JUDGE, MISSED) == propose(JUDGE, MISSED)
