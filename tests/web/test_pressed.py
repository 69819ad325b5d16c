"""A second press of the same button says what the first did; a page that lost its version says so."""

import re

import pytest
from django.urls import reverse

from bihuan.hazards.rules.acts import Act
from bihuan.trail.models import Event
from tests.hazards.stage import Stage
from tests.web.conftest import Visit
from tests.web.test_loop import photo, state_of


@pytest.mark.parametrize("with_photo", [False, True])
def test_given_a_form_pressed_twice_when_the_second_arrives_then_it_says_done_and_when(
    enter: Visit, stage: Stage, *, with_photo: bool
) -> None:
    hazard, office = stage.report(), enter("office")
    address = reverse("hazards:act", args=[hazard.pk, "confirm"])
    sent = {"seen_version": hazard.version, "level": "general", "text": "属实"}

    def press() -> object:
        return office.post(address, sent | ({"new_before": photo()} if with_photo else {}), follow=True)

    press()
    again = press().content.decode()  # type: ignore[attr-defined] # -- an answer of the test client

    assert re.search(r"您已于 1月15日 \d\d:\d\d 办过“核实定级”，不用再按。现在是“已定级”", again)
    assert "这一步不能办" not in again
    assert Event.objects.filter(kind="hazard.confirm").count() <= 1
    assert Event.objects.filter(kind__endswith="confirmed").count() <= 1


def test_given_a_repair_passed_twice_when_the_second_arrives_then_it_says_done(enter: Visit, stage: Stage) -> None:
    hazard, inspector = stage.rectified(), enter("inspector")
    review = reverse("field:review", args=[hazard.pk])
    sent = {"seen_version": hazard.version, "act": "pass", "text": "防护罩已装"}

    inspector.post(review, sent)
    again = inspector.post(review, sent, follow=True).content.decode()

    assert "办过“通过复查”，不用再按。现在是“已销号”" in again


def test_given_somebody_else_did_it_when_pressed_then_it_is_no_second_press(enter: Visit, stage: Stage) -> None:
    hazard = stage.report()
    sent = {"seen_version": hazard.version, "level": "general", "text": "属实"}
    stage.do(hazard, Act.CONFIRM, "chief", level="general")

    answer = enter("office").post(reverse("hazards:act", args=[hazard.pk, "confirm"]), sent)

    assert (answer.status_code, "不用再按" in answer.content.decode()) == (422, False)


@pytest.mark.parametrize("lost", ["", "abc"])
def test_given_a_page_that_lost_its_version_when_sent_then_it_says_so_and_the_next_press_works(
    enter: Visit, stage: Stage, lost: str
) -> None:
    hazard, inspector = stage.rectified(), enter("inspector")
    other, office = stage.report(), enter("office")
    forms = [
        (inspector, reverse("field:review", args=[hazard.pk]), {"act": "pass", "text": "防护罩已装"}, hazard),
        (office, reverse("hazards:act", args=[other.pk, "confirm"]), {"level": "general", "text": "属实"}, other),
    ]

    for client, address, given, row in forms:
        refused = client.post(address, given | {"seen_version": lost})
        page = refused.content.decode()
        assert (refused.status_code, "请看过后再按一次" in page) == (422, True)
        assert f'name="seen_version" value="{row.version}"' in page
        assert client.post(address, given | {"seen_version": row.version}).status_code == 303

    assert (state_of(hazard), state_of(other)) == ("closed", "confirmed")


def test_given_an_enterprise_form_that_lost_its_version_when_sent_then_it_says_what_to_do(
    enter: Visit, stage: Stage
) -> None:
    answer = enter("office").post(reverse("enterprises:change", args=[stage.firm.id]), {"seen_version": ""})

    assert "这一页没有完整送到，所以没有办" in answer.content.decode()
