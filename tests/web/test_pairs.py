"""Before and after stay one pair, from the phone's report to the verifier's screen."""

from random import Random
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from bihuan.cli.demo import pictures
from bihuan.enterprises.models import Enterprise
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


def test_given_a_photo_taken_elsewhere_when_verified_then_its_distance_is_said_and_doubted(
    enter: Visit, stage: Stage
) -> None:
    hazard = stage.rectifying()
    gate = (31.5, 123.5)
    Enterprise.objects.filter(pk=hazard.enterprise_id).update(latitude=gate[0], longitude=gate[1])
    far = pictures.Shot("fire", 7, 0, after=True, taken_at=stage.at, where=(gate[0] + 0.02, gate[1]))
    taken = SimpleUploadedFile("1.jpg", pictures.scene(far, Random(2)), "image/jpeg")

    do(enter("safety"), hazard, Act.HAND_IN, text="已清理", new_after=taken, on="2018-01-15")

    page = enter("inspector").get(reverse("field:review", args=[hazard.pk])).content.decode()
    assert "拍摄地点距登记地址约 2." in page
    assert "距登记地址 2." in enter("office").get(reverse("hazards:show", args=[hazard.pk])).content.decode()
