"""A number that was typed in another form leads there on the page; what a unit cannot know has no field."""

import re
from html import unescape
from typing import Any

import pytest

from tests.campaigns.returns.stage import FIRST, FRIDAY, ReturnStage, adopted, begun
from tests.web.test_returns import go_to, page, press, stage

__all__ = ["stage"]
pytestmark = pytest.mark.django_db


def test_given_a_number_typed_in_another_form_when_its_cell_is_opened_then_it_leads_there_and_asks_for_nothing(
    stage: ReturnStage, settings: Any
) -> None:
    weekly, summary = (adopted(stage, "镇", code=code) for code in ("F1", "F4"))
    go_to(stage, settings, FRIDAY)
    first, second = (stage.begin(form, *FIRST) for form in (weekly, summary))
    stage.do("type_cells", first, cells={"D6": "12", "E6": "30"}, reason="安监办台账")
    office = stage.loop.town.client("office")

    shown = page(office, "return", second.pk, query="?cell=D5")
    href = unescape(re.findall(r'在<a href="([^"]+)">“专项行动进展情况周报表”</a>里填的，这里不用再填', shown)[0])

    assert "安监办台账" in shown
    assert 'name="cell-D5" inputmode="decimal" maxlength="16" aria-label' not in shown
    there = office.get(href.partition("#")[0]).content.decode()
    assert '<p class="big-n">12</p>' in there
    press(office, "type_in", second.pk, **{"cell-D5": "9", "chosen": "cell-D5"}, reason="只算规上", alone="1",
          seen_version=second.version)  # fmt: skip
    assert "（只用在这张表）" in page(office, "return", second.pk, query="?cell=D5")
    second.refresh_from_db()
    press(office, "type_in", second.pk, **{"cell-E5": "33", "chosen": "cell-E5"}, reason="漏了三家",
          seen_version=second.version)  # fmt: skip
    sent = stage.do("send_return", stage.type_the_rest(first, amount="40"), remark="示安监罚〔2018〕3号")
    stage.on(FRIDAY, 12)
    stage.do("type_cells", second, cells={"E5": "35"}, reason="又漏了两家")
    said = page(office, "return", sent.pk, query="?cell=E6")
    assert "报送以后，别的报表里改了同一个数" in said
    assert "报送以后改成了 35" in said


def test_given_a_cell_that_a_village_cannot_know_when_opened_then_it_says_who_fills_it_and_offers_no_field(
    stage: ReturnStage, settings: Any
) -> None:
    row = begun(stage)
    settings.BIHUAN_DEMO_DAY = stage.loop.day.isoformat()
    village = stage.loop.town.client("village_east")

    shown = page(village, "return", row.pk, query="?cell=D16")

    assert "由镇安监办或者有权办的部门填，本单位不用填。" in shown
    assert 'name="cell-D16"' not in shown
    assert 'name="cell-D4"' in shown


def test_given_units_that_owe_beside_the_town_when_listed_then_the_offices_own_stand_first_and_others_are_filled_for(
    stage: ReturnStage, settings: Any
) -> None:
    adopted(stage, "镇", "东村", code="F4")
    go_to(stage, settings, FRIDAY)
    stage.on(FRIDAY, 14)

    shown = page(stage.loop.town.client("office"), "returns").partition("<tbody>")[2]
    village = page(stage.loop.town.client("village_east"), "returns")

    assert re.findall(r'<button class="btn sm( main)?">([^<]+)</button>', shown)[0][1] == "填报"
    assert [name for _, name in re.findall(r'<button class="btn sm( main)?">([^<]+)</button>', shown)][-1] == "代填"
    assert 'main">代填' not in shown
    assert "代填" not in village
    assert ">填报</button>" in village


def test_given_a_return_when_shown_then_the_unit_that_fills_it_in_stands_in_its_head(
    stage: ReturnStage, settings: Any
) -> None:
    row = begun(stage)
    settings.BIHUAN_DEMO_DAY = stage.loop.day.isoformat()

    assert "填报单位：东村" in page(stage.loop.town.client("village_east"), "return", row.pk)
