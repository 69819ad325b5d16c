"""Beside the state: transfer, invalidation, repeats, reports (L10, R3.11, R3.18)."""

from bihuan.hazards.models import Invalidation, Transfer
from bihuan.hazards.rules.acts import Act
from bihuan.hazards.services.barring import bar_acting
from bihuan.hazards.services.change import Change, effect
from bihuan.hazards.services.withdrawing import withdraw_listing


@effect(Act.TRANSFER)
def transfer(change: Change) -> None:
    """Handed to another body; it stays so, or comes back, and is never closed by it."""
    row, given = change.row, change.given
    change.new.append(
        Transfer(
            hazard_id=row.pk,
            town_id=row.town_id,
            organ=given.organ,
            number=given.number,
            reason=given.text,
            from_state=change.facts.standing.state,
            sent_at=change.now,
            sent_by=change.actor.name,
        )
    )
    change.keep_files()
    change.say = f"移送{given.organ}"


@effect(Act.RECORD_REPLY)
def record_reply(change: Change) -> None:
    """What the other body answered; the state stays."""
    change.figures["first_answer"] = _is_unanswered(change)
    change.answer(replied_on=change.given.on or change.today, reply=change.given.text)
    change.keep_files()
    change.say = "记录移送答复"


@effect(Act.RETURN)
def return_(change: Change) -> None:
    """It comes back, to be ordered anew."""
    change.figures["first_answer"] = _is_unanswered(change)
    change.answer(returned_at=change.now, return_reason=change.given.text, is_current=False)
    change.set(arranged=False, has_interim=False, accepted_on=None)
    if change.row.round:
        change.set_round(result="returned", ended_on=change.today)
    change.keep_files()
    change.say = "移送退回，重新办理"


def _is_unanswered(change: Change) -> bool:
    """Whether the body that was asked is heard of for the first time."""
    return isinstance(change.side_row, Transfer) and change.side_row.replied_on is None


@effect(Act.REQUEST_INVALID)
def request_invalid(change: Change) -> None:
    """One person asks; another decides (L10)."""
    row = change.row
    asked = Invalidation(
        hazard_id=row.pk,
        town_id=row.town_id,
        reason=change.given.text,
        asked_at=change.now,
        asked_by=change.actor.name,
        asked_by_id=change.actor.user_id,
    )
    change.new.append(asked)
    change.set(invalidation_id=asked.pk)
    change.keep_files()
    change.say = "申请作废"


@effect(Act.APPROVE_INVALID)
def approve_invalid(change: Change) -> None:
    """Two people found it wrong; row, number and proof stay (L10)."""
    _answer(change, approved=True)
    withdraw_listing(change, "隐患不成立")
    change.keep_files()
    change.say = "批准作废，记为不成立"


@effect(Act.REFUSE_INVALID)
def refuse_invalid(change: Change) -> None:
    """It goes on."""
    _answer(change, approved=False)
    change.set(invalidation_id=None)
    change.say = "不同意作废"


def _answer(change: Change, *, approved: bool) -> None:
    change.answer(
        approved=approved,
        answered_at=change.now,
        answered_by=change.actor.name,
        answered_by_id=change.actor.user_id,
        answer=change.given.text,
    )


@effect(Act.LINK_REPEAT)
def link_repeat(change: Change) -> None:
    """The same kind again (重复隐患)."""
    change.set(repeat_of_id=change.given.repeat_of)
    change.say = "关联为重复隐患"


@effect(Act.TELL_REGULATOR)
def tell_regulator(change: Change) -> None:
    """Reported to the department that supervises (R3.7, R3.11)."""
    change.set(regulator_told_on=change.given.on or change.today)
    bar_acting(change)
    change.keep_files()
    change.say = "已报告监管部门"


@effect(Act.TELL_WORKERS)
def tell_workers(change: Change) -> None:
    """Workers informed, since 2021 their assembly or congress (R3.11)."""
    change.set(workers_told_on=change.given.on or change.today)
    bar_acting(change)
    change.keep_files()
    change.say = "已向职工通报"
