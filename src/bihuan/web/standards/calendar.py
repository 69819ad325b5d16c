"""Pages of the calendar: a year at a glance, and the notice that sets it."""

import calendar as months
from datetime import date
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from bihuan.kernel.calendar import SATURDAY, day_of
from bihuan.kernel.errors import NotAllowed, NotFound, Refusal
from bihuan.standards import queries, services
from bihuan.standards.rules import (
    DAY_KIND_NAMES,
    FIRST_YEAR,
    LAST_YEAR,
    CalendarYear,
    DayKind,
    SpecialDay,
    read_holiday_notice,
    write_holiday_notice,
)
from bihuan.web.htmx import StaffRequest, go, page_or_part, refuse_into
from bihuan.web.standards.forms import NoticeForm
from bihuan.web.standards.places import may_edit, places

MONDAY_FIRST: Final = months.Calendar(firstweekday=0)
MONTHS: Final = range(1, 13)


@require_GET
def this_year(request: StaffRequest) -> HttpResponse:
    """Lead to the year of today."""
    return redirect("standards:year", day_of(request.now).year)


@require_GET
def year(request: StaffRequest, year: int) -> HttpResponse:
    """Show a year: holidays, swapped days, whether it is provisional, where it comes from, what it was before."""
    _known(year)
    shown = queries.calendar_year(request.actor.town_id, year)
    return page_or_part(
        request,
        "standards/calendar.html",
        places=places("standards:calendar", request.actor),
        year=shown,
        months=_grid(shown, today=day_of(request.now)),
        festivals=write_holiday_notice(shown).splitlines(),
        history=queries.calendar_history(request.actor.town_id, year),
        before=year - 1 if year > FIRST_YEAR else None,
        after=year + 1 if year < LAST_YEAR else None,
        may_edit=may_edit(request.actor),
    )


def _known(year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise NotFound("standards.no_year", f"日历只有{FIRST_YEAR}年到{LAST_YEAR}年。请从日历页选择年份。")


def _grid(shown: CalendarYear, *, today: date) -> list[dict[str, Any]]:
    """Return twelve months of weeks of cells; a cell outside the month is empty."""
    special = {one.day: one for one in shown.days}
    return [
        {
            "name": f"{month}月",
            "weeks": [
                [_cell(date(shown.year, month, day), special, today) if day else None for day in week]
                for week in MONDAY_FIRST.monthdayscalendar(shown.year, month)
            ],
        }
        for month in MONTHS
    ]


def _cell(day: date, special: dict[date, SpecialDay], today: date) -> dict[str, Any]:
    one = special.get(day)
    kind = one.kind if one else None
    css = {DayKind.HOLIDAY: "off", DayKind.WORKDAY: "swap"}[kind] if kind else ""
    if not css and day.weekday() >= SATURDAY:
        css = "rest"
    return {
        "day": day.day,
        "css": f"{css} today".strip() if day == today else css,
        "mark": {DayKind.HOLIDAY: "休", DayKind.WORKDAY: "班"}[kind] if kind else "",
        "title": f"{one.name} {DAY_KIND_NAMES[one.kind]}".strip() if one else "",
    }


@require_http_methods(["GET", "POST"])
def edit(request: StaffRequest, year: int) -> HttpResponse:
    """Take a notice in as it is printed: say what it would change, then save."""
    _known(year)
    town_id = request.actor.town_id
    if not may_edit(request.actor):
        raise NotAllowed("standards.not_allowed", "日历由本镇系统管理员或安监办主任修改。请联系他们。")
    shown = queries.calendar_year(town_id, year)
    if request.method == "GET":
        initial = {"text": write_holiday_notice(shown), "source": "" if shown.provisional else shown.source}
        return _form(request, shown, NoticeForm(initial=initial))
    form = NoticeForm(request.POST)
    if not form.is_valid():
        return _form(request, shown, form, status=422)
    notice = read_holiday_notice(form.cleaned_data["text"], year=year)
    for problem in notice.problems:
        form.add_error("text", problem)
    if notice.problems:
        return _form(request, shown, form, status=422)
    if request.POST.get("act") != "save":
        return _form(request, shown, form, changes=_changes(town_id, notice.days, year))
    try:
        moved = services.import_holidays(
            year=year,
            days=notice.days,
            source=form.cleaned_data["source"],
            town_id=town_id,
            actor=request.actor,
            now=request.now,
        )
    except Refusal as refusal:
        refuse_into(form, refusal)
        return _form(request, shown, form, status=422)
    messages.success(
        request,
        f"{year}年日历已更新，{len(moved)}天的上班、放假有变化。升级、挂牌各步按新的工作日推算，已写定日期的期限不变。",
    )
    return go(request, "standards:year", year)


def _changes(town_id: Any, days: tuple[SpecialDay, ...], year: int) -> dict[str, list[str]]:
    """Return in words which days would begin and which would cease to be working days."""
    moved = queries.days_moved(town_id, year=year, days=days)
    return {
        "to_work": [_words(day) for day, works in moved if works],
        "to_rest": [_words(day) for day, works in moved if not works],
    }


def _words(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _form(
    request: StaffRequest,
    shown: CalendarYear,
    form: NoticeForm,
    *,
    changes: dict[str, list[str]] | None = None,
    status: int = 200,
) -> HttpResponse:
    return page_or_part(
        request,
        "standards/edit_year.html",
        status=status,
        year=shown,
        form=form,
        changes=changes,
        asked=changes is not None,
    )
