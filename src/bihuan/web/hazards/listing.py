"""The list of hazards: tabs, filters in the address, chosen columns, export of exactly what is filtered."""

from datetime import date
from typing import Any, Final

from django.http import HttpResponse, HttpResponseBase
from django.views.decorators.http import require_GET

from bihuan.desk.queries import whole_place
from bihuan.hazards import queries
from bihuan.hazards.queries import saved_views
from bihuan.hazards.queries.lists import Listed
from bihuan.hazards.rules.filters import COUNT_LIMIT, Filters, Late, Sort
from bihuan.kernel.calendar import day_of
from bihuan.kernel.roles import Role
from bihuan.stats import queries as stats
from bihuan.web.frame import address, way_to
from bihuan.web.hazards import filters as asked
from bihuan.web.hazards.rows import COLUMNS, FIXED, Column, names_for, rows_of
from bihuan.web.hazards.sheet import as_sheet
from bihuan.web.hazards.tab_counts import counts_for
from bihuan.web.htmx import StaffRequest, calendar_of, page_or_part
from bihuan.web.links import with_changes
from bihuan.web.parts import Empty, Option, Pager, page_number
from bihuan.web.parts import Tab as CountTab
from bihuan.web.sizes import YEAR_S, page_size

COOKIE: Final = "hazard_columns"
PRESSING: Final = frozenset({Role.SAFETY_OFFICE, Role.SAFETY_CHIEF, Role.DEPARTMENT})
BULK: Final = (
    {"key": "remind", "name": "催办", "icon": "bell-ringing"},
    {"key": "reassign", "name": "改派监管责任人", "icon": "user-share"},
    {"key": "papers", "name": "打印整改通知", "icon": "printer"},
    {"key": "export", "name": "导出", "icon": "download"},
)


@require_GET
def listing(request: StaffRequest) -> HttpResponse:
    """Show a page of the hazards that this person sees."""
    today, filters = day_of(request.now), asked.read(request.GET)
    sort = _sort(request)
    counts, total = counts_for(request.actor, filters, today=today)
    listed = queries.listing(
        request.actor,
        filters,
        today=today,
        sort=sort,
        page=page_number(request.GET),
        size=page_size(request),
        total=total,
    )
    names = names_for(request.actor, listed.lines, today=today)
    rows = list(rows_of(request.actor, listed.lines, names, today=today, calendar=calendar_of(request)))
    chosen = _chosen(request)
    response = page_or_part(
        request,
        "hazards/list.html",
        part="hazards/_list.html",
        rows=rows,
        tabs=[*asked.tabs(request, filters, counts, COUNT_LIMIT), *_alarms(request, filters, today)],
        filters=asked.menus(request, filters),
        kept=[(key, value) for key, value in request.GET.items() if key not in {"q", "page", "col"}],
        sought=filters.words,
        columns=[_heading(request, column, sort) for column in chosen],
        choosable=[{"key": c.key, "name": c.name, "on": c in chosen} for c in COLUMNS if c.key not in FIXED],
        views=_views(request),
        views_href=f"{address('hazards:views')}?{request.GET.urlencode()}",
        pager=_pager(listed),
        bulk=BULK if request.actor.has_role(*PRESSING) else (),
        bulk_href=address("hazards:bulk"),
        pick_all_words=_pick_all(listed),
        empty=_empty(request),
        export_href=with_changes(request).replace(request.path, address("hazards:export"), 1),
        import_href=way_to(request.actor, "intake:upload"),
        report_href=way_to(request.actor, "field:report"),
        asides=asked.asides(request, counts, COUNT_LIMIT),
        total=asked.counted(listed.total, COUNT_LIMIT),
        tab_name=asked.TAB_NAMES[filters.tab],
    )
    if "col" in request.GET:
        response.set_cookie(COOKIE, ",".join(c.key for c in chosen), max_age=YEAR_S, samesite="Lax", httponly=True)
    return response


@require_GET
def export(request: StaffRequest) -> HttpResponseBase:
    """Send exactly what is filtered, with the chosen columns, as .xlsx."""
    today, filters = day_of(request.now), asked.read(request.GET)
    lines = queries.export_lines(request.actor, filters, today=today, sort=_sort(request))
    return as_sheet(request, lines, _chosen(request), today=today)


def _sort(request: StaffRequest) -> Sort:
    wanted = request.GET.get("sort", "")
    return Sort(wanted) if wanted in set(Sort) else Sort.CLOCK


def _chosen(request: StaffRequest) -> list[Column]:
    """Return the columns to show: of the address, else those chosen last time, else the usual ones."""
    wanted = set(request.GET.getlist("col")) or set(filter(None, request.COOKIES.get(COOKIE, "").split(",")))
    if not wanted & {column.key for column in COLUMNS}:
        return [column for column in COLUMNS if column.shown]
    return [column for column in COLUMNS if column.key in wanted | FIXED]


def _heading(request: StaffRequest, column: Column, sort: Sort) -> dict[str, Any]:
    up, down = column.sort
    heading = {"key": column.key, "name": column.name, "css": column.css, "sort_href": "", "sorted": ""}
    if column.key == "village" and request.actor.town_id is None:
        heading["name"] = "镇、村"
    if up:
        heading["sorted"] = "ascending" if sort == up else "descending" if sort == down else ""
        heading["sort_href"] = with_changes(request, sort=down if sort == up else up)
    return heading


def _alarms(request: StaffRequest, filters: Filters, today: date) -> list[CountTab]:
    """Return the two questions at the end of the tabs; they narrow whatever tab is open. Counts are of everything."""
    late, major = filters.late == Late.OVERDUE, filters.level == "major"
    figures = stats.figures(whole_place(request.actor), ["hazards.overdue", "hazards.open"], until=today)
    overdue, majors = figures.total("hazards.overdue"), figures.of("hazards.open", "major")
    asked_late = with_changes(request, late="" if late else "overdue")
    asked_major = with_changes(request, level="" if major else "major")
    return [
        CountTab("整改逾期", asked_late, overdue, on=late, red=overdue > 0, apart=True),
        CountTab("重大", asked_major, majors, on=major, red=majors > 0),
    ]


def _views(request: StaffRequest) -> list[Option]:
    here = request.GET.urlencode()
    kept = [(one.name, one.address) for one in saved_views(request.actor)]
    return [Option(name, f"{request.path}?{query}", on=here == query) for name, query in (*kept, *asked.PRESETS)]


def _pager(listed: Listed) -> Pager:
    many = f"{COUNT_LIMIT}+" if listed.is_more else ""
    return Pager(listed.page, listed.size, len(listed.lines), listed.total, many=many)


def _pick_all(listed: Listed) -> str:
    return f"连同其余页，共 {listed.total} 项" if len(listed.lines) < listed.total <= COUNT_LIMIT else ""


def _empty(request: StaffRequest) -> Empty:
    if request.GET:
        return Empty("没有符合这些条件的隐患。", "去掉所有条件", request.path)
    href = way_to(request.actor, "field:report")
    if not href:
        return Empty("还没有隐患。")
    return Empty("还没有隐患。检查、巡查、自查发现了问题，从这里登记。", "登记隐患", href)
