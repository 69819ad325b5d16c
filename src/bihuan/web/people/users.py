"""Users, their posts' roles, locks and first passwords: the security administrator's pages."""

from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import Refusal
from bihuan.kernel.roles import ROLE_NAMES, Role
from bihuan.orgs import queries, services
from bihuan.web.clock import real_now
from bihuan.web.htmx import StaffRequest, go, page_or_part, refuse_into
from bihuan.web.parts import Pager, page_number
from bihuan.web.people.forms import CertificateForm, NewUserForm, ReasonForm, RoleForm
from bihuan.web.people.locks import lock_rule

SIZE: Final = 50


@require_GET
def users(request: StaffRequest) -> HttpResponse:
    """List the people of the town with their posts, roles and locks."""
    words = request.GET.get("q", "").strip()[:60]
    page = page_number(request.GET)
    rows, total = queries.user_rows(
        request.actor,
        on=day_of(request.now),
        real_now=real_now(),
        lock=lock_rule(),
        words=words,
        first=(page - 1) * SIZE,
        size=SIZE,
    )
    pager = Pager(number=page, size=SIZE, shown=len(rows), total=total, unit="人")
    return page_or_part(
        request, "people/users.html", part="people/_users.html", rows=rows, words=words, pager=pager, roles=ROLE_NAMES
    )


@require_GET
def user(request: StaffRequest, user_id: UUID) -> HttpResponse:
    """Show one person: posts, roles, account."""
    return _user_page(request, user_id)


def _user_page(request: StaffRequest, user_id: UUID, *, first_password: str = "", status: int = 200) -> HttpResponse:
    day = day_of(request.now)
    row = queries.user_row(request.actor, user_id, on=day, real_now=real_now(), lock=lock_rule())
    context = {
        "row": row,
        "grants": queries.grants_of([post_id for post_id, _, _ in row.posts], day),
        "roles": ROLE_NAMES,
        "reason_form": ReasonForm(),
        "certificate_form": CertificateForm(initial={"certificate": row.certificate}),
        "role_choices": RoleForm().fields["role"].choices,  # type: ignore[attr-defined]  # a ChoiceField has them
        "first_password": first_password,
    }
    response = render(request, "people/user.html", context, status=status)
    if first_password:
        response["Cache-Control"] = "no-store"
    return response


@require_http_methods(["GET", "POST"])
def new_user(request: StaffRequest) -> HttpResponse:
    """Open an account and show its first password once."""
    form = NewUserForm(request.POST or None)
    if form.is_valid():
        new = services.NewUser(
            account=form.cleaned_data["account"],
            name=form.cleaned_data["name"],
            phone=form.cleaned_data["phone"],
            town_id=request.actor.town_id,
        )
        try:
            told = services.create_users(users=[new], actor=request.actor, now=request.now)[0]
        except Refusal as refusal:
            refuse_into(form, refusal)
        else:
            return _user_page(request, told.user.id, first_password=told.password)
    else:
        queries.user_rows(request.actor, on=day_of(request.now), real_now=real_now(), size=0)
    return render(request, "people/new_user.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
def reset_password(request: StaffRequest, user_id: UUID) -> HttpResponse:
    """Give a new first password and show it once."""
    told = services.reset_password(user_id=user_id, actor=request.actor, now=request.now, real_now=real_now())
    return _user_page(request, user_id, first_password=told.password)


@require_POST
def unlock(request: StaffRequest, user_id: UUID) -> HttpResponse:
    """Lift a lock."""
    services.unlock(user_id=user_id, actor=request.actor, now=request.now)
    messages.success(request, "已解除锁定。")
    return go(request, "people:user", user_id)


@require_POST
def set_active(request: StaffRequest, user_id: UUID) -> HttpResponse:
    """Disable or enable an account."""
    is_active = request.POST.get("to") == "active"
    services.set_active(
        user_id=user_id,
        is_active=is_active,
        reason=request.POST.get("reason", ""),
        actor=request.actor,
        now=request.now,
    )
    messages.success(request, "账号已启用。" if is_active else "账号已停用，记录都保留。")
    return go(request, "people:user", user_id)


@require_POST
def set_certificate(request: StaffRequest, user_id: UUID) -> HttpResponse:
    """Write down a person's enforcement certificate."""
    form = CertificateForm(request.POST)
    if not form.is_valid():
        messages.error(request, "执法证号最多 32 个字。请照证件再填一次。")
    else:
        number = form.cleaned_data["certificate"]
        services.set_certificate(user_id=user_id, certificate=number, actor=request.actor, now=request.now)
        messages.success(request, "执法证号已登记。" if number else "已去掉执法证号。")
    return go(request, "people:user", user_id)


@require_POST
def grant_role(request: StaffRequest, user_id: UUID) -> HttpResponse:
    """Give a role to one of this person's posts."""
    form = RoleForm(request.POST)
    if form.is_valid():
        role = Role(form.cleaned_data["role"])
        services.grant_role(post_id=form.cleaned_data["post"], role=role, actor=request.actor, now=request.now)
        messages.success(request, f"已授予{ROLE_NAMES[role]}。")
    return redirect("people:user", user_id)


@require_POST
def withdraw_role(request: StaffRequest, user_id: UUID) -> HttpResponse:
    """Take a role back from a post."""
    form = RoleForm(request.POST)
    if form.is_valid():
        role = Role(form.cleaned_data["role"])
        services.withdraw_role(
            post_id=form.cleaned_data["post"],
            role=role,
            reason=request.POST.get("reason", ""),
            actor=request.actor,
            now=request.now,
        )
        messages.success(request, f"已收回{ROLE_NAMES[role]}。")
    return redirect("people:user", user_id)
