"""Names of units agree, nobody holds a post before he could, and no seat of an administrator falls empty (R10.13)."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import transaction

from bihuan.kernel.actor import PLATFORM
from bihuan.kernel.errors import NotAllowed, Refusal
from bihuan.kernel.roles import Role
from bihuan.orgs import queries, services
from bihuan.orgs.rules import PostKind, UnitKind
from tests.town import DAY, FOUNDED, NOON, SmallTown, make_town


@pytest.fixture
def town(db: None) -> SmallTown:
    return make_town()


def test_given_a_name_of_a_sibling_when_a_unit_is_renamed_then_it_is_refused_in_words(town: SmallTown) -> None:
    east, west = town.units["东村"], town.units["西村"]

    def rename(name: str, version: int = 1) -> None:
        services.rename_unit(unit_id=east.id, name=name, short_name="", seen_version=version, actor=PLATFORM, now=NOON)

    with pytest.raises(Refusal, match=f"下面已经有“{west.name}”") as refused, transaction.atomic():
        rename(f" {west.name} ")
    with pytest.raises(Refusal, match="最多 64 个") as long, transaction.atomic():
        rename("村" * 65)
    rename(east.name)

    assert (refused.value.field, long.value.field) == ("name", "name")


def test_given_a_closed_unit_when_it_is_changed_or_built_upon_then_it_is_refused(town: SmallTown) -> None:
    new = services.NewUnit(UnitKind.VILLAGE, "老村", town.town.id)
    unit = services.create_unit(unit=new, actor=PLATFORM, now=FOUNDED)
    services.close_unit(unit_id=unit.id, reason="撤并", seen_version=1, actor=PLATFORM, now=NOON)

    with pytest.raises(Refusal, match="已经在2018-01-10撤销"), transaction.atomic():
        services.rename_unit(unit_id=unit.id, name="新村", short_name="", seen_version=2, actor=PLATFORM, now=NOON)
    grid = services.NewUnit(UnitKind.GRID, "一网格", unit.id)
    with pytest.raises(Refusal, match="不存在或已经撤销"), transaction.atomic():
        services.create_unit(unit=grid, actor=PLATFORM, now=NOON)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": "示范镇"}, "金城区下面已经有“示范镇”（代码 320413101000）"),
        ({"county_name": "金坛区"}, "代码 320413000000 已经登记为“金城区”，这里填的是“金坛区”"),
        ({"city_name": "无锡市"}, "代码 320400000000 已经登记为“常州市”"),
        ({"code": "320414101000"}, "常州市下面已经有“金城区”（代码 320413000000）"),
    ],
)
def test_given_a_name_that_does_not_agree_with_what_is_known_when_a_town_is_made_then_it_is_refused(
    town: SmallTown, change: dict[str, str], words: str
) -> None:
    facts = {
        "code": "320413102000",
        "name": "乙镇",
        "province_name": "江苏省",
        "city_name": "常州市",
        "county_name": "金城区",
    }

    with pytest.raises(Refusal, match=words) as refused, transaction.atomic():
        services.create_town(**{**facts, **change}, actor=PLATFORM, now=NOON)

    assert refused.value.field == "name"
    assert [one.name for one in queries.all_towns()] == ["示范镇"]


@pytest.mark.parametrize(
    ("from_on", "code"),
    [
        (date(1900, 1, 1), "orgs.too_long_ago"),
        (FOUNDED.date() - timedelta(days=1), "orgs.before_post"),
        (date(2018, 1, 4), "orgs.still_held"),
    ],
)
def test_given_a_vacant_post_when_somebody_is_to_have_held_it_before_he_could_then_it_is_refused(
    town: SmallTown, from_on: date, code: str
) -> None:
    post, heir = town.posts["leader"], town.users["inspector"]
    left = NOON.replace(day=5)
    services.hand_over_post(post_id=post, to_user_id=None, actor=PLATFORM, now=left)

    def take(day: date) -> None:
        services.hand_over_post(post_id=post, to_user_id=heir, from_on=day, actor=PLATFORM, now=NOON)

    with pytest.raises(Refusal) as refused, transaction.atomic():
        take(from_on)
    take(left.date())

    assert (refused.value.code, refused.value.field) == (code, "from_on")
    assert [one.from_on for one in queries.holdings_of([post])] == [left.date(), FOUNDED.date()]


def test_given_a_post_made_later_than_its_unit_when_filled_then_not_from_before_it_was_made(town: SmallTown) -> None:
    new = services.NewPost(town.units["东村"].id, "网格员", PostKind.STAFF)
    made = services.create_post(post=new, actor=PLATFORM, now=NOON)

    with pytest.raises(Refusal, match="网格员”2018-01-10 才设立"):
        services.hand_over_post(
            post_id=made.id,
            to_user_id=town.users["inspector"],
            from_on=DAY - timedelta(days=1),
            actor=PLATFORM,
            now=NOON,
        )


def _newcomer(town: SmallTown) -> UUID:
    new = services.NewUser("zhao", "赵某", town.town.id, password="")
    return services.create_users(users=[new], actor=PLATFORM, now=FOUNDED)[0].user.id


@pytest.mark.parametrize("post", ["security_admin", "system_admin", "audit_admin", "chair", "leader"])
def test_given_the_safety_chief_when_he_fills_a_leaders_or_administrators_post_then_he_may_not(
    town: SmallTown, post: str
) -> None:
    heir = _newcomer(town)

    for user in (None, heir, town.users["chief"]):
        with pytest.raises(NotAllowed, match="安排领导岗和管理岗上的人"), transaction.atomic():
            services.hand_over_post(post_id=town.posts[post], to_user_id=user, actor=town.actor("chief"), now=NOON)
    services.hand_over_post(post_id=town.posts["inspector"], to_user_id=heir, actor=town.actor("chief"), now=NOON)

    assert queries.post(town.posts[post], DAY).holder_id == town.users[post]
    assert queries.fillable(queries.posts(town.posts.values(), DAY).values(), town.actor("chief"), DAY).isdisjoint(
        {town.posts[post]}
    )


def test_given_a_vacant_post_when_somebody_puts_himself_on_it_then_it_is_refused(town: SmallTown) -> None:
    post, chief = town.posts["inspector"], town.actor("chief")
    services.hand_over_post(post_id=post, to_user_id=None, actor=PLATFORM, now=NOON)

    with pytest.raises(Refusal, match="不能把岗位安排给自己") as taken, transaction.atomic():
        services.hand_over_post(post_id=post, to_user_id=town.users["chief"], actor=chief, now=NOON)
    with pytest.raises(Refusal, match="不能把岗位安排给自己"), transaction.atomic():
        services.hold_post(post_id=post, user_id=town.users["chief"], actor=chief, now=NOON)

    assert taken.value.field == "to_user_id"
    assert town.users["chief"] not in {one.id for one in queries.successors(chief, post, DAY)}
    assert queries.post(post, DAY).holder_id is None


@pytest.mark.parametrize("key", ["system_admin", "security_admin", "audit_admin"])
@pytest.mark.parametrize("way", ["withdraw", "vacate", "plan", "disable"])
def test_given_the_only_administrator_of_a_kind_when_the_seat_would_be_empty_then_it_is_refused(
    town: SmallTown, key: str, way: str
) -> None:
    post, user, role = town.posts[key], town.users[key], Role(key)
    other = town.actor("system_admin" if key == "security_admin" else "security_admin")
    later = DAY + timedelta(days=9)
    ways: dict[str, Callable[[], None]] = {
        "withdraw": lambda: services.withdraw_role(
            post_id=post, role=role, reason="x", actor=town.actor("security_admin"), now=NOON
        ),
        "vacate": lambda: services.hand_over_post(post_id=post, to_user_id=None, actor=other, now=NOON),
        "plan": lambda: services.hand_over_post(post_id=post, to_user_id=None, from_on=later, actor=other, now=NOON),
        "disable": lambda: services.set_active(user_id=user, is_active=False, reason="x", actor=PLATFORM, now=NOON),
    }

    with pytest.raises(Refusal, match="唯一在岗的") as refused, transaction.atomic():
        ways[way]()
    second = services.NewPost(town.units["安监办"].id, f"{key}二", PostKind.ADMIN, roles=(role,))
    made = services.create_post(post=second, actor=PLATFORM, now=NOON)
    services.hold_post(post_id=made.id, user_id=_newcomer(town), actor=PLATFORM, now=NOON)
    ways[way]()

    assert refused.value.code == "orgs.last_admin"


def test_given_an_administrator_who_leaves_when_a_successor_is_named_then_the_seat_is_handed_over(
    town: SmallTown,
) -> None:
    heir = _newcomer(town)

    services.hand_over_post(
        post_id=town.posts["security_admin"], to_user_id=heir, actor=town.actor("security_admin"), now=NOON
    )
    services.set_active(
        user_id=town.users["security_admin"],
        is_active=False,
        reason="调离",
        actor=queries.actor_for(heir, on=DAY),
        now=NOON,
    )

    assert queries.actor_for(heir, on=DAY).has_role(Role.SECURITY_ADMIN)


def _emptied(town: SmallTown, *keys: str) -> None:
    for key in keys:
        services.hand_over_post(post_id=town.posts[key], to_user_id=None, actor=PLATFORM, now=NOON)


def _close(town: SmallTown, unit: str, into: str = "") -> None:
    services.close_unit(
        unit_id=town.units[unit].id,
        reason="机构改革",
        seen_version=1,
        merged_into_id=town.units[into].id if into else None,
        actor=town.actor("system_admin"),
        now=NOON,
    )


def test_given_a_department_that_leads_sectors_when_closed_then_a_successor_takes_them_or_it_is_refused(
    town: SmallTown,
) -> None:
    _emptied(town, "industry")

    with pytest.raises(Refusal, match="还牵头 3 个行业") as refused, transaction.atomic():
        _close(town, "经发办")
    with pytest.raises(Refusal, match="类别不同"), transaction.atomic():
        _close(town, "经发办", "东村")
    _close(town, "经发办", "建设办")

    leads = queries.lead_departments(town.town.id, DAY)
    assert refused.value.field == "merged_into_id"
    assert {leads[sector].short_name for sector in ("machinery", "light_industry", "chemical")} == {"建设办"}
    assert queries.lead_departments(town.town.id, DAY - timedelta(days=1))["machinery"].short_name == "经发办"
    with pytest.raises(Refusal, match="已经在2018-01-10撤销"), transaction.atomic():
        _close(town, "经发办")


def test_given_a_village_with_a_leader_when_merged_then_the_successor_has_the_leader(town: SmallTown) -> None:
    _emptied(town, "village_east")

    _close(town, "东村", "西村")

    by_path = queries.leaders(town.town.id, DAY).by_path
    assert town.units["东村"].path not in by_path
    assert by_path[town.units["西村"].path].id == town.posts["leader"]


def test_given_a_village_with_an_enterprises_posts_when_closed_then_it_says_to_move_the_enterprise(
    town: SmallTown,
) -> None:
    town.enterprise_people(UUID(int=7), village="东村")
    _emptied(town, "village_east")

    with pytest.raises(Refusal, match="还有 1 家企业的岗位"):
        _close(town, "东村", "西村")


def test_given_a_held_post_when_handed_over_in_the_past_then_it_is_refused(town: SmallTown) -> None:
    with pytest.raises(Refusal, match="交接日不能早于今天") as refused:
        services.hand_over_post(
            post_id=town.posts["inspector"],
            to_user_id=None,
            from_on=DAY - timedelta(days=2),
            actor=PLATFORM,
            now=NOON,
        )

    assert refused.value.field == "from_on"
