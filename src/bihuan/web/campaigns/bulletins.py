"""Candidates for 通报, circulars, briefs: the lists, the text with its figures as links, and what is said beside it."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bihuan.campaigns import queries
from bihuan.campaigns.queries import supervision as asking
from bihuan.campaigns.rules.grounding import without_codes
from bihuan.campaigns.rules.lines import CampaignView
from bihuan.campaigns.rules.supervision.grounds import GROUND_NAMES, GROUPS, POST, RATED, Ground, Ranked, Row
from bihuan.campaigns.rules.supervision.life import CIRCULATING, DRAFTING, FOR_CANDIDATES
from bihuan.campaigns.rules.supervision.lines import BulletinLine, BulletinView, FigurePart, NamedUnit
from bihuan.campaigns.rules.supervision.states import (
    BULLETIN_NAMES,
    KIND_NAMES,
    BulletinAct,
    BulletinKind,
    BulletinState,
)
from bihuan.campaigns.rules.supervision.text import Block, Cell, Ref
from bihuan.campaigns.services import supervision
from bihuan.hazards.queries import answering_posts
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import NotFound, Refusal
from bihuan.web.attached import Attached, attached
from bihuan.web.campaigns.asked import day_of_address
from bihuan.web.campaigns.bulletin_deeds import lets, of_bulletin, of_units, waits_for_another
from bihuan.web.campaigns.deeds import Deed, Shown, answer, download
from bihuan.web.campaigns.supervision import may_begin, must_begin
from bihuan.web.campaigns.supervision_forms import BriefForm, EditForm
from bihuan.web.evidence import sent
from bihuan.web.htmx import StaffRequest, go, page_or_part, refuse_into
from bihuan.web.intake.gate import identity
from bihuan.web.numbers import whole
from bihuan.web.parts import Empty
from bihuan.web.words import period_words

DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
OF_CAMPAIGN: Final = ("campaigns:unit",)  # pages whose address begins with the campaign
TONES: Final = {
    BulletinState.DRAFT: "none", BulletinState.ASKED: "soon", BulletinState.REPLIED: "soon",
    BulletinState.ISSUED: "go", BulletinState.CORRECTED: "ok", BulletinState.WITHDRAWN: "none",
}  # fmt: skip


@require_http_methods(["GET", "POST"])
def bulletins(request: StaffRequest, campaign_id: UUID) -> HttpResponse:
    """Show the bulletins that the viewer sees; write a brief or a summary."""
    campaign = queries.campaign_for(request.actor, campaign_id)
    may_draft = may_begin(request, campaign, DRAFTING)
    posted = request.POST if request.method == "POST" else None
    form = BriefForm(posted, initial={"until": day_of(request.now)})
    if posted is not None:
        must_begin(request, campaign, DRAFTING)
    if posted is not None and form.is_valid():
        try:
            made = supervision.draft_brief(
                campaign_id=campaign_id, actor=request.actor, now=request.now, **form.cleaned_data
            )
            return go(request, "campaigns:bulletin", campaign_id, made)
        except Refusal as refusal:
            refuse_into(form, refusal)
    return page_or_part(
        request,
        "campaigns/bulletins.html",
        status=422 if form.errors else 200,
        campaign=campaign,
        rows=[_row(campaign, one) for one in asking.bulletins_of(request.actor, campaign_id)],
        form=form if may_draft else None,
        candidates_href=reverse("campaigns:candidates", args=(campaign_id,))
        if request.actor.has_role(*FOR_CANDIDATES) and queries.is_whole(request.actor, campaign.path)
        else "",
        empty=Empty("没有动态、通报和总结。"),
    )


def _overlapping(request: StaffRequest, campaign: CampaignView, one: BulletinLine) -> list[str]:
    """Return which other weekly briefs speak of the same days: their figures can't be added up."""
    if one.kind != BulletinKind.WEEKLY or one.state == BulletinState.WITHDRAWN:
        return []
    said = []
    for other in asking.bulletins_of(request.actor, campaign.id):
        days = (min(one.until, other.until) - max(one.since, other.since)).days + 1
        stands = other.kind == BulletinKind.WEEKLY and other.state != BulletinState.WITHDRAWN and other.id != one.id
        if stands and days > 0:
            name = f"第 {other.number} 号" if other.number else "另一份草稿"
            period = period_words(other.since, other.until, today=day_of(request.now))
            said.append(f"这一期和{name}（{period}）有 {days} 天是同一天，两期的数不能相加。")
    return said


def _row(campaign: CampaignView, one: BulletinLine) -> dict[str, Any]:
    state = BulletinState(one.state)
    return {
        "line": one,
        "href": reverse("campaigns:bulletin", args=(campaign.id, one.id)),
        "kind": KIND_NAMES[BulletinKind(one.kind)],
        "state": BULLETIN_NAMES[state],
        "tone": TONES[state],
        "is_asked": state is BulletinState.ASKED,
        "is_issued": state is BulletinState.ISSUED and one.kind == BulletinKind.CRITICISM,
    }


