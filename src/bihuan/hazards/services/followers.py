"""Keep copies true when an enterprise moves, is merged or renamed (ADR 0008), and clocks when the calendar changes."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final, Protocol
from uuid import UUID

from bihuan.enterprises import queries as enterprises
from bihuan.hazards.models import Hazard, Listing, SelfReport, SignedTable
from bihuan.hazards.queries.standings import standing_of
from bihuan.hazards.queries.terms import frames_of
from bihuan.hazards.rules.next import next_move
from bihuan.hazards.rules.states import ClockKind
from bihuan.hazards.services.loading import chunks
from bihuan.hazards.services.telling import dimensions, figures_of, set_marks
from bihuan.hazards.services.writing import compare_and_set, update_many
from bihuan.kernel.actor import PLATFORM
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import Outdated
from bihuan.trail import services as trail
from bihuan.trail.news import News

MOVED: Final = frozenset({"enterprise.moved", "enterprise.merged"})
CHANGED: Final = "enterprise.changed"
RELOCATED: Final = "hazard.relocated"
RENAMED: Final = "hazard.place_renamed"
NAMES: Final = frozenset({"name", "short_name"})
CALENDAR_SET: Final = "calendar.year_set"
BY_WORKING_DAYS: Final = (
    ClockKind.CONFIRM,
    ClockKind.ASSIGN,
    ClockKind.PROPOSE,
    ClockKind.LIST,
    ClockKind.PLAN,
    ClockKind.DELIST,
    ClockKind.EXTENSION,
)


class Told(Protocol):
    """What this follower reads of an event."""

    kind: str
    subject_id: UUID
    town_id: UUID | None
    path: str
    sector: str
    at: Any
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    figures: Mapping[str, Any]


def follow(events: Sequence[Told]) -> None:
    """Move the hazards of moved and merged enterprises with them; one `hazard.relocated` for each that moves.

    A renamed enterprise is called by its new name on all its hazards, one `hazard.place_renamed` for each; papers and
    earlier events keep the name as it was.

    A changed calendar moves the clocks that count working days; what was written down as a day stays.
    """
    for event in events:
        if event.kind in MOVED:
            _relocate(event)
        elif event.kind == CHANGED and NAMES & event.after.keys():
            _rename(event)
        elif event.kind == CALENDAR_SET and event.figures.get("moved"):
            _set_clocks(event.town_id, on=day_of(event.at))


def _set_clocks(town_id: UUID | None, *, on: date) -> None:
    """Compute again who is next and by when, of a town or of all; no act, no version: nobody decided anything."""
    rows = Hazard.objects.filter(is_open=True, clock_kind__in=[str(one) for one in BY_WORKING_DAYS])
    if town_id is not None:
        rows = rows.filter(town_id=town_id)
    for part in chunks(rows.values_list("pk", flat=True)):
        _set_clocks_of(part, on=on)


def _set_clocks_of(ids: Sequence[UUID], *, on: date) -> None:
    rows = list(Hazard.objects.filter(pk__in=ids))
    mains = {one.pk: one for one in Listing.objects.filter(pk__in=[row.listing_id for row in rows if row.listing_id])}
    frames = frames_of({row.town_id for row in rows}, on=on)
    updates = []
    for row in rows:
        frame = frames[row.town_id]
        standing = standing_of(row, mains.get(row.listing_id) if row.listing_id else None)
        move = next_move(standing, on=on, terms=frame.terms, calendar=frame.calendar)
        now = {"clock_on": move.due_on, "clock_kind": str(move.kind)}
        if now != {"clock_on": row.clock_on, "clock_kind": row.clock_kind}:
            now |= {"next_holder": str(move.holder), "next_act": str(move.act or "")}
            updates.append((Hazard, row.pk, now))
    update_many(updates)


def _relocate(event: Told) -> None:
    enterprise_id = UUID(str(event.after.get("enterprise_id", event.subject_id)))
    path = str(event.after.get("path", event.path))
    sector = str(event.after.get("lead_sector", event.sector))
    name = _name_of(enterprise_id)
    if event.town_id is None:
        return
    rows = list(Hazard.objects.filter(town_id=event.town_id, enterprise_id=event.subject_id).order_by("year", "serial"))
    news = []
    for row in rows:
        before = {
            "path": row.path,
            "sector": row.sector,
            "enterprise_id": str(row.enterprise_id),
            "place_name": row.place_name,
        }
        snapshot = dict(row.__dict__)
        row.path, row.sector, row.enterprise_id = path, sector, enterprise_id
        _call(row, name)
        set_marks(row)
        news.append(_news(row, before, snapshot))
    _write(rows, ["path", "sector", "enterprise_id", "place_name", "party_name", "marks"])
    moved = {"path": path, "sector": sector, "enterprise_id": enterprise_id}
    Listing.objects.filter(town_id=event.town_id, enterprise_id=event.subject_id).update(**moved)
    for model, period in ((SelfReport, "month"), (SignedTable, "period")):
        mine = model._default_manager.filter(town_id=event.town_id, enterprise_id=event.subject_id)
        if enterprise_id != event.subject_id:  # the winner's own return of a period goes on standing for it
            has = model._default_manager.filter(town_id=event.town_id, enterprise_id=enterprise_id, is_current=True)
            taken = list(has.values_list(period, flat=True))
            mine.filter(is_current=True, **{f"{period}__in": taken}).update(is_current=False)
        mine.update(**moved)
    trail.record(news, actor=PLATFORM, now=event.at)


def _rename(event: Told) -> None:
    name = _name_of(event.subject_id)
    if event.town_id is None or not name:
        return
    hazards = Hazard.objects.filter(town_id=event.town_id, enterprise_id=event.subject_id)
    rows = list(hazards.exclude(place_name=name).order_by("year", "serial"))
    news = []
    for row in rows:
        before = row.place_name
        _call(row, name)
        news.append(
            News(
                kind=RENAMED,
                say=f"随企业更名：{before} 改称 {name}",
                **dimensions(row),
                before={"place_name": before},
                after={"place_name": name},
            )
        )
    _write(rows, ["place_name", "party_name"])
    trail.record(news, actor=PLATFORM, now=event.at)


def _name_of(enterprise_id: UUID) -> str:
    firm = enterprises.firms([enterprise_id]).get(enterprise_id)
    return (firm.short_name or firm.name) if firm else ""


def _call(row: Hazard, name: str) -> None:
    """Call place and rectifying party by the enterprise's name of today; another party keeps its own."""
    if not name:
        return
    if row.party_name == row.place_name:
        row.party_name = name
    row.place_name = name


def _write(rows: Sequence[Hazard], columns: Sequence[str]) -> None:
    if rows and compare_and_set(rows, columns):
        raise Outdated


def _news(row: Hazard, before: dict[str, str], snapshot: dict[str, Any]) -> News:
    after = {
        "path": row.path,
        "sector": row.sector,
        "enterprise_id": str(row.enterprise_id),
        "place_name": row.place_name,
    }
    return News(
        kind=RELOCATED,
        say=f"随企业调整归属：{row.place_name}",
        **dimensions(row),
        before=before,
        after=after,
        figures=figures_of(snapshot, row)
        | {"path_from": before["path"], "sector_from": before["sector"], "enterprise_from": before["enterprise_id"]},
    )
