"""What the judge makes of the wordings that come with the criteria, and of lines of real ledgers."""

from datetime import date

import pytest

from bihuan.standards.data import read_library
from bihuan.standards.data.judging import read_judge, read_lexicon
from bihuan.standards.rules import FEATURE_NAMES, SECTOR_NAMES, Criterion
from bihuan.standards.rules.determine import Case, Enterprise, Level, Status, Verdict, candidates
from bihuan.standards.rules.determine.lexicon import Alike, Lexicon

LIBRARY = read_library()
PLAN_DAY = date(2018, 1, 15)
TODAY = date(2026, 10, 20)
# Cues that name neither the thing nor the place, so that no reading could tell the item; and counter-cues that only say
# what the enterprise is not, which its facts say and not the words of a finding.
TOO_SHORT = {
    ("fire-2006-c-11", "防火门坏得多"),
    ("fire-2017-7-7-1", "厂房该设报警没设"),
    ("gongmao-2023-dust-10", "没有按制度清扫"),
    ("huagong-2017-11", "目录内落后装置仍在用"),
    ("huagong-2017-16", "没有排查记录"),
    ("huagong-2026-5-7-3", "数据没上传"),
}
OF_THE_PLACE = {
    ("gongmao-2017-building-03", "非燃气（电、煤）窑炉"),
    ("gongmao-2023-nonferrous-05", "无水冷件的炉型"),
    ("gongmao-2023-light-02", "非白酒企业"),
    ("gongmao-2023-tobacco-01", "非熏蒸期间"),
    ("gongmao-2023-confined-01", "无中毒风险的空间"),
    ("huagong-2017-16", "有制度并实施，仅个别岗位职责不细"),
}


def judged(item: Criterion, words: str) -> Verdict:
    """Judge words at a place of the item's own sectors and features, on a day when its standard held."""
    standard = LIBRARY.standard(item.standard_id)
    day = standard.effective_on or standard.effective_until or PLAN_DAY
    sectors = tuple(SECTOR_NAMES[one] for one in sorted(item.sectors)) if len(item.sectors) < 8 else ()
    features = tuple(FEATURE_NAMES[one] for one in sorted(item.features))
    return read_judge().determine(Case(words, day, Enterprise("", sectors, features)))


def test_given_every_cue_when_an_inspector_writes_it_then_its_own_item_is_among_those_shown() -> None:
    lost = {
        (item.id, cue)
        for item in LIBRARY.criteria
        for cue in item.cues
        if item.id not in [one.met.rule.item.id for one in candidates(judged(item, cue))]
    }

    assert lost <= TOO_SHORT


def test_given_every_counter_cue_when_written_then_its_item_does_not_decide() -> None:
    bold = set()
    for item in LIBRARY.criteria:
        for counter in item.counter_cues:
            verdict = judged(item, counter)
            if verdict.level is Level.MAJOR and verdict.deciding and verdict.deciding.rule.item is item:
                bold.add((item.id, counter))

    assert bold <= OF_THE_PLACE


def test_given_any_item_that_only_defines_when_its_words_are_met_then_it_never_decides_by_itself() -> None:
    decided = [
        one.rule.item.id
        for item in LIBRARY.criteria
        for cue in item.cues
        for one in judged(item, cue).met
        if one.status is Status.HIT
        and (one.rule.item.open_ended or one.rule.item.refers_to or one.rule.item.kind == "comprehensive")
    ]

    assert decided == []


@pytest.mark.parametrize(
    ("words", "place", "expected"),
    [
        ("木工砂光机除尘风管没有火花探测装置", Enterprise(), "gongmao-2017-dust-09"),
        ("包装间空调采用氨直接蒸发制冷", Enterprise(), "gongmao-2017-ammonia-01"),
        ("铝粉打磨除尘器采用正压吹送且无防点燃措施", Enterprise(), "gongmao-2017-dust-04"),
        ("储罐区可燃气体报警器故障未修", Enterprise("化工厂"), "huagong-2017-12"),
        ("污水池未设置有限空间警示标志，作业未审批", Enterprise(), "gongmao-2017-confined-02"),
        (
            "1.灭火器压力不足；2.涉及重点监管化工工艺的装置自动化控制系统未投用",
            Enterprise("化工厂"),
            "huagong-2017-04",
        ),
    ],
)
def test_given_words_of_a_real_ledger_when_weighed_then_the_right_item_comes_first(
    words: str, place: Enterprise, expected: str
) -> None:
    verdict = read_judge().determine(Case(words, PLAN_DAY, place))

    assert verdict.met[0].rule.item.id == expected


@pytest.mark.parametrize(
    "words",
    ["灭火器压力不足，3具过期", "皮带轮无防护罩", "应急预案未备案、未演练", "三级教育档案不全", "危废间未上锁"],
)
def test_given_ordinary_findings_when_weighed_then_they_are_general(words: str) -> None:
    assert read_judge().determine(Case(words, PLAN_DAY)).level is Level.GENERAL


def test_given_a_broken_alarm_when_weighed_under_the_rules_of_2023_then_broken_counts_as_missing() -> None:
    place = Enterprise("轧钢厂", ("冶金",), ("煤气",))

    verdict = read_judge().determine(Case("煤气区域固定式一氧化碳报警器装了但没通电", TODAY, place))

    assert (verdict.level, verdict.met[0].rule.item.id) == (Level.MAJOR, "gongmao-2023-metallurgy-06")


def test_given_a_wording_with_choices_when_compiled_then_each_of_them_is_a_wording() -> None:
    lexicon = Lexicon({"封堵": ("(堵|封)(死|住)", "锁(着|)")}, Alike.of(()))

    assert lexicon.concepts["封堵"] == ("堵死", "堵住", "封死", "封住", "锁着", "锁")


def test_given_the_words_of_the_lexicon_when_compiled_then_none_has_a_sign_that_no_text_has() -> None:
    strange = [word for words in read_lexicon().concepts.values() for word in words if set("|?*+") & set(word)]

    assert strange == []
