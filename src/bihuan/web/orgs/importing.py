"""Bring units, posts and people in from Excel: upload, see what was understood and what is wrong, then write."""

from typing import Any, Final
from uuid import UUID

from django import forms
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from bihuan.kernel.errors import NotAllowed, Refusal
from bihuan.orgs import queries, services
from bihuan.orgs.rules import OrgAct
from bihuan.orgs.rules.sheet import RowProblem, TownPlan, check_workbook
from bihuan.standards.rules import SECTOR_NAMES
from bihuan.web.htmx import StaffRequest, refuse_into
from bihuan.web.orgs.views import must
from bihuan.web.parts import Problem

SALT: Final = "orgs.import"
KEPT_FOR: Final = 3600  # seconds between the look and the writing
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SECTORS: Final[dict[str, str]] = {name: str(code) for code, name in SECTOR_NAMES.items()}


class UploadForm(forms.Form):
    """The workbook."""

    file = forms.FileField(
        label="填好的表",
        error_messages={"required": "请选一个 Excel 文件。", "empty": "文件是空的。请选填好的表。"},
        widget=forms.ClearableFileInput(attrs={"class": "form-control", "accept": ".xlsx,.xls"}),
    )


def _town(request: StaffRequest) -> UUID:
    town_id = request.actor.town_id
    if town_id is None:
        raise NotAllowed("orgs.no_town", "导入按镇做。请用镇的系统管理员账号。")
    must(request, OrgAct.IMPORT_TOWN, queries.town(town_id).path)
    return town_id


@require_GET
def template(request: StaffRequest) -> HttpResponse:
    """Send the workbook to fill in."""
    _town(request)
    response = HttpResponse(queries.template(list(SECTOR_NAMES.values())), content_type=XLSX)
    response["Content-Disposition"] = (
        "attachment; filename=\"units.xlsx\"; filename*=UTF-8''%E5%8D%95%E4%BD%8D%E5%92%8C%E4%BA%BA%E5%91%98.xlsx"
    )
    return response


@require_http_methods(["GET", "POST"])
def upload(request: StaffRequest) -> HttpResponse:
    """Take the workbook, show what is in it; on the second press write all of it."""
    town_id = _town(request)
    if "kept" in request.POST:
        return _write(request, town_id)
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_valid():
        try:
            sheets = services.read_workbook(form.cleaned_data["file"].read())
        except Refusal as refusal:
            refuse_into(form, refusal)
        else:
            return _look(request, town_id, sheets)
    return render(request, "orgs/import.html", {"form": form}, status=422 if form.errors else 200)


def _look(request: StaffRequest, town_id: UUID, sheets: dict[str, list[list[Any]]]) -> HttpResponse:
    plan = _plan(town_id, sheets)
    context = {"form": UploadForm(), "plan": plan, "problems": problem_rows(plan.problems)}
    if not plan.problems:
        context["kept"] = signing.dumps({"town": str(town_id), "sheets": _plain(sheets)}, salt=SALT, compress=True)
    return render(request, "orgs/import.html", context, status=422 if plan.problems else 200)


def _plan(town_id: UUID, sheets: dict[str, list[list[Any]]]) -> TownPlan:
    return check_workbook(sheets, queries.sheet_known(town_id, sectors=SECTORS))


def _plain(sheets: dict[str, list[list[Any]]]) -> dict[str, list[list[str]]]:
    """Return cells as text, which is all that the checks read; whole numbers stay whole."""
    return {
        name: [
            [str(int(c)) if isinstance(c, float) and c.is_integer() else str(c or "") for c in line] for line in cells
        ]
        for name, cells in sheets.items()
    }


def problem_rows(problems: tuple[RowProblem, ...]) -> list[Problem]:
    """Turn the problems of a workbook into the lines of the page."""
    rows = []
    for one in problems:
        what, _, mend = one.say.partition("。")
        rows.append(Problem(f"{one.sheet} {one.row}", f"{one.column} {one.title}", f"{what}。", mend, one.value))
    return rows


def _write(request: StaffRequest, town_id: UUID) -> HttpResponse:
    try:
        kept = signing.loads(request.POST["kept"], salt=SALT, max_age=KEPT_FOR)
    except signing.BadSignature:
        kept = {}
    if kept.get("town") != str(town_id):
        form = UploadForm(request.POST, request.FILES)
        form.add_error(None, "检查过的内容放得太久，或者不完整。请重新选文件。")
        return render(request, "orgs/import.html", {"form": form}, status=422)
    plan = _plan(town_id, kept["sheets"])
    if plan.problems:
        context = {"form": UploadForm(), "plan": plan, "problems": problem_rows(plan.problems)}
        return render(request, "orgs/import.html", context, status=422)
    told = services.import_plan(town_id=town_id, plan=plan, actor=request.actor, now=request.now)
    response = render(request, "orgs/imported.html", {"plan": plan, "told": told})
    response["Cache-Control"] = "no-store"
    return response
