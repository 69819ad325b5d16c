"""Codes of big screens: told once, kept as a hash, good for one place, until they are revoked."""

from datetime import timedelta

import pytest

from bihuan.kernel.errors import NotFound, Outdated, Refusal
from bihuan.orgs import queries, services
from bihuan.orgs.models import Screen, Unit
from bihuan.trail.models import Event
from tests.town import NOON, SmallTown, make_town

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(db: None) -> SmallTown:
    return make_town()


def _open(town: SmallTown, unit: str = "镇", who: str = "chief") -> services.OpenedScreen:
    return services.open_screen(name=" 大厅 ", unit_id=town.units[unit].id, actor=town.actor(who), now=NOON)


def test_given_a_screen_when_opened_then_its_code_is_told_once_and_stored_nowhere(town: SmallTown) -> None:
    made = _open(town)

    row = Screen.objects.get(pk=made.screen_id)
    event = Event.objects.get(kind="screen.opened")
    assert made.code not in repr(made)
    for told in (str(row.__dict__), str(event.__dict__)):
        assert made.code not in told
        assert made.code.replace("-", "") not in told
    assert (event.subject_id, event.town_id, event.path) == (row.pk, town.town.id, town.town.path)
    assert row.name == "大厅"


def test_given_a_code_when_typed_in_small_letters_and_gaps_then_it_opens_its_own_place_only(town: SmallTown) -> None:
    east, west = _open(town, "东村"), _open(town, "西村")

    seen = queries.screen_by_code(east.code.lower().replace("-", " "))

    assert seen is not None
    assert seen.id == east.screen_id != west.screen_id
    viewer = queries.screen_viewer(seen)
    assert (viewer.user_id, viewer.roles, viewer.scope.paths) == (None, (), (town.units["东村"].path,))
    assert queries.screen_by_code("") is queries.screen_by_code(east.code[:-1]) is None


def test_given_a_screen_when_revoked_then_its_code_opens_nothing_and_the_record_stays(town: SmallTown) -> None:
    made = _open(town)
    revoke = {"screen_id": made.screen_id, "seen_version": 1, "actor": town.actor("security_admin"), "now": NOON}

    services.revoke_screen(**revoke)

    assert queries.screen_by_code(made.code) is None
    kept = queries.screens_of(town.actor("chief"))[0]
    assert (kept.revoked_at, kept.revoked_by) == (NOON, town.actor("security_admin").name)
    assert Event.objects.filter(kind="screen.revoked", subject_id=made.screen_id).count() == 1
    with pytest.raises(Outdated):
        services.revoke_screen(**revoke)


def test_given_a_unit_without_an_area_or_a_name_when_a_screen_is_asked_for_then_it_is_refused(town: SmallTown) -> None:
    with pytest.raises(Refusal, match="请选镇或村"):
        _open(town, "经发办")
    with pytest.raises(Refusal, match="起个名字"):
        services.open_screen(name=" ", unit_id=town.town.id, actor=town.actor("chief"), now=NOON)
    with pytest.raises(NotFound):
        services.revoke_screen(screen_id=town.town.id, seen_version=1, actor=town.actor("chief"), now=NOON)
    assert not Screen.objects.exists()


def test_given_a_closed_unit_when_its_screen_asks_then_its_code_opens_nothing(town: SmallTown) -> None:
    made = _open(town, "西村")
    Unit.objects.filter(pk=town.units["西村"].id).update(closed_on=NOON.date())

    assert queries.screen_by_code(made.code) is None


def test_given_a_screen_when_it_asks_often_then_last_seen_is_written_once_a_minute(town: SmallTown) -> None:
    made = _open(town)
    seen = []

    for seconds in (0, 30, 60):
        services.note_screen_seen(screen_id=made.screen_id, now=NOON + timedelta(seconds=seconds))
        seen.append(Screen.objects.get(pk=made.screen_id).seen_at)

    assert seen == [NOON, NOON, NOON + timedelta(seconds=60)]


def test_given_two_towns_when_screens_are_listed_then_each_sees_its_own_places_and_screens(town: SmallTown) -> None:
    other = make_town(code="320413102000", name="乙镇")
    _open(town, "东村")
    _open(other)

    assert [one.path for one in queries.screens_of(town.actor("system_admin"))] == [town.units["东村"].path]
    assert {one.short_name for one in queries.screen_places(town.actor("chief"))} == {"示范镇", "东村", "西村"}
    assert queries.screen_places(town.actor("office")) == queries.screens_of(town.actor("office")) == []
