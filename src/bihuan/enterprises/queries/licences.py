"""The safety licences that enterprises hold (R3.29)."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from bihuan.enterprises.models import Licence as LicenceRow
from bihuan.enterprises.rules.licences import Licence, LicenceKind


@dataclass(frozen=True, slots=True)
class LicenceRef:
    """A safety licence of an enterprise on file."""

    id: UUID
    licence: Licence
    is_held: bool
    version: int


def licences_of(firm_ids: Iterable[UUID]) -> dict[UUID, tuple[Licence, ...]]:
    """Return the safety licences held, by enterprise, for rooms that have checked the viewer. One query."""
    found: dict[UUID, tuple[Licence, ...]] = {}
    rows = LicenceRow.objects.filter(enterprise_id__in=set(firm_ids), is_held=True).order_by("number")
    for row in rows:
        found[row.enterprise_id] = (*found.get(row.enterprise_id, ()), _licence(row))
    return found


def licence_refs(firm_id: UUID) -> tuple[LicenceRef, ...]:
    """Return all licences on an enterprise's file, those held first."""
    rows = LicenceRow.objects.filter(enterprise_id=firm_id).order_by("-is_held", "number")
    return tuple(LicenceRef(row.pk, _licence(row), row.is_held, row.version) for row in rows)


def _licence(row: LicenceRow) -> Licence:
    return Licence(LicenceKind(row.kind), row.number, row.organ, row.valid_from, row.valid_to)
