"""What the room's acts promise: who may, what is refused, what is written."""

from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from bihuan.kernel.actor import PLATFORM, Actor, HeldRole
from bihuan.kernel.errors import NotAllowed, NotFound, Refusal
from bihuan.kernel.roles import Role
from bihuan.orgs import queries, services
from bihuan.orgs.models import AreaLeader, Holding, RoleGrant, Screen, SectorDepartment, Unit, User
from bihuan.orgs.rules import Cover, Extent, OrgAct, PostKind, UnitKind
from bihuan.orgs.rules.may import MAY
from bihuan.orgs.services import people as people_services
from bihuan.orgs.services.guard import require
from bihuan.trail.models import Event
from tests.town import DAY, FOUNDED, NOON, SmallTown, make_town

FIRM = UUID(int=7)


@pytest.fixture
def town(db: None) -> SmallTown:
    return make_town()


@pytest.mark.parametrize("act", list(OrgAct))
@pytest.mark.parametrize("role", list(Role))
def test_given_each_role_when_it_tries_each_act_then_exactly_the_table_holds(act: OrgAct, role: Role) -> None:
    actor = Actor(user_id=None, name="某", roles=(HeldRole(role, "/32/04/13/101/"),))

    may = role is Role.SYSTEM or role in MAY[act]
    if may:
        assert require(actor, act, "/32/04/13/101/200/") == role
    else:
        with pytest.raises(NotAllowed):
            require(actor, act, "/32/04/13/101/200/")
    with pytest.raises(NotAllowed):
        require(actor, act, "/32/04/13/102/")


def _screen(town: SmallTown) -> UUID:
    """Return a screen made beside the trail, so that only what is tried could write an event."""
    made, _ = Screen.objects.get_or_create(
        unit_id=town.town.id, town_id=town.town.id, path=town.town.path, name="大厅", made_by="某", made_at=NOON
    )
    return made.pk


Act = Callable[[SmallTown, Actor], object]
ACTS: dict[OrgAct, list[Act]] = {
    OrgAct.CHANGE_UNITS: [
        lambda t, a: services.create_unit(
            unit=services.NewUnit(UnitKind.VILLAGE, "南村", t.town.id), actor=a, now=NOON
        ),
        lambda t, a: services.rename_unit(
            unit_id=t.units["东村"].id, name="x", short_name="", seen_version=1, actor=a, now=NOON
        ),
        lambda t, a: services.close_unit(unit_id=t.units["东村"].id, reason="x", seen_version=1, actor=a, now=NOON),
    ],
    OrgAct.CHANGE_POSTS: [
        lambda t, a: services.create_post(
            post=services.NewPost(t.units["东村"].id, "网格员", PostKind.STAFF), actor=a, now=NOON
        ),
    ],
    OrgAct.FILL_POSTS: [
        lambda t, a: services.hand_over_post(post_id=t.posts["inspector"], to_user_id=None, actor=a, now=NOON),
    ],
    OrgAct.FILL_HIGH_POSTS: [
        lambda t, a: services.hand_over_post(post_id=t.posts["chair"], to_user_id=None, actor=a, now=NOON),
        lambda t, a: services.hand_over_post(post_id=t.posts["leader"], to_user_id=None, actor=a, now=NOON),
        lambda t, a: services.hand_over_post(
            post_id=t.posts["audit_admin"], to_user_id=t.users["inspector"], actor=a, now=NOON
        ),
    ],
    OrgAct.NAME_RESPONSIBLE: [
        lambda t, a: services.name_department(
            town_id=t.town.id, sector="gas", lead_unit_id=t.units["建设办"].id, actor=a, now=NOON
        ),
        lambda t, a: services.attach_leader(
            town_id=t.town.id, post_id=t.posts["leader"], paths=[t.units["西村"].path], actor=a, now=NOON
        ),
        lambda t, a: services.write_duty_lists(lists={t.posts["leader"]: "x"}, actor=a, now=NOON),
        lambda t, a: services.name_fields(town_id=t.town.id, fields={"教育": None}, actor=a, now=NOON),
        lambda t, a: services.cover_enterprises(
            post_id=t.posts["agency"], enterprise_ids=[FIRM], why=Cover.AGENCY, actor=a, now=NOON
        ),
    ],
    OrgAct.GRANT_ROLES: [
        lambda t, a: services.grant_role(post_id=t.posts["leader"], role=Role.INSPECTOR, actor=a, now=NOON),
        lambda t, a: services.withdraw_role(post_id=t.posts["leader"], role=Role.LEADER, reason="x", actor=a, now=NOON),
        lambda t, a: services.create_post(
            post=services.NewPost(t.units["东村"].id, "督查", PostKind.STAFF, roles=(Role.SUPERVISION_GROUP,)),
            actor=a,
            now=NOON,
        ),
    ],
    OrgAct.CHANGE_USERS: [
        lambda t, a: services.create_users(
            users=[services.NewUser("x", "x", t.town.id, password="")], actor=a, now=NOON
        ),
        lambda t, a: services.reset_password(user_id=t.users["leader"], actor=a, now=NOON, real_now=NOON),
        lambda t, a: services.set_active(user_id=t.users["leader"], is_active=False, reason="x", actor=a, now=NOON),
        lambda t, a: services.unlock(user_id=t.users["leader"], actor=a, now=NOON),
    ],
    OrgAct.OPEN_SCREENS: [
        lambda t, a: services.open_screen(name="大厅", unit_id=t.town.id, actor=a, now=NOON),
        lambda t, a: services.revoke_screen(screen_id=_screen(t), seen_version=1, actor=a, now=NOON),
    ],
}
EVERY_ACT = [(act, place) for act, some in ACTS.items() for place in range(len(some))]


