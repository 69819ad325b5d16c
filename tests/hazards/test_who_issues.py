"""R1.4, R1.5, R4.6: papers of the town are issued by its organs, never by who is ordered or by a village."""

from datetime import timedelta
from typing import Any

import pytest

from bihuan.documents import queries as documents
from bihuan.hazards.models import Hazard
from bihuan.hazards.rules.acts import Act
from bihuan.hazards.rules.facts import Companion
from bihuan.hazards.rules.states import Source
from tests.hazards.refusing import refused
from tests.hazards.stage import Stage

pytestmark = pytest.mark.django_db


def to_itself(stage: Stage) -> tuple[Hazard, dict[str, Any]]:
    """What the enterprise found and confirmed itself, and the order that it gives itself."""
    row = stage.do(stage.report("safety", source=Source.SELF_CHECK), Act.CONFIRM, "safety", level="general")
    boss = stage.town.posts["鑫达机械厂主要负责人"]
    return row, {"deadline": stage.day, "deadline_kind": "same_day", "supervisor_post_id": boss}


def papers(stage: Stage) -> int:
    return len(documents.listing(stage.by("chief"), documents.PaperFilter()).rows)


def test_rule_r1_4_an_enterprise_that_orders_itself_issues_no_paper_of_the_town(stage: Stage) -> None:
    hazard, order = to_itself(stage)

    refused(stage, hazard, Act.ASSIGN, "safety", "企业不能出具镇里的文书", issue_paper=True, **order)
    pair = (Companion(stage.by("inspector").name),)
    for paper in (True, False):
        given = {"is_order": True, "issue_paper": paper, "companions": pair} | order
        refused(stage, hazard, Act.ASSIGN, "safety", "不能出具责令限期整改指令书", **given)

    ordered = stage.do(hazard, Act.ASSIGN, "safety", **order)
    assert (ordered.is_order, ordered.order_paper_id, papers(stage)) == (False, None, 0)


def test_rule_r4_6_an_enterprise_or_a_village_that_verifies_issues_no_opinion(stage: Stage) -> None:
    own = stage.self_found()
    for act in (Act.PASS, Act.FAIL):
        refused(stage, own, act, "boss", "企业不能出具镇里的文书", text="看过", issue_paper=True, signed_by="王某")
    small = stage.delegate(stage.rectified(), "东村")
    for act in (Act.PASS, Act.FAIL):
        refused(stage, small, act, "village_east", "由安监办、主管部门或安委会出具", text="看过", issue_paper=True)

    assert stage.do(own, Act.PASS, "boss", text="合格").state == "closed"
    assert stage.do(small, Act.PASS, "village_east", text="合格").state == "closed"
    assert papers(stage) == 0


def test_rule_r4_6_a_village_reminds_without_a_letter_and_sees_what_is_late_without_an_opinion(stage: Stage) -> None:
    hazard = stage.delegate(stage.do(stage.assigned(days=3), Act.ACCEPT, "safety"), "东村")
    stage.later(10)

    refused(stage, hazard, Act.REMIND, "village_east", "督办函由安委会及其办公室办理", issue_paper=True, text="请改")
    refused(
        stage, hazard, Act.CHECK_EXPIRED, "village_east", "由安监办、主管部门或安委会出具",
        text="没改", fixed=False, sign_refused=True, issue_paper=True, files=stage.on_site("village_east")["files"],
    )  # fmt: skip

    assert stage.do(hazard, Act.REMIND, "village_east", text="请改").reminders == 1


def test_rule_r4_6_who_only_reopens_orders_by_no_paper(stage: Stage) -> None:
    closed = stage.closed()
    given: dict[str, Any] = {
        "text": "反弹",
        "deadline": stage.day + timedelta(days=3),
        "deadline_kind": "days",
        "supervisor_post_id": stage.town.posts["industry"],
    }

    refused(stage, closed, Act.REOPEN, "group", "由安监办、主管部门的执法人员出具", is_order=True, **given)
    refused(stage, closed, Act.REOPEN, "office", "须由两名执法人员出具", is_order=True, **given)

    assert stage.do(closed, Act.REOPEN, "group", **given).state == "assigned"


@pytest.mark.parametrize("who", ["office", "industry", "inspector"])
def test_rule_r4_6_office_department_and_inspectors_issue_the_notice(stage: Stage, who: str) -> None:
    ordered = stage.do(
        stage.confirmed(), Act.ASSIGN, who, issue_paper=True, text="装回防护罩", deadline=stage.day,
        deadline_kind="same_day", supervisor_post_id=stage.town.posts["industry"],
    )  # fmt: skip

    assert ordered.order_paper_id is not None
    assert papers(stage) == 1
