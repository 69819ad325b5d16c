from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bihuan.hazards.models import Hazard
from bihuan.hazards.queries import lists, waiting
from bihuan.hazards.rules.filters import Filters, Late, Sort, Tab
from bihuan.hazards.rules.states import RUNNING_STATES, Holder, State
from bihuan.kernel.actor import Actor, HeldRole, Scope, SectorScope
from bihuan.kernel.calendar import SHANGHAI
from bihuan.kernel.roles import Role
from bihuan.standards import services as standards

TOWN = UUID(int=1)
PATH = "/32/04/13/101/"
TODAY = date(2018, 2, 14)
NOW = datetime(2018, 2, 14, 9, 20, tzinfo=SHANGHAI)
OFFICE = Actor(
    user_id=UUID(int=9),
    name="安监办主任",
    town_id=TOWN,
    roles=(HeldRole(Role.SAFETY_OFFICE, PATH),),
    scope=Scope(town_id=TOWN, paths=(PATH,)),
)


def _hazard(serial: int, **columns: object) -> Hazard:
    facts: dict[str, object] = {
        "town_id": TOWN,
        "year": 2018,
        "serial": serial,
        "number": f"2018-{serial:04d}",
        "path": f"{PATH}203/",
        "sector": "machinery",
        "place_kind": "public_place",
        "place_name": "村口",
        "description": "灭火器过期",
        "source": "village_patrol",
        "found_on": TODAY - timedelta(days=serial),
        "found_by": "网格员",
        "reported_at": NOW,
        "changed_at": NOW,
        "state": State.RECTIFYING,
        "level": "general",
        "next_holder": Holder.UNIT,
        "next_act": "hand_in",
        "clock_kind": "rectify",
        "deadline": TODAY,
        "first_deadline": TODAY,
        "clock_on": TODAY,
    }
    facts |= columns
    facts["is_running"] = facts["state"] in RUNNING_STATES
    facts["is_major"] = facts["level"] == "major"
    return Hazard(**facts)


@pytest.fixture
def _hazards(db: None) -> None:
    standards.load_reference_data()
    late = TODAY - timedelta(days=20)
    Hazard.objects.bulk_create(
        [
            _hazard(1, clock_on=late, deadline=late, first_deadline=late, sector="fire"),
            _hazard(2, state=State.REPORTED, level="", next_holder=Holder.OFFICE, next_act="confirm", deadline=None),
            _hazard(3, state=State.CLOSED, is_open=False, closed_on=TODAY, next_holder="", next_act=""),
            _hazard(4, level="major", path=f"{PATH}204/", state=State.RECTIFIED, next_holder=Holder.OFFICE),
            _hazard(5, town_id=UUID(int=2), path="/32/04/13/102/201/"),
        ]
    )


@pytest.mark.usefixtures("_hazards")
@pytest.mark.parametrize(
    ("filters", "numbers"),
    [
        (Filters(), ["2018-0001", "2018-0002", "2018-0004"]),
        (Filters(tab=Tab.ALL), ["2018-0001", "2018-0002", "2018-0003", "2018-0004"]),
        (Filters(tab=Tab.CLOSED), ["2018-0003"]),
        (Filters(late=Late.OVERDUE), ["2018-0001"]),
        (Filters(level="major"), ["2018-0004"]),
        (Filters(level="none"), ["2018-0002"]),
        (Filters(path=f"{PATH}204/"), ["2018-0004"]),
        (Filters(words="灭火 村口"), ["2018-0001", "2018-0002", "2018-0004"]),
        (Filters(words="2018-0004"), ["2018-0004"]),
        (Filters(words="没有这样的"), []),
        (Filters(listing="none"), ["2018-0004"]),
    ],
)
def test_given_filters_when_listed_then_exactly_the_rows_asked_for_come_and_the_tab_counts_agree(
    filters: Filters, numbers: list[str]
) -> None:
    listed = lists.listing(OFFICE, filters, today=TODAY, sort=Sort.CLOCK)
    counts = lists.tab_counts(OFFICE, filters, today=TODAY)
    exported = [line.number for line in lists.export_lines(OFFICE, filters, today=TODAY)]

    assert sorted(line.number for line in listed.lines) == numbers
    assert sorted(exported) == numbers
    assert counts[filters.tab] == listed.total == len(numbers)


