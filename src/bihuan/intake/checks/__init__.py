"""Checks over all that was understood: one function, one kind of doubt (stage "checks" of intake)."""

from bihuan.intake.checks.across import closed_without_review, same_item_twice, same_number_twice
from bihuan.intake.checks.rows import (
    after_today,
    days_out_of_order,
    empty_status_with_reason,
    major_without_criterion,
    unlikely_for_industry,
)
from bihuan.intake.rules.frame import Frame
from bihuan.intake.rules.items import Understanding

CHECKS = (
    major_without_criterion,
    empty_status_with_reason,
    after_today,
    days_out_of_order,
    closed_without_review,
    unlikely_for_industry,
    same_item_twice,
    same_number_twice,
)


def check(result: Understanding, frame: Frame) -> None:
    """Run every check and keep its doubts, in the order of the checks."""
    for one in CHECKS:
        result.doubts += one(result, frame)


__all__ = ["CHECKS", "check"]
