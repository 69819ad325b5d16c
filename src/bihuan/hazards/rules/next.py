"""Who must move next, and by when: every running clock of a hazard, the nearest first (R3.16–R3.28, L5)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from bihuan.hazards.rules.acts import Act
from bihuan.hazards.rules.arrangements import needs_five
from bihuan.hazards.rules.expiry import is_checked
from bihuan.hazards.rules.facts import ListingFacts, Standing
from bihuan.hazards.rules.resuming import reviewed_by_acceptance
from bihuan.hazards.rules.reviewers import checker_of, orderer_of, reviewer_of
from bihuan.hazards.rules.states import (
    LIVE_LISTING,
    OPEN_STATES,
    RUNNING_STATES,
    ClockKind,
    Holder,
    Level,
    ListingLevel,
    ListingState,
    PlaceKind,
    State,
)
from bihuan.hazards.rules.terms import Terms
from bihuan.kernel.calendar import WorkCalendar

FAR: Final = date.max
RESUMING: Final = frozenset({Holder.OFFICE, Holder.DEPARTMENT, Holder.SUPERIOR})


@dataclass(frozen=True, slots=True)
class Next:
    """One thing that must happen: whose move, which act, the last day for it (None: no day is set), which clock."""

    holder: Holder
    act: Act | None
    due_on: date | None
    kind: ClockKind


Clock = Callable[[date | None, int], date | None]


def next_move(standing: Standing, *, on: date, terms: Terms, calendar: WorkCalendar) -> Next:
    """Return the nearest of all running clocks; for an ended hazard the day it ended and nobody's move."""
    if standing.state not in OPEN_STATES:
        holder = Holder.OUTSIDE if standing.state == State.TRANSFERRED else Holder.NOBODY
        return Next(holder, None, standing.ended_on, ClockKind.ENDED)
    moves = list(all_moves(standing, on=on, terms=terms, calendar=calendar))
    return min(moves, key=lambda move: move.due_on or FAR)


def all_moves(standing: Standing, *, on: date, terms: Terms, calendar: WorkCalendar) -> Iterator[Next]:
    """Yield every move that is open, the hazard's own first; at least one for every open hazard."""

    def after(day: date | None, working_days: int) -> date | None:
        return None if day is None else calendar.add_working_days(day, working_days)

    own = list(_own_moves(standing, on, terms, after))
    yield from own
    if standing.resumption and all(move.act != Act.RESUME for move in own):
        yield Next(orderer_of(standing), Act.RESUME, standing.resumption_due, ClockKind.RESUMPTION)
    if standing.level == Level.MAJOR:
        yield from _listing_moves(standing, terms, after)
    if standing.extension:
        yield Next(_granter(standing), Act.GRANT_EXTENSION, standing.answer_due, ClockKind.EXTENSION)


def _own_moves(standing: Standing, on: date, terms: Terms, after: Clock) -> Iterator[Next]:
    state = standing.state
    if state == State.REPORTED:
        due = after(standing.reported_on, terms.confirm_wd)
        yield Next(Holder.OFFICE, Act.CONFIRM, due, ClockKind.CONFIRM)
    elif state == State.CONFIRMED:
        yield from _order_moves(standing, after(standing.graded_on, terms.assign_wd))
    elif state in RUNNING_STATES:
        yield _work_move(standing, on)
        if standing.deadline is not None and on > standing.deadline and not is_checked(standing):
            due = expiry_review_due_on(standing.deadline, days=terms.review_days)
            yield Next(checker_of(standing), Act.CHECK_EXPIRED, due, ClockKind.REVIEW)
    elif state == State.RECTIFIED:
        yield from _review_moves(standing)
    elif state == State.AWAITING_SUPERIOR:
        yield _answer_move(standing)


def _answer_move(standing: Standing) -> Next:
    """The superior accepts; raised to major meanwhile it can only go back, to be listed and accepted first (L4)."""
    if standing.level == Level.MAJOR and not _is_delisted(standing):
        return Next(Holder.SUPERIOR, Act.SUPERIOR_REFUSE, standing.deadline, ClockKind.SUPERIOR)
    return _ending(standing, Next(Holder.SUPERIOR, Act.SUPERIOR_ACCEPT, None, ClockKind.SUPERIOR))


def _order_moves(standing: Standing, due: date | None) -> Iterator[Next]:
    """A major hazard is countersigned, then listed (its own clock), then ordered with what the listing demands."""
    if standing.level == Level.MAJOR:
        if standing.countersigned and standing.listing_state in LIVE_LISTING:
            yield Next(orderer_of(standing), Act.ASSIGN, due, ClockKind.ASSIGN)
        return
    yield Next(orderer_of(standing), Act.ASSIGN, due, ClockKind.ASSIGN)


