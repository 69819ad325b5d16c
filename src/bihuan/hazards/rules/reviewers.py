"""Who re-inspects: for a general hazard the body that ordered it or its delegate (R3.15)."""

from typing import Final
from uuid import UUID

from bihuan.hazards.rules.facts import Doer, Facts, Standing
from bihuan.hazards.rules.independence import closes_its_own
from bihuan.hazards.rules.parties import OFFICE_ROLES, is_party, listing_body
from bihuan.hazards.rules.states import HOLDER_NAMES, Holder, Level
from bihuan.kernel.paths import is_within
from bihuan.kernel.roles import Role

# Whoever holds one of these in a unit can re-inspect for it.
ABLE: Final = OFFICE_ROLES | {Role.DEPARTMENT, Role.INSPECTOR, Role.VILLAGE}
NOBODY: Final = "这个单位没有能复查这一项的人。请选主管部门、安监办或隐患所在的村（社区）。"


def orderer_of(standing: Standing) -> Holder:
    """Return whose order it is, in the words of the next actor."""
    if standing.orderer == Holder.ENTERPRISE and closes_its_own(standing):
        return Holder.ENTERPRISE
    return Holder.DEPARTMENT if standing.orderer == Holder.DEPARTMENT else Holder.OFFICE


def reviewer_of(standing: Standing) -> Holder:
    """Return who re-inspects: the delegate, else who ordered it; the office where that one did the repair (L2)."""
    if delegate_of(standing) is not None:
        return Holder(standing.delegated_to)
    holder = orderer_of(standing)
    if holder == Holder.DEPARTMENT and ordering_units(standing) <= _rectifying_units(standing):
        return Holder.OFFICE
    return holder


def ordering_units(standing: Standing) -> frozenset[UUID]:
    """Return the units that ordered it; fixed on the spot nothing was ordered, so whoever graded it stands beside.

    The order of an enterprise to itself is no unit's: its people's posts lie under their village.
    """
    if standing.orderer == Holder.ENTERPRISE:
        return frozenset()
    units = {standing.ordering_unit_id, standing.graded_unit_id if standing.fixed_on_spot else None}
    return frozenset(unit for unit in units if unit is not None)


def delegate_of(standing: Standing) -> UUID | None:
    """Return the unit that re-inspects by delegation; none once it has rectified, or acted for who did (L2)."""
    unit, barred = standing.delegated_unit_id, standing.barred
    if unit is None or unit in _rectifying_units(standing):
        return None
    by_village = standing.delegated_to == Holder.VILLAGE
    return None if by_village and any(is_within(standing.path, path) for path in barred.paths) else unit


def _rectifying_units(standing: Standing, *, party: UUID | None = None) -> frozenset[UUID]:
    """Return who rectifies or has rectified; party: whom the order names, instead of whoever it was before."""
    units = {*standing.barred.units, party or standing.party_unit_id, standing.place_unit_id}
    return frozenset(unit for unit in units if unit is not None)


def reviewing_body(facts: Facts) -> str:
    """R3.15: a general hazard is re-inspected by who ordered it, who supervises it by that order, or a delegate.

    The safety office of the town supervises every order, so it may always; an enterprise has gates of its own.
    """
    if facts.standing.level == Level.MAJOR or facts.standing.enterprise_id in facts.doer.enterprises:
        return ""
    return "" if _on_the_ordering_side(facts.standing, facts.doer) else _not_yours(facts.standing)


def checking_body(facts: Facts) -> str:
    """R3.16: after the deadline the ordering side goes and sees, or who listed it; never the party itself."""
    if is_party(facts.standing, facts.doer):
        return "整改单位不能自己做到期复查。请由下达整改的单位到现场查看。"
    if facts.standing.listing is not None and not listing_body(facts):
        return ""
    return "" if _on_the_ordering_side(facts.standing, facts.doer) else _not_yours(facts.standing)


def checker_of(standing: Standing) -> Holder:
    """Return who goes and sees after the deadline: who re-inspects, but never the enterprise itself."""
    holder = reviewer_of(standing)
    return Holder.OFFICE if holder == Holder.ENTERPRISE else holder


def _on_the_ordering_side(standing: Standing, doer: Doer) -> bool:
    if doer.roles & OFFICE_ROLES:
        return True
    if doer.post_id is not None and doer.post_id == standing.supervisor_post_id:
        return True
    units = {*ordering_units(standing), standing.supervising_unit_id, standing.delegated_unit_id}
    return any(unit in units for unit in doer.units)


def _not_yours(standing: Standing) -> str:
    return (
        "复查由下达整改的单位、指定的监管单位或受委托的单位办理。"
        f"这一项请由{HOLDER_NAMES[reviewer_of(standing)]}复查；要由您单位复查的，请安监办办理“委托复查”。"
    )


def delegable(facts: Facts) -> str:
    """R3.15: a listed hazard is its listing body's; only the re-inspection of a general one is delegated."""
    return "重大隐患由挂牌单位验收销号，不能委托复查。" if facts.standing.level == Level.MAJOR else ""


def ordered_here(facts: Facts) -> str:
    """R3.15: who delegates is who ordered, or the safety office; a delegate does not pass it on."""
    doer = facts.doer
    if doer.roles & OFFICE_ROLES or not ordering_units(facts.standing).isdisjoint(doer.units):
        return ""
    return "委托复查由下达整改的单位或安监办办理。"


def gives_it_up(facts: Facts) -> str:
    """R3.15: another supervisor is named by who ordered, the safety office, or the one that supervises now.

    Else whoever may not re-inspect would make itself the supervisor first.
    """
    standing, doer = facts.standing, facts.doer
    if not ordered_here(facts) or (doer.post_id is not None and doer.post_id == standing.supervisor_post_id):
        return ""
    if standing.supervising_unit_id in doer.units:
        return ""
    return "改派由下达整改的单位、安监办或现在的监管单位办理。要由您单位监管的，请联系安监办。"


def delegate_named(facts: Facts) -> str:
    """A delegation names a unit; naming none takes back the one that stands."""
    standing, named = facts.standing, facts.given.delegate_unit_id
    if named is None:
        return "" if standing.delegated_unit_id is not None else "请选定委托哪个单位复查。"
    return "已经委托这个单位复查。" if named == standing.delegated_unit_id else ""


def delegate_fits(facts: Facts) -> str:
    """R3.15, L2: a delegate is of the town, has people who can see and verify it, and had no part in the repair."""
    given, standing = facts.given, facts.standing
    if given.delegate_unit_id is None:
        return ""
    if standing.level == Level.MAJOR or standing.enterprise_id in facts.doer.enterprises:
        return delegable(facts) or "企业不能委托别的单位复查。"
    delegate = given.delegate
    if given.delegate_unit_id in _rectifying_units(standing, party=given.party_unit_id):
        return "这个单位是整改单位，不能复查自己的整改。请另选一个单位。"
    if delegate is not None and delegate.holder == Holder.VILLAGE:
        say = _village_fits(standing, delegate.path, is_order=given.is_order or standing.is_order)
        return say or ("" if delegate.able else NOBODY)
    return NOBODY if delegate is None or not delegate.able else ""


def _village_fits(standing: Standing, path: str, *, is_order: bool) -> str:
    if not is_within(standing.path, path):
        return "只能委托隐患所在的村（社区）复查。"
    if is_order:
        return "执法文书责令整改的，不委托村（社区）复查。"
    if any(is_within(path, barred) for barred in standing.barred.paths):
        return "这个村（社区）代企业办理过整改，不能复查。请另选一个单位。"
    return ""
