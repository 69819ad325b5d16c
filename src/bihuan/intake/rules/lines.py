"""The frozen values in which intake answers: lists with progress, items with claims, drafts as pages show them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from bihuan.hazards.rules.states import RUNNING_STATES, State
from bihuan.intake.rules.claims import CLAIM_NAMES, Claim
from bihuan.intake.rules.questions import Choice, mark_name


@dataclass(frozen=True, slots=True)
class ListLine:
    """A superior's list with how far it is.

    by_state: hazards by state, as far as the viewer sees them. unanswered: open items whose 举一反三 nobody has
    answered. is_whole: the viewer sees all of the list, and may have the file; otherwise only some of its items.
    """

    id: UUID
    organ: str
    doc_no: str
    title: str
    source: str
    received_on: date
    imports: int
    items: int
    file_name: str
    file_kind: str
    taken_in_by: str
    changed_at: datetime
    by_state: Mapping[State, int] = field(default_factory=dict)
    overdue: int = 0
    offers: int = 0
    unanswered: int = 0
    is_whole: bool = True

    @property
    def seen(self) -> int:
        """How many of its hazards the viewer sees."""
        return sum(self.by_state.values())

    def count(self, *states: State) -> int:
        """Count the hazards in these states."""
        return sum(self.by_state.get(state, 0) for state in states)

    @property
    def closed(self) -> int:
        """How many are closed."""
        return self.count(State.CLOSED)


@dataclass(frozen=True, slots=True)
class ItemLine:
    """An item of a list: what the list says beside where its hazard stands."""

    id: UUID
    list_id: UUID
    list_title: str
    organ: str
    doc_no: str
    source_row: int
    part: int
    parts: int
    seq_no: str
    claim: Claim
    claimed_level: str
    claimed_deadline: date | None
    claimed_rectified_on: date | None
    claimed_closed_on: date | None
    deadline_text: str
    marks: tuple[str, ...]
    offered_deadline: date | None
    offer: str
    hazard_id: UUID
    number: str
    state: State
    level: str
    place_name: str
    description: str
    deadline: date | None
    rectified_on: date | None
    passed_on: date | None
    closed_on: date | None
    photos: int
    documents: int

    @property
    def claim_name(self) -> str:
        """What the list claims, in words."""
        return CLAIM_NAMES[self.claim]

    @property
    def doubts(self) -> tuple[str, ...]:
        """What nobody had decided of the row when it was entered, in words."""
        return tuple(dict.fromkeys(name for code in self.marks if (name := mark_name(code))))

    def days_late(self, today: date) -> int:
        """By how many days the rectification is overdue; 0 when it is not (L7)."""
        if self.deadline is None or self.state not in RUNNING_STATES:
            return 0
        return max(0, (today - self.deadline).days)


@dataclass(frozen=True, slots=True)
class Question:
    """A doubt, or a batch of like doubts, as it is asked. rows: source rows, at most twelve; count: how many in all."""

    batch: str
    code: str
    title: str
    value: str
    say: str
    column: str
    field: str
    count: int
    rows: tuple[int, ...]
    choices: tuple[Choice, ...]
    chosen: str
    answer: str | None
    place: int | None = None

    @property
    def is_batch(self) -> bool:
        """Whether it stands for several rows."""
        return self.count > 1


@dataclass(frozen=True, slots=True)
class FirmLine:
    """An enterprise that a draft names, and who it may be."""

    key: str
    name: str
    village: str
    kind: str
    choice: str
    candidates: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class ColumnLine:
    """A column of a draft's table. field: what it is taken for, "" when kept as it is. doubt: in words, or ""."""

    sheet: str
    letter: str
    heading: str
    sample: str
    field: str
    sure: bool
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class RunCounts:
    """What a draft holds. clean_rows: source rows with neither doubt nor problem. Firms by how they were found."""

    clean_rows: int
    doubted_rows: int
    problem_rows: int
    firms: int
    matched: int
    new: int
    open: int


@dataclass(frozen=True, slots=True)
class RowLine:
    """A row of a draft as the source sheet shows it. cells: field → text; doubted: fields with a doubt."""

    place: int
    sheet: str
    source_row: int
    part: int
    parts: int
    cells: Mapping[str, str]
    mended: Mapping[str, str]
    problems: tuple[Mapping[str, str], ...]
    doubted: tuple[str, ...]
    aside: bool
    difference: str


@dataclass(frozen=True, slots=True)
class RunView:
    """A file on its way in, as its pages show it."""

    id: UUID
    version: int
    state: str
    say: str
    file_name: str
    file_kind: str
    organ: str
    doc_no: str
    title: str
    source: str
    owner_name: str
    started_at: datetime
    job_id: UUID | None
    rows: int
    items: int
    list_id: UUID | None
    frame: Mapping[str, Any]
    sheets: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Trial:
    """What entering a draft now would do, and what stands in the way.

    changes: rows that say something else than the version before, with what that said. gone: how many items of that
    version the draft no longer has; their hazards go on as they are.
    """

    rows: int
    items: int
    added: int
    changed: int
    same: int
    left_out: int
    claims: Mapping[Claim, int]
    majors: int
    new_firms: tuple[str, ...]
    open_firms: tuple[str, ...]
    problem_rows: tuple[int, ...]
    open_doubts: int
    changes: tuple[Mapping[str, Any], ...] = ()
    gone: int = 0
    gone_items: tuple[Mapping[str, Any], ...] = ()

    @property
    def is_enterable(self) -> bool:
        """Whether nothing stands in the way."""
        return not self.open_firms and not self.problem_rows and self.items > 0
