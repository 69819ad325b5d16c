"""Stopped, applied for, reviewed and started again (R3.27, R3.28)."""

from datetime import timedelta

from bihuan.hazards.models import Resumption
from bihuan.hazards.rules.acts import Act
from bihuan.hazards.rules.states import EVALUATOR_NAMES, SANCTION_NAMES, Evaluator, Sanction
from bihuan.hazards.services.barring import bar_acting
from bihuan.hazards.services.change import Change, effect


@effect(Act.SUSPEND)
def suspend(change: Change) -> None:
    """Production, work or use was stopped, by whoever may order that (R3.27)."""
    change.set(suspended_on=change.given.on or change.today, resumed_on=None, cannot_assure_safety=True)
    change.keep_files()
    change.say = f"{change.given.organ}决定停产停用{_number(change)}"


@effect(Act.APPLY_RESUMPTION)
def apply_resumption(change: Change) -> None:
    """The written application with its evaluation starts the clock of the site review (R3.28)."""
    row, given = change.row, change.given
    due = change.today + timedelta(days=change.facts.terms.resumption_review_days)
    asked = Resumption(
        hazard_id=row.pk,
        town_id=row.town_id,
        round_number=row.round,
        asked_at=change.now,
        asked_by=change.actor.name,
        asked_by_id=change.actor.user_id,
        acting_for=given.acting_for,
        done=given.text,
        evaluated_by=given.evaluated_by,
        evaluator=given.evaluator.strip(),
        conclusion=given.evaluation,
        due_on=due,
    )
    change.new.append(asked)
    change.set(resumption_id=asked.pk, resumption_due=due)
    change.figures["resumption"] = {
        "evaluated_by": asked.evaluated_by,
        "evaluator": asked.evaluator,
        "conclusion": asked.conclusion,
    }
    bar_acting(change)
    change.keep_files()
    by = EVALUATOR_NAMES[Evaluator(given.evaluated_by)]
    change.say = f"申请恢复，{by}（{asked.evaluator}）已评估，{due.month}月{due.day}日前现场审查"


@effect(Act.RESUME)
def resume(change: Change) -> None:
    """After review and consent (R3.27, R3.28)."""
    change.set(resumed_on=change.given.on or change.today)
    _answer(change, agreed=True)
    change.keep_files()
    change.say = f"{change.given.organ}审查同意恢复{_number(change)}{_visited(change)}"


@effect(Act.REFUSE_RESUMPTION)
def refuse_resumption(change: Change) -> None:
    """It stays stopped; the unit mends what is lacking and applies again, or a penalty is proposed (R3.28)."""
    given = change.given
    _answer(change, agreed=False)
    proposed = f"；{SANCTION_NAMES[Sanction(given.sanction)]}，报{given.sanction_organ}" if given.sanction else ""
    if given.sanction:
        change.figures["sanction"] = {"kind": given.sanction, "organ": given.sanction_organ}
    change.keep_files()
    change.say = f"{given.organ}审查不同意恢复{_number(change)}{_visited(change)}{proposed}"


def _answer(change: Change, *, agreed: bool) -> None:
    given = change.given
    change.answer(
        agreed=agreed,
        answered_at=change.now,
        answered_by=change.actor.name,
        answer=given.text,
        organ=given.organ,
        number=given.number,
        visited_on=given.visited_on,
        visited_by=given.visited_by,
        sanction=given.sanction if not agreed else "",
        sanction_organ=given.sanction_organ if not agreed else "",
    )
    change.set(resumption_id=None, resumption_due=None)


def _number(change: Change) -> str:
    return f"，{change.given.number}" if change.given.number else ""


def _visited(change: Change) -> str:
    given = change.given
    if given.visited_on is None:
        return ""
    change.figures["site_review"] = {"on": given.visited_on.isoformat(), "by": given.visited_by}
    return f"，{given.visited_on.month}月{given.visited_on.day}日 {given.visited_by}到现场审查"
