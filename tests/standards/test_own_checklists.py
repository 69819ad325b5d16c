"""Checklists that a town or a county makes: what is kept, which version a day has, who sees and who may write."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import Error, connection, transaction
from django.test.utils import CaptureQueriesContext

from bihuan.kernel.errors import NotAllowed, NotFound, Outdated
from bihuan.standards import services as standards
from bihuan.standards.data.checklist_files import packaged_version, read_checklists
from bihuan.standards.models import OwnChecklist
from bihuan.standards.queries import checklists as queries
from bihuan.standards.rules import BadValue, ChangeKind, Feature, Sector, fitting
from bihuan.standards.rules.listing import (
    Draft,
    DraftItem,
    Source,
    SourceKind,
    book_of,
    draft_of,
    head_changes,
    list_lines,
    moved,
    source_of,
    with_new_item,
    with_sources,
    without_item,
)
from bihuan.standards.rules.loading import Area
from bihuan.standards.services import checklists as services
from bihuan.trail import queries as trail
from tests.standards.local import COUNTY, TOWN
from tests.standards.own_lists import DUTY, SPARKS, TYPED, WOOD
from tests.town import DAY, NOON, SmallTown, make_town

LATER = DAY + timedelta(days=30)


@dataclass
class Ground:
    town: SmallTown
    neighbour: SmallTown

    def save(self, key: str = "office", path: str = TOWN, **facts: Any) -> services.Saved:
        area = Area(TOWN, self.town.town.id, "示范镇", self.town.town.id)
        if path == COUNTY:
            area = Area(COUNTY, self.town.town.county_id or self.town.town.id, "金城区")
        given = {"draft": WOOD, "area": area, "valid_from": DAY, "why": "木器厂多"} | facts
        return services.save_list(actor=self.town.actor(key), now=NOON, **given)

    def titles(self, key: str = "inspector", on: date = DAY) -> list[str]:
        return [one.title for one in queries.lists_for(self.town.actor(key), on=on) if one.area]


@pytest.fixture
def ground(db: None) -> Ground:
    standards.load_reference_data()
    return Ground(make_town(), make_town(code="320413102000", name="邻镇"))


# -- the text


def test_given_a_draft_when_kept_and_read_then_it_says_the_same() -> None:
    assert draft_of(book_of(WOOD)) == WOOD
    assert [source_of(one.code) for one in (DUTY, SPARKS, TYPED)] == [DUTY, SPARKS, TYPED]
    assert [source_of(one) for one in ("", "law|", "x|a|b", "law| |第一条")] == [None] * 4


def test_given_the_buttons_when_pressed_then_order_keys_and_sources_are_as_they_say() -> None:
    third = with_new_item(WOOD, used=5)
    up = moved(third, 6, -1)

    assert [one.key for one in up.items] == [1, 6, 2]
    assert moved(up, 1, -1) == up
    assert [one.key for one in with_new_item(without_item(up, 6), used=6).items] == [1, 2, 7]
    assert with_sources(with_sources(WOOD, 2, [DUTY]), 2, [DUTY]).items[1].sources == (SPARKS, DUTY)


def test_given_a_changed_draft_when_held_against_its_last_version_then_each_change_is_named() -> None:
    changed = with_new_item(moved(WOOD, 2, -1))
    first, second, third = changed.items
    new = replace(changed, title="打磨", items=(first, replace(second, how="看吸尘罩", sources=(TYPED,)), third))

    lines = {(one.later or one.earlier or third).key: one for one in list_lines(WOOD, new)}

    assert [(key, one.kind) for key, one in sorted(lines.items())] == [
        (1, ChangeKind.CHANGED),
        (2, ChangeKind.CHANGED),
        (3, ChangeKind.ADDED),
    ]
    assert (lines[1].lost, lines[1].gained) == ((DUTY,), ())
    assert [lines[key].moved for key in (1, 2, 3)] == [False, True, False]
    assert [one.name for one in head_changes(WOOD, new)] == ["名称"]
    assert [one.kind for one in list_lines(WOOD, without_item(WOOD, 1))] == [ChangeKind.SAME, ChangeKind.DROPPED]


# -- versions and days


@pytest.mark.django_db
def test_given_a_new_version_from_a_day_when_days_are_asked_then_each_has_the_text_that_was_used(
    ground: Ground,
) -> None:
    first = ground.save()
    second = ground.save(
        draft=replace(WOOD, title="打磨（改）"), list_id=first.list_id, seen_revision=1, valid_from=LATER
    )

    assert (first.list_id, second.revision) == ("320413101-list-1", 2)
    assert ground.titles(on=DAY - timedelta(days=1)) == []
    assert ground.titles(on=DAY) == ["木器厂打磨工位"]
    assert ground.titles(on=LATER) == ["打磨（改）"]
    one = queries.list_for(ground.town.actor("inspector"), first.list_id, on=LATER, revision=1)
    assert [item.look_at for item in one.items] == ["打磨台", "除尘器"]
    told = trail.events_of([services.checklist_subject(first.list_id)])
    assert [(event.kind, event.reason) for event in told] == [
        ("checklist.made", "木器厂多"),
        ("checklist.changed", "木器厂多"),
    ]


@pytest.mark.django_db
def test_given_an_item_when_its_basis_is_read_on_a_day_then_only_what_was_in_force_is_cited(ground: Ground) -> None:
    made = ground.save()
    one = queries.list_for(ground.town.actor("inspector"), made.list_id, on=DAY)

    cited = [[basis.cited_as for basis in item.basis_on(DAY)] for item in one.items]
    assert cited == [
        ["《中华人民共和国安全生产法（2014年修正）》第三十八条", "示范镇安委〔2018〕3号第二条"],
        ["《工贸行业重大生产安全事故隐患判定标准（2017版）》一(一)3"],
    ]
    assert one.items[1].major_on(queries.books().library, DAY)[0].id == SPARKS.ref
    today = date(2026, 11, 1)
    assert [[(basis.cited_as, basis.follows) for basis in item.basis_on(today)] for item in one.items_on(today)] == [
        [
            ("示范镇安委〔2018〕3号第二条", ""),
            (
                "《中华人民共和国安全生产法（2021年修正）》第四十一条",
                "《中华人民共和国安全生产法（2014年修正）》第三十八条",
            ),
        ],
        [
            (
                "《工贸企业重大事故隐患判定标准》第十一条(三)",
                "《工贸行业重大生产安全事故隐患判定标准（2017版）》一(一)3",
            )
        ],
    ]
    assert [clause.id for clause in one.items[1].major_on(queries.books().library, today)] == ["gongmao-2023-dust-03"]
    assert "示范镇安委〔2018〕3号第二条" in [basis.cited_as for basis in one.from_memory_on(DAY)]


@pytest.mark.django_db
def test_given_a_retired_list_when_days_are_asked_then_it_is_offered_until_then_and_a_new_version_takes_it_up(
    ground: Ground,
) -> None:
    made = ground.save()
    told = {"list_id": made.list_id, "why": "并入区里的", "actor": ground.town.actor("chief"), "now": NOON}
    services.retire_list(seen_revision=1, since=LATER, **told)

    assert (ground.titles(on=DAY), ground.titles(on=LATER)) == (["木器厂打磨工位"], [])
    assert [one.list_id for one in queries.retired_for(ground.town.actor("office"), on=LATER)] == [made.list_id]
    with pytest.raises(BadValue, match="已经从"):
        services.retire_list(seen_revision=2, since=LATER, **told)
    ground.save(list_id=made.list_id, seen_revision=2, valid_from=LATER)
    assert ground.titles(on=LATER) == ["木器厂打磨工位"]


@pytest.mark.django_db
def test_given_a_day_that_has_passed_when_saved_or_retired_then_it_is_refused_and_nothing_is_kept(
    ground: Ground,
) -> None:
    with pytest.raises(BadValue, match="不能早于今天"):
        ground.save(valid_from=DAY - timedelta(days=1))
    with pytest.raises(BadValue, match="写明为什么"):
        ground.save(why=" ")

    assert OwnChecklist.objects.count() == 0


@pytest.mark.django_db
def test_given_the_same_text_when_saved_again_then_there_is_no_new_version(ground: Ground) -> None:
    made = ground.save()

    again = ground.save(list_id=made.list_id, seen_revision=1)

    assert (again.changed, OwnChecklist.objects.count()) == (False, 1)


@pytest.mark.django_db
def test_given_an_old_page_when_saved_then_it_is_refused(ground: Ground) -> None:
    made = ground.save()
    ground.save(draft=replace(WOOD, title="一"), list_id=made.list_id, seen_revision=1)

    with pytest.raises(Outdated):
        ground.save(draft=replace(WOOD, title="二"), list_id=made.list_id, seen_revision=1)


@pytest.mark.django_db
@pytest.mark.parametrize("sql", ["UPDATE {} SET why = 'x'", "DELETE FROM {}"])
def test_given_a_version_when_changed_behind_the_services_then_the_database_refuses(ground: Ground, sql: str) -> None:
    ground.save()

    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql.format(OwnChecklist._meta.db_table))


# -- what is wrong


@pytest.mark.django_db
def test_given_a_bad_draft_when_saved_then_everything_wrong_is_said_with_its_item(ground: Ground) -> None:
    items = (
        DraftItem(1, "", "看" * 301, ()),
        DraftItem(2, "阀", "看", (Source(SourceKind.LAW, "none", "第一条"), Source(SourceKind.LAW, "fire-2008"))),
    )
    with pytest.raises(services.BadDraft) as refused:
        ground.save(draft=Draft("", items=items))

    assert [(fault.key, fault.say.partition("。")[0]) for fault in refused.value.faults] == [
        (0, "名称没有填"),
        (0, "没有选适用哪些行业"),
        (1, "第1项“看什么”没有填"),
        (1, "第1项“怎么看”有301个字，最多300个字"),
        (1, "第1项没有依据"),
        (2, "第2项的依据“none”不在库里，或者这里不适用"),
        (2, "第2项的依据的条号没有填"),
    ]


# -- copies


@pytest.mark.django_db
def test_given_a_packaged_list_when_copied_then_it_says_the_same_and_names_its_origin(ground: Ground) -> None:
    dust = next(one for one in read_checklists() if one.id == "dust")
    actor = ground.town.actor("office")
    draft = queries.copy_of(actor, "dust")
    made = ground.save(draft=replace(draft, title="本镇粉尘表", instead=True))
    own = queries.list_for(actor, made.list_id, on=DAY)

    assert draft.origin is not None
    assert (draft.origin.list_id, draft.origin.version) == ("dust", packaged_version("dust"))
    assert [one.came_from for one in draft.items] == [one.id for one in dust.items]
    for was, now in zip(dust.items, own.items, strict=True):
        assert {one.cited_as for one in was.basis_on(DAY)} <= {one.cited_as for one in now.basis_on(DAY)}
        assert was.criteria == now.criteria
    found = fitting(
        queries.lists_at(actor, f"{TOWN}203/", on=DAY),
        on=DAY,
        sectors={Sector.LIGHT_INDUSTRY},
        features={Feature.DUST_EXPLOSIVE},
    )
    assert [one.id for one in found] == [made.list_id, "general"]


# -- who


@pytest.mark.django_db
def test_given_a_countys_list_when_its_towns_look_then_all_have_it_and_a_towns_own_only_that_town(
    ground: Ground,
) -> None:
    ground.save("superior", COUNTY, draft=replace(WOOD, title="区里的"))
    ground.save()
    other = [one.title for one in queries.lists_for(ground.neighbour.actor("inspector"), on=DAY) if one.area]

    assert ground.titles("village_east") == ["区里的", "木器厂打磨工位"]
    assert other == ["区里的"]
    with pytest.raises(NotFound):
        queries.list_for(ground.neighbour.actor("office"), "320413101-list-1", on=DAY)


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["inspector", "village_east", "industry", "leader", "group", "audit_admin"])
def test_given_who_may_not_write_when_saving_then_it_is_refused(key: str, ground: Ground) -> None:
    with pytest.raises(NotAllowed):
        ground.save(key)


@pytest.mark.django_db
def test_given_a_neighbour_when_it_changes_or_retires_the_list_then_there_is_nothing(ground: Ground) -> None:
    made = ground.save()
    neighbour = ground.neighbour.actor("chief")
    town = ground.neighbour.town
    facts = {"list_id": made.list_id, "why": "x", "actor": neighbour, "now": NOON}

    with pytest.raises(NotFound):
        services.retire_list(seen_revision=1, since=DAY, **facts)
    area = Area(town.path, town.id, "邻镇", town.id)
    with pytest.raises(NotFound):
        services.save_list(draft=WOOD, area=area, seen_revision=1, valid_from=DAY, **facts)


@pytest.mark.django_db
def test_given_more_lists_when_lists_are_read_then_the_queries_stay_the_same(ground: Ground) -> None:
    actor = ground.town.actor("inspector")
    ground.save()
    queries.lists_for(actor, on=DAY)
    with CaptureQueriesContext(connection) as one:
        queries.lists_for(actor, on=DAY)
    ground.save()
    ground.save()
    with CaptureQueriesContext(connection) as three:
        assert len(queries.lists_for(actor, on=DAY)) == 15

    assert len(one) == len(three) == 2
