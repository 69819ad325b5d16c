"""What stands around the to-do list of an office: figures on top, gaps and places beside it."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

from bihuan.desk.queries import Headline, headline, places_of
from bihuan.enterprises import queries as enterprises
from bihuan.enterprises.rules.responsibility import GapKind
from bihuan.hazards.queries.lists import listing
from bihuan.hazards.rules.filters import COUNT_LIMIT, Filters, Late
from bihuan.kernel.roles import Role
from bihuan.orgs import queries as orgs
from bihuan.orgs.rules import Gap as DutyGap
from bihuan.web.frame import address
from bihuan.web.htmx import StaffRequest
from bihuan.web.parts import Gap, Tile

OFFICE: Final = (Role.SAFETY_OFFICE, Role.SAFETY_CHIEF, Role.COMMITTEE_CHAIR)
FIRM_GAPS: Final = {
    GapKind.VILLAGE: ("属地", "没有属地村（社区）的企业"),
    GapKind.DEPARTMENT: ("主管部门", "没有主管部门的企业"),
    GapKind.LEADER: ("挂钩领导", "没有挂钩领导的企业"),
}


def around(request: StaffRequest, today: date) -> dict[str, Any]:
    """Return tiles for everybody who looks at figures, places for whole towns, gaps for the office."""
    found: dict[str, Any] = {"tiles": tiles(request, today)}
    places = places_of(request.actor, today=today)
    if places:
        found |= {
            "places": [_place_row(row.name, row.path, row.open, row.late) for row in places],
            "places_most": max(row.open for row in places),
            "places_title": "逾期集中在哪里" if places[0].late else "未销号在哪里",
        }
    if request.actor.has_role(*OFFICE):
        found |= _gaps(request, today)
    return found


def tiles(request: StaffRequest, today: date) -> list[Tile]:
    """Return the figure strip; each figure opens its rows."""
    head = headline(request.actor, today=today)
    soon = listing(request.actor, Filters(late=Late.SOON), today=today, size=1).total
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
        Tile("三天内到期", f"{COUNT_LIMIT}+" if soon > COUNT_LIMIT else soon, href=rows(late="soon")),
        Tile(
            "整改率",
            f"{head.rectified * 100 / head.counted:.1f}" if head.counted else "—",
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


def _gaps(request: StaffRequest, today: date) -> dict[str, Any]:
    firms = enterprises.gaps(request.actor, today)
    duties = orgs.responsibility_gaps(request.actor, today)
    lines = [
        Gap(name, 0, firms.by_kind[kind], say, "指定", f"{address('enterprises:list')}?gap={kind}")
        for kind, (name, say) in FIRM_GAPS.items()
        if firms.by_kind[kind]
    ]
    if duties:
        lines.append(Gap("组织责任", 0, len(duties), _said(duties), "去补", address("orgs:units")))
    return {
        "gaps": lines,
        "gaps_count": sum(line.of for line in lines),
        "gaps_href": address("orgs:units"),
    }


def _said(duties: Sequence[DutyGap]) -> str:
    first = "；".join(gap.say.rstrip("。") for gap in duties[:2])
    return f"{first} 等" if len(duties) > 2 else first
