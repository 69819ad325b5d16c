"""Campaigns as a list, and the first step of a new one: the plan."""

from typing import IO, Any, Final, cast

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from bihuan.campaigns import queries, services
from bihuan.campaigns.readers import SUFFIXES
from bihuan.campaigns.rules.life import STATE_NAMES, CampaignState
from bihuan.campaigns.rules.lines import CampaignLine
from bihuan.kernel.errors import Refusal
from bihuan.web.campaigns.asked import choice_of
from bihuan.web.doors import let_in
from bihuan.web.frame import way_to
from bihuan.web.htmx import StaffRequest, go, page_or_part, refuse_into
from bihuan.web.parts import Empty, Pager, Tab, page_number
from bihuan.web.sizes import page_size

MOST_TEXT: Final = 200_000  # characters pasted
WAITING: Final = frozenset({CampaignState.READING, CampaignState.FAILED, CampaignState.DRAFT})
READY: Final = "待签发"
NO_CAMPAIGN: Final = "还没有专项行动。把方案传上来，几分钟就能跑起来。"
NOT_FOR_YOU: Final = "没有下发到您这里的专项行动。"


class StartForm(forms.Form):
    """A plan: a file, or its text."""

    file = forms.FileField(
        label="方案文件",
        required=False,
        help_text="Word（.docx、.doc）、带文字的 PDF、.txt，最大 30 MB。原来什么样就传什么样。",
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(SUFFIXES)}),
        error_messages={"empty": "文件是空的（0 字节）。请重新另存后再上传。"},
    )
    text = forms.CharField(
        label="或者粘贴方案的文字",
        required=False,
        max_length=MOST_TEXT,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"max_length": "文字太长。请存成 .docx 再上传。"},
    )


@require_GET
def listing(request: StaffRequest) -> HttpResponse:
    """Show the campaigns that the viewer sees."""
    over = choice_of(request, "tab", {"over"}) == "over"
    page = queries.campaigns_for(request.actor, over=over, page=page_number(request.GET), size=page_size(request))
    start = way_to(request.actor, "campaigns:start")
    return page_or_part(
        request,
        "campaigns/list.html",
        tabs=[
            Tab("在办", reverse("campaigns:list"), None, on=not over),
            Tab("已结束", reverse("campaigns:list") + "?tab=over", None, on=over),
        ],
        lines=[_card(line) for line in page.lines],
        start_href=start,
        pager=Pager(page.number, page.size, len(page.lines), page.total, unit="个"),
        empty=Empty(
            "没有已结束的专项行动。" if over else NO_CAMPAIGN if start else NOT_FOR_YOU,
            "上传方案" if start and not over else "",
            start,
        ),
    )


def _card(line: CampaignLine) -> dict[str, Any]:
    state = CampaignState(line.state)
    return {
        "line": line,
        "href": reverse("campaigns:show", args=(line.id,)),
        "state": READY if line.ready else STATE_NAMES[state],
        "waits": state in WAITING,
    }


@require_http_methods(["GET", "POST"])
def start(request: StaffRequest) -> HttpResponse:
    """Take a plan in; a job reads it."""
    let_in(request.actor, "campaigns:start")
    form = StartForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file: Any = form.cleaned_data["file"]
        try:
            if file is None:
                made = services.start_from_text(text=form.cleaned_data["text"], actor=request.actor, now=request.now)
            else:
                made = services.start_campaign(
                    name=file.name or "", content=cast("IO[bytes]", file.file), actor=request.actor, now=request.now
                )
            return go(request, "campaigns:show", made)
        except Refusal as refusal:
            refuse_into(form, refusal)
    status = 422 if request.method == "POST" else 200
    return page_or_part(request, "campaigns/start.html", status=status, form=form)
