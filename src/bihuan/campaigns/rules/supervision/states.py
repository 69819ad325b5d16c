"""States, acts and kinds of supervision, bulletins, interviews and accountability, with their Chinese names."""

from enum import StrEnum
from typing import Final


class Method(StrEnum):
    """How a round is held: open (明察), or without notice (暗访)."""

    OPEN = "open"
    COVERT = "covert"


METHOD_NAMES: Final[dict[Method, str]] = {Method.OPEN: "明察", Method.COVERT: "暗访"}


class FindingSide(StrEnum):
    """Whose problem it is: the unit's own work, or an enterprise's; the two are never mixed (R9.9)."""

    UNIT = "unit"
    FIRM = "firm"


SIDE_NAMES: Final[dict[FindingSide, str]] = {FindingSide.UNIT: "单位的问题", FindingSide.FIRM: "企业的问题"}


class RoundState(StrEnum):
    """A supervision round of one unit."""

    PLANNED = "planned"
    HELD = "held"
    FED_BACK = "fed_back"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class RoundAct(StrEnum):
    """What is done to a round."""

    HOLD = "hold"
    CANCEL = "cancel"
    ADD = "add"  # a problem of the unit or of an enterprise
    FEED_BACK = "feed_back"
    CLOSE = "close"


class FindingState(StrEnum):
    """A problem that a round found. Of the unit: asked to correct, answered, confirmed. Of an enterprise: entered as a
    hazard by a person, or set aside with the reason; neither happens by itself."""

    NOTED = "noted"
    ASKED = "asked"
    ANSWERED = "answered"
    CONFIRMED = "confirmed"
    ENTERED = "entered"
    ASIDE = "aside"


class FindingAct(StrEnum):
    """What is done to a problem."""

    ASK = "ask"
    ANSWER = "answer"
    CONFIRM = "confirm"
    SEND_BACK = "send_back"
    ENTER = "enter"
    SET_ASIDE = "set_aside"


class BulletinKind(StrEnum):
    """What is drafted: a weekly brief, the summary of a campaign, a circular of criticism or of praise."""

    WEEKLY = "weekly"
    SUMMARY = "summary"
    CRITICISM = "criticism"
    PRAISE = "praise"


class BulletinState(StrEnum):
    """A draft until it is issued; a criticism is asked about first, and corrected afterwards (R9.10)."""

    DRAFT = "draft"
    ASKED = "asked"
    REPLIED = "replied"
    ISSUED = "issued"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"


HEARING: Final = (BulletinState.ASKED, BulletinState.REPLIED)


class BulletinAct(StrEnum):
    """What is done to a bulletin."""

    EDIT = "edit"
    ASK = "ask"  # the units' right of reply
    REPLY = "reply"
    LAST_REPLY = "last_reply"  # of the last unit that had not replied
    HEAR = "hear"  # decide on a reply: the unit stays in the circular or leaves it
    ISSUE = "issue"
    ANSWER = "answer"  # a criticised unit reports what it corrected
    CONFIRM = "confirm"
    LAST_CONFIRM = "last_confirm"  # of the last unit that was not confirmed
    SEND_BACK = "send_back"
    WITHDRAW = "withdraw"


class InterviewState(StrEnum):
    """An interview (约谈, R9.11)."""

    NOTICED = "noticed"
    HELD = "held"
    FOLLOWED_UP = "followed_up"
    CANCELLED = "cancelled"


class InterviewAct(StrEnum):
    """What is done to an interview."""

    RECEIVE = "receive"  # the unit called has the notice
    HOLD = "hold"
    CANCEL = "cancel"
    FOLLOW_UP = "follow_up"  # the undertakings were kept
    POSTPONE = "postpone"  # they were not, or not all: a new day to look again


class CaseState(StrEnum):
    """An accountability case (问责, R9.12): the town hands papers over, the competent organ decides."""

    HANDED_OVER = "handed_over"
    DECIDED = "decided"
    NOT_PURSUED = "not_pursued"


