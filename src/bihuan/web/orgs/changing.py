"""Make and close units and posts; hand a post over."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from bihuan.hazards import services as hazards
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import Refusal
from bihuan.orgs import queries, services
from bihuan.orgs.rules import OrgAct, PostKind, UnitKind, fill_act
from bihuan.orgs.rules.codes import CHILDREN
from bihuan.web.htmx import StaffRequest, refuse_into
from bihuan.web.orgs.forms import VACANT, CloseForm, HandOverForm, NewPostForm, NewUnitForm, RenameForm
from bihuan.web.orgs.views import must, post_context


@require_http_methods(["GET", "POST"])
def new_unit(request: StaffRequest, unit_id: UUID) -> HttpResponse:
    """Make a unit below this one."""
    view = queries.unit_for(request.actor, unit_id, day_of(request.now))
    must(request, OrgAct.CHANGE_UNITS, view.unit.path)
    kinds = [kind for kind in UnitKind if kind in CHILDREN.get(view.unit.kind, frozenset())]
    form = NewUnitForm(request.POST or None, kinds=kinds)
    if form.is_valid():
        new = services.NewUnit(
            kind=UnitKind(form.cleaned_data["kind"]),
            name=form.cleaned_data["name"],
            parent_id=unit_id,
            short_name=form.cleaned_data["short_name"],
            code=form.cleaned_data["code"],
        )
        try:
            made = services.create_unit(unit=new, actor=request.actor, now=request.now)
        except Refusal as refusal:
            refuse_into(form, refusal)
        else:
            messages.success(request, f"已建立{made.name}。")
            return redirect("orgs:unit", made.id)
    context = {"view": view, "form": form, "title": "建立单位", "verb": "建立单位"}
    return render(request, "orgs/change.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def new_post(request: StaffRequest, unit_id: UUID) -> HttpResponse:
    """Make a post in this unit."""
    view = queries.unit_for(request.actor, unit_id, day_of(request.now))
    must(request, OrgAct.CHANGE_POSTS, view.unit.path)
    form = NewPostForm(request.POST or None)
    if form.is_valid():
        new = services.NewPost(unit_id, form.cleaned_data["title"], PostKind(form.cleaned_data["kind"]))
        try:
            made = services.create_post(post=new, actor=request.actor, now=request.now)
        except Refusal as refusal:
            refuse_into(form, refusal)
        else:
            messages.success(request, f"已设立岗位{made.title}。接着安排人。")
            return redirect("orgs:hand_over", made.id)
    context = {"view": view, "form": form, "title": "设立岗位", "verb": "设立岗位"}
    return render(request, "orgs/change.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def rename_unit(request: StaffRequest, unit_id: UUID) -> HttpResponse:
    """Change the names of a unit."""
    view = queries.unit_for(request.actor, unit_id, day_of(request.now))
    must(request, OrgAct.CHANGE_UNITS, view.unit.path)
    initial = {"name": view.unit.name, "short_name": view.unit.short_name, "seen_version": view.version}
    form = RenameForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            services.rename_unit(unit_id=unit_id, actor=request.actor, now=request.now, **form.cleaned_data)
        except Refusal as refusal:
            refuse_into(form, refusal)
        else:
            messages.success(request, "名称已改。")
            return redirect("orgs:unit", unit_id)
    context = {"view": view, "form": form, "title": "改名称", "verb": "改名称"}
    return render(request, "orgs/change.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def close_unit(request: StaffRequest, unit_id: UUID) -> HttpResponse:
    """Close a unit; its records stay."""
    view = queries.unit_for(request.actor, unit_id, day_of(request.now))
    must(request, OrgAct.CHANGE_UNITS, view.unit.path)
    same_kind = queries.successor_units(unit_id)
    form = CloseForm(request.POST or None, units=same_kind, initial={"seen_version": view.version})
    if form.is_valid():
        try:
            hazards.close_unit(unit_id=unit_id, actor=request.actor, now=request.now, **form.cleaned_data)
        except Refusal as refusal:
            refuse_into(form, refusal)
        else:
            messages.success(request, f"{view.unit.name}已撤销，记录都保留。")
            return redirect("orgs:units")
    context = {"view": view, "form": form, "title": "撤销单位", "verb": "撤销单位"}
    return render(request, "orgs/change.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def hand_over(request: StaffRequest, post_id: UUID) -> HttpResponse:
    """Hand a post over to a successor, with one look at all that goes with it."""
    day = day_of(request.now)
    view = queries.post_for(request.actor, post_id, day)
    must(request, fill_act(view.post.kind, view.roles), view.post.unit.path)
    people = queries.successors(request.actor, post_id, day)
    form = HandOverForm(request.POST or None, people=people, initial={"from_on": day})
    if form.is_valid():
        chosen = form.cleaned_data["to_user_id"]
        try:
            services.hand_over_post(
                post_id=post_id,
                to_user_id=None if chosen == VACANT else UUID(chosen),
                from_on=form.cleaned_data["from_on"],
                reason=form.cleaned_data["reason"],
                actor=request.actor,
                now=request.now,
            )
        except Refusal as refusal:
            refuse_into(form, refusal)
        else:
            stays = chosen == str(view.post.holder_id or VACANT)
            done = "已撤回原定的交接。" if stays else "岗位已交接，职责和没办完的事都跟着岗位走。"
            messages.success(request, done)
            return redirect("orgs:post", post_id)
    context = {"form": form, "planned": view.planned(day), **post_context(request, view)}
    return render(request, "orgs/hand_over.html", context, status=422 if form.errors else 200)
