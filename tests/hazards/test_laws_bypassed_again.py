"""More ways around a law that were once open, each tried here as a person would, one after another."""

from datetime import date, timedelta
from typing import Any

import pytest

from bihuan.hazards.models import Hazard
from bihuan.hazards.queries.standings import barred_of
from bihuan.hazards.rules.acts import Act
from bihuan.hazards.rules.facts import Companion
from bihuan.hazards.rules.states import FileRole, Holder, ListingLevel, Source
from tests.hazards.refusing import refused
from tests.hazards.stage import CLAUSE, FIVE, SIX, Stage

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("level", "organ", "say"),
    [
        (ListingLevel.TOWN, "区安委会", "镇级挂牌由安委会主任在平台上签发"),
        (ListingLevel.COUNTY, "示范镇安委会", "是本镇的"),
        (ListingLevel.COUNTY, "金城区 示范镇安委会", "是本镇的"),
        (ListingLevel.CITY, "镇安委会", "是本镇的"),
        (ListingLevel.COUNTY, "安委会", "是本镇的"),
        (ListingLevel.COUNTY, "经发办", "是本镇的"),
    ],
)
def test_law_l4_the_office_records_no_listing_of_the_towns_own(
    stage: Stage, level: ListingLevel, organ: str, say: str
) -> None:
    major = stage.major()
    order = stage.external_terms(level=level, organ=organ)

    refused(stage, major, Act.RECORD_LISTING, "office", say, order=order, on=stage.day, files=stage.paper("office"))

    assert stage.do(major, Act.PROPOSE_LISTING, "office", text="提请挂牌").listing_state == "proposed"


def test_law_l11_whoever_submitted_never_accepts_whatever_the_role(stage: Stage) -> None:
    hazard = stage.do(stage.superior_item(), Act.PASS, "chief", text="合格")
    stage.answer_same_kind(hazard)
    sent = stage.do(hazard, Act.SUBMIT_SUPERIOR, "office")
    who = stage.town.users["superior"]
    Hazard.objects.filter(pk=sent.pk).update(barred=sent.barred | {"submitters": [str(who)]})

    refused(stage, sent, Act.SUPERIOR_ACCEPT, "superior", "报上级的人不能自己认可", text="认可")


def test_law_l2_a_village_arranges_for_an_enterprise_only_with_its_paper_and_then_does_not_verify(stage: Stage) -> None:
    hazard = stage.order(stage.confirmed(), arrangements=None)

    refused(stage, hazard, Act.ARRANGE, "village_east", "请写明代谁办理", arrangements=FIVE)
    for given in ({"acting_for": "鑫达机械厂"}, {"files": stage.paper("village_east")}):
        refused(stage, hazard, Act.ARRANGE, "village_east", "请写明代谁办理", arrangements=FIVE, **given)
    papered: dict[str, Any] = {"acting_for": "鑫达机械厂", "files": stage.paper("village_east")}
    arranged = stage.do(hazard, Act.ARRANGE, "village_east", arrangements=FIVE, **papered)
    assert barred_of(arranged.barred).paths == {stage.town.units["东村"].path}
    fixed = stage.hand_in(stage.do(arranged, Act.ACCEPT, "safety"))
    refused(stage, fixed, Act.PASS, "village_east", "不能自己复查", text="合格")


def test_law_l2_a_village_reports_progress_of_an_enterprise_only_with_its_paper(stage: Stage) -> None:
    listed = stage.listed()

    refused(stage, listed, Act.PROGRESS, "village_east", "请写明代谁办理", percent=50, text="到货")

    stage.do(listed, Act.PROGRESS, "industry", percent=50, text="到货")


def acted_for(stage: Stage) -> Hazard:
    """A hazard that the village handed in for the enterprise."""
    files = (*stage.proof("village_east", FileRole.AFTER), *stage.paper("village_east"))
    return stage.hand_in(stage.rectifying(), "village_east", files=files, acting_for="鑫达机械厂")


