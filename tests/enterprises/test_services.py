from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest

from bihuan.enterprises import queries, services
from bihuan.enterprises.models import Enterprise
from bihuan.enterprises.rules.facts import Entry, Firm, Place, State
from bihuan.enterprises.rules.matching import MatchKind, Wanted
from bihuan.kernel.errors import NotAllowed, NotFound, Outdated, Refusal, Rejected
from bihuan.trail.models import Event
from tests.enterprises.people import EAST, OTHER_PATH, OTHER_TOWN, TOWN, TOWN_PATH, WEST, leader, office, village

pytestmark = pytest.mark.django_db
NOW = datetime(2018, 2, 14, 1, 20, tzinfo=UTC)
GOOD, OTHER_GOOD = "91350100M000100Y43", "91512081MA62K0260E"


def entry(name: str = "示范镇东方木业有限公司", **more: Any) -> Entry:
    return Entry(**({"name": name, "path": EAST, "lead_sector": "light_industry"} | more))


def registered(name: str = "示范镇东方木业有限公司", **more: Any) -> Firm:
    return services.register(entry=entry(name, **more), town_id=TOWN, actor=office(), now=NOW)


def kinds() -> list[str]:
    return list(Event.objects.order_by("seq").values_list("kind", flat=True))


def test_given_an_entry_when_registered_then_the_file_and_its_event_are_there() -> None:
    firm = registered(uscc=GOOD, features=("dust_explosive",), staff=30, industry_code="C2110")

    row = Enterprise.objects.get()
    event = Event.objects.get()
    assert (firm.id, firm.code, firm.sectors, firm.features) == (row.pk, GOOD, ("light_industry",), ("dust_explosive",))
    assert (event.kind, event.subject_id, event.path, event.sector, event.enterprise_id) == (
        "enterprise.registered",
        row.pk,
        EAST,
        "light_industry",
        row.pk,
    )
    assert event.after["industry_code"] == "2110"


def test_given_a_failing_check_when_unconfirmed_then_it_is_refused_and_confirmed_it_is_kept() -> None:
    with pytest.raises(Refusal) as refused:
        registered(uscc="91350100M000100Y44")
    assert (refused.value.code, refused.value.field) == ("enterprises.uscc_doubtful", "uscc")
    assert kinds() == []

    firm = registered(uscc="91350100M000100Y44", uscc_confirmed=True)

    assert firm.uscc == "91350100M000100Y44"


def test_given_no_code_when_registered_then_local_codes_count_up() -> None:
    names = [registered(name).code for name in ("甲木业有限公司", "乙木业有限公司")]

    assert names == ["临00001", "临00002"]


def test_given_one_bad_row_when_many_are_registered_then_nothing_is_written_and_the_row_is_named() -> None:
    with pytest.raises(Rejected) as rejected:
        services.register_many(entries=[entry("甲"), entry("")], town_id=TOWN, actor=office(), now=NOW)

    assert rejected.value.refused == {1: "请填写企业名称，与营业执照一致。"}
    assert list(Enterprise.objects.all()) == []
    assert kinds() == []


def test_given_actors_when_they_register_then_only_those_over_the_place_may() -> None:
    services.register(entry=entry(), town_id=TOWN, actor=village(EAST), now=NOW)

    for actor, path in ((village(EAST), WEST), (leader(), EAST), (office(OTHER_TOWN, OTHER_PATH), EAST)):
        with pytest.raises(NotAllowed):
            services.register(entry=entry("别家", path=path), town_id=TOWN, actor=actor, now=NOW)
    assert kinds() == ["enterprise.registered"]


def test_given_an_old_page_when_changed_then_it_is_refused_and_nothing_is_written() -> None:
    firm = registered()
    services.change(enterprise_id=firm.id, entry=entry(staff=9), seen_version=1, actor=office(), now=NOW)

    with pytest.raises(Outdated):
        services.change(enterprise_id=firm.id, entry=entry(staff=8), seen_version=1, actor=office(), now=NOW)

    event = Event.objects.order_by("seq").last()
    assert event is not None
    assert (event.kind, event.before, event.after) == ("enterprise.changed", {"staff": None}, {"staff": 9})
    assert Enterprise.objects.get().staff == 9


@pytest.mark.parametrize(
    "act",
    [
        lambda firm, actor: services.change(enterprise_id=firm.id, entry=entry(), seen_version=1, actor=actor, now=NOW),
        lambda firm, actor: services.move(
            enterprise_id=firm.id, seen_version=1, path=WEST, reason="迁址", actor=actor, now=NOW
        ),
        lambda firm, actor: services.close(enterprise_id=firm.id, seen_version=1, reason="注销", actor=actor, now=NOW),
        lambda firm, actor: services.record_features(
            enterprise_id=firm.id, features=["dust_explosive"], seen_version=1, actor=actor, now=NOW
        ),
        lambda firm, actor: services.add_site(enterprise_id=firm.id, place=Place("一号厂房"), actor=actor, now=NOW),
    ],
)
def test_given_another_town_when_it_acts_then_the_enterprise_is_not_found(act: Callable[[Firm, Any], None]) -> None:
    firm = registered()

    with pytest.raises(NotFound):
        act(firm, office(OTHER_TOWN, OTHER_PATH))

    assert kinds() == ["enterprise.registered"]


