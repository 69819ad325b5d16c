"""R3.20: a working day after the deadline a major hazard is before its leader and the leading group."""

from datetime import timedelta

import pytest

from bihuan.hazards import queries
from bihuan.hazards.models import Hazard
from bihuan.hazards.rules.acts import Act
from bihuan.hazards.services.warning import tell_warned
from bihuan.kernel.waiting import Waiting
from bihuan.trail.models import Event, Notice
from tests.hazards.stage import Stage

pytestmark = pytest.mark.django_db


def warned(stage: Stage, who: str) -> dict[object, Waiting]:
    rows = queries.waiting_for(stage.by(who), now=stage.at).rows
    return {row.subject_id: row for row in rows if row.what == "hazard.warned"}


def overdue_major(stage: Stage, days: int = 1) -> Hazard:
    hazard = stage.listed()
    assert hazard.deadline is not None
    stage.at += timedelta(days=(hazard.deadline - stage.day).days + days)
    return hazard


def test_rule_r3_20_an_overdue_major_hazard_waits_with_its_attached_leader_and_the_chair(stage: Stage) -> None:
    hazard = overdue_major(stage, 0)
    assert [warned(stage, who) for who in ("leader", "chair")] == [{}, {}]
    stage.later(1)  # Tuesday 13 February, a working day after the deadline

    row = warned(stage, "leader")[hazard.pk]

    assert row.reason.startswith("重大隐患逾期预警：限期 2月12日，未提交整改；过了 1 个工作日，到“预警”一步")
    assert (row.verb, row.level, row.due_on) == ("过问", "major", hazard.deadline)
    assert list(warned(stage, "chair")) == [hazard.pk]
    assert queries.waiting_for(stage.by("leader"), now=stage.at).by_what["hazard.warned"] == 1
    assert [warned(stage, who) for who in ("office", "industry", "village_east", "boss")] == [{}, {}, {}, {}]
    stage.do(hazard, Act.REMIND, "leader", text="请本周内完成", escalation=2)
    stage.hand_in(hazard)
    assert [warned(stage, who) for who in ("leader", "chair")] == [{}, {}]


def test_given_a_leader_of_another_place_or_a_general_hazard_when_overdue_then_nothing_waits(stage: Stage) -> None:
    stage.rectifying(days=4)
    stage.people["other"] = stage.town.users[stage.leader_of("西村")]
    overdue_major(stage)

    assert warned(stage, "other") == {}
    assert len(warned(stage, "leader")) == 1


def test_rule_r3_20_the_bell_rings_once_for_leader_and_chair_on_the_day_of_the_warning(stage: Stage) -> None:
    hazard = overdue_major(stage, 0)
    stage.rectifying(days=1)
    Notice.objects.all().delete()
    events = Event.objects.count()

    told = []
    for _ in range(4):
        told.append(tell_warned(today=stage.day, now=stage.at))
        stage.later(1)

    assert told == [0, 2, 0, 0]
    leaders = {stage.town.posts["leader"], stage.town.posts["chair"]}
    assert {(one.kind, one.subject_id, one.post_id) for one in Notice.objects.all()} == {
        ("hazard.warned", hazard.pk, post) for post in leaders
    }
    assert "重大隐患逾期预警，限期 2月12日" in Notice.objects.first().say  # type: ignore[union-attr] # -- two are there
    assert Event.objects.count() == events


def test_rule_r3_20_who_takes_the_step_of_the_warning_tells_the_leaders(stage: Stage) -> None:
    hazard = overdue_major(stage)
    Notice.objects.all().delete()

    stage.do(hazard, Act.REMIND, "office", text="先催一催")
    assert not Notice.objects.filter(post_id=stage.town.posts["leader"]).exists()
    stage.do(hazard, Act.REMIND, "office", text="已报", escalation=2)

    heard = set(Notice.objects.filter(kind="hazard.remind").values_list("post_id", flat=True))
    assert {stage.town.posts["leader"], stage.town.posts["chair"]} <= heard
