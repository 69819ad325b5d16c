"""A person's own indicator from a form: what a list can be filtered by becomes terms, or is refused with a reason."""

from dataclasses import replace
from datetime import date

import pytest

from bihuan.campaigns import queries
from bihuan.campaigns.rules.own import Choice, OwnForm, own_indicator
from bihuan.campaigns.rules.terms import Indicator, Kind, Where
from bihuan.kernel.actor import PLATFORM
from tests.campaigns.history import live
from tests.hazards.stage import DAY, make_stage

MAJOR_CLOSED = Choice("hazards", (("tab", "closed"), ("level", "major")))
MAJORS = Choice("hazards", (("tab", "counted"), ("level", "major")))
RATE = OwnForm("重大隐患销号率", "rate", MAJOR_CLOSED, MAJORS)


def _made(form: OwnForm) -> Indicator:
    made = own_indicator(form, queries.offers(), key="own.1")
    assert isinstance(made, Indicator), made
    return made


def test_given_a_form_when_made_then_its_terms_are_the_measures_that_count_these_rows() -> None:
    made = _made(RATE)

    assert (made.key, made.title, made.kind) == ("own.1", "重大隐患销号率", Kind.RATE)
    assert [term.parts for term in made.terms()] == [
        (("hazards.in.closed", "major", 1, False),),
        (("hazards.counted", "major", 1, False),),
    ]
    assert [term.meaning for term in made.terms()] == ["已销号（重大）", "登记隐患（重大）"]


@pytest.mark.parametrize(
    ("form", "name"),
    [
        (OwnForm("企业数", "count", Choice("enterprises"), unit="家"), "enterprises.active"),
        (OwnForm("自报企业", "count", Choice("self_reports"), unit="家"), "hazards.self_reporting"),
        (OwnForm("挂牌中", "count", Choice("listings", (("tab", "all"), ("listing", "live")))), "hazards.listed"),
        (OwnForm("新发现", "count", Choice("hazards", (("tab", "valid"),), "found")), "hazards.found_fact"),
        (OwnForm("新销号", "count", Choice("hazards", (("tab", "closed"),), "closed")), "hazards.closed"),
        (OwnForm("逾期", "count", Choice("hazards", (("late", "overdue"), ("words", "")))), "hazards.overdue"),
    ],
)
def test_given_records_when_counted_then_each_has_its_measure(form: OwnForm, name: str) -> None:
    assert _made(form).names() == {name}


@pytest.mark.parametrize(
    ("form", "say"),
    [
        (replace(RATE, title=" "), "请写指标名称，不超过 40 个字。"),
        (replace(RATE, title="很" * 41), "请写指标名称，不超过 40 个字。"),
        (replace(RATE, kind="mean"), "请选计数或比率。"),
        (replace(RATE, whole=None), "比率要有分母：请选拿什么作整体。"),
        (replace(RATE, kind="count"), "计数没有分母。要算比率，请改选“比率”。"),
        (replace(RATE, whole=replace(MAJORS, period="found")), "分子和分母要按同一个日期口径，请改成一样。"),
        (
            replace(RATE, part=Choice("__import__('os')")),
            "分子：请选要统计的记录：隐患、挂牌督办、企业自报、企业。",
        ),
        (
            replace(RATE, whole=replace(MAJORS, records="users")),
            "分母：请选要统计的记录：隐患、挂牌督办、企业自报、企业。",
        ),
        (
            OwnForm("企业", "count", Choice("enterprises", (), "found")),
            "“企业”不能按“发现日期”统计，请换一个口径。",
        ),
        (
            OwnForm("两次", "count", Choice("hazards", (("tab", "open"), ("tab", "closed")))),
            "同一个筛选条件选了两次，请去掉一个。",
        ),
    ],
)
def test_given_a_form_that_is_not_whole_when_made_then_a_sentence_refuses_it(form: OwnForm, say: str) -> None:
    assert own_indicator(form, queries.offers(), key="own.1") == say


def test_given_a_filter_that_no_measure_counts_when_made_then_the_choices_are_named() -> None:
    form = OwnForm("电线", "count", Choice("hazards", (("words", "电线"), ("tab", "open"))))

    say = own_indicator(form, queries.offers(), key="own.1")

    assert isinstance(say, str)
    assert say.startswith(
        "这样筛选的数没有逐日记录，说不出过去某一天是多少。可以选：全部登记（含移送和不成立）、未销号隐患、"
    )


def test_given_a_plain_measure_when_narrowed_to_a_level_then_it_is_refused() -> None:
    repeats = Choice("hazards", (("tab", "counted"), ("repeat", "1"), ("level", "major")))

    assert isinstance(own_indicator(OwnForm("重大重复", "count", repeats), queries.offers(), key="own.1"), str)


@pytest.mark.django_db
def test_given_an_own_indicator_when_asked_then_it_is_measured_like_the_others_now_and_before() -> None:
    stage = make_stage()
    live(stage)
    form = OwnForm("销号率", "rate", Choice("hazards", (("tab", "closed"),)), Choice("hazards", (("tab", "counted"),)))
    made = [_made(form), _made(OwnForm("企业数", "count", Choice("enterprises"), unit="家"))]
    where = Where(stage.town.town.path)

    told = [
        [
            (one.numerator, one.denominator, one.text)
            for one in queries.values_of(PLATFORM, made, where, since=date(2017, 10, 1), until=date(2018, 3, 31), on=on)
        ]
        for on in (DAY, stage.day)
    ]

    assert told == [[(1, 6, "16.7%"), (3, None, "3")], [(2, 7, "28.6%"), (2, None, "2")]]