@pytest.mark.parametrize(("act", "place"), EVERY_ACT)
def test_given_each_act_when_somebody_without_its_role_tries_then_it_is_refused_and_nothing_is_written(
    town: SmallTown, act: OrgAct, place: int
) -> None:
    events = Event.objects.count()

    for key in town.users:
        actor = town.actor(key)
        if not set(actor.role_names) & MAY[act]:
            with pytest.raises(NotAllowed), transaction.atomic():
                ACTS[act][place](town, actor)

    assert Event.objects.count() == events


@pytest.mark.parametrize(("act", "place"), EVERY_ACT)
def test_given_each_act_when_an_admin_of_another_town_tries_then_it_is_refused(
    town: SmallTown, act: OrgAct, place: int
) -> None:
    other = make_town(code="320413102000", name="乙镇")

    for key in ("system_admin", "security_admin", "chief"):
        with pytest.raises(NotAllowed), transaction.atomic():
            ACTS[act][place](town, other.actor(key))


def test_given_two_administrators_posts_when_one_person_takes_both_then_it_is_refused(town: SmallTown) -> None:
    for role in ("system_admin", "audit_admin", "security_admin"):
        others = [key for key in town.users if key != role]
        for key in others:
            with pytest.raises(Refusal) as refused, transaction.atomic():
                services.hand_over_post(post_id=town.posts[role], to_user_id=town.users[key], actor=PLATFORM, now=NOON)
            assert refused.value.code == "orgs.roles_clash"


def test_given_an_administrators_post_when_it_gets_a_business_role_then_it_is_refused(town: SmallTown) -> None:
    with pytest.raises(Refusal) as refused, transaction.atomic():
        services.grant_role(
            post_id=town.posts["system_admin"], role=Role.SAFETY_OFFICE, actor=town.actor("security_admin"), now=NOON
        )

    assert refused.value.code == "orgs.roles_clash"


def test_given_a_post_of_the_town_when_it_is_to_be_the_superior_then_it_is_refused(town: SmallTown) -> None:
    staff = services.NewPost(town.units["东村"].id, "督导", PostKind.STAFF, roles=(Role.SUPERIOR,))
    admin = town.actor("security_admin")

    with pytest.raises(Refusal, match="只给镇以上单位的岗位"), transaction.atomic():
        services.grant_role(post_id=town.posts["chair"], role=Role.SUPERIOR, actor=admin, now=NOON)
    with pytest.raises(Refusal, match="只给镇以上单位的岗位"), transaction.atomic():
        services.create_post(post=staff, actor=PLATFORM, now=NOON)


def test_given_a_grant_over_named_ground_when_acting_then_the_role_reaches_there_alone(town: SmallTown) -> None:
    east, west = town.units["东村"].path, town.units["西村"].path

    services.grant_role(
        post_id=town.posts["agency"], role=Role.INSPECTOR, over=Extent(east, ("machinery",)), actor=PLATFORM, now=NOON
    )

    agency = town.actor("agency")
    assert agency.roles_over(path=east, sector="machinery") == {Role.INSPECTOR}
    assert agency.roles_over(path=east, sector="gas") == agency.roles_over(path=west, sector="machinery") == set()
    assert agency.scope.paths == ()


