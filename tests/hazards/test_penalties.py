"""R3.12: the liability that a hazard's facts may bring, by the law in force on the day; advice, never a decision."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from bihuan.hazards import queries
from bihuan.hazards.rules.acts import Act
from bihuan.hazards.rules.facts import ReportParts, Standing
from bihuan.hazards.rules.penalties import PROVISIONS, Conduct, liabilities, overdue_warning, provision_on
from bihuan.hazards.rules.states import PlaceKind, State
from tests.hazards.stage import Stage

OLD, NEW = date(2018, 1, 15), date(2026, 11, 26)


def late(on: date, days: int = 12, **more: Any) -> Standing:
    facts: dict[str, Any] = {"state": State.RECTIFYING, "level": "general", "deadline": on - timedelta(days=days)}
    return Standing(id=UUID(int=1), **(facts | more))


def said(standing: Standing, on: date) -> list[tuple[Conduct, str, str]]:
    return [(one.conduct, one.fact, one.provision.cited) for one in liabilities(standing, on=on)]


def test_given_an_overdue_hazard_when_asked_then_the_law_of_the_day_answers() -> None:
    fact = "超期 12 天未整改"

    assert said(late(NEW), NEW) == [(Conduct.NOT_REMOVED, fact, "《安全生产法》（2021年修正）第一百零二条")]
    assert said(late(OLD), OLD) == [(Conduct.NOT_REMOVED, fact, "《安全生产法》（2014年修正）第九十九条")]
    assert said(late(date(2010, 1, 1)), date(2010, 1, 1)) == []  # no text known for the day: nothing is said


def test_given_the_two_days_of_the_change_when_asked_then_each_has_its_own_article() -> None:
    before, after = date(2021, 8, 31), date(2021, 9, 1)

    assert [one and one.article for one in (provision_on(Conduct.NOT_REMOVED, day) for day in (before, after))] == [
        "第九十九条", "第一百零二条",
    ]  # fmt: skip
    assert provision_on(Conduct.NOT_REPORTED, before) is None
    assert provision_on(Conduct.REFUSED_AGAIN, before) is None


def test_given_the_articles_when_read_then_amounts_are_those_of_the_text_in_yuan() -> None:
    amounts = {
        (conduct, one.value.article): [(fine.least_yuan, fine.most_yuan) for fine in one.value.fines]
        for conduct, table in PROVISIONS.items()
        for one in table
        if one.value is not None
    }

    ladder = [(0, 100_000), (100_000, 200_000), (20_000, 50_000)]
    assert amounts == {
        (Conduct.NOT_TOLD_WORKERS, "第九十四条第五项"): [(0, 50_000), (50_000, 100_000), (10_000, 20_000)],
        (Conduct.NOT_TOLD_WORKERS, "第九十七条第五项"): ladder,
        (Conduct.NOT_REPORTED, "第一百零一条第五项"): ladder,
        (Conduct.NOT_REMOVED, "第九十九条"): [(0, 0), (100_000, 500_000), (20_000, 50_000)],
        (Conduct.NOT_REMOVED, "第一百零二条"): [(0, 50_000), (0, 0), (50_000, 100_000)],
        (Conduct.REFUSED_AGAIN, "第一百一十二条"): [],
    }


def test_given_a_provision_when_said_then_it_is_one_sentence_with_its_steps() -> None:
    assert overdue_warning(on=NEW) == (
        "依照《安全生产法》（2021年修正）第一百零二条，未采取措施消除事故隐患的，责令立即消除或者限期消除，"
        "处 5 万元以下罚款；拒不执行的，责令停产停业整顿，"
        "对直接负责的主管人员和其他直接责任人员处 5 万元以上 10 万元以下罚款。"
    )
    assert overdue_warning(on=date(2010, 1, 1)) == ""


def test_given_a_major_one_when_not_reported_nor_told_then_both_are_named_from_the_next_day() -> None:
    major = late(NEW, level="major", deadline=NEW, major_since=NEW - timedelta(days=3))

    assert [conduct for conduct, _, _ in said(major, NEW)] == [Conduct.NOT_REPORTED, Conduct.NOT_TOLD_WORKERS]
    assert said(replace(major, major_since=NEW), NEW) == []
    assert said(replace(major, regulator_told=True, workers_told=True), NEW) == []


def test_given_an_order_when_overdue_then_daily_fines_are_named_since_2021() -> None:
    assert [one for one, _, _ in said(late(NEW, is_order=True), NEW)] == [Conduct.NOT_REMOVED, Conduct.REFUSED_AGAIN]
    seen = late(NEW, expiry_checked_on=NEW - timedelta(days=2), expiry_fixed=False)
    assert said(seen, NEW)[0][1] == "超期 12 天未整改，到期复查仍未整改"
    assert said(replace(seen, expiry_fixed=True), NEW) == []  # seen fixed: what lacks is the hand-in
    assert [one for one, _, _ in said(late(OLD, is_order=True), OLD)] == [Conduct.NOT_REMOVED]


def test_given_no_enterprise_or_an_end_or_time_left_when_asked_then_nothing_is_said() -> None:
    assert said(late(NEW, place_kind=PlaceKind.PUBLIC_PLACE), NEW) == []
    assert said(late(NEW, state=State.CLOSED), NEW) == []
    assert said(late(NEW, days=0), NEW) == []


@pytest.mark.django_db
def test_given_an_overdue_hazard_when_the_page_is_read_then_who_enforces_sees_it_and_the_firm_does_not(
    stage: Stage,
) -> None:
    hazard = stage.rectifying(days=3)
    stage.later(5)

    seen = {
        who: [one.fact for one in queries.hazard_for(stage.by(who), hazard.pk, now=stage.at).liabilities]
        for who in ("office", "industry", "inspector", "boss", "village_east")
    }

    late = ["超期 2 天未整改"]
    assert seen == {"office": late, "industry": late, "inspector": late, "boss": [], "village_east": []}


@pytest.mark.django_db
def test_given_a_major_hazard_when_reported_and_told_then_the_page_says_nothing_more(stage: Stage) -> None:
    hazard = stage.major()
    stage.later(2)
    facts = queries.hazard_for(stage.by("office"), hazard.pk, now=stage.at).liabilities
    assert [one.fact for one in facts] == ["定为重大隐患 2 天，没有告知从业人员的记录"]  # 2018: no report in the law

    stage.do(hazard, Act.TELL_REGULATOR, "boss", text="已报", report=ReportParts("现状", "危害", "方案"))
    stage.do(hazard, Act.TELL_WORKERS, "boss", text="已通报")

    assert queries.hazard_for(stage.by("office"), hazard.pk, now=stage.at).liabilities == ()
