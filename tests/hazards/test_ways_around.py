"""Ways around a rule that were open through another act: who supervises, more time, whom it was told, whose it is."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from bihuan.hazards.models import Hazard, Listing
from bihuan.hazards.queries.standings import barred_of
from bihuan.hazards.rules.acts import Act
from bihuan.hazards.rules.facts import ReportParts
from bihuan.hazards.rules.states import ListingLevel, Source
from tests.hazards.refusing import refused
from tests.hazards.stage import FIVE, Stage
from tests.town import make_town

pytestmark = pytest.mark.django_db
REPORT = ReportParts("干式除尘无泄爆", "可能爆炸，停用即可整改", "加装泄爆片")


def by_office(stage: Stage, unit: str = "安监办") -> Hazard:
    """A hazard of the department's trade that the office ordered and supervises itself, handed in."""
    order = {"supervisor_post_id": None, "supervising_unit_id": stage.town.units[unit].id}
    row = stage.do(stage.order(stage.confirmed(), **order), Act.ACCEPT, "safety")
    return stage.hand_in(row)


def test_rule_r3_15_a_department_does_not_make_itself_the_supervisor_of_what_another_ordered(stage: Stage) -> None:
    hazard, mine = by_office(stage), {"supervisor_post_id": stage.town.posts["industry"]}
    refused(stage, hazard, Act.PASS, "industry", "复查由下达整改的单位", text="合格")

    refused(stage, hazard, Act.REASSIGN, "industry", "改派由下达整改的单位、安监办或现在的监管单位办理", **mine)

    given = stage.do(hazard, Act.REASSIGN, "office", **mine)
    assert stage.do(given, Act.PASS, "industry", text="合格").state == "closed"


def test_rule_r3_15_the_present_supervisor_gives_it_up(stage: Stage) -> None:
    hazard = by_office(stage, "经发办")

    given_up = stage.do(hazard, Act.REASSIGN, "industry", supervising_unit_id=stage.town.units["安监办"].id)

    assert given_up.supervising_unit_id == stage.town.units["安监办"].id
    back = {"supervising_unit_id": stage.town.units["经发办"].id}
    refused(stage, given_up, Act.REASSIGN, "industry", "改派由下达整改的单位", **back)


def same_day_of_a_superior(stage: Stage) -> Hazard:
    row = stage.report("office", source=Source.SUPERIOR, superior_organ="市安委办")
    row = stage.do(row, Act.CONFIRM, "office", level="general")
    return stage.do(
        row, Act.ASSIGN, "office", deadline=stage.day, deadline_kind="same_day",
        supervisor_post_id=stage.town.posts["industry"],
    )  # fmt: skip


def test_law_l5_a_same_day_order_that_was_accepted_is_moved_later_only_with_the_five(stage: Stage) -> None:
    hazard = stage.do(same_day_of_a_superior(stage), Act.ACCEPT, "safety")
    later: dict[str, Any] = {"deadline": stage.day + timedelta(days=20), "text": "市安委办〔2018〕9号"}

    refused(
        stage, hazard, Act.ADOPT_DEADLINE, "office", "请先把五落实（责任、措施、资金、时限、预案）填齐，再取用上级期限",
        files=stage.paper("office"), **later,
    )  # fmt: skip

    arranged = stage.do(hazard, Act.ARRANGE, "safety", arrangements=FIVE)
    moved = stage.do(arranged, Act.ADOPT_DEADLINE, "office", files=stage.paper("office"), **later)
    assert (moved.arranged, moved.deadline) == (True, later["deadline"])


def test_law_l5_what_is_not_accepted_yet_is_moved_and_then_accepted_only_with_the_five(stage: Stage) -> None:
    hazard = same_day_of_a_superior(stage)
    later: dict[str, Any] = {"deadline": stage.day + timedelta(days=20), "text": "市安委办〔2018〕9号"}

    moved = stage.do(hazard, Act.ADOPT_DEADLINE, "office", files=stage.paper("office"), **later)

    refused(stage, moved, Act.ACCEPT, "safety", "五落实")