def test_given_a_hand_over_ahead_when_the_day_comes_then_and_not_before_the_successor_acts(town: SmallTown) -> None:
    new = services.NewUser("zhao", "赵某", town.town.id, password="")
    heir = services.create_users(users=[new], actor=PLATFORM, now=FOUNDED)[0].user
    start = DAY + timedelta(days=5)

    services.hand_over_post(
        post_id=town.posts["chief"], to_user_id=heir.id, from_on=start, actor=PLATFORM, now=NOON, reason="换届"
    )

    assert town.actor("chief").has_role(Role.SAFETY_CHIEF)
    assert not queries.actor_for(heir.id, on=DAY).roles
    assert queries.actor_for(heir.id, on=start).has_role(Role.SAFETY_CHIEF)
    assert not town.actor("chief", on=start).roles
    assert queries.holders([town.posts["chief"]], DAY)[town.posts["chief"]].id == town.users["chief"]
    with pytest.raises(Refusal) as refused:
        services.hold_post(post_id=town.posts["chief"], user_id=heir.id, actor=PLATFORM, now=NOON)
    assert refused.value.code == "orgs.post_held"


def test_given_a_holding_that_still_lasts_when_somebody_else_is_put_there_then_it_is_refused(town: SmallTown) -> None:
    services.hand_over_post(
        post_id=town.posts["leader"], to_user_id=None, from_on=DAY + timedelta(days=5), actor=PLATFORM, now=NOON
    )

    with pytest.raises(Refusal) as refused:
        services.hold_post(post_id=town.posts["leader"], user_id=town.users["office"], actor=PLATFORM, now=NOON)

    assert refused.value.code == "orgs.post_held"


def test_given_a_sector_when_its_department_changes_then_each_day_has_its_own(town: SmallTown) -> None:
    services.name_department(
        town_id=town.town.id, sector="machinery", lead_unit_id=town.units["建设办"].id, actor=PLATFORM, now=NOON
    )

    before = queries.lead_departments(town.town.id, DAY - timedelta(days=1))["machinery"].short_name
    after = queries.lead_departments(town.town.id, DAY)["machinery"].short_name
    assert (before, after) == ("经发办", "建设办")
    assert SectorDepartment.objects.filter(sector="machinery", is_lead=True, to_on=None).count() == 1
    assert town.actor("construction").scope.sectors[0].sectors == ("construction", "machinery")


def test_given_a_sector_named_twice_a_day_when_read_then_the_last_word_counts(town: SmallTown) -> None:
    for unit in ("建设办", "经发办", "建设办"):
        services.name_department(
            town_id=town.town.id, sector="gas", lead_unit_id=town.units[unit].id, actor=PLATFORM, now=NOON
        )

    assert queries.lead_departments(town.town.id, DAY)["gas"].short_name == "建设办"


def test_given_a_village_when_asked_for_its_leader_then_an_enterprise_of_its_own_leader_wins(town: SmallTown) -> None:
    services.attach_leader(
        town_id=town.town.id, post_id=town.posts["chair"], enterprise_ids=[FIRM], actor=PLATFORM, now=NOON
    )

    leaders = queries.leaders(town.town.id, DAY)

    east, west = town.units["东村"].path, town.units["西村"].path
    found = [
        ref.title if (ref := leaders.of(path=path, enterprise_id=firm)) else ""
        for path, firm in ((east, None), (east, FIRM), (west, FIRM), (west, None))
    ]
    assert found == ["副镇长", "安委会主任", "安委会主任", ""]


def test_given_pairs_when_nobody_answers_for_them_then_each_says_what_is_missing(town: SmallTown) -> None:
    east, west = town.units["东村"].path, town.units["西村"].path

    found = queries.unresolved_pairs(
        town.town.id, [(east, "machinery"), (east, "gas"), (west, "machinery"), (town.town.path, "gas")], DAY
    )

    assert {key: one.say for key, one in found.items()} == {
        (east, "gas"): "没有主管部门",
        (west, "machinery"): "没有挂钩领导",
        (town.town.path, "gas"): "没有属地村（社区）、主管部门、挂钩领导",
    }


def test_given_five_old_passwords_when_one_comes_back_then_it_is_refused_and_the_sixth_is_free(
    town: SmallTown,
) -> None:
    user, actor = town.users["office"], town.actor("office")
    words = [f"Secret-{n}-2018" for n in range(7)]
    User.objects.filter(pk=user).update(password=people_services.make_password(words[0]))

    def change(old: str, new: str) -> None:
        services.change_password(user_id=user, old=old, new=new, actor=actor, now=NOON, real_now=NOON)

    for old, new in pairwise(words):
        change(old, new)
    with pytest.raises(Refusal) as reused:
        change(words[6], words[2])
    change(words[6], words[0])

    assert reused.value.code == "orgs.weak_password"


