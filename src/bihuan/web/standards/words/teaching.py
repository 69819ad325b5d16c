"""One concept, feature or sector: what it is called, where it is used, and the form that adds own words to it."""

from collections.abc import Sequence
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from bihuan.hazards.queries.lessons import Change, change_by
from bihuan.hazards.services.teaching import teach
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import NotFound, Refusal
from bihuan.standards import queries
from bihuan.standards.queries.words import words_for
from bihuan.standards.rules import Criterion, Library
from bihuan.standards.rules.determine import Enterprise
from bihuan.standards.rules.teaching import (
    TARGET_NAMES,
    Answer,
    Effect,
    Lesson,
    Target,
    Turn,
    criteria_of,
    known_words,
    read_wordings,
    targets_of,
    teaching_path,
)
from bihuan.web.doors import let_in
from bihuan.web.htmx import StaffRequest, go, page_or_part, refuse_into
from bihuan.web.standards.places import places
from bihuan.web.standards.words.forms import TeachForm
from bihuan.web.standards.words.library import DOOR, plain, standing, tabs, word_href
from bihuan.web.standards.words.own import own_row

TURN_NAMES: Final = {Turn.WORSE: "变错", Turn.BETTER: "变对", Turn.FIRMER: "更有把握", Turn.OTHER: "变了，仍不对"}
MOST_ROWS: Final = 20  # of what changes; the worse come first
LOOK_AGAIN: Final = "说法改过了。先看会改变什么，再保存。"


@require_http_methods(["GET", "POST"])
def word(request: StaffRequest, kind: str, name: str) -> HttpResponse:
    """Show one; look what words would change, or add them once that has been looked at."""
    let_in(request.actor, DOOR)
    target = _target(kind, name)
    if request.method == "GET":
        return _page(request, target, name, TeachForm(initial={"found_on": day_of(request.now)}))
    form = TeachForm(request.POST)
    if not form.is_valid():
        return _page(request, target, name, form, status=422)
    try:
        if request.POST.get("act") == "save" and form.cleaned_data["looked"] == form.cleaned_data["wordings"]:
            return _save(request, target, name, form)
        lessons = read_wordings(queries.judge_at(""), target, name, form.cleaned_data["wordings"])
    except Refusal as refusal:
        refuse_into(form, refusal)
        return _page(request, target, name, form, status=422)
    return _look(request, target, name, form, lessons)


def _target(kind: str, name: str) -> Target:
    """Return the kind. Raises NotFound where there is no such thing."""
    if kind not in set(Target) or name not in targets_of(queries.judge_at(""), Target(kind)):
        raise NotFound("own_word.no_target", "没有这个词条。请从提示用词的列表进入。")
    return Target(kind)


def _save(request: StaffRequest, kind: Target, name: str, form: TeachForm) -> HttpResponse:
    given = form.cleaned_data
    added, change = teach(
        kind=kind, target=name, wordings=given["wordings"], why=given["why"], actor=request.actor, now=request.now
    )
    better, worse = change.decisions.better, change.decisions.worse
    said = f"本地的决定里 {better} 条提示变对，{worse} 条变错。" if better or worse else ""
    messages.success(request, f"加了 {len(added)} 个说法，下一次提示就认得。{said}不合适时在下面一按就停用。")
    return go(request, word_href(kind, name))


def _look(request: StaffRequest, kind: Target, name: str, form: TeachForm, lessons: Sequence[Lesson]) -> HttpResponse:
    """Show what the words would change; nothing is written."""
    given = form.cleaned_data
    again = request.POST.get("act") == "save"
    shown = TeachForm(initial={**given, "looked": given["wordings"], "found_on": form.day(day_of(request.now))})
    change = change_by(request.actor, lessons)
    library = queries.whole_library()
    return _page(
        request,
        kind,
        name,
        shown,
        looked=True,
        notice=LOOK_AGAIN if again else "",
        lessons=[one.says for one in lessons],
        effects=[
            _effect("本地的决定", "条决定", change.decisions, library, change),
            _effect("随软件带的对照句", "句", change.samples, library, None),
        ],
        tried=_tried(request, form, lessons),
    )


def _tried(request: StaffRequest, form: TeachForm, lessons: Sequence[Lesson]) -> list[dict[str, Any]]:
    """Return what is proposed for the sentence without and with the words."""
    given = form.cleaned_data
    if not given["sentence"].strip():
        return []
    place = Enterprise(industry=given["place"], features=tuple(given["place"].split()))
    path, on = teaching_path(request.actor), form.day(day_of(request.now))
    said = [
        ("不加时", queries.advise(given["sentence"], on, place, path=path)),
        ("加上后", queries.advise_with(lessons, given["sentence"], on, place, path=path)),
    ]
    return [{"when": when, "advice": advice} for when, advice in said]


def _effect(title: str, unit: str, effect: Effect, library: Library, change: Change | None) -> dict[str, Any]:
    rows = []
    for one in effect.turned[:MOST_ROWS]:
        decided = change.decided_by(one.of.key) if change is not None else None
        right = next(iter(sorted(one.of.right)), ("", ""))
        rows.append(
            {
                "hazard": decided,
                "text": one.of.case.text,
                "right": _said(library, Answer(one.of.level, *right)),
                "before": _said(library, one.before),
                "after": _said(library, one.after),
                "turn": TURN_NAMES[one.turn],
                "is_worse": one.turn is Turn.WORSE,
                "is_better": one.turn in {Turn.BETTER, Turn.FIRMER},
            }
        )
    return {
        "title": title,
        "unit": unit,
        "effect": effect,
        "changed": len(effect.turned),
        "firmer": effect.count(Turn.FIRMER),
        "other": effect.count(Turn.OTHER),
        "rows": rows,
        "hidden": len(effect.turned) - len(rows),
    }


def _said(library: Library, answer: Answer) -> str:
    """Return a level with its clause as it is cited."""
    if not answer.standard:
        return answer.level.value
    alike = "（说法相近）" if answer.by_likeness else ""
    return f"{answer.level.value}{alike} {library.standard(answer.standard).document_number} {answer.clause}".strip()


def _page(
    request: StaffRequest, kind: Target, name: str, form: TeachForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    rows, here = words_for(request.actor), queries.judge_at(teaching_path(request.actor))
    mine = [one for one in rows if (one.lesson.kind, one.lesson.target) == (kind, name) and not one.refused]
    in_force = {one.id for one in here.library.in_force(day_of(request.now))}
    context: dict[str, Any] = {
        "places": places(DOOR, request.actor),
        "tabs": tabs("", own=sum(map(len, standing(rows).values()))),
        "kind": kind.value,
        "kind_name": TARGET_NAMES[kind],
        "name": name,
        "form": form,
        "known": plain(known_words(queries.judge_at(""), kind, name)),
        "own": [own_row(one, request.actor, numbers={}) for one in mine],
        "uses": [_use(item, here.library, in_force) for item in criteria_of(here, kind, name)],
    }
    return page_or_part(request, "standards/words/word.html", status=status, **context, **more)


def _use(item: Criterion, library: Library, in_force: set[str]) -> dict[str, Any]:
    return {"item": item, "standard": library.standard(item.standard_id), "holds": item.standard_id in in_force}
