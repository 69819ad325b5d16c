"""The event of an act: changed facts, figures for statistics, and one sentence (L12)."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from bihuan.hazards.models import Hazard
from bihuan.hazards.rules.acts import Act, event_kind
from bihuan.hazards.rules.marks import marks_of, pack, unpack
from bihuan.hazards.services.change import Change
from bihuan.trail.news import News

SUBJECT: Final = "hazard"
# What an event tells of a hazard: the facts a reader or a statistic may ask for, by column.
TOLD: Final = (
    "state",
    "level",
    "category",
    "deadline",
    "deadline_kind",
    "criterion_standard",
    "criterion_clause",
    "criterion_version",
    "graded_by",
    "countersigned_by",
    "supervisor_post_id",
    "supervising_unit_id",
    "delegated_unit_id",
    "party_unit_id",
    "round",
    "arranged",
    "has_interim",
    "extension_id",
    "extension_count",
    "rectified_on",
    "review_due",
    "passed_on",
    "expiry_checked_on",
    "closed_on",
    "closed_late",
    "needs_superior",
    "submitted_on",
    "listing_id",
    "listing_state",
    "lowering_id",
    "invalidation_id",
    "repeat_of_id",
    "suspended_on",
    "resumed_on",
    "resumption_id",
    "resumption_due",
    "regulator_told_on",
    "workers_told_on",
    "escalation",
    "reminders",
    "money_fen",
    "failed_count",
    "reopened_count",
)


def news_of(change: Change, snapshot: dict[str, Any]) -> News:
    """Build the event of one change. snapshot: the row's columns as they were."""
    row, given = change.row, change.given
    after = row.__dict__
    changed = [name for name in TOLD if snapshot[name] is not after[name] and snapshot[name] != after[name]]
    return News(
        kind=event_kind(change.act),
        say=change.say or change.title(),
        **dimensions(row),
        role=str(change.role or ""),
        acting_for=given.acting_for,
        reason=given.text,
        claimed_at=None,
        before={name: plain(snapshot[name]) for name in changed},
        after={name: plain(after[name]) for name in changed},
        figures=figures_of(snapshot, row) | change.figures,
        evidence=tuple(one.evidence_id for one in given.files),
    )


def set_marks(row: Hazard, *, more: Collection[str] = (), less: Collection[str] = ()) -> None:
    """Write on a row what its next event will tell beside its state. more, less: kept marks that the act changes."""
    kept = (frozenset(unpack(row.marks)) - frozenset(less)) | frozenset(more)
    row.marks = pack(marks_of(row, kept=kept, is_repeat=row.repeat_of_id is not None))


def dimensions(row: Hazard) -> dict[str, Any]:
    """Return under what an event of this hazard is kept and counted: subject, town, place, trade, level and source."""
    return {
        "subject_type": SUBJECT,
        "subject_id": row.pk,
        "town_id": row.town_id,
        "path": row.path,
        "sector": row.sector,
        "enterprise_id": row.enterprise_id,
        "level": row.level,
        "source": row.source,
    }


def figures_of(before: dict[str, Any], row: Hazard) -> dict[str, Any]:
    """Return what statistics need beside the dimensions; `*_from` is "" or None for a hazard that is new."""
    return {
        "number": row.number,
        "place_kind": row.place_kind,
        "category": row.category,
        "found_on": plain(row.found_on),
        "state_from": before.get("state", ""),
        "state": row.state,
        "level_from": before.get("level", ""),
        "deadline_from": plain(before.get("deadline")),
        "deadline": plain(row.deadline),
        "review_from": plain(before.get("review_due")),
        "review": plain(row.review_due),
        "listing_from": before.get("listing_state", ""),
        "listing": row.listing_state,
        "round": row.round,
        "late_from": before.get("closed_late", False),
        "late": row.closed_late,
        "on_spot": row.fixed_on_spot,
        "self_found": row.self_found,
        "superior": row.needs_superior,
        "marks_from": list(unpack(before.get("marks"))),
        "marks": list(unpack(row.marks)),
        "money_fen": row.money_fen - before.get("money_fen", 0),
    }


def report_news(
    row: Hazard, *, role: str, evidence: tuple[UUID, ...], acting_for: str, claimed_at: datetime | None
) -> News:
    """Build the event of a new hazard."""
    return News(
        kind=event_kind(Act.REPORT),
        say=f"登记隐患：{row.description[:60]}",
        **dimensions(row),
        role=role,
        acting_for=acting_for,
        claimed_at=claimed_at,
        after={"state": row.state, "number": row.number, "description": row.description, "part": row.part},
        figures=figures_of({}, row),
        evidence=evidence,
    )


def plain(value: Any) -> Any:
    """Return a value as JSON carries it."""
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value
