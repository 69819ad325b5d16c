"""R3.25: what the town's own listing order has to say, and what an outside body's may leave open."""

import re
from datetime import timedelta
from typing import Any

import pytest

from bihuan.hazards.models import Hazard, Listing
from bihuan.hazards.rules.acts import Act
from bihuan.hazards.rules.facts import Companion
from bihuan.kernel.errors import Refusal
from tests.hazards.refusing import refused
from tests.hazards.stage import Stage

pytestmark = pytest.mark.django_db


def proposed(stage: Stage) -> Hazard:
    """A major hazard that waits for the chair."""
    return stage.do(stage.major(), Act.PROPOSE_LISTING, "office", text="提请挂牌")


@pytest.mark.parametrize(
    ("blank", "say"),
    [
        ("enterprise_person", "^还缺企业责任人。企业责任人请填主要负责人的姓名、职务，可在企业档案的人员里查。$"),
        (
            "supervisor",
            "^还缺监管责任人。监管责任人请填监管部门负责人的姓名、职务；下达整改时指定到岗位的会自动带出。$",
        ),
        ("leader", "^还缺挂钩领导。这里还没有设挂钩领导的，可以直接填姓名、职务；在“责任分工”设定后会自动带出。$"),
        ("closing_organ", "请写明销号单位"),
        ("supervising_unit", "请写明督办单位"),
        ("demands", "请写明督办要求"),
    ],
)
def test_rule_r3_25_the_towns_own_order_says_each_of_its_fields(stage: Stage, blank: str, say: str) -> None:
    hazard = proposed(stage)

    refused(stage, hazard, Act.LIST, "chair", say, **stage.order_given(**{blank: " "}))

    assert stage.do(hazard, Act.LIST, "chair", **stage.order_given()).listing_state == "listed"


def test_rule_r3_25_all_that_is_missing_of_the_three_people_is_said_at_once(stage: Stage) -> None:
    nobody = stage.order_given(enterprise_person="", supervisor="", leader="")

    refused(
        stage, proposed(stage), Act.LIST, "chair", "^还缺企业责任人、监管责任人、挂钩领导。企业责任人请填", **nobody
    )


def test_rule_r3_25_what_is_not_ordered_yet_gets_its_deadline_from_the_listing(stage: Stage) -> None:
    hazard = proposed(stage)
    given = stage.order_given(days=28)
    refused(stage, hazard, Act.LIST, "chair", "请定整改期限", order=given["order"])
    refused(stage, hazard, Act.LIST, "chair", "不能早于今天", **stage.order_given(days=-1))
    refused(stage, hazard, Act.LIST, "chair", "整改期限最迟到", **stage.order_given(days=500))

    listed = stage.do(hazard, Act.LIST, "chair", **given)

    assert Listing.objects.get(hazard=hazard).deadline == stage.day + timedelta(days=28)
    with pytest.raises(Refusal, match=re.escape("挂牌督办定的整改期限是 2月12日，下达的期限不能晚于这一天。")):
        stage.order(listed, days=29)
    assert stage.order(listed, days=28).deadline == stage.day + timedelta(days=28)


def test_rule_r3_25_what_is_ordered_already_keeps_its_deadline_in_the_listing(stage: Stage) -> None:
    hazard = stage.do(stage.order(stage.major(), days=20), Act.PROPOSE_LISTING, "office", text="提请挂牌")

    stage.do(hazard, Act.LIST, "chair", order=stage.order_terms())

    assert Listing.objects.get(hazard=hazard).deadline == stage.day + timedelta(days=20)


def test_given_an_order_of_enforcement_when_issued_by_one_then_it_is_refused_and_a_notice_is_not(
    stage: Stage,
) -> None:
    hazard = stage.confirmed()
    given: dict[str, Any] = {
        "deadline": stage.day,
        "deadline_kind": "same_day",
        "supervisor_post_id": stage.town.posts["industry"],
    }
    myself = (Companion(stage.by("inspector").name),)
    refused(stage, hazard, Act.ASSIGN, "inspector", "须由两名执法人员出具", **given, is_order=True)
    refused(
        stage, hazard, Act.ASSIGN, "inspector", "不能是您本人或整改一方的人", **given, is_order=True, companions=myself
    )
    other = stage.confirmed()

    assert stage.do(other, Act.ASSIGN, "inspector", **given).is_order is False
    ordered = stage.do(hazard, Act.ASSIGN, "inspector", **given, is_order=True, companions=(Companion("王某"),))
    assert ordered.is_order is True


def test_rule_r3_25_the_paper_of_an_outside_body_is_recorded_as_it_is(stage: Stage) -> None:
    silent = stage.external_terms(enterprise_person="", supervisor="", leader="", closing_organ="", demands="")

    listed = stage.do(
        stage.major(), Act.RECORD_LISTING, "office", order=silent, on=stage.day, files=stage.paper("office")
    )

    assert listed.listing_state == "listed"
