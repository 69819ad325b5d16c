"""Deadlines: set within limits, extended only in time, overdue computed, escalation by working days (L6, L7)."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from typing import Final

from bihuan.hazards.rules.facts import Facts, Standing
from bihuan.hazards.rules.parties import closing_paper, is_party, listing_body
from bihuan.hazards.rules.states import RUNNING_STATES, DeadlineKind, Level, State
from bihuan.hazards.rules.terms import Terms
from bihuan.kernel.calendar import ONE_DAY, WorkCalendar

DECEMBER: Final = 12


def proposed_deadline(level: str, *, on: date, terms: Terms) -> date | None:
    """Return the deadline a form proposes (R3.19): general by default days; major by its plan, so none."""
    if level == Level.MAJOR:
        return None
    return on + timedelta(days=terms.deadline_days_general)


def deadline_set(facts: Facts) -> str:
    """R3.19: an order has a deadline, not in the past, general within the hard limit, major by its plan."""
    given, today = facts.given, facts.today
    if given.deadline is None:
        return "请定整改期限。"
    if given.deadline_kind not in set(DeadlineKind):
        return "请选定期限的方式：当日、限期、按治理方案或按上级清单。"
    kept = kept_deadline(facts.standing)
    if kept is not None and (given.deadline > kept or given.deadline < min(kept, today)):
        return _kept_said(kept, today)
    if kept is not None and kept < today:
        return ""
    if given.deadline_kind == DeadlineKind.SUPERIOR:
        return _superiors_list(facts) or _not_before(facts) or _not_after(facts, from_day=today)
    if given.deadline < today:
        return "整改期限不能早于今天。"
    return _major_deadline(facts) if facts.standing.level == Level.MAJOR else _general_deadline(facts)


def kept_deadline(standing: Standing) -> date | None:
    """L6: what comes back from a transfer keeps its deadline; a new order does not move it later, only an extension."""
    return standing.deadline if standing.state == State.CONFIRMED else None


def _kept_said(kept: date, today: date) -> str:
    if kept < today:
        return f"移送前定的期限 {_said(kept)} 已过，仍然有效。请按 {_said(kept)} 下达，逾期如实记录。"
    return f"移送前定的期限 {_said(kept)} 仍然有效。新期限请定在今天到 {_said(kept)} 之间；要推后，下达后申请延期。"


def _general_deadline(facts: Facts) -> str:
    given, today = facts.given, facts.today
    assert given.deadline is not None  # noqa: S101 -- deadline_set has looked
    if given.deadline_kind == DeadlineKind.SAME_DAY and given.deadline != today:
        return "当日整改的期限就是今天。"
    limit = today + timedelta(days=facts.terms.deadline_days_general_limit)
    if given.deadline > limit:
        return f"一般隐患的整改期限最迟到 {_said(limit)}（{facts.terms.deadline_days_general_limit} 日内）。"
    return ""


def _major_deadline(facts: Facts) -> str:
    given = facts.given
    assert given.deadline is not None  # noqa: S101 -- deadline_set has looked
    if given.deadline_kind == DeadlineKind.SAME_DAY:
        return "重大隐患不能按当日整改办理。请按治理方案定期限。"
    listed = facts.standing.listing.deadline if facts.standing.listing else None
    if listed is not None and facts.standing.deadline is None and given.deadline > listed:
        return f"挂牌督办定的整改期限是 {_said(listed)}，下达的期限不能晚于这一天。"
    return _within_the_longest(facts, given.deadline)


def _within_the_longest(facts: Facts, deadline: date) -> str:
    limit = months_after(facts.today, facts.terms.listing_extension_months)
    return "" if deadline <= limit else f"重大隐患的整改期限最迟到 {_said(limit)}。"


def order_has_deadline(facts: Facts) -> str:
    """R3.25: a listing order says until when; where the work is not ordered yet, the listing sets the day."""
    if facts.standing.deadline is not None:
        return ""
    deadline = facts.given.deadline
    if deadline is None:
        return "请定整改期限。还没有下达整改的，期限由挂牌督办来定，下达时不能晚于它。"
    if deadline < facts.today:
        return "整改期限不能早于今天。"
    return _within_the_longest(facts, deadline)


def _superiors_list(facts: Facts) -> str:
    """R3.33: a deadline by the superior's list is the day that the list names, or a numbered paper of the superior."""
    given = facts.given
    if not facts.standing.needs_superior:
        return "只有上级交办的事项才按上级清单的期限。"
    if given.from_list or (given.number.strip() and given.papers()):
        return ""
    return "按上级清单定期限，要和导入的清单写的一致；清单没有导入的，请写上级文件的文号并附文件（拍照或扫描件）。"


