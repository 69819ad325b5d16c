"""Open a code for a big screen, see when each was last used, revoke one."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bihuan.kernel.errors import NotAllowed, Refusal
from bihuan.orgs import queries, services
from bihuan.orgs.rules import UnitRef
from bihuan.web.htmx import StaffRequest, go, refuse_into
from bihuan.web.numbers import whole
from bihuan.web.orgs.forms import SELECT, TEXT


class NewScreenForm(forms.Form):
    """A device and the place that it shows."""

    name = forms.CharField(
        label="屏的名字",
        max_length=40,
        error_messages={"required": "请给这块屏起个名字，例如：一楼大厅。"},
        widget=forms.TextInput(attrs=TEXT),
        help_text="写它在哪里，停用时才认得出，例如：一楼大厅。",
    )
    unit = forms.ChoiceField(
        label="显示哪里的数",
        error_messages={"required": "请选显示哪里的数。", "invalid_choice": "没有这个单位。请重新选。"},
        widget=forms.Select(attrs=SELECT),
    )

    def __init__(self, *args: Any, places: list[UnitRef], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [(str(one.id), one.name) for one in places]  # type: ignore[attr-defined]  # a ChoiceField has them


@require_GET
def screens(request: StaffRequest) -> HttpResponse:
    """List the screens that this person looks after."""
    return _page(request)


@require_http_methods(["POST"])
def open_screen(request: StaffRequest) -> HttpResponse:
    """Make a code and show it once."""
    form = NewScreenForm(request.POST, places=_places(request))
    if not form.is_valid():
        return _page(request, form=form, status=422)
    facts = {"name": form.cleaned_data["name"], "unit_id": UUID(form.cleaned_data["unit"])}
    try:
        made = services.open_screen(**facts, actor=request.actor, now=request.now)
    except Refusal as refusal:
        refuse_into(form, refusal)
        return _page(request, form=form, status=422)
    response = _page(request, code=made.code, name=facts["name"])
    response["Cache-Control"] = "no-store"
    return response


@require_POST
def revoke_screen(request: StaffRequest, screen_id: UUID) -> HttpResponse:
    """Let a screen's code open nothing any more."""
    version = whole(request.POST.get("seen_version", "")) or 0
    services.revoke_screen(screen_id=screen_id, seen_version=version, actor=request.actor, now=request.now)
    messages.success(request, "这块屏已停用，下一次刷新起不再显示数字。")
    return go(request, "orgs:screens")


def _places(request: StaffRequest) -> list[UnitRef]:
    places = queries.screen_places(request.actor)
    if not places:
        raise NotAllowed("orgs.may_not_open_screens", "大屏由安监办主任、系统管理员或安全管理员开通。请找他们办理。")
    return places


def _page(
    request: StaffRequest,
    *,
    form: NewScreenForm | None = None,
    code: str = "",
    name: Any = "",
    status: int = 200,
) -> HttpResponse:
    places = _places(request)
    context = {
        "screens": queries.screens_of(request.actor),
        "form": form or NewScreenForm(places=places),
        "code": code,
        "name": name,
        "address": request.build_absolute_uri(reverse("screen:show")),
    }
    return render(request, "orgs/screens.html", context, status=status)
