"""The big screen: a code typed once on the device, then figures that refresh themselves."""

from datetime import datetime
from typing import Final

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from bihuan.desk.queries import wall
from bihuan.kernel.calendar import day_of
from bihuan.orgs import queries, services
from bihuan.orgs.rules.screens import ScreenRef
from bihuan.trail import queries as trail
from bihuan.web.htmx import StaffRequest, page_or_part
from bihuan.web.people.address import address_of
from bihuan.web.screen.drawing import Drawn, drawn
from bihuan.web.screen.limits import ASKS, ASKS_S, TRIES, TRIES_S, too_many

COOKIE: Final = "bihuan_screen"
WRONG_FROM: Final = 400
SHOWN_S: Final = 300
KEPT_S: Final = 400 * 24 * 3600  # as long as browsers keep a cookie
NO_CODE: Final = "在这台设备上输入大屏口令。口令由安监办主任或管理员在“大屏”页开通，只显示一次。"
WRONG: Final = "口令不对，或者这块屏已经停用。请核对后再输，或请安监办重新开通。"
REVOKED: Final = "这块屏的口令已经停用，不再显示数字。要继续用，请安监办重新开通。"
TOO_MANY: Final = "输入次数太多。请过十分钟再试。"
TOO_OFTEN: Final = "刷新太频繁。请等一分钟。"


@never_cache
@login_not_required
@require_GET
def show(request: StaffRequest) -> HttpResponse:
    """Show the figures of the screen's place, whole or only what refreshes; without a code, where to type it."""
    code = request.COOKIES.get(COOKIE, "")
    if not code:
        return _ask(request, NO_CODE)
    if too_many(f"screen:address:{address_of(request)}", ASKS * 10, ASKS_S):
        return _slow(request, TOO_OFTEN)
    screen = queries.screen_by_code(code)
    if screen is None:
        response = _ask(request, REVOKED, status=403)
        response.delete_cookie(COOKIE, path=reverse("screen:show"))
        return response
    if too_many(f"screen:{screen.id}", ASKS, ASKS_S):
        return _slow(request, TOO_OFTEN)
    services.note_screen_seen(screen_id=screen.id, now=request.now)
    seen = _seen(screen, request.now)
    return page_or_part(request, "screen/wall.html", part="screen/_wall.html", wall=seen, now=request.now)


def _seen(screen: ScreenRef, now: datetime) -> Drawn:
    """Return what a screen shows. A town's figures stand as long as nothing happens there: they are kept for its other
    screens and the next refresh, for some minutes only, since what is due by the hour falls late without an act."""

    def ask() -> Drawn:
        return drawn(wall(queries.screen_viewer(screen), today=day_of(now)))

    head = trail.head_of(screen.town_id) if screen.town_id is not None else ""
    if not head:
        return ask()
    key = f"screen:shown:{screen.unit_id}:{day_of(now)}:{head}"
    shown: Drawn | None = cache.get(key)
    if shown is None:
        shown = ask()
        cache.set(key, shown, SHOWN_S)
    return shown


@never_cache
@login_not_required
@sensitive_post_parameters("code")
@require_POST
def enter(request: StaffRequest) -> HttpResponse:
    """Take a code; the device keeps it where no other address of the product is sent it."""
    if too_many(f"screen:code:{address_of(request)}", TRIES, TRIES_S):
        return _ask(request, TOO_MANY, status=429)
    code = request.POST.get("code", "")[:64]
    if queries.screen_by_code(code) is None:
        return _ask(request, WRONG, status=422)
    response = redirect("screen:show")
    response.set_cookie(
        COOKIE,
        code,
        max_age=KEPT_S,
        path=reverse("screen:show"),
        secure=settings.BEHIND_TLS,
        httponly=True,
        samesite="Strict",
    )
    return response


def _ask(request: StaffRequest, say: str, *, status: int = 200) -> HttpResponse:
    return page_or_part(
        request, "screen/code.html", part="screen/_code.html", status=status, say=say, is_wrong=status >= WRONG_FROM
    )


def _slow(request: StaffRequest, say: str) -> HttpResponse:
    response = render(request, "screen/code.html", {"say": say, "is_wrong": True, "is_slow": True}, status=429)
    response["Retry-After"] = str(ASKS_S)
    return response
