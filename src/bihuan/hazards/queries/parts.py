"""Rows of one hazard's page as frozen values."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final
from uuid import UUID

from bihuan.hazards.models import (
    Extension,
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
from bihuan.hazards.queries.standings import listing_facts
from bihuan.hazards.queries.terms import Frame
from bihuan.hazards.queries.views import (
    ExtensionView,
    FileView,
    LicenceProposalView,
    LifeStep,
    ListingView,
    PhotoPair,
    RecordView,
    ReinspectionView,
    RequestView,
    ResumptionView,
    RoundView,
    SameKindView,
    TransferView,
)
from bihuan.hazards.rules.arrangements import missing_of_five
from bihuan.hazards.rules.deadlines import extension_doubts
from bihuan.hazards.rules.facts import Arrangements, SixParts
from bihuan.hazards.rules.listing import milestones, next_progress_due
from bihuan.hazards.rules.states import (
    LISTING_NAMES,
    STATE_NAMES,
    Evaluator,
    FileRole,
    Level,
    ListingLevel,
    ListingState,
    Sanction,
    State,
    level_name,
)
from bihuan.kernel.calendar import day_of
from bihuan.trail.rules import EventLine, StoredFile

LIFE: Final = (
    State.REPORTED,
    State.CONFIRMED,
    State.ASSIGNED,
    State.RECTIFYING,
    State.RECTIFIED,
    State.AWAITING_SUPERIOR,
    State.CLOSED,
)
LISTING_LIFE: Final = (
    ListingState.PROPOSED,
    ListingState.LISTED,
    ListingState.GOVERNING,
    ListingState.ACCEPTANCE_APPLIED,
    ListingState.ACCEPTED,
    ListingState.DELISTED,
)


def life_of(events: Sequence[EventLine], *, state: str, needs_superior: bool) -> tuple[LifeStep, ...]:
    """Return the hazard's life-line: each state with who brought it there last and when."""
    steps = [one for one in LIFE if needs_superior or one != State.AWAITING_SUPERIOR]
    line = _line(events, [(str(one), STATE_NAMES[one]) for one in steps], state, "state")
    if state in {State.TRANSFERRED, State.INVALID}:
        line += _line(events, [(state, STATE_NAMES[State(state)])], state, "state")
    return line


def listing_life_of(events: Sequence[EventLine], *, state: str) -> tuple[LifeStep, ...]:
    """Return the main listing order's life-line; nothing where none is."""
    if not state:
        return ()
    return _line(events, [(str(one), LISTING_NAMES[one]) for one in LISTING_LIFE], state, "listing")


def _line(
    events: Sequence[EventLine], steps: Sequence[tuple[str, str]], now_at: str, figure: str
) -> tuple[LifeStep, ...]:
    last: dict[str, EventLine] = {}
    for event in events:
        key = event.figures.get(figure, "")
        if key and key != event.figures.get(f"{figure}_from"):
            last[key] = event
    reached = next((place for place, (key, _) in enumerate(steps) if key == now_at), -1)
    line = []
    for place, (key, name) in enumerate(steps):
        event_there = last.get(key) if place <= reached else None
        who = f"{event_there.actor_unit} {event_there.actor_name}".strip() if event_there else ""
        line.append(
            LifeStep(
                key=key,
                name=name,
                who=who,
                at=event_there.at if event_there else None,
                is_done=place < reached or (place == reached and key in {State.CLOSED, ListingState.DELISTED}),
                is_now=place == reached,
            )
        )
    return tuple(line)


def file_views(rows: Iterable[HazardFile], stored: Mapping[UUID, StoredFile]) -> tuple[FileView, ...]:
    """Return the files in the order they came."""
    return tuple(
        FileView(
            evidence_id=row.evidence_id,
            role=row.role,
            is_photo=row.is_photo,
            pair=row.pair,
            round=row.round_number,
            act=row.act,
            added_at=row.added_at,
            added_by=row.added_by,
            file=stored.get(row.evidence_id),
        )
        for row in rows
    )


def pairs_of(files: Sequence[FileView]) -> tuple[PhotoPair, ...]:
    """Pair before with after: by label where one was given, else in the order taken; the last round's after counts.

    The first after without a label answers the only before, whatever that is called.
    """
    before = [one for one in files if one.is_photo and one.role == FileRole.BEFORE]
    afters = [one for one in files if one.is_photo and one.role == FileRole.AFTER]
    latest = max((one.round for one in afters), default=0)
    after = [one for one in afters if one.round == latest]
    by_label: defaultdict[str, list[FileView | None]] = defaultdict(lambda: [None, None])
    only = before[0].pair if len(before) == 1 else ""
    for side, photos in ((0, before), (1, after)):
        for number, photo in enumerate(photos, start=1):
            by_label[photo.pair or (only if number == 1 else "") or f"第 {number} 处"][side] = photo
    return tuple(PhotoPair(label, *sides) for label, sides in by_label.items())


def round_view(row: Round) -> RoundView:
    """Return one round."""
    five = Arrangements(row.duty, row.measures, row.funds, row.time, row.plan)
    return RoundView(
        id=row.pk,
        number=row.number,
        opened_by=row.opened_by,
        opened_on=row.opened_on,
        deadline=row.deadline,
        arrangements=five,
        interim=row.interim,
        accepted_at=row.accepted_at,
        accepted_by=row.accepted_by,
        handed_in_at=row.handed_in_at,
        handed_in_by=row.handed_in_by,
        acting_for=row.acting_for,
        done=row.done,
        completed_on=row.completed_on,
        money_fen=row.money_fen,
        late=row.late,
        result=row.result,
        missing=missing_of_five(five),
    )


