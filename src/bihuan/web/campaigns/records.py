"""The registers of a campaign: lists, a new record, one record with its follow-up; the rows behind a figure."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bihuan.campaigns import queries, services
from bihuan.campaigns.rules.life import CampaignAct
from bihuan.campaigns.rules.record_lines import RecordLine, RecordView
from bihuan.campaigns.rules.registers import RECORD_NAMES, RecordKind
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import NotFound, Refusal
from bihuan.stats import queries as stats
from bihuan.trail.rules.files import FileKind
from bihuan.web.attached import attached
from bihuan.web.campaigns.asked import choice_of
from bihuan.web.campaigns.record_forms import DecisionForm, FinishForm
from bihuan.web.campaigns.recording import Desk, decide, form_for, may_record, register
from bihuan.web.evidence import Gathered, gather, sent
from bihuan.web.htmx import StaffRequest, go, page_or_part, refuse_into
from bihuan.web.intake.gate import identity
from bihuan.web.links import with_changes
from bihuan.web.numbers import whole
from bihuan.web.parts import Empty, Pager, Tab, page_number
from bihuan.web.sizes import page_size
from bihuan.web.slots import slots_of

FOLLOWED: Final = (RecordKind.DECISION, RecordKind.PROBLEM)
STANDINGS: Final = (("open", "没办结"), ("late", "逾期"), ("done", "已办结"), ("all", "全部"))
LABELS: Final = {RecordKind.LED_VISIT: {"proof": "现场照片"}}
PAPERS: Final = {"proof": "附件（通知、纪要、签到表、照片）"}
PROOFS: Final = {"proof": "佐证材料（照片或文件，报办结必须有）"}
VERBS: Final = {
    RecordKind.MEETING: "登记会议",
    RecordKind.PROBLEM: "登记重点问题",
    RecordKind.LED_VISIT: "登记带队检查",
    RecordKind.STUDY: "登记学习培训",
}
EMPTY: Final = {
    RecordKind.MEETING: "还没有登记过调度会。",
    RecordKind.DECISION: "这里没有议定事项。会议登记以后，在会议页上加议定事项。",
    RecordKind.PROBLEM: "这里没有重点问题。",
    RecordKind.LED_VISIT: "还没有登记过带队检查。",
    RecordKind.STUDY: "还没有登记过学习培训。",
}
DOCUMENT: Final = {"proof": FileKind.DOCUMENT}
PHOTO: Final = {"proof": FileKind.PHOTO}


def _kind(text: str) -> RecordKind:
    try:
        return RecordKind(text)
    except ValueError:
        raise NotFound("campaigns.no_register", "没有这样的登记。请回到专项行动重新打开。") from None


@require_GET
def listing(request: StaffRequest, campaign_id: UUID) -> HttpResponse:
    """Show one register; what is followed up by how it stands."""
    desk = Desk(request, queries.campaign_for(request.actor, campaign_id))
    kind = _kind(request.GET.get("kind", RecordKind.MEETING))
    tab = choice_of(request, "tab", {key for key, _ in STANDINGS}, default="open") if kind in FOLLOWED else ""
    page = queries.records_of(
        request.actor,
        campaign_id,
        kind,
        today=desk.today,
        tab=tab,
        page=page_number(request.GET),
        size=page_size(request),
    )
    counts = queries.record_counts(request.actor, campaign_id, today=desk.today)
    return page_or_part(
        request,
        "campaigns/records.html",
        campaign=desk.campaign,
        name=RECORD_NAMES[kind],
        tabs=[
            Tab(RECORD_NAMES[one], f"?kind={one}", count, on=one is kind, red=bool(late))
            for one, (count, late) in counts.items()
        ],
        standings=[Tab(name, with_changes(request, tab=key, page=""), None, on=key == tab) for key, name in STANDINGS]
        if kind in FOLLOWED
        else [],
        rows=_rows(desk, page.lines),
        followed=kind in FOLLOWED,
        verb=VERBS.get(kind, ""),
        new_href=reverse("campaigns:new_record", args=(campaign_id, kind)) if may_record(desk, kind) else "",
        pager=Pager(page.number, page.size, len(page.lines), page.total, unit="条"),
        beside=queries.linked_records(request.actor, campaign_id, kind),
        kind=kind.value,
        empty=Empty(EMPTY[kind]),
    )


def _rows(desk: Desk, lines: Sequence[RecordLine]) -> list[dict[str, Any]]:
    return [
        {
            "line": one,
            "href": reverse("campaigns:record", args=(desk.campaign.id, one.kind, one.id)),
            "late": one.is_late(desk.today),
        }
        for one in lines
    ]


@require_http_methods(["GET", "POST"])
def new(request: StaffRequest, campaign_id: UUID, kind: str) -> HttpResponse:
    """Register a meeting, a key problem, a led inspection or a lesson."""
    desk, one = Desk(request, queries.campaign_for(request.actor, campaign_id)), _kind(kind)
    form = form_for(desk, one, request.POST if request.method == "POST" else None)
    kinds = PHOTO if one is RecordKind.LED_VISIT else DOCUMENT
    gathered = gather(request, kinds, town_id=desk.campaign.town_id) if request.method == "POST" else Gathered()
    if request.method == "POST" and form.is_valid() and not any(gathered.problems.values()):
        try:
            files = [each.id for each in gathered.files.get("proof", ())]
            made = register(desk, one, form.cleaned_data, files)
            messages.success(request, f"{RECORD_NAMES[one]}已登记。")
            return go(request, "campaigns:record", campaign_id, one, made)
        except NotFound:
            raise
        except Refusal as refusal:
            refuse_into(form, refusal)
    return page_or_part(
        request,
        "campaigns/form.html",
        status=422 if form.errors else 200,
        campaign=desk.campaign,
        form=form,
        title=VERBS[one],
        verb="登记",
        slots=slots_of(gathered, LABELS.get(one, PAPERS), kinds),
        version=desk.campaign.version,
    )


@require_http_methods(["GET", "POST"])
def show(request: StaffRequest, campaign_id: UUID, kind: str, record_id: UUID) -> HttpResponse:
    """Show a record; take the result of what is followed up, or one more decision of a meeting."""
    desk, one = Desk(request, queries.campaign_for(request.actor, campaign_id)), _kind(kind)
    view = queries.record_for(request.actor, campaign_id, one, record_id)
    posted = request.POST if request.method == "POST" else None
    form = _form(desk, view, posted)
    gathered = gather(request, DOCUMENT, town_id=desk.campaign.town_id) if posted is not None else Gathered()
    if form is not None and posted is not None and form.is_valid() and not any(gathered.problems.values()):
        try:
            _take(desk, view, form.cleaned_data, [each.id for each in gathered.files.get("proof", ())])
            return go(request, "campaigns:record", campaign_id, one, record_id)
        except NotFound:
            raise
        except Refusal as refusal:
            refuse_into(form, refusal)
    files = attached((*view.files, *view.result_files), lambda file: _file_href(desk, view, file))
    return page_or_part(
        request,
        "campaigns/record.html",
        status=422 if form is not None and form.errors else 200,
        campaign=desk.campaign,
        view=view,
        kind=one,
        name=RECORD_NAMES[one],
        late=view.line.is_late(desk.today),
        items=_rows(desk, view.items),
        files=[files[each] for each in view.files],
        result_files=[files[each] for each in view.result_files],
        meeting_href=reverse("campaigns:record", args=(campaign_id, RecordKind.MEETING, view.meeting.id))
        if view.meeting
        else "",
        form=form,
        form_title="加一项议定事项" if one is RecordKind.MEETING else "报办结",
        slots=slots_of(gathered, PROOFS, DOCUMENT) if one in FOLLOWED else [],
        may_take_back=desk.may(CampaignAct.CORRECT),
    )


def _form(desk: Desk, view: RecordView, posted: Any) -> Any:
    """Return the form that a record's page has for this person, None where there is nothing to do."""
    line = view.line
    if line.kind is RecordKind.MEETING:
        mine = line.own or desk.may(CampaignAct.REGISTER)
        return DecisionForm(desk.request.actor, {"owner": desk.units()}, posted) if mine else None
    open_one = line.kind in FOLLOWED and line.done_at is None and desk.may(CampaignAct.REPORT)
    return FinishForm(posted) if open_one and (line.own or desk.may(CampaignAct.REGISTER)) else None


