"""A form whose lines are sectors, without 其他: the check says which sectors no line takes in, and how many."""

from datetime import date

import pytest

from bihuan.campaigns.rules.returns.left_out import left_out
from bihuan.campaigns.rules.returns.suggest import suggest
from bihuan.kernel.errors import Refusal
from tests.campaigns.returns.stage import FRIDAY, ReturnStage
from tests.campaigns.returns.tables import table, uploaded
from tests.campaigns.returns.test_properties import asked
from tests.campaigns.returns.test_sections import slots_of

DAYS = (date(2018, 1, 12), date(2018, 1, 18))
COLUMNS = ("排查隐患（项）", "其中重大", "已整改")


def _lived(stage: ReturnStage) -> None:
    town = stage.loop.town.town.path
    at = {"enterprise_id": None, "place_kind": "public_place", "path": town, "place_name": "镇郊路口"}
    stage.on(date(2018, 1, 16))
    stage.loop.closed(found_on=date(2018, 1, 13))
    stage.loop.confirmed(enterprise_id=stage.west_firm, found_on=date(2018, 1, 14))
    stage.loop.report(
        "office", source="superior", source_type="list_item", sector="road_transport", found_on=date(2018, 1, 15), **at
    )
    stage.on(FRIDAY)


@pytest.mark.django_db
def test_given_lines_without_rest_when_other_sectors_have_hazards_then_the_check_names_them_and_the_total_has_all(
    stage: ReturnStage,
) -> None:
    _lived(stage)
    form = stage.use(uploaded(stage, table(("机械", "危险化学品", "全镇合计"), COLUMNS), rhythm="special"))
    row = asked(stage, form, "镇", *DAYS)

    said = [one.say for one in stage.see(row).doubts if "不在任何一行" in one.say]

    assert said == ["表里的行业没有“其他”，有 2 项隐患不在任何一行（列）里：轻工 1 项、道路运输 1 项。合计仍算在内。"]
    assert stage.see(row).cells["B5"].filled.text == "3"
    with pytest.raises(Refusal) as refused:
        stage.do("send_return", row)
    assert "不在任何一行" in refused.value.say


@pytest.mark.django_db
def test_given_lines_with_rest_when_the_return_is_shown_then_nothing_is_left_out(stage: ReturnStage) -> None:
    _lived(stage)
    form = stage.use(uploaded(stage, table(("机械", "危险化学品", "其他", "全镇合计"), COLUMNS), rhythm="special"))

    view = stage.see(asked(stage, form, "镇", *DAYS))

    assert not [one for one in view.doubts if "不在任何一行" in one.say]
    assert [view.cells[f"B{row}"].filled.text for row in (3, 4, 5, 6)] == ["1", "0", "2", "3"]


def test_given_lines_of_villages_when_looked_at_then_no_sector_is_asked_for() -> None:
    slots = slots_of(("东村", "西村", "合计"), ("排查隐患（项）",))

    assert list(left_out(slots, suggest(slots))) == []
