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
from bihuan.hazards import queries, services
from bihuan.hazards.rules.amounts import COUNT_SAY, MOST_COUNTED
from bihuan.hazards.rules.reports import month_before, month_of
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import Refusal
from bihuan.kernel.roles import Role
from bihuan.web.htmx import StaffRequest, go, page_or_part, refuse_into
from bihuan.web.parts import Empty, Tab

FIRM: Final = (Role.PRINCIPAL, Role.SAFETY_OFFICER)
ACTING: Final = (Role.SAFETY_OFFICE, Role.SAFETY_CHIEF, Role.VILLAGE)
MONTHS_BACK: Final = 6
SILENT_SHOWN: Final = 300
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
    reported = queries.self_reports(request.actor, month=month)
    known = {one.enterprise_id for one in reported}
    names = enterprises.firms(known)
    silent = _silent_firms(request, known)
    is_reported = request.GET.get("show") == "reported"
    here = f"?month={month.isoformat()}&show="
    context: dict[str, Any] = {
        "tabs": [
            Tab("未报", f"{here}silent", len(silent), on=not is_reported),
            Tab("已报", f"{here}reported", len(reported), on=is_reported),
        ],
        "show_reported": is_reported,
        "silent_more": len(silent[SILENT_SHOWN:]),
        "months": [(day.isoformat(), _month_name(day), day == month) for day in _months(day_of(request.now))],
        "month": _month_name(month),
        "reported": [(names[one.enterprise_id], one) for one in reported if one.enterprise_id in names],
        "silent": [_silent(request, row.firm.id, row.firm.name, row.firm.village) for row in silent[:SILENT_SHOWN]],
        "silent_count": len(silent),
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
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data | {"month": date.fromisoformat(form.cleaned_data["month"])}
        try:
            services.report_month(enterprise_id=firm.id, actor=request.actor, now=request.now, **given)
        except Refusal as refusal:
            refuse_into(form, refusal)
        else:
            messages.success(request, "已报送。同一个月再报，以最后一次为准。")
            return go(request, "hazards:self_reports")
    context: dict[str, Any] = {
        "firm": firm.name,
        "firm_id": firm.id,
        "form": form,
        "lines": [
            (_month_name(one.month), one) for one in queries.self_reports(request.actor, enterprise_id=firm.id, most=24)
        ],
    }
    return page_or_part(request, "hazards/self_report.html", status=422 if form.errors else 200, **context)


def _silent_firms(request: StaffRequest, known: set[UUID]) -> list[enterprises.FirmRow]:
    """Return the town's enterprises that have not reported; above towns nobody chases them one by one."""
    if request.actor.town_id is None:
        return []
    rows = enterprises.export_rows(request.actor, enterprises.Filters(), on=day_of(request.now))
    return [row for row in rows if row.firm.id not in known]


def _silent(request: StaffRequest, firm_id: UUID, name: str, village: str) -> dict[str, str]:
    acts = request.actor.has_role(*ACTING)
    return {
        "name": name,
        "village": village,
        "href": reverse("enterprises:show", args=[firm_id]),
        "act": reverse("hazards:self_report_for", args=[firm_id]) if acts else "",
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
