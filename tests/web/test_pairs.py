"""Before and after stay one pair, from the phone's report to the verifier's screen."""

from uuid import uuid4

from django.urls import reverse

from bihuan.hazards import queries
from bihuan.hazards.models import Hazard
from bihuan.hazards.rules.acts import Act
from tests.hazards.stage import Stage
from tests.web.conftest import Visit
from tests.web.test_loop import do, photo


def test_given_a_report_from_a_phone_when_handed_in_then_the_verifier_sees_one_place(
    enter: Visit, stage: Stage
) -> None:
    new = {"id": str(uuid4()), "place": stage.firm.name, "description": "安全出口被纸箱堵住", "source": "department"}
    enter("inspector").post(reverse("field:report"), {**new, "new_before": photo()})
    hazard = stage.do(Hazard.objects.get(pk=new["id"]), Act.CONFIRM, "office", level="general")
    hazard = stage.do(stage.order(hazard), Act.ACCEPT, "safety")

    do(enter("safety"), hazard, Act.HAND_IN, text="已清理", new_after=photo(), on="2018-01-15")

    pairs = queries.hazard_for(stage.by("office"), hazard.pk, now=stage.at).pairs
    assert [(pair.before is None, pair.after is None) for pair in pairs] == [(False, False)]
    page = enter("inspector").get(reverse("field:review", args=[hazard.pk])).content.decode()
    assert "第 1 处" not in page
