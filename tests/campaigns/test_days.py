"""How plans word dates: what is given is read, what is not stays empty."""

from datetime import date

import pytest

from bihuan.campaigns.rules.days import Anchor, full_day, lasting, no_such_days, spans
from bihuan.campaigns.rules.deadlines import deadline, deadlines
from bihuan.campaigns.rules.how_often import frequency
from bihuan.campaigns.rules.text import fold

SPRING_2018 = Anchor(2018, 1)
AUTUMN_2017 = Anchor(2017, 11)


@pytest.mark.parametrize(
    ("sentence", "anchor", "text", "on"),
    [
        ("各村于3月底前完成", SPRING_2018, "3月底前", date(2018, 3, 31)),
        ("3月底前完成", Anchor(), "3月底前", None),
        ("于2018年2月14日前报送", Anchor(), "2018年2月14日前", date(2018, 2, 14)),
        ("2018年年底前全部达标", Anchor(), "2018年年底前", date(2018, 12, 31)),
        ("2月10日17:00前报送", SPRING_2018, "2月10日17:00前", date(2018, 2, 10)),
        ("2月底前完成", AUTUMN_2017, "2月底前", date(2018, 2, 28)),
        ("行动延期至3月底", AUTUMN_2017, "3月底", date(2018, 3, 31)),
        ("自1月5日至20日，各村自查", SPRING_2018, "自1月5日至20日", date(2018, 1, 20)),
        ("2024年第三季度末，出台政策", Anchor(), "2024年第三季度末", date(2024, 9, 30)),
        ("春节前完成检查", SPRING_2018, "春节前", None),
        ("农历正月十五前不得离岗", SPRING_2018, "农历正月十五前", None),
        ("三个工作日内办结", SPRING_2018, "三个工作日内", None),
        ("每月25日前报送", SPRING_2018, "每月25日前", None),
        ("6月中旬前完成", SPRING_2018, "6月中旬前", date(2018, 6, 20)),
        ("6月上旬组织", SPRING_2018, "6月上旬", date(2018, 6, 10)),
        ("6月上旬至7月下旬开展", SPRING_2018, "6月上旬至7月下旬", date(2018, 7, 31)),
        ("6月初完成", SPRING_2018, "6月初", None),
        ("4—6月开展排查", SPRING_2018, "4-6月", date(2018, 6, 30)),
        ("6月15日、9月15日、12月15日前分别报送", SPRING_2018, "6月15日、9月15日、12月15日前", date(2018, 6, 15)),
        ("6月30日和12月31日前分别报送", SPRING_2018, "6月30日和12月31日前", date(2018, 6, 30)),
        ("截止时间为6月20日", SPRING_2018, "6月20日", date(2018, 6, 20)),
        ("自本通知印发之日起至6月30日", SPRING_2018, "自本通知印发之日起至6月30日", date(2018, 6, 30)),
        ("从现在开始到明年3月开展", SPRING_2018, "从现在开始到明年3月", date(2019, 3, 31)),
        ("每年6月、12月底前报送", SPRING_2018, "每年6月、12月底前", None),
        ("于每月最后一个工作日前报送", SPRING_2018, "每月最后一个工作日前", None),
        ("每季度最后一个月20日前报送", SPRING_2018, "每季度最后一个月20日前", None),
        ("每天早7点前上岗", SPRING_2018, "每天早7点前", None),
        ("次月5日前报送上月情况", SPRING_2018, "次月5日前", None),
        ("当月25日前报送", SPRING_2018, "当月25日前", None),
        ("周五下班前报送", SPRING_2018, "周五下班前", None),
        ("当日17时前报送", SPRING_2018, "当日17时前", None),
        ("月底前完成", SPRING_2018, "月底前", None),
        ("一年内完成改造", SPRING_2018, "一年内", None),
        ("半年内完成改造", SPRING_2018, "半年内", None),
        ("两年内退出", SPRING_2018, "两年内", None),
        ("必须在十九大召开前整改到位", SPRING_2018, "十九大召开前", None),
        ("中秋、国庆节前完成", SPRING_2018, "中秋、国庆节前", None),
        ("6月30日前和12月10日前报送", SPRING_2018, "6月30日前和12月10日前", date(2018, 6, 30)),
        ("完善制度，上半年关闭退出3处煤矿", SPRING_2018, "上半年", date(2018, 6, 30)),
        ("从即日起至两会结束，各单位要值班", SPRING_2018, "从即日起至两会结束", None),
        ("3月3日、10日、17日下班前报送", SPRING_2018, "3月3日、10日、17日下班前", date(2018, 3, 3)),
        ("2月8日（腊月二十九）前完成", SPRING_2018, "2月8日(腊月二十九)前", date(2018, 2, 8)),
        ("进行汛前检查，5月15日前完成储备", SPRING_2018, "5月15日前", date(2018, 5, 15)),
        ("每季度最后一周报送总结", SPRING_2018, "每季度最后一周", None),
        ("在国庆假期前（9月28日前）完成", SPRING_2018, "国庆假期前(9月28日前)", date(2018, 9, 28)),
        ("限期7天整改", SPRING_2018, "7天", None),
        ("整改时限不超过15日", SPRING_2018, "15日", None),
        ("节前完成检查", SPRING_2018, "节前", None),
        ("秋收前完成检修", SPRING_2018, "秋收前", None),
        ("除夕至正月十五，各村巡防", SPRING_2018, "除夕至正月十五", None),
        ("汛前完成检查", SPRING_2018, "汛前", None),
        ("到“十四五”末，基本建成", SPRING_2018, "“十四五”末", None),
        ("2018年2月30日前完成", Anchor(), "2018年2月30日前", None),
    ],
)
def test_given_a_deadline_when_read_then_its_words_are_kept_and_its_day_only_where_given(
    sentence: str, anchor: Anchor, text: str, on: date | None
) -> None:
    found = deadline(fold(sentence), anchor)

    assert found is not None
    assert (found.text, found.on) == (text, on)


