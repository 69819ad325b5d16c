"""R3.16: after a deadline without a hand-in somebody goes and sees, within ten days, and both sides sign."""

from datetime import timedelta
from typing import Any

import pytest

from bihuan.documents import queries as documents
from bihuan.documents.rules import PaperKind
from bihuan.hazards import queries
from bihuan.hazards.measures import contribution
from bihuan.hazards.models import Hazard, Reinspection, Round
from bihuan.hazards.rules.acts import Act
from bihuan.hazards.rules.facts import Companion
from bihuan.hazards.rules.states import FileRole
from bihuan.trail import queries as trail
from bihuan.trail.models import Event
from tests.hazards.refusing import refused
from tests.hazards.stage import Stage

pytestmark = pytest.mark.django_db


def overdue(stage: Stage, days_late: int = 2, **more: Any) -> Hazard:
    """A general hazard being fixed whose deadline passed some days ago."""
    hazard = stage.rectifying(days=3, **more)
    stage.later(3 + days_late)
    return hazard


def visit(stage: Stage, who: str, **more: Any) -> dict[str, Any]:
    """What a visit brings that found nothing done."""
    seen = {"text": "按钮仍被短接", "fixed": False, "signed_by": "厂长王某", "files": stage.proof(who, FileRole.SITE)}
    return seen | more


def to_check(stage: Stage, hazard: Hazard) -> set[str]:
    people = ("chief", "office", "inspector", "industry", "construction", "village_east", "boss", "leader")
    return {
        who
        for who in people
        for row in queries.waiting_for(stage.by(who), now=stage.at).rows
        if (row.subject_id, row.what) == (hazard.pk, "hazard.check_expired")
    }


def test_given_an_expired_deadline_when_nothing_is_handed_in_then_the_ordering_side_is_asked_to_go(
    stage: Stage,
) -> None:
    hazard = overdue(stage)

    assert to_check(stage, hazard) == {"chief", "office", "inspector", "industry"}
    row = next(one for one in queries.waiting_for(stage.by("industry"), now=stage.at).rows if one.verb == "到期复查")
    assert row.due_on == hazard.deadline + timedelta(days=10)  # type: ignore[operator] # -- it has one
    assert "已过，没有提交整改" in row.reason
    moves = queries.hazard_for(stage.by("office"), hazard.pk, now=stage.at).moves
    assert Act.CHECK_EXPIRED in {one.act for one in moves}


def test_given_a_running_deadline_when_checked_then_it_is_refused(stage: Stage) -> None:
    hazard = stage.rectifying(days=3)

    refused(stage, hazard, Act.CHECK_EXPIRED, "office", "期限还没有过", **visit(stage, "office"))
    stage.later(3)  # the last day itself
    refused(stage, hazard, Act.CHECK_EXPIRED, "office", "期限还没有过", **visit(stage, "office"))


def test_given_nothing_done_when_seen_then_a_round_has_failed_and_the_deadline_stays(stage: Stage) -> None:
    hazard = overdue(stage)

    seen = stage.do(hazard, Act.CHECK_EXPIRED, "industry", **visit(stage, "industry"))

    assert (seen.state, seen.deadline, seen.failed_count, seen.round) == ("rectifying", hazard.deadline, 1, 2)
    assert (seen.arranged, seen.accepted_on, seen.expiry_checked_on) == (True, hazard.accepted_on, stage.day)
    assert list(Round.objects.filter(hazard=hazard).order_by("number").values_list("result", "duty")) == [
        ("failed", "主要负责人"), ("", "主要负责人"),
    ]  # fmt: skip
    record = Reinspection.objects.get(hazard=hazard)
    assert (record.kind, record.passed, record.on_site, record.signed_by, record.round_number) == (
        "check_expired", False, True, "厂长王某", 1,
    )  # fmt: skip
    event = trail.events_of([hazard.pk])[-1]
    assert event.say == "到期复查：逾期 2 天仍未整改"
    assert to_check(stage, hazard) == set()
    stage.later(3)
    pressed = [one.reason for one in queries.waiting_for(stage.by("office"), now=stage.at).rows if one.verb == "催办"]
    assert ["1月20日 到现场复查：仍未整改" in one for one in pressed] == [True]
    buttons = {one.act for one in queries.hazard_for(stage.by("office"), hazard.pk, now=stage.at).acts}
    assert {Act.REMIND, Act.CHECK_EXPIRED} <= buttons


def test_given_it_was_done_when_seen_then_the_party_hands_in_and_no_round_has_failed(stage: Stage) -> None:
    hazard = overdue(stage)

    seen = stage.do(hazard, Act.CHECK_EXPIRED, "industry", **visit(stage, "industry", fixed=True, text="已装好"))
    assert (seen.state, seen.failed_count, seen.round, seen.next_act) == ("rectifying", 0, 1, "hand_in")

    handed_in = stage.hand_in(seen)
    closed = stage.do(handed_in, Act.PASS, "industry", text="合格")
    assert (closed.state, closed.closed_late) == ("closed", True)


