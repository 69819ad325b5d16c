"""Supervision rounds: the list, a new one, and one round with its problems and what is to be done."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from bihuan.campaigns import queries
from bihuan.campaigns.queries import supervision as asking
from bihuan.campaigns.rules.life import LIVE
from bihuan.campaigns.rules.lines import CampaignView
from bihuan.campaigns.rules.supervision.life import FINDING, PLANNING, ROUND
from bihuan.campaigns.rules.supervision.lines import FindingLine, RoundLine
from bihuan.campaigns.rules.supervision.states import (
    FINDING_NAMES,
    METHOD_NAMES,
    ROUND_NAMES,
    FindingAct,
    FindingSide,
    FindingState,
    Method,
    RoundAct,
    RoundState,
)
from bihuan.campaigns.services import supervision
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import NotAllowed, NotFound, Refusal
from bihuan.kernel.roles import Role
from bihuan.web.attached import Attached, attached
from bihuan.web.campaigns.deeds import Deed, allowed, answer
from bihuan.web.campaigns.record_forms import Choices
from bihuan.web.campaigns.supervision_forms import (
    EnterForm,
    FeedBackForm,
    FindingForm,
    HoldRoundForm,
    PlanRoundForm,
    ReasonForm,
    ReviewForm,
    unit_choices,
)
from bihuan.web.evidence import sent
from bihuan.web.htmx import StaffRequest, go, page_or_part, refuse_into
from bihuan.web.parts import Empty

TONES: Final = {
    RoundState.PLANNED: "none", RoundState.HELD: "soon", RoundState.FED_BACK: "go", RoundState.CLOSED: "ok",
    RoundState.CANCELLED: "none",
}  # fmt: skip
FINDING_TONES: Final = {
    FindingState.NOTED: "none", FindingState.ASKED: "late", FindingState.ANSWERED: "soon",
    FindingState.CONFIRMED: "ok", FindingState.ENTERED: "ok", FindingState.ASIDE: "none",
}  # fmt: skip


def choices_of(request: StaffRequest, campaign: CampaignView) -> Choices:
    """Return the participating units, as the choices of a field."""
    return [(str(one.id), one.name) for one in queries.participating(request.actor, campaign.id)]


def may_begin(request: StaffRequest, campaign: CampaignView, by: frozenset[Role]) -> bool:
    """Tell whether this person may begin something in the campaign now."""
    return campaign.state in LIVE and bool(request.actor.roles_over(path=campaign.path) & by)


def must_begin(request: StaffRequest, campaign: CampaignView, by: frozenset[Role]) -> None:
    """Raise NotAllowed where this person may not."""
    if not may_begin(request, campaign, by):
        raise NotAllowed("campaigns.not_allowed", "这一项由安监办在专项行动进行期间办，您现在不能办。")


@require_GET
def rounds(request: StaffRequest, campaign_id: UUID) -> HttpResponse:
    """Show the rounds that the viewer sees."""
    campaign = queries.campaign_for(request.actor, campaign_id)
    lines = asking.rounds_of(request.actor, campaign_id)
    return page_or_part(
        request,
        "campaigns/rounds.html",
        campaign=campaign,
        rows=[_row(campaign, one) for one in lines],
        plan_href=reverse("campaigns:plan_round", args=(campaign_id,))
        if may_begin(request, campaign, PLANNING)
        else "",
        empty=Empty("没有督查记录。"),
    )


def _row(campaign: CampaignView, one: RoundLine) -> dict[str, Any]:
    return {
        "line": one,
        "href": reverse("campaigns:round", args=(campaign.id, one.id)),
        "state": ROUND_NAMES[RoundState(one.state)],
        "tone": TONES[RoundState(one.state)],
        "method": METHOD_NAMES[Method(one.method)],
    }


@require_http_methods(["GET", "POST"])
def plan(request: StaffRequest, campaign_id: UUID) -> HttpResponse:
    """Plan rounds."""
    campaign = queries.campaign_for(request.actor, campaign_id)
    must_begin(request, campaign, PLANNING)
    posted = request.POST if request.method == "POST" else None
    form = PlanRoundForm(request.actor, unit_choices(choices_of(request, campaign)), posted)
    if posted is not None and form.is_valid():
        said = form.cleaned_data | {"units": [UUID(one) for one in form.cleaned_data["units"]]}
        try:
            made = supervision.plan_rounds(campaign_id=campaign_id, actor=request.actor, now=request.now, **said)
            messages.success(request, f"安排了 {len(made)} 次督查。")
            return go(request, "campaigns:rounds", campaign_id)
        except NotFound:
            raise
        except Refusal as refusal:
            refuse_into(form, refusal)
    return page_or_part(
        request,
        "campaigns/form.html",
        status=422 if form.errors else 200,
        campaign=campaign,
        form=form,
        title="安排督查",
        verb="安排",
        slots=[],
        version=campaign.version,
    )


@require_http_methods(["GET", "POST"])
def show(request: StaffRequest, campaign_id: UUID, round_id: UUID) -> HttpResponse:
    """Show a round with its problems; do what the tables let this person do."""
    campaign = queries.campaign_for(request.actor, campaign_id)
    one = asking.round_for(request.actor, campaign_id, round_id)
    deeds = [*_of_round(request, campaign, one), *_of_findings(request, campaign, one)]
    answered = answer(request, deeds, town_id=campaign.town_id)
    if answered.done:
        return go(request, "campaigns:round", campaign_id, round_id)
    files = _files(campaign, one)
    return page_or_part(
        request,
        "campaigns/round.html",
        status=answered.status,
        campaign=campaign,
        row=_row(campaign, one),
        line=one,
        sides=[
            (name, [_finding(found, files, answered.of(str(found.id))) for found in mine])
            for name, mine in _by_side(one)
        ],
        papers=[files[file] for file in one.files],
        deeds=answered.of(),
    )


def _by_side(one: RoundLine) -> list[tuple[str, list[FindingLine]]]:
    sides = ((FindingSide.UNIT, f"{one.unit_name}的问题"), (FindingSide.FIRM, "企业的问题"))
    return [(name, [found for found in one.findings if found.side == side]) for side, name in sides]


def _finding(found: FindingLine, files: Mapping[UUID, Attached], deeds: Any) -> dict[str, Any]:
    state = FindingState(found.state)
    return {
        "line": found,
        "state": FINDING_NAMES[state],
        "tone": FINDING_TONES[state],
        "hazard_href": reverse("hazards:show", args=(found.hazard_id,)) if found.hazard_id else "",
        "files": [files[file] for file in (*found.files, *found.answer_files)],
        "is_open": state in {FindingState.ASKED, FindingState.ANSWERED},
        "deeds": deeds,
    }


def _files(campaign: CampaignView, one: RoundLine) -> dict[UUID, Attached]:
    of_findings = (file for found in one.findings for file in (*found.files, *found.answer_files))
    return attached(
        (*one.files, *of_findings), lambda file: reverse("campaigns:round_file", args=(campaign.id, one.id, file))
    )


def _of_round(request: StaffRequest, campaign: CampaignView, one: RoundLine) -> Iterator[Deed]:
    told: dict[str, Any] = {"campaign_id": campaign.id, "round_id": one.id}
    today = day_of(request.now)

    def lets(act: RoundAct) -> bool:
        return allowed(request, ROUND, act, one.state, path=campaign.path, unit_id=one.unit_id)

    def form(kind: Any, **initial: Any) -> Any:
        return partial(kind, request.actor, {}, initial=initial)

    base: dict[str, Any] = {"given": told, "version": one.version}
    if lets(RoundAct.HOLD):
        held = form(HoldRoundForm, held_on=today)
        yield Deed("hold", "登记督查", "登记", supervision.hold_round, held, "已登记。", "督查材料", **base)
    if lets(RoundAct.ADD):
        yield Deed(
            "add", "记一个问题", "记下", _note(told), form(FindingForm), "已记下。", "照片和材料", version=one.version
        )
    units = [found for found in one.findings if found.side == FindingSide.UNIT]
    if lets(RoundAct.FEED_BACK) and units:
        yield Deed(
            "feed_back", "向单位反馈", "反馈", supervision.feed_back, FeedBackForm, "已反馈，单位会收到通知。", **base
        )
    is_closable = all(found.state == FindingState.CONFIRMED for found in units)
    if lets(RoundAct.CLOSE) and is_closable:
        yield Deed("close", "办结", "办结这次督查", supervision.close_round, done="已办结。", **base)
    if lets(RoundAct.CANCEL):
        yield Deed("cancel", "取消", "取消督查", supervision.cancel_round, ReasonForm, "已取消。", main=False, **base)


def _note(told: dict[str, Any]) -> Any:
    def note(*, side: str, text: str, firm: UUID | None, files: list[UUID], **who: Any) -> object:
        new = supervision.NewFinding(side, text, firm, files)
        return supervision.note_finding(new=new, **told, **who)

    return note


def _of_findings(request: StaffRequest, campaign: CampaignView, one: RoundLine) -> Iterator[Deed]:
    for found in one.findings:
        base: dict[str, Any] = {
            "given": {"campaign_id": campaign.id, "finding_id": found.id},
            "about": str(found.id),
            "version": found.version,
        }
        for act, deed in _acts(base):
            right_side = found.side == (FindingSide.FIRM if act in FOR_FIRMS else FindingSide.UNIT)
            if right_side and allowed(request, FINDING, act, found.state, path=campaign.path, unit_id=one.unit_id):
                yield deed


FOR_FIRMS: Final = (FindingAct.ENTER, FindingAct.SET_ASIDE)


def _acts(base: dict[str, Any]) -> list[tuple[FindingAct, Deed]]:
    accept: dict[str, Any] = {**base, "given": {**base["given"], "accepted": True}}
    back: dict[str, Any] = {**base, "given": {**base["given"], "accepted": False}}
    act, do = FindingAct, supervision
    return [
        (
            act.ANSWER,
            Deed("answer", "报整改", "报整改", do.answer_finding, ReasonForm, "已报，等确认。", "整改材料", **base),
        ),
        (act.CONFIRM, Deed("confirm", "", "确认整改", do.review_finding, done="已确认。", **accept)),
        (act.SEND_BACK, Deed("back", "", "退回", do.review_finding, ReviewForm, "已退回。", main=False, **back)),
        (act.ENTER, Deed("enter", "", "登记为隐患", do.enter_finding, EnterForm, "已登记为隐患。", **base)),
        (
            act.SET_ASIDE,
            Deed("aside", "", "不作隐患", do.set_finding_aside, ReasonForm, "已记下。", main=False, **base),
        ),
    ]


@require_GET
def file(request: StaffRequest, campaign_id: UUID, round_id: UUID, file_id: UUID) -> FileResponse:
    """Send a paper of a round."""
    return sent(asking.paper_of(request.actor, campaign_id, "round", round_id, file_id))
