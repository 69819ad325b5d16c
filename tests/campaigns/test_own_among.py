"""An own indicator declared a part of another (其中): what can be, what is doubted, what a return makes of it."""

from dataclasses import replace
from typing import Any

import pytest

from bihuan.campaigns import queries, services
from bihuan.campaigns.models import ClauseFigure
from bihuan.campaigns.queries.catalogued import own_wholes
from bihuan.campaigns.rules.own import Choice, OwnForm
from bihuan.campaigns.rules.own_among import OwnLine, doubted_part, in_order, refused_part, wholes_for
from bihuan.campaigns.rules.own_kept import form_of, kept, line_of
from bihuan.campaigns.rules.returns.binding import Binding, Source
from bihuan.campaigns.rules.returns.checks import doubts_of
from bihuan.campaigns.rules.returns.computing import Filled
from bihuan.campaigns.rules.returns.grid import Slot
from bihuan.campaigns.rules.terms import Only
from bihuan.kernel.errors import Refusal
from bihuan.trail.models import Event
from tests.campaigns.stage import CampaignStage, make_campaign_stage

OPEN, MAJOR = Choice("hazards", (("tab", "open"),)), Choice("hazards", (("tab", "open"), ("level", "major")))
ALL = OwnForm("未销号", "count", OPEN)
MAJORS = OwnForm("重大未销号", "count", MAJOR)
CLOSED = OwnForm("已销号", "count", Choice("hazards", (("tab", "closed"),)))
EAST = "/1/2/"


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [
        (MAJORS, ALL, ""),
        (replace(MAJORS, kind="rate", whole=OPEN), ALL, "只用于计数"),
        (MAJORS, replace(ALL, kind="rate", whole=OPEN), "只用于计数"),
        (replace(MAJORS, part=replace(MAJOR, period="found")), ALL, "同一个日期口径"),
        (replace(MAJORS, unit="家"), ALL, "单位是家"),
    ],
)
def test_given_two_indicators_when_one_is_declared_a_part_then_both_are_counts_of_one_kind(
    part: OwnForm, whole: OwnForm, said: str
) -> None:
    found = refused_part(part, whole)

    assert said in found
    assert bool(said) == bool(found)


@pytest.mark.parametrize(
    ("part", "whole", "is_sure"),
    [
        (MAJORS, ALL, True),
        (ALL, MAJORS, False),
        (CLOSED, ALL, False),
        (replace(MAJORS, only=Only(EAST)), ALL, True),
        (MAJORS, replace(ALL, only=Only(EAST)), False),
        (replace(MAJORS, only=Only(f"{EAST}3/")), replace(ALL, only=Only(EAST)), True),
        (replace(MAJORS, sectors=("machinery",)), replace(ALL, sectors=("machinery", "fire")), True),
        (MAJORS, replace(ALL, sectors=("machinery",)), False),
        (replace(MAJORS, only=Only(words="电线老化")), replace(ALL, only=Only(words="电线")), True),
        (replace(MAJORS, only=Only(words="疏散")), replace(ALL, only=Only(words="电线")), False),
        (MAJORS, replace(ALL, only=Only(source="superior")), False),
    ],
)
def test_given_a_part_when_it_can_count_what_its_whole_does_not_then_it_is_doubted(
    part: OwnForm, whole: OwnForm, *, is_sure: bool
) -> None:
    assert (doubted_part(part, whole, queries.offers()) == "") is is_sure


def test_given_parts_of_parts_when_listed_then_each_follows_its_whole_and_none_can_be_a_part_of_its_own() -> None:
    first, second, third = (
        OwnLine("1", "a", ALL),
        OwnLine("2", "b", replace(MAJORS, part_of="1")),
        OwnLine("3", "c", replace(MAJORS, part_of="2")),
    )
    other = OwnLine("4", "d", CLOSED)

    assert [(one.key, whole and whole.key) for one, whole in in_order([third, other, second, first])] == [
        ("d", None),
        ("a", None),
        ("b", "a"),
        ("c", "b"),
    ]
    assert [one.key for one in wholes_for("2", [first, second, third, other])] == ["a", "d"]
    assert [one.key for one in wholes_for("", [first, second])] == ["a", "b"]


def test_given_a_form_when_kept_then_its_whole_and_its_line_come_back_and_older_ones_are_their_own() -> None:
    form = replace(MAJORS, part_of="1")

    assert form_of(kept(form, line="2")) == form
    assert (line_of(kept(form, line="2"), "9"), line_of(kept(ALL), "9")) == ("2", "9")
    assert not {"part_of", "line"} & kept(ALL).keys()


# ---- in a campaign ----
@pytest.fixture
def stage(db: None) -> CampaignStage:
    return make_campaign_stage()


