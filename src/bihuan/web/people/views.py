"""Log in, log out, change one's password."""

from collections.abc import Sequence
from typing import Any, Final, cast
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from bihuan.kernel.actor import PLATFORM
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import Refusal
from bihuan.orgs import queries, services
from bihuan.orgs.rules import TownRef
from bihuan.stats import queries as stats
from bihuan.web.clock import real_now
from bihuan.web.htmx import StaffRequest, refuse_into
from bihuan.web.people import entry
from bihuan.web.people.forms import ChangePasswordForm, LogInForm
from bihuan.web.people.locks import lock_rule

WRONG: Final = "账号或密码不对。请核对大小写再试；连续输错 {failures} 次会锁定 {minutes} 分钟。"
LOCKED: Final = "连续输错次数太多，这个账号锁定 {minutes} 分钟。急用请找安全管理员解锁。"


@never_cache
@login_not_required
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def log_in(request: HttpRequest) -> HttpResponse:
    """Show the log-in page, or let somebody in."""
    if request.user.is_authenticated and request.method == "GET":
        return redirect(_next(request))
    form = LogInForm(request.POST or None)
    if form.is_valid():
        user = entry.check(request, form.cleaned_data["account"], form.cleaned_data["password"])
        if user is not None:
            entry.enter(request, user)
            return redirect(_next(request))
        form.add_error(None, _with_numbers(WRONG))
    return _log_in_page(request, form, status=422 if request.method == "POST" else 200)


def locked_out(request: HttpRequest, *_: Any, **__: Any) -> HttpResponse:
    """Answer for django-axes that an account is locked; the same for one that does not exist."""
    form = LogInForm(request.POST)
    form.full_clean()
    form.add_error(None, _with_numbers(LOCKED))
    return _log_in_page(request, form, status=429)


def _with_numbers(say: str) -> str:
    rule = lock_rule()
    return say.format(failures=rule.failures, minutes=rule.minutes)


def _log_in_page(request: HttpRequest, form: LogInForm, *, status: int) -> HttpResponse:
    towns = queries.all_towns()
    context = {
        "form": form,
        "next": request.POST.get("next") or request.GET.get("next", ""),
        "doors": queries.demo_doors(),
        "loop": _loop(request, towns),
        "town": towns[0] if len(towns) == 1 else next((town for town in towns if town.is_demo), None),
        "is_empty": not towns,
    }
    return render(request, "people/log_in.html", context, status=status)


def _loop(request: HttpRequest, towns: Sequence[TownRef]) -> dict[str, int]:
    """Return the figures of the ring: only of an invented town; a real one's show only inside."""
    town = next((town for town in towns if town.is_demo), None)
    if town is None:
        return {}
    measures = {
        "found": "hazards.counted",
        "rectified": "hazards.rectified",
        "closed": "hazards.in.closed",
        "open": "hazards.open",
    }
    place = stats.place_of_unit(PLATFORM, town.path)
    found = stats.figures(place, list(measures.values()), until=day_of(cast("StaffRequest", request).now))
    loop = {key: found.total(name) for key, name in measures.items()}
    return loop if loop["found"] else {}


def _next(request: HttpRequest) -> str:
    """Return where to go after the log-in: the page asked for when it is ours, else the workbench."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure()):
        return wanted
    return resolve_url(settings.LOGIN_REDIRECT_URL)


@login_not_required
@require_POST
def demo_log_in(request: HttpRequest) -> HttpResponse:
    """Enter an invented town on a post's account by one press; there is no such door to a real town."""
    try:
        user = queries.demo_user(UUID(request.POST.get("user", "")))
    except ValueError:
        return redirect("people:log_in")
    entry.enter(request, user)
    return redirect(_next(request))


@login_not_required
@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    """Leave."""
    entry.leave(request)
    messages.success(request, "已退出登录。")
    return redirect("people:log_in")


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def change_password(request: StaffRequest) -> HttpResponse:
    """Change one's own password: at the first log-in, after 90 days, or whenever wanted."""
    form = ChangePasswordForm(request.POST or None)
    actor = request.actor
    policy = entry.policy_for(queries.account_of(request.user))
    if form.is_valid() and actor.user_id is not None:
        try:
            services.change_password(
                user_id=actor.user_id,
                old=form.cleaned_data["old"],
                new=form.cleaned_data["new"],
                actor=actor,
                now=request.now,
                real_now=real_now(),
                policy=policy,
            )
        except Refusal as refusal:
            refuse_into(form, refusal)
        else:
            entry.enter(request, queries.user_to_enter(actor.user_id))
            messages.success(request, "密码已改好。")
            return redirect(settings.LOGIN_REDIRECT_URL)
    facts = queries.entry_of(request.user)
    context = {
        "form": form,
        "must": facts.must_change_password,
        "is_old": entry.must_change(request),
        "policy": policy,
        "least": queries.least_length(actor, policy),
    }
    return render(request, "people/change_password.html", context, status=422 if form.errors else 200)
