"""Typing into a return: noughts for what did not happen, and keeping and sending in one press."""

import re
from typing import Any

from tests.campaigns.returns.stage import ReturnStage, begun
from tests.web.test_returns import page, press, stage

__all__ = ["stage"]


def test_given_cells_that_nobody_counts_when_nothing_happened_then_one_press_with_a_reason_fills_them_with_nought(
    stage: ReturnStage, settings: Any
) -> None:
    row = begun(stage)
    settings.BIHUAN_DEMO_DAY = stage.loop.day.isoformat()
    village = stage.loop.town.client("village_east")
    given = {"cell-D4": "3", "zero": "1", "seen_version": row.version}

    press(village, "type_in", row.pk, **given, reason="")
    row.refresh_from_db()
    before = dict(row.typed)
    press(village, "type_in", row.pk, **given, reason="没有发生")

    row.refresh_from_db()
    shown = page(village, "return", row.pk)
    assert before == {}
    assert len(row.typed) == 8
    assert {kept["amount"] for cell, kept in row.typed.items() if cell != "D4"} == {"0"}
    assert row.typed["D4"]["amount"] == "3"
    assert "格没有数" not in shown


def test_given_the_last_open_cells_when_typed_and_sent_in_one_press_then_they_are_kept_even_where_it_cannot_be_sent(
    stage: ReturnStage, settings: Any
) -> None:
    row = begun(stage)
    settings.BIHUAN_DEMO_DAY = stage.loop.day.isoformat()
    village = stage.loop.town.client("village_east")
    shown = page(village, "return", row.pk)
    cells = re.findall(r'name="(cell-[A-Z]+\d+)"', shown)

    press(village, "type_in", row.pk, **{cells[0]: "0"}, reason="台账", send="1", seen_version=row.version)
    row.refresh_from_db()
    halfway = (row.state, len(row.typed))
    told = page(village, "return", row.pk)
    rest = dict.fromkeys(cells[1:], "0")
    press(village, "type_in", row.pk, **rest, reason="没有发生", send="1", seen_version=row.version)

    row.refresh_from_db()
    assert "记下并报送" in shown
    assert halfway == ("filling", 1)
    assert "填的数已记下，没有报送：" in told
    assert (row.state, row.edition) == ("submitted", 1)
