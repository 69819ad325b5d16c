"""The facts of a campaign as they were recorded by the end of a day, and the rows that a figure counts."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bihuan.campaigns.rules.registers import Chair, RecordKind, StudyKind
from bihuan.campaigns.rules.units import Side
from bihuan.kernel.paths import is_within


@dataclass(frozen=True, slots=True)
class Counted:
    """One row behind a figure. who: the unit. on: its day, None where it has none. amount: what it adds."""

    title: str
    who: str
    on: date | None = None
    note: str = ""
    amount: int = 1


@dataclass(frozen=True, slots=True)
class Part:
    """A unit's part. unit_id: of orgs. plan: its state; first_plan_on: when one was handed in first; returned_on: since
    when it is sent back and was not handed in again."""

    id: UUID
    unit_id: UUID
    name: str
    path: str
    side: Side
    plan_due_on: date
    received: bool = False
    body: bool = False
    leader: bool = False
    plan: str = ""
    first_plan_on: date | None = None
    returned_on: date | None = None

    def is_in(self, path: str) -> bool:
        """Tell whether it lies at a path or below it."""
        return is_within(self.path, path)


@dataclass(frozen=True, slots=True)
class TaskFact:
    """A task. clause_id: what it was made from. due_on: as it was on the day. done: on the day; done_by_due: at the end
    of its own day. by_return: it is made by a return, which says itself that it is late."""

    clause_id: UUID | None
    title: str
    part: Part
    due_on: date
    done: bool
    done_by_due: bool
    helpers: frozenset[UUID]
    helped: frozenset[UUID]
    by_return: bool = False


@dataclass(frozen=True, slots=True)
class RecordFact:
    """Any dated record. part: whose, by orgs' unit and path; None for the town's own."""

    kind: RecordKind | None
    title: str
    unit_id: UUID | None
    who: str
    path: str
    on: date
    chair: Chair | None = None
    study: StudyKind | None = None
    unit_head: bool = False
    firms: tuple[tuple[UUID, str], ...] = ()


@dataclass(frozen=True, slots=True)
class DueFact:
    """A decision or key problem of one unit. done_on: by the day asked, None where it was open then."""

    kind: RecordKind
    title: str
    who: str
    path: str
    due_on: date
    done_on: date | None


@dataclass(frozen=True, slots=True)
class Led:
    """One enterprise that a leader visited on a day."""

    post_id: UUID
    leader: str
    firm: str
    on: date


@dataclass(frozen=True, slots=True)
class Leader:
    """A leader's post, with who held it from when to when."""

    post_id: UUID
    title: str
    kind: str
    held: tuple[tuple[date, date | None, UUID], ...]

    def holder(self, on: date) -> UUID | None:
        """Return who held it on a day, None where nobody did."""
        return next((who for first, last, who in self.held if first <= on and (last is None or on <= last)), None)


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat of the leading group."""

    title: str
    who: str
    filled: bool
