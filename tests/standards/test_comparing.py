"""Two versions of the criteria side by side: every item stands once, its words whole, what was read by eye holds."""

from collections.abc import Iterator
from datetime import date
from itertools import product

import pytest

from bihuan.standards.data import read_library
from bihuan.standards.rules import Change, ChangeKind, Feature, Sector, compared, compared_by_day
from bihuan.standards.rules.comparing import FOLLOWS, PARTED, TAKEN_IN, marked

LIBRARY = read_library()
IN_2018, IN_2023, IN_2026 = date(2018, 1, 10), date(2023, 6, 1), date(2026, 10, 15)
VERSIONS = [
    ("gongmao-2017", "gongmao-2023"),
    ("huagong-2017", "huagong-2026"),
    ("fire-2006", "fire-2017"),
    ("construction-2011", "construction-2022"),
    ("construction-2022", "construction-2024"),
    ("special-equipment-2014", "special-equipment-2022"),
    ("special-equipment-2022", "special-equipment-2024"),
]


def line_of(lines: list[Change], later: str) -> Change:
    return next(one for one in lines if one.later is not None and one.later.id == later and one.kind != "taken_in")


def ids_of(standard: str) -> list[str]:
    return [item.id for item in LIBRARY.criteria if item.standard_id == standard]


@pytest.mark.parametrize(("earlier", "later"), VERSIONS)
def test_given_two_versions_when_compared_then_every_item_of_both_stands_in_one_line(earlier: str, later: str) -> None:
    lines = compared(LIBRARY, {earlier}, {later})

    whole = [one for one in lines if one.kind is not ChangeKind.PARTED]
    assert sorted(one.earlier.id for one in whole if one.earlier is not None) == sorted(ids_of(earlier))
    own = [one for one in lines if one.kind is not ChangeKind.TAKEN_IN]
    assert [one.later.id for one in own if one.later is not None] == ids_of(later), "in the order of the clauses"


@pytest.mark.parametrize(("earlier", "later"), VERSIONS)
def test_given_two_versions_when_compared_then_the_pieces_are_the_texts_and_unmarked_ones_are_in_both(
    earlier: str, later: str
) -> None:
    for line in compared(LIBRARY, {earlier}, {later}):
        for item, pieces in ((line.earlier, line.before), (line.later, line.after)):
            assert "".join(text for text, _ in pieces) == (item.text if item is not None else "")
        if line.kind in {ChangeKind.CHANGED, ChangeKind.PARTED}:
            kept = ["".join(text for text, differs in side if not differs) for side in (line.before, line.after)]
            plain = ["".join(sign for sign in text if sign.isalnum()) for text in kept]
            assert plain[0] == plain[1]


@pytest.mark.parametrize(
    ("later", "earlier"),
    [
        ("gongmao-2023-ammonia-02", "gongmao-2017-ammonia-02"),  # 速冻: both conditions, now either
        ("gongmao-2023-dust-03", "gongmao-2017-dust-03"),  # 控爆: 隔爆 no longer counts
        ("gongmao-2023-confined-02", "gongmao-2017-confined-02"),
        ("gongmao-2023-mgmt-03", "gongmao-2017-metallurgy-11"),  # moved to another heading
        ("gongmao-2023-tobacco-01", "gongmao-2017-tobacco-01"),
        ("gongmao-2023-metallurgy-02", "gongmao-2017-metallurgy-04"),
    ],
)
def test_given_a_condition_that_changed_its_logic_when_compared_then_it_stands_beside_its_earlier_self(
    later: str, earlier: str
) -> None:
    line = line_of(compared(LIBRARY, {"gongmao-2017"}, {"gongmao-2023"}), later)

    assert line.earlier is not None
    assert line.earlier.id == earlier
    assert line.kind is ChangeKind.CHANGED


def test_given_the_words_read_by_eye_when_checked_then_every_id_in_them_is_an_item() -> None:
    known = {item.id for item in LIBRARY.criteria}

    told = {*FOLLOWS, *(one for one in FOLLOWS.values() if one), *TAKEN_IN, *TAKEN_IN.values()}
    assert told | {*PARTED, *PARTED.values()} <= known


DROPPED = {  # read by eye: what a later version truly lists no more, clause by clause
    "gongmao-2023": {
        *(f"gongmao-2017-metallurgy-0{number}" for number in (2, 3, 5, 7)),
        *(f"gongmao-2017-nonferrous-0{number}" for number in (1, 3, 8)),
        "gongmao-2017-machinery-02",
        "gongmao-2017-light-05",
        "gongmao-2017-commerce-01",
    },
    "huagong-2026": {"huagong-2017-13"},
    "fire-2017": set[str](),
    "construction-2022": {"construction-2011-01"},
    "construction-2024": {"construction-2022-07-5"},
    "special-equipment-2022": set[str](),
    "special-equipment-2024": {"special-equipment-2022-6"},
}


