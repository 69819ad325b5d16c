"""The quarter's and the year's statistics of one enterprise: printed, signed by its principal, handed in (R3.6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from bihuan.enterprises import queries as enterprises
from bihuan.enterprises.rules.facts import Firm
from bihuan.hazards import queries, services
from bihuan.hazards.queries import MajorLine, SignedView
from bihuan.hazards.rules.periods import Period, owed_on, period_of, recent
from bihuan.hazards.rules.states import LEVEL_NAMES, STATE_NAMES, UNGRADED_NAME
from bihuan.kernel.actor import Actor
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import Refusal
from bihuan.kernel.roles import Role
from bihuan.stats import queries as stats
from bihuan.trail.rules import FileKind
from bihuan.web.evidence import Gathered, gather, sent
from bihuan.web.hazards.self_reports import ACTING, FIRM
from bihuan.web.htmx import StaffRequest, go, page_or_part, refuse_into
from bihuan.web.slots import slots_of

QUARTERS_BACK: Final = 4
MONTHS_KEPT: Final = 60
FEN: Final = 100
SCAN: Final = {"scan": FileKind.DOCUMENT}
LEVELS: Final = (*((str(level), f"{name}隐患") for level, name in LEVEL_NAMES.items()), ("", UNGRADED_NAME))
COUNTED: Final = (
    "hazards.found_fact",
    "hazards.closed",
    "hazards.rectified",
    "hazards.counted",
    "hazards.open",
    "hazards.overdue",
    "hazards.money",
)


class SignedForm(forms.Form):
    """Who signed; the figures are the platform's."""

    signed_by = forms.CharField(
        label="签字的主要负责人",
        max_length=64,
        error_messages={"required": "请写明签字的主要负责人。"},
    )
    acting_for = forms.CharField(label="代谁交", required=False, max_length=64)

    def __init__(self, *args: Any, acting: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not acting:
            del self.fields["acting_for"]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: a level, or all of them. rate: over all that was ever found."""

    name: str
    found: int
    closed: int
    rectified: int
    counted: int
    open: int
    overdue: int
    money_yuan: float


@dataclass(frozen=True, slots=True)
class Checks:
    """What the enterprise reported of its self-checks, month by month (R3.4)."""

    months: int
    checks: int
    found: int
    fixed: int


@require_http_methods(["GET", "POST"])
def firm_table(request: StaffRequest, enterprise_id: UUID) -> HttpResponse:
    """Show the table of a period as it prints, or hand in the signed one."""
    firm = enterprises.firm_for(request.actor, enterprise_id)
    today = day_of(request.now)
    period = _asked(request.GET.get("period", ""), today)
    rows = table_rows(request.actor, firm, period, today=today)
    acting = request.actor.enterprise_id != firm.id
    first = {"signed_by": request.actor.name} if request.actor.has_role(Role.PRINCIPAL) and not acting else {}
    form, gathered = SignedForm(initial=first, acting=acting), Gathered()
    if request.method == "POST":
        form, gathered = SignedForm(request.POST, acting=acting), gather(request, SCAN, town_id=firm.town_id)
        if form.is_valid() and not gathered.problems and _hand_in(request, firm, period, rows, form, gathered):
            messages.success(request, "已交。同一期再交，以最后一次为准。")
            return go(request, "hazards:self_reports")
    context = _context(request, firm, period, rows, today) | {
        "form": form if _may_hand_in(request.actor, firm) and period.last < today else None,
        "slots": slots_of(gathered, {"scan": "签字的统计表（拍照或扫描件）"}, SCAN),
    }
    return page_or_part(request, "hazards/firm_table.html", status=422 if form.errors else 200, **context)


@require_GET
def scan(request: StaffRequest, table_id: UUID) -> FileResponse:
    """Send the signed paper of a table that this person sees."""
    return sent(queries.signed_scan(request.actor, table_id))


def table_rows(viewer: Actor, firm: Firm, period: Period, *, today: date) -> list[Row]:
    """Count by level; the last row is all. One query. A running period is counted up to today; what was found in one is
    as known today, since it is a paper that is signed."""
    place = stats.place_of_firm(viewer, firm.id, path=firm.path, sector=firm.lead_sector)
    figures = stats.figures(place, COUNTED, until=min(period.last, today), since=period.first, known=today)
    rows = [_row(name, [figures.of(one, level) for one in COUNTED]) for level, name in LEVELS]
    return [*rows, _row("合计", [figures.total(one) for one in COUNTED])]


def _row(name: str, amounts: Sequence[int]) -> Row:
    found, closed, rectified, counted, still_open, overdue, money = amounts
    return Row(name, found, closed, rectified, counted, still_open, overdue, money / FEN)


def _hand_in(
    request: StaffRequest, firm: Firm, period: Period, rows: Sequence[Row], form: SignedForm, gathered: Gathered
) -> bool:
    kept = gathered.files.get("scan", ())
    total = rows[-1]
    try:
        services.hand_in_table(
            enterprise_id=firm.id,
            period=period,
            figures={"found": total.found, "closed": total.closed, "open": total.open, "overdue": total.overdue},
            scan_id=kept[0].id if kept else None,
            actor=request.actor,
            now=request.now,
            **form.cleaned_data,
        )
    except Refusal as refusal:
        refuse_into(form, refusal)
        return False
    return True


def _may_hand_in(actor: Actor, firm: Firm) -> bool:
    return (actor.enterprise_id == firm.id and actor.has_role(*FIRM)) or actor.has_role(*ACTING)


def _asked(code: str, today: date) -> Period:
    asked = period_of(code)
    return asked if asked is not None and asked.first <= today else owed_on(today)[0]


def _context(request: StaffRequest, firm: Firm, period: Period, rows: Sequence[Row], today: date) -> dict[str, Any]:
    shown = recent(today, quarters=QUARTERS_BACK)
    signed = queries.signed_tables(request.actor, firm.id, [*shown, period])
    until = min(period.last, today)
    majors = queries.majors_between(request.actor, firm.id, first=period.first, last=until)
    return {
        "firm": firm,
        "since": _since(firm, period),
        "period": period,
        "until": until,
        "is_over": period.last < today,
        "today": today,
        "is_late": period.due_on < today and period.code not in signed,
        "rows": rows,
        "checks": _checks(request.actor, firm, period),
        "majors": [_major(one) for one in majors],
        "signed": _signed(signed.get(period.code)),
        "periods": [
            (one.code, one.name, one == period, one.code in signed, one.last < today)
            for one in dict.fromkeys((*shown, period))
        ],
    }


def _since(firm: Firm, period: Period) -> date | None:
    """Return since when the enterprise is on the books here, where that is after the period began."""
    day = enterprises.registered_on(firm.id)
    return day if day is not None and day > period.first else None


def _checks(viewer: Actor, firm: Firm, period: Period) -> Checks:
    months = [
        one
        for one in queries.self_reports(viewer, firm.id, most=MONTHS_KEPT)
        if period.first <= one.month <= period.last
    ]
    return Checks(
        len(months),
        sum(one.checks for one in months),
        sum(one.found for one in months),
        sum(one.fixed for one in months),
    )


def _major(one: MajorLine) -> dict[str, Any]:
    return {
        "line": one,
        "href": reverse("hazards:show", args=[one.id]),
        "state": STATE_NAMES[one.state],
        "money_yuan": one.money_fen / FEN,
    }


def _signed(one: SignedView | None) -> dict[str, Any] | None:
    if one is None:
        return None
    return {"view": one, "href": reverse("hazards:table_scan", args=[one.id])}
