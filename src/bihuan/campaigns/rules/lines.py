"""What the pages of campaigns are given: frozen values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from bihuan.campaigns.rules.days import no_such_days
from bihuan.campaigns.rules.drafting import NOBODYS, ClauseState, names_sub_plan
from bihuan.campaigns.rules.goals import absolutes_of
from bihuan.campaigns.rules.regular_orders import without_period
from bihuan.campaigns.rules.standing import Standing
from bihuan.campaigns.rules.terms import Where
from bihuan.campaigns.rules.text import fold
from bihuan.campaigns.rules.unnamed import unnamed_words
from bihuan.kernel.calendar import day_of


@dataclass(frozen=True, slots=True)
class CampaignLine:
    """A campaign in a list. units, plans: participating units, and those whose sub-plan was accepted. ready: it is a
    draft that waits for the signature."""

    id: UUID
    state: str
    title: str
    doc_number: str
    starts_on: date | None
    ends_on: date | None
    clauses: int
    units: int
    plans: int
    made_at: datetime
    ready: bool = False


@dataclass(frozen=True, slots=True)
class CampaignView:
    """A campaign as a page shows it. path: of the town that runs it."""

    id: UUID
    version: int
    state: str
    town_id: UUID
    path: str
    unit_id: UUID
    title: str
    doc_number: str
    issuing_body: str
    issued_on: date | None
    starts_on: date | None
    ends_on: date | None
    first_ends_on: date | None
    start_text: str
    end_text: str
    scope_text: str
    basis: Sequence[Mapping[str, Any]]
    goals: Sequence[Mapping[str, Any]]
    headings: Sequence[Mapping[str, Any]]
    reporting: Sequence[Mapping[str, Any]]
    phases: Sequence[Mapping[str, Any]]
    group: Mapping[str, Any]
    paragraphs: Sequence[str]
    cells: Sequence[Sequence[int]]
    file_id: UUID | None
    file_name: str
    job_id: UUID | None
    say: str
    clauses_count: int
    made_by: str
    made_at: datetime
    issued_at: datetime | None
    closed_at: datetime | None

    def is_over(self, on: date) -> bool:
        """Tell whether it had been closed by the end of a day: its figures stand still from the day of closing on."""
        return self.closed_at is not None and on >= day_of(self.closed_at)


@dataclass(frozen=True, slots=True)
class DraftFigure:
    """An indicator offered for a clause, or confirmed. why: the words that call for it."""

    key: str
    title: str
    why: str
    confirmed: bool
    measured: bool
    own: bool = False


@dataclass(frozen=True, slots=True)
class DraftClause:
    """A clause on the page where the reading is checked. cuts: where it may be split.

    unknown: parties nobody bears. superior: of the county and above. doubtful: may be the superior's or the town's.
    """

    id: UUID
    label: str
    state: str
    section: str
    section_title: str
    paragraph: int
    start: int
    end: int
    text: str
    gist: str
    parties: Sequence[str]
    parties_implied: bool
    units: Sequence[str]
    unknown: Sequence[str]
    superior: Sequence[str]
    doubtful: Sequence[str]
    due_on: date | None
    due_text: str
    due_implied: bool
    deliverable: str
    frequency: str
    not_by_data: str
    figures: Sequence[DraftFigure]
    cuts: Sequence[int]
    source: str

    @property
    def vague(self) -> str:
        """How often, where no period follows from it (定期, 不定期) and the order would be one task up to the end; ""
        where a person need not be asked."""
        is_dated = self.due_on is not None and not self.due_implied
        is_settled = is_dated or self.source in NOBODYS or self.state == ClauseState.SET_ASIDE
        if is_settled or any(one.measured for one in self.figures):
            return ""
        return without_period(self.frequency)

    @property
    def unnamed(self) -> str:
        """Why no unit of the town would get this order; "" where one does, or none need: an idea, a goal, what every
        unit is asked for (its sub-plan)."""
        if self.source in NOBODYS or self.state == ClauseState.SET_ASIDE or names_sub_plan(self.text):
            return ""
        return unnamed_words(self.parties, units=self.units, unknown=self.unknown, superior=self.superior)

    @property
    def absolutes(self) -> tuple[str, ...]:
        """What a goal wants without exception; () of an order."""
        return absolutes_of(self.text) if self.source == "goal" else ()

    @property
    def no_such_day(self) -> bool:
        """Tell whether its deadline names a day that no calendar has."""
        return self.due_on is None and bool(no_such_days(fold(self.due_text)))


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A name in a draft that no unit of the town bears. clauses: how many name it; offers: units that do this at home,
    with their ids, likely ones; is_superior: a body of the county or above."""

    name: str
    clauses: int
    offers: Sequence[tuple[UUID, str]]
    is_superior: bool


