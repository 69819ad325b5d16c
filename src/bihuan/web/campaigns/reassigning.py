"""Who does an order of an issued plan and by when: changed on the page of the clause, with the reason."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from bihuan.campaigns import queries, services
from bihuan.campaigns.rules.drafting import NOBODYS
from bihuan.campaigns.rules.life import CampaignAct, CampaignState, must
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import NotFound, Refusal
from bihuan.web.campaigns.checking import DATE, who
from bihuan.web.campaigns.clause_page import NO_CLAUSE
from bihuan.web.htmx import StaffRequest, go, page_or_part, refuse_into


class ReassignForm(forms.Form):
    """Who does an order, and by when."""

    units = forms.MultipleChoiceField(
        label="由谁办", widget=forms.CheckboxSelectMultiple, error_messages={"required": "请选由哪些单位办。"}
    )
    due_on = forms.DateField(
        label="完成时限",
        required=False,
        help_text="不填就不改。",
        widget=forms.DateInput(attrs=DATE, format="%Y-%m-%d"),
    )
    why = forms.CharField(
        label="为什么改",
        max_length=400,
        help_text="方案页上各单位都看得到。",
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "请写为什么改：各单位都看得到。"},
    )

    def __init__(self, units: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["units"].choices = units  # type: ignore[attr-defined] # -- a choice field


@require_http_methods(["GET", "POST"])
def reassign(request: StaffRequest, campaign_id: UUID, clause_id: UUID) -> HttpResponse:
    """Show who does an order and by when, or change it."""
    campaign = queries.campaign_for(request.actor, campaign_id)
    must(request.actor, CampaignAct.REASSIGN, CampaignState(campaign.state), path=campaign.path)
    line = next((one for one in queries.draft_clauses(request.actor, campaign_id) if one.id == clause_id), None)
    if line is None or line.source in NOBODYS:
        raise NotFound("campaigns.no_clause", NO_CLAUSE)
    units = queries.units_of_campaign(request.actor, campaign_id, today=day_of(request.now))
    given = {"units": [str(one.id) for one in units if one.name in line.units], "due_on": line.due_on}
    choices = [(str(one.id), one.name) for one in units]
    form = ReassignForm(choices, request.POST if request.method == "POST" else None, initial=given)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        said["units"] = [UUID(one) for one in said["units"]]
        try:
            made = services.reassign_clause(clause_id=clause_id, **said, **who(request, campaign_id))
            messages.success(request, f"{made.say}。")
            return go(request, reverse("campaigns:show", args=(campaign_id,)) + f"?section=all#{line.label}")
        except NotFound:
            raise
        except Refusal as refusal:
            refuse_into(form, refusal)
    return page_or_part(
        request,
        "campaigns/form.html",
        status=422 if form.errors else 200,
        campaign=campaign,
        form=form,
        title=f"改责任单位和时限：{line.label}",
        verb="改过来",
        say=(
            f"“{line.text.rstrip('，；。')}”。换下来的单位，没办完的任务撤回，报过的和办完的都留着；换上的单位生成同样的任务，并收到通知。"
            "谁、什么时候、为什么改的，方案页和归档包里都有。"
        ),
        slots=[],
        version=campaign.version,
    )
