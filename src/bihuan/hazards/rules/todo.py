"""Why a hazard stands on somebody's workbench: one line of reason with rule, days and what is lacking."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from bihuan.hazards.rules.acts import WORDS, Act
from bihuan.hazards.rules.deadlines import ESCALATION_ACTS, ESCALATION_NAMES, Escalation
from bihuan.hazards.rules.states import Holder
from bihuan.kernel.roles import Role

HOLDERS: Final[dict[Role, Holder]] = {
    Role.SAFETY_OFFICE: Holder.OFFICE,
    Role.SAFETY_CHIEF: Holder.OFFICE,
    Role.COMMITTEE_CHAIR: Holder.COMMITTEE,
    Role.DEPARTMENT: Holder.DEPARTMENT,
    Role.INSPECTOR: Holder.DEPARTMENT,
    Role.VILLAGE: Holder.UNIT,
    Role.PRINCIPAL: Holder.ENTERPRISE,
    Role.SAFETY_OFFICER: Holder.ENTERPRISE,
    Role.SUPERIOR: Holder.SUPERIOR,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Todo:
    """What a reason is made of."""

    act: str
    due_on: date | None
    found_on: date
    deadline: date | None = None
    graded_on: date | None = None
    major_since: date | None = None
    assigned_on: date | None = None
    rectified_on: date | None = None
    photos: int = 0
    documents: int = 0
    round: int = 0
    failed: int = 0


# Where the button names the good answer, the to-do names the question.
_ASKED: Final[dict[Act, str]] = {
    Act.PASS: "复查",
    Act.CHECK_EXPIRED: "到期复查",
    Act.RESUME: "审查恢复",
    Act.GRANT_EXTENSION: "答复延期",
    Act.SUPERIOR_ACCEPT: "认可",
    Act.ACCEPT_LISTING: "组织验收",
    Act.APPROVE_INVALID: "审批作废",
    Act.APPROVE_LOWERING: "审批降级",
}


def verb_for(act: str) -> str:
    """Return the words under which an act is asked for."""
    return _ASKED.get(Act(act), WORDS[Act(act)].button) if act else "查看"


def reason_for(todo: Todo) -> str:
    """Return one line that says why this waits, and by when."""
    say = _REASONS.get(Act(todo.act)) if todo.act else None
    return say(todo) if say else ""


def pressing_reason(step: Escalation, *, deadline: date, working_days: int, review_by: date, seen: str = "") -> str:
    """Return why an overdue hazard must be pressed (R3.20), and when it was, or is to be, looked at on site (R3.16)."""
    visit = seen or f"应在 {day_text(review_by)}前到现场复查"
    return (
        f"限期 {day_text(deadline)}，未提交整改；过了 {working_days} 个工作日，"
        f"到“{ESCALATION_NAMES[step]}”一步：{ESCALATION_ACTS[step]}；{visit}"
    )


def seen_words(checked_on: date | None, *, deadline: date, fixed: bool | None) -> str:
    """Return what a visit since the deadline saw; "" where nobody has gone (R3.16)."""
    if checked_on is None or checked_on <= deadline:
        return ""
    return f"{day_text(checked_on)} 到现场复查：{'已整改，等提交' if fixed else '仍未整改'}"


def check_reason(*, deadline: date, review_by: date) -> str:
    """Return why somebody must go and see after a deadline without a hand-in (R3.16)."""
    return f"限期 {day_text(deadline)} 已过，没有提交整改；{day_text(review_by)}前到现场查看，双方签字"


def day_text(day: date | None) -> str:
    """Return a day as people say it."""
    return f"{day.month}月{day.day}日" if day else "未定日期"


def _by(todo: Todo) -> str:
    return f"应在 {day_text(todo.due_on)}前" if todo.due_on else "尽快"


def _hand_in(todo: Todo) -> str:
    again = f"；已退回 {todo.failed} 次" if todo.failed else ""
    return f"限期 {day_text(todo.deadline)}，等提交整改照片和说明{again}"


def _handed_in(todo: Todo) -> str:
    return f"{day_text(todo.rectified_on)} 提交整改；" if todo.rectified_on else ""


def _review(todo: Todo) -> str:
    return f"{day_text(todo.rectified_on)} 提交整改，{_by(todo)}复查；照片 {todo.photos} 张、材料 {todo.documents} 份"


_REASONS: Final[dict[Act, Callable[[Todo], str]]] = {
    Act.CONFIRM: lambda todo: f"{day_text(todo.found_on)} 发现，{_by(todo)}核实定级",
    Act.COUNTERSIGN: lambda todo: f"{day_text(todo.graded_on)} 定为重大，等第二人复核判定依据",
    Act.ASSIGN: lambda todo: f"{day_text(todo.graded_on)} 定级，{_by(todo)}下达整改",
    Act.ARRANGE: lambda todo: f"五落实或临时管控没有填齐，补齐前不能开始整改；限期 {day_text(todo.deadline)}",
    Act.ACCEPT: lambda todo: f"{day_text(todo.assigned_on)} 下达，等签收；期限 {day_text(todo.deadline)} 照走",
    Act.HAND_IN: _hand_in,
    Act.PASS: _review,
    Act.APPLY_RESUMPTION: lambda todo: (
        f"{_handed_in(todo)}停产停用还没有申请恢复，请附结果和评估书面申请；同意后才能销号"
    ),
    Act.RESUME: lambda todo: f"{_handed_in(todo)}停产停用还没有同意恢复，{_by(todo)}到现场审查；同意后才能销号",
    Act.SUBMIT_SUPERIOR: lambda _: "本镇已复查合格，举一反三已填报，请报上级认可",
    Act.SUPERIOR_ACCEPT: lambda _: "已报上级，等认可",
    Act.GRANT_EXTENSION: lambda todo: f"申请延期，限期 {day_text(todo.deadline)}；{_by(todo)}答复",
    Act.PROPOSE_LISTING: lambda todo: f"{day_text(todo.major_since)} 定为重大，{_by(todo)}提请挂牌督办",
    Act.LIST: lambda todo: f"已提请挂牌，{_by(todo)}签发督办通知书",
    Act.HAND_IN_PLAN: lambda todo: f"已挂牌，{_by(todo)}提交六项齐全的治理方案",
    Act.APPLY_ACCEPTANCE: lambda todo: f"{day_text(todo.rectified_on)} 提交整改，等书面申请验收",
    Act.ACCEPT_LISTING: lambda todo: f"已申请验收，{_by(todo)}到现场验收，至少 2 人",
    Act.DELIST: lambda todo: f"验收合格，{_by(todo)}签发摘牌通知",
}
