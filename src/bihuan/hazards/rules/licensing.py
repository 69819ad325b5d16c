"""R3.29: a listed unit with a safety licence is inspected closely, and its suspension may be proposed (令16号 art. 21).

The town proposes; the organ that issued the licence decides.
"""

from bihuan.hazards.rules.facts import Facts


def holds_licence(facts: Facts) -> str:
    """There is a licence to suspend."""
    return "" if facts.licences else "这家企业的档案里没有登记安全生产许可证。持证的，请先在企业档案登记。"


def no_proposal_open(facts: Facts) -> str:
    """One proposal at a time."""
    listing = facts.standing.listing
    return "已经建议暂扣许可证，等发证机关答复。" if listing is not None and listing.licence_proposed else ""


def proposal_open(facts: Facts) -> str:
    """An answer needs a proposal."""
    listing = facts.standing.listing
    return "" if listing is not None and listing.licence_proposed else "没有等答复的暂扣建议。"


def proposal_whole(facts: Facts) -> str:
    """The proposal says which licence of the unit, and to which organ it goes."""
    given = facts.given
    if given.licence not in facts.licences:
        return "请选定建议暂扣哪一份安全生产许可证。"
    return "" if given.organ.strip() else "请填写发证机关。只有发证机关能暂扣，镇里只提建议。"


def answer_whole(facts: Facts) -> str:
    """The answer says whether it was suspended."""
    return "" if facts.given.licence_suspended is not None else "请选定发证机关的决定：暂扣，或者不暂扣。"
