"""What the cube keeps of hazards beside their states: each from a built history, now and as of a day before."""

from datetime import date, timedelta

import pytest

from bihuan.enterprises import services as enterprises
from bihuan.hazards import measures
from bihuan.hazards.models import Hazard
from bihuan.hazards.rules.acts import Act
from bihuan.hazards.rules.states import FileRole, Source
from bihuan.kernel.actor import PLATFORM
from bihuan.stats import queries as stats
from bihuan.stats import services as stats_services
from bihuan.stats.models import Cube
from bihuan.trail.models import Event
from tests.hazards.stage import CLAUSE, DAY, FIVE, Stage

pytestmark = pytest.mark.django_db
CELLS = ("key", "measure", "level", "grain", "on", "amount")


def _now(
    stage: Stage, *names: str, until: date | None = None, path: str = "", known: date | None = None
) -> dict[str, int]:
    place = stats.place_of_unit(PLATFORM, path or stage.town.town.path)
    figures = stats.figures(place, names, until=until or stage.day, known=known)
    return {name.removeprefix("hazards."): figures.total(name) for name in names}


def test_given_arrangements_when_counted_then_only_what_is_not_fixed_at_once_needs_five(stage: Stage) -> None:
    stage.assigned()
    stage.order(stage.confirmed(), days=0, deadline_kind="same_day")
    bare = stage.do(
        stage.confirmed(),
        Act.ASSIGN,
        "office",
        deadline=stage.day + timedelta(days=10),
        deadline_kind="days",
        supervisor_post_id=stage.town.posts["industry"],
    )
    before, after = (FileRole.BEFORE, FileRole.AFTER)
    stage.do(stage.confirmed(), Act.FIX_ON_SPOT, "office", signed_by="厂长", files=stage.proof("office", before, after))
    names = ("hazards.ordered", "hazards.immediate", "hazards.arranged")
    first = _now(stage, *names)
    stage.later(2)
    stage.do(bare, Act.ARRANGE, "safety", arrangements=FIVE)

    assert first == {"ordered": 4, "immediate": 2, "arranged": 1}
    assert _now(stage, *names) == {"ordered": 4, "immediate": 2, "arranged": 2}
    assert _now(stage, *names, until=DAY) == first


def test_given_a_slow_office_when_gradings_are_counted_then_late_ones_stand_on_the_day_of_finding(stage: Stage) -> None:
    slow, quick = stage.report(), stage.report()
    stage.do(quick, Act.CONFIRM, "office", level="general")
    stage.later(4)  # a Friday, four working days later
    stage.do(slow, Act.CONFIRM, "office", level="general")

    assert _now(stage, "hazards.graded_late", "hazards.found_fact") == {"graded_late": 1, "found_fact": 2}
    assert _now(stage, "hazards.graded_late", until=DAY, known=stage.day) == {"graded_late": 1}
    assert _now(stage, "hazards.graded_late", until=DAY) == {"graded_late": 0}  # it was not late yet
    assert _now(stage, "hazards.graded_late", until=DAY - timedelta(days=1)) == {"graded_late": 0}


def test_given_one_entered_days_later_when_a_day_between_is_asked_then_it_was_not_known_and_today_it_is(
    stage: Stage,
) -> None:
    found_on = stage.day
    taken, moved = stage.report(), stage.report()
    stage.do(moved, Act.CONFIRM, "office", level="general")
    stage.later(4)
    stage.report(found_on=found_on)
    stage.do(moved, Act.TRANSFER, "office", organ="区住建局", text="移送", files=stage.paper("office"))
    stage.do(taken, Act.CONFIRM, "office", level="major", criterion=CLAUSE, text="符合")
    place, since = stats.place_of_unit(PLATFORM, stage.town.town.path), found_on - timedelta(days=1)

    def told(until: date, known: date | None = None) -> tuple[int, int, int]:
        figures = stats.figures(place, ["hazards.found_fact"], since=since, until=until, known=known)
        total = figures.total("hazards.found_fact")
        return total, figures.of("hazards.found_fact", "general"), figures.of("hazards.found_fact", "major")

    behind = stats.rows_behind(PLATFORM, "hazards.found_fact", path=stage.town.town.path, since=since, until=found_on)

    assert told(found_on) == (2, 1, 0)  # as the day before yesterday's page said it
    assert told(stage.day - timedelta(days=1)) == (2, 1, 0)
    assert told(stage.day) == told(found_on, known=stage.day) == (2, 0, 1)
    assert {one.subject_id for one in behind} == {taken.pk, moved.pk}


