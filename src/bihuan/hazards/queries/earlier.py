"""Looking back and around: earlier hazards of the same place, self-reports, saved views, claims' rows (R3.18, R3.4)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from bihuan.hazards.models import Hazard, SavedView, SelfReport
from bihuan.hazards.queries.terms import terms_on
from bihuan.hazards.rules.reopening import Earlier, FoundAgain, found_again
from bihuan.hazards.rules.states import State
from bihuan.kernel.actor import Actor
from bihuan.trail.rules import Page

LOOKED_AT: Final = 50


@dataclass(frozen=True, slots=True)
class Again:
    """An earlier hazard that a new finding looks like, what is proposed, and within how many days one is reopened."""

    earlier: Earlier
    proposal: FoundAgain
    window_days: int


def found_before(
    viewer: Actor, *, enterprise_id: UUID, part: str, category: str, today: date, but: UUID | None = None
) -> list[Again]:
    """Return the earlier hazards that a finding at an enterprise may repeat, newest first (R3.18)."""
    rows = Hazard.objects.visible_to(viewer).filter(enterprise_id=enterprise_id, category=category)
    if viewer.town_id is not None:
        rows = rows.filter(town_id=viewer.town_id)
    if but is not None:
        rows = rows.exclude(pk=but)
    known = list(rows.order_by("-found_on", "-id")[:LOOKED_AT])
    if not known:
        return []
    window = terms_on(known[0].town_id, today).repeat_window_days
    found = []
    for row in known:
        earlier = Earlier(row.pk, row.number, row.state, row.part, row.category, row.closed_on, row.description)
        proposal = found_again(earlier, part=part, category=category, today=today, window_days=window)
        if proposal is not None:
            found.append(Again(earlier, proposal, window))
    return found


@dataclass(frozen=True, slots=True)
class SelfReportLine:
    """One month of one enterprise."""

    enterprise_id: UUID
    month: date
    checks: int
    found: int
    fixed: int
    is_zero: bool
    reported_at: datetime
    reported_by: str
    acting_for: str


def self_reports(viewer: Actor, enterprise_id: UUID, *, most: int) -> list[SelfReportLine]:
    """Return an enterprise's current self-reports that the viewer sees, the last months first."""
    rows = SelfReport.objects.visible_to(viewer).filter(is_current=True, enterprise_id=enterprise_id)
    return [_self_report(row) for row in rows.order_by("-month")[:most]]


def reported_in(viewer: Actor, month: date, *, page: int = 1, size: int = 50) -> Page[SelfReportLine]:
    """Return a page of a month's current self-reports that the viewer sees, the last to come in first; two queries."""
    rows = SelfReport.objects.visible_to(viewer).filter(is_current=True, month=month.replace(day=1))
    shown = rows.order_by("-reported_at", "id")[(page - 1) * size : page * size]
    return Page(tuple(_self_report(row) for row in shown), number=page, size=size, total=rows.count())


def _self_report(row: SelfReport) -> SelfReportLine:
    return SelfReportLine(
        row.enterprise_id,
        row.month,
        row.checks,
        row.found,
        row.fixed,
        row.is_zero,
        row.reported_at,
        row.reported_by,
        row.acting_for,
    )


def self_reported(viewer: Actor, month: date) -> frozenset[UUID]:
    """Return which enterprises have reported a month, so that the silent ones can be shown."""
    rows = SelfReport.objects.visible_to(viewer).filter(is_current=True, month=month.replace(day=1))
    return frozenset(rows.values_list("enterprise_id", flat=True))


@dataclass(frozen=True, slots=True)
class SavedViewLine:
    """A kept view of the list."""

    id: UUID
    name: str
    address: str


def saved_views(viewer: Actor) -> list[SavedViewLine]:
    """Return the viewer's own views by name."""
    if viewer.user_id is None:
        return []
    rows = SavedView.objects.filter(user_id=viewer.user_id, is_current=True).order_by("name")
    return [SavedViewLine(row.pk, row.name, row.address) for row in rows]


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a hazard stands, for the list it came from (R3.31, L13)."""

    id: UUID
    number: str
    version: int
    state: State
    level: str
    source_id: UUID | None
    deadline: date | None
    first_deadline: date | None
    rectified_on: date | None
    passed_on: date | None
    submitted_on: date | None
    closed_on: date | None
    before_photos: int
    after_photos: int
    after_documents: int
    money_fen: int
    round: int
    same_kind_task_id: UUID | None
    same_kind_replies: int
    listing_state: str
    next_holder: str
    clock_on: date | None
    clock_kind: str


_PROGRESS: Final = tuple(Progress.__dataclass_fields__)


def progress_of(viewer: Actor, ids: Iterable[UUID]) -> Mapping[UUID, Progress]:
    """Return where these hazards stand, as far as the viewer sees them; one query per 500."""
    wanted = list(ids)
    found: dict[UUID, Progress] = {}
    for start in range(0, len(wanted), 500):
        rows = Hazard.objects.visible_to(viewer).filter(pk__in=wanted[start : start + 500])
        for values in rows.values(*_PROGRESS):
            values["state"] = State(values["state"])
            found[values["id"]] = Progress(**values)
    return found
