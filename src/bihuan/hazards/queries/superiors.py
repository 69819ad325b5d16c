"""Which superiors are on the platform and can log in, and so are not acted for."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final
from uuid import UUID

from bihuan.hazards.queries.doers import doer_of
from bihuan.hazards.queries.views import HazardBrief
from bihuan.hazards.rules.facts import Superior
from bihuan.hazards.rules.parties import is_called
from bihuan.hazards.rules.states import ListingLevel
from bihuan.kernel.actor import Actor
from bihuan.kernel.roles import Role
from bihuan.orgs import queries as orgs
from bihuan.orgs.rules import TownRef, UnitRef, area_of

# How many codes deep the area of an organ lies: province, city, county.
_LEVELS: Final = {1: ListingLevel.PROVINCE, 2: ListingLevel.CITY, 3: ListingLevel.COUNTY}


def superiors_of(town_id: UUID, *, on: date) -> tuple[Superior, ...]:
    """Return the organs above a town with a post that may accept and a person in it who can log in."""
    town = orgs.town(town_id)
    posts = {post: post.holder_id for post in orgs.superior_posts(town.path, Role.SUPERIOR, on=on)}
    people = orgs.users(holder for holder in posts.values() if holder is not None)
    return tuple(
        Superior(
            frozenset(_names(post.unit, town)),
            f"{post.unit.short_name} {post.title}",
            post.unit.id,
            _LEVELS.get(len(area_of(post.unit.path, post.unit.kind).strip("/").split("/"))),
        )
        for post, holder in posts.items()
        if holder is not None and holder in people and people[holder].is_active
    )


def is_superior_called(organs: Iterable[str], hazard: HazardBrief, viewer: Actor, *, on: date) -> bool:
    """Tell whether this is a superior, and itself the organ of each of these names; asks nothing of anybody else."""
    doer = doer_of(viewer, path=hazard.path, sector=hazard.sector, enterprise_id=hazard.enterprise_id)
    if Role.SUPERIOR not in doer.roles:
        return False
    superiors = superiors_of(hazard.town_id, on=on)
    return all(is_called(superiors, doer, organ) for organ in organs)


def own_names(town_id: UUID) -> tuple[frozenset[str], frozenset[str]]:
    """Return what a town is called, and what its units are called: none of these lists for it from outside (L4)."""
    town = orgs.town(town_id)
    units = orgs.units_below(town.path)
    return frozenset({town.name, town.short_name}), frozenset({name for one in units for name in _called(one)})


def _called(unit: UnitRef) -> set[str]:
    return {unit.name, unit.short_name}


def _names(unit: UnitRef, town: TownRef) -> Iterator[str]:
    """Yield how lists and papers call an organ: 区安委办, and with the name of its area 金城区安委办."""
    for name in {unit.name, unit.short_name}:
        yield name
        for area in (town.county_name, town.city_name, town.province_name):
            if area and name[:1] == area[-1]:
                yield area + name[1:]
