"""Import a table of enterprises: upload, mend or set aside, then all at once."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, QueryDict
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods

from bihuan.enterprises import queries, services
from bihuan.enterprises.queries import ImportDraft
from bihuan.enterprises.rules.facts import MAY, Act, ImportState
from bihuan.enterprises.rules.sheet import COLUMNS
from bihuan.kernel.errors import NotAllowed, Refusal
from bihuan.web.enterprises.forms import UploadForm
from bihuan.web.enterprises.views.lists import XLSX
from bihuan.web.htmx import StaffRequest, go, page_or_part, refuse_into
from bihuan.web.numbers import whole

MOST_SHOWN = 100
KEYS = frozenset(column.key for column in COLUMNS)


@require_http_methods(["GET", "POST"])
@login_required
def start(request: StaffRequest) -> HttpResponse:
    """Offer the template and take the filled one."""
    town_id = _town(request)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file: UploadedFile[Any] = form.cleaned_data["file"]
        try:
            key = services.start_import(
                content=file.read(), file_name=file.name or "", town_id=town_id, actor=request.actor, now=request.now
            )
            return go(request, "enterprises:mend", key)
        except Refusal as refusal:
            refuse_into(form, refusal)
    status = 422 if request.method == "POST" else 200
    return page_or_part(request, "enterprises/import.html", status=status, form=form, columns=COLUMNS)


@require_GET
@login_required
def template(request: StaffRequest) -> HttpResponse:
    """Send the workbook to fill in, with this town's villages to choose from."""
    response = HttpResponse(queries.template_for(_town(request)), content_type=XLSX)
    response["Content-Disposition"] = content_disposition_header(True, "企业名单模板.xlsx") or "attachment"  # noqa: FBT003 -- Django's own signature
    return response


@require_http_methods(["GET", "POST"])
@login_required
def mend(request: StaffRequest, import_id: UUID) -> HttpResponse:
    """Show what is wrong by row and column; mend cells, set rows aside, and register the rest."""
    draft = queries.import_for(request.actor, import_id)
    say, status = "", 200
    if request.method == "POST":
        try:
            return _act(request, draft)
        except Refusal as refusal:
            draft, say, status = queries.import_for(request.actor, import_id), refusal.say, 422
    return page_or_part(request, "enterprises/mend.html", status=status, say=say, **_context(draft))


def _act(request: StaffRequest, draft: ImportDraft) -> HttpResponse:
    seen = whole(request.POST.get("seen_version", "")) or 0
    who: dict[str, Any] = {"import_id": draft.id, "actor": request.actor, "now": request.now}
    if "drop" in request.POST:
        services.drop_import(seen_version=seen, **who)
        return go(request, "enterprises:import")
    if "commit" in request.POST:
        services.commit_import(seen_version=seen, **who)
        return go(request, "enterprises:list")
    services.mend_import(mends=_mends(request.POST), aside=_aside(request.POST, draft), seen_version=seen, **who)
    return go(request, "enterprises:mend", draft.id)


def _mends(posted: QueryDict) -> Mapping[tuple[int, str], str]:
    """Read fields named cell:ROW:KEY."""
    mends = {}
    for name, value in posted.items():
        kind, _, rest = name.partition(":")
        row, _, key = rest.partition(":")
        number = whole(row)
        if kind == "cell" and number is not None and key in KEYS:
            mends[(number, key)] = str(value)
    return mends


def _aside(posted: QueryDict, draft: ImportDraft) -> set[int]:
    """Read which rows are set aside: those on the page as they are ticked, the others as they were."""
    if "aside_all" in posted:
        return set(draft.aside) | {problem.row for problem in draft.left}
    shown = _numbers(posted, "shown")
    ticked = _numbers(posted, "aside")
    return (set(draft.aside) - shown) | ticked


def _context(draft: ImportDraft) -> dict[str, Any]:
    bad_rows = sorted({problem.row for problem in draft.left})
    shown = set(bad_rows[:MOST_SHOWN])
    return {
        "draft": draft,
        "is_open": draft.state is ImportState.DRAFT,
        "problems": [problem for problem in draft.left if problem.row in shown],
        "bad": len(bad_rows),
        "not_shown": max(0, len(bad_rows) - MOST_SHOWN),
        "names": {row.number: row.cells.get("name", "") for row in draft.sheet.rows if row.number in draft.aside},
    }


def _town(request: StaffRequest) -> UUID:
    if request.actor.town_id is None or not request.actor.has_role(*MAY[Act.MOVE]):
        raise NotAllowed("enterprises.may_not_import", "您的岗位不导入企业名单，请由安监办办理。")
    return request.actor.town_id


def _numbers(posted: QueryDict, name: str) -> set[int]:
    return {number for one in posted.getlist(name) if (number := whole(one)) is not None}
