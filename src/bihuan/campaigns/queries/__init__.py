"""What campaigns answers. The names that doors use stand here."""

from bihuan.campaigns.queries.indicators import (
    Rows,
    Value,
    indicator_value,
    indicator_values,
    known_names,
    offers,
    summary,
    values_by_place,
    values_of,
)

__all__ = [
    "Rows",
    "Value",
    "indicator_value",
    "indicator_values",
    "known_names",
    "offers",
    "summary",
    "values_by_place",
    "values_of",
]
