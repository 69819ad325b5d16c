"""The page behind a figure that a room answers: its rows as of the day, and who may open it."""

from datetime import timedelta
from typing import Any

from django.urls import reverse

from bihuan.enterprises import services as enterprises
from bihuan.enterprises.rules.facts import Entry
from bihuan.kernel.actor import PLATFORM
from tests.hazards.stage import Stage
from tests.web.conftest import Visit


def _asked(stage: Stage, figure: str, unit: str = "", **more: str) -> dict[str, str]:
    path = stage.town.units[unit].path if unit else stage.town.town.path
    day = stage.day.isoformat()
    return {"figure": figure, "path": path, "since": day, "until": day} | more


def test_given_a_firm_that_moved_when_its_old_village_opens_a_past_day_then_it_stands_there_and_leads_nowhere(
    stage: Stage, enter: Visit, settings: Any
) -> None:
    then = stage.day
    stage.later(3)
    settings.BIHUAN_DEMO_DAY = stage.day.isoformat()
    west = stage.town.units["西村"].path
    before = _asked(stage, "enterprises.active", "东村", since=then.isoformat(), until=then.isoformat())
    firm = stage.firm
    enterprises.move(
        enterprise_id=firm.id, seen_version=1, path=west, reason="搬厂", actor=stage.by("office"), now=stage.at
    )

    page = enter("chief").get(reverse("stats:counted"), before)
    now = enter("chief").get(reverse("stats:counted"), _asked(stage, "enterprises.active", "东村"))

    assert [row["line"].title for row in page.context["rows"]] == [firm.name]
    assert page.context["rows"][0]["href"] == ""
    assert page.context["total"] == 1
    assert now.context["total"] == 0


def test_given_figures_of_responsibility_when_opened_then_posts_and_villages_are_named(
    stage: Stage, enter: Visit
) -> None:
    client = enter("chief")

    found = {
        name: [row["line"].title for row in client.get(reverse("stats:counted"), _asked(stage, name)).context["rows"]]
        for name in ("orgs.leaders", "orgs.areas")
    }

    assert found["orgs.areas"] == ["东村", "西村"]
    assert len(found["orgs.leaders"]) == 2


def test_given_a_place_or_a_figure_that_is_not_theirs_when_opened_then_it_is_not_found(
    stage: Stage, enter: Visit
) -> None:
    def answer(who: str, **asked: str) -> int:
        return enter(who).get(reverse("stats:counted"), asked).status_code

    town, east = _asked(stage, "enterprises.active"), _asked(stage, "enterprises.active", "东村")
    assert {who: answer(who, **town) for who in ("chief", "village_east", "boss")} == {
        "chief": 200, "village_east": 404, "boss": 404,
    }  # fmt: skip
    assert {who: answer(who, **east) for who in ("village_east", "village_west")} == {
        "village_east": 200, "village_west": 404,
    }  # fmt: skip
    assert answer("chief", **(town | {"figure": "campaigns.tasks"})) == 404
    assert answer("chief", **(town | {"figure": "no.such"})) == 404
    assert answer("chief", **(town | {"until": "soon"})) == 404
    assert answer("chief", **_asked(stage, "orgs.areas", sector="machinery")) == 404


def test_given_more_firms_when_opened_then_as_many_queries_are_asked(
    stage: Stage, enter: Visit, django_assert_max_num_queries: Any
) -> None:
    client = enter("chief")
    for number in range(3):
        entry = Entry(name=f"示范镇第{number}厂", path=stage.town.units["东村"].path, lead_sector="machinery")
        enterprises.register(entry=entry, town_id=stage.town.town.id, actor=PLATFORM, now=stage.at - timedelta(days=1))

    with django_assert_max_num_queries(40):
        page = client.get(reverse("stats:counted"), _asked(stage, "enterprises.active"))

    assert page.context["total"] == 4
