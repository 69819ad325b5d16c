"""The units of a campaign: receipt, body and leader, sub-plan; and one unit with its tasks."""

from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bihuan.campaigns import queries, services
from bihuan.campaigns.rules.drafting import PLAN_NAMES, PlanState
from bihuan.campaigns.rules.life import CampaignAct, CampaignState, may
from bihuan.campaigns.rules.lines import CampaignView, UnitLine
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import NotFound, Refusal
from bihuan.trail.rules.files import FileKind
from bihuan.web.campaigns.tasks import task_rows
from bihuan.web.evidence import Gathered, gather
from bihuan.web.htmx import StaffRequest, go, page_or_part, refuse_into
from bihuan.web.numbers import whole
from bihuan.web.parts import Empty, Tile
from bihuan.web.slots import slots_of

PLAN: Final = {"plan": FileKind.DOCUMENT}
PLAN_LABEL: Final = {"plan": "子方案（Word、PDF 或盖章件的照片）"}
TONES: Final = {
    PlanState.MISSING: "late",
    PlanState.HANDED_IN: "soon",
    PlanState.RETURNED: "late",
    PlanState.ACCEPTED: "ok",
}
SHOWN: Final = 50


class PlanForm(forms.Form):
    """A unit's own body, leader in charge and contact (R9.2, R9.3)."""

    body = forms.CharField(label="负责的机构", max_length=80, required=False, help_text="如 东村专项行动领导小组")
    leader = forms.CharField(label="分管负责人（岗位）", max_length=80, required=False)
    contact = forms.CharField(label="联系人和电话", max_length=80, required=False)
    plan_on = forms.DateField(label="子方案日期", required=False, widget=forms.DateInput(attrs={"type": "date"}))


@require_GET
def listing(request: StaffRequest, campaign_id: UUID) -> HttpResponse:
    """Show who takes part and what each has set up."""
    campaign = queries.campaign_for(request.actor, campaign_id)
    today = day_of(request.now)
    lines = queries.units_of_campaign(request.actor, campaign_id, today=today)
    return page_or_part(
        request,
        "campaigns/units.html",
        campaign=campaign,
        rows=[_row(campaign, one, today) for one in lines],
        tiles=_tiles(lines),
        empty=Empty("还没有下发到单位。"),
    )


def _row(campaign: CampaignView, one: UnitLine, today: Any) -> dict[str, Any]:
    state = PlanState(one.plan_state)
    late = state in {PlanState.MISSING, PlanState.RETURNED} and one.plan_due_on < today
    return {
        "line": one,
        "href": reverse("campaigns:unit", args=(campaign.id, one.id)),
        "plan": PLAN_NAMES[state],
        "tone": TONES[state] if late or state not in {PlanState.MISSING, PlanState.RETURNED} else "none",
        "waits": state in {PlanState.MISSING, PlanState.RETURNED},
        "plan_href": reverse("campaigns:plan_file", args=(campaign.id, one.id)) if one.plan_file_id else "",
    }


def _tiles(lines: list[UnitLine]) -> list[Tile]:
    total = len(lines)
    accepted = sum(one.plan_state == PlanState.ACCEPTED for one in lines)
    waiting = sum(one.plan_state == PlanState.HANDED_IN for one in lines)
    late = sum(one.tasks.late for one in lines)
    return [
        Tile("参加单位", total, "个"),
        Tile("已签收", sum(one.received_at is not None for one in lines), "个", f"共 {total} 个"),
        Tile("机构、负责人齐", sum(bool(one.body and one.leader) for one in lines), "个"),
        Tile("子方案通过", accepted, "份", f"待审 {waiting} 份" if waiting else ""),
        Tile("任务逾期", late, "件", tone="red" if late else ""),
    ]


