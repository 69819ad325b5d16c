from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given
from hypothesis import settings as profile
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from bihuan.kernel.actor import PLATFORM, Actor, Scope, SectorScope
from bihuan.kernel.calendar import SHANGHAI
from bihuan.kernel.errors import NotFound
from bihuan.kernel.ids import new_id
from bihuan.stats import queries, rules, services
from bihuan.stats.models import Cube, CubeLate, FillState
from bihuan.trail import services as trail
from bihuan.trail.news import News

TOWN, FIRM = UUID(int=7), UUID(int=8)
VILLAGES = ("/32/04/13/101/201/", "/32/04/13/101/202/")
START = date(2018, 1, 1)
NAMES = ("box.open", "box.all", "box.overdue", "box.opened")


@dataclass(frozen=True)
class Box:
    village: str
    sector: str
    opened: date
    deadline: date
    shut: date | None
    made: date = START
    is_void: bool = False


boxes = st.lists(
    st.builds(
        lambda village, sector, opened, due, shut, made, is_void: Box(
            village,
            sector,
            START + timedelta(days=opened),
            START + timedelta(days=opened + due),
            None if shut is None else START + timedelta(days=opened + shut),
            START + timedelta(days=opened - made),
            is_void,
        ),
        st.sampled_from(VILLAGES),
        st.sampled_from(["machinery", "fire"]),
        st.integers(0, 70),
        st.integers(0, 20),
        st.none() | st.integers(0, 40),
        st.integers(0, 35),
        st.booleans(),
    ),
    max_size=8,
)


@pytest.fixture(autouse=True)
def _boxes_are_counted(settings: object) -> Iterator[None]:
    settings.BIHUAN_COUNTINGS = "tests.stats.example.COUNTINGS"  # type: ignore[attr-defined]
    settings.BIHUAN_FOLLOWERS = "tests.stats.example.FOLLOWERS"  # type: ignore[attr-defined]
    caches = (queries.countings, queries.levels, queries.measures, queries.by_fact, trail.followers)
    for cache in caches:
        cache.cache_clear()
    yield
    for cache in caches:
        cache.cache_clear()


def _record(kind: str, box: Box, on: date, level: str = "general") -> None:
    news = News(
        kind=kind,
        say="盒子",
        subject_type="box",
        subject_id=new_id(),
        town_id=TOWN,
        path=box.village,
        sector=box.sector,
        enterprise_id=FIRM if box.sector == "fire" else None,
        level=level,
        figures={"deadline": box.deadline.isoformat(), "made": box.made.isoformat(), "void": box.is_void},
    )
    with transaction.atomic():
        trail.record([news], actor=PLATFORM, now=datetime.combine(on, time(9), tzinfo=SHANGHAI))


def _live(box: Box) -> None:
    _record("box.opened", box, box.opened)
    if box.shut is not None:
        _record("box.shut", box, box.shut)


