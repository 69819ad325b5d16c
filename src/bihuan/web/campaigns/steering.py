"""Extend a campaign, begin to close it, archive it, put a draft away."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_http_methods, require_POST

from bihuan.campaigns import queries, services
from bihuan.campaigns.rules.extending import is_far
from bihuan.campaigns.rules.life import CampaignAct, CampaignState, must
from bihuan.campaigns.rules.lines import CampaignView
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import Refusal
from bihuan.trail.rules.files import FileKind
from bihuan.web.evidence import Gathered, gather
from bihuan.web.htmx import StaffRequest, go, page_or_part, refuse_into
from bihuan.web.numbers import whole
from bihuan.web.slots import Slot, slots_of

PAPERS: Final = {"papers": FileKind.DOCUMENT}
NO_FILE: Final = "没有附延期文件的原件。请附上；手上还没有的，勾选“原件以后再附”再提交。"
NO_FILE_HELP: Final = "没有原件，方案页的“延期文件已附”不算完成；以后在“领导小组和文件”里补附。"
LABELS: Final = {"papers": "延期的文件"}


class ExtendForm(forms.Form):
    """A new end, by a document. from_on: the end before it; a day much later is asked about again. lacks_file: the
    document's own file did not come with what was sent; that is asked about once, and may go on without."""

    ends_on = forms.DateField(
        label="新的结束日期",
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": "请填新的结束日期。"},
    )
    is_sure = forms.BooleanField(label="日期没有写错", required=False)
    without_file = forms.BooleanField(
        label="原件以后再附", required=True, error_messages={"required": NO_FILE}, help_text=NO_FILE_HELP
    )
    doc_number = forms.CharField(
        label="依据的文号",
        max_length=64,
        help_text="照文件上的写，例如“示安委〔2018〕3号”。",
        error_messages={"required": "延期要有文件：请写文号。"},
    )
    reason = forms.CharField(
        label="理由",
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "请写理由。"},
    )

    def __init__(
        self,
        from_on: date | None,
        data: QueryDict | None,
        *,
        given: dict[str, Any] | None = None,
        lacks_file: bool = False,
    ) -> None:
        super().__init__(data, initial=given)
        if not lacks_file:
            del self.fields["without_file"]
        if from_on is None or not is_far(from_on, self._day_said() or from_on):
            del self.fields["is_sure"]

    def _day_said(self) -> date | None:
        try:
            return parse_date(str(self.data.get("ends_on", "")))
        except ValueError:  # a day that no calendar has; the field says so
            return None


class CloseForm(forms.Form):
    """What the summary will say."""

    summary = forms.CharField(
        label="总结要点",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": "请写总结的要点，归档时要用。"},
    )


def _campaign(request: StaffRequest, campaign_id: UUID, act: CampaignAct) -> CampaignView:
    campaign = queries.campaign_for(request.actor, campaign_id)
    must(request.actor, act, CampaignState(campaign.state), path=campaign.path)
    return campaign


def _who(request: StaffRequest, campaign_id: UUID) -> dict[str, Any]:
    seen = whole(request.POST.get("seen_version", "")) or 0
    return {"campaign_id": campaign_id, "seen_version": seen, "actor": request.actor, "now": request.now}


@require_http_methods(["GET", "POST"])
def extend(request: StaffRequest, campaign_id: UUID) -> HttpResponse:
    """Move the end by a document."""
    campaign = _campaign(request, campaign_id, CampaignAct.EXTEND)
    gathered = gather(request, PAPERS, town_id=campaign.town_id) if request.method == "POST" else Gathered()
    lacks_file = request.method == "POST" and not gathered.files.get("papers")
    form = ExtendForm(campaign.ends_on, request.POST or None, lacks_file=lacks_file)
    if request.method == "POST" and form.is_valid() and not any(gathered.problems.values()):
        try:
            files = [one.id for one in gathered.files.get("papers", ())]
            said = {name: value for name, value in form.cleaned_data.items() if name != "without_file"}
            services.extend_campaign(files=files, **said, **_who(request, campaign_id))
            messages.success(request, "已延期，时限在原结束日期的任务和要求跟着顺延。")
            return go(request, "campaigns:show", campaign_id)
        except Refusal as refusal:
            refuse_into(form, refusal)
    slots = slots_of(gathered, LABELS, PAPERS)
    tasks, clauses = queries.moving_with_end(request.actor, campaign_id)
    say = (
        f"现在的结束日期是 {campaign.ends_on:%Y-%m-%d}。时限在这一天的跟着顺延：没办完的任务 {tasks} 件、"
        f"要求 {clauses} 条，原来的时限保留可查；会议定的时限不变；定期要报的接着报到新的结束日期。"
    )
    return _form_page(request, campaign, form, title="延期", verb="按文件延期", say=say, slots=slots)


