"""Views of the list that a person keeps under a name."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from bihuan.hazards import queries, services
from bihuan.kernel.errors import Refusal
from bihuan.web.htmx import StaffRequest, go, page_or_part, refuse_into


class ViewForm(forms.Form):
    """A name for the filters of a list."""

    name = forms.CharField(label="名称", max_length=32, error_messages={"required": "请起个名字，如“节前必清”。"})
    address = forms.CharField(widget=forms.HiddenInput, required=False, max_length=1000)


@require_http_methods(["GET", "POST"])
def views(request: StaffRequest) -> HttpResponse:
    """List the person's own views, and keep the filters at hand under a name."""
    form = ViewForm(initial={"address": _filters(request.GET.urlencode())})
    if request.method == "POST":
        form = ViewForm(request.POST)
        if form.is_valid():
            asked = _filters(form.cleaned_data["address"])
            try:
                services.save_view(name=form.cleaned_data["name"], address=asked, actor=request.actor, now=request.now)
            except Refusal as refusal:
                refuse_into(form, refusal)
            else:
                messages.success(request, f"已存为“{form.cleaned_data['name']}”，在列表右上角“常用”里。")
                return go(request, f"{reverse('hazards:list')}?{asked}")
    kept = queries.saved_views(request.actor)
    status = 422 if form.errors else 200
    return page_or_part(request, "hazards/saved.html", status=status, form=form, kept=kept)


@require_POST
def drop(request: StaffRequest, view_id: UUID) -> HttpResponse:
    """Take a view off the list."""
    services.drop_view(view_id=view_id, actor=request.actor)
    return go(request, "hazards:views")


def _filters(text: str) -> str:
    """Return a query without what belongs to one look only."""
    query = QueryDict(text, mutable=True)
    query.pop("page", None)
    return query.urlencode()
