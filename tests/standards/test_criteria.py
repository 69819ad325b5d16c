"""Which version of the criteria applies to a finding: the five rules, over every packaged standard and item."""

from datetime import date, timedelta

import pytest

from bihuan.standards.data import read_library
from bihuan.standards.rules import (
    INDUSTRY_AND_TRADE,
    Criterion,
    Feature,
    Sector,
    Standard,
    UnknownCriterion,
    applies,
    basis_on_review,
    in_force_items,
    what_changed,
)

LIBRARY = read_library()
PLAN_DAY = date(2018, 1, 15)
TODAY = date(2026, 10, 20)
ONE_DAY = timedelta(days=1)


def standard_of(item: Criterion) -> Standard:
    return LIBRARY.standard(item.standard_id)


def window(standard: Standard) -> tuple[date, date]:
    """Return the first and last day of a version, the open ends far away."""
    return standard.effective_on or date(2000, 1, 1), standard.effective_until or date(2099, 12, 31)


def test_given_the_packaged_files_when_counted_then_each_holds_the_items_its_register_says() -> None:
    counted = {s.id: sum(item.standard_id == s.id for item in LIBRARY.criteria) for s in LIBRARY.standards}

    assert counted == {
        "construction-2011": 1,
        "construction-2022": 34,
        "construction-2024": 53,
        "fire-2006": 17,
        "fire-2017": 49,
        "fire-2025": 0,
        "general-2008": 2,
        "gongmao-2017": 59,
        "gongmao-2023": 64,
        "huagong-2017": 20,
        "huagong-2026": 49,
        "special-equipment-2014": 3,
        "special-equipment-2022": 6,
        "special-equipment-2024": 47,
        "yanhua-2017": 20,
    }


@pytest.mark.parametrize("standard", LIBRARY.standards, ids=lambda standard: standard.id)
def test_given_a_version_when_the_day_is_at_its_edges_then_it_holds_inside_only(standard: Standard) -> None:
    first, last = window(standard)

    answers = [standard in LIBRARY.in_force(day) for day in (first - ONE_DAY, first, last, last + ONE_DAY)]

    assert answers == [standard.effective_on is None, True, True, standard.effective_until is None]


@pytest.mark.parametrize("standard", LIBRARY.standards, ids=lambda standard: standard.id)
def test_given_an_item_when_cited_for_a_day_outside_its_version_then_it_is_refused(standard: Standard) -> None:
    for item in LIBRARY.criteria:
        if item.standard_id == standard.id:
            _holds_within_its_version_only(item, standard)


def _holds_within_its_version_only(item: Criterion, standard: Standard) -> None:
    first, last = window(standard)

    assert LIBRARY.criterion(item.standard_id, item.id, on=first) is item
    assert LIBRARY.criterion(item.standard_id, item.clause, on=last).clause == item.clause
    for day, outside in (
        (first - ONE_DAY, standard.effective_on is not None),
        (last + ONE_DAY, standard.effective_until is not None),
    ):
        if outside:
            with pytest.raises(UnknownCriterion, match="请改用当日有效的版本"):
                LIBRARY.criterion(item.standard_id, item.id, on=day)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (
            PLAN_DAY,
            "fire-2006 special-equipment-2014 huagong-2017 yanhua-2017 construction-2011 gongmao-2017 general-2008",
        ),
        (
            TODAY,
            (
                "fire-2025 special-equipment-2024 huagong-2026 yanhua-2017 construction-2024 gongmao-2023"
                " huagong-2017 general-2008"
            ),
        ),
    ],
)
def test_given_a_day_when_versions_are_listed_then_special_ones_come_first_and_the_definition_last(
    day: date, expected: str
) -> None:
    assert " ".join(standard.id for standard in LIBRARY.in_force(day)) == expected


def test_given_versions_of_one_subject_when_any_day_is_asked_then_at_most_one_preferred_one_holds() -> None:
    edges = {edge for standard in LIBRARY.standards for edge in window(standard)}
    days = sorted({day for edge in edges for day in (edge - ONE_DAY, edge, edge + ONE_DAY)})

    crowded = []
    for day in days:
        words = [s.sector_word for s in LIBRARY.in_force(day) if s.is_preferred_on(day)]
        crowded += [(day, word) for word in set(words) if words.count(word) > 1]

    assert crowded == []


def test_given_a_successor_named_when_followed_then_no_day_falls_between_the_versions() -> None:
    gaps = []
    for standard in LIBRARY.standards:
        following = [one for one in LIBRARY.standards if one.id == standard.superseded_by]
        gaps += [
            (standard.id, one.id)
            for one in following
            if standard.effective_until is None or one.effective_on != standard.effective_until + ONE_DAY
        ]

    assert gaps == []


def test_given_the_same_finding_when_re_inspected_then_its_basis_stays_and_a_new_finding_takes_the_new_one() -> None:
    found, seen = date(2023, 5, 14), date(2023, 5, 20)

    kept = LIBRARY.in_force(basis_on_review(found, same_finding=True, seen_on=seen))
    new = LIBRARY.in_force(basis_on_review(found, same_finding=False, seen_on=seen))

    assert "gongmao-2017" in {standard.id for standard in kept}
    assert "gongmao-2017" not in {standard.id for standard in new}
    assert "gongmao-2023" in {standard.id for standard in new}


def test_given_a_dropped_version_when_the_record_is_read_today_then_it_stays_and_a_person_is_asked() -> None:
    says = what_changed(LIBRARY, "gongmao-2017", found_on=PLAN_DAY, today=TODAY)

    assert "应急管理部令第10号" in says
    assert "原定级别不变" in says
    assert what_changed(LIBRARY, "gongmao-2017", found_on=PLAN_DAY, today=date(2018, 6, 1)) == ""
    assert what_changed(LIBRARY, "yanhua-2017", found_on=PLAN_DAY, today=TODAY) == ""


@pytest.mark.parametrize("sector", Sector)
def test_given_a_sector_when_items_are_asked_then_only_its_own_and_the_cross_cutting_ones_come(sector: Sector) -> None:
    words = {standard_of(item).sector_word for item in in_force_items(LIBRARY, on=PLAN_DAY, sectors={sector})}

    expected = {"消防", "特种设备", "通用"}
    expected |= {"工贸"} if sector in INDUSTRY_AND_TRADE else set()
    expected |= {"化工和危险化学品"} if sector in {Sector.CHEMICAL, Sector.HAZARDOUS_CHEMICALS} else set()
    expected |= {"烟花爆竹"} if sector is Sector.FIREWORKS else set()
    expected |= {"建筑施工"} if sector is Sector.CONSTRUCTION else set()
    assert words == expected


def test_given_features_when_an_item_needs_one_then_it_applies_with_any_of_them_only() -> None:
    for item in LIBRARY.criteria:
        others = frozenset(Feature) - item.features

        assert applies(item, sectors=None, features=None), item.id
        assert applies(item, sectors=None, features=others) == (not item.features), item.id
        assert all(applies(item, sectors=None, features={feature}) for feature in item.features), item.id


@pytest.mark.parametrize(("standard", "clause"), [("gongmao-2019", "一"), ("gongmao-2017", "九(九)9")])
def test_given_a_wrong_citation_when_looked_up_then_the_answer_says_what_to_do(standard: str, clause: str) -> None:
    with pytest.raises(UnknownCriterion, match="请"):
        LIBRARY.criterion(standard, clause)
