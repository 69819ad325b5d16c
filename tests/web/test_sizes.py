"""How many rows a page of a list has."""

from django.test import Client
from django.urls import reverse

from tests.town import SmallTown
from tests.web.conftest import Visit
from tests.web.test_hazard_list import LIST, keep_rows


def test_given_a_size_in_the_address_when_another_list_opens_then_it_is_kept_for_this_person(
    visit: Visit, town: SmallTown
) -> None:
    keep_rows(town, 60)
    client = visit("chief")
    rows = reverse(LIST)

    usual, chosen = _shown(client, rows), _shown(client, f"{rows}?size=50")

    assert (usual, chosen, _shown(client, rows), _shown(client, f"{rows}?size=20")) == (20, 50, 50, 20)
    assert _shown(client, f"{rows}?size=7") == 20


def test_given_a_tall_screen_when_a_list_opens_then_it_has_more_rows_until_the_person_chooses(
    visit: Visit, town: SmallTown
) -> None:
    keep_rows(town, 60)
    client = visit("chief")
    client.cookies["tall"] = "1"

    assert (_shown(client, reverse(LIST)), _shown(client, f"{reverse(LIST)}?size=20")) == (50, 20)


def test_given_a_hundred_long_rows_when_the_list_opens_then_it_stays_below_a_hundred_thousand_bytes(
    visit: Visit, town: SmallTown
) -> None:
    long = {
        "place_name": "示范镇鑫达精密机械制造有限公司",
        "description": "1号冲床双手按钮被短接，防护罩缺失未装回，现场无人看管",
    }
    keep_rows(town, 100, **long)

    page = visit("chief").get(f"{reverse(LIST)}?size=100").content

    assert page.count(long["description"].encode()) == 100
    assert len(page) < 100_000


def _shown(client: Client, address: str) -> int:
    return client.get(address).content.decode().count("灭火器过期")