@require_http_methods(["GET", "POST"])
def candidates(request: StaffRequest, campaign_id: UUID) -> HttpResponse:
    """Show the candidates as of a day, each beside its like; choose some for a circular."""
    campaign = queries.campaign_for(request.actor, campaign_id)
    today = day_of(request.now)
    on = min(day_of_address(request) or today, today)
    found = asking.candidates_for(request.actor, campaign_id, on=on, at=request.now)
    say = ""
    if request.method == "POST":
        must_begin(request, campaign, CIRCULATING)
        try:
            return go(request, "campaigns:bulletin", campaign_id, _draft(request, campaign))
        except Refusal as refusal:
            say = refusal.say
    return page_or_part(
        request,
        "campaigns/candidates.html",
        status=422 if say else 200,
        campaign=campaign,
        on=on,
        is_today=on == today,
        total=len(found.candidates),
        groups=sorted(
            ((GROUPS[group], *_apart(campaign, rows)) for group, rows in found.groups.items()),
            key=lambda one: not one[1],
        ),  # where somebody is a candidate comes first
        town=found.town,
        rated=RATED,
        say=say,
        may_draft=may_begin(request, campaign, CIRCULATING) and on == today,
        may_exempt=may_begin(request, campaign, DRAFTING) and on == today,
    )


