"""What is proposed from an inspector's words, and what never is."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.standards.data import read_library
from bihuan.standards.rules import Criterion, Feature, Sector, Suggestion, sentences, suggest

LIBRARY = read_library()
PLAN_DAY = date(2018, 1, 15)
TODAY = date(2026, 10, 20)
CUES = [(item, cue) for item in LIBRARY.criteria for cue in item.cues]


def day_for(item: Criterion) -> date:
    standard = LIBRARY.standard(item.standard_id)
    return standard.effective_on or standard.effective_until or PLAN_DAY


def found_for(item: Criterion, words: str) -> list[Suggestion]:
    return suggest(LIBRARY, words, on=day_for(item), sectors=item.sectors, features=item.features or None)


def test_given_every_cue_when_an_inspector_writes_it_then_its_own_item_is_among_the_first_two() -> None:
    lost = [
        (item.id, cue) for item, cue in CUES if item.id not in [one.criterion.id for one in found_for(item, cue)[:2]]
    ]

    assert lost == []


def test_given_every_counter_cue_when_written_then_its_item_is_not_proposed_without_a_doubt() -> None:
    bold = [
        (item.id, counter)
        for item in LIBRARY.criteria
        for counter in item.counter_cues
        for one in found_for(item, counter)
        if one.criterion.id == item.id and not any("一般不判重大" in doubt for doubt in one.doubts)
    ]

    assert bold == []


def test_given_any_item_that_only_defines_when_its_words_are_met_then_it_is_never_proposed_as_major() -> None:
    proposed = [
        one.criterion.id
        for item, cue in CUES
        for one in found_for(item, cue)
        if one.may_be_major
        and (one.criterion.open_ended or one.criterion.refers_to or one.criterion.kind == "comprehensive")
    ]

    assert proposed == []


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("木工砂光机除尘风管没有火花探测装置", "gongmao-2017-dust-09"),
        ("包装间空调采用氨直接蒸发制冷", "gongmao-2017-ammonia-01"),
        ("铝粉打磨除尘器采用正压吹送且无防点燃措施", "gongmao-2017-dust-04"),
        ("储罐区可燃气体报警器故障未修", "huagong-2017-12"),
        ("污水池未设置有限空间警示标志，作业未审批", "gongmao-2017-confined-01"),
        ("1.灭火器压力不足；2.涉及重点监管化工工艺的装置自动化控制系统未投用", "huagong-2017-04"),
    ],
)
def test_given_words_of_a_real_ledger_when_weighed_then_the_right_item_comes_first(words: str, expected: str) -> None:
    found = suggest(LIBRARY, words, on=PLAN_DAY)

    assert found[0].criterion.id == expected
    assert found[0].reasons
    assert found[0].words in words


@pytest.mark.parametrize(
    "words",
    [
        "灭火器压力不足，3具过期",
        "皮带轮无防护罩",
        "应急预案未备案、未演练",
        "三级教育档案不全",
        "危废间未上锁",
        "",
        "，；。",
    ],
)
def test_given_ordinary_findings_when_weighed_then_nothing_is_proposed(words: str) -> None:
    assert suggest(LIBRARY, words, on=PLAN_DAY) == []


def test_given_a_place_without_the_feature_when_weighed_then_its_items_are_left_out() -> None:
    words = "木工砂光机除尘风管没有火花探测装置"

    without = suggest(LIBRARY, words, on=PLAN_DAY, sectors={Sector.LIGHT_INDUSTRY}, features=frozenset())
    unknown = suggest(LIBRARY, words, on=PLAN_DAY, sectors={Sector.LIGHT_INDUSTRY})
    known = suggest(
        LIBRARY,
        words,
        on=PLAN_DAY,
        sectors={Sector.LIGHT_INDUSTRY},
        features={Feature.WOOD_DUST, Feature.DUST_EXPLOSIVE},
    )

    assert without == []
    assert any("请先确认" in doubt for doubt in unknown[0].doubts)
    assert not any("请先确认" in doubt for doubt in known[0].doubts)


def test_given_fire_items_when_proposed_then_they_are_suspected_and_go_to_the_fire_authority() -> None:
    item = next(one for one in LIBRARY.criteria if one.id == "fire-2017-6-1")

    first = found_for(item, item.cues[0])[0]

    assert first.suspected
    assert first.proposes == "疑似重大火灾隐患"
    assert any("消防救援机构" in doubt for doubt in first.doubts)


def test_given_the_fire_standard_of_2025_when_its_clauses_are_not_known_then_older_ones_are_only_prompts() -> None:
    item = next(one for one in LIBRARY.criteria if one.id == "fire-2017-6-1")

    prompts = [one for one in suggest(LIBRARY, item.cues[0], on=TODAY) if one.criterion.id == item.id]

    assert [one.may_be_major for one in prompts] == [False]
    assert any("仅作提示" in doubt for doubt in prompts[0].doubts)


def test_given_a_broken_alarm_when_weighed_under_the_rules_of_2023_then_broken_counts_as_missing() -> None:
    found = suggest(LIBRARY, "煤气区域固定式一氧化碳报警器装了但没通电", on=TODAY, sectors={Sector.METALLURGY})

    assert found[0].criterion.id == "gongmao-2023-metallurgy-06"
    assert any("第十四条失效等同没有" in reason for reason in found[0].reasons)


def test_given_a_chemical_finding_when_two_versions_are_open_then_the_older_one_names_the_newer() -> None:
    old = next(one for one in LIBRARY.criteria if one.id == "huagong-2017-12")

    shown = [one for one in suggest(LIBRARY, old.cues[0], on=TODAY) if one.criterion.id == old.id]

    assert all(any("AQ 3067-2026" in doubt for doubt in one.doubts) for one in shown)


def test_given_several_sentences_in_a_cell_when_split_then_decimals_stay_whole() -> None:
    assert sentences("1.安全阀未校验；2.距离只有1.5米。3、无警示") == ("安全阀未校验", "距离只有1.5米", "无警示")


@given(st.text(max_size=200), st.dates(date(2000, 1, 1), date(2050, 1, 1)))
def test_given_any_words_on_any_day_when_weighed_then_scores_are_shares_and_the_version_holds(
    words: str, day: date
) -> None:
    found = suggest(LIBRARY, words, on=day)

    assert all(0 <= one.score <= 1 for one in found)
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    assert all(one.standard.holds_on(day) or not one.may_be_major for one in found)
