"""`bihuan add_superior`: a person above the towns, who logs in and sees the towns below, and nothing else."""

import io
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from django.urls import reverse

from bihuan.enterprises.queries import lists
from bihuan.kernel.actor import PLATFORM
from bihuan.kernel.roles import Role
from bihuan.orgs import queries, services
from bihuan.orgs.models import Post, Unit, User
from bihuan.orgs.rules import PostKind
from bihuan.trail.models import Event
from tests.hazards.stage import DAY, make_stage
from tests.town import FOUNDED, SmallTown, make_town

pytestmark = pytest.mark.django_db
PAGES = ("desk:workbench", "hazards:list", "enterprises:list", "people:users")
SAID: dict[str, Any] = {
    "area": "320413000000",
    "office": "金城区安全生产委员会办公室",
    "title": "督导岗二",
    "name": "王某",
    "account": "quwang",
}


@pytest.fixture
def town(settings: Any) -> SmallTown:
    settings.BIHUAN_DEMO_DAY = DAY.isoformat()
    return make_stage().town


def _add(**said: Any) -> str:
    out = io.StringIO()
    call_command("add_superior", stdout=out, **(SAID | said))
    return out.getvalue()


def _password(said: str) -> str:
    return said.split("初始密码 ")[1].split()[0]


@pytest.mark.parametrize("area", ["320413000000", "320413", "金城区"])
def test_given_a_county_when_a_superior_is_added_then_office_post_person_and_role_are_there_and_told(
    town: SmallTown, area: str
) -> None:
    before = Event.objects.count()

    said = _add(area=area)

    user = queries.user_called("quwang")
    (post,) = queries.posts_held_by(user.id, DAY)
    office = queries.unit(Post.objects.get(pk=post.id).unit_id)
    assert (post.title, office.name, office.town_id) == ("督导岗二", SAID["office"], None)
    assert Post.objects.get(pk=post.id).kind == PostKind.UNIT_HEAD
    assert list(queries.actor_for(user.id, on=DAY).role_names) == [Role.SUPERIOR]
    events = list(Event.objects.order_by("id").values_list("kind", flat=True))[before:]
    assert sorted(events) == ["post.created", "post.taken", "unit.created", "user.created"]
    assert not any(_password(said) in str([e.before, e.after, e.say, e.figures]) for e in Event.objects.all())


def test_given_the_first_password_when_used_then_it_must_be_changed_and_the_towns_below_are_seen_and_no_others(
    town: SmallTown,
) -> None:
    other = make_town("320414101000", "邻区镇", county="邻区")
    password, client = _password(_add()), Client()

    entered = client.post("/log-in/", {"account": "quwang", "password": password})
    held_up = client.get("/")
    new = "Qu-wang-2018-ok"
    changed = client.post("/password/", {"old": password, "new": new, "again": new})

    assert (entered.status_code, held_up["Location"]) == (302, "/password/")
    assert (changed.status_code, changed["Location"]) == (302, "/")
    actor = queries.actor_for(queries.user_called("quwang").id, on=DAY)
    assert (actor.scope.paths, actor.scope.enterprises, actor.scope.everything) == (("/32/04/13/",), frozenset(), False)
    assert [path for path, _ in queries.town_names_below(actor.scope.paths[0])] == [town.town.path]
    assert not actor.scope.covers(path=other.town.path)
    assert [client.get(reverse(page)).status_code for page in PAGES] == [200, 200, 200, 403]
    assert lists.listing(actor, lists.Filters(), on=DAY).total == 1


def test_given_the_office_when_a_second_person_is_added_then_the_office_is_used_again(town: SmallTown) -> None:
    _add()

    _add(title="科员", name="李某", account="quli")

    assert Unit.objects.filter(name=SAID["office"]).count() == 1
    assert Post.objects.filter(unit__name=SAID["office"]).count() == 2


def test_given_a_held_post_when_a_successor_is_added_then_it_is_refused_unless_taken_over(town: SmallTown) -> None:
    _add()
    before = Event.objects.count()

    with pytest.raises(CommandError, match=r"由王某担任.*--takes-over"):
        _add(name="李某", account="quli")
    assert (User.objects.filter(account="quli").exists(), Event.objects.count()) == (False, before)

    _add(name="李某", account="quli", takes_over=True)
    (post,) = queries.posts_held_by(queries.user_called("quli").id, DAY)
    assert post.holder_name == "李某"
    assert queries.posts_held_by(queries.user_called("quwang").id, DAY) == []


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"area": "某某区"}, "没有“某某区”.*已有：.*金城区（320413000000）"),
        ({"area": "320413101000"}, "没有“320413101000”"),
        ({"area": "32041x"}, "没有“32041x”"),
        ({"office": " " * 3}, "还缺 --office"),
        ({"name": ""}, "还缺 --name"),
        ({"account": "taken"}, "已经有人用"),
    ],
)
def test_given_a_slip_when_added_then_one_sentence_says_which_and_nothing_is_written(
    town: SmallTown, said: dict[str, str], words: str
) -> None:
    User.objects.filter(pk=town.users["office"]).update(account="taken")
    before = (Unit.objects.count(), Post.objects.count(), User.objects.count(), Event.objects.count())

    with pytest.raises(CommandError, match=words):
        _add(**said)

    assert (Unit.objects.count(), Post.objects.count(), User.objects.count(), Event.objects.count()) == before


def test_given_two_counties_of_one_name_when_added_by_name_then_the_code_is_asked_for(town: SmallTown) -> None:
    services.create_town(
        code="330113101000",
        name="远镇",
        province_name="浙江省",
        city_name="杭州市",
        county_name="金城区",
        actor=PLATFORM,
        now=FOUNDED,
    )

    with pytest.raises(CommandError, match="“金城区”有 2 个（320413000000、330113000000）"):
        _add(area="金城区")


def test_given_an_empty_platform_when_added_then_it_says_to_found_a_town_first(db: None) -> None:
    with pytest.raises(CommandError, match="bihuan init"):
        _add()


def test_given_a_check_when_asked_for_then_nothing_is_written(town: SmallTown) -> None:
    before = (Unit.objects.count(), User.objects.count(), Event.objects.count())

    said = _add(check=True)

    assert "检查通过" in said
    assert "初始密码" not in said
    assert (Unit.objects.count(), User.objects.count(), Event.objects.count()) == before
