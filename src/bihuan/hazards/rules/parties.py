"""Who may speak for the rectifying party, for the superior, for a listing body; and 代办 with its paper."""

from collections.abc import Iterable
from typing import Final

from bihuan.hazards.rules.facts import Doer, Facts, ListingFacts, Standing, Superior
from bihuan.hazards.rules.independence import closes_its_own
from bihuan.hazards.rules.states import LISTING_LEVEL_NAMES, LIVE_LISTING, Level, ListingLevel, PlaceKind
from bihuan.kernel.roles import Role

ENTERPRISE_ROLES: Final = frozenset({Role.PRINCIPAL, Role.SAFETY_OFFICER})
OFFICE_ROLES: Final = frozenset({Role.SAFETY_OFFICE, Role.SAFETY_CHIEF})
COMMITTEE_ROLES: Final = frozenset({Role.COMMITTEE_CHAIR, Role.SAFETY_CHIEF})
ORDERING_ROLES: Final = OFFICE_ROLES | {Role.DEPARTMENT, Role.INSPECTOR}
DETERMINING_ROLES: Final = ORDERING_ROLES | {Role.SUPERIOR}  # others who inspect raise a level, and do not grade it
_PAPER: Final = "请写明代谁办理，并附上对方签字或盖章的纸质凭据（拍照即可）。"


def is_party(standing: Standing, doer: Doer) -> bool:
    """Tell whether this person belongs to who must rectify."""
    if standing.place_kind == PlaceKind.ENTERPRISE and standing.enterprise_id in doer.enterprises:
        return True
    return any(unit in {standing.party_unit_id, standing.place_unit_id} for unit in doer.units)


def acting_is_papered(facts: Facts) -> str:
    """Who acts for somebody else says for whom and attaches the paper (product, section 1)."""
    if facts.given.acting_for.strip() and facts.given.papers():
        return ""
    return _PAPER


def speaks_for_party(facts: Facts) -> str:
    """The rectifying party itself, or someone named who acts for it with a paper."""
    if is_party(facts.standing, facts.doer):
        return ""
    return acting_is_papered(facts)


def fills_in_for_party(facts: Facts) -> str:
    """L2, L5: the party says what it arranges and how far it is, or the side that ordered; anyone else has a paper."""
    if is_party(facts.standing, facts.doer):
        return ""
    if facts.doer.roles & ORDERING_ROLES and not facts.given.acting_for.strip():
        return ""
    return acting_is_papered(facts)


def is_own_organ(facts: Facts, organ: str) -> bool:
    """Tell whether this is a superior whose own organ is meant (L4, L11); where none is named, every superior is."""
    if Role.SUPERIOR not in facts.doer.roles:
        return False
    return is_called(facts.superiors, facts.doer, organ)


def is_called(superiors: Iterable[Superior], doer: Doer, organ: str) -> bool:
    """Tell whether one of these superiors, to which this person belongs, is called so; also where nobody is named."""
    named = _called([organ])
    return not named or any(one.names & named and _is_of(doer, one) for one in superiors)


def _is_of(doer: Doer, superior: Superior) -> bool:
    return superior.unit_id is not None and superior.unit_id in doer.units


def _called(organs: Iterable[str]) -> set[str]:
    return {"".join(organ.split()) for organ in organs} - {""}


def acts_itself(facts: Facts, *organs: str) -> str:
    """Who is on the platform and can log in is not acted for (product, section 1); say who does it there."""
    named = _called(organs)
    for superior in facts.superiors:
        if superior.names & named and not _is_of(facts.doer, superior):
            return f"{min(superior.names & named)}在平台上，不能代办。请由{superior.post}登录后自己办理。"
    return ""


def superior_acts_itself(facts: Facts) -> str:
    """L11: the superior that handed it down answers itself, unless it only exists on paper."""
    return acts_itself(facts, facts.standing.superior_organ)


def speaks_for_superior(facts: Facts) -> str:
    """The superior itself, or who records the paper of one that is not on the platform (代办)."""
    if is_own_organ(facts, facts.standing.superior_organ):
        return ""
    return acts_itself(facts, facts.given.acting_for) or acting_is_papered(facts)


def outside_organ(facts: Facts) -> str:
    """L4: the listing of a body on the platform is its own act, not recorded for it."""
    return acts_itself(facts, facts.given.order.organ) if facts.given.order else ""


def lists_at_its_level(facts: Facts) -> str:
    """L4, R3.23: a superior that lists by itself does so at the level of the area it answers for."""
    order = facts.given.order
    if order is None or not order.organ.strip() or not is_own_organ(facts, order.organ):
        return ""
    own = next((one.level for one in facts.superiors if _is_of(facts.doer, one)), None)
    if own is None or own == order.level:
        return ""
    name = LISTING_LEVEL_NAMES[own]
    return f"{order.organ.strip()}的挂牌是{name}的。请选{name}；别的机关挂牌的，写那个机关并附它的文件。"


def superior_consents_to_invalid(facts: Facts) -> str:
    """L11: a superior's item is not made to vanish without the superior."""
    return _superior_consents(facts, "作废")


def superior_consents_to_transfer(facts: Facts) -> str:
    """L11: a superior's item does not leave the town for another body without the superior either."""
    return _superior_consents(facts, "移送")