class Kept:
    """A campaign with its own indicators."""

    def __init__(self, stage: CampaignStage) -> None:
        self.stage, self.row = stage, stage.read_text()
        self.clause = stage.clause(self.row, "完成企业排查")

    def said(self) -> dict[str, Any]:
        self.row.refresh_from_db()
        told = {"campaign_id": self.row.pk, "seen_version": self.row.version}
        return told | {"actor": self.stage.by(), "now": self.stage.now}

    def take(self, form: OwnForm, **more: Any) -> ClauseFigure:
        key = services.take_own_figure(clause_id=self.clause.pk, form=form, **self.said(), **more)
        return ClauseFigure.objects.get(key=key)

    def change(self, old: ClauseFigure, form: OwnForm, **more: Any) -> ClauseFigure:
        key = services.change_own_figure(key=old.key, form=form, **self.said(), **more)
        return ClauseFigure.objects.get(key=key)

    def view(self, one: ClauseFigure) -> Any:
        return queries.indicator_for(self.stage.by(), self.row.pk, one.key, today=self.stage.now.date())


def test_given_a_part_when_its_whole_is_changed_then_it_stays_a_part_and_both_pages_say_so(
    stage: CampaignStage,
) -> None:
    run = Kept(stage)
    whole = run.take(ALL)
    part = run.take(replace(MAJORS, part_of=str(whole.pk)))

    changed = run.change(whole, replace(ALL, title="没有销号的"))

    assert [(one.key, one.title) for one in run.view(changed).parts] == [(part.key, "重大未销号")]
    assert (run.view(part).whole.key, run.view(part).whole.title) == (changed.key, "没有销号的")
    assert [(one.indicator.title, one.part_of) for one in queries.catalogued(stage.by(), run.row.pk).own] == [
        ("没有销号的", ""),
        ("重大未销号", "没有销号的"),
    ]
    taken = Event.objects.filter(kind="campaign.own_figure_taken").latest("seq")
    assert taken.after["form"]["part_of"] == str(whole.pk)


def test_given_parts_that_do_not_fit_when_kept_then_each_is_refused_and_nothing_is_written(
    stage: CampaignStage,
) -> None:
    run = Kept(stage)
    whole = run.take(ALL)
    part = run.take(replace(MAJORS, part_of=str(whole.pk)))
    count = ClauseFigure.objects.count()

    for form, why in (
        (replace(CLOSED, part_of=str(whole.pk)), "可能比它多"),
        (replace(CLOSED, part_of="7"), "已经不用了"),
        (replace(MAJORS, unit="家", part_of=str(whole.pk)), "单位是家"),
    ):
        with pytest.raises(Refusal, match=why):
            run.take(form)
    with pytest.raises(Refusal, match="绕回自己"):
        run.change(whole, replace(ALL, part_of=str(part.pk)))
    with pytest.raises(Refusal, match="只用于计数"):
        run.change(whole, replace(ALL, kind="rate", whole=OPEN))
    with pytest.raises(Refusal, match="可能比它多"):
        run.change(whole, CLOSED)
    with pytest.raises(Refusal, match="“重大未销号”是它的其中一部分"):
        services.drop_own_figure(key=whole.key, why="不要", **run.said())
    assert ClauseFigure.objects.count() == count
    assert [one.key for one in own_wholes(stage.by(), run.row.pk, key=whole.key)] == []
    assert run.take(replace(CLOSED, part_of=str(whole.pk)), is_sure=True).own["part_of"] == str(whole.pk)


# ---- in a return ----
def test_given_a_part_and_its_whole_in_a_return_when_checked_then_no_more_than_it_and_not_added_up_with_it() -> None:
    whole = Binding(Source.OWN, "1", own=kept(ALL))
    part = Binding(Source.OWN, "2", own=kept(replace(MAJORS, part_of="1")))
    newer = Binding(Source.OWN, "3", own=kept(replace(ALL, title="新"), edition=2, was="own.1", line="1"))
    slots = [
        Slot(f"{column}2", 0, 2, number, ("东村",), (name,))
        for number, (column, name) in enumerate((("B", "甲"), ("C", "乙"), ("D", "丙"), ("E", "计")), start=2)
    ]
    said = {"B2": whole, "C2": part, "D2": replace(newer, unit_id="u"), "E2": Binding(Source.SUM, cells=("B2", "C2"))}

    def checked(less: int, more: int, **others: Binding) -> list[tuple[str, ...]]:
        numbers = {"B2": Filled(more), "C2": Filled(less), "D2": Filled(0), "E2": Filled(less + more)}
        return [one.cells for one in doubts_of(slots, said | others, numbers) if one.cells != ("E2",)]

    alone = {"E2": Binding(Source.TYPED)}
    assert checked(2, 2, **alone) == []
    assert checked(3, 2, **alone) == [("C2", "B2")]
    assert checked(1, 2, **alone, D2=newer) == [("C2", "D2")]
    assert checked(1, 2) == [("E2", "C2", "B2")]
