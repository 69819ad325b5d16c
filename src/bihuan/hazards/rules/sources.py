"""Where a finding may be said to come from, by the role of who reports it (R3.5)."""

from collections.abc import Iterable
from typing import Final

from bihuan.hazards.rules.facts import Doer
from bihuan.hazards.rules.finding import NewHazard
from bihuan.hazards.rules.states import SOURCE_NAMES, Source
from bihuan.kernel.roles import Role

# What each role finds by default; somebody with several roles is offered the first that fits.
DEFAULTS: Final[tuple[tuple[frozenset[Role], Source], ...]] = (
    (frozenset({Role.PRINCIPAL, Role.SAFETY_OFFICER}), Source.SELF_CHECK),
    (frozenset({Role.VILLAGE}), Source.VILLAGE_PATROL),
    (frozenset({Role.SUPERVISION_GROUP, Role.SUPERIOR}), Source.COVERT),
    (frozenset({Role.SERVICE_AGENCY}), Source.EXPERT),
    (frozenset({Role.LEADER}), Source.LED),
)
_FIRM: Final = frozenset({Role.PRINCIPAL, Role.SAFETY_OFFICER})
_ALL_BUT_LISTED: Final = tuple(one for one in Source if one is not Source.SUPERIOR)
# What each role may say; a superior's item has its own gate (L11), `finding.may_hand_down`.
MAY_SAY: Final[dict[Role, tuple[Source, ...]]] = {
    Role.PRINCIPAL: (Source.SELF_CHECK, Source.INTERNAL),
    Role.SAFETY_OFFICER: (Source.SELF_CHECK, Source.INTERNAL),
    Role.VILLAGE: (Source.VILLAGE_PATROL, Source.JOINT, Source.TIP, Source.SAME_KIND, Source.RESUMPTION),
    Role.SERVICE_AGENCY: (Source.EXPERT,),
    Role.LEADER: (Source.LED, Source.JOINT, Source.COVERT, Source.TIP),
    Role.SUPERVISION_GROUP: (Source.COVERT, Source.JOINT, Source.TIP),
    Role.SUPERIOR: (Source.COVERT, Source.JOINT, Source.EXPERT, Source.TIP),
    Role.COMMITTEE_CHAIR: (Source.LED, Source.JOINT, Source.COVERT, Source.TIP),
} | dict.fromkeys((Role.SAFETY_OFFICE, Role.SAFETY_CHIEF, Role.DEPARTMENT, Role.INSPECTOR), _ALL_BUT_LISTED)


# Who follows up a tip and so needs to know who gave it; nobody else is told (安全生产法 2014 art. 70, 2021 art. 73).
TOLD_WHO_TIPPED: Final = frozenset({Role.SAFETY_OFFICE, Role.SAFETY_CHIEF, Role.SUPERIOR})
SOMEBODY: Final = "举报人（保密）"


def shown_finder(found_by: str, source: str, roles: Iterable[Role]) -> str:
    """Return who found it as these roles over the hazard may read it: an informant's name is kept from all others."""
    held = frozenset(roles)
    is_secret = source == Source.TIP and (not held & TOLD_WHO_TIPPED or held & _FIRM)
    return SOMEBODY if is_secret else found_by


def default_source(roles: Iterable[Role]) -> Source:
    """Return where a finding of somebody with these roles comes from, unless they say otherwise."""
    held = set(roles)
    return next((source for those, source in DEFAULTS if those & held), Source.DEPARTMENT)


def sources_of(roles: Iterable[Role]) -> list[Source]:
    """Return what somebody with these roles may say their finding comes from, in the order of the rule book."""
    held = set(roles)
    said = {source for role in held for source in MAY_SAY.get(role, ())} | {default_source(held)}
    return [one for one in Source if one in said]


def may_say(new: NewHazard, doer: Doer) -> str:
    """Return why this person may not say that a finding comes from there, or "".

    Whoever acts for an enterprise, with its paper, says what the enterprise may say. A superior's item is let in by
    `may_hand_down`.
    """
    if new.source == Source.SUPERIOR or Role.SYSTEM in doer.roles:
        return ""
    allowed = sources_of(doer.roles)
    if new.acting_for.strip():
        allowed += [*MAY_SAY[Role.PRINCIPAL]]
    if new.source in allowed:
        return ""
    names = "、".join(SOURCE_NAMES[one] for one in allowed)
    return f"来源“{SOURCE_NAMES[new.source]}”不由您的岗位登记。请改选：{names}。"