@require_http_methods(["GET", "POST"])
def correct_extension(request: StaffRequest, campaign_id: UUID) -> HttpResponse:
    """Put right what was written wrongly of the last extension."""
    campaign = _campaign(request, campaign_id, CampaignAct.CORRECT_END)
    last = queries.group_of(request.actor, campaign_id, today=day_of(request.now)).extensions[-1]
    given = {"ends_on": last.new_on.isoformat(), "doc_number": last.doc_number}
    form = ExtendForm(last.old_on, request.POST or None, given=given)
    form.fields["reason"].label = "更正的理由"
    if request.method == "POST" and form.is_valid():
        try:
            services.correct_extension(**form.cleaned_data, **_who(request, campaign_id))
            messages.success(request, "已更正，时限在原来那天的任务和要求跟着改期。")
            return go(request, "campaigns:group", campaign_id)
        except Refusal as refusal:
            refuse_into(form, refusal)
    say = (
        f"最近一次延期登记的是 {last.doc_number}，从 {last.old_on:%Y-%m-%d} 延到 {last.new_on:%Y-%m-%d}。"
        "写错了的在这里改；原来写的、谁改的、为什么改，都留痕。文件本身又延期的，请另登记一次延期。"
    )
    return _form_page(request, campaign, form, title="更正延期", verb="更正", say=say)


@require_http_methods(["GET", "POST"])
def close(request: StaffRequest, campaign_id: UUID) -> HttpResponse:
    """Begin to close a campaign."""
    campaign = _campaign(request, campaign_id, CampaignAct.CLOSE)
    form = CloseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.close_campaign(**form.cleaned_data, **_who(request, campaign_id))
            return go(request, "campaigns:show", campaign_id)
        except Refusal as refusal:
            refuse_into(form, refusal)
    left = queries.handover_of(request.actor, campaign_id, today=day_of(request.now))
    early = (campaign.ends_on - day_of(request.now)).days if campaign.ends_on else 0
    say = (
        (f"离结束日期还有 {early} 天。" if early > 0 else "")
        + f"开始收尾以后不能退回，各单位不能再报进展，数字停在今天。没办完的 {len(left.items)} 件事、没销号的隐患 "
        f"{left.hazards_open} 项转入日常管理，各单位会收到通知。统计各处的数要几秒到十几秒，请等页面打开，不用再按。"
    )
    more = [("看没有办完的事", reverse("campaigns:handover", args=(campaign_id,)))]
    return _form_page(request, campaign, form, title="收尾", verb="开始收尾", say=say, more=more)


@require_http_methods(["GET", "POST"])
def archive(request: StaffRequest, campaign_id: UUID) -> HttpResponse:
    """Put a closed campaign into the archive."""
    campaign = _campaign(request, campaign_id, CampaignAct.ARCHIVE)
    form = forms.Form(request.POST or None)
    if request.method == "POST":
        done = services.archive_campaign(**_who(request, campaign_id))
        say = "已归档。归档包随时可以下载，每次都一样。" if done else "材料多，正在后台打包，打好以后状态变成“已归档”。"
        messages.success(request, say)
        return go(request, "campaigns:show", campaign_id)
    say = (
        "归档以后什么都不能再改。归档包里有方案、各次报来的子方案、任务和配合的佐证、会议和各项登记、督查、通报、约谈、"
        "锁定的报表、收尾时的数字和全部留痕；没有印发的稿件不在里面；问责和没有反馈的暗访只在安监办和签发领导取的包里。不用本平台也能打开。"
    )
    return _form_page(request, campaign, form, title="归档", verb="归档", say=say)


@require_POST
def drop(request: StaffRequest, campaign_id: UUID) -> HttpResponse:
    """Put a draft away."""
    services.drop_campaign(**_who(request, campaign_id))
    messages.success(request, "已放弃这份草稿。")
    return go(request, "campaigns:list")


def _form_page(
    request: StaffRequest,
    campaign: CampaignView,
    form: forms.Form,
    *,
    title: str,
    verb: str,
    say: str = "",
    slots: list[Slot] | None = None,
    more: Sequence[tuple[str, str]] = (),
) -> HttpResponse:
    return page_or_part(
        request,
        "campaigns/form.html",
        status=422 if form.errors else 200,
        campaign=campaign,
        form=form,
        title=title,
        verb=verb,
        say=say,
        slots=slots or [],
        more=more,
        version=campaign.version,
    )