def _work_move(standing: Standing, on: date) -> Next:
    if standing.state == State.RECTIFYING:
        return Next(party_of(standing), Act.HAND_IN, standing.deadline, ClockKind.RECTIFY)
    lacking = needs_five(standing, today=on) and not standing.arranged
    if standing.level == Level.MAJOR and (lacking or not standing.has_interim):
        return Next(Holder.OFFICE, Act.ARRANGE, standing.deadline, ClockKind.RECTIFY)
    act = Act.ARRANGE if lacking else Act.ACCEPT
    return Next(party_of(standing), act, standing.deadline, ClockKind.RECTIFY)


def _review_moves(standing: Standing) -> Iterator[Next]:
    if standing.passed_on is not None and standing.level == Level.MAJOR and not _is_delisted(standing):
        return  # raised after it passed: the listing's own clocks run (L4)
    if standing.passed_on is not None:
        yield _ending(standing, Next(Holder.OFFICE, Act.SUBMIT_SUPERIOR, standing.deadline, ClockKind.SUPERIOR))
    elif standing.level != Level.MAJOR:
        yield _ending(standing, Next(reviewer_of(standing), Act.PASS, standing.review_due, ClockKind.REVIEW))
    elif standing.listing_state == ListingState.DELISTED:
        passing = Next(listing_holder(standing.listing), Act.PASS, standing.review_due, ClockKind.REVIEW)
        yield _ending(standing, passing)


def _ending(standing: Standing, move: Next) -> Next:
    """R3.28: before what was stopped ends, its unit applies and whoever may resume it does.

    A superior's item is passed here before that.
    """
    if not standing.suspended or (move.act == Act.PASS and standing.needs_superior):
        return move
    holder = move.holder if move.holder in RESUMING else Holder.OFFICE
    if standing.resumption:
        return Next(holder, Act.RESUME, standing.resumption_due, ClockKind.RESUMPTION)
    if reviewed_by_acceptance(standing):
        return replace(move, holder=holder, act=Act.RESUME)
    return replace(move, holder=party_of(standing), act=Act.APPLY_RESUMPTION)


def _is_delisted(standing: Standing) -> bool:
    return standing.listing_state == ListingState.DELISTED


def _listing_moves(standing: Standing, terms: Terms, after: Clock) -> Iterator[Next]:
    listing, red = standing.listing, after(standing.major_since, terms.listing_red_wd)
    if standing.state == State.REPORTED:
        return
    if listing is None:
        act = Act.PROPOSE_LISTING if standing.countersigned else Act.COUNTERSIGN
        propose_by = after(standing.major_since, terms.listing_propose_wd)
        yield Next(Holder.OFFICE, act, propose_by, ClockKind.PROPOSE)
        return
    holder = listing_holder(listing)
    if listing.state == ListingState.PROPOSED:
        decide_by = after(listing.proposed_on, terms.listing_decide_wd)
        due = min(day for day in (decide_by, red, FAR) if day is not None)
        yield Next(Holder.COMMITTEE, Act.LIST, None if due == FAR else due, ClockKind.LIST)
    elif listing.state == ListingState.LISTED:
        due_plan = after(listing.listed_on, terms.listing_plan_wd)
        yield Next(party_of(standing), Act.HAND_IN_PLAN, due_plan, ClockKind.PLAN)
    elif listing.state == ListingState.GOVERNING and standing.state == State.RECTIFIED:
        yield Next(party_of(standing), Act.APPLY_ACCEPTANCE, standing.review_due, ClockKind.ACCEPTANCE)
    elif listing.state == ListingState.ACCEPTANCE_APPLIED:
        yield Next(holder, Act.ACCEPT_LISTING, listing.acceptance_due, ClockKind.ACCEPTANCE)
    elif listing.state == ListingState.ACCEPTED:
        yield Next(holder, Act.DELIST, after(listing.accepted_on, terms.listing_delist_wd), ClockKind.DELIST)


def party_of(standing: Standing) -> Holder:
    """Return who must rectify, in the words of the next actor."""
    return Holder.ENTERPRISE if standing.place_kind == PlaceKind.ENTERPRISE else Holder.UNIT


def listing_holder(listing: ListingFacts | None) -> Holder:
    """Return who accepts and delists: the committee; for an outside body the office that records its papers."""
    if listing is None or listing.external:
        return Holder.OFFICE
    return Holder.COMMITTEE if listing.level == ListingLevel.TOWN else Holder.SUPERIOR


def _granter(standing: Standing) -> Holder:
    if standing.level == Level.MAJOR and standing.listing is not None:
        return listing_holder(standing.listing)
    return Holder.DEPARTMENT if standing.orderer == Holder.DEPARTMENT else Holder.OFFICE


def review_due_on(handed_in_on: date, *, days: int) -> date:
    """Return the last day to re-inspect a repair (R3.16).

    handed_in_on: date in Asia/Shanghai; not counted. days: calendar days, >= 1. Result: inclusive, ends at 24:00.
    """
    return handed_in_on + timedelta(days=days)


def expiry_review_due_on(deadline: date, *, days: int) -> date:
    """Return the last day to re-inspect what was not handed in by its deadline (R3.16): from the expiry."""
    return deadline + timedelta(days=days)
