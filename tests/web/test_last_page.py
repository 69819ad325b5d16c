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


@pytest.mark.parametrize(
    ("pager", "turns"),
    [
        (Pager(1, 20, 4, 4), ""),
        (Pager(1, 20, 0, 0), ""),
        (Pager(1, 100, 21, 21), "two pages of the smallest size"),
        (Pager(1, 20, 20, 40), "a next page"),
        (Pager(2, 20, 1, 21), "a page before"),
        (Pager(1, 20, 20), "not counted: there may be more"),
        (Pager(1, 20, 3), ""),
    ],
)
def test_given_a_list_that_one_page_holds_when_paged_then_there_is_nothing_to_turn(pager: Pager, turns: str) -> None:
    assert pager.is_all is not bool(turns)
