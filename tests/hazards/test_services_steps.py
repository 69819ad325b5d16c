"""Each act through the services: it works for who may, and is refused for everybody else on the stage."""
# ruff: noqa: E501 -- a table is read by column

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from bihuan.hazards import services
from bihuan.hazards.models import Hazard
from bihuan.hazards.rules.acts import Act, event_kind
from bihuan.hazards.rules.facts import Given, ReportParts
from bihuan.hazards.rules.states import FileRole, Source
from bihuan.hazards.rules.steps import STEPS
from bihuan.kernel.errors import Refusal
from bihuan.trail.models import Event
from tests.hazards.stage import CLAUSE, FIVE, SIX, Stage

pytestmark = pytest.mark.django_db
Maker = Callable[[Stage], Hazard]
Bringer = Callable[[Stage, str], dict[str, Any]]
EVERYBODY = (
    "chair", "leader", "chief", "office", "inspector", "industry", "construction", "village_east", "village_west",
    "agency", "superior", "group", "system_admin", "security_admin", "audit_admin", "boss", "safety",
)  # fmt: skip


def bring(**given: Any) -> Bringer:
    return lambda _stage, _who: given


def deadline(stage: Stage, days: int, kind: str = "days") -> dict[str, Any]:
    return {
        "deadline": stage.day + timedelta(days=days),
        "deadline_kind": kind,
        "supervisor_post_id": stage.town.posts["industry"],
    }


def with_proof(*roles: FileRole, **given: Any) -> Bringer:
    return lambda stage, who: given | {"files": stage.proof(who, *roles)}


def with_paper(**given: Any) -> Bringer:
    return lambda stage, who: given | {"files": stage.paper(who)}


def asked_extension(stage: Stage) -> Hazard:
    new = stage.day + timedelta(days=20)
    return stage.do(stage.rectifying(), Act.ASK_EXTENSION, "safety", text="排期", deadline=new, interim="停用")


def asked_lowering(stage: Stage) -> Hazard:
    return stage.do(
        stage.listed(), Act.REQUEST_LOWERING, "office", text="复检", files=stage.proof("office", FileRole.DOCUMENT)
    )


def transferred(stage: Stage) -> Hazard:
    return stage.do(
        stage.assigned(), Act.TRANSFER, "office", text="非本镇", organ="区住建局", files=stage.paper("office")
    )


def sent_up(stage: Stage) -> Hazard:
    hazard = stage.do(stage.superior_item(), Act.PASS, "office", text="合格")
    stage.answer_same_kind(hazard)
    return stage.do(hazard, Act.SUBMIT_SUPERIOR, "office")


def stopped_when_fixed(stage: Stage) -> Hazard:
    paper = stage.paper("industry")
    return stage.do(stage.rectified(), Act.SUSPEND, "industry", text="停用", organ="区安监局", files=paper)


def applied_to_resume(stage: Stage) -> Hazard:
    return stage.do(stopped_when_fixed(stage), Act.APPLY_RESUMPTION, "safety", **stage.application("safety"))


def expired(stage: Stage) -> Hazard:
    hazard = stage.rectifying(days=3)
    stage.later(5)
    return hazard


def proposed(stage: Stage) -> Hazard:
    return stage.do(stage.major(), Act.PROPOSE_LISTING, "office", text="提请")


def just_listed(stage: Stage) -> Hazard:
    return stage.do(proposed(stage), Act.LIST, "chair", **stage.order_given())


def applied(stage: Stage) -> Hazard:
    return stage.do(stage.hand_in(stage.listed()), Act.APPLY_ACCEPTANCE, "boss", evaluation="自评合格")


def passed_up(stage: Stage) -> Hazard:
    hazard = stage.do(stage.superior_item(), Act.PASS, "office", text="合格")
    stage.answer_same_kind(hazard)
    return hazard


def licensed(stage: Stage) -> Hazard:
    stage.license()
    return stage.listed()


def propose_suspension(stage: Stage, who: str) -> dict[str, Any]:
    label = "安全生产许可证（危险化学品生产）（苏）WH安许证字〔2017〕1号"
    return {"text": "拖延治理", "licence": label, "organ": "省安监局", "files": stage.paper(who)}


def suspension_proposed(stage: Stage) -> Hazard:
    return stage.do(licensed(stage), Act.PROPOSE_LICENCE_SUSPENSION, "office", **propose_suspension(stage, "office"))


