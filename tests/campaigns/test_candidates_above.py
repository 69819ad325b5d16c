"""A superior's item whose answer is late is a ground for 通报, with its row, as of any day (R3.21, R9.10)."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from bihuan.campaigns.queries import supervision as asking
from bihuan.campaigns.rules.supervision.grounds import Ground, GroundKind
from bihuan.hazards import services
from bihuan.hazards.models import SameKindTask
from bihuan.hazards.rules.same_kind import Reply
from tests.campaigns.stage import SHORT, CampaignStage
from tests.hazards.stage import make_stage

pytestmark = pytest.mark.django_db


def test_given_a_superiors_item_when_a_village_has_not_answered_in_time_then_it_is_a_ground_with_its_row() -> None:
    loop = make_stage()
    run = CampaignStage(loop.town)
    row = run.issued(run.read_text(SHORT.replace("2018年1月31日止", "2018年3月31日止")))
    task = SameKindTask.objects.get(pk=loop.superior_item().same_kind_task_id)
    due_on = task.due_on
    assert due_on is not None

    def answer(unit: str, who: str) -> None:
        reply = Reply(unit_id=loop.town.units[unit].id, checked=3, found=0, fixed=0)
        services.reply_same_kind(task_id=task.pk, reply=reply, actor=loop.by(who), now=loop.at)

    def grounds(on: date) -> dict[str, Ground]:
        found = asking.candidates_for(run.by("office"), row.pk, on=on)
        return {
            one.facts.name: ground
            for rows in found.groups.values()
            for one in rows
            for ground in one.grounds
            if ground.kind is GroundKind.SUPERIOR_UNANSWERED
        }

    answer("东村", "village_east")
    loop.later((due_on - loop.day).days + 3)
    last, late = due_on, due_on + timedelta(days=1)
    assert (set(grounds(last)), set(grounds(late))) == (set(), {"西村", "经发办"})
    ground = grounds(late)["西村"]
    assert ground.text == "上级交办事项的举一反三 1 项过了答复期限没有答复"
    assert [(one.title, one.note, one.args) for one in ground.rows] == [
        (task.title, f"{due_on} 应答复", (str(task.pk),)),
    ]
    address = reverse(ground.rows[0].page, args=ground.rows[0].args)
    assert loop.town.client("office").get(address).status_code == 200

    answer("西村", "village_west")

    assert (set(grounds(loop.day)), set(grounds(late))) == ({"经发办"}, {"西村", "经发办"})  # late as of that day still


def test_given_a_check_that_was_ended_when_candidates_are_computed_then_nobody_owes_an_answer_from_that_day() -> None:
    loop = make_stage()
    run = CampaignStage(loop.town)
    row = run.issued(run.read_text(SHORT.replace("2018年1月31日止", "2018年3月31日止")))
    task = SameKindTask.objects.get(pk=loop.superior_item().same_kind_task_id)
    reply = Reply(unit_id=loop.town.units["东村"].id, checked=3, found=0, fixed=0)
    services.reply_same_kind(task_id=task.pk, reply=reply, actor=loop.by("village_east"), now=loop.at)
    loop.later(30)
    services.end_same_kind(task_id=task.pk, actor=loop.by("office"), now=loop.at)

    def owing(on: date) -> set[str]:
        found = asking.candidates_for(run.by("office"), row.pk, on=on)
        late = (one for rows in found.groups.values() for one in rows if one.facts.unanswered)
        return {one.facts.name for one in late}

    assert (owing(loop.day - timedelta(days=1)), owing(loop.day)) == ({"西村", "经发办"}, set())
