"""Read everything an act looks at, in a fixed number of queries."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Final, TypeVar
from uuid import UUID

from django.db import models

from bihuan.enterprises import queries as enterprises
from bihuan.enterprises.rules.facts import Firm
from bihuan.hazards.models import (
    Extension,
    Hazard,
    Invalidation,
    LevelChange,
    LicenceProposal,
    Listing,
    Resumption,
    Round,
    Transfer,
)
from bihuan.hazards.queries.doers import doer_of
from bihuan.hazards.queries.standings import standing_of
from bihuan.hazards.queries.superiors import own_names, superiors_of
from bihuan.hazards.queries.terms import Frame, frames_of
from bihuan.hazards.rules.acts import Act
from bihuan.hazards.rules.facts import Companion, Doer, Facts, Given, Pending, Proof, Superior
from bihuan.hazards.rules.states import ListingLevel
from bihuan.hazards.services.papers import prints
from bihuan.kernel.actor import Actor
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import NotFound, Refusal
from bihuan.orgs import queries as orgs
from bihuan.orgs.rules import PostKind, PostRef, TownRef, UnitRef
from bihuan.trail import services as trail
from bihuan.trail.rules import FileKind

Row = TypeVar("Row", bound=models.Model)

CHUNK: Final = 500
PENDING: Final[Mapping[Act, tuple[type[models.Model], str]]] = {
    Act.APPROVE_LOWERING: (LevelChange, "lowering_id"),
    Act.REFUSE_LOWERING: (LevelChange, "lowering_id"),
    Act.APPROVE_INVALID: (Invalidation, "invalidation_id"),
    Act.REFUSE_INVALID: (Invalidation, "invalidation_id"),
    Act.GRANT_EXTENSION: (Extension, "extension_id"),
    Act.REFUSE_EXTENSION: (Extension, "extension_id"),
    Act.RESUME: (Resumption, "resumption_id"),
    Act.REFUSE_RESUMPTION: (Resumption, "resumption_id"),
}
READS_ROUND: Final = frozenset(
    {Act.ARRANGE, Act.FAIL, Act.CHECK_EXPIRED, Act.FAIL_ACCEPTANCE, Act.SUPERIOR_REFUSE, Act.HAND_IN_PLAN}
)
ON_TRANSFER: Final = frozenset({Act.RECORD_REPLY, Act.RETURN})
ANSWERS_FOR_SUPERIOR: Final = frozenset(
    {Act.SUPERIOR_ACCEPT, Act.SUPERIOR_REFUSE, Act.APPROVE_INVALID, Act.TRANSFER, Act.GRANT_EXTENSION}
)
LISTS: Final = frozenset(
    {
        Act.ACCEPT_LISTING,
        Act.FAIL_ACCEPTANCE,
        Act.DELIST,
        Act.PASS,
        Act.GRANT_EXTENSION,
        Act.REFUSE_EXTENSION,
        Act.APPROVE_LOWERING,
        Act.APPROVE_INVALID,
        Act.TRANSFER,
    }
)
ORDERS_ITSELF: Final = frozenset({Act.ASSIGN, Act.PASS, Act.FAIL})  # an enterprise of one person closes nothing
_NONE: Final[tuple[frozenset[str], frozenset[str]]] = (frozenset(), frozenset())


@dataclass(slots=True)
class Loaded:
    """What was read for one plural act, by id."""

    hazards: dict[UUID, Hazard]
    today: date
    frames: dict[UUID, Frame]
    listings: dict[UUID, Listing] = field(default_factory=dict)
    rounds: dict[UUID, Round] = field(default_factory=dict)
    sides: dict[UUID, models.Model] = field(default_factory=dict)
    one_person: frozenset[UUID] = frozenset()
    towns: Mapping[UUID, TownRef] = field(default_factory=dict)
    firms: Mapping[UUID, Firm] = field(default_factory=dict)
    villages: Mapping[str, UnitRef] = field(default_factory=dict)
    departments: Mapping[tuple[UUID, str], UnitRef] = field(default_factory=dict)
    rectifiers: dict[UUID, frozenset[str]] = field(default_factory=dict)
    superiors: dict[UUID, tuple[Superior, ...]] = field(default_factory=dict)
    licences: Mapping[UUID, tuple[str, ...]] = field(default_factory=dict)
    certificates: Mapping[UUID, str] = field(default_factory=dict)
    own_names: dict[UUID, tuple[frozenset[str], frozenset[str]]] = field(default_factory=dict)
    supervising_units: dict[UUID, UUID] = field(default_factory=dict)
    doers: dict[tuple[str, str, UUID | None], Doer] = field(default_factory=dict)

    def listing_of(self, row: Hazard) -> Listing | None:
        """Return the main listing order of a hazard."""
        return self.listings.get(row.listing_id) if row.listing_id else None

    def answerable(self, row: Hazard) -> tuple[str, ...]:
        """Return the village and the lead department of a hazard by name, where they were read."""
        found = (self.villages.get(row.path), self.departments.get((row.town_id, row.sector)))
        return tuple(dict.fromkeys(unit.name for unit in found if unit is not None))

    def facts(self, row: Hazard, given: Given, actor: Actor) -> Facts:
        """Return what the decision on this row looks at."""
        frame = self.frames[row.town_id]
        side = self.sides.get(row.pk)
        own_town, own_units = self.own_names.get(row.town_id, _NONE)
        return Facts(
            standing=standing_of(row, self.listing_of(row)),
            doer=self._doer(row, actor),
            today=self.today,
            terms=frame.terms,
            calendar=frame.calendar,
            given=given,
            pending=_pending(side),
            one_person=row.enterprise_id in self.one_person,
            rectifiers=self.rectifiers.get(row.pk, frozenset()),
            superiors=self.superiors.get(row.town_id, ()),
            own_town=own_town,
            own_units=own_units,
            licences=self.licences.get(row.enterprise_id, ()) if row.enterprise_id else (),
        )

    def _doer(self, row: Hazard, actor: Actor) -> Doer:
        key = (row.path, row.sector, row.enterprise_id)
        found = self.doers.get(key)
        if found is None:
            found = self.doers[key] = doer_of(actor, path=row.path, sector=row.sector, enterprise_id=row.enterprise_id)
        return found


def load(ids: Sequence[UUID], act: Act, *, asked_paper: bool, actor: Actor, now: datetime) -> Loaded:
    """Read the hazards inside the actor's scope, and what this act needs beside them."""
    hazards = {row.pk: row for part in chunks(ids) for row in Hazard.objects.visible_to(actor).filter(pk__in=part)}
    today = day_of(now)
    towns = {row.town_id for row in hazards.values()}
    loaded = Loaded(hazards, today, frames_of(towns, on=today))
    rows = hazards.values()
    loaded.listings = _by_id(Listing, [row.listing_id for row in rows])
    if act in READS_ROUND:
        loaded.rounds = _by_id(Round, [row.round_id for row in rows])
    loaded.sides = _sides(loaded, act)
    if act == Act.PROPOSE_LICENCE_SUSPENSION:
        held = enterprises.licences_of(row.enterprise_id for row in rows if row.enterprise_id is not None)
        loaded.licences = {firm: tuple(one.label for one in licences) for firm, licences in held.items()}
    if act in ORDERS_ITSELF and actor.enterprise_ids:
        firms = enterprises.firms(actor.enterprise_ids)
        loaded.one_person = frozenset(firm.id for firm in firms.values() if firm.one_person)
    acted_for = {row.town_id for row in rows if _might_act_for(act, row, loaded.listing_of(row))}
    loaded.superiors = {town: superiors_of(town, on=today) for town in acted_for}
    if act == Act.RECORD_LISTING:
        loaded.own_names = {town: own_names(town) for town in towns}
    if prints(act, asked=asked_paper):
        loaded.towns = orgs.towns(towns)
        loaded.firms = enterprises.firms({row.enterprise_id for row in rows if row.enterprise_id is not None})
        if act == Act.REMIND:
            loaded.villages = orgs.units_by_path({row.path for row in rows})
            loaded.departments = orgs.leads_of_towns(towns, today)
    return loaded


