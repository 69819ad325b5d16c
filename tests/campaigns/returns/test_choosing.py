"""The list of what a cell can count: grouped, explained, what fits the headings first."""

from typing import Any

import pytest
from django.urls import reverse

from bihuan.campaigns.queries.returns import choices_of
from tests.campaigns.returns.stage import ReturnStage
from tests.campaigns.returns.tables import table, uploaded
from tests.campaigns.returns.test_checks import slots_of

pytestmark = pytest.mark.django_db


def test_given_everything_that_can_be_counted_when_offered_then_each_has_a_group_and_a_line_of_meaning(
    stage: ReturnStage,
) -> None:
    offered = choices_of(stage.town_id).offered

    groups = list(dict.fromkeys(one.group for one in offered))
    assert groups[:4] == ["隐患：期末有多少", "隐患：这段时间发生的", "隐患：按名单数的", "企业"]
    assert len(offered) > 150
    assert [one.key for one in offered if not one.meaning or not one.group] == []
    assert len({one.key for one in offered}) == len(offered)


@pytest.mark.parametrize(
    ("head", "first"),
    [
        ("已销号隐患", "measure:hazards.in.closed"),
        ("逾期未整改", "measure:hazards.overdue"),
        ("截至目前未整改", "measure:hazards.unrectified"),
        ("排查出隐患（项）", "measure:hazards.found_fact"),
        ("约谈", "measure:campaigns.interviews"),
    ],
)
def test_given_headings_when_a_cell_is_bound_then_what_fits_them_stands_first(
    head: str, first: str, stage: ReturnStage
) -> None:
    [slot] = slots_of(("机械",), (head,))

    found = choices_of(stage.town_id).fitting(slot)

    assert found[0].key == first
    assert len(found) <= 6


def test_given_a_cell_when_its_list_is_shown_then_the_chosen_is_ticked_and_every_figure_stands_there_once(
    stage: ReturnStage, settings: Any
) -> None:
    settings.BIHUAN_DEMO_DAY = stage.loop.day.isoformat()
    form = uploaded(stage, table(("机械",), ("发现隐患", "满意度")))
    office = stage.loop.town.client("office")
    address = reverse("campaigns:return_form", args=[form.pk])

    bound = office.get(address, {"cell": "B3"}).content.decode()
    unbound = office.get(address, {"cell": "C3"}).content.decode()
    refused = office.post(address, {"cell": "C3", "period": "this", "seen_version": form.version})

    offered = choices_of(stage.town_id).offered
    assert 'value="measure:hazards.found_fact" checked>' in bound
    assert "最合表头的" in bound
    assert all(bound.count(f'value="{one.key}"') == 1 for one in offered)
    assert all(unbound.count(f'value="{one}:"') == 1 for one in ("sum", "rate", "difference", "typed", "blank"))
    assert "按发现日期计的隐患，除去已移送和不成立" in bound
    assert len(bound) < 100_000
    assert refused.status_code == 422
