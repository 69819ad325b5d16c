"""Numbers and days that nobody means: a form says so, a page answers for today."""

import pytest
from django.urls import reverse

from bihuan.hazards.rules.acts import Act
from tests.hazards.stage import Stage
from tests.web.conftest import Visit
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