class RandomBoxes(TestCase):
    @profile(suppress_health_check=[HealthCheck.too_slow])
    @given(lived=boxes, asked=st.integers(-1, 140))
    def test_given_random_boxes_when_asked_as_of_any_day_then_the_cube_equals_a_recount(
        self, lived: list[Box], asked: int
    ) -> None:
        for box in lived:
            _live(box)
        day = START + timedelta(days=asked)

        town = queries.figures(queries.place_of_unit(PLATFORM, "/32/04/13/101/"), NAMES, until=day)
        fire = queries.figures(
            queries.place_of_sectors(PLATFORM, "/32/04/13/101/", ["fire"]), ["box.opened"], since=START, until=day
        )
        firm = queries.figures(
            queries.place_of_firm(PLATFORM, FIRM, path=VILLAGES[0], sector="fire"), ["box.all", "box.opened"], until=day
        )

        is_open = [box for box in lived if box.opened <= day and (box.shut is None or box.shut > day)]
        assert town.total("box.open") == len(is_open)
        assert town.total("box.all") == town.of("box.all", "general") == sum(box.opened <= day for box in lived)
        assert firm.total("box.all") == firm.total("box.opened") == fire.total("box.opened")
        assert town.of("box.overdue", "general") == sum(box.deadline < day for box in is_open)
        assert town.total("box.opened") == sum(box.opened <= day for box in lived)
        assert fire.total("box.opened") == sum(box.opened <= day and box.sector == "fire" for box in lived)

    @given(lived=boxes, asked=st.integers(-1, 120), back=st.none() | st.integers(0, 60), more=st.integers(0, 40))
    def test_given_random_boxes_when_the_day_of_the_fact_counts_then_a_past_day_is_as_it_was_known_then(
        self, lived: list[Box], asked: int, back: int | None, more: int
    ) -> None:
        for box in lived:
            _live(box)
        until = START + timedelta(days=asked)
        since, known = None if back is None else until - timedelta(days=back), until + timedelta(days=more)
        place, name = queries.place_of_unit(PLATFORM, "/32/04/13/101/"), "box.made"
        villages = {one: queries.place_of_unit(PLATFORM, one) for one in VILLAGES}

        def recount(first: date | None, last: date, day: date, village: str = "") -> int:
            counted = [box for box in lived if box.opened <= day and not (box.is_void and box.shut and box.shut <= day)]
            made = [box for box in counted if village in {"", box.village}]
            return sum((first is None or first <= box.made) and box.made <= last for box in made)

        then = queries.figures(place, [name], since=since, until=until)
        later = queries.figures(place, [name], since=since, until=until, known=known)
        now = queries.figures(place, [name], since=since, until=until, known=rules.AS_NOW)
        parts = queries.by_place(villages, [name], since=since, until=until)
        assert then.total(name) == recount(since, until, until)
        assert later.total(name) == recount(since, until, known)
        assert now.total(name) == recount(since, until, date.max)
        assert {one: told.total(name) for one, told in parts.items()} == {
            one: recount(since, until, until, one) for one in VILLAGES
        }
        assert sum(told.total(name) for told in parts.values()) == then.total(name)
        assert queries.figures_at(place, [([name], until)])[0].total(name) == recount(None, until, until)

        first = since or START - timedelta(days=40)
        by_day = queries.changes(place, [name], start=first, end=until)
        assert {day: cells[name, "general"] for day, cells in by_day.items() if cells[name, "general"]} == {
            day: amount
            for day in (first + timedelta(days=one) for one in range((until - first).days + 1))
            if (amount := recount(day, day, until))
        }
        total = queries.figures(place, [name], since=first, until=first).total(name)
        grown = queries.changes(place, [name], start=first + timedelta(days=1), end=until, since=first)
        for offset in range(1, (until - first).days + 1):
            day = first + timedelta(days=offset)
            total += grown.get(day, {}).get((name, "general"), 0)
            assert total == recount(first, day, day)

    @given(lived=boxes, days=st.lists(st.integers(-1, 140), max_size=3))
    def test_given_several_days_when_asked_together_then_each_has_its_own_figures_under_one_query(
        self, lived: list[Box], days: list[int]
    ) -> None:
        for box in lived:
            _live(box)
        places = [queries.place_of_unit(PLATFORM, "/32/04/13/101/"), queries.Place((*VILLAGES, f"firm:{FIRM.hex}"))]
        asked = [(NAMES[at:], START + timedelta(days=day)) for at, day in enumerate(days)]

        for place in places:
            with CaptureQueriesContext(connection) as seen:
                together = queries.figures_at(place, asked)
            assert together == [queries.figures(place, names, until=until) for names, until in asked]
            assert len(seen) == min(len(days), 1)

    @given(lived=boxes)
    def test_given_random_boxes_when_the_cube_is_rebuilt_from_the_trail_then_it_is_the_same(
        self, lived: list[Box]
    ) -> None:
        for box in lived:
            _live(box)
        before = sorted(Cube.objects.exclude(amount=0).values_list("key", "measure", "level", "grain", "on", "amount"))
        late = sorted(CubeLate.objects.exclude(amount=0).values_list())

        services.rebuild()

        assert sorted(CubeLate.objects.exclude(amount=0).values_list()) == late
        after = sorted(Cube.objects.exclude(amount=0).values_list("key", "measure", "level", "grain", "on", "amount"))
        assert after == before
        assert not FillState.objects.filter(done=False).exists()


@pytest.mark.django_db
def test_given_a_level_that_no_room_declares_when_it_is_counted_then_the_act_fails_loudly() -> None:
    box = Box(VILLAGES[0], "fire", START, START, None)

    with pytest.raises(ValueError, match="“odd”, which its room does not declare"):
        _record("box.opened", box, START, level="odd")

    assert Cube.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has no such table")
