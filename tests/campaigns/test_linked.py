"""Two linked campaigns: what is registered in one counts in both, each in its own days; closing one leaves the other.

A campaign is closed after its last day: what was taken back in between, or is corrected afterwards, is in no figure.
"""

from datetime import date, datetime

from bihuan.campaigns import queries, services
from bihuan.campaigns.models import Campaign, Study
from bihuan.campaigns.rules.registers import RecordKind, StudyKind
from tests.campaigns.running import Running, at, day, issued
from tests.campaigns.stage import SHORT, CampaignStage

TEXT = SHORT.replace("关于开展冬季安全检查", "关于开展安全生产大检查").replace(
    "要开展一次安全生产警示教育", "要传达学习上级精神，开展一次安全生产警示教育"
)


def counted(run: Running, on: date, now: datetime) -> int | None:
    """Return how many heads had been taught, on the plan page of a day."""
    view = queries.page_of(run.by("office", now), run.row.pk, on=on, today=now.date(), section=queries.WHOLE)
    return next(one.numerator for line in view.clauses for one in line.figures if one.key == "awareness.trained")


def take_back(run: Running, row: Study, now: datetime) -> None:
    """Take a lesson back."""
    services.take_back(
        campaign_id=row.campaign_id,
        kind=RecordKind.STUDY,
        record_id=row.pk,
        seen_version=row.version,
        why="登记错了单位",
        actor=run.by("office", now),
        now=now,
    )


def test_given_two_linked_campaigns_when_one_is_closed_then_its_figures_stand_and_the_other_goes_on(
    stage: CampaignStage,
) -> None:
    first = issued(stage)
    other = Running(stage, stage.issued(stage.read_text(TEXT)), first.firms)
    linked = {"campaign_id": first.row.pk, "seen_version": first.row.version, "other_id": other.row.pk}
    services.link_campaigns(**linked, actor=first.by("office", at(12, 21)), now=at(12, 21))
    for run in (first, other):
        part = stage.part(run.row, "东村")
        seen = {"campaign_id": run.row.pk, "unit_id": part.pk, "seen_version": part.version}
        services.receive(**seen, actor=run.by("village_east", at(12, 22)), now=at(12, 22))
    other.extend(day(3, 31), at(1, 20))
    first.study("东村", "village_east", StudyKind.WARNING, at(1, 5), head=True)
    other.study("西村", "village_west", StudyKind.WARNING, at(1, 10), head=True)
    together = [counted(run, day(1, 12), at(1, 12)) for run in (first, other)]

    first.row.refresh_from_db()
    closing = {"campaign_id": first.row.pk, "seen_version": first.row.version, "summary": "查了"}
    services.close_campaign(**closing, actor=first.by("chief", at(2, 1)), now=at(2, 1))
    frozen = counted(first, day(2, 1), at(2, 1))
    other.study("经发办", "industry", StudyKind.WARNING, at(2, 5), head=True)
    later = counted(first, day(2, 6), at(2, 6)), counted(other, day(2, 6), at(2, 6))
    take_back(first, Study.objects.get(campaign=first.row), at(2, 7))
    take_back(other, Study.objects.get(campaign=other.row, on=day(1, 10)), at(2, 7))
    corrected = counted(first, day(2, 8), at(2, 8)), counted(other, day(2, 8), at(2, 8))

    assert together == [2, 2]
    assert frozen == 2
    assert later == (2, 3)
    assert corrected == (1, 1)  # what the other takes back later stands in what was frozen
    assert [Campaign.objects.get(pk=run.row.pk).state for run in (first, other)] == ["closing", "extended"]


def test_given_a_record_taken_back_after_the_last_day_when_closed_later_then_no_figure_that_is_kept_counts_it(
    stage: CampaignStage,
) -> None:
    run = issued(stage)
    part = stage.part(run.row, "东村")
    seen = {"campaign_id": run.row.pk, "unit_id": part.pk, "seen_version": part.version}
    services.receive(**seen, actor=run.by("village_east", at(12, 22)), now=at(12, 22))
    run.study("东村", "village_east", StudyKind.WARNING, at(1, 5), head=True)
    on_its_day = counted(run, day(1, 6), at(1, 6))
    take_back(run, Study.objects.get(), at(2, 1))
    run.row.refresh_from_db()

    closing = {"campaign_id": run.row.pk, "seen_version": run.row.version, "summary": "查了"}
    services.close_campaign(**closing, actor=run.by("chief", at(2, 2)), now=at(2, 2))

    assert on_its_day == 1
    assert counted(run, day(2, 2), at(2, 2)) == 0
    assert counted(run, day(1, 6), at(2, 2)) == 1  # a past day is told as it was
