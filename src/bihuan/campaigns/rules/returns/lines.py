"""What the pages of returns are given: frozen values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from bihuan.campaigns.rules.returns.binding import Binding
from bihuan.campaigns.rules.returns.computing import Filled
from bihuan.campaigns.rules.returns.doubts import Doubt
from bihuan.campaigns.rules.returns.grid import Grid, Slot
from bihuan.campaigns.rules.returns.life import ReturnAct
from bihuan.campaigns.rules.returns.listed import Listed
from bihuan.campaigns.rules.returns.names import Near
from bihuan.campaigns.rules.returns.rhythm import PLATFORM, Deadline, Period


@dataclass(frozen=True, slots=True)
class FormLine:
    """A form in a list. bound: of its cells. deadline: that the superior set. is_newer: it succeeds another."""

    id: UUID
    code: str
    title: str
    to_whom: str
    rhythm: str
    state: str
    slots: int
    bound: int
    owers: int
    in_use_on: date | None
    deadline: Deadline = PLATFORM
    retired_on: date | None = None
    is_newer: bool = False


@dataclass(frozen=True, slots=True)
class OwerLine:
    """A unit that owes a form."""

    unit_id: UUID
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class UnreadWord:
    """A word of a form's headings that no unit and no sector bears. cells: those that wait for it. line: 行 or 列."""

    word: str
    line: str
    cells: tuple[str, ...]
    near: tuple[Near, ...]


@dataclass(frozen=True, slots=True)
class FormView:
    """A form with its cells and what each is bound to. unread: names in its headings that nobody knows. named: cells
    whose headings name somebody. too_wide: of these, those that count more. anew: of a form in use, the cells that
    would be suggested otherwise today (rules.returns.forms). is_older: a form of ours whose layout has changed since.
    succeeds: the form of which this is a newer edition.
    """

    id: UUID
    version: int
    town_id: UUID
    path: str
    campaign_id: UUID | None
    state: str
    code: str
    title: str
    to_whom: str
    rhythm: str
    cumulative_from: date | None
    grid: Grid
    slots: Mapping[str, Slot]
    bindings: Mapping[str, Binding]
    owers: Sequence[OwerLine]
    file_id: UUID | None
    file_name: str
    in_use_on: date | None
    is_office: bool
    deadline: Deadline = PLATFORM
    unread: Sequence[UnreadWord] = ()
    named: frozenset[str] = frozenset()
    too_wide: frozenset[str] = frozenset()
    anew: Mapping[str, Binding | None] = field(default_factory=dict)
    is_older: bool = False
    retired_on: date | None = None
    succeeds: UUID | None = None

    @property
    def unbound(self) -> list[Slot]:
        """The cells for which nobody has said what they want."""
        return [slot for address, slot in self.slots.items() if address not in self.bindings]


@dataclass(frozen=True, slots=True)
class RowsOf:
    """Rows behind a part of a figure: page and filter of exactly these. sign: -1 for what is taken away."""

    page: str
    query: Mapping[str, str]
    amount: int
    sign: int


class UnitPart(NamedTuple):
    """What one unit brings into a return. said: its number, or that its return is not there. cell: where it stands."""

    unit_name: str
    return_id: UUID | None
    said: str
    cell: str = ""


@dataclass(frozen=True, slots=True)
class CellView:
    """One cell of a return. now: as counted at this moment, where that differs from what was sent. apart: what is told
    beside it, such as what was reopened. units: whose numbers it adds up. own: what a person
    typed in it, which with units is only the part of its own. is_unasked: the unit cannot know it. later: what was
    typed since it was sent, here or in another form."""

    slot: Slot
    binding: Binding
    filled: Filled
    rule: str
    rows: Sequence[RowsOf] = ()
    now: str = ""
    changed_from: str = ""
    apart: Sequence[tuple[str, RowsOf]] = ()
    units: Sequence[UnitPart] = ()
    own: str = ""
    is_unasked: bool = False
    later: Filled | None = None


@dataclass(frozen=True, slots=True)
class EditionLine:
    """One version of the figures as sent. changes: cell, from, to. lists: how many rows its lists have."""

    number: int
    sent_at: datetime
    sent_by: str
    remark: str
    why: str
    changes: Sequence[tuple[str, str, str]]
    lists: int = 0


class LaterRow(NamedTuple):
    """A hazard that a cell counts now and not when it was sent (came), or the other way about. day: of the event."""

    number: str
    hazard_id: UUID
    day: date
    came: bool


class ReceiptLine(NamedTuple):
    """A number that the superior's system gave, and who wrote it down when; "" and None where that was not kept."""

    number: str
    by: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class ReturnView:
    """A return with everything that its page says. units: that owe the same form, in the return of their town.
    lists: as they stand, or as the edition `lists_of` kept them. known: of a period that is over, when what is counted
    by the day of finding was known, "" where nothing is."""

    id: UUID
    version: int
    form: FormView
    unit_id: UUID
    unit_name: str
    since: date
    until: date
    due_at: datetime
    state: str
    edition: int
    cells: Mapping[str, CellView]
    doubts: Sequence[Doubt]
    acts: Sequence[ReturnAct]
    editions: Sequence[EditionLine]
    remark: str
    returned_for: str
    first_sent_at: datetime | None
    sent_by: str
    checked_by: str
    locked_at: datetime | None
    pack_sha256: str
    receipt: str
    still_open: Sequence[Slot] = ()
    units: Sequence[UnitPart] = ()
    receipts: Sequence[ReceiptLine] = ()
    to_whom: str = ""
    lists: Sequence[Listed] = ()
    lists_of: int = 0
    known: str = ""


@dataclass(frozen=True, slots=True)
class OwedLine:
    """A return that is owed. return_id: None while nobody has begun. may_fill, acts: what this viewer may do to it.
    is_touched: somebody has written in it.
    """

    form_id: UUID
    title: str
    rhythm: str
    to_whom: str
    unit_id: UUID
    unit_name: str
    period: Period
    return_id: UUID | None
    state: str
    edition: int
    first_sent_at: datetime | None
    is_late: bool
    may_fill: bool
    acts: Sequence[ReturnAct] = ()
    sent_at: datetime | None = None
    is_touched: bool = False

    @property
    def is_missing(self) -> bool:
        """Whether its hour has passed and nothing was sent."""
        return self.is_late and self.first_sent_at is None
