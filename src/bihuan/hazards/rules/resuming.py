"""R3.28: what was stopped starts again on a written application with its evaluation, reviewed on site."""

from typing import Final

from bihuan.hazards.rules.facts import Facts, Standing
from bihuan.hazards.rules.states import Evaluator, Level, ListingState, State

_ENDED: Final = frozenset({State.CLOSED, State.TRANSFERRED})
_STILL_WORKED_ON: Final = frozenset({State.CONFIRMED, State.ASSIGNED, State.RECTIFYING})
_ACCEPTED: Final = frozenset({ListingState.ACCEPTED, ListingState.DELISTED})


def reviewed_by_acceptance(standing: Standing) -> bool:
    """Tell whether the acceptance of a listing stands for application and site review: it came after the stop."""
    accepted_on = standing.listing.accepted_on if standing.listing else None
    if accepted_on is None or standing.suspended_on is None:
        return False
    return accepted_on >= standing.suspended_on


def waits_for_acceptance(standing: Standing) -> bool:
    """Tell whether a major hazard still has to be accepted: nobody applies twice. A wrong entry need not be (L10)."""
    if standing.level != Level.MAJOR or standing.invalidation or standing.state in _ENDED:
        return False
    return standing.listing_state not in _ACCEPTED


def no_application_open(facts: Facts) -> str:
    """One application at a time."""
    return "已经申请恢复，等现场审查。" if facts.standing.resumption else ""


def application_open(facts: Facts) -> str:
    """A refusal needs an application."""
    return "" if facts.standing.resumption else "没有等待审查的恢复申请。"


def not_accepted_yet(facts: Facts) -> str:
    """What the listing body has accepted on site since the stop needs no application of its own."""
    if reviewed_by_acceptance(facts.standing):
        return "挂牌验收已经合格，可以直接审查同意恢复，不用另外申请。"
    return ""


def not_by_acceptance(facts: Facts) -> str:
    """A listed hazard is applied for once: for acceptance, with the same evaluation."""
    if waits_for_acceptance(facts.standing):
        return "重大隐患挂牌督办的，“申请验收”就是书面申请，验收就是现场审查。验收合格后再办“同意恢复”，不用另外申请。"
    return ""


def handed_in_first(facts: Facts) -> str:
    """令16号 art. 18: the unit applies when the work is done; a wrong entry has no work (L10)."""
    if facts.standing.state not in _STILL_WORKED_ON or facts.standing.invalidation:
        return ""
    return "整改还没有提交。请先提交整改，再申请恢复。"


def applied_well(facts: Facts) -> str:
    """The application says what was done, who evaluated it, with which conclusion, and brings the paper."""
    given = facts.given
    if not given.text.strip():
        return "请写明治理方案是怎样落实的、结果怎样。"
    if given.evaluated_by not in set(Evaluator):
        return "请选定由谁评估：本单位组织的专家，或者具备资质的安全评价机构。"
    if not given.evaluator.strip():
        return "请写明评估的机构名称；本单位自己评估的，写参加评估的专家和技术人员。"
    if not given.evaluation.strip():
        return "请写明评估结论。"
    return "" if given.papers() else "请附书面申请和评估报告的扫描件或照片。"


def applied_for(facts: Facts) -> str:
    """What stands stopped is agreed to on an application, or after acceptance by the listing body.

    What has left the town is reviewed by whoever received it, on its own file.
    """
    standing = facts.standing
    if standing.state in _ENDED or reviewed_by_acceptance(standing):
        return ""
    if waits_for_acceptance(standing):
        return "重大隐患要先挂牌督办、申请验收。验收合格后才能审查同意恢复。"
    if standing.resumption:
        return ""
    return "责任单位还没有书面申请恢复。请责任单位先办“申请恢复”；不在平台上的，凭其书面申请代办。"


def another_than_applicant(facts: Facts) -> str:
    """Whoever applied, or wrote the application down for the unit, does not decide on it."""
    asked_by = facts.pending.asked_by_id
    if not facts.standing.resumption or asked_by is None or asked_by != facts.doer.user_id:
        return ""
    return "恢复申请是您经手的，不能由您审查。请换一位同事办理。"


def reviewed_on_site(facts: Facts) -> str:
    """令16号 art. 23: the application is reviewed on site; who was there, and when."""
    if not facts.standing.resumption or reviewed_by_acceptance(facts.standing):
        return ""
    if facts.given.visited_on is None or not facts.given.visited_by.strip():
        return "请写明哪一天、由哪些人到现场审查。"
    return visit_on_a_possible_day(facts)


def visit_on_a_possible_day(facts: Facts) -> str:
    """The site review lies between the application and today."""
    day, asked_on = facts.given.visited_on, facts.pending.asked_on
    if day is None:
        return ""
    if day > facts.today:
        return "现场审查的日期不能晚于今天。"
    if asked_on is not None and day < asked_on:
        return f"现场审查的日期不能早于申请日期 {asked_on.year}年{asked_on.month}月{asked_on.day}日。"
    return ""


def sanction_addressed(facts: Facts) -> str:
    """A proposal of penalty or closure says to whom it goes; the town proposes, that organ decides."""
    if facts.given.sanction and not facts.given.sanction_organ.strip():
        return "请写明处罚或关闭的建议报给哪个机关。镇里只提建议，由有权机关决定。"
    return ""
