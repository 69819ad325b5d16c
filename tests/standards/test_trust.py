"""How sure an answer is said to be: rising, by words met for the first time, lowered by people, never raised."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.calibrate import TUNING, labelled, meet, read_first_met, samples, trust

from bihuan.standards.data import judging
from bihuan.standards.data import samples as packaged
from bihuan.standards.data.judging import read_judge, read_trust
from bihuan.standards.rules.determine import Level, Step, Trust, confidence, fitted, lowered, rank
from tests.standards.scoring import CASES as CASES_AT
from tests.standards.scoring import read_cases

CASES = read_cases(TUNING)


def test_given_the_packaged_steps_when_the_rank_rises_then_so_does_how_sure_an_answer_is() -> None:
    trust = read_trust()

    for level in Level:
        sure = [trust.of(level, number / 100) for number in range(101)]
        assert sure == sorted(sure)
        assert 0 <= sure[0] <= sure[-1] < 1


def test_given_the_answers_at_first_meeting_when_fitted_then_they_are_the_packaged_steps() -> None:
    """`python -m tools.calibrate` makes them again; what was learnt from proves nothing."""
    assert dict(read_trust().steps) == dict(trust(read_first_met()))


def test_given_new_sentences_when_met_then_each_is_kept_with_its_answer_and_whether_it_was_right() -> None:
    lines = [
        "G|-|2023-06-01|家具|工贸|木粉尘|灭火器压力低",
        "M|gongmao-2017-dust-09|2018-01-10|家具|工贸|木粉尘|砂光机风管没有火花探测",
    ]

    met = list(meet(lines))

    assert [one.split("|", 3)[3] for one in met] == lines
    assert [one.split("|")[::2][:2] for one in met] == [["一般", "1"], ["重大", "1"]]
    assert all(0 <= float(one.split("|")[1]) <= 1 for one in met)


def test_given_sentences_that_were_met_when_learnt_from_then_they_were_kept_before() -> None:
    own = set((CASES_AT / "own.txt").read_text(encoding="utf-8").splitlines())

    assert {line.split("|", 3)[3] for line in read_first_met()} <= own


def test_given_the_tuning_half_when_written_as_samples_then_it_is_what_is_packaged() -> None:
    """`python -m tools.calibrate` makes it again."""
    assert samples(CASES) == (TUNING.parents[3] / "src/bihuan/standards/data" / packaged.FILE).read_text("utf-8")
    assert packaged.read_samples() == tuple(map(labelled, CASES))


@given(st.lists(st.tuples(st.integers(0, 20).map(lambda one: one / 20), st.booleans()), max_size=80))
def test_given_any_answers_when_fitted_then_steps_rise_and_count_every_answer_once(
    answers: list[tuple[float, bool]],
) -> None:
    steps = fitted(answers)

    assert [one.rank for one in steps] == sorted({one.rank for one in steps})
    assert [one.share for one in steps] == sorted(one.share for one in steps)
    assert sum(one.asked for one in steps) == len(answers)
    assert sum(one.right for one in steps) == sum(right for _, right in answers)


def test_given_better_answers_below_worse_ones_when_fitted_then_they_are_one_step() -> None:
    answers = [(0.5, True)] * 20 + [(0.7, False)] * 10 + [(0.7, True)] * 10 + [(0.9, True)] * 20

    assert fitted(answers) == [Step(0.5, 30, 40), Step(0.9, 20, 20)]


def test_given_a_rank_below_all_steps_or_a_level_without_any_when_asked_then_no_more_than_the_rank_is_claimed() -> None:
    trust = Trust({"重大": [Step(0.8, 99, 100)]})

    assert trust.of("重大", 0.4) == 0.4
    assert trust.of("一般", 0.7) == 0.7


@given(st.floats(0, 1), st.integers(0, 200), st.integers(0, 200))
def test_given_any_decisions_when_a_share_is_lowered_then_it_is_never_raised(
    share: float, followed: int, not_: int
) -> None:
    now = lowered(share, followed=followed, decided=followed + not_)

    assert 0 <= now <= share + 0.001
    assert not_ or now == pytest.approx(share, abs=0.001)


def test_given_people_who_do_not_follow_when_a_share_is_lowered_then_each_of_them_weighs() -> None:
    steps = [lowered(0.95, followed=0, decided=number) for number in (0, 1, 4, 20)]

    assert steps == [0.95, 0.905, 0.792, 0.475]


def test_given_an_answer_when_its_rank_is_low_then_it_is_not_said_to_be_surer_than_a_higher_one() -> None:
    verdicts = [read_judge().determine(one.case) for one in map(labelled, CASES[:80])]

    for one in verdicts:
        for other in verdicts:
            if one.level is other.level and rank(one) < rank(other):
                assert confidence(one) <= confidence(other)
    assert judging.read_trust() is read_trust()
