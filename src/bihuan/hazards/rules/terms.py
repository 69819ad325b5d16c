"""The numbers of the loop as dated parameters of the town; `standards` holds values and sources (R0.1)."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What is in force on the day of the fact. `_days` are calendar days, `_wd` working days (R0.3).

    Field names are the names of the parameters in `standards`.
    """

    confirm_wd: int
    assign_wd: int
    accept_wd: int
    deadline_days_general: int
    deadline_limit_days_general: int
    deadline_limit_days_major: int
    review_days: int
    extension_max_count: int
    extension_answer_days: int
    extension_lead_days_general: int
    extension_lead_wd_major: int
    extension_answer_wd_major: int
    listing_extension_total_days: int
    listing_overall_wd: int
    listing_propose_wd: int
    listing_decide_wd: int
    listing_publish_wd: int
    listing_file_wd: int
    listing_plan_wd: int
    listing_progress_days: int
    acceptance_days: int
    delist_wd: int
    repeat_window_days: int
    escalation_warn_wd: int
    escalation_supervise_wd: int
    escalation_circulate_wd: int
    escalation_interview_wd: int
    escalation_suspend_wd: int
    same_kind_days: int


NAMES: tuple[str, ...] = tuple(one.name for one in fields(Terms))


def terms_from(parameters: Mapping[str, int | Decimal | str]) -> Terms:
    """Build the terms from parameters by name; a missing one is a defect of data and raises KeyError."""
    return Terms(**{name: int(parameters[name]) for name in NAMES})
