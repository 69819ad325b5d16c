"""The single act is the plural of one; a plural act is all or nothing and asks the database a fixed number of times."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from bihuan.hazards import services
from bihuan.hazards.models import Hazard, Round
from bihuan.hazards.rules.acts import Act
from bihuan.hazards.rules.facts import Given
from bihuan.hazards.services import engine
from bihuan.hazards.services.writing import compare_and_set
from bihuan.kernel.errors import NotFound, Outdated, Rejected
from bihuan.stats.models import Cube
from bihuan.trail.models import Event
from tests.hazards.stage import FIVE, Stage

pytestmark = pytest.mark.django_db
VARY = {"id", "serial", "number", "round_id", "hazard_id", "version"}


def order(stage: Stage) -> Given:
    return Given(
        deadline=stage.day + timedelta(days=10),
        deadline_kind="days",
        supervisor_post_id=stage.town.posts["industry"],
        arrangements=FIVE,
    )


def stripped(rows: Any) -> list[dict[str, Any]]:
    return [{name: value for name, value in row.items() if name not in VARY} for row in rows.values()]


def told(hazard_ids: list[Any]) -> list[dict[str, Any]]:
    rows = Event.objects.filter(subject_id__in=hazard_ids).order_by("kind", "seq")
    own = {"id", "seq", "subject_id", "prev_hash", "hash", "figures", "after", "before"}
    return [{name: value for name, value in row.items() if name not in own} for row in rows.values()]


def test_given_acts_of_one_and_one_act_of_many_when_done_then_rows_events_and_cubes_are_equal(stage: Stage) -> None:
    office = stage.by("office")
    singly = [stage.report().pk for _ in range(3)]
    together = [
        one.hazard_id for one in services.report_many([stage.finding()] * 3, actor=stage.by("inspector"), now=stage.at)
    ]
    before = cubes()

    for hazard_id in singly:
        services.advance(hazard_id=hazard_id, act=Act.CONFIRM, given=Given(level="general"), actor=office, now=stage.at)
        services.advance(hazard_id=hazard_id, act=Act.ASSIGN, given=order(stage), actor=office, now=stage.at)
    one_by_one = moved(before, cubes())
    middle = cubes()
    items = [services.Item(one, Given(level="general")) for one in together]
    services.advance_many(items, act=Act.CONFIRM, actor=office, now=stage.at)
    services.advance_many(
        [services.Item(one, order(stage)) for one in together], act=Act.ASSIGN, actor=office, now=stage.at
    )

    assert stripped(Hazard.objects.filter(pk__in=singly)) == stripped(Hazard.objects.filter(pk__in=together))
    assert stripped(Round.objects.filter(hazard__in=singly)) == stripped(Round.objects.filter(hazard__in=together))
    assert told(singly) == told(together)
    assert one_by_one == moved(middle, cubes())


def cubes() -> dict[Any, int]:
    rows = Cube.objects.values_list("key", "measure", "level", "grain", "on", "amount")
    return {tuple(row[:5]): row[5] for row in rows}


def moved(before: dict[Any, int], after: dict[Any, int]) -> dict[Any, int]:
    found = {key: after.get(key, 0) - before.get(key, 0) for key in {*before, *after}}
    return {key: amount for key, amount in found.items() if amount}


def test_given_one_bad_row_when_acted_on_together_then_each_bad_one_is_named_and_none_is_written(stage: Stage) -> None:
    good, bad, gone = stage.report(), stage.confirmed(), stage.report()
    events = Event.objects.count()
    stage.do(gone, Act.REMIND, "office")
    items = [
        services.Item(good.pk, Given(level="general")),
        services.Item(bad.pk, Given(level="general")),
        services.Item(gone.pk, Given(level="general"), seen_version=gone.version),
    ]

    with pytest.raises(Rejected) as refused:
        services.advance_many(items, act=Act.CONFIRM, actor=stage.by("office"), now=stage.at)

    assert refused.value.refused == {
        bad.pk: "现在是“已定级”，不能办理“核实定级”。请刷新看最新情况。",
        gone.pk: "刚刚有人改动了这一项。请刷新页面看过最新情况再办。",
    }
    assert Hazard.objects.get(pk=good.pk).state == "reported"
    assert Event.objects.count() == events + 1
    assert services.refusals(items, act=Act.CONFIRM, actor=stage.by("office"), now=stage.at) == refused.value.refused


def test_given_an_old_page_when_acted_on_then_it_is_outdated(stage: Stage) -> None:
    hazard = stage.report()
    stage.do(hazard, Act.REMIND, "office")

    with pytest.raises(Outdated):
        services.advance(
            hazard_id=hazard.pk,
            act=Act.CONFIRM,
            given=Given(level="general"),
            seen_version=hazard.version,
            actor=stage.by("office"),
            now=stage.at,
        )


def test_given_the_same_row_twice_when_acted_on_then_it_is_refused(stage: Stage) -> None:
    hazard = stage.report()

    with pytest.raises(Rejected) as refused:
        services.advance_many(
            [services.Item(hazard.pk), services.Item(hazard.pk)], act=Act.REMIND, actor=stage.by("office"), now=stage.at
        )

    assert refused.value.refused == {hazard.pk: "同一项选了两次。"}


def test_given_a_row_of_another_place_when_acted_on_then_it_does_not_exist(stage: Stage) -> None:
    hazard = stage.report()

    with pytest.raises(NotFound):
        services.advance(hazard_id=hazard.pk, act=Act.REMIND, actor=stage.by("village_west"), now=stage.at)


def test_given_more_rows_when_acted_on_then_the_queries_stay_as_many(stage: Stage) -> None:
    few, many = [stage.report().pk for _ in range(2)], [stage.report().pk for _ in range(9)]
    stage.confirmed()  # warms what `standards` keeps

    counts = []
    for ids in (few, many):
        items = [services.Item(one, Given(level="general")) for one in ids]
        with CaptureQueriesContext(connection) as caught:
            services.advance_many(items, act=Act.CONFIRM, actor=stage.by("office"), now=stage.at)
        counts.append(len(caught))

    assert counts[0] == counts[1]
    assert counts[0] <= 25


def test_given_two_numbers_when_one_report_fails_then_no_number_is_lost(stage: Stage) -> None:
    first = stage.report()
    with pytest.raises(Rejected):
        services.report_many(
            [stage.finding(), stage.finding(description="")], actor=stage.by("inspector"), now=stage.at
        )

    assert (first.number, stage.report().number) == ("2018-0001", "2018-0002")


def test_given_a_row_that_moves_in_between_when_written_then_one_wins_and_the_other_is_told(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = stage.report(), stage.report()
    events = Event.objects.count()

    def overtaken(rows: Any, columns: Any) -> Any:
        Hazard.objects.filter(pk=second.pk).update(version=second.version + 7)  # somebody else has just written it
        return compare_and_set(rows, columns)

    monkeypatch.setattr(engine, "compare_and_set", overtaken)
    with pytest.raises(Rejected) as refused, transaction.atomic():
        services.advance_many(
            [services.Item(one.pk, Given(level="general")) for one in (first, second)],
            act=Act.CONFIRM,
            actor=stage.by("office"),
            now=stage.at,
        )
    assert refused.value.refused == {second.pk: "刚刚有人改动了这一项。请刷新页面看过最新情况再办。"}

    with pytest.raises(Outdated), transaction.atomic():
        services.advance(
            hazard_id=second.pk, act=Act.CONFIRM, given=Given(level="general"), actor=stage.by("office"), now=stage.at
        )
    assert list(Hazard.objects.order_by("serial").values_list("state", "version")) == [("reported", 1), ("reported", 1)]
    assert Event.objects.count() == events
