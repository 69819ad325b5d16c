"""举一反三: what a task must say, who may answer it, what an answer must say (R3.21)."""

from dataclasses import dataclass, field
from datetime import date
from typing import Final
from uuid import UUID

from bihuan.hazards.rules.amounts import counts_refused
from bihuan.hazards.rules.facts import Doer
from bihuan.hazards.rules.parties import OFFICE_ROLES
from bihuan.kernel.roles import Role

OPENING: Final = OFFICE_ROLES
ANSWERING: Final = OFFICE_ROLES | {Role.VILLAGE, Role.DEPARTMENT}


@dataclass(frozen=True, slots=True)
class Opened:
    """The tasks that a figure counts: opened at a place from one day to another, both inclusive.

    path: a unit with all below it. of_items: True those of a superior's items, False those of accident notices. units:
    of a place within a town, for which what counts is who is asked, not where the item lies.
    """

    path: str
    since: date
    until: date
    of_items: bool | None = None
    sectors: tuple[str, ...] = ()
    units: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTask:
    """A call to check comparable places, typed in from an accident notice or a superior's letter."""

    town_id: UUID
    title: str
    notice: str = ""
    category: str = ""
    words: str = ""
    sector: str = ""
    features: tuple[str, ...] = ()
    units: tuple[UUID, ...] = ()
    enterprises: tuple[UUID, ...] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One unit's answer: places checked, similar hazards found, of these fixed, and a note.

    acting_for, papers: 代办, on whose behalf, and the evidence ids of the paper that says so. seen: ids of the answers
    that stood on the page; only one of these is replaced by a later one of its unit.
    """

    unit_id: UUID
    checked: int
    found: int
    fixed: int
    note: str = ""
    acting_for: str = ""
    papers: tuple[UUID, ...] = ()
    seen: frozenset[UUID] = frozenset()


def answered_already(unit: str, by: str, checked: int, found: int, fixed: int) -> str:
    """Say that a unit has an answer that whoever answers for it again has not seen."""
    return (
        f"{unit}已经由{by}答复：查了 {checked} 家，查出 {found} 项，已整改 {fixed} 项。没有改动它；"
        "要更正，请看过这个答复，写上全单位的数再提交一次。"
    )


def task_refused(task: NewTask, doer: Doer) -> str:
    """Return why a task may not be opened, or ""."""
    if not doer.roles & OPENING:
        return "举一反三由安监办布置，您没有这一项的权限。"
    if not task.title.strip():
        return "请写明举一反三的题目。"
    if not (task.category or task.words.strip() or task.sector or task.features):
        return "请至少写明一项：隐患类型、行业、安全特征或关键词，才知道查哪些企业。"
    return "" if task.units else "请选定由哪些村（社区）、部门去查。"


def reply_refused(
    reply: Reply,
    *,
    asked: frozenset[UUID],
    is_open: bool,
    doer: Doer,
    own: frozenset[UUID] = frozenset(),
    answers_itself: str = "",
) -> str:
    """Return why an answer is refused, or ""; an empty answer is none (L11).

    own: every unit in which the doer holds a post that day, the main one or not.

    answers_itself: the post through which the unit that answers can log in, "" when nobody there can.
    """
    if not is_open:
        return "这项举一反三已经办结，不能再答复。"
    if reply.unit_id not in asked:
        return "没有请这个单位答复。"
    if not doer.roles & ANSWERING:
        return "举一反三由村（社区）、部门答复，您没有这一项的权限。"
    if reply.unit_id not in {doer.unit_id, *own} and (say := _acting_refused(reply, doer, answers_itself)):
        return say
    return _numbers_refused(reply)


def _acting_refused(reply: Reply, doer: Doer, answers_itself: str) -> str:
    """Only the office answers for somebody else, only where nobody there can log in, and with a paper (代办)."""
    if not doer.roles & OFFICE_ROLES:
        return "只能答复本单位的。代其他单位答复，请由安监办办理并写明代谁。"
    if answers_itself:
        return f"这个单位在平台上，不能代为答复。请由{answers_itself}登录后自己答复。"
    if reply.acting_for.strip() and reply.papers:
        return ""
    return "代其他单位答复，请写明代谁，并附上对方签字或盖章的纸质凭据（拍照即可）。"


def _numbers_refused(reply: Reply) -> str:
    if say := counts_refused(reply.checked, reply.found, reply.fixed):
        return say
    if reply.fixed > reply.found:
        return "整改数不能多于查出数。"
    if reply.found and not reply.checked:
        return "查出隐患，检查家数不能是 0。"
    if not reply.checked and not reply.note.strip():
        return "一家也没查，请写明原因，例如本村没有同类企业。"
    return ""
