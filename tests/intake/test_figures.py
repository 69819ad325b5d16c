"""How soon a superior's items are on the books."""

from datetime import date, timedelta

import pytest

from bihuan.kernel.actor import PLATFORM
from bihuan.kernel.indicators import Question
from bihuan.stats import queries as stats
from tests.intake.stage import ListStage
from tests.intake.test_later_versions import OTHER
from tests.intake.test_lists import ROW

pytestmark = pytest.mark.django_db


def _asked(stage: ListStage, until: date) -> tuple[int, ...]:
    asked = Question(stage.town.town.path, since=date(2018, 1, 1), until=until)
    answers = [stats.answer(PLATFORM, name, asked) for name in ("intake.accepted_in_time", "intake.received")]
    return tuple(-1 if one is None else one.amount for one in answers)


def test_given_lists_when_entered_at_once_late_or_again_then_only_the_first_in_a_working_day_counts(
    stage: ListStage,
) -> None:
    first = stage.now.date()
    stage.commit(stage.rows([*ROW, "2月底前", "未整改"], [*OTHER, "2月底前", None]))
    slow = stage.rows(
        [1, "2018-02-10", "区安委办", "金安委督〔2018〕9号", *ROW[4:], "2月底前", None], name="又一份.xlsx"
    )
    waiting = _asked(stage, first)
    stage.now += timedelta(days=12)
    stage.commit(slow)
    stage.commit(stage.rows([*ROW, "2月底前", "未整改"], [*OTHER, "2月底前", None]))

    assert waiting == (2, 3)
    assert _asked(stage, stage.now.date()) == (2, 3)
    assert _asked(stage, first) == (2, 3)
    assert _asked(stage, first - timedelta(days=1)) == (0, 0)
