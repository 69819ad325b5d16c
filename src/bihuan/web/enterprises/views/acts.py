"""Acts on the file of an enterprise: register, change, move, merge, close, and its sites."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from bihuan.enterprises import queries, services
from bihuan.enterprises.rules.codes import check_code
from bihuan.enterprises.rules.facts import MAY, Act, Firm
from bihuan.enterprises.rules.matching import LIKELY, Candidate, Wanted
from bihuan.hazards import queries as hazards
from bihuan.hazards import services as closing
from bihuan.kernel.actor import Actor
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import NotAllowed, NotFound, Refusal
from bihuan.web.enterprises.forms import (
    ChangeForm,
    CloseForm,
    FeaturesForm,
    FirmForm,
    MergeForm,
    MoveForm,
    ReasonForm,
    SiteChangeForm,
    SiteForm,
    initial_of,
)
from bihuan.web.htmx import StaffRequest, go, page_or_part, refuse_into

GET_POST = require_http_methods(["GET", "POST"])


@require_GET
@login_required
def doubles(request: StaffRequest) -> HttpResponse:
    """Show, while somebody types, which enterprises on file the entry may double, and what is odd about its code."""
    context = _doubles(request.actor, request.GET.get("name", ""), request.GET.get("uscc", ""))
    return page_or_part(request, "enterprises/_doubles.html", **context)


@GET_POST
@login_required
def register(request: StaffRequest) -> HttpResponse:
    """Register an enterprise; what it may double is shown first, and the person decides."""
    actor = request.actor
    if actor.town_id is None or not actor.has_role(*MAY[Act.REGISTER]):
        raise NotAllowed("enterprises.may_not_register", "您的岗位不登记企业，请由安监办或所在村（社区）办理。")
    form = FirmForm(request.POST or None, villages=_places(actor, Act.REGISTER))
    found: dict[str, Any] = {"candidates": [], "code_say": ""}
    if request.method == "POST" and form.is_valid():
        entry = form.entry()
        found = _doubles(actor, entry.name, entry.uscc)
        if request.POST.get("not_double") or not found["candidates"]:
            try:
                firm = services.register(entry=entry, town_id=actor.town_id, actor=actor, now=request.now)
                return go(request, "enterprises:show", firm.id)
            except Refusal as refusal:
                refuse_into(form, refusal)
    status = 422 if request.method == "POST" else 200
    return page_or_part(request, "enterprises/register.html", status=status, form=form, **found)


@GET_POST
@login_required
def change(request: StaffRequest, firm_id: UUID) -> HttpResponse:
    """Change the facts of an enterprise."""
    firm, before = queries.firm_for(request.actor, firm_id), queries.entry_for(request.actor, firm_id)
    form = ChangeForm(request.POST or None, initial=initial_of(before) | {"seen_version": firm.version})
    if request.method == "POST" and form.is_valid():
        try:
            services.change(
                enterprise_id=firm_id,
                entry=form.changed_entry(before),
                seen_version=form.cleaned_data["seen_version"],
                actor=request.actor,
                now=request.now,
            )
            return go(request, "enterprises:show", firm_id)
        except Refusal as refusal:
            refuse_into(form, refusal)
    return _form_page(request, "enterprises/change.html", firm, form)


@GET_POST
@login_required
def features(request: StaffRequest, firm_id: UUID) -> HttpResponse:
    """Set the safety features of an enterprise."""
    firm = queries.firm_for(request.actor, firm_id)
    initial = {"features": list(firm.features), "seen_version": firm.version}
    form = FeaturesForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            services.record_features(enterprise_id=firm_id, actor=request.actor, now=request.now, **form.cleaned_data)
            return go(request, "enterprises:show", firm_id)
        except Refusal as refusal:
            refuse_into(form, refusal)
    return _form_page(request, "enterprises/features.html", firm, form)


@GET_POST
@login_required
def move(request: StaffRequest, firm_id: UUID) -> HttpResponse:
    """Move an enterprise to another village or lead sector."""
    firm = queries.firm_for(request.actor, firm_id)
    initial = {"path": firm.path, "lead_sector": firm.lead_sector, "seen_version": firm.version}
    form = MoveForm(request.POST or None, initial=initial, villages=_places(request.actor, Act.MOVE))
    if request.method == "POST" and form.is_valid():
        try:
            services.move(enterprise_id=firm_id, actor=request.actor, now=request.now, **form.cleaned_data)
            return go(request, "enterprises:show", firm_id)
        except Refusal as refusal:
            refuse_into(form, refusal)
    say = "隐患等随企业一起转到新的村（社区）和行业；主管部门由牵头行业确定。"
    return _form_page(request, "enterprises/act.html", firm, form, title="调整归属", verb="调整归属", say=say)


@GET_POST
@login_required
def merge(request: StaffRequest, firm_id: UUID) -> HttpResponse:
    """Merge a double file into another; who may be meant is listed first."""
    actor = request.actor
    firm = queries.firm_for(actor, firm_id)
    form = MergeForm(request.POST or None, initial={"seen_version": firm.version})
    if request.method == "POST" and form.is_valid():
        try:
            winner = queries.firm_for(actor, form.cleaned_data["winner"])
            services.merge(
                loser_id=firm_id,
                winner_id=winner.id,
                seen_version=form.cleaned_data["seen_version"],
                winner_seen_version=form.cleaned_data["winner_seen_version"] or winner.version,
                reason=form.cleaned_data["reason"],
                actor=actor,
                now=request.now,
            )
            return go(request, "enterprises:show", winner.id)
        except Refusal as refusal:
            refuse_into(form, refusal)
    sought = request.GET.get("q", "").strip()[:60] or firm.name
    found = queries.duplicates_of(firm.town_id, Wanted(sought, firm.uscc), but=firm_id)
    candidates = [one for one in found if _sees(actor, one.firm)]
    return _form_page(
        request, "enterprises/merge.html", firm, form, candidates=candidates, sought=request.GET.get("q", "")
    )


@GET_POST
@login_required
def close(request: StaffRequest, firm_id: UUID) -> HttpResponse:
    """Take an enterprise off the register; what is open there is said first, and a major hazard forbids it."""
    firm = queries.firm_for(request.actor, firm_id)
    left = hazards.open_of_firm(firm_id)
    form = CloseForm(request.POST or None, initial={"seen_version": firm.version}, left=left)
    if request.method == "POST" and form.is_valid():
        try:
            given = {"is_known": False} | form.cleaned_data
            closing.close_enterprise(enterprise_id=firm_id, actor=request.actor, now=request.now, **given)
            return go(request, "enterprises:show", firm_id)
        except Refusal as refusal:
            refuse_into(form, refusal)
    say = "档案和没有销号的隐患都保留，编号不收回。"
    more = {"left": left, "left_href": f"{reverse('hazards:list')}?{urlencode({'enterprise': firm_id})}"}
    return _form_page(request, "enterprises/act.html", firm, form, title="注销企业", verb="注销企业", say=say, **more)


@GET_POST
@login_required
def reopen(request: StaffRequest, firm_id: UUID) -> HttpResponse:
    """Put an enterprise back on the register."""
    return _state_page(request, firm_id, services.reopen, "恢复企业", "恢复后重新列入在册企业。")


@GET_POST
@login_required
def add_site(request: StaffRequest, firm_id: UUID) -> HttpResponse:
    """Add a site of an enterprise."""
    firm = queries.firm_for(request.actor, firm_id)
    form = SiteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.add_site(enterprise_id=firm_id, place=form.place(), actor=request.actor, now=request.now)
            return go(request, "enterprises:show", firm_id)
        except Refusal as refusal:
            refuse_into(form, refusal)
    return _form_page(request, "enterprises/act.html", firm, form, title="增加场所", verb="增加场所", say="")


@GET_POST
@login_required
def change_site(request: StaffRequest, firm_id: UUID, site_id: UUID) -> HttpResponse:
    """Change a site of an enterprise."""
    file = queries.file_for(request.actor, firm_id, on=day_of(request.now))
    site = next((one for one in file.sites if one.id == site_id), None)
    if site is None:
        raise NotFound("enterprises.site_not_found", "没有找到这个场所，或者不在您的管辖范围内。")
    initial = {name: getattr(site.place, name) for name in SiteForm.base_fields}
    initial |= {"is_used": site.is_used, "seen_version": site.version}
    form = SiteChangeForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_site(
                site_id=site_id,
                place=form.place(),
                is_used=form.cleaned_data["is_used"],
                seen_version=form.cleaned_data["seen_version"],
                actor=request.actor,
                now=request.now,
            )
            return go(request, "enterprises:show", firm_id)
        except Refusal as refusal:
            refuse_into(form, refusal)
    return _form_page(request, "enterprises/act.html", file.firm, form, title="修改场所", verb="保存场所", say="")


def _state_page(request: StaffRequest, firm_id: UUID, act: Any, verb: str, say: str) -> HttpResponse:
    firm = queries.firm_for(request.actor, firm_id)
    form = ReasonForm(request.POST or None, initial={"seen_version": firm.version})
    if request.method == "POST" and form.is_valid():
        try:
            act(enterprise_id=firm_id, actor=request.actor, now=request.now, **form.cleaned_data)
            return go(request, "enterprises:show", firm_id)
        except Refusal as refusal:
            refuse_into(form, refusal)
    return _form_page(request, "enterprises/act.html", firm, form, title=verb, verb=verb, say=say)


def _form_page(request: StaffRequest, page: str, firm: Firm, form: Any, **context: Any) -> HttpResponse:
    status = 422 if request.method == "POST" else 200
    return page_or_part(request, page, status=status, firm=firm, form=form, **context)


def _doubles(actor: Actor, name: str, uscc: str) -> dict[str, Any]:
    """Return what an entry may double among the enterprises that this person sees, and what is odd about its code."""
    name, code = name.strip()[:120], check_code(uscc[:60])
    found: list[Candidate] = []
    hidden = False
    if actor.town_id is not None and (name or code.code):
        every = queries.duplicates_of(actor.town_id, Wanted(name, "" if code.is_refused else code.code))
        found = [one for one in every if _sees(actor, one.firm)]
        hidden = any(one.score >= LIKELY and not _sees(actor, one.firm) for one in every)
    return {"candidates": found, "hidden": hidden, "code_say": code.say}


def _sees(actor: Actor, firm: Firm) -> bool:
    return actor.scope.covers(path=firm.path, sector=firm.lead_sector, enterprise_id=firm.id)


def _places(actor: Actor, act: Act) -> list[tuple[str, str]]:
    """Return the villages where this person may do the act; the town itself stands for a village not yet known."""
    villages = queries.villages_of(actor)
    offered = [(path, name) for path, name in villages if actor.roles_over(path=path) & MAY[act]]
    town = villages[0][0].rsplit("/", 2)[0] + "/" if villages else ""
    if town and actor.roles_over(path=town) & MAY[act]:
        offered.append((town, "还不清楚（由安监办定）"))
    return offered
