"""What the page of one hazard shows, and who sees it."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bihuan.hazards import queries
from bihuan.hazards.rules.acts import Act
from bihuan.hazards.rules.filters import Filters
from bihuan.hazards.rules.states import FileRole
from bihuan.kernel.errors import NotFound
from tests.hazards.stage import Stage

pytestmark = pytest.mark.django_db


def test_given_a_closed_hazard_when_its_page_is_asked_then_everything_is_on_it(stage: Stage) -> None:
    hazard = stage.closed(files=stage.proof("inspector", FileRole.BEFORE))

    view = queries.hazard_for(stage.by("office"), hazard.pk, now=stage.at)

    assert (view.number, view.state, view.arrangements.funds, view.days_late) == ("2018-0001", "closed", "2万元", 0)
    assert [(step.name, step.is_done) for step in view.life] == [
        ("待核实", True),
        ("已定级", True),
        ("待整改", True),
        ("整改中", True),
        ("待复查", True),
        ("已销号", True),
    ]
    assert [(pair.label, pair.before is not None, pair.after is not None) for pair in view.pairs] == [
        ("第 1 处", True, True)
    ]
    assert (view.people.village.short_name, view.people.department.short_name) == ("东村", "经发办")  # type: ignore[union-attr]
    assert view.trail[0].kind == "hazard.pass"
    assert {one.act for one in view.acts} == {Act.REOPEN}


def test_given_one_or_many_files_when_the_page_is_asked_then_the_queries_are_as_many(stage: Stage) -> None:
    plain, rich = stage.closed(), stage.delisted()

    counts = []
    for hazard in (plain, rich):
        with CaptureQueriesContext(
            connection,
        ) as caught:
            queries.hazard_for(stage.by("office"), hazard.pk, now=stage.at)
        counts.append(len(caught))

    assert counts[0] == counts[1]
    assert counts[0] <= 45


def test_given_a_major_hazard_when_its_page_is_asked_then_two_lines_and_the_next_step_show(stage: Stage) -> None:
    hazard = stage.accepted()

    view = queries.hazard_for(stage.by("chair"), hazard.pk, now=stage.at)

    assert [step.name for step in view.listing_life if step.is_now] == ["验收合格"]
    assert view.main_act is not None
    assert (view.main_act.act, view.next.act, view.chip.text) == (Act.DELIST, Act.DELIST, "摘牌剩 7 天")
    assert view.listing is not None
    assert view.listing.milestones[0].name == "提请"


def test_given_a_stranger_when_the_page_or_a_file_is_asked_then_it_is_not_found(stage: Stage) -> None:
    hazard = stage.closed()
    file = hazard.files.first()
    assert file is not None

    for who, what in [("village_west", "page"), ("construction", "page"), ("village_west", "file")]:
        with pytest.raises(NotFound):
            _ask(stage, who, what, hazard.pk, file.evidence_id)
    with queries.evidence_of(stage.by("village_east"), hazard.pk, file.evidence_id).stream as opened:
        assert opened.read(2) == b"\xff\xd8"


def _ask(stage: Stage, who: str, what: str, hazard_id: Any, file_id: Any) -> None:
    if what == "page":
        queries.hazard_for(stage.by(who), hazard_id, now=stage.at)
    else:
        queries.evidence_of(stage.by(who), hazard_id, file_id)


def test_given_more_major_hazards_than_fit_when_the_board_is_turned_then_its_figures_are_of_all(stage: Stage) -> None:
    for _ in range(3):
        stage.major()
    stage.listed()
    stage.later(9)

    first, second = (queries.board(stage.by("chief"), now=stage.at, page=page, size=2) for page in (1, 2))

    assert {row.id for row in first.rows}.isdisjoint(row.id for row in second.rows)
    assert [len(first.rows), len(second.rows)] == [2, 2]
    for board in (first, second):
        assert (board.open_count, board.listed_count, board.unlisted_late, board.overdue) == (4, 1, 3, 0)
    filters = Filters(level="major", late="unlisted")
    assert queries.listing(stage.by("chief"), filters, today=stage.day).total == 3


def test_given_the_board_when_asked_then_unlisted_ones_past_the_red_line_stand_out(stage: Stage) -> None:
    stage.major()
    stage.listed()
    stage.later(9)

    board = queries.board(stage.by("chief"), now=stage.at)

    assert (board.open_count, board.listed_count, board.unlisted_late) == (2, 1, 1)
    late = next(row for row in board.rows if row.unlisted_late)
    assert (late.chip.text, late.next_act) == ("提请挂牌逾期 7 天", "propose_listing")
