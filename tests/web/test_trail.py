"""The trail of any object, through the door."""

from django.urls import reverse

from bihuan.kernel.ids import new_id
from tests.town import SmallTown, make_town
from tests.web.conftest import Visit


def test_given_the_trail_of_a_post_when_opened_then_it_tells_what_happened(visit: Visit, town: SmallTown) -> None:
    page = visit("chief").get(reverse("trail:subject", args=[town.posts["village_east"]]))

    assert page.status_code == 200
    assert "校验码" in page.content.decode()


def test_given_an_unknown_or_a_foreign_object_when_its_trail_is_opened_then_it_is_not_found(
    visit: Visit, town: SmallTown
) -> None:
    foreign = make_town(code="320413102000", name="邻镇").posts["village_east"]

    answers = [visit("chief").get(reverse("trail:subject", args=[one])).status_code for one in (foreign, new_id())]

    assert answers == [404, 404]


def test_given_a_strange_way_back_when_the_trail_is_opened_then_it_is_left_out(visit: Visit, town: SmallTown) -> None:
    address = reverse("trail:subject", args=[town.posts["village_east"]])

    page = visit("chief").get(address, {"back": "https://evil.example/"}).content.decode()

    assert "evil.example" not in page.split('id="main"')[1].split("<nav")[0]


def test_given_the_audit_administrator_when_the_audit_is_opened_then_everything_of_the_town_is_there_to_be_searched(
    visit: Visit, town: SmallTown
) -> None:
    auditor = visit("audit_admin")

    whole = auditor.get(reverse("trail:audit"))
    posts = auditor.get(reverse("trail:audit"), {"about": "post", "since": "2018-01-01", "q": "网格员"})
    nothing = auditor.get(reverse("trail:audit"), {"about": "<script>", "until": "2000-01-01", "page": "x"})

    assert [page.status_code for page in (whole, posts, nothing)] == [200, 200, 200]
    assert "还没有封存过" in whole.content.decode()
    assert "没有您能看的经过" in nothing.content.decode()
    assert posts.context["pager"].total < whole.context["pager"].total


def test_given_anybody_else_when_the_audit_is_opened_then_there_is_no_such_page(visit: Visit, town: SmallTown) -> None:
    assert visit("chief").get(reverse("trail:audit")).status_code == 404
