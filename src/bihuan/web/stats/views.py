"""The dashboard: figures of all that a viewer sees, today or as of a day; every number opens its rows."""

from datetime import date
from typing import Final

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from bihuan.desk.queries import flows, whole_place
from bihuan.hazards.rules.states import STATE_NAMES, State
from bihuan.kernel.calendar import day_of
from bihuan.stats import queries as stats
from bihuan.stats.rules import rate_text
from bihuan.web.htmx import StaffRequest, page_or_part
from bihuan.web.parts import Part, Stack, Tile
from bihuan.web.stats.answers import answer_of, beside, linked_of
from bihuan.web.stats.campaigns import boards
from bihuan.web.stats.charts import trend
from bihuan.web.stats.opened import Opened
from bihuan.web.stats.periods import compared, heads
from bihuan.web.stats.tables import COLUMNS, MOST_LINES, NAMES, Group, by_level, groups, table, whole_row
from bihuan.web.words import day_words

STATES: Final = (
    (State.CLOSED, "a"),
    (State.AWAITING_SUPERIOR, "b"),
    (State.RECTIFIED, "c"),
    (State.RECTIFYING, "d"),
    (State.ASSIGNED, "d"),
    (State.CONFIRMED, "e"),
    (State.REPORTED, "e"),
)
FIRST_DAY: Final = date(2000, 1, 1)  # no figure of ours is older
SUPERIOR: Final = (
    ("交办已整改", "hazards.superior_done"),
    ("上级已认可", "hazards.superior_closed"),
    ("交办逾期", "hazards.superior_overdue"),
)
LISTED: Final = ("hazards.listed", "hazards.ever_listed", "hazards.delisted")


@require_GET
def dashboard(request: StaffRequest) -> HttpResponse:
    """Show figures; `on` asks for those recorded by the end of a day."""
    today = day_of(request.now)
    on = _day(request.GET.get("on", ""), today)
    place = whole_place(request.actor)
    superior = [name for _, name in SUPERIOR]
    names = [*NAMES, *LISTED, *superior, *(f"hazards.in.{state}" for state, _ in STATES)]
    figures = stats.figures(place, list(dict.fromkeys(names)), until=on)
    is_today = on == today
    opened = Opened(on, today)
    moved = flows(place, on=on)
    found = [one for one in groups(request.actor) if is_today or one.key != "enterprise"]  # seen as they lie today
    tables = [table(group, figures, opened, most=_most(request, group)) for group in found]
    if not any(group.key == "path" for group in found):
        tables.append(by_level(figures, opened))
    linked = linked_of(request.actor, opened)
    tables = [*([linked.table] if linked is not None else []), *(one for one in tables if one.rows)]
    return page_or_part(
        request,
        "stats/dashboard.html",
        part="stats/_dashboard.html",
        on=on,
        is_today=is_today,
        on_words=day_words(on, today=today),
        answer=answer_of(request.actor, figures, tables, linked),
        besides=beside(request.actor, figures, opened, linked),
        tiles=_tiles(figures, opened),
        superior=_superior(figures, opened),
        flows=moved,
        compared=compared(moved, figures, opened),
        heads=heads(moved, today=today),
        stack=_stack(figures, opened),
        trend=trend(moved, opened),
        columns=COLUMNS,
        whole=whole_row(figures, opened),
        tables=tables,
    )


@require_GET
def campaigns(request: StaffRequest) -> HttpResponse:
    """Show how the campaigns that ran on a day stand; the dashboard fetches it: it takes as long as a plan page."""
    today = day_of(request.now)
    on = _day(request.GET.get("on", ""), today)
    return page_or_part(
        request,
        "stats/campaigns.html",
        part="stats/_boards.html",
        boards=boards(request.actor, on=on, today=today),
        is_today=on == today,
        on_words=day_words(on, today=today),
    )


def _most(request: StaffRequest, group: Group) -> int | None:
    """Return how many lines a table shows: a town shows all of it, but not every enterprise."""
    is_long = request.actor.town_id is None or group.key == "enterprise"
    return MOST_LINES if is_long and "all" not in request.GET else None


def _superior(figures: stats.Figures, opened: Opened) -> list[Tile]:
    """Return what the superior handed down, where there is anything."""
    if not any(figures.total(measure) for _, measure in SUPERIOR):
        return []
    return [
        Tile(
            name,
            figures.total(measure),
            href=opened.rows(measure),
            tone=_tone(name, figures.total(measure)),
        )
        for name, measure in SUPERIOR
    ]


def _tone(name: str, amount: int) -> str:
    return "red" if name == "交办逾期" and amount else ""


def _tiles(figures: stats.Figures, opened: Opened) -> list[Tile]:
    def href(measure: str, **filters: str) -> str:
        return opened.rows(measure, filters)

    counted, rectified = figures.total("hazards.counted"), figures.total("hazards.rectified")
    majors, listed = figures.of("hazards.counted", "major"), figures.of("hazards.ever_listed", "major")
    overdue = figures.total("hazards.overdue")
    return [
        Tile("未销号隐患", figures.total("hazards.open"), href=href("hazards.open")),
        Tile("整改逾期", overdue, href=href("hazards.overdue"), tone="red" if overdue else ""),
        Tile("复查逾期", figures.total("hazards.review_overdue"), href=href("hazards.review_overdue")),
        Tile("重大隐患未销号", figures.of("hazards.open", "major"), href=href("hazards.open", level="major")),
        Tile(
            "挂牌率",
            rate_text(listed, majors),
            unit="%" if majors else "",
            note=f"{listed} / {majors}",
            href=href("hazards.ever_listed"),
        ),
        Tile(
            "整改率",
            rate_text(rectified, counted),
            unit="%" if counted else "",
            note=f"{rectified} / {counted}",
            href=href("hazards.rectified"),
        ),
    ]


def _stack(figures: stats.Figures, opened: Opened) -> Stack:
    return Stack(
        [
            Part(
                STATE_NAMES[state],
                figures.total(f"hazards.in.{state}"),
                tone,
                opened.rows(f"hazards.in.{state}"),
            )
            for state, tone in STATES
        ]
    )


def _day(text: str, today: date) -> date:
    """Return the day asked for, or today for what is no day, not yet, or before anything was recorded."""
    try:
        asked = date.fromisoformat(text)
    except ValueError:
        return today
    return asked if FIRST_DAY <= asked <= today else today
