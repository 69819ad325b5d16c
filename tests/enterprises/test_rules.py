from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.enterprises.rules.codes import ALPHABET, Verdict, check_character, check_code
from bihuan.enterprises.rules.facts import masked_phone, pack, unpack
from bihuan.enterprises.rules.industries import DIVISIONS, industry_problem, section_of, size_group_of
from bihuan.enterprises.rules.names import plain_name, short_name_of
from bihuan.enterprises.rules.sizes import LIMITS, WAN, Figures, SizeClass, SizeGroup, is_above_scale, size_class

bodies = st.text(ALPHABET, min_size=17, max_size=17)
figures = st.builds(
    Figures,
    st.integers(0, 2_000),
    st.decimals(0, 900_000 * WAN, places=2),
    st.decimals(0, 900_000 * WAN, places=2),
)
ORDER = [SizeClass.MICRO, SizeClass.SMALL, SizeClass.MEDIUM, SizeClass.LARGE]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("91350100M000100Y43", Verdict.VALID),
        ("91512081MA62K0260E", Verdict.VALID),
        ("11320000MB151840XJ", Verdict.VALID),
        (" ９１３５0100m000100y43 ", Verdict.VALID),
        ("91350100M000100Y4Z", Verdict.WRONG_CHARACTERS),
        ("91350100M000100Y44", Verdict.DOUBTFUL),
        ("91350100M000100Y4", Verdict.WRONG_LENGTH),
        ("11010519491231002X", Verdict.CITIZEN_ID),
        ("", Verdict.EMPTY),
        ("  ", Verdict.EMPTY),
    ],
)
def test_given_a_code_when_checked_then_the_verdict_is_that_of_the_rule_book(text: str, verdict: Verdict) -> None:
    assert check_code(text).verdict is verdict


@given(bodies)
def test_given_any_seventeen_characters_when_the_check_is_added_then_the_code_is_valid(body: str) -> None:
    code = body + check_character(body)

    assert check_code(code).verdict in {Verdict.VALID, Verdict.CITIZEN_ID}
    assert check_code(code).verdict is Verdict.VALID


@given(bodies, st.integers(0, 17), st.sampled_from(ALPHABET))
def test_given_a_valid_code_when_one_character_is_changed_then_it_is_noticed(body: str, at: int, other: str) -> None:
    code = body + check_character(body)
    changed = code[:at] + other + code[at + 1 :]

    assert (check_code(changed).verdict is Verdict.VALID) == (changed == code)


@given(st.text(max_size=30))
def test_given_any_text_when_checked_then_there_is_a_sentence_unless_it_is_fine(text: str) -> None:
    checked = check_code(text)

    assert bool(checked.say) == (checked.verdict not in {Verdict.VALID, Verdict.EMPTY})


@given(st.sampled_from(SizeGroup), figures)
def test_given_any_figures_when_classed_then_all_limits_of_the_class_are_reached(
    group: SizeGroup, have: Figures
) -> None:
    found = size_class(group, have)

    reached = [
        size
        for size, limits in LIMITS[group]
        if (limits.staff is None or (have.staff or 0) >= limits.staff)
        and (limits.revenue_wan is None or (have.revenue_yuan or 0) >= limits.revenue_wan * WAN)
        and (limits.assets_wan is None or (have.assets_yuan or 0) >= limits.assets_wan * WAN)
    ]
    assert found is (reached[0] if reached else SizeClass.MICRO)


@given(st.sampled_from(SizeGroup), figures, st.integers(0, 1_000), st.decimals(0, 10**9, places=2))
def test_given_an_enterprise_when_it_grows_then_its_class_never_falls(
    group: SizeGroup, have: Figures, more: int, money: Decimal
) -> None:
    assert have.staff is not None
    assert have.revenue_yuan is not None
    assert have.assets_yuan is not None
    grown = Figures(have.staff + more, have.revenue_yuan + money, have.assets_yuan + money)

    before, after = size_class(group, have), size_class(group, grown)

    assert before is not None
    assert after is not None
    assert ORDER.index(after) >= ORDER.index(before)


