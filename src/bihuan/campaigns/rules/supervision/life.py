"""The lives of rounds, problems, bulletins, interviews and cases as tables: what is not here is refused (R9.9 to R9.12)."""
# ruff: noqa: E501 -- a table is read by column

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from bihuan.campaigns.rules.life import OFFICE, SIGNING, UNITS
from bihuan.campaigns.rules.supervision.states import (
    BULLETIN_ACTS,
    BULLETIN_NAMES,
    CASE_ACTS,
    CASE_NAMES,
    FINDING_ACTS,
    FINDING_NAMES,
    INTERVIEW_ACTS,
    INTERVIEW_NAMES,
    ROUND_ACTS,
    ROUND_NAMES,
    BulletinAct,
    BulletinKind,
    BulletinState,
    CaseAct,
    CaseState,
    FindingAct,
    FindingSide,
    FindingState,
    InterviewAct,
    InterviewState,
    RoundAct,
    RoundState,
)
from bihuan.kernel.actor import Actor
from bihuan.kernel.errors import NotAllowed, Refusal
from bihuan.kernel.roles import ROLE_NAMES, Role


@dataclass(frozen=True, slots=True)
class Facts:
    """What the guards look at. kind: of a bulletin. side: of a problem. unit_findings: noted of the unit; open_ones: not
    yet confirmed, or not yet replied. reply_passed: the last day for replies is over. unweighed: replies
    that nobody has decided on. received: the notice was signed for. reason: why, in words. drafted: who acts wrote the
    text. for_other: who acts speaks for the unit (代办); speaker: who of the unit could log in and speak; papers: how
    many are attached. own_word: who acts gave the answer that is to be judged."""

    kind: str = ""
    side: str = ""
    unit_findings: int = 0
    open_ones: int = 0
    units: int = 0
    reply_passed: bool = False
    unweighed: int = 0
    received: bool = False
    reason: str = ""
    drafted: bool = False
    for_other: bool = False
    speaker: str = ""
    papers: int = 0
    own_word: bool = False


Guard = Callable[[Facts], str]


@dataclass(frozen=True, slots=True)
class Step:
    """One row. to: None leaves the state as it is. own: done by the unit's own people (or the office for them)."""

    act: StrEnum
    frm: tuple[StrEnum, ...]
    to: StrEnum | None
    by: frozenset[Role]
    rule: str
    needs: tuple[Guard, ...] = ()
    own: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """The life of one kind of thing. thing: its Chinese name."""

    thing: str
    states: type[StrEnum]
    acts: type[StrEnum]
    names: Mapping[Any, str]
    act_names: Mapping[Any, str]
    steps: tuple[Step, ...]


# -- guards: "" passes, a sentence refuses
def has_reason(facts: Facts) -> str:
    return "" if facts.reason.strip() else "请写明理由。"


def has_unit_findings(facts: Facts) -> str:
    return "" if facts.unit_findings else "没有记下单位的问题，不用反馈；可以直接办结。"


def all_confirmed(facts: Facts) -> str:
    return f"还有 {facts.open_ones} 个单位的问题没有确认整改，不能办结。" if facts.open_ones else ""


def no_unit_findings(facts: Facts) -> str:
    return "记下了单位的问题，要先反馈、整改，再办结。" if facts.unit_findings else ""


def of_unit(facts: Facts) -> str:
    return "" if facts.side == FindingSide.UNIT else "企业的问题走隐患整改，不在这里报整改。"


def of_firm(facts: Facts) -> str:
    return "" if facts.side == FindingSide.FIRM else "单位自己的问题由单位整改，不登记为隐患。"


def is_criticism(facts: Facts) -> str:
    return "" if facts.kind == BulletinKind.CRITICISM else "只有通报批评要听取申辩、跟踪改正。"


def not_criticism(facts: Facts) -> str:
    return "通报批评印发前要先听取被通报单位的申辩。" if facts.kind == BulletinKind.CRITICISM else ""


