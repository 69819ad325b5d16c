"""What stands around the to-do list of an office: figures on top, lists and places beside it."""

from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

from django.urls import reverse

from bihuan.desk.queries import Desk, Headline, headline, places_of
from bihuan.intake import queries as intake
from bihuan.intake.rules.lines import ListLine
from bihuan.intake.rules.runs import RUN_STATE_NAMES, RunState
from bihuan.kernel.roles import Role
from bihuan.stats.rules import rate_text
from bihuan.web.frame import address
from bihuan.web.htmx import StaffRequest
from bihuan.web.intake.drawing import list_stack
from bihuan.web.parts import Tile
from bihuan.web.stats.answers import led_href

OFFICE: Final = (Role.SAFETY_OFFICE, Role.SAFETY_CHIEF, Role.COMMITTEE_CHAIR)
LISTED: Final = (*OFFICE, Role.LEADER, Role.DEPARTMENT, Role.SUPERIOR, Role.SUPERVISION_GROUP)
LISTS_ASKED: Final = 6
LISTS_SHOWN: Final = 2


def around(request: StaffRequest, today: date, desk: Desk) -> dict[str, Any]:
    """Return tiles for everybody who looks at figures, places for whole towns, lists for those who follow them."""
    found: dict[str, Any] = {"tiles": [*_led(desk), *tiles(request, today)]}
    places = places_of(request.actor, today=today, duties=desk.duties)
    if places:
        found |= {
            "places": [_place_row(row.name, row.path, row.open, row.late) for row in places],
            "places_most": max(row.open for row in places),
            "places_title": "逾期集中在哪里" if places[0].late else "未销号在哪里",
        }
    if address("intake:lists") and request.actor.has_role(*LISTED):
        found |= _lists(request, today)
    return found


def _led(desk: Desk) -> list[Tile]:
    """Return what a leader owes in person this month, first of all."""
    led = desk.led
    if led is None:
        return []
    note = f"还差 {led.due - led.done} 次" if led.done < led.due else "够了"
    return [Tile(f"{led.month}月带队检查", f"{led.done} / {led.due}", unit="次", note=note, href=led_href(led))]


def tiles(request: StaffRequest, today: date) -> list[Tile]:
    """Return the figure strip; each figure opens its rows."""
    head = headline(request.actor, today=today)
    more = head.overdue - head.overdue_before
    return [
        Tile("未销号隐患", head.open, note=_since("比上周", head.open - head.open_before), href=rows()),
        Tile(
            "整改逾期",
            head.overdue,
            note=_since("比昨天", more) or _major_words(head),
            href=rows(late="overdue"),
            tone="red" if head.overdue else "",
            note_tone="red" if more > 0 else "",
        ),
        Tile(
            "重大隐患未销号",
            head.major_open,
            note=f"共 {head.major_all} 项，已挂牌 {head.major_listed} 项",
            href=rows(level="major"),
        ),
        Tile("三天内到期", head.soon, href=rows(late="soon")),
        Tile(
            "整改率",
            rate_text(head.rectified, head.counted),
            unit="%" if head.counted else "",
            note=f"{head.rectified} / {head.counted}",
            href=address("stats:dashboard"),
        ),
    ]


def rows(**filters: str) -> str:
    """Return the address of the list narrowed by these filters."""
    return f"{address('hazards:list')}?{urlencode(filters)}" if filters else address("hazards:list")


def _since(when: str, more: int) -> str:
    if not more:
        return ""
    return f"{when}多 {more}" if more > 0 else f"{when}少 {-more}"


def _major_words(head: Headline) -> str:
    return f"其中重大 {head.overdue_major} 项" if head.overdue_major else ""


def _place_row(name: str, path: str, open_: int, late: int) -> dict[str, Any]:
    return {
        "name": name,
        "open": open_,
        "late": late,
        "href": rows(path=path),
        "late_href": rows(path=path, late="overdue"),
    }


def _lists(request: StaffRequest, today: date) -> dict[str, Any]:
    """Return the superior's lists that are not over yet, newest first, and imports left half done."""
    lines = intake.newest_lists(request.actor, today=today, first_n=LISTS_ASKED)
    running = [line for line in lines if line.closed < line.seen]
    runs = intake.runs_of(request.actor, LISTS_SHOWN) if request.actor.has_role(*OFFICE) else []
    return {
        "lists": [_list_row(line) for line in running[:LISTS_SHOWN]],
        "lists_more": len(running[LISTS_SHOWN:]),
        "lists_count": sum(line.seen for line in lines),
        "lists_href": address("intake:lists"),
        "imports": [
            {
                "words": f"“{run.title or run.file_name}”{run.rows} 行，{RUN_STATE_NAMES[RunState(run.state)]}",
                "href": reverse("intake:check", args=[run.id]),
            }
            for run in runs
        ],
    }


def _list_row(line: ListLine) -> dict[str, Any]:
    href = reverse("intake:show", args=[line.id])
    return {
        "name": f"{line.organ} {line.doc_no}".strip() or line.title,
        "href": href,
        "note": f"已认可 {line.closed} / {line.seen}",
        "late": line.overdue,
        "answered": line.seen - line.unanswered,
        "seen": line.seen,
        "unanswered": line.unanswered,
        "stack": list_stack(line, href=href),
    }
