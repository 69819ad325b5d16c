"""Tasks of a campaign: a list, a new one, and the report of one."""

from collections.abc import Iterable, Sequence
from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from bihuan.campaigns import queries, services
from bihuan.campaigns.rules.drafting import TASK_NAMES, TaskState
from bihuan.campaigns.rules.life import CampaignAct, CampaignState, may, must
from bihuan.campaigns.rules.lines import CampaignView, TaskLine
from bihuan.campaigns.rules.record_lines import HelpLine
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import NotFound, Refusal
from bihuan.trail.rules.files import FileKind
from bihuan.web.attached import Attached, attached
from bihuan.web.campaigns.asked import choice_of, row_of_address
from bihuan.web.evidence import Gathered, gather
from bihuan.web.htmx import StaffRequest, go, page_or_part, refuse_into
from bihuan.web.links import with_changes
from bihuan.web.numbers import whole
from bihuan.web.parts import Empty, Pager, Tab, page_number
from bihuan.web.sizes import page_size
from bihuan.web.slots import slots_of

PROOF: Final = {"proof": FileKind.DOCUMENT}
PROOF_LABEL: Final = {"proof": "佐证材料（照片或文件，报“已完成”必须有）"}
ALL: Final = "all"
WITHDRAWN: Final = "已撤回"
TABS: Final = (("open", "没办完"), ("late", "逾期"), ("done", "已完成"), (ALL, "全部"), ("withdrawn", "已撤回"))
TONES: Final = {
    TaskState.NOT_STARTED: "none",
    TaskState.UNDER_WAY: "go",
    TaskState.DONE: "ok",
    TaskState.BEHIND: "late",
    TaskState.NEEDS_HELP: "soon",
}


