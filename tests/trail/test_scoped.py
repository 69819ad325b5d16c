"""The one mechanism of visibility: the database and the memory must give the same answer."""

from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as profile
from hypothesis import strategies as st

from bihuan.kernel.actor import PLATFORM, Actor, Scope, SectorScope
from bihuan.trail import queries
from bihuan.trail.models import Event
from bihuan.trail.news import News
from bihuan.trail.services import record
from tests.trail.people import NOON, OTHER_TOWN, TOWN

pytestmark = pytest.mark.django_db
TOWNS = {"/32/04/13/101/": TOWN, "/32/04/13/102/": OTHER_TOWN}
PATHS = [
    *TOWNS,
    "/32/04/13/101/203/",
    "/32/04/13/101/2030/",
    "/32/04/13/101/204/",
    "/32/04/13/101/d03/",
    "/32/04/13/102/203/",
]
ABOVE = ["/", "/32/", "/32/04/", "/32/04/1/", "/32/04/13/", ""]
SECTORS = ["", "machinery", "fireworks"]
FIRMS = [UUID(int=number) for number in (1, 2, 3)]

rows = st.lists(
    st.tuples(st.sampled_from(PATHS), st.sampled_from(SECTORS), st.sampled_from([None, *FIRMS])), max_size=8
)
paths = st.sampled_from([*PATHS, *ABOVE])
scopes = st.builds(
    Scope,
    everything=st.booleans().filter(bool) | st.just(False),  # noqa: FBT003 -- a value, not a flag
    paths=st.lists(paths, max_size=2).map(tuple),
    sectors=st.lists(
        st.builds(SectorScope, path=paths, sectors=st.lists(st.sampled_from(SECTORS[1:]), max_size=2).map(tuple)),
        max_size=2,
    ).map(tuple),
    enterprises=st.frozensets(st.sampled_from(FIRMS), max_size=2),
)


def viewer(scope: Scope) -> Actor:
    return Actor(user_id=UUID(int=9), name="看的人", scope=scope)


def written(facts: list[tuple[str, str, UUID | None]]) -> list[Event]:
    news = [
        News(
            kind="row.there",
            say="有",
            subject_type="row",
            subject_id=UUID(int=50 + number),
            town_id=TOWNS[path[:14]],
            path=path,
            sector=sector,
            enterprise_id=firm,
        )
        for number, (path, sector, firm) in enumerate(facts)
    ]
    return record(news, actor=PLATFORM, now=NOON)


@profile(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
@given(facts=rows, scope=scopes)
def test_given_any_scope_when_rows_are_asked_for_then_the_database_and_the_memory_agree(
    facts: list[tuple[str, str, UUID | None]], scope: Scope
) -> None:
    with transaction.atomic():
        events = written(facts)
        seen = set(Event.objects.visible_to(viewer(scope)).values_list("pk", flat=True))
        transaction.set_rollback(True)

    assert seen == {
        event.pk
        for event in events
        if scope.covers(path=event.path, sector=event.sector, enterprise_id=event.enterprise_id)
    }


@profile(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(facts=rows, path=st.sampled_from([path for path in PATHS if path.startswith("/32/04/13/101/")]))
def test_given_a_scope_inside_one_town_when_it_names_the_town_then_it_sees_the_same(
    facts: list[tuple[str, str, UUID | None]], path: str
) -> None:
    with transaction.atomic():
        written(facts)
        plain, named = (
            set(Event.objects.visible_to(viewer(scope)).values_list("pk", flat=True))
            for scope in (Scope(paths=(path,)), Scope(paths=(path,), town_id=TOWN))
        )
        transaction.set_rollback(True)

    assert plain == named


@pytest.mark.parametrize("empty", [Scope(), Scope(paths=("",)), Scope(sectors=(SectorScope("", ("machinery",)),))])
def test_given_a_scope_of_nothing_when_rows_are_asked_for_then_nothing_is_seen(empty: Scope) -> None:
    written([("/32/04/13/101/203/", "machinery", FIRMS[0])])

    assert list(Event.objects.visible_to(viewer(empty))) == []


def test_given_events_of_two_villages_when_their_trail_is_read_then_only_ones_own_page_comes_newest_first(
    django_assert_num_queries: Any,
) -> None:
    for path in ("/32/04/13/101/203/", "/32/04/13/101/204/", "/32/04/13/101/203/"):
        written([(path, "", None)])
    seen = viewer(Scope(paths=("/32/04/13/101/203/",)))

    with django_assert_num_queries(2):
        page = queries.trail_of(seen, [UUID(int=50)], size=1)

    assert (page.total, page.pages, [line.seq for line in page.lines]) == (2, 2, [3])
    assert [line.seq for line in queries.trail_of(seen, [UUID(int=50)], page=2, size=1).lines] == [1]
    assert queries.trail_of(viewer(Scope()), [UUID(int=50)]).total == 0
    assert [line.seq for line in queries.events_of([UUID(int=50)])] == [1, 2, 3]
    by_kind = queries.events_by_kind(seen, ["row.there"], since=NOON.date(), until=NOON.date())
    assert [line.seq for line in by_kind.lines] == [3, 1]
    assert queries.events_by_kind(seen, ["row.gone"]).total == 0
