"""A button, its page and its press say the same to each role."""

import pytest
from django.urls import reverse

from bihuan.web.doors import DOORS
from tests.hazards.stage import Stage
from tests.town import POSTS
from tests.web.conftest import Visit

KEYS = [key for key, *_ in POSTS]
HERE = ("field:report", "hazards:new_same_kind")


@pytest.mark.parametrize("key", KEYS)
def test_given_any_role_when_a_page_that_begins_work_is_opened_then_button_page_and_press_agree(
    enter: Visit, stage: Stage, key: str
) -> None:
    client = enter(key)
    pages = "".join(
        client.get(reverse(name)).content.decode() for name in ("desk:workbench", "hazards:list", "hazards:same_kinds")
    )

    for name in HERE:
        allowed = stage.by(key).has_role(*DOORS[name])
        assert client.get(reverse(name)).status_code == (200 if allowed else 403), name
        assert client.post(reverse(name)).status_code == (422 if allowed else 403), name
        assert (f'href="{reverse(name)}"' in pages) is allowed, name
    assert (f'href="{reverse("intake:upload")}"' in pages) is stage.by(key).has_role(*DOORS["intake:upload"])


def test_given_a_service_agency_when_it_enters_then_its_menu_leads_to_what_it_sees(enter: Visit) -> None:
    page = enter("agency").get(reverse("desk:workbench")).content.decode()

    side = page.split('<nav class="side"')[1].split("</nav>")[0]
    assert [f'href="{reverse(name)}"' in side for name in ("hazards:list", "enterprises:list", "stats:dashboard")] == [
        True,
        True,
        False,
    ]