class ReportForm(forms.Form):
    """How far a task is."""

    state = forms.ChoiceField(label="进度", choices=[(one.value, name) for one, name in TASK_NAMES.items()])
    percent = forms.IntegerField(
        label="完成比例（%）",
        min_value=0,
        max_value=100,
        required=False,
        help_text="不填的，已完成算 100，其他照上次报的。",
    )
    note = forms.CharField(
        label="做了什么、卡在哪里", max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class AssignForm(forms.Form):
    """A task for one or several units."""

    title = forms.CharField(label="要办的事", max_length=200, error_messages={"required": "请写要办的事。"})
    units = forms.MultipleChoiceField(
        label="牵头单位（各办各的）",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请选由哪个单位牵头办。"},
    )
    helpers = forms.MultipleChoiceField(label="配合单位", required=False, widget=forms.CheckboxSelectMultiple)
    due_on = forms.DateField(
        label="完成时限", widget=forms.DateInput(attrs={"type": "date"}), error_messages={"required": "请填完成时限。"}
    )

    def __init__(self, units: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("units", "helpers"):
            self.fields[name].choices = units  # type: ignore[attr-defined] # -- a choice field


@require_GET
def listing(request: StaffRequest, campaign_id: UUID) -> HttpResponse:
    """Show the tasks of the units that the viewer sees."""
    campaign = queries.campaign_for(request.actor, campaign_id)
    clause = row_of_address(request, "clause")
    tab = choice_of(request, "tab", {ALL, *(key for key, _ in TABS)}, default=ALL if clause else "open")
    page = queries.tasks_of(
        request.actor,
        campaign_id,
        today=day_of(request.now),
        clause_id=clause,
        unit_id=row_of_address(request, "unit"),
        tab="" if tab == ALL else tab,
        page=page_number(request.GET),
        size=page_size(request),
    )
    may_assign = may(request.actor, CampaignAct.ASSIGN, CampaignState(campaign.state), path=campaign.path)
    return page_or_part(
        request,
        "campaigns/tasks.html",
        campaign=campaign,
        tabs=[Tab(name, with_changes(request, tab=key), None, on=key == tab) for key, name in TABS],
        rows=task_rows(campaign, page.lines),
        regular=queries.regular_of(request.actor, campaign_id, today=day_of(request.now)),
        assign_href=reverse("campaigns:assign", args=(campaign_id,)) if may_assign else "",
        pager=Pager(page.number, page.size, len(page.lines), page.total, unit="件"),
        empty=Empty("这里没有任务。有数可查的要求不用报，凭数字看进度。"),
    )


def task_rows(campaign: CampaignView, lines: Sequence[TaskLine]) -> list[dict[str, Any]]:
    """Return tasks as a table shows them."""
    return [
        {
            "line": one,
            "href": reverse("campaigns:task", args=(campaign.id, one.id)),
            "state": WITHDRAWN if one.withdrawn_at else TASK_NAMES[TaskState(one.state)],
            "tone": "none" if one.withdrawn_at else TONES[TaskState(one.state)],
            "is_open": one.state != TaskState.DONE and one.withdrawn_at is None,
            "helpers": "、".join(one.helpers),
        }
        for one in lines
    ]


@require_http_methods(["GET", "POST"])
def assign(request: StaffRequest, campaign_id: UUID) -> HttpResponse:
    """Give a task to units."""
    campaign = queries.campaign_for(request.actor, campaign_id)
    must(request.actor, CampaignAct.ASSIGN, CampaignState(campaign.state), path=campaign.path)
    units = queries.units_of_campaign(request.actor, campaign_id, today=day_of(request.now))
    form = AssignForm([(str(one.id), one.name) for one in units], request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made = services.assign_tasks(
                campaign_id=campaign_id,
                title=said["title"],
                units=[UUID(one) for one in said["units"]],
                helpers=[UUID(one) for one in said["helpers"]],
                due_on=said["due_on"],
                actor=request.actor,
                now=request.now,
            )
            messages.success(request, f"布置了 {made} 件任务。")
            return go(request, "campaigns:tasks", campaign_id)
        except Refusal as refusal:
            refuse_into(form, refusal)
    return page_or_part(
        request,
        "campaigns/form.html",
        status=422 if form.errors else 200,
        campaign=campaign,
        form=form,
        title="布置任务",
        verb="布置",
        slots=[],
        version=campaign.version,
    )


@require_http_methods(["GET", "POST"])
def report(request: StaffRequest, campaign_id: UUID, task_id: UUID) -> HttpResponse:
    """Show a task with what was reported of it, or report how far it is."""
    campaign = queries.campaign_for(request.actor, campaign_id)
    task = queries.task_for(request.actor, campaign_id, task_id)
    given = {"state": task.line.state}
    form = ReportForm(request.POST if request.method == "POST" else None, initial=given)
    gathered = gather(request, PROOF, town_id=campaign.town_id) if request.method == "POST" else Gathered()
    if request.method == "POST" and form.is_valid() and not any(gathered.problems.values()):
        said = form.cleaned_data
        try:
            services.report_task(
                campaign_id=campaign_id,
                task_id=task_id,
                seen_version=whole(request.POST.get("seen_version", "")) or 0,
                state=said["state"],
                percent=said["percent"],
                note=said["note"],
                files=[one.id for one in gathered.files.get("proof", ())],
                actor=request.actor,
                now=request.now,
            )
            messages.success(request, "进展已报。")
            return go(request, "campaigns:task", campaign_id, task_id)
        except NotFound:
            raise
        except Refusal as refusal:
            refuse_into(form, refusal)
    is_office = may(request.actor, CampaignAct.ASSIGN, CampaignState(campaign.state), path=campaign.path)
    may_report = may(request.actor, CampaignAct.REPORT, CampaignState(campaign.state), path=campaign.path)
    files = _proofs(campaign_id, task_id, (file for one in task.reports for file in one.files))
    return page_or_part(
        request,
        "campaigns/task.html",
        status=422 if form.errors else 200,
        campaign=campaign,
        row=task_rows(campaign, [task.line])[0],
        line=task.line,
        clause=task.clause_text,
        helps=helps_shown(request, campaign_id, task_id) if task.line.helpers else [],
        reports=[(one, TASK_NAMES[TaskState(one.state)], [files[file] for file in one.files]) for one in task.reports],
        form=form,
        slots=slots_of(gathered, PROOF_LABEL, PROOF),
        may_report=may_report and (task.line.own or is_office) and task.line.withdrawn_at is None,
    )


def helps_shown(request: StaffRequest, campaign_id: UUID, task_id: UUID) -> list[tuple[HelpLine, list[Attached]]]:
    """Return what helping units did for a task, as far as the viewer sees it, each with its files."""
    found = queries.helps_of(request.actor, campaign_id, task_id)
    files = _proofs(campaign_id, task_id, (file for one in found for file in one.files))
    return [(one, [files[file] for file in one.files]) for one in found]


def _proofs(campaign_id: UUID, task_id: UUID, files: Iterable[UUID]) -> dict[UUID, Attached]:
    return attached(files, lambda file: reverse("campaigns:proof", args=(campaign_id, task_id, file)))