@pytest.mark.parametrize(("earlier", "later"), VERSIONS)
def test_given_two_versions_when_compared_then_only_what_is_listed_no_more_is_said_to_be_dropped(
    earlier: str, later: str
) -> None:
    lines = compared(LIBRARY, {earlier}, {later})

    dropped = {one.earlier.id for one in lines if one.kind is ChangeKind.DROPPED and one.earlier is not None}
    assert dropped == DROPPED[later]


def test_given_one_clause_that_became_several_when_compared_then_each_stands_beside_it_and_none_is_called_new() -> None:
    lines = compared(LIBRARY, {"huagong-2017"}, {"huagong-2026"})

    of_alarms = [one for one in lines if one.earlier is not None and one.earlier.id == "huagong-2017-12"]
    kinds = {one.later.id: one.kind for one in of_alarms if one.later is not None}
    assert kinds == {"huagong-2026-5-4-2": ChangeKind.PARTED, "huagong-2026-5-4-3": ChangeKind.CHANGED}


def test_given_an_item_that_another_took_in_when_compared_then_it_is_not_said_to_be_dropped() -> None:
    lines = compared(LIBRARY, {"gongmao-2017"}, {"gongmao-2023"})

    (line,) = [one for one in lines if one.earlier is not None and one.earlier.id == "gongmao-2017-dust-09"]
    assert line.kind is ChangeKind.TAKEN_IN
    assert line.later is not None
    assert line.later.id == "gongmao-2023-dust-08"


def test_given_a_version_whose_clauses_are_not_known_when_compared_then_nothing_is_said_to_be_dropped() -> None:
    found = compared_by_day(LIBRARY, before=IN_2023, after=IN_2026, family="消防")

    assert [one.id for one in found.untold] == ["fire-2025"]
    assert not found.lines


def test_given_a_version_with_a_successor_that_is_preferred_when_compared_then_it_counts_as_replaced() -> None:
    found = compared_by_day(LIBRARY, before=IN_2023, after=IN_2026, family="化工和危险化学品")

    assert [[one.id for one in side] for side in (found.earlier, found.later)] == [["huagong-2017"], ["huagong-2026"]]


def days() -> Iterator[date]:
    yield from (IN_2018, IN_2023, IN_2026)


@pytest.mark.parametrize(("before", "after"), list(product(days(), days())))
def test_given_a_kind_of_place_when_compared_then_only_what_can_concern_it_is_told(before: date, after: date) -> None:
    everything = compared_by_day(LIBRARY, before=before, after=after).lines
    sectors, features = {Sector.LIGHT_INDUSTRY}, {Feature.CONFINED_SPACE}
    told = compared_by_day(LIBRARY, before=before, after=after, sectors=sectors, features=features).lines

    assert set(told) <= set(everything)
    assert (before == after) == (not everything)
    for line in told:
        items = [item for item in (line.earlier, line.later) if item is not None]
        assert any(not item.features or item.features & features for item in items)


def test_given_a_shop_with_a_lift_when_one_clause_became_one_for_each_equipment_then_only_that_of_lifts_is_told() -> (
    None
):
    versions = {"special-equipment-2022"}, {"special-equipment-2024"}
    lines = compared(LIBRARY, *versions, sectors={Sector.COMMERCE}, features={Feature.SHOP, Feature.LIFT})

    parted = {one.later.id for one in lines if one.kind is ChangeKind.PARTED and one.later is not None}
    assert parted == {f"special-equipment-2024-4-6-{letter}" for letter in "abd"}
    assert [one.earlier.id for one in lines if one.kind is ChangeKind.DIVIDED and one.earlier] == [
        "special-equipment-2022-3"
    ]


def test_given_one_sign_that_agrees_when_marked_then_it_is_not_shown_as_kept() -> None:
    assert marked("甲乙丙", "丁乙戊") == ((("甲乙丙", True),), (("丁乙戊", True),))


def test_given_a_trade_when_compared_over_years_then_no_clause_is_paired_with_one_of_another_family() -> None:
    words = {one.id: one.sector_word for one in LIBRARY.standards}
    found = compared_by_day(LIBRARY, before=IN_2018, after=IN_2026, sectors={Sector.LIGHT_INDUSTRY})

    both = [(one.earlier, one.later) for one in found.lines if one.earlier is not None and one.later is not None]
    assert both
    assert [one for one in both if words[one[0].standard_id] != words[one[1].standard_id]] == []
