"""What campaigns answers. The names that doors use stand here."""

from bihuan.campaigns.queries.drafts import draft_clauses
from bihuan.campaigns.queries.figures import rows_of
from bihuan.campaigns.queries.finding import WHOLE, campaign_for, campaigns_for
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
from bihuan.campaigns.queries.papers import original_of, sub_plan_of
from bihuan.campaigns.queries.participants import participants_of, units_of
from bihuan.campaigns.queries.plan import plan_of
from bihuan.campaigns.queries.units import proof_of, task_for, tasks_of, units_of_campaign

__all__ = [
    "WHOLE",
    "Rows",
    "Value",
    "campaign_for",
    "campaigns_for",
    "draft_clauses",
    "indicator_value",
    "indicator_values",
    "known_names",
    "offers",
    "original_of",
    "participants_of",
    "plan_of",
    "proof_of",
    "rows_of",
    "sub_plan_of",
    "summary",
    "task_for",
    "tasks_of",
    "units_of",
    "units_of_campaign",
    "values_by_place",
    "values_of",
]
