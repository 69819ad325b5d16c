"""The page of one hazard, and its files, each through the viewer's scope."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from bihuan.documents import queries as documents
from bihuan.enterprises import queries as enterprises
from bihuan.enterprises.rules.licences import Licence
from bihuan.hazards.models import (
    Extension,
    Hazard,
    HazardFile,
    Invalidation,
    LevelChange,
    LicenceProposal,
    Listing,
    ListingRecord,
    Reinspection,
    Resumption,
    Round,
    SameKindTask,
    Transfer,
)
from bihuan.hazards.queries import parts
from bihuan.hazards.queries.doers import doer_of
from bihuan.hazards.queries.standings import standing_of
from bihuan.hazards.queries.superiors import superiors_of
from bihuan.hazards.queries.terms import Frame, frame_of
from bihuan.hazards.queries.views import HazardBrief, HazardView, PeopleView, PhotoPair
from bihuan.hazards.rules.chips import chip_for
from bihuan.hazards.rules.deadlines import climbed, days_late, stop_ends_on
from bihuan.hazards.rules.decide import OpenAct, open_acts
from bihuan.hazards.rules.facts import Facts, Pending, Standing
from bihuan.hazards.rules.next import Next, all_moves, next_move
from bihuan.hazards.rules.penalties import MAY_SEE, liabilities
from bihuan.hazards.rules.reports import reports_owed
from bihuan.hazards.rules.sources import shown_finder
from bihuan.hazards.rules.states import OPEN_STATES, ListingLevel, State
from bihuan.kernel.actor import Actor
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import NotFound
from bihuan.kernel.roles import Role
from bihuan.orgs import queries as orgs
from bihuan.trail import queries as trail

TRAIL_SHOWN: Final = 50
_SAME: Final = (
    "id", "version", "town_id", "number", "level", "path", "sector", "place_kind", "enterprise_id", "place_name",
    "part", "description", "category", "source", "source_type", "source_id", "found_on", "found_by", "reported_at",
    "self_found", "fixed_on_spot", "criterion_standard", "criterion_clause", "criterion_version", "criterion_text",
    "whole_judgement", "level_reason", "graded_on", "graded_by", "countersigned_on", "countersigned_by", "is_order",
    "assigned_on", "deadline", "first_deadline", "deadline_kind", "closed_on", "closed_late", "round", "failed_count",
    "reopened_count", "extension_count", "money_fen", "party_name", "cannot_assure_safety", "suspended_on",
    "resumed_on", "needs_superior", "superior_organ", "submitted_on", "regulator_told_on", "workers_told_on",
    "reminders", "escalation",
)  # fmt: skip


def row_for(viewer: Actor, hazard_id: UUID) -> Hazard:
    """Find and check in one call, for this room only. Raises NotFound."""
    row = Hazard.objects.visible_to(viewer).filter(pk=hazard_id).first()
    if row is None:
        raise NotFound("hazards.not_found", "没有找到这项隐患，或者不在您的管辖范围内。")
    return row


def brief_for(viewer: Actor, hazard_id: UUID) -> HazardBrief:
    """Return what an act needs to know of one hazard, in two queries. Raises NotFound."""
    row = row_for(viewer, hazard_id)
    listing = Listing.objects.filter(pk=row.listing_id).first() if row.listing_id else None
    return HazardBrief(**_brief(row, viewer), standing=standing_of(row, listing))


def pairs_for(viewer: Actor, hazard_id: UUID) -> tuple[PhotoPair, ...]:
    """Return the photos before and after of one hazard, in three queries. Raises NotFound."""
    files = list(HazardFile.objects.filter(hazard=row_for(viewer, hazard_id), is_photo=True).order_by("added_at", "id"))
    return parts.pairs_of(parts.file_views(files, trail.files([one.evidence_id for one in files])))


def hazard_for(viewer: Actor, hazard_id: UUID, *, now: datetime) -> HazardView:
    """Return everything the page of one hazard shows, in a fixed number of queries. Raises NotFound."""
    row = row_for(viewer, hazard_id)
    today = day_of(now)
    frame = frame_of(row.town_id, on=today)
    listings = list(Listing.objects.filter(hazard=row).order_by("proposed_on", "listed_on", "id"))
    main = next((one for one in listings if one.pk == row.listing_id), None)
    records = list(ListingRecord.objects.filter(listing__hazard=row).order_by("at", "id"))
    files = list(HazardFile.objects.filter(hazard=row).order_by("added_at", "id"))
    file_views = parts.file_views(files, trail.files([one.evidence_id for one in files]))
    extensions = list(Extension.objects.filter(hazard=row).order_by("asked_at", "id"))
    invalidations = list(Invalidation.objects.filter(hazard=row).order_by("asked_at", "id"))
    levels = list(LevelChange.objects.filter(hazard=row).order_by("asked_at", "id"))
    resumptions = list(Resumption.objects.filter(hazard=row).order_by("asked_at", "id"))
    events = trail.events_of([row.pk])
    standing = standing_of(row, main)
    facts = Facts(
        standing=standing,
        doer=doer_of(viewer, path=row.path, sector=row.sector, enterprise_id=row.enterprise_id),
        today=today,
        terms=frame.terms,
        calendar=frame.calendar,
        pending=_pending(row, extensions, invalidations, levels, resumptions),
        one_person=_is_one_person(viewer, row),
        superiors=superiors_of(row.town_id, on=today) if _asks_a_superior(row, main, viewer) else (),
    )
    licences = _licences(row)
    facts = replace(facts, licences=tuple(one.label for one in licences))
    acts = tuple(open_acts(facts))
    move = next_move(standing, on=today, terms=frame.terms, calendar=frame.calendar)
    listing_views = [parts.listing_view(one, records, major_since=row.major_since, frame=frame) for one in listings]
    late = days_late(row.state, row.deadline, today=today)
    return HazardView(
        **_brief(row, viewer),
        repeat_of=None if row.repeat_of is None else (row.repeat_of.pk, row.repeat_of.number),
        days_late=late,
        stop_ends_on=stop_ends_on(row.suspended_on, row.resumed_on, terms=frame.terms),
        standing=standing,
        chip=chip_for(move.kind, move.due_on, today=today, calendar=frame.calendar),
        next=move,
        moves=_moves(standing, today, frame),
        acts=acts,
        main_act=_main(acts, move),
        life=parts.life_of(events, state=row.state, needs_superior=row.needs_superior),
        listing_life=parts.listing_life_of(events, state=row.listing_state),
        files=file_views,
        pairs=parts.pairs_of(file_views),
        rounds=tuple(parts.round_view(one) for one in Round.objects.filter(hazard=row).order_by("number")),
        extensions=tuple(parts.extension_view(one, level=row.level, frame=frame) for one in extensions),
        licences=licences,
        licence_proposals=tuple(
            parts.licence_proposal_view(one)
            for one in LicenceProposal.objects.filter(listing__hazard=row).order_by("asked_at", "id")
        ),
        resumptions=tuple(parts.resumption_view(one) for one in resumptions),
        reinspections=tuple(
            parts.reinspection_view(one) for one in Reinspection.objects.filter(hazard=row).order_by("at", "id")
        ),
        listing=next((one for one in listing_views if one.id == row.listing_id), None),
        other_listings=tuple(one for one in listing_views if one.id != row.listing_id),
        transfers=tuple(parts.transfer_view(one) for one in Transfer.objects.filter(hazard=row).order_by("sent_at")),
        requests=parts.request_views(invalidations, levels),
        same_kind=parts.same_kind_view(SameKindTask.objects.filter(hazard=row).order_by("-opened_at").first()),
        people=_people(row, today),
        papers=tuple(documents.papers_of([row.pk], town_id=row.town_id)[row.pk]),
        climbed=tuple(
            climbed(row.level, row.deadline, today=today, terms=frame.terms, calendar=frame.calendar) if late else ()
        ),
        reports_owed=tuple(
            reports_owed(
                level=row.level,
                on=today,
                regulator_told=row.regulator_told_on is not None,
                workers_told=row.workers_told_on is not None,
            )
            if row.is_open
            else ()
        ),
        liabilities=tuple(liabilities(standing, on=today)) if facts.doer.roles & MAY_SEE else (),
        trail=tuple(reversed(events[-TRAIL_SHOWN:])),
        trail_total=len(events),
    )


def _licences(row: Hazard) -> tuple[Licence, ...]:
    """Return the safety licences that the enterprise holds (R3.29)."""
    if row.enterprise_id is None:
        return ()
    return enterprises.licences_of([row.enterprise_id]).get(row.enterprise_id, ())


def _brief(row: Hazard, viewer: Actor) -> dict[str, Any]:
    roles = viewer.roles_over(path=row.path, sector=row.sector, enterprise_id=row.enterprise_id)
    found_by = shown_finder(row.found_by, row.source, roles)
    return {name: getattr(row, name) for name in _SAME} | {"state": State(row.state), "found_by": found_by}


def evidence_of(viewer: Actor, hazard_id: UUID, evidence_id: UUID, *, variant: str = "screen") -> trail.OpenedFile:
    """Open a file that proves something about a hazard the viewer sees. Raises NotFound."""
    row = row_for(viewer, hazard_id)
    if not HazardFile.objects.filter(hazard=row, evidence_id=evidence_id).exists():
        raise NotFound("hazards.no_file", "没有找到这张照片或材料。")
    return trail.open_file(evidence_id, variant)


def doubles_of(view: HazardView) -> dict[UUID, int]:
    """Return how many other uploads of the town look the same, for each photo of a hazard that has such (a note)."""
    photos = [one.file for one in view.files if one.is_photo and one.file is not None]
    return {photo: len(same) for photo, same in trail.doubles_among(view.town_id, photos).items()}


def _moves(standing: Standing, today: date, frame: Frame) -> tuple[Next, ...]:
    if standing.state not in OPEN_STATES:
        return ()
    moves = all_moves(standing, on=today, terms=frame.terms, calendar=frame.calendar)
    return tuple(sorted(moves, key=lambda move: move.due_on or date.max))


def _main(acts: Sequence[OpenAct], move: Next) -> OpenAct | None:
    return next((one for one in acts if one.act == move.act and not one.barred), None)


def _pending(row: Hazard, *groups: Sequence[Any]) -> Pending:
    """Return the open request of the row; where several are open, the asker of each is looked at by its own act."""
    wanted = {row.extension_id, row.invalidation_id, row.lowering_id, row.resumption_id} - {None}
    rows = [one for group in groups for one in group if one.pk in wanted]
    if len(rows) != 1:
        return Pending()
    return Pending(asked_by_id=rows[0].asked_by_id, new_deadline=getattr(rows[0], "new_deadline", None))


def _asks_a_superior(row: Hazard, main: Listing | None, viewer: Actor) -> bool:
    """Tell whether an act on this page may depend on which superior somebody is."""
    if row.state == State.AWAITING_SUPERIOR or viewer.has_role(Role.SUPERIOR):
        return True
    if row.extension_id is not None and row.needs_superior:
        return True
    return main is not None and main.level != ListingLevel.TOWN


def _is_one_person(viewer: Actor, row: Hazard) -> bool:
    if row.enterprise_id is None or row.enterprise_id not in viewer.enterprise_ids:
        return False
    firm = enterprises.firms([row.enterprise_id]).get(row.enterprise_id)
    return firm is not None and firm.one_person


def _people(row: Hazard, today: date) -> PeopleView:
    firm = enterprises.firms([row.enterprise_id]).get(row.enterprise_id) if row.enterprise_id else None
    posts = orgs.posts([row.supervisor_post_id], today) if row.supervisor_post_id else {}
    named = {row.supervising_unit_id, row.ordering_unit_id, row.delegated_unit_id} - {None}
    units = orgs.units([one for one in named if one is not None])
    leaders = orgs.leaders(row.town_id, today)
    return PeopleView(
        firm=firm,
        village=orgs.units_by_path([row.path]).get(row.path),
        department=orgs.lead_departments(row.town_id, today).get(row.sector),
        supervisor=posts.get(row.supervisor_post_id) if row.supervisor_post_id else None,
        supervising_unit=units.get(row.supervising_unit_id) if row.supervising_unit_id else None,
        ordering_unit=units.get(row.ordering_unit_id) if row.ordering_unit_id else None,
        delegate=units.get(row.delegated_unit_id) if row.delegated_unit_id else None,
        leader=leaders.of(path=row.path, enterprise_id=row.enterprise_id),
    )
