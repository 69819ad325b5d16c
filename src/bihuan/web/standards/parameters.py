"""Pages of dated parameters: all on a day, and one with its history and the form that sets it."""

from itertools import groupby

from django.contrib import messages
from django.http import HttpResponse
from django.views.decorators.http import require_GET, require_http_methods

from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import NotAllowed, NotFound, Refusal
from bihuan.standards import queries, services
from bihuan.standards.rules import BY_NAME, CONFIDENCE_NAMES, Parameter
from bihuan.web.htmx import StaffRequest, go, page_or_part, refuse_into
from bihuan.web.standards.forms import LookUpForm, ParameterForm
from bihuan.web.standards.places import may_edit, places


@require_GET
def parameters(request: StaffRequest) -> HttpResponse:
    """Show every parameter with its value on a day and where it comes from."""
    today = day_of(request.now)
    _, on, _, _ = LookUpForm(request.GET).read(today=today)
    shown = queries.parameters_shown(request.actor.town_id, on=on)
    groups = [(group, list(values)) for group, values in groupby(shown, key=lambda one: one.parameter.group)]
    return page_or_part(
        request,
        "standards/parameters.html",
        places=places("standards:parameters", request.actor),
        groups=groups,
        confidence=CONFIDENCE_NAMES,
        own=sum(one.own for one in shown),
        on=on,
        is_today=on == today,
        may_edit=may_edit(request.actor),
    )


@require_http_methods(["GET", "POST"])
def parameter(request: StaffRequest, name: str) -> HttpResponse:
    """Show one parameter: today's value, its history, and the form for those who may set it."""
    declared = BY_NAME.get(name)
    if declared is None:
        raise NotFound("standards.no_parameter", "没有这个参数。请从参数表进入。")
    if request.method == "GET":
        form = ParameterForm(declared=declared, initial={"valid_from": day_of(request.now)})
        return _show(request, declared, form)
    if request.actor.town_id is None:
        raise NotAllowed("standards.no_town", "参数按镇设置，您不在任何一个镇任职。请由本镇系统管理员修改。")
    form = ParameterForm(request.POST, declared=declared)
    if form.is_valid():
        try:
            services.set_parameter(
                town_id=request.actor.town_id, name=name, actor=request.actor, now=request.now, **form.cleaned_data
            )
        except Refusal as refusal:
            refuse_into(form, refusal)
        else:
            messages.success(request, f"“{declared.title}”已按新的值保存，到启用日期生效；已经定下的期限不变。")
            return go(request, "standards:parameter", name)
    return _show(request, declared, form, status=422)


def _show(request: StaffRequest, declared: Parameter, form: ParameterForm, *, status: int = 200) -> HttpResponse:
    town_id, today = request.actor.town_id, day_of(request.now)
    values = {one.parameter.name: one for one in queries.parameters_shown(town_id, on=today)}
    return page_or_part(
        request,
        "standards/parameter.html",
        status=status,
        declared=declared,
        value=values[declared.name],
        confidence=CONFIDENCE_NAMES[declared.confidence],
        history=queries.parameter_history(declared.name, town_id=town_id),
        form=form if declared.editable and may_edit(request.actor) else None,
    )
