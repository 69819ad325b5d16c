"""自查自改自报: an enterprise's month, zero said; and who has not reported."""

from datetime import date
from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from bihuan.enterprises import queries as enterprises
from bihuan.enterprises.rules.facts import Firm
from bihuan.hazards import queries, services
from bihuan.hazards.rules.amounts import COUNT_SAY, MOST_COUNTED
from bihuan.hazards.rules.reports import month_before, month_of
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import Refusal
from bihuan.kernel.roles import Role
from bihuan.trail.rules import FileKind, Page
from bihuan.web.evidence import Gathered, gather
from bihuan.web.htmx import StaffRequest, go, page_or_part, refuse_into
from bihuan.web.parts import Empty, Pager, Tab, page_number
from bihuan.web.sizes import page_size
from bihuan.web.slots import slots_of

FIRM: Final = (Role.PRINCIPAL, Role.SAFETY_OFFICER)
ACTING: Final = (Role.SAFETY_OFFICE, Role.SAFETY_CHIEF, Role.VILLAGE)
PAPER: Final = {"paper": FileKind.PHOTO}
MONTHS_BACK: Final = 6
NUMBERS: Final = {
    "invalid": "写整数。",
    "required": "请填数字，没有就填 0。",
    "min_value": "不能是负数。",
    "max_value": COUNT_SAY,
}


class MonthForm(forms.Form):
    """One month of self-checks."""

    month = forms.ChoiceField(label="月份")
    checks = forms.IntegerField(label="自查了几次", min_value=0, max_value=MOST_COUNTED, error_messages=NUMBERS)
    is_zero = forms.BooleanField(label="零报告：查过，没有隐患", required=False)
    found = forms.IntegerField(label="查出几项", min_value=0, max_value=MOST_COUNTED, initial=0, error_messages=NUMBERS)
    fixed = forms.IntegerField(
        label="已整改几项", min_value=0, max_value=MOST_COUNTED, initial=0, error_messages=NUMBERS
    )
    principal_led = forms.BooleanField(label="主要负责人带队查过", required=False)
    note = forms.CharField(label="说明", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))
    acting_for = forms.CharField(label="代谁报送", required=False, max_length=64)

    def __init__(self, today: date, *args: Any, acting: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["month"].choices = [(day.isoformat(), _month_name(day)) for day in _months(today)]  # type: ignore[attr-defined] # -- a choice field
        self.fields["month"].initial = month_before(month_of(today)).isoformat()
        if not acting:
            del self.fields["acting_for"]


@require_http_methods(["GET", "POST"])
def self_reports(request: StaffRequest) -> HttpResponse:
    """An enterprise reports its month; others see who has and who has not."""
    enterprise_id = request.actor.enterprise_id
    if enterprise_id is not None and request.actor.has_role(*FIRM):
        return _report(request, enterprise_id)
    month = _asked_month(request)
    is_reported = request.GET.get("show") == "reported" or request.actor.town_id is None
    size = page_size(request)
    number = page_number(request.GET)
    reported = queries.reported_in(request.actor, month, page=number if is_reported else 1, size=size)
    silent = _silent_firms(request, month, page=1 if is_reported else number, size=size)
    names = enterprises.firms(one.enterprise_id for one in reported.lines)
    here = f"?month={month.isoformat()}&show="
    shown = reported if is_reported else silent
    context: dict[str, Any] = {
        "tabs": [
            Tab("未报", f"{here}silent", silent.total, on=not is_reported),
            Tab("已报", f"{here}reported", reported.total, on=is_reported),
        ],
        "show_reported": is_reported,
        "months": [(day.isoformat(), _month_name(day), day == month) for day in _months(day_of(request.now))],
        "month": _month_name(month),
        "reported": [(names[one.enterprise_id], one) for one in reported.lines if one.enterprise_id in names],
        "reported_count": reported.total,
        "silent": [_silent(request, firm) for firm in silent.lines],
        "silent_count": silent.total,
        "pager": Pager(number, size, len(shown.lines), shown.total, unit="家"),
        "empty": Empty("这个月还没有企业报送。"),
    }
    return page_or_part(request, "hazards/self_reports.html", **context)


@require_http_methods(["GET", "POST"])
def self_report_for(request: StaffRequest, enterprise_id: UUID) -> HttpResponse:
    """Report for an enterprise that is not on the platform (代办)."""
    return _report(request, enterprise_id)


def _report(request: StaffRequest, enterprise_id: UUID) -> HttpResponse:
    firm = enterprises.firm_for(request.actor, enterprise_id)
    acting = request.actor.enterprise_id != enterprise_id
    form = MonthForm(day_of(request.now), request.POST or None, acting=acting)
    gathered = Gathered()
    if acting and request.method == "POST":
        gathered = gather(request, PAPER, town_id=firm.town_id)
    if request.method == "POST" and form.is_valid() and not gathered.problems:
        papers = [one.id for one in gathered.files.get("paper", ())]
        given = form.cleaned_data | {"month": date.fromisoformat(form.cleaned_data["month"])}
        try:
            services.report_month(enterprise_id=firm.id, actor=request.actor, now=request.now, papers=papers, **given)
        except Refusal as refusal:
            refuse_into(form, refusal)
        else:
            messages.success(request, "已报送。同一个月再报，以最后一次为准。")
            return go(request, "hazards:self_reports")
    context: dict[str, Any] = {
        "firm": firm.name,
        "firm_id": firm.id,
        "form": form,
        "slots": slots_of(gathered, {"paper": "企业签字或盖章的凭据（拍照即可）"} if acting else {}, PAPER),
        "lines": [(_month_name(one.month), one) for one in queries.self_reports(request.actor, firm.id, most=24)],
    }
    return page_or_part(
        request, "hazards/self_report.html", status=422 if form.errors or gathered.problems else 200, **context
    )


def _silent_firms(request: StaffRequest, month: date, *, page: int, size: int) -> Page[Firm]:
    """Return the town's enterprises that have not reported; above towns nobody chases them one by one."""
    if request.actor.town_id is None:
        return Page((), number=1, size=size, total=0)
    known = queries.self_reported(request.actor, month)
    return enterprises.active_but(request.actor, known, page=page, size=size)


def _silent(request: StaffRequest, firm: Firm) -> dict[str, str]:
    acts = request.actor.has_role(*ACTING)
    return {
        "name": firm.name,
        "village": firm.village,
        "href": reverse("enterprises:show", args=[firm.id]),
        "act": reverse("hazards:self_report_for", args=[firm.id]) if acts else "",
    }


def _asked_month(request: StaffRequest) -> date:
    asked = request.GET.get("month", "")
    months = {day.isoformat(): day for day in _months(day_of(request.now))}
    return months.get(asked, month_before(month_of(day_of(request.now))))


def _months(today: date) -> list[date]:
    months = [month_of(today)]
    for _ in range(MONTHS_BACK):
        months.append(month_before(months[-1]))
    return months


def _month_name(month: date) -> str:
    return f"{month.year}年{month.month}月"
