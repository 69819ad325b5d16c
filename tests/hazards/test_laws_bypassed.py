"""Ways around a law that were once open: each is tried here as a person would, and must stay shut."""

from datetime import date, timedelta
from typing import Any

import pytest

from bihuan.hazards.models import Hazard, Invalidation, Round
from bihuan.hazards.rules.acts import Act
from bihuan.hazards.rules.facts import Companion
from bihuan.hazards.rules.states import FileRole, Source
from tests.hazards.refusing import refused
from tests.hazards.stage import CLAUSE, FIVE, SIX, Stage

pytestmark = pytest.mark.django_db


def test_law_l4_a_major_hazard_is_not_fixed_on_the_spot_even_when_listed(stage: Stage) -> None:
    hazard = stage.do(stage.major(), Act.PROPOSE_LISTING, "office", text="提请挂牌")
    listed = stage.do(hazard, Act.LIST, "chair", **stage.order_given())
    photos = stage.proof("inspector", FileRole.BEFORE, FileRole.AFTER)

    refused(
        stage, listed, Act.FIX_ON_SPOT, "inspector", "重大隐患不能立行立改", text="已改", files=photos, signed_by="厂长"
    )


def test_law_l4_an_outside_listing_needs_the_second_signature_and_a_day_not_before_the_finding(stage: Stage) -> None:
    row = stage.report(description="打磨车间干式除尘系统未设泄爆、隔爆装置", category="dust")
    single = stage.do(row, Act.CONFIRM, "office", level="major", criterion=CLAUSE, text="铝粉，无泄爆片")
    order: dict[str, Any] = {"order": stage.external_terms(), "on": stage.day, "files": stage.paper("office")}

    refused(stage, single, Act.RECORD_LISTING, "office", "还没有第二人复核", **order)
    signed = stage.do(single, Act.COUNTERSIGN, "chief")
    early = order | {"on": stage.day - timedelta(days=1)}
    refused(stage, signed, Act.RECORD_LISTING, "office", "不能早于发现日期 1月15日", **early)
    assert stage.do(signed, Act.RECORD_LISTING, "office", **order).listing_state == "listed"


def test_law_l6_a_transfer_and_back_does_not_move_the_deadline(stage: Stage) -> None:
    hazard = stage.rectifying()
    deadline = hazard.deadline
    stage.later(12)
    stage.do(hazard, Act.TRANSFER, "office", text="属燃气主管", organ="区住建局", files=stage.paper("office"))
    back = stage.do(hazard, Act.RETURN, "office", text="不属其职责")
    order: dict[str, Any] = {"deadline_kind": "days", "supervisor_post_id": stage.town.posts["industry"]}

    later = order | {"deadline": stage.day + timedelta(days=10)}
    refused(stage, back, Act.ASSIGN, "office", "期限 1月25日 已过，仍然有效", **later)
    again = stage.do(back, Act.ASSIGN, "office", deadline=deadline, **order)

    assert (again.deadline, again.first_deadline) == (deadline, deadline)
    assert Round.objects.get(hazard=again, number=1).result == "returned"
    assert Hazard.objects.overdue_on(stage.day).filter(pk=again.pk).exists()


def test_law_l6_fixing_on_the_spot_after_a_transfer_keeps_the_deadline_and_is_late(stage: Stage) -> None:
    hazard = stage.rectifying()
    stage.later(12)
    stage.do(hazard, Act.TRANSFER, "office", text="属燃气主管", organ="区住建局", files=stage.paper("office"))
    back = stage.do(hazard, Act.RETURN, "office", text="不属其职责")
    photos = stage.proof("inspector", FileRole.BEFORE, FileRole.AFTER)

    fixed = stage.do(back, Act.FIX_ON_SPOT, "inspector", text="已改", files=photos, signed_by="厂长")

    assert fixed.deadline == hazard.deadline
    assert Round.objects.get(pk=fixed.round_id).late


