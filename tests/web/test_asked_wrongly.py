"""An address that asks for what is not there is answered in a sentence: no break, and never everything in its place."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from bihuan.campaigns.models import Campaign
from bihuan.campaigns.services import returns
from tests.campaigns.stage import CampaignStage, make_campaign_stage

NOBODY = "0192a0b8-0000-7000-8000-000000000000"
WRONG = "zzz"
SAID = "网址可能写错了，或者是旧的"
PLACE = "/32/99/"
# page, what is chosen there; each is asked for with what nobody knows
CHOICES = (
    ("list", "tab"),
    ("show", "of"),
    ("show", "section"),
    ("show", "only"),
    ("matrix", "units"),
    ("matrix", "section"),
    ("matrix", "only"),
    ("tasks", "tab"),
    ("tasks", "unit"),
    ("tasks", "clause"),
    ("records?kind=decision", "tab"),
    ("indicators", "clauses"),
    ("indicators", "state"),
    ("indicators", "room"),
    ("candidates", "on"),
    ("new_own", "clause"),
    ("returns", "tab"),
)
WHOLE = {"figure": "campaigns.tasks", "path": PLACE, "since": "2017-12-20", "until": "2017-12-20"}
# what the addresses of figures are made of, each part wrong in turn
PARTS = tuple(
    (part, wrong) for part in (*WHOLE, "campaign") for wrong in ("", WRONG, NOBODY, "0001-01-01", "9999-12-31")
)


@pytest.fixture
def stage(db: None, settings: Any) -> CampaignStage:
    """A town; the doors' clock stands on the day of the plan."""
    made = make_campaign_stage()
    settings.BIHUAN_DEMO_DAY = made.now.date().isoformat()
    return made


def _address(row: Campaign, name: str) -> str:
    name, _, query = name.partition("?")
    args = () if name in {"list", "returns"} else (row.pk,)
    return f"{reverse(f'campaigns:{name}', args=args)}?{query}"


def test_given_a_choice_that_is_not_there_when_asked_for_then_the_page_says_so_and_shows_nothing_else(
    stage: CampaignStage,
) -> None:
    row, office = stage.issued(), stage.town.client("office")
    silent = []

    for name, choice in CHOICES:
        good = office.get(_address(row, name))
        answer = office.get(f"{_address(row, name)}&{choice}={WRONG}")
        if good.status_code != 200 or answer.status_code != 404 or SAID not in answer.content.decode():
            silent.append(f"{name} {choice}: {good.status_code} {answer.status_code}")

    assert not silent, "\n".join(silent)


def test_given_a_place_of_another_when_a_village_asks_for_its_figures_then_it_is_told_so(stage: CampaignStage) -> None:
    row, village = stage.issued(), stage.town.client("village_east")
    west = stage.part(row, "西村").pk

    answers = [village.get(reverse("campaigns:show", args=(row.pk,)) + f"?of={one}") for one in ("all", west)]

    assert [(one.status_code, SAID in one.content.decode()) for one in answers] == [(404, True)] * 2


@pytest.mark.parametrize("page", ["campaigns:counted", "campaigns:due_returns"])
def test_given_the_address_of_a_figure_when_any_part_is_wrong_then_it_never_breaks_and_counts_nothing_else(
    stage: CampaignStage, page: str
) -> None:
    row, office = stage.issued(), stage.town.client("office")
    path = stage.town.town.path
    asked = WHOLE | {"path": path, "campaign": str(row.pk)}
    asked |= {"of": "due"} if page == "campaigns:due_returns" else {}
    assert office.get(reverse(page, query=asked)).status_code == 200

    for part, wrong in PARTS:
        answer = office.get(reverse(page, query=asked | {part: wrong}))
        assert answer.status_code in {200, 404}, (part, wrong)
        if wrong in {WRONG, NOBODY} and (part != "figure" or page == "campaigns:counted"):
            assert answer.status_code == 404, (part, wrong)


def test_given_a_cell_that_a_return_has_not_when_asked_for_then_it_is_said(stage: CampaignStage) -> None:
    office = stage.by()
    form_id = returns.adopt_form(code="F1", actor=office, now=stage.now)
    days = {"since": date(2017, 12, 15), "until": date(2017, 12, 21)}
    unit = stage.town.units["东村"].id
    returns.use_form(form_id=form_id, seen_version=1, unit_ids=[unit], actor=office, now=stage.now)
    made = returns.begin_return(form_id=form_id, unit_id=unit, **days, actor=office, now=stage.now)
    address = reverse("campaigns:return", args=(made,))

    client = stage.town.client("office")
    assert client.get(address).status_code == 200
    assert client.get(f"{address}?cell={WRONG}").status_code == 404
