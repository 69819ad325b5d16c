"""What is left open when a campaign is closed: shown before, kept as it was, told to the unit that goes on with it."""

import pytest

from bihuan.campaigns import queries, services
from bihuan.campaigns.models import Decision, Problem, Task
from bihuan.campaigns.rules.handing import GOES_ON, OPEN_NAMES, Handover, OpenKind, item_of, open_rows
from bihuan.campaigns.rules.registers import RecordKind
from bihuan.trail.models import Event, Notice
from tests.campaigns.running import Running, at, day, live
from tests.campaigns.stage import CampaignStage
from tests.campaigns.supervised import make_supervised

CLOSED = at(2, 10, 10)


@pytest.fixture
def run(stage: CampaignStage) -> Running:
    return live(stage)


def close(run: Running) -> None:
    services.close_campaign(
        campaign_id=run.row.pk,
        seen_version=run.row.version,
        summary="查了 40 家",
        actor=run.by("chief", CLOSED),
        now=CLOSED,
    )
    run.row.refresh_from_db()


def left(run: Running, who: str = "office") -> Handover:
    return queries.handover_of(run.by(who, CLOSED), run.row.pk, today=CLOSED.date())


def test_given_a_running_campaign_when_asked_what_is_open_then_it_is_each_thing_not_done_with_its_unit(
    run: Running,
) -> None:
    found = left(run)

    tasks = Task.objects.filter(campaign=run.row).exclude(state="done").count()
    by_kind = {kind: [(one.title, one.who) for one in found.items if one.kind is kind] for kind in OpenKind}
    assert not found.is_final
    assert len(by_kind[OpenKind.TASK]) == tasks > 0
    assert by_kind[OpenKind.DECISION] == [(one.text, one.part.name) for one in Decision.objects.filter(done_at=None)]
    assert by_kind[OpenKind.PROBLEM] == [(one.problem, one.part.name) for one in Problem.objects.filter(done_at=None)]
    assert len(by_kind[OpenKind.PLAN]) == 3
    assert by_kind[OpenKind.FINDING] == by_kind[OpenKind.CORRECTION] == by_kind[OpenKind.TALK] == []


def test_given_a_village_when_it_asks_then_it_hears_of_its_own_only_and_of_no_hazards_of_the_town(
    run: Running,
) -> None:
    close(run)
    mine = left(run, "village_east")

    assert {one.who for one in mine.items} == {"东村"}
    assert (mine.hazards, mine.hazards_open, mine.hazards_query) == ((), 0, {})


def test_given_a_closed_campaign_when_things_are_corrected_then_the_list_is_still_that_of_the_closing(
    run: Running,
) -> None:
    before = left(run)
    close(run)
    problem = Problem.objects.get(problem="出租房集中")
    services.take_back(
        campaign_id=run.row.pk,
        kind=RecordKind.PROBLEM,
        record_id=problem.pk,
        seen_version=problem.version,
        why="重复登记",
        actor=run.by("office", CLOSED),
        now=CLOSED,
    )

    after = left(run)
    event = Event.objects.get(kind="campaign.closing")
    assert after.is_final
    assert list(after.items) == list(before.items)
    assert sum(event.after["handed_over"].values()) == len(after.items)


def test_given_a_closing_when_it_is_told_then_each_unit_hears_how_much_of_its_own_is_handed_over(
    run: Running,
) -> None:
    close(run)

    of_east = sum(one.who == "东村" for one in left(run).items)
    said = set(Notice.objects.filter(kind="campaign").values_list("say", flat=True))
    assert any(f"本单位没办完的 {of_east} 件转入日常工作" in one for one in said)


def test_given_supervision_when_its_problems_are_fed_back_then_they_are_left_open_too_and_not_before(
    db: None,
) -> None:
    made = make_supervised()

    def open_kinds() -> list[str]:
        found = queries.handover_of(made.by("office"), made.row.pk, today=made.now.date()).items
        return sorted(one.kind for one in found if one.kind not in {OpenKind.TASK, OpenKind.PLAN})

    made.noted(made.held("西村"))
    assert open_kinds() == []
    made.fed_back("东村")
    made.issued("东村")
    made.called("东村")

    assert open_kinds() == ["correction", "finding", "talk"]


def test_given_every_kind_when_listed_then_it_has_a_name_and_somebody_who_goes_on_with_it(run: Running) -> None:
    items = list(left(run).items)

    assert set(OPEN_NAMES) == set(GOES_ON) == set(OpenKind)
    assert [item_of(one.as_json()) for one in items] == items
    assert all(row[2] and row[5] for row in open_rows(items))
    assert {one.due_on for one in items if one.kind is OpenKind.TASK} <= {day(1, 31), day(3, 31), day(12, 31)}
