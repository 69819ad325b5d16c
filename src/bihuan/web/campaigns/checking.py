"""The reading of a plan checked beside its text: facts, clauses, what each is measured by."""

import re
from collections.abc import Callable, Sequence
from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from bihuan.campaigns import queries, services
from bihuan.campaigns.rules.days import no_such_days
from bihuan.campaigns.rules.drafting import ClauseState
from bihuan.campaigns.rules.life import CampaignAct, CampaignState, may
from bihuan.campaigns.rules.lines import CampaignView
from bihuan.campaigns.rules.text import fold
from bihuan.campaigns.rules.units import Participant, Side
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import NotFound, Refusal
from bihuan.web.campaigns.blocks import blocks_of
from bihuan.web.campaigns.outline_lines import outline_of
from bihuan.web.htmx import StaffRequest, go, page_or_part, refuse_into, wants_part
from bihuan.web.intake.gate import identity
from bihuan.web.numbers import whole

_MONTH_ONLY: Final = re.compile(r"\d{1,2}月")
DATE: Final = {"type": "date"}
REST: Final = "rest"  # the button that gives all that is left to one taker
GROUPS: Final = {Side.VILLAGE: "各村（社区）", Side.DEPARTMENT: "各部门"}


class FactsForm(forms.Form):
    """What was read of the document as a whole."""

    field_order = ("title", "starts_on", "ends_on", "issued_on", "doc_number", "issuing_body")
    title = forms.CharField(label="名称", max_length=160, error_messages={"required": "请写专项行动的名称。"})
    starts_on = forms.DateField(label="开始", required=False, widget=forms.DateInput(attrs=DATE, format="%Y-%m-%d"))
    ends_on = forms.DateField(label="结束", required=False, widget=forms.DateInput(attrs=DATE, format="%Y-%m-%d"))
    doc_number = forms.CharField(label="文号", max_length=64, required=False)
    issuing_body = forms.CharField(label="发文单位", max_length=120, required=False)
    issued_on = forms.DateField(label="成文日期", required=False, widget=forms.DateInput(attrs=DATE, format="%Y-%m-%d"))
    is_sure = forms.BooleanField(label="日期没有写错", required=False)

    def doubtless(self) -> "FactsForm":
        """Leave out the question that nobody has asked yet."""
        if not self.errors:
            del self.fields["is_sure"]
        return self


@require_GET
def check(request: StaffRequest, campaign_id: UUID) -> HttpResponse:
    """Show the reading beside the text."""
    campaign = queries.campaign_for(request.actor, campaign_id)
    return _page(request, campaign)


def _page(
    request: StaffRequest, campaign: CampaignView, *, say: str = "", form: FactsForm | None = None
) -> HttpResponse:
    clauses = queries.draft_clauses(request.actor, campaign.id)
    state = CampaignState(campaign.state)
    is_draft = state is CampaignState.DRAFT
    edits = may(request.actor, CampaignAct.EDIT, state, path=campaign.path)
    units = queries.participants_of(campaign.town_id) if is_draft else ()
    outline = reverse("campaigns:outline", args=(campaign.id,)) if is_draft else ""
    standing = [one for one in clauses if one.state != ClauseState.SET_ASIDE]
    open_count = sum(one.state == ClauseState.READ for one in standing)
    return page_or_part(
        request,
        "campaigns/check.html",
        part="campaigns/_check.html",
        status=422 if say or (form and form.errors) else 200,
        campaign=campaign,
        is_draft=is_draft,
        edits=edits,
        facts=_told(campaign),
        form=form or FactsForm(initial=_initial(campaign)).doubtless(),
        asks=_asks(campaign, edits=edits),
        blocks=blocks_of(campaign, clauses),
        outline=outline_of(campaign, day_of(request.now)),
        names=queries.unmatched(clauses, units),
        units=units,
        mend=outline if edits else "",
        look=outline,
        total=len(standing),
        open_count=open_count,
        unknown=sum(bool(one.unknown) for one in standing),
        unnamed=[one for one in standing if one.unnamed],
        takers=_takers(units),
        unmeasured=sum(not one.figures and not one.not_by_data for one in standing),
        say=say,
        may_issue=may(request.actor, CampaignAct.ISSUE, state, path=campaign.path),
    )


def _takers(units: Sequence[Participant]) -> list[tuple[str, str]]:
    """Return who can be given an order: the safety office and other offices, all of a side, each other unit."""
    sides = [(side.value, name) for side, name in GROUPS.items() if any(one.side is side for one in units)]
    offices = [(str(one.id), one.short_name) for one in units if one.side is Side.OFFICE]
    return [*offices, *sides, *((str(one.id), one.short_name) for one in units if one.side is not Side.OFFICE)]


def _initial(campaign: CampaignView) -> dict[str, Any]:
    return {name: getattr(campaign, name) for name in FactsForm.base_fields if name != "is_sure"}


def _told(campaign: CampaignView) -> list[tuple[str, Any]]:
    """Return the facts of the document for who reads a draft and does not mend it."""
    return [
        (str(field.label), str(getattr(campaign, name) or ""))
        for name, field in FactsForm.base_fields.items()
        if name != "is_sure"
    ]


