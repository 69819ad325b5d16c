"""Own indicators narrowed to a village, trades, a source or words: aimed at, doubted above 100 %."""

from dataclasses import replace
from datetime import date
from typing import Any, Final

import pytest

from bihuan.campaigns import queries
from bihuan.campaigns.rules.own import Choice, Offer, OwnForm, above_whole, choice_of, own_indicator
from bihuan.campaigns.rules.own_kept import form_of, kept
from bihuan.campaigns.rules.own_target import target_fields, target_text
from bihuan.campaigns.rules.standing import Days, Standing, standing_of
from bihuan.campaigns.rules.terms import Indicator, Only, State, Where
from bihuan.hazards.rules.states import Source
from bihuan.kernel.actor import PLATFORM
from bihuan.stats import queries as stats
from bihuan.stats.rules import Here
from tests.campaigns.history import live
from tests.hazards.stage import DAY, Stage, make_stage

OPEN: Final = Choice("hazards", (("tab", "open"),))
COUNTED: Final = Choice("hazards", (("tab", "counted"),))
CLOSED: Final = Choice("hazards", (("tab", "closed"),))
COUNT: Final = OwnForm("数", "count", COUNTED)
SPAN: Final = {"since": date(2017, 10, 1), "until": date(2018, 3, 31)}


def _made(form: OwnForm) -> Indicator:
    made = own_indicator(form, queries.offers(), key="own.1")
    assert isinstance(made, Indicator), made
    return made


def _offer(name: str) -> Offer:
    return next(one for one in queries.offers() if one.name == name)


def _rate(part: str, whole: str, level: str = "", over: str = "") -> OwnForm:
    return OwnForm("率", "rate", choice_of(_offer(part), level), choice_of(_offer(whole), over))


@pytest.fixture
def stage() -> Stage:
    return make_stage()


@pytest.mark.django_db
def test_given_a_history_when_told_by_the_trail_then_it_is_what_the_cube_holds_and_sources_add_up(stage: Stage) -> None:
    live(stage)
    town, east = stage.town.town.path, stage.town.units["东村"].path
    names = [one.name for one in queries.offers() if one.name in stats.measures()]
    sourced = [name for name in names if not stats.measures()[name].plain]

    for on in (DAY, stage.day):
        days: dict[str, Any] = {"since": SPAN["since"], "until": on}
        places = {"town": stats.place_of_unit(PLATFORM, town), "east": stats.place_of_unit(PLATFORM, east)}
        cube = stats.by_place(places, names, **days)
        told = stats.by_here({"town": Here(town), "east": Here(east)}, names, **days)
        apart = stats.by_here({str(one): Here(town, sources=(one,)) for one in Source}, sourced, **days)

        for name in names:
            for where in places:
                assert told[where].total(name) == cube[where].total(name), (name, where, on)
        for name in sourced:
            assert sum(one.total(name) for one in apart.values()) == cube["town"].total(name), (name, on)


@pytest.mark.django_db
def test_given_narrowings_when_asked_of_two_days_then_each_counts_only_what_it_says(stage: Stage) -> None:
    east, west = stage.town.units["东村"].path, stage.town.units["西村"].path
    stage.report(description="配电箱电线老化", source=Source.COVERT)
    stage.report(description="疏散通道堵塞", source=Source.COVERT)
    stage.report(description="电线私拉乱接", source=Source.TIP)
    stage.later(1)
    stage.report(description="插座电线裸露", source=Source.COVERT)
    only = {
        "all": ((), Only()),
        "wires": ((), Only(words="电线")),
        "covert": ((), Only(source="covert")),
        "both": ((), Only(source="covert", words="电线")),
        "east": ((), Only(path=east)),
        "west": ((), Only(path=west)),
        "trade": (("fire_crowded",), Only(words="电线")),
    }
    made = [_made(replace(COUNT, title=name, sectors=sectors, only=one)) for name, (sectors, one) in only.items()]

    def told(on: date, path: str) -> dict[str, int | None]:
        where = Where(path)
        found = queries.values_of(PLATFORM, made, where, **SPAN, on=on)  # type: ignore[arg-type]
        return {one.indicator.title: one.numerator for one in found}

    before = {"all": 3, "wires": 2, "covert": 2, "both": 1, "east": 3, "west": 0, "trade": 0}
    town = stage.town.town.path
    assert told(DAY, town) == before
    assert told(stage.day, town) == before | {"all": 4, "wires": 3, "covert": 3, "both": 2, "east": 4}
    assert told(stage.day, west) == dict.fromkeys(only, 0) | {"east": None}
    values = queries.values_of(PLATFORM, made, Where(west), **SPAN, on=DAY)  # type: ignore[arg-type]
    assert [one.why for one in values if one.indicator.title == "east"] == ["不在这个指标的范围里"]


@pytest.mark.parametrize(
    ("form", "say"),
    [
        (replace(COUNT, sectors=("anything",)), "请从名单里选行业。"),
        (replace(COUNT, only=Only(source="nobody")), "请从名单里选来源。"),
        (replace(COUNT, only=Only(words="很" * 21)), "关键词不超过 20 个字。"),
        (replace(COUNT, target="100%"), "请写目标的数：比率是 0 到 100，计数是整数。"),
        (replace(COUNT, part=Choice("enterprises"), only=Only(words="电线")), "不分来源和情况"),
        (
            replace(COUNT, part=Choice("hazards", (("repeat", "1"), ("tab", "counted"))), only=Only(source="tip")),
            "不分来",
        ),
    ],
)
def test_given_what_cannot_be_asked_when_narrowed_then_a_sentence_refuses_it(form: OwnForm, say: str) -> None:
    made = own_indicator(form, queries.offers(), key="own.1")

    assert isinstance(made, str)
    assert say in made


