"""The listing order's own life (R3.22–R3.28, R3.24a, L4)."""

from datetime import date, timedelta

from bihuan.hazards.models import Listing, ListingRecord
from bihuan.hazards.rules.acts import Act
from bihuan.hazards.rules.arrangements import five_from_six
from bihuan.hazards.rules.facts import OrderTerms
from bihuan.hazards.rules.marks import Mark
from bihuan.hazards.rules.parties import is_own_organ
from bihuan.hazards.rules.states import LISTING_LEVEL_NAMES, ListingLevel, ListingState
from bihuan.hazards.services.barring import bar_acting
from bihuan.hazards.services.change import Change, effect
from bihuan.hazards.services.papers import delisting_paper, listing_paper
from bihuan.hazards.services.rounds import fill_arrangements, reinspection, send_back
from bihuan.hazards.services.withdrawing import withdraw_listing
from bihuan.kernel.roles import Role


@effect(Act.PROPOSE_LISTING)
def propose(change: Change) -> None:
    """Asked of the committee."""
    order = _order(change, ListingState.PROPOSED)
    order.proposed_on, order.proposed_by, order.proposed_by_id = change.today, change.actor.name, change.actor.user_id
    _begin(change, order)
    change.say = "提请挂牌督办"


@effect(Act.LIST)
def list_(change: Change) -> None:
    """Signed by the chair; the notice takes its number."""
    terms = change.given.order or OrderTerms()
    change.set_listing(**_terms(change, terms), listed_on=change.today, listed_by=change.actor.name)
    change.set_listing(deadline=change.row.deadline or change.given.deadline)
    _mark_late(change, change.today)
    change.papers.append((listing_paper(change), lambda paper: change.set_listing(number=paper.doc_no)))
    change.keep_files()
    change.say = f"{LISTING_LEVEL_NAMES[ListingLevel(terms.level)]}挂牌督办"


@effect(Act.RECORD_LISTING)
def record_listing(change: Change) -> None:
    """Another body listed it: its paper is recorded; a lower order stays, but is no longer main (R3.24a)."""
    terms = change.given.order or OrderTerms()
    if change.listing_row is not None:
        change.updates.append((Listing, change.listing_row.pk, {"is_main": False}))
    order = _order(change, ListingState.LISTED)
    for name, value in _terms(change, terms).items():
        setattr(order, name, value)
    order.number, order.listed_on = terms.number, change.given.on
    order.listed_by = terms.organ
    if change.listing_row is None or change.listing_row.listed_on is None:
        _mark_late(change, change.given.on or change.today)
    order.external = change.role != Role.SUPERIOR or not is_own_organ(change.facts, terms.organ)
    order.scan_id = next((one.evidence_id for one in change.given.files), None)
    _begin(change, order)
    change.say = f"登记{terms.organ}挂牌督办 {terms.number}"


@effect(Act.WITHDRAW_LISTING)
def withdraw(change: Change) -> None:
    """The proposal is refused or taken back."""
    withdraw_listing(change, change.given.text)
    change.say = "撤回挂牌提请"


@effect(Act.PUBLISH)
def publish(change: Change) -> None:
    """Unit, hazard, deadline and persons were made public; once it is off the list, that (R3.24)."""
    day = change.given.on or change.today
    if change.row.listing_state == ListingState.DELISTED:
        change.set_listing(delisting_published_on=day)
        change.say = "摘牌公告"
    else:
        change.set_listing(published_on=day)
        change.say = "督办公告"
    _record(change)


@effect(Act.FILE_UPWARD)
def file_upward(change: Change) -> None:
    """A copy went up."""
    change.set_listing(filed_on=change.given.on or change.today)
    _record(change)
    change.say = "报上级备案"


@effect(Act.HAND_IN_PLAN)
def hand_in_plan(change: Change) -> None:
    """Six parts; what the five arrangements still lack is filled from them (R3.8, R3.9)."""
    plan = change.given.plan
    assert plan is not None  # noqa: S101 -- the table has looked
    change.set_listing(
        plan_on=change.today,
        goals=plan.goals,
        methods=plan.methods,
        funds=plan.funds,
        organ_persons=plan.organ_persons,
        time_limits=plan.time_limits,
        emergency=plan.emergency,
    )
    fill_arrangements(change, five_from_six(plan))
    _record(change)
    bar_acting(change)
    change.say = "提交治理方案，六项齐"


