"""The life of a return as a table: each act, from which states, to which, by whom. What is not here is refused (R9.7)."""
# ruff: noqa: E501 -- a table is read by column

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bihuan.campaigns.rules.life import OFFICE, SIGNING
from bihuan.kernel.errors import NotAllowed, Refusal
from bihuan.kernel.roles import Role


class ReturnState(StrEnum):
    """Where a return is."""

    FILLING = "filling"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    CHECKED = "checked"
    LOCKED = "locked"


STATE_NAMES: Final[dict[ReturnState, str]] = {
    ReturnState.FILLING: "填报中",
    ReturnState.SUBMITTED: "待审核",
    ReturnState.RETURNED: "已退回",
    ReturnState.CHECKED: "已审核",
    ReturnState.LOCKED: "已锁定",
}


class ReturnAct(StrEnum):
    """What can be done to a return."""

    TYPE = "type"  # a figure that the platform does not have, with a reason
    SUBMIT = "submit"
    SEND_BACK = "send_back"
    CHECK = "check"
    LOCK = "lock"
    RECEIPT = "receipt"  # the number that the superior's system gave
    CORRECT = "correct"  # open a locked one again, as a new version


ACT_NAMES: Final[dict[ReturnAct, str]] = {
    ReturnAct.TYPE: "填写",
    ReturnAct.SUBMIT: "报送",
    ReturnAct.SEND_BACK: "退回",
    ReturnAct.CHECK: "审核通过",
    ReturnAct.LOCK: "锁定",
    ReturnAct.RECEIPT: "记回执号",
    ReturnAct.CORRECT: "更正",
}


class Hand(StrEnum):
    """Who may act on a return."""

    FILLER = "filler"  # people of the unit that owes it; the office for it
    OFFICE = "office"  # the town's safety office
    CHIEF = "chief"  # who signs for the town
    LEADER = "leader"  # the chair and the leaders of the town, for a return of the town itself


HAND_NAMES: Final[dict[Hand, str]] = {
    Hand.FILLER: "填报单位",
    Hand.OFFICE: "安监办",
    Hand.CHIEF: "安监办主任",
    Hand.LEADER: "安委会主任或者镇领导",
}
LEADERS: Final = frozenset({Role.COMMITTEE_CHAIR, Role.LEADER})
HAND_ROLES: Final = {Hand.OFFICE: OFFICE, Hand.CHIEF: SIGNING, Hand.LEADER: LEADERS}


@dataclass(frozen=True, slots=True)
class ReturnStep:
    """One row. to: None leaves the state as it is. other: must be done by another person than who submitted."""

    act: ReturnAct
    frm: tuple[ReturnState, ...]
    to: ReturnState | None
    by: Hand
    rule: str
    other: bool = False


S, A = ReturnState, ReturnAct
OPEN: Final = (S.FILLING, S.RETURNED)

# A table is read by column, so the formatter leaves it alone.
# fmt: off
STEPS: Final[tuple[ReturnStep, ...]] = (
    ReturnStep(A.TYPE,      OPEN,                      None,        Hand.FILLER, "R9.8"),
    ReturnStep(A.SUBMIT,    OPEN,                      S.SUBMITTED, Hand.FILLER, "R9.7"),
    ReturnStep(A.SEND_BACK, (S.SUBMITTED, S.CHECKED),  S.RETURNED,  Hand.OFFICE, "R9.7", other=True),
    ReturnStep(A.SEND_BACK, (S.SUBMITTED, S.CHECKED),  S.RETURNED,  Hand.LEADER, "R9.7", other=True),
    ReturnStep(A.CHECK,     (S.SUBMITTED,),            S.CHECKED,   Hand.OFFICE, "R9.7", other=True),
    ReturnStep(A.CHECK,     (S.SUBMITTED,),            S.CHECKED,   Hand.LEADER, "R9.7", other=True),
    ReturnStep(A.LOCK,      (S.CHECKED,),              S.LOCKED,    Hand.OFFICE, "R9.7"),
    ReturnStep(A.RECEIPT,   (S.CHECKED, S.LOCKED),     None,        Hand.OFFICE, "R9.7"),
    ReturnStep(A.CORRECT,   (S.LOCKED,),               S.FILLING,   Hand.CHIEF,  "R9.7"),
)
# fmt: on


def step_for(act: ReturnAct, state: ReturnState) -> ReturnStep | None:
    """Return the row of an act in a state, None where it is not in the table."""
    return next((step for step in STEPS if step.act is act and state in step.frm), None)


def open_acts(state: ReturnState, hands: Collection[Hand], *, is_own: bool) -> list[ReturnAct]:
    """Return what somebody may do now. is_own: this person submitted it."""
    found = [step.act for step in STEPS if state in step.frm and step.by in hands and not (step.other and is_own)]
    return list(dict.fromkeys(found))


def must(act: ReturnAct, state: ReturnState, hands: Collection[Hand], *, is_own: bool) -> ReturnState:
    """Return the state after an act. Raises NotAllowed for whoever may never, Refusal where the state bars it."""
    by = list(dict.fromkeys(step.by for step in STEPS if step.act is act))
    if not any(one in hands for one in by):
        raise NotAllowed("returns.not_allowed", f"“{ACT_NAMES[act]}”由{HAND_NAMES[by[0]]}办，您的岗位没有这个权限。")
    step = step_for(act, state)
    if step is None:
        raise Refusal(
            "returns.wrong_state", f"报表{STATE_NAMES[state]}，现在不能{ACT_NAMES[act]}。请刷新页面看最新情况。"
        )
    if step.other and is_own:
        raise NotAllowed(
            "returns.four_eyes",
            "报送和审核、退回不能是同一个人。请交另一位同事；镇的报表，安委会主任和镇领导也可以审核。",
        )
    return step.to or state