def _not_before(facts: Facts) -> str:
    """L6: a deadline is not before what is to be fixed was found; that of a new life not before the old one ended."""
    given, standing = facts.given, facts.standing
    since = standing.closed_on if standing.state == State.CLOSED else standing.found_on
    if given.deadline is None or since is None or given.deadline >= since:
        return ""
    name = "销号日期" if standing.state == State.CLOSED else "发现日期"
    return f"上级清单的期限不能早于{name} {since.year}年{_said(since)}。请对照清单核对年份和日期。"


def _not_after(facts: Facts, *, from_day: date) -> str:
    """L6: the superior's list moves a deadline within the longest that any hazard may have."""
    limit = months_after(from_day, facts.terms.listing_extension_months)
    if facts.given.deadline is None or facts.given.deadline <= limit:
        return ""
    return f"上级清单的期限最迟到 {limit.year}年{_said(limit)}。请对照清单核对年份和日期。"


def supervisor_named(facts: Facts) -> str:
    """R3.3: an order names who supervises it (监管责任人)."""
    if facts.given.supervisor_post_id is not None or facts.given.supervising_unit_id is not None:
        return ""
    return "请指定监管责任人或监管单位。"


def asked_before_expiry(facts: Facts) -> str:
    """L6: more time is asked for before the deadline passes, the last day included."""
    deadline = facts.standing.deadline
    if deadline is None:
        return "还没有期限，不用申请延期。"
    if facts.today > deadline:
        return f"期限 {_said(deadline)} 已过，不能再申请延期。请抓紧整改，逾期如实记录。"
    return ""


def extension_left(facts: Facts) -> str:
    """R3.17: one extension by default; one request at a time."""
    if facts.standing.extension:
        return "已有一份延期申请在等答复。"
    terms, major = facts.terms, facts.standing.level == Level.MAJOR
    most = terms.extension_count_major if major else terms.extension_count_general
    return "" if facts.standing.extension_count < most else f"最多延期 {most} 次，已经用完。"


def extension_asked_well(facts: Facts) -> str:
    """L6: a request has a reason, a later day within the limit, and interim measures."""
    given, deadline = facts.given, facts.standing.deadline
    if not given.text.strip():
        return "请写明为什么到期完不成。"
    if not given.interim.strip():
        return "请写明延期期间的临时管控措施。"
    if given.deadline is None or (deadline is not None and given.deadline <= deadline):
        return "新期限要晚于现在的期限。"
    limit = _extension_limit(facts.standing, facts.terms)
    return "" if limit is None or given.deadline <= limit else f"新期限最迟到 {_said(limit)}。"


def _extension_limit(standing: Standing, terms: Terms) -> date | None:
    if standing.deadline is None or standing.first_deadline is None:
        return None
    if standing.level == Level.MAJOR:
        return months_after(_life_begins(standing, standing.first_deadline), terms.listing_extension_months)
    return standing.deadline + timedelta(days=terms.extension_days_general)


def _life_begins(standing: Standing, first_deadline: date) -> date:
    """Return the day from which a year is counted: the first deadline; of a later life the day it was ordered (L9)."""
    return max(first_deadline, standing.assigned_on or first_deadline)


def extension_doubts(
    level: str, *, asked_on: date, old_deadline: date, terms: Terms, calendar: WorkCalendar
) -> tuple[str, ...]:
    """Return what whoever answers a request should know of its time; customs, never a reason to refuse by itself.

    R3.17: within the last days before expiry. R3.24: a listed one well before expiry.
    """
    if level == Level.MAJOR:
        ahead = calendar.working_days_between(asked_on, old_deadline)
        if ahead < terms.listing_extension_lead_wd:
            return (f"挂牌隐患宜在到期前 {terms.listing_extension_lead_wd} 个工作日提出，这次提前 {ahead} 个工作日。",)
        return ()
    days = (old_deadline - asked_on).days
    if days > terms.extension_window_days:
        return (f"一般在到期前 {terms.extension_window_days} 日内提出，这次提前 {days} 日。",)
    return ()