def test_law_l2_a_colleague_of_the_village_that_acted_is_no_companion(stage: Stage) -> None:
    hazard = acted_for(stage)
    colleague = stage.by(stage.colleague("东村", "东村网格员")).name

    refused(stage, hazard, Act.PASS, "chief", "也不能同去复查", text="合格", companions=(Companion(colleague),))
    invented = (Companion("王五", "东村"),)
    refused(stage, hazard, Act.PASS, "chief", "也不能同去复查", text="合格", companions=invented)

    assert stage.do(hazard, Act.PASS, "chief", text="合格").state == "closed"


@pytest.mark.parametrize(
    ("companion", "say"),
    [
        (Companion("王五"), "平台上没有这位同行复查人"),
        (Companion("王五", "经发办"), "平台上没有这位同行复查人"),
        (Companion("王五", "示范镇鑫达机械厂"), "整改一方的人"),
    ],
    ids=["no unit", "a unit of the town", "the party"],
)
def test_law_l3_an_invented_companion_does_not_accept_a_listed_hazard(
    stage: Stage, companion: Companion, say: str
) -> None:
    hazard = stage.do(stage.hand_in(stage.listed()), Act.APPLY_ACCEPTANCE, "boss", evaluation="自评合格")
    seen = stage.on_site("chief") | {"companions": (companion,)}

    refused(stage, hazard, Act.ACCEPT_LISTING, "chief", say, **seen)

    assert stage.do(hazard, Act.ACCEPT_LISTING, "chief", **stage.on_site("chief")).listing_state == "accepted"


def test_law_l3_an_expert_from_outside_is_not_the_second_reviewer_of_an_order(stage: Stage) -> None:
    hazard = stage.hand_in(
        stage.do(
            stage.order(stage.confirmed(), is_order=True, companions=(Companion("检查员二"),)), Act.ACCEPT, "safety"
        )
    )
    expert = (Companion("张工", "市检测机构"),)
    signed: dict[str, Any] = {"text": "合格", "signed_by": "厂长"}

    refused(stage, hazard, Act.PASS, "chief", "须由镇里两人一同复查", **signed, companions=expert)

    colleague = (Companion(stage.by("inspector").name),)
    assert stage.do(hazard, Act.PASS, "chief", **signed, companions=colleague).state == "closed"


def test_law_l6_a_deadline_by_the_superiors_list_is_not_before_the_finding(stage: Stage) -> None:
    row = stage.report("office", source=Source.SUPERIOR, superior_organ="市安委办")
    row = stage.do(row, Act.CONFIRM, "office", level="general")
    old = date(1900, 1, 1)
    order: dict[str, Any] = {
        "deadline_kind": "superior",
        "supervisor_post_id": stage.town.posts["industry"],
        "number": "市安委办〔2018〕1号",
        "files": stage.paper("office"),
    }
    refused(stage, row, Act.ASSIGN, "office", "不能早于发现日期 2018年1月15日", deadline=old, **order)

    given: dict[str, Any] = {"text": "市安委办〔2018〕1号", "files": stage.paper("office"), "deadline": old}
    refused(stage, stage.order(row), Act.ADOPT_DEADLINE, "office", "不能早于发现日期", **given)


def test_law_l6_a_reopened_item_gets_no_deadline_from_before_it_was_closed(stage: Stage) -> None:
    hazard = stage.do(stage.superior_item("市安委办"), Act.PASS, "chief", text="合格")
    stage.answer_same_kind(hazard)
    sent = stage.do(hazard, Act.SUBMIT_SUPERIOR, "office")
    stage.later(5)
    paper: dict[str, Any] = {"text": "认可", "acting_for": "市安委办", "files": stage.paper("chief")}
    closed = stage.do(sent, Act.SUPERIOR_ACCEPT, "chief", **paper)
    order: dict[str, Any] = {
        "text": "又出现",
        "deadline_kind": "superior",
        "supervisor_post_id": stage.town.posts["industry"],
        "number": "市安委办〔2018〕1号",
        "files": stage.paper("inspector"),
    }

    early = stage.day - timedelta(days=1)
    refused(stage, closed, Act.REOPEN, "inspector", "不能早于销号日期 2018年1月20日", deadline=early, **order)
    assert stage.do(closed, Act.REOPEN, "inspector", deadline=stage.day, **order).state == "assigned"


