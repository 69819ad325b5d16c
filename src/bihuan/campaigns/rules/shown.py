"""What the pages of indicators are given: frozen values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from bihuan.campaigns.rules.covered import Cover
from bihuan.campaigns.rules.lines import RowsLink
from bihuan.campaigns.rules.own import OwnForm
from bihuan.campaigns.rules.terms import Indicator, State


@dataclass(frozen=True, slots=True)
class ClauseUse:
    """A clause of the plan, with the titles of its figures."""

    id: UUID
    label: str
    section: str
    text: str
    cover: Cover
    why: str
    titles: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """An indicator in the catalogue of a campaign. rooms: whose rows it counts; waits: those of them not there yet.
    part_of: the title of the own indicator of which it is declared a part, "" for none."""

    indicator: Indicator
    state: State
    rooms: Sequence[str]
    waits: Sequence[str]
    uses: Sequence[ClauseUse] = ()
    part_of: str = ""


@dataclass(frozen=True, slots=True)
class RoomLine:
    """A room: how many indicators count its rows, how many of them wait, and how many clauses they measure."""

    room: str
    measured: int
    waiting: int
    clauses: int


@dataclass(frozen=True, slots=True)
class Catalogued:
    """The catalogue as a campaign uses it, and how its clauses are covered. own: indicators of the campaign's own."""

    lines: Sequence[IndicatorLine]
    own: Sequence[IndicatorLine]
    clauses: Sequence[ClauseUse]
    covers: Mapping[Cover, int]
    figures: Mapping[State, int]
    rooms: Sequence[RoomLine]


@dataclass(frozen=True, slots=True)
class PartLine:
    """A measure of a term. meaning: "" where its room is not there yet."""

    sign: int
    title: str
    meaning: str
    level: str
    room: str


@dataclass(frozen=True, slots=True)
class FigureNow:
    """An indicator at a place at the end of a day, as a page says it."""

    place: str
    on: date
    text: str
    numerator: int | None
    denominator: int | None
    why: str = ""
    numerator_rows: Sequence[RowsLink] = ()
    denominator_rows: Sequence[RowsLink] = ()


@dataclass(frozen=True, slots=True)
class OwnEdition:
    """An edition of an own indicator. why: what ended it, "" while it counts."""

    key: str
    title: str
    edition: int
    by: str
    at: datetime | None
    why: str


@dataclass(frozen=True, slots=True)
class OwnBeside:
    """An own indicator beside another: of which that is a part, or a part of it. amount: None where it has none."""

    key: str
    title: str
    amount: int | None


@dataclass(frozen=True, slots=True)
class IndicatorView:
    """One indicator with all that is said of it. terms: what stands above and below, each with its measures. whole: of
    which it is declared a part. parts: that are declared parts of it."""

    line: IndicatorLine
    terms: Sequence[tuple[str, Sequence[PartLine]]]
    now: FigureNow | None
    editions: Sequence[OwnEdition] = ()
    form: OwnForm | None = None
    clause_id: UUID | None = None
    whole: OwnBeside | None = None
    parts: Sequence[OwnBeside] = ()


@dataclass(frozen=True, slots=True)
class Sample:
    """A row that is counted. page, args: where it opens."""

    title: str
    note: str
    page: str
    args: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """One side of an own indicator, looked at before it is kept: its number, its first rows, and how many there are."""

    meaning: str
    amount: int
    rows: Sequence[Sample] = ()
    total: int | None = None


@dataclass(frozen=True, slots=True)
class OwnPreview:
    """What an own indicator would say. doubt: why its rate may come to more than 100 %, or it to more than what it is a
    part of, "" for none. whole: of which it is a part."""

    title: str
    now: FigureNow
    sides: Sequence[Side] = field(default_factory=tuple)
    doubt: str = ""
    whole: OwnBeside | None = None
