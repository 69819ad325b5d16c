"""What each sight sees and where each role reaches: exhaustively, and the database agrees with memory."""

from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bihuan.kernel.actor import PLATFORM, Actor, HeldRole, Scope, SectorScope
from bihuan.kernel.roles import Role
from bihuan.orgs.rules import Extent, PostKind, Sight, UnitKind
from bihuan.orgs.rules.reach import Grant, HeldPost, area_of, roles_of, scope_of, sight_for
from bihuan.trail import services as trail
from bihuan.trail.models import Event
from bihuan.trail.news import News
from tests.town import NOON

TOWN, EAST, OFFICE = "/32/04/13/101/", "/32/04/13/101/200/", "/32/04/13/101/o01/"
OWN, LED, STATIONED = UUID(int=1), UUID(int=2), UUID(int=3)


def _post(sight: Sight, *roles: Role) -> HeldPost:
    return HeldPost(
        sight=sight,
        area=TOWN,
        enterprise_id=OWN,
        lead_sectors=("machinery",),
        attached_paths=(EAST,),
        attached_enterprises=frozenset({LED}),
        covered=frozenset({STATIONED}),
        grants=tuple(Grant(role) for role in roles),
    )


GROUND: dict[Sight, Scope] = {
    Sight.AREA: Scope(paths=(TOWN,), enterprises=frozenset({STATIONED})),
    Sight.SECTORS: Scope(sectors=(SectorScope(TOWN, ("machinery",)),), enterprises=frozenset({STATIONED})),
    Sight.ATTACHED: Scope(paths=(EAST,), enterprises=frozenset({LED, STATIONED})),
    Sight.ENTERPRISE: Scope(enterprises=frozenset({OWN, STATIONED})),
    Sight.COVERED: Scope(enterprises=frozenset({STATIONED})),
    Sight.TRAIL: Scope(grants=frozenset({"trail"})),
    Sight.NOTHING: Scope(),
}


@pytest.mark.parametrize("sight", list(Sight))
@pytest.mark.parametrize("role", list(Role))
def test_given_each_sight_and_role_when_computed_then_rows_come_from_the_post_alone(sight: Sight, role: Role) -> None:
    scope = scope_of([_post(sight, role)], town_id=None)

    assert scope == GROUND[sight]


@pytest.mark.parametrize("sight", list(Sight))
@pytest.mark.parametrize("role", list(Role))
def test_given_each_sight_and_role_when_computed_then_the_role_reaches_what_is_seen_or_an_admins_area(
    sight: Sight, role: Role
) -> None:
    scope, held = GROUND[sight], roles_of(_post(sight, role))

    rows = [
        {"path": path, "sector": sector, "enterprise_id": enterprise}
        for path in (TOWN, EAST, "/32/04/13/102/")
        for sector in ("machinery", "construction")
        for enterprise in (OWN, LED, STATIONED, UUID(int=9), None)
    ]

    for row in rows:
        reaches = any(one.covers(**row) for one in held)  # type: ignore[arg-type]  # the dict holds just these three
        if sight in {Sight.TRAIL, Sight.NOTHING}:
            assert reaches == str(row["path"]).startswith(TOWN)
        else:
            assert reaches == scope.covers(**row)  # type: ignore[arg-type]  # the same


def test_given_a_post_without_ground_when_computed_then_its_role_is_held_and_reaches_nothing() -> None:
    bare = HeldPost(sight=Sight.COVERED, area=TOWN, grants=(Grant(Role.SERVICE_AGENCY),))

    assert roles_of(bare) == [HeldRole(Role.SERVICE_AGENCY)]
    assert not roles_of(bare)[0].covers(path=TOWN, enterprise_id=OWN)
    assert scope_of([bare], town_id=None) == Scope()


def test_given_a_role_over_named_ground_when_computed_then_it_reaches_there_and_no_row_is_seen() -> None:
    named = HeldPost(sight=Sight.COVERED, area=TOWN, grants=(Grant(Role.INSPECTOR, Extent(EAST, ("machinery",))),))

    assert roles_of(named) == [HeldRole(Role.INSPECTOR, EAST, ("machinery",))]
    assert scope_of([named], town_id=None) == Scope()


