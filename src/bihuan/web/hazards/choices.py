"""What a form offers for one hazard on one day: criteria in force, posts and units, values to begin with."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any, Final
from uuid import UUID

from bihuan.enterprises import queries as enterprises
from bihuan.enterprises.rules.licences import Licence
from bihuan.hazards import queries
from bihuan.hazards.queries.advice import advice_on
from bihuan.hazards.queries.terms import terms_on
from bihuan.hazards.queries.views import HazardBrief, HazardView
from bihuan.hazards.rules.acts import Act
from bihuan.hazards.rules.deadlines import (
    ESCALATION_ACTS,
    ESCALATION_NAMES,
    climbed,
    is_overdue,
    proposed_deadline,
)
from bihuan.hazards.rules.facts import Doer
from bihuan.hazards.rules.levels import has_basis_of_its_own
from bihuan.hazards.rules.papering import ISSUING_ROLES
from bihuan.hazards.rules.parties import is_party
from bihuan.hazards.rules.pressing import CLIMBING, highest_step
from bihuan.hazards.rules.states import DeadlineKind, Level, PlaceKind, Source
from bihuan.kernel.actor import Actor
from bihuan.kernel.roles import Role
from bihuan.orgs import queries as orgs
from bihuan.orgs.rules import PostRef, UnitKind
from bihuan.standards import queries as standards
from bihuan.standards.rules import Criterion, Feature, Library, Sector
from bihuan.web.hazards.asks import ASKS
from bihuan.web.hazards.cited import Need, by_clause, need_of, value_of, words_of
from bihuan.web.hazards.fields import Choices, Group

ENDING: Final = frozenset(
    {Act.PASS, Act.ACCEPT_LISTING, Act.FAIL_ACCEPTANCE, Act.DELIST, Act.GRANT_EXTENSION, Act.REFUSE_EXTENSION}
)  # done by the listing body; on paper where that body is outside
ANSWERED: Final = frozenset({Act.SUPERIOR_ACCEPT, Act.SUPERIOR_REFUSE})  # by the superior that handed it down
CONSENTED: Final = frozenset(
    {Act.TRANSFER, Act.GRANT_EXTENSION}
)  # with the consent of the superior that handed it down, or of an outside body that listed it
SUPERVISING: Final = (Role.DEPARTMENT, Role.SAFETY_OFFICE)
ASKED: Final = (UnitKind.DEPARTMENT, UnitKind.OFFICE, UnitKind.VILLAGE)
KEPT: Final = ("duty", "measures", "funds", "time", "plan")


def choices_for(act: Act, view: HazardBrief, actor: Actor, *, today: date) -> Choices:
    """Return what the form of this act offers; asks only for what its fields need."""
    asked = {*ASKS[act].fields, *ASKS[act].extra}
    return Choices(
        is_superiors=view.needs_superior,
        acts_for_others=not speaks_for_itself(act, view, actor, today=today),
        earlier=_earlier(view, actor, today) if "repeat_of" in asked else (),
        criteria=criteria(view) if "criterion" in asked else (),
        by_clause=clauses(view) if "criterion" in asked else {},
        needs=needs(view) if "criterion" in asked else {},
        supervisors=_supervisors(view, today) if "supervisor_post_id" in asked else (),
        units=_units(view) if asked & {"supervising_unit_id", "order_unit"} else (),
        parties=_parties(view, today) if "party_unit_id" in asked else (),
        delegates=_delegates(view, actor, today) if "delegate_unit_id" in asked else (),
        steps=_steps(view, today, actor) if "escalation" in asked else (),
        today=today,
        has_deadline=view.deadline is not None,
        needs_site_review=view.standing.resumption,
        issues_papers=issues_papers(actor) and (act != Act.REMIND or bool(_roles(view, actor) & CLIMBING)),
        licences=[(one.label, one.label) for one in _licences(view)] if "licence" in asked else (),
    )


def issues_papers(actor: Actor) -> bool:
    """Tell whether a form asks this person for papers: only an organ gives them numbers (R1.4)."""
    return actor.enterprise_id is None and any(actor.has_role(role) for role in ISSUING_ROLES)


def _licences(view: HazardBrief) -> Sequence[Licence]:
    held = enterprises.licences_of([view.enterprise_id]) if view.enterprise_id is not None else {}
    return next(iter(held.values()), ())


def _roles(view: HazardBrief, actor: Actor) -> frozenset[Role]:
    return actor.roles_over(path=view.path, sector=view.sector, enterprise_id=view.enterprise_id)


def _steps(view: HazardBrief, today: date, actor: Actor) -> list[tuple[int, str]]:
    """Return the steps of R3.20 that an overdue hazard has climbed to, the highest last, for who may take them."""
    if not is_overdue(view.state, view.deadline, today=today):
        return []
    terms, calendar = terms_on(view.town_id, today), standards.work_calendar(view.town_id)
    steps = climbed(view.level, view.deadline, today=today, terms=terms, calendar=calendar)
    highest = highest_step(_roles(view, actor))
    reached = sorted(one.step for one in steps if one.step <= highest)
    return [(int(step), f"{ESCALATION_NAMES[step]}：{ESCALATION_ACTS[step]}") for step in reached]


def speaks_for_itself(act: Act, view: HazardBrief, actor: Actor, *, today: date) -> bool:
    """Tell whether this person is the party, or the superior, in whose name the act is done."""
    if act not in ENDING | CONSENTED | ANSWERED:
        return is_party(view.standing, _doer(view, actor))
    organs = _organs_asked(act, view)
    return not organs or queries.is_superior_called(organs, view, actor, on=today)


def _doer(view: HazardBrief, actor: Actor) -> Doer:
    return queries.doer_of(actor, path=view.path, sector=view.sector, enterprise_id=view.enterprise_id)


def _organs_asked(act: Act, view: HazardBrief) -> list[str]:
    """Return the organs above the town whose own act this is, or whose consent it needs."""
    standing, organs = view.standing, []
    if act in ANSWERED or (act in CONSENTED and view.needs_superior):
        organs.append(standing.superior_organ)
    if act not in ANSWERED and standing.listing is not None and standing.listing.external:
        organs.append(standing.listing.organ)
    return organs


def _earlier(view: HazardBrief, actor: Actor, today: date) -> list[tuple[str, str]]:
    if view.enterprise_id is None:
        return []
    found = queries.found_before(
        actor, enterprise_id=view.enterprise_id, part=view.part, category=view.category, today=today, but=view.id
    )
    return [(str(one.earlier.id), f"{one.earlier.number} {one.earlier.description[:30]}") for one in found]


def criteria(view: HazardBrief) -> list[Group]:
    """Return the criteria in force on the day of the finding: likely ones, those of such a place, then all others.

    All others too: a place may have what its file does not say, such as a pressure vessel; a person decides.
    """
    sectors, features = _what_it_is(view)
    likely = [one.criterion for one in advice_on(view).clauses if one.may_cite]
    library = standards.library(view.path)
    suggested = [("按描述可能对得上的", _options(library, likely, view.found_on))] if likely else []
    fitting = standards.criteria_in_force(view.found_on, sectors, features, path=view.path)
    known = {one.id for one in fitting}
    every = standards.criteria_in_force(view.found_on, path=view.path)
    others = [one for one in every if one.id not in known]
    named = [("", fitting), ("其他：", others)]
    return [
        *suggested,
        *(one for before, items in named for one in _by_standard(library, items, before, view.found_on)),
    ]


def clauses(view: HazardBrief) -> dict[str, tuple[str, ...]]:
    """Return the items that the form offers under each "standard|clause", as older addresses name them."""
    return by_clause(standards.criteria_in_force(view.found_on, path=view.path))


def needs(view: HazardBrief) -> dict[str, Need]:
    """Return what the items that do not conclude by themselves ask of a person; nothing on a superior's paper."""
    if has_basis_of_its_own(view.standing):
        return {}
    library, on = standards.library(view.path), view.found_on
    items = standards.criteria_in_force(on, path=view.path)
    found = ((value_of(one), need_of(one, library.standard(one.standard_id), on=on)) for one in items)
    return {value: need for value, need in found if need is not None}


