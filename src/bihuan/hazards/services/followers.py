"""Keep the copies of place and sector true when an enterprise moves or is merged (ADR 0008)."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, Protocol
from uuid import UUID

from bihuan.enterprises import queries as enterprises
from bihuan.hazards.models import Hazard, Listing, SelfReport
from bihuan.hazards.services.telling import SUBJECT, figures_of
from bihuan.hazards.services.writing import compare_and_set
from bihuan.kernel.actor import PLATFORM
from bihuan.kernel.errors import Outdated
from bihuan.trail import services as trail
from bihuan.trail.news import News

MOVED: Final = frozenset({"enterprise.moved", "enterprise.merged"})
RELOCATED: Final = "hazard.relocated"


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


def follow(events: Sequence[Told]) -> None:
    """Move the hazards of moved and merged enterprises with them; one `hazard.relocated` for each that moves."""
    for event in events:
        if event.kind in MOVED:
            _relocate(event)


def _relocate(event: Told) -> None:
    enterprise_id = UUID(str(event.after.get("enterprise_id", event.subject_id)))
    path = str(event.after.get("path", event.path))
    sector = str(event.after.get("lead_sector", event.sector))
    firm = enterprises.firms([enterprise_id]).get(enterprise_id)
    name = (firm.short_name or firm.name) if firm else ""
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
        row.path, row.sector, row.enterprise_id, row.place_name = path, sector, enterprise_id, name or row.place_name
        news.append(_news(row, before, snapshot))
    if compare_and_set(rows, ["path", "sector", "enterprise_id", "place_name"]) if rows else False:
        raise Outdated
    moved = {"path": path, "sector": sector, "enterprise_id": enterprise_id}
    for model in (Listing, SelfReport):
        model._default_manager.filter(town_id=event.town_id, enterprise_id=event.subject_id).update(**moved)
    trail.record(news, actor=PLATFORM, now=event.at)


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
        subject_type=SUBJECT,
        subject_id=row.pk,
        town_id=row.town_id,
        path=row.path,
        sector=row.sector,
        enterprise_id=row.enterprise_id,
        level=row.level,
        source=row.source,
        before=before,
        after=after,
        figures=figures_of(snapshot, row)
        | {"path_from": before["path"], "sector_from": before["sector"], "enterprise_from": before["enterprise_id"]},
    )