def test_given_a_move_when_done_then_the_event_tells_where_from_and_where_to() -> None:
    firm = registered(sectors=("machinery",))

    services.move(
        enterprise_id=firm.id,
        seen_version=1,
        path=WEST,
        lead_sector="machinery",
        reason="迁址",
        actor=office(),
        now=NOW,
    )

    event = Event.objects.get(kind="enterprise.moved")
    assert event.before == {"path": EAST, "lead_sector": "light_industry"}
    assert event.after == {"path": WEST, "lead_sector": "machinery"}
    assert queries.firm_for(office(), firm.id).sectors == ("machinery",)
    with pytest.raises(Refusal):
        services.move(enterprise_id=firm.id, seen_version=2, path=WEST, reason="再来", actor=office(), now=NOW)


def test_given_two_files_of_one_firm_when_merged_then_the_loser_leads_to_the_winner() -> None:
    loser = registered("东方木业", uscc=GOOD, features=("dust_explosive",), path=WEST)
    services.add_site(enterprise_id=loser.id, place=Place("一号厂房"), actor=office(), now=NOW)
    winner = registered("示范镇东方木业有限公司", features=("confined_space",))

    services.merge(
        loser_id=loser.id,
        winner_id=winner.id,
        seen_version=1,
        winner_seen_version=1,
        reason="同一家",
        actor=office(),
        now=NOW,
    )

    after = queries.firms([loser.id, winner.id])
    assert after[loser.id].state is State.MERGED
    assert after[winner.id].features == ("confined_space", "dust_explosive")
    assert after[winner.id].uscc == GOOD
    event = Event.objects.get(kind="enterprise.merged")
    assert event.before == {"enterprise_id": str(loser.id), "path": WEST, "lead_sector": "light_industry"}
    assert event.after == {"enterprise_id": str(winner.id), "path": EAST, "lead_sector": "light_industry"}
    [by_name, by_code] = queries.match(TOWN, [Wanted("东方木业"), Wanted("谁", uscc=GOOD)])
    assert by_name.firm is not None
    assert by_code.firm is not None
    assert {by_name.firm.id, by_code.firm.id} == {winner.id}


def test_given_a_closed_enterprise_when_reopened_then_it_is_on_the_register_again() -> None:
    firm = registered()

    services.close(enterprise_id=firm.id, seen_version=1, reason="注销", actor=office(), now=NOW)
    with pytest.raises(Refusal):
        services.change(enterprise_id=firm.id, entry=entry(), seen_version=2, actor=office(), now=NOW)
    services.reopen(enterprise_id=firm.id, seen_version=2, reason="误注销", actor=office(), now=NOW)

    assert kinds() == ["enterprise.registered", "enterprise.closed", "enterprise.reopened"]
    assert Enterprise.objects.get().state == State.ACTIVE


def test_given_a_list_when_matched_then_each_name_is_found_near_or_new(django_assert_num_queries: Any) -> None:
    wood = registered("示范镇东方木业有限公司", uscc=GOOD)
    paint = registered("示范镇腾飞涂料有限公司", uscc=OTHER_GOOD)
    wanted = [
        Wanted("随便什么", uscc=GOOD),
        Wanted("示范镇腾飞涂料有限公司"),
        Wanted("金城镇东方木业有限公司"),
        Wanted("腾飞涂料化工"),
        Wanted("老街饭店"),
    ]

    with django_assert_num_queries(4):
        found = queries.match(TOWN, wanted)

    assert [(one.kind, one.firm and one.firm.id) for one in found] == [
        (MatchKind.CODE, wood.id),
        (MatchKind.NAME, paint.id),
        (MatchKind.PLAIN, wood.id),
        (MatchKind.FUZZY, None),
        (MatchKind.NEW, None),
    ]
    assert [one.firm.id for one in found[3].candidates] == [paint.id]


def test_given_a_stranger_when_asking_then_not_yours_and_not_there_are_one_answer() -> None:
    firm = registered()

    answers = []
    for viewer, key in ((office(OTHER_TOWN, OTHER_PATH), firm.id), (village(WEST), firm.id), (office(), uuid4())):
        with pytest.raises(NotFound) as refused:
            queries.firm_for(viewer, key)
        answers.append(refused.value.say)

    assert len(set(answers)) == 1
    assert office().unit_path == TOWN_PATH