@effect(Act.PROGRESS)
def progress(change: Change) -> None:
    """The weekly report."""
    percent = change.given.percent or 0
    change.set_listing(progress_on=change.today, progress_percent=percent)
    _record(change)
    if change.given.acting_for.strip():
        bar_acting(change)
    change.say = f"治理进度 {percent}%"


@effect(Act.APPLY_ACCEPTANCE)
def apply_acceptance(change: Change) -> None:
    """The written application with its evaluation starts the acceptance clock (R3.28)."""
    due = change.today + timedelta(days=change.facts.terms.listing_acceptance_days)
    change.set_listing(applied_on=change.today, acceptance_due=due, evaluation=change.given.evaluation)
    _record(change)
    bar_acting(change)
    change.say = "申请验收"


@effect(Act.ACCEPT_LISTING)
def accept_listing(change: Change) -> None:
    """Accepted on site by the listing body (L4)."""
    change.new.append(reinspection(change, passed=True))
    change.set_listing(accepted_on=change.today)
    change.keep_files()
    change.say = "挂牌验收合格"


@effect(Act.FAIL_ACCEPTANCE)
def fail_acceptance(change: Change) -> None:
    """One act: the listing back to governing, the hazard back to rectifying, the round counted (L4)."""
    change.set_listing(applied_on=None, acceptance_due=None, accepted_on=None)
    send_back(change)
    change.say = f"挂牌验收不合格，退回整改（第 {change.row.round} 轮）"


@effect(Act.DELIST)
def delist(change: Change) -> None:
    """Off the list: the notice takes its number; an outside body's is recorded as its paper says."""
    change.set_listing(delisted_on=change.given.on or change.today, delisting_note=change.given.text)
    if change.listing_row is not None and change.listing_row.external:
        change.set_listing(delisting_number=change.given.number)
    else:
        change.papers.append((delisting_paper(change), lambda paper: change.set_listing(delisting_number=paper.doc_no)))
    change.keep_files()
    change.say = "摘牌"


def _mark_late(change: Change, listed_on: date) -> None:
    facts = change.facts
    since = change.row.major_since or change.row.found_on
    due = facts.calendar.add_working_days(since, facts.terms.listing_red_wd)
    change.mark(Mark.LISTED_LATE, holds=listed_on > due)


def _order(change: Change, state: ListingState) -> Listing:
    row = change.row
    return Listing(
        hazard_id=row.pk,
        town_id=row.town_id,
        path=row.path,
        sector=row.sector,
        enterprise_id=row.enterprise_id,
        state=state,
        level=ListingLevel.TOWN,
        round_number=row.round,
        content=row.description,
        basis=f"{row.criterion_clause} {row.criterion_text}".strip() or row.level_reason,
        deadline=row.deadline,
    )


def _terms(change: Change, terms: OrderTerms) -> dict[str, object]:
    return {
        "level": terms.level,
        "organ": terms.organ or change.actor.unit_name,
        "organ_unit_id": terms.organ_unit_id or change.actor.unit_id,
        "supervising_unit": terms.supervising_unit,
        "supervising_unit_id": terms.supervising_unit_id,
        "closing_organ": terms.closing_organ or terms.organ or change.actor.unit_name,
        "demands": terms.demands,
        "enterprise_person": terms.enterprise_person,
        "supervisor": terms.supervisor,
        "leader": terms.leader,
        "stop_production": terms.stop_production,
    }


def _begin(change: Change, order: Listing) -> None:
    change.new.append(order)
    change.listing_row = order
    change.set(listing_id=order.pk, listing_state=order.state)
    change.keep_files()


def _record(change: Change) -> None:
    given = change.given
    assert change.listing_row is not None  # noqa: S101 -- the table has looked
    change.new.append(
        ListingRecord(
            listing_id=change.listing_row.pk,
            town_id=change.row.town_id,
            act=change.act,
            at=change.now,
            by=change.actor.name,
            percent=given.percent,
            money_fen=given.money_fen,
            note=given.text,
            acting_for=given.acting_for,
        )
    )
    change.keep_files()