def _sides(loaded: Loaded, act: Act) -> dict[UUID, models.Model]:
    """Return the open request, transfer or proposal that an act answers, by hazard; one query at most."""
    rows = loaded.hazards.values()
    if act in PENDING:
        model, column = PENDING[act]
        found = _by_id(model, [getattr(row, column) for row in rows])
        return {row.pk: found[getattr(row, column)] for row in rows if getattr(row, column) in found}
    if act in ON_TRANSFER:
        parts = chunks(loaded.hazards)
        current = [one for part in parts for one in Transfer.objects.filter(hazard__in=part, is_current=True)]
        return {one.hazard_id: one for one in current}
    if act == Act.RECORD_LICENCE_ANSWER:
        asked = _by_id(LicenceProposal, [one.licence_proposal_id for one in loaded.listings.values()])
        of_listing = {one.listing_id: one for one in asked.values()}
        return {row.pk: of_listing[row.listing_id] for row in rows if row.listing_id in of_listing}
    return {}


def _might_act_for(act: Act, row: Hazard, main: Listing | None) -> bool:
    """Tell whether somebody might do this act for an organ above the town."""
    if act in ANSWERS_FOR_SUPERIOR and row.needs_superior:
        return True
    return act == Act.RECORD_LISTING or (act in LISTS and main is not None and main.level != ListingLevel.TOWN)


