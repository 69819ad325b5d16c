"""The form of every act, offered only when the table of the loop offers it to this person now."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from bihuan.hazards import queries, services
from bihuan.hazards.queries.advice import advice_on, heeding, suggested_for
from bihuan.hazards.queries.views import HazardBrief, HazardView, PhotoPair
from bihuan.hazards.rules.acts import WORDS, Act
from bihuan.hazards.rules.decide import OpenAct
from bihuan.hazards.rules.states import FILE_ROLE_NAMES, STATE_NAMES, FileRole
from bihuan.intake import services as intake
from bihuan.kernel.actor import Actor
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import NotFound, Outdated, Refusal
from bihuan.standards.rules.advice import Advice
from bihuan.trail.rules import FileKind
from bihuan.web.evidence import Gathered, gather
from bihuan.web.hazards import proofs
from bihuan.web.hazards.again import found_again
from bihuan.web.hazards.asks import ASKS
from bihuan.web.hazards.carried import carried
from bihuan.web.hazards.choices import choices_for, first_values
from bihuan.web.hazards.forms import ActForm, file_kinds
from bihuan.web.hazards.pressed import LOST, done_already, lost_version, on_the_newest
from bihuan.web.hazards.show import head
from bihuan.web.htmx import StaffRequest, go, page_or_part, refuse_into
from bihuan.web.parts import Photo
from bihuan.web.slots import slots_of

AFTER = FileRole.AFTER.value
DATED = frozenset({Act.ASSIGN, Act.REOPEN, Act.ADOPT_DEADLINE})  # their deadline may be the superior's list's
PAPERED = frozenset({Act.ASSIGN, Act.REOPEN})  # only then with its number and paper


@require_http_methods(["GET", "POST"])
def act(request: StaffRequest, hazard_id: UUID, name: str) -> HttpResponse:
    """Show the form of an act, or do it."""
    if request.method == "POST":
        return _do(request, hazard_id, name)
    view = queries.hazard_for(request.actor, hazard_id, now=request.now)
    wanted = open_act(view, name).act
    today = day_of(request.now)
    first = first_values(wanted, view, today=today) | carried(wanted, request.GET)
    choices = replace(choices_for(wanted, view, request.actor, today=today), first=first)
    kinds = kinds_of(wanted, view, view.pairs, acts_for_others=choices.acts_for_others)
    form = ActForm(wanted, choices, initial={"seen_version": view.version, **first})
    return _page(request, view, wanted, form, Gathered(), kinds)


def _do(request: StaffRequest, hazard_id: UUID, name: str) -> HttpResponse:
    """Do an act on what its row says; the whole page is read only where it is shown again, or before files are kept."""
    if request.FILES:
        seen = queries.hazard_for(request.actor, hazard_id, now=request.now)
        if pressed := done_already(request, seen, act_named(name)):
            return pressed
        open_act(seen, name)
    brief, wanted = queries.brief_for(request.actor, hazard_id), act_named(name)
    today = day_of(request.now)
    choices = choices_for(wanted, brief, request.actor, today=today)
    pairs = queries.pairs_for(request.actor, hazard_id) if takes_after_photos(wanted) else ()
    kinds = kinds_of(wanted, brief, pairs, acts_for_others=choices.acts_for_others)
    gathered = gather(request, kinds, town_id=brief.town_id)
    form, refusal = ActForm(wanted, choices, request.POST), None
    if form.is_valid() and not gathered.problems:
        try:
            advance = intake.advance_by_list if wanted in DATED else services.advance
            done = advance(
                hazard_id=hazard_id,
                act=wanted,
                given=replace(
                    form.given(gathered.files), suggested=suggested_for(brief, wanted, request.actor, on=today)
                ),
                seen_version=form.cleaned_data["seen_version"],
                actor=request.actor,
                now=request.now,
            )
        except Refusal as refused:
            refusal = refused
        else:
            messages.success(request, f"{done.number} 已办“{WORDS[wanted].title}”，现在是“{STATE_NAMES[done.state]}”。")
            return go(request, "hazards:show", hazard_id)
    return _again(request, hazard_id, form, refusal, gathered, kinds)


def _again(
    request: StaffRequest,
    hazard_id: UUID,
    form: ActForm,
    refusal: Refusal | None,
    gathered: Gathered,
    kinds: dict[str, FileKind],
) -> HttpResponse:
    """Show a form that was not taken on the hazard as it now stands; tell a second press what the first did."""
    view, wanted = queries.hazard_for(request.actor, hazard_id, now=request.now), form.act
    if pressed := done_already(request, view, wanted):
        return pressed
    open_act(view, wanted)
    if lost_version(form):
        refusal = Outdated("hazards.lost_version", LOST)
    if isinstance(refusal, Outdated):
        form = ActForm(wanted, form.choices, on_the_newest(request.POST, view))
        form.is_valid()
    if refusal is not None:
        refuse_into(form, refusal)
    return _page(request, view, wanted, form, gathered, kinds, status=422)


def act_named(name: str) -> Act:
    """Return the act of this name. Raises NotFound where there is none."""
    if name not in set(Act):
        raise NotFound
    return Act(name)


def open_act(view: HazardView, name: str) -> OpenAct:
    """Return the act of this name if this person may do it now. Raises NotFound where there is no such act.

    Raises Refusal with the reason: the hazard is there and seen, only the step is closed.
    """
    wanted = act_named(name)
    found = next((one for one in view.acts if one.act is wanted), None)
    if found is None:
        raise Refusal(
            "hazards.act_closed",
            f"现在是“{STATE_NAMES[view.state]}”，这一步不能办，或者不归您办。请回到隐患页看下一步。",
        )
    if found.barred:
        raise Refusal("hazards.act_barred", found.barred)
    return found


def takes_after_photos(wanted: Act) -> bool:
    """Tell whether the form of this act asks for photos of what was done."""
    return AFTER in file_kinds(wanted, acts_for_others=False)


def kinds_of(
    wanted: Act, view: HazardBrief, pairs: Sequence[PhotoPair], *, acts_for_others: bool
) -> dict[str, FileKind]:
    """Return the file fields of the form; an after-photo has a place beside each photo from before."""
    kinds = file_kinds(wanted, acts_for_others=acts_for_others)
    if wanted in PAPERED and not view.needs_superior:
        kinds.pop(FileRole.PAPER.value, None)
    labels = [pair.label for pair in pairs if pair.before is not None]
    if AFTER in kinds and len(labels) > 1:
        del kinds[AFTER]
        return {f"{AFTER}:{label}": FileKind.PHOTO for label in labels} | kinds
    return kinds


def labels_of(kinds: dict[str, FileKind]) -> dict[str, str]:
    """Return what each file field is called."""
    said = {}
    for name in kinds:
        role, _, pair = name.partition(":")
        where = f"第 {pair} 处" if pair.isdigit() else pair
        kind = "照片" if kinds[name] is FileKind.PHOTO else ""
        said[name] = f"{where} {FILE_ROLE_NAMES[FileRole(role)]}{kind}".strip()
    return said


def befores_of(request: StaffRequest, view: HazardView, kinds: dict[str, FileKind]) -> dict[str, Photo]:
    """Return the photo from before that each after-photo answers, to be shot from the same angle."""
    today = day_of(request.now)
    first = [pair for pair in view.pairs if pair.before is not None]
    if AFTER in kinds and first and first[0].before:
        return {AFTER: proofs.photo_of(view.id, first[0].before, {}, today=today)}
    return {
        f"{AFTER}:{pair.label}": proofs.photo_of(view.id, pair.before, {}, today=today) for pair in first if pair.before
    }


def _advice(view: HazardView, viewer: Actor, *, today: date) -> Advice:
    """Return what is proposed, as sure as the people of the hazard's town make it."""
    return heeding(advice_on(view), viewer, town_id=view.town_id, path=view.path, on=today)


def _page(
    request: StaffRequest,
    view: HazardView,
    wanted: Act,
    form: ActForm,
    gathered: Gathered,
    kinds: dict[str, FileKind],
    *,
    status: int = 200,
) -> HttpResponse:
    today = day_of(request.now)
    slots = slots_of(gathered, labels_of(kinds), kinds, befores=befores_of(request, view, kinds))
    context: dict[str, Any] = {
        "hazard": head(view),
        "act": wanted,
        "words": WORDS[wanted],
        "form": form,
        "photo_slots": [one for one in slots if one.photo],
        "paper_slots": [one for one in slots if not one.photo],
        "advice": _advice(view, request.actor, today=today) if "criterion" in ASKS[wanted].fields else None,
        "again": found_again(view, request.actor, today=today) if wanted is Act.CONFIRM else [],
        "draft": f"{request.actor.user_id}:{request.path}",
    }
    return page_or_part(request, "hazards/act.html", part="hazards/_act_form.html", status=status, **context)
