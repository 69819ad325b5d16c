"""A request that is still open when its hazard ends is closed with a trace, whichever act ended it (L6, L8, L10)."""

from datetime import timedelta

import pytest

from bihuan.hazards.models import Extension, Hazard, Invalidation, LevelChange
from bihuan.hazards.rules.acts import WORDS, Act
from bihuan.hazards.rules.states import OPEN_STATES
from bihuan.hazards.rules.steps import STEPS
from bihuan.trail.models import Event
from tests.hazards.stage import Stage
from tests.hazards.test_services_steps import SCENES

pytestmark = pytest.mark.django_db
ENDING = sorted({step.act for step in STEPS if step.to is not None and step.to not in OPEN_STATES})


def with_requests(stage: Stage, hazard: Hazard) -> Hazard:
    """Open every kind of request beside the hazard, as other ways to its state might have left them."""
    asked = {"hazard": hazard, "town_id": hazard.town_id, "asked_at": stage.at, "asked_by": "某人", "reason": "理由"}
    day = stage.day
    extension = Extension.objects.create(
        **asked, round_number=1, old_deadline=day, new_deadline=day + timedelta(days=5), interim="停用", answer_due=day
    )
    lowering = LevelChange.objects.create(**asked, old_level="major", new_level="general")
    requests = {"extension_id": extension.pk, "answer_due": day, "lowering_id": lowering.pk}
    if hazard.invalidation_id is None:
        requests["invalidation_id"] = Invalidation.objects.create(**asked).pk
    Hazard.objects.filter(pk=hazard.pk).update(**requests)
    return Hazard.objects.get(pk=hazard.pk)


def test_given_the_table_when_ending_acts_are_listed_then_they_are_these() -> None:
    assert ENDING == [Act.APPROVE_INVALID, Act.PASS, Act.SUPERIOR_ACCEPT, Act.TRANSFER]


@pytest.mark.parametrize("act", ENDING, ids=str)
def test_given_open_requests_when_the_hazard_ends_then_each_is_closed_and_says_why(act: Act, stage: Stage) -> None:
    make, who, brings = SCENES[act]
    hazard = with_requests(stage, make(stage))

    ended = stage.do(hazard, act, who, **brings(stage, who))

    assert not ended.is_open
    assert (ended.extension_id, ended.lowering_id, ended.answer_due) == (None, None, None)
    say = f"已{WORDS[act].title}，申请不再需要答复"
    assert [one.answer for one in Extension.objects.filter(hazard=hazard)] == [say]
    assert [one.answer for one in LevelChange.objects.filter(hazard=hazard)] == [say]
    assert not Invalidation.objects.filter(hazard=hazard, approved=None).exists()
    event = Event.objects.get(subject_id=hazard.pk, kind=f"hazard.{act}")
    assert event.before["extension_id"] == str(hazard.extension_id)
    assert event.after["extension_id"] is None
    assert event.before["lowering_id"] == str(hazard.lowering_id)


def test_given_a_request_to_invalidate_when_transferred_and_returned_then_it_has_to_be_asked_anew(stage: Stage) -> None:
    hazard = stage.do(stage.rectifying(), Act.REQUEST_INVALID, "office", text="重复登记")
    stage.do(hazard, Act.TRANSFER, "office", text="属燃气主管", organ="区住建局", files=stage.paper("office"))

    back = stage.do(hazard, Act.RETURN, "office", text="不属其职责")

    assert back.invalidation_id is None
    assert stage.do(back, Act.REQUEST_INVALID, "office", text="重复登记").invalidation_id is not None
