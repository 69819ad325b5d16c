"""Ordering the work: assignment, arrangements, supervisors, reminders, attachments (R3.3, R3.9, R3.20)."""

from bihuan.hazards.rules.acts import Act
from bihuan.hazards.rules.deadlines import ESCALATION_NAMES, Escalation
from bihuan.hazards.rules.parties import acting_is_papered, is_party
from bihuan.hazards.rules.states import State
from bihuan.hazards.services.barring import bar, bar_acting
from bihuan.hazards.services.change import Change, effect
from bihuan.hazards.services.papers import order_paper, reminder_paper
from bihuan.hazards.services.rounds import start_life, write_arrangements


@effect(Act.ASSIGN)
def assign(change: Change) -> None:
    """An order: deadline, supervisor, the first round of this life."""
    start_life(change)
    change.keep_files()
    if change.given.issue_paper:
        change.papers.append((order_paper(change), lambda paper: change.set(order_paper_id=paper.id)))
    delegate = change.given.delegate
    change.say = f"下达整改，期限 {change.deadline_said()}" + (f"，委托{delegate.name}复查" if delegate else "")


@effect(Act.ARRANGE)
def arrange(change: Change) -> None:
    """Fill in arrangements, bit by bit; what was filled stays unless filled again."""
    if change.round_row is not None:
        write_arrangements(change, change.round_row)
    if change.given.cannot_assure_safety is not None:
        change.set(cannot_assure_safety=change.given.cannot_assure_safety)
    if change.given.acting_for.strip():
        bar_acting(change)
    change.keep_files()
    change.say = "填报五落实" + ("，五项齐" if change.row.arranged else "")


@effect(Act.REASSIGN)
def reassign(change: Change) -> None:
    """Another post supervises; the deadline stays."""
    given = change.given
    change.set(supervisor_post_id=given.supervisor_post_id, supervising_unit_id=change.supervising_unit())
    change.say = "改派监管责任人"


@effect(Act.DELEGATE_REVIEW)
def delegate_review(change: Change) -> None:
    """Another unit re-inspects for who ordered, or they take it back; the reason is in the trail (R3.15)."""
    delegate = change.given.delegate
    change.set(delegated_unit_id=delegate.unit_id if delegate else None)
    change.set(delegated_to=delegate.holder if delegate else None)
    change.say = f"委托{delegate.name}复查" if delegate else "收回委托，自己复查"


@effect(Act.REMIND)
def remind(change: Change) -> None:
    """A reminder, or one of the steps of R3.20; a letter where asked for."""
    row, step = change.row, Escalation(change.given.escalation)
    change.set(reminders=row.reminders + 1, reminded_on=change.today, escalation=max(row.escalation, step))
    if change.given.issue_paper:
        change.papers.append((reminder_paper(change), None))
    change.say = f"逾期{ESCALATION_NAMES[step]}" if step else "催办"
    change.figures["escalation"] = int(step)


@effect(Act.ATTACH)
def attach(change: Change) -> None:
    """More photos or papers; while it waits for re-inspection those of the party, or of who acts for it, are proof.

    Whoever brings proof of the repair does not verify it (L2).
    """
    change.keep_files()
    facts = change.facts
    party, known = is_party(facts.standing, facts.doer), facts.doer.user_id in facts.standing.barred.people
    if change.row.state == State.RECTIFIED and (party or known or not acting_is_papered(facts)):
        bar(change, acting=not party)
        change.count_after()
    change.say = f"补充材料 {len(change.given.files)} 份"
