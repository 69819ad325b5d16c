"""What campaigns answers. The names that doors use stand here."""

from bihuan.campaigns.queries.archive import archive_of
from bihuan.campaigns.queries.behind import Rows
from bihuan.campaigns.queries.catalogued import catalogued, clauses_of, indicator_for, own_wholes
from bihuan.campaigns.queries.dates import moving_with_end
from bihuan.campaigns.queries.drafts import draft_clauses, unmatched
from bihuan.campaigns.queries.figures import rows_of
from bihuan.campaigns.queries.finding import WHOLE, campaign_for, campaigns_for, is_whole
from bihuan.campaigns.queries.frozen import page_of
from bihuan.campaigns.queries.group import group_of, helped_task, paper_file, participating
from bihuan.campaigns.queries.handover import handover_of
from bihuan.campaigns.queries.indicators import (
    indicator_value,
    indicator_values,
    known_names,
    summary,
    values_by_place,
    values_of,
)
from bihuan.campaigns.queries.issuing import issue_told, past_orders, regular_of
from bihuan.campaigns.queries.led import LedOwed, led_owed, waiting_to_lead
from bihuan.campaigns.queries.matrix import matrix_of
from bihuan.campaigns.queries.offered import offers
from bihuan.campaigns.queries.own import own_preview
from bihuan.campaigns.queries.papers import original_of, sub_plan_of
from bihuan.campaigns.queries.participants import participants_of, units_of
from bihuan.campaigns.queries.plan import chapter_of, own_part, plan_of
from bihuan.campaigns.queries.records import linked_records, record_counts, record_file, record_for, records_of
from bihuan.campaigns.queries.searching import bulletins_found_for, clauses_found_for, found_for
from bihuan.campaigns.queries.standings import Standings, standings_at, standings_for
from bihuan.campaigns.queries.units import helps_of, proof_of, task_for, tasks_of, units_of_campaign
from bihuan.campaigns.queries.values import Value
from bihuan.campaigns.queries.waiting import waiting_for

__all__ = [
    "WHOLE",
    "LedOwed",
    "Rows",
    "Standings",
    "Value",
    "archive_of",
    "bulletins_found_for",
    "campaign_for",
    "campaigns_for",
    "catalogued",
    "chapter_of",
    "clauses_found_for",
    "clauses_of",
    "draft_clauses",
    "found_for",
    "group_of",
    "handover_of",
    "helped_task",
    "helps_of",
    "indicator_for",
    "indicator_value",
    "indicator_values",
    "is_whole",
    "issue_told",
    "known_names",
    "led_owed",
    "linked_records",
    "matrix_of",
    "moving_with_end",
    "offers",
    "original_of",
    "own_part",
    "own_preview",
    "own_wholes",
    "page_of",
    "paper_file",
    "participants_of",
    "participating",
    "past_orders",
    "plan_of",
    "proof_of",
    "record_counts",
    "record_file",
    "record_for",
    "records_of",
    "regular_of",
    "rows_of",
    "standings_at",
    "standings_for",
    "sub_plan_of",
    "summary",
    "task_for",
    "tasks_of",
    "units_of",
    "units_of_campaign",
    "unmatched",
    "values_by_place",
    "values_of",
    "waiting_for",
    "waiting_to_lead",
]
