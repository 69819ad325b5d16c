"""What the global search finds of returns: forms by name, what units have begun or sent; each by who sees it."""

from datetime import datetime
from typing import Final

from django.db.models import Q

from bihuan.campaigns.models import Return, ReturnForm
from bihuan.campaigns.rules.returns.forms import FORM_STATE_NAMES, FormState
from bihuan.campaigns.rules.returns.life import STATE_NAMES, ReturnState
from bihuan.campaigns.rules.returns.rhythm import RHYTHM_NAMES, Rhythm, period_words
from bihuan.kernel.actor import Actor
from bihuan.kernel.waiting import Found
from bihuan.orgs.rules import UnitKind

MOST_WORDS: Final = 5
DONE: Final = (ReturnState.CHECKED, ReturnState.LOCKED)


def forms_found_for(viewer: Actor, words: str, *, now: datetime, first_n: int = 8) -> list[Found]:
    """Return the forms with these words in their titles. One query."""
    rows = ReturnForm.objects.open_to(viewer)
    for word in words.split()[:MOST_WORDS]:
        rows = rows.filter(Q(title__icontains=word) | Q(to_whom__icontains=word))
    return [
        Found(
            "报表",
            one.title,
            f"{RHYTHM_NAMES[Rhythm(one.rhythm)]} · {FORM_STATE_NAMES[FormState(one.state)]}",
            "campaigns:return_form",
            (one.pk,),
        )
        for one in rows.order_by("-made_at", "-id")[:first_n]
    ]


def found_for(viewer: Actor, words: str, *, now: datetime, first_n: int = 8) -> list[Found]:
    """Return the returns of forms or units with these words, the latest first. One query.

    Above towns those that a town itself owes, once they are checked: what can be opened there.
    """
    rows = Return.objects.open_to(viewer)
    if viewer.town_id is None and not viewer.scope.everything:
        rows = Return.objects.visible_to(viewer).filter(unit_kind=UnitKind.TOWN, state__in=DONE)
    for word in words.split()[:MOST_WORDS]:
        rows = rows.filter(Q(form__title__icontains=word) | Q(unit_name__icontains=word))
    return [
        Found(
            "报表",
            f"{one.form.title} {period_words(one.since, one.until)}",
            f"{one.unit_name} · {STATE_NAMES[ReturnState(one.state)]}",
            "campaigns:return",
            (one.pk,),
        )
        for one in rows.select_related("form").order_by("-until", "-due_at", "id")[:first_n]
    ]
