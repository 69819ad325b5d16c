"""A town in which things go wrong: figures that the short history reaches in full, or not at all, and here in part."""

from dataclasses import replace
from datetime import date
from typing import Final

import pytest

from bihuan.campaigns import queries
from bihuan.campaigns.rules.catalogue import CATALOGUE
from bihuan.campaigns.rules.terms import Kind, State, Where
from bihuan.hazards.rules.acts import Act
from bihuan.hazards.rules.states import FileRole
from bihuan.kernel.actor import PLATFORM
from tests.campaigns.test_indicators import EXPECTED as SHORT
from tests.campaigns.test_own_figures import EXPECTED as OF_CAMPAIGNS
from tests.hazards.stage import FIVE, Stage, make_stage
from tests.kept import made_once

pytestmark = pytest.mark.django_db
SINCE, UNTIL = date(2017, 10, 1), date(2018, 3, 31)

# Of three majors one is closed, one was listed late, one was judged as a whole; of three that were ordered one lacks
# its money; the superior has not answered yet.
EXPECTED: Final = {
    "majors.closed": (1, 3),
    "majors.cited": (2, 3),
    "majors.listed": (2, 3),
    "majors.listed_in_time": (1, 2),
    "majors.criterion_valid": (2, 3),
    "hazards.arranged": (2, 3),
    "superior.recognised": (0, 1),
}
# Where the numbers of these stand: of lists that came in, of returns that were owed, of hazards in other fields.
BESIDE: Final = {
    "superior.accepted_in_time": "tests/intake/test_figures.py",
    "returns.on_time": "tests/campaigns/returns/test_due.py",
    "fields.rectified": "tests/web/test_every_figure.py",
}


@pytest.fixture
def stage(db: None) -> Stage:
    return _lived()


@made_once
def _lived() -> Stage:
    stage = make_stage()
    slow = stage.do(stage.major(), Act.PROPOSE_LISTING, "office", text="提请挂牌")
    whole = stage.report(description="多处隐患叠加")
    opinion = stage.proof("office", FileRole.DOCUMENT, kind="document")
    stage.do(whole, Act.CONFIRM, "office", level="major", whole_judgement=True, text="多项叠加", files=opinion)
    stage.order(stage.confirmed(), arrangements=replace(FIVE, funds=""))
    item = stage.do(stage.superior_item(), Act.PASS, "office", text="合格")
    stage.answer_same_kind(item)
    stage.do(item, Act.SUBMIT_SUPERIOR, "office")
    stage.do(stage.delisted(), Act.PASS, "chief", **stage.on_site("chief"))
    stage.later(12)
    stage.do(slow, Act.LIST, "chair", **stage.order_given())
    return stage


def test_given_a_town_where_things_go_wrong_when_asked_then_each_figure_is_as_built(stage: Stage) -> None:
    values = queries.indicator_values(
        PLATFORM, list(EXPECTED), Where(stage.town.town.path), since=SINCE, until=UNTIL, on=stage.day
    )

    assert {one.indicator.key: (one.numerator, one.denominator) for one in values} == EXPECTED


def test_given_every_measured_figure_when_its_expected_numbers_are_read_then_somewhere_there_is_one_to_count() -> None:
    known = queries.known_names()
    for one in CATALOGUE:
        if one.state(known) is not State.MEASURED or one.key in BESIDE or one.key in _OF_SUPERVISION:
            continue
        pairs = [*SHORT.get(one.key, ()), *OF_CAMPAIGNS.get(one.key, ())]
        pairs += [EXPECTED[one.key]] if one.key in EXPECTED else []
        assert any(numerator for numerator, _ in pairs), f"{one.key} never counts one"
        if one.kind is Kind.RATE:
            assert any(whole and numerator != whole for numerator, whole in pairs), f"{one.key} is always whole"


# Their numbers stand beside the acts that move them, in tests/campaigns/test_supervision.py and test_bulletins.py.
_OF_SUPERVISION: Final = {
    "bulletins.corrected",
    "bulletins.criticised",
    "supervision.closed",
    "supervision.covert",
    "supervision.rounds",
    "supervision.units",
}
