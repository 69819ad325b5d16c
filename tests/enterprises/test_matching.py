"""Which enterprise is meant, and who else could have it: properties of the pure rules."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from bihuan.enterprises.rules.facts import Firm
from bihuan.enterprises.rules.likeness import Profile, Sought, likeness_of
from bihuan.enterprises.rules.matching import CERTAIN, Index, Known, MatchKind, Wanted
from bihuan.enterprises.rules.names import plain_name, tidy_name

PLACES = ("示例省", "示例市", "示例区", "示范镇", "示范")
TOWN = UUID(int=1)
LETTERS = "东西南北金木水火土华兴隆顺发达利源盛鑫恒昌明辉宏图"
brands = st.text(LETTERS, min_size=2, max_size=4)
endings = st.sampled_from(["木业", "机械", "纺织", "饭店", "涂料化工"])
names = st.builds(lambda brand, ending: brand + ending, brands, endings)
words = st.lists(st.sampled_from(["dust", "ammonia", "confined", "crane"]), max_size=4, unique=True).map(tuple)


def index_of(every: list[str]) -> Index:
    firms = [
        Firm(UUID(int=100 + at), TOWN, name, name, "/1/", "东村", "x", ("x",), (), False, "", "")  # noqa: FBT003 -- a row
        for at, name in enumerate(every)
    ]
    known = [Known(firm, tidy_name(firm.name), plain_name(firm.name, places=PLACES), "") for firm in firms]
    return Index.of(known, places=PLACES)


@given(st.lists(names, min_size=1, max_size=12, unique=True), st.data())
def test_given_known_names_when_one_is_wanted_in_any_dress_then_it_is_found(
    every: list[str], data: st.DataObject
) -> None:
    index, name = index_of(every), data.draw(st.sampled_from(every))
    dress = data.draw(st.sampled_from(["{}", "示范镇{}", "示例区示范镇{}有限公司", "金城镇{}厂", " {} （有限公司）"]))

    found = index.find(Wanted(dress.format(name)))

    assert name in {one.firm.name for one in found.candidates}
    assert found.kind in {MatchKind.NAME, MatchKind.PLAIN, MatchKind.SEVERAL}


@given(st.lists(names, max_size=12, unique=True), names)
def test_given_any_name_when_near_ones_are_asked_then_they_come_best_first_and_are_never_certain(
    every: list[str], wanted: str
) -> None:
    found = index_of(every).near(Wanted(wanted))

    scores = [one.score for one in found]
    assert scores == sorted(scores, reverse=True)
    assert all(score < CERTAIN for score in scores)
    assert len({one.firm.id for one in found}) == len(found)


@given(st.lists(names, min_size=1, max_size=12), names)
def test_given_a_list_when_each_is_asked_then_one_firm_or_a_choice_but_never_a_guess(
    every: list[str], wanted: str
) -> None:
    found = index_of(every).find(Wanted(wanted))

    assert (found.firm is not None) == (found.kind in {MatchKind.CODE, MatchKind.NAME, MatchKind.PLAIN})
    if found.kind is MatchKind.NEW:
        assert found.candidates == ()


@given(words, words, st.text("粉尘收集器砂光机除", max_size=12), st.text("粉尘收集器砂光机除", max_size=12))
def test_given_an_enterprise_when_it_shares_one_feature_more_then_it_is_never_less_alike(
    has: tuple[str, ...], sought: tuple[str, ...], text: str, other: str
) -> None:
    def score(features: tuple[str, ...]) -> int:
        found = likeness_of([Profile(UUID(int=1), ("a",), features, text)], Sought(("b",), sought, other))
        return found[0].score if found else 0

    for feature in sought:
        assert score((*has, feature)) >= score(has)


def test_given_a_text_when_pairs_follow_each_other_then_the_words_are_joined() -> None:
    profiles = [
        Profile(UUID(int=1), ("a",), (), "木工砂光机两台，布袋除尘器"),
        Profile(UUID(int=2), ("a",), (), "餐饮"),
    ]

    [found] = likeness_of(profiles, Sought(text="砂光机除尘风管没有火花探测装置"))

    assert found.id == UUID(int=1)
    assert found.words[:2] == ("砂光机", "除尘")
