"""Figures of responsibility, now and as of a day before."""

from datetime import timedelta

import pytest

from bihuan.kernel.actor import PLATFORM
from bihuan.kernel.errors import NotFound
from bihuan.kernel.indicators import Question
from bihuan.orgs import queries, services
from bihuan.orgs.rules import PostKind
from bihuan.stats import queries as stats
from tests.town import DAY, NOON, SmallTown, make_town

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> SmallTown:
    return make_town()


def _asked(town: SmallTown, *names: str, days: int = 0, path: str = "") -> tuple[int, ...]:
    asked = Question(path or town.town.path, since=DAY - timedelta(days=20), until=DAY + timedelta(days=days))
    answers = [stats.answer(PLATFORM, name, asked) for name in names]
    return tuple(-1 if one is None else one.amount for one in answers)


def test_given_a_post_taken_and_left_on_one_day_when_any_day_is_asked_then_nobody_held_it(town: SmallTown) -> None:
    left, day = NOON + timedelta(days=1), NOON + timedelta(days=5)
    post, chief = town.posts["chair"], town.users["chief"]
    services.hand_over_post(post_id=post, to_user_id=None, reason="离任", actor=PLATFORM, now=left)
    for heir in (chief, None):
        services.hand_over_post(post_id=post, to_user_id=heir, reason="误派", actor=PLATFORM, now=day)

    assert [_asked(town, "orgs.leaders", days=days) for days in (0, 1, 4, 5)] == [(2,), (1,), (1,), (1,)]
    assert [one for one in queries.holdings_of([post]) if one.user_id == chief] == []


def test_given_leaders_when_one_gets_a_duty_list_and_one_leaves_then_both_days_are_told(town: SmallTown) -> None:
    names = ("orgs.leaders_listed", "orgs.leaders")
    before = _asked(town, *names)
    later = NOON + timedelta(days=1)
    services.write_duty_lists(lists={town.posts["leader"]: "分管安全"}, basis="镇文件", actor=PLATFORM, now=later)
    services.hand_over_post(post_id=town.posts["chair"], to_user_id=None, reason="离任", actor=PLATFORM, now=later)

    assert before == (0, 2)
    assert _asked(town, *names, days=2) == (1, 1)
    assert _asked(town, *names) == (0, 2)


def test_given_the_leader_in_charge_of_safety_when_asked_then_he_is_counted_as_a_leader(town: SmallTown) -> None:
    posts = [services.NewPost(town.town.id, "常务副镇长", PostKind.LEADER_IN_CHARGE)]
    post = services.create_posts(posts=posts, actor=PLATFORM, now=NOON)[0]

    services.hold_post(post_id=post.id, user_id=town.users["office"], actor=PLATFORM, now=NOON)

    assert _asked(town, "orgs.leaders", days=-1) == (2,)
    assert _asked(town, "orgs.leaders") == (3,)


def test_given_villages_when_a_leader_is_attached_then_areas_and_those_led_are_told_by_day(town: SmallTown) -> None:
    names = ("orgs.areas_led", "orgs.areas")
    paths = [town.units["西村"].path]
    services.attach_leader(
        town_id=town.town.id,
        post_id=town.posts["leader"],
        paths=paths,
        actor=PLATFORM,
        now=NOON + timedelta(days=1),
    )

    assert _asked(town, *names, days=1) == (2, 2)
    assert _asked(town, *names) == (1, 2)
    parts = [_asked(town, *names, days=1, path=town.units[name].path) for name in ("东村", "西村")]
    assert parts == [(1, 1), (1, 1)]


def test_given_a_village_when_it_asks_for_the_whole_town_then_there_is_nothing_for_it(town: SmallTown) -> None:
    asked = Question(town.town.path, since=DAY, until=DAY)

    with pytest.raises(NotFound):
        stats.answer(town.actor("village_east"), "orgs.areas", asked)
