"""What the page of one hazard shows: frozen values, assembled by `page`."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from bihuan.documents.rules import Paper
from bihuan.enterprises.rules.facts import Firm
from bihuan.enterprises.rules.licences import Licence
from bihuan.hazards.rules.chips import Chip
from bihuan.hazards.rules.deadlines import Climbed
from bihuan.hazards.rules.decide import OpenAct
from bihuan.hazards.rules.facts import Arrangements, SixParts, Standing
from bihuan.hazards.rules.listing import Milestone
from bihuan.hazards.rules.next import Next
from bihuan.hazards.rules.penalties import Liability
from bihuan.hazards.rules.reports import ReportDue
from bihuan.hazards.rules.states import Evaluator, ListingLevel, ListingState, Sanction, State
from bihuan.orgs.rules import PostRef, UnitRef
from bihuan.trail.rules import EventLine, StoredFile


@dataclass(frozen=True, slots=True)
class LifeStep:
    """One step of a life-line: its name, who took it and when; is_now where it stands."""

    key: str
    name: str
    who: str
    at: datetime | None
    is_done: bool
    is_now: bool


@dataclass(frozen=True, slots=True)
class FileView:
    """One file as proof of this hazard. file: None when the evidence is gone, which verify_trail would report."""

    evidence_id: UUID
    role: str
    is_photo: bool
    pair: str
    round: int
    act: str
    added_at: datetime
    added_by: str
    file: StoredFile | None


@dataclass(frozen=True, slots=True)
class PhotoPair:
    """Before and after of the same spot; either may be missing."""

    label: str
    before: FileView | None
    after: FileView | None


@dataclass(frozen=True, slots=True)
class RoundView:
    """One round: its deadline, arrangements, hand-in and result."""

    id: UUID
    number: int
    opened_by: str
    opened_on: date
    deadline: date | None
    arrangements: Arrangements
    interim: str
    accepted_at: datetime | None
    accepted_by: str
    handed_in_at: datetime | None
    handed_in_by: str
    acting_for: str
    done: str
    completed_on: date | None
    money_fen: int
    late: bool
    result: str
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExtensionView:
    """One request for more time and its answer. granted: None while open."""

    asked_at: datetime
    asked_by: str
    acting_for: str
    old_deadline: date
    new_deadline: date
    reason: str
    interim: str
    answer_due: date | None
    granted: bool | None
    answered_at: datetime | None
    answered_by: str
    answer: str
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ResumptionView:
    """One application to resume and its answer. agreed: None while open."""

    id: UUID
    asked_at: datetime
    asked_by: str
    acting_for: str
    done: str
    evaluated_by: Evaluator
    evaluator: str
    conclusion: str
    due_on: date
    visited_on: date | None
    visited_by: str
    agreed: bool | None
    answered_by: str
    organ: str
    answer: str
    sanction: Sanction | None
    sanction_organ: str


@dataclass(frozen=True, slots=True)
class ReinspectionView:
    """One verification."""

    round: int
    kind: str
    at: datetime
    verifier: str
    verifier_unit: str
    companions: tuple[str, ...]
    on_site: bool
    passed: bool
    opinion: str
    acting_for: str
    signed_by: str
    sign_refused: bool


@dataclass(frozen=True, slots=True)
class RecordView:
    """Something recorded along a listing."""

    act: str
    at: datetime
    by: str
    percent: int | None
    money_fen: int
    note: str


@dataclass(frozen=True, slots=True)
class ListingView:
    """A listing order as the page shows it."""

    id: UUID
    state: ListingState
    level: ListingLevel
    is_main: bool
    external: bool
    number: str
    organ: str
    supervising_unit: str
    closing_organ: str
    demands: str
    deadline: date | None
    enterprise_person: str
    supervisor: str
    leader: str
    stop_production: bool
    proposed_on: date | None
    listed_on: date | None
    listed_by: str
    plan: SixParts
    progress_percent: int
    progress_on: date | None
    next_progress_on: date | None
    evaluation: str
    accepted_on: date | None
    delisted_on: date | None
    delisting_number: str
    withdrawn_reason: str
    milestones: tuple[Milestone, ...]
    records: tuple[RecordView, ...]


@dataclass(frozen=True, slots=True)
class LicenceProposalView:
    """A proposal to suspend a safety licence and its answer. suspended: None while open."""

    licence: str
    organ: str
    reason: str
    asked_at: datetime
    asked_by: str
    suspended: bool | None
    answered_on: date | None
    answer: str


@dataclass(frozen=True, slots=True)
class TransferView:
    """A transfer and its reply."""

    organ: str
    number: str
    reason: str
    sent_at: datetime
    sent_by: str
    replied_on: date | None
    reply: str
    returned_at: datetime | None
    return_reason: str


@dataclass(frozen=True, slots=True)
class RequestView:
    """A request that a second person answers: to make invalid, to lower the level; or a raised level.

    of_level: it is about the level. lowers: it lowers the level. criterion: the standard's id and the clause by which
    it was major, "" where unknown.
    """

    kind: str
    asked_at: datetime
    asked_by: str
    reason: str
    approved: bool | None
    answered_at: datetime | None
    answered_by: str
    answer: str
    of_level: bool = False
    lowers: bool = False
    criterion: str = ""


@dataclass(frozen=True, slots=True)
class SameKindView:
    """The 举一反三 of this hazard: how many were asked and answered, what they found."""

    id: UUID
    title: str
    due_on: date | None
    asked: int
    replied: int
    enterprises: int
    checked: int
    found: int
    fixed: int


@dataclass(frozen=True, slots=True)
class PeopleView:
    """Who answers for it. None where nobody is named, which is a gap to show."""

    firm: Firm | None
    village: UnitRef | None
    department: UnitRef | None
    supervisor: PostRef | None
    supervising_unit: UnitRef | None
    ordering_unit: UnitRef | None
    delegate: UnitRef | None
    leader: PostRef | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HazardBrief:
    """What the row of one hazard says, with its main listing: enough to do an act, in two queries."""

    id: UUID
    version: int
    town_id: UUID
    number: str
    state: State
    level: str
    path: str
    sector: str
    place_kind: str
    enterprise_id: UUID | None
    place_name: str
    part: str
    description: str
    category: str
    source: str
    source_type: str
    source_id: UUID | None
    found_on: date
    found_by: str
    reported_at: datetime
    self_found: bool
    fixed_on_spot: bool
    criterion_standard: str
    criterion_clause: str
    criterion_version: str
    criterion_text: str
    whole_judgement: bool
    level_reason: str
    graded_on: date | None
    graded_by: str
    countersigned_on: date | None
    countersigned_by: str
    is_order: bool
    assigned_on: date | None
    deadline: date | None
    first_deadline: date | None
    deadline_kind: str
    closed_on: date | None
    closed_late: bool
    round: int
    failed_count: int
    reopened_count: int
    extension_count: int
    money_fen: int
    party_name: str
    cannot_assure_safety: bool | None
    suspended_on: date | None
    resumed_on: date | None
    needs_superior: bool
    superior_organ: str
    submitted_on: date | None
    regulator_told_on: date | None
    workers_told_on: date | None
    reminders: int
    escalation: int
    standing: Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class HazardView(HazardBrief):
    """Everything the page of one hazard needs, in a fixed number of queries.

    acts: the buttons, barred ones with the reason. main_act: the one solid button, None when it is not this viewer's
    move. moves: every running clock, the nearest first. life, listing_life: the two life-lines. trail: newest first.
    """

    repeat_of: tuple[UUID, str] | None
    days_late: int
    stop_ends_on: date | None
    chip: Chip
    next: Next
    moves: tuple[Next, ...]
    acts: tuple[OpenAct, ...]
    main_act: OpenAct | None
    life: tuple[LifeStep, ...]
    listing_life: tuple[LifeStep, ...]
    files: tuple[FileView, ...]
    pairs: tuple[PhotoPair, ...]
    rounds: tuple[RoundView, ...]
    extensions: tuple[ExtensionView, ...]
    resumptions: tuple[ResumptionView, ...]
    licences: tuple[Licence, ...]
    licence_proposals: tuple[LicenceProposalView, ...]
    reinspections: tuple[ReinspectionView, ...]
    listing: ListingView | None
    other_listings: tuple[ListingView, ...]
    transfers: tuple[TransferView, ...]
    requests: tuple[RequestView, ...]
    same_kind: SameKindView | None
    people: PeopleView
    papers: tuple[Paper, ...]
    climbed: tuple[Climbed, ...]
    liabilities: tuple[Liability, ...]
    reports_owed: tuple[ReportDue, ...]
    trail: tuple[EventLine, ...]
    trail_total: int

    @property
    def current_round(self) -> RoundView | None:
        """The round that is being worked on, or was worked on last."""
        return self.rounds[-1] if self.rounds else None

    @property
    def open_resumption(self) -> ResumptionView | None:
        """The application to resume that waits for its site review."""
        return next((one for one in self.resumptions if one.agreed is None), None)

    @property
    def arrangements(self) -> Arrangements:
        """The five arrangements of the current round."""
        return self.rounds[-1].arrangements if self.rounds else Arrangements()