def _by_standard(library: Library, known: Sequence[Criterion], before: str, on: date) -> list[Group]:
    ordered = sorted(known, key=lambda one: one.standard_id)
    grouped = groupby(ordered, key=lambda one: one.standard_id)
    return [(f"{before}{library.standard(key).title}", _options(library, list(group), on)) for key, group in grouped]


def _options(library: Library, items: Sequence[Criterion], on: date) -> list[tuple[str, str]]:
    return [(value_of(one), words_of(one, library.standard(one.standard_id), on=on)) for one in items]


def _what_it_is(view: HazardBrief) -> tuple[list[Sector] | None, list[Feature] | None]:
    firm = enterprises.firms([view.enterprise_id]).get(view.enterprise_id) if view.enterprise_id else None
    if firm is None:
        return ([Sector(view.sector)] if view.sector in set(Sector) else None), None
    return [Sector(one) for one in firm.sectors], [Feature(one) for one in firm.features]


def _supervisors(view: HazardBrief, today: date) -> list[tuple[str, str]]:
    posts = {post.id: post for role in SUPERVISING for post in orgs.posts_with_role(view.town_id, role, on=today)}
    department = orgs.lead_departments(view.town_id, today).get(view.sector)
    leading = department.id if department else None
    ranked = sorted(posts.values(), key=lambda post: (post.unit.id != leading, post.unit.path, post.title))
    return [(str(post.id), f"{post.unit.short_name} {post.title}　{post.holder_name}".strip()) for post in ranked]


