"""Quantities as people say them: in one breath, in parts, as shares, with what they count left out."""

import pytest

from bihuan.standards.rules.determine.amounts import amounts, beyond, share


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("七八个人", 7, 8),
        ("挤了十四五个妇女", 14, 15),
        ("二三十人", 20, 30),
        ("八、九个人", 8, 9),
        ("里头有一打工人", 12, 12),
        ("旁边站着十来个装盘的", 10, 15),
        ("工人有十三个", 13, 13),
        ("十二个穿白大褂的都在里面", 12, 12),
        ("挤着十一个", 11, 11),
        ("仨人", 3, 3),
        ("点了下人头，里面有十五六个", 15, 16),
        ("一千二百人", 1200, 1200),
    ],
)
def test_given_people_counted_in_any_words_when_read_then_they_are_people(text: str, low: float, high: float) -> None:
    assert [(one.low, one.high, one.unit) for one in amounts(text)] == [(low, high, "人")]


@pytest.mark.parametrize(
    ("text", "sum_of"), [("男的六个女的七个", 13), ("6个装盘的加上5个打包的", 11), ("四个装盘的外加六个推车的", 10)]
)
def test_given_people_counted_in_two_parts_when_read_then_their_sum_is_there(text: str, sum_of: float) -> None:
    assert max(one.low for one in amounts(text) if one.unit == "人") == sum_of


@pytest.mark.parametrize("text", ["灭火器十二个", "打磨工具十个", "装了十二个插座", "第十一条"])
def test_given_things_counted_when_read_then_they_are_no_people(text: str) -> None:
    assert [one for one in amounts(text) if one.unit == "人"] == []


@pytest.mark.parametrize(
    ("text", "kilopascals"),
    [("水封只有两米半水柱", 24.5), ("2500mm水柱", 24.5), ("两米八水柱", 27.44), ("零点零二五mpa", 25)],
)
def test_given_a_pressure_in_other_measures_when_read_then_it_is_in_kilopascals(text: str, kilopascals: float) -> None:
    assert [(round(one.low, 3), one.unit) for one in amounts(text)] == [(kilopascals, "千帕")]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("七成的灯不亮", 70, 70),
        ("七八成不亮", 70, 80),
        ("三分之二坏了", 66.7, 66.7),
        ("一半坏了", 50, 50),
        ("不到一半", 0, 50),
        ("一层楼二十个门坏了十二个", 60, 60),
    ],
)
def test_given_a_share_in_words_when_read_then_its_bounds_are_known(text: str, low: float, high: float) -> None:
    part = share(amounts(text))

    assert part is not None
    assert tuple(round(one, 1) for one in part) == (low, high)


def test_given_more_than_half_when_read_then_it_exceeds_half() -> None:
    part = share(amounts("防火门坏了一大半"))

    assert part is not None
    assert part[0] > 50


@pytest.mark.parametrize("text", ["制成品堆在门口", "换成人工操作", "完成了"])
def test_given_the_character_for_tenths_in_another_word_when_read_then_it_is_no_share(text: str) -> None:
    assert share(amounts(text)) is None


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("炉顶压力设定210kpa,设计是200", True),
        ("炉顶压力设定190kpa,设计是200", False),
        ("炉顶压力设定0.21mpa,设计0.2", None),
        ("炉顶压力设定210kpa,设计2018年改", None),
    ],
)
def test_given_a_bare_figure_for_the_limit_when_compared_then_it_is_in_the_unit_of_the_other(
    text: str, *, more: bool | None
) -> None:
    found = [one for one in amounts(text) if one.unit == "千帕"]

    assert beyond(found, [text.index("设计") + 2], text) is more


@pytest.mark.parametrize(("text", "people"), [("里面站了十二", 12), ("吊篮里头仨", 3), ("看见俩,在压药", 2)])
def test_given_people_without_a_unit_when_read_then_they_are_counted(text: str, people: float) -> None:
    assert [one.high for one in amounts(text) if one.unit == "人"] == [people]


@pytest.mark.parametrize("text", ["坐了十二号线来", "挤着一箱货", "俩灭火器过期"])
def test_given_a_number_of_something_else_when_read_then_it_counts_no_people(text: str) -> None:
    assert not [one for one in amounts(text) if one.unit == "人"]
