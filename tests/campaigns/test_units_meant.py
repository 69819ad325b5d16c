"""Names of parties resolved to units of a town."""

from uuid import UUID

import pytest

from bihuan.campaigns.rules.units import Participant, Side, who_is_meant
from bihuan.kernel.ids import new_id

EAST = Participant(new_id(), "示范镇东村村民委员会", "东村", Side.VILLAGE)
WEST = Participant(new_id(), "示范镇西村村民委员会", "西村", Side.VILLAGE)
INDUSTRY = Participant(new_id(), "示范镇经济发展办公室", "经发办", Side.DEPARTMENT)
BUILDING = Participant(new_id(), "示范镇村镇建设办公室", "建设办", Side.DEPARTMENT)
SAFETY = Participant(new_id(), "示范镇安全生产监督管理办公室", "安监办", Side.OFFICE)
UNITS = [EAST, WEST, INDUSTRY, BUILDING, SAFETY]


@pytest.mark.parametrize(
    ("names", "units", "unknown", "firms"),
    [
        (["各村"], [EAST, WEST], (), False),
        (["各村（社区）"], [EAST, WEST], (), False),
        (["各有关部门"], [INDUSTRY, BUILDING], (), False),
        (["各成员单位"], [EAST, WEST, INDUSTRY, BUILDING], (), False),
        (["各村、各有关部门"], [EAST, WEST, INDUSTRY, BUILDING], (), False),
        (["经发办、安监办"], [INDUSTRY, SAFETY], (), False),
        (["镇安委办"], [SAFETY], (), False),
        (["东村"], [EAST], (), False),
        (["各村主要负责人", "各部门分管负责同志"], [EAST, WEST, INDUSTRY, BUILDING], (), False),
        (["企业主要负责人"], [], (), True),
        (["主要负责人"], [], ("主要负责人",), False),
        (["供电所"], [], ("供电所",), False),
        (["各企业"], [], (), True),
        (["高危行业企业", "经发办"], [INDUSTRY], (), True),
    ],
)
def test_given_the_names_of_a_clause_when_resolved_then_its_units_are_found_and_the_rest_is_said(
    names: list[str],
    units: list[Participant],
    unknown: tuple[str, ...],
    firms: bool,  # noqa: FBT001 -- a table
) -> None:
    meant = who_is_meant(names, UNITS)

    assert list(meant.units) == _ids(units)
    assert meant.unknown == unknown
    assert meant.enterprises is firms


def test_given_two_units_alike_when_a_name_fits_both_then_neither_is_taken() -> None:
    other = Participant(new_id(), "示范镇东村工业园", "东村工业园", Side.DEPARTMENT)

    assert who_is_meant(["示范镇东村"], [EAST, other]).units == ()


def _ids(units: list[Participant]) -> list[UUID]:
    return [one.id for one in units]
