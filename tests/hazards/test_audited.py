"""What an audit of the laws found open: each is tried here as a person would, and must stay shut."""

from datetime import timedelta
from typing import Any

import pytest

from bihuan.hazards import queries
from bihuan.hazards.models import Listing
from bihuan.hazards.rules.acts import Act
from bihuan.hazards.rules.states import FileRole
from bihuan.trail.models import Event
from tests.hazards.refusing import refused
from tests.hazards.stage import FIVE, Stage

pytestmark = pytest.mark.django_db


def listed_outside(stage: Stage) -> Any:
    order: dict[str, Any] = {"order": stage.external_terms(), "on": stage.day, "files": stage.paper("office")}
    return stage.do(stage.major(), Act.RECORD_LISTING, "office", **order)


def test_law_l8_what_an_outside_body_listed_is_not_lowered_without_its_paper(stage: Stage) -> None:
    hazard = listed_outside(stage)
    proof = stage.proof("office", FileRole.DOCUMENT)
    asked = stage.do(hazard, Act.REQUEST_LOWERING, "office", text="复检合格", files=proof)

    refused(
        stage, asked, Act.APPROVE_LOWERING, "chair", "这一项已挂牌督办，降级、移送或作废须由安监办凭挂牌机关的文件登记"
    )
    refused(stage, asked, Act.APPROVE_LOWERING, "chief", "这一项由区安委会挂牌督办。请写明代谁办理")
    paper: dict[str, Any] = {"acting_for": "区安委会", "files": stage.paper("chief")}
    lowered = stage.do(asked, Act.APPROVE_LOWERING, "chief", **paper)

    assert (lowered.level, Listing.objects.get(hazard=hazard).state) == ("general", "withdrawn")


def test_law_l10_what_the_committee_listed_is_not_made_invalid_by_the_office_alone(stage: Stage) -> None:
    asked = stage.do(stage.listed(), Act.REQUEST_INVALID, "inspector", text="重复登记")

    refused(stage, asked, Act.APPROVE_INVALID, "office", "降级、移送或作废须由镇安委会同意")

    assert stage.do(asked, Act.APPROVE_INVALID, "chair").state == "invalid"


def test_law_l4_what_the_committee_listed_is_not_transferred_by_a_department_alone(stage: Stage) -> None:
    hazard = stage.listed()
    away: dict[str, Any] = {"text": "非本镇职权", "organ": "区住建局", "files": stage.paper("office")}

    refused(stage, hazard, Act.TRANSFER, "office", "降级、移送或作废须由镇安委会同意", **away)
    given: dict[str, Any] = away | {"files": stage.paper("chair")}

    assert stage.do(hazard, Act.TRANSFER, "chair", **given).state == "transferred"


def test_law_l4_what_an_outside_body_listed_is_transferred_only_with_its_paper(stage: Stage) -> None:
    hazard = listed_outside(stage)
    away: dict[str, Any] = {"text": "非本镇职权", "organ": "区住建局", "files": stage.paper("office")}

    refused(stage, hazard, Act.TRANSFER, "office", "这一项由区安委会挂牌督办。请写明代谁办理", **away)

    assert stage.do(hazard, Act.TRANSFER, "office", acting_for="区安委会", **away).state == "transferred"


def test_law_l5_more_time_for_what_was_due_the_same_day_needs_the_five_arrangements(stage: Stage) -> None:
    hazard = stage.order(stage.confirmed(), days=0, deadline_kind="same_day", arrangements=None)
    working = stage.do(hazard, Act.ACCEPT, "safety")
    wanted: dict[str, Any] = {"text": "配件未到", "interim": "停用", "deadline": stage.day + timedelta(days=5)}

    refused(stage, working, Act.ASK_EXTENSION, "safety", "请先把五落实", **wanted)

    stage.do(working, Act.ARRANGE, "safety", arrangements=FIVE)
    assert stage.do(working, Act.ASK_EXTENSION, "safety", **wanted).extension_id is not None


def test_law_l2_who_arranged_for_an_enterprise_does_not_verify_nor_does_the_village(stage: Stage) -> None:
    hazard = stage.assigned()
    paper: dict[str, Any] = {"acting_for": "鑫达机械厂", "files": stage.paper("village_east")}
    stage.do(hazard, Act.ARRANGE, "village_east", arrangements=FIVE, **paper)
    handed_in = stage.hand_in(stage.do(hazard, Act.ACCEPT, "safety"))
    stage.people["grid"] = stage.town.users[stage.colleague("东村", "网格员")]

    refused(stage, handed_in, Act.PASS, "village_east", "不能自己复查", text="合格")
    refused(stage, handed_in, Act.PASS, "grid", "代企业办理的村", text="合格")
    assert stage.do(handed_in, Act.PASS, "office", text="合格").state == "closed"


def test_given_an_overdue_major_hazard_when_the_office_looks_then_its_own_steps_wait_too(stage: Stage) -> None:
    hazard = stage.listed()
    stage.at += timedelta(days=(hazard.deadline - stage.day).days + 1)

    warned = {row.what: row for row in queries.waiting_for(stage.by("office"), now=stage.at).rows}

    assert "到“预警”一步" in warned["hazard.remind"].reason
    assert warned["hazard.remind"].reason.endswith("应在 2月22日前到现场复查")  # R3.16: from the expiry
    stage.do(hazard, Act.REMIND, "office", escalation=2, text="已报挂钩领导")
    rest = {row.what for row in queries.waiting_for(stage.by("office"), now=stage.at).rows}
    assert "hazard.remind" not in rest


def test_given_a_major_hazard_not_proposed_yet_when_confirmed_then_the_proposal_has_its_own_clock(stage: Stage) -> None:
    hazard = stage.major()

    proposed = stage.do(hazard, Act.PROPOSE_LISTING, "office", text="提请挂牌")

    by_working_days = [stage.calendar.add_working_days(stage.day, days) for days in (2, 3)]
    assert (hazard.clock_kind, hazard.clock_on) == ("propose", by_working_days[0])
    assert (proposed.clock_kind, proposed.clock_on) == ("list", by_working_days[1])


def test_given_a_stop_when_recorded_then_the_body_that_decided_it_is_named(stage: Stage) -> None:
    hazard = stage.assigned()
    stop: dict[str, Any] = {"text": "停用冲床", "files": stage.paper("office")}

    refused(stage, hazard, Act.SUSPEND, "office", "请写明作出这一决定的机关", **stop)

    stopped = stage.do(hazard, Act.SUSPEND, "office", organ="区安监局", number="〔2018〕6号", **stop)
    assert stopped.suspended_on == stage.day
    assert Event.objects.get(kind="hazard.suspend").say == "区安监局决定停产停用，〔2018〕6号"
