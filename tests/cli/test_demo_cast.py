"""The invented town's cast: drawn from a seed, lawful, believable, with gaps to be seen."""

from dataclasses import replace
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from bihuan.cli.demo.cast import Cast, Plan, make_cast
from bihuan.cli.demo.firms import draw_firms
from bihuan.cli.demo.places import DEMO_PASSWORD, DOORS, SEEN_ON, VILLAGES
from bihuan.enterprises import queries
from bihuan.enterprises.rules.codes import Verdict, check_code
from bihuan.enterprises.rules.matching import MatchKind, Wanted
from bihuan.kernel.actor import Actor
from bihuan.kernel.roles import Role
from bihuan.orgs import queries as orgs

pytestmark = pytest.mark.django_db
PATHS = {village[2]: f"/39/01/01/199/{village[0]}/" for village in VILLAGES}
LEDGER = (
    "金城镇东方木业有限公司",
    "金城镇金桥建筑工地(三期)",
    "金城镇老街饭店",
    "金城镇佳美印染厂",
    "金城镇小康敬老院",
)


@pytest.fixture
def cast() -> Cast:
    return make_cast(Plan(firms=120))


def drawn(seed: int, count: int = 300) -> list[Any]:
    return draw_firms(seed, count=count, town_name="示范镇", town_path="/39/01/01/199/", villages=PATHS)


def test_given_a_seed_when_drawn_twice_then_the_enterprises_are_the_same() -> None:
    assert drawn(7) == drawn(7)
    assert drawn(7) != drawn(8)


def test_given_many_enterprises_when_drawn_then_codes_are_true_and_names_are_distinct() -> None:
    entries = drawn(2018, 2_000)

    verdicts = {check_code(entry.uscc).verdict for entry in entries}
    codes = [entry.uscc for entry in entries if entry.uscc]
    assert verdicts == {Verdict.VALID, Verdict.EMPTY}
    assert len(set(codes)) == len(codes)
    assert len({entry.name for entry in entries}) == len(entries) == 2_000
    assert len({entry.lead_sector for entry in entries}) > 15


def test_given_the_cast_when_made_then_every_door_opens_to_a_person_with_a_role(cast: Cast) -> None:
    doors = orgs.demo_doors()

    people: dict[str, Actor] = {door.label: orgs.actor_for(door.user_id, on=SEEN_ON) for door in doors}
    assert [door.label for door in doors] == [door[1] for door in DOORS]
    assert {door.password for door in doors} == {DEMO_PASSWORD}
    assert all(person.roles for person in people.values())
    held = {role for person in people.values() for role in person.role_names}
    assert set(Role) - held == {Role.SYSTEM}
    assert people["西岗村 网格员"].scope.paths == (PATHS["西岗村"],)
    assert len(people["恒昌铝制品厂 主要负责人"].scope.enterprises) == 1


def test_given_the_ledgers_when_matched_then_their_enterprises_are_known_without_the_town(cast: Cast) -> None:
    found = queries.match(cast.town.id, [Wanted(name) for name in LEDGER])

    assert {one.kind for one in found} == {MatchKind.PLAIN}
    assert [one.firm.village for one in found if one.firm] == ["东村", "前庄村", "集镇社区", "湖滨社区", "东村"]


def test_given_the_cast_when_looked_at_then_some_gaps_are_there_to_be_closed(cast: Cast) -> None:
    gaps = queries.gaps(cast.actor("安监办 主任"), SEEN_ON)

    assert all(gaps.by_kind.values())
    assert gaps.total < len(cast.firms) / 4
    assert orgs.responsibility_gaps(cast.actor("安监办 主任"), SEEN_ON)


def test_given_enterprises_on_the_platform_when_asked_then_their_people_act_for_them(cast: Cast) -> None:
    wood = cast.firm("东方木业")

    [principal, officer] = [cast.actor(key) for key in cast.people[wood.id]]

    assert principal.enterprise_id == officer.enterprise_id == wood.id
    assert principal.user_id != officer.user_id
    assert cast.people[cast.firm("兴隆烟花爆竹零售点").id] == ("兴隆烟花爆竹零售点 主要负责人",)
    assert len(cast.people) < len(cast.firms)


def test_given_the_register_when_looked_at_then_it_was_kept(cast: Cast) -> None:
    office = cast.actor("安监办 主任")

    assert queries.tallies(office) == {"active": 121, "merged": 1, "closed": 1}
    [found] = queries.match(cast.town.id, [Wanted("鑫达机械")])
    assert found.firm is not None
    assert found.firm.name == "示范镇鑫达机械厂"


def test_given_a_second_town_when_made_then_the_county_is_shared(cast: Cast) -> None:
    other = make_cast(replace(cast.plan, no="198", name="邻水镇", firms=30, with_doors=False))

    superior = other.actor("区安委办 督导岗")
    assert superior.user_id == cast.actor("区安委办 督导岗").user_id
    assert queries.tallies(superior)["active"] == 151  # one double is still to be found
    assert queries.tallies(other.actor("安监办 主任"))["active"] == 30


def test_given_a_town_when_the_demo_is_asked_for_then_it_is_refused_or_left_alone(cast: Cast) -> None:
    with pytest.raises(CommandError):
        call_command("demo_town")
    call_command("demo_town", if_empty=True, stdout=StringIO())

    assert [town.name for town in orgs.all_towns()] == ["示范镇"]
