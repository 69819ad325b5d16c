"""L11: a superior's item closes only when the superior accepts, and only after its 举一反三 (R3.15, R3.21)."""

from bihuan.hazards.rules.facts import Facts
from bihuan.hazards.rules.states import State


def is_superiors(facts: Facts) -> str:
    """Only a superior's item goes up."""
    return "" if facts.standing.needs_superior else "这一项不是上级交办的，通过复查即销号。"


def passed_here(facts: Facts) -> str:
    """It goes up only when re-inspected here."""
    return "" if facts.standing.passed_on is not None else "请先在本级复查通过，再报上级认可。"


def not_passed_yet(facts: Facts) -> str:
    """Passed once is passed."""
    return "" if facts.standing.passed_on is None else "本级已经复查通过，请报上级认可。"


def another_than_submitter(facts: Facts) -> str:
    """L11: who reports it to the superior neither accepts it nor records the acceptance, whatever role they hold."""
    if facts.doer.user_id not in facts.standing.barred.submitters:
        return ""
    return "报上级的人不能自己认可，也不能自己登记上级认可。请换一位同事凭上级的文件登记，或由上级在平台上认可。"


def same_kind_filled(facts: Facts) -> str:
    """L11: it can't be reported complete while its 举一反三 task is empty."""
    if facts.standing.same_kind_replies:
        return ""
    return "举一反三还没有填报：没有一个村（社区）或部门答复。填报后才能报上级。"


def counterpart_state(*, needs_superior: bool) -> State:
    """Return the state that a passed re-inspection leads to: a superior's item still waits to be reported."""
    return State.RECTIFIED if needs_superior else State.CLOSED


def flag_stays(facts: Facts) -> str:
    """L11: whether a superior handed it down is said when it is registered; a confirmation does not change that."""
    said = facts.given.needs_superior
    if said is None or said == facts.standing.needs_superior:
        return ""
    if facts.standing.needs_superior:
        return "这一项是上级交办的，核实定级时不能取消；办结以后仍须上级认可。"
    return "是不是上级交办的在登记时写明，核实定级时不能改。请按上级的清单或文件另行登记。"