def has_units(facts: Facts) -> str:
    if facts.kind in {BulletinKind.WEEKLY, BulletinKind.SUMMARY}:
        return ""
    return "" if facts.units else "通报里一个单位也没有。请先选单位，或者撤回。"


def heard(facts: Facts) -> str:
    if facts.open_ones and not facts.reply_passed:
        return f"还有 {facts.open_ones} 个单位没有申辩，申辩期限也没有到，现在不能印发。"
    return ""


def weighed(facts: Facts) -> str:
    if facts.unweighed:
        return f"还有 {facts.unweighed} 个单位的申辩没有写明采纳不采纳，不能印发。"
    return ""


def by_another(facts: Facts) -> str:
    """The drafter accuses; somebody else weighs the reply and signs (R9.10)."""
    return "这份通报是您拟的，采纳不采纳、印发由另一位负责人定。" if facts.drafted else ""


def no_drafter(facts: Facts) -> str:
    """Whoever accuses does not answer for the accused (R9.10)."""
    return "这份通报是您拟的，不能替被通报的单位说话。" if facts.drafted and facts.for_other else ""


def speaks_itself(facts: Facts) -> str:
    if facts.for_other and facts.speaker:
        return f"这个单位在平台上，不能代办。请由{facts.speaker}登录后自己办理。"
    return ""


def has_paper_for_others(facts: Facts) -> str:
    if facts.for_other and not facts.papers:
        return "代办请附单位签字或盖章的纸质凭据（拍照即可）。"
    return ""


def another_judges(facts: Facts) -> str:
    return "这一条是您代办报的，请换一位同事确认。" if facts.own_word else ""


def not_received(facts: Facts) -> str:
    return "这份约谈通知已经签收过了。" if facts.received else ""


OF_THE_DOER: Final = (
    by_another,
    no_drafter,
    speaks_itself,
    another_judges,
)  # what is asked of the person, not of the thing
FOR_UNIT: Final = (no_drafter, speaks_itself, has_paper_for_others)  # what 代办 asks for

B, R, F, I, C = BulletinState, RoundState, FindingState, InterviewState, CaseState  # noqa: E741 -- columns
SUPERVISORS: Final = OFFICE | {Role.SUPERVISION_GROUP}
OPEN_BULLETIN: Final = (B.DRAFT, B.ASKED, B.REPLIED)