def test_law_l11_a_superiors_item_is_not_transferred_without_the_superior(stage: Stage) -> None:
    row = stage.report("office", source=Source.SUPERIOR, superior_organ="区安委办")
    row = stage.do(row, Act.CONFIRM, "office", level="general")
    given: dict[str, Any] = {"text": "属燃气主管", "organ": "区住建局"}
    paper = stage.paper("office")

    refused(stage, row, Act.TRANSFER, "office", "在平台上，不能代办", files=paper, acting_for="区安委办", **given)

    files = stage.paper("superior")
    assert stage.do(row, Act.TRANSFER, "superior", files=files, **given).state == "transferred"


def test_law_l11_a_superior_on_paper_consents_to_a_transfer_on_paper(stage: Stage) -> None:
    row = stage.report("office", source=Source.SUPERIOR, superior_organ="市安委办")
    row = stage.do(row, Act.CONFIRM, "office", level="general")
    given: dict[str, Any] = {"text": "属燃气主管", "organ": "区住建局", "files": stage.paper("office")}

    refused(stage, row, Act.TRANSFER, "office", "移送须经上级同意", **given)

    assert stage.do(row, Act.TRANSFER, "office", acting_for="市安委办", **given).state == "transferred"


def test_law_l11_a_superior_transfers_nothing_that_it_did_not_hand_down(stage: Stage) -> None:
    given: dict[str, Any] = {"text": "属燃气主管", "organ": "区住建局", "files": stage.paper("superior")}

    refused(stage, stage.confirmed(), Act.TRANSFER, "superior", "由镇里移送", **given)


def test_law_l8_an_item_raised_while_the_superior_looks_at_it_names_who_sends_it_back(stage: Stage) -> None:
    hazard = stage.do(stage.superior_item(), Act.PASS, "chief", text="合格")
    stage.answer_same_kind(hazard)
    sent = stage.do(hazard, Act.SUBMIT_SUPERIOR, "office")
    raised = stage.do(sent, Act.RAISE_LEVEL, "inspector", criterion=CLAUSE, text="铝粉")
    raised = stage.do(raised, Act.COUNTERSIGN, "chief")
    stage.do(raised, Act.PROPOSE_LISTING, "office", text="提请")
    stage.do(raised, Act.LIST, "chair", **stage.order_given())
    planned = stage.do(raised, Act.HAND_IN_PLAN, "boss", plan=SIX)

    assert (planned.next_holder, planned.next_act) == (Holder.SUPERIOR, Act.SUPERIOR_REFUSE)
    assert planned.clock_on == planned.deadline
    refused(stage, planned, Act.SUPERIOR_ACCEPT, "superior", "请由上级办“不予认可”退回", text="认可")
    assert stage.do(planned, Act.SUPERIOR_REFUSE, "superior", text="改为重大").state == "rectifying"


def test_law_l8_an_item_raised_after_it_passed_waits_for_its_listing_not_for_the_report(stage: Stage) -> None:
    hazard = stage.do(stage.superior_item(), Act.PASS, "chief", text="合格")

    raised = stage.do(hazard, Act.RAISE_LEVEL, "inspector", criterion=CLAUSE, text="铝粉")

    assert raised.next_act == Act.COUNTERSIGN


def test_given_a_stop_when_it_is_to_be_resumed_before_it_began_then_it_is_refused(stage: Stage) -> None:
    hazard = stage.rectified()
    stage.later(3)
    stop: dict[str, Any] = {"text": "停用", "organ": "区安监局", "files": stage.paper("office"), "on": stage.day}
    stopped = stage.do(hazard, Act.SUSPEND, "office", **stop)
    stopped = stage.do(stopped, Act.APPLY_RESUMPTION, "boss", **stage.application("boss"))
    stop |= {"visited_on": stage.day, "visited_by": "区安监局二人"}
    early = stage.day - timedelta(days=1)

    refused(stage, stopped, Act.RESUME, "office", "不能早于停产停用日期 2018年1月18日", **(stop | {"on": early}))

    assert stage.do(stopped, Act.RESUME, "office", **stop).resumed_on == stage.day
