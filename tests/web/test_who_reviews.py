"""Who re-inspects, on the pages: delegation, the visit after a deadline, and the liability a page may name."""

from datetime import timedelta

import pytest
from django.urls import reverse

from bihuan.hazards.models import Hazard, Reinspection
from bihuan.hazards.rules.acts import Act
from bihuan.hazards.rules.facts import Companion
from bihuan.hazards.rules.states import Source
from tests.hazards.stage import NOON, Stage
from tests.web.conftest import Visit
from tests.web.test_loop import photo, state_of


@pytest.fixture
def overdue(stage: Stage) -> Hazard:
    """A hazard whose deadline passed a week before the doors' day."""
    stage.at = NOON - timedelta(days=10)
    hazard = stage.rectifying(days=3)
    stage.at = NOON
    return hazard


def test_given_an_overdue_hazard_when_its_page_is_read_then_the_visit_and_the_liability_are_there(
    enter: Visit, overdue: Hazard
) -> None:
    show = reverse("hazards:show", args=[overdue.pk])

    office, boss = enter("office").get(show).content.decode(), enter("boss").get(show).content.decode()

    assert "可能的法律责任" in office
    assert "超期 7 天未整改" in office
    assert "《安全生产法》（2014年修正）第九十九条" in office
    assert reverse("hazards:act", args=[overdue.pk, "check_expired"]) in office
    assert "可能的法律责任" not in boss
    assert "check_expired" not in boss


def test_given_an_overdue_hazard_when_the_visit_is_recorded_then_it_stands_among_the_records(
    enter: Visit, overdue: Hazard
) -> None:
    form, office = reverse("hazards:act", args=[overdue.pk, "check_expired"]), enter("office")
    seen = {"seen_version": overdue.version, "text": "按钮仍被短接", "fixed": "no", "sign_refused": "on"}

    shown = office.get(form).content.decode()
    refused = office.post(form, seen)
    done = office.post(form, seen | {"new_site": photo()})

    assert ("未整改：还是原来的样子" in shown, "对方拒绝签字" in shown) == (True, True)
    assert (refused.status_code, "请附在现场拍的照片" in refused.content.decode()) == (422, True)
    assert (done.status_code, state_of(overdue)) == (303, "rectifying")
    page = office.get(reverse("hazards:show", args=[overdue.pk])).content.decode()
    assert "到期复查（第 1 轮）" in page
    assert "按钮仍被短接，到现场，对方拒绝签字" in page
    assert "超期 7 天未整改，到期复查仍未整改" in page


def test_given_what_a_village_found_when_ordered_then_its_re_inspection_is_offered_to_it_first(
    enter: Visit, stage: Stage
) -> None:
    row = stage.report("village_east", source=Source.VILLAGE_PATROL)
    row = stage.do(row, Act.CONFIRM, "office", level="general")
    form, east = reverse("hazards:act", args=[row.pk, "assign"]), str(stage.town.units["东村"].id)

    page = enter("office").get(form).content.decode()

    assert f'<option value="{east}" selected>东村村民委员会</option>' in page
    other = stage.confirmed()
    page = enter("office").get(reverse("hazards:act", args=[other.pk, "assign"])).content.decode()
    assert f'<option value="{east}">东村村民委员会</option>' in page


def test_given_a_delegation_when_made_on_the_page_then_the_village_is_next_and_passes_on_its_phone(
    enter: Visit, stage: Stage
) -> None:
    hazard, village = stage.rectified(), enter("village_east")
    review = reverse("field:review", args=[hazard.pk])
    sent = {"seen_version": hazard.version, "text": "就近", "delegate_unit_id": str(stage.town.units["东村"].id)}

    before = village.post(review, {"seen_version": hazard.version, "act": "pass", "text": "合格"})
    done = enter("office").post(reverse("hazards:act", args=[hazard.pk, "delegate_review"]), sent)

    assert (before.status_code, "委托复查" in before.content.decode()) == (422, True)
    assert done.status_code == 303
    page = village.get(reverse("hazards:show", args=[hazard.pk])).content.decode()
    assert "东村：复查" in page
    assert "您可以复查" in village.get("/").content.decode()
    version = Hazard.objects.get(pk=hazard.pk).version
    village.post(review, {"seen_version": version, "act": "pass", "text": "合格"})
    assert state_of(hazard) == "closed"


def test_given_an_order_of_officers_when_reviewed_on_the_phone_then_the_signature_is_asked_for_at_once(
    enter: Visit, stage: Stage
) -> None:
    pair = (Companion(stage.by("inspector").name),)
    row = stage.order(stage.confirmed(), is_order=True, companions=pair)
    hazard = stage.hand_in(stage.do(row, Act.ACCEPT, "safety"))
    review, office = reverse("field:review", args=[hazard.pk]), enter("office")
    passed = {"seen_version": hazard.version, "act": "pass", "text": "合格", "companions": pair[0].name}

    page = office.get(review).content.decode()
    refused = office.post(review, passed)
    office.post(review, passed | {"signed_by": "厂长王某"})

    assert page.index("被复查单位签字人") < page.index("<details")
    assert (refused.status_code, "复查意见由双方签字" in refused.content.decode()) == (422, True)
    assert Reinspection.objects.get(hazard=hazard).signed_by == "厂长王某"
