"""Several hazards in one text: each is judged, and 一般 is said with its reason as plainly as 重大."""

from datetime import date

import pytest

from bihuan.standards.data.judging import read_judge
from bihuan.standards.rules.determine import Case, Enterprise, Level, Verdict, reason
from tests.standards.scoring import CASES, read_cases
from tests.standards.test_judging_pairs import PAIRS, place_of

WINTER = date(2018, 1, 10)
JOINER = Enterprise("木质家具制造", ("工贸", "粉尘涉爆"), ("木粉尘", "有砂光机"))
ORDER = (Level.GENERAL, Level.OPEN, Level.MAJOR)


@pytest.fixture(scope="module")
def labelled() -> list[Verdict]:
    """Return what the labelled texts of the tuning half are judged to be."""
    cases = read_cases(CASES / "tuning.yaml")
    return [read_judge().determine(Case(one.text, one.found_on, place_of(dict(one.enterprise)))) for one in cases]


@pytest.mark.parametrize(
    ("text", "levels", "says"),
    [
        (
            "灭火器压力不足；砂光机风管无火花探测；地面有油污",
            ["一般", "重大", "一般"],
            [
                "“灭火器压力不足”一般，",
                "“砂光机风管无火花探测”重大，符合",
                "一(一)9",
                "“地面有油污”一般，",
            ],
        ),
        (
            "灭火器过期已当场更换；砂光机风管无火花探测",
            ["一般", "重大"],
            ["“灭火器过期已当场更换”一般，文中说", "现状已不存在", "“砂光机风管无火花探测”重大"],
        ),
        (
            "除尘器泄爆口没有、隔爆也没有；砂光机风管无火花探测",
            ["重大", "重大"],
            ["一(一)3", "一(一)9"],
        ),
        ("裁板锯防护罩缺；清扫制度没有，现场没有积尘", ["一般", "待定"], ["”待定，可能涉及", "一(一)10"]),
        ("灭火器没检；安全出口指示灯坏一个", ["一般", "一般"], ["“灭火器没检”一般，", "“安全出口指示灯坏一个”一般，"]),
    ],
)
def test_given_several_hazards_when_judged_then_each_has_its_level_and_why(
    text: str, levels: list[str], says: list[str]
) -> None:
    verdict = read_judge().determine(Case(text, WINTER, JOINER))

    assert [one.level for one in verdict.parts] == levels
    assert [one for one in says if one not in reason(verdict)] == []


def test_given_a_part_put_right_when_the_other_is_not_then_the_text_is_not_said_to_be_put_right() -> None:
    verdict = read_judge().determine(Case("灭火器过期已当场更换；裁板锯防护罩缺", WINTER, JOINER))

    assert verdict.level is Level.GENERAL
    assert "裁板锯防护罩缺”一般" in reason(verdict)
    assert "按一般隐患记录并留整改证据" not in reason(verdict)


def test_given_labelled_texts_when_parted_then_the_gravest_part_is_the_level_of_the_whole(
    labelled: list[Verdict],
) -> None:
    joined = [
        Case(f"{pair['hit']}；墙上的钟停了", date.fromisoformat(pair["found_on"]), place_of(pair["enterprise"]))
        for pair in PAIRS
    ]
    parted = [one for one in (*labelled, *map(read_judge().determine, joined)) if one.parts]
    differ = [
        (one.case.text, str(one.level), [str(part.level) for part in one.parts])
        for one in parted
        if max((part.level for part in one.parts), key=ORDER.index) != one.level
    ]

    assert len(parted) > len(PAIRS)
    assert differ == []


def test_given_labelled_texts_that_are_general_when_explained_then_each_says_what_it_is_about(
    labelled: list[Verdict],
) -> None:
    general = [one for one in labelled if one.level is Level.GENERAL]

    assert [one.case.text for one in general if "差在：。" in reason(one) or len(reason(one)) < 40] == []
    assert [one.case.text for one in general if "一般" not in reason(one)] == []
