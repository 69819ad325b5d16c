"""Candidates for 通报 from the rows of other rooms: hazards, returns, led inspections, as of two days (R9.10)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from uuid import UUID

import pytest

from bihuan.campaigns.queries import returns as owed
from bihuan.campaigns.queries import supervision as asking
from bihuan.campaigns.rules.returns.rhythm import Rhythm
from bihuan.campaigns.rules.supervision.grounds import GroundKind, Ranked
from bihuan.campaigns.services import returns
from bihuan.enterprises import services as enterprises
from bihuan.enterprises.rules.facts import Entry
from bihuan.hazards.rules.states import Source
from bihuan.kernel.actor import PLATFORM, Actor
from bihuan.kernel.calendar import SHANGHAI
from bihuan.kernel.indicators import Question
from bihuan.stats import queries as stats
from bihuan.stats.rules import Here, summands_of
from tests.campaigns.stage import SHORT, CampaignStage
from tests.hazards.stage import Stage, make_stage

pytestmark = pytest.mark.django_db


def _found(run: CampaignStage, row_id: object, on: date) -> dict[str, Ranked]:
    grounds = asking.candidates_for(run.by("office"), row_id, on=on)  # type: ignore[arg-type] # -- an id
    return {one.facts.name: one for rows in grounds.groups.values() for one in rows}


def _kinds(one: Ranked) -> set[GroundKind]:
    return {ground.kind for ground in one.grounds} - {GroundKind.NO_PLAN}


def test_given_rows_of_other_rooms_when_candidates_are_computed_then_each_ground_has_its_rows_as_of_the_day() -> None:
    loop: Stage = make_stage()
    run = CampaignStage(loop.town)
    row = run.issued(run.read_text(SHORT.replace("2018年1月31日止", "2018年3月31日止")))
    west = Entry("西村木业", loop.town.units["西村"].path, "light_industry")
    (firm,) = enterprises.register_many(entries=[west], town_id=row.town_id, actor=PLATFORM, now=loop.at)
    office = run.by("office")
    form_id = returns.adopt_form(code="F1", campaign_id=row.pk, to_whom="镇", actor=office, now=loop.at)
    form = owed.form_for(office, form_id)
    returns.use_form(
        form_id=form_id, seen_version=form.version, unit_ids=[loop.town.units["东村"].id], actor=office, now=loop.at
    )
    assert form.rhythm == Rhythm.WEEKLY
    loop.assigned(who="office", source=Source.SUPERIOR)
    loop.assigned()
    loop.assigned()
    loop.known.clear()
    _, loop.people["safety"] = loop.town.enterprise_people(firm.id, village="西村", name="木业")
    for _ in range(2):
        loop.closed(enterprise_id=firm.id, found_on=loop.day)
    first = loop.day
    loop.later(40)

    before, now = _found(run, row.pk, first), _found(run, row.pk, loop.day)

    assert _kinds(before["东村"]) == {GroundKind.LOW_RATE}
    assert _kinds(now["东村"]) == {
        GroundKind.LOW_RATE,
        GroundKind.SUPERIOR_OVERDUE,
        GroundKind.SUPERIOR_UNANSWERED,
        GroundKind.LATE_RETURNS,
    }
    assert _kinds(now["西村"]) == {GroundKind.SUPERIOR_UNANSWERED}  # asked as well what it has of the kind
    assert (now["东村"].place, now["西村"].place, now["东村"].small) == (2, 1, True)
    assert (now["东村"].rate, now["西村"].rate) == ("0.0%", "100.0%")
    for ground in now["东村"].grounds:
        for one in (line for line in ground.rows if line.page == "hazards:counted"):
            said = {number.text for number in ground.numbers}
            assert one.title.endswith(f" {_counted(one.query)} 项")
            assert ground.kind is GroundKind.LOW_RATE or said == {str(_counted(one.query))}
    then = next(one for one in before["东村"].grounds if one.kind is GroundKind.LOW_RATE)
    facts = before["东村"].facts
    assert [_counted(one.query) for one in then.rows] == [facts.counted, facts.rectified]
    late = next(one for one in now["东村"].grounds if one.kind is GroundKind.LATE_RETURNS)
    assert all(line.note == "没有报" for line in late.rows)
    assert all(_listed(office, line.query) == 1 for line in late.rows)
    assert all(str(_listed(office, number.query)) == number.text for number in late.numbers)


def _counted(query: Mapping[str, str]) -> int:
    """How many hazards the page of an address lists, as of its day."""
    until = date.fromisoformat(query["until"])
    here = Here(query["path"], tuple(filter(None, query.get("sector", "").split(","))))
    asked = summands_of(query["measure"], level=query.get("level", ""))
    return sum(one.amount for one in stats.rows_of_sum(PLATFORM, asked, here, since=until, until=until))


def _listed(viewer: Actor, query: Mapping[str, str]) -> int:
    """How many returns the page of an address lists."""
    asked = Question(query["path"], date.fromisoformat(query["since"]), date.fromisoformat(query["until"]))
    ids = {f"{name}_id": UUID(query[name]) for name in ("form", "unit")}
    return len(owed.due_for(viewer, asked, owed.Of(query["of"]), **ids))


def test_given_the_morning_of_a_due_day_when_candidates_are_computed_then_nobody_is_late_before_the_hour() -> None:
    loop: Stage = make_stage()
    run = CampaignStage(loop.town)
    row = run.issued(run.read_text(SHORT.replace("2018年1月31日止", "2018年3月31日止")))
    form_id = returns.adopt_form(code="F1", campaign_id=row.pk, actor=run.by("office"), now=loop.at)
    returns.use_form(
        form_id=form_id, seen_version=1, unit_ids=[loop.town.units["东村"].id], actor=run.by("office"), now=loop.at
    )
    friday = date(2018, 1, 26)  # one was due on the 19th, the second is due at noon

    def late(hour: int) -> bool:
        at = datetime.combine(friday, time(hour), SHANGHAI)
        found = asking.candidates_for(run.by("office"), row.pk, on=friday, at=at)
        [one] = [one for rows in found.groups.values() for one in rows if one.facts.name == "东村"]
        return GroundKind.LATE_RETURNS in _kinds(one)

    assert [late(hour) for hour in (8, 11, 12, 20)] == [False, False, True, True]


def test_given_leaders_that_led_nothing_when_two_whole_months_are_over_then_each_post_is_a_candidate() -> None:
    loop: Stage = make_stage()
    run = CampaignStage(loop.town, datetime(2017, 12, 20, 9, tzinfo=SHANGHAI))
    row = run.issued(run.read_text(SHORT.replace("2018年1月31日止", "2018年3月31日止")))

    on = date(2018, 1, 31)
    early, late = _found(run, row.pk, on - timedelta(days=1)), _found(run, row.pk, on)

    assert _kinds(early["副镇长"]) == set()
    assert _kinds(late["副镇长"]) == {GroundKind.LED_SHORT}
    assert late["副镇长"].facts.part_id is None
    assert replace(late["副镇长"], grounds=()).place is None
