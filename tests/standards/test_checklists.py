"""The packaged checklists are complete, cite laws in force, and come to the places that they are for."""

from datetime import date

import pytest

from bihuan.standards.data import read_library
from bihuan.standards.data.checklist_files import read_checklists, read_laws
from bihuan.standards.rules import Checklist, Feature, Sector, fitting

LISTS = read_checklists()
LIBRARY = read_library()
TODAY = date(2026, 11, 1)
WANTED = {
    "粉尘涉爆",
    "液氨",
    "有限空间",
    "危险化学品储存和零售",
    "烟花爆竹零售",
    "建筑工地",
    "特种设备",
    "商场超市",
    "学校、养老机构、医院",
    "餐饮用气",
    "九小场所",
    "通用",
}


def test_given_the_packaged_lists_when_named_then_every_kind_of_place_has_one() -> None:
    assert len(LISTS) == 12
    assert {word for word in WANTED if not any(word in one.title for one in LISTS)} == set()
    assert len({item.id for one in LISTS for item in one.items}) == sum(len(one.items) for one in LISTS)


@pytest.mark.parametrize("one", LISTS, ids=lambda one: one.id)
def test_given_a_list_when_read_then_each_item_says_what_how_and_why(one: Checklist) -> None:
    assert 10 <= len(one.items) <= 25
    assert one.note
    for item in one.items:
        assert item.id.startswith(f"{one.id}-")
        assert item.look_at
        assert len(item.how) > len(item.look_at) or len(item.how) >= 6
        assert item.basis
        assert len(set(item.criteria)) == len(item.criteria)


@pytest.mark.parametrize("one", LISTS, ids=lambda one: one.id)
def test_given_a_list_when_valid_then_each_law_it_cites_is_in_force_from_the_first_day(one: Checklist) -> None:
    cited = [basis for item in one.items for basis in item.basis]

    assert [basis.cited_as for basis in cited if not basis.law.holds_on(one.valid_from)] == []
    assert [basis.cited_as for basis in cited if not basis.law.holds_on(TODAY)] == []
    assert [basis.article for basis in cited if not basis.article.startswith("第")] == []


@pytest.mark.parametrize("one", LISTS, ids=lambda one: one.id)
def test_given_an_article_when_called_verified_then_its_law_names_what_it_was_compared_with(one: Checklist) -> None:
    for item in one.items:
        for basis in item.basis:
            assert basis.confidence == ("verified" if basis.law.compared else "from-memory")


@pytest.mark.parametrize("one", LISTS, ids=lambda one: one.id)
def test_given_a_linked_criterion_when_looked_up_then_it_held_on_some_day_of_the_list(one: Checklist) -> None:
    linked = {name for item in one.items for name in item.criteria}
    known = {item.id: LIBRARY.standard(item.standard_id) for item in LIBRARY.criteria}

    assert linked <= set(known)
    for name in linked:
        assert known[name].effective_until is None or known[name].effective_until >= one.valid_from


def test_given_an_article_of_the_2023_criteria_when_cited_then_the_library_holds_it_or_it_is_the_general_rule() -> None:
    clauses = {item.clause for item in LIBRARY.criteria if item.standard_id == "gongmao-2023"}
    clauses |= {rule.clause for rule in LIBRARY.standard("gongmao-2023").general_rules}
    cited = {
        basis.article for one in LISTS for item in one.items for basis in item.basis if basis.law.id == "gongmao-2023"
    }

    assert cited
    assert cited <= clauses


def test_given_a_place_when_lists_are_asked_then_its_features_come_first_and_the_general_one_last() -> None:
    found = fitting(
        LISTS, on=TODAY, sectors={Sector.LIGHT_INDUSTRY}, features={Feature.WOOD_DUST, Feature.DUST_EXPLOSIVE}
    )
    shop = fitting(LISTS, on=TODAY, sectors={Sector.COMMERCE}, features={Feature.SHOP})

    assert [one.id for one in found] == ["dust", "general"]
    assert [one.id for one in shop] == ["malls-and-shops", "small-places", "general"]


def test_given_a_day_before_a_list_when_asked_then_it_does_not_come() -> None:
    early = date(2018, 1, 10)

    assert fitting(LISTS, on=early, sectors=set(Sector), features=set(Feature)) == []


def test_given_the_laws_when_read_then_each_is_cited_somewhere() -> None:
    cited = {basis.law.id for one in LISTS for item in one.items for basis in item.basis}

    assert cited == set(read_laws())
