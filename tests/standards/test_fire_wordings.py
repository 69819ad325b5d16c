"""Comprehensive elements of GB 35181-2017 in people's words, and what is said of the same things that tells none."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bihuan.standards.data.judging import read_judge
from bihuan.standards.rules.determine import Case, Enterprise, Status

JUDGE = read_judge()
FINDINGS = Path(__file__).with_name("cases") / "fire_elements.txt"
ON = date(2021, 5, 6)  # GB 35181-2017 was in force
OF_HIGH_BUILDINGS = {"7.3.1", "7.3.7", "7.3.11", "7.3.12"}
OF_SHOPS = {"7.3.2", "7.3.3", "7.3.8", "7.3.9", "7.3.10", "7.9.3", "7.9.5"}


def findings() -> Iterator[tuple[str, list[str]]]:
    """Yield each clause with its findings; "-" with those that tell none."""
    for block in FINDINGS.read_text(encoding="utf-8").split("\n\n")[1:]:
        clause, *texts = block.split("\n")
        yield clause, [one for one in texts if one]


def elements(text: str, clause: str) -> set[str]:
    place = Enterprise(
        "商场" if clause in OF_SHOPS else "综合楼",
        ("消防",),
        ("人员密集", "高层") if clause in OF_HIGH_BUILDINGS else ("人员密集",),
    )
    met = JUDGE.determine(Case(text, ON, place)).met
    told = (one for one in met if one.lowered or one.status >= Status.ASK)
    return {one.rule.item.clause for one in told if one.rule.standard.id == "fire-2017"}


@pytest.mark.parametrize(("clause", "texts"), list(findings()))
def test_given_findings_of_fire_in_peoples_words_when_read_then_their_element_is_told(
    clause: str, texts: list[str]
) -> None:
    told = {text: elements(text, clause) for text in texts}

    assert texts
    if clause == "-":
        assert {text: found for text, found in told.items() if found} == {}
    else:
        assert [text for text, found in told.items() if clause not in found] == []
