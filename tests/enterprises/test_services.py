from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest

from bihuan.enterprises import queries, services
from bihuan.enterprises.models import Enterprise
from bihuan.enterprises.rules.facts import Entry, Firm, Place, State
from bihuan.enterprises.rules.licences import Licence, LicenceKind
from bihuan.enterprises.rules.matching import MatchKind, Wanted
from bihuan.kernel.actor import PLATFORM, Actor
from bihuan.kernel.errors import NotAllowed, NotFound, Outdated, Refusal, Rejected
from bihuan.trail.models import Event
from tests.town import SmallTown, make_town

pytestmark = pytest.mark.django_db
NOW = datetime(2018, 2, 14, 1, 20, tzinfo=UTC)
LICENCE = Licence(LicenceKind.CHEMICALS, "（苏）WH安许证字〔2017〕1号", "省安监局")
GOOD, OTHER_GOOD = "91350100M000100Y43", "91512081MA62K0260E"


NAME = "示范镇东方木业有限公司"


@pytest.fixture
def town() -> SmallTown:
    return make_town()


@pytest.fixture
def stranger() -> Actor:
    return make_town("320413102000", "邻镇").actor("office")


def east(town: SmallTown) -> str:
    return town.units["东村"].path


def west(town: SmallTown) -> str:
    return town.units["西村"].path


def entry(town: SmallTown, name: str = NAME, **more: Any) -> Entry:
    return Entry(**({"name": name, "path": east(town), "lead_sector": "light_industry"} | more))


def registered(town: SmallTown, name: str = NAME, **more: Any) -> Firm:
    return services.register(entry=entry(town, name, **more), town_id=town.town.id, actor=town.actor("office"), now=NOW)


def kinds() -> list[str]:
    return list(Event.objects.filter(kind__startswith="enterprise.").order_by("seq").values_list("kind", flat=True))


def test_given_an_entry_when_registered_then_the_file_and_its_event_are_there(town: SmallTown) -> None:
    firm = registered(town, uscc=GOOD, features=("dust_explosive",), staff=30, industry_code="C2110")

    row = Enterprise.objects.get()
    event = Event.objects.get(kind="enterprise.registered")
    assert (firm.id, firm.code, firm.sectors, firm.features) == (row.pk, GOOD, ("light_industry",), ("dust_explosive",))
    assert (event.kind, event.subject_id, event.path, event.sector, event.enterprise_id) == (
        "enterprise.registered",
        row.pk,
        east(town),
        "light_industry",
        row.pk,
    )
    assert event.after["industry_code"] == "2110"


def test_given_a_failing_check_when_unconfirmed_then_it_is_refused_and_confirmed_it_is_kept(town: SmallTown) -> None:
    with pytest.raises(Refusal) as refused:
        registered(town, uscc="91350100M000100Y44")
    assert (refused.value.code, refused.value.field) == ("enterprises.uscc_doubtful", "uscc")
    assert kinds() == []

    firm = registered(town, uscc="91350100M000100Y44", uscc_confirmed=True)

    assert firm.uscc == "91350100M000100Y44"


def test_given_no_code_when_registered_then_local_codes_count_up(town: SmallTown) -> None:
    names = [registered(town, name).code for name in ("甲木业有限公司", "乙木业有限公司")]

    assert names == ["临00001", "临00002"]


def test_given_one_bad_row_when_many_are_registered_then_nothing_is_written_and_the_row_is_named(
    town: SmallTown,
) -> None:
    with pytest.raises(Rejected) as rejected:
        services.register_many(
            entries=[entry(town, "甲"), entry(town, "")], town_id=town.town.id, actor=town.actor("office"), now=NOW
        )

    assert rejected.value.refused == {1: "请填写企业名称，与营业执照一致。"}
    assert list(Enterprise.objects.all()) == []
    assert kinds() == []


def test_given_actors_when_they_register_then_only_those_over_the_place_may(town: SmallTown, stranger: Actor) -> None:
    services.register(entry=entry(town), town_id=town.town.id, actor=town.actor("village_east"), now=NOW)

    for actor, path in (
        (town.actor("village_east"), west(town)),
        (town.actor("leader"), east(town)),
        (stranger, east(town)),
    ):
        with pytest.raises(NotAllowed):
            services.register(entry=entry(town, "别家", path=path), town_id=town.town.id, actor=actor, now=NOW)
    assert kinds() == ["enterprise.registered"]


