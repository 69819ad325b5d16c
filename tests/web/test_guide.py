"""The help page is drawn from the table of steps."""

from django.urls import reverse

from bihuan.hazards.rules.acts import Act
from bihuan.hazards.rules.states import State
from bihuan.web.hazards.asks import ASKS
from bihuan.web.hazards.drawing import draw, moves
from tests.web.conftest import Visit


def test_given_the_table_when_drawn_then_every_state_stands_there_once() -> None:
    assert sorted(node.state for node in draw().nodes) == sorted(State)


def test_given_the_table_when_drawn_then_every_move_has_an_arrow() -> None:
    into_invalid = {move for move in moves() if move[1] is State.INVALID}

    assert len(draw().arrows) == len(moves()) - len(into_invalid) + 1


def test_given_every_act_when_its_form_is_looked_up_then_there_is_one() -> None:
    assert set(ASKS) == set(Act) - {Act.REPORT}


def test_given_the_help_page_when_opened_then_it_names_acts_in_chinese_only(visit: Visit) -> None:
    page = visit("village_east").get(reverse("hazards:help")).content.decode()

    assert "核实定级" in page
    assert "rectif" not in page.split('id="main"')[1].replace("at-rectif", "")
