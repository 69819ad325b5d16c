"""What a decision looks at: what stands, what the act brings, who does it, on which day, under which numbers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final
from uuid import UUID

from bihuan.hazards.rules.states import (
    DeadlineKind,
    FileRole,
    Holder,
    ListingLevel,
    ListingState,
    PlaceKind,
    Source,
    State,
)
from bihuan.hazards.rules.suggested import Suggested
from bihuan.hazards.rules.terms import Terms
from bihuan.kernel.calendar import WorkCalendar
from bihuan.kernel.roles import Role


@dataclass(frozen=True, slots=True)
class Proof:
    """One file that an act brings: its evidence id, what it shows, and the label of its pair.

    is_photo, sha256: as the evidence has them. is_copy: byte by byte a photo of the other side, found by the services.
    """

    evidence_id: UUID
    is_photo: bool
    role: FileRole
    pair: str = ""
    sha256: str = ""
    is_copy: bool = False


@dataclass(frozen=True, slots=True)
class Criterion:
    """The criterion of a major hazard: standard, clause, version of the text, and its words (R3.2).

    later: not in force when found. by_fire, by_person: who determines instead; item: its id; from the library."""

    standard: str
    clause: str
    version: str = ""
    text: str = ""
    later: bool = False
    by_fire: bool = False
    by_person: str = ""
    item: str = ""


@dataclass(frozen=True, slots=True)
class Arrangements:
    """五落实: responsibility, measures, funds, time, plan (R3.9)."""

    duty: str = ""
    measures: str = ""
    funds: str = ""
    time: str = ""
    plan: str = ""


@dataclass(frozen=True, slots=True)
class SixParts:
    """治理方案: the six parts of 令16号 art. 15 (R3.8)."""

    goals: str = ""
    methods: str = ""
    funds: str = ""
    organ_persons: str = ""
    time_limits: str = ""
    emergency: str = ""


@dataclass(frozen=True, slots=True)
class ReportParts:
    """What the report of a major hazard says (令16号 art. 14, R3.7)."""

    cause: str = ""
    harm: str = ""
    plan: str = ""


@dataclass(frozen=True, slots=True)
class Companion:
    """Someone who re-inspected together with the verifier.

    user_id: when the name is that of a person of the town. units, enterprises: of every post this person holds that
    day, units with their paths; or the unit of the town that was written beside a name that nobody knows.
    """

    name: str
    unit: str = ""
    user_id: UUID | None = None
    units: Mapping[UUID, str] = field(default_factory=dict)
    enterprises: frozenset[UUID] = frozenset()
    cert_no: str = ""


@dataclass(frozen=True, slots=True)
class Delegate:
    """The unit to which a re-inspection is delegated, as the services found it.

    holder: how the next actor is called. able: it has people who can see this hazard and verify.
    """

    unit_id: UUID
    name: str
    path: str
    holder: Holder
    able: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderTerms:
    """What a listing order says (R3.25), beside what the hazard already carries."""

    level: ListingLevel = ListingLevel.TOWN
    number: str = ""
    organ: str = ""
    organ_unit_id: UUID | None = None
    supervising_unit: str = ""
    supervising_unit_id: UUID | None = None
    closing_organ: str = ""
    demands: str = ""
    enterprise_person: str = ""
    supervisor: str = ""
    leader: str = ""
    stop_production: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What an act brings with it; each step asks for what it needs and ignores the rest.

    text: the one free text of the act: reason, opinion, reply, or what was done. on: the day of the fact, a claim.
    acting_for: 代办, on whose behalf, with a paper among the files. money_fen: in fen. issue_paper: print the form that
    goes with the act (整改通知, 复查意见, 督办函); orders of the listing body are always printed.
    evaluated_by, evaluator: own experts or a body, and by name; evaluation: what they found. visited_*: the site review
    of an application to resume. sanction, sanction_organ: what is proposed to whom where governing is hopeless (R3.28).
    licence: the one that is to be suspended; licence_suspended: what its issuing organ decided (R3.29).
    delegate: what the unit named to re-inspect is; the services look it up.
    signed_by, sign_refused: who of the unit signed, or that they would not. fixed: what a visit after the deadline saw.
    from_list: the day was compared with an imported list of the superior, its paper; no form sets it. suggested: what
    the person was shown on the level, where the door showed anything. checked: a person held it against the clause.
    """

    text: str = ""
    files: tuple[Proof, ...] = ()
    on: date | None = None
    acting_for: str = ""
    level: str = ""
    criterion: Criterion | None = None
    whole_judgement: bool = False
    checked: bool = False
    category: str = ""
    needs_superior: bool | None = None
    deadline: date | None = None
    deadline_kind: str = ""
    is_order: bool = False
    supervisor_post_id: UUID | None = None
    supervising_unit_id: UUID | None = None
    delegate_unit_id: UUID | None = None
    delegate: Delegate | None = None
    party_unit_id: UUID | None = None
    party_name: str = ""
    arrangements: Arrangements | None = None
    interim: str = ""
    cannot_assure_safety: bool | None = None
    money_fen: int = 0
    signed_by: str = ""
    sign_refused: bool = False
    fixed: bool | None = None
    companions: tuple[Companion, ...] = ()
    on_site: bool = False
    organ: str = ""
    number: str = ""
    order: OrderTerms | None = None
    plan: SixParts | None = None
    report: ReportParts | None = None
    percent: int | None = None
    evaluation: str = ""
    evaluated_by: str = ""
    evaluator: str = ""
    visited_on: date | None = None
    visited_by: str = ""
    sanction: str = ""
    sanction_organ: str = ""
    licence: str = ""
    licence_suspended: bool | None = None
    repeat_of: UUID | None = None
    escalation: int = 0
    issue_paper: bool = False
    from_list: bool = False
    cert_no: str = ""
    suggested: Suggested | None = None

    def papers(self) -> int:
        """Count the papers that stand behind acting for someone."""
        return sum(one.role in {FileRole.PAPER, FileRole.DOCUMENT} for one in self.files)

    def photos(self, role: FileRole) -> int:
        """Count the photos with this role."""
        return sum(one.is_photo and one.role == role for one in self.files)


