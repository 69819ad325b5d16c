"""Returns: what is owed, one return in the layout of its form, what can be done with it, and its downloads."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_POST

from bihuan.campaigns.queries import returns as queries
from bihuan.campaigns.queries.returns import Download
from bihuan.campaigns.rules.returns.binding import LIKE_FOR_LIKE, PeriodKind, Source, is_like_for_like
from bihuan.campaigns.rules.returns.computing import Filled
from bihuan.campaigns.rules.returns.grid import Slot
from bihuan.campaigns.rules.returns.life import ACT_NAMES, STATE_NAMES, ReturnAct, ReturnState
from bihuan.campaigns.rules.returns.lines import CellView, LaterRow, OwedLine, ReturnView, RowsOf
from bihuan.campaigns.rules.returns.listed import Listed, ListRow
from bihuan.campaigns.rules.returns.rhythm import (
    RHYTHM_NAMES,
    Rhythm,
    cumulative_since,
    due_words,
    period_words,
    sent_from,
)
from bihuan.campaigns.rules.returns.signing import Signed
from bihuan.campaigns.services import returns as services
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import NotFound, Refusal
from bihuan.stats import queries as stats
from bihuan.stats.rules import summands_of
from bihuan.web.campaigns.asked import choice_of
from bihuan.web.campaigns.return_grid import Drawn, drawn
from bihuan.web.frame import address, way_to
from bihuan.web.htmx import StaffRequest, go, page_or_part
from bihuan.web.intake.gate import identity
from bihuan.web.numbers import whole
from bihuan.web.parts import Empty, Tab

FIELD: Final = "cell-"
FEW_ROWS: Final = 20  # more are folded
TONES: Final = {
    ReturnState.FILLING: "go",
    ReturnState.SUBMITTED: "soon",
    ReturnState.RETURNED: "late",
    ReturnState.CHECKED: "ok",
    ReturnState.LOCKED: "ok",
}
VERBS: Final = {
    ReturnAct.TYPE: "接着填",
    ReturnAct.CHECK: "审核",
    ReturnAct.LOCK: "锁定",
}
OPEN: Final = ("", ReturnState.FILLING, ReturnState.RETURNED)
CHECKING: Final = (ReturnState.SUBMITTED, ReturnState.CHECKED)
TABS: Final[tuple[tuple[str, str, Callable[[OwedLine], bool]], ...]] = (
    ("", "要报的", lambda line: line.state in OPEN),
    ("missing", "没报", lambda line: line.is_missing),
    ("late", "迟报", lambda line: line.is_late and not line.is_missing),
    ("check", "待审核、锁定", lambda line: line.state in CHECKING),
    ("done", "已报的", lambda line: bool(line.state) and line.state not in OPEN),
    ("all", "近五周和下一期", lambda _: True),
)


@require_GET
def listing(request: StaffRequest) -> HttpResponse:
    """Show what is owed: by whom, of which days, by when, how far."""
    lines = queries.owed_for(request.actor, now=request.now)
    tab = choice_of(request, "tab", {one[0] for one in TABS})
    chosen = next((one for one in TABS if one[0] == tab), TABS[0])
    kept = [line for line in lines if chosen[2](line)]
    upload_href = way_to(request.actor, "campaigns:upload_form")
    return page_or_part(
        request,
        "campaigns/returns.html",
        tabs=[_tab(request, one, lines, on=one is chosen) for one in TABS] if lines else [],
        rows=[
            _row(line, is_own=_is_own(request, line))
            for line in (
                sorted(kept, key=lambda line: (not _is_own(request, line), *_nearest(line))) if not tab else kept
            )
        ],
        several=len({line.unit_id for line in lines}) > 1,
        forms_href=address("campaigns:return_forms") if lines or upload_href else "",
        upload_href=upload_href,
        empty=_empty(lines, upload_href),
    )


def _is_own(request: StaffRequest, line: OwedLine) -> bool:
    """Tell whether a return is of the person's own unit; the office's own is the town's."""
    return line.unit_id in request.actor.own_units or line.unit_id == request.actor.town_id


def _nearest(line: OwedLine) -> tuple[datetime, str, str]:
    """Order what is still to be sent by its hour: overdue first, then the nearest."""
    return line.period.due_at, line.title, line.unit_name


def _tab(
    request: StaffRequest, one: tuple[str, str, Callable[[OwedLine], bool]], lines: list[OwedLine], *, on: bool
) -> Tab:
    key, name, holds = one
    count = sum(map(holds, lines))
    href = f"{request.path}?tab={key}" if key else request.path
    return Tab(name, href, count, on=on, red=key == "missing" and count > 0)


def _empty(lines: list[OwedLine], upload_href: str) -> Empty:
    """Say why nothing is here: nothing under this tab, nobody owes a form, or this person's unit owes none."""
    if lines:
        return Empty("这里没有报表。")
    if upload_href:
        return Empty("还没有单位要报报表。先上传上级的报表或者添加通用报表，选好填报单位后启用。")
    return Empty("现在没有要您单位填报的报表。镇安监办定了由您单位填报，会在这里和待办里提醒。")


