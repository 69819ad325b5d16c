"""Pages of papers: find one, print it, make it void."""

from datetime import date
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.views.decorators.http import require_GET, require_POST

from bihuan.documents import queries
from bihuan.documents.queries import PaperFilter
from bihuan.documents.rules import FORMS, MAY_VOID, PAPER_NAMES, PAPER_STATE_NAMES, Paper, PaperKind, PaperState
from bihuan.hazards.queries.papers import still_binds
from bihuan.hazards.services import void_paper
from bihuan.kernel.errors import Refusal
from bihuan.web.documents.forms import VoidForm
from bihuan.web.htmx import StaffRequest, go, page_or_part, refuse_into
from bihuan.web.numbers import whole
from bihuan.web.parts import Empty, Filter, Option, Pager, Tab, page_number
from bihuan.web.sizes import page_size

NOTHING: Final = Empty("没有符合条件的文书。发出整改通知、督办通知书、复查意见后，会列在这里。")
DATED: Final = frozenset(
    {"found_on", "listed_on", "deadline", "reviewed_on", "accepted_on", "delisted_on", "reply_by", "issued_on"}
)


@require_GET
def papers(request: StaffRequest) -> HttpResponse:
    """List papers: by kind as tabs, by state and year as filters, by number or unit."""
    wanted = _filter(request.GET)
    number, size = page_number(request.GET), page_size(request)
    found = queries.listing(request.actor, wanted, page=number, size=size)
    pager = Pager(
        number, size, len(found.rows), found.total, many="" if found.total is not None else "10000+", unit="份"
    )
    return page_or_part(
        request,
        "documents/list.html",
        part="documents/_list.html",
        papers=found.rows,
        tabs=_tabs(request.GET, queries.counts(request.actor, wanted), wanted.kind),
        filters=_filters(request.GET, wanted, queries.years(request.actor)),
        pager=pager,
        sought=wanted.words,
        empty=NOTHING,
        now=request.now,
    )


def _filter(query: QueryDict) -> PaperFilter:
    kind, state, year = query.get("kind", ""), query.get("state", ""), query.get("year", "")
    return PaperFilter(
        kind=PaperKind(kind) if kind in set(PaperKind) else None,
        state=PaperState(state) if state in set(PaperState) else None,
        year=whole(year) if len(year) == len("2018") else None,
        words=query.get("q", "").strip()[:60],
    )


def _with(query: QueryDict, **changes: str) -> str:
    changed = query.copy()
    changed.pop("page", None)
    for name, value in changes.items():
        if value:
            changed[name] = value
        else:
            changed.pop(name, None)
    return f"?{changed.urlencode()}"


def _tabs(query: QueryDict, counts: dict[PaperKind, int], chosen: PaperKind | None) -> list[Tab]:
    tabs = [Tab("全部", _with(query, kind=""), sum(counts.values()), on=chosen is None)]
    for kind, count in counts.items():
        if count or kind is chosen:
            tabs.append(Tab(PAPER_NAMES[kind], _with(query, kind=kind.value), count, on=kind is chosen))
    return tabs


def _filters(query: QueryDict, wanted: PaperFilter, years: list[int]) -> list[Filter]:
    states = [Option(name, _with(query, state=state.value)) for state, name in PAPER_STATE_NAMES.items()]
    return [
        Filter("状态", states, PAPER_STATE_NAMES[wanted.state] if wanted.state else "", _with(query, state="")),
        Filter(
            "年份",
            [Option(f"{year}年", _with(query, year=str(year))) for year in years],
            f"{wanted.year}年" if wanted.year else "",
            _with(query, year=""),
        ),
    ]


@require_GET
def paper(request: StaffRequest, paper_id: UUID) -> HttpResponse:
    """Show a paper as it prints, with its number, hash and what can still be done."""
    found = queries.paper_for(request.actor, paper_id)
    return _show(request, found, VoidForm(initial={"seen_version": found.version}))


@require_POST
def void(request: StaffRequest, paper_id: UUID) -> HttpResponse:
    """Make a paper void; its number stays."""
    form = VoidForm(request.POST)
    if form.is_valid():
        try:
            void_paper(paper_id=paper_id, actor=request.actor, now=request.now, **form.cleaned_data)
            messages.success(request, "已作废，编号保留，不再使用。")
            return go(request, "documents:show", paper_id)
        except Refusal as refusal:
            refuse_into(form, refusal)
    return _show(request, queries.paper_for(request.actor, paper_id), form, status=422)


def _show(request: StaffRequest, found: Paper, form: VoidForm, *, status: int = 200) -> HttpResponse:
    may_void = not found.is_void and request.actor.has_role(*MAY_VOID)
    binds = still_binds(found) if may_void else ""
    return page_or_part(
        request,
        "documents/show.html",
        status=status,
        paper=found,
        template=f"documents/kinds/{found.kind.value}.html",
        form=form if may_void and not binds else None,
        binds=binds,
        is_case=FORMS[found.kind].case,
        **printed(found),
    )


def printed(found: Paper) -> dict[str, Any]:
    """Return what a form prints: its fields, days in words, and how many of its problems are major."""
    fields = {key: _worded(key, value) for key, value in found.fields.items()}
    problems = [_row(row) for row in _rows(found, "problems")]
    return {
        "f": fields,
        "problems": problems,
        "major": [place for place, row in enumerate(problems, start=1) if row.get("level") == "重大"],
        "hazards": [_row(row) for row in _rows(found, "hazards")],
        "items": [_row(row) for row in _rows(found, "items")],
        "earlier": _row(found.fields.get("earlier") or {}),
    }


def _rows(found: Paper, key: str) -> list[dict[str, Any]]:
    rows = found.fields.get(key) or []
    return [row if isinstance(row, dict) else {"text": str(row)} for row in rows]


def _row(row: dict[str, Any]) -> dict[str, Any]:
    return {key: _worded(key, value) for key, value in row.items()}


def _worded(key: str, value: object) -> object:
    """Write a day as papers do, year-month-day without zeros (GB/T 9704), and names in a row; the rest is left."""
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return "、".join(value)
    if key not in DATED or not isinstance(value, str):
        return value
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return value
    return f"{day.year}年{day.month}月{day.day}日"
