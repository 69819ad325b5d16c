"""The three ledgers, against what was written down by eye before any code ran (tests/intake/expected)."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.intake.reading import read_file

EXPECTED = Path(__file__).parent / "expected"
LEDGERS = sorted(file.stem for file in EXPECTED.glob("*.json"))


def expected(name: str) -> dict[str, Any]:
    return json.loads((EXPECTED / f"{name}.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", LEDGERS)
def test_given_a_ledger_when_read_then_every_row_is_as_written_down_by_eye(name: str) -> None:
    wanted = expected(name)

    read = read_file(f"{name}.xlsx")

    keys = list(wanted["rows"][0])
    assert [{key: row[key] for key in keys} for row in read["rows"]] == wanted["rows"]
    assert [(one["sheet"], one["header_row"]) for one in read["sheets"]] == [(wanted["sheet"], wanted["header_row"])]
    assert [row["problems"] for row in read["rows"] if row["problems"]] == []


def test_given_the_superiors_list_when_read_then_its_doubts_are_those_of_the_drawn_page() -> None:
    read = read_file("ledger-superior-list.xlsx")

    assert Counter(doubt["code"] for doubt in read["doubts"]) == {
        "major_without_criterion": 14,
        "deadline_festival": 13,
        "empty_status_with_reason": 12,
        "closed_without_review": 8,
        "after_today": 3,
        "same_item_twice": 4,
        "cell_split": 1,
        "unlikely_for_industry": 15,
    }
    assert sorted(doubt["source_row"] for doubt in read["doubts"] if doubt["code"] == "after_today") == [28, 41, 56]
    assert [doubt["rows"] for doubt in read["doubts"] if doubt["code"] == "same_item_twice"] == [
        [19, 32],
        [22, 48],
        [34, 41],
        [37, 60],
    ]
    festival = next(doubt for doubt in read["doubts"] if doubt["code"] == "deadline_festival")
    assert [one["value"] for one in festival["options"]] == ["2018-02-14", "2018-02-15"]


def test_given_two_level_headings_when_read_then_the_columns_have_joined_names_and_the_total_is_dropped() -> None:
    read = read_file("ledger-town-monthly.xlsx")

    sheet = read["sheets"][0]
    assert sheet["header_rows"] == [2, 3]
    assert {letter: sheet["headings"][letter] for letter in "DEF"} == {
        "D": "整改/措施",
        "E": "整改/时限",
        "F": "整改/到位时间",
    }
    assert sheet["dropped"] == [{"source_row": 45, "why": "total", "text": "合计"}]