def _apart(campaign: CampaignView, rows: Sequence[Ranked]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return those that meet a ground, and the others."""
    shown = [_candidate(campaign, one) for one in rows]
    return [one for one in shown if one["grounds"]], [one for one in shown if not one["grounds"]]


def _candidate(campaign: CampaignView, one: Ranked) -> dict[str, Any]:
    return {
        "one": one,
        "facts": one.facts,
        "key": str(one.facts.part_id) if one.facts.part_id else "",
        "is_post": one.facts.group == POST,
        "grounds": [
            (GROUND_NAMES[ground.kind], ground.text, _listed(campaign, ground, is_post=one.facts.group == POST))
            for ground in one.grounds
        ],
    }


def _listed(campaign: CampaignView, ground: Ground, *, is_post: bool) -> list[tuple[Row, str]]:
    """Return the rows under a ground with their addresses; of a post the text has said them already."""
    return [] if is_post else [(row, href_of(campaign, row)) for row in ground.rows]


def href_of(campaign: CampaignView, row: Row | FigurePart) -> str:
    """Return the address of a row under a ground, or of the rows of a figure; "" for none."""
    args = (str(campaign.id), *row.args) if row.page in OF_CAMPAIGN else row.args
    return _address(row.page, args, row.query)


def _address(page: str, args: Sequence[str], query: Mapping[str, str]) -> str:
    try:
        return (reverse(page, args=args) if page else "") + (f"?{urlencode(query)}" if page and query else "")
    except NoReverseMatch:
        return ""


def _draft(request: StaffRequest, campaign: CampaignView) -> UUID:
    chosen = [one for one in map(identity, request.POST.getlist("unit")) if one is not None]
    return supervision.draft_circular(
        campaign_id=campaign.id,
        kind="praise" if "praise" in request.POST else "criticism",
        units={one: request.POST.get(f"words-{one}", "")[:400] for one in chosen},
        actor=request.actor,
        now=request.now,
    )


@require_POST
def exempt(request: StaffRequest, campaign_id: UUID, unit_id: UUID) -> HttpResponse:
    """Let a candidate off, with the reason."""
    try:
        reason = request.POST.get("reason", "")
        supervision.exempt(
            campaign_id=campaign_id, unit_id=unit_id, reason=reason, actor=request.actor, now=request.now
        )
        messages.success(request, "已记下免予通报的理由。")
    except NotFound:
        raise
    except Refusal as refusal:
        messages.error(request, refusal.say)
    return go(request, "campaigns:candidates", campaign_id)


# -- one bulletin
@require_http_methods(["GET", "POST"])
def show(request: StaffRequest, campaign_id: UUID, bulletin_id: UUID) -> HttpResponse:
    """Show a bulletin: its text, every figure a link; what units say beside it; what may be done now."""
    campaign = queries.campaign_for(request.actor, campaign_id)
    view = asking.bulletin_for(
        request.actor, campaign_id, bulletin_id, edition=whole(request.GET.get("edition", "")) or None
    )
    speakers = answering_posts([one.unit_id for one in view.named], on=day_of(request.now))
    deeds = [*of_bulletin(request, campaign, view), *of_units(request, campaign, view, speakers)]
    answered = answer(request, deeds, town_id=campaign.town_id)
    if answered.done:
        return go(request, "campaigns:bulletin", campaign_id, bulletin_id)
    files = _files(campaign, view)
    return page_or_part(
        request,
        "campaigns/bulletin.html",
        status=answered.status,
        campaign=campaign,
        row=_row(campaign, view.line),
        overlapping=_overlapping(request, campaign, view.line),
        line=view.line,
        view=view,
        blocks=[_block(campaign, view, block) for block in view.blocks],
        named=[
            _named(one, files, answered.of(str(one.id))) | {"speaker": speakers.get(one.unit_id, "")}
            for one in view.named
        ],
        deeds=answered.of(),
        waits_for_another=waits_for_another(request, view.line),
        edit_href=reverse("campaigns:edit_bulletin", args=(campaign_id, bulletin_id))
        if lets(request, campaign, view.line, BulletinAct.EDIT)
        else "",
    )


def figure_href(campaign_id: UUID, bulletin_id: UUID, key: str) -> str:
    """Return the page of a figure."""
    return reverse("campaigns:bulletin_figure", args=(campaign_id, bulletin_id, key))


def _block(campaign: CampaignView, view: BulletinView, block: Block) -> dict[str, Any]:
    def runs(cell: Cell) -> list[tuple[str, str]]:
        """Return text and address of each run; a figure has one."""
        return [
            (view.figures[run.key].text, figure_href(campaign.id, view.line.id, run.key))
            if isinstance(run, Ref)
            else (run, "")
            for run in cell
        ]

    return {
        "kind": block.kind.value,
        "runs": runs(block.runs),
        "head": [runs(cell) for cell in block.rows[0]] if block.rows else [],
        "rows": [[runs(cell) for cell in row] for row in block.rows[1:]],
    }


def _files(campaign: CampaignView, view: BulletinView) -> dict[UUID, Attached]:
    ids = [
        file
        for one in view.named
        for file in (*one.reply_files, *one.answer_files, *(file for said in one.earlier for file in said.files))
    ]
    return attached(ids, lambda file: reverse("campaigns:bulletin_file", args=(campaign.id, view.line.id, file)))


def _named(one: NamedUnit, files: Mapping[UUID, Attached], deeds: list[Shown]) -> dict[str, Any]:
    return {
        "line": one,
        "earlier": [(said, [files[file] for file in said.files]) for said in one.earlier],
        "reply_files": [files[file] for file in one.reply_files],
        "answer_files": [files[file] for file in one.answer_files],
        "deeds": deeds,
    }


@require_http_methods(["GET", "POST"])
def edit(request: StaffRequest, campaign_id: UUID, bulletin_id: UUID) -> HttpResponse:
    """Edit a text, figures as they are; it is kept as a new edition."""
    campaign = queries.campaign_for(request.actor, campaign_id)
    view = asking.bulletin_for(request.actor, campaign_id, bulletin_id)
    if not lets(request, campaign, view.line, BulletinAct.EDIT):
        raise NotFound("campaigns.no_bulletin", "这份稿件现在不能改。")
    given = {"title": view.line.title, "lines": view.lines}
    make = partial(EditForm, initial=given)
    told = {"campaign_id": campaign_id, "bulletin_id": bulletin_id}
    deed = Deed(
        "edit", "", "存为新的一稿", supervision.edit_bulletin, make, "已存。", given=told, version=view.line.version
    )
    answered = answer(request, [deed], town_id=campaign.town_id)
    if answered.done:
        return go(request, "campaigns:bulletin", campaign_id, bulletin_id)
    return page_or_part(
        request,
        "campaigns/bulletin_edit.html",
        status=answered.status,
        campaign=campaign,
        line=view.line,
        deeds=answered.of(),
        is_heard=view.line.state != BulletinState.DRAFT,
        figures=[
            (key, one.text, without_codes(one.meaning), figure_href(campaign_id, bulletin_id, key))
            for key, one in view.figures.items()
            if f"[{key}]" in view.lines
        ],
    )


@require_GET
def figure(request: StaffRequest, campaign_id: UUID, bulletin_id: UUID, key: str) -> HttpResponse:
    """Show what a figure is: what it says, its rule, its rows, and what it says when it is asked for again."""
    campaign = queries.campaign_for(request.actor, campaign_id)
    one = asking.figure_for(request.actor, campaign_id, bulletin_id, key, today=day_of(request.now))
    view = asking.bulletin_for(request.actor, campaign_id, bulletin_id)
    return page_or_part(
        request,
        "campaigns/figure.html",
        campaign=campaign,
        bulletin=view.line,
        view=one,
        figure=one.figure,
        same=one.again == one.figure.text,
        parts=[(part, href_of(campaign, part)) for part in one.parts],
        back=reverse("campaigns:bulletin", args=(campaign_id, bulletin_id)),
    )


@require_GET
def word(request: StaffRequest, campaign_id: UUID, bulletin_id: UUID) -> HttpResponse:
    """Send a bulletin as a Word document."""
    return download(*asking.word_for(request.actor, campaign_id, bulletin_id), DOCX)


@require_GET
def annex(request: StaffRequest, campaign_id: UUID, bulletin_id: UUID) -> HttpResponse:
    """Send the list of its figures as a Word document of its own."""
    return download(*asking.annex_for(request.actor, campaign_id, bulletin_id), DOCX)


@require_GET
def file(request: StaffRequest, campaign_id: UUID, bulletin_id: UUID, file_id: UUID) -> FileResponse:
    """Send a paper that a unit handed in."""
    return sent(asking.said_paper_of(request.actor, campaign_id, bulletin_id, file_id))
