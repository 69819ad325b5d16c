"""What the pages of supervision are given: frozen values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from bihuan.campaigns.rules.supervision.text import Block, Figure


@dataclass(frozen=True, slots=True)
class FindingLine:
    """A problem that a round found."""

    id: UUID
    version: int
    side: str
    state: str
    text: str
    firm_name: str
    enterprise_id: UUID | None
    hazard_id: UUID | None
    hazard_number: str
    due_on: date | None
    answer: str
    answered_at: datetime | None
    answered_by: str
    confirmed_at: datetime | None
    why: str
    files: Sequence[UUID]
    answer_files: Sequence[UUID]


@dataclass(frozen=True, slots=True)
class RoundLine:
    """A round. own: of the viewer's own unit. unit_findings: all and not yet confirmed; firm_findings: all."""

    id: UUID
    version: int
    state: str
    method: str
    unit_name: str
    unit_id: UUID
    subject: str
    planned_on: date
    held_on: date | None
    leader: str
    members: str
    note: str
    firms: Sequence[str]
    number: int
    correct_by: date | None
    fed_back_at: datetime | None
    cancelled_why: str
    own: bool
    unit_findings: int = 0
    unit_open: int = 0
    firm_findings: int = 0
    findings: Sequence[FindingLine] = ()
    files: Sequence[UUID] = ()


@dataclass(frozen=True, slots=True)
class EarlierReply:
    """A reply to words that were changed after, and what was decided on it."""

    reply: str
    at: datetime
    by: str
    heard_why: str
    files: Sequence[UUID] = ()


@dataclass(frozen=True, slots=True)
class NamedUnit:
    """A unit that a circular names. own: the viewer's. earlier: what it replied to words that were changed after."""

    id: UUID
    version: int
    name: str
    unit_id: UUID
    grounds: Sequence[Mapping[str, Any]]
    words: str
    reply: str
    replied_at: datetime | None
    replied_by: str
    heard_why: str
    left: bool
    answer: str
    answered_at: datetime | None
    answered_by: str
    confirmed_at: datetime | None
    sent_back_why: str
    own: bool
    reply_files: Sequence[UUID] = ()
    answer_files: Sequence[UUID] = ()
    earlier: Sequence[EarlierReply] = ()


@dataclass(frozen=True, slots=True)
class FigurePart:
    """What stands above or below in a figure: its meaning, how many there were (None where the meaning says it), and
    the page that lists them ("" where there is nothing to list, or the row stands here itself, with its note)."""

    meaning: str
    amount: int | None
    page: str
    query: Mapping[str, str]
    args: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class FigureView:
    """A figure of a bulletin as it was written. again: what it says when it is asked for again, "" for whoever may not
    see what it counts (is_open); parts: of what it is made, each with the page that lists exactly its rows."""

    figure: Figure
    meaning: str
    basis: str
    is_open: bool
    again: str
    parts: Sequence[FigurePart] = ()


@dataclass(frozen=True, slots=True)
class BulletinLine:
    """A bulletin in a list. units: names of those it speaks of."""

    id: UUID
    version: int
    kind: str
    state: str
    title: str
    since: date
    until: date
    edition: int
    number: int
    reply_by: date | None
    correct_by: date | None
    made_at: datetime
    made_by: str
    issued_at: datetime | None
    issued_by: str
    withdrawn_why: str
    units: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class EditionLine:
    """One edition of a text."""

    number: int
    written_at: datetime
    written_by: str
    why: str


@dataclass(frozen=True, slots=True)
class BulletinView:
    """A bulletin with the text that stands. typed: numbers written by hand, with their reasons."""

    line: BulletinLine
    blocks: Sequence[Block]
    figures: Mapping[str, Figure]
    typed: Sequence[Mapping[str, str]]
    editions: Sequence[EditionLine]
    named: Sequence[NamedUnit]
    lines: str
    known: str = ""  # of what day its figures know, where it was written later


@dataclass(frozen=True, slots=True)
class InterviewLine:
    """An interview."""

    id: UUID
    version: int
    state: str
    unit_name: str
    unit_id: UUID
    who: str
    convener: str
    reason: str
    grounds: Sequence[Mapping[str, Any]]
    place: str
    meets_at: datetime
    number: int
    minutes: str
    undertakings: str
    held_on: date | None
    look_again_on: date | None
    result: str
    own: bool
    files: Sequence[UUID] = ()
    received_at: datetime | None = None
    received_by: str = ""


@dataclass(frozen=True, slots=True)
class PackLine:
    """A sealed pack, or one that a job is sealing."""

    id: UUID
    on: date
    sha256: str
    size: int
    files: int
    sealed_at: datetime | None
    by: str


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case of the register of accountability."""

    id: UUID
    version: int
    state: str
    who: str
    unit_name: str
    failings: Sequence[str]
    grounds: str
    by_accident: bool
    accident: str
    accident_on: date | None
    report: str
    situation: str
    lighter: str
    handed_to: str
    handed_over_on: date
    form: str
    organ: str
    doc_number: str
    decided_on: date | None
    result: str
    files: Sequence[UUID] = ()
    packs: Sequence[PackLine] = ()