def test_given_major_hazards_when_their_basis_is_counted_then_exceptions_are_told(stage: Stage) -> None:
    stage.major()
    whole = stage.report(description="全厂无专职安全员")
    paper = stage.proof("office", FileRole.DOCUMENT, kind="document")
    stage.do(whole, Act.CONFIRM, "office", level="major", whole_judgement=True, text="整体判定", files=paper)
    early = stage.report(found_on=date(2017, 11, 1), description="除尘系统未设泄爆")
    stage.do(early, Act.CONFIRM, "office", level="major", criterion=CLAUSE, text="2017年11月还没有标准")
    names = ("hazards.uncited", "hazards.later_criterion")
    marked = _now(stage, *names)
    stage.later(1)
    stage.do(early, Act.REQUEST_LOWERING, "office", text="铝粉已清，定错了", files=stage.paper("office"))
    stage.do(early, Act.APPROVE_LOWERING, "chief", text="同意")

    assert marked == {"uncited": 1, "later_criterion": 1}
    assert _now(stage, *names) == {"uncited": 1, "later_criterion": 0}
    assert _now(stage, *names, until=DAY) == marked


def test_given_listings_when_counted_then_those_after_the_red_line_are_late(stage: Stage) -> None:
    stage.listed()
    slow = stage.major()
    stage.later(9)
    slow = stage.do(
        stage.do(slow, Act.PROPOSE_LISTING, "office", text="提请"), Act.LIST, "chair", **stage.order_given()
    )
    names = ("hazards.ever_listed", "hazards.listed_late")

    assert _now(stage, *names) == {"ever_listed": 2, "listed_late": 1}
    assert _now(stage, *names, until=DAY) == {"ever_listed": 1, "listed_late": 0}


def test_given_superior_items_when_counted_then_done_closed_and_overdue_are_theirs_alone(stage: Stage) -> None:
    stage.closed()
    item = stage.superior_item()
    late = stage.order(stage.do(stage.report("office", source=Source.SUPERIOR), Act.CONFIRM, "office", level="general"))
    stage.answer_same_kind(item)
    stage.do(item, Act.PASS, "office", text="合格")
    stage.do(item, Act.SUBMIT_SUPERIOR, "office")
    stage.later(11)
    stage.do(item, Act.SUPERIOR_ACCEPT, "superior", text="认可")
    names = ("hazards.superior_done", "hazards.superior_closed", "hazards.superior_overdue")

    assert late.deadline == DAY + timedelta(days=10)
    assert _now(stage, *names) == {"superior_done": 1, "superior_closed": 1, "superior_overdue": 1}
    assert _now(stage, *names, until=DAY) == {"superior_done": 1, "superior_closed": 0, "superior_overdue": 0}


def test_given_closings_repeats_and_transfers_when_counted_then_days_and_answers_add_up(stage: Stage) -> None:
    first = stage.rectified(found_on=DAY - timedelta(days=5))
    stage.self_found()
    again = stage.report(repeat_of=first.pk)
    away = stage.do(
        stage.confirmed(), Act.TRANSFER, "office", organ="区住建局", text="移送", files=stage.paper("office")
    )
    stage.later(3)
    stage.do(first, Act.PASS, "office", text="合格")
    for _ in range(2):
        stage.do(away, Act.RECORD_REPLY, "office", text="已立案", files=stage.paper("office"))
    names = ("hazards.closed", "hazards.days_to_close", "hazards.repeat", "hazards.self_found")
    more = ("hazards.transferred", "hazards.transfer_answered")

    assert again.repeat_of_id == first.pk
    assert _now(stage, *names) == {"closed": 1, "days_to_close": 8, "repeat": 1, "self_found": 1}
    assert _now(stage, *names, until=DAY) == {"closed": 0, "days_to_close": 0, "repeat": 1, "self_found": 1}
    assert _now(stage, *more) == {"transferred": 1, "transfer_answered": 1}
    assert _now(stage, *more, until=DAY) == {"transferred": 1, "transfer_answered": 0}


