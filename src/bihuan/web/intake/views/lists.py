"""Superior's lists with their progress, and one list with its items."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_POST

from bihuan.hazards.rules.states import STATE_NAMES, State
from bihuan.intake import queries, services
from bihuan.intake.rules.lines import ItemLine, ListLine
from bihuan.intake.rules.runs import RUN_STATE_NAMES, RunState
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import NotFound, Refusal
from bihuan.web.htmx import StaffRequest, go, page_or_part
from bihuan.web.intake.drawing import list_stack
from bihuan.web.intake.gate import identity, takes_in
from bihuan.web.parts import Empty, Pager, Tab, Tile, page_number
from bihuan.web.sizes import page_size


@require_GET
def listing(request: StaffRequest) -> HttpResponse:
    """Show the lists, and drafts that wait."""
    today = day_of(request.now)
    may = queries.may_take_in(request.actor)
    page = queries.lists_for(request.actor, today=today, page=page_number(request.GET), size=page_size(request))
    upload = reverse("intake:upload") if may else ""
    return page_or_part(
        request,
        "intake/lists.html",
        lines=[_card(line) for line in page.lines],
        runs=[{"run": run, "state": RUN_STATE_NAMES[RunState(run.state)]} for run in queries.runs_of(request.actor)]
        if may
        else [],
        upload_href=upload,
        pager=Pager(page.number, page.size, len(page.lines), page.total, unit="份"),
        empty=Empty("还没有上级交办的清单。", "导入清单" if may else "", upload),
    )


def _card(line: ListLine) -> dict[str, Any]:
    href = reverse("intake:show", args=(line.id,))
    return {"line": line, "href": href, "stack": list_stack(line, href=href)}


@require_GET
def show(request: StaffRequest, list_id: UUID) -> HttpResponse:
    """Show one list with its items, each claim beside where the hazard stands."""
    today = day_of(request.now)
    line = queries.list_for(request.actor, list_id, today=today)
    only = request.GET.get("only", "")
    page = queries.items_of(
        request.actor, list_id, today=today, only=only, page=page_number(request.GET), size=page_size(request, 50)
    )
    may = queries.may_take_in(request.actor)
    return page_or_part(
        request,
        "intake/show.html",
        part="intake/_items.html",
        line=line,
        tiles=_tiles(line),
        stack=list_stack(line, href=request.path),
        tabs=_tabs(request, line, only),
        items=[_row(item, today) for item in page.lines],
        may_decide=may,
        overdue=queries.overdue_text(request.actor, list_id, today=today) if line.overdue else "",
        back_href=reverse("intake:back", args=(list_id,)) if line.is_whole else "",
        upload_href=reverse("intake:upload") if may else "",
        hazards_href=f"{reverse('hazards:list')}?superior_list={list_id}",
        pager=Pager(page.number, page.size, len(page.lines), page.total),
        empty=Empty("这里没有符合条件的项。"),
    )


def _tiles(line: ListLine) -> list[Tile]:
    waiting = line.count(State.AWAITING_SUPERIOR)
    return [
        Tile("共", line.seen, "项", "" if line.seen == line.items else f"清单共 {line.items} 项"),
        Tile("已销号", line.closed, "项", href="?only=closed"),
        Tile("整改逾期", line.overdue, "项", href="?only=late", tone="red" if line.overdue else ""),
        Tile("待上级认可", waiting, "项", href=f"?only={State.AWAITING_SUPERIOR.value}"),
        Tile("待核实", line.count(State.REPORTED), "项", href=f"?only={State.REPORTED.value}"),
    ]


def _tabs(request: StaffRequest, line: ListLine, only: str) -> list[Tab]:
    counts = (
        ("", "全部", line.seen),
        ("open", "没办完", line.seen - line.count(State.CLOSED, State.TRANSFERRED, State.INVALID)),
        ("late", "整改逾期", line.overdue),
        ("closed", "已销号", line.closed),
        ("major", "写“重大”", None),
        ("unanswered", "举一反三没有单位答复", line.unanswered),
        ("offers", "期限有变动", line.offers),
    )
    tabs = [
        Tab(name, f"{request.path}?only={key}", count, on=key == only, red=key == "late" and bool(count))
        for key, name, count in counts
        if key not in {"offers", "unanswered"} or count
    ]
    states = only.split(",")
    if set(states) <= set(State):
        name = "、".join(STATE_NAMES[State(state)] for state in states)
        tabs.append(Tab(name, f"{request.path}?only={only}", None, on=True))
    return tabs


def _row(item: ItemLine, today: Any) -> dict[str, Any]:
    return {
        "item": item,
        "href": reverse("hazards:show", args=(item.hazard_id,)),
        "claim": item.claim_name.removeprefix("声称"),
        "state_name": STATE_NAMES[item.state],
        "late": item.days_late(today),
        "where": f"{item.source_row} 行" + (f" 第 {item.part} 条" if item.parts > 1 else ""),
    }


@require_GET
def back(request: StaffRequest, list_id: UUID) -> HttpResponse:
    """Send the list back in the layout it came in, filled with our progress."""
    made = queries.back_of(request.actor, list_id, today=day_of(request.now))
    response = HttpResponse(made.content, content_type=made.media_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=made.name) or "attachment"
    return response


@require_POST
@takes_in
def deadlines(request: StaffRequest, list_id: UUID) -> HttpResponse:
    """Take moved deadlines over, or keep those in force."""
    sent = [identity(one) for one in request.POST.getlist("item")]
    ids = [one for one in sent if one is not None]
    act = services.take_deadlines if "take" in request.POST else services.keep_deadlines
    try:
        if not ids or len(ids) < len(sent):
            raise NotFound("intake.no_offer", "没有找到要定期限的项。请刷新页面，勾选后再定。")
        count = act(item_ids=ids, actor=request.actor, now=request.now)
        said = "改用了清单的新期限，最初期限仍留着" if "take" in request.POST else "仍按原期限办"
        messages.success(request, f"{count} 项{said}。")
    except Refusal as refusal:
        messages.error(request, refusal.say)
    return go(request, "intake:show", list_id)
