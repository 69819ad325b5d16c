"""R3.18: that a finding may be an old one again is said on its page and before it is confirmed, with what to do."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bihuan.hazards.models import Hazard
from bihuan.hazards.rules.acts import Act
from tests.hazards.stage import DAY, Stage
from tests.web.conftest import Visit

pytestmark = pytest.mark.django_db


def test_rule_r3_18_a_new_hazard_says_that_one_of_the_same_place_was_closed_and_leads_to_both_acts(
    stage: Stage, enter: Visit
) -> None:
    old, new = stage.closed(), stage.report()
    links = (
        reverse("hazards:show", args=[old.pk]),
        reverse("hazards:act", args=[old.pk, "reopen"]),
        f"{reverse('hazards:act', args=[new.pk, 'link_repeat'])}?repeat_of={old.pk}",
    )

    for where in (reverse("hazards:show", args=[new.pk]), reverse("hazards:act", args=[new.pk, "confirm"])):
        page = enter("office").get(where).content.decode()
        assert "90 天内同一处销号过" in page
        assert "建议反弹重开，或者关联为重复隐患" in page
        assert [link for link in links if f'href="{link}"' not in page] == []
    chosen = enter("office").get(links[2]).content.decode()
    assert f'<option value="{old.pk}" selected>' in chosen
    assert enter("office").get(links[1]).status_code == 200


def test_rule_r3_18_what_is_still_open_or_long_closed_is_proposed_as_such_and_a_linked_one_is_not_asked_again(
    stage: Stage, enter: Visit
) -> None:
    old, new = stage.assigned(), stage.report()
    where = reverse("hazards:show", args=[new.pk])
    assert "同一处同类隐患还没有办结" in enter("office").get(where).content.decode()

    Hazard.objects.filter(pk=old.pk).update(
        state="closed", closed_on=DAY.replace(year=2017), is_open=False, is_running=False
    )
    page = enter("office").get(where).content.decode()
    assert "同类隐患以前销号过" in page
    assert "建议关联为重复隐患" in page
    assert "反弹重开" not in page.split("同类隐患以前销号过")[1].split("</div>")[0]

    stage.do(new, Act.LINK_REPEAT, "office", text="同一处", repeat_of=old.pk)
    assert "同类隐患以前销号过" not in enter("office").get(where).content.decode()
    assert "同类隐患以前销号过" not in enter("village_east").get(where).content.decode()


def test_given_one_or_three_earlier_ones_when_the_page_opens_then_the_queries_are_as_many(
    stage: Stage, enter: Visit
) -> None:
    stage.closed()
    client, where = enter("office"), reverse("hazards:show", args=[stage.report().pk])

    def count() -> int:
        client.get(where)
        with CaptureQueriesContext(connection) as seen:
            client.get(where)
        return len(seen)

    first = count()
    for _ in range(2):
        stage.closed()

    assert count() == first
