"""The plan page of a past day, and the pages of its rows, are as they were on that day, also by the day of finding."""

from typing import Any

from django.urls import reverse

from bihuan.campaigns.models import Campaign, ClauseFigure
from tests.campaigns.stage import CampaignStage
from tests.hazards.stage import Stage
from tests.web.conftest import Visit


def test_given_a_hazard_entered_days_later_when_a_day_between_is_asked_then_the_plan_page_does_not_count_it(
    stage: Stage, settings: Any
) -> None:
    row = CampaignStage(stage.town).issued()
    key = "hazards.self_found"
    clause = row.clauses.in_text()[0]
    ClauseFigure.objects.update_or_create(campaign=row, clause=clause, key=key, defaults={"place": 0})
    Campaign.objects.filter(pk=row.pk).update(starts_on=stage.day)
    found_on = stage.day
    stage.report()
    stage.later(7)
    between = stage.day.isoformat()
    stage.later(2)
    settings.BIHUAN_DEMO_DAY = stage.day.isoformat()
    page, office = reverse("campaigns:show", args=[row.pk]), stage.town.client("office")

    def told(**asked: str) -> list[int | None]:
        shown = office.get(page, {"section": "all", **asked}).context["view"].clauses
        return [one.denominator for line in shown for one in line.figures if one.key == key]

    before = told(on=between)
    stage.report(found_on=found_on)

    assert set(before) == set(told(on=between)) == {1}
    assert set(told()) == {2}
    assert "按今天所知" not in office.get(page, {"on": between}).content.decode()


def test_given_one_entered_late_when_a_past_dashboard_is_opened_then_its_weeks_and_their_rows_are_of_that_day(
    stage: Stage, enter: Visit, settings: Any
) -> None:
    found_on = stage.day
    early = stage.report()
    stage.later(7)
    then = stage.day.isoformat()
    stage.later(2)
    late = stage.report(found_on=found_on)
    settings.BIHUAN_DEMO_DAY = stage.day.isoformat()
    chief = enter("chief")

    def weeks(**asked: str) -> list[tuple[int, list[str]]]:
        trend = chief.get(reverse("stats:dashboard"), asked).context["trend"]
        found = next(amounts for name, amounts in trend.behind if name == "发现")
        pages = [(amount, chief.get(href)) for amount, href in found if amount]
        assert all("24:00 所知" in one.content.decode() for _, one in pages)
        return [(amount, sorted(row["line"].number for row in one.context["rows"])) for amount, one in pages]

    assert weeks(on=then) == [(1, [early.number])]
    assert weeks() == [(2, sorted([early.number, late.number]))]
