"""Levels: two only, major with its criterion; raising by whoever may inspect, lowering by two (R3.1–R3.3, L8)."""

from typing import Final

from bihuan.hazards.rules.facts import Facts, Given, Standing
from bihuan.hazards.rules.parties import ORDERING_ROLES, acting_is_papered
from bihuan.hazards.rules.states import FileRole, Level, Source, State


def criterion_named(given: Given) -> str:
    """R3.2: a major hazard names standard and clause, or carries 整体判定 with a signed expert opinion."""
    if given.whole_judgement:
        has_opinion = any(one.role == FileRole.DOCUMENT for one in given.files)
        if has_opinion and given.text.strip():
            return ""
        return "按整体判定定为重大的，请写明理由，并附专家签字的判定意见。"
    if given.criterion is None or not given.criterion.standard or not given.criterion.clause:
        return "定为重大隐患，请选定判定标准和条款；没有对应条款的，选整体判定并附专家意见。"
    return "" if given.text.strip() else "请写明判定理由：现场哪一点符合这一条款。"


def concludes(facts: Facts) -> str:
    """A clause that does not conclude by itself needs what a person adds; a superior's paper is a basis of its own.

    Major fire hazards are determined by the fire authority (GB 35181-2017; 消防法 art. 54): its paper is named, or the
    town records a suspicion and transfers it. An open-ended clause is checked by a person who says so.
    """
    given, named = facts.given, facts.given.criterion
    if given.level == Level.GENERAL or given.whole_judgement or named is None:
        return ""
    if has_basis_of_its_own(facts.standing):
        return ""
    if named.by_fire:
        return "" if given.organ.strip() and given.number.strip() else FIRE_DETERMINES
    if named.by_person and not given.checked:
        return f"{named.by_person}。请对照条文核对，勾选“由人核对过”，理由里写明为什么够重大。"
    return ""


def has_basis_of_its_own(standing: Standing) -> bool:
    """Tell whether a superior's paper is the basis, so that no clause needs more than its name."""
    return standing.needs_superior or standing.source == Source.SUPERIOR


FIRE_DETERMINES: Final = (
    "重大火灾隐患由消防救援机构判定，本级不能凭一条要素自己定。已有判定文书的，请写明消防救援机构和文号；"
    "没有的先按疑似重大火灾隐患办“移送”，移送前可以先定为一般。"
)


def level_given(facts: Facts) -> str:
    """A confirmation says the level; major with its criterion; never below a level already raised (L8)."""
    given = facts.given
    if given.level not in {Level.GENERAL, Level.MAJOR}:
        return "请选定级别：一般或重大。"
    if given.level == Level.GENERAL:
        if facts.standing.level == Level.MAJOR:
            return WAITS_TO_BE_LOWERED if facts.standing.lowering else CLAIMED_MAJOR
        return ""
    return criterion_named(given) or concludes(facts)


CLAIMED_MAJOR: Final = (
    "这一项上报时定为重大。核实后认为不够重大的，请先办“申请降级”，写明理由、附证据，由第二人批准，再核实为一般。"
)
WAITS_TO_BE_LOWERED: Final = "降级申请正在等第二人批准，批准以后再核实为一般。"


def raised_with_criterion(facts: Facts) -> str:
    """L8: whoever raises the level names the criterion."""
    return criterion_named(facts.given) or concludes(facts)


def not_major_yet(facts: Facts) -> str:
    """Raising needs something to raise."""
    return "" if facts.standing.level != Level.MAJOR else "已经是重大隐患。"


def is_major(facts: Facts) -> str:
    """Only a major hazard is countersigned, listed or lowered."""
    return "" if facts.standing.level == Level.MAJOR else "只有重大隐患才需要办理这一步。"


def not_major_on_spot(facts: Facts) -> str:
    """L4, R3.14: only a general hazard is fixed on the spot; a major one is listed, planned and accepted."""
    if facts.standing.level != Level.MAJOR:
        return ""
    return "重大隐患不能立行立改。请复核判定、提请挂牌，再下达整改。"


def second_signature(facts: Facts) -> str:
    """Two people determine a major hazard; the second is another person than the first."""
    if facts.standing.countersigned:
        return "判定已经复核。"
    if facts.doer.user_id is not None and facts.doer.user_id == facts.standing.graded_by_id:
        return "定级的人不能自己复核。请换一位同事复核判定依据。"
    return ""


def countersigned(facts: Facts) -> str:
    """A major hazard is ordered and listed only on a determination signed by two."""
    if facts.standing.level != Level.MAJOR or facts.standing.countersigned:
        return ""
    return "重大隐患的判定还没有第二人复核。请先复核判定。"


def lowered_by_grading_body(facts: Facts) -> str:
    """L8: only the body that graded it may ask to lower the level; an outside body's paper is recorded.

    Until it is verified nobody has graded it but whoever claimed it; whoever verifies and grades it may then ask. So it
    is where it was raised by those who only inspect and signed by the leaders: no body has graded it.
    """
    standing, doer = facts.standing, facts.doer
    ungraded = standing.state == State.REPORTED or (standing.graded_unit_id is None and standing.countersigned)
    if ungraded and doer.roles & ORDERING_ROLES:
        return ""
    if doer.unit_id is not None and doer.unit_id == standing.graded_unit_id:
        return ""
    if not acting_is_papered(facts):
        return ""
    return "降级只能由原定级单位提出。请由定级单位办理，或附上定级单位同意的凭据。"


def lowering_reasoned(facts: Facts) -> str:
    """L8: lowering needs a reason and evidence."""
    if not facts.given.text.strip():
        return "请写明为什么降为一般。"
    return "" if facts.given.files else "申请降级请附证据：照片、检测报告或专家意见。"


def no_lowering_open(facts: Facts) -> str:
    """One request at a time."""
    return "已有一份降级申请在等批准。" if facts.standing.lowering else ""


def lowering_open(facts: Facts) -> str:
    """An answer needs a request."""
    return "" if facts.standing.lowering else "没有等待批准的降级申请。"


def second_approver(facts: Facts) -> str:
    """L8, L10: the approver is another person than the one who asked."""
    asked_by = facts.pending.asked_by_id
    if asked_by is not None and asked_by == facts.doer.user_id:
        return "申请人不能自己批准。请换一位有权的同事批准。"
    return ""