# fmt: off
ROUND: Final = Table("督查", RoundState, RoundAct, ROUND_NAMES, ROUND_ACTS, (
    Step(RoundAct.HOLD,      (R.PLANNED,),  R.HELD,      SUPERVISORS, "R9.9"),
    Step(RoundAct.CANCEL,    (R.PLANNED,),  R.CANCELLED, OFFICE,      "R9.9", (has_reason,)),
    Step(RoundAct.ADD,       (R.HELD,),     None,        SUPERVISORS, "R9.9"),
    Step(RoundAct.FEED_BACK, (R.HELD,),     R.FED_BACK,  OFFICE,      "R9.9", (has_unit_findings,)),
    Step(RoundAct.CLOSE,     (R.HELD,),     R.CLOSED,    OFFICE,      "R9.9", (no_unit_findings,)),
    Step(RoundAct.CLOSE,     (R.FED_BACK,), R.CLOSED,    OFFICE,      "R9.9", (all_confirmed,)),
))
FINDING: Final = Table("督查问题", FindingState, FindingAct, FINDING_NAMES, FINDING_ACTS, (
    Step(FindingAct.ASK,       (F.NOTED,),    F.ASKED,     OFFICE,      "R9.9", (of_unit,)),
    Step(FindingAct.ANSWER,    (F.ASKED,),    F.ANSWERED,  UNITS,       "R9.9", (of_unit, has_reason, *FOR_UNIT), own=True),
    Step(FindingAct.CONFIRM,   (F.ANSWERED,), F.CONFIRMED, OFFICE,      "R9.9", (another_judges,)),
    Step(FindingAct.SEND_BACK, (F.ANSWERED,), F.ASKED,     OFFICE,      "R9.9", (has_reason,)),
    Step(FindingAct.ENTER,     (F.NOTED,),    F.ENTERED,   OFFICE,      "R9.9", (of_firm,)),
    Step(FindingAct.SET_ASIDE, (F.NOTED,),    F.ASIDE,     OFFICE,      "R9.9", (of_firm, has_reason)),
))
BULLETIN: Final = Table("稿件", BulletinState, BulletinAct, BULLETIN_NAMES, BULLETIN_ACTS, (
    Step(BulletinAct.EDIT,      (B.DRAFT,),             None,        SUPERVISORS, "R9.10"),
    Step(BulletinAct.EDIT,      (B.ASKED, B.REPLIED),   B.DRAFT,     OFFICE,  "R9.10"),
    Step(BulletinAct.ASK,       (B.DRAFT,),             B.ASKED,     OFFICE,  "R9.10", (is_criticism, has_units)),
    Step(BulletinAct.REPLY,     (B.ASKED,),             None,        UNITS,   "R9.10", (has_reason, *FOR_UNIT), own=True),
    Step(BulletinAct.LAST_REPLY, (B.ASKED,),           B.REPLIED,   UNITS,   "R9.10", (has_reason, *FOR_UNIT), own=True),
    Step(BulletinAct.HEAR,      (B.ASKED, B.REPLIED),   None,        SIGNING, "R9.10", (has_reason, by_another)),
    Step(BulletinAct.ISSUE,     (B.DRAFT,),             B.ISSUED,    SIGNING, "R9.10", (not_criticism, has_units)),
    Step(BulletinAct.ISSUE,     (B.ASKED, B.REPLIED),   B.ISSUED,    SIGNING, "R9.10", (has_units, by_another, heard, weighed)),
    Step(BulletinAct.ANSWER,    (B.ISSUED,),            None,        UNITS,   "R9.10", (is_criticism, has_reason, *FOR_UNIT), own=True),
    Step(BulletinAct.CONFIRM,   (B.ISSUED,),            None,        OFFICE,  "R9.10", (is_criticism, another_judges)),
    Step(BulletinAct.LAST_CONFIRM, (B.ISSUED,),        B.CORRECTED, OFFICE,  "R9.10", (is_criticism, another_judges)),
    Step(BulletinAct.SEND_BACK, (B.ISSUED,),            None,        OFFICE,  "R9.10", (is_criticism, has_reason)),
    Step(BulletinAct.WITHDRAW,  OPEN_BULLETIN,          B.WITHDRAWN, OFFICE,  "R9.10", (has_reason,)),
))
INTERVIEW: Final = Table("约谈", InterviewState, InterviewAct, INTERVIEW_NAMES, INTERVIEW_ACTS, (
    Step(InterviewAct.RECEIVE,   (I.NOTICED,), None,          UNITS,  "R9.11", (not_received,), own=True),
    Step(InterviewAct.HOLD,      (I.NOTICED,), I.HELD,        OFFICE, "R9.11"),
    Step(InterviewAct.CANCEL,    (I.NOTICED,), I.CANCELLED,   OFFICE, "R9.11", (has_reason,)),
    Step(InterviewAct.FOLLOW_UP, (I.HELD,),    I.FOLLOWED_UP, OFFICE, "R9.11", (has_reason,)),
    Step(InterviewAct.POSTPONE,  (I.HELD,),    None,          OFFICE, "R9.11", (has_reason,)),
))
CASE: Final = Table("问责", CaseState, CaseAct, CASE_NAMES, CASE_ACTS, (
    Step(CaseAct.DECIDE, (C.HANDED_OVER,),                         C.DECIDED,     SIGNING, "R9.12"),
    Step(CaseAct.DROP,   (C.HANDED_OVER,),                         C.NOT_PURSUED, SIGNING, "R9.12", (has_reason,)),
    Step(CaseAct.SEAL,   (C.HANDED_OVER, C.DECIDED, C.NOT_PURSUED), None,         OFFICE,  "R9.12"),
))
# fmt: on
TABLES: Final = (ROUND, FINDING, BULLETIN, INTERVIEW, CASE)
# Who begins each: plans a round, drafts a bulletin, notifies of an interview, hands a case over.
PLANNING: Final = OFFICE
DRAFTING: Final = OFFICE
CIRCULATING: Final = SUPERVISORS  # drafts a circular; to hear the units and to issue it is for others
CALLING: Final = OFFICE | SIGNING
HANDING_OVER: Final = SIGNING
FOR_CANDIDATES: Final = OFFICE | SIGNING | {Role.SUPERVISION_GROUP}  # who sees who may be criticised, and drafts of it
FOR_CASES: Final = OFFICE | SIGNING | {Role.SUPERVISION_GROUP}  # who sees the register of accountability