def _units(view: HazardBrief) -> list[tuple[str, str]]:
    town = orgs.town(view.town_id)
    return [(str(unit.id), unit.name) for unit in orgs.units_below(town.path, ASKED)]


def _parties(view: HazardBrief, today: date) -> list[tuple[str, str]]:
    """Return who may have to rectify what is no enterprise's: the village it lies in, the trade's department."""
    if view.standing.place_kind == PlaceKind.ENTERPRISE:
        return []
    return [(str(unit.id), unit.name) for unit in queries.may_rectify_at(view, on=today)]


def _delegates(view: HazardBrief, actor: Actor, today: date) -> list[tuple[str, str]]:
    """Return who may re-inspect for who ordered: the village it lies in, the trade's department, the offices."""
    if view.level == Level.MAJOR or actor.enterprise_id is not None:
        return []
    town = orgs.town(view.town_id)
    lead = orgs.lead_departments(view.town_id, today).get(view.sector)
    offices = orgs.units_below(town.path, (UnitKind.OFFICE,))
    at = orgs.units_by_path([view.path]).get(view.path)
    village = at if at is not None and at.kind is UnitKind.VILLAGE and not view.is_order else None
    not_these = {actor.unit_id, view.standing.party_unit_id}
    found = [unit for unit in (village, lead, *offices) if unit is not None and unit.id not in not_these]
    return [(str(unit.id), unit.name) for unit in found]


def first_values(act: Act, view: HazardView, *, today: date) -> dict[str, Any]:
    """Return the values that an empty form of this act begins with."""
    first: dict[str, Any] = {}
    if act is Act.CONFIRM:
        first |= {"category": view.category, "level": view.level or None}
    if act in {Act.ASSIGN, Act.REOPEN}:
        first |= _work(act, view, today)
    if act is Act.ARRANGE and view.current_round:
        first |= {key: getattr(view.arrangements, key) for key in KEPT} | {"interim": view.current_round.interim}
    if act is Act.HAND_IN:
        first["on"] = today
    if act is Act.PROPOSE_LICENCE_SUSPENSION and view.licences:
        first |= {"licence": view.licences[0].label, "licence_organ": view.licences[0].organ}
    if act in {Act.LIST, Act.RECORD_LISTING}:
        first |= _order(view, closing="镇安委会" if act is Act.LIST else "", today=today)
    return first


def _work(act: Act, view: HazardView, today: date) -> dict[str, Any]:
    """Return what an order begins with; a deadline that is set already stays: by transfer (L6) or listing (R3.25)."""
    kind = DeadlineKind.PLAN if view.level == Level.MAJOR else DeadlineKind.DAYS
    set_already = (view.deadline or (view.listing.deadline if view.listing else None)) if act is Act.ASSIGN else None
    deadline = set_already or proposed_deadline(view.level, on=today, terms=terms_on(view.town_id, today))
    first: dict[str, Any] = {"deadline_kind": kind.value, "deadline": deadline}
    party = view.standing.party_unit_id
    if party is not None and view.standing.place_kind != PlaceKind.ENTERPRISE:
        first["party_unit_id"] = str(party)
    if act is Act.ASSIGN and view.source == Source.VILLAGE_PATROL and view.people.village and party is None:
        first["delegate_unit_id"] = str(view.people.village.id)  # what it found on its rounds it looks at again
    if view.people.department:
        first["supervising_unit_id"] = str(view.people.department.id)
    return first


def _order(view: HazardView, *, closing: str, today: date) -> dict[str, Any]:
    """Return what a listing order begins with: the three people of R3.25 as far as the town has said who they are."""
    people = view.people
    supervisor = _person(people.supervisor)
    if people.supervisor is not None:
        supervisor = f"{people.supervisor.unit.short_name} {supervisor}"
    return {
        "order_unit": str(people.department.id) if people.department else "",
        "closing_organ": closing,
        "enterprise_person": _principal(view.town_id, people.firm.id, today) if people.firm else "",
        "supervisor": supervisor,
        "leader": _person(people.leader),
    }


def _principal(town_id: UUID, firm_id: UUID, today: date) -> str:
    posts = orgs.posts_with_role(town_id, Role.PRINCIPAL, on=today, enterprise_ids={firm_id})
    return next((_person(post) for post in posts), "")


def _person(post: PostRef | None) -> str:
    """Return who holds a post and what it is called; nobody where there is none or it is vacant."""
    if post is None or not post.holder_name:
        return ""
    return post.holder_name if post.title in post.holder_name else f"{post.holder_name} {post.title}"