class CaseAct(StrEnum):
    """What is done to a case."""

    DECIDE = "decide"
    DROP = "drop"
    SEAL = "seal"  # its evidence


# fmt: off
ROUND_NAMES: Final[dict[RoundState, str]] = {
    RoundState.PLANNED: "计划中", RoundState.HELD: "已开展", RoundState.FED_BACK: "已反馈",
    RoundState.CLOSED: "已办结", RoundState.CANCELLED: "已取消",
}
FINDING_NAMES: Final[dict[FindingState, str]] = {
    FindingState.NOTED: "已记录", FindingState.ASKED: "待整改", FindingState.ANSWERED: "待确认",
    FindingState.CONFIRMED: "已整改", FindingState.ENTERED: "已登记为隐患", FindingState.ASIDE: "不作隐患",
}
KIND_NAMES: Final[dict[BulletinKind, str]] = {
    BulletinKind.WEEKLY: "工作动态", BulletinKind.SUMMARY: "工作总结",
    BulletinKind.CRITICISM: "通报批评", BulletinKind.PRAISE: "通报表扬",
}
BULLETIN_NAMES: Final[dict[BulletinState, str]] = {
    BulletinState.DRAFT: "拟稿", BulletinState.ASKED: "听取申辩", BulletinState.REPLIED: "已申辩",
    BulletinState.ISSUED: "已印发", BulletinState.CORRECTED: "已改正", BulletinState.WITHDRAWN: "已撤回",
}
INTERVIEW_NAMES: Final[dict[InterviewState, str]] = {
    InterviewState.NOTICED: "已通知", InterviewState.HELD: "已约谈，待回访",
    InterviewState.FOLLOWED_UP: "已回访", InterviewState.CANCELLED: "已取消",
}
CASE_NAMES: Final[dict[CaseState, str]] = {
    CaseState.HANDED_OVER: "已移交", CaseState.DECIDED: "已追责", CaseState.NOT_PURSUED: "不予追究",
}
ROUND_ACTS: Final[dict[RoundAct, str]] = {
    RoundAct.HOLD: "登记督查", RoundAct.CANCEL: "取消督查", RoundAct.ADD: "记问题",
    RoundAct.FEED_BACK: "反馈问题", RoundAct.CLOSE: "办结督查",
}
FINDING_ACTS: Final[dict[FindingAct, str]] = {
    FindingAct.ASK: "交办问题", FindingAct.ANSWER: "报整改", FindingAct.CONFIRM: "确认整改",
    FindingAct.SEND_BACK: "退回整改", FindingAct.ENTER: "登记为隐患", FindingAct.SET_ASIDE: "不作隐患",
}
BULLETIN_ACTS: Final[dict[BulletinAct, str]] = {
    BulletinAct.EDIT: "改稿", BulletinAct.ASK: "听取申辩", BulletinAct.REPLY: "申辩", BulletinAct.LAST_REPLY: "申辩",
    BulletinAct.HEAR: "审申辩", BulletinAct.ISSUE: "印发", BulletinAct.ANSWER: "报改正",
    BulletinAct.CONFIRM: "确认改正", BulletinAct.LAST_CONFIRM: "确认改正",
    BulletinAct.SEND_BACK: "退回改正", BulletinAct.WITHDRAW: "撤回",
}
INTERVIEW_ACTS: Final[dict[InterviewAct, str]] = {
    InterviewAct.RECEIVE: "签收约谈通知", InterviewAct.HOLD: "登记约谈", InterviewAct.CANCEL: "取消约谈",
    InterviewAct.FOLLOW_UP: "回访", InterviewAct.POSTPONE: "再定回访日",
}
CASE_ACTS: Final[dict[CaseAct, str]] = {
    CaseAct.DECIDE: "登记追责决定", CaseAct.DROP: "登记不予追究", CaseAct.SEAL: "封存证据",
}
# fmt: on
