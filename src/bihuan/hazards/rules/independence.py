"""L2: who rectified cannot be who verifies; different persons always, different units but for one case."""

from collections.abc import Iterable
from uuid import UUID

from bihuan.hazards.rules.facts import Barred, Doer, Facts, Standing
from bihuan.hazards.rules.states import Level, PlaceKind
from bihuan.kernel.paths import is_within


def closes_its_own(standing: Standing) -> bool:
    """Tell whether this is the one case where the enterprise itself may verify: general, and found by itself."""
    return (
        standing.level == Level.GENERAL
        and standing.self_found
        and standing.place_kind == PlaceKind.ENTERPRISE
        and not standing.needs_superior
    )


def may_verify(facts: Facts) -> str:
    """L2: return why this person may not verify this hazard, or ""."""
    standing, doer, barred = facts.standing, facts.doer, facts.standing.barred
    who = [doer.user_id, *(one.user_id for one in facts.given.companions)]
    if any(person is not None and person in barred.people for person in who):
        return "整改或代办的人不能自己复查。请换一位没有参与整改的人复查。"
    units = dict(doer.units)
    for one in facts.given.companions:
        units |= one.units
    at = units.values()
    if any(path and is_within(path, village) for path in at for village in barred.paths):
        return "代企业办理的村（社区）不能复查这一项，也不能同去复查。请由安监办或主管部门复查。"
    if doer.enterprises & (barred.enterprises | _enterprise_of(standing)):
        return _enterprise_verdict(facts)
    if any(unit in barred.units for unit in units):
        return "整改单位不能复查自己的整改。请由其他单位复查。"
    return ""


def _enterprise_of(standing: Standing) -> frozenset[UUID]:
    return frozenset() if standing.enterprise_id is None else frozenset({standing.enterprise_id})


def village_of(paths: Iterable[str], place: str) -> frozenset[str]:
    """Return the narrowest of these paths in which a place lies: the village in which somebody acts; empty for none."""
    around = sorted((path for path in paths if path and is_within(place, path)), key=len)
    return frozenset(around[-1:])


def _rectifying_unit(standing: Standing, doer: Doer) -> frozenset[UUID]:
    """Return the unit for which this person rectifies: the first they speak for; none for people of the enterprise."""
    if doer.enterprises & _enterprise_of(standing):
        return frozenset()
    return frozenset(list(doer.units)[:1])


def _enterprise_verdict(facts: Facts) -> str:
    if not closes_its_own(facts.standing):
        return "企业只能对自己查出的一般隐患自行销号。这一项请由安监办或主管部门复查。"
    if facts.one_person:
        return "一人企业不能自己销号。请由安监办复查，或由安监办委托主管部门、村（社区）复查。"
    return ""


def barred_after(standing: Standing, doer: Doer, *, acting: bool, by_village: bool) -> Barred:
    """Return who may not verify once this person has rectified, or acted for who did; earlier rounds stay barred.

    acting: 代办; then the acting person is barred, and the village with them; the unit only when it is the party.
    """
    barred = standing.barred
    people = barred.people | ({doer.user_id} if doer.user_id else set())
    units, enterprises, paths = set(barred.units), set(barred.enterprises), set(barred.paths)
    if standing.enterprise_id is not None and standing.place_kind == PlaceKind.ENTERPRISE:
        enterprises.add(standing.enterprise_id)
    units |= {unit for unit in (standing.party_unit_id, standing.place_unit_id) if unit is not None}
    if not acting:
        units |= _rectifying_unit(standing, doer)
    if by_village:
        paths |= village_of(doer.units.values(), standing.path)
    return Barred(frozenset(people), frozenset(units), frozenset(paths), frozenset(enterprises), barred.submitters)
