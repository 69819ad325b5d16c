"""The safety licences on the file of an enterprise."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from bihuan.enterprises import queries, services
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import NotFound, Refusal
from bihuan.web.enterprises.forms import LicenceChangeForm, LicenceForm
from bihuan.web.htmx import StaffRequest, go, page_or_part, refuse_into

GET_POST = require_http_methods(["GET", "POST"])


@GET_POST
@login_required
def add_licence(request: StaffRequest, firm_id: UUID) -> HttpResponse:
    """Write down a safety licence that an enterprise holds."""
    firm = queries.firm_for(request.actor, firm_id)
    form = LicenceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.add_licence(enterprise_id=firm_id, licence=form.licence(), actor=request.actor, now=request.now)
            return go(request, "enterprises:show", firm_id)
        except Refusal as refusal:
            refuse_into(form, refusal)
    status = 422 if request.method == "POST" else 200
    title = "登记安全生产许可证"
    return page_or_part(
        request, "enterprises/act.html", status=status, firm=firm, form=form, title=title, verb="登记", say=""
    )


@GET_POST
@login_required
def change_licence(request: StaffRequest, firm_id: UUID, licence_id: UUID) -> HttpResponse:
    """Change a licence as written down, or say that it is no longer held."""
    file = queries.file_for(request.actor, firm_id, on=day_of(request.now))
    kept = next((one for one in file.licences if one.id == licence_id), None)
    if kept is None:
        raise NotFound("enterprises.licence_not_found", "没有找到这份许可证，或者不在您的管辖范围内。")
    initial = {name: getattr(kept.licence, name) for name in LicenceForm.base_fields}
    initial |= {"is_held": kept.is_held, "seen_version": kept.version}
    form = LicenceChangeForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_licence(
                licence_id=licence_id,
                licence=form.licence(),
                is_held=form.cleaned_data["is_held"],
                seen_version=form.cleaned_data["seen_version"],
                actor=request.actor,
                now=request.now,
            )
            return go(request, "enterprises:show", firm_id)
        except Refusal as refusal:
            refuse_into(form, refusal)
    status = 422 if request.method == "POST" else 200
    return page_or_part(
        request,
        "enterprises/act.html",
        status=status,
        firm=file.firm,
        form=form,
        title="修改许可证",
        verb="保存",
        say="",
    )