def test_law_l6_an_extension_used_before_a_transfer_stays_used(stage: Stage) -> None:
    hazard = stage.rectifying()
    wanted = hazard.deadline + timedelta(days=5)
    stage.do(hazard, Act.ASK_EXTENSION, "safety", text="配件未到", deadline=wanted, interim="停用")
    stage.do(hazard, Act.GRANT_EXTENSION, "chief", text="同意")
    stage.do(hazard, Act.TRANSFER, "office", text="属燃气主管", organ="区住建局", files=stage.paper("office"))
    back = stage.do(hazard, Act.RETURN, "office", text="不属其职责")
    again = stage.order(back, days=12)

    refused(
        stage,
        again,
        Act.ASK_EXTENSION,
        "safety",
        "已经用完",
        text="再等",
        deadline=stage.day + timedelta(days=18),
        interim="停用",
    )


def test_law_l6_a_deadline_by_the_superiors_list_has_the_list_behind_it_and_a_limit(stage: Stage) -> None:
    row = stage.report("office", source=Source.SUPERIOR, superior_organ="区安委办")
    row = stage.do(row, Act.CONFIRM, "office", level="general")
    order: dict[str, Any] = {"deadline_kind": "superior", "supervisor_post_id": stage.town.posts["industry"]}
    near, far = stage.day + timedelta(days=60), date(2035, 1, 1)

    refused(stage, row, Act.ASSIGN, "office", "请写上级文件的文号并附文件", deadline=near, **order)
    Hazard.objects.filter(pk=row.pk).update(source_id=row.pk)  # as if a list had brought it, whatever it said
    refused(stage, row, Act.ASSIGN, "office", "请写上级文件的文号并附文件", deadline=near, **order)
    refused(stage, row, Act.ASSIGN, "office", "文号", deadline=near, files=stage.paper("office"), **order)
    refused(stage, row, Act.ASSIGN, "office", "文号", deadline=near, number="区安委办〔2018〕1号", **order)
    order |= {"number": "区安委办〔2018〕1号", "files": stage.paper("office")}
    refused(stage, row, Act.ASSIGN, "office", "请对照清单核对年份", deadline=far, **order)

    ordered = stage.do(row, Act.ASSIGN, "office", deadline=near, arrangements=FIVE, **order)
    later = near + timedelta(days=10)
    refused(stage, ordered, Act.ADOPT_DEADLINE, "office", "请附上级改期限的文件", text="文号", deadline=later)
    paper = stage.paper("office")
    refused(stage, ordered, Act.ADOPT_DEADLINE, "office", "请对照清单核对年份", text="文号", deadline=far, files=paper)
    moved = stage.do(ordered, Act.ADOPT_DEADLINE, "office", text="区安委办〔2018〕3号", deadline=later, files=paper)
    assert (moved.deadline, moved.first_deadline) == (later, near)


def test_law_l3_nobody_is_their_own_companion_nor_takes_one_of_the_party(stage: Stage) -> None:
    hazard = stage.do(stage.hand_in(stage.listed()), Act.APPLY_ACCEPTANCE, "boss", evaluation="自评合格")
    seen = stage.on_site("chief")
    party = ("鑫达机械厂主要负责人", "鑫达机械厂安全员")

    for name in (stage.by("chief").name, stage.by("chief").post_title, *party):
        given = seen | {"companions": (Companion(name),)}
        refused(stage, hazard, Act.ACCEPT_LISTING, "chief", "不能", **given)
    colleague = seen | {"companions": (Companion(stage.by("inspector").name),)}
    assert stage.do(hazard, Act.ACCEPT_LISTING, "chief", **colleague).listing_state == "accepted"


