"""R3.16: what a deadline that passed without a hand-in asks of the inspectors: to go and see, within so many days."""

from typing import Final

from bihuan.hazards.rules.deadlines import is_overdue
from bihuan.hazards.rules.facts import Facts, Standing
from bihuan.hazards.rules.proof import signed_or_refused
from bihuan.hazards.rules.states import FileRole

FIXED: Final = "已整改"
UNFIXED: Final = "未整改"


def deadline_passed(facts: Facts) -> str:
    """There is something to go and see when the deadline has passed and nothing was handed in."""
    standing = facts.standing
    if is_overdue(standing.state, standing.deadline, today=facts.today):
        return ""
    return "期限还没有过，不用到期复查。"


def is_checked(standing: Standing) -> bool:
    """Tell whether somebody went and saw since the deadline that stands has passed."""
    checked, deadline = standing.expiry_checked_on, standing.deadline
    return checked is not None and deadline is not None and checked > deadline


def outcome_said(facts: Facts) -> str:
    """The visit says what it found: fixed, or not."""
    return "请选现场是“已整改”还是“未整改”。" if facts.given.fixed is None else ""


def seen_there(facts: Facts) -> str:
    """The visit shows that somebody was there."""
    if any(one.role == FileRole.SITE for one in facts.given.files):
        return ""
    return "请附在现场拍的照片。"


def opinion_by_both(facts: Facts) -> str:
    """The opinion of a visit is signed by both sides, or says that the other side would not (令15号)."""
    return signed_or_refused(facts)


def outcome_words(*, fixed: bool, days_late: int) -> str:
    """Return what a visit found, as the trail says it."""
    if fixed:
        return "到期复查：现场已整改，等责任单位提交整改"
    return f"到期复查：逾期 {days_late} 天仍未整改"
