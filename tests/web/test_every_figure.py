"""For random towns, every figure of dashboards, screen and plan page equals a recount: any viewer, any past day."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

import pytest
from django.core.cache import cache
from django.urls import reverse

from bihuan.campaigns import queries as campaigns
from bihuan.campaigns.models import Campaign, ClauseFigure
from bihuan.campaigns.rules.catalogue import CATALOGUE
from bihuan.campaigns.rules.terms import Span, Term, said
from bihuan.desk import queries as desk
from bihuan.hazards.rules.states import SOURCE_NAMES, STATE_NAMES
from bihuan.kernel.measures import Nature
from bihuan.orgs import queries as orgs
from bihuan.orgs.rules.screens import ScreenRef
from bihuan.standards.rules import SECTOR_NAMES
from bihuan.stats import queries as stats
from bihuan.stats.rules import NOTHING
from bihuan.web.screen.drawing import drawn
from tests.campaigns.stage import CampaignStage
from tests.hazards.stage import Stage
from tests.web.conftest import Visit
from tests.web.living import At, Living, Row, lived

SECTORS: Final = ("machinery", "light_industry", "chemical")
COUNTED: Final = frozenset(name for state in STATE_NAMES for name in [f"hazards.in.{state}"]) | {
    "hazards.open", "hazards.counted", "hazards.rectified", "hazards.overdue", "hazards.review_overdue",
    "hazards.listed", "hazards.ever_listed", "hazards.delisted", "hazards.superior_done",
    "hazards.superior_closed", "hazards.superior_overdue", "hazards.all", "hazards.ordered", "hazards.immediate",
    "hazards.arranged", "hazards.uncited", "hazards.repeat", "hazards.closed_late", "hazards.unrectified",
    "hazards.immediate_closed", "hazards.unarranged_closed", "hazards.uncited_closed", "hazards.repeat_closed",
}  # fmt: skip
FLOWS: Final = (
    "hazards.reported", "hazards.handed_in", "hazards.on_spot", "hazards.failed", "hazards.closed",
    "hazards.transferred", "hazards.days_to_close", "hazards.found_fact", "hazards.self_found", "hazards.put_right",
)  # fmt: skip
# Of the cube and of no recount: kept by an act's own day and calendar (tests/hazards), or asked of no page here.
ELSEWHERE: Final = {
    "hazards.graded_late", "hazards.listed_late", "hazards.later_criterion", "hazards.reopened", "hazards.extended",
    "hazards.transfer_answered", "hazards.money", "hazards.listed_late_closed", "hazards.later_criterion_closed",
}  # fmt: skip
LINES: Final = (
    ("发现", ("hazards.found_fact",)),
    ("新登记", ("hazards.reported",)),
    ("提交整改", ("hazards.handed_in", "hazards.on_spot")),
    ("新销号", ("hazards.closed",)),
    ("复查不合格", ("hazards.failed",)),
)
FOUND: Final = "hazards.found_fact"
RESTS: Final = {"其他（不属于以上各行）", "未定行业", "未定级"}
COLUMNS: Final = (
    ("hazards.counted", ""),
    ("hazards.open", ""),
    ("hazards.overdue", ""),
    ("hazards.review_overdue", ""),
    ("hazards.open", "major"),
    ("hazards.rectified", ""),
    ("hazards.in.closed", ""),
)


@pytest.fixture(params=[1, *(pytest.param(seed, marks=pytest.mark.one_database) for seed in (2, 3))])
def life(db: None, request: pytest.FixtureRequest) -> Living:
    """A town that has lived for some weeks."""
    cache.clear()
    made = lived(request.param)
    assert len(made.days[made.stage.day]) > 8
    return made


@pytest.fixture
def stage(life: Living) -> Stage:
    """Return the stage of that town, for its people at the door."""
    return life.stage


def _asked(life: Living) -> list[date]:
    """Return days on which something happened, days between, the first before anything, and today."""
    days = sorted(life.days)
    return [days[0] - timedelta(days=1), days[0], days[2], days[4] + timedelta(days=1), days[-2], days[-1]]


def _viewers(life: Living) -> dict[str, At]:
    units = life.stage.town.units
    town = life.stage.town.town.path
    return {
        "chief": At(town),
        "superior": At("/32/04/13/"),
        "village_east": At(units["东村"].path),
        "village_west": At(units["西村"].path),
        "leader": At(units["东村"].path),
        "industry": At(town, SECTORS),
        "boss": At(firms=(life.stage.firm.id,)),
    }


def _rate(part: int, whole: int) -> str:
    """Write a rate, half up (R0.4), in whole numbers only."""
    tenths = (part * 2000 + whole) // (2 * whole) if whole else 0
    return f"{tenths // 10}.{tenths % 10}" if whole else NOTHING


def test_given_a_random_life_when_any_viewer_asks_of_any_day_then_the_dashboard_equals_a_recount(
    life: Living, enter: Visit, settings: Any
) -> None:
    settings.BIHUAN_DEMO_DAY = life.stage.day.isoformat()

    for who, at in _viewers(life).items():
        client = enter(who)
        for on in _asked(life):
            page = client.get(reverse("stats:dashboard"), {"on": on.isoformat()})
            _check_whole(life, at, on, page.context, (who, on))
            _check_periods(life, at, on, page.context, (who, on))
            for table in page.context["tables"]:
                _check_table(life, at, on, table, (who, on, table.title))


def _check_whole(life: Living, at: At, on: date, page: Any, label: object) -> None:
    tiles = {one.name: one for one in [*page["tiles"], *page["superior"]]}
    counted, rectified = life.stock(at, "hazards.counted", on), life.stock(at, "hazards.rectified", on)
    majors, listed = (life.stock(at, name, on, "major") for name in ("hazards.counted", "hazards.ever_listed"))
    wanted: dict[str, object] = {
        "未销号隐患": life.stock(at, "hazards.open", on),
        "整改逾期": life.stock(at, "hazards.overdue", on),
        "复查逾期": life.stock(at, "hazards.review_overdue", on),
        "重大隐患未销号": life.stock(at, "hazards.open", on, "major"),
        "挂牌率": _rate(listed, majors),
        "整改率": _rate(rectified, counted),
    }
    superior = {
        "交办已整改": life.stock(at, "hazards.superior_done", on),
        "上级已认可": life.stock(at, "hazards.superior_closed", on),
        "交办逾期": life.stock(at, "hazards.superior_overdue", on),
    }
    told = {name: one.value for name, one in tiles.items()}
    assert told == wanted | (superior if any(superior.values()) else {}), label
    assert (tiles["挂牌率"].note, tiles["整改率"].note) == (f"{listed} / {majors}", f"{rectified} / {counted}"), label
    steps = {part.name: part.value for part in page["stack"].parts}
    names = {words: f"hazards.in.{state}" for state, words in STATE_NAMES.items() if words in steps}
    assert steps == {words: life.stock(at, name, on) for words, name in names.items()}, label
    if wanted["整改逾期"]:
        assert f"整改逾期 {wanted['整改逾期']} 项" in page["answer"], label
    else:
        assert page["answer"].endswith("没有整改逾期"), label


def _check_periods(life: Living, at: At, on: date, page: Any, label: object) -> None:
    monday, first = on - timedelta(days=on.weekday()), on.replace(day=1)
    last = first - timedelta(days=1)
    week = timedelta(days=7)
    periods = (
        (monday, on),
        (monday - week, on - week),
        (first, on),
        (last.replace(day=1), last.replace(day=min(on.day, last.day))),
    )
    told = {one.name: (one.week, one.week_before, one.month, one.month_before) for one in page["compared"]}
    for name, names in LINES:
        assert told[name] == tuple(life.flow(at, names, *period, known=on) for period in periods), (label, name)
    assert told["期末整改逾期"] == tuple(life.stock(at, "hazards.overdue", end) for _, end in periods), label
    for name, amounts in page["trend"].behind:
        names = {"发现": LINES[0][1], "整改": LINES[2][1], "销号": LINES[3][1]}[name]
        weeks = [monday - week * back for back in reversed(range(9))]
        told_weeks = [amount for amount, _ in amounts]
        assert told_weeks == [
            life.flow(at, names, one, min(one + week - timedelta(days=1), on), known=on) for one in weeks
        ], label


def _check_table(life: Living, at: At, on: date, table: Any, label: object) -> None:
    units = life.stage.town.units
    town = life.stage.town.town
    places: dict[str, At] = {}
    if table.title in {"按村（社区）", "您挂钩的村（社区）"}:
        places = {name: At(units[name].path) for name in ("东村", "西村")}
    elif table.title == "按镇":
        places = {town.short_name: At(town.path)}
    elif table.title == "按行业":
        places = {name: At(at.path, (code,)) for code, name in SECTOR_NAMES.items()}
    elif table.title == "按来源":
        places = {name: At(at.path, source=code) for code, name in SOURCE_NAMES.items()}
    level = {"重大": "major", "一般": "general"} if table.title == "按级别" else {}
    sums = [0] * len(COLUMNS)
    for row in table.rows:
        if row.name in RESTS:  # what the lines above leave of the whole, which they are added up to below
            sums = [one + cell.value for one, cell in zip(sums, row.cells, strict=True)]
            continue
        where, only = _line(life, at, places, level, row.name)
        cells = [
            0 if only and grade and only != grade else life.stock(where, name, on, grade or only)
            for name, grade in COLUMNS
        ]
        assert [cell.value for cell in row.cells] == cells, (label, row.name)
        counted, rectified = cells[0], cells[5]
        assert row.rate == (f"{_rate(rectified, counted)}%" if counted else NOTHING), (label, row.name)
        sums = [one + other for one, other in zip(sums, cells, strict=True)]
    if table.title in {"按村（社区）", "按镇", "按行业", "按来源", "按企业", "按级别"}:
        whole = [life.stock(at, name, on, grade) for name, grade in COLUMNS]
        assert sums == whole, label  # children sum to the parent


def _line(life: Living, at: At, places: dict[str, At], level: dict[str, str], name: str) -> tuple[At, str]:
    if name in places:
        return places[name], ""
    if name in level:
        return at, level[name]
    firm = next(pk for key, pk in life.firms.items() if name.endswith("鑫达机械厂" if key == "main" else key))
    return At(firms=(firm,)), ""


def _screen(life: Living, unit: str) -> ScreenRef:
    ref = life.stage.town.units[unit]
    facts = (ref.id, 1, "大厅", ref.town_id, ref.id, ref.short_name, ref.path)
    return ScreenRef(*facts, "", life.stage.at, None, None, "")


def test_given_a_random_life_when_a_screen_shows_any_day_then_it_equals_a_recount(life: Living) -> None:
    units = life.stage.town.units
    for unit in ("镇", "东村", "西村"):
        at = At(units[unit].path)
        for on in _asked(life):
            wall = desk.wall(orgs.screen_viewer(_screen(life, unit)), today=on)
            shown = drawn(wall)
            label = (unit, on)

            for name in sorted(COUNTED & set(desk.WALL_NAMES)):
                assert wall.figures.total(name) == life.stock(at, name, on), (label, name)
                assert wall.figures.of(name, "major") == (
                    0 if name.startswith("hazards.superior") else life.stock(at, name, on, "major")
                ), (label, name)
            assert wall.overdue_yesterday == life.stock(at, "hazards.overdue", on - timedelta(days=1)), label
            for name in ("hazards.reported", "hazards.closed", "hazards.found_fact"):
                weeks = [life.flow(at, [name], week.start, week.end, known=on) for week in wall.flows.weeks]
                assert wall.flows.weekly(name) == weeks, (label, name)
            told = {one.name: (one.open, one.late) for one in wall.places}
            villages = ("东村", "西村") if unit == "镇" else ()
            assert told == {
                one: tuple(life.stock(At(units[one].path), name, on) for name in ("hazards.open", "hazards.overdue"))
                for one in villages
            }, label
            if villages:
                whole = (wall.figures.total("hazards.open"), wall.figures.total("hazards.overdue"))
                assert tuple(map(sum, zip(*told.values(), strict=True))) == whole, label
            majors = life.stock(at, "hazards.counted", on, "major")
            assert (shown.majors.lines[-1].value == NOTHING) == (majors == 0), label


def _amount(life: Living, at: At, term: Term, since: date, on: date) -> int | None:
    """Recount a term; None where it asks for what this test does not recount."""
    found = 0
    for part in term.parts:
        is_flow = part.name in FLOWS
        if term.span is not Span.ASKED or not (
            part.name in COUNTED or (is_flow and (not part.level or part.name == FOUND))
        ):
            return None
        if part.still:
            found += part.sign * life.still(at, part.name, since, on, part.level)
        elif part.name == FOUND:
            found += part.sign * life.found(at, FOUND, since, on, on, part.level)
        elif is_flow:
            found += part.sign * life.flow(at, [part.name], since, on)
        else:
            found += part.sign * life.stock(at, part.name, on, part.level)
    return found


def test_given_a_random_life_when_the_plan_page_shows_any_day_then_its_figures_equal_a_recount(life: Living) -> None:
    stage = life.stage
    row = CampaignStage(stage.town).issued()
    kept = [one for one in CATALOGUE if one.numerator is not None and one.names() <= COUNTED | set(FLOWS)]
    clause = row.clauses.in_text()[0]
    for place, one in enumerate(kept):
        ClauseFigure.objects.update_or_create(
            campaign=row, clause=clause, key=one.key, defaults={"place": place, "dropped": False}
        )
    units, checked, ends = stage.town.units, set(), row.ends_on
    assert row.starts_on is not None
    assert ends is not None  # what happens after a campaign's end is not the campaign's
    days, late_start = [day for day in _asked(life) if day >= row.starts_on], sorted(life.days)[-3]
    for since, on in [*((row.starts_on, day) for day in days), (late_start, days[-2]), (late_start, days[-1])]:
        Campaign.objects.filter(pk=row.pk).update(starts_on=since)
        told: dict[str, dict[str, tuple[int, int | None]]] = {}
        for unit in ("", "东村", "西村"):
            of = str(row.units.get(unit_id=units[unit].id).pk) if unit else campaigns.WHOLE
            at = At(units[unit].path if unit else stage.town.town.path)
            view = campaigns.plan_of(stage.by("chief"), row.pk, on=on, today=stage.day, of=of, section=campaigns.WHOLE)
            told[unit] = {}
            for figure in view.clauses[0].figures:
                indicator = next(one for one in CATALOGUE if one.key == figure.key)
                terms = indicator.terms()
                of_fields = replace(at, sectors=indicator.sectors)
                wanted = [_amount(life, of_fields, term, since, min(on, ends)) for term in terms]
                if None in wanted or figure.numerator is None:
                    continue
                label = (since, on, unit, figure.key)
                assert [figure.numerator, figure.denominator][: len(terms)] == wanted, label
                below = wanted[1] if wanted[1:] else None
                assert figure.text == said(indicator.kind, wanted[0] or 0, below, indicator.unit), label
                assert not wanted[1:] or wanted[1] or figure.text == NOTHING, label
                told[unit][figure.key] = (figure.numerator, figure.denominator)
                checked.add(figure.key)
        for key, (numerator, denominator) in told[""].items():
            villages = [told[unit][key] for unit in ("东村", "西村")]
            assert numerator == sum(one for one, _ in villages), (since, on, key)
            assert denominator is None or denominator == sum(whole or 0 for _, whole in villages), (since, on, key)
    assert len(checked) >= 14, checked


def test_given_the_cube_when_its_measures_are_read_then_each_is_recounted_here_or_named_as_one_that_is_not() -> None:
    assert set(stats.measures()) == COUNTED | set(FLOWS) | ELSEWHERE


def test_given_what_is_recounted_here_when_the_cube_is_asked_then_it_is_the_cubes_stocks_and_flows() -> None:
    for name in COUNTED:
        assert stats.measures()[name].nature is Nature.STOCK
    assert all(stats.measures()[name].nature is Nature.FLOW for name in FLOWS)
    assert Row("", "", None, "", "closed", "", "", None, None, superior=True).counts(date(2018, 1, 1)).keys() <= COUNTED
