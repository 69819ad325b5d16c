"""A return tells a department's own part in the campaign, with its rows, whether or not it leads a sector."""

from datetime import date
from typing import Any

import pytest

from bihuan.campaigns.models import Interview, ReturnForm
from bihuan.campaigns.queries import returns as queries
from bihuan.campaigns.rules.returns.lines import CellView, ReturnView
from bihuan.campaigns.services import returns, supervision
from bihuan.kernel.actor import PLATFORM
from bihuan.orgs import services as orgs
from tests.campaigns.supervised import Supervised, at, make_supervised

pytestmark = pytest.mark.django_db
UNITS = ("镇", "东村", "经发办", "建设办")


def met(run: Supervised, unit: str) -> None:
    """Hold an interview with a unit."""
    one = run.called(unit)
    run.now = at(1, run.now.day + 1)
    supervision.hold_interview(
        interview_id=one.pk,
        seen_version=one.version,
        held_on=run.now.date(),
        facts={"undertakings": "月底前整改"},
        look_again_on=date(2018, 1, 30),
        files=[run.paper("office")],
        **run.said("office"),
    )


@pytest.fixture
def run(db: None) -> Supervised:
    """A campaign in which three units were talked to; 建设办 leads nothing."""
    made = make_supervised()
    orgs.name_department(
        town_id=made.row.town_id, sector="construction", lead_unit_id=None, actor=PLATFORM, now=made.now
    )
    for unit in ("东村", "经发办", "建设办"):
        met(made, unit)
    assert Interview.objects.filter(held_on=None).count() == 0
    return made


def seen(run: Supervised, unit: str, who: str) -> ReturnView:
    """Begin a unit's weekly return, as this person sees it."""
    form = ReturnForm.objects.filter(code="F1").first()
    said: dict[str, Any] = {"actor": run.by("office"), "now": run.now}
    if form is None:
        form_id = returns.adopt_form(code="F1", campaign_id=run.row.pk, **said)
        form = ReturnForm.objects.get(pk=form_id)
        units = [run.town.units[one].id for one in UNITS]
        returns.use_form(form_id=form.pk, seen_version=form.version, unit_ids=units, **said)
    run.now = at(1, 12)
    made = returns.begin_return(
        form_id=form.pk,
        unit_id=run.town.units[unit].id,
        since=date(2018, 1, 5),
        until=date(2018, 1, 11),
        actor=run.by("office"),
        now=run.now,
    )
    return queries.return_for(run.by(who), made, today=run.now.date())


def talks(view: ReturnView) -> CellView:
    return next(one for one in view.cells.values() if "约谈" in one.slot.label and "本期" in one.slot.label)


@pytest.mark.parametrize(
    ("unit", "who", "wanted"),
    [
        ("镇", "office", "3"),
        ("东村", "village_east", "1"),
        ("经发办", "industry", "1"),
        ("建设办", "construction", "1"),
    ],
)
def test_given_interviews_when_a_units_return_is_opened_then_its_own_are_told_with_their_rows(
    run: Supervised, unit: str, who: str, wanted: str
) -> None:
    view = seen(run, unit, who)

    cell = talks(view)
    assert cell.filled.text == wanted, cell.filled.why
    assert [row.amount for row in cell.rows] == [int(wanted)]
    found = next(one for one in view.cells.values() if "发现隐患" in one.slot.label)
    assert (found.filled.why == "不归本单位。") is (unit == "建设办")


def test_given_a_department_when_its_return_is_opened_then_it_is_not_told_of_another(run: Supervised) -> None:
    view = seen(run, "建设办", "construction")

    paths = {dict(row.query).get("path", "") for cell in view.cells.values() for row in cell.rows}
    assert paths <= {run.town.units["建设办"].path}
