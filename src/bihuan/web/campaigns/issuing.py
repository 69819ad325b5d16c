"""Issue a plan: to whom, and what it makes, told before it is done and after by the code that makes it."""

from datetime import date
from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from bihuan.campaigns import queries, services
from bihuan.campaigns.rules.drafting import ClauseState
from bihuan.campaigns.rules.issuing import IssueTold, Moved, Unnamed, day_offered
from bihuan.campaigns.rules.life import CampaignAct, CampaignState, may, may_or_reads
from bihuan.campaigns.rules.lines import CampaignView, DraftClause
from bihuan.campaigns.rules.units import Side
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import NotFound, Refusal
from bihuan.web.htmx import StaffRequest, go, page_or_part, refuse_into
from bihuan.web.numbers import whole
from bihuan.web.words import day_words

SIDES: Final = {"villages": Side.VILLAGE, "departments": Side.DEPARTMENT, "offices": Side.OFFICE}
COUNT: Final = "count"  # the button that only counts anew


class IssueForm(forms.Form):
    """To whom a campaign is issued."""

    villages = forms.MultipleChoiceField(label="村（社区）", required=False, widget=forms.CheckboxSelectMultiple)
    departments = forms.MultipleChoiceField(label="部门", required=False, widget=forms.CheckboxSelectMultiple)
    offices = forms.MultipleChoiceField(label="办公室", required=False, widget=forms.CheckboxSelectMultiple)
    with_tasks = forms.BooleanField(
        label="眼下没有数可查的要求，分解成任务交给责任单位，凭材料报进展", required=False, initial=True
    )

    past_to = forms.DateField(
        label="时限已过的要求，下发时改到",
        required=False,
        help_text="原定的日期留着，方案页上写明改了。清空就不改：一下发就是逾期。",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, units: list[Any], past: int, day: date | None, *args: Any, **kwargs: Any) -> None:
        """past: how many orders have a day that has passed; day: what is offered instead."""
        super().__init__(*args, **kwargs)
        self.fields["past_to"].label = f"{past} 条要求写的时限已过，下发时改到"
        self.fields["past_to"].initial = day
        if not past:
            del self.fields["past_to"]
        for name, side in SIDES.items():
            found = [(str(one.id), one.short_name) for one in units if one.side is side]
            self.fields[name].choices = found  # type: ignore[attr-defined] # -- a choice field
            self.fields[name].initial = [key for key, _ in found]

    def everybody(self) -> list[UUID]:
        """Return all units that can be chosen."""
        return [UUID(key) for name in SIDES for key, _ in self.fields[name].choices]  # type: ignore[attr-defined] # -- the same

    def options(self) -> dict[str, Any]:
        """Return what was chosen beside the units, or is offered."""
        if self.is_bound and self.is_valid():
            return {"with_tasks": self.cleaned_data["with_tasks"], "past_to": self.cleaned_data.get("past_to")}
        offered = self.fields["past_to"].initial if "past_to" in self.fields else None
        return {"with_tasks": True, "past_to": offered}

    def units(self) -> list[UUID]:
        """Return the units chosen."""
        return [UUID(one) for name in SIDES for one in self.cleaned_data[name]]


@require_http_methods(["GET", "POST"])
def issue(request: StaffRequest, campaign_id: UUID) -> HttpResponse:
    """Choose to whom a plan is issued, with what that makes; whoever only reads the draft sees that as well."""
    campaign = queries.campaign_for(request.actor, campaign_id)
    state = CampaignState(campaign.state)
    writes = request.method == "POST"
    issues = may_or_reads(request.actor, CampaignAct.ISSUE, state, path=campaign.path, writes=writes)
    form = _form(request, campaign)
    if request.method == "POST" and COUNT not in request.POST and form.is_valid():
        try:
            made = services.issue_campaign(
                campaign_id=campaign_id,
                seen_version=whole(request.POST.get("seen_version", "")) or 0,
                units=form.units(),
                **form.options(),
                told=whole(request.POST.get("told", "")),
                office_takes=whole(request.POST.get("office_takes", "")) or 0,
                actor=request.actor,
                now=request.now,
            )
            messages.success(request, f"已下发到 {made.units} 个单位，各单位的待办里能看到。{made_words(made)}")
            return go(request, "campaigns:show", campaign_id)
        except NotFound:
            raise
        except Refusal as refusal:
            refuse_into(form, refusal)
    return _page(request, campaign, form, issues=issues)


