"""The life of a campaign as a table: each act, from which states, to which, by whom. What is not here is refused (R9.1a)."""
# ruff: noqa: E501 -- a table is read by column

from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from uuid import UUID

from bihuan.kernel.actor import Actor
from bihuan.kernel.errors import NotAllowed, Refusal
from bihuan.kernel.roles import ROLE_NAMES, Role


class CampaignState(StrEnum):
    """The states of R9.1a, and before them those of a file that is still being read."""

    READING = "reading"
    FAILED = "failed"
    DRAFT = "draft"
    ISSUED = "issued"
    RUNNING = "running"
    EXTENDED = "extended"
    CLOSING = "closing"
    ARCHIVED = "archived"
    DROPPED = "dropped"


STATE_NAMES: Final[dict[CampaignState, str]] = {
    CampaignState.READING: "正在读",
    CampaignState.FAILED: "没有读成",
    CampaignState.DRAFT: "待核对",
    CampaignState.ISSUED: "已下发",
    CampaignState.RUNNING: "进行中",
    CampaignState.EXTENDED: "已延期",
    CampaignState.CLOSING: "收尾中",
    CampaignState.ARCHIVED: "已归档",
    CampaignState.DROPPED: "已放弃",
}


class CampaignAct(StrEnum):
    """What can be done to a campaign."""

    EDIT = "edit"  # clauses and facts of the plan, beside its text
    MEASURE = "measure"  # which indicators a clause is measured by
    DROP = "drop"
    ISSUE = "issue"
    RECEIVE = "receive"
    PLAN = "plan"  # a unit's own body, leader and sub-plan
    REVIEW_PLAN = "review_plan"
    ASSIGN = "assign"  # tasks
    REASSIGN = "reassign"  # who does an order of an issued plan, and by when
    REPORT = "report"  # how far a unit's task is
    REGISTER = "register"  # meetings, key problems, led inspections, supervision
    RECORD = "record"  # what a unit or a leader did: an own meeting, a lesson, a led inspection
    CORRECT = "correct"  # take back a record that is wrong, with the reason
    ATTACH = "attach"  # documents that it is based on; the campaign that it runs beside
    EXTEND = "extend"
    CORRECT_END = "correct_end"  # what was written wrongly of the last extension
    CLOSE = "close"
    ARCHIVE = "archive"


ACT_NAMES: Final[dict[CampaignAct, str]] = {
    CampaignAct.EDIT: "核对方案",
    CampaignAct.MEASURE: "定指标",
    CampaignAct.DROP: "放弃",
    CampaignAct.ISSUE: "下发",
    CampaignAct.RECEIVE: "签收",
    CampaignAct.PLAN: "报子方案",
    CampaignAct.REVIEW_PLAN: "审子方案",
    CampaignAct.ASSIGN: "分解任务",
    CampaignAct.REASSIGN: "改责任单位和时限",
    CampaignAct.REPORT: "报进展",
    CampaignAct.REGISTER: "登记",
    CampaignAct.RECORD: "记录",
    CampaignAct.CORRECT: "更正记录",
    CampaignAct.ATTACH: "附文件",
    CampaignAct.EXTEND: "延期",
    CampaignAct.CORRECT_END: "更正延期",
    CampaignAct.CLOSE: "收尾",
    CampaignAct.ARCHIVE: "归档",
}


@dataclass(frozen=True, slots=True)
class CampaignStep:
    """One row. to: None leaves the state as it is. by: the roles that may; rule: what asks for it."""

    act: CampaignAct
    frm: tuple[CampaignState, ...]
    to: CampaignState | None
    by: frozenset[Role]
    rule: str


OFFICE: Final = frozenset({Role.SAFETY_OFFICE, Role.SAFETY_CHIEF})
SIGNING: Final = frozenset({Role.SAFETY_CHIEF, Role.COMMITTEE_CHAIR})
UNITS: Final = frozenset({Role.VILLAGE, Role.DEPARTMENT}) | OFFICE
DOING: Final = UNITS | {Role.LEADER, Role.COMMITTEE_CHAIR}
READING_DRAFTS: Final = OFFICE | SIGNING  # a draft, from its first reading on
READING_READY: Final = frozenset({Role.LEADER})  # one that is checked and waits for the signature
S, A = CampaignState, CampaignAct
LIVE: Final = (S.ISSUED, S.RUNNING, S.EXTENDED)
OPEN: Final = (S.DRAFT, *LIVE)

