"""The words that the suggestion knows: concepts, features and sectors with their wordings, and where they are used."""

from collections.abc import Mapping, Sequence
from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from bihuan.standards import queries
from bihuan.standards.queries.words import words_for
from bihuan.standards.rules.determine import Judge
from bihuan.standards.rules.teaching import (
    TARGET_NAMES,
    Target,
    Taught,
    criteria_of,
    known_words,
    targets_of,
    teaching_path,
)
from bihuan.web.doors import let_in
from bihuan.web.htmx import StaffRequest, page_or_part
from bihuan.web.parts import Empty, Pager, Tab, page_number
from bihuan.web.sizes import page_size
from bihuan.web.standards.places import places
from bihuan.web.standards.words.forms import WantedForm

SHOWN: Final = 10  # wordings of a row
DOOR: Final = "standards:words"


@require_GET
def words(request: StaffRequest) -> HttpResponse:
    """List what the suggestion knows of one kind, by name or wording, with the own words beside it."""
    let_in(request.actor, DOOR)
    kind, sought = WantedForm(request.GET).read()
    judge, here = queries.judge_at(""), queries.judge_at(teaching_path(request.actor))
    own = standing(words_for(request.actor))
    names = [name for name in targets_of(judge, kind) if _fits(judge, kind, name, sought, own)]
    number, size = page_number(request.GET), page_size(request)
    shown = names[(number - 1) * size : number * size]
    return page_or_part(
        request,
        "standards/words/list.html",
        places=places(DOOR, request.actor),
        tabs=tabs(kind.value, own=sum(map(len, own.values()))),
        kind=kind.value,
        kind_name=TARGET_NAMES[kind],
        sought=sought,
        rows=[_row(judge, here, kind, name, own) for name in shown],
        pager=Pager(number, size, len(shown), len(names), unit="个"),
        empty=Empty(f"没有叫“{sought}”、也没有含这个说法的{TARGET_NAMES[kind]}。换个说法再找。"),
    )


def tabs(here: str, *, own: int) -> list[Tab]:
    """Return the parts of this corner: the three kinds, the own words, what decisions propose."""
    address = reverse(DOOR)
    kinds = [
        Tab(name, f"{address}?{urlencode({'kind': kind.value})}", on=here == kind.value)
        for kind, name in TARGET_NAMES.items()
    ]
    return [
        *kinds,
        Tab("本地说法", reverse("standards:own_words"), own, on=here == "own", apart=True),
        Tab("从决定中学到的", reverse("standards:proposals"), on=here == "proposals"),
    ]


def standing(rows: Sequence[Taught]) -> Mapping[tuple[Target, str], list[Taught]]:
    """Return the own words in use, by what they were added to."""
    found: dict[tuple[Target, str], list[Taught]] = {}
    for one in rows:
        if one.ended_at is None and not one.refused:
            found.setdefault((one.lesson.kind, one.lesson.target), []).append(one)
    return found


def _fits(
    judge: Judge, kind: Target, name: str, sought: str, own: Mapping[tuple[Target, str], Sequence[Taught]]
) -> bool:
    mine = [one.lesson.wording for one in own.get((kind, name), ())]
    return not sought or any(sought in word for word in (name, *known_words(judge, kind, name), *mine))


def _row(
    judge: Judge, here: Judge, kind: Target, name: str, own: Mapping[tuple[Target, str], Sequence[Taught]]
) -> dict[str, Any]:
    known = plain(known_words(judge, kind, name))
    return {
        "name": name,
        "href": word_href(kind, name),
        "known": "、".join(known[:SHOWN]),
        "count": len(known),
        "more": len(known) > SHOWN,
        "own": own.get((kind, name), ()),
        "uses": len(criteria_of(here, kind, name)),
    }


def plain(words: Sequence[str]) -> list[str]:
    """Return wordings as people read them, without the sign that hides shorter ones."""
    return [one.removeprefix("^") for one in words]


def word_href(kind: Target, name: str) -> str:
    """Return the address of a concept, a feature or a sector."""
    return reverse("standards:word", args=[kind.value, name])
