"""The day of a fact that an act records: a claim, but not one of the future nor from before the finding."""

from bihuan.hazards.rules.facts import Facts


def fact_on_a_possible_day(facts: Facts) -> str:
    """R3.13: what is recorded about a hazard happened after it was found, and not after today."""
    day, found = facts.given.on, facts.standing.found_on
    if day is None:
        return ""
    if day > facts.today:
        return "日期不能晚于今天。请核对后再填。"
    if found is not None and day < found:
        return f"日期不能早于发现日期 {found.year}年{found.month}月{found.day}日。请核对后再填。"
    return ""