@dataclass(frozen=True, slots=True)
class RowsLink:
    """The page and filter that list rows behind a figure."""

    page: str
    query: Mapping[str, str]
    amount: int
    sign: int


@dataclass(frozen=True, slots=True)
class Short:
    """A unit that a figure still lacks something of."""

    name: str
    amount: int
    where: Where


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One figure of a clause on the plan page. trend: its share (0 to 1) or amount by week, () where none is kept."""

    key: str
    title: str
    text: str
    numerator: int | None
    denominator: int | None
    unit: str
    target: str
    own_target: bool
    standing: Standing
    why: str
    waits: tuple[str, ...]
    meanings: tuple[str, ...]
    source: str
    numerator_rows: tuple[RowsLink, ...] = ()
    denominator_rows: tuple[RowsLink, ...] = ()
    trend: tuple[float, ...] = ()
    lacking: int | None = None
    shorts: tuple[Short, ...] = ()

    @property
    def shorts_differ(self) -> int:
        """By how much what the units lack comes to more than what is lacking, or to less (negative): one thing may wait
        for several units, and one may be no unit's. 0 where it adds up, or no unit is named."""
        return sum(one.amount for one in self.shorts) - (self.lacking or 0) if self.shorts else 0


@dataclass(frozen=True, slots=True)
class TaskCount:
    """The tasks of a clause: all, done, and those whose day has passed. coming: of its regular duties, those whose
    period has not begun; they are written when it does."""

    total: int = 0
    done: int = 0
    late: int = 0
    coming: int = 0


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """What a person changed of an order after issue: who does it, by when (None: no day of its own), and why."""

    at: datetime
    by: str
    why: str
    from_parties: Sequence[str]
    to_parties: Sequence[str]
    from_on: date | None
    to_on: date | None


@dataclass(frozen=True, slots=True)
class ClauseLine:
    """A clause on the plan page, as of a day. first_due_on: its deadline before it moved with the campaign's end.
    changes: what people changed of it after issue, the oldest first. ordered: somebody is to do it."""

    id: UUID
    label: str
    section: str
    paragraph: int
    start: int
    end: int
    text: str
    parties: Sequence[str]
    parties_implied: bool
    due_on: date | None
    due_text: str
    deliverable: str
    frequency: str
    not_by_data: str
    standing: Standing
    figures: Sequence[FigureLine]
    tasks: TaskCount
    first_due_on: date | None = None
    changes: Sequence[ChangeLine] = ()
    ordered: bool = True


@dataclass(frozen=True, slots=True)
class PlacePick:
    """A place of which the figures can be seen: the whole, or one participating unit. key: in the address."""

    key: str
    name: str
    where: Where


@dataclass(frozen=True, slots=True)
class PlanView:
    """The plan page: clauses of the section asked for, and counts over all. own_parts: the viewer's own parts in it, by
    id and name of the unit, those that have yet to sign first; to_sign: version of the first while it has not.

    chosen: nobody asked for the section; it is the one in which most is behind.
    """

    campaign: CampaignView
    on: date
    place: PlacePick
    places: Sequence[PlacePick]
    clauses: Sequence[ClauseLine]
    sections: Sequence[tuple[str, str, int]]
    section: str
    chosen: bool
    counts: Mapping[Standing, int]
    measured: int
    own_parts: Sequence[tuple[UUID, str]]
    units: int
    set_up: int
    plans: int
    frozen: "FrozenNote | None" = None
    to_sign: int | None = None


@dataclass(frozen=True, slots=True)
class FrozenNote:
    """Which edition of the frozen figures a page shows. why: of a correction, "" as it was closed, or not for all."""

    number: int
    at: datetime
    by: str
    why: str


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A participating unit. own: the viewer's own. tasks: all, done, late."""

    id: UUID
    version: int
    unit_id: UUID
    path: str
    name: str
    side: str
    received_at: datetime | None
    received_by: str
    body: str
    leader: str
    contact: str
    plan_state: str
    plan_due_on: date
    plan_on: date | None
    plan_file_id: UUID | None
    plan_handed_in_at: datetime | None
    plan_note: str
    own: bool
    tasks: TaskCount = field(default_factory=TaskCount)


@dataclass(frozen=True, slots=True)
class ReportLine:
    """What was reported of a task, and its evidence."""

    state: str
    percent: int
    note: str
    files: Sequence[UUID]
    reported_at: datetime
    reported_by: str


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A task in a list."""

    id: UUID
    version: int
    title: str
    label: str
    unit_name: str
    unit_id: UUID
    helpers: Sequence[str]
    state: str
    percent: int
    note: str
    due_on: date
    first_due_on: date
    reported_at: datetime | None
    own: bool
    withdrawn_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class TaskView:
    """A task with the sentence that it comes from and all that was reported of it, newest first."""

    line: TaskLine
    clause_text: str
    reports: Sequence[ReportLine]