def test_given_many_people_and_little_revenue_when_classed_then_it_falls_to_where_all_limits_hold() -> None:
    assert size_class(SizeGroup.INDUSTRY, Figures(1_000, Decimal(40_000 * WAN))) is SizeClass.LARGE
    assert size_class(SizeGroup.INDUSTRY, Figures(1_000, Decimal(39_999 * WAN))) is SizeClass.MEDIUM
    assert size_class(SizeGroup.INDUSTRY, Figures(1_000, Decimal(299 * WAN))) is SizeClass.MICRO
    assert size_class(SizeGroup.INDUSTRY, Figures(1_000, None)) is None
    assert size_class(None, Figures(1_000, Decimal(1))) is None


def test_given_revenue_when_asked_for_above_scale_then_two_thousand_wan_is_included() -> None:
    assert is_above_scale(SizeGroup.INDUSTRY, Figures(revenue_yuan=Decimal(2_000 * WAN))) is True
    assert is_above_scale(SizeGroup.INDUSTRY, Figures(revenue_yuan=Decimal("19999999.99"))) is False
    assert is_above_scale(SizeGroup.RETAIL, Figures(revenue_yuan=Decimal(10**9))) is None


def test_given_both_editions_when_listed_then_every_division_has_a_section_in_order() -> None:
    for edition, last in (("2017", 97), ("2011", 96)):
        codes = sorted(DIVISIONS[edition])
        sections = [section_of(code, edition=edition) for code in codes]
        assert codes == [f"{number:02d}" for number in range(1, last + 1)]
        assert sections == sorted(sections)
        assert sorted(set(sections)) == list("ABCDEFGHIJKLMNOPQRST")


def test_given_industry_codes_when_read_then_editions_and_gaps_are_told_apart() -> None:
    assert section_of("8210", edition="2017") == "O"
    assert section_of("8210", edition="2011") == "P"
    assert industry_problem("9700", edition="2011") == "GB/T 4754-2011 里没有以 97 开头的行业大类，请核对行业代码。"
    assert industry_problem("1") != ""
    assert size_group_of("5910") is SizeGroup.TRANSPORT
    assert size_group_of("5920") is SizeGroup.STORAGE
    assert size_group_of("5310") is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("金城镇东方木业有限公司", "示范镇东方木业有限公司"),
        ("东方木业（有限公司）", "示范镇东方木业有限责任公司"),
        ("示例区示范镇东方木业厂", "东方木业"),
        ("示范东方木业有限公司", "东方木业有限公司"),
        ("金桥建筑工地(三期)", "金桥建筑工地（三期）"),
        ("ＡＢＣ机械厂", "abc机械 有限公司"),
        ("示例镇东方木业", "东方木业"),
        ("示范市场超市", "示范镇市场超市"),
    ],
)
def test_given_two_spellings_of_one_name_when_made_plain_then_they_are_equal(one: str, other: str) -> None:
    places = ("示例省", "示例市", "示例区", "示范镇", "示范")

    assert plain_name(one, places=places) == plain_name(other, places=places)


def test_given_names_that_are_all_place_or_kind_when_made_plain_then_something_stays() -> None:
    assert plain_name("钢厂") == "钢厂"
    assert plain_name("古镇酒楼") == "古镇酒楼"
    assert short_name_of("示范镇东方木业有限公司", places=("示范镇",)) == "东方木业"


@given(st.text(max_size=40))
def test_given_any_name_when_made_plain_then_doing_it_with_spaces_and_brackets_changes_nothing(name: str) -> None:
    assert plain_name(f" ( {name} ) ") == plain_name(name)


@given(st.lists(st.text("abc_", min_size=1, max_size=5)))
def test_given_words_when_packed_then_they_come_back_once_and_in_order(words: list[str]) -> None:
    assert unpack(pack(words)) == tuple(dict.fromkeys(words))


def test_given_a_phone_when_masked_then_the_middle_is_hidden() -> None:
    assert masked_phone("13812345678") == "138******78"
    assert masked_phone("110") == "***"