@pytest.mark.parametrize("sentence", ["各村要落实责任。", "认真吸取2015年8月事故教训。", "目前处于节前时期。"])
def test_given_no_deadline_when_read_then_there_is_none(sentence: str) -> None:
    assert deadline(sentence, SPRING_2018) is None


@pytest.mark.parametrize(
    ("sentence", "issued", "start", "end"),
    [
        ("即日起至12月底", date(2014, 8, 20), date(2014, 8, 20), date(2014, 12, 31)),
        ("从现在起至3月底", None, None, None),
        ("自2017年11月1日至次年3月20日", None, date(2017, 11, 1), date(2018, 3, 20)),
        ("2020年4月启动，至2022年12月结束", None, date(2020, 4, 1), date(2022, 12, 31)),
        ("2012年10月1至10月31日", None, date(2012, 10, 1), date(2012, 10, 31)),
        ("2018年1月5日—20日", None, date(2018, 1, 5), date(2018, 1, 20)),
        ("2024年1月下旬至2月上旬", None, date(2024, 1, 21), date(2024, 2, 10)),
        ("2024年4—6月", None, date(2024, 4, 1), date(2024, 6, 30)),
        ("2024—2026年", None, date(2024, 1, 1), date(2026, 12, 31)),
        ("2024年3 月3日一3 月11 日", None, date(2024, 3, 3), date(2024, 3, 11)),
        ("2024年3月10日开始，6月10日结束", None, date(2024, 3, 10), date(2024, 6, 10)),
        ("自本方案印发之日起至12月31日", date(2024, 3, 5), date(2024, 3, 5), date(2024, 12, 31)),
        ("2024年11月至2025年春节前", None, date(2024, 11, 1), None),
    ],
)
def test_given_a_period_when_read_then_both_ends_are_as_given(
    sentence: str, issued: date | None, start: date | None, end: date | None
) -> None:
    anchor = Anchor(issued.year, issued.month) if issued else Anchor()

    found = spans(fold(sentence), anchor, issued)[0]

    assert (found.start_on, found.end_on) == (start, end)


