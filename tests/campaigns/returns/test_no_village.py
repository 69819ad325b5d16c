"""What lies in no village is a row of a superior's form, with which the villages add up to the town."""

from datetime import date

import pytest

from bihuan.campaigns.queries.returns.finding import bindings_of
from bihuan.campaigns.rules.returns.names import NO_VILLAGE, Names, Near, Place, named_in
from bihuan.campaigns.services import returns as services
from bihuan.hazards.models import Hazard
from tests.campaigns.returns.stage import FRIDAY, ReturnStage
from tests.campaigns.returns.tables import table, uploaded
from tests.campaigns.returns.test_properties import asked
from tests.campaigns.returns.test_sections import UNITS

COLUMNS = ("排查隐患（项）", "其中重大", "截至期末未销号", "已整改", "整改率")
DAYS = (date(2018, 1, 12), date(2018, 1, 18))


def _lived(stage: ReturnStage) -> None:
    """Find hazards in both villages and at a crossing that lies in none, one of them entered after the days."""
    loop = stage.loop
    at = {"enterprise_id": None, "place_kind": "public_place", "path": loop.town.town.path, "place_name": "镇郊路口"}
    out = {"source": "superior", "source_type": "list_item", "sector": "road_transport", **at}
    stage.on(date(2018, 1, 16))
    loop.closed(found_on=date(2018, 1, 13))
    loop.confirmed(enterprise_id=stage.west_firm, found_on=date(2018, 1, 14))
    loop.report("office", found_on=date(2018, 1, 15), **out)
    loop.report("office", found_on=date(2018, 1, 10), **out)
    stage.on(FRIDAY)
    loop.report("office", found_on=date(2018, 1, 17), **out)


@pytest.mark.django_db
def test_given_a_row_of_what_lies_in_no_village_when_filled_then_rows_add_up_and_each_cell_opens_its_rows(
    stage: ReturnStage,
) -> None:
    _lived(stage)
    form = stage.use(uploaded(stage, table(("东村", "西村", "未落到村", "全镇合计"), COLUMNS), rhythm="special"))
    view = stage.see(asked(stage, form, "镇", *DAYS))
    town = stage.loop.town.town.path

    def column(letter: str) -> list[str]:
        return [view.cells[f"{letter}{row}"].filled.text for row in range(3, 7)]

    assert {one.unit_id for address, one in bindings_of(form).items() if address.endswith("5")} <= {NO_VILLAGE, ""}
    assert column("B") == ["1", "1", "2", "4"]
    assert column("D") == ["0", "1", "2", "3"]  # at the end of the 18th, before the last was entered
    assert column("E") == ["1", "0", "0", "1"]
    assert column("F") == ["100.0%", "0.0%", "0.0%", "25.0%"]
    assert stage.proved(view.cells["D5"]) == stage.proved(view.cells["B5"]) == 2
    assert Hazard.objects.filter(path=town).count() == 3
    assert not [one for one in view.doubts if "合计" in one.say]


@pytest.mark.django_db
def test_given_rest_among_villages_when_its_word_is_asked_then_what_lies_in_no_village_is_offered_and_binds_the_row(
    stage: ReturnStage,
) -> None:
    _lived(stage)
    form = uploaded(stage, table(("东村", "西村", "其他"), COLUMNS[:1]), rhythm="special")

    services.name_word(
        form_id=form.pk,
        seen_version=form.version,
        word="其他",
        place=Place(NO_VILLAGE),
        how=services.How.PLACE,
        actor=stage.loop.by("office"),
        now=stage.loop.at,
    )
    form.refresh_from_db()

    assert bindings_of(form)["B5"].unit_id == NO_VILLAGE
    view = stage.see(asked(stage, stage.use(form), "镇", *DAYS))
    assert [view.cells[f"B{row}"].filled.text for row in (3, 4, 5)] == ["1", "1", "2"]


@pytest.mark.parametrize(
    "text", ["未落到村", "未落到村的", "其他(未落到村的)", "未明确到村", "不属于各村", "没有落到村"]
)
def test_given_what_lies_in_no_village_when_a_heading_says_so_in_any_form_then_it_is_known(text: str) -> None:
    assert list(named_in(text, Names(UNITS))) == [(text, Place(NO_VILLAGE))]
    assert Names(UNITS).near("其他") == [Near("未落到村", Place(NO_VILLAGE))]
