"""Re-inspection on one screen: both photos, one shot, one press."""

from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from bihuan.hazards import queries, services
from bihuan.hazards.queries.views import HazardView
from bihuan.hazards.rules.acts import WORDS, Act
from bihuan.hazards.rules.facts import Given
from bihuan.hazards.rules.states import STATE_NAMES, FileRole, Level
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import Refusal
from bihuan.trail.rules import FileKind
from bihuan.web.evidence import Gathered, gather
from bihuan.web.hazards import proofs
from bihuan.web.hazards.choices import issues_papers, speaks_for_itself
from bihuan.web.hazards.forms import companions_in, proofs_of
from bihuan.web.hazards.pressed import LOST, done_already, lost_version, on_the_newest
from bihuan.web.hazards.show import head
from bihuan.web.htmx import StaffRequest, go, page_or_part, refuse_into
from bihuan.web.slots import slots_of
from bihuan.web.words import money_words

ACTS: Final = (Act.PASS, Act.FAIL)
SITE: Final = {FileRole.SITE.value: FileKind.PHOTO}
SLOTS: Final = {FileRole.SITE.value: "现场照片", FileRole.PAPER.value: "挂牌机关的纸质凭据"}
FEN: Final = 100
# What a verifier may tap instead of writing; nothing is chosen beforehand. The first one says that they were there.
SEEN: Final = "到现场看过，已整改到位"
READ: Final = "核对了照片和材料，已整改到位"


class ReviewForm(forms.Form):
    """The opinion; what a major hazard needs besides is asked only there."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput)
    opinion = forms.ChoiceField(
        label="通过的意见，点一句或在下面自己写",
        required=False,
        choices=[(SEEN, SEEN), (READ, READ)],
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label="意见",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2, "placeholder": "看到了什么；不合格的写明还差什么"}),
    )
    on_site = forms.BooleanField(label="到现场看过", required=False)
    companions = forms.CharField(
        label="同行复查人",
        required=False,
        max_length=500,
        help_text="每行一人：姓名 单位。外单位的专家一定写单位",
        widget=forms.Textarea(attrs={"rows": 1}),
    )
    acting_for = forms.CharField(
        label="代谁办理", required=False, max_length=120, help_text="由平台外的机关挂牌的，写挂牌机关，并附它的纸质凭据"
    )
    signed_by = forms.CharField(label="被复查单位签字人", required=False, max_length=64)
    sign_refused = forms.BooleanField(label="对方拒绝签字", required=False)
    issue_paper = forms.BooleanField(label="出整改复查意见书", required=False)


@require_http_methods(["GET", "POST"])
def review(request: StaffRequest, hazard_id: UUID) -> HttpResponse:
    """Show before and after, or pass or send back."""
    view = queries.hazard_for(request.actor, hazard_id, now=request.now)
    wanted = Act.FAIL if request.POST.get("act") == Act.FAIL else Act.PASS
    if request.method == "POST" and (pressed := done_already(request, view, wanted)):
        return pressed
    may: dict[Act, str] = {one.act: one.barred for one in view.acts if one.act in ACTS}
    if not may:
        raise Refusal("hazards.no_review", f"现在是“{STATE_NAMES[view.state]}”，没有复查可办，或者不归您复查。")
    if request.method == "GET":
        form = ReviewForm(initial={"seen_version": view.version})
        return _page(request, view, form, Gathered(), may)
    gathered = gather(request, _kinds(request, view), town_id=view.town_id)
    form = ReviewForm(request.POST)
    if lost_version(form):
        form = ReviewForm(on_the_newest(request.POST, view))
        form.add_error(None, LOST)
    if form.is_valid() and not gathered.problems:
        try:
            done = services.advance(
                hazard_id=hazard_id,
                act=wanted,
                given=_given(form, gathered, wanted),
                seen_version=form.cleaned_data["seen_version"],
                actor=request.actor,
                now=request.now,
            )
        except Refusal as refusal:
            refuse_into(form, refusal)
        else:
            messages.success(request, f"{done.number} 已办“{WORDS[wanted].title}”，现在是“{STATE_NAMES[done.state]}”。")
            return go(request, "hazards:show", hazard_id)
    return _page(request, view, form, gathered, may, status=422)


def _given(form: ReviewForm, gathered: Gathered, wanted: Act) -> Given:
    """Take what the verifier wrote or tapped; the platform says nothing for them (L3)."""
    data = form.cleaned_data
    tapped = data["opinion"] if wanted is Act.PASS else ""
    return Given(
        text="；".join(filter(None, (tapped, data["text"].strip()))),
        files=proofs_of(gathered.files),
        on_site=data["on_site"] or tapped == SEEN,
        acting_for=data["acting_for"].strip(),
        companions=companions_in(data["companions"]),
        signed_by=data["signed_by"].strip(),
        sign_refused=data["sign_refused"],
        issue_paper=data["issue_paper"],
    )


def _kinds(request: StaffRequest, view: HazardView) -> dict[str, FileKind]:
    """Return the files of the form; the closing of a listing body off the platform comes with its paper (R3.15)."""
    if speaks_for_itself(Act.PASS, view, request.actor, today=day_of(request.now)):
        return SITE
    return SITE | {FileRole.PAPER.value: FileKind.DOCUMENT}


def _page(
    request: StaffRequest,
    view: HazardView,
    form: ReviewForm,
    gathered: Gathered,
    may: dict[Act, str],
    *,
    status: int = 200,
) -> HttpResponse:
    today = day_of(request.now)
    doubles = queries.doubles_of(view)
    shown = proofs.evidence(view, doubles, today=today)
    kinds = _kinds(request, view)
    context: dict[str, Any] = {
        "hazard": head(view),
        "form": form,
        "pairs": shown["pairs"],
        "documents": shown["documents"],
        "said": _said(view),
        "slots": slots_of(gathered, {name: SLOTS[name] for name in kinds}, kinds),
        "may_pass": may.get(Act.PASS) == "",
        "may_fail": may.get(Act.FAIL) == "",
        "barred": next((why for why in may.values() if why), ""),
        "papered": FileRole.PAPER.value in kinds,
        "signed": view.is_order,
        "prints": issues_papers(request.actor),
        "is_major": view.level == Level.MAJOR,
        "draft": f"{request.actor.user_id}:{request.path}",
    }
    return page_or_part(request, "field/review.html", status=status, **context)


def _said(view: HazardView) -> str:
    current = view.current_round
    if current is None or not current.done:
        return ""
    money = f"，花费 {money_words(current.money_fen / FEN)}" if current.money_fen else ""
    who = f"{current.handed_in_by} 代 {current.acting_for}" if current.acting_for else current.handed_in_by
    return f"{who}：{current.done}{money}"
