"""Say who answers for what: sectors, areas, fields, duty lists."""

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from bihuan.kernel.actor import Actor
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import NotAllowed, Refusal
from bihuan.orgs import queries, services
from bihuan.orgs.rules import OrgAct, UnitKind, UnitRef
from bihuan.web.htmx import StaffRequest, refuse_into
from bihuan.web.orgs.forms import DutiesForm, NewFieldForm
from bihuan.web.orgs.views import SECTORS, acts_at, must, tabs

NOTHING = "没有改动，什么也没有保存。"


def _town_of(actor: Actor) -> UUID:
    queries.root_of(actor)
    if actor.town_id is None:
        raise NotAllowed("orgs.no_town", "这一页按镇填。请到具体的镇再看。")
    return actor.town_id


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


@require_http_methods(["GET", "POST"])
def sectors(request: StaffRequest) -> HttpResponse:
    """Show, and change, which department leads and which support each sector (R1.2)."""
    town_id, day = _town_of(request.actor), day_of(request.now)
    leads = queries.lead_departments(town_id, day)
    supports = queries.supporting_departments(town_id, day)
    if request.method == "POST":
        changed = _changed_sectors(request.POST, leads, supports)
        if changed:
            services.name_departments(town_id=town_id, sectors=changed, actor=request.actor, now=request.now)
        messages.success(request, f"已保存 {len(changed)} 个行业。" if changed else NOTHING)
        return redirect("orgs:sectors")
    town = queries.town(town_id)
    departments = queries.units_below(town.path, [UnitKind.DEPARTMENT, UnitKind.OFFICE])
    rows = [(code, name, leads.get(code), supports.get(code, [])) for code, name in SECTORS.items()]
    context = {
        "tabs": tabs(request, "orgs:sectors"),
        "rows": sorted(rows, key=lambda row: row[2] is not None),
        "departments": departments,
        "lacking": sum(lead is None for _, _, lead, _ in rows),
        "acts": acts_at(request, town.path),
    }
    return render(request, "orgs/sectors.html", context)


def _changed_sectors(
    posted: QueryDict, leads: Mapping[str, UnitRef], supports: Mapping[str, list[UnitRef]]
) -> dict[str, tuple[UUID | None, tuple[UUID, ...]]]:
    changed: dict[str, tuple[UUID | None, tuple[UUID, ...]]] = {}
    for code in SECTORS:
        if f"lead-{code}" not in posted:
            continue
        lead = _uuid(posted.get(f"lead-{code}", ""))
        helping = tuple(one for text in posted.getlist(f"support-{code}") if (one := _uuid(text)) and one != lead)
        before = (leads[code].id if code in leads else None, {ref.id for ref in supports.get(code, [])})
        if (lead, set(helping)) != before:
            changed[code] = (lead, helping)
    return changed


@require_http_methods(["GET", "POST"])
def areas(request: StaffRequest) -> HttpResponse:
    """Show, and change, which leader is attached to which village (R8.1)."""
    town_id, day = _town_of(request.actor), day_of(request.now)
    town, known = queries.town(town_id), queries.leaders(town_id, day)
    villages = queries.units_below(town.path, [UnitKind.VILLAGE])
    if request.method == "POST":
        wanted = {
            v.path: _uuid(request.POST.get(f"area-{v.id}", "")) for v in villages if f"area-{v.id}" in request.POST
        }
        changed = {
            path: post_id
            for path, post_id in wanted.items()
            if post_id != (known.by_path[path].id if path in known.by_path else None)
        }
        if changed:
            services.attach_leaders(town_id=town_id, areas=changed, actor=request.actor, now=request.now)
        messages.success(request, f"已保存 {len(changed)} 个村（社区）。" if changed else NOTHING)
        return redirect("orgs:areas")
    rows = [(village, known.by_path.get(village.path)) for village in villages]
    context = {
        "tabs": tabs(request, "orgs:areas"),
        "rows": sorted(rows, key=lambda row: row[1] is not None),
        "posts": queries.leader_posts(town_id, day),
        "lacking": sum(post is None for _, post in rows),
        "acts": acts_at(request, town.path),
    }
    return render(request, "orgs/areas.html", context)


@require_http_methods(["GET", "POST"])
def fields(request: StaffRequest) -> HttpResponse:
    """Show, and change, the fields of duty of the leadership (R1.1)."""
    town_id, day = _town_of(request.actor), day_of(request.now)
    rows, form = queries.fields_of(town_id), NewFieldForm()
    if request.method == "POST":
        wanted = {
            row.name: _uuid(request.POST.get(f"field-{row.id}", ""))
            for row in rows
            if f"field-{row.id}" in request.POST
        }
        changed = {row.name: wanted[row.name] for row in rows if row.name in wanted and wanted[row.name] != row.post_id}
        if request.POST.get("name"):
            changed[request.POST["name"].strip()[:64]] = _uuid(request.POST.get("post", ""))
        if changed:
            services.name_fields(town_id=town_id, fields=changed, actor=request.actor, now=request.now)
        messages.success(request, f"已保存 {len(changed)} 个领域。" if changed else NOTHING)
        return redirect("orgs:fields")
    posts = queries.leader_posts(town_id, day)
    without = [post for post in posts if post.id not in {row.post_id for row in rows}]
    context = {
        "tabs": tabs(request, "orgs:fields"),
        "rows": rows,
        "posts": posts,
        "without": without,
        "form": form,
        "acts": acts_at(request, queries.town(town_id).path),
    }
    return render(request, "orgs/fields.html", context)


@require_http_methods(["GET", "POST"])
def duties(request: StaffRequest, post_id: UUID) -> HttpResponse:
    """Write the duty list of a post (R1.1)."""
    view = queries.post_for(request.actor, post_id, day_of(request.now))
    must(request, OrgAct.NAME_RESPONSIBLE, view.post.unit.path)
    form = DutiesForm(request.POST or None, initial={"items": "\n".join(view.duties), "basis": view.basis})
    if form.is_valid():
        try:
            services.write_duty_lists(
                lists={post_id: form.cleaned_data["items"]},
                basis=form.cleaned_data["basis"],
                actor=request.actor,
                now=request.now,
            )
        except Refusal as refusal:
            refuse_into(form, refusal)
        else:
            messages.success(request, "责任清单已保存。")
            return redirect("orgs:post", post_id)
    return render(request, "orgs/duties.html", {"view": view, "form": form}, status=422 if form.errors else 200)
