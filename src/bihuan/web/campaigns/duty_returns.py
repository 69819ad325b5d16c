"""Make a duty to report of an issued plan a return: the form, the deadline, to whom and who, already filled in."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from bihuan.campaigns import queries as campaigns
from bihuan.campaigns.queries import returns as queries
from bihuan.campaigns.queries.returns import DutyOffer
from bihuan.campaigns.rules.returns.builtin import BUILT_IN
from bihuan.campaigns.rules.returns.deadlines import EXAMPLES
from bihuan.campaigns.services import returns as services
from bihuan.kernel.errors import NotFound, Refusal
from bihuan.web.htmx import StaffRequest, go, page_or_part, refuse_into


class StartForm(forms.Form):
    """What a return begins with."""

    title = forms.CharField(label="报表名称", max_length=120)
    code = forms.ChoiceField(label="用哪张表", choices=[(one.code, one.title) for one in BUILT_IN])
    due = forms.CharField(label="什么时候报", max_length=80, help_text=f"如 {EXAMPLES}")
    to_whom = forms.CharField(label="报给谁", max_length=64, required=False)
    units = forms.MultipleChoiceField(label="谁报", widget=forms.CheckboxSelectMultiple)

    def __init__(self, offer: DutyOffer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(unit_id), name) for unit_id, name in offer.units]
        self.fields["units"].choices = choices  # type: ignore[attr-defined] # -- a choice field


@require_http_methods(["GET", "POST"])
def start(request: StaffRequest, campaign_id: UUID, duty_no: int) -> HttpResponse:
    """Show what a return for a duty would be, all filled in, or start it."""
    campaign = campaigns.campaign_for(request.actor, campaign_id)
    offer = queries.duty_offer(request.actor, campaign_id, duty_no)
    if offer.form_id is not None:
        return go(request, "campaigns:return_form", offer.form_id)
    form = StartForm(offer, request.POST or None, initial=_given(offer))
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        units = [UUID(one) for one in said.pop("units")]
        try:
            made = services.start_duty_form(
                campaign_id=campaign_id,
                duty_no=duty_no,
                unit_ids=units,
                actor=request.actor,
                now=request.now,
                **said,
            )
            messages.success(request, "已设为报表，到期会提醒填报单位，报送就算办了这一项。")
            return go(request, "campaigns:return_form", made)
        except NotFound:
            raise
        except Refusal as refusal:
            refuse_into(form, refusal)
    status = 422 if request.method == "POST" else 200
    return page_or_part(
        request, "campaigns/return_start.html", status=status, form=form, offer=offer, campaign=campaign
    )


def _given(offer: DutyOffer) -> dict[str, Any]:
    return {
        "title": offer.title,
        "code": BUILT_IN[0].code,
        "due": offer.due,
        "to_whom": offer.to_whom,
        "units": [str(one) for one in offer.owing],
    }