def ungraded_twice(stage: Stage) -> Hazard:
    return stage.do(stage.report(), Act.CONFIRM, "office", level="major", criterion=CLAUSE, text="铝粉")


def major_assigned(stage: Stage) -> Hazard:
    return stage.order(stage.major(), days=28)


def invalid_asked(stage: Stage) -> Hazard:
    return stage.do(stage.confirmed(), Act.REQUEST_INVALID, "office", text="录错")


def superior_working(stage: Stage) -> Hazard:
    row = stage.report("office", source=Source.SUPERIOR, superior_organ="区安委办")
    return stage.order(stage.do(row, Act.CONFIRM, "office", level="general"))


REPORT = ReportParts("除尘系统没有泄爆装置", "可能粉尘爆炸，需停产改造", "加装泄爆片，2月12日前完成")

# act: how to get there, who may, what they bring
SCENES: dict[Act, tuple[Maker, str, Bringer]] = {
    Act.CONFIRM: (Stage.report, "office", bring(level="general")),
    Act.COUNTERSIGN: (ungraded_twice, "chief", bring()),
    Act.ASSIGN: (Stage.confirmed, "industry", lambda stage, _: deadline(stage, 10)),
    Act.FIX_ON_SPOT: (Stage.confirmed, "inspector", with_proof(FileRole.BEFORE, FileRole.AFTER, signed_by="厂长")),
    Act.ARRANGE: (Stage.assigned, "office", bring(arrangements=FIVE)),
    Act.ACCEPT: (Stage.assigned, "safety", bring()),
    Act.HAND_IN: (Stage.rectifying, "boss", with_proof(FileRole.AFTER, text="已改")),
    Act.PASS: (Stage.rectified, "inspector", bring(text="合格")),
    Act.FAIL: (Stage.rectified, "inspector", bring(text="没装牢")),
    Act.CHECK_EXPIRED: (expired, "industry", with_proof(FileRole.SITE, text="还没装", fixed=False, signed_by="厂长")),
    Act.SUBMIT_SUPERIOR: (passed_up, "office", bring()),
    Act.SUPERIOR_ACCEPT: (sent_up, "superior", bring(text="认可")),
    Act.SUPERIOR_REFUSE: (sent_up, "superior", bring(text="照片不清")),
    Act.ASK_EXTENSION: (
        Stage.rectifying,
        "safety",
        lambda stage, _: {"text": "排期", "interim": "停用", "deadline": stage.day + timedelta(days=20)},
    ),
    Act.GRANT_EXTENSION: (asked_extension, "office", bring()),
    Act.REFUSE_EXTENSION: (asked_extension, "industry", bring(text="可以按期完成")),
    Act.ADOPT_DEADLINE: (superior_working, "office", lambda stage, who: deadline(stage, 25) | with_paper(text="区安委办〔2018〕3号")(stage, who)),
    Act.RAISE_LEVEL: (Stage.assigned, "leader", bring(criterion=CLAUSE, text="铝粉")),
    Act.REQUEST_LOWERING: (Stage.listed, "office", with_proof(FileRole.DOCUMENT, text="复检")),
    Act.APPROVE_LOWERING: (asked_lowering, "chair", bring()),
    Act.REFUSE_LOWERING: (asked_lowering, "chair", bring(text="证据不足")),
    Act.TRANSFER: (Stage.rectifying, "office", with_paper(text="非本镇", organ="区住建局")),
    Act.RECORD_REPLY: (transferred, "office", bring(text="已受理")),
    Act.RETURN: (transferred, "office", bring(text="不属其职责")),
    Act.REQUEST_INVALID: (Stage.confirmed, "village_east", bring(text="录错")),
    Act.APPROVE_INVALID: (invalid_asked, "chief", bring()),
    Act.REFUSE_INVALID: (invalid_asked, "chief", bring(text="属实")),
    Act.REOPEN: (Stage.closed, "group", lambda stage, _: deadline(stage, 5) | {"text": "反弹"}),
    Act.LINK_REPEAT: (Stage.report, "office", lambda stage, _: {"repeat_of": stage.report().pk}),
    Act.SUSPEND: (Stage.assigned, "industry", with_paper(text="停用", organ="区安监局")),
    Act.APPLY_RESUMPTION: (stopped_when_fixed, "safety", lambda stage, who: stage.application(who)),
    Act.RESUME: (applied_to_resume, "industry", lambda stage, who: stage.consent(who)),
    Act.REFUSE_RESUMPTION: (applied_to_resume, "industry", bring(text="联锁没有恢复", organ="区安监局")),
    Act.REMIND: (Stage.assigned, "leader", bring()),
    Act.REASSIGN: (Stage.assigned, "office", lambda stage, _: {"supervisor_post_id": stage.town.posts["construction"]}),
    Act.DELEGATE_REVIEW: (Stage.assigned, "office", lambda stage, _: {"text": "小隐患", "delegate_unit_id": stage.town.units["东村"].id}),
    Act.TELL_REGULATOR: (Stage.major, "boss", bring(text="已报", report=REPORT)),
    Act.TELL_WORKERS: (Stage.major, "boss", bring(text="已通报")),
    Act.ATTACH: (Stage.report, "safety", with_proof(FileRole.BEFORE)),
    Act.SAMPLE: (lambda stage: stage.do(stage.self_found(), Act.PASS, "boss", text="合格"), "office", bring(text="属实")),
    Act.PROPOSE_LISTING: (Stage.major, "industry", bring(text="提请")),
    Act.LIST: (proposed, "chair", lambda stage, _: stage.order_given()),
    Act.RECORD_LISTING: (Stage.major, "office", lambda stage, who: with_paper(order=stage.external_terms(), on=stage.day)(stage, who)),
    Act.WITHDRAW_LISTING: (proposed, "chair", bring(text="不符合")),
    Act.PUBLISH: (just_listed, "chief", bring(text="镇公告栏")),
    Act.FILE_UPWARD: (just_listed, "office", bring(text="区安委办")),
    Act.HAND_IN_PLAN: (just_listed, "boss", bring(plan=SIX)),
    Act.PROGRESS: (Stage.listed, "safety", bring(text="设备到货", percent=50)),
    Act.APPLY_ACCEPTANCE: (lambda stage: stage.hand_in(stage.listed()), "boss", bring(evaluation="自评合格")),
    Act.ACCEPT_LISTING: (applied, "chief", lambda stage, who: stage.on_site(who)),
    Act.FAIL_ACCEPTANCE: (applied, "chair", bring(text="未装牢")),
    Act.PROPOSE_LICENCE_SUSPENSION: (licensed, "office", propose_suspension),
    Act.RECORD_LICENCE_ANSWER: (suspension_proposed, "chief", with_paper(text="决定暂扣", licence_suspended=True)),
    Act.DELIST: (Stage.accepted, "chair", bring(text="合格")),
}  # fmt: skip


