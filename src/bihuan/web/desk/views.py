"""Pages of the desk: the workbench of each role and the global search."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final

from django.http import HttpResponse
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_GET

from bihuan.desk import queries
from bihuan.desk.queries import Desk
from bihuan.hazards.rules.acts import Act
from bihuan.kernel.actor import Actor
from bihuan.kernel.calendar import SHANGHAI, day_of
from bihuan.kernel.roles import Role
from bihuan.kernel.waiting import Found, Waiting
from bihuan.web.desk.office import around, tiles
from bihuan.web.frame import FIRM, WORKERS, Frame, keep_counts, way_to
from bihuan.web.hazards.show import act_href
from bihuan.web.htmx import StaffRequest, calendar_of, page_or_part
from bihuan.web.links import with_changes
from bihuan.web.numbers import whole
from bihuan.web.parts import Tab
from bihuan.web.sizes import is_tall
from bihuan.web.words import SOON_DAYS, day_words, holiday_words, weekday_words

SHOWN: Final = 12
SHOWN_TALL: Final = 24
ALL: Final = 200
FOUND_PAGES: Final = 25  # of the global search; whoever looks further adds a word
ON_PHONE: Final = FIRM | {Role.VILLAGE, Role.INSPECTOR}
FIGURES: Final = tuple(WORKERS)
EMPTY_SAYS: Final = {
    Role.SYSTEM_ADMIN: "现在没有等您办的事。单位、参数和日历从左边进入。",
    Role.SECURITY_ADMIN: "现在没有等您办的事。用户和权限从左边进入。",
    Role.AUDIT_ADMIN: "现在没有等您办的事。查留痕从左边的审计进入。",
    Role.SERVICE_AGENCY: "现在没有等您办的事。您服务的企业和它们的隐患从左边进入。",
}
ACTS: Final = (("登记隐患", "plus", "field:report"), ("导入上级清单", "upload", "intake:upload"))


@require_GET
def workbench(request: StaffRequest) -> HttpResponse:
    """Show what waits for this person: whose hour comes today, then the most overdue."""
    when = request.GET.get("when", "")
    shown = SHOWN_TALL if is_tall(request) else SHOWN
    desk = queries.waiting(request.actor, now=request.now, first_n=ALL if when else shown)
    keep_counts(request.actor, desk)
    today = day_of(request.now)
    dated = desk.rows if when else [row for row in desk.rows if row not in desk.standing]
    todos = [row for row in map(to_do, dated) if not when or when in {"all", _when(row, today)}]
    if set(request.actor.role_names) <= ON_PHONE:
        return _phone(request, desk, [to_do(row) for row in desk.rows])
    context: dict[str, Any] = {
        "today": f"{day_words(today, today=today)} {weekday_words(today)}",
        "holiday": holiday_words(calendar_of(request), today),
        "acts": _acts(request.actor),
        "desk": desk,
        "empty_say": EMPTY_SAYS.get(next(iter(request.actor.role_names), Role.SYSTEM), ""),
        "tabs": _tabs(desk, when),
        "todos": todos,
        "more": 0 if when or len(dated) < shown else max(desk.total - sum(row.count for row in desk.rows), 0),
        "standing": [] if when else [to_do(row) for row in desk.standing],
        "more_href": f"{request.path}?when=all",
    }
    if request.actor.has_role(*FIGURES):
        context |= around(request, today, desk)
    return page_or_part(request, "desk/workbench.html", part="desk/_todos.html", **context)


@require_GET
def find(request: StaffRequest) -> HttpResponse:
    """Answer the global search, as a page or under the field: some of every room, more on the pages after it."""
    sought = request.GET.get("q", "").strip()[:60]
    page = min(max(whole(request.GET.get("page", "")) or 1, 1), FOUND_PAGES)
    found = queries.found(request.actor, sought, now=request.now, page=page)
    answers = [_answer(one) for one in found.rows]
    if page == 1:
        answers = [*pages_named(request, sought), *answers]
    return page_or_part(
        request,
        "desk/find.html",
        part="parts/_found.html",
        sought=sought,
        answers=answers,
        before_href=with_changes(request, page=page - 1) if page > 1 else "",
        after_href=with_changes(request, page=page + 1) if found.more and page < FOUND_PAGES else "",
    )


def _phone(request: StaffRequest, desk: Desk, todos: Sequence[dict[str, Any]]) -> HttpResponse:
    actor = request.actor
    for todo in todos:
        todo["title"] = todo["title"].removeprefix(f"{actor.unit_name} · ")
    context: dict[str, Any] = {
        "heading": actor.unit_name or actor.name,
        "heading_note": " · ".join(part for part in (actor.post_title, actor.name) if part),
        "first": todos[0] if todos else None,
        "rest": todos[1:],
        "more": desk.total - 1,
        "report_href": way_to(actor, "field:report"),
        "tiles": tiles(request, day_of(request.now))[:2],
    }
    return page_or_part(request, "desk/phone.html", part="desk/_phone.html", **context)


def to_do(row: Waiting) -> dict[str, Any]:
    """Return a waiting thing as the to-do row shows it: its title leads to the thing, its button to the act."""
    href = _address(row.url_name, row.url_args) + (f"?{row.query}" if row.query else "")
    return {
        "due": row.due_at or row.due_on,
        "due_name": row.due_name,
        "level": row.level,
        "title": row.title,
        "reason": row.reason,
        "verb": row.verb,
        "href": href,
        "do_href": _act_address(row) or href,
    }


def _act_address(row: Waiting) -> str:
    """Return where the button of a hazard leads: straight to the form of its act."""
    room, _, act = row.what.partition(".")
    if room != "hazard" or row.subject_id is None or act not in set(Act):
        return ""
    return act_href(row.subject_id, Act(act))


def _acts(actor: Actor) -> list[dict[str, str]]:
    return [{"name": name, "icon": icon, "href": href} for name, icon, url in ACTS if (href := way_to(actor, url))]


def _tabs(desk: Desk, when: str) -> list[Tab]:
    counted = (
        ("全部", "all", desk.total),
        ("逾期", "late", desk.late),
        ("今天", "today", desk.today),
        ("三天内", "soon", desk.soon),
        ("以后", "later", desk.later),
    )
    return [
        Tab(name, f"?when={key}", count, on=key == (when or "all"), red=key == "late" and count > 0)
        for name, key, count in counted
    ]


def _when(row: dict[str, Any], today: date) -> str:
    due = row["due"]
    if due is None:
        return "later"
    on: date = due.astimezone(SHANGHAI).date() if hasattr(due, "astimezone") else due
    if on < today:
        return "late"
    if on == today:
        return "today"
    return "soon" if on <= today + timedelta(days=SOON_DAYS) else "later"


def pages_named(request: StaffRequest, sought: str) -> list[dict[str, str]]:
    """Return the pages of this person's navigation whose name holds the words."""
    places = [place for group in Frame(request).groups for place in group if sought and sought in place.name]
    return [{"kind": "页面", "title": place.name, "note": "", "href": place.href} for place in places]


def _answer(one: Found) -> dict[str, str]:
    href = _address(one.url_name, one.url_args)
    if one.query and href:
        href += one.query if one.query.startswith("#") else f"?{one.query}"
    return {"kind": one.kind, "title": one.title, "note": one.note, "href": href}


def _address(url_name: str, args: tuple[object, ...]) -> str:
    try:
        return reverse(url_name, args=args)
    except NoReverseMatch:  # a room may speak of a page that its door has not built yet
        return ""
