"""Each law of the loop, through the services, on the database. `test_laws_mutation` shows that breaking one is seen."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from bihuan.hazards.models import Extension, Hazard, Listing
from bihuan.hazards.rules.acts import Act
from bihuan.hazards.rules.facts import Companion
from bihuan.hazards.rules.states import FileRole
from bihuan.kernel.errors import NotAllowed
from tests.hazards.refusing import refused
from tests.hazards.stage import CLAUSE, FIVE, Stage

pytestmark = pytest.mark.django_db


def test_law_l1_nothing_changes_but_by_a_named_act_from_its_states_by_its_roles(stage: Stage) -> None:
    reported = stage.report()

    refused(stage, reported, Act.ASSIGN, "office", "现在是“待核实”", deadline=stage.day, deadline_kind="same_day")
    refused(stage, reported, Act.PASS, "office", "不能办理“通过复查”", text="合格")
    refused(stage, reported, Act.CONFIRM, "village_east", "没有这一项的权限", level="general")
    with pytest.raises(NotAllowed):
        stage.do(reported, Act.CONFIRM, "leader", level="general")
    assert stage.do(reported, Act.CONFIRM, "office", level="general").state == "confirmed"


def test_law_l2_who_rectified_does_not_verify_nor_their_unit(stage: Stage) -> None:
    handed_in = stage.rectified()

    refused(stage, handed_in, Act.PASS, "boss", "企业只能对自己查出的一般隐患", text="合格")
    refused(stage, handed_in, Act.FAIL, "safety", "不能自己复查", text="不行")
    acting = stage.rectifying()
    files = (*stage.proof("office", FileRole.AFTER), *stage.paper("office"))
    acted = stage.do(acting, Act.HAND_IN, "office", text="已改", files=files, acting_for="鑫达机械厂")
    refused(stage, acted, Act.PASS, "office", "整改或代办的人不能自己复查", text="合格")
    assert stage.do(acted, Act.PASS, "chief", text="合格").state == "closed"


def test_law_l2_whoever_acted_for_an_enterprise_and_their_village_do_not_verify(stage: Stage) -> None:
    hazard = stage.rectifying()
    files = (*stage.proof("village_east", FileRole.AFTER), *stage.paper("village_east"))

    refused(
        stage,
        hazard,
        Act.HAND_IN,
        "village_east",
        "请写明代谁办理",
        text="已改",
        files=stage.proof("village_east", FileRole.AFTER),
    )
    acted = stage.do(hazard, Act.HAND_IN, "village_east", text="已改", files=files, acting_for="鑫达机械厂")

    refused(stage, acted, Act.PASS, "village_east", "不能自己复查", text="合格")
    colleague = stage.colleague("东村", "网格员")
    refused(stage, acted, Act.PASS, colleague, "代企业办理的村（社区）不能复查", text="合格")


def test_law_l2_an_enterprise_closes_its_own_finding_by_a_second_person_only(stage: Stage) -> None:
    found = stage.self_found()

    refused(stage, found, Act.PASS, "safety", "不能自己复查", text="合格")
    closed = stage.do(found, Act.PASS, "boss", text="合格")
    assert (closed.state, closed.self_found) == ("closed", True)


def test_law_l2_a_one_person_enterprise_does_not_close_its_own(stage: Stage) -> None:
    stage.make_one_person()
    found = stage.self_found()

    refused(stage, found, Act.PASS, "boss", "一人企业不能自己销号", text="合格")
    found = stage.delegate(found)
    assert stage.do(found, Act.PASS, "village_east", text="合格").state == "closed"


def test_law_l2_a_companion_who_rectified_does_not_verify_either(stage: Stage) -> None:
    hazard = stage.rectified()
    party = (Companion("安全员", user_id=stage.people["safety"]),)

    refused(stage, hazard, Act.PASS, "office", "不能自己复查", text="合格", companions=party)


def test_law_l3_no_close_without_proof_verifier_and_opinion(stage: Stage) -> None:
    working = stage.rectifying()
    refused(stage, working, Act.HAND_IN, "safety", "请附整改后的照片或材料", text="已改")

    hazard = stage.hand_in(working, files=stage.proof("safety", FileRole.DOCUMENT, kind="document"))
    refused(stage, hazard, Act.PASS, "office", "请写复查意见")
    raised = stage.do(hazard, Act.RAISE_LEVEL, "inspector", criterion=CLAUSE, text="铝粉")

    Hazard.objects.filter(pk=raised.pk).update(listing_state="delisted")  # as if the gates of L4 were behind it
    Listing.objects.create(hazard=raised, town_id=raised.town_id, path=raised.path, state="delisted", level="town")
    Hazard.objects.filter(pk=raised.pk).update(listing_id=Listing.objects.get().pk)
    refused(stage, raised, Act.PASS, "chief", "重大隐患没有整改后的照片", **stage.on_site("chief"))


def test_law_l3_a_major_hazard_is_seen_on_site_by_two(stage: Stage) -> None:
    hazard = stage.do(stage.hand_in(stage.listed()), Act.APPLY_ACCEPTANCE, "boss", evaluation="自评合格")
    seen = stage.on_site("chief")

    refused(stage, hazard, Act.ACCEPT_LISTING, "chief", "必须到现场核查", **(seen | {"on_site": False}))
    refused(stage, hazard, Act.ACCEPT_LISTING, "chief", "现场核查的照片或记录", **(seen | {"files": ()}))
    refused(stage, hazard, Act.ACCEPT_LISTING, "chief", "至少要 2 人", **(seen | {"companions": ()}))
    assert stage.do(hazard, Act.ACCEPT_LISTING, "chief", **seen).listing_state == "accepted"


def test_law_l4_listing_before_rectified_and_delisting_before_closed(stage: Stage) -> None:
    unlisted = stage.do(stage.order(stage.major(), days=28), Act.ACCEPT, "safety")
    proof = stage.proof("safety", FileRole.AFTER)
    refused(stage, unlisted, Act.HAND_IN, "safety", "还没有挂牌督办", text="已改", files=proof)

    hazard = stage.accepted()
    refused(stage, hazard, Act.PASS, "chief", "先验收合格并摘牌", **stage.on_site("chief"))
    hazard = stage.do(hazard, Act.DELIST, "chair", text="摘牌")
    refused(stage, hazard, Act.PASS, "office", "由镇安委会验收、摘牌和销号", **stage.on_site("office"))
    assert stage.do(hazard, Act.PASS, "chief", **stage.on_site("chief")).state == "closed"


def test_law_l4_interim_measures_before_a_major_hazard_is_worked_on(stage: Stage) -> None:
    hazard = stage.order(stage.major(), days=28, interim="")

    refused(stage, hazard, Act.ACCEPT, "safety", "先写明临时管控措施")
    stage.do(hazard, Act.ARRANGE, "safety", interim="停用打磨车间")
    assert stage.do(hazard, Act.ACCEPT, "safety").state == "rectifying"


def test_law_l4_a_failed_acceptance_is_one_act_for_hazard_and_listing(stage: Stage) -> None:
    hazard = stage.do(stage.hand_in(stage.listed()), Act.APPLY_ACCEPTANCE, "boss", evaluation="自评合格")
    refused(stage, hazard, Act.FAIL, "chief", "请用验收不合格", text="泄爆片未装牢")

    failed = stage.do(hazard, Act.FAIL_ACCEPTANCE, "chief", text="泄爆片未装牢")

    assert (failed.state, failed.listing_state, failed.round, failed.failed_count) == ("rectifying", "governing", 2, 1)
    assert Listing.objects.get(pk=failed.listing_id).state == "governing"


def test_law_l4_a_listing_by_a_body_off_the_platform_is_recorded_with_its_paper(stage: Stage) -> None:
    hazard = stage.major()
    terms = stage.external_terms()
    refused(stage, hazard, Act.RECORD_LISTING, "office", "请附挂牌文件", order=terms, on=stage.day)

    listed = stage.do(hazard, Act.RECORD_LISTING, "office", order=terms, on=stage.day, files=stage.paper("office"))

    listing = Listing.objects.get(pk=listed.listing_id)
    assert (listed.listing_state, listing.external, listing.number) == ("listed", True, "区安委督〔2018〕2号")


def test_law_l5_five_arrangements_before_it_leaves_assigned(stage: Stage) -> None:
    bare = stage.order(stage.confirmed(), arrangements=None)
    refused(stage, bare, Act.ACCEPT, "safety", "五落实（责任、措施、资金、时限、预案）还没有填齐")

    almost = stage.do(
        bare, Act.ARRANGE, "safety", arrangements=type(FIVE)(duty="班长", measures="加罩", time="3日", plan="停机")
    )
    refused(stage, almost, Act.ACCEPT, "safety", "还没有填齐")
    full = stage.do(almost, Act.ARRANGE, "safety", arrangements=type(FIVE)(funds="200元"))
    assert stage.do(full, Act.ACCEPT, "safety").state == "rectifying"


def test_law_l5_the_same_day_needs_none_but_only_that_day(stage: Stage) -> None:
    order = {"days": 0, "deadline_kind": "same_day", "arrangements": None}
    today, tomorrow = stage.order(stage.confirmed(), **order), stage.order(stage.confirmed(), **order)

    assert stage.do(today, Act.ACCEPT, "safety").state == "rectifying"
    stage.later(1)
    refused(stage, tomorrow, Act.ACCEPT, "safety", "还没有填齐")


def test_law_l6_time_is_asked_for_before_it_runs_out_with_reason_and_measures(stage: Stage) -> None:
    hazard = stage.rectifying(days=10)
    new = stage.day + timedelta(days=20)
    asked = {"text": "检测机构排期", "deadline": new, "interim": "停用"}
    refused(stage, hazard, Act.ASK_EXTENSION, "safety", "写明为什么到期完不成", **(asked | {"text": ""}))
    refused(stage, hazard, Act.ASK_EXTENSION, "safety", "临时管控措施", **(asked | {"interim": ""}))
    late = stage.rectifying(days=10)
    stage.later(10)

    hazard = stage.do(hazard, Act.ASK_EXTENSION, "safety", **asked)
    stage.later(1)
    refused(stage, late, Act.ASK_EXTENSION, "safety", "不能再申请延期", **asked)

    granted = stage.do(hazard, Act.GRANT_EXTENSION, "office")
    assert (granted.deadline, granted.first_deadline) == (new, new - timedelta(days=10))
    assert Extension.objects.get().granted is True
    refused(stage, granted, Act.ASK_EXTENSION, "safety", "最多延期 1 次", **(asked | {"deadline": new + timedelta(5)}))


def test_law_l6_only_who_may_grant_grants(stage: Stage) -> None:
    hazard = stage.listed()
    assert hazard.deadline is not None
    asked = {"text": "设备到货晚", "deadline": hazard.deadline + timedelta(days=30), "interim": "停用"}
    hazard = stage.do(hazard, Act.ASK_EXTENSION, "safety", **asked)

    refused(stage, hazard, Act.GRANT_EXTENSION, "office", "由镇安委会")
    refused(stage, hazard, Act.GRANT_EXTENSION, "boss", "没有这一项的权限")
    assert stage.do(hazard, Act.GRANT_EXTENSION, "chair").extension_count == 1


def test_law_l6_the_first_deadline_is_kept_by_the_database(stage: Stage) -> None:
    hazard = stage.assigned()

    with pytest.raises(IntegrityError), transaction.atomic():
        Hazard.objects.filter(pk=hazard.pk).update(first_deadline=stage.day)
