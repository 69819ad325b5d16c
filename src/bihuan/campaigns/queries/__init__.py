"""What campaigns answers. The names that doors use stand here."""

from bihuan.campaigns.queries.indicators import (
    Rows,
    Value,
    indicator_value,
    indicator_values,
    known_names,
    summary,
)

__all__ = ["Rows", "Value", "indicator_value", "indicator_values", "known_names", "summary"]