def test_given_somebody_elses_password_when_changed_then_not_found(town: SmallTown) -> None:
    with pytest.raises(NotFound):
        services.change_password(
            user_id=town.users["chief"], old="x", new="y", actor=town.actor("office"), now=NOON, real_now=NOON
        )


def test_given_people_of_an_enterprise_when_registered_then_they_see_their_enterprise_alone(town: SmallTown) -> None:
    path = town.units["东村"].path
    person = services.EnterprisePerson(FIRM, "机械厂", town.town.id, path, Role.PRINCIPAL, "孙某", "sun")

    told = services.register_enterprise_people(people=[person], actor=town.actor("village_east"), now=NOON)

    actor = queries.actor_for(told[0].user.id, on=DAY)
    assert (actor.unit_name, actor.post_title, actor.enterprise_id) == ("机械厂", "主要负责人", FIRM)
    assert (actor.scope.paths, actor.scope.enterprises) == ((), frozenset({FIRM}))
    assert actor.roles_over(path=path, enterprise_id=FIRM) == {Role.PRINCIPAL}
    with pytest.raises(Refusal) as twice, transaction.atomic():
        services.register_enterprise_people(people=[person], actor=PLATFORM, now=NOON)
    assert twice.value.code == "orgs.post_held"
    with pytest.raises(NotAllowed), transaction.atomic():
        services.register_enterprise_people(people=[person], actor=town.actor("village_west"), now=NOON)


def test_given_many_people_when_made_at_once_then_the_statements_do_not_grow_with_them(
    town: SmallTown, django_assert_max_num_queries: Any
) -> None:
    posts = [
        services.NewPost(
            town.units["东村"].id, "安全员", PostKind.ENTERPRISE, (Role.SAFETY_OFFICER,), enterprise_id=UUID(int=n)
        )
        for n in range(300)
    ]
    users = [services.NewUser(f"u{n}", f"人{n}", town.town.id, password="") for n in range(300)]

    with django_assert_max_num_queries(60):
        made = services.create_posts(posts=posts, actor=PLATFORM, now=NOON)
        told = services.create_users(users=users, actor=PLATFORM, now=NOON)
        services.hold_posts(
            holdings=[services.NewHolding(p.id, t.user.id) for p, t in zip(made, told, strict=True)],
            actor=PLATFORM,
            now=NOON,
        )

    assert Holding.objects.filter(post__enterprise_id__isnull=False).count() == 300
    assert len(queries.posts_of_enterprises([UUID(int=n) for n in range(300)], DAY)) == 300


@pytest.mark.django_db
@pytest.mark.parametrize("table", ["unit", "post", "grant", "area"])
def test_given_the_database_when_a_row_breaks_a_promise_then_it_refuses(town: SmallTown, table: str) -> None:
    unit = Unit.objects.get(pk=town.units["东村"].id)
    rows: dict[str, Callable[[], object]] = {
        "unit": lambda: Unit.objects.create(
            kind="village", name="无镇村", short_name="x", path="/1/", opened_on=DAY, town_id=None
        ),
        "post": lambda: Holding.objects.create(post_id=town.posts["leader"], user_id=town.users["office"], from_on=DAY),
        "grant": lambda: RoleGrant.objects.create(post_id=town.posts["leader"], role="system", from_on=DAY),
        "area": lambda: AreaLeader.objects.create(
            town_id=town.town.id, post_id=town.posts["leader"], path=unit.path, from_on=DAY
        ),
    }

    with pytest.raises(IntegrityError), transaction.atomic():
        rows[table]()


def test_given_a_closed_unit_when_read_then_its_code_and_row_are_kept(town: SmallTown) -> None:
    unit = services.create_unit(
        unit=services.NewUnit(UnitKind.VILLAGE, "老村", town.town.id, code="320413101299"), actor=PLATFORM, now=FOUNDED
    )

    services.close_unit(
        unit_id=unit.id,
        reason="并入东村",
        seen_version=1,
        merged_into_id=town.units["东村"].id,
        actor=PLATFORM,
        now=NOON,
    )

    row = Unit.objects.get(pk=unit.id)
    assert (row.code, row.closed_on, row.merged_into_id) == ("320413101299", DAY, town.units["东村"].id)
    assert unit.id not in {ref.id for ref in queries.units_below(town.town.path)}
    assert unit.id in {ref.id for ref in queries.units_below(town.town.path, with_closed=True)}
