"""What a form offers for one hazard on one day: criteria in force, posts and units, values to begin with."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any, Final

from bihuan.hazards.queries.views import HazardView
from bihuan.hazards.rules.acts import Act
from bihuan.hazards.rules.states import DeadlineKind
from bihuan.kernel.roles import Role
from bihuan.orgs import queries as orgs
from bihuan.orgs.rules import UnitKind
from bihuan.standards import queries as standards
from bihuan.standards.rules import Feature, Sector, Suggestion
from bihuan.web.hazards.asks import ASKS
from bihuan.web.hazards.fields import Choices, Group

SUGGESTED: Final = 3
SUPERVISING: Final = (Role.DEPARTMENT, Role.SAFETY_OFFICE)
ASKED: Final = (UnitKind.DEPARTMENT, UnitKind.OFFICE, UnitKind.VILLAGE)
KEPT: Final = ("duty", "measures", "funds", "time", "plan")


def choices_for(act: Act, view: HazardView, *, today: date) -> Choices:
    """Return what the form of this act offers; asks only for what its fields need."""
    asked = set(ASKS[act].fields)
    return Choices(
        criteria=criteria(view) if "criterion" in asked else (),
        supervisors=_supervisors(view, today) if "supervisor_post_id" in asked else (),
        units=_units(view) if asked & {"supervising_unit_id", "order_unit"} else (),
        first=_first(act, view, today),
        today=today,
    )


def suggestions(act: Act, view: HazardView) -> Sequence[Suggestion]:
    """Return the criteria that the words of the finding may meet, best first; a person decides."""
    if "criterion" not in ASKS[act].fields:
        return ()
    words = f"{view.part} {view.description}"
    sectors, features = _what_it_is(view)
    return standards.suggest_level(words, view.found_on, sectors, features)[:SUGGESTED]


def criteria(view: HazardView) -> list[Group]:
    """Return the criteria in force on the day of the finding that can concern such a place, by standard."""
    sectors, features = _what_it_is(view)
    known = standards.criteria_in_force(view.found_on, sectors, features)
    by_standard = sorted(known, key=lambda one: one.standard_id)
    return [
        (
            standards.standard(key).title,
            [(f"{one.standard_id}|{one.clause}", f"{one.clause}　{one.text[:60]}") for one in group],
        )
        for key, group in groupby(by_standard, key=lambda one: one.standard_id)
    ]


def _what_it_is(view: HazardView) -> tuple[list[Sector] | None, list[Feature] | None]:
    firm = view.people.firm
    if firm is None:
        return ([Sector(view.sector)] if view.sector in set(Sector) else None), None
    return [Sector(one) for one in firm.sectors], [Feature(one) for one in firm.features]


def _supervisors(view: HazardView, today: date) -> list[tuple[str, str]]:
    posts = {post.id: post for role in SUPERVISING for post in orgs.posts_with_role(view.town_id, role, on=today)}
    leading = view.people.department.id if view.people.department else None
    ranked = sorted(posts.values(), key=lambda post: (post.unit.id != leading, post.unit.path, post.title))
    return [(str(post.id), f"{post.unit.short_name} {post.title}　{post.holder_name}".strip()) for post in ranked]


def _units(view: HazardView) -> list[tuple[str, str]]:
    town = orgs.town(view.town_id)
    return [(str(unit.id), unit.name) for unit in orgs.units_below(town.path, ASKED)]


def _first(act: Act, view: HazardView, today: date) -> dict[str, Any]:
    first: dict[str, Any] = {}
    if act is Act.CONFIRM:
        first |= {"category": view.category, "level": view.level or None}
    if act in {Act.ASSIGN, Act.REOPEN}:
        first |= {"deadline_kind": DeadlineKind.DAYS.value}
        if view.people.department:
            first["supervising_unit_id"] = str(view.people.department.id)
    if act is Act.ARRANGE and view.current_round:
        first |= {key: getattr(view.arrangements, key) for key in KEPT} | {"interim": view.current_round.interim}
    if act is Act.HAND_IN:
        first["on"] = today
    if act in {Act.LIST, Act.RECORD_LISTING}:
        first |= _order(view)
    return first


def _order(view: HazardView) -> dict[str, Any]:
    people = view.people
    return {
        "order_unit": str(people.department.id) if people.department else "",
        "closing_organ": "镇安委会",
        "enterprise_person": f"{view.place_name} 主要负责人" if people.firm else "",
        "leader": people.leader.title if people.leader else "",
    }
