"""What the pages of a campaign's registers are given: frozen values."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from bihuan.campaigns.rules.registers import RecordKind


@dataclass(frozen=True, slots=True)
class RecordLine:
    """A record in a list. who: whose it is. own: the viewer speaks for that unit. due_on: None where nothing is due."""

    id: UUID
    kind: RecordKind
    version: int
    on: date
    title: str
    note: str
    who: str
    own: bool
    due_on: date | None = None
    done_at: datetime | None = None

    def is_late(self, today: date) -> bool:
        """Tell whether its day has passed while it is open."""
        return self.due_on is not None and self.done_at is None and self.due_on < today


@dataclass(frozen=True, slots=True)
class RecordView:
    """A record with all it says. facts: label and text. items: what a meeting decided. meeting: where it was."""

    line: RecordLine
    facts: Sequence[tuple[str, str]]
    files: Sequence[UUID]
    result: str
    result_files: Sequence[UUID]
    recorded_by: str
    recorded_at: datetime
    items: Sequence[RecordLine] = ()
    meeting: RecordLine | None = None


@dataclass(frozen=True, slots=True)
class SeatLine:
    """A seat of the leading group. who: "" while nobody is named."""

    id: UUID
    title: str
    named: str
    who: str
    filled: bool


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A document of a campaign."""

    id: UUID
    kind: str
    title: str
    number: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class CorrectionLine:
    """What was put right of an extension: the end and the number that it had before."""

    from_on: date
    to_on: date
    old_number: str
    why: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class ExtensionLine:
    """A document by which a campaign ends later. tasks, clauses: how many deadlines moved with it. corrections: of it,
    the first one first."""

    doc_number: str
    old_on: date
    new_on: date
    reason: str
    at: datetime
    by: str
    tasks: int
    clauses: int
    corrections: Sequence[CorrectionLine] = ()


@dataclass(frozen=True, slots=True)
class GroupView:
    """The leading group, the documents, and the campaign that it runs beside. others: those it could be linked with."""

    seats: Sequence[SeatLine]
    papers: Sequence[PaperLine]
    linked: tuple[UUID, str] | None
    others: Sequence[tuple[UUID, str]]
    extensions: Sequence[ExtensionLine] = ()


@dataclass(frozen=True, slots=True)
class HelpLine:
    """What a helping unit did for a task."""

    who: str
    note: str
    files: Sequence[UUID]
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Participating:
    """A unit that takes part. unit_id: of orgs."""

    id: UUID
    unit_id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class HelpedTask:
    """A task as its helper sees it. lead, unit: names."""

    title: str
    lead: str
    unit: str
    due_on: date
