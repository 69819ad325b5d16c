"""What the room answers about a small town: lists, gaps, likeness, files, codes on walls."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bihuan.enterprises import queries, services
from bihuan.enterprises.queries import Filters, Sort
from bihuan.enterprises.rules.facts import Entry, Firm, Place, State
from bihuan.enterprises.rules.matching import Wanted
from bihuan.enterprises.rules.responsibility import GapKind
from bihuan.kernel.errors import NotFound
from bihuan.orgs import queries as units
from bihuan.orgs import services as orgs
from tests.town import DAY, NOON, SmallTown, make_town

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> SmallTown:
    return make_town()


def firm(town: SmallTown, name: str, village: str = "东村", sector: str = "machinery", **more: Any) -> Firm:
    path = town.units[village].path
    entry = replace(Entry(name=name, path=path, lead_sector=sector), **more)
    return services.register(entry=entry, town_id=town.town.id, actor=town.actor("office"), now=NOON)


def names(town: SmallTown, who: str, **filters: str) -> list[str]:
    found = queries.listing(town.actor(who), Filters(**filters), on=DAY, sort=Sort.NAME)
    assert found.total == len(found.rows)
    return [row.firm.name for row in found.rows]


def test_given_firms_when_listed_then_each_viewer_sees_their_own_and_nothing_else(town: SmallTown) -> None:
    firm(town, "甲机械厂")
    firm(town, "乙建筑工地", "西村", "construction")
    firm(town, "丙木业", "西村", "light_industry")
    other = make_town("320413102000", "邻镇")

    seen = {
        who: names(town, who)
        for who in ("office", "village_east", "village_west", "industry", "construction", "superior", "security_admin")
    }

    assert seen == {
        "office": ["丙木业", "乙建筑工地", "甲机械厂"],
        "village_east": ["甲机械厂"],
        "village_west": ["丙木业", "乙建筑工地"],
        "industry": ["丙木业", "甲机械厂"],
        "construction": ["乙建筑工地"],
        "superior": ["丙木业", "乙建筑工地", "甲机械厂"],
        "security_admin": seen["security_admin"],
    }
    assert queries.listing(other.actor("office"), Filters(), on=DAY).total == 0


def test_given_filters_when_applied_then_only_what_fits_stays(town: SmallTown) -> None:
    firm(town, "甲机械厂", uscc="91350100M000100Y43", features=("dust_explosive",), sectors=("light_industry",))
    firm(town, "乙木业", "西村", "light_industry", staff=30, revenue_yuan=5_000_000, industry_code="2110")

    assert names(town, "office", words="91350100m") == ["甲机械厂"]
    assert names(town, "office", words="木 乙") == ["乙木业"]
    assert names(town, "office", sector="light_industry") == ["乙木业", "甲机械厂"]
    assert names(town, "office", feature="dust_explosive") == ["甲机械厂"]
    assert names(town, "office", size="small") == ["乙木业"]
    assert names(town, "office", size="unknown") == ["甲机械厂"]
    assert names(town, "office", path=town.units["西村"].path) == ["乙木业"]
    assert names(town, "office", state="closed") == []


def test_given_gaps_when_asked_then_rows_and_counts_agree(town: SmallTown) -> None:
    firm(town, "全有")
    firm(town, "没部门", sector="gas")
    firm(town, "没领导", "西村")
    firm(town, "没村", "镇")
    attached = firm(town, "自有领导", "西村")
    orgs.attach_leader(
        town_id=town.town.id,
        post_id=town.posts["leader"],
        enterprise_ids=[attached.id],
        actor=town.actor("office"),
        now=NOON,
    )

    gaps = queries.gaps(town.actor("office"), DAY)

    assert gaps.by_kind == {GapKind.VILLAGE: 1, GapKind.DEPARTMENT: 1, GapKind.LEADER: 2}
    assert gaps.total == 3
    assert names(town, "office", gap="department") == ["没部门"]
    assert names(town, "office", gap="leader") == ["没村", "没领导"]
    assert names(town, "office", gap="any") == ["没村", "没部门", "没领导"]
    assert {row.count for row in queries.waiting_for(town.actor("office"), now=NOON).rows} == {1, 2}
    assert queries.waiting_for(town.actor("village_east"), now=NOON).total == 0
    rows = {row.firm.name: row.responsible for row in queries.listing(town.actor("office"), Filters(), on=DAY).rows}
    for name, responsible in rows.items():
        assert responsible is not None
        assert bool(responsible.gaps) == (name in {"没部门", "没领导", "没村"})


def test_given_firms_that_lack_several_things_when_counted_then_each_counts_once_and_known_duties_count_alike(
    town: SmallTown,
) -> None:
    office = town.actor("office")
    firm(town, "什么都没有", "镇", "gas")
    firm(town, "只缺领导", "西村")
    led = [firm(town, "自有领导没部门", "西村", "gas"), firm(town, "自有领导", "西村")]
    orgs.attach_leader(
        town_id=town.town.id,
        post_id=town.posts["leader"],
        enterprise_ids=[one.id for one in led],
        actor=office,
        now=NOON,
    )

    gaps = queries.gaps(office, DAY)
    duties = units.town_duties(town.town.id, DAY)
    with CaptureQueriesContext(connection) as seen:
        again = queries.gaps(office, DAY, duties=duties)

    assert gaps.by_kind == {GapKind.VILLAGE: 1, GapKind.DEPARTMENT: 2, GapKind.LEADER: 2}
    assert gaps.total == len(names(town, "office", gap="any")) == 3
    assert again == gaps
    assert len(seen) == 1


def test_given_more_rows_when_listed_then_the_queries_stay(town: SmallTown) -> None:
    viewers = [town.actor("office"), town.actor("superior"), town.actor("industry")]
    counts = []
    for number in (1, 3):
        for at in range(number):
            firm(town, f"企业{number}{at}", "东村" if at % 2 else "西村")
        with CaptureQueriesContext(connection) as seen:
            for viewer in viewers:
                list(queries.export_rows(viewer, Filters(gap="any", words="企业"), on=DAY))
                queries.listing(viewer, Filters(gap="any", words="企业"), on=DAY)
        counts.append(len(seen))

    assert counts[0] == counts[1]


def test_given_a_file_when_shown_then_it_says_who_answers_and_who_works_there(town: SmallTown) -> None:
    one = firm(town, "甲机械厂", staff=25, revenue_yuan=4_000_000, industry_code="3311", contact_phone="13800001111")
    services.add_site(enterprise_id=one.id, place=Place("一号厂房", "喷漆房"), actor=town.actor("office"), now=NOON)
    town.enterprise_people(one.id, village="东村")

    file = queries.file_for(town.actor("village_east"), one.id, on=DAY)

    assert file.responsible.say == ""
    assert file.responsible.village is not None
    assert file.responsible.department is not None
    assert (file.responsible.village.short_name, file.responsible.department.short_name) == ("东村", "经发办")
    assert [person.title for person in file.people] == ["主要负责人", "安全员"] or len(file.people) == 2
    assert (file.industry, file.section, file.size) == ("金属制品业", "制造业", "small")
    assert [str(site.place.name) for site in file.sites] == ["一号厂房"]
    with pytest.raises(NotFound):
        queries.file_for(town.actor("village_west"), one.id, on=DAY)


def test_given_a_merged_firm_when_its_code_is_scanned_then_the_winner_opens(town: SmallTown) -> None:
    loser, winner = firm(town, "甲机械"), firm(town, "甲机械厂")
    office = town.actor("office")
    token = queries.qr_token_for(office, loser.id)

    services.merge(
        loser_id=loser.id,
        winner_id=winner.id,
        seen_version=1,
        winner_seen_version=1,
        reason="同一家",
        actor=office,
        now=NOON,
    )

    assert queries.firm_by_token(office, token).id == winner.id
    assert queries.qr_token_for(office, loser.id) == token
    assert queries.file_for(office, loser.id, on=DAY).winner == queries.firm_for(office, winner.id)
    assert queries.file_for(office, winner.id, on=DAY).merged_names == ("甲机械",)
    assert names(town, "office", state=State.MERGED) == ["甲机械"]
    assert [one.url_args for one in queries.found_for(office, loser.code, now=NOON)] == [(winner.id,)]
    assert queries.tallies(office) == {"active": 1, "merged": 1, "closed": 0}
    for viewer, code in ((town.actor("village_west"), token), (office, "nothing")):
        with pytest.raises(NotFound):
            queries.firm_by_token(viewer, code)


def test_given_a_near_name_when_entered_then_the_doubles_are_shown_best_first(town: SmallTown) -> None:
    same = firm(town, "示范镇宏图冷冻食品有限公司")
    firm(town, "宏达冷冻设备厂")
    firm(town, "老街饭店")

    found = queries.duplicates_of(town.town.id, Wanted("宏图冷冻食品厂"))

    assert found[0].firm.id == same.id
    assert found[0].score >= 95
    assert "老街饭店" not in {one.firm.name for one in found}
    assert same.id not in {one.firm.id for one in queries.duplicates_of(town.town.id, Wanted(same.name), but=same.id)}


def test_given_a_dust_hazard_when_asked_who_else_then_the_nearest_come_first(town: SmallTown) -> None:
    wood = firm(town, "东方木业", features=("dust_explosive", "wood_dust"), processes="木工砂光机、除尘风管")
    polish = firm(town, "恒昌铝制品厂", features=("dust_explosive",), processes="铝件抛光打磨，除尘器")
    saw = firm(town, "小木器厂", processes="砂光机一台")
    firm(town, "老街饭店", sector="commerce", processes="餐饮")

    found = queries.alike(
        town.town.id, features=("dust_explosive",), words="木工砂光机除尘风管没有火花探测装置", but=[wood.id]
    )

    assert [one.firm.id for one in found] == [polish.id, saw.id]
    assert found[0].reasons[0] == "同有粉尘涉爆"


def test_given_any_number_of_firms_when_asked_for_alike_then_three_queries_do(
    town: SmallTown, django_assert_num_queries: Any
) -> None:
    for at in range(5):
        firm(town, f"木业{at}", features=("dust_explosive",))

    with django_assert_num_queries(3):
        found = queries.alike(town.town.id, sectors=("machinery",), features=("dust_explosive",), words="木业")

    assert len(found) == 5


def test_given_ids_when_asked_in_bulk_then_the_frozen_firms_come_back(
    town: SmallTown, django_assert_num_queries: Any
) -> None:
    made = [firm(town, f"企业{at}") for at in range(3)]

    with django_assert_num_queries(2):
        found = queries.firms([one.id for one in made] + [UUID(int=1)])

    assert found == {one.id: one for one in made}
    assert {one.village for one in made} == {"东村"}
