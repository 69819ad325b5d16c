"""The room's copies of an enterprise's place and name stay true."""

from uuid import UUID

import pytest
from django.db import transaction

from bihuan.kernel.actor import PLATFORM
from bihuan.orgs import queries, services
from bihuan.orgs.rules import Cover, PostKind
from bihuan.trail.news import News
from bihuan.trail.services import record
from tests.town import DAY, NOON, SmallTown, make_town

pytestmark = pytest.mark.django_db
LOSER, WINNER = UUID(int=1), UUID(int=2)


def _tell(town: SmallTown, kind: str, before: dict[str, str], after: dict[str, str]) -> None:
    news = News(
        kind=kind,
        say="改动",
        subject_type="enterprise",
        subject_id=LOSER,
        town_id=town.town.id,
        enterprise_id=LOSER,
        before=before,
        after=after,
    )
    with transaction.atomic():
        record([news], actor=PLATFORM, now=NOON)


def test_given_an_enterprise_when_it_moves_then_its_posts_sit_in_the_new_village() -> None:
    town = make_town()
    town.enterprise_people(LOSER, village="东村")

    _tell(town, "enterprise.moved", {"path": town.units["东村"].path}, {"path": town.units["西村"].path})

    posts = queries.posts_of_enterprises([LOSER], DAY)[LOSER]
    assert {post.unit.short_name for post in posts} == {"西村"}


def test_given_an_enterprise_when_it_is_renamed_then_its_people_carry_the_new_name() -> None:
    town = make_town()
    principal, _ = town.enterprise_people(LOSER, village="东村", name="旧厂")

    _tell(town, "enterprise.changed", {"name": "旧厂"}, {"name": "新厂"})

    assert queries.actor_for(principal, on=DAY).unit_name == "新厂"


def test_given_two_files_of_one_enterprise_when_merged_then_people_and_leaders_are_the_winners() -> None:
    town = make_town()
    mine = town.enterprise_people(LOSER, village="东村", name="旧厂")
    extra = services.NewPost(
        town.units["东村"].id, "车间主任", PostKind.ENTERPRISE, enterprise_id=LOSER, enterprise_name="旧厂"
    )
    moved = services.create_post(post=extra, actor=PLATFORM, now=NOON)
    town.enterprise_people(WINNER, village="东村", name="新厂")
    services.attach_leader(
        town_id=town.town.id, post_id=town.posts["leader"], enterprise_ids=[LOSER], actor=PLATFORM, now=NOON
    )
    services.cover_enterprises(
        post_id=town.posts["agency"], enterprise_ids=[LOSER], why=Cover.AGENCY, actor=PLATFORM, now=NOON
    )

    _tell(town, "enterprise.merged", {"enterprise_id": str(LOSER)}, {"enterprise_id": str(WINNER)})

    posts = queries.posts_of_enterprises([LOSER, WINNER], DAY)
    assert {post.title for post in posts[WINNER]} == {"主要负责人", "安全员", "车间主任"}
    assert LOSER not in posts
    assert queries.post(moved.id, DAY).enterprise_name == "新厂"
    assert queries.actor_for(mine[0], on=DAY).roles == ()
    assert LOSER not in queries.leaders(town.town.id, DAY).by_enterprise
    assert town.actor("agency").scope.enterprises == frozenset()
