"""What each act does, by topic; importing this registers every effect."""

from bihuan.hazards.services.effects import (
    asides,
    fixing,
    grading,
    licences,
    listings,
    ordering,
    stopping,
    time,
    verifying,
)

__all__ = ["asides", "fixing", "grading", "licences", "listings", "ordering", "stopping", "time", "verifying"]