def _take(desk: Desk, view: RecordView, said: dict[str, Any], files: Sequence[UUID]) -> None:
    if view.line.kind is RecordKind.MEETING:
        decide(desk, view.line.id, said)
        messages.success(desk.request, "已加上，承办单位会收到通知。")
        return
    services.finish(
        campaign_id=desk.campaign.id,
        kind=view.line.kind,
        record_id=view.line.id,
        seen_version=whole(desk.request.POST.get("seen_version", "")) or 0,
        result=said["result"],
        files=files,
        actor=desk.request.actor,
        now=desk.request.now,
    )
    messages.success(desk.request, "已报办结。")


def _file_href(desk: Desk, view: RecordView, file_id: UUID) -> str:
    return reverse("campaigns:record_file", args=(desk.campaign.id, view.line.kind, view.line.id, file_id))


@require_GET
def file(request: StaffRequest, campaign_id: UUID, kind: str, record_id: UUID, file_id: UUID) -> FileResponse:
    """Send a file of a record."""
    return sent(queries.record_file(request.actor, campaign_id, _kind(kind), record_id, file_id))


@require_POST
def take_back(request: StaffRequest, campaign_id: UUID, kind: str, record_id: UUID) -> HttpResponse:
    """Take back a record that is wrong."""
    one = _kind(kind)
    try:
        services.take_back(
            campaign_id=campaign_id,
            kind=one,
            record_id=record_id,
            seen_version=whole(request.POST.get("seen_version", "")) or 0,
            why=request.POST.get("why", ""),
            actor=request.actor,
            now=request.now,
        )
    except NotFound:
        raise
    except Refusal as refusal:
        messages.error(request, refusal.say)
        return go(request, "campaigns:record", campaign_id, one, record_id)
    messages.success(request, "已撤回，留痕里看得到理由。")
    return go(request, reverse("campaigns:records", args=(campaign_id,)) + f"?kind={one}")


@require_GET
def counted(request: StaffRequest) -> HttpResponse:
    """Show the rows that one of a campaign's own figures counts, as of any day."""
    campaign_id = identity(request.GET.get("campaign", ""))
    days = [_day(request.GET.get(name, "")) for name in ("since", "until")]
    if campaign_id is None or None in days:
        raise NotFound("campaigns.no_figure", "没有找到这个数。请从方案页重新打开。")
    campaign = queries.campaign_for(request.actor, campaign_id)
    name, path = request.GET.get("figure", ""), request.GET.get("path", "")
    since, until = days[0] or date.min, min(days[1] or date.min, day_of(request.now))
    asking: dict[str, Any] = {"path": path, "since": since, "until": until, "at": request.now}
    rows = queries.rows_of(request.actor, campaign_id, name, **asking)
    asked = stats.asked_figures()[name]
    return page_or_part(
        request,
        "campaigns/counted.html",
        campaign=campaign,
        asked=asked,
        total=sum(one.amount for one in rows),
        rows=rows,
        since=since,
        until=until,
        empty=Empty("没有一条算在这个数里。"),
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
