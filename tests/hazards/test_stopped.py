"""Stopped and started again: R3.19, R3.27 and R3.28 through the services."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.hazards import queries
from bihuan.hazards.models import Hazard, Resumption
from bihuan.hazards.rules.acts import WORDS, Act
from bihuan.hazards.rules.deadlines import stop_ends_on
from bihuan.trail.models import Event
from tests.hazards.facts import TERMS
from tests.hazards.refusing import refused
from tests.hazards.stage import CLAUSE, Stage

pytestmark = pytest.mark.django_db
FIRST = "请先由作出停产决定的机关审查整改结果，办理“同意恢复”"


def stop(stage: Stage, hazard: Hazard) -> Hazard:
    """Somebody who may order it stops the work."""
    paper = stage.paper("industry")
    return stage.do(hazard, Act.SUSPEND, "industry", text="不能保证安全", organ="区安监局", files=paper)


def apply(stage: Stage, hazard: Hazard, who: str = "boss", **more: Any) -> Hazard:
    """The unit applies in writing."""
    return stage.do(hazard, Act.APPLY_RESUMPTION, who, **stage.application(who, **more))


def resume(stage: Stage, hazard: Hazard) -> Hazard:
    """The unit applies, and the same body agrees that it starts again."""
    return agree(stage, apply(stage, hazard))


def agree(stage: Stage, hazard: Hazard, who: str = "industry", **more: Any) -> Hazard:
    """The same body agrees that it starts again."""
    return stage.do(hazard, Act.RESUME, who, **stage.consent(who, **more))


def test_rule_r3_28_what_was_stopped_closes_only_after_its_resumption_is_agreed_to(stage: Stage) -> None:
    hazard = stop(stage, stage.rectified())
    refused(stage, hazard, Act.PASS, "office", FIRST, text="合格")

    closed = stage.do(resume(stage, hazard), Act.PASS, "office", text="合格")

    assert (closed.state, closed.resumed_on) == ("closed", stage.day)


def test_rule_r3_28_a_listed_one_that_was_stopped_is_resumed_by_the_office_before_it_closes(stage: Stage) -> None:
    hazard = stop(stage, stage.delisted())

    refused(stage, hazard, Act.PASS, "chief", FIRST, **stage.on_site("chief"))
    row = next(one for one in queries.waiting_for(stage.by("office"), now=stage.at).rows if one.what == "hazard.resume")

    assert (row.subject_id, row.verb, hazard.next_act, hazard.next_holder) == (
        hazard.pk,
        "审查恢复",
        "resume",
        "office",
    )
    assert "停产停用还没有同意恢复" in row.reason
    paper = stage.paper("office")
    again = stage.do(hazard, Act.RESUME, "office", text="审查同意", organ="区安监局", files=paper)
    assert (again.next_act, again.next_holder) == ("pass", "committee")
    assert stage.do(again, Act.PASS, "chief", **stage.on_site("chief")).state == "closed"


def test_rule_r3_28_a_superiors_item_goes_up_only_after_its_resumption_is_agreed_to(stage: Stage) -> None:
    hazard = stage.do(stop(stage, stage.superior_item()), Act.PASS, "office", text="合格")
    stage.answer_same_kind(hazard)
    refused(stage, hazard, Act.SUBMIT_SUPERIOR, "office", FIRST)
    sent = stage.do(resume(stage, hazard), Act.SUBMIT_SUPERIOR, "office")
    stopped = stop(stage, sent)

    refused(stage, stopped, Act.SUPERIOR_ACCEPT, "superior", FIRST, text="认可")

    assert stage.do(resume(stage, stopped), Act.SUPERIOR_ACCEPT, "superior", text="认可").state == "closed"


def test_rule_r3_28_what_was_stopped_is_not_made_void_before_the_stop_is_lifted(stage: Stage) -> None:
    hazard = stage.do(stop(stage, stage.assigned()), Act.REQUEST_INVALID, "office", text="录错")

    refused(stage, hazard, Act.APPROVE_INVALID, "chief", FIRST, text="同意")

    assert stage.do(resume(stage, hazard), Act.APPROVE_INVALID, "chief", text="同意").state == "invalid"


def test_given_a_stopped_one_when_sent_back_or_being_fixed_then_nothing_bars_that(stage: Stage) -> None:
    hazard = stop(stage, stage.rectified())

    again = stage.do(hazard, Act.FAIL, "office", text="没装牢")

    assert (again.state, again.next_act) == ("rectifying", "hand_in")
    assert stage.hand_in(again).next_act == "apply_resumption"


def test_rule_r3_19_a_stop_has_its_last_day_and_the_board_says_when_it_has_passed(stage: Stage) -> None:
    hazard = stop(stage, stage.listed())

    def seen() -> tuple[object, bool]:
        view = queries.hazard_for(stage.by("office"), hazard.pk, now=stage.at)
        row = queries.board(stage.by("office"), now=stage.at).rows[0]
        assert row.stop_ends_on == view.stop_ends_on
        return view.stop_ends_on, row.stop_over

    assert seen() == (date(2018, 7, 15), False)
    stage.later((date(2018, 7, 15) - stage.day).days)
    assert seen() == (date(2018, 7, 15), False)
    stage.later(1)
    assert seen() == (date(2018, 7, 15), True)
    accepted = stage.do(stage.hand_in(hazard), Act.APPLY_ACCEPTANCE, "boss", evaluation="自评合格")
    agree(stage, stage.do(accepted, Act.ACCEPT_LISTING, "chief", **stage.on_site("chief")))
    assert seen() == (None, False)


def test_rule_r3_28_the_unit_applies_in_writing_with_its_evaluation_before_it_may_resume(stage: Stage) -> None:
    hazard = stop(stage, stage.rectified())
    assert (hazard.next_holder, hazard.next_act) == ("enterprise", "apply_resumption")
    refused(stage, hazard, Act.RESUME, "industry", "责任单位还没有书面申请恢复", **stage.consent("industry"))
    for lacking, say in (
        ({"text": ""}, "请写明治理方案是怎样落实的"),
        ({"evaluated_by": ""}, "请选定由谁评估"),
        ({"evaluator": " "}, "请写明评估的机构名称"),
        ({"evaluation": ""}, "请写明评估结论"),
        ({"files": ()}, "请附书面申请和评估报告"),
    ):
        refused(stage, hazard, Act.APPLY_RESUMPTION, "boss", say, **stage.application("boss", **lacking))

    applied = apply(stage, hazard)

    row = Resumption.objects.get(hazard=hazard)
    assert (row.evaluator, row.conclusion, row.agreed) == ("高工张某、李某", "具备安全生产条件", None)
    assert (applied.resumption_id, applied.resumption_due) == (row.pk, stage.day + timedelta(days=10))
    assert (applied.next_holder, applied.next_act, applied.clock_kind) == ("office", "resume", "resumption")
    event = Event.objects.get(kind="hazard.apply_resumption")
    assert event.after["resumption_id"] == str(row.pk)
    assert event.figures["resumption"]["evaluated_by"] == "own"
    refused(stage, applied, Act.APPLY_RESUMPTION, "boss", "已经申请恢复", **stage.application("boss"))


def test_rule_r3_28_the_site_review_is_due_within_ten_days_and_names_who_was_there(stage: Stage) -> None:
    hazard = apply(stage, stop(stage, stage.rectified()))
    stage.later(2)
    early = stage.day - timedelta(days=3)
    todo = next(
        one for one in queries.waiting_for(stage.by("office"), now=stage.at).rows if one.what == "hazard.resume"
    )
    assert (todo.due_on, todo.due_name, todo.verb) == (date(2018, 1, 25), "恢复审查", "审查恢复")
    for lacking, say in (
        ({"visited_by": ""}, "请写明哪一天、由哪些人到现场审查"),
        ({"visited_on": None}, "请写明哪一天、由哪些人到现场审查"),
        ({"visited_on": early}, "不能早于申请日期 2018年1月15日"),
        ({"visited_on": stage.day + timedelta(days=1)}, "现场审查的日期不能晚于今天"),
    ):
        refused(stage, hazard, Act.RESUME, "industry", say, **stage.consent("industry", **lacking))

    agreed = agree(stage, hazard)

    row = Resumption.objects.get(hazard=hazard)
    assert (row.agreed, row.visited_on, row.visited_by) == (True, stage.day, "区安监局 赵某、孙某")
    assert (agreed.resumption_id, agreed.resumption_due, agreed.resumed_on) == (None, None, stage.day)
    assert Event.objects.get(kind="hazard.resume").figures["site_review"]["by"] == "区安监局 赵某、孙某"


def test_rule_r3_28_a_refusal_says_what_is_missing_and_the_unit_applies_again(stage: Stage) -> None:
    hazard = apply(stage, stop(stage, stage.rectified()))
    refused(stage, hazard, Act.REFUSE_RESUMPTION, "industry", "请写明理由", organ="区安监局")
    refused(stage, hazard, Act.REFUSE_RESUMPTION, "industry", "请写明作出这一决定的机关", text="联锁没有恢复")
    hopeless: dict[str, Any] = {"text": "拒不执行", "organ": "区安监局", "sanction": "closure"}
    refused(stage, hazard, Act.REFUSE_RESUMPTION, "industry", "镇里只提建议，由有权机关决定", **hopeless)

    again = stage.do(hazard, Act.REFUSE_RESUMPTION, "industry", sanction_organ="区安监局", **hopeless)

    row = Resumption.objects.get(hazard=hazard)
    assert (row.agreed, row.sanction, row.sanction_organ) == (False, "closure", "区安监局")
    assert Event.objects.get(kind="hazard.refuse_resumption").figures["sanction"] == {
        "kind": "closure",
        "organ": "区安监局",
    }
    assert (again.resumption_id, again.next_act, again.resumed_on) == (None, "apply_resumption", None)
    refused(stage, again, Act.RESUME, "industry", "还没有书面申请恢复", **stage.consent("industry"))
    assert agree(stage, apply(stage, again)).resumed_on == stage.day


def test_rule_r3_28_who_wrote_the_application_down_for_the_unit_does_not_decide_on_it(stage: Stage) -> None:
    hazard = apply(stage, stop(stage, stage.rectified()), "office")

    refused(stage, hazard, Act.RESUME, "office", "恢复申请是您经手的", **stage.consent("office"))
    refused(stage, hazard, Act.REFUSE_RESUMPTION, "office", "恢复申请是您经手的", text="缺", organ="区安监局")

    assert agree(stage, hazard, "chief").resumed_on == stage.day


def test_rule_r3_28_nobody_applies_before_the_work_is_handed_in(stage: Stage) -> None:
    hazard = stop(stage, stage.rectifying())

    refused(stage, hazard, Act.APPLY_RESUMPTION, "boss", "请先提交整改，再申请恢复", **stage.application("boss"))

    assert apply(stage, stage.hand_in(hazard)).resumption_id is not None


def test_rule_r3_28_the_acceptance_of_a_listing_stands_for_application_and_site_review(stage: Stage) -> None:
    hazard = stage.hand_in(stop(stage, stage.listed()))
    refused(stage, hazard, Act.APPLY_RESUMPTION, "boss", "“申请验收”就是书面申请", **stage.application("boss"))
    refused(stage, hazard, Act.RESUME, "industry", "验收合格后才能审查同意恢复", **stage.consent("industry"))
    applied = stage.do(hazard, Act.APPLY_ACCEPTANCE, "boss", evaluation="自评合格")
    stage.later(1)
    accepted = stage.do(applied, Act.ACCEPT_LISTING, "chief", **stage.on_site("chief"))
    refused(stage, accepted, Act.APPLY_RESUMPTION, "boss", "不用另外申请", **stage.application("boss"))

    agreed = agree(stage, accepted, visited_on=None, visited_by="")

    assert agreed.resumed_on == stage.day
    assert not Resumption.objects.exists()


def test_rule_r3_28_what_was_stopped_after_its_acceptance_is_applied_for(stage: Stage) -> None:
    accepted = stage.accepted()
    stage.later(1)
    hazard = stop(stage, accepted)
    refused(stage, hazard, Act.RESUME, "industry", "还没有书面申请恢复", **stage.consent("industry"))

    assert resume(stage, hazard).resumed_on == stage.day


@pytest.mark.parametrize("act", [Act.FAIL, Act.RAISE_LEVEL, Act.TRANSFER])
def test_given_an_open_application_when_the_hazard_moves_on_then_it_is_closed_with_a_trace(
    stage: Stage, act: Act
) -> None:
    hazard = stop(stage, stage.assigned() if act == Act.TRANSFER else stage.rectified())
    if act == Act.TRANSFER:
        hazard = stage.do(hazard, Act.REQUEST_INVALID, "chief", text="录错")
    hazard = apply(stage, hazard)
    given: dict[str, Any] = {"text": "理由", "criterion": CLAUSE, "organ": "区住建局", "files": stage.paper("office")}

    after = stage.do(hazard, act, "office", **given)

    assert (after.resumption_id, after.resumption_due) == (None, None)
    last = Resumption.objects.filter(hazard=hazard).order_by("asked_at", "id").last()
    assert last is not None
    assert (last.agreed, last.answer) == (False, f"已{WORDS[act].title}，这份申请不再审查")


@given(
    stopped=st.dates(date(2010, 1, 1), date(2030, 12, 31)),
    months=st.integers(min_value=1, max_value=6),
)
def test_given_any_stop_when_its_last_day_is_computed_then_it_lies_that_many_months_on(
    stopped: date, months: int
) -> None:
    ends = stop_ends_on(stopped, None, terms=replace(TERMS, deadline_months_suspension=months))

    assert ends is not None
    assert (ends.year * 12 + ends.month) - (stopped.year * 12 + stopped.month) == months
    assert ends.day <= stopped.day
    assert stop_ends_on(stopped, ends, terms=TERMS) is None
    assert stop_ends_on(None, None, terms=TERMS) is None