def keeps_cases(viewer: Actor, town_id: UUID) -> bool:
    """Tell whether somebody sees a town's register of accountability; whoever does not sees none of it."""
    return viewer.scope.everything or (viewer.has_role(*FOR_CASES) and viewer.town_id == town_id)


def step_for(table: Table, act: StrEnum, state: str) -> Step | None:
    """Return the row of an act in a state, None where it is not in the table."""
    return next((step for step in table.steps if step.act is act and state in step.frm), None)


def may(table: Table, actor: Actor, act: StrEnum, state: str, *, path: str, unit_id: UUID | None = None) -> bool:
    """Tell whether this person may do this to the thing as it stands. path: the town's. unit_id: whose thing it is."""
    step = step_for(table, act, state)
    return step is not None and _is_one_of(actor, step, path, unit_id)


def must(
    table: Table, actor: Actor, act: StrEnum, state: str, *, path: str, unit_id: UUID | None = None, facts: Facts
) -> str:
    """Return the state after an act. Raises NotAllowed for whoever may never, Refusal where state or facts bar it."""
    step = step_for(table, act, state)
    rows = [one for one in table.steps if one.act is act]
    asked = rows if step is None else [step]  # as the thing stands, those of its own row
    if not any(_is_one_of(actor, one, path, unit_id) for one in asked):
        allowed = frozenset(role for one in asked for role in one.by)
        who = "、".join(ROLE_NAMES[role] for role in Role if role in allowed)
        whose = "本单位的" if rows[0].own else ""
        raise NotAllowed("campaigns.not_allowed", f"“{table.act_names[act]}”由{whose}{who}办，您的岗位没有这个权限。")
    if step is None:
        now = table.names[table.states(state)]
        raise Refusal(
            "campaigns.wrong_state", f"这件{table.thing}{now}，现在不能{table.act_names[act]}。请刷新页面看最新情况。"
        )
    for guard in step.needs:
        say = guard(facts)
        if say:
            raise Refusal(f"campaigns.{guard.__name__}", say, field="reason" if guard is has_reason else "")
    return str(step.to or state)


def barred(table: Table, act: StrEnum, state: str, facts: Facts) -> str:
    """Return why who acts may not do this, though the post may; "" for no bar (R9.10).

    Barred is who drafted a criticism, who speaks for a unit that can speak itself, who gave the answer to be judged.
    """
    step = step_for(table, act, state)
    needs = step.needs if step is not None else ()
    return next((say for guard in needs if guard in OF_THE_DOER and (say := guard(facts))), "")


def _is_one_of(actor: Actor, step: Step, path: str, unit_id: UUID | None) -> bool:
    over_town = actor.roles_over(path=path)
    if not step.own:
        return bool(over_town & step.by)
    held = frozenset(one.role for one in actor.roles)
    return bool(held & step.by) and (unit_id in actor.own_units or bool(over_town & OFFICE))