def test_given_a_visit_when_something_lacks_then_a_sentence_asks_for_it(stage: Stage) -> None:
    hazard = overdue(stage)

    def no(say: str, **more: Any) -> None:
        refused(stage, hazard, Act.CHECK_EXPIRED, "office", say, **(visit(stage, "office") | more))

    no("请写复查意见", text="")
    no("已整改”还是“未整改", fixed=None)
    no("请附在现场拍的照片", files=())
    no("拒绝签字的，请勾选", signed_by="")
    refusing = visit(stage, "office") | {"signed_by": "", "sign_refused": True, "text": "厂长不肯签字，村干部在场"}
    stage.do(hazard, Act.CHECK_EXPIRED, "office", **refusing)
    assert Reinspection.objects.get(hazard=hazard).sign_refused is True


def test_given_who_may_not_when_they_go_then_they_are_refused(stage: Stage) -> None:
    hazard = overdue(stage)

    refused(stage, hazard, Act.CHECK_EXPIRED, "village_east", "由下达整改的单位", **visit(stage, "village_east"))
    refused(stage, hazard, Act.CHECK_EXPIRED, "safety", "没有这一项的权限", **visit(stage, "safety"))


def test_given_an_order_by_officers_when_it_expired_then_two_go(stage: Stage) -> None:
    order = stage.order(stage.confirmed(), days=3, is_order=True, companions=(Companion(stage.by("inspector").name),))
    stage.later(5)

    refused(stage, order, Act.CHECK_EXPIRED, "office", "至少要 2 人一同复查", **visit(stage, "office"))
    two = visit(stage, "office") | {"companions": (Companion(stage.by("inspector").name),)}

    seen = stage.do(order, Act.CHECK_EXPIRED, "office", **two)
    assert (seen.state, seen.failed_count) == ("assigned", 1)


def test_given_a_listed_hazard_when_it_expired_then_the_listing_body_goes_and_a_village_does_not(stage: Stage) -> None:
    hazard = stage.listed()
    stage.later(40)
    expert: dict[str, Any] = {"companions": (Companion("专家", "市安全生产专家库"),)}

    refused(
        stage, hazard, Act.CHECK_EXPIRED, "village_east", "重大隐患不由村", **visit(stage, "village_east"), **expert
    )
    seen = stage.do(hazard, Act.CHECK_EXPIRED, "chair", **visit(stage, "chair"), **expert)

    assert (seen.state, seen.listing_state, seen.failed_count) == ("rectifying", "governing", 1)


def test_given_a_new_deadline_when_it_passes_too_then_it_is_to_be_seen_again(stage: Stage) -> None:
    hazard = overdue(stage)
    stage.do(hazard, Act.CHECK_EXPIRED, "industry", **visit(stage, "industry"))
    Hazard.objects.filter(pk=hazard.pk).update(deadline=stage.day + timedelta(days=1))
    stage.later(2)

    assert "industry" in to_check(stage, hazard)


def test_given_a_visit_with_its_paper_when_printed_then_it_names_who_signed(stage: Stage) -> None:
    hazard = overdue(stage)

    stage.do(hazard, Act.CHECK_EXPIRED, "office", issue_paper=True, **visit(stage, "office"))

    paper = documents.papers_of([hazard.pk], town_id=hazard.town_id)[hazard.pk][0]
    fields = documents.paper_for(stage.by("office"), paper.id).fields
    assert (paper.kind, fields["unit_signed"], fields["conclusion"]) == (
        PaperKind.REVIEW_OPINION, "厂长王某", "按钮仍被短接",
    )  # fmt: skip


def test_given_an_opinion_as_a_paper_when_nobody_signed_then_it_is_refused(stage: Stage) -> None:
    hazard = stage.rectified()

    refused(stage, hazard, Act.PASS, "office", "复查意见由双方签字", text="合格", issue_paper=True)
    stage.do(hazard, Act.PASS, "office", text="合格", issue_paper=True, signed_by="厂长王某")

    assert Reinspection.objects.get(hazard=hazard).signed_by == "厂长王某"


def test_given_a_visit_that_found_nothing_done_when_counted_then_it_is_a_failed_reinspection(stage: Stage) -> None:
    hazard = overdue(stage)
    stage.do(hazard, Act.CHECK_EXPIRED, "industry", **visit(stage, "industry"))
    event = Event.objects.filter(subject_id=hazard.pk).order_by("-seq")[0]

    assert [(one.measure, one.amount) for one in contribution(event)] == [("hazards.failed", 1)]