@require_http_methods(["GET", "POST"])
def show(request: StaffRequest, campaign_id: UUID, unit_id: UUID) -> HttpResponse:
    """Show one unit's part, or take its body, leader and sub-plan."""
    campaign = queries.campaign_for(request.actor, campaign_id)
    today = day_of(request.now)
    line = _line(request, campaign_id, unit_id)
    may_plan = may(request.actor, CampaignAct.PLAN, CampaignState(campaign.state), path=campaign.path)
    given = {"body": line.body, "leader": line.leader, "contact": line.contact}
    form = PlanForm(request.POST if request.method == "POST" else None, initial=given)
    gathered = gather(request, PLAN, town_id=campaign.town_id) if request.method == "POST" else Gathered()
    if request.method == "POST" and form.is_valid() and not any(gathered.problems.values()):
        said = dict(form.cleaned_data)
        files = gathered.files.get("plan", ())
        try:
            services.hand_in_plan(
                campaign_id=campaign_id,
                unit_id=unit_id,
                seen_version=whole(request.POST.get("seen_version", "")) or 0,
                plan_on=said.pop("plan_on"),
                facts=said,
                plan=files[-1].id if files else None,
                actor=request.actor,
                now=request.now,
            )
            messages.success(request, "子方案已报，等安监办审。" if files else "已记下。")
            return go(request, "campaigns:unit", campaign_id, unit_id)
        except Refusal as refusal:
            refuse_into(form, refusal)
    tasks = queries.tasks_of(request.actor, campaign_id, today=today, unit_id=unit_id, size=SHOWN)
    return page_or_part(
        request,
        "campaigns/unit.html",
        status=422 if form.errors else 200,
        campaign=campaign,
        row=_row(campaign, line, today),
        line=line,
        form=form,
        slots=slots_of(gathered, PLAN_LABEL, PLAN),
        may_plan=may_plan and (line.own or _is_office(request, campaign)),
        is_settled=line.plan_state == PlanState.ACCEPTED,
        may_receive=line.received_at is None and may_plan,
        may_review=line.plan_state == PlanState.HANDED_IN and _is_office(request, campaign),
        tasks=task_rows(campaign, tasks.lines),
        more=max(tasks.total - SHOWN, 0),
    )


def _is_office(request: StaffRequest, campaign: CampaignView) -> bool:
    return may(request.actor, CampaignAct.REVIEW_PLAN, CampaignState(campaign.state), path=campaign.path)


def _line(request: StaffRequest, campaign_id: UUID, unit_id: UUID) -> UnitLine:
    found = queries.units_of_campaign(request.actor, campaign_id, today=day_of(request.now))
    line = next((one for one in found if one.id == unit_id), None)
    if line is None:
        raise NotFound("campaigns.no_unit", "这个专项行动没有下发到这个单位，或者它不在您的管辖范围内。")
    return line


@require_POST
def receive(request: StaffRequest, campaign_id: UUID, unit_id: UUID) -> HttpResponse:
    """Sign for a campaign."""
    seen = whole(request.POST.get("seen_version", "")) or 0
    services.receive(campaign_id=campaign_id, unit_id=unit_id, seen_version=seen, actor=request.actor, now=request.now)
    messages.success(request, "已签收。")
    return go(request, "campaigns:unit", campaign_id, unit_id)


@require_POST
def review(request: StaffRequest, campaign_id: UUID, unit_id: UUID) -> HttpResponse:
    """Accept a sub-plan, or return it."""
    accepted = "accept" in request.POST
    try:
        services.review_plan(
            campaign_id=campaign_id,
            unit_id=unit_id,
            seen_version=whole(request.POST.get("seen_version", "")) or 0,
            accepted=accepted,
            note=request.POST.get("note", ""),
            actor=request.actor,
            now=request.now,
        )
        messages.success(request, "子方案通过。" if accepted else "已退回，对方会收到原因。")
    except NotFound:
        raise
    except Refusal as refusal:
        messages.error(request, refusal.say)
    return go(request, "campaigns:unit", campaign_id, unit_id)