def with_real_files(givens: Sequence[Given], *, actor: Actor, now: datetime) -> list[Given]:
    """Attach the files that the acts bring, and say of each what it really is; three queries, none without files."""
    wanted = [proof.evidence_id for given in givens for proof in given.files]
    if not wanted:
        return list(givens)
    kept = trail.attach_files(wanted, actor=actor, now=now)

    def real(proof: Proof) -> Proof:
        file = kept[proof.evidence_id]
        return replace(proof, is_photo=file.kind == FileKind.PHOTO, sha256=file.sha256)

    return [replace(given, files=tuple(real(one) for one in given.files)) if given.files else given for given in givens]


def with_known_companions(givens: Sequence[Given], loaded: Loaded) -> list[Given]:
    """Recognise people and units of the town among the companions, and who rectified; no query without companions.

    Of several people with one name the one of the unit that was written beside it is meant; else nobody is recognised.
    """
    names = {one.name.strip() for given in givens for one in given.companions}
    if not names:
        return list(givens)
    gathered: dict[UUID, set[str]] = {pk: {row.place_name, row.party_name} - {""} for pk, row in loaded.hazards.items()}
    for part in chunks(loaded.hazards):
        rows = Round.objects.filter(hazard__in=part).values_list("hazard_id", "handed_in_by", "accepted_by")
        for pk, handed_in_by, accepted_by in rows:
            gathered[pk] |= {handed_in_by, accepted_by} - {""}
    loaded.rectifiers = {pk: frozenset(found) for pk, found in gathered.items()}
    known = orgs.posts_of_people_named(names, town_ids=loaded.frames, on=loaded.today)
    units = _units_named({one.unit.strip() for given in givens for one in given.companions} - {""}, loaded)
    return [
        replace(
            given,
            companions=tuple(_recognised(one, known.get(one.name.strip(), ()), units) for one in given.companions),
        )
        if given.companions
        else given
        for given in givens
    ]


def certificates_for(givens: Sequence[Given], actor: Actor) -> Mapping[UUID, str]:
    """Return the certificate numbers of who issues a paper and of those who were there; one query."""
    people = {one.user_id for given in givens for one in given.companions} | {actor.user_id}
    return orgs.certificates_of([one for one in people if one is not None])


def _units_named(names: set[str], loaded: Loaded) -> Mapping[str, UnitRef]:
    """Return the units of the towns by the names that were written beside companions."""
    found: dict[str, UnitRef] = {}
    for town in loaded.frames if names else ():
        found |= orgs.units_by_name(town, names)
    return found


