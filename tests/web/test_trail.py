"""The trail of any object, through the door."""

from django.urls import reverse

from tests.town import SmallTown
from tests.web.conftest import Visit


def test_given_the_trail_of_a_post_when_opened_then_it_tells_what_happened(visit: Visit, town: SmallTown) -> None:
    page = visit("chief").get(reverse("trail:subject", args=[town.posts["village_east"]]))

    assert page.status_code == 200
    assert "校验码" in page.content.decode()


def test_given_a_strange_way_back_when_the_trail_is_opened_then_it_is_left_out(visit: Visit, town: SmallTown) -> None:
    address = reverse("trail:subject", args=[town.posts["village_east"]])

    page = visit("chief").get(address, {"back": "https://evil.example/"}).content.decode()

    assert "evil.example" not in page.split('id="main"')[1].split("<nav")[0]
