"""The audit administrator's page: everything that happened, in the order of the chain."""

from datetime import date
from typing import Final

from django.http import HttpResponse, QueryDict
from django.views.decorators.http import require_GET

from bihuan.trail import queries
from bihuan.trail.queries import COUNTED, AuditFilter
from bihuan.web.htmx import StaffRequest, page_or_part
from bihuan.web.links import with_changes
from bihuan.web.parts import Filter, Option, Pager, page_number
from bihuan.web.sizes import page_size
from bihuan.web.trail.proposed import with_proposals

ABOUT: Final = {
    "hazard": "隐患",
    "self_report": "自报",
    "same_kind": "举一反三",
    "superior_list": "上级清单",
    "superior_item": "上级清单项目",
    "enterprise": "企业",
    "unit": "单位",
    "post": "岗位",
    "role": "角色",
    "user": "账号",
    "paper": "文书",
    "parameter": "参数",
    "calendar": "日历",
    "file": "照片和附件",
    "standard": "本地标准",
    "checklist": "检查表",
}


@require_GET
def audit(request: StaffRequest) -> HttpResponse:
    """List the events of the chain, newest first; by subject, day and words."""
    wanted = _filter(request.GET)
    size = page_size(request, 50)
    found = queries.audit(request.actor, wanted, page=page_number(request.GET), size=size)
    many = "10000+" if found.total > COUNTED and not wanted.is_empty else ""
    return page_or_part(
        request,
        "trail/audit.html",
        part="trail/_lines.html",
        lines=with_proposals(found.lines),
        pager=Pager(found.number, size, len(found.lines), None if many else found.total, many=many, unit="条"),
        filters=_filters(request, wanted),
        wanted=wanted,
        seal=queries.last_seal(),
    )


def _filter(query: QueryDict) -> AuditFilter:
    about = query.get("about", "")
    return AuditFilter(
        about=about if about in ABOUT else "",
        since=_day(query.get("since", "")),
        until=_day(query.get("until", "")),
        words=query.get("q", "").strip()[:60],
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _filters(request: StaffRequest, wanted: AuditFilter) -> list[Filter]:
    options = [Option(name, with_changes(request, about=key)) for key, name in ABOUT.items()]
    return [Filter("事项", options, chosen=ABOUT.get(wanted.about, ""), clear=with_changes(request, about=None))]
