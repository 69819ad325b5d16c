"""Stopped and started again: R3.19, R3.27 and R3.28 through the services."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.hazards import queries
from bihuan.hazards.models import Hazard
from bihuan.hazards.rules.acts import Act
from bihuan.hazards.rules.deadlines import stop_ends_on
from tests.hazards.facts import TERMS
from tests.hazards.refusing import refused
from tests.hazards.stage import Stage

pytestmark = pytest.mark.django_db
FIRST = "请先由作出停产决定的机关审查整改结果，办理“同意恢复”"


def stop(stage: Stage, hazard: Hazard) -> Hazard:
    """Somebody who may order it stops the work."""
    paper = stage.paper("industry")
    return stage.do(hazard, Act.SUSPEND, "industry", text="不能保证安全", organ="区安监局", files=paper)


def resume(stage: Stage, hazard: Hazard) -> Hazard:
    """The same body agrees that it starts again."""
    return stage.do(hazard, Act.RESUME, "industry", text="审查同意", organ="区安监局", files=stage.paper("industry"))


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
    assert stage.hand_in(again).next_act == "resume"


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
    resume(stage, hazard)
    assert seen() == (None, False)


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
