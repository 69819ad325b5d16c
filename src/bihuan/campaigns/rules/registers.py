"""What a record of a running campaign must have before it counts (R1.6 to R1.8, R9.6)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID


class StudyKind(StrEnum):
    """What sort of lesson it was."""

    RELAY = "relay"
    WARNING = "warning"
    TRAINING = "training"


STUDY_NAMES: Final[dict[StudyKind, str]] = {
    StudyKind.RELAY: "传达学习",
    StudyKind.WARNING: "警示教育",
    StudyKind.TRAINING: "培训",
}


class Chair(StrEnum):
    """Who of the unit held it."""

    PRINCIPAL = "principal"
    LEADER = "leader"
    OTHER = "other"


CHAIR_NAMES: Final[dict[Chair, str]] = {
    Chair.PRINCIPAL: "主要负责人",
    Chair.LEADER: "分管负责人",
    Chair.OTHER: "其他人",
}


class PaperKind(StrEnum):
    """What a document attached to a campaign is."""

    BASIS = "basis"
    EXTENSION = "extension"


PAPER_NAMES: Final[dict[PaperKind, str]] = {PaperKind.BASIS: "依据文件", PaperKind.EXTENSION: "延期文件"}


class RecordKind(StrEnum):
    """The registers of a campaign."""

    MEETING = "meeting"
    DECISION = "decision"
    PROBLEM = "problem"
    LED_VISIT = "led_visit"
    STUDY = "study"


RECORD_NAMES: Final[dict[RecordKind, str]] = {
    RecordKind.MEETING: "调度会",
    RecordKind.DECISION: "议定事项",
    RecordKind.PROBLEM: "重点问题",
    RecordKind.LED_VISIT: "带队检查",
    RecordKind.STUDY: "学习培训",
}


@dataclass(frozen=True, slots=True)
class NewDecision:
    """What a meeting decided. owner: a `CampaignUnit`."""

    text: str
    owner: UUID
    due_on: date
    issue: str = ""
    is_sure: bool = False  # a far deadline was looked at again


@dataclass(frozen=True, slots=True)
class LedFacts:
    """What was written of a led inspection. proofs: photos. firms: enterprises visited."""

    companions: str
    firms: int
    proofs: int
    record_no: str
    findings: str
    nothing_found: bool


Lack = tuple[str, str]  # field, sentence


def led_visit_lacks(facts: LedFacts) -> Lack | None:
    """Tell what a led inspection lacks before it counts (R1.7), None when it is whole."""
    if not facts.firms:
        return "firms", "请选至少一家检查过的企业。"
    if not facts.companions.strip():
        return "companions", "请写陪同检查的人。"
    if not facts.proofs and not facts.record_no.strip():
        return "record_no", "请上传至少一张现场照片，或者写检查记录的编号。"
    if facts.nothing_found and facts.findings.strip():
        return "findings", "写了发现的问题，就不要勾选“未发现问题”。"
    if not facts.nothing_found and not facts.findings.strip():
        return "findings", "请写发现的问题；没有发现的，勾选“未发现问题”。"
    return None


def day_refused(on: date, *, starts_on: date | None, ends_on: date | None, today: date) -> str:
    """Tell why a record cannot be of this day, or ""."""
    if on > today:
        return "日期晚于今天，请核对。"
    if starts_on and on < starts_on:
        return f"日期早于专项行动开始的 {starts_on:%Y-%m-%d}，请核对。"
    if ends_on and on > ends_on:
        return f"日期晚于专项行动结束的 {ends_on:%Y-%m-%d}，请核对；要延期的先登记延期文件。"
    return ""
