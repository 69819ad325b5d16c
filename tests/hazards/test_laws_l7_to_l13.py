"""Each law of the loop, through the services, on the database. `test_laws_mutation` shows that breaking one is seen."""

from dataclasses import fields
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from bihuan.hazards import services
from bihuan.hazards.models import Hazard, Listing, Round
from bihuan.hazards.rules import deadlines
from bihuan.hazards.rules.acts import Act
from bihuan.hazards.rules.facts import Given
from bihuan.hazards.rules.states import OPEN_STATES, FileRole, Source, State
from bihuan.trail.models import Event
from tests.hazards.refusing import facts_of, refused
from tests.hazards.stage import CLAUSE, FIVE, SIX, Stage

pytestmark = pytest.mark.django_db


def test_law_l7_overdue_is_computed_and_climbs_by_working_days(stage: Stage) -> None:
    hazard = stage.rectifying(days=4)  # Friday 19 January
    columns = {field.name for field in Hazard._meta.concrete_fields}
    assert not [name for name in columns if "overdue" in name]

    def late(days: int) -> tuple[bool, str]:
        today = hazard.deadline + timedelta(days=days)  # type: ignore[operator]
        steps = deadlines.climbed("general", hazard.deadline, today=today, terms=stage.terms, calendar=stage.calendar)
        return Hazard.objects.overdue_on(today).exists(), deadlines.highest(steps).name

    assert [late(days) for days in (0, 1, 4, 5, 7, 14)] == [
        (False, "NONE"),
        (True, "REMIND"),
        (True, "REMIND"),
        (True, "PRESS"),
        (True, "BULLETIN"),
        (True, "INTERVIEW"),
    ]
    handed_in = stage.hand_in(hazard)
    assert not Hazard.objects.overdue_on(handed_in.deadline + timedelta(days=9)).exists()  # type: ignore[operator]


def test_law_l8_whoever_inspects_raises_in_any_open_state_with_the_criterion(stage: Stage) -> None:
    for hazard in (stage.report(), stage.confirmed(), stage.assigned(), stage.rectifying(), stage.rectified()):
        refused(stage, hazard, Act.RAISE_LEVEL, "inspector", "请选定判定标准", text="像是重大")
        refused(stage, hazard, Act.RAISE_LEVEL, "village_east", "没有这一项的权限", text="铝粉", criterion=CLAUSE)
        raised = stage.do(hazard, Act.RAISE_LEVEL, "group", text="铝粉", criterion=CLAUSE)
        assert (raised.level, raised.state, raised.criterion_clause) == ("major", hazard.state, "一(一)3")
    refused(stage, stage.report(), Act.CONFIRM, "office", "请选定判定标准", level="major", text="铝粉")


def test_law_l8_lowering_needs_the_grading_body_a_reason_and_a_second_approver(stage: Stage) -> None:
    hazard = stage.listed()
    proof = {"files": stage.proof("industry", FileRole.DOCUMENT, kind="document")}
    refused(stage, hazard, Act.REQUEST_LOWERING, "industry", "只能由原定级单位提出", text="复检合格", **proof)
    evidence = {"files": stage.proof("chief", FileRole.DOCUMENT, kind="document")}
    refused(stage, hazard, Act.REQUEST_LOWERING, "chief", "请写明为什么降为一般", **evidence)
    asked = stage.do(hazard, Act.REQUEST_LOWERING, "chief", text="复检合格", **evidence)

    refused(stage, asked, Act.APPROVE_LOWERING, "chief", "申请人不能自己批准")
    lowered = stage.do(asked, Act.APPROVE_LOWERING, "chair")

    assert (lowered.level, lowered.listing_state, lowered.listing_id) == ("general", "", None)
    assert Listing.objects.get().state == "withdrawn"


