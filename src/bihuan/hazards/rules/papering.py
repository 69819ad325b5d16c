"""Who issues the papers of the loop: the organs that order and inspect, never who is ordered (R1.4, R1.5, R4.6)."""

from typing import Final

from bihuan.hazards.rules.facts import Facts
from bihuan.hazards.rules.parties import COMMITTEE_ROLES, ORDERING_ROLES

ISSUING_ROLES: Final = ORDERING_ROLES | COMMITTEE_ROLES


def issues_papers(facts: Facts) -> str:
    """R1.4, R4.6: an enterprise, a village or a body outside the town gives no paper the town's number."""
    if not facts.given.issue_paper:
        return ""
    if _is_ordered(facts):
        return "企业不能出具镇里的文书。自查自改的直接在平台上办理，请不要勾选“同时出文书”。"
    if facts.doer.roles & ISSUING_ROLES:
        return ""
    return "镇里的文书由安监办、主管部门或安委会出具。请不要勾选出文书；要出的，请联系安监办。"


def orders_by_paper(facts: Facts) -> str:
    """R1.4, R1.5: a notice or an order of enforcement is issued by an organ; who orders itself has neither."""
    if facts.given.is_order and _is_ordered(facts):
        return "企业给自己下达整改，不能出具责令限期整改指令书。请不要勾选出具指令书。"
    if facts.given.is_order and not facts.doer.roles & ORDERING_ROLES:
        return "责令限期整改指令书由安监办、主管部门的执法人员出具。请不要勾选出具指令书；要出的，请联系安监办。"
    return issues_papers(facts)


def _is_ordered(facts: Facts) -> bool:
    """Tell whether this person speaks for an enterprise, or belongs to the very one beside another post (L2)."""
    doer, firm = facts.doer, facts.standing.enterprise_id
    return doer.enterprise_id is not None or (firm is not None and firm in doer.enterprises)


def order_binds(*, is_open: bool) -> str:
    """L10: nobody alone takes back the order under which an open hazard is being put right."""
    if not is_open:
        return ""
    return "按这份文书整改的隐患还没有办结，文书不能作废。销号以后，或者这一项隐患由两人办理作废以后，才能作废。"