def test_law_l2_a_companion_named_in_words_is_recognised_as_who_acted(stage: Stage) -> None:
    hazard = stage.rectifying()
    files = (*stage.proof("office", FileRole.AFTER), *stage.paper("office"))
    acted = stage.do(hazard, Act.HAND_IN, "office", text="已改", files=files, acting_for="鑫达机械厂")

    together = (Companion(stage.by("office").name),)
    refused(stage, acted, Act.PASS, "inspector", "不能自己复查", text="合格", companions=together)


def test_law_l9_the_day_of_a_fact_is_neither_before_the_finding_nor_after_today(stage: Stage) -> None:
    hazard = stage.rectifying()
    files = stage.proof("safety", FileRole.AFTER)

    for day, say in ((date(2017, 1, 1), "不能早于发现日期 2018年1月15日"), (date(2019, 1, 1), "日期不能晚于今天")):
        refused(stage, hazard, Act.HAND_IN, "safety", say, text="已改", files=files, on=day)
        stop: dict[str, Any] = {"text": "停用", "organ": "区安监局", "files": stage.paper("office"), "on": day}
        refused(stage, hazard, Act.SUSPEND, "office", say, **stop)
    assert stage.do(hazard, Act.HAND_IN, "safety", text="已改", files=files, on=stage.day).state == "rectified"


def test_law_l3_what_others_attach_is_no_proof_of_the_repair(stage: Stage) -> None:
    hazard = stage.rectified()
    before = hazard.after_photos

    verifiers = stage.do(hazard, Act.ATTACH, "office", files=stage.proof("office", FileRole.AFTER))
    assert verifiers.after_photos == before
    partys = stage.do(hazard, Act.ATTACH, "safety", files=stage.proof("safety", FileRole.AFTER))
    assert partys.after_photos == before + 1
    files = (*stage.proof("inspector", FileRole.AFTER), *stage.paper("inspector"))
    acted = stage.do(hazard, Act.ATTACH, "inspector", files=files, acting_for="鑫达机械厂")
    assert acted.after_photos == before + 2
    refused(stage, acted, Act.PASS, "inspector", "不能自己复查", text="合格")


def test_law_l5_a_plan_handed_in_before_the_order_is_its_arrangements(stage: Stage) -> None:
    hazard = stage.do(stage.major(), Act.PROPOSE_LISTING, "office", text="提请挂牌")
    stage.do(hazard, Act.LIST, "chair", **stage.order_given())
    planned = stage.do(hazard, Act.HAND_IN_PLAN, "boss", plan=SIX)

    ordered = stage.order(planned, days=28, arrangements=None)

    assert ordered.arranged
    assert Round.objects.get(pk=ordered.round_id).duty == SIX.organ_persons
    assert stage.do(ordered, Act.ACCEPT, "safety").state == "rectifying"


def test_law_l11_who_reports_to_the_superior_does_not_record_the_acceptance(stage: Stage) -> None:
    hazard = stage.superior_item("市安委办")
    stage.answer_same_kind(hazard)
    stage.do(hazard, Act.PASS, "chief", text="合格")
    sent = stage.do(hazard, Act.SUBMIT_SUPERIOR, "office")
    paper: dict[str, Any] = {"text": "认可", "acting_for": "市安委办"}

    refused(
        stage, sent, Act.SUPERIOR_ACCEPT, "office", "不能自己认可，也不能自己登记", files=stage.paper("office"), **paper
    )
    assert stage.do(sent, Act.SUPERIOR_ACCEPT, "chief", files=stage.paper("chief"), **paper).state == "closed"


def test_law_l10_a_request_still_open_when_the_hazard_closes_is_over(stage: Stage) -> None:
    hazard = stage.rectified()
    asked = stage.do(hazard, Act.REQUEST_INVALID, "office", text="重复登记")

    closed = stage.do(hazard, Act.PASS, "chief", text="合格")

    request = Invalidation.objects.get(pk=asked.invalidation_id)
    assert (closed.state, closed.invalidation_id, request.approved) == ("closed", None, False)
    assert request.answer == "已通过复查，申请不再需要答复"
