"""Two files of one enterprise are merged: what was counted of both is counted of the one, today and on past days."""

from datetime import date

import pytest

from bihuan.campaigns import queries
from bihuan.campaigns.rules.registers import Chair, StudyKind
from bihuan.enterprises import services as enterprises
from bihuan.enterprises.models import Enterprise
from bihuan.enterprises.rules.facts import Entry
from bihuan.hazards.models import SelfReport
from bihuan.kernel.actor import PLATFORM
from tests.campaigns.running import Running, at, day, issued
from tests.campaigns.stage import CampaignStage
from tests.hazards.stage import make_stage


def merge(loser: str, winner: str, now: object) -> None:
    """Merge one file into another."""
    one, other = (Enterprise.objects.get(name=name) for name in (loser, winner))
    enterprises.merge(
        loser_id=one.pk,
        winner_id=other.pk,
        seen_version=one.version,
        winner_seen_version=other.version,
        reason="同一家企业建了两份档案",
        actor=PLATFORM,
        now=now,  # type: ignore[arg-type]
    )


def trained(run: Running, on: date) -> tuple[int | None, int | None]:
    """Return how many heads were trained, of how many, as the plan page of a day says."""
    view = queries.plan_of(run.by("office", at(2, 20)), run.row.pk, on=on, today=day(2, 20), section=queries.WHOLE)
    found = [one for line in view.clauses for one in line.figures if "受训" in one.title]
    return found[0].numerator, found[0].denominator


@pytest.fixture
def run(stage: CampaignStage) -> Running:
    """A plan that asks for training, whose two firms of 东村 are one."""
    return issued(stage)


def test_given_a_file_whose_head_was_trained_when_merged_then_its_winner_counts_as_trained_from_that_day_on(
    run: Running,
) -> None:
    run.study("东村", "village_east", StudyKind.TRAINING, at(1, 5), led_by=Chair.LEADER, firms=("东村木业",))
    before = trained(run, day(1, 8))

    merge("东村木业", "东村机械厂", at(1, 9))

    assert before == (1, 7)  # four units, three enterprises
    assert trained(run, day(1, 8)) == before
    assert trained(run, day(1, 10)) == (1, 6)


@pytest.mark.django_db
def test_given_two_files_that_reported_the_same_month_when_merged_then_the_winners_report_stands() -> None:
    loop = make_stage()
    path, town_id = loop.firm.path, loop.town.town.id
    entry = Entry("东村机械二厂", path, "machinery")
    other = enterprises.register_many(entries=[entry], town_id=town_id, actor=PLATFORM, now=loop.at)[0]
    said = {"town_id": town_id, "path": path, "sector": "machinery", "found": 0, "fixed": 0, "is_zero": True}
    said |= {"month": loop.day.replace(day=1), "reported_at": loop.at, "reported_by": "企业"}
    for firm_id, checks in ((loop.firm.id, 3), (other.id, 5)):
        SelfReport(enterprise_id=firm_id, checks=checks, **said).save(force_insert=True)

    merge(other.name, loop.firm.name, loop.at)

    rows = SelfReport.objects.filter(enterprise_id=loop.firm.id).order_by("checks")
    assert [(one.checks, one.is_current) for one in rows] == [(3, True), (5, False)]
    assert SelfReport.objects.count() == len(rows)
