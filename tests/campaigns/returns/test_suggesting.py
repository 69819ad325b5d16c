"""Bindings suggested from headings: three superiors' forms against what is written by hand, and single headings."""

from uuid import UUID

import pytest

from bihuan.campaigns.readers.forms import read_form
from bihuan.campaigns.rules.returns.binding import Binding
from bihuan.campaigns.rules.returns.grid import Grid, Slot
from bihuan.campaigns.rules.returns.meaning import Meaning, PeriodKind, What, meaning_of
from bihuan.campaigns.rules.returns.suggest import suggest
from bihuan.campaigns.rules.units import Participant, Side
from tests.campaigns.returns import gold
from tests.campaigns.returns.forms import FOLDER, MADE

EAST, WEST = UUID(int=1), UUID(int=2)
UNITS = (
    Participant(EAST, "东村村民委员会", "东村", Side.VILLAGE),
    Participant(WEST, "西村村民委员会", "西村", Side.VILLAGE),
)
GOLD = {
    "county-weekly.xlsx": gold.weekly(),
    "city-monthly.xlsx": gold.monthly(),
    "villages.xlsx": gold.villages(str(EAST), str(WEST)),
    "district-pairs.xlsx": gold.pairs(str(EAST), str(WEST)),
    "city-across.xlsx": gold.across(str(EAST), str(WEST)),
}


def read(name: str) -> Grid:
    """Read one of the forms."""
    return read_form((FOLDER / name).read_bytes(), name)


def suggested(name: str) -> tuple[list[Slot], dict[str, Binding]]:
    """Return the cells of a form that want a number, and what is suggested for them."""
    grid = read(name)
    slots = grid.slots()
    return slots, suggest(slots, UNITS, [grid.sheets[0].at(1, 1).text])


@pytest.mark.parametrize("name", MADE)
def test_given_a_superiors_form_when_read_then_the_cells_that_want_a_number_are_found_and_no_other(name: str) -> None:
    slots, _ = suggested(name)

    assert {slot.address for slot in slots} == set(GOLD[name])


@pytest.mark.parametrize("name", MADE)
def test_given_a_superiors_form_when_bound_by_suggestion_then_every_cell_is_as_by_hand(name: str) -> None:
    _, found = suggested(name)

    wrong = {
        address: (found.get(address), wanted)
        for address, wanted in GOLD[name].items()
        if address not in found or not found[address].same_as(wanted)
    }
    assert wrong == {}


def slot(*column: str, row: tuple[str, ...] = ()) -> Slot:
    """A cell under these headings."""
    return Slot("C5", 0, 5, 3, row, column)


@pytest.mark.parametrize(
    ("heads", "what", "level", "period"),
    [
        (("本周", "排查一般事故隐患（项）"), What.FOUND, "general", PeriodKind.THIS),
        (("重大隐患", "已整改销号"), What.CLOSED, "major", None),
        (("重大隐患", "整改率（%）"), What.RATE_RECTIFIED, "major", None),
        (("已整改", "重大隐患"), What.RECTIFIED, "major", None),
        (("责令停产停业整顿", "企业"), What.STOPPED, "", None),
        (("累计", "检查企业（家次）"), What.INSPECTIONS, "", PeriodKind.CUMULATIVE),
        (("专项行动开展以来", "查出隐患"), What.FOUND, "", PeriodKind.CUMULATIVE),
        (("截至目前", "尚未整改"), What.UNRECTIFIED, "", PeriodKind.AS_OF),
        (("逾期未整改",), What.OVERDUE, "", None),
        (("列入黑名单（家）",), What.ENFORCEMENT, "", None),
        (("约谈（家/人）",), What.TALKS, "", None),
        (("问责（人）",), What.BLAMED, "", None),
        (("检查企业（家次）", "其中：领导带队"), What.LED, "", None),
        (("列入治理计划的重大隐患",), What.PLANNED, "major", None),
        (("其中：省级挂牌",), What.PROVINCE, "", None),
        (("宣传典型",), What.UNKEPT, "", None),
        (("整改资金投入（万元）",), What.MONEY, "", None),
        (("满意度",), What.UNKNOWN, "", None),
    ],
)
def test_given_headings_when_read_then_they_say_what_is_counted(
    heads: tuple[str, ...], what: What, level: str, period: PeriodKind | None
) -> None:
    found: Meaning = meaning_of(slot(*heads))

    assert (found.what, found.level, found.period) == (what, level, period)


def test_given_bindings_that_people_chose_when_a_form_has_the_same_headings_then_they_are_offered_again() -> None:
    cell = slot("满意度", row=("东村",))
    chosen = Binding(gold.Source.MEASURE, name="hazards.open", chosen_by="王科员")

    found = suggest([cell], UNITS, remembered={(cell.row_heads, cell.column_heads): chosen})

    assert found["C5"].same_as(chosen)
    assert found["C5"].chosen_by == ""