def step_reached(facts: Facts) -> str:
    """L7: a step of R3.20 is taken when working days have climbed to it, not before."""
    asked, standing = facts.given.escalation, facts.standing
    if not asked:
        return ""
    deadline = standing.deadline if standing.state in RUNNING_STATES else None
    steps = climbed(standing.level, deadline, today=facts.today, terms=facts.terms, calendar=facts.calendar)
    if asked <= highest(steps):
        return ""
    return "逾期的工作日还没有到这一档。" if steps else "没有逾期，不用升级督办。"


def letter_due(facts: Facts) -> str:
    """R3.20: a 督办函 says that a deadline has passed, so one has; and it is not sent twice on one day."""
    standing = facts.standing
    if not facts.given.issue_paper:
        return ""
    if not is_overdue(standing.state, standing.deadline, today=facts.today):
        return "没有逾期，不出督办函。只催办的，请不要勾选“同时出文书”。"
    if standing.reminded_on == facts.today:
        return "今天已经催办过，督办函不重复出。请先看对方怎么答复，明天再出。"
    return ""


def extension_open(facts: Facts) -> str:
    """An answer needs a request."""
    return "" if facts.standing.extension else "没有等待答复的延期申请。"


def may_grant(facts: Facts) -> str:
    """L6, R3.17: who may grant: not the party nor the asker; for a major hazard the listing body."""
    if is_party(facts.standing, facts.doer):
        return "整改单位不能给自己延期。请由下达整改的单位答复。"
    if facts.pending.asked_by_id is not None and facts.pending.asked_by_id == facts.doer.user_id:
        return "代办申请的人不能自己答复。请换一位同事答复。"
    if facts.standing.level != Level.MAJOR or facts.standing.listing is None:
        return ""
    return listing_body(facts)


def still_to_come(facts: Facts) -> str:
    """L6: more time is granted up to a day that is still to come; what is late by then stays late."""
    new = facts.pending.new_deadline
    if new is None or new >= facts.today:
        return ""
    return f"申请的新期限 {_said(new)}已过，现在不能再同意。请办“不同意延期”；整改继续，逾期如实记录。"


def consent_papered(facts: Facts) -> str:
    """R3.17: for a major hazard the listing body's consent, on paper where that body is off the platform."""
    return closing_paper(facts)


def superior_deadline(facts: Facts) -> str:
    """R3.33: a deadline moved by the superior's list is adopted by an act; later only while it has not passed (L6)."""
    standing, new = facts.standing, facts.given.deadline
    if not standing.needs_superior:
        return "只有上级交办的事项才能取用上级期限。"
    if new is None or standing.deadline is None or new == standing.deadline:
        return "请填写上级清单上的新期限。"
    if new > standing.deadline and facts.today > standing.deadline:
        return "期限已过，不能再往后改。"
    if not facts.given.text.strip():
        return "请写明依据：上级清单的文号。"
    if not facts.given.from_list and not facts.given.papers():
        return "请附上级改期限的文件或清单（拍照或扫描件）。"
    return _not_before(facts) or _not_after(
        facts, from_day=_life_begins(standing, standing.first_deadline or facts.today)
    )


