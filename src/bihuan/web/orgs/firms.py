"""Who is on the platform for an enterprise, and who of the town is put in charge of it by name."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from bihuan.enterprises import queries as enterprises
from bihuan.enterprises.rules.facts import Firm
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import Refusal
from bihuan.kernel.roles import Role
from bihuan.orgs import queries, services
from bihuan.orgs.rules import COVER_NAMES, Cover, OrgAct
from bihuan.web.htmx import StaffRequest, refuse_into
from bihuan.web.orgs.forms import SELECT, TEXT
from bihuan.web.orgs.views import acts_at, must


class PersonForm(forms.Form):
    """Somebody of the enterprise who is to use the platform."""

    role = forms.ChoiceField(
        label="岗位",
        choices=[(Role.PRINCIPAL.value, "主要负责人"), (Role.SAFETY_OFFICER.value, "安全员")],
        widget=forms.Select(attrs=SELECT),
    )
    name = forms.CharField(
        label="姓名", max_length=64, error_messages={"required": "请填姓名。"}, widget=forms.TextInput(attrs=TEXT)
    )
    account = forms.CharField(
        label="账号",
        max_length=64,
        error_messages={"required": "请填账号。"},
        widget=forms.TextInput(attrs=TEXT),
        help_text="可以用手机号；不要用身份证号。",
    )
    phone = forms.CharField(
        label="电话", max_length=32, required=False, widget=forms.TextInput(attrs={**TEXT, "inputmode": "tel"})
    )


@require_http_methods(["GET", "POST"])
def firm(request: StaffRequest, firm_id: UUID) -> HttpResponse:
    """Show the people of an enterprise and who is in charge of it; put somebody on the platform."""
    seen = enterprises.firm_for(request.actor, firm_id)
    form = PersonForm(request.POST or None)
    if form.is_valid():
        must(request, OrgAct.CHANGE_ENTERPRISE_POSTS, seen.path)
        person = services.EnterprisePerson(
            enterprise_id=firm_id,
            enterprise_name=seen.name,
            town_id=seen.town_id,
            path=seen.path,
            role=Role(form.cleaned_data["role"]),
            name=form.cleaned_data["name"],
            account=form.cleaned_data["account"],
            phone=form.cleaned_data["phone"],
        )
        try:
            told = services.register_enterprise_people(people=[person], actor=request.actor, now=request.now)
        except Refusal as refusal:
            refuse_into(form, refusal)
        else:
            return _page(request, seen, PersonForm(), told=told[0])
    return _page(request, seen, form, status=422 if form.errors else 200)


def _page(
    request: StaffRequest,
    seen: Firm,
    form: PersonForm,
    *,
    told: services.FirstPassword | None = None,
    status: int = 200,
) -> HttpResponse:
    day = day_of(request.now)
    acts = acts_at(request, seen.path)
    leaders = queries.leaders(seen.town_id, day)
    context = {
        "firm": seen,
        "form": form,
        "told": told,
        "acts": acts,
        "people": queries.posts_of_enterprises([seen.id], day).get(seen.id, []),
        "own_leader": leaders.by_enterprise.get(seen.id),
        "leader": leaders.of(path=seen.path, enterprise_id=seen.id),
        "covers": [(post, why.value, COVER_NAMES[why]) for post, why in queries.posts_covering(seen.id, day)],
        "cover_names": [(why.value, name) for why, name in COVER_NAMES.items()],
        "leader_posts": queries.leader_posts(seen.town_id, day) if acts[OrgAct.NAME_RESPONSIBLE] else [],
        "coverers": queries.posts_to_cover(seen.town_id, day) if acts[OrgAct.NAME_RESPONSIBLE] else [],
    }
    response = render(request, "orgs/firm.html", context, status=status)
    if told is not None:
        response["Cache-Control"] = "no-store"
    return response


@require_POST
def attach(request: StaffRequest, firm_id: UUID) -> HttpResponse:
    """Attach a leader to this one enterprise, or leave it to the leader of its village."""
    seen = enterprises.firm_for(request.actor, firm_id)
    chosen = request.POST.get("post", "")
    services.attach_leaders(
        town_id=seen.town_id,
        areas={},
        enterprises={firm_id: UUID(chosen) if chosen else None},
        actor=request.actor,
        now=request.now,
    )
    messages.success(request, "挂钩领导已改。")
    return redirect("orgs:firm", firm_id)


@require_POST
def cover(request: StaffRequest, firm_id: UUID) -> HttpResponse:
    """Put this enterprise under a post by name, or take it off again."""
    enterprises.firm_for(request.actor, firm_id)
    act = services.uncover_enterprises if "off" in request.POST else services.cover_enterprises
    act(
        post_id=UUID(request.POST.get("post", "")),
        enterprise_ids=[firm_id],
        why=Cover(request.POST.get("why", "")),
        actor=request.actor,
        now=request.now,
    )
    messages.success(request, "已撤下。" if "off" in request.POST else "已指定。")
    return redirect("orgs:firm", firm_id)
