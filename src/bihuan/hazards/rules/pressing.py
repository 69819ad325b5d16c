"""Small gates of the acts beside the state: suspension, reminders, reassignment, invalidation, samples."""

from collections.abc import Set as AbstractSet
from typing import Final

from bihuan.hazards.rules.deadlines import Escalation
from bihuan.hazards.rules.facts import Facts
from bihuan.hazards.rules.parties import COMMITTEE_ROLES, OFFICE_ROLES
from bihuan.kernel.roles import Role

# Who takes every step of R3.20 and signs its letter: the committee, its office, the platform's clock.
CLIMBING: Final = OFFICE_ROLES | COMMITTEE_ROLES | {Role.SYSTEM}


def can_suspend(facts: Facts) -> str:
    """One suspension at a time (R3.27)."""
    return "已经记录停产停用，尚未恢复。" if facts.standing.suspended else ""


def can_resume(facts: Facts) -> str:
    """Resuming needs a suspension (R3.27)."""
    return "" if facts.standing.suspended else "没有停产停用的记录，不用恢复。"


def stop_lifted(facts: Facts) -> str:
    """R3.27, R3.28: what was stopped is reviewed and its resumption agreed to before the hazard ends."""
    if not facts.standing.suspended:
        return ""
    return "停产停用还没有审查同意恢复。请先由作出停产决定的机关审查整改结果，办理“同意恢复”，再办这一步。"


def resumed_after_suspended(facts: Facts) -> str:
    """R3.27: what was stopped is resumed after that, on the same day at the earliest."""
    since, day = facts.standing.suspended_on, facts.given.on
    if since is None or day is None or day >= since:
        return ""
    return f"恢复日期不能早于停产停用日期 {since.year}年{since.month}月{since.day}日。请按审查同意的文件核对。"


def decided_by_an_organ(facts: Facts) -> str:
    """R3.27, R3.30: stopping and resuming are decided by a body that has the power; it is named with its paper."""
    return "" if facts.given.organ.strip() else "请写明作出这一决定的机关。镇里没有这项权力的，写作出决定的上级部门。"


def highest_step(roles: AbstractSet[Role]) -> Escalation:
    """R3.20: return the highest step that these roles take: a leader passes a warning on, everybody else reminds."""
    if roles & CLIMBING:
        return max(Escalation)
    return Escalation.WARN if Role.LEADER in roles else Escalation.REMIND


def climbs_by_the_office(facts: Facts) -> str:
    """R3.20: letters, bulletins and interviews are the committee's and its office's; others remind."""
    highest = highest_step(facts.doer.roles)
    if facts.given.escalation <= highest and not (facts.given.issue_paper and highest < max(Escalation)):
        return ""
    return "督办、通报、约谈和督办函由安委会及其办公室办理。您可以催办；要升级督办的，请报安监办。"


def supervisor_given(facts: Facts) -> str:
    """A reassignment names the new post or unit."""
    given = facts.given
    if given.supervisor_post_id is not None or given.supervising_unit_id is not None:
        return ""
    return "请选定新的监管责任人或监管单位。"


def no_invalidation_open(facts: Facts) -> str:
    """One request at a time."""
    return "已有一份作废申请在等批准。" if facts.standing.invalidation else ""


def invalidation_open(facts: Facts) -> str:
    """An answer needs a request (L10: never by one person alone)."""
    return "" if facts.standing.invalidation else "没有等待批准的作废申请。作废要由一人申请、另一人批准。"


def closed_by_itself(facts: Facts) -> str:
    """The office samples what an enterprise closed by itself (L2)."""
    return "" if facts.standing.self_found else "只抽查企业自查自改自行销号的隐患。"