def _asks(campaign: CampaignView, *, edits: bool) -> list[str]:
    """Return what the text does not say and a person has to. edits: the reader can; any other only reads it."""
    said = []
    if campaign.starts_on is None:
        said.append(f"开始日期：{_unclear(campaign.start_text, edits=edits)}")
    if campaign.ends_on is None:
        said.append(f"结束日期：{_unclear(campaign.end_text, edits=edits)}")
    if campaign.issued_on is None:
        said.append(f"成文日期：原文没有写明{'，可以不填' if edits else ''}。")
    return said


def _unclear(text: str, *, edits: bool) -> str:
    """Return why a wording gives no day, and what to do, or who does it."""
    if not text:
        return "原文没有写明。" if edits else "原文没有写明，由安监办定。"
    why = "日历上没有这一天，" if no_such_days(fold(text)) else "没有写哪一年，" if _MONTH_ONLY.match(text) else ""
    return f"原文写“{text}”，{why}{'请填具体哪天' if edits else '由安监办定具体哪天'}。"


@require_POST
def facts(request: StaffRequest, campaign_id: UUID) -> HttpResponse:
    """Mend the facts of the document."""
    form = FactsForm(request.POST)
    if form.is_valid():
        try:
            services.mend_facts(
                campaign_id=campaign_id,
                seen_version=_seen(request),
                facts=form.cleaned_data,
                is_sure=form.cleaned_data["is_sure"],
                actor=request.actor,
                now=request.now,
            )
            return go(request, "campaigns:check", campaign_id)
        except NotFound:
            raise
        except Refusal as refusal:
            refuse_into(form, refusal)
    return _page(request, queries.campaign_for(request.actor, campaign_id), form=form)


def _seen(request: StaffRequest) -> int:
    return whole(request.POST.get("seen_version", "")) or 0


def done(request: StaffRequest, campaign_id: UUID, act: Callable[[], object]) -> HttpResponse:
    """Do one thing to the draft and answer with the page as it now is: the part for htmx, or by its address."""
    say = ""
    try:
        act()
    except NotFound:
        raise
    except Refusal as refusal:
        say = refusal.say
    if wants_part(request):
        return _page(request, queries.campaign_for(request.actor, campaign_id), say=say)
    if say:
        messages.error(request, say)
    return go(request, "campaigns:check", campaign_id)


def who(request: StaffRequest, campaign_id: UUID) -> dict[str, Any]:
    """Return what every act on a draft is given."""
    return {
        "campaign_id": campaign_id,
        "seen_version": _seen(request),
        "actor": request.actor,
        "now": request.now,
    }


def _clause_of(request: StaffRequest) -> UUID:
    found = identity(request.POST.get("clause", ""))
    if found is None:
        raise NotFound("campaigns.no_clause", "没有找到这条要求。请刷新页面。")
    return found


@require_POST
def accept(request: StaffRequest, campaign_id: UUID) -> HttpResponse:
    """Accept one clause, or all that are left."""
    clauses = None if "all" in request.POST else [_clause_of(request)]
    return done(request, campaign_id, lambda: services.accept_clauses(clauses=clauses, **who(request, campaign_id)))


@require_POST
def aside(request: StaffRequest, campaign_id: UUID) -> HttpResponse:
    """Say that a sentence orders nothing."""
    clause_id = _clause_of(request)
    return done(request, campaign_id, lambda: services.set_aside(clause_id=clause_id, **who(request, campaign_id)))


@require_POST
def join(request: StaffRequest, campaign_id: UUID) -> HttpResponse:
    """Join a clause to the one before it."""
    clauses = [one for one in map(identity, request.POST.getlist("clause")) if one is not None]
    return done(request, campaign_id, lambda: services.join_clauses(clauses=clauses, **who(request, campaign_id)))


@require_POST
def add(request: StaffRequest, campaign_id: UUID) -> HttpResponse:
    """Take a passage as a clause."""
    paragraph, start, end = (whole(request.POST.get(name, "")) or 0 for name in ("paragraph", "start", "end"))
    return done(
        request,
        campaign_id,
        lambda: services.add_clause(paragraph=paragraph, start=start, end=end, **who(request, campaign_id)),
    )


@require_POST
def settle(request: StaffRequest, campaign_id: UUID) -> HttpResponse:
    """Say which unit of the town a name of the plan means."""
    unit_id = identity(request.POST.get("unit", ""))
    name = request.POST.get("name", "")
    return done(
        request,
        campaign_id,
        lambda: services.settle_party(name=name, unit_id=unit_id, **who(request, campaign_id)),
    )


@require_POST
def give(request: StaffRequest, campaign_id: UUID) -> HttpResponse:
    """Say which units do orders that name nobody of the town."""
    campaign = queries.campaign_for(request.actor, campaign_id)
    clauses = [one for one in map(identity, request.POST.getlist("clause")) if one is not None]
    rest = request.POST.get(REST, "")
    if rest:
        clauses = [one.id for one in queries.draft_clauses(request.actor, campaign_id) if one.unnamed]
    units = _chosen(rest or request.POST.get("unit", ""), campaign.town_id)
    return done(
        request,
        campaign_id,
        lambda: services.give_clauses(clauses=clauses, units=units, **who(request, campaign_id)),
    )


def _chosen(key: str, town_id: UUID) -> list[UUID]:
    """Return the units that were chosen: one, or all of a side."""
    one = identity(key)
    if one is not None:
        return [one]
    return [unit.id for unit in queries.participants_of(town_id) if unit.side.value == key]
