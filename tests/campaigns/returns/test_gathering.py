"""One entry, every table: what units typed adds up in the town's return, and so far goes on by itself (R9.7, R9.8)."""

from datetime import date

import pytest

from bihuan.campaigns.models import Return, ReturnForm
from bihuan.campaigns.services import returns as services
from bihuan.kernel.errors import Refusal
from tests.campaigns.returns.stage import FIRST, FRIDAY, ReturnStage, adopted

pytestmark = pytest.mark.django_db
SECOND, NEXT_FRIDAY = (date(2018, 1, 19), date(2018, 1, 25)), date(2018, 1, 26)
VISITS, SO_FAR = "D6", "E6"  # 检查企业, of this period and so far


@pytest.fixture
def form(stage: ReturnStage) -> ReturnForm:
    """The weekly, owed by the town, two villages and a department."""
    return adopted(stage, "镇", "东村", "西村", "经发办")


def village(stage: ReturnStage, form: ReturnForm, unit: str, visits: str, *, days: tuple[date, date] = FIRST) -> Return:
    """Send a village's return with this many inspections; what was so far is said the first time only."""
    who = {"东村": "village_east", "西村": "village_west", "经发办": "industry"}[unit]
    row = stage.begin(form, *days, unit=unit, who=who)
    open_cells = [slot.address for slot in stage.see(row, who).still_open]
    cells = dict.fromkeys(open_cells, "0") | {one: visits for one in (VISITS, SO_FAR) if one in open_cells}
    row = stage.do("type_cells", row, who, cells=cells, reason="村里台账")
    return stage.do("send_return", row, who, remark="")


def test_given_villages_that_sent_when_the_town_opens_its_return_then_what_they_typed_is_added_up(
    stage: ReturnStage, form: ReturnForm
) -> None:
    stage.on(FRIDAY)
    east, west = village(stage, form, "东村", "5"), village(stage, form, "西村", "3")
    row = stage.begin(form, *FIRST)

    cell = stage.see(row).cells[VISITS]

    assert (cell.filled.text, cell.filled.summed) == ("8", "东村 5、西村 3")
    assert [(one.unit_name, one.return_id, one.said) for one in cell.units] == [
        ("东村", east.pk, "5"),
        ("西村", west.pk, "3"),
        ("经发办", None, "还没有报"),
    ]
    assert VISITS not in {one.address for one in stage.see(row).still_open}


def test_given_a_unit_that_has_not_sent_when_the_town_sends_then_it_is_named_and_must_be_explained(
    stage: ReturnStage, form: ReturnForm
) -> None:
    stage.on(FRIDAY)
    village(stage, form, "东村", "5")
    stage.do("send_back", village(stage, form, "西村", "3"), reason="数不对")
    row = stage.begin(form, *FIRST)
    stage.type_the_rest(row)

    with pytest.raises(Refusal, match="经发办这一期还没有报；西村这一期退回了，还没有再报，D4 等 6 格没有它们的数"):
        stage.do("send_return", row, remark="")

    assert stage.see(row).cells[VISITS].filled.text == "5"
    assert stage.do("send_return", row, remark="西村、经发办下午补报").state == "submitted"


def test_given_the_towns_own_inspections_when_typed_then_they_are_added_to_those_of_the_units(
    stage: ReturnStage, form: ReturnForm
) -> None:
    stage.on(FRIDAY)
    for unit, visits in (("东村", "5"), ("西村", "3"), ("经发办", "0")):
        village(stage, form, unit, visits)
    row = stage.do("type_cells", stage.begin(form, *FIRST), cells={VISITS: "12", SO_FAR: "30"}, reason="安监办台账")

    cell = stage.see(row).cells[VISITS]

    assert (cell.filled.text, cell.own, cell.filled.typed) == ("20", "12", "安监办台账")
    assert cell.filled.summed == "本级 12、东村 5、西村 3"
    sent = stage.do("send_return", stage.type_the_rest(row))
    assert (sent.figures[VISITS]["amount"], sent.figures[VISITS]["summed"]) == ("20", "本级 12、东村 5、西村 3")


def test_given_a_second_period_when_this_one_is_typed_then_so_far_goes_on_by_itself(
    stage: ReturnStage, form: ReturnForm
) -> None:
    stage.on(FRIDAY)
    village(stage, form, "东村", "5")
    stage.on(NEXT_FRIDAY)
    row = stage.begin(form, *SECOND, unit="东村", who="village_east")
    assert not {slot.address for slot in stage.see(row, "village_east").still_open if slot.column_heads == ("累计",)}

    row = stage.do("type_cells", row, "village_east", cells={VISITS: "4"}, reason="村里台账")

    cell = stage.see(row, "village_east").cells[SO_FAR]
    assert (cell.filled.text, cell.own) == ("9", "")
    assert cell.filled.summed == "2018年1月12日至1月18日的累计 5、本期 4"
    row = stage.do("type_cells", row, "village_east", cells={SO_FAR: "10"}, reason="上周漏了一家")
    assert stage.texts(row, "village_east")[SO_FAR] == "10"


def test_given_a_year_that_begins_with_the_period_when_typed_then_so_far_is_this_period(stage: ReturnStage) -> None:
    form = adopted(stage, "东村")
    ReturnForm.objects.filter(pk=form.pk).update(cumulative_from=FIRST[0])
    stage.on(FRIDAY)
    row = stage.begin(form, *FIRST, unit="东村", who="village_east")

    row = stage.do("type_cells", row, "village_east", cells={VISITS: "4"}, reason="村里台账")

    assert stage.texts(row, "village_east")[SO_FAR] == "4"


def test_given_a_period_that_was_left_out_when_the_next_is_filled_then_the_gap_is_named(
    stage: ReturnStage, form: ReturnForm
) -> None:
    stage.on(FRIDAY)
    village(stage, form, "东村", "5")
    stage.on(date(2018, 2, 2))
    row = stage.begin(form, date(2018, 1, 26), date(2018, 2, 1), unit="东村", who="village_east")
    row = stage.type_the_rest(row, "village_east")

    with pytest.raises(Refusal, match="上一次报的是2018年1月12日至1月18日，中间有没报的"):
        stage.do("send_return", row, "village_east", remark="")


def test_given_a_special_return_when_units_were_asked_then_only_theirs_add_up(stage: ReturnStage) -> None:
    form_id = services.adopt_form(code="F1", actor=stage.loop.by("office"), now=stage.loop.at)
    form = ReturnForm.objects.get(pk=form_id)
    services.mend_form(
        form_id=form.pk, seen_version=form.version, facts={"rhythm": "special"}, actor=stage.loop.by("office"),
        now=stage.loop.at,
    )  # fmt: skip
    form.refresh_from_db()
    form = stage.use(form, "镇", "东村", "西村")
    town, east = services.ask_special(
        form_id=form.pk, unit_ids=[stage.unit("镇"), stage.unit("东村")], since=stage.loop.day, until=stage.loop.day,
        due_at=stage.loop.at.replace(hour=20), actor=stage.loop.by("office"), now=stage.loop.at,
    )  # fmt: skip
    row = Return.objects.get(pk=east)
    stage.do("send_return", stage.type_the_rest(row, "village_east", "2"), "village_east", remark="示安监〔2018〕3号")

    view = stage.see(Return.objects.get(pk=town))

    assert [(one.unit_name, one.said) for one in view.units] == [("东村", "已报")]
    assert view.cells[VISITS].filled.text == "2"