@pytest.mark.parametrize(
    ("sentence", "start", "end", "length"),
    [
        ("自2024年3月1日起，在全县开展为期三个月的整治", date(2024, 3, 1), date(2024, 5, 31), "为期三个月"),
        ("从4月1日开始，利用10天时间", date(2024, 4, 1), date(2024, 4, 10), "利用10天时间"),
        ("从2024年4月起，开展为期一年的行动", date(2024, 4, 1), date(2025, 3, 31), "为期一年"),
        ("即日起开展为期一个月的整治", date(2024, 3, 5), None, "为期一个月"),
        ("决定用两个月时间，在全镇开展", None, None, "用两个月时间"),
    ],
)
def test_given_the_length_of_a_period_when_read_then_its_end_is_a_day_only_where_it_can_be_no_other(
    sentence: str, start: date | None, end: date | None, length: str
) -> None:
    found = lasting(fold(sentence), Anchor(2024, 3), date(2024, 3, 5))

    assert found is not None
    assert (found.start_on, found.end_on, found.end_text) == (start, end, length)


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("二〇一四年八月二十日", date(2014, 8, 20)),
        ("二○一七年十二月三日", date(2017, 12, 3)),
        ("（2018年1月5日）", date(2018, 1, 5)),
        ("2018.1.5", date(2018, 1, 5)),
        ("2018年1月", None),
        ("1月5日", None),
        ("2018年13月5日", None),
    ],
)
def test_given_a_line_that_is_only_a_day_when_read_then_it_is_that_day(text: str, on: date | None) -> None:
    assert full_day(fold(text)) == on


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("每月至少召开一次会议", "每月"),
        ("实行“日报告”制度", "每日"),
        ("每半月召开一次碰头会", "每半月"),
        ("对每家企业检查一遍", None),
        ("定期研判", "定期"),
        ("一周一调度", "每周"),
    ],
)
def test_given_how_often_when_read_then_it_is_said(sentence: str, said: str | None) -> None:
    assert frequency(sentence) == said


@pytest.mark.parametrize(
    "sentence",
    [
        "县整治办每周一调度、每周一通报。",
        "2015年12月前建成的房屋要逐栋鉴定。",
        "清明节前后，领导到村督查。",
        "从3月8日起，组织宣传。",
        "近年来，2015年8月前后事故多发。",
    ],
)
def test_given_words_around_a_day_when_read_then_they_are_no_deadline(sentence: str) -> None:
    assert deadline(fold(sentence), SPRING_2018) is None


def test_given_the_day_of_a_meeting_when_read_then_that_is_the_deadline() -> None:
    found = deadline(fold("3月21日下午召开专题会议。"), SPRING_2018)

    assert found is not None
    assert found.on == date(2018, 3, 21)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("自2018年2月30日起至3月5日", ["2018年2月30日"]),
        ("2019年2月29日前、4月31日前", ["2019年2月29日", "4月31日"]),
        ("2月29日前、2020年2月29日前、12月31日前", []),
        ("13月5日前", ["13月5日"]),
    ],
)
def test_given_a_day_that_no_calendar_has_when_looked_for_then_it_is_told(text: str, days: list[str]) -> None:
    assert [text[start:end] for start, end in no_such_days(text)] == days


@pytest.mark.parametrize(("month", "year"), [(3, None), (4, None), (5, 2021), (1, 2022), (12, 2021)])
def test_given_a_month_just_passed_when_no_year_is_said_then_no_day_is_guessed(month: int, year: int | None) -> None:
    due = deadline(f"{month}月底前完成", Anchor(2021, 5))

    assert due is not None
    assert (due.on.year if due.on else None) == year


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("各村12月底完成排查。", "12月底"),
        ("各村3月底组织一次演练。", "3月底"),
        ("县应急局4月10日至20日开展检查。", "4月10日至20日"),
        ("县应急局4月10日-20日开展检查。", "4月10日-20日"),
        ("各村即日起至春节结束每天巡查。", "即日起至春节结束"),
        ("各村次月5日前上报。", "次月5日前"),
        ("各村春节前完成。", "春节前"),
        ("各村6月底和12月底以前各报一次。", "6月底和12月底以前"),
    ],
)
def test_given_words_of_a_day_when_read_then_no_pattern_is_left_out_for_want_of_its_characters(
    text: str, words: str
) -> None:
    assert [one.text for one in deadlines(text, Anchor(2024, 3))] == [words]
