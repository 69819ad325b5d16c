"""Numbers and days that nobody means: a form says so, a page answers for today."""

import itertools
import logging
from importlib import import_module

import pytest
from django.http import QueryDict
from django.urls import resolve, reverse

from bihuan.hazards.rules.acts import Act
from bihuan.web.enterprises.views.imports import _mends, _numbers
from bihuan.web.numbers import whole
from tests.hazards.stage import Stage
from tests.web.addresses import TAKEN, addresses
from tests.web.conftest import Visit
from tests.web.test_last_page import LISTS
from tests.web.test_loop import do, photo, state_of


@pytest.mark.parametrize("on", ["0001-01-01", "0001-02-09", "9999-12-31", "morgen"])
def test_given_a_day_without_figures_when_the_dashboard_is_asked_then_it_answers_for_today(
    enter: Visit, stage: Stage, on: str
) -> None:
    page = enter("office").get(reverse("stats:dashboard"), {"on": on})

    assert page.status_code == 200
    assert f'value="{stage.day.isoformat()}"' in page.content.decode()


@pytest.mark.parametrize("money", ["9999999999.99", "100000000.01", "9" * 30])
def test_given_an_amount_no_repair_costs_when_handed_in_then_the_form_says_so(
    enter: Visit, stage: Stage, money: str
) -> None:
    hazard = stage.rectifying()

    page = do(enter("safety"), hazard, Act.HAND_IN, text="已清理", new_after=photo(), money=money)

    assert (page.status_code, "花费最多填 1 亿元" in page.content.decode()) == (422, True)
    assert state_of(hazard) == "rectifying"


ODD_PAGES = ("²", "①", "１", "-1", "0", str(10**30))


def paged() -> list[str]:
    """Return the paths of the lists that read a page from their address, those of one row's own aside."""
    found = [one.filled() for one in addresses() if not one.ids]
    return [one for one in found if hasattr(import_module(resolve(one).func.__module__), "page_number")]


@pytest.mark.one_database  # what is read of the address is the same on any database
def test_given_no_number_of_a_page_when_any_list_is_asked_then_its_first_page_opens(
    enter: Visit, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL, logger="django.request")
    client, lists, wrong = enter("chief"), set(), []

    for path, odd in itertools.product(paged(), ODD_PAGES):
        if odd != ODD_PAGES[0] and path not in lists:
            continue  # a form or a sheet beside a list
        answer = client.get(path, {"page": odd})
        answer.close()
        pager = (answer.context or {}).get("pager")
        if answer.status_code not in TAKEN or (pager is not None and pager.number != 1):
            wrong.append(f"{path}?page={odd}: {answer.status_code}")
        lists |= {path} if pager is not None else set()

    assert not wrong, "\n".join(wrong)
    assert {reverse(name) for name in LISTS} <= lists


@pytest.mark.parametrize("odd", ["²", "①", "-1", "", " 1", "1.0", "9" * 30])
def test_given_what_is_no_number_when_it_is_read_then_it_is_none(odd: str) -> None:
    assert whole(odd) is None


def test_given_digits_as_a_chinese_keyboard_writes_them_when_read_then_they_count() -> None:
    assert (whole("１２"), whole("007"), whole("123", 2)) == (12, 7, None)


@pytest.mark.parametrize("odd", ["²", "①", "9" * 5000])
def test_given_no_numbers_when_a_table_of_enterprises_is_mended_then_nothing_breaks(odd: str) -> None:
    sent = QueryDict(mutable=True)
    sent.update({f"cell:{odd}:name": "厂", "shown": odd, "aside": odd})

    assert (_mends(sent), _numbers(sent, "shown"), _numbers(sent, "aside")) == ({}, set(), set())
