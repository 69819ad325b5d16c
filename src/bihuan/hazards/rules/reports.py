"""Reports on a major hazard by the law in force on the day (R3.11), and the enterprise's monthly report (R3.4)."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from bihuan.hazards.rules.amounts import counts_refused
from bihuan.hazards.rules.facts import Facts, ReportParts
from bihuan.hazards.rules.states import Level
from bihuan.kernel.in_force import Dated, in_force

LAST_MONTH: Final = 12


@dataclass(frozen=True, slots=True)
class Duty:
    """Whom a major hazard must be reported to, and the article that says so."""

    to_regulator: bool
    to_workers_meeting: bool
    basis: str


# 安全生产法: what a unit must do about a major hazard it found (R3.11).
DUTIES: Final[tuple[Dated[Duty], ...]] = (
    Dated(
        Duty(to_regulator=True, to_workers_meeting=False, basis="令16号 第十四条；安全生产法（2014年修正）第三十八条"),
        valid_to=date(2021, 8, 31),
        source="2014 art. 38: record and inform workers; the report to the regulator rests on 令16号 art. 14 (R3.7)",
    ),
    Dated(
        Duty(to_regulator=True, to_workers_meeting=True, basis="安全生产法（2021年修正）第四十一条"),
        valid_from=date(2021, 9, 1),
        source="2021 art. 41: report to the regulator and to the workers' assembly or congress",
    ),
)


def duty_on(day: date) -> Duty:
    """Return the reporting duty in force on a day."""
    return in_force(DUTIES, on=day)


@dataclass(frozen=True, slots=True)
class ReportDue:
    """One report that is still owed: what to do, and why."""

    name: str
    basis: str
    must: bool


def reports_owed(*, level: str, on: date, regulator_told: bool, workers_told: bool) -> list[ReportDue]:
    """Return the reports still owed on a major hazard; for workers informing is always owed, the meeting since 2021."""
    if level != Level.MAJOR:
        return []
    duty = duty_on(on)
    owed = []
    if not regulator_told:
        owed.append(ReportDue("报告负有安全监管职责的部门", duty.basis, duty.to_regulator))
    if not workers_told:
        name = "向职工大会或职工代表大会报告" if duty.to_workers_meeting else "如实记录并向从业人员通报"
        owed.append(ReportDue(name, duty.basis, must=True))
    return owed


PARTS: Final[tuple[tuple[str, str], ...]] = (
    ("cause", "现状及产生原因"),
    ("harm", "危害程度和整改难易程度"),
    ("plan", "治理方案"),
)


def three_parts_given(facts: Facts) -> str:
    """R3.7: the report of a major hazard has three contents."""
    given = facts.given.report or ReportParts()
    missing = [name for field, name in PARTS if not str(getattr(given, field)).strip()]
    return f"报告缺：{'、'.join(missing)}。三项都要填写。" if missing else ""


def report_text(parts: ReportParts, how: str) -> str:
    """Return the report as the trail keeps it: whom it was made to, then its parts under their names."""
    said = [f"{name}：{getattr(parts, field).strip()}" for field, name in PARTS if getattr(parts, field).strip()]
    return "\n".join(line for line in (how.strip(), *said) if line)


def regulator_not_told(facts: Facts) -> str:
    """Told once is told."""
    return "已经记录报告监管部门。" if facts.standing.regulator_told else ""


def workers_not_told(facts: Facts) -> str:
    """Told once is told."""
    return "已经记录告知职工。" if facts.standing.workers_told else ""


def month_of(day: date) -> date:
    """Return the first day of a day's month."""
    return day.replace(day=1)


def month_before(month: date) -> date:
    """Return the first day of the month before."""
    return date(month.year - 1, LAST_MONTH, 1) if month.month == 1 else date(month.year, month.month - 1, 1)


def self_report_due_on(month: date, *, due_day: int) -> date:
    """Return the last day to report a month's self-checks: a day of the following month (R3.4)."""
    following = date(month.year + month.month // LAST_MONTH, month.month % LAST_MONTH + 1, 1)
    return following.replace(day=due_day)


def self_report_refused(*, month: date, today: date, checks: int, found: int, fixed: int, is_zero: bool) -> str:
    """Return why a monthly self-report is refused, or ""; a zero must be said, not left out (零报告)."""
    if month > month_of(today):
        return "还没到的月份不能报送。"
    if say := counts_refused(checks, found, fixed):
        return say
    if not checks:
        return "请填写本月自查次数，至少 1 次；一次也没查，就不是零报告。"
    if is_zero and found:
        return f"勾选了零报告，又填了查出 {found} 项。请改正其中一处。"
    if not is_zero and not found:
        return "没有查出隐患，请勾选零报告。"
    return "整改项数不能多于查出项数。" if fixed > found else ""
