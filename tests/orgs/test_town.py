"""The first use of everything: a town is built and its people see what they should."""

import pytest

from bihuan.kernel.roles import Role
from bihuan.orgs import queries
from bihuan.trail import queries as trail
from tests.town import DAY, make_town

pytestmark = pytest.mark.django_db


def test_given_a_small_town_when_looked_at_then_each_sees_own_ground_only() -> None:
    made = make_town()

    office, east, industry = made.actor("office"), made.actor("village_east"), made.actor("industry")

    assert office.scope.paths == ("/32/04/13/101/",)
    assert office.roles_over(path=made.units["东村"].path) == {Role.SAFETY_OFFICE, Role.INSPECTOR}
    assert east.scope.paths == ("/32/04/13/101/200/",)
    assert industry.scope.paths == ()
    assert [(part.path, part.sectors) for part in industry.scope.sectors] == [
        ("/32/04/13/101/", ("chemical", "light_industry", "machinery"))
    ]


def test_given_a_small_town_when_actors_are_computed_then_two_queries(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    made = make_town()

    with django_assert_num_queries(2):
        leader = queries.actor_for(made.users["leader"], on=DAY)

    assert leader.scope.paths == (made.units["东村"].path,)
    assert leader.post_title == "副镇长"
    assert made.actor("superior").scope.paths == ("/32/04/13/",)
    assert made.actor("superior").has_role(Role.SUPERIOR)
    assert made.actor("audit_admin").scope.paths == ()
    assert made.actor("audit_admin").scope.grants == {"trail"}
    assert made.actor("system_admin").roles_over(path=made.town.path) == {Role.SYSTEM_ADMIN}


def test_given_a_second_town_of_the_county_when_built_then_names_and_ids_do_not_mix() -> None:
    first, second = make_town(), make_town(code="320413102000", name="乙镇")

    found = [(town.name, town.county_name, town.id) for town in queries.all_towns()]

    assert found == [("示范镇", "金城区", first.town.id), ("乙镇", "金城区", second.town.id)]


def test_given_the_audit_administrator_when_the_trail_is_read_then_all_of_the_own_town_and_nothing_else() -> None:
    first, second = make_town(), make_town(code="320413102000", name="乙镇")

    seen = trail.events_by_kind(first.actor("audit_admin"), ["unit.created"], size=100).lines

    assert {row.subject_id for row in seen} >= {first.town.id, first.units["东村"].id}
    assert not {row.subject_id for row in seen} & {ref.id for ref in second.units.values() if ref.town_id}
    assert trail.events_by_kind(first.actor("system_admin"), ["unit.created"]).total == 0