@pytest.mark.usefixtures("_hazards")
def test_given_one_and_many_rows_when_listed_then_the_queries_are_the_same_few() -> None:
    def queries(filters: Filters, size: int) -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            lists.listing(OFFICE, filters, today=TODAY, size=size)
            lists.tab_counts(OFFICE, filters, today=TODAY)
        return len(seen)

    assert queries(Filters(), 1) == queries(Filters(), 2) == 3
    assert queries(Filters(), 50) == 2


@pytest.mark.usefixtures("_hazards")
def test_given_a_department_when_it_looks_then_it_sees_its_sector_and_nothing_else() -> None:
    fire = Actor(user_id=None, name="派出所", scope=Scope(town_id=TOWN, sectors=(SectorScope(PATH, ("fire",)),)))

    assert [line.number for line in lists.listing(fire, Filters(tab=Tab.ALL), today=TODAY).lines] == ["2018-0001"]
    assert lists.tab_counts(fire, Filters(), today=TODAY)[Tab.ALL] == 1
    assert lists.listing(Actor(user_id=None, name="生人"), Filters(tab=Tab.ALL), today=TODAY).total == 0


@pytest.mark.usefixtures("_hazards")
def test_given_the_office_when_it_comes_to_its_desk_then_each_waiting_thing_says_why_and_what_to_press() -> None:
    found = waiting.waiting_for(OFFICE, now=NOW)

    assert [(row.what, row.verb) for row in found.rows] == [
        ("hazard.remind", "催办"),
        ("hazard.check_expired", "到期复查"),
        ("hazard.hand_in", "提交整改"),
        ("hazard.confirm", "核实定级"),
    ]
    assert (found.late, found.today, found.total) == (2, 2, 4)
    assert "过了 15 个工作日" in found.rows[0].reason
    assert "约谈" in found.rows[0].reason


@pytest.mark.django_db
def test_given_a_row_without_a_clock_when_listed_then_it_comes_last_everywhere() -> None:
    rows = [
        _hazard(1, state=State.AWAITING_SUPERIOR, clock_on=None, clock_kind="superior", next_holder=Holder.OFFICE),
        _hazard(2, clock_on=TODAY + timedelta(days=9), next_holder=Holder.OFFICE),
        _hazard(3, clock_on=TODAY - timedelta(days=9), next_holder=Holder.OFFICE),
    ]
    Hazard.objects.bulk_create(rows)
    by_clock = ["2018-0003", "2018-0002", "2018-0001"]

    listed = lists.listing(OFFICE, Filters(), today=TODAY)
    picked = lists.lines_of(OFFICE, [row.pk for row in rows])
    exported = lists.export_lines(OFFICE, Filters(), today=TODAY)
    desk = waiting.waiting_for(OFFICE, now=NOW, first_n=2)

    assert [line.number for line in listed.lines] == by_clock
    assert [line.number for line in picked] == by_clock
    assert [line.number for line in exported] == by_clock
    assert [row.due_on for row in desk.rows] == [TODAY - timedelta(days=9), TODAY + timedelta(days=9)]


@pytest.mark.django_db
@pytest.mark.parametrize("tab", [Tab.OPEN, Tab.RECTIFYING, Tab.AWAITING_SUPERIOR], ids=str)
@pytest.mark.parametrize("town", [TOWN, None], ids=["town", "county"])
def test_given_the_order_of_clocks_when_planned_then_an_index_gives_it_and_nothing_is_sorted(
    town: UUID | None, tab: Tab
) -> None:
    viewer = replace(OFFICE, town_id=town, scope=Scope(town_id=town, paths=(PATH,)))

    with CaptureQueriesContext(connection) as ran:
        lists.listing(viewer, Filters(tab=tab), today=TODAY)

    asked = next(one["sql"] for one in ran.captured_queries if "ORDER BY" in one["sql"])
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"EXPLAIN QUERY PLAN {asked}")
        else:
            cursor.execute(
                "SET LOCAL enable_sort = off; SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off"
            )
            cursor.execute(f"EXPLAIN {asked}")
        plan = " ".join(str(line) for line in cursor.fetchall())
    assert ("USE TEMP B-TREE" in plan, "Sort" in plan) == (False, False)
    assert "hazard_" in plan
