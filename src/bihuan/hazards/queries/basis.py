"""How many open hazards a change of the criteria would touch. None of them is judged anew by it (R0.1, L8)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from bihuan.hazards.models import Hazard
from bihuan.hazards.rules.states import State
from bihuan.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class BasisTouched:
    """Open hazards, as far as somebody sees them. citing: rest on the standard; reworded: on a clause that changes.

    undecided: found while it is in force and not yet confirmed, so that it can be cited for them.
    """

    citing: int
    reworded: int
    undecided: int


def basis_touched(
    viewer: Actor, *, path: str, standard_id: str, clauses: Collection[str], since: date | None, until: date | None
) -> BasisTouched:
    """Count what changing a standard would touch at a path and below it. standard_id: the earlier text; "" for none.

    clauses: of it, that change or go. since, until: the days of the new text, None is open. One query.
    """
    days = {"found_on__gte": since} if since is not None else {}
    days |= {"found_on__lte": until} if until is not None else {}
    citing = Q(criterion_standard=standard_id) if standard_id else Q(pk__in=[])
    found = (
        Hazard.objects.visible_to(viewer)
        .below(path)
        .still_open()
        .aggregate(
            citing=Count("pk", filter=citing),
            reworded=Count("pk", filter=citing & Q(criterion_clause__in=list(clauses))),
            undecided=Count("pk", filter=Q(state=State.REPORTED, **days)),
        )
    )
    return BasisTouched(**found)
