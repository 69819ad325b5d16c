"""What is written about supervision and returns is kept whole or refused with a sentence, never cut."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from bihuan.campaigns.models import Finding, Interview, SupervisionRound
from bihuan.campaigns.rules.returns.life import ReturnState
from bihuan.campaigns.services import returns, supervision
from bihuan.kernel.errors import Refusal
from bihuan.trail.models import Event
from tests.campaigns.returns.stage import begun, make_return_stage
from tests.campaigns.supervised import Supervised, make_supervised

pytestmark = pytest.mark.django_db
LONG = "长" * 5000
Act = Callable[[Supervised], Any]


def _cancel(run: Supervised) -> None:
    one = run.planned()
    supervision.cancel_round(round_id=one.pk, seen_version=1, reason=LONG, **run.said("office"))


def _plan(run: Supervised) -> None:
    units = [run.part("东村")]
    supervision.plan_rounds(units=units, method="open", planned_on=run.now.date(), subject=LONG, **run.said("office"))


def _hold(run: Supervised) -> None:
    one = run.planned()
    facts = {"leader": "副镇长", "note": LONG}
    supervision.hold_round(
        round_id=one.pk, seen_version=1, held_on=run.now.date(), facts=facts, firms=[], **run.said("office")
    )


def _answer(run: Supervised) -> None:
    found = run.fed_back()
    supervision.answer_finding(finding_id=found.pk, seen_version=found.version, reason=LONG, **run.said("village_east"))


def _send_back(run: Supervised) -> None:
    found = run.fed_back()
    run.answer(found)
    run.review(found, accepted=False, reason=LONG)


def _call(run: Supervised) -> None:
    facts = {"who": LONG, "convener": "安委会主任", "reason": "整改不力", "place": "镇政府"}
    supervision.call_interview(
        unit_id=run.part("东村"), meets_at=run.now.replace(hour=15), facts=facts, **run.said("office")
    )


def _accuse(run: Supervised) -> None:
    run.handed_over(facts={"grounds": LONG})


def _reply(run: Supervised) -> None:
    run.about(supervision.reply, run.asked("东村"), "东村", "village_east", reason=LONG)


def _hear(run: Supervised) -> None:
    one = run.asked("东村")
    run.about(supervision.reply, one, "东村", "village_east", reason="没有意见")
    run.about(supervision.hear, one, "东村", "chief", stays=True, reason=LONG)


def _exempt(run: Supervised) -> None:
    run.now = run.now.replace(day=9)
    supervision.exempt(unit_id=run.part("东村"), reason=LONG, **run.said("chief"))


@pytest.mark.parametrize(
    ("act", "called"),
    [
        (_plan, "督查的内容"),
        (_cancel, "取消的理由"),
        (_hold, "说明"),
        (lambda run: run.noted(run.held(), LONG), "问题"),
        (_answer, "改正的情况"),
        (_send_back, "理由"),
        (lambda run: run.circular("东村", words=LONG), "指出的问题"),
        (_reply, "申辩"),
        (_hear, "采纳或者维持的理由"),
        (_exempt, "理由"),
        (_call, "对象"),
        (_accuse, "事实"),
    ],
)
def test_given_a_text_that_is_too_long_when_written_then_it_is_refused_with_its_length_and_nothing_is_cut(
    act: Act, called: str
) -> None:
    run = make_supervised()

    with pytest.raises(Refusal, match=rf"“{called}”写了 5000 个字，最多 \d+ 个字"):
        act(run)

    for model, name in ((SupervisionRound, "subject"), (Finding, "text"), (Interview, "who")):
        assert not model.objects.filter(**{f"{name}__startswith": LONG[:60]}).exists()
    assert not Event.objects.filter(reason__startswith=LONG[:60]).exists()


def test_given_a_reason_that_is_too_long_when_a_figure_is_typed_then_it_is_refused() -> None:
    stage = make_return_stage()
    row = begun(stage)
    [first, *_] = [slot.address for slot in stage.see(row, "village_east").still_open]

    with pytest.raises(Refusal, match="“理由”写了 5000 个字，最多 400 个字"):
        stage.do("type_cells", row, "village_east", cells={first: "1"}, reason=LONG)
    with pytest.raises(Refusal, match="“说明”写了 5000 个字"):
        stage.sent(row, "village_east", remark=LONG)
    with pytest.raises(Refusal, match="“报送给谁”写了 5000 个字，最多 64 个字"):
        returns.mend_form(
            form_id=row.form_id,
            seen_version=row.form.version,
            facts={"to_whom": LONG},
            actor=stage.loop.by("office"),
            now=stage.loop.at,
        )

    row.refresh_from_db()
    assert (row.state, row.remark) == (ReturnState.FILLING, "")
    assert LONG[:60] not in str(row.typed)
    assert row.since == date(2018, 1, 12)