def test_given_an_old_page_when_changed_then_it_is_refused_and_nothing_is_written(town: SmallTown) -> None:
    firm = registered(town)
    services.change(
        enterprise_id=firm.id, entry=entry(town, staff=9), seen_version=1, actor=town.actor("office"), now=NOW
    )

    with pytest.raises(Outdated):
        services.change(
            enterprise_id=firm.id, entry=entry(town, staff=8), seen_version=1, actor=town.actor("office"), now=NOW
        )

    event = Event.objects.order_by("seq").last()
    assert event is not None
    assert (event.kind, event.before, event.after) == ("enterprise.changed", {"staff": None}, {"staff": 9})
    assert Enterprise.objects.get().staff == 9


@pytest.mark.parametrize(
    "act",
    [
        lambda town, firm, actor: services.change(
            enterprise_id=firm.id, entry=entry(town), seen_version=1, actor=actor, now=NOW
        ),
        lambda town, firm, actor: services.move(
            enterprise_id=firm.id, seen_version=1, path=west(town), reason="迁址", actor=actor, now=NOW
        ),
        lambda town, firm, actor: services.close(
            enterprise_id=firm.id, seen_version=1, reason="注销", actor=actor, now=NOW
        ),
        lambda town, firm, actor: services.record_features(
            enterprise_id=firm.id, features=["dust_explosive"], seen_version=1, actor=actor, now=NOW
        ),
        lambda town, firm, actor: services.add_licence(enterprise_id=firm.id, licence=LICENCE, actor=actor, now=NOW),
        lambda town, firm, actor: services.add_site(
            enterprise_id=firm.id, place=Place("一号厂房"), actor=actor, now=NOW
        ),
    ],
)
def test_given_another_town_when_it_acts_then_the_enterprise_is_not_found(
    town: SmallTown, stranger: Actor, act: Callable[[SmallTown, Firm, Any], None]
) -> None:
    firm = registered(town)

    with pytest.raises(NotFound):
        act(town, firm, stranger)

    assert kinds() == ["enterprise.registered"]


def test_given_a_move_when_done_then_the_event_tells_where_from_and_where_to(town: SmallTown) -> None:
    firm = registered(town, sectors=("machinery",))

    services.move(
        enterprise_id=firm.id,
        seen_version=1,
        path=west(town),
        lead_sector="machinery",
        reason="迁址",
        actor=town.actor("office"),
        now=NOW,
    )

    event = Event.objects.get(kind="enterprise.moved")
    assert event.before == {"path": east(town), "lead_sector": "light_industry"}
    assert event.after == {"path": west(town), "lead_sector": "machinery"}
    assert queries.firm_for(town.actor("office"), firm.id).sectors == ("machinery",)
    with pytest.raises(Refusal):
        services.move(
            enterprise_id=firm.id, seen_version=2, path=west(town), reason="再来", actor=town.actor("office"), now=NOW
        )


def test_given_two_files_of_one_firm_when_merged_then_the_loser_leads_to_the_winner(town: SmallTown) -> None:
    loser = registered(town, "东方木业", uscc=GOOD, features=("dust_explosive",), path=west(town))
    services.add_site(enterprise_id=loser.id, place=Place("一号厂房"), actor=town.actor("office"), now=NOW)
    services.add_licence(enterprise_id=loser.id, licence=LICENCE, actor=town.actor("office"), now=NOW)
    winner = registered(town, "示范镇东方木业有限公司", features=("confined_space",))

    services.merge(
        loser_id=loser.id,
        winner_id=winner.id,
        seen_version=1,
        winner_seen_version=1,
        reason="同一家",
        actor=town.actor("office"),
        now=NOW,
    )

    assert queries.licences_of([loser.id, winner.id]) == {winner.id: (LICENCE,)}
    after = queries.firms([loser.id, winner.id])
    assert after[loser.id].state is State.MERGED
    assert after[winner.id].features == ("confined_space", "dust_explosive")
    assert after[winner.id].uscc == GOOD
    event = Event.objects.get(kind="enterprise.merged")
    assert event.before == {"enterprise_id": str(loser.id), "path": west(town), "lead_sector": "light_industry"}
    assert event.after == {"enterprise_id": str(winner.id), "path": east(town), "lead_sector": "light_industry"}
    [by_name, by_code] = queries.match(town.town.id, [Wanted("东方木业"), Wanted("谁", uscc=GOOD)])
    assert by_name.firm is not None
    assert by_code.firm is not None
    assert {by_name.firm.id, by_code.firm.id} == {winner.id}


