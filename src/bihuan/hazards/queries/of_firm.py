"""What an enterprise would leave behind if it were closed."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q

from bihuan.hazards.models import Hazard


@dataclass(frozen=True, slots=True)
class OpenOfFirm:
    """How many hazards of an enterprise are open, and how many of these are major."""

    open: int
    major: int


def open_of_firm(enterprise_id: UUID) -> OpenOfFirm:
    """Count the open hazards of an enterprise, for a door that has guarded the enterprise. One query."""
    rows = Hazard.objects.still_open().filter(enterprise_id=enterprise_id).order_by()
    found = rows.aggregate(open=Count("pk"), major=Count("pk", filter=Q(is_major=True)))
    return OpenOfFirm(found["open"], found["major"])
