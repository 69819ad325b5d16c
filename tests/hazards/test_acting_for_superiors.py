"""代办 is for who only exists on paper: a superior on the platform answers itself (L4, L11)."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model

from bihuan.hazards import queries
from bihuan.hazards.models import Hazard
from bihuan.hazards.rules.acts import Act
from tests.hazards.refusing import refused
from tests.hazards.stage import Stage

pytestmark = pytest.mark.django_db
SAYS = "在平台上，不能代办。请由区安委办 督导岗登录后自己办理。"


def sent_up(stage: Stage, organ: str) -> Hazard:
    hazard = stage.do(stage.superior_item(organ), Act.PASS, "inspector", text="合格")
    stage.answer_same_kind(hazard)
    return stage.do(hazard, Act.SUBMIT_SUPERIOR, "office")


@pytest.mark.parametrize("organ", ["区安委办", "金城区安委办", " 区安委办 "])
@pytest.mark.parametrize("act", [Act.SUPERIOR_ACCEPT, Act.SUPERIOR_REFUSE], ids=str)
def test_given_a_superior_on_the_platform_when_acted_for_then_it_is_told_who_does_it(
    act: Act, organ: str, stage: Stage
) -> None:
    sent = sent_up(stage, organ)
    paper: dict[str, Any] = {"text": "意见", "acting_for": "上级领导", "files": stage.paper("chief")}

    refused(stage, sent, act, "chief", SAYS, **paper)
    offered = {one.act: one.barred for one in queries.hazard_for(stage.by("chief"), sent.pk, now=stage.at).acts}
    assert offered[act].endswith(SAYS)

    assert stage.do(sent, act, "superior", text="意见").state in {"closed", "rectifying"}


def test_given_a_superior_on_paper_when_acted_for_one_on_the_platform_then_it_is_refused_too(stage: Stage) -> None:
    sent = sent_up(stage, "市安委办")
    paper: dict[str, Any] = {"text": "认可", "files": stage.paper("chief")}

    refused(stage, sent, Act.SUPERIOR_ACCEPT, "chief", SAYS, acting_for="区安委办", **paper)

    assert stage.do(sent, Act.SUPERIOR_ACCEPT, "chief", acting_for="市安委办", **paper).state == "closed"


def test_given_a_superior_whose_account_is_closed_when_acted_for_then_its_paper_is_recorded(stage: Stage) -> None:
    sent = sent_up(stage, "区安委办")
    get_user_model().objects.filter(pk=stage.town.users["superior"]).update(is_active=False)
    paper: dict[str, Any] = {"text": "认可", "acting_for": "区安委办", "files": stage.paper("chief")}

    assert stage.do(sent, Act.SUPERIOR_ACCEPT, "chief", **paper).state == "closed"


def test_given_its_consent_or_its_listing_when_recorded_for_a_superior_on_the_platform_then_it_is_refused(
    stage: Stage,
) -> None:
    asked = stage.do(stage.superior_item(), Act.REQUEST_INVALID, "office", text="重复交办")
    paper: dict[str, Any] = {"acting_for": "区安委办", "files": stage.paper("chief")}
    refused(stage, asked, Act.APPROVE_INVALID, "chief", SAYS, **paper)
    assert stage.do(asked, Act.APPROVE_INVALID, "superior").state == "invalid"

    major = stage.major()
    order: dict[str, Any] = {"on": stage.day, "files": stage.paper("office")}
    refused(stage, major, Act.RECORD_LISTING, "office", SAYS, order=stage.external_terms(organ="区安委办"), **order)
    listed = stage.do(major, Act.RECORD_LISTING, "office", order=stage.external_terms(), **order)
    assert listed.listing_state == "listed"