def months_after(day: date, months: int) -> date:
    """Return the same day some months later, or that month's last day."""
    index = day.month - 1 + months
    year, month = day.year + index // DECEMBER, index % DECEMBER + 1
    following = date(year + month // DECEMBER, month % DECEMBER + 1, 1)
    return min(date(year, month, 1) + timedelta(days=day.day - 1), following - ONE_DAY)


def stop_ends_on(suspended_on: date | None, resumed_on: date | None, *, terms: Terms) -> date | None:
    """Return the last day of a stop that stands (令15号 art. 14, R3.19), inclusive; None where nothing is stopped."""
    if suspended_on is None or resumed_on is not None:
        return None
    return months_after(suspended_on, terms.deadline_months_suspension)


def is_overdue(state: str, deadline: date | None, *, today: date) -> bool:
    """L7, R3.13: overdue is past its deadline and not handed in; computed, never stored."""
    return state in RUNNING_STATES and deadline is not None and today > deadline


def days_late(state: str, deadline: date | None, *, today: date) -> int:
    """Return how many days a hazard is overdue; 0 when it is not."""
    if deadline is None or not is_overdue(state, deadline, today=today):
        return 0
    return (today - deadline).days


def handed_in_late(deadline: date | None, *, on: date) -> bool:
    """R3.13: finishing late stays visible."""
    return deadline is not None and on > deadline


class Escalation(IntEnum):
    """The steps that an overdue hazard climbs (R3.20). Names, not colours."""

    NONE = 0
    REMIND = 1
    WARN = 2
    PRESS = 3
    BULLETIN = 4
    SUSPEND = 5
    INTERVIEW = 6


ESCALATION_NAMES: Final[dict[Escalation, str]] = {
    Escalation.NONE: "",
    Escalation.REMIND: "提醒",
    Escalation.WARN: "预警",
    Escalation.PRESS: "督办",
    Escalation.BULLETIN: "通报",
    Escalation.SUSPEND: "建议停产",
    Escalation.INTERVIEW: "约谈",
}
ESCALATION_ACTS: Final[dict[Escalation, str]] = {
    Escalation.NONE: "",
    Escalation.REMIND: "提醒责任单位和监管责任人",
    Escalation.WARN: "报领导小组和挂钩领导",
    Escalation.PRESS: "向村（社区）、部门发督办函",
    Escalation.BULLETIN: "列入通报",
    Escalation.SUSPEND: "向县（区）建议停产或关闭",
    Escalation.INTERVIEW: "约谈，并建议立案或移送",
}
MAJOR_ONLY: Final = frozenset({Escalation.WARN, Escalation.SUSPEND})


@dataclass(frozen=True, slots=True)
class Climbed:
    """One step reached: which, and the first day on which it was."""

    step: Escalation
    since: date


def escalation_days(terms: Terms) -> dict[Escalation, int]:
    """Return the working days after the deadline at which each step begins (R3.20)."""
    return {
        Escalation.REMIND: terms.escalation_remind_wd,
        Escalation.WARN: terms.escalation_warn_major_wd,
        Escalation.PRESS: terms.escalation_press_wd,
        Escalation.BULLETIN: terms.escalation_bulletin_wd,
        Escalation.SUSPEND: terms.escalation_suspend_major_wd,
        Escalation.INTERVIEW: terms.escalation_interview_wd,
    }


def climbed(level: str, deadline: date | None, *, today: date, terms: Terms, calendar: WorkCalendar) -> list[Climbed]:
    """Return the steps an overdue hazard has reached, in order; its own day 0 is the day after the deadline (R3.20).

    Counted in working days after the deadline; holidays do not climb. Not overdue: nothing.
    """
    if deadline is None or today <= deadline:
        return []
    reached = []
    for step, count in escalation_days(terms).items():
        if step in MAJOR_ONLY and level != Level.MAJOR:
            continue
        since = max(calendar.add_working_days(deadline, count), deadline + ONE_DAY)
        if since <= today:
            reached.append(Climbed(step, since))
    return sorted(reached, key=lambda one: (one.since, one.step))


def highest(steps: list[Climbed]) -> Escalation:
    """Return the highest step reached."""
    return max((one.step for one in steps), default=Escalation.NONE)


def is_warned(level: str, step: int) -> bool:
    """Tell whether a step is one that the leading group and the attached leader hear of: from the warning on."""
    return level == Level.MAJOR and step >= Escalation.WARN


def warned_since(
    level: str, deadline: date | None, *, today: date, terms: Terms, calendar: WorkCalendar
) -> date | None:
    """Return the day on which an overdue major hazard reached the warning, or None while it has not (R3.20)."""
    steps = climbed(level, deadline, today=today, terms=terms, calendar=calendar)
    return next((one.since for one in steps if one.step == Escalation.WARN), None)


def latest_deadline_for(step: Escalation, *, today: date, terms: Terms, calendar: WorkCalendar) -> date:
    """Return the latest deadline with which a hazard has reached a step today, so that lists can filter by it.

    The inverse of `climbed`: a hazard has reached the step exactly when its deadline is not after the result.
    """
    count = escalation_days(terms)[step]
    day = today - ONE_DAY
    while max(calendar.add_working_days(day, count), day + ONE_DAY) > today:
        day -= ONE_DAY
    return day


def _said(day: date) -> str:
    return f"{day.month}月{day.day}日"
