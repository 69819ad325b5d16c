"""How many enterprises criteria can concern, by the sectors and features on their files."""

from collections.abc import Collection, Iterable
from typing import Protocol

from django.db.models import Count, Q

from bihuan.enterprises.models import Enterprise
from bihuan.enterprises.rules.facts import pack
from bihuan.kernel.actor import Actor
from bihuan.standards.rules import CROSS_CUTTING, SECTOR_NAMES, Feature, Sector


class Concerning(Protocol):
    """What says for which places it is: a criterion, a checklist."""

    @property
    def sectors(self) -> frozenset[Sector]:
        """For which sectors; one is enough."""
        ...

    @property
    def features(self) -> frozenset[Feature]:
        """For which features; one is enough, none asks for none."""
        ...


def concerned(viewer: Actor, *, path: str, items: Iterable[Concerning]) -> tuple[int, int]:
    """Count the active enterprises below a path that at least one of these can concern, and all of them. One query.

    As far as this viewer sees them. It says in the database what `standards.rules.applies` says of one file.
    """
    wanted = Q(pk__in=[])
    for sectors, features in sorted({(tuple(sorted(one.sectors)), tuple(sorted(one.features))) for one in items}):
        wanted |= _in_any(sectors) & _with_any(features)
    rows = Enterprise.objects.visible_to(viewer).below(path).active()
    found = rows.aggregate(some=Count("pk", filter=wanted), every=Count("pk"))
    return found["some"], found["every"]


def _in_any(sectors: Collection[str]) -> Q:
    if CROSS_CUTTING & frozenset(sectors) or len(sectors) == len(SECTOR_NAMES):
        return ~Q(pk__in=[])
    wanted = Q(lead_sector__in=list(sectors))
    for one in sectors:
        wanted |= Q(sectors__contains=pack((one,)))
    return wanted


def _with_any(features: Collection[str]) -> Q:
    if not features:
        return ~Q(pk__in=[])
    wanted = Q(pk__in=[])
    for one in features:
        wanted |= Q(features__contains=pack((one,)))
    return wanted