def test_law_l8_from_every_open_state_what_is_wrongly_called_major_has_a_lawful_way_to_general(stage: Stage) -> None:
    ways = {State.REPORTED: stage.report, State.CONFIRMED: stage.confirmed, State.ASSIGNED: stage.assigned}
    ways |= {State.RECTIFYING: stage.rectifying, State.RECTIFIED: stage.rectified}
    ways |= {State.AWAITING_SUPERIOR: lambda: _awaiting(stage)}
    assert set(ways) == set(OPEN_STATES)
    for state, way in ways.items():
        raised = stage.do(way(), Act.RAISE_LEVEL, "group", text="像是铝粉", criterion=CLAUSE)
        papers = stage.paper("office") + stage.proof("office", FileRole.DOCUMENT, kind="document")
        # Once graded, the body that graded it asks, or consents on paper; a mere claim is for whoever verifies it.
        consent = "" if state is State.REPORTED else "督查组"
        asked = stage.do(raised, Act.REQUEST_LOWERING, "office", text="是木粉", files=papers, acting_for=consent)
        refused(stage, asked, Act.APPROVE_LOWERING, "office", "没有这一项的权限")

        lowered = stage.do(asked, Act.APPROVE_LOWERING, "chair")

        assert (lowered.level, lowered.state) == ("general", state)


def test_law_l8_a_claim_not_yet_verified_is_found_general_by_two_and_never_confirmed_as_major(stage: Stage) -> None:
    claimed = stage.do(stage.report(), Act.RAISE_LEVEL, "group", text="像是铝粉", criterion=CLAUSE)
    refused(stage, claimed, Act.CONFIRM, "office", "请先办“申请降级”", level="general")
    asked = stage.do(claimed, Act.REQUEST_LOWERING, "office", text="是木粉", files=stage.paper("office"))
    refused(stage, asked, Act.CONFIRM, "office", "正在等第二人批准", level="general")
    lowered = stage.do(asked, Act.APPROVE_LOWERING, "chair")

    confirmed = stage.do(lowered, Act.CONFIRM, "office", level="general", text="属实，够不上重大")

    assert (confirmed.level, confirmed.state) == ("general", "confirmed")


def test_law_l8_a_claim_that_the_office_verifies_is_graded_by_the_office_and_signed_by_another_of_it(
    stage: Stage,
) -> None:
    claimed = stage.do(stage.report(), Act.RAISE_LEVEL, "group", text="像是铝粉", criterion=CLAUSE)
    assert (claimed.graded_by, claimed.graded_unit_id) == (stage.by("group").name, None)

    found = stage.do(claimed, Act.CONFIRM, "office", level="major", criterion=CLAUSE, text="现场核实是铝粉")

    office = stage.by("office")
    assert (found.graded_by, found.graded_unit_id) == (office.name, office.unit_id)
    assert (found.level_reason, found.major_since) == ("现场核实是铝粉", claimed.major_since)
    refused(stage, found, Act.COUNTERSIGN, "office", "不能自己复核")
    signed = stage.do(found, Act.COUNTERSIGN, "chief", text="同意")
    asked = stage.do(signed, Act.REQUEST_LOWERING, "office", text="是木粉", files=stage.paper("office"))
    assert asked.lowering_id is not None


@pytest.mark.parametrize("signer", ["chief", "chair"])
def test_law_l8_a_level_raised_by_who_only_inspects_is_graded_by_the_body_that_signs_it(
    stage: Stage, signer: str
) -> None:
    raised = stage.do(stage.assigned(), Act.RAISE_LEVEL, "group", text="铝粉", criterion=CLAUSE)
    papers = stage.paper("office")
    refused(stage, raised, Act.REQUEST_LOWERING, "office", "只能由原定级单位提出", text="是木粉", files=papers)

    signed = stage.do(raised, Act.COUNTERSIGN, signer, text="同意")

    own = stage.by("chief").unit_id if signer == "chief" else None
    assert (signed.graded_by, signed.graded_unit_id) == (stage.by("group").name, own)
    asked = stage.do(signed, Act.REQUEST_LOWERING, "office", text="是木粉", files=papers)
    assert asked.lowering_id is not None


