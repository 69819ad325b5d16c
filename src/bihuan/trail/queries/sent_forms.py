"""What has become of a form that was sent."""

from dataclasses import dataclass
from uuid import UUID

from bihuan.trail.models import SentForm


@dataclass(frozen=True, slots=True)
class Sent:
    """The arrival that has done what a form asks, and where it was led; "" while it is still being answered."""

    arrival: UUID
    answer: str


def sent_form(key: str) -> Sent | None:
    """Return what has become of a form, None while it has become nothing."""
    row = SentForm.objects.filter(key=key).values_list("arrival", "answer").first()
    return Sent(*row) if row is not None else None