def superior_consents_to_extension(facts: Facts) -> str:
    """L11, R3.33: the deadline of a superior's item is moved later by the superior, or with its paper."""
    return _superior_consents(facts, "延期")


def superiors_own_to_transfer(facts: Facts) -> str:
    """A superior transfers only what it handed down; what the town found is the town's."""
    standing = facts.standing
    if facts.doer.roles - {Role.SUPERIOR}:
        return ""
    if not standing.needs_superior:
        return "这一项不是上级交办的，由镇里移送。"
    if is_own_organ(facts, standing.superior_organ):
        return ""
    return f"这一项是{standing.superior_organ}交办的，不是您单位交办的，由镇里移送。"


def _superior_consents(facts: Facts, what: str) -> str:
    if not facts.standing.needs_superior or is_own_organ(facts, facts.standing.superior_organ):
        return ""
    if itself := acts_itself(facts, facts.standing.superior_organ, facts.given.acting_for):
        return itself
    if not acting_is_papered(facts):
        return ""
    return f"这是上级交办的事项，{what}须经上级同意。请写明上级单位，并附上同意的凭据。"


def own_only_self_found(facts: Facts) -> str:
    """An enterprise runs only what it found itself, and only general hazards; everything else is the office's."""
    if not _only_enterprise(facts.doer) or facts.standing.self_found:
        return ""
    return "企业只能自行办理自己查出的一般隐患。这一项由安监办或主管部门办理。"


def own_only_general(facts: Facts) -> str:
    """An enterprise does not grade, order or close a major hazard."""
    if not _only_enterprise(facts.doer) or closes_its_own(facts.standing):
        return ""
    return "企业只能自行办理自己查出的一般隐患。重大隐患或上级交办的由安监办办理。"


def enterprise_grades_general(facts: Facts) -> str:
    """An enterprise may only call its own finding a general hazard."""
    if not _only_enterprise(facts.doer) or facts.given.level == Level.GENERAL:
        return ""
    return "企业自行核实的只能定为一般隐患。认为可能是重大的，请报安监办核实定级。"


def _only_enterprise(doer: Doer) -> bool:
    return bool(doer.roles) and doer.roles <= ENTERPRISE_ROLES


def village_closes_general(facts: Facts) -> str:
    """A village verifies small matters only, as a delegate of who ordered (R3.15)."""
    if facts.standing.level != Level.MAJOR or facts.doer.roles - {Role.VILLAGE}:
        return ""
    return "重大隐患不由村（社区）复查。"


def closing_body(facts: Facts) -> str:
    """R3.15: a major hazard is closed only by its listing body; a general one has `reviewers.reviewing_body`."""
    if facts.standing.level != Level.MAJOR:
        return ""
    return listing_body(facts)


def closing_paper(facts: Facts) -> str:
    """R3.15: where the listing body is off the platform, its closing is recorded with its paper."""
    if facts.standing.level != Level.MAJOR:
        return ""
    return listing_paper(facts)


def listing_body(facts: Facts) -> str:
    """R3.24: only the body that listed it accepts and delists; for an outside body the office records its paper."""
    listing = facts.standing.listing
    if listing is None:
        return "这一项还没有挂牌。重大隐患先挂牌督办。"
    wanted, name = _listing_roles(listing)
    if facts.doer.roles & wanted and not _another_superiors(facts, listing):
        return ""
    return f"挂牌的重大隐患由{name}验收、摘牌和销号。"


def listing_paper(facts: Facts) -> str:
    """L4: an outside listing body's decision is recorded with its paper, and says so (代办)."""
    listing = facts.standing.listing
    if listing is None or not listing.external or is_own_organ(facts, listing.organ):
        return ""
    return acts_itself(facts, listing.organ, facts.given.acting_for) or acting_is_papered(facts)


def listing_body_decides(facts: Facts) -> str:
    """R3.15, R3.24a: what a body has listed ends, leaves or becomes general only with that body."""
    listing = facts.standing.listing
    if listing is None or listing.state not in LIVE_LISTING:
        return ""
    wanted, name = _listing_roles(listing)
    if facts.doer.roles & wanted and not _another_superiors(facts, listing):
        return ""
    return f"这一项已挂牌督办，降级、移送或作废须由{name}同意。"


def listing_body_lets_go(facts: Facts) -> str:
    """R3.15, R3.24a: the listing body itself, or for one outside the office with its paper."""
    listing = facts.standing.listing
    if listing is None or listing.state not in LIVE_LISTING:
        return ""
    if said := listing_body_decides(facts):
        return said
    return f"这一项由{listing.organ or '外单位'}挂牌督办。{said}" if (said := listing_paper(facts)) else ""


def _another_superiors(facts: Facts, listing: ListingFacts) -> bool:
    """Tell whether a superior listed it on the platform, and this person is of another one."""
    above = listing.level != ListingLevel.TOWN and not listing.external
    return above and not is_own_organ(facts, listing.organ)


def _listing_roles(listing: ListingFacts) -> tuple[frozenset[Role], str]:
    if listing.level == ListingLevel.TOWN:
        return COMMITTEE_ROLES, "镇安委会"
    if listing.external:
        return OFFICE_ROLES | {Role.SUPERIOR}, "安监办凭挂牌机关的文件登记"
    return frozenset({Role.SUPERIOR}), listing.organ or "挂牌的上级"
