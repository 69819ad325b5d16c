"""A form that was pressed twice, or that lost the version it was filled in on."""

from datetime import timedelta
from typing import Final

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict

from bihuan.hazards.queries.views import HazardView
from bihuan.hazards.rules.acts import WORDS, Act, event_kind
from bihuan.hazards.rules.states import STATE_NAMES
from bihuan.kernel.calendar import day_of
from bihuan.web.htmx import StaffRequest, go
from bihuan.web.words import moment_words

SOON: Final = timedelta(minutes=15)  # a second press comes within so long
LOST: Final = "这一页没有说明是在哪个版本上填的。现在按最新情况重新显示，填写的都在，请看过后再按一次。"


def done_already(request: StaffRequest, view: HazardView, wanted: Act) -> HttpResponse | None:
    """Answer the second press of the same button by the same person on the same page; None for anything else.

    The first press moved the hazard on by one version, and nothing has happened since.
    """
    last = next(iter(view.trail), None)
    if last is None or last.kind != event_kind(wanted) or last.actor_id != request.actor.user_id:
        return None
    if request.POST.get("seen_version") != str(view.version - 1) or request.now - last.at > SOON:
        return None
    at = moment_words(last.at, today=day_of(request.now))
    stands = STATE_NAMES[view.state]
    messages.success(request, f"{view.number} 您已于 {at} 办过“{WORDS[wanted].title}”，不用再按。现在是“{stands}”。")
    return go(request, "hazards:show", view.id)


def on_the_newest(posted: QueryDict, view: HazardView) -> QueryDict:
    """Return what was filled in, to be shown again on the hazard as it now stands."""
    again = posted.copy()
    again["seen_version"] = str(view.version)
    return again


def lost_version(form: forms.Form) -> bool:
    """Tell whether the version that the page was made from did not arrive, or arrived garbled."""
    return "seen_version" in form.errors
