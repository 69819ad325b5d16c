"""A superior's own deadline: read from words, owed by it, and lateness counted against it (R9.7)."""
# ruff: noqa: E501 -- a table is read by column

from datetime import date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.campaigns.models import Return, ReturnForm
from bihuan.campaigns.queries import returns as queries
from bihuan.campaigns.rules.returns.deadlines import deadline_kept, deadline_of, deadline_read, rule_words
from bihuan.campaigns.rules.returns.rhythm import Deadline, Rhythm, current, due_on, due_words, periods
from bihuan.campaigns.services import returns as services
from bihuan.kernel.actor import PLATFORM
from bihuan.kernel.calendar import SHANGHAI, end_of
from bihuan.kernel.errors import Refusal
from bihuan.kernel.indicators import Question
from bihuan.stats import queries as stats
from tests.campaigns.returns.stage import ReturnStage

TODAY = date(2018, 1, 15)


@pytest.mark.parametrize(
    ("words", "said", "day", "since", "until", "due"),
    [
        ("每周四16:00前", "每周四 16:00 前报到周三的", date(2018, 1, 18), (1, 11), (1, 17), "1月18日 16:00"),
        ("每星期一上午9点前", "每周一 09:00 前报到周日的", date(2018, 1, 22), (1, 15), (1, 21), "1月22日 09:00"),
        ("每周日", "每周日 24:00 前报到周六的", date(2018, 1, 21), (1, 14), (1, 20), "1月21日 24:00"),
        ("每日下午5时半", "每天 17:30 前报前一天的", date(2018, 1, 16), (1, 15), (1, 15), "1月16日 17:30"),
        ("每日17时前报送当日火情", "每天 17:00 前报当天的", date(2018, 1, 16), (1, 16), (1, 16), "1月16日 17:00"),
        ("每月25日前", "每月 25 日 24:00 前报到前一天的", date(2018, 1, 25), (12, 25), (1, 24), "1月25日 24:00"),
        ("次月5日前", "每月 5 日 24:00 前报上个月的", date(2018, 2, 5), (1, 1), (1, 31), "2月5日 24:00"),
        ("每月底", "每月 末日 24:00 前报到前一天的", date(2018, 2, 28), (1, 31), (2, 27), "2月28日 24:00"),
        ("逢5日、15日、25日", "每月 5 日、15 日、25 日 24:00 前报到前一天的", date(2018, 2, 5), (1, 25), (2, 4), "2月5日 24:00"),
        ("逢5日 17:00", "每月 5 日、15 日、25 日 17:00 前报到前一天的", date(2018, 1, 25), (1, 15), (1, 24), "1月25日 17:00"),
        ("每月15日和月底", "每月 15 日、末日 24:00 前报到前一天的", date(2018, 1, 31), (1, 15), (1, 30), "1月31日 24:00"),
        ("每季度首月10日", "每季度第一个月 10 日 24:00 前报上一季度的", date(2018, 4, 10), (1, 1), (3, 31), "4月10日 24:00"),
        ("每季度末月20日下班前", "每季度第三个月 20 日 17:30 前报到前一天的", date(2018, 3, 20), (12, 20), (3, 19), "3月20日 17:30"),
    ],
)  # fmt: skip
def test_given_words_of_a_superior_when_read_then_days_and_hour_are_theirs_and_are_said_back(
    words: str, said: str, day: date, since: tuple[int, int], until: tuple[int, int], due: str
) -> None:
    read = deadline_read(words, today=TODAY)

    assert read is not None
    assert rule_words(read.rhythm, read.deadline) == said
    found = due_on(read.rhythm, day, read.deadline)
    assert found is not None
    assert ((found.since.month, found.since.day), (found.until.month, found.until.day)) == (since, until)
    assert due_words(found.due_at) == due
    assert deadline_of(deadline_kept(read.deadline)) == read.deadline


def test_given_a_day_when_read_then_it_is_owed_once_and_what_says_no_day_is_not_guessed() -> None:
    once = deadline_read("4月30日18:00前", today=TODAY)

    assert once is not None
    assert (once.rhythm, once.once) == (Rhythm.SPECIAL, datetime(2018, 4, 30, 18, tzinfo=SHANGHAI))
    for words in ("", "尽快", "每月", "及时报送", "2月30日", "每季度"):
        assert deadline_read(words, today=TODAY) is None, words


