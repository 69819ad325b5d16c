"""The statistics of an enterprise for its principal's signature: majors by row, and what was handed in (R3.6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from bihuan.hazards.models import Hazard, Listing, SignedTable
from bihuan.hazards.rules.periods import Period
from bihuan.hazards.rules.states import State
from bihuan.kernel.actor import Actor
from bihuan.kernel.errors import NotFound
from bihuan.trail import queries as trail


@dataclass(frozen=True, slots=True)
class MajorLine:
    """One major hazard of the table; state: as it stands now, days: as far as they are known now."""

    id: UUID
    number: str
    description: str
    found_on: date
    basis: str
    deadline: date | None
    state: State
    closed_on: date | None
    listing_number: str
    plan_on: date | None
    money_fen: int


@dataclass(frozen=True, slots=True)
class SignedView:
    """One signed table that was handed in."""

    id: UUID
    period: str
    signed_by: str
    scan_id: UUID
    handed_in_at: datetime
    handed_in_by: str
    acting_for: str


def majors_between(viewer: Actor, enterprise_id: UUID, *, first: date, last: date, most: int = 200) -> list[MajorLine]:
    """Return the major hazards that were found by the last day and not closed before the first; two queries."""
    rows = Hazard.objects.visible_to(viewer).major().filter(enterprise_id=enterprise_id, found_on__lte=last)
    rows = rows.exclude(state__in=[State.TRANSFERRED, State.INVALID]).filter(
        Q(closed_on__isnull=True) | Q(closed_on__gte=first)
    )
    shown = list(rows.order_by("found_on", "id")[:most])
    orders = {row.pk: row for row in Listing.objects.filter(pk__in=[one.listing_id for one in shown if one.listing_id])}
    return [_line(row, orders.get(row.listing_id) if row.listing_id else None) for row in shown]


def _line(row: Hazard, order: Listing | None) -> MajorLine:
    return MajorLine(
        id=row.pk,
        number=row.number,
        description=row.description,
        found_on=row.found_on,
        basis="整体判定" if row.whole_judgement else row.criterion_clause,
        deadline=row.deadline,
        state=State(row.state),
        closed_on=row.closed_on,
        listing_number=order.number if order is not None else "",
        plan_on=order.plan_on if order is not None else None,
        money_fen=row.money_fen,
    )


def signed_tables(viewer: Actor, enterprise_id: UUID, periods: Sequence[Period]) -> dict[str, SignedView]:
    """Return the signed tables of these periods that the viewer sees, by the period's code."""
    rows = SignedTable.objects.visible_to(viewer).filter(
        enterprise_id=enterprise_id, period__in=[one.code for one in periods], is_current=True
    )
    return {
        row.period: SignedView(
            id=row.pk,
            period=row.period,
            signed_by=row.signed_by,
            scan_id=row.scan_id,
            handed_in_at=row.handed_in_at,
            handed_in_by=row.handed_in_by,
            acting_for=row.acting_for,
        )
        for row in rows
    }


def signed_scan(viewer: Actor, table_id: UUID) -> trail.OpenedFile:
    """Open the paper of a signed table that the viewer sees. Raises NotFound."""
    row = SignedTable.objects.visible_to(viewer).filter(pk=table_id).first()
    if row is None:
        raise NotFound("hazards.no_table", "没有找到这份统计表，或者不在您的管辖范围内。")
    return trail.open_file(row.scan_id, "original")
