"""Loading, correcting, withdrawing and restoring a standard of a town or a county, in the database."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bihuan.kernel.actor import PLATFORM, Actor
from bihuan.kernel.errors import NotAllowed, NotFound, Outdated, Refusal
from bihuan.standards import queries, services
from bihuan.standards.data.uploads import BadUpload
from bihuan.standards.data.writing import as_yaml
from bihuan.standards.models import LoadedStandard, Stamp
from bihuan.standards.queries import loading as asked
from bihuan.standards.queries import shelves
from bihuan.standards.rules import BadValue, Sector
from bihuan.standards.rules.determine import Level
from bihuan.standards.rules.loading import Area, LoadKind
from bihuan.standards.services import loading
from bihuan.trail import queries as trail
from tests.standards.local import COUNTY, NEXT_TOWN, STANDARD, TOWN, book, text
from tests.town import DAY, NOON, SmallTown, make_town

pytestmark = pytest.mark.django_db
NEXT = "320413101-shop-2019"
WHY = "示范镇安委〔2018〕1号"
FINDING = "东侧彩钢板仓库内给电动三轮车充电"


@dataclass
class Ground:
    town: SmallTown
    neighbour: SmallTown

    def area(self, path: str = TOWN) -> Area:
        if path == COUNTY:
            return Area(COUNTY, self.town.town.county_id or self.town.town.id, "金城区")
        town = self.town if path == TOWN else self.neighbour
        return Area(path, town.town.id, town.town.name, town.town.id)

    def load(self, key: str = "chief", path: str = TOWN, **facts: Any) -> Any:
        given = {"text": text(), "area": self.area(path), "why": WHY, "actor": self.town.actor(key), "now": NOON}
        return loading.load_standard(**(given | facts))


@pytest.fixture
def ground(db: None) -> Ground:
    services.load_reference_data()
    made = Ground(make_town(), make_town(code="320413102000", name="邻镇"))
    assert made.town.town.path == TOWN
    return made


def told(standard_id: str = STANDARD) -> list[str]:
    return [one.kind for one in trail.events_of([loading.loaded_subject(standard_id)])]


def level(path: str, on: date = DAY) -> Level:
    return queries.advise(FINDING, on, path=path).level


def test_given_a_sound_file_when_loaded_then_it_holds_in_its_area_only_and_leaves_its_event(ground: Ground) -> None:
    assert level(f"{TOWN}203/") is Level.GENERAL

    found = ground.load()

    assert found.kind is LoadKind.NEW
    assert level(f"{TOWN}203/") is Level.OPEN
    assert (level(NEXT_TOWN), level(COUNTY), level("")) == (Level.GENERAL, Level.GENERAL, Level.GENERAL)
    event = trail.events_of([loading.loaded_subject(STANDARD)])[0]
    assert (event.kind, event.reason, event.figures) == (
        "standard.loaded",
        WHY,
        {"added": 2, "changed": 0, "dropped": 0},
    )
    assert {one.standard_id for one in queries.criteria_in_force(DAY, path=TOWN)} > {STANDARD}
    papers = [queries.guided_paper(DAY, {Sector.COMMERCE}, set(), path=path) for path in (TOWN, NEXT_TOWN)]
    assert [STANDARD in {one.id for one in paper.standards} for paper in papers] == [True, False]


def test_given_the_same_file_when_loaded_again_then_nothing_is_written(ground: Ground) -> None:
    ground.load()
    stamp = Stamp.objects.get(scope="loaded").token

    found = ground.load(text=json.dumps(book(), ensure_ascii=False, indent=2), why="")

    assert found.kind is LoadKind.SAME
    assert LoadedStandard.objects.count() == 1
    assert told() == ["standard.loaded"]
    assert Stamp.objects.get(scope="loaded").token == stamp


def test_given_a_corrected_file_when_loaded_then_the_old_text_stays_on_record_and_the_new_one_holds(
    ground: Ground,
) -> None:
    ground.load()

    found = ground.load(text=text(title="更正后的标准"))

    assert found.kind is LoadKind.CORRECTION
    assert queries.standard(STANDARD).title == "更正后的标准"
    assert [row.book["standard"]["title"] for row in LoadedStandard.objects.order_by("revision")] == [
        "示范镇仓储场所重大隐患判定标准",
        "更正后的标准",
    ]
    assert told() == ["standard.loaded", "standard.corrected"]


def test_given_a_correction_that_drops_a_clause_when_a_decision_cites_it_then_it_is_still_told(ground: Ground) -> None:
    ground.load()
    made = book()
    del made["criteria"][1]

    ground.load(text=as_yaml(made | {"official_counts": {"total": 1}}))
    ground.load(text=as_yaml(made | {"official_counts": {"total": 1}, "effective_until": "2020-01-01"}))

    assert queries.criterion(STANDARD, "一(二)").text == "仓库安全出口被锁死。"
    assert [one.clause for one in queries.criteria_in_force(DAY, path=TOWN) if one.standard_id == STANDARD] == [
        "一(一)"
    ]
    assert len([one for one in queries.whole_library().criteria if one.standard_id == STANDARD]) == 2


def test_given_a_new_version_when_loaded_then_each_is_chosen_by_the_day_of_the_finding(ground: Ground) -> None:
    ground.load()

    found = ground.load(text=text(id=NEXT, supersedes=STANDARD, effective_on="2018-03-01"))

    def held(on: date) -> set[str]:
        return {one.id for one in queries.library(TOWN).in_force(on)} & {STANDARD, NEXT}

    assert found.kind is LoadKind.NEXT
    assert (held(date(2018, 2, 28)), held(date(2018, 3, 1)), held(date(2018, 1, 4))) == ({STANDARD}, {NEXT}, set())


@pytest.mark.parametrize(
    "made", [text(effective_on=None), text(id="gongmao-2017"), "standard: *x", text(supersedes=NEXT)]
)
def test_given_a_file_that_cannot_be_loaded_when_tried_then_it_is_refused_and_nothing_is_written(
    made: str, ground: Ground
) -> None:
    with pytest.raises(BadUpload):
        ground.load(text=made)

    assert (LoadedStandard.objects.count(), told()) == (0, [])


def test_given_no_reason_or_an_older_preview_when_loaded_then_it_is_refused_and_nothing_is_written(
    ground: Ground,
) -> None:
    ground.load(seen_version=0)

    for facts, refusal in (({"seen_version": 0}, Outdated), ({"why": " "}, BadValue)):
        with pytest.raises(refusal):
            ground.load(text=text(title="另一个"), **facts)

    assert queries.standard(STANDARD).title == "示范镇仓储场所重大隐患判定标准"
    assert told() == ["standard.loaded"]


@pytest.mark.parametrize(
    "key", ["office", "inspector", "leader", "village_east", "industry", "security_admin", "group"]
)
def test_given_who_may_not_when_they_load_withdraw_or_restore_then_it_is_refused(key: str, ground: Ground) -> None:
    with pytest.raises(NotAllowed):
        ground.load(key)
    ground.load()
    facts = {"standard_id": STANDARD, "seen_version": 1, "why": "x", "actor": ground.town.actor(key), "now": NOON}
    for act in (lambda: loading.withdraw_standard(since=DAY, **facts), lambda: loading.restore_standard(**facts)):
        with pytest.raises(Refusal) as refused:
            act()
        assert isinstance(refused.value, NotAllowed | NotFound)

    assert told() == ["standard.loaded"]


def test_given_another_towns_chief_when_they_reach_for_it_then_it_is_not_there(ground: Ground) -> None:
    ground.load()
    stranger = ground.neighbour.actor("chief")

    with pytest.raises(NotAllowed):
        ground.load(actor=stranger, text=text(title="x"))
    with pytest.raises(NotFound):
        loading.withdraw_standard(standard_id=STANDARD, seen_version=1, since=DAY, why="x", actor=stranger, now=NOON)
    with pytest.raises(NotFound):
        asked.book_for(stranger, STANDARD)
    assert asked.loaded_for(stranger) == []


def test_given_a_countys_standard_when_loaded_then_it_applies_to_its_towns_and_no_town_may_touch_it(
    ground: Ground,
) -> None:
    ground.load("superior", COUNTY, text=text(prefix="320413-"))

    assert (level(f"{TOWN}203/"), level(NEXT_TOWN), level("/32/04/14/101/")) == (Level.OPEN, Level.OPEN, Level.GENERAL)
    for town in (ground.town, ground.neighbour):
        assert [one.standard.id for one in asked.loaded_for(town.actor("village_east"))] == ["320413-shop-2018"]
        with pytest.raises(NotAllowed):
            loading.withdraw_standard(
                standard_id="320413-shop-2018",
                seen_version=1,
                since=DAY,
                why="x",
                actor=town.actor("chief"),
                now=NOON,
            )


SEEN_BY: tuple[tuple[str, Callable[[Ground], Actor], set[str]], ...] = (
    ("own village", lambda g: g.town.actor("village_east"), {"town", "county"}),
    ("own admin", lambda g: g.town.actor("system_admin"), {"town", "county"}),
    ("own department", lambda g: g.town.actor("industry"), {"town", "county"}),
    ("leader", lambda g: g.town.actor("leader"), {"town", "county"}),
    ("neighbour", lambda g: g.neighbour.actor("chief"), {"next", "county"}),
    ("county", lambda g: g.town.actor("superior"), {"town", "next", "county"}),
    ("platform", lambda _: PLATFORM, {"town", "next", "county"}),
)


@pytest.mark.parametrize(("who", "viewer", "sees"), SEEN_BY, ids=[one[0] for one in SEEN_BY])
def test_given_standards_of_two_towns_and_their_county_when_anybody_looks_then_only_what_applies_or_lies_below_is_there(
    who: str, viewer: Callable[[Ground], Actor], sees: set[str], ground: Ground
) -> None:
    ids = {STANDARD: "town", "320413102-shop-2018": "next", "320413-shop-2018": "county"}
    ground.load()
    ground.load(path=NEXT_TOWN, actor=PLATFORM, text=text(prefix="320413102-"))
    ground.load("superior", COUNTY, text=text(prefix="320413-"))

    person = viewer(ground)

    assert {ids[one.standard.id] for one in asked.loaded_for(person)} == sees
    readable = {one.id for one in queries.library_for(person).standards}
    assert {ids[one] for one in readable & set(ids)} == sees
    assert {ids[one.id] for one in queries.whole_library().standards if one.id in ids} == {"town", "next", "county"}


def test_given_a_loaded_standard_when_withdrawn_and_restored_then_days_decide_and_both_are_told(ground: Ground) -> None:
    ground.load()
    chief, later = ground.town.actor("chief"), DAY + timedelta(days=5)
    facts = {"standard_id": STANDARD, "actor": chief, "now": NOON}

    loading.withdraw_standard(seen_version=1, since=later, why="区里的标准已经包含", **facts)

    assert (level(TOWN), level(TOWN, later)) == (Level.OPEN, Level.GENERAL)
    assert queries.criterion(STANDARD, "一(一)", DAY).text  # what was found before keeps its basis
    assert asked.loaded_line_for(chief, STANDARD).withdrawn_from == later

    loading.restore_standard(seen_version=2, why="区里的标准推迟了", **facts)

    assert level(TOWN, later) is Level.OPEN
    assert told() == ["standard.loaded", "standard.withdrawn", "standard.restored"]


def test_given_an_odd_withdrawal_when_asked_then_it_is_refused_with_a_sentence(ground: Ground) -> None:
    ground.load()
    facts = {"standard_id": STANDARD, "actor": ground.town.actor("chief"), "now": NOON}

    for odd, refusal in (
        ({"seen_version": 1, "since": DAY - timedelta(days=1), "why": "x"}, BadValue),
        ({"seen_version": 1, "since": DAY, "why": ""}, BadValue),
        ({"seen_version": 7, "since": DAY, "why": "x"}, Outdated),
    ):
        with pytest.raises(refusal):
            loading.withdraw_standard(**facts, **odd)
    with pytest.raises(BadValue):
        loading.restore_standard(seen_version=1, why="x", **facts)

    assert told() == ["standard.loaded"]


def test_given_another_process_when_it_loads_then_this_one_sees_it_at_the_next_question(ground: Ground) -> None:
    level(TOWN)
    ground.load()
    shelves._kept_loaded["loaded"] = shelves._Loaded("a token of before")

    assert level(TOWN) is Level.OPEN


def test_given_nothing_new_when_asked_then_one_query_answers_however_many_standards_there_are(ground: Ground) -> None:
    def asked_queries() -> int:
        level(TOWN)
        with CaptureQueriesContext(connection) as seen:
            level(TOWN, DAY + timedelta(days=1))
            queries.libraries([TOWN, NEXT_TOWN])
        return len(seen)

    none = asked_queries()
    for number in range(3):
        ground.load(text=text(id=f"320413101-shop-{number}"))
    three = asked_queries()

    assert (none, three) == (2, 2)


def test_given_a_town_without_standards_of_its_own_when_another_loads_one_then_its_judge_is_the_same(
    ground: Ground,
) -> None:
    before = queries.judge_at(NEXT_TOWN)

    ground.load()

    assert queries.judge_at(NEXT_TOWN) is before
    assert queries.judge_at(TOWN) is not before


def test_given_a_loaded_standard_when_versions_are_named_then_they_differ_and_a_correction_differs_again(
    ground: Ground,
) -> None:
    def versions() -> tuple[str, str]:
        return queries.advise(FINDING, DAY, path=TOWN).version, queries.asking_version(TOWN)

    before = versions()
    ground.load()
    loaded = versions()
    ground.load(text=text(source_note="改了说明"))

    assert len({*before, *loaded, *versions()}) == 6
    assert queries.advise(FINDING, DAY, path=NEXT_TOWN).version == before[0]
    assert all(len(one) <= 16 for one in versions())
