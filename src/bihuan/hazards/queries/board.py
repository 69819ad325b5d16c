"""The board of major hazards: each with its listing, its clocks and what is late (R3.22–R3.28)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db.models import Count, Q

from bihuan.enterprises import queries as enterprises
from bihuan.hazards.models import Hazard, Listing
from bihuan.hazards.queries.standings import listing_facts
from bihuan.hazards.queries.terms import Frame, frames_of
from bihuan.hazards.queries.unlisted import NOT_LISTED, unlisted_late
from bihuan.hazards.rules.chips import Chip, chip_for
from bihuan.hazards.rules.deadlines import Escalation, climbed, highest, is_overdue, stop_ends_on
from bihuan.hazards.rules.listing import Milestone, milestones, next_progress_due, unlisted_late_since
from bihuan.hazards.rules.reports import ReportDue, reports_owed
from bihuan.hazards.rules.states import LIVE_LISTING, ListingState, State
from bihuan.kernel.actor import Actor
from bihuan.kernel.calendar import day_of

PAGE: Final = 50
EVER_LISTED: Final = [str(one) for one in (*LIVE_LISTING, ListingState.DELISTED)]


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One major hazard on the board. unlisted_late: past the red line of R3.22 without a listing.

    licensed: its unit holds a safety licence, so it is inspected closely while it is listed (R3.29).
    """

    id: UUID
    version: int
    number: str
    place_name: str
    description: str
    path: str
    sector: str
    state: State
    countersigned: bool
    major_since: date
    deadline: date | None
    closed_on: date | None
    chip: Chip
    next_holder: str
    next_act: str
    listing_state: ListingState | None
    listing_number: str
    listing_organ: str
    external: bool
    licensed: bool
    licence_proposed: bool
    listed_on: date | None
    progress_percent: int
    progress_late: bool
    arranged: bool
    has_interim: bool
    suspended: bool
    stop_ends_on: date | None
    stop_over: bool
    cannot_assure_safety: bool
    unlisted_late: bool
    step: Escalation
    milestones: tuple[Milestone, ...]
    reports_owed: tuple[ReportDue, ...]

    @property
    def unsafe_without_stop(self) -> bool:
        """R3.27: safety cannot be assured, and nothing was stopped: an exception."""
        return self.cannot_assure_safety and not self.suspended


@dataclass(frozen=True, slots=True)
class Board:
    """The board: a page of rows, the nearest clock first, and the figures over all of them."""

    rows: tuple[BoardRow, ...]
    page: int
    size: int
    open_count: int
    listed_count: int
    unlisted_late: int
    overdue: int


def board(viewer: Actor, *, now: datetime, page: int = 1, size: int = PAGE) -> Board:
    """Return a page of the open major hazards that the viewer sees, in a fixed number of queries. page: from 1."""
    today = day_of(now)
    rows = Hazard.objects.visible_to(viewer).major_and_open()
    counts = rows.aggregate(
        open=Count("pk"),
        listed=Count("pk", filter=Q(listing_state__in=EVER_LISTED)),
        overdue=Count("pk", filter=Q(is_running=True, deadline__lt=today)),
    )
    start = (max(page, 1) - 1) * size
    shown = list(rows.by_clock()[start : start + size])
    mains = {row.pk: row for row in Listing.objects.filter(pk__in=[one.listing_id for one in shown if one.listing_id])}
    frames = frames_of({row.town_id for row in shown}, on=today)
    licensed = set(enterprises.licences_of(row.enterprise_id for row in shown if row.enterprise_id is not None))
    lines = tuple(
        _row(
            row,
            mains.get(row.listing_id) if row.listing_id else None,
            frames[row.town_id],
            today,
            licensed=row.enterprise_id in licensed,
        )
        for row in shown
    )
    return Board(
        rows=lines,
        page=page,
        size=size,
        open_count=counts["open"],
        listed_count=counts["listed"],
        unlisted_late=unlisted_late(Hazard.objects.visible_to(viewer), today=today).count(),
        overdue=counts["overdue"],
    )


def _row(row: Hazard, listing: Listing | None, frame: Frame, today: date, *, licensed: bool) -> BoardRow:
    facts = listing_facts(listing) if listing is not None else None
    since = row.major_since or row.found_on
    red_from = unlisted_late_since(today, terms=frame.terms, calendar=frame.calendar)
    progress_on = next_progress_due(facts, terms=frame.terms) if facts is not None else None
    steps = (
        climbed(row.level, row.deadline, today=today, terms=frame.terms, calendar=frame.calendar)
        if is_overdue(row.state, row.deadline, today=today)
        else []
    )
    stop_ends = stop_ends_on(row.suspended_on, row.resumed_on, terms=frame.terms)
    return BoardRow(
        id=row.pk,
        version=row.version,
        number=row.number,
        place_name=row.place_name,
        description=row.description,
        path=row.path,
        sector=row.sector,
        state=State(row.state),
        countersigned=row.countersigned_on is not None,
        major_since=since,
        deadline=row.deadline,
        closed_on=row.closed_on,
        chip=chip_for(row.clock_kind, row.clock_on, today=today, calendar=frame.calendar),
        next_holder=row.next_holder,
        next_act=row.next_act,
        listing_state=ListingState(listing.state) if listing is not None else None,
        listing_number=listing.number if listing is not None else "",
        listing_organ=listing.organ if listing is not None else "",
        external=listing.external if listing is not None else False,
        licensed=licensed,
        licence_proposed=listing is not None and listing.licence_proposal_id is not None,
        listed_on=listing.listed_on if listing is not None else None,
        progress_percent=listing.progress_percent if listing is not None else 0,
        progress_late=progress_on is not None and progress_on < today,
        arranged=row.arranged,
        has_interim=row.has_interim,
        suspended=row.suspended_on is not None and row.resumed_on is None,
        stop_ends_on=stop_ends,
        stop_over=stop_ends is not None and stop_ends < today,
        cannot_assure_safety=bool(row.cannot_assure_safety),
        unlisted_late=since <= red_from and row.listing_state in NOT_LISTED,
        step=highest(steps),
        milestones=milestones(
            facts,
            major_since=since,
            terms=frame.terms,
            calendar=frame.calendar,
            delisted_on=listing.delisted_on if listing is not None else None,
        ),
        reports_owed=tuple(
            reports_owed(
                level=row.level,
                on=today,
                regulator_told=row.regulator_told_on is not None,
                workers_told=row.workers_told_on is not None,
            )
        ),
    )