def _awaiting(stage: Stage) -> Hazard:
    """Return a superior's hazard that waits for the superior."""
    row = stage.do(stage.superior_item(), Act.PASS, "office", text="现场核实，已整改")
    stage.answer_same_kind(row)
    return stage.do(row, Act.SUBMIT_SUPERIOR, "office")


def test_law_l9_a_failed_reinspection_counts_the_round_and_keeps_all_proof(stage: Stage) -> None:
    hazard = stage.rectified()
    first = Round.objects.filter(hazard=hazard).values().get()

    failed = stage.do(hazard, Act.FAIL, "office", text="没装牢")

    rounds = list(Round.objects.filter(hazard=hazard).order_by("number"))
    assert (failed.state, failed.round, failed.failed_count, failed.deadline) == ("rectifying", 2, 1, hazard.deadline)
    assert [(one.number, one.result, one.duty) for one in rounds] == [
        (1, "failed", "主要负责人"),
        (2, "", "主要负责人"),
    ]
    assert rounds[0].done == first["done"]
    assert failed.files.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Round.objects.filter(pk=rounds[0].pk).update(done="改写")


def test_law_l9_a_closed_hazard_found_again_begins_a_new_life(stage: Stage) -> None:
    hazard = stage.closed()
    old = Round.objects.filter(hazard=hazard).values().get()
    refused(stage, hazard, Act.REOPEN, "office", "请写明理由", deadline=stage.day, deadline_kind="same_day")

    again = stage.do(
        hazard,
        Act.REOPEN,
        "group",
        text="按钮又被短接",
        deadline=stage.day + timedelta(days=3),
        deadline_kind="days",
        supervisor_post_id=stage.town.posts["industry"],
    )

    assert (again.state, again.reopened_count, again.round, again.arranged, again.closed_on) == (
        "assigned",
        1,
        2,
        False,
        None,
    )
    assert (again.deadline, again.first_deadline) == (stage.day + timedelta(days=3), hazard.first_deadline)
    assert Round.objects.filter(hazard=hazard, number=1).values().get() == old
    refused(stage, again, Act.ACCEPT, "safety", "还没有填齐")


def test_law_l9_a_reopened_major_hazard_is_listed_anew(stage: Stage) -> None:
    hazard = stage.do(stage.delisted(), Act.PASS, "chief", **stage.on_site("chief"))

    again = stage.do(
        hazard,
        Act.REOPEN,
        "office",
        text="反弹",
        deadline=stage.day + timedelta(days=20),
        deadline_kind="plan",
        supervisor_post_id=stage.town.posts["industry"],
        arrangements=FIVE,
        interim="停用",
    )
    again = stage.do(again, Act.ACCEPT, "safety")

    refused(
        stage, again, Act.HAND_IN, "safety", "还没有挂牌督办", text="已改", files=stage.proof("safety", FileRole.AFTER)
    )
    assert stage.do(again, Act.PROPOSE_LISTING, "office", text="再次提请").listing_state == "proposed"


def test_law_l9_a_transferred_one_comes_back_and_is_never_closed_by_it(stage: Stage) -> None:
    hazard = stage.rectifying()
    sent = stage.do(hazard, Act.TRANSFER, "office", text="属燃气主管", organ="区住建局", files=stage.paper("office"))
    replied = stage.do(sent, Act.RECORD_REPLY, "office", text="已受理")
    assert (sent.state, replied.state, replied.is_open) == ("transferred", "transferred", False)
    refused(stage, replied, Act.PASS, "office", "不能办理", text="合格")

    assert stage.do(replied, Act.RETURN, "office", text="不属其职责").state == "confirmed"


def test_law_l10_invalid_by_two_people_with_a_reason(stage: Stage) -> None:
    hazard = stage.assigned()
    refused(stage, hazard, Act.APPROVE_INVALID, "chief", "没有等待批准的作废申请")
    refused(stage, hazard, Act.REQUEST_INVALID, "office", "请写明理由")
    asked = stage.do(hazard, Act.REQUEST_INVALID, "office", text="录错企业")

    refused(stage, asked, Act.APPROVE_INVALID, "office", "申请人不能自己批准")
    gone = stage.do(asked, Act.APPROVE_INVALID, "chief")

    assert (gone.state, gone.is_open, gone.number, gone.ended_on) == ("invalid", False, hazard.number, stage.day)


