"""Which of many places are most pressed: the order is kept a minute, the figures shown for them never are."""

import hashlib
from collections.abc import Mapping
from datetime import date
from typing import Final

from django.core.cache import cache

from bihuan.stats import queries as stats
from bihuan.stats.queries import Place

OVERDUE: Final = "hazards.overdue"
KEPT_S: Final = 60


def most_overdue(places: Mapping[str, Place], *, until: date, most: int) -> list[str]:
    """Return the `most` places with most overdue, worst first; ranking a hundred towns reads all their figures."""
    named = hashlib.sha256("\n".join(places).encode()).hexdigest()

    def rank() -> list[str]:
        late = stats.by_place(places, [OVERDUE], until=until)
        return sorted(places, key=lambda one: -late[one].total(OVERDUE))[:most]

    return list(cache.get_or_set(f"pressed:{most}:{until}:{named}", rank, KEPT_S) or [])