# A table is read by column, so the formatter leaves it alone.
# fmt: off
STEPS: Final[tuple[CampaignStep, ...]] = (
    CampaignStep(A.EDIT,        (S.DRAFT,),                        None,       OFFICE,  "R9.1"),
    CampaignStep(A.MEASURE,     OPEN,                              None,       OFFICE,  "R9.4"),
    CampaignStep(A.DROP,        (S.READING, S.FAILED, S.DRAFT),    S.DROPPED,  OFFICE,  "R9.1a"),
    CampaignStep(A.ISSUE,       (S.DRAFT,),                        S.ISSUED,   SIGNING, "R9.1a"),
    CampaignStep(A.RECEIVE,     (S.ISSUED,),                       S.RUNNING,  UNITS,   "R9.1a"),
    CampaignStep(A.RECEIVE,     (S.RUNNING, S.EXTENDED),           None,       UNITS,   "R9.1a"),
    CampaignStep(A.PLAN,        LIVE,                              None,       UNITS,   "R9.3"),
    CampaignStep(A.REVIEW_PLAN, LIVE,                              None,       OFFICE,  "R9.3"),
    CampaignStep(A.ASSIGN,      LIVE,                              None,       OFFICE,  "R9.4"),
    CampaignStep(A.REASSIGN,    LIVE,                              None,       OFFICE,  "R9.4"),
    CampaignStep(A.REPORT,      LIVE,                              None,       UNITS,   "R9.4"),
    CampaignStep(A.REGISTER,    LIVE,                              None,       OFFICE,  "R9.6"),
    CampaignStep(A.RECORD,      LIVE,                              None,       DOING,   "R9.6"),
    CampaignStep(A.CORRECT,     (*LIVE, S.CLOSING),                None,       OFFICE,  "R9.1a"),
    CampaignStep(A.ATTACH,      OPEN,                              None,       OFFICE,  "R9.1"),
    CampaignStep(A.EXTEND,      LIVE,                              S.EXTENDED, SIGNING, "R9.14"),
    CampaignStep(A.CORRECT_END, (S.EXTENDED,),                     None,       SIGNING, "R9.14"),
    CampaignStep(A.CLOSE,       (S.RUNNING, S.EXTENDED),           S.CLOSING,  SIGNING, "R9.15"),
    CampaignStep(A.ARCHIVE,     (S.CLOSING,),                      S.ARCHIVED, SIGNING, "R9.15"),
)
# fmt: on


def step_for(act: CampaignAct, state: CampaignState) -> CampaignStep | None:
    """Return the row of an act in a state, None where it is not in the table."""
    return next((step for step in STEPS if step.act is act and state in step.frm), None)


def may(actor: Actor, act: CampaignAct, state: CampaignState, *, path: str) -> bool:
    """Tell whether this person may do this to a campaign of the town at `path`, as it stands."""
    step = step_for(act, state)
    return step is not None and bool(_held(actor, act, path) & step.by)


def must(actor: Actor, act: CampaignAct, state: CampaignState, *, path: str) -> CampaignState:
    """Return the state after an act. Raises NotAllowed for whoever may never, Refusal where the state bars it."""
    allowed = frozenset(role for step in STEPS if step.act is act for role in step.by)
    if not _held(actor, act, path) & allowed:
        who = "、".join(ROLE_NAMES[role] for role in Role if role in allowed)
        raise NotAllowed("campaigns.not_allowed", f"“{ACT_NAMES[act]}”由{who}办，您的岗位没有这个权限。")
    step = step_for(act, state)
    if step is None:
        raise Refusal(
            "campaigns.wrong_state", f"专项行动{STATE_NAMES[state]}，现在不能{ACT_NAMES[act]}。请刷新页面看最新情况。"
        )
    return step.to or state


def may_or_reads(actor: Actor, act: CampaignAct, state: CampaignState, *, path: str, writes: bool) -> bool:
    """Tell whether this person may do this; whoever may not still reads the page of it while the plan is a draft.

    writes: a form was sent. Raises as `must` where there is nothing to read either.
    """
    if may(actor, act, state, path=path):
        return True
    if writes or state is not CampaignState.DRAFT:
        must(actor, act, state, path=path)
    return False


def _held(actor: Actor, act: CampaignAct, path: str) -> frozenset[Role]:
    """Return the roles that count: for the acts of a unit those of the unit's people, else those over the town."""
    if act in {A.RECEIVE, A.PLAN, A.REPORT, A.RECORD}:
        return frozenset(held.role for held in actor.roles)
    return actor.roles_over(path=path)


ADMINS: Final = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN})


def units_of_actor(actor: Actor) -> list[UUID]:
    """Return the units whose part in a campaign is this person's own; administrators see no business (R10.13)."""
    works = any(held.role not in ADMINS for held in actor.roles)
    return list(actor.own_units) if works else []
