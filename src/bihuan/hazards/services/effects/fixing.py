"""The rectifying party's acts: accept, hand in, fix on the spot (L2, L3, R3.14)."""

from bihuan.hazards.rules.acts import Act
from bihuan.hazards.rules.deadlines import handed_in_late, kept_deadline
from bihuan.hazards.rules.next import review_due_on
from bihuan.hazards.rules.parties import is_party
from bihuan.hazards.rules.states import DeadlineKind
from bihuan.hazards.services.barring import bar, bar_acting
from bihuan.hazards.services.change import Change, effect
from bihuan.hazards.services.withdrawing import withdraw_extension


@effect(Act.ACCEPT)
def accept(change: Change) -> None:
    """The party takes the order; the deadline has been running since the order (L5)."""
    change.set(accepted_on=change.today)
    change.set_round(accepted_at=change.now, accepted_by=change.actor.name)
    bar_acting(change)
    change.keep_files()
    change.say = "签收整改"


@effect(Act.HAND_IN)
def hand_in(change: Change) -> None:
    """The party says it is done and shows it; the clock of the re-inspection starts."""
    row, given = change.row, change.given
    change.set_round(**_handed_in(change))
    change.set(rectified_on=change.today, money_fen=row.money_fen + given.money_fen)
    change.set(review_due=review_due_on(change.today, days=change.facts.terms.review_days))
    withdraw_extension(change)
    bar(change, acting=not is_party(change.facts.standing, change.facts.doer))
    change.keep_files()
    change.count_after()
    change.say = "提交整改" + _counted(change)


@effect(Act.FIX_ON_SPOT)
def fix_on_spot(change: Change) -> None:
    """Found and fixed in one visit: both photos, both signatures (R3.14)."""
    row, given = change.row, change.given
    change.set(
        deadline=min(kept_deadline(change.facts.standing) or change.today, change.today),
        first_deadline=row.first_deadline or change.today,
        deadline_kind=DeadlineKind.SAME_DAY,
        assigned_on=change.today,
        ordering_unit_id=change.ordering_unit(),
        supervisor_post_id=given.supervisor_post_id,
        supervising_unit_id=change.supervising_unit(),
        fixed_on_spot=True,
        accepted_on=change.today,
        rectified_on=change.today,
        review_due=review_due_on(change.today, days=change.facts.terms.review_days),
        money_fen=row.money_fen + given.money_fen,
    )
    opened = change.open_round()
    for name, value in _handed_in(change).items():
        setattr(opened, name, value)
    opened.accepted_at, opened.accepted_by = change.now, given.signed_by
    bar(change, acting=not is_party(change.facts.standing, change.facts.doer))
    change.keep_files()
    change.count_after()
    change.say = f"立行立改，现场签字：{given.signed_by}" + _counted(change)


def _handed_in(change: Change) -> dict[str, object]:
    given = change.given
    return {
        "handed_in_at": change.now,
        "handed_in_by": given.signed_by or change.actor.name,
        "handed_in_by_id": change.actor.user_id,
        "acting_for": given.acting_for,
        "done": given.text,
        "completed_on": given.on,
        "money_fen": given.money_fen,
        "late": handed_in_late(change.row.deadline, on=change.today),
    }


def _counted(change: Change) -> str:
    given = change.given
    photos = sum(one.is_photo for one in given.files)
    parts = [f"照片 {photos} 张"] if photos else []
    if len(given.files) > photos:
        parts.append(f"材料 {len(given.files) - photos} 份")
    if given.money_fen:
        parts.append(f"花费 {given.money_fen // 100} 元")
    return f"：{'，'.join(parts)}" if parts else ""
