"""R3.15: a general hazard is closed by the body that ordered it or its delegate; the to-do offers it to just those."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bihuan.hazards import queries, services
from bihuan.hazards.models import Hazard
from bihuan.hazards.rules.acts import Act
from bihuan.hazards.rules.facts import Companion, Given
from bihuan.hazards.rules.states import FileRole, Source
from bihuan.kernel.errors import Refusal
from bihuan.trail.models import Event
from tests.hazards.refusing import refused
from tests.hazards.stage import Stage

pytestmark = pytest.mark.django_db
NOT_YOURS = "复查由下达整改的单位、指定的监管单位或受委托的单位办理"
REVIEWERS = (
    "chief",
    "office",
    "inspector",
    "industry",
    "construction",
    "village_east",
    "village_west",
    "boss",
    "safety",
)


def offered(stage: Stage, hazard: Hazard) -> set[str]:
    """Who finds the re-inspection of this hazard on the workbench."""
    return {
        who
        for who in REVIEWERS
        for row in queries.waiting_for(stage.by(who), now=stage.at).rows
        if row.subject_id == hazard.pk and row.what == "hazard.pass"
    }


def allowed(stage: Stage, hazard: Hazard) -> set[str]:
    """Who would not be refused to pass it."""
    return {
        who
        for who in REVIEWERS
        if not services.refusals(
            [services.Item(hazard.pk, Given(text="合格"))], act=Act.PASS, actor=stage.by(who), now=stage.at
        )
    }


def by_department(stage: Stage, supervisor: str = "industry") -> Hazard:
    """A hazard that the department of the trade graded and ordered, handed in."""
    row = stage.do(stage.report(), Act.CONFIRM, "industry", level="general")
    order = {"deadline": stage.day, "deadline_kind": "same_day", "supervisor_post_id": stage.town.posts[supervisor]}
    row = stage.do(row, Act.ASSIGN, "industry", **order)
    return stage.hand_in(stage.do(row, Act.ACCEPT, "safety"))


def test_given_an_order_of_the_office_when_handed_in_then_its_unit_and_the_supervising_unit_review(
    stage: Stage,
) -> None:
    hazard = stage.rectified()

    assert hazard.supervising_unit_id == stage.town.units["经发办"].id
    assert allowed(stage, hazard) == {"chief", "office", "inspector", "industry"}
    assert offered(stage, hazard) == allowed(stage, hazard)
    refused(stage, hazard, Act.PASS, "village_east", NOT_YOURS, text="合格")
    refused(stage, hazard, Act.FAIL, "village_east", NOT_YOURS, text="没装牢")


def test_given_an_order_of_a_department_when_handed_in_then_it_reviews_and_the_office_supervises(stage: Stage) -> None:
    hazard = by_department(stage)

    assert hazard.next_holder == "department"
    assert allowed(stage, hazard) == {"chief", "office", "industry"}
    assert offered(stage, hazard) == {
        "chief",
        "office",
        "industry",
    }  # the office's people hold the inspector's role too
    refused(stage, hazard, Act.PASS, "inspector", NOT_YOURS, text="合格")


def test_given_a_delegation_when_handed_in_then_the_village_is_next_and_may(stage: Stage) -> None:
    hazard = stage.delegate(stage.rectified(), "东村")

    assert hazard.next_holder == "village"
    assert "village_east" in offered(stage, hazard) & allowed(stage, hazard)
    assert "village_west" not in allowed(stage, hazard)
    event = Event.objects.get(subject_id=hazard.pk, kind="hazard.delegate_review")
    assert (event.say, event.reason, event.actor_name) == (
        "委托东村村民委员会复查", "小隐患，就近复查", stage.by("office").name,
    )  # fmt: skip

    assert stage.do(hazard, Act.PASS, "village_east", text="合格").state == "closed"


def test_given_a_delegation_when_taken_back_or_given_to_another_then_the_village_is_refused(stage: Stage) -> None:
    hazard = stage.delegate(stage.rectified(), "东村")

    other = stage.delegate(hazard, "经发办")
    assert (other.next_holder, other.delegated_unit_id) == ("department", stage.town.units["经发办"].id)
    refused(stage, other, Act.PASS, "village_east", NOT_YOURS, text="合格")

    back = stage.do(other, Act.DELEGATE_REVIEW, "chief", text="自己去看")
    assert (back.next_holder, back.delegated_unit_id, back.delegated_to) == ("office", None, None)
    refused(stage, back, Act.DELEGATE_REVIEW, "chief", "请选定委托哪个单位复查", text="再收回")


def test_given_units_that_may_not_when_delegated_then_each_is_refused_with_its_reason(stage: Stage) -> None:
    hazard, west, build = stage.rectified(), stage.town.units["西村"].id, stage.town.units["建设办"].id
    east = stage.town.units["东村"].id

    def no(row: Hazard, who: str, say: str, **given: Any) -> None:
        refused(stage, row, Act.DELEGATE_REVIEW, who, say, **({"text": "就近"} | given))

    no(hazard, "office", "只能委托隐患所在的村", delegate_unit_id=west)
    no(hazard, "office", "没有能复查这一项的人", delegate_unit_id=build)
    no(hazard, "office", "没有能复查这一项的人", delegate_unit_id=stage.firm.id)
    no(hazard, "office", "请写明理由", delegate_unit_id=east, text="")
    no(hazard, "industry", "委托复查由下达整改的单位或安监办办理", delegate_unit_id=east)
    no(stage.listed(), "office", "重大隐患由挂牌单位验收销号", delegate_unit_id=east)
    order = stage.do(
        stage.order(stage.confirmed(), is_order=True, companions=(Companion(stage.by("inspector").name),)),
        Act.ACCEPT,
        "safety",
    )
    no(order, "office", "执法文书责令整改的，不委托村", delegate_unit_id=east)


def test_given_a_village_that_acted_for_the_firm_when_delegated_then_l2_stands_above_it(stage: Stage) -> None:
    hazard = stage.delegate(stage.assigned(), "东村")
    paper: dict[str, Any] = {"acting_for": "鑫达机械厂", "files": stage.paper("village_east")}

    accepted = stage.do(hazard, Act.ACCEPT, "village_east", **paper)
    handed_in = stage.hand_in(accepted)

    assert handed_in.next_holder == "office"
    assert "village_east" not in allowed(stage, handed_in) | offered(stage, handed_in)
    other = stage.rectifying()
    paper = {
        "acting_for": "鑫达机械厂",
        "files": (*stage.paper("village_east"), *stage.proof("village_east", FileRole.AFTER)),
    }
    other = stage.do(other, Act.HAND_IN, "village_east", text="已改", **paper)
    refused(
        stage, other, Act.DELEGATE_REVIEW, "office", "代企业办理过整改", text="就近",
        delegate_unit_id=stage.town.units["东村"].id,
    )  # fmt: skip


def test_given_an_order_that_delegates_when_reopened_then_the_new_order_begins_without(stage: Stage) -> None:
    hazard = stage.order(stage.confirmed(), delegate_unit_id=stage.town.units["东村"].id)
    assert hazard.delegated_to == "village"
    closed = stage.do(stage.hand_in(stage.do(hazard, Act.ACCEPT, "safety")), Act.PASS, "village_east", text="合格")

    again = stage.do(
        closed, Act.REOPEN, "group", text="反弹", deadline=stage.day, deadline_kind="same_day",
        supervisor_post_id=stage.town.posts["industry"],
    )  # fmt: skip

    assert (again.delegated_unit_id, again.delegated_to, again.orderer) == (None, None, "office")


def test_given_who_acted_for_the_firm_when_it_waits_then_a_colleague_is_offered_it_and_they_are_not(
    stage: Stage,
) -> None:
    paper: dict[str, Any] = {
        "acting_for": "鑫达机械厂",
        "files": (*stage.paper("office"), *stage.proof("office", FileRole.AFTER)),
    }
    hazard = stage.do(stage.rectifying(), Act.HAND_IN, "office", text="已改", **paper)

    assert offered(stage, hazard) == allowed(stage, hazard) == {"chief", "inspector", "industry"}


def test_given_a_self_found_one_when_handed_in_then_the_second_person_of_the_firm_is_offered_it(stage: Stage) -> None:
    hazard = stage.self_found()

    assert hazard.next_holder == "enterprise"
    assert offered(stage, hazard) == {"boss"}
    assert allowed(stage, hazard) == {"boss", "chief", "office"}  # not the village in which the firm's posts lie

    stage.later(11)

    assert offered(stage, hazard) == {"boss", "chief", "office"}  # ten days on, the office is offered it too


def test_given_a_firm_of_one_person_when_it_orders_itself_then_the_office_is_next(stage: Stage) -> None:
    stage.make_one_person()

    hazard = stage.self_found()

    assert hazard.next_holder == "office"
    assert offered(stage, hazard) == allowed(stage, hazard) == {"chief", "office"}


def test_given_a_department_that_is_the_party_when_it_hands_in_then_the_office_is_next(stage: Stage) -> None:
    unit = stage.town.units["经发办"]
    row = stage.report("industry", source=Source.DEPARTMENT, enterprise_id=stage.firm.id)
    row = stage.do(row, Act.CONFIRM, "industry", level="general")
    order = {"deadline": stage.day, "deadline_kind": "same_day", "supervisor_post_id": stage.town.posts["industry"]}
    row = stage.do(row, Act.ASSIGN, "industry", party_unit_id=unit.id, party_name=unit.name, **order)
    row = stage.do(row, Act.ACCEPT, "industry")
    row = stage.do(row, Act.HAND_IN, "industry", text="已改", files=stage.proof("industry", FileRole.AFTER))

    assert row.next_holder == "office"
    assert "industry" not in offered(stage, row) | allowed(stage, row)


def test_given_a_passing_village_that_is_no_delegate_when_it_tries_then_the_refusal_says_whom_to_ask(
    stage: Stage,
) -> None:
    hazard = stage.rectified()

    with pytest.raises(Refusal, match="这一项请由安监办复查；要由您单位复查的，请安监办办理“委托复查”"):
        stage.do(hazard, Act.PASS, "village_east", text="合格")


def test_given_one_or_three_when_the_workbench_is_read_then_the_queries_are_as_many(
    stage: Stage,
) -> None:
    def count(who: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            queries.waiting_for(stage.by(who), now=stage.at)
        return len(seen)

    stage.delegate(stage.rectified(), "东村")
    for who in REVIEWERS:
        count(who)  # what is kept between pages
    first = {who: count(who) for who in REVIEWERS}
    for _ in range(2):
        stage.delegate(stage.rectified(), "东村")

    assert {who: count(who) for who in REVIEWERS} == first