def _recognised(one: Companion, posts: Sequence[PostRef], units: Mapping[str, UnitRef]) -> Companion:
    if one.user_id is not None:
        return one
    if len({post.holder_id for post in posts}) > 1:
        unit = one.unit.strip()
        posts = [
            post for post in posts if unit and unit in {post.unit.name, post.unit.short_name, post.enterprise_name}
        ]
    if len({post.holder_id for post in posts}) != 1:
        named = units.get(one.unit.strip())
        return one if named is None else replace(one, units={named.id: named.path})
    return replace(
        one,
        user_id=posts[0].holder_id,
        units={post.unit.id: post.unit.path for post in posts if post.enterprise_id is None},
        enterprises=frozenset(post.enterprise_id for post in posts if post.enterprise_id is not None),
    )


def check_references(givens: Sequence[Given], loaded: Loaded, actor: Actor) -> None:
    """Refuse what an act names but nobody there may see: an earlier hazard, a post or unit of another town."""
    earlier = {given.repeat_of for given in givens if given.repeat_of is not None}
    if earlier and Hazard.objects.visible_to(actor).filter(pk__in=earlier).count() != len(earlier):
        raise NotFound("hazards.no_earlier", "以前的那一项隐患没有找到，请重新选择。")
    _check_units(givens, loaded)
    posts = {given.supervisor_post_id for given in givens if given.supervisor_post_id is not None}
    if posts:
        _check_supervisors(posts, loaded, actor)


def _check_supervisors(posts: Collection[UUID], loaded: Loaded, actor: Actor) -> None:
    """R3.3: who supervises is of the town; only an enterprise that orders itself names one of its own people."""
    known = orgs.posts(posts, loaded.today)
    if any(post not in known or known[post].unit.town_id not in loaded.frames for post in posts):
        raise NotFound("hazards.no_post", "监管责任岗位没有找到，请重新选择。")
    if any(known[post].kind is PostKind.ADMIN for post in posts):
        raise Refusal("hazards.administrator", "平台的管理员岗位不办业务，不能作监管责任人。请改选部门或安监办的岗位。")
    if any(known[post].enterprise_id not in {None, actor.enterprise_id} for post in posts):
        raise Refusal(
            "hazards.own_supervisor", "企业的岗位不能作监管责任人，企业不能监管自己。请改选部门或安监办的岗位。"
        )
    loaded.supervising_units = {post: known[post].unit.id for post in posts if known[post].enterprise_id is None}


def _check_units(givens: Sequence[Given], loaded: Loaded) -> None:
    """Refuse a unit that is no unit of the towns in which the hazards lie: one query, none where no unit is named."""
    asked = {unit for given in givens for unit in (given.supervising_unit_id, given.party_unit_id)}
    asked |= {given.order.supervising_unit_id for given in givens if given.order is not None}
    named = [unit for unit in asked if unit is not None]
    known = orgs.units(named) if named else {}
    if any(unit not in known or known[unit].town_id not in loaded.frames for unit in named):
        raise NotFound("hazards.no_unit", "监管单位或责任单位没有找到，请从本镇的单位里重新选择。")


def chunks(ids: Iterable[UUID]) -> Iterator[list[UUID]]:
    """Yield the ids in parts that every database takes in one query."""
    whole = list(ids)
    for start in range(0, len(whole), CHUNK):
        yield whole[start : start + CHUNK]


def _by_id(model: type[Row], ids: Iterable[UUID | None]) -> dict[UUID, Row]:
    wanted = [one for one in ids if one is not None]
    manager = model._default_manager
    return {row.pk: row for part in chunks(wanted) for row in manager.filter(pk__in=part)}


def _pending(side: models.Model | None) -> Pending:
    if side is None:
        return Pending()
    asked_at = getattr(side, "asked_at", None)
    return Pending(
        asked_by_id=getattr(side, "asked_by_id", None),
        asked_on=None if asked_at is None else day_of(asked_at),
        new_deadline=getattr(side, "new_deadline", None),
    )
