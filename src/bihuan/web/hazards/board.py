"""The board of major hazards: each with its listing, its milestones and what is late."""

from datetime import date
from typing import Any, Final

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from bihuan.hazards import queries
from bihuan.hazards.queries import BoardRow
from bihuan.hazards.rules.chips import Urgency
from bihuan.hazards.rules.deadlines import ESCALATION_NAMES
from bihuan.hazards.rules.states import (
    HOLDER_NAMES,
    LISTING_NAMES,
    LIVE_LISTING,
    STATE_NAMES,
    Holder,
    ListingState,
)
from bihuan.hazards.rules.todo import verb_for
from bihuan.kernel.calendar import day_of
from bihuan.web.frame import address
from bihuan.web.hazards.rows import TONES, due_title
from bihuan.web.htmx import StaffRequest, page_or_part
from bihuan.web.parts import Empty, Pager, Tile, page_number
from bihuan.web.sizes import page_size
from bihuan.web.words import day_words

REPORTING: Final = frozenset({ListingState.LISTED, ListingState.GOVERNING})  # while the unit reports how far it is


@require_GET
def board(request: StaffRequest) -> HttpResponse:
    """Show the open major hazards, the nearest clock first."""
    found = queries.board(request.actor, now=request.now, page=page_number(request.GET), size=page_size(request))
    today = day_of(request.now)
    listing = address("hazards:list")
    tiles = [
        Tile("重大隐患未销号", found.open_count, href=f"{listing}?level=major"),
        Tile("已挂牌", found.listed_count, href=f"{listing}?level=major&listing=ever"),
        _red("超时未挂牌", found.unlisted_late, f"{listing}?level=major&late=unlisted"),
        _red("整改逾期", found.overdue, f"{listing}?level=major&late=overdue"),
    ]
    return page_or_part(
        request,
        "hazards/board.html",
        part="hazards/_board.html",
        tiles=tiles,
        rows=[_row(row, today) for row in found.rows],
        pager=Pager(found.page, found.size, len(found.rows), found.open_count),
        empty=Empty("现在没有未销号的重大隐患。"),
    )


def _red(name: str, count: int, href: str) -> Tile:
    return Tile(name, count, href=href, tone="red" if count else "")


def _row(row: BoardRow, today: date) -> dict[str, Any]:
    return {
        "href": reverse("hazards:show", args=[row.id]),
        "number": row.number,
        "what": row.description,
        "place": row.place_name,
        "state": row.state.value,
        "state_name": STATE_NAMES[row.state],
        "listing": _listing(row),
        "licence": _licence(row),
        "marks": [_mark(one.name, one.due_on, one.done_on, today) for one in row.milestones],
        "reports_progress": row.listing_state in REPORTING,
        "percent": row.progress_percent,
        "progress_late": row.progress_late,
        "chip": row.chip.text,
        "tone": TONES.get(Urgency(row.chip.urgency), ""),
        "due_title": due_title(row.chip, today=today),
        "next_who": HOLDER_NAMES[Holder(row.next_holder)],
        "next_what": verb_for(row.next_act) if row.next_act else "",
        "lacks": _lacks(row),
        "owed": "、".join(one.name for one in row.reports_owed),
    }


def _listing(row: BoardRow) -> str:
    if row.listing_state is None:
        return "未挂牌"
    where = "（外部）" if row.external else ""
    return f"{LISTING_NAMES[row.listing_state]}{where} {row.listing_number}".strip()


def _licence(row: BoardRow) -> str:
    """Say that a listed unit holds a safety licence (令16号 art. 21)."""
    if not row.licensed or row.listing_state not in LIVE_LISTING:
        return ""
    return "持证单位，已建议暂扣，等答复" if row.licence_proposed else "持证单位，加强检查"


def _mark(name: str, due_on: date | None, done_on: date | None, today: date) -> dict[str, str]:
    if done_on is not None:
        late = due_on is not None and done_on > due_on
        return {"name": name, "css": "done late" if late else "done", "title": f"{day_words(done_on, today=today)}办"}
    if due_on is None:
        return {"name": name, "css": "", "title": "还没到"}
    css = "late" if today > due_on else "now"
    return {"name": name, "css": css, "title": f"应在 {day_words(due_on, today=today)}前"}


def _lacks(row: BoardRow) -> list[str]:
    """Return what is missing on a major hazard, in the words of the rules."""
    asked = (
        (row.unlisted_late, "超过时限还没有挂牌"),
        (not row.countersigned, "判定没有复核"),
        (not row.arranged, "五落实没有填齐"),
        (not row.has_interim, "没有临时管控措施"),
        (row.unsafe_without_stop, "不能保证安全，又没有停产停用"),
        (row.stop_over, "停产停用已过最长期限，请作出决定的机关复核"),
        (row.progress_late, "进度周报没有按时报"),
        (bool(row.step), f"逾期已到“{ESCALATION_NAMES[row.step]}”"),
    )
    return [say for lacking, say in asked if lacking]
