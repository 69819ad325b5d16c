"""Every figure of the dashboard opens as many rows as it says, whoever looks."""

import re
from datetime import date, timedelta
from typing import Final
from urllib.parse import urlencode
from uuid import UUID

import pytest
from django.http import QueryDict
from django.urls import reverse

from bihuan.desk.queries import whole_place
from bihuan.enterprises import services as enterprises
from bihuan.enterprises.rules.facts import Entry
from bihuan.hazards.measures import MEASURES
from bihuan.hazards.queries import lists
from bihuan.hazards.rules.states import Source
from bihuan.kernel.actor import PLATFORM, Actor, Scope, SectorScope
from bihuan.kernel.measures import Nature
from bihuan.orgs import services as orgs
from bihuan.orgs.rules import Cover
from bihuan.stats import queries as stats
from bihuan.web.hazards.filters import read
from tests.hazards.stage import Stage
from tests.web.conftest import Visit

STOCKS: Final = [one.name for one in MEASURES if one.nature is Nature.STOCK and one.rows]
HAZARD: Final = re.compile(r"/hazards/([0-9a-f-]{36})/")
FROM_ABOVE: Final = {"superior_organ": "区安委办"}


def _firm(stage: Stage, name: str, village: str, sector: str) -> UUID:
    entry = Entry(name=name, path=stage.town.units[village].path, lead_sector=sector)
    return enterprises.register(entry=entry, town_id=stage.town.town.id, actor=PLATFORM, now=stage.at).id


def _attach(stage: Stage, who: str, *firms: UUID) -> None:
    town_id, post_id, start = stage.town.town.id, stage.town.posts[who], stage.at - timedelta(days=15)
    if who == "leader":
        orgs.attach_leader(town_id=town_id, post_id=post_id, enterprise_ids=firms, actor=PLATFORM, now=start)
        return
    orgs.cover_enterprises(post_id=post_id, enterprise_ids=firms, why=Cover.SUPERVISOR, actor=PLATFORM, now=start)


def _told(page: str) -> dict[str, int]:
    """Return what the dashboard's links to rows say, by address."""
    links = re.findall(r'href="(/hazards/\?[^"]+)"[^>]*>(.*?)</a>', page, re.DOTALL)
    numbers = {href: re.findall(r"\d+", re.sub("<[^>]+>", " ", text)) for href, text in links if "%" not in text}
    return {href.replace("&amp;", "&"): int(found[0]) for href, found in numbers.items() if found}


def _listed(viewer: Actor, measure: str, day: date) -> int:
    asked = QueryDict(urlencode(stats.measures()[measure].rows))
    return len(lists.listing(viewer, read(asked), today=day, size=100).lines)


@pytest.mark.parametrize("who", ["leader", "industry"])
def test_given_an_area_or_sectors_and_firms_inside_and_outside_when_figures_show_then_each_opens_as_many_rows(
    who: str, enter: Visit, stage: Stage
) -> None:
    outside = _firm(stage, "示范镇远大家具厂", "西村", "construction")
    unseen = _firm(stage, "示范镇大成建材厂", "西村", "construction")
    _attach(stage, who, outside, stage.firm.id)
    stage.later(-8)
    stage.rectifying(days=5)  # overdue by now
    stage.assigned(days=5, enterprise_id=outside, description="电箱缺盖板", source=Source.SUPERIOR, **FROM_ABOVE)
    stage.later(8)
    stage.report()
    stage.closed()
    stage.confirmed(enterprise_id=outside, description="粉尘清扫制度未落实")
    stage.report(enterprise_id=outside, description="仓库堵塞出口")
    stage.report(enterprise_id=unseen, description="配电箱无盖板")
    client, viewer = enter(who), stage.by(who)

    page = client.get(reverse("stats:dashboard")).content.decode()
    bench = client.get(reverse("desk:workbench")).content.decode()
    whole = stats.figures(whole_place(viewer), STOCKS, until=stage.day)

    assert {name: whole.total(name) for name in STOCKS} == {n: _listed(viewer, n, stage.day) for n in STOCKS}
    assert (whole.total("hazards.open"), whole.total("hazards.overdue")) == (5, 2)
    told = _told(page)
    assert told["/hazards/?tab=open"] == 5
    assert told["/hazards/?late=overdue"] == 2
    assert {href: len(set(HAZARD.findall(client.get(href).content.decode()))) for href in told} == told
    assert _told(bench).get("/hazards/?tab=open", 5) == 5


def test_given_the_same_sector_twice_one_below_the_other_when_figures_are_asked_then_no_row_counts_twice(
    stage: Stage,
) -> None:
    stage.report()
    town = stage.town.town.path
    sectors = (SectorScope(town, ("machinery",)), SectorScope("/32/", ("machinery", "construction")))
    viewer = Actor(user_id=None, name="区里", scope=Scope(sectors=sectors))

    assert stats.figures(whole_place(viewer), ["hazards.open"], until=stage.day).total("hazards.open") == 1


@pytest.mark.parametrize("who", ["superior", "chief", "leader", "industry"])
def test_given_majors_accepted_and_reviews_late_when_figures_show_then_each_opens_as_many_rows(
    who: str, enter: Visit, stage: Stage
) -> None:
    late = stage.terms.review_days + 1
    stage.later(-late)
    stage.accepted()
    stage.delisted()
    stage.hand_in(stage.listed())  # handed in, nobody came
    stage.rectified()
    stage.rectifying(days=2)  # nobody went to see after the deadline either
    stage.later(late)
    client, viewer = enter(who), stage.by(who)

    whole = stats.figures(whole_place(viewer), STOCKS, until=stage.day)
    told = _told(client.get(reverse("stats:dashboard")).content.decode())

    assert {name: whole.total(name) for name in STOCKS} == {n: _listed(viewer, n, stage.day) for n in STOCKS}
    assert whole.total("hazards.review_overdue") == 2
    assert told["/hazards/?late=review"] == 2
    assert len(set(HAZARD.findall(client.get("/hazards/?late=review").content.decode()))) == 2
