"""Rounds: each with its own deadline, arrangements and result; earlier ones are never touched (L9)."""

from bihuan.hazards.models import Listing, Reinspection, Round
from bihuan.hazards.rules.acts import Act
from bihuan.hazards.rules.arrangements import FIVE, SIX, five_from_six, missing_of_five
from bihuan.hazards.rules.deadlines import kept_deadline
from bihuan.hazards.rules.facts import Arrangements, SixParts
from bihuan.hazards.services.change import Change
from bihuan.hazards.services.withdrawing import drop_delisted, withdraw_resumption


def start_life(change: Change) -> None:
    """Set deadline, supervisor and party, and open a round with its own arrangements (L9)."""
    row, given = change.row, change.given
    change.set(orderer=change.orderer())
    kept = kept_deadline(change.facts.standing) is not None
    change.set(
        assigned_on=change.today,
        is_order=given.is_order,
        ordering_unit_id=change.ordering_unit(),
        deadline=given.deadline,
        deadline_kind=given.deadline_kind,
        first_deadline=row.first_deadline or given.deadline,
        supervisor_post_id=given.supervisor_post_id,
        supervising_unit_id=change.supervising_unit(),
        delegated_unit_id=None,
        delegated_to=None,
        escalation=row.escalation if kept else 0,
        extension_count=row.extension_count if kept else 0,
    )
    if given.delegate is not None:
        change.set(delegated_unit_id=given.delegate.unit_id, delegated_to=given.delegate.holder)
    if given.party_unit_id is not None or given.party_name:
        change.set(party_unit_id=given.party_unit_id, party_name=given.party_name)
    if given.cannot_assure_safety is not None:
        change.set(cannot_assure_safety=given.cannot_assure_safety)
    opened = change.open_round()
    change.set(accepted_on=None, rectified_on=None, review_due=None, passed_on=None, arranged=False, has_interim=False)
    if change.act == Act.ASSIGN and change.listing_row is not None and change.listing_row.plan_on is not None:
        _from_plan(opened, change.listing_row)
    write_arrangements(change, opened)


def _from_plan(round_row: Round, order: Listing) -> None:
    """Begin with what a governance plan handed in before the order says (R3.9)."""
    plan = SixParts(*(getattr(order, name) for name, _ in SIX))
    for name, _ in FIVE:
        setattr(round_row, name, getattr(five_from_six(plan), name))


def write_arrangements(change: Change, round_row: Round) -> None:
    given = change.given
    written = {name: getattr(given.arrangements, name).strip() for name, _ in FIVE} if given.arrangements else {}
    written["interim"] = given.interim.strip()
    filled = {name: text for name, text in written.items() if text}
    for name, text in filled.items():
        setattr(round_row, name, text)
    if round_row is change.round_row and filled:
        change.set_round(**filled)
    five = Arrangements(*(getattr(round_row, name) for name, _ in FIVE))
    change.set(arranged=not missing_of_five(five), has_interim=bool(round_row.interim))


def fill_arrangements(change: Change, five: Arrangements) -> None:
    """Fill what is still empty of the current round from a governance plan (R3.9)."""
    round_row = change.round_row
    if round_row is None:
        return
    empty = {name: getattr(five, name) for name, _ in FIVE if not getattr(round_row, name) and getattr(five, name)}
    for name, text in empty.items():
        setattr(round_row, name, text)
    if empty:
        change.set_round(**empty)
    change.set(arranged=not missing_of_five(Arrangements(*(getattr(round_row, name) for name, _ in FIVE))))


def send_back(change: Change) -> None:
    """End the round as failed and open the next with the same arrangements; the deadline runs on."""
    change.new.append(reinspection(change, passed=False))
    change.keep_files()
    change.set_round(result="failed", ended_on=change.today)
    change.open_round(copy=change.round_row)
    change.set(failed_count=change.row.failed_count + 1)
    change.set(rectified_on=None, review_due=None, passed_on=None, submitted_on=None)
    withdraw_resumption(change)
    drop_delisted(change)


def fail_round(change: Change) -> None:
    """End an attempt that was not made in time and begin the next with the same arrangements; the state stays (L9)."""
    change.set_round(result="failed", ended_on=change.today)
    change.open_round(copy=change.round_row)
    change.set(failed_count=change.row.failed_count + 1)


def reinspection(change: Change, *, passed: bool, on_site: bool = False) -> Reinspection:
    """Return the record of a verification. on_site: the act itself is a visit."""
    given, actor = change.given, change.actor
    return Reinspection(
        hazard_id=change.row.pk,
        town_id=change.row.town_id,
        round_number=change.row.round,
        kind=change.act,
        at=change.now,
        verifier=actor.name,
        verifier_id=actor.user_id,
        verifier_unit=actor.unit_name,
        companions=[{"name": one.name, "unit": one.unit} for one in given.companions],
        on_site=on_site or given.on_site,
        passed=passed,
        opinion=given.text,
        acting_for=given.acting_for,
        signed_by=given.signed_by.strip() or None,
        sign_refused=given.sign_refused or None,
    )
