"""L5 and R3.8–R3.10: the five arrangements, the six-part plan, interim measures."""

from datetime import date
from typing import Final

from bihuan.hazards.rules.facts import Arrangements, Facts, SixParts, Standing
from bihuan.hazards.rules.states import DeadlineKind, Level, State

FIVE: Final[tuple[tuple[str, str], ...]] = (
    ("duty", "责任"),
    ("measures", "措施"),
    ("funds", "资金"),
    ("time", "时限"),
    ("plan", "预案"),
)
SIX: Final[tuple[tuple[str, str], ...]] = (
    ("goals", "目标和任务"),
    ("methods", "方法和措施"),
    ("funds", "经费和物资"),
    ("organ_persons", "机构和人员"),
    ("time_limits", "时限和要求"),
    ("emergency", "安全措施和应急预案"),
)


def missing_of_five(arrangements: Arrangements | None) -> tuple[str, ...]:
    """Return the Chinese names of the arrangements still empty."""
    given = arrangements or Arrangements()
    return tuple(name for field, name in FIVE if not str(getattr(given, field)).strip())


def missing_of_six(plan: SixParts | None) -> tuple[str, ...]:
    """Return the Chinese names of the plan's parts still empty."""
    given = plan or SixParts()
    return tuple(name for field, name in SIX if not str(getattr(given, field)).strip())


def five_from_six(plan: SixParts) -> Arrangements:
    """Map the six parts onto the five arrangements (R3.9)."""
    return Arrangements(
        duty=plan.organ_persons,
        measures="\n".join(part for part in (plan.goals, plan.methods) if part.strip()),
        funds=plan.funds,
        time=plan.time_limits,
        plan=plan.emergency,
    )


def needs_five(standing: Standing, *, today: date) -> bool:
    """Tell whether all five arrangements are required: always, but for a general hazard to be fixed this very day."""
    if standing.level == Level.MAJOR:
        return True
    same_day = standing.deadline_kind == DeadlineKind.SAME_DAY
    return not (same_day and standing.deadline is not None and today <= standing.deadline)


def five_arranged(facts: Facts) -> str:
    """L5: without all five a hazard that can't be fixed the same day does not leave `assigned`."""
    if facts.standing.arranged or not needs_five(facts.standing, today=facts.today):
        return ""
    return "五落实（责任、措施、资金、时限、预案）还没有填齐，填齐后才能开始整改。"


def arranged_for_more_time(facts: Facts) -> str:
    """L5: what was to be fixed the same day and asks for more time has the five arrangements first."""
    if facts.standing.arranged:
        return ""
    return "要延期的不是当日能改完的。请先把五落实（责任、措施、资金、时限、预案）填齐，再申请延期。"


def arranged_for_later(facts: Facts) -> str:
    """L5: what was accepted to be fixed the same day is moved to a later day only with the five arrangements."""
    standing, new = facts.standing, facts.given.deadline
    if standing.arranged or standing.state != State.RECTIFYING:
        return ""
    if new is None or standing.deadline is None or new <= standing.deadline:
        return ""
    return "期限往后改的不是当日能改完的。请先把五落实（责任、措施、资金、时限、预案）填齐，再取用上级期限。"


def major_arranged(facts: Facts) -> str:
    """L4: a hazard raised to major while being worked on has all five before it is handed in or accepted."""
    if facts.standing.level != Level.MAJOR:
        return ""
    return five_arranged(facts)


def interim_in_place(facts: Facts) -> str:
    """L4, R3.10: a major hazard has interim measures before anybody works on it."""
    if facts.standing.level != Level.MAJOR or facts.standing.has_interim:
        return ""
    return "重大隐患要先写明临时管控措施，才能开始整改。"


def says_something_arranged(facts: Facts) -> str:
    """Arrangements may be filled in bit by bit, but not with nothing."""
    given = facts.given
    if given.interim.strip() or len(missing_of_five(given.arrangements)) < len(FIVE):
        return ""
    return "请至少填写一项：责任、措施、资金、时限、预案或临时管控措施。"


def six_parts_given(facts: Facts) -> str:
    """R3.8: a governance plan has all six parts."""
    missing = missing_of_six(facts.given.plan)
    return f"治理方案缺：{'、'.join(missing)}。六项都要填写。" if missing else ""
