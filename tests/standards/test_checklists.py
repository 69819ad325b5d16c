"""The packaged checklists are complete, cite laws in force, and come to the places that they are for."""

import itertools
import re
from collections import Counter
from datetime import date

import pytest

from bihuan.standards.data import read_library
from bihuan.standards.data.checklist_files import read_checklists, read_laws
from bihuan.standards.rules import Checklist, Feature, Sector, fitting

LISTS = read_checklists()
LIBRARY = read_library()
PLAN_DAY = date(2018, 1, 10)
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


def test_given_an_item_when_read_then_it_says_what_to_look_at_to_try_or_to_ask() -> None:
    verbs = re.compile("看|问|数|试|查|抽|对照|核对|开|找|请")

    assert [item.id for one in LISTS for item in one.items if not verbs.search(item.how)] == []


@pytest.mark.parametrize("day", [PLAN_DAY, date(2019, 6, 1), date(2023, 6, 1), TODAY], ids=str)
@pytest.mark.parametrize("one", LISTS, ids=lambda one: one.id)
def test_given_a_list_when_used_on_a_day_then_it_cites_laws_of_that_day_one_version_each(
    one: Checklist, day: date
) -> None:
    cited = {item.id: item.basis_on(day) for item in one.items_on(day)}

    assert len(cited) >= 8
    assert all(basis.law.holds_on(day) for basis in itertools.chain.from_iterable(cited.values()))
    for found in cited.values():
        titles = [basis.law.title.split("（")[0] for basis in found]
        assert [title for title, count in Counter(titles).items() if count > 2] == []


def test_given_an_item_when_its_law_was_amended_then_each_day_cites_the_article_of_its_version() -> None:
    item = next(item for one in LISTS for item in one.items if item.look_at == "特种作业持证")

    assert [basis.cited_as for basis in item.basis_on(PLAN_DAY)] == [
        "《中华人民共和国安全生产法（2014年修正）》第二十七条"
    ]
    assert [basis.cited_as for basis in item.basis_on(TODAY)] == ["《中华人民共和国安全生产法（2021年修正）》第三十条"]


def test_given_a_duty_that_began_later_when_used_before_then_its_item_does_not_come() -> None:
    alarm = next(item for one in LISTS for item in one.items if item.id == "restaurant-gas-01")
    lists = next(one for one in LISTS if one.id == "restaurant-gas")

    assert alarm not in lists.items_on(PLAN_DAY)
    assert alarm in lists.items_on(TODAY)


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
        last = known[name].effective_until
        assert last is None or last >= one.valid_from


def test_given_an_article_of_the_2023_criteria_when_cited_then_the_library_holds_it_or_it_is_the_general_rule() -> None:
    clauses = {item.clause for item in LIBRARY.criteria if item.standard_id == "gongmao-2023"}
    clauses |= {rule.clause for rule in LIBRARY.standard("gongmao-2023").general_rules}
    cited = {
        basis.article for one in LISTS for item in one.items for basis in item.basis if basis.law.id == "gongmao-2023"
    }

    assert cited
    assert cited <= clauses


def test_given_an_article_of_the_criteria_when_cited_then_its_item_is_pointed_at() -> None:
    by_clause = {(one.standard_id, one.clause): one.id for one in LIBRARY.criteria if "gongmao" in one.standard_id}

    missed = [
        (item.id, basis.article)
        for one in LISTS
        for item in one.items
        for basis in item.basis
        if by_clause.get((basis.law.id, basis.article), item.criteria[:1]) not in {*item.criteria, item.criteria[:1]}
    ]

    assert missed == []


POINTED = (  # read by eye: what is to be looked at there is a major hazard, or a suspicion, by these clauses
    ("special-equipment-14", date(2018, 1, 10), {"special-equipment-2014-3"}),
    ("special-equipment-14", TODAY, {"special-equipment-2024-4-1-a"}),
    ("general-13", date(2018, 1, 10), {"gongmao-2017-confined-02"}),
    ("general-13", TODAY, {"gongmao-2023-confined-02"}),
    ("chemicals-11", date(2018, 1, 10), {"fire-2006-c-3"}),
    ("chemicals-11", date(2019, 6, 1), {"fire-2017-6-2"}),
    ("chemicals-16", date(2018, 1, 10), {"huagong-2017-12"}),
    ("schools-and-care-04", date(2019, 6, 1), {"fire-2017-6-8"}),
    ("malls-and-shops-15", date(2018, 1, 10), {"special-equipment-2014-1", "special-equipment-2014-2"}),
)


@pytest.mark.parametrize(("item_id", "on", "clauses"), POINTED)
def test_given_an_item_that_finds_what_is_major_when_shown_on_a_day_then_it_points_at_the_clause_of_that_day(
    item_id: str, on: date, clauses: set[str]
) -> None:
    item = next(item for one in LISTS for item in one.items if item.id == item_id)

    assert {one.id for one in item.major_on(LIBRARY, on)} == clauses


@pytest.mark.parametrize("item_id", ["schools-and-care-08", "small-places-04"])
@pytest.mark.parametrize("on", [date(2018, 1, 10), TODAY], ids=str)
def test_given_charging_in_a_house_that_is_not_high_when_cited_then_the_fire_law_is_among_its_bases(
    item_id: str, on: date
) -> None:
    (list_of,) = [one for one in LISTS if any(item.id == item_id for item in one.items)]
    item = next(one for one in list_of.items_on(on) if one.id == item_id)

    cited = {(basis.law.title.split("（")[0], basis.article) for basis in item.basis_on(on)}
    assert {("中华人民共和国消防法", "第二十七条"), ("中华人民共和国消防法", "第二十八条")} <= cited


def test_given_a_place_when_lists_are_asked_then_its_features_come_first_and_the_general_one_last() -> None:
    found = fitting(
        LISTS, on=TODAY, sectors={Sector.LIGHT_INDUSTRY}, features={Feature.WOOD_DUST, Feature.DUST_EXPLOSIVE}
    )
    shop = fitting(LISTS, on=TODAY, sectors={Sector.COMMERCE}, features={Feature.SHOP})

    assert [one.id for one in found] == ["dust", "general"]
    assert [one.id for one in shop] == ["malls-and-shops", "small-places", "general"]


def test_given_a_day_before_a_list_when_asked_then_it_does_not_come() -> None:
    early = date(2016, 1, 10)

    assert fitting(LISTS, on=early, sectors=set(Sector), features=set(Feature)) == []


def test_given_the_laws_when_read_then_each_is_cited_somewhere() -> None:
    cited = {basis.law.id for one in LISTS for item in one.items for basis in item.basis}

    assert cited == set(read_laws())
