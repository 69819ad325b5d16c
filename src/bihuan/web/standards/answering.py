"""The page on which a second person looks at a text that is to take the place of a packaged standard, and answers."""

from collections.abc import Sequence
from typing import Final

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from bihuan.kernel.actor import Actor
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import NotAllowed, Refusal
from bihuan.orgs import queries as orgs
from bihuan.standards.data.uploads import BadUpload
from bihuan.standards.queries import loading as queries
from bihuan.standards.rules.loading import ANOTHER, WHO_REPLACES, Area, LoadedLine, may_approve
from bihuan.standards.services import loading as services
from bihuan.web.htmx import StaffRequest, go, page_or_part, refuse_into
from bihuan.web.standards.loading_forms import UNMATCHED
from bihuan.web.standards.local import shown

APPROVED: Final = "已批准，从施行日起代替全国的标准。以前按全国的那一版判定的不变。"
REFUSED: Final = "已退回，没有起作用。文本留在记录里，可以改好再提请。"


class AnswerForm(forms.Form):
    """What the second person says. seen: the version of what they looked at."""

    why = forms.CharField(
        label="意见",
        required=False,
        max_length=256,
        help_text="不同意的写明为什么",
        widget=forms.TextInput(attrs={"class": "form-control"}),
    )
    unmatched = forms.BooleanField(label=UNMATCHED, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput)


@require_http_methods(["GET", "POST"])
def answer(request: StaffRequest, standard_id: str) -> HttpResponse:
    """Show what waits beside what holds; approve it, or turn it down. Raises NotFound, NotAllowed."""
    line = queries.waiting_line_for(request.actor, standard_id)
    preview = queries.waiting_preview(request.actor, standard_id, today=day_of(request.now))
    if request.method == "GET":
        return _page(request, line, AnswerForm(initial={"seen": preview.revision}))
    if not (may_approve(request.actor, line.loaded.area) or _is_own(request.actor, line)):
        raise NotAllowed("standards.not_allowed", WHO_REPLACES)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, line, form, status=422)
    given, approves = form.cleaned_data, request.POST.get("act") == "approve"
    told = {"standard_id": standard_id, "seen_version": given["seen"], "why": given["why"]}
    try:
        if approves:
            services.approve_standard(**told, unmatched=given["unmatched"], actor=request.actor, now=request.now)
        else:
            services.refuse_standard(**told, actor=request.actor, now=request.now)
    except BadUpload as bad:
        return _page(request, line, form, problems=bad.problems, status=422)
    except Refusal as refusal:
        refuse_into(form, refusal)
        return _page(request, line, form, status=422)
    if approves:
        messages.success(request, APPROVED)
        return go(request, "standards:local_one", standard_id)
    messages.success(request, REFUSED)
    return go(request, "standards:local")


def _is_own(actor: Actor, line: LoadedLine) -> bool:
    return actor.user_id is not None and actor.user_id == line.loaded_by_id


def _page(
    request: StaffRequest, line: LoadedLine, form: AnswerForm, *, problems: Sequence[str] = (), status: int = 200
) -> HttpResponse:
    preview = queries.waiting_preview(request.actor, line.standard.id, today=day_of(request.now))
    unit = orgs.units_by_path([line.loaded.area])[line.loaded.area]
    area = Area(line.loaded.area, unit.id, unit.name, unit.town_id)
    is_own = _is_own(request.actor, line)
    return page_or_part(
        request,
        "standards/answer.html",
        status=status,
        line=line,
        form=form,
        problems=problems,
        may_approve=may_approve(request.actor, line.loaded.area) and not is_own,
        is_own=is_own,
        told=ANOTHER if is_own else WHO_REPLACES,
        **shown(request.actor, preview, area),
    )
