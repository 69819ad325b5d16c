"""Re-inspection, acceptance by the superior, reopening, samples (L2, L3, L9, L11)."""

from dataclasses import replace

from bihuan.hazards.queries.standings import barred_stored
from bihuan.hazards.rules.acts import Act
from bihuan.hazards.rules.deadlines import days_late, handed_in_late
from bihuan.hazards.rules.expiry import outcome_words
from bihuan.hazards.rules.states import State
from bihuan.hazards.services.change import Change, effect
from bihuan.hazards.services.papers import opinion_paper
from bihuan.hazards.services.rounds import fail_round, reinspection, send_back, start_life
from bihuan.hazards.services.withdrawing import drop_delisted


@effect(Act.PASS)
def pass_(change: Change) -> None:
    """Fixed: closed here, or, for a superior's item, ready to be reported."""
    change.new.append(reinspection(change, passed=True))
    change.set(passed_on=change.today, review_due=None)
    change.keep_files()
    if change.step.to == State.CLOSED:
        _close(change)
    else:
        change.say = "本级复查通过，待报上级认可"
    if change.given.issue_paper:
        change.papers.append((opinion_paper(change, passed=True), None))


def _close(change: Change) -> None:
    row = change.row
    late = handed_in_late(row.deadline, on=row.rectified_on or change.today)
    change.set(closed_on=change.today, closed_late=late)
    change.set_round(result="passed", ended_on=change.today)
    change.say = "复查合格，销号" + ("（逾期完成）" if late else "")


@effect(Act.FAIL)
def fail(change: Change) -> None:
    """Not fixed: back to work, the round counted, all proof kept (L9)."""
    send_back(change)
    if change.given.issue_paper:
        change.papers.append((opinion_paper(change, passed=False), None))
    change.say = f"复查不合格，退回整改（第 {change.row.round} 轮）"


@effect(Act.CHECK_EXPIRED)
def check_expired(change: Change) -> None:
    """Seen after the deadline: fixed, so the party hands in; or not, a failed round, and the deadline stays (R3.16)."""
    fixed = change.given.fixed is True
    change.new.append(reinspection(change, passed=fixed, on_site=True))
    change.set(expiry_checked_on=change.today, expiry_fixed=fixed)
    change.keep_files()
    if not fixed:
        fail_round(change)
    if change.given.issue_paper:
        change.papers.append((opinion_paper(change, passed=fixed), None))
    change.figures["unfixed"] = not fixed
    change.say = outcome_words(
        fixed=fixed, days_late=days_late(change.row.state, change.row.deadline, today=change.today)
    )


@effect(Act.SUBMIT_SUPERIOR)
def submit_superior(change: Change) -> None:
    """Reported to the superior, who must accept (L11)."""
    change.set(submitted_on=change.today)
    if change.actor.user_id is not None:
        barred = change.facts.standing.barred
        change.set(barred=barred_stored(replace(barred, submitters=barred.submitters | {change.actor.user_id})))
    change.keep_files()
    change.say = f"报{change.row.superior_organ or '上级'}认可"


@effect(Act.SUPERIOR_ACCEPT)
def superior_accept(change: Change) -> None:
    """The superior accepts: closed."""
    change.new.append(reinspection(change, passed=True))
    change.keep_files()
    _close(change)
    change.say = f"{change.row.superior_organ or '上级'}认可，销号"


@effect(Act.SUPERIOR_REFUSE)
def superior_refuse(change: Change) -> None:
    """The superior refuses: a new round."""
    send_back(change)
    change.say = f"{change.row.superior_organ or '上级'}不认可，退回整改（第 {change.row.round} 轮）"


@effect(Act.REOPEN)
def reopen(change: Change) -> None:
    """Found again: a new life with its own deadline and arrangements; earlier rounds untouched (L9, R3.18)."""
    row = change.row
    change.set(closed_on=None, closed_late=False, submitted_on=None, fixed_on_spot=False)
    change.set(reopened_count=row.reopened_count + 1)
    start_life(change)
    drop_delisted(change)
    change.keep_files()
    change.say = f"反弹重开，第 {row.round} 轮，期限 {change.deadline_said()}"


@effect(Act.SAMPLE)
def sample(change: Change) -> None:
    """The office looked at what an enterprise closed by itself, and found it right (L2)."""
    change.new.append(reinspection(change, passed=True))
    change.keep_files()
    change.say = "抽查企业自行销号的隐患，属实"