def test_rule_r3_11_the_office_records_the_report_of_an_enterprise_only_with_its_paper(stage: Stage) -> None:
    major, told = stage.major(), {"text": "已书面报告区安监局", "report": REPORT}

    for given in ({}, {"acting_for": "鑫达机械厂"}, {"files": stage.paper("office")}):
        refused(stage, major, Act.TELL_REGULATOR, "office", "请写明代谁办理", **told, **given)
    recorded = stage.do(
        major, Act.TELL_REGULATOR, "office", acting_for="鑫达机械厂", files=stage.paper("office"), **told
    )

    assert recorded.regulator_told_on == stage.day
    assert stage.town.users["office"] in barred_of(recorded.barred).people
    assert stage.do(stage.major(), Act.TELL_REGULATOR, "boss", **told).regulator_told_on == stage.day


def test_law_l6_more_time_up_to_a_day_that_has_passed_is_not_granted(stage: Stage) -> None:
    asked = stage.do(
        stage.rectifying(), Act.ASK_EXTENSION, "safety", text="配件未到", interim="停用",
        deadline=stage.day + timedelta(days=15),
    )  # fmt: skip
    stage.later(16)
    asked = stage.do(asked, Act.REMIND, "office", escalation=1, text="请抓紧")

    refused(stage, asked, Act.GRANT_EXTENSION, "office", "申请的新期限 1月30日已过，现在不能再同意。请办“不同意延期”")

    late = stage.do(asked, Act.REFUSE_EXTENSION, "office", text="新期限也过了")
    assert (late.escalation, late.extension_count) == (1, 0)


def test_law_l6_more_time_up_to_this_very_day_is_still_granted(stage: Stage) -> None:
    asked = stage.do(
        stage.rectifying(), Act.ASK_EXTENSION, "safety", text="配件未到", interim="停用",
        deadline=stage.day + timedelta(days=15),
    )  # fmt: skip
    stage.later(15)

    assert stage.do(asked, Act.GRANT_EXTENSION, "office", text="同意").deadline == stage.day


def test_law_l11_a_confirmation_neither_takes_a_superiors_item_from_it_nor_makes_one(stage: Stage) -> None:
    handed_down = stage.report("office", source=Source.SUPERIOR, superior_organ="市安委办")
    refused(
        stage, handed_down, Act.CONFIRM, "office", "上级交办的，核实定级时不能取消", level="general",
        needs_superior=False,
    )  # fmt: skip
    refused(stage, stage.report(), Act.CONFIRM, "office", "在登记时写明", level="general", needs_superior=True)

    assert stage.do(handed_down, Act.CONFIRM, "office", level="general", needs_superior=True).needs_superior is True


def test_given_a_unit_or_a_person_that_is_not_the_towns_when_named_in_an_order_then_it_is_refused(
    stage: Stage,
) -> None:
    hazard, other = stage.confirmed(), make_town("320413102000", "邻镇")
    for unit in (uuid4(), other.units["经发办"].id):
        for name in ("supervising_unit_id", "party_unit_id"):
            given = {"supervisor_post_id": None, "supervising_unit_id": stage.town.units["经发办"].id} | {name: unit}
            refused(stage, hazard, Act.ASSIGN, "office", "从本镇的单位里重新选择", **given)
    boss = stage.town.posts["鑫达机械厂主要负责人"]
    refused(stage, hazard, Act.ASSIGN, "office", "企业不能监管自己", supervisor_post_id=boss)
    for name, one in (("supervising_unit_id", other.units["经发办"].id), ("supervisor_post_id", boss)):
        refused(stage, stage.assigned(), Act.REASSIGN, "office", "本镇的单位|企业不能监管自己", **{name: one})

    assert stage.order(hazard, party_unit_id=stage.town.units["东村"].id).party_unit_id == stage.town.units["东村"].id


def test_law_l4_a_superior_lists_by_itself_only_as_its_own_organ_and_at_its_own_level(stage: Stage) -> None:
    def order(organ: str, level: ListingLevel) -> dict[str, Any]:
        terms = stage.external_terms(organ=organ, level=level, number="2号")
        return {"order": terms, "on": stage.day, "files": stage.paper("superior")}

    def listed(given: dict[str, Any]) -> tuple[str, bool]:
        row = stage.do(stage.major(), Act.RECORD_LISTING, "superior", **given)
        found = Listing.objects.get(pk=row.listing_id)
        return found.organ, found.external

    assert listed(order("国务院安委会", ListingLevel.NATION)) == ("国务院安委会", True)
    assert listed(order("区安委办", ListingLevel.COUNTY)) == ("区安委办", False)
    refused(
        stage, stage.major(), Act.RECORD_LISTING, "superior", "区安委办的挂牌是县（区）级的。请选县（区）级",
        **order("区安委办", ListingLevel.NATION),
    )  # fmt: skip
