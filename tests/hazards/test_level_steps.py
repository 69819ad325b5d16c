"""The acts on the level of a hazard in their order, each beside the suggestion that was kept with it (L8)."""

import pytest

from bihuan.hazards import queries
from bihuan.hazards.rules.acts import Act
from bihuan.hazards.rules.suggested import Suggested
from bihuan.kernel.errors import NotFound
from tests.hazards.stage import CLAUSE, Stage

pytestmark = pytest.mark.django_db


def test_law_l8_given_a_hazard_graded_and_raised_when_asked_then_each_act_has_the_suggestion_that_stood_beside_it(
    stage: Stage,
) -> None:
    hazard = stage.report(part="")
    first, later = Suggested("general", "", "", "v-1"), Suggested("major", "", "", "v-2")
    stage.do(hazard, Act.CONFIRM, "office", level="general", text="已查", suggested=first)
    stage.do(hazard, Act.RAISE_LEVEL, "office", criterion=CLAUSE, text="又看了一次", suggested=later)

    steps = queries.level_steps(stage.by("office"), hazard.pk)

    assert [(one.act, one.name, one.beside and one.beside.version) for one in steps] == [
        (Act.REPORT, steps[0].name, None),
        (Act.CONFIRM, stage.by("office").name, "v-1"),
        (Act.RAISE_LEVEL, stage.by("office").name, "v-2"),
    ]
    assert [one.reason for one in steps[1:]] == ["已查", "又看了一次"]


def test_given_a_hazard_of_another_village_when_its_steps_are_asked_then_there_is_none(stage: Stage) -> None:
    hazard = stage.report(part="")

    with pytest.raises(NotFound):
        queries.level_steps(stage.by("village_west"), hazard.pk)
