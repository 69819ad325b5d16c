"""What a case of accountability rests on, and what its decision needs (R9.12, R9.13)."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bihuan.campaigns.rules.supervision.accountability import (
    SITUATIONS,
    CaseFacts,
    Failing,
    Situation,
    case_lacks,
    decision_lacks,
)
from bihuan.kernel.in_force import in_force

ON = date(2018, 1, 31)


def test_given_a_case_when_it_rests_on_nothing_but_a_score_then_it_is_refused() -> None:
    done = frozenset({Failing.WORK_NOT_DONE})

    assert case_lacks(CaseFacts("东村", frozenset(), "得分全镇最后")) == (
        "failings",
        "问责要有“工作不落实”或者“责任不履行”等事实。得分低、排名靠后本身不是问责的理由，请选事实。",
    )
    accident = {
        "by_accident": True,
        "accident": "1月3日机械伤害",
        "accident_on": date(2018, 1, 3),
        "days": (date(2017, 12, 20), date(2018, 1, 31)),
        "report": "示政复〔2018〕1号",
    }
    assert (case_lacks(CaseFacts("东村", done, "没有督促", **accident)) or ("",))[0] == "is_responsible"
    assert case_lacks(CaseFacts("东村", done, "没有督促", is_responsible=True, **accident)) is None
    without = accident | {"report": ""}
    assert (case_lacks(CaseFacts("东村", done, "没有督促", is_responsible=True, **without)) or ("",))[0] == "report"


@pytest.mark.parametrize(
    ("failing", "facts", "field"),
    [
        (Failing.WORK_NOT_DONE, {}, "by_accident"),
        (Failing.DUTY_NOT_CARRIED_OUT, {}, "by_accident"),
        (Failing.MALFEASANCE, {}, None),
        (Failing.FRAUD, {}, None),
        (Failing.WORK_NOT_DONE, {"accident_on": None}, "accident_on"),
        (Failing.WORK_NOT_DONE, {"accident_on": date(2017, 12, 19)}, "accident_on"),
        (Failing.WORK_NOT_DONE, {"accident_on": date(2018, 2, 1)}, "accident_on"),
        (Failing.WORK_NOT_DONE, {"accident_on": date(2017, 12, 20)}, None),
        (Failing.WORK_NOT_DONE, {"accident_on": date(2018, 1, 31)}, None),
        (Failing.WORK_NOT_DONE, {"accident_on": date(2018, 1, 3), "days": None}, "accident_on"),
        (Failing.WORK_NOT_DONE, {"accident_on": date(2018, 1, 3), "is_responsible": False}, "is_responsible"),
    ],
)
def test_given_a_case_when_work_was_not_done_then_it_needs_a_responsible_accident_of_the_campaigns_days(
    failing: Failing, facts: dict[str, Any], field: str | None
) -> None:
    by_accident = {
        "by_accident": True,
        "accident": "机械伤害",
        "is_responsible": True,
        "days": (date(2017, 12, 20), date(2018, 1, 31)),
        "report": "示政复〔2018〕1号",
    }
    facts = facts or {"has_material": True}
    facts = facts if "has_material" in facts else by_accident | facts

    lack = case_lacks(CaseFacts("东村", frozenset({failing}), "没有督促", **facts))

    assert (lack[0] if lack else None) == field


@pytest.mark.parametrize("failing", [Failing.MALFEASANCE, Failing.FRAUD])
def test_given_a_case_of_no_accident_when_nothing_but_a_score_is_written_then_it_needs_material(
    failing: Failing,
) -> None:
    facts = CaseFacts("东村", frozenset({failing}), "得分全镇最后")

    lack = case_lacks(facts)

    assert lack is not None
    assert lack[0] == "files"
    assert "得分低、排名靠后本身不是问责的理由" in lack[1]
    assert case_lacks(replace(facts, has_material=True)) is None


def test_given_a_decision_when_organ_document_day_or_paper_is_missing_then_it_is_refused() -> None:
    whole = {"organ": "镇纪委", "doc_number": "示纪〔2018〕2号", "decided_on": ON, "has_paper": True}

    assert decision_lacks(**whole) is None
    for name, empty in (("organ", ""), ("doc_number", " "), ("decided_on", None), ("has_paper", False)):
        assert decision_lacks(**(whole | {name: empty})) is not None


def test_given_the_rules_of_2018_when_asked_before_their_day_then_there_are_no_five_situations() -> None:
    assert in_force(SITUATIONS, on=date(2018, 4, 7)) == {}
    assert set(in_force(SITUATIONS, on=date(2018, 4, 8))) == set(Situation)
