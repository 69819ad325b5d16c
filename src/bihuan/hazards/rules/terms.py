"""The numbers of the loop as dated parameters of the town; `standards` holds values and sources (R0.1)."""

from collections.abc import Mapping
from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What is in force on the day of the fact. `_days` are calendar days, `_wd` working days (R0.3).

    Field names are the names of the parameters in `standards`.
    """

    confirm_wd: int
    assign_wd: int
    deadline_months_suspension: int
    acceptance_todo_wd: int
    deadline_days_general: int
    deadline_days_general_limit: int
    same_kind_reply_wd: int
    repeat_window_days: int
    self_closed_sample_percent: int
    self_report_day: int
    workers_report_required: int
    review_days: int
    resumption_review_days: int
    enforcement_reviewers: int
    extension_window_days: int
    extension_answer_days: int
    extension_count_general: int
    extension_count_major: int
    extension_days_general: int
    listing_red_wd: int
    listing_propose_wd: int
    listing_decide_wd: int
    listing_publish_wd: int
    listing_file_up_wd: int
    listing_plan_wd: int
    listing_progress_days: int
    listing_extension_lead_wd: int
    listing_extension_answer_wd: int
    listing_extension_months: int
    listing_acceptance_days: int
    listing_delist_wd: int
    escalation_remind_wd: int
    escalation_warn_major_wd: int
    escalation_press_wd: int
    escalation_bulletin_wd: int
    escalation_suspend_major_wd: int
    escalation_interview_wd: int


NAMES: tuple[str, ...] = tuple(one.name for one in fields(Terms))


def terms_from(numbers: Mapping[str, int]) -> Terms:
    """Build the terms from whole numbers by name; a missing one is a defect of data and raises KeyError."""
    return Terms(**{name: numbers[name] for name in NAMES})