def test_given_a_closed_enterprise_when_reopened_then_it_is_on_the_register_again(town: SmallTown) -> None:
    firm = registered(town)

    services.close(enterprise_id=firm.id, seen_version=1, reason="注销", actor=town.actor("office"), now=NOW)
    with pytest.raises(Refusal):
        services.change(enterprise_id=firm.id, entry=entry(town), seen_version=2, actor=town.actor("office"), now=NOW)
    services.reopen(enterprise_id=firm.id, seen_version=2, reason="误注销", actor=town.actor("office"), now=NOW)

    assert kinds() == ["enterprise.registered", "enterprise.closed", "enterprise.reopened"]
    assert Enterprise.objects.get().state == State.ACTIVE


def test_given_a_list_when_matched_then_each_name_is_found_near_or_new(
    town: SmallTown, django_assert_num_queries: Any
) -> None:
    wood = registered(town, "示范镇东方木业有限公司", uscc=GOOD)
    paint = registered(town, "示范镇腾飞涂料有限公司", uscc=OTHER_GOOD)
    wanted = [
        Wanted("随便什么", uscc=GOOD),
        Wanted("示范镇腾飞涂料有限公司"),
        Wanted("金城镇东方木业有限公司"),
        Wanted("腾飞涂料化工"),
        Wanted("老街饭店"),
    ]

    with django_assert_num_queries(5):
        found = queries.match(town.town.id, wanted)

    assert [(one.kind, one.firm and one.firm.id) for one in found] == [
        (MatchKind.CODE, wood.id),
        (MatchKind.NAME, paint.id),
        (MatchKind.PLAIN, wood.id),
        (MatchKind.FUZZY, None),
        (MatchKind.NEW, None),
    ]
    assert [one.firm.id for one in found[3].candidates] == [paint.id]


def test_given_a_stranger_when_asking_then_not_yours_and_not_there_are_one_answer(
    town: SmallTown, stranger: Actor
) -> None:
    firm = registered(town)

    answers = []
    for viewer, key in ((stranger, firm.id), (town.actor("village_west"), firm.id), (town.actor("office"), uuid4())):
        with pytest.raises(NotFound) as refused:
            queries.firm_for(viewer, key)
        answers.append(refused.value.say)

    assert len(set(answers)) == 1


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"path": "/32/04/13/101/999/"}, "enterprises.no_place"),
        ({"path": "/32/04/13/102/"}, "enterprises.no_place"),
        ({"path": ""}, "enterprises.no_place"),
        ({"lead_sector": "farming"}, "enterprises.unknown_sector"),
        ({"lead_sector": ""}, "enterprises.no_sector"),
        ({"sectors": ("farming",)}, "enterprises.unknown_sector"),
        ({"features": ("can_fly",)}, "enterprises.unknown_feature"),
        ({"industry_code": "99"}, "enterprises.industry"),
        ({"industry_edition": "1994", "industry_code": "21"}, "enterprises.industry"),
    ],
)
def test_given_a_fact_that_cannot_be_when_registered_then_it_is_refused_and_nothing_is_written(
    town: SmallTown, stranger: Actor, facts: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refusal) as refused:
        services.register(entry=entry(town, **facts), town_id=town.town.id, actor=PLATFORM, now=NOW)

    assert refused.value.code == code
    assert kinds() == []


def test_given_another_town_when_a_firm_is_moved_there_then_it_is_refused(town: SmallTown, stranger: Actor) -> None:
    firm = registered(town)

    with pytest.raises(Refusal) as refused:
        services.move(
            enterprise_id=firm.id, seen_version=1, path=stranger.unit_path, reason="迁址", actor=PLATFORM, now=NOW
        )

    assert refused.value.code == "enterprises.no_place"
    assert kinds() == ["enterprise.registered"]


def test_given_many_moves_when_one_is_outdated_then_none_is_done(town: SmallTown) -> None:
    first, second = registered(town, "甲机械厂"), registered(town, "乙机械厂")
    office = town.actor("office")
    moves = [services.Move(first.id, 1, path=west(town)), services.Move(second.id, 9, path=west(town))]

    with pytest.raises(Rejected) as rejected:
        services.move_many(moves=moves, reason="调整网格", actor=office, now=NOW)
    services.move_many(
        moves=[services.Move(one.id, 1, path=west(town)) for one in (first, second)],
        reason="调整网格",
        actor=office,
        now=NOW,
    )

    assert list(rejected.value.refused) == [second.id]
    assert kinds() == ["enterprise.registered"] * 2 + ["enterprise.moved"] * 2
    assert set(Enterprise.objects.values_list("path", "version")) == {(west(town), 2)}
