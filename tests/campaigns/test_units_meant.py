"""Names of parties resolved to units of a town."""

from uuid import UUID

import pytest

from bihuan.campaigns.rules.units import Participant, Side, counterparts, is_from_above, who_is_meant, with_unit
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


SEAT = Participant(new_id(), "示范镇派出所", "派出所", Side.DEPARTMENT)
MARKET = Participant(new_id(), "市场监督管理分局", "市场监管分局", Side.DEPARTMENT)
WORKS = Participant(new_id(), "建设管理所", "建管所", Side.DEPARTMENT)
TOWN = [*UNITS, SEAT, MARKET, WORKS]
ABOVE = ["县安委办", "县安委会", "区安监办", "坛城县安委办", "市公安局", "各县（市、区）", "县直各部门", "市政府"]


@pytest.mark.parametrize("name", [*ABOVE, "省工业和信息化厅"])
def test_given_a_body_of_the_county_when_named_then_no_unit_of_the_town_is_meant_and_it_is_said(name: str) -> None:
    meant = who_is_meant([name], TOWN)

    assert (meant.units, meant.superior, meant.unknown) == ((), (name,), ())


@pytest.mark.parametrize("name", ["市场监管分局", "镇安委办", "东村", "安监部门", "派出所", "镇安委会"])
def test_given_a_body_of_the_town_when_named_then_it_is_no_superior(name: str) -> None:
    assert who_is_meant([name], TOWN).superior == ()
    assert who_is_meant([name], TOWN).units


def test_given_a_county_and_a_town_body_in_one_name_when_resolved_then_each_is_what_it_is() -> None:
    meant = who_is_meant(["县公安局、派出所"], TOWN)

    assert (list(meant.units), meant.superior) == ([SEAT.id], ("县公安局",))


@pytest.mark.parametrize("name", ["安委会各成员单位", "镇安委会各成员单位", "安委会成员单位"])
def test_given_members_of_the_committee_when_named_then_villages_are_not_among_them(name: str) -> None:
    assert list(who_is_meant([name], UNITS).units) == _ids([INDUSTRY, BUILDING, SAFETY])


def test_given_a_plan_of_a_superior_when_it_says_every_department_then_it_is_doubted_and_here_it_is_not() -> None:
    above = who_is_meant(["各部门", "镇各部门", "各乡镇"], UNITS, from_above=True)

    assert list(above.units) == _ids([INDUSTRY, BUILDING, SAFETY])
    assert above.doubtful == ("各部门",)
    assert who_is_meant(["各部门"], UNITS).doubtful == ()


@pytest.mark.parametrize(
    ("body", "title", "is_above"),
    [
        ("坛城县安全生产委员会办公室", "", True),
        ("", "某县安委会关于印发方案的通知", True),
        ("应急管理部", "", True),
        ("示范镇人民政府", "", False),
        ("坛城县示范镇人民政府", "", False),
        ("", "关于开展检查的通知", False),
    ],
)
def test_given_who_issued_a_plan_when_asked_then_one_of_a_superior_is_known(
    body: str,
    title: str,
    is_above: bool,  # noqa: FBT001 -- a table
) -> None:
    assert is_from_above(body, title) is is_above


@pytest.mark.parametrize(
    ("name", "offered"),
    [
        ("公安局", [SEAT]),
        ("县公安局", [SEAT]),
        ("市场监管局", [MARKET]),
        ("住建局", [BUILDING, WORKS]),
        ("应急管理部门", [SAFETY]),
        ("消防安全责任人", []),
        ("企业", []),
    ],
)
def test_given_a_bureau_when_asked_then_the_unit_that_does_it_in_the_town_is_offered(
    name: str, offered: list[Participant]
) -> None:
    assert counterparts(name, TOWN) == offered


def test_given_a_name_in_a_row_of_names_when_it_is_given_to_a_unit_then_the_others_stay_as_written() -> None:
    said = ["公安局、市场监管局主要负责人", "各村", "县公安局"]

    assert with_unit(said, "公安局", "派出所", TOWN) == ["派出所、市场监管局", "各村", "县公安局"]


def test_given_two_units_alike_when_a_name_fits_both_then_neither_is_taken() -> None:
    other = Participant(new_id(), "示范镇东村工业园", "东村工业园", Side.DEPARTMENT)

    assert who_is_meant(["示范镇东村"], [EAST, other]).units == ()


def _ids(units: list[Participant]) -> list[UUID]:
    return [one.id for one in units]
