"""Every figure as each viewer: no row beyond what he sees, the number equals its rows, and of other places nothing."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

import pytest
from django.http import QueryDict

from bihuan.campaigns import queries
from bihuan.campaigns.measures import RUNNING, SUPERVISION
from bihuan.campaigns.models import Campaign, ClauseFigure
from bihuan.campaigns.rules.catalogue import CATALOGUE
from bihuan.campaigns.rules.lines import FigureLine, PlacePick, RowsLink
from bihuan.campaigns.rules.terms import State, Where
from bihuan.enterprises import queries as enterprises
from bihuan.enterprises.queries import Filters as FirmFilters
from bihuan.hazards import queries as hazards
from bihuan.kernel.actor import PLATFORM, Actor
from bihuan.kernel.calendar import end_of
from bihuan.kernel.errors import NotFound
from bihuan.kernel.indicators import Question
from bihuan.kernel.paths import is_within
from bihuan.stats import queries as stats
from bihuan.stats.rules import Here, summands_of
from bihuan.web.hazards.filters import read
from tests.campaigns.history import live as live_hazards
from tests.campaigns.running import day
from tests.campaigns.running import live as live_campaign
from tests.campaigns.stage import CampaignStage, make_campaign_stage
from tests.campaigns.supervised import make_supervised
from tests.hazards.stage import DAY, make_stage
from tests.kept import made_once
from tests.town import SmallTown

pytestmark = pytest.mark.django_db
VIEWERS: Final = (
    "village_east",
    "village_west",
    "industry",
    "construction",
    "leader",
    "chair",
    "chief",
    "superior",
    "group",
)
WHOLE: Final = {"chair", "chief", "superior", "group"}
# Pages that list by other filters; what they count is held where they are tested.
ELSEWHERE: Final = {"campaigns:returns", "orgs:lists", "orgs:areas", "hazards:same_kinds", "hazards:self_reports"}
Told = tuple[SmallTown, Campaign, tuple[date, ...]]
AS_TOLD: Final[dict[tuple[Any, Where, date], dict[str, tuple[int | None, int | None]]]] = {}


@made_once
def _hazards() -> Told:
    stage = make_stage()
    row = CampaignStage(stage.town).issued()
    live_hazards(stage)
    return stage.town, row, (DAY, stage.day)


@made_once
def _campaign() -> Told:
    run = live_campaign(make_campaign_stage())
    return run.stage.town, run.row, (day(12, 31), day(2, 5))


@made_once
def _supervised() -> Told:
    run = make_supervised()
    run.planned(method="covert")
    run.fed_back()
    run.asked("东村")
    return run.town, run.row, (run.now.date(),)


@pytest.fixture(params=[_hazards, _campaign, _supervised], ids=["hazards", "campaign", "supervised"])
def told(db: None, request: pytest.FixtureRequest) -> Told:
    """A town in which every figure of some rooms has something to count, with all measured figures in one clause."""
    make: Callable[[], Told] = request.param
    town, row, days = make()
    clause = row.clauses.in_text()[0]
    measured = [one for one in CATALOGUE if one.state(queries.known_names()) is State.MEASURED]
    for place, one in enumerate(measured):
        ClauseFigure.objects.update_or_create(
            campaign=row, clause=clause, key=one.key, defaults={"place": place, "dropped": False}
        )
    return town, row, days


def _page(viewer: Actor, row: Campaign, days: tuple[date, ...], on: date, of: str = "") -> Any:
    return queries.plan_of(viewer, row.pk, on=on, today=days[-1], of=of, section=queries.WHOLE)


def _figures(page: Any) -> list[FigureLine]:
    return list(next(iter(page.clauses)).figures)


@pytest.mark.one_database
@pytest.mark.parametrize("who", VIEWERS)
def test_given_any_viewer_when_every_figure_is_opened_then_its_rows_are_those_counted_and_none_lies_beyond(
    told: Told, who: str
) -> None:
    town, row, days = told
    opened = 0
    for on in days:
        viewer = town.actor(who, on)
        for place in _page(viewer, row, days, on).places:
            page = _page(viewer, row, days, on, place.key)
            as_told, seen = _values_once(row, place.where, on), list[RowsLink]()
            for one in _figures(page):
                assert (one.numerator, one.denominator) == as_told[one.key], (on, place.name, one.key)
                for link in (*one.numerator_rows, *one.denominator_rows):
                    if link in seen:  # what several figures count
                        continue
                    seen.append(link)
                    opened += _opens(viewer, row, place, link, on)
    assert opened > 0 or who not in WHOLE


def _values_once(row: Campaign, where: Where, on: date) -> dict[str, tuple[int | None, int | None]]:
    """Return the values as the platform is told them: once for all viewers, who find the very same rows."""
    key = (row.pk, where, on)
    if key not in AS_TOLD:
        AS_TOLD[key] = _values(PLATFORM, row, where, on)
    return AS_TOLD[key]


def _values(viewer: Actor, row: Campaign, where: Where, on: date) -> dict[str, tuple[int | None, int | None]]:
    measured = [one for one in CATALOGUE if one.state(queries.known_names()) is State.MEASURED]
    assert row.starts_on is not None
    assert row.ends_on is not None
    values = queries.values_of(
        viewer, measured, where, since=row.starts_on, until=row.ends_on, on=on, campaign_id=row.pk
    )
    return {one.indicator.key: (one.numerator, one.denominator) for one in values}


def _opens(viewer: Actor, row: Campaign, place: PlacePick, link: RowsLink, on: date) -> int:
    """Open a list as the viewer does, and look at every row of it."""
    if link.page == "hazards:list":
        found = hazards.listing(viewer, read(QueryDict(urlencode(link.query))), today=on, size=100)
        is_part = len(place.where.sectors) > 1  # of several sectors each has its own list
        assert found.total <= link.amount if is_part else found.total == link.amount, link
        assert _lie_in(((line.path, line.sector) for line in found.lines), place.where), link
        return 1
    if link.page == "enterprises:list":
        asked = FirmFilters(path=link.query["path"], sector=link.query.get("sector", ""))
        firms = enterprises.listing(viewer, asked, on=on, size=100)
        assert firms.total == link.amount, link
        assert _lie_in(((one.firm.path, one.firm.lead_sector) for one in firms.rows), place.where), link
        return 1
    if link.page == "hazards:counted":
        query = link.query
        sectors = tuple(filter(None, query.get("sector", "").split(",")))
        asked = summands_of(query["measure"], level=query.get("level", ""))
        until = date.fromisoformat(query["until"])
        since = date.fromisoformat(query.get("since", query["until"]))
        behind = stats.rows_of_sum(viewer, asked, Here(query["path"], sectors), since=since, until=until)
        ids = [one.subject_id for one in behind]
        assert sum(one.amount for one in behind) == link.amount, link
        assert _lie_in(((line.path, line.sector) for line in hazards.lines_of(viewer, ids)), place.where), link
        assert len(hazards.lines_of(viewer, ids)) == len(ids), link
        return 1
    if link.page == "campaigns:counted":
        days = {name: date.fromisoformat(link.query[name]) for name in ("since", "until")}
        rows = queries.rows_of(viewer, row.pk, link.query["figure"], path=link.query["path"], **days, at=end_of(on))
        others = {part.name for part in row.units.all() if not is_within(part.path, place.where.path)}
        assert sum(one.amount for one in rows) == link.amount, link
        assert others.isdisjoint(one.who for one in rows), link
        return 1
    if link.page == "stats:counted":
        query = link.query
        days = [date.fromisoformat(query[name]) for name in ("since", "until")]
        sectors = tuple(filter(None, query.get("sector", "").split(",")))
        lines = stats.lines_behind(viewer, query["figure"], Question(query["path"], *days, sectors))
        assert sum(one.amount for one in lines) == link.amount, link
        return 1
    assert link.page in ELSEWHERE, link.page
    return 0


def _lie_in(rows: Iterable[tuple[str, str]], where: Where) -> bool:
    return all(is_within(path, where.path) and sector in (where.sectors or (sector,)) for path, sector in rows)


@pytest.mark.one_database  # refused before anything is asked of it
@pytest.mark.parametrize("who", [one for one in VIEWERS if one not in WHOLE])
def test_given_another_place_when_any_figure_of_it_is_asked_then_there_is_nothing(told: Told, who: str) -> None:
    town, row, days = told
    viewer = town.actor(who, days[-1])
    own = {place.where for place in _page(viewer, row, days, days[-1]).places}
    every = {place.where for place in _page(PLATFORM, row, days, days[-1]).places}
    measured = [one for one in CATALOGUE if one.state(queries.known_names()) is State.MEASURED]
    asked = {"since": row.starts_on, "until": days[-1], "on": days[-1], "campaign_id": row.pk}

    assert own < every
    for where in every - own:
        for one in measured:
            with pytest.raises(NotFound):
                queries.values_of(viewer, [one], where, **asked)  # type: ignore[arg-type]
        if where.sectors:
            continue
        for figure in (*RUNNING, *SUPERVISION):
            with pytest.raises(NotFound):
                queries.rows_of(
                    viewer,
                    row.pk,
                    figure.name,
                    path=where.path,
                    since=row.starts_on or days[0],
                    until=days[-1],
                    at=end_of(days[-1]),
                )