def test_given_several_posts_when_computed_then_the_scope_is_their_union_with_the_outermost_paths() -> None:
    posts = [_post(Sight.ATTACHED), _post(Sight.AREA), _post(Sight.ENTERPRISE)]

    scope = scope_of(posts, town_id=OWN)

    assert scope == Scope(town_id=OWN, paths=(TOWN,), enterprises=frozenset({OWN, LED, STATIONED}))


@pytest.mark.parametrize("unit", list(UnitKind))
@pytest.mark.parametrize("kind", list(PostKind))
def test_given_each_post_kind_in_each_unit_when_made_then_its_sight_follows_adr_0014(
    kind: PostKind, unit: UnitKind
) -> None:
    expected = {
        PostKind.ADMIN: Sight.NOTHING,
        PostKind.ENTERPRISE: Sight.ENTERPRISE,
        PostKind.LEADER: Sight.ATTACHED,
        PostKind.PRINCIPAL_LEADER: Sight.AREA,
        PostKind.LEADER_IN_CHARGE: Sight.AREA,
    }.get(kind) or {UnitKind.DEPARTMENT: Sight.SECTORS, UnitKind.AGENCY: Sight.COVERED}.get(unit, Sight.AREA)

    assert sight_for(kind, unit) is expected


@pytest.mark.parametrize(
    ("path", "kind", "area"),
    [
        (TOWN, UnitKind.TOWN, TOWN),
        (EAST, UnitKind.VILLAGE, EAST),
        (f"{EAST}g01/", UnitKind.GRID, f"{EAST}g01/"),
        (OFFICE, UnitKind.OFFICE, TOWN),
        (f"{TOWN}d02/", UnitKind.DEPARTMENT, TOWN),
        (f"{TOWN}d02/o01/", UnitKind.OFFICE, TOWN),
        (f"{TOWN}c01/", UnitKind.COMMITTEE, TOWN),
        ("/32/04/13/o01/", UnitKind.OFFICE, "/32/04/13/"),
    ],
)
def test_given_a_unit_when_asked_for_its_area_then_an_office_answers_for_its_parents(
    path: str, kind: UnitKind, area: str
) -> None:
    assert area_of(path, kind) == area


PATHS = [
    "/32/", "/32/04/13/", TOWN, EAST, "/32/04/13/101/201/", f"{EAST}g01/", OFFICE, "/32/04/13/1010/",
    "/32/04/13/102/", "/32/04/130/", "",
]  # fmt: skip
SECTORS = ["", "machinery", "construction"]
ENTERPRISES = [None, OWN, LED]

scopes = st.builds(
    Scope,
    paths=st.lists(st.sampled_from(PATHS[:-1]), max_size=3).map(tuple),
    sectors=st.lists(
        st.builds(
            SectorScope,
            path=st.sampled_from(PATHS[:-1]),
            sectors=st.lists(st.sampled_from(SECTORS[1:]), min_size=1, unique=True).map(tuple),
        ),
        max_size=2,
    ).map(tuple),
    enterprises=st.frozensets(st.sampled_from([OWN, LED, STATIONED])),
)


@pytest.mark.django_db
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None)
@given(scope=scopes)
def test_given_any_scope_when_rows_are_asked_for_then_database_and_memory_agree(scope: Scope) -> None:
    if not Event.objects.exists():
        _write_rows()
    viewer = Actor(user_id=None, name="某", scope=scope)

    seen = set(Event.objects.visible_to(viewer).values_list("seq", flat=True))

    told = {
        event.seq
        for event in Event.objects.all()
        if scope.covers(path=event.path, sector=event.sector, enterprise_id=event.enterprise_id)
    }
    assert seen == told


def _write_rows() -> None:
    news = [
        News(
            kind="test.row",
            say="行",
            subject_type="test",
            subject_id=OWN,
            town_id=None,
            path=path,
            sector=sector,
            enterprise_id=enterprise,
        )
        for path in PATHS
        for sector in SECTORS
        for enterprise in ENTERPRISES
    ]
    trail.record(news, actor=PLATFORM, now=NOON)
