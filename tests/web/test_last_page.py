"""A page beyond the end of any list is its last page."""

import pytest
from django.urls import reverse

from bihuan.web.parts import Pager
from tests.hazards.stage import Stage
from tests.web.conftest import Visit

LISTS = ("hazards:list", "enterprises:list", "documents:list", "standards:list", "intake:lists", "desk:notices")


@pytest.mark.parametrize("name", LISTS)
def test_given_a_list_when_a_page_beyond_its_end_is_asked_for_then_its_last_page_opens(
    enter: Visit, stage: Stage, name: str
) -> None:
    stage.report()

    answer = enter("office").get(reverse(name), {"q": "", "page": "999999"}, follow=True)

    assert answer.status_code == 200
    pager = answer.context["pager"]
    assert (pager.number, pager.shown > 0) == (pager.last_page, bool(pager.total))


@pytest.mark.parametrize(("total", "shown", "last"), [(0, 0, 1), (20, 20, 1), (21, 1, 2), (None, 0, 1), (None, 20, 7)])
def test_given_a_count_when_the_last_page_is_asked_for_then_no_page_is_empty(
    total: int | None, shown: int, last: int
) -> None:
    assert Pager(7, 20, shown, total).last_page == last
