"""Division codes and paths (R10.3)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.kernel.errors import Refusal
from bihuan.orgs.rules import BadCode, UnitKind, code_of_path, kind_of_code, path_of_code, split_code
from bihuan.orgs.rules.codes import (
    CHILDREN,
    TownType,
    VillageType,
    check_parent,
    next_segment,
    town_type,
    village_type,
)


@pytest.mark.parametrize(
    ("code", "path", "kind"),
    [
        ("320000000000", "/32/", UnitKind.PROVINCE),
        ("320400000000", "/32/04/", UnitKind.CITY),
        ("320413000000", "/32/04/13/", UnitKind.COUNTY),
        ("320413101000", "/32/04/13/101/", UnitKind.TOWN),
        ("320413101203", "/32/04/13/101/203/", UnitKind.VILLAGE),
        ("320413", "/32/04/13/", UnitKind.COUNTY),
        (" 320413101 ", "/32/04/13/101/", UnitKind.TOWN),
    ],
)
def test_given_a_code_when_read_then_its_path_and_kind_follow(code: str, path: str, kind: UnitKind) -> None:
    assert (path_of_code(code), kind_of_code(code)) == (path, kind)


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("", "orgs.code_not_digits"),
        ("32041310100O", "orgs.code_not_digits"),
        ("３２0413101000", "orgs.code_not_digits"),
        ("32041310100", "orgs.code_length"),
        ("3204131010000", "orgs.code_length"),
        ("000000000000", "orgs.code_gap"),
        ("320013101000", "orgs.code_gap"),
        ("320413000203", "orgs.code_gap"),
        ("320413600000", "orgs.code_town"),
    ],
)
def test_given_a_wrong_code_when_read_then_it_says_what_is_wrong(code: str, why: str) -> None:
    with pytest.raises(BadCode) as refused:
        split_code(code)

    assert refused.value.code == why


@given(st.tuples(*[st.integers(1, high) for high in (99, 99, 99, 599, 999)]), st.integers(1, 5))
def test_given_any_area_when_its_code_is_read_then_the_path_gives_the_code_back(
    numbers: tuple[int, int, int, int, int], depth: int
) -> None:
    parts = [f"{n:0{width}d}" for n, width in zip(numbers, (2, 2, 2, 3, 3), strict=True)][:depth]
    code = "".join(parts).ljust(12, "0")

    assert code_of_path(path_of_code(code)) == code
    assert split_code(code) == tuple(parts)


@pytest.mark.parametrize(
    ("digits", "kind"),
    [
        ("001", TownType.STREET),
        ("099", TownType.STREET),
        ("100", TownType.TOWN),
        ("199", TownType.TOWN),
        ("200", TownType.TOWNSHIP),
        ("399", TownType.TOWNSHIP),
        ("400", TownType.OTHER),
        ("599", TownType.OTHER),
    ],
)
def test_given_the_town_digits_when_read_then_the_type_follows(digits: str, kind: TownType) -> None:
    assert town_type(f"320413{digits}000") is kind


def test_given_the_village_digits_when_read_then_communities_come_before_200() -> None:
    assert village_type("320413101199") is VillageType.COMMUNITY
    assert village_type("320413101200") is VillageType.VILLAGE


def test_given_taken_segments_when_a_unit_comes_then_it_takes_the_first_free_one() -> None:
    assert next_segment(UnitKind.VILLAGE, frozenset({"200", "202"})) == "201"
    assert next_segment(UnitKind.DEPARTMENT, frozenset({"d01", "o02"})) == "d02"
    assert code_of_path("/32/04/13/101/d02/") == ""


@pytest.mark.parametrize("kind", list(UnitKind))
@pytest.mark.parametrize("parent", [None, *UnitKind])
def test_given_each_kind_below_each_when_checked_then_exactly_the_table_holds(
    kind: UnitKind, parent: UnitKind | None
) -> None:
    fits = kind is UnitKind.PROVINCE if parent is None else kind in CHILDREN.get(parent, ())

    if fits:
        check_parent(kind, parent)
        return
    with pytest.raises(Refusal):
        check_parent(kind, parent)