def test_law_l10_nothing_is_deleted_not_even_by_the_database(stage: Stage) -> None:
    stage.rectified()

    for rows in (Hazard.objects.all(), Round.objects.all()):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows._raw_delete(rows.db)


def test_law_l11_a_superiors_item_closes_only_when_the_superior_accepts(stage: Stage) -> None:
    hazard = stage.do(stage.superior_item("市安委办"), Act.PASS, "office", text="合格")
    assert (hazard.state, hazard.passed_on, hazard.next_act) == ("rectified", stage.day, "submit_superior")
    refused(stage, hazard, Act.PASS, "chief", "本级已经复查通过", text="合格")
    refused(stage, hazard, Act.SUBMIT_SUPERIOR, "office", "举一反三还没有填报")
    stage.answer_same_kind(hazard)

    sent = stage.do(hazard, Act.SUBMIT_SUPERIOR, "office")
    assert sent.state == "awaiting_superior"
    refused(stage, sent, Act.SUPERIOR_ACCEPT, "chief", "请写明代谁办理", text="认可")
    paper = stage.paper("superior")
    refused(stage, sent, Act.SUPERIOR_ACCEPT, "superior", "请写明代谁办理", text="认可")
    done = stage.do(sent, Act.SUPERIOR_ACCEPT, "superior", text="认可", acting_for="市安委办", files=paper)
    assert done.state == "closed"


def test_law_l11_a_superior_on_the_platform_is_not_acted_for(stage: Stage) -> None:
    hazard = stage.do(stage.superior_item("区安委办"), Act.PASS, "office", text="合格")
    stage.answer_same_kind(hazard)
    sent = stage.do(hazard, Act.SUBMIT_SUPERIOR, "office")

    paper: dict[str, Any] = {"text": "认可", "acting_for": "上级", "files": stage.paper("chief")}
    refused(stage, sent, Act.SUPERIOR_ACCEPT, "chief", "区安委办在平台上，不能代办", **paper)


def test_law_l11_a_superiors_item_is_not_made_to_vanish(stage: Stage) -> None:
    hazard = stage.do(stage.superior_item("市安委办"), Act.REQUEST_INVALID, "office", text="重复交办")

    refused(stage, hazard, Act.APPROVE_INVALID, "chief", "作废须经上级同意")
    paper = stage.paper("chief")
    assert stage.do(hazard, Act.APPROVE_INVALID, "chief", acting_for="市安委办", files=paper).state == "invalid"


def test_law_l12_every_act_writes_its_event_or_nothing(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    hazard = stage.closed()
    events = list(Event.objects.filter(subject_id=hazard.pk).order_by("seq"))
    assert len(events) == hazard.version
    assert [event.figures["state"] for event in events] == [
        "reported", "confirmed", "assigned", "rectifying", "rectified", "closed",
    ]  # fmt: skip

    again = stage.report()
    before = facts_of(again)

    def broken(*_: Any, **__: Any) -> None:
        raise RuntimeError("the trail is out of reach")

    monkeypatch.setattr("bihuan.hazards.services.engine.trail.record", broken)
    with pytest.raises(RuntimeError):
        stage.do(again, Act.CONFIRM, "office", level="general")
    assert facts_of(again) == before


def test_law_l13_what_a_list_claims_advances_nothing(stage: Stage) -> None:
    names = {field.name for field in fields(services.NewHazard)}
    assert names & {"level", "state", "closed_on", "rectified_on", "deadline", "status"} == set()

    hazard = stage.report("office", source=Source.SUPERIOR, description="已整改，已销号，重大")

    assert (hazard.state, hazard.level, hazard.closed_on, hazard.rectified_on) == ("reported", "", None, None)
    assert SIX.goals
    assert Given().level == ""