NOTHING: Final = Given()


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingFacts:
    """The main listing order as it stands."""

    id: UUID
    state: ListingState
    level: ListingLevel = ListingLevel.TOWN
    external: bool = False
    organ: str = ""
    proposed_on: date | None = None
    proposed_by_id: UUID | None = None
    listed_on: date | None = None
    plan_on: date | None = None
    progress_on: date | None = None
    published_on: date | None = None
    filed_on: date | None = None
    applied_on: date | None = None
    acceptance_due: date | None = None
    accepted_on: date | None = None
    delisting_published_on: date | None = None
    deadline: date | None = None
    licence_proposed: bool = False


@dataclass(frozen=True, slots=True)
class Barred:
    """Who may not verify a hazard (L2): people, units and villages that rectified it or acted for who did.

    submitters: who reported it to the superior, and may not record the superior's acceptance (L11).
    """

    people: frozenset[UUID] = frozenset()
    units: frozenset[UUID] = frozenset()
    paths: frozenset[str] = frozenset()
    enterprises: frozenset[UUID] = frozenset()
    submitters: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A hazard as it stands before an act: plain values, no database."""

    id: UUID
    state: State
    level: str = ""
    path: str = ""
    place_kind: PlaceKind = PlaceKind.ENTERPRISE
    enterprise_id: UUID | None = None
    place_unit_id: UUID | None = None
    party_unit_id: UUID | None = None
    source: str = Source.DEPARTMENT
    self_found: bool = False
    reporter_id: UUID | None = None
    reported_on: date | None = None
    found_on: date | None = None
    graded_on: date | None = None
    graded_by_id: UUID | None = None
    graded_unit_id: UUID | None = None
    countersigned: bool = False
    major_since: date | None = None
    lowering: bool = False
    is_order: bool = False
    orderer: str = ""
    ordering_unit_id: UUID | None = None
    supervising_unit_id: UUID | None = None
    supervisor_post_id: UUID | None = None
    delegated_unit_id: UUID | None = None
    delegated_to: str = ""
    assigned_on: date | None = None
    deadline: date | None = None
    first_deadline: date | None = None
    deadline_kind: DeadlineKind | str = ""
    extension: bool = False
    extension_count: int = 0
    answer_due: date | None = None
    round: int = 0
    arranged: bool = False
    has_interim: bool = False
    fixed_on_spot: bool = False
    cannot_assure_safety: bool | None = None
    suspended: bool = False
    suspended_on: date | None = None
    resumption: bool = False
    resumption_due: date | None = None
    accepted_on: date | None = None
    rectified_on: date | None = None
    barred: Barred = field(default_factory=Barred)
    before_photos: int = 0
    after_photos: int = 0
    after_documents: int = 0
    review_due: date | None = None
    passed_on: date | None = None
    expiry_checked_on: date | None = None
    expiry_fixed: bool | None = None
    closed_on: date | None = None
    invalidation: bool = False
    needs_superior: bool = False
    superior_organ: str = ""
    reminded_on: date | None = None
    same_kind_replies: int = 0
    submitted_on: date | None = None
    repeat: bool = False
    regulator_told: bool = False
    workers_told: bool = False
    escalation: int = 0
    ended_on: date | None = None
    listing: ListingFacts | None = None

    @property
    def listing_state(self) -> str:
        """The state of the main listing order, or "" where none is."""
        return "" if self.listing is None else self.listing.state


@dataclass(frozen=True, slots=True, kw_only=True)
class Doer:
    """Who does it: roles over this very hazard, main post, its unit and enterprise; names: by which they are called.

    other_units, other_enterprises: of every post held that day; independence looks at all of them (L2).
    """

    user_id: UUID | None = None
    post_id: UUID | None = None
    unit_id: UUID | None = None
    unit_path: str = ""
    enterprise_id: UUID | None = None
    roles: frozenset[Role] = frozenset()
    names: frozenset[str] = frozenset()
    other_units: Mapping[UUID, str] = field(default_factory=dict)
    other_enterprises: frozenset[UUID] = frozenset()

    @property
    def units(self) -> Mapping[UUID, str]:
        """Every unit this person speaks for, and its path; the posts of an enterprise only hang in their village."""
        main = {} if self.unit_id is None or self.enterprise_id is not None else {self.unit_id: self.unit_path}
        return main | dict(self.other_units)

    @property
    def enterprises(self) -> frozenset[UUID]:
        """Every enterprise this person belongs to."""
        return self.other_enterprises | ({self.enterprise_id} if self.enterprise_id is not None else frozenset())


@dataclass(frozen=True, slots=True)
class Superior:
    """An organ above the town that is on the platform and can log in: its names, the post that acts there, its unit.

    level: of the area that it answers for, at which alone it lists by itself.
    """

    names: frozenset[str]
    post: str
    unit_id: UUID | None = None
    level: ListingLevel | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """The open request that an answer answers: who asked, when, and for which day."""

    asked_by_id: UUID | None = None
    asked_on: date | None = None
    new_deadline: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Everything one decision looks at. rectifiers: what the place is called, and who accepted it and handed it in.

    superiors: those on the platform, read where somebody might act for one of them. own_town, own_units: what the town
    and its units are called, read where the listing of another body is recorded. licences: the safety licences that
    the enterprise holds, by their labels, read where one may be suspended.
    """

    standing: Standing
    doer: Doer
    today: date
    terms: Terms
    calendar: WorkCalendar
    given: Given = NOTHING
    pending: Pending = Pending()
    one_person: bool = False
    rectifiers: frozenset[str] = frozenset()
    superiors: tuple[Superior, ...] = ()
    own_town: frozenset[str] = frozenset()
    own_units: frozenset[str] = frozenset()
    licences: tuple[str, ...] = ()