def test_given_closed_hazards_when_their_marks_are_counted_then_only_what_is_over_counts_and_arranged_is_the_rest(
    stage: Stage,
) -> None:
    names = ("hazards.in.closed", "hazards.immediate_closed", "hazards.unarranged_closed", "hazards.repeat_closed")
    first = stage.closed()
    stage.report(repeat_of=first.pk)
    before, after = (FileRole.BEFORE, FileRole.AFTER)
    spot = stage.do(
        stage.confirmed(), Act.FIX_ON_SPOT, "office", signed_by="厂长", files=stage.proof("office", before, after)
    )
    open_ones = _now(stage, *names)
    stage.do(spot, Act.PASS, "inspector", text="合格")
    closed = _now(stage, *names)
    event = Event.objects.filter(subject_id=first.pk).order_by("-seq")[0]
    event.figures = {name: value for name, value in event.figures.items() if not name.startswith("marks")}

    assert open_ones == dict.fromkeys((name.removeprefix("hazards.") for name in names), 0) | {"in.closed": 1}
    assert closed == open_ones | {"in.closed": 2, "immediate_closed": 1}
    assert "hazards.unarranged_closed" in {delta.measure for delta in measures.contribution(event)}


def test_given_a_firm_that_moves_when_counted_then_its_marks_move_and_nothing_is_lost(stage: Stage) -> None:
    stage.assigned()
    stage.superior_item()
    stage.self_found()
    names = ("hazards.arranged", "hazards.superior_done", "hazards.self_found", "hazards.immediate")
    east, west = stage.town.units["东村"].path, stage.town.units["西村"].path
    whole = _now(stage, *names)
    stage.later(1)
    enterprises.move(
        enterprise_id=stage.firm.id, seen_version=1, path=west, reason="搬厂", actor=stage.by("office"), now=stage.at
    )

    assert _now(stage, *names, path=west) == _now(stage, *names) == whole == dict.fromkeys(whole, 1) | {"arranged": 2}
    assert _now(stage, *names, path=east) == dict.fromkeys(whole, 0)
    assert _now(stage, *names, path=east, until=DAY)["arranged"] == 2


def test_given_hazards_from_before_there_were_marks_when_acts_go_on_then_nothing_falls_below_zero(stage: Stage) -> None:
    old = stage.assigned()
    Hazard.objects.filter(pk=old.pk).update(marks=None)
    Cube.objects.filter(measure__in=[name for _, name, _ in measures.MARKED]).delete()
    stage.later(1)
    stage.do(old, Act.REQUEST_INVALID, "office", text="重复登记")
    counted = _now(stage, "hazards.arranged")
    stage.do(old, Act.APPROVE_INVALID, "chief", text="同意")

    assert counted == {"arranged": 1}
    assert _now(stage, "hazards.arranged") == {"arranged": 0}
    assert not Cube.objects.filter(measure="hazards.arranged", grain="m", amount__lt=0).exists()


def test_given_events_without_marks_when_folded_then_they_count_as_before(stage: Stage) -> None:
    stage.closed()
    for event in Event.objects.filter(kind__startswith="hazard."):
        event.figures = {name: value for name, value in event.figures.items() if not name.startswith("marks")}
        told = {delta.measure for delta in measures.contribution(event)}
        assert not told & {name for _, name, _ in measures.MARKED}


def test_given_acts_when_they_are_counted_then_the_cube_grows_by_few_rows(stage: Stage) -> None:
    """21 rows for each mark: five units and their sectors by day and month, and the enterprise by day."""
    grown: dict[str, int] = {}

    def rows() -> int:
        new = {name for _, name, _ in measures.MARKED} | {"hazards.self_found", "hazards.days_to_close"}
        return Cube.objects.filter(measure__in=new | {"hazards.graded_late", "hazards.superior_overdue"}).count()

    row = stage.report()
    grown["report"] = rows()
    row = stage.do(row, Act.CONFIRM, "office", level="general")
    grown["confirm"] = rows()
    row = stage.order(row)
    grown["assign"] = rows()
    row = stage.do(row, Act.ACCEPT, "safety")
    row = stage.hand_in(row)
    grown["hand_in"] = rows()
    stage.later(1)
    stage.do(row, Act.PASS, "office", text="合格")
    grown["pass"] = rows()

    assert grown == {"report": 0, "confirm": 0, "assign": 21, "hand_in": 21, "pass": 42}


def test_given_a_history_when_the_cube_is_rebuilt_then_it_is_the_same(stage: Stage) -> None:
    stage.delisted()
    stage.superior_item()
    stage.self_found()
    before = sorted(Cube.objects.exclude(amount=0).values_list(*CELLS))

    stats_services.rebuild()

    assert sorted(Cube.objects.exclude(amount=0).values_list(*CELLS)) == before
