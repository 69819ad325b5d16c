"""Interviews (约谈) and the register of accountability (问责)."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from bihuan.campaigns import queries
from bihuan.campaigns.queries import supervision as asking
from bihuan.campaigns.rules.lines import CampaignView
from bihuan.campaigns.rules.supervision.accountability import FAILING_NAMES, FORM_NAMES, SITUATIONS, Failing
from bihuan.campaigns.rules.supervision.accountability import CaseForm as Decided
from bihuan.campaigns.rules.supervision.life import CALLING, CASE, FOR_CASES, HANDING_OVER, INTERVIEW
from bihuan.campaigns.rules.supervision.lines import CaseLine, InterviewLine
from bihuan.campaigns.rules.supervision.states import (
    CASE_NAMES,
    INTERVIEW_NAMES,
    CaseAct,
    CaseState,
    InterviewAct,
    InterviewState,
)
from bihuan.campaigns.services import supervision
from bihuan.kernel.calendar import SHANGHAI, day_of
from bihuan.kernel.errors import NotFound, Refusal
from bihuan.kernel.in_force import in_force
from bihuan.web.attached import Attached, attached
from bihuan.web.campaigns.deeds import PAPERS, Deed, allowed, answer, download
from bihuan.web.campaigns.supervision import choices_of, may_begin, must_begin
from bihuan.web.campaigns.supervision_forms import (
    CallForm,
    CaseForm,
    DecisionForm,
    FollowUpForm,
    HoldInterviewForm,
    ReasonForm,
    unit_choices,
)
from bihuan.web.evidence import Gathered, gather, sent
from bihuan.web.htmx import StaffRequest, calendar_of, go, page_or_part, refuse_into
from bihuan.web.intake.gate import identity
from bihuan.web.parts import Empty
from bihuan.web.slots import slots_of


@require_GET
def interviews(request: StaffRequest, campaign_id: UUID) -> HttpResponse:
    """Show the interviews that the viewer sees."""
    campaign = queries.campaign_for(request.actor, campaign_id)
    return page_or_part(
        request,
        "campaigns/interviews.html",
        campaign=campaign,
        rows=[_interview(campaign, one) for one in asking.interviews_of(request.actor, campaign_id)],
        call_href=reverse("campaigns:call", args=(campaign_id,)) if may_begin(request, campaign, CALLING) else "",
        cases_href=reverse("campaigns:cases", args=(campaign_id,)) if request.actor.has_role(*FOR_CASES) else "",
        empty=Empty("没有约谈。"),
    )


def _interview(campaign: CampaignView, one: InterviewLine) -> dict[str, Any]:
    return {
        "line": one,
        "href": reverse("campaigns:interview", args=(campaign.id, one.id)),
        "state": INTERVIEW_NAMES[InterviewState(one.state)],
        "is_held": one.state == InterviewState.HELD,
        "is_noticed": one.state == InterviewState.NOTICED,
    }


@require_http_methods(["GET", "POST"])
def call(request: StaffRequest, campaign_id: UUID) -> HttpResponse:
    """Call a unit to an interview."""
    campaign = queries.campaign_for(request.actor, campaign_id)
    must_begin(request, campaign, CALLING)
    posted = request.POST if request.method == "POST" else None
    form = CallForm(request.actor, unit_choices(choices_of(request, campaign)), posted)
    form.ask_of_holiday(calendar_of(request), today=day_of(request.now))
    if posted is not None and form.is_valid():
        said = dict(form.cleaned_data)
        said.pop("in_holiday", None)
        unit, meets_at = UUID(said.pop("unit")), said.pop("meets_at").astimezone(SHANGHAI)
        try:
            made = supervision.call_interview(
                campaign_id=campaign_id, unit_id=unit, meets_at=meets_at, facts=said, actor=request.actor,
                now=request.now,
            )  # fmt: skip
            messages.success(request, "已通知。")
            return go(request, "campaigns:interview", campaign_id, made)
        except NotFound:
            raise
        except Refusal as refusal:
            refuse_into(form, refusal)
    return _form(request, campaign, form, "约谈", "发通知")


def _form(
    request: StaffRequest, campaign: CampaignView, form: Any, title: str, verb: str, slots: Any = ()
) -> HttpResponse:
    return page_or_part(
        request,
        "campaigns/form.html",
        status=422 if form.errors else 200,
        campaign=campaign,
        form=form,
        title=title,
        verb=verb,
        slots=slots,
        version=campaign.version,
    )


@require_http_methods(["GET", "POST"])
def interview(request: StaffRequest, campaign_id: UUID, interview_id: UUID) -> HttpResponse:
    """Show an interview; register it, follow it up."""
    campaign = queries.campaign_for(request.actor, campaign_id)
    one = asking.interview_for(request.actor, campaign_id, interview_id)
    answered = answer(request, list(_of_interview(request, campaign, one)), town_id=campaign.town_id)
    if answered.done:
        return go(request, "campaigns:interview", campaign_id, interview_id)
    return page_or_part(
        request,
        "campaigns/interview.html",
        status=answered.status,
        campaign=campaign,
        row=_interview(campaign, one),
        line=one,
        files=_attached("campaigns:interview_file", campaign_id, one),
        deeds=answered.of(),
    )


def _attached(address: str, campaign_id: UUID, one: InterviewLine | CaseLine) -> list[Attached]:
    found = attached(one.files, lambda file: reverse(address, args=(campaign_id, one.id, file)))
    return list(found.values())


def _of_interview(request: StaffRequest, campaign: CampaignView, one: InterviewLine) -> Iterator[Deed]:
    base: dict[str, Any] = {
        "given": {"campaign_id": campaign.id, "interview_id": one.id},
        "version": one.version,
    }

    def lets(act: InterviewAct) -> bool:
        return allowed(request, INTERVIEW, act, one.state, path=campaign.path, unit_id=one.unit_id)

    do = supervision
    if one.own and one.received_at is None and lets(InterviewAct.RECEIVE):
        yield Deed("receive", "通知", "签收通知", do.receive_interview, done="已签收。", **base)
    if lets(InterviewAct.HOLD):
        yield Deed("hold", "登记约谈", "登记", do.hold_interview, HoldInterviewForm, "已登记。", "签字的记录", **base)
    if lets(InterviewAct.CANCEL):
        yield Deed("cancel", "取消", "取消约谈", do.cancel_interview, ReasonForm, "已取消。", main=False, **base)
    if lets(InterviewAct.FOLLOW_UP):
        yield Deed("follow_up", "回访", "记下", do.follow_up_interview, FollowUpForm, "已记下。", **base)


@require_GET
def interview_file(request: StaffRequest, campaign_id: UUID, interview_id: UUID, file_id: UUID) -> FileResponse:
    """Send a paper of an interview."""
    return sent(asking.paper_of(request.actor, campaign_id, "interview", interview_id, file_id))


# -- accountability
@require_GET
def cases(request: StaffRequest, campaign_id: UUID) -> HttpResponse:
    """Show the register, to those who keep it."""
    campaign = queries.campaign_for(request.actor, campaign_id)
    if not request.actor.has_role(*FOR_CASES):
        raise NotFound("campaigns.no_case", "问责台账由安监办、安委会主任和督查组看。")
    return page_or_part(
        request,
        "campaigns/cases.html",
        campaign=campaign,
        rows=[_case(campaign, one) for one in asking.cases_of(request.actor, campaign_id)],
        new_href=reverse("campaigns:hand_over", args=(campaign_id,))
        if may_begin(request, campaign, HANDING_OVER)
        else "",
        empty=Empty("没有移交过问责材料。"),
    )


def _case(campaign: CampaignView, one: CaseLine) -> dict[str, Any]:
    situations = in_force(SITUATIONS, on=one.handed_over_on)
    return {
        "line": one,
        "href": reverse("campaigns:case", args=(campaign.id, one.id)),
        "state": CASE_NAMES[CaseState(one.state)],
        "is_open": one.state == CaseState.HANDED_OVER,
        "failings": "、".join(FAILING_NAMES[Failing(name)] for name in one.failings),
        "form": FORM_NAMES[Decided(one.form)] if one.form else "",
        "situation": next((name for key, name in situations.items() if key == one.situation), ""),
    }


@require_http_methods(["GET", "POST"])
def hand_over(request: StaffRequest, campaign_id: UUID) -> HttpResponse:
    """Hand papers over to the competent organ."""
    campaign = queries.campaign_for(request.actor, campaign_id)
    must_begin(request, campaign, HANDING_OVER)
    posted = request.POST if request.method == "POST" else None
    today = day_of(request.now)
    units = unit_choices(choices_of(request, campaign))
    form = CaseForm(request.actor, units, posted, today=today, initial={"handed_over_on": today})
    gathered = gather(request, PAPERS, town_id=campaign.town_id) if posted is not None else Gathered()
    if posted is not None and form.is_valid() and not any(gathered.problems.values()):
        try:
            made = _hand_over(request, campaign, dict(form.cleaned_data), gathered)
            messages.success(request, "已登记移交。")
            return go(request, "campaigns:case", campaign_id, made)
        except NotFound:
            raise
        except Refusal as refusal:
            refuse_into(form, refusal)
    slots = slots_of(gathered, {"papers": "移交的材料"}, PAPERS)
    return _form(request, campaign, form, "移交问责材料", "登记移交", slots)


def _hand_over(request: StaffRequest, campaign: CampaignView, said: dict[str, Any], gathered: Gathered) -> UUID:
    alone = ("failings", "handed_over_on", "by_accident", "accident_on", "is_responsible")
    more = {name: said.pop(name) for name in alone} | {"situation": said.pop("situation", "")}
    return supervision.hand_over(
        campaign_id=campaign.id,
        unit_id=identity(said.pop("unit")),
        facts=said,
        files=[one.id for one in gathered.files.get("papers", ())],
        actor=request.actor,
        now=request.now,
        **more,
    )


@require_http_methods(["GET", "POST"])
def case(request: StaffRequest, campaign_id: UUID, case_id: UUID) -> HttpResponse:
    """Show a case; register the decision, seal the evidence."""
    campaign = queries.campaign_for(request.actor, campaign_id)
    one = asking.case_for(request.actor, campaign_id, case_id)
    answered = answer(request, list(_of_case(request, campaign, one)), town_id=campaign.town_id)
    if answered.done:
        return go(request, "campaigns:case", campaign_id, case_id)
    return page_or_part(
        request,
        "campaigns/case.html",
        status=answered.status,
        campaign=campaign,
        row=_case(campaign, one),
        line=one,
        files=_attached("campaigns:case_file", campaign_id, one),
        packs=[(pack, reverse("campaigns:case_pack", args=(campaign_id, one.id, pack.id))) for pack in one.packs],
        deeds=answered.of(),
    )


def _of_case(request: StaffRequest, campaign: CampaignView, one: CaseLine) -> Iterator[Deed]:
    base: dict[str, Any] = {"given": {"campaign_id": campaign.id, "case_id": one.id}, "version": one.version}

    def lets(act: CaseAct) -> bool:
        return allowed(request, CASE, act, one.state, path=campaign.path, unit_id=None)

    do = supervision
    if lets(CaseAct.DECIDE):
        yield Deed(
            "decide", "登记有权机关的决定", "登记", do.register_decision, DecisionForm, "已登记。", "决定文件", **base
        )
    if lets(CaseAct.SEAL):
        yield Deed("seal", "证据", "封存证据", do.seal_case, done="证据已封存。", main=False, **base)


@require_GET
def case_file(request: StaffRequest, campaign_id: UUID, case_id: UUID, file_id: UUID) -> FileResponse:
    """Send a paper of a case."""
    return sent(asking.paper_of(request.actor, campaign_id, "case", case_id, file_id))


@require_GET
def case_pack(request: StaffRequest, campaign_id: UUID, case_id: UUID, pack_id: UUID) -> HttpResponse:
    """Send a sealed pack."""
    name, content = asking.pack_for(request.actor, campaign_id, case_id, pack_id)
    return download(name, content, "application/zip")
