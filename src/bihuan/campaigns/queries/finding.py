"""Find campaigns, what of them a viewer sees, and the places whose figures can be asked for."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q

from bihuan.campaigns.models import Campaign, CampaignUnit
from bihuan.campaigns.rules.drafting import PlanState
from bihuan.campaigns.rules.life import CampaignState
from bihuan.campaigns.rules.lines import CampaignLine, CampaignView, PlacePick
from bihuan.campaigns.rules.terms import Where
from bihuan.campaigns.rules.units import Side
from bihuan.kernel.actor import Actor, Scope
from bihuan.kernel.errors import NotFound
from bihuan.kernel.indicators import Kept
from bihuan.kernel.paths import is_within
from bihuan.orgs import queries as orgs
from bihuan.trail.rules import Page

OVER: Final = (CampaignState.ARCHIVED, CampaignState.DROPPED)
WHOLE: Final = "all"
WHOLE_NAME: Final = "全镇"
FIRMS: Final = "firms"  # the key of single enterprises as one place


def campaigns_for(viewer: Actor, *, over: bool = False, page: int = 1, size: int = 20) -> Page[CampaignLine]:
    """Return the campaigns that a viewer sees, newest first: those that are not over, or those that are."""
    rows = Campaign.objects.open_to(viewer)
    rows = rows.filter(state__in=OVER) if over else rows.exclude(state__in=OVER)
    total = rows.count()
    start = (page - 1) * size
    found = rows.annotate(
        n_units=Count("units"),
        n_plans=Count("units", filter=Q(units__plan_state=PlanState.ACCEPTED)),
        is_ready=Exists(Campaign.objects.ready().filter(pk=OuterRef("pk"))),
    ).order_by("-made_at", "-id")[start : start + size]
    return Page(tuple(_line(row, is_known=is_whole(viewer, row.path)) for row in found), page, size, total)


def _line(row: Campaign, *, is_known: bool) -> CampaignLine:
    """Freeze a campaign. is_known: whether the viewer may know how many units take part and have a sub-plan."""
    return CampaignLine(
        id=row.pk,
        state=row.state,
        title=row.title,
        doc_number=row.doc_number,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        clauses=row.clauses_count,
        units=getattr(row, "n_units", 0) if is_known else 0,
        plans=getattr(row, "n_plans", 0) if is_known else 0,
        made_at=row.made_at,
        ready=getattr(row, "is_ready", False),
    )


def campaign_for(viewer: Actor, campaign_id: UUID) -> CampaignView:
    """Return a campaign that the viewer sees; NotFound otherwise."""
    return view_of(row_for(viewer, campaign_id))


def row_for(viewer: Actor, campaign_id: UUID) -> Campaign:
    """Return the row, for the room's own questions."""
    row = Campaign.objects.open_to(viewer).filter(pk=campaign_id).first()
    if row is None:
        raise NotFound("campaigns.not_found", "没有找到这个专项行动，或者它没有下发到您的单位。")
    return row


def view_of(row: Campaign) -> CampaignView:
    """Freeze a campaign."""
    return CampaignView(
        id=row.pk,
        version=row.version,
        state=row.state,
        town_id=row.town_id,
        path=row.path,
        unit_id=row.unit_id,
        title=row.title,
        doc_number=row.doc_number,
        issuing_body=row.issuing_body,
        issued_on=row.issued_on,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        first_ends_on=row.first_ends_on,
        start_text=row.start_text,
        end_text=row.end_text,
        scope_text=row.scope_text,
        basis=row.basis,
        goals=row.goals,
        headings=row.headings,
        reporting=row.reporting,
        phases=row.phases,
        group=row.group,
        paragraphs=row.paragraphs,
        cells=row.cells,
        file_id=row.file_id,
        file_name=row.file_name,
        job_id=row.job_id,
        say=row.say,
        clauses_count=row.clauses_count,
        made_by=row.made_by,
        made_at=row.made_at,
        issued_at=row.issued_at,
        closed_at=row.closed_at,
    )


def own_parts_of(viewer: Actor, units: Sequence[CampaignUnit]) -> list[CampaignUnit]:
    """Return the viewer's own parts among these, in every unit in which a post is held; the unsigned ones first."""
    own = [one for one in units if one.unit_id in viewer.own_units]
    return sorted(own, key=lambda one: one.received_at is not None)


def names_of(parts: Sequence[CampaignUnit]) -> list[tuple[UUID, str]]:
    """Return them by id and name."""
    return [(one.pk, one.name) for one in parts]


def is_whole(viewer: Actor, path: str) -> bool:
    """Tell whether a viewer sees all of a unit."""
    return viewer.scope.everything or any(is_within(path, root) for root in viewer.scope.paths)


def issuer_of(row: Campaign) -> Actor:
    """Return the town itself as a viewer: what its papers count is what lies in it, and nothing beyond."""
    return Actor(None, "镇安委会办公室", town_id=row.town_id, scope=Scope(town_id=row.town_id, paths=(row.path,)))


def places_of(
    viewer: Actor, row: Campaign, units: Sequence[CampaignUnit], on: date, kept: Kept | None = None
) -> list[PlacePick]:
    """Return the places of a campaign whose figures the viewer may see: all of it, its villages, its departments.

    A department's figures are those of the sectors that it leads on the day. Whoever sees none of these and belongs to
    no unit that takes part, such as a leader attached to single enterprises, sees the figures of those. One query.
    kept: of the asking.
    """
    leads = (kept or Kept()).once((row.town_id, "leads", on), lambda: _led_by(row.town_id, on))
    picks = [PlacePick(WHOLE, WHOLE_NAME, Where(row.path))] if is_whole(viewer, row.path) else []
    for unit in units:
        if unit.side == Side.VILLAGE and is_whole(viewer, unit.path):
            picks.append(PlacePick(str(unit.pk), unit.name, Where(unit.path)))
        elif unit.side == Side.DEPARTMENT and leads.get(unit.unit_id):
            where = Where(row.path, leads[unit.unit_id], unit.path)
            if _sees_sectors(viewer, where):
                picks.append(PlacePick(str(unit.pk), unit.name, where))
    takes_part = any(unit.unit_id in viewer.own_units for unit in units)
    return picks if picks or takes_part else [_firms_of(viewer, row)]


def _firms_of(viewer: Actor, row: Campaign) -> PlacePick:
    firms = tuple(sorted(viewer.scope.enterprises))
    return PlacePick(FIRMS, f"挂钩的 {len(firms)} 家企业" if firms else "挂钩的企业", Where(row.path, firms=firms))


def _led_by(town_id: UUID, on: date) -> Mapping[UUID, tuple[str, ...]]:
    found: dict[UUID, list[str]] = {}
    for sector, unit in orgs.lead_departments(town_id, on).items():
        found.setdefault(unit.id, []).append(sector)
    return {unit_id: tuple(sorted(sectors)) for unit_id, sectors in found.items()}


def _sees_sectors(viewer: Actor, where: Where) -> bool:
    return all(viewer.scope.covers(path=where.path, sector=sector) for sector in where.sectors)
