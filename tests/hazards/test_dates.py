"""Deadlines, escalation and chips over many dates (R0.3, R3.16–R3.20)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.hazards.rules import deadlines, reports
from bihuan.hazards.rules import next as following
from bihuan.hazards.rules.acts import Act
from bihuan.hazards.rules.arrangements import five_from_six, missing_of_five, missing_of_six, needs_five
from bihuan.hazards.rules.chips import chip_for
from bihuan.hazards.rules.deadlines import Escalation, climbed, highest, latest_deadline_for
from bihuan.hazards.rules.facts import SixParts, Standing
from bihuan.hazards.rules.listing import milestones, unlisted_late_since
from bihuan.hazards.rules.reopening import Earlier, FoundAgain, found_again
from bihuan.hazards.rules.states import DeadlineKind, Level, State
from bihuan.hazards.rules.steps import STEPS
from bihuan.kernel.calendar import WorkCalendar
from bihuan.kernel.roles import Role
from tests.hazards.facts import CALENDAR, FIRM, TERMS, TODAY, facts_for

DAYS = st.dates(min_value=date(2017, 1, 1), max_value=date(2027, 12, 31))
LEVELS = st.sampled_from([Level.GENERAL, Level.MAJOR])
# Spring Festival of 2018: off 15–21 February, worked on 11 and 24 February (国办 notice of 2017-11-30).
SPRING = WorkCalendar(
    holidays=frozenset(date(2018, 2, 15) + timedelta(days=n) for n in range(7)),
    workdays=frozenset({date(2018, 2, 11), date(2018, 2, 24)}),
)


@given(deadline=DAYS, today=DAYS, level=LEVELS)
def test_given_any_dates_when_climbed_then_steps_only_rise_and_never_before_the_deadline(
    deadline: date, today: date, level: Level
) -> None:
    now = climbed(level, deadline, today=today, terms=TERMS, calendar=CALENDAR)
    tomorrow = climbed(level, deadline, today=today + timedelta(days=1), terms=TERMS, calendar=CALENDAR)

    assert all(one.since > deadline for one in now)
    assert {one.step for one in now} <= {one.step for one in tomorrow}
    assert highest(now) <= highest(tomorrow)
    assert bool(now) == (today > deadline)


@given(deadline=DAYS, ahead=st.integers(min_value=0, max_value=40), step=st.sampled_from(list(Escalation)[1:]))
def test_given_a_step_when_its_latest_deadline_is_asked_then_it_agrees_with_climbing(
    deadline: date, ahead: int, step: Escalation
) -> None:
    today = deadline + timedelta(days=ahead)
    steps = {one.step for one in climbed(Level.MAJOR, deadline, today=today, terms=TERMS, calendar=SPRING)}

    latest = latest_deadline_for(step, today=today, terms=TERMS, calendar=SPRING)

    assert (step in steps) == (deadline <= latest)


def test_given_spring_festival_when_overdue_then_holidays_do_not_climb() -> None:
    deadline = date(2018, 2, 13)

    reached = {
        one.step: one.since
        for one in climbed(Level.MAJOR, deadline, today=date(2018, 3, 10), terms=TERMS, calendar=SPRING)
    }

    assert reached == {
        Escalation.REMIND: date(2018, 2, 14),
        Escalation.WARN: date(2018, 2, 14),
        Escalation.PRESS: date(2018, 2, 23),
        Escalation.BULLETIN: date(2018, 2, 26),
        Escalation.SUSPEND: date(2018, 2, 26),
        Escalation.INTERVIEW: date(2018, 3, 5),
    }


@given(day=DAYS, months=st.integers(min_value=0, max_value=36))
def test_given_any_day_when_months_are_added_then_the_day_stays_or_is_the_months_last(day: date, months: int) -> None:
    later = deadlines.months_after(day, months)

    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later + timedelta(days=1)).day == 1


@given(day=DAYS, deadline=DAYS)
def test_given_any_state_when_asked_then_overdue_is_running_and_past_its_day_only(day: date, deadline: date) -> None:
    late = {state for state in State if deadlines.is_overdue(state, deadline, today=day)}

    assert late == ({State.ASSIGNED, State.RECTIFYING} if day > deadline else set())
    assert deadlines.days_late(State.RECTIFYING, deadline, today=day) == max((day - deadline).days, 0)


@given(day=DAYS, due=DAYS)
def test_given_any_clock_when_shown_then_the_chip_counts_calendar_days(day: date, due: date) -> None:
    chip = chip_for("review", due, today=day, calendar=CALENDAR)

    assert chip.days == (due - day).days
    assert ("逾期" in chip.text) == (due < day)
    assert chip.text.startswith("复查") or chip.text == "今天复查"


@pytest.mark.parametrize(
    ("kind", "due", "text"),
    [
        ("rectify", date(2018, 2, 12), "逾期 2 天"),
        ("rectify", date(2018, 2, 14), "今天到期"),
        ("rectify", date(2018, 2, 19), "节前须办"),
        ("rectify", date(2018, 2, 22), "剩 8 天"),
        ("acceptance", date(2018, 2, 19), "验收节前须办"),
        ("review", date(2018, 2, 11), "复查逾期 3 天"),
        ("list", date(2018, 2, 14), "今天挂牌"),
        ("ended", date(2018, 2, 1), ""),
    ],
)
def test_given_the_day_before_spring_festival_when_shown_then_chips_say_so(kind: str, due: date, text: str) -> None:
    assert chip_for(kind, due, today=date(2018, 2, 14), calendar=SPRING).text == text


def test_given_a_weekend_when_a_deadline_falls_in_it_then_it_is_no_holiday() -> None:
    assert chip_for("rectify", date(2018, 1, 14), today=date(2018, 1, 12), calendar=SPRING).text == "剩 2 天"


@given(today=DAYS)
def test_given_any_day_when_the_red_line_is_counted_back_then_only_the_day_after_is_still_in_time(today: date) -> None:
    latest = unlisted_late_since(today, terms=TERMS, calendar=SPRING)

    assert SPRING.add_working_days(latest, TERMS.listing_red_wd) < today
    assert SPRING.add_working_days(latest + timedelta(days=1), TERMS.listing_red_wd) >= today


@given(confirmed=DAYS)
def test_given_a_major_hazard_when_its_milestones_are_computed_then_they_are_working_days(confirmed: date) -> None:
    marks = milestones(None, major_since=confirmed, terms=TERMS, calendar=SPRING, delisted_on=None)

    due = {mark.name: mark.due_on for mark in marks}
    assert due["提请"] == SPRING.add_working_days(confirmed, 2)
    assert due["挂牌"] == SPRING.add_working_days(confirmed, 5)
    assert due["公告"] is None


@given(day=DAYS)
def test_given_any_day_when_law_is_asked_then_the_text_in_force_answers(day: date) -> None:
    duty = reports.duty_on(day)

    assert duty.to_workers_meeting == (day >= date(2021, 9, 1))
    names = [one.name for one in reports.reports_owed(level="major", on=day, regulator_told=False, workers_told=False)]
    assert ("职工大会" in names[1]) == duty.to_workers_meeting
    assert reports.reports_owed(level="general", on=day, regulator_told=False, workers_told=False) == []


@given(month=DAYS)
def test_given_any_month_when_its_report_is_due_then_it_is_in_the_next_month(month: date) -> None:
    due = reports.self_report_due_on(month.replace(day=1), due_day=TERMS.self_report_day)

    assert reports.month_before(due.replace(day=1)) == month.replace(day=1)
    assert due.day == 5


@given(handed_in=DAYS)
def test_given_a_hand_in_when_its_review_is_due_then_ten_calendar_days_are_given(handed_in: date) -> None:
    assert following.review_due_on(handed_in, days=TERMS.review_days) - handed_in == timedelta(days=10)


@given(today=DAYS, late=st.integers(min_value=-3, max_value=3))
def test_given_a_same_day_hazard_when_that_day_is_over_then_five_are_needed(today: date, late: int) -> None:
    standing = Standing(
        id=FIRM,
        state=State.ASSIGNED,
        level="general",
        deadline=today - timedelta(days=late),
        deadline_kind=DeadlineKind.SAME_DAY,
    )

    assert needs_five(standing, today=today) == (late > 0)
    assert needs_five(replace(standing, level="major"), today=today)


def test_given_a_six_part_plan_when_mapped_then_the_five_arrangements_are_full() -> None:
    plan = SixParts("目标", "方法", "资金", "机构", "时限", "预案")

    assert missing_of_six(plan) == ()
    assert missing_of_five(five_from_six(plan)) == ()
    assert missing_of_six(replace(plan, emergency=" ")) == ("安全措施和应急预案",)
    assert missing_of_five(five_from_six(replace(plan, emergency=""))) == ("预案",)


@given(closed=DAYS, days=st.integers(min_value=0, max_value=400))
def test_given_a_closed_hazard_when_found_again_then_the_window_decides(closed: date, days: int) -> None:
    earlier = Earlier(FIRM, "2018-0001", State.CLOSED, "冲压车间", "equipment", closed)
    today = closed + timedelta(days=days)

    same = found_again(earlier, part="冲压车间", category="equipment", today=today, window_days=90)
    elsewhere = found_again(earlier, part="仓库", category="equipment", today=today, window_days=90)
    other = found_again(earlier, part="冲压车间", category="fire", today=today, window_days=90)

    assert same == (FoundAgain.REOPEN if days <= 90 else FoundAgain.REPEAT)
    assert elsewhere == (FoundAgain.REPEAT if days <= 90 else None)
    assert other is None
    assert TODAY


def test_law_l9_a_life_that_begins_a_year_later_has_a_year_of_its_own_to_be_extended() -> None:
    step = next(one for one in STEPS if one.act == Act.ASK_EXTENSION)
    facts = facts_for(step, State.RECTIFYING, Role.SAFETY_OFFICE)
    ordered = TODAY - timedelta(days=10)
    old = ordered - timedelta(days=500)
    due = TODAY + timedelta(days=5)
    standing = replace(
        facts.standing, level=Level.MAJOR, first_deadline=old, assigned_on=ordered, deadline=due, extension=False
    )
    within = replace(facts.given, text="设备未到", interim="停用", deadline=due + timedelta(days=30))
    beyond = replace(within, deadline=ordered + timedelta(days=400))

    assert deadlines.extension_asked_well(replace(facts, standing=standing, given=within)) == ""
    assert "新期限最迟到" in deadlines.extension_asked_well(replace(facts, standing=standing, given=beyond))
