"""The list of enterprises, and its export."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from bihuan.enterprises import queries
from bihuan.enterprises.queries import Filters, FirmRow, Sort
from bihuan.enterprises.rules.facts import MAY, STATE_NAMES, Act, State
from bihuan.enterprises.rules.responsibility import GAP_NAMES
from bihuan.enterprises.rules.sizes import SIZE_NAMES
from bihuan.kernel.calendar import day_of
from bihuan.standards.rules import FEATURE_NAMES, SECTOR_NAMES
from bihuan.web.enterprises.sheets import write_list
from bihuan.web.enterprises.words import feature_names, sector_name
from bihuan.web.htmx import StaffRequest, page_or_part
from bihuan.web.parts import Empty, Filter, Option, Pager, Tab, page_number
from bihuan.web.sizes import page_size

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
@login_required
def listing(request: StaffRequest) -> HttpResponse:
    """Show the enterprises that this person sees."""
    viewer, on = request.actor, day_of(request.now)
    filters, sort = filters_of(request.GET), sort_of(request.GET)
    number, size = page_number(request.GET), page_size(request)
    found = queries.listing(viewer, filters, on=on, sort=sort, page=number, size=size)
    villages = queries.villages_of(viewer)
    context: dict[str, Any] = {
        "rows": [line(row) for row in found.rows],
        "total": found.total,
        "filters": _menus(request, filters, villages),
        "sought": filters.words,
        "kept": [(key, value) for key, value in request.GET.items() if key not in {"q", "page"} and value],
        "tabs": _tabs(request, filters, found.tallies),
        "pager": Pager(number, size, len(found.rows), found.total, unit="家"),
        "sort": str(sort),
        "is_one_town": viewer.scope.town_id is not None,
        "may_register": viewer.has_role(*MAY[Act.REGISTER]),
        "may_import": viewer.has_role(*MAY[Act.MOVE]),
        "empty": _empty(request, filters),
    }
    return page_or_part(request, "enterprises/list.html", part="enterprises/_list.html", **context)


@require_GET
@login_required
def export(request: StaffRequest) -> HttpResponse:
    """Send exactly what is filtered as a workbook."""
    viewer, on = request.actor, day_of(request.now)
    rows = queries.export_rows(viewer, filters_of(request.GET), on=on, sort=sort_of(request.GET))
    response = HttpResponse(write_list(rows), content_type=XLSX)
    response["Content-Disposition"] = content_disposition_header(True, f"企业名单{on:%Y%m%d}.xlsx") or "attachment"  # noqa: FBT003 -- Django's own signature
    return response


def filters_of(query: QueryDict) -> Filters:
    """Read the filters in an address; what is not on offer counts as not given.

    A figure names its place `path`, as every figure does; the village of the menu comes before it.
    """
    village = query.get("village", query.get("path", ""))
    return Filters(
        words=query.get("q", "").strip()[:60],
        path=village if village.startswith("/") else "",
        sector=_known(query.get("sector", ""), SECTOR_NAMES),
        feature=_known(query.get("feature", ""), FEATURE_NAMES),
        size=_known(query.get("size_class", ""), [*SIZE_NAMES, "unknown"]),
        gap=_known(query.get("gap", ""), [*GAP_NAMES, "any"]),
        state=_known(query.get("state", ""), STATE_NAMES) or State.ACTIVE,
    )


def sort_of(query: QueryDict) -> Sort:
    """Read the order in an address."""
    chosen = query.get("sort", "")
    return Sort(chosen) if chosen in set(Sort) else Sort.VILLAGE


def _known(value: str, on_offer: Iterable[str]) -> str:
    return value if value in set(on_offer) else ""


def line(row: FirmRow) -> dict[str, Any]:
    """Return what a line of the list shows."""
    firm, answering = row.firm, row.responsible
    return {
        "id": firm.id,
        "name": firm.name,
        "code": firm.code,
        "village": firm.village,
        "town": row.town_name,
        "sector": sector_name(firm.lead_sector),
        "department": answering.department.short_name if answering and answering.department else "",
        "leader": answering.leader.title if answering and answering.leader else "",
        "features": feature_names(firm.features),
        "size": SIZE_NAMES[row.size] if row.size else "",
        "staff": row.staff,
        "gaps": answering.say if answering else "",
        "contact": row.contact_name,
        "phone": row.contact_phone,
        "state": STATE_NAMES[firm.state] if firm.state != State.ACTIVE else "",
    }


def _address(request: HttpRequest, **changes: str) -> str:
    query = request.GET.copy()
    query.pop("page", None)
    for key, value in changes.items():
        if value:
            query[key] = value
        else:
            query.pop(key, None)
    return f"{request.path}?{query.urlencode()}" if query else request.path


def _tabs(request: HttpRequest, filters: Filters, counts: Mapping[str, int]) -> list[Tab]:
    return [
        Tab(
            name,
            _address(request, state="" if state is State.ACTIVE else str(state)),
            counts[state],
            on=filters.state == state,
        )
        for state, name in STATE_NAMES.items()
    ]


def _menus(request: StaffRequest, filters: Filters, villages: Sequence[tuple[str, str]]) -> list[Filter]:
    def menu(name: str, key: str, chosen: str, words: Mapping[str, str]) -> Filter:
        options = [Option(word, _address(request, **{key: str(code)})) for code, word in words.items()]
        return Filter(name, options, words.get(chosen, ""), _address(request, **{key: ""}))

    menus = [
        menu("村（社区）", "village", filters.path, dict(villages)),
        menu("行业", "sector", filters.sector, {str(code): name for code, name in SECTOR_NAMES.items()}),
        menu("安全特征", "feature", filters.feature, {str(code): name for code, name in FEATURE_NAMES.items()}),
        menu(
            "规模",
            "size_class",
            filters.size,
            {str(code): name for code, name in SIZE_NAMES.items()} | {"unknown": "规模不详"},
        ),
    ]
    if request.actor.town_id is not None:
        menus.append(
            menu(
                "责任缺口",
                "gap",
                filters.gap,
                {"any": "有缺口的"} | {str(code): name for code, name in GAP_NAMES.items()},
            )
        )
    return menus if villages else menus[1:]


def _empty(request: StaffRequest, filters: Filters) -> Empty:
    if filters != Filters():
        return Empty("没有符合这些条件的企业。", "去掉全部条件", reverse("enterprises:list"))
    if request.actor.has_role(*MAY[Act.REGISTER]) and request.actor.town_id is not None:
        return Empty(
            "还没有登记企业。可以逐家登记，也可以用表格一次导入。", "导入企业名单", reverse("enterprises:import")
        )
    return Empty("您管辖的范围内还没有企业。")