def test_given_a_narrowed_form_when_kept_then_it_comes_back_whole_and_an_older_one_is_not_narrowed() -> None:
    form = replace(COUNT, sectors=("machinery",), only=Only("/a/", "tip", "电线"), place="东村", target="不超过 3")

    assert form_of(kept(form)) == form
    assert _made(form).numerator is not None
    assert "（东村，机械，举报，情况里有“电线”）" in _made(form).terms()[0].meaning
    old = {name: value for name, value in kept(COUNT).items() if name not in {"only", "sectors", "place", "target"}}
    assert form_of(old) == COUNT


@pytest.mark.parametrize(
    ("how", "number", "kind", "text"),
    [
        ("least", "95", "rate", "95%"),
        ("least", " 95.5% ", "rate", "95.5%"),
        ("most", "5", "rate", "不超过 5%"),
        ("least", "3", "count", "不少于 3"),
        ("most", "3", "count", "不超过 3"),
        ("most", "0", "count", "0"),
        ("", "3", "count", ""),
        ("least", "", "count", ""),
    ],
)
def test_given_a_target_when_written_then_it_is_read_back_and_taken(
    how: str, number: str, kind: str, text: str
) -> None:
    is_rate = kind == "rate"
    assert target_text(how, number, is_rate=is_rate) == text
    form = replace(_rate("hazards.open", "hazards.counted") if is_rate else COUNT, target=text)
    made = _made(form)
    assert (made.target.text if made.target else "") == text
    assert target_text(*target_fields(text), is_rate=is_rate) == text


@pytest.mark.parametrize("text", ["101%", "不超过 101%", "不少于 5%", "abc%", "-1%", "5"])
def test_given_no_target_of_a_rate_when_written_then_it_is_refused(text: str) -> None:
    form = replace(_rate("hazards.open", "hazards.counted"), target=text)

    assert isinstance(own_indicator(form, queries.offers(), key="own.1"), str)


@pytest.mark.parametrize(
    ("form", "numerator", "denominator", "standing"),
    [
        (replace(_rate("hazards.in.closed", "hazards.counted"), target="80%"), 8, 10, Standing.REACHED),
        (replace(_rate("hazards.in.closed", "hazards.counted"), target="80%"), 1, 10, Standing.BEHIND),
        (replace(_rate("hazards.in.closed", "hazards.counted"), target="80%"), 5, 10, Standing.UNDER_WAY),
        (replace(_rate("hazards.overdue", "hazards.open"), target="不超过 5%"), 5, 100, Standing.REACHED),
        (replace(_rate("hazards.overdue", "hazards.open"), target="不超过 5%"), 6, 100, Standing.BEHIND),
        (replace(COUNT, target="不少于 10"), 10, None, Standing.REACHED),
        (replace(COUNT, target="不少于 10"), 3, None, Standing.BEHIND),
        (replace(COUNT, target="不少于 10"), 6, None, Standing.UNDER_WAY),
        (replace(COUNT, target="不超过 3"), 3, None, Standing.REACHED),
        (replace(COUNT, target="不超过 3"), 4, None, Standing.BEHIND),
        (replace(COUNT, target="0"), 1, None, Standing.BEHIND),
        (COUNT, 1, None, Standing.UNDER_WAY),
    ],
)
def test_given_an_own_target_halfway_when_it_stands_then_it_is_reached_or_behind(
    form: OwnForm, numerator: int, denominator: int | None, standing: Standing
) -> None:
    halfway = Days(date(2018, 1, 1), date(2018, 1, 31), date(2018, 1, 16))

    assert standing_of(_made(form), State.MEASURED, numerator, denominator, halfway) == standing


@pytest.mark.parametrize(
    ("part", "whole", "level", "over"),
    [
        ("hazards.in.closed", "hazards.counted", "", ""),
        ("hazards.in.closed", "hazards.counted", "major", "major"),
        ("hazards.in.closed", "hazards.all", "major", ""),
        ("hazards.overdue", "hazards.open", "", ""),
        ("hazards.closed_late", "hazards.in.closed", "", ""),
        ("hazards.self_found", "hazards.found_fact", "", ""),
        ("hazards.superior_closed", "hazards.rectified", "", ""),
        ("hazards.ever_listed", "hazards.counted", "", "major"),
        ("hazards.listed", "hazards.ever_listed", "", ""),
        ("hazards.self_reporting", "enterprises.active", "", ""),
    ],
)
def test_given_a_part_of_its_whole_when_made_a_rate_then_nothing_is_doubted(
    part: str, whole: str, level: str, over: str
) -> None:
    assert above_whole(_rate(part, whole, level, over), queries.offers()) == ""


@pytest.mark.parametrize(
    ("part", "whole", "level", "over"),
    [
        ("hazards.all", "hazards.in.closed", "", ""),
        ("hazards.counted", "hazards.counted", "", "major"),
        ("hazards.counted", "hazards.counted", "general", "major"),
        ("hazards.all", "hazards.counted", "", ""),
        ("hazards.found_fact", "hazards.self_found", "", ""),
        ("hazards.counted", "hazards.repeat", "", ""),
        ("hazards.open", "hazards.overdue", "", ""),
        ("hazards.counted", "hazards.ever_listed", "", ""),
        ("hazards.ever_listed", "hazards.listed", "", ""),
        ("enterprises.active", "hazards.self_reporting", "", ""),
    ],
)
def test_given_more_than_its_whole_when_made_a_rate_then_it_is_doubted(
    part: str, whole: str, level: str, over: str
) -> None:
    said = above_whole(_rate(part, whole, level, over), queries.offers())

    assert "可能超过 100%" in said
    assert _offer(part).title in said
