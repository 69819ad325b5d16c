"""The last steps: what entering would do, and entering it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from bihuan.hazards.rules.states import STATE_NAMES
from bihuan.intake import queries, services
from bihuan.intake.rules.claims import CLAIM_NAMES, Claim
from bihuan.intake.rules.lines import RunView, Trial
from bihuan.kernel.errors import Refusal
from bihuan.web.htmx import StaffRequest, go, page_or_part
from bihuan.web.intake import drawing
from bihuan.web.intake.gate import takes_in
from bihuan.web.numbers import whole
from bihuan.web.parts import Tile


@require_GET
@takes_in
def trial(request: StaffRequest, run_id: UUID) -> HttpResponse:
    """Show what entering the draft would do."""
    return _page(request, queries.run_for(request.actor, run_id))


def _page(request: StaffRequest, run: RunView, *, say: str = "") -> HttpResponse:
    would = queries.trial_of(request.actor, run.id)
    return page_or_part(
        request,
        "intake/trial.html",
        status=422 if say else 200,
        run=run,
        trial=would,
        steps=drawing.steps(3),
        subtitle=drawing.subtitle(run),
        tiles=_tiles(would),
        claims=[(CLAIM_NAMES[claim], would.claims[claim]) for claim in Claim if would.claims.get(claim)],
        gone=[
            {**one, "state_name": STATE_NAMES[one["state"]], "href": reverse("hazards:show", args=(one["hazard_id"],))}
            for one in would.gone_items
        ],
        say=say,
    )


def _tiles(would: Trial) -> list[Tile]:
    return [
        Tile("新增隐患", would.added, "项", "都从待核实开始"),
        Tile("更新所称", would.changed, "项", "只改清单所称，不动隐患")
        if would.changed
        else Tile("没有变化", would.same, "项"),
        Tile("新建企业", len(would.new_firms), "家"),
        Tile("移出、并作一项", would.left_out, "项"),
        Tile("写“重大”", would.majors, "项", "逐条判定后才算"),
    ]


@require_POST
@takes_in
def enter(request: StaffRequest, run_id: UUID) -> HttpResponse:
    """Enter the draft, all of it or nothing."""
    seen = whole(request.POST.get("seen_version", "")) or 0
    try:
        entered = services.commit(
            run_id=run_id,
            seen_version=seen,
            actor=request.actor,
            now=request.now,
        )
    except Refusal as refusal:
        return _page(request, queries.run_for(request.actor, run_id), say=refusal.say)
    said = [f"已入账：新增 {entered.added} 项"]
    said += [f"更新所称 {entered.changed} 项"] * bool(entered.changed)
    said += [f"新建企业 {entered.new_enterprises} 家"] * bool(entered.new_enterprises)
    said += [f"{entered.offers} 项期限有变动，等您定"] * bool(entered.offers)
    messages.success(request, "，".join(said) + "。")
    return go(request, "intake:show", entered.list_id)


@require_POST
@takes_in
def drop(request: StaffRequest, run_id: UUID) -> HttpResponse:
    """Put a draft away."""
    seen = whole(request.POST.get("seen_version", "")) or 0
    services.drop(run_id=run_id, seen_version=seen, actor=request.actor, now=request.now)
    messages.success(request, "这次导入已放弃，什么都没有写入。")
    return go(request, "intake:lists")
