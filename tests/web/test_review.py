"""The ten-second re-inspection: the opinion is the verifier's own, tapped or written (L3)."""

import pytest
from django.urls import reverse

from bihuan.hazards.models import Reinspection
from tests.hazards.stage import Stage
from tests.web.conftest import Visit
from tests.web.test_loop import photo, state_of

SEEN = "到现场看过，已整改到位"
READ = "核对了照片和材料，已整改到位"


@pytest.mark.parametrize("more", [{}, {"new_site": "photo"}, {"text": "  "}])
def test_given_no_opinion_when_passed_then_the_platform_says_none_for_the_verifier(
    enter: Visit, stage: Stage, more: dict[str, str]
) -> None:
    hazard, inspector = stage.rectified(), enter("inspector")
    review = reverse("field:review", args=[hazard.pk])
    brought = {name: photo() if value == "photo" else value for name, value in more.items()}

    shown = inspector.get(review).content.decode()
    refused = inspector.post(review, {"seen_version": hazard.version, "act": "pass", **brought})

    assert (SEEN in shown, READ in shown, "checked" in shown) == (True, True, False)
    assert (refused.status_code, "请写复查意见" in refused.content.decode()) == (422, True)
    assert state_of(hazard) == "rectified"
    assert Reinspection.objects.count() == 0


@pytest.mark.parametrize(
    ("given", "kept", "on_site"),
    [
        ({"opinion": SEEN}, SEEN, True),
        ({"opinion": READ}, READ, False),
        ({"opinion": READ, "text": "另查了台账"}, f"{READ}；另查了台账", False),
        ({"text": "防护罩已装"}, "防护罩已装", False),
    ],
)
def test_given_an_opinion_tapped_or_written_when_passed_then_just_that_is_kept(
    enter: Visit, stage: Stage, given: dict[str, str], kept: str, *, on_site: bool
) -> None:
    hazard = stage.rectified()
    review = reverse("field:review", args=[hazard.pk])

    enter("inspector").post(review, {"seen_version": hazard.version, "act": "pass", **given})

    assert state_of(hazard) == "closed"
    assert [(one.opinion, one.on_site) for one in Reinspection.objects.all()] == [(kept, on_site)]


def test_given_a_tapped_opinion_when_sent_back_then_it_does_not_say_what_is_wrong(enter: Visit, stage: Stage) -> None:
    hazard = stage.rectified()
    review = reverse("field:review", args=[hazard.pk])

    refused = enter("inspector").post(review, {"seen_version": hazard.version, "act": "fail", "opinion": SEEN})

    assert (refused.status_code, state_of(hazard)) == (422, "rectified")
