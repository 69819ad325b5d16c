"""What a person may do to what was read of a plan, beside its text: where to split, what may be joined."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import Final


class ClauseState(StrEnum):
    """Whether a person has looked at a clause. What was split or joined stays behind the new ones."""

    READ = "read"
    ACCEPTED = "accepted"
    SET_ASIDE = "set_aside"  # a person says that this orders nothing
    REPLACED = "replaced"  # by its parts, or by what it was joined into


NOBODYS: Final = ("guiding", "goal")  # sources of clauses that no unit can be given as a task


class PlanState(StrEnum):
    """Where a unit's sub-plan is (R9.3)."""

    MISSING = "missing"
    HANDED_IN = "handed_in"
    RETURNED = "returned"
    ACCEPTED = "accepted"


PLAN_NAMES: Final[dict[PlanState, str]] = {
    PlanState.MISSING: "未报",
    PlanState.HANDED_IN: "待审",
    PlanState.RETURNED: "已退回",
    PlanState.ACCEPTED: "已通过",
}
SUB_PLAN_DAYS: Final = 7  # days after the town's plan; R9.3, our proposal
_OWN: Final = (
    r"(?:(?!复[工产]|应急|处置|整改|治理|施工|演练|[，。；、,;]).){0,14}?方案"  # no plan of a site or a repair
)
_SUB_PLAN: Final = re.compile(rf"(?:制定|制订|细化|报送?|上报|提交){_OWN}|将{_OWN}(?:上?报|提交)")


def names_sub_plan(sentence: str) -> bool:
    """Tell whether an order asks for a unit's own plan of the campaign (R9.3): 报工作方案, 制定具体实施方案."""
    return _SUB_PLAN.search("".join(sentence.split())) is not None


def plan_due_on(*, asked: Iterable[date], issued_on: date, starts_on: date) -> date:
    """Return when a unit's sub-plan is due (R9.3): the earliest day that the plan itself sets, if it has not passed;
    seven days after the plan where it sets none. asked: the days of the orders that ask this unit for its plan."""
    ahead = [one for one in asked if one >= issued_on]
    return min(ahead, default=max(issued_on, starts_on) + timedelta(days=SUB_PLAN_DAYS))


class TaskState(StrEnum):
    """The states of a task (R9.4)."""

    NOT_STARTED = "not_started"
    UNDER_WAY = "under_way"
    DONE = "done"
    BEHIND = "behind"
    NEEDS_HELP = "needs_help"


TASK_NAMES: Final[dict[TaskState, str]] = {
    TaskState.NOT_STARTED: "未启动",
    TaskState.UNDER_WAY: "推进中",
    TaskState.DONE: "已完成",
    TaskState.BEHIND: "滞后",
    TaskState.NEEDS_HELP: "需协调",
}


WHOLE: Final = 100  # percent


def percent_meant(target: TaskState, typed: int | None, *, last: int) -> int:
    """Return the percentage of a report: what was typed; where nothing was, what the state says, or the last one."""
    if typed is not None:
        return typed
    return {TaskState.DONE: WHOLE, TaskState.NOT_STARTED: 0}.get(target, last)


def task_lacks(before: TaskState, target: TaskState, *, percent: int, note: str, papers: int) -> tuple[str, str] | None:
    """Tell what a report of a task lacks (R9.4): the field and the sentence; None where it holds together.

    before: the state reported last; papers: how many files came with this report.
    """
    said = bool(note.strip())
    refused = (
        (not 0 <= percent <= WHOLE, "percent", "完成比例请填 0 到 100。"),
        (
            target is TaskState.NOT_STARTED and percent != 0,
            "percent",
            f"选的是“未启动”，完成比例却是 {percent}%。已经动手请选“推进中”，没有动手请填 0。",
        ),
        (
            target is not TaskState.DONE and percent == WHOLE,
            "percent",
            "完成比例是 100%，请选“已完成”；还没办完请填小于 100 的数。",
        ),
        (
            target is TaskState.DONE and percent != WHOLE,
            "percent",
            f"选的是“已完成”，完成比例却是 {percent}%。真办完了请填 100 或者不填，没有办完请选“推进中”。",
        ),
        (
            target is TaskState.DONE and not papers,
            "proof",
            "报完成要有佐证：请上传照片或者文件，光写一句话不能算完成。",
        ),
        (
            target in {TaskState.BEHIND, TaskState.NEEDS_HELP} and not said,
            "note",
            "请写卡在哪里、需要谁帮什么。",
        ),
        (
            before is TaskState.DONE and target is not TaskState.DONE and not said,
            "note",
            "这件任务报过“已完成”。要改回没办完，请写清为什么。",
        ),
    )
    return next(((field, say) for wrong, field, say in refused if wrong), None)


def part_label(label: str, number: int) -> str:
    """Return the label of a part: 三(二)-1 becomes 三(二)-1a, 1b … 1z, 1aa."""
    letters = ""
    while number >= 0:
        letters = chr(ord("a") + number % 26) + letters
        number = number // 26 - 1
    return label + letters


def refused_cuts(text: str, cuts: Sequence[int]) -> str:
    """Tell why a sentence cannot be split there, or ""."""
    if not cuts:
        return "请选定从哪里拆开。"
    if list(cuts) != sorted(set(cuts)) or cuts[0] <= 0 or cuts[-1] >= len(text):
        return "拆开的位置不在这句话里，请刷新页面重选。"
    return ""


def refused_join(places: Sequence[tuple[int, int, int]]) -> str:
    """Tell why clauses cannot be joined, or "". places: paragraph, start, end of each, in the order of the text."""
    least = 2
    if len(places) < least:
        return "请选两条以上再合并。"
    if len({paragraph for paragraph, _, _ in places}) > 1:
        return "只有同一段里的相邻要求可以合并，选中的不在同一段。"
    return ""
