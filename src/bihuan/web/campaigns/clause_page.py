"""One clause beside its neighbours in the text: mended, split, given what it is measured by."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from bihuan.campaigns import queries, services
from bihuan.campaigns.rules.life import CampaignAct, CampaignState, may
from bihuan.campaigns.rules.lines import CampaignView, DraftClause
from bihuan.campaigns.rules.offering import offered
from bihuan.kernel.errors import NotFound, Refusal
from bihuan.web.campaigns.checking import DATE, done, who
from bihuan.web.htmx import StaffRequest, go, page_or_part, refuse_into
from bihuan.web.numbers import whole

AROUND: Final = 2  # paragraphs of the text on each side
KINDS: Final = {"order": "要求，有人要办", "goal": "目标，没有具体谁办", "guiding": "指导思想，不分给单位"}
NO_CLAUSE: Final = "没有找到这条要求，可能已经拆分或合并。请刷新页面。"


class ClauseForm(forms.Form):
    """What was read of one clause."""

    kind = forms.ChoiceField(label="这是", choices=list(KINDS.items()))
    gist = forms.CharField(label="要点", max_length=200, required=False)
    parties = forms.CharField(
        label="责任单位", max_length=400, required=False, help_text="用顿号隔开；“各村”“各部门”认得，也可以写单位简称。"
    )
    due_on = forms.DateField(label="完成时限", required=False, widget=forms.DateInput(attrs=DATE, format="%Y-%m-%d"))
    is_sure = forms.BooleanField(label="日期没有写错", required=False)
    deliverable = forms.CharField(label="要交的材料", max_length=160, required=False)
    frequency = forms.CharField(label="多久一次", max_length=64, required=False)

    def doubtless(self) -> "ClauseForm":
        """Leave out the question that nobody has asked yet."""
        if not self.errors:
            del self.fields["is_sure"]
        return self


@dataclass(frozen=True, slots=True)
class Beside:
    """A clause in its text: the paragraphs before it, its own in three pieces, those after."""

    before: Sequence[str]
    left: str
    right: str
    after: Sequence[str]


@require_http_methods(["GET", "POST"])
def clause(request: StaffRequest, campaign_id: UUID, clause_id: UUID) -> HttpResponse:
    """Show one clause with all that can be mended of it, or mend it."""
    if request.method != "POST":
        return _page(request, campaign_id, clause_id)
    form = ClauseForm(request.POST)
    if form.is_valid():
        said = dict(form.cleaned_data)
        said["parties"] = re.split("[、，,]", said["parties"])
        try:
            services.mend_clause(
                clause_id=clause_id, facts=said, is_sure=said.pop("is_sure"), **who(request, campaign_id)
            )
            return go(request, reverse("campaigns:check", args=(campaign_id,)) + f"#c-{clause_id}")
        except NotFound:
            raise
        except Refusal as refusal:
            refuse_into(form, refusal)
    return _page(request, campaign_id, clause_id, form=form)


def _page(
    request: StaffRequest,
    campaign_id: UUID,
    clause_id: UUID,
    *,
    form: ClauseForm | None = None,
    ticked: Collection[str] | None = None,
    say: str = "",
) -> HttpResponse:
    """Show a clause. ticked: indicators as they stand on a page that is not kept yet, None for the kept ones; say: why
    they were refused."""
    campaign = queries.campaign_for(request.actor, campaign_id)
    lines = queries.draft_clauses(request.actor, campaign_id)
    at = next((number for number, one in enumerate(lines) if one.id == clause_id), None)
    if at is None:
        raise NotFound("campaigns.no_clause", NO_CLAUSE)
    line = lines[at]
    words = request.POST.get("q", "")[:20].strip()
    chosen = {one.key for one in line.figures if not one.own} if ticked is None else set(ticked)
    first, rooms = offered(line.text, chosen, known=queries.known_names(), words=words)
    return page_or_part(
        request,
        "campaigns/clause.html",
        status=422 if say or (form and form.errors) else 200,
        campaign=campaign,
        line=line,
        beside=_beside(campaign, line),
        back=lines[at - 1] if at else None,
        onward=lines[at + 1] if at + 1 < len(lines) else None,
        form=form or ClauseForm(initial=_given(line)).doubtless(),
        edits=may(request.actor, CampaignAct.EDIT, CampaignState(campaign.state), path=campaign.path),
        may_measure=may(request.actor, CampaignAct.MEASURE, CampaignState(campaign.state), path=campaign.path),
        facts=_told(line),
        pieces=_pieces(line),
        first=first,
        rooms=rooms,
        words=words,
        say=say,
        why_not=line.not_by_data if ticked is None else request.POST.get("not_by_data", ""),
        own=[one for one in line.figures if one.own],
    )


def _given(line: DraftClause) -> dict[str, Any]:
    return {
        "kind": line.source if line.source in KINDS else "order",
        "gist": line.gist,
        "parties": "、".join(line.parties),
        "due_on": line.due_on,
        "deliverable": line.deliverable,
        "frequency": line.frequency,
    }


def _told(line: DraftClause) -> list[tuple[str, str]]:
    """Return what was read of a clause for who only reads it, without what the text does not say."""
    due = line.due_on.isoformat() if line.due_on else line.due_text
    said = [
        ("这是", KINDS.get(line.source, KINDS["order"])),
        ("要点", line.gist),
        ("责任单位", "、".join(line.parties) + (f"（→ {'、'.join(line.units)}）" if line.units else "")),
        ("完成时限", due),
        ("要交的材料", line.deliverable),
        ("多久一次", line.frequency),
    ]
    return [(name, text) for name, text in said if text]


def _beside(campaign: CampaignView, line: DraftClause) -> Beside:
    """Return a clause with what stands around it."""
    texts = campaign.paragraphs
    written = [number for number, text in enumerate(texts) if text.strip()]
    own = texts[line.paragraph]
    return Beside(
        before=[texts[number] for number in written if number < line.paragraph][-AROUND:],
        left=own[: line.start],
        right=own[line.end :],
        after=[texts[number] for number in written if number > line.paragraph][:AROUND],
    )


def _pieces(line: DraftClause) -> list[dict[str, Any]]:
    """Return a sentence at all its marks; where it may well be cut comes ticked."""
    bounds = [0, *(mark.end() for mark in re.finditer("[，；、。,;]", line.text) if mark.end() < len(line.text))]
    ends = [*bounds[1:], len(line.text)]
    return [
        {"text": line.text[start:end], "cut": end if end < len(line.text) else 0, "on": end in line.cuts}
        for start, end in zip(bounds, ends, strict=True)
    ]


@require_POST
def split(request: StaffRequest, campaign_id: UUID, clause_id: UUID) -> HttpResponse:
    """Split a sentence where its pieces were ticked."""
    cuts = sorted({cut for cut in map(whole, request.POST.getlist("cut")) if cut})
    return done(
        request,
        campaign_id,
        lambda: services.split_clause(clause_id=clause_id, cuts=cuts, **who(request, campaign_id)),
    )


@require_POST
def figures(request: StaffRequest, campaign_id: UUID, clause_id: UUID) -> HttpResponse:
    """Say what a clause is measured by; or search on, with what is ticked kept on the page."""
    keys, why = request.POST.getlist("key"), request.POST.get("not_by_data", "")
    if "find" in request.POST:
        return _page(request, campaign_id, clause_id, ticked=keys)
    try:
        services.confirm_figures(clause_id=clause_id, keys=keys, not_by_data=why, **who(request, campaign_id))
    except NotFound:
        raise
    except Refusal as refusal:
        return _page(request, campaign_id, clause_id, ticked=keys, say=refusal.say)
    return go(request, reverse("campaigns:check", args=(campaign_id,)) + f"#c-{clause_id}")
