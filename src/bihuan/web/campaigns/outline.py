"""What was read beside the clauses: duties to report, stages and the leading group, each beside its sentence."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final, TypeVar
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from bihuan.campaigns import queries, services
from bihuan.campaigns.rules.goals import absolutes_of
from bihuan.campaigns.rules.life import CampaignAct, CampaignState, may_or_reads
from bihuan.campaigns.rules.lines import CampaignView
from bihuan.campaigns.rules.reported import OFTEN_NAMES, Duty, Often
from bihuan.campaigns.rules.stages import Stage, stages_of
from bihuan.kernel.errors import NotFound, Refusal
from bihuan.web.campaigns.checking import DATE, who
from bihuan.web.campaigns.outline_lines import kept_duties
from bihuan.web.htmx import StaffRequest, go, page_or_part
from bihuan.web.numbers import whole

T = TypeVar("T", Duty, Stage)
SPLIT: Final = re.compile("[、，,；;\n]")
DATES: Final = forms.DateInput(attrs=DATE, format="%Y-%m-%d")


class DutyForm(forms.Form):
    """A duty to report. at: the number of the duty it mends, for its place in the text."""

    at = forms.IntegerField(required=False, widget=forms.HiddenInput)
    what = forms.CharField(label="报什么", max_length=80, required=False)
    to = forms.CharField(label="报给谁", max_length=80, required=False)
    parties = forms.CharField(label="谁报", max_length=200, required=False, help_text="不填的按原句的责任单位")
    often = forms.ChoiceField(label="多久一次", choices=[(one.value, name) for one, name in OFTEN_NAMES.items()])
    days = forms.CharField(
        label="哪天", max_length=40, required=False, help_text="每周填 1 到 7，每月填日子，月底填 0；几天用顿号隔开"
    )
    due_on = forms.DateField(label="报一次的，哪天以前", required=False, widget=DATES)
    dropped = forms.BooleanField(label="不算报告要求", required=False)

    def clean_days(self) -> tuple[int, ...]:
        """Return the days as numbers."""
        parts = [one.strip() for one in SPLIT.split(self.cleaned_data["days"]) if one.strip()]
        days = tuple(day for one in parts if (day := whole(one)) is not None)
        if len(days) != len(parts):
            raise forms.ValidationError("请只填数字，如 5 或 10、25。")
        return days

    def is_blank(self) -> bool:
        """Whether nothing was written in a new line."""
        said = self.cleaned_data
        return said.get("at") is None and not said.get("what")


class StageForm(forms.Form):
    """A stage of the campaign."""

    at = forms.IntegerField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(label="阶段", max_length=80, required=False)
    start = forms.DateField(label="从", required=False, widget=DATES)
    end = forms.DateField(label="到", required=False, widget=DATES)
    dropped = forms.BooleanField(label="不算阶段", required=False)


class SeatForm(forms.Form):
    """A post of the leading group with its holders as the plan names them."""

    title = forms.CharField(label="职务", max_length=24, required=False)
    named = forms.CharField(label="方案里写的是谁", max_length=400, required=False, help_text="几位用顿号隔开")


class GroupForm(forms.Form):
    """The name of the leading group."""

    group_name = forms.CharField(label="领导小组的名称", max_length=80, required=False)


DutyForms: Final = forms.formset_factory(DutyForm, extra=1, max_num=60)
StageForms: Final = forms.formset_factory(StageForm, extra=1, max_num=60)
SeatForms: Final = forms.formset_factory(SeatForm, extra=1, max_num=60)


@require_http_methods(["GET", "POST"])
def outline(request: StaffRequest, campaign_id: UUID) -> HttpResponse:
    """Show what was read beside the clauses, each beside its sentence, or mend it."""
    campaign = queries.campaign_for(request.actor, campaign_id)
    state = CampaignState(campaign.state)
    writes = request.method == "POST"
    edits = may_or_reads(request.actor, CampaignAct.EDIT, state, path=campaign.path, writes=writes)
    kept, stages = kept_duties(campaign), stages_of(campaign.phases)
    given = request.POST if request.method == "POST" else None
    sheets: dict[str, Any] = {
        "duties": DutyForms(given, prefix="duty", initial=[_duty_given(at, one) for at, one in enumerate(kept)]),
        "stages": StageForms(given, prefix="stage", initial=[_stage_given(at, one) for at, one in enumerate(stages)]),
        "seats": SeatForms(given, prefix="seat", initial=_seats_given(campaign)),
    }
    name = GroupForm(given, initial={"group_name": (campaign.group or {}).get("name") or ""})
    say = ""
    if given is not None and all([one.is_valid() for one in [*sheets.values(), name]]):  # noqa: C419 -- every fault at once
        try:
            services.mend_outline(
                duties=[_duty_said(one, kept) for one in sheets["duties"] if not one.is_blank()],
                stages=_stages_said(sheets["stages"], stages),
                group_name=name.cleaned_data["group_name"],
                posts=_posts_said(sheets["seats"]),
                **who(request, campaign_id),
            )
            return go(request, "campaigns:check", campaign_id)
        except NotFound:
            raise
        except Refusal as refusal:
            say = refusal.say
    wrong = bool(say) or (given is not None and any(not one.is_valid() for one in [*sheets.values(), name]))
    return page_or_part(
        request,
        "campaigns/outline.html",
        status=422 if wrong else 200,
        campaign=campaign,
        edits=edits,
        say=say,
        wrong=wrong,
        name=name,
        goals=[(one["text"], absolutes_of(one["text"])) for one in campaign.goals],
        duty_rows=_beside(campaign, sheets["duties"], kept),
        duty_lines=[(one, _sentence(campaign, one.place)) for one in kept],
        stage_lines=[(one, _sentence(campaign, one.place)) for one in stages],
        posts=_seats_given(campaign),
        stage_rows=_beside(campaign, sheets["stages"], stages),
        group_texts=[_sentence(campaign, one) for one in (campaign.group or {}).get("places", [])[:3]],
        **sheets,
    )


def _beside(campaign: CampaignView, rows: Any, kept: Sequence[Duty | Stage]) -> list[tuple[Any, str]]:
    """Return each form with the sentence that it was read from, "" for a new one."""
    return [(form, _sentence(campaign, kept[at].place) if at < len(kept) else "") for at, form in enumerate(rows)]


def _sentence(campaign: CampaignView, place: Mapping[str, int] | None) -> str:
    return campaign.paragraphs[place["paragraph"]][place["start"] : place["end"]] if place else ""


def _duty_given(at: int, one: Duty) -> dict[str, Any]:
    return {
        "at": at,
        "what": one.what,
        "to": one.to,
        "parties": "、".join(one.parties),
        "often": one.often.value,
        "days": "、".join(map(str, one.days)),
        "due_on": one.due_on,
        "dropped": one.dropped,
    }


def _stage_given(at: int, one: Stage) -> dict[str, Any]:
    return {"at": at, "name": one.name, "start": one.start, "end": one.end}


def _seats_given(campaign: CampaignView) -> list[dict[str, str]]:
    posts = (campaign.group or {}).get("posts", {})
    return [{"title": title, "named": "、".join(named)} for title, named in posts.items()]


def _duty_said(form: DutyForm, kept: Sequence[Duty]) -> Duty:
    said = form.cleaned_data
    old = _old(said, kept)
    return Duty(
        what=said["what"].strip(),
        to=said["to"].strip(),
        when=old.when if old else "",
        often=Often(said["often"]),
        days=said["days"],
        due_on=said["due_on"],
        parties=tuple(one.strip() for one in SPLIT.split(said["parties"]) if one.strip()),
        dropped=said["dropped"],
        place=old.place if old else None,
    )


def _stages_said(rows: Any, kept: Sequence[Stage]) -> list[Stage]:
    found = []
    for said in (one.cleaned_data for one in rows):
        old = _old(said, kept)
        if said.get("dropped") or (old is None and not said.get("name")):
            continue
        text, place = (old.text, old.place) if old else ("", None)
        found.append(Stage(said["name"].strip(), said["start"], said["end"], text, place))
    return found


def _old(said: Mapping[str, Any], kept: Sequence[T]) -> T | None:
    at = said.get("at")
    return kept[at] if at is not None and 0 <= at < len(kept) else None


def _posts_said(rows: Any) -> dict[str, list[str]]:
    """Return the posts with their holders; a post without a title is left out, two of one title are one."""
    found: dict[str, list[str]] = {}
    for said in (one.cleaned_data for one in rows):
        if said.get("title", "").strip():
            named = [one.strip() for one in SPLIT.split(said["named"]) if one.strip()]
            found.setdefault(said["title"].strip(), []).extend(named)
    return found