def _form(request: StaffRequest, campaign: CampaignView) -> IssueForm:
    today = day_of(request.now)
    past = queries.past_orders(request.actor, campaign.id, today=today)
    day = day_offered(issued_on=today, ends_on=campaign.ends_on) if campaign.ends_on else None
    return IssueForm(queries.participants_of(campaign.town_id), past, day, request.POST or None)


def _page(request: StaffRequest, campaign: CampaignView, form: IssueForm, *, issues: bool) -> HttpResponse:
    today, told, why = day_of(request.now), None, ""
    is_chosen = form.is_bound and form.is_valid()
    units = form.units() if is_chosen else form.everybody()
    try:
        told = queries.issue_told(request.actor, campaign.id, units=units, **form.options(), now=request.now)
    except NotFound:
        raise
    except Refusal as refusal:
        why = refusal.say
    clauses = queries.draft_clauses(request.actor, campaign.id)
    return page_or_part(
        request,
        "campaigns/issue.html",
        status=422 if form.errors else 200,
        campaign=campaign,
        form=form,
        issues=issues,
        told=told,
        why=why,
        summary=made_words(told) if told else "",
        plans=[(day_words(on, today=today), units) for on, units in told.plans] if told else [],
        orders=sum(one.state == ClauseState.ACCEPTED for one in clauses),
        doubts=_doubts(clauses),
        rows=_rows(told, clauses) if told else [],
        moved=_moved(told, clauses) if told else [],
        unnamed=_unnamed(told, clauses) if told else [],
        taker=_taker(campaign, units),
        edits=may(request.actor, CampaignAct.EDIT, CampaignState(campaign.state), path=campaign.path),
    )


def _doubts(clauses: list[DraftClause]) -> list[str]:
    """Return what of the draft a person should know before it is issued."""
    accepted = [one for one in clauses if one.state == ClauseState.ACCEPTED]
    unread = sum(one.state == ClauseState.READ for one in clauses)
    unknown = sum(bool(one.unknown) for one in accepted)
    vague = sum(bool(one.vague) for one in accepted)
    said = [
        f"{vague} 条只说“定期”“不定期”，没有写多久一次，各作一件到结束的任务；要每期生成的请先在核对页写明。"
        if vague
        else "",
        f"还有 {unread} 条没有核对，核对完才能下发。" if unread else "",
        f"{unknown} 条写的责任单位里有没有对上号的，这些条不会落到那些单位名下。" if unknown else "",
    ]
    return [one for one in said if one]


def _rows(told: IssueTold, clauses: list[DraftClause]) -> list[tuple[str, Any]]:
    """Return the shares of clauses with what each orders."""
    gists = {one.label: one.gist or one.text for one in clauses}
    return [(gists.get(one.name, "") if one.name else "方案里要报、没有对上哪一条的", one) for one in told.by_clause]


def _moved(told: IssueTold, clauses: list[DraftClause]) -> list[tuple[str, str, Moved]]:
    """Return the orders that get another day, with what each orders and why it is this one."""
    gists = {one.label: one.gist or one.text for one in clauses}
    why = {True: "报子方案的日期", False: "选的日期"}
    return [(gists[one.label], why[one.by_plans], one) for one in told.moved]


def _unnamed(told: IssueTold, clauses: list[DraftClause]) -> list[tuple[UUID | None, Unnamed]]:
    """Return what names no unit that it is issued to, with the clause on whose page that can be mended."""
    ids = {one.label: one.id for one in clauses}
    return [(ids.get(one.label), one) for one in told.unnamed]


def _taker(campaign: CampaignView, units: list[UUID]) -> str:
    """Return the name of the office that gets what names nobody, "" where the plan is not issued to one."""
    known = queries.participants_of(campaign.town_id)
    return next((one.short_name for one in known if one.side is Side.OFFICE and one.id in units), "")


def made_words(told: IssueTold) -> str:
    """Say how many tasks there are, with their days, and how many come later; the same before issuing and after."""
    if not told.tasks:
        return "不生成任务。"
    first, last = told.first, told.last
    assert first is not None and last is not None  # noqa: S101, PT018 -- there are tasks
    days = day_words(first) if first == last else f"{day_words(first)}到{day_words(last)}"
    late = f"，其中 {told.late} 件下发时已经过了时限" if told.late else ""
    coming = f"另有 {told.coming} 件定期要报、要办的到期生成。" if told.coming else ""
    return f"任务 {told.tasks} 件（{len(told.by_unit)} 个单位），时限{days}{late}。{coming}"
