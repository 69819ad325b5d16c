"""举一反三 and monthly self-reports as figures, now and as of a day before."""

from datetime import timedelta

import pytest

from bihuan.enterprises import services as enterprises
from bihuan.enterprises.rules.facts import Entry
from bihuan.hazards import services
from bihuan.hazards.models import SameKindReply, SameKindTask
from bihuan.hazards.rules.same_kind import NewTask, Reply
from bihuan.kernel.actor import PLATFORM
from bihuan.kernel.indicators import Question
from bihuan.stats import queries as stats
from tests.hazards.stage import DAY, NOON, Stage

pytestmark = pytest.mark.django_db


def _asked(stage: Stage, *names: str, days: int | None = None, unit: str = "") -> tuple[int, ...]:
    path = stage.town.units[unit].path if unit else stage.town.town.path
    until = stage.day if days is None else DAY + timedelta(days=days)
    answers = [stats.answer(PLATFORM, name, Question(path, DAY - timedelta(days=30), until)) for name in names]
    return tuple(-1 if one is None else one.amount for one in answers)


def _reply(stage: Stage, task_id: object, unit: str, who: str, **counts: int) -> None:
    """Answer for a unit, having seen what it answered before."""
    seen = frozenset(SameKindReply.objects.filter(task=task_id).values_list("pk", flat=True))
    reply = Reply(unit_id=stage.town.units[unit].id, seen=seen, **counts)
    services.reply_same_kind(task_id=task_id, reply=reply, actor=stage.by(who), now=stage.at)  # type: ignore[arg-type]


def test_given_a_superiors_item_when_all_units_have_answered_then_its_check_is_complete_from_that_day(
    stage: Stage,
) -> None:
    item = stage.superior_item()
    names = ("hazards.same_kind_items_completed", "hazards.same_kind_items", "hazards.same_kind_found")
    stage.later(1)
    for unit, who, found in (("东村", "village_east", 2), ("西村", "village_west", 1)):
        _reply(stage, item.same_kind_task_id, unit, who, checked=3, found=found, fixed=0)
    stage.later(1)
    _reply(stage, item.same_kind_task_id, "西村", "village_west", checked=4, found=3, fixed=1)
    _reply(stage, item.same_kind_task_id, "经发办", "industry", checked=1, found=0, fixed=0)

    assert [_asked(stage, *names, days=days) for days in (-1, 0, 1, 2)] == [(0, 0, 0), (0, 1, 0), (0, 1, 3), (1, 1, 5)]
    assert [_asked(stage, "hazards.same_kind_found", unit=unit) for unit in ("东村", "西村", "经发办")] == [
        (2,),
        (3,),
        (0,),
    ]


def test_given_a_superiors_item_of_the_town_when_units_are_asked_then_each_counts_what_it_is_asked(
    stage: Stage,
) -> None:
    item = stage.superior_item()
    stage.later(1)
    _reply(stage, item.same_kind_task_id, "西村", "village_west", checked=3, found=1, fixed=0)
    names = ("hazards.same_kind_items_completed", "hazards.same_kind_items")

    assert SameKindTask.objects.get().path == stage.town.town.path  # it lies at no unit that is asked
    told = {unit: _asked(stage, *names, unit=unit) for unit in ("东村", "西村", "经发办", "建设办")}
    assert told == {"东村": (0, 1), "西村": (1, 1), "经发办": (0, 1), "建设办": (0, 0)}
    whole = stats.answer(PLATFORM, names[0], Question(stage.town.town.path, DAY - timedelta(days=30), stage.day))
    assert whole is not None
    assert {name: left for name, left in whole.waits_for.items() if name != "西村"} == {"东村": 1, "经发办": 1}


def test_given_an_accident_notice_when_units_answer_then_those_asked_that_day_are_the_whole(stage: Stage) -> None:
    units = {name: stage.town.units[name].id for name in ("东村", "西村")}
    task = NewTask(
        town_id=stage.town.town.id,
        title="连云港“12·9”爆炸",
        notice="苏安办电",
        category="fire",
        units=tuple(units.values()),
        enterprises=(stage.firm.id,),
    )
    task_id = services.open_same_kind(task=task, actor=stage.by("office"), now=stage.at)
    stage.later(1)
    _reply(stage, task_id, "东村", "village_east", checked=1, found=0, fixed=0)
    services.ask_same_kind(task_id=task_id, units=[units["东村"]], actor=stage.by("office"), now=stage.at)
    asked = (
        "hazards.same_kind_units_answered",
        "hazards.same_kind_units_asked",
        "hazards.same_kind_firms_checked",
        "hazards.same_kind_firms_alike",
    )

    # no more are checked than a notice named
    assert [_asked(stage, *asked, days=days) for days in (0, 1)] == [
        (0, 2, 0, 1),
        (1, 1, 0, 0),
    ]  # no more checked than a notice named
    assert [_asked(stage, *asked[:2], days=0, unit=unit) for unit in ("东村", "西村")] == [(0, 1), (0, 1)]
    assert _asked(stage, "hazards.same_kind_items") == (0,)


def test_given_self_reports_when_counted_then_zero_counts_a_second_does_not_and_gone_firms_do_not(stage: Stage) -> None:
    entry = Entry(name="西村木业", path=stage.town.units["西村"].path, lead_sector="light_industry")
    other = enterprises.register(entry=entry, town_id=stage.town.town.id, actor=PLATFORM, now=NOON)
    stage.later(1)
    for enterprise, who, more in (
        (stage.firm, "boss", ""),
        (stage.firm, "boss", ""),
        (other, "village_west", "西村木业"),
    ):
        services.report_month(
            enterprise_id=enterprise.id,
            month=DAY,
            checks=1,
            is_zero=True,
            acting_for=more,
            papers=[one.evidence_id for one in stage.paper(who)] if more else (),
            actor=stage.by(who),
            now=stage.at,
        )
    stage.later(2)
    enterprises.close(enterprise_id=other.id, seen_version=1, reason="关门", actor=stage.by("office"), now=stage.at)

    assert [_asked(stage, "hazards.self_reporting", days=days) for days in (0, 1, 3)] == [(0,), (2,), (1,)]
    assert [_asked(stage, "hazards.self_reporting", days=1, unit=unit) for unit in ("东村", "西村")] == [(1,), (1,)]
    assert _asked(stage, "hazards.self_reporting", days=20) == (0,)
