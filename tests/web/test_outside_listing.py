"""A hazard listed by a body off the platform is closed in the browser with that body's paper (R3.15)."""

from dataclasses import replace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from bihuan.hazards.models import Hazard
from bihuan.hazards.rules.acts import Act
from bihuan.hazards.rules.facts import Given
from tests.hazards.stage import SIX, Stage, picture
from tests.web.conftest import Visit

COMPANION = "张工 市检测机构"


def photo(shade: int) -> SimpleUploadedFile:
    return SimpleUploadedFile(f"{shade}.png", picture(shade), "image/png")


def delisted(stage: Stage) -> Hazard:
    """A hazard that the district listed, accepted and delisted on paper."""
    row = stage.major()
    row = stage.do(row, Act.RECORD_LISTING, "office", order=stage.external_terms(), on=stage.day, files=paper(stage))
    row = stage.do(stage.order(row, days=28), Act.ACCEPT, "safety")
    row = stage.hand_in(stage.do(row, Act.HAND_IN_PLAN, "boss", plan=SIX))
    row = stage.do(row, Act.APPLY_ACCEPTANCE, "boss", evaluation="自评合格")
    seen = replace(Given(**stage.on_site("office")), acting_for="区安委会")
    given: dict[str, Any] = {name: getattr(seen, name) for name in ("text", "on_site", "companions", "acting_for")}
    row = stage.do(row, Act.ACCEPT_LISTING, "office", files=(*seen.files, *paper(stage)), **given)
    return stage.do(row, Act.DELIST, "office", text="摘牌", acting_for="区安委会", files=paper(stage))


def paper(stage: Stage) -> Any:
    return stage.paper("office")


@pytest.mark.parametrize("way", ["field:review", "hazards:act"])
def test_given_an_outside_listing_when_its_hazard_is_passed_then_the_form_takes_the_bodys_paper(
    way: str, enter: Visit, stage: Stage
) -> None:
    hazard = delisted(stage)
    address = reverse(way, args=[hazard.pk] if way == "field:review" else [hazard.pk, Act.PASS.value])
    page = enter("office").get(address).content.decode()
    assert 'name="acting_for"' in page
    assert 'name="new_paper"' in page
    said = {
        "seen_version": hazard.version,
        "act": "pass",
        "text": "合格",
        "on_site": "on",
        "companions": COMPANION,
        "new_site": photo(601),
    }

    refused = enter("office").post(address, said)
    assert refused.status_code == 422
    assert "请写明代谁办理" in refused.content.decode()

    papered = said | {"acting_for": "区安委会", "new_site": photo(602), "new_paper": photo(603)}
    assert enter("office").post(address, papered).status_code == 303
    hazard.refresh_from_db()
    assert hazard.state == "closed"


def test_given_a_town_listing_when_its_hazard_is_passed_then_no_paper_of_others_is_asked(
    enter: Visit, stage: Stage
) -> None:
    hazard = stage.delisted()

    for address in (
        reverse("field:review", args=[hazard.pk]),
        reverse("hazards:act", args=[hazard.pk, Act.PASS.value]),
    ):
        page = enter("chief").get(address).content.decode()
        assert 'name="acting_for"' not in page
        assert 'name="new_paper"' not in page


def test_given_a_town_that_has_said_who_answers_when_the_chair_lists_then_the_three_people_are_filled_in(
    stage: Stage, enter: Visit
) -> None:
    hazard = stage.do(stage.major(), Act.PROPOSE_LISTING, "office", text="提请挂牌")
    address = reverse("hazards:act", args=[hazard.pk, "list"])
    before = enter("chair").get(address).content.decode()
    stage.leader_of("东村")

    after = enter("chair").get(address).content.decode()

    assert 'value="鑫达机械厂主要负责人"' in before
    assert "东村挂钩领导" not in before
    assert 'value="东村挂钩领导"' in after
    assert 'name="order_deadline"' in after
