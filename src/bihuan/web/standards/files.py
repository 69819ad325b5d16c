"""Standards as files to take away: the template to fill in, any standard, and one to start an own from."""

from collections.abc import Mapping
from typing import Any, Final

from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from bihuan.kernel.actor import Actor
from bihuan.kernel.errors import NotAllowed
from bihuan.standards.data.uploads import read_text
from bihuan.standards.data.workbooks.writing import workbook_of
from bihuan.standards.data.writing import adapted, as_yaml, template_text
from bihuan.standards.queries import loading as queries
from bihuan.standards.rules.loading import WHO, LoadAct, areas_of, prefix_of
from bihuan.web.htmx import StaffRequest

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
YAML: Final = "application/yaml; charset=utf-8"


@require_GET
def template(request: StaffRequest) -> HttpResponse:
    """Give the template for the viewer's area, `?as=xlsx` as a workbook. Raises NotAllowed."""
    areas = areas_of(request.actor, LoadAct.CHECK)
    if not areas:
        raise NotAllowed("standards.not_allowed", WHO)
    text = template_text(prefix_of(areas[0]))
    if _as_workbook(request):
        return given(workbook_of(read_text(text).book), "判定标准模板.xlsx", XLSX)
    return given(text.encode(), "判定标准模板.yaml", YAML)


@require_GET
def export(request: StaffRequest, standard_id: str) -> HttpResponse:
    """Give any standard as a file, `?as=xlsx` as a workbook. Raises NotFound.

    For who may load, `?own` turns it into one to start from.
    """
    book = queries.book_for(request.actor, standard_id)
    areas = areas_of(request.actor, LoadAct.CHECK)
    is_own = "own" in request.GET and bool(areas)
    if is_own:
        book = adapted(book, prefix_of(areas[0]))
    return _book(request, book, f"{standard_id}-本地" if is_own else standard_id, is_example=is_own)


def _book(request: StaffRequest, book: Mapping[str, Any], name: str, *, is_example: bool) -> HttpResponse:
    if _as_workbook(request):
        return given(workbook_of(book), f"{name}.xlsx", XLSX)
    return given(as_yaml(book, is_example=is_example).encode(), f"{name}.yaml", YAML)


def _as_workbook(request: StaffRequest) -> bool:
    return request.GET.get("as") == "xlsx"


def given(content: bytes, name: str, kind: str) -> HttpResponse:
    """Answer with a file to save."""
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return response


def export_links(actor: Actor, standard_id: str) -> list[tuple[str, str]]:
    """Return the files that a standard's page offers, each with its address."""
    address = reverse("standards:export", args=[standard_id])
    links = [("下载 Excel", f"{address}?as=xlsx"), ("下载文本", address)]
    if areas_of(actor, LoadAct.CHECK):
        links += [
            ("照它写一个本地的（Excel）", f"{address}?own=1&as=xlsx"),
            ("照它写一个本地的（文本）", f"{address}?own=1"),
        ]
    return links