def _row(line: OwedLine, *, is_own: bool) -> dict[str, Any]:
    state = ReturnState(line.state) if line.state else None
    return {
        "line": line,
        "is_own": is_own,
        "period": period_words(line.period.since, line.period.until),
        "due": due_words(line.period.due_at),
        "rhythm": RHYTHM_NAMES[Rhythm(line.rhythm)],
        "state": STATE_NAMES[state] if state else "" if line.is_missing else "没有填",
        "tone": TONES[state] if state else "late" if line.is_missing else "none",
        "href": reverse("campaigns:return", args=(line.return_id,)) if line.return_id else "",
        "verb": next((VERBS[act] for act in line.acts if act in VERBS), "打开"),
    }


@require_POST
def begin(request: StaffRequest) -> HttpResponse:
    """Begin a return of one unit and period."""
    form_id, unit_id = (identity(request.POST.get(name, "")) for name in ("form", "unit"))
    since, until = _day(request, "since"), _day(request, "until")
    if form_id is None or unit_id is None or since is None or until is None:
        raise NotFound("returns.no_period", "没有找到这一期，请从列表里选。")
    try:
        made = services.begin_return(
            form_id=form_id, unit_id=unit_id, since=since, until=until, actor=request.actor, now=request.now
        )
    except NotFound:
        raise
    except Refusal as refusal:
        messages.error(request, refusal.say)
        return go(request, "campaigns:returns")
    return go(request, "campaigns:return", made)


def _day(request: StaffRequest, name: str) -> date | None:
    try:
        return parse_date(request.POST.get(name, ""))
    except ValueError:
        return None


@require_GET
def show(request: StaffRequest, return_id: UUID) -> HttpResponse:
    """Show a return in the layout of its form; a chosen cell with its rule and its rows beside."""
    asked = whole(request.GET.get("edition", ""))
    view = queries.return_for(request.actor, return_id, today=day_of(request.now), edition=asked)
    chosen = view.cells.get(choice_of(request, "cell", view.cells))
    typing = ReturnAct.TYPE in view.acts
    open_cells = {slot.address for slot in view.still_open} if typing else set()
    state = ReturnState(view.state)
    opens = sent_from(Rhythm(view.form.rhythm), view.until, view.due_at)

    def draw(slot: Slot) -> Drawn:
        return _cell(
            view.cells[slot.address],
            is_open=slot.address in open_cells,
            is_chosen=chosen is not None and chosen.slot == slot,
        )

    return page_or_part(
        request,
        "campaigns/return.html",
        view=view,
        period=period_words(view.since, view.until),
        due=due_words(view.due_at),
        rhythm=RHYTHM_NAMES[Rhythm(view.form.rhythm)],
        state=STATE_NAMES[state],
        tone=TONES[state],
        sheets=drawn(view.form.grid, view.form.slots, draw, _signed(view, is_open=typing)),
        chosen=_chosen(chosen) if chosen is not None else None,
        corrected=[cell for cell in view.cells.values() if cell.later is not None] if not typing else [],
        later=_later(request, view, chosen) if chosen is not None and chosen.now else [],
        doubts=view.doubts,
        typing=typing,
        acts={act.value: ACT_NAMES[act] for act in view.acts},
        is_packed=view.edition > 0 and not typing and view.unit_id == view.form.town_id,  # a village has no such system
        is_office=view.form.is_office,
        sent_from=opens if day_of(request.now) < opens else None,
        is_running=day_of(request.now) == view.until and Rhythm(view.form.rhythm) is Rhythm.TEN_DAYS,
        so_far=_so_far(view),
        like_for_like=LIKE_FOR_LIKE if is_like_for_like(view.form.bindings) else "",
        lists=[ShownList(one) for one in view.lists],
        is_earlier=asked is not None and asked != view.edition,
        reopened="退回" if state is ReturnState.RETURNED else "更正",
    )


def _so_far(view: ReturnView) -> str:
    """Return from which day the return counts what there is so far, "" where it does not tell that."""
    if not any(one.period is PeriodKind.CUMULATIVE for one in view.form.bindings.values()):
        return ""
    starts = cumulative_since(view.form.cumulative_from, view.until)
    return f"累计从{period_words(starts, starts)}算起"


def _signed(view: ReturnView, *, is_open: bool) -> Signed:
    """Return who fills a return in; the day and the people are known once it was sent."""
    if is_open or not view.editions:
        return Signed(unit=view.unit_name)
    return Signed(view.unit_name, day_of(view.editions[0].sent_at), view.sent_by, view.checked_by)


@dataclass(frozen=True, slots=True)
class ShownList:
    """A list of a return on its page: long ones are folded."""

    of: Listed

    @property
    def is_open(self) -> bool:
        """Whether its rows are shown at once."""
        return len(self.of.rows) <= FEW_ROWS

    @property
    def rows(self) -> list[list[tuple[str, bool, str]]]:
        """Return each row's cells: what stands there, whether it waits for a room, and where it leads."""
        return [self._cells(one) for one in self.of.rows]

    def _cells(self, row: ListRow) -> list[tuple[str, bool, str]]:
        waiting, where = set(self.of.waiting_at), _leads_to(row)
        return [(text, place in waiting, where if place == 1 else "") for place, text in enumerate(row.cells)]