def extension_view(row: Extension, *, level: str, frame: Frame) -> ExtensionView:
    """Return one request for more time, with what whoever answers should know of its time."""
    return ExtensionView(
        asked_at=row.asked_at,
        asked_by=row.asked_by,
        acting_for=row.acting_for,
        old_deadline=row.old_deadline,
        new_deadline=row.new_deadline,
        reason=row.reason,
        interim=row.interim,
        answer_due=row.answer_due,
        granted=row.granted,
        answered_at=row.answered_at,
        answered_by=row.answered_by,
        answer=row.answer,
        doubts=extension_doubts(
            level,
            asked_on=day_of(row.asked_at),
            old_deadline=row.old_deadline,
            terms=frame.terms,
            calendar=frame.calendar,
        ),
    )


def resumption_view(row: Resumption) -> ResumptionView:
    """Return one application to resume."""
    return ResumptionView(
        id=row.pk,
        asked_at=row.asked_at,
        asked_by=row.asked_by,
        acting_for=row.acting_for,
        done=row.done,
        evaluated_by=Evaluator(row.evaluated_by),
        evaluator=row.evaluator,
        conclusion=row.conclusion,
        due_on=row.due_on,
        visited_on=row.visited_on,
        visited_by=row.visited_by,
        agreed=row.agreed,
        answered_by=row.answered_by,
        organ=row.organ,
        answer=row.answer,
        sanction=Sanction(row.sanction) if row.sanction else None,
        sanction_organ=row.sanction_organ,
    )


def reinspection_view(row: Reinspection) -> ReinspectionView:
    """Return one verification."""
    return ReinspectionView(
        round=row.round_number,
        kind=row.kind,
        at=row.at,
        verifier=row.verifier,
        verifier_unit=row.verifier_unit,
        companions=tuple(f"{one['unit']} {one['name']}".strip() for one in row.companions),
        on_site=row.on_site,
        passed=row.passed,
        opinion=row.opinion,
        acting_for=row.acting_for,
        signed_by=row.signed_by or "",
        sign_refused=bool(row.sign_refused),
    )


def listing_view(
    row: Listing, records: Iterable[ListingRecord], *, major_since: date | None, frame: Frame
) -> ListingView:
    """Return one listing order with its milestones (R3.24)."""
    facts = listing_facts(row)
    since = major_since or row.proposed_on or row.listed_on or date.min
    marks = milestones(
        facts, major_since=since, terms=frame.terms, calendar=frame.calendar, delisted_on=row.delisted_on
    )
    return ListingView(
        id=row.pk,
        state=ListingState(row.state),
        level=ListingLevel(row.level),
        is_main=row.is_main,
        external=row.external,
        number=row.number,
        organ=row.organ,
        supervising_unit=row.supervising_unit,
        closing_organ=row.closing_organ,
        demands=row.demands,
        deadline=row.deadline,
        enterprise_person=row.enterprise_person,
        supervisor=row.supervisor,
        leader=row.leader,
        stop_production=row.stop_production,
        proposed_on=row.proposed_on,
        listed_on=row.listed_on,
        listed_by=row.listed_by,
        plan=SixParts(row.goals, row.methods, row.funds, row.organ_persons, row.time_limits, row.emergency),
        progress_percent=row.progress_percent,
        progress_on=row.progress_on,
        next_progress_on=next_progress_due(facts, terms=frame.terms),
        evaluation=row.evaluation,
        accepted_on=row.accepted_on,
        delisted_on=row.delisted_on,
        delisting_number=row.delisting_number,
        withdrawn_reason=row.withdrawn_reason,
        milestones=marks,
        records=tuple(
            RecordView(one.act, one.at, one.by, one.percent, one.money_fen, one.note)
            for one in records
            if one.listing_id == row.pk
        ),
    )


def licence_proposal_view(row: LicenceProposal) -> LicenceProposalView:
    """Return one proposal to suspend a licence."""
    return LicenceProposalView(
        licence=row.licence,
        organ=row.organ,
        reason=row.reason,
        asked_at=row.asked_at,
        asked_by=row.asked_by,
        suspended=row.suspended,
        answered_on=row.answered_on,
        answer=row.answer,
    )


def transfer_view(row: Transfer) -> TransferView:
    """Return one transfer."""
    return TransferView(
        organ=row.organ,
        number=row.number,
        reason=row.reason,
        sent_at=row.sent_at,
        sent_by=row.sent_by,
        replied_on=row.replied_on,
        reply=row.reply,
        returned_at=row.returned_at,
        return_reason=row.return_reason,
    )


def request_views(invalidations: Iterable[Invalidation], levels: Iterable[LevelChange]) -> tuple[RequestView, ...]:
    """Return what needed, or needs, a second person, and every change of level; oldest first."""
    found = [
        RequestView(
            "作废", one.asked_at, one.asked_by, one.reason, one.approved, one.answered_at, one.answered_by, one.answer
        )
        for one in invalidations
    ]
    for change in levels:
        what = "升为重大" if change.new_level == Level.MAJOR else f"降为{level_name(change.new_level)}"
        found.append(
            RequestView(
                what,
                change.asked_at,
                change.asked_by,
                change.reason,
                change.approved,
                change.answered_at,
                change.answered_by,
                change.answer,
                of_level=True,
                lowers=change.new_level != Level.MAJOR,
                criterion=change.criterion,
            )
        )
    return tuple(sorted(found, key=lambda one: one.asked_at))


def same_kind_view(row: SameKindTask | None) -> SameKindView | None:
    """Return the 举一反三 of a hazard."""
    if row is None:
        return None
    return SameKindView(
        id=row.pk,
        title=row.title,
        due_on=row.due_on,
        asked=len(row.asked),
        replied=row.replies_count,
        enterprises=len(row.enterprises),
        checked=row.checked,
        found=row.found,
        fixed=row.fixed,
    )