def test_given_sqlite_when_figures_are_asked_then_one_tree_is_read_by_its_whole_key() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE name = 'stats_cube'")
        made = cursor.fetchone()[0]
    with CaptureQueriesContext(connection) as asked:
        queries.figures(queries.place_of_unit(PLATFORM, VILLAGES[0]), NAMES, until=START)
        with connection.cursor() as cursor:
            cursor.execute("EXPLAIN QUERY PLAN " + asked[0]["sql"])
            plan = [row[3] for row in cursor.fetchall() if "stats_cube" in row[3]]

    assert made.rstrip().endswith("WITHOUT ROWID")
    assert plan
    assert all("USING PRIMARY KEY (key=? AND measure=? AND grain=? AND level=? AND on" in step for step in plan), plan


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has no such table")
def test_given_sqlite_when_a_past_day_is_asked_then_what_was_recorded_late_is_read_by_its_key() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE name = 'stats_cubelate'")
        made = cursor.fetchone()[0]
    with CaptureQueriesContext(connection) as asked:
        queries.figures(queries.place_of_unit(PLATFORM, VILLAGES[0]), ["box.made"], until=START)
        with connection.cursor() as cursor:
            cursor.execute("EXPLAIN QUERY PLAN " + asked[0]["sql"])
            plan = [row[3] for row in cursor.fetchall() if "stats_cubelate" in row[3]]

    assert made.rstrip().endswith("WITHOUT ROWID")
    assert plan
    assert all("USING PRIMARY KEY (key=? AND measure=? AND level=? AND on>?" in step for step in plan), plan


@pytest.mark.django_db
def test_given_days_of_openings_when_a_series_is_asked_then_each_day_has_its_stock() -> None:
    for day in (0, 0, 2):
        _live(Box(VILLAGES[0], "fire", START + timedelta(days=day), START, None))

    found = queries.series(
        queries.place_of_unit(PLATFORM, VILLAGES[0]), "box.open", start=START, end=START + timedelta(days=3)
    )

    assert [count for _, count in found] == [2, 2, 3, 3]


@pytest.mark.parametrize(
    ("viewer", "seen"),
    [
        (Actor(user_id=None, name="镇", scope=Scope(paths=("/32/04/13/101/",))), (True, True)),
        (Actor(user_id=None, name="村", scope=Scope(paths=(VILLAGES[0],))), (False, False)),
        (
            Actor(user_id=None, name="部门", scope=Scope(sectors=(SectorScope("/32/04/13/101/", ("fire",)),))),
            (False, True),
        ),
        (Actor(user_id=None, name="生人"), (False, False)),
    ],
)
def test_given_a_viewer_when_figures_are_asked_then_only_their_scope_answers(
    viewer: Actor, seen: tuple[bool, bool]
) -> None:
    def asks(sectors: list[str]) -> bool:
        try:
            if sectors:
                queries.place_of_sectors(viewer, "/32/04/13/101/", sectors)
            else:
                queries.place_of_unit(viewer, "/32/04/13/101/")
        except NotFound:
            return False
        return True

    assert (asks([]), asks(["fire"])) == seen


@pytest.mark.django_db
def test_given_cells_made_by_other_code_when_looked_at_then_they_are_outdated_until_made_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _live(Box(VILLAGES[0], "fire", START, START, None))
    assert services.is_outdated()  # nobody has said by which code they were made
    services.rebuild()
    assert not services.is_outdated()

    monkeypatch.setattr(rules, "SHAPE", rules.SHAPE + 1)

    assert services.is_outdated()
    assert services.rebuild() > 0
    assert not services.is_outdated()


@pytest.mark.django_db
def test_given_a_rebuild_that_other_code_began_when_it_is_taken_up_then_it_begins_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _live(Box(VILLAGES[0], "fire", START, START, None))
    services.rebuild()
    before = sorted(Cube.objects.values_list("key", "measure", "level", "grain", "on", "amount"))
    FillState.objects.update(done=False)  # stopped after its last event

    assert services.rebuild() == 0  # nothing is folded twice by the same code
    FillState.objects.update(done=False)
    monkeypatch.setattr(rules, "SHAPE", rules.SHAPE + 1)

    assert services.rebuild() > 0
    assert sorted(Cube.objects.values_list("key", "measure", "level", "grain", "on", "amount")) == before
