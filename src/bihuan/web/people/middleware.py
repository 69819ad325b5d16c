"""Puts `request.actor` and `request.now` on every request and keeps the doors shut (R10.13)."""

from collections.abc import Callable
from typing import Any, Final, cast
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, resolve_url

from bihuan.kernel.actor import Actor
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import NotFound
from bihuan.orgs import queries
from bihuan.web.clock import door_now, real_now
from bihuan.web.htmx import StaffRequest, wants_part
from bihuan.web.people import entry
from bihuan.web.people.address import address_of, device_of

NOBODY: Final = Actor(user_id=None, name="未登录")
IDLE_SAY: Final = "您离开太久，为安全起见已退出。请重新登录，没有提交的内容要重填。"
ELSEWHERE_SAY: Final = "这个管理员账号在别处登录了，这里已退出。不是您本人的话，请马上找安全管理员。"
ALLOWED_BEFORE_CHANGE: Final = frozenset({"people:change_password", "people:log_out"})

View = Callable[..., HttpResponse]


class PeopleMiddleware:
    """Names the person, refuses idle and doubled sessions, sends strangers to the log-in page.

    A view that strangers may see carries Django's `login_not_required`.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Complete the request."""
        staff = cast("StaffRequest", request)
        staff.now = door_now()
        staff.actor = NOBODY
        if request.user.is_authenticated:
            self._name(staff, UUID(str(request.user.pk)))
        return self.get_response(request)

    def _name(self, request: StaffRequest, user_id: UUID) -> None:
        facts = queries.entry_of(request.user)
        say = ""
        if entry.is_idle(request, real_now()):
            say = IDLE_SAY
        try:
            actor = queries.actor_for(
                user_id, on=day_of(request.now), address=address_of(request), device=device_of(request)
            )
        except NotFound:
            entry.leave(request)
            return
        if queries.is_admin(actor) and facts.session_key != (request.session.session_key or ""):
            say = say or ELSEWHERE_SAY
        if say:
            entry.leave(request)
            messages.warning(request, say)
            return
        request.actor = actor

    def process_view(
        self, request: HttpRequest, view: View, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Let through, or send to the log-in page or to the change of password."""
        if not getattr(view, "login_required", True):
            return None
        staff = cast("StaffRequest", request)
        if staff.actor.user_id is None:
            return _to_log_in(request)
        if entry.must_change(request) and _name_of(request) not in ALLOWED_BEFORE_CHANGE:
            return _go(request, resolve_url("people:change_password"))
        return None


def _name_of(request: HttpRequest) -> str:
    match = request.resolver_match
    return match.view_name if match else ""


def _to_log_in(request: HttpRequest) -> HttpResponse:
    if _wants_json(request):
        say = "登录已失效，请重新登录后再发。"
        return JsonResponse({"code": "people.log_in", "say": say}, status=401)
    if wants_part(request):
        return _go(request, resolve_url(settings.LOGIN_URL))
    return redirect_to_login(request.get_full_path(), resolve_url(settings.LOGIN_URL))


def _wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


def _go(request: HttpRequest, address: str) -> HttpResponse:
    if wants_part(request):
        response = HttpResponse(status=204)
        response["HX-Redirect"] = address
        return response
    return redirect(address)