MONTHLY = st.builds(
    Deadline,
    days=st.lists(st.integers(1, 31), min_size=1, max_size=1).map(tuple),
    at=st.none() | st.just(time(16)),
    whole=st.booleans(),
)
SCHEDULES = st.one_of(
    st.tuples(st.just(Rhythm.DAILY), st.builds(Deadline, at=st.just(time(9)))),
    st.tuples(st.just(Rhythm.WEEKLY), st.builds(Deadline, weekday=st.integers(0, 6), at=st.none() | st.just(time(8)))),
    st.tuples(
        st.just(Rhythm.TEN_DAYS),
        st.builds(
            Deadline, days=st.lists(st.integers(1, 31), min_size=1, max_size=6, unique=True).map(sorted).map(tuple)
        ),
    ),
    st.tuples(st.just(Rhythm.MONTHLY), MONTHLY),
    st.tuples(
        st.just(Rhythm.QUARTERLY),
        st.one_of(
            st.builds(Deadline, days=st.tuples(st.integers(1, 31)), month=st.integers(1, 3)),
            st.builds(Deadline, days=st.tuples(st.integers(1, 31)), whole=st.just(True)),  # noqa: FBT003 -- a value
        ),
    ),
)


@given(schedule=SCHEDULES, first=st.dates(date(2012, 1, 1), date(2027, 12, 31)))
def test_given_any_deadline_when_periods_follow_each_other_then_no_day_is_left_out_and_none_comes_twice(
    schedule: tuple[Rhythm, Deadline], first: date
) -> None:
    rhythm, deadline = schedule

    found = list(periods(rhythm, first, first + timedelta(days=365), deadline))

    assert all(one.until + timedelta(days=1) == other.since for one, other in pairwise(found))
    assert all(one.since <= one.until and one.due_at > end_of(one.until) for one in found)
    assert current(rhythm, first, deadline) == found[0]


def start(stage: ReturnStage, due: str, *units: str) -> ReturnForm:
    form_id = services.start_form(
        title="打非治违进展情况",
        due=due,
        unit_ids=[stage.unit(one) for one in units],
        to_whom="区安委办",
        actor=stage.loop.by("office"),
        now=stage.loop.at,
    )
    return ReturnForm.objects.get(pk=form_id)


@pytest.mark.django_db
def test_given_a_duty_read_in_a_plan_when_started_then_it_is_owed_by_its_own_hour_and_late_after_it(
    stage: ReturnStage,
) -> None:
    form = start(stage, "每周四16:00前", "东村", "西村")
    days = (date(2018, 1, 11), date(2018, 1, 17))
    stage.on(date(2018, 1, 18), 15)
    stage.sent(stage.begin(form, *days, unit="东村", who="village_east"), "village_east")
    stage.on(date(2018, 1, 18), 17)

    lines = {one.unit_name: one for one in queries.owed_for(stage.loop.by("office"), now=stage.loop.at)}
    asked = Question(stage.loop.town.town.path, date(2018, 1, 18), date(2018, 1, 18))
    counted = stats.answers(PLATFORM, ["campaigns.returns_due", "campaigns.returns_on_time"], asked)

    assert (form.state, form.title, form.to_whom) == ("in_use", "打非治违进展情况", "区安委办")
    assert form.grid["sheets"][0]["cells"][0][2] == "打非治违进展情况"
    assert {name: (one.is_late, one.is_missing) for name, one in lines.items()} == {
        "东村": (False, False),
        "西村": (True, True),
    }
    assert {name: one.amount for name, one in counted.items() if one} == {
        "campaigns.returns_due": 2,
        "campaigns.returns_on_time": 1,
    }


@pytest.mark.django_db
def test_given_a_duty_that_is_owed_once_when_started_then_the_units_are_asked_at_once(stage: ReturnStage) -> None:
    start(stage, "1月31日18:00", "东村")

    row = Return.objects.get()
    assert (row.unit_name, row.since, row.until) == ("东村", TODAY, date(2018, 1, 30))
    assert row.due_at == datetime(2018, 1, 31, 18, tzinfo=SHANGHAI)


@pytest.mark.django_db
def test_given_a_form_when_its_deadline_is_mended_then_words_decide_until_it_is_in_use(stage: ReturnStage) -> None:
    form = stage.upload("villages.xlsx", due="每月25日前")
    said = {"form_id": form.pk, "actor": stage.loop.by("office"), "now": stage.loop.at}
    assert (form.rhythm, form.deadline["days"]) == ("monthly", [25])
    with pytest.raises(Refusal, match="看不出报送时间。请照这样写"):
        services.mend_form(seen_version=form.version, facts={"due": "尽快"}, **said)

    services.mend_form(seen_version=form.version, facts={"due": "逢5日"}, **said)
    form.refresh_from_db()
    used = stage.use(form)

    assert (form.rhythm, form.deadline["days"]) == ("ten_days", [5, 15, 25])
    with pytest.raises(Refusal, match="不能再改"):
        services.mend_form(seen_version=used.version, facts={"due": "每周四16:00"}, **said)
