"""A town upgraded from before its campaigns kept their history gets it back from the trail, and only once."""

from importlib import import_module
from typing import Any

import pytest
from django.apps import apps

from bihuan.campaigns import queries
from bihuan.campaigns.models import CampaignExtension, CampaignPaper, TaskMove, UnitStep
from tests.campaigns.running import Running, at, day, live
from tests.campaigns.stage import CampaignStage

migration = import_module("bihuan.campaigns.migrations.0009_history_from_trail")
TODAY = day(2, 10)


@pytest.fixture
def run(stage: CampaignStage) -> Running:
    made = live(stage)
    made.extend(day(4, 30), at(2, 6))
    return made


def steps() -> list[Any]:
    return list(
        UnitStep.objects.order_by("at", "unit_id").values_list(
            "unit_id", "at", "received", "body", "leader", "plan_state"
        )
    )


def history() -> list[list[Any]]:
    extensions = CampaignExtension.objects.order_by("at").values_list(
        "at", "by", "doc_number", "reason", "old_on", "new_on"
    )
    papers = CampaignPaper.objects.filter(kind="extension").order_by("at")
    moves = TaskMove.objects.order_by("at", "task_id").values_list("task_id", "at", "from_on", "to_on")
    told = list(papers.values_list("at", "by", "title", "number", "file_id"))
    return [steps(), list(extensions), told, list(moves)]


def forget(**older: Any) -> None:
    for rows in (UnitStep.objects, TaskMove.objects, CampaignExtension.objects):
        rows.filter(**older).delete()
    CampaignPaper.objects.filter(kind="extension", **older).delete()


def set_up(run: Running, on: Any) -> tuple[int, int]:
    view = queries.plan_of(run.by("office", at(2, 10)), run.row.pk, on=on, today=TODAY)
    return view.set_up, view.plans


def test_given_a_campaign_without_history_when_upgraded_then_it_is_what_was_kept_of_it_by_the_day(
    run: Running,
) -> None:
    before = history()
    figures = {on: set_up(run, on) for on in (day(12, 21), day(12, 28), day(12, 29), TODAY)}
    assert all(before)
    forget()
    assert set_up(run, day(12, 29)) == (0, 0)

    migration.fill(apps, None)

    assert history() == before
    assert {on: set_up(run, on) for on in figures} == figures


def test_given_a_history_when_upgraded_again_then_nothing_is_written_twice(run: Running) -> None:
    before = history()

    migration.fill(apps, None)
    migration.fill(apps, None)

    assert history() == before


def test_given_a_campaign_that_was_upgraded_in_its_middle_when_filled_then_only_what_is_older_is_added(
    run: Running,
) -> None:
    before = history()
    forget(at__lt=at(12, 28))

    migration.fill(apps, None)

    assert history() == before


def test_given_a_task_whose_deadline_is_no_end_of_extensions_when_filled_then_no_move_is_made_up(run: Running) -> None:
    forget()
    run.row.tasks.update(due_on=day(4, 29))

    migration.fill(apps, None)

    assert TaskMove.objects.count() == 0
