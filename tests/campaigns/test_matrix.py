"""The matrix of units and clauses says in each cell what the plan page of that unit says, of any day."""

import re
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bihuan.campaigns import queries, services
from bihuan.campaigns.rules.lines import ClauseLine
from bihuan.campaigns.rules.matrix import BEHIND, MatrixView, is_blank, shown_of
from bihuan.campaigns.rules.standing import Standing
from bihuan.kernel.calendar import day_of
from tests.campaigns.running import Running, at, live
from tests.campaigns.stage import CampaignStage

TODAY = date(2018, 2, 14)
CLOSED = at(2, 10, 10)


@pytest.fixture
def run(stage: CampaignStage) -> Running:
    """A campaign after seven weeks."""
    return live(stage)


def matrix(run: Running, who: str = "office", on: date = TODAY) -> MatrixView:
    return queries.matrix_of(run.by(who, at(2, 14)), run.row.pk, on=on, today=TODAY)


def said(line: ClauseLine) -> Any:
    """Return what a page shows of a clause at one place; the ways of the whole plan page are its own."""
    told = [(one.key, one.text, one.numerator, one.denominator, one.standing, one.why) for one in line.figures]
    rows = [(one.numerator_rows, one.denominator_rows) for one in line.figures]
    return line.id, line.standing, line.tasks, told, rows


def test_given_any_day_when_the_matrix_is_asked_then_each_cell_is_the_plan_page_of_its_unit(run: Running) -> None:
    asked: dict[str, Any] = {"today": TODAY, "section": queries.WHOLE}
    for on in (TODAY, date(2018, 1, 10), date(2017, 12, 18)):
        view = matrix(run, on=on)
        whole = queries.plan_of(run.by("office", at(2, 14)), run.row.pk, on=on, **asked)

        assert [said(row.line) for row in view.rows] == [said(one) for one in whole.clauses]
        assert {one.key for one in view.columns if one.is_place} == {one.key for one in whole.places} - {queries.WHOLE}
        for column in (one for one in view.columns if one.is_place):
            page = queries.plan_of(run.by("office", at(2, 14)), run.row.pk, on=on, of=column.key, **asked)
            assert [said(row.cells[column.key]) for row in view.rows] == [said(one) for one in page.clauses]
            assert column.behind == sum(page.counts.get(one, 0) for one in BEHIND)


def test_given_an_office_without_figures_when_the_matrix_is_asked_then_it_has_its_tasks_and_its_own_records(
    run: Running,
) -> None:
    view = matrix(run)
    office = next(one for one in view.columns if not one.is_place)
    cells = [row.cells[office.key] for row in view.rows]

    assert office.name == "安监办"
    told = {figure.key: figure.text for cell in cells for figure in cell.figures if figure.numerator is not None}
    assert set(told) == {"awareness.trained"}
    assert (
        sum(cell.tasks.total for cell in cells)
        == run.row.tasks.filter(unit=office.unit_id, clause__isnull=False).count()
    )


def test_given_a_village_when_it_opens_the_matrix_then_it_has_its_own_column_only(run: Running) -> None:
    view = matrix(run, "village_east")
    page = run.stage.town.client("village_east").get(reverse("campaigns:matrix", args=(run.row.pk,)))

    assert [one.name for one in view.columns] == ["东村"]
    assert "西村" not in page.content.decode().partition('id="matrix"')[2].partition("<table")[2].replace("各村", "")


def test_given_more_units_when_the_matrix_is_asked_then_no_more_is_asked_of_the_database(stage: CampaignStage) -> None:
    counts = []
    for units in (("东村", "安监办"), ("东村", "西村", "经发办", "建设办", "安监办")):
        row = stage.issued(units=units)
        with CaptureQueriesContext(connection) as caught:
            queries.matrix_of(stage.by("office"), row.pk, on=stage.now.date(), today=stage.now.date())
        counts.append(len(caught))

    assert counts[0] == counts[1]


def test_given_a_closed_campaign_when_the_matrix_is_asked_then_it_is_what_was_frozen_of_each_unit(run: Running) -> None:
    services.close_campaign(
        campaign_id=run.row.pk,
        seen_version=run.row.version,
        summary="查了 40 家",
        actor=run.by("chief", CLOSED),
        now=CLOSED,
    )

    view = matrix(run)

    assert view.frozen is not None
    assert view.on == day_of(CLOSED)
    for column in view.columns:
        page = queries.page_of(
            run.by("office", at(2, 14)), run.row.pk, on=TODAY, today=TODAY, of=column.key, section=queries.WHOLE
        )
        assert [row.cells[column.key] for row in view.rows] == list(page.clauses)


def test_given_a_cell_when_shown_then_it_is_the_figure_as_which_the_clause_stands(run: Running) -> None:
    for row in matrix(run).rows:
        for cell in row.cells.values():
            shown = shown_of(cell)
            assert (shown is None) is is_blank(cell)
            if cell.standing in {Standing.BEHIND, Standing.REACHED} and shown is not None and shown is not cell.tasks:
                assert shown.standing is cell.standing


# -- the page
def _page(run: Running, query: str = "", who: str = "office") -> str:
    answer = run.stage.town.client(who).get(reverse("campaigns:matrix", args=(run.row.pk,)) + query)
    assert answer.status_code == 200
    return answer.content.decode().partition('id="matrix"')[2]


def test_given_the_page_when_its_figures_are_opened_then_each_opens_its_rows(run: Running, settings: Any) -> None:
    settings.BIHUAN_DEMO_DAY = TODAY.isoformat()
    client = run.stage.town.client("office")
    page = _page(run, "?section=all")
    numbers = re.findall(r'<a href="([^"]+)">(\d+)</a>', page.partition("<tbody>")[2])

    assert len(numbers) > 10
    for href in dict.fromkeys(one for one, _ in numbers):
        assert client.get(unescape(href)).status_code == 200, href
    states = re.findall(r'class="mx-s" href="([^"#]+)#([^"]+)"', page)
    shown = client.get(unescape(states[0][0])).content.decode()
    assert f'id="{states[0][1]}"' in shown


def test_given_filters_when_used_then_the_page_has_only_what_they_ask(stage: CampaignStage, settings: Any) -> None:
    settings.BIHUAN_DEMO_DAY = "2018-01-10"  # two villages are late with a task since the new year
    row = stage.issued()
    run = Running(stage, row)
    view = queries.matrix_of(stage.by("office"), row.pk, on=date(2018, 1, 10), today=date(2018, 1, 10))
    behind = [one for one in view.rows if any(cell.standing in BEHIND for cell in one.cells.values())]
    east = run.part("东村")

    whole, villages, one = (_page(run, f"?section=all{more}") for more in ("", "&units=village", f"&units={east}"))
    only, early = _page(run, "?only=behind"), _page(run, "?only=behind&on=2017-12-30")

    heads = [re.findall(r'class="mx-u"[^>]*><a[^>]*><span>([^<]+)', page) for page in (whole, villages, one)]
    assert heads == [["东村", "西村", "经发办", "建设办", "安监办"], ["东村", "西村"], ["东村"]]
    assert [one.behind for one in view.columns] == [1, 1, 0, 0, 0]
    assert (only.count('scope="row"'), early.count('scope="row"')) == (len(behind), 0) == (1, 0)
    assert whole.count('scope="row"') == len(view.rows)
    assert "请重选" in _page(run, "?on=昨天")