def test_given_the_table_when_scenes_are_listed_then_every_act_has_one() -> None:
    assert set(SCENES) == {step.act for step in STEPS}


@pytest.mark.parametrize("act", SCENES, ids=str)
def test_given_an_act_when_everybody_tries_then_only_who_may_succeeds(act: Act, stage: Stage) -> None:
    make, who, brings = SCENES[act]
    hazard = make(stage)
    given = Given(**brings(stage, who))
    may = {role for step in STEPS if step.act == act for role in step.by}
    before = Hazard.objects.filter(pk=hazard.pk).values().get()

    for other in EVERYBODY:
        actor = stage.by(other)
        held = actor.roles_over(path=hazard.path, sector=hazard.sector, enterprise_id=hazard.enterprise_id)
        if not held & may:
            with pytest.raises(Refusal):
                services.advance(hazard_id=hazard.pk, act=act, given=given, actor=actor, now=stage.at)
    assert Hazard.objects.filter(pk=hazard.pk).values().get() == before

    done = services.advance(hazard_id=hazard.pk, act=act, given=given, actor=stage.by(who), now=stage.at)

    event = Event.objects.filter(subject_id=hazard.pk).order_by("-seq").first()
    assert event is not None
    assert (done.version, event.kind, event.actor_name) == (before["version"] + 1, event_kind(act), stage.by(who).name)
    assert event.figures["state"] == done.state
    assert event.figures["state_from"] == before["state"]


@pytest.mark.django_db
def test_given_an_administrator_named_as_supervisor_when_ordered_then_it_is_refused(stage: Stage) -> None:
    row = stage.confirmed()

    with pytest.raises(Refusal) as refused:
        stage.order(row, supervisor_post_id=stage.town.posts["audit_admin"])

    assert refused.value.code == "hazards.administrator"  # R10.13