def _leads_to(row: ListRow) -> str:
    if not row.page:
        return ""
    return reverse(row.page, args=row.args) + (f"?{urlencode(row.query)}" if row.query else "")


def _cell(cell: CellView, *, is_open: bool, is_chosen: bool) -> Drawn:
    css = (
        "g-n"
        + (" typed" if cell.filled.typed or cell.filled.summed else "")
        + (" on" if is_chosen else "")
        + (" moved" if cell.changed_from or cell.later or cell.filled.was else "")
        + (" na" if cell.filled.is_elsewhere else "")
    )
    if is_open:
        return Drawn(
            css=f"{css} open", field=f"{FIELD}{cell.slot.address}", label=cell.slot.label, note=cell.filled.why
        )
    note = cell.filled.typed or cell.filled.summed or (cell.filled.why if cell.filled.is_elsewhere else cell.rule)
    return Drawn(cell.filled.text, css=css, href=f"?{urlencode({'cell': cell.slot.address})}#cell", note=note)


def _chosen(cell: CellView) -> dict[str, Any]:
    return {
        "cell": cell,
        "rows": [_rows(row) for row in cell.rows if address(row.page)],
        "apart": [(title, _rows(row)) for title, row in cell.apart if address(row.page)],
        "field": f"{FIELD}{cell.slot.address}",
        "taken_href": _taken(cell.filled),
        "later_href": _taken(cell.later) if cell.later is not None else "",
        "may_be_alone": cell.binding.source is Source.TYPED,
    }


def _taken(one: Filled) -> str:
    """Return where a number that was typed in another form stands, "" for one that is of here."""
    return_id, _, query = one.taken_from.partition("?")
    return f"{reverse('campaigns:return', args=(return_id,))}?{query}#cell" if return_id else ""


def _later(request: StaffRequest, view: ReturnView, cell: CellView) -> list[LaterRow]:
    """Return which rows make the difference to what was sent; only for a cell where there is one."""
    if view.edition == 0:
        return []
    return queries.later_rows(request.actor, view.id, cell.slot.address, today=day_of(request.now))


def _rows(row: RowsOf) -> dict[str, Any]:
    first = next(iter(summands_of(row.query.get("measure", ""))), None)
    measure = stats.measures().get(first.name) if first is not None else None
    asked = stats.asked_figures().get(row.query.get("figure", ""))
    unit = measure.unit if measure is not None else asked.unit if asked is not None else "项"
    said = "看明细" if unit == "元" else f"看这 {row.amount} {unit}"
    return {
        "href": f"{address(row.page)}?{urlencode(row.query)}",
        "amount": row.amount,
        "said": f"减去：{said}" if row.sign < 0 else said,
    }


ACTS: Final[dict[str, tuple[Callable[..., None], str, tuple[str, ...]]]] = {
    ReturnAct.SUBMIT: (services.send_return, "已报送，等安监办审核。", ("remark",)),
    ReturnAct.SEND_BACK: (services.send_back, "已退回，对方会收到原因。", ("reason",)),
    ReturnAct.CHECK: (services.check_return, "审核通过。", ()),
    ReturnAct.LOCK: (services.lock_return, "已锁定。", ()),
    ReturnAct.RECEIPT: (services.note_receipt, "回执号已记下。", ("receipt",)),
    ReturnAct.CORRECT: (services.correct_return, "可以更正了，报送后是新的一版。", ("reason",)),
}


@require_POST
def act(request: StaffRequest, return_id: UUID) -> HttpResponse:
    """Do one act on a return."""
    known = ACTS.get(request.POST.get("act", ""))
    if known is None:
        raise NotFound("returns.no_act", "没有这项操作，请刷新页面重选。")
    service, said, names = known
    return acted(request, return_id, service, said, **{name: request.POST.get(name, "") for name in names})


def acted(
    request: StaffRequest, return_id: UUID, service: Callable[..., None], said: str, **given: Any
) -> HttpResponse:
    seen = whole(request.POST.get("seen_version", "")) or 0
    try:
        service(return_id=return_id, seen_version=seen, actor=request.actor, now=request.now, **given)
        messages.success(request, said)
    except NotFound:
        raise
    except Refusal as refusal:
        messages.error(request, refusal.say)
    return go(request, "campaigns:return", return_id)


@require_GET
def workbook(request: StaffRequest, return_id: UUID) -> HttpResponse:
    """Send the form filled in its own layout."""
    return _download(queries.workbook_of(request.actor, return_id, today=day_of(request.now)))


@require_GET
def pack(request: StaffRequest, return_id: UUID) -> HttpResponse:
    """Send the pack for the superior's system."""
    made = queries.pack_of(request.actor, return_id, today=day_of(request.now), now=request.now)
    return _download(made)


def _download(made: Download) -> HttpResponse:
    response = HttpResponse(made.content, content_type=made.media_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=made.name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response
