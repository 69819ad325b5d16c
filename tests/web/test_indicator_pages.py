"""The pages of indicators: how clauses are covered, the catalogue, and the builder of own ones with its preview."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bihuan.campaigns import queries, services
from bihuan.campaigns.models import ClauseFigure
from bihuan.campaigns.queries.own import hazard_filters
from bihuan.campaigns.rules.catalogue import CATALOGUE
from bihuan.campaigns.rules.covered import Cover
from bihuan.campaigns.rules.grounding import grounds_in_words
from bihuan.campaigns.rules.own import OwnForm, choice_of, offer_of
from bihuan.campaigns.rules.terms import State
from bihuan.hazards import queries as hazards
from bihuan.stats import queries as stats
from bihuan.trail.models import Event
from tests.campaigns.stage import CampaignStage
from tests.hazards.stage import Stage
from tests.web.conftest import Visit

pytestmark = pytest.mark.django_db
OVERDUE = {"title": "逾期隐患", "kind": "count", "part": "hazards.overdue", "part_level": "", "unit": "项"}
RATE = {"title": "未销号占比", "kind": "rate", "part": "hazards.open", "whole": "hazards.counted"}


@pytest.fixture
def run(stage: Stage) -> CampaignStage:
    """A campaign that runs in a town with hazards."""
    stage.report()
    stage.rectified()
    return CampaignStage(stage.town, stage.at)


def _page(client: Client, name: str, *args: object, **query: str) -> str:
    answer = client.get(reverse(f"campaigns:{name}", args=args), query)
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


def _tell(row: Any) -> list[str]:
    kinds = ("campaign.own_figure_taken", "campaign.own_figure_changed", "campaign.own_figure_dropped")
    return list(Event.objects.filter(kind__in=kinds).order_by("seq").values_list("kind", flat=True))


def test_given_a_campaign_when_its_indicators_are_opened_then_clauses_are_counted_by_how_they_are_covered(
    run: CampaignStage, enter: Visit
) -> None:
    row = run.issued()

    found = queries.catalogued(run.by("chief"), row.pk)
    page = enter("chief").get(reverse("campaigns:indicators", args=(row.pk,)))

    assert sum(found.covers.values()) == len(found.clauses) == row.clauses.in_text().count()
    assert {one.name: one.value for one in page.context["tiles"]} == {
        "要求": len(found.clauses),
        "有数": found.covers[Cover.MEASURED],
        "部分有数": found.covers[Cover.PARTLY],
        "待接入": found.covers[Cover.WAITING],
        "不能用数据衡量": found.covers[Cover.UNMEASURABLE],
        "还没有定": found.covers[Cover.NONE],
    }
    assert [tab.count for tab in page.context["tabs"]] == [126, 56, 69, 1]
    for tile in page.context["tiles"][1:]:
        listed = enter("chief").get(tile.href.partition("#")[0]).context["clauses"] if tile.href else []
        assert len(listed) == tile.value, tile.name


def test_given_rooms_when_opened_then_each_lists_the_indicators_that_it_counts(
    run: CampaignStage, enter: Visit
) -> None:
    row = run.issued()
    client = enter("chief")

    page = client.get(reverse("campaigns:indicators", args=(row.pk,)))

    rooms = {one["name"]: one for one in page.context["rooms"]}
    assert rooms["隐患"]["waiting"] == 0
    assert rooms["监督检查"]["waiting"] == 19
    assert all(not name.isascii() for name in rooms)
    for one in rooms.values():
        listed = client.get(one["href"].partition("#")[0]).context["pager"].total
        assert listed >= max(one["measured"], one["waiting"]), one["name"]


@pytest.mark.one_database  # words of the catalogue
def test_given_every_indicator_when_its_page_is_opened_then_terms_rooms_and_reason_are_there(
    run: CampaignStage, enter: Visit
) -> None:
    row = run.issued()
    client = enter("chief")
    known = queries.known_names()

    for one in CATALOGUE:
        page = _page(client, "indicator", row.pk, one.key)
        assert one.title in page
        assert all(term.meaning in page for term in one.terms()), one.key
        assert one.why_not in page
        assert ("自动有数，现在不给数" in page) == (one.state(known) is State.WAITING), one.key
        assert grounds_in_words(one.source) in page, one.key


def test_given_a_count_when_looked_at_first_then_number_and_rows_are_shown_and_nothing_is_kept(
    run: CampaignStage, enter: Visit
) -> None:
    row = run.issued()
    clause = str(row.clauses.in_text()[0].pk)
    said = {**OVERDUE, "title": "全部隐患", "part": "hazards.counted", "clause": clause}

    page = enter("chief").get(reverse("campaigns:new_own", args=(row.pk,)), said)

    shown = page.context["preview"]
    assert shown["said"].now.text == "2"
    assert [len(side["rows"]) for side in shown["sides"]] == [2]
    assert not ClauseFigure.objects.filter(own__isnull=False).exists()
    assert _tell(row) == []


def test_given_a_rate_when_kept_changed_and_dropped_then_each_edition_and_reason_is_told(
    run: CampaignStage, enter: Visit
) -> None:
    row = run.issued()
    clause = str(row.clauses.in_text()[0].pk)
    client = enter("office")

    def post(name: str, *args: object, **said: str) -> Any:
        row.refresh_from_db()
        given = {"seen_version": str(row.version), **said}
        return client.post(reverse(f"campaigns:{name}", args=(row.pk, *args)), given)

    first = post("new_own", **RATE, clause=clause)
    key = first["Location"].rstrip("/").rpartition("/")[2]
    assert first.status_code == 303
    assert "未销号占比" in _page(client, "show", row.pk, section="all")
    assert "2 / 2" not in _page(client, "indicator", row.pk, key)  # each number is a link of its own

    second = post("change_own", key, **RATE | {"title": "重大未销号占比", "part_level": "major"}, clause=clause)
    new = second["Location"].rstrip("/").rpartition("/")[2]
    page = _page(client, "indicator", row.pk, new)
    assert "第 2 版 重大未销号占比" in page
    assert "第 1 版 未销号占比" in page
    assert client.get(reverse("campaigns:indicator", args=(row.pk, key))).status_code == 404

    assert post("drop_own", new, why=" ").status_code == 303
    assert ClauseFigure.objects.get(key=new).dropped is False  # no reason, nothing done
    post("drop_own", new, why="和目录里的一样")
    assert ClauseFigure.objects.get(key=new).dropped is True
    assert "重大未销号占比" not in _page(client, "show", row.pk, section="all")

    assert _tell(row) == [f"campaign.own_figure_{what}" for what in ("taken", "changed", "dropped")]
    assert Event.objects.get(kind="campaign.own_figure_dropped").reason == "和目录里的一样"


def test_given_a_count_when_declared_a_part_of_another_then_both_pages_say_it_with_their_numbers(
    run: CampaignStage, enter: Visit
) -> None:
    row = run.issued()
    client, clause = enter("office"), str(row.clauses.in_text()[0].pk)
    said = {**OVERDUE, "title": "全部隐患", "part": "hazards.counted", "clause": clause}
    first = client.post(reverse("campaigns:new_own", args=(row.pk,)), said | {"seen_version": str(row.version)})
    whole = ClauseFigure.objects.get(own__isnull=False)
    part = said | {"title": "未销号的", "part": "hazards.open", "part_of": str(whole.pk)}

    preview = client.get(reverse("campaigns:new_own", args=(row.pk,)), part)
    wider = client.get(reverse("campaigns:new_own", args=(row.pk,)), part | {"part": "hazards.all"}).context["preview"]
    row.refresh_from_db()
    second = client.post(reverse("campaigns:new_own", args=(row.pk,)), part | {"seen_version": str(row.version)})

    assert "“全部隐患” 2 的其中一部分" in preview.content.decode()
    assert preview.context["preview"]["said"].doubt == ""
    assert "可能比它多" in wider["said"].doubt
    assert (first.status_code, second.status_code) == (303, 303)
    kept = ClauseFigure.objects.get(own__part_of=str(whole.pk))
    assert f'{reverse("campaigns:indicator", args=(row.pk, whole.key))}">全部隐患</a>' in _page(
        client, "indicator", row.pk, kept.key
    )
    assert "其中项" in _page(client, "indicator", row.pk, whole.key)
    assert "“全部隐患”的其中：" in _page(client, "indicators", row.pk)
    assert f'<option value="{whole.pk}" selected>' in _page(client, "change_own", row.pk, kept.key)


def test_given_the_same_form_twice_when_sent_then_it_is_kept_once(run: CampaignStage, enter: Visit) -> None:
    row = run.issued()
    said = {**OVERDUE, "clause": str(row.clauses.in_text()[0].pk), "seen_version": str(row.version)}
    client = enter("office")

    answers = [client.post(reverse("campaigns:new_own", args=(row.pk,)), said) for _ in range(2)]
    row.refresh_from_db()
    answers.append(client.post(reverse("campaigns:new_own", args=(row.pk,)), said | {"seen_version": str(row.version)}))

    assert [one.status_code for one in answers] == [303, 422, 422]
    assert "已经有同样的自定指标" in answers[2].content.decode()
    assert ClauseFigure.objects.filter(own__isnull=False).count() == 1


@pytest.mark.parametrize(
    ("said", "say"),
    [
        ({"kind": "rate"}, "比率要有分母：请选拿什么作整体。"),
        ({"kind": "rate", "whole": "hazards.found_fact"}, "分子和分母要按同一个日期口径，请改成一样。"),
        ({"part": "hazards.repeat", "part_level": "major"}, "这样筛选的数没有逐日记录，说不出过去某一天是多少。"),
        ({"part": "__import__('os')"}, "不在选项里，请重新选择"),
        ({"title": ""}, "请写指标名称。"),
    ],
)
def test_given_a_form_that_cannot_be_counted_when_looked_at_then_a_sentence_says_what_to_do(
    run: CampaignStage, enter: Visit, said: dict[str, str], say: str
) -> None:
    row = run.issued()
    given = {**OVERDUE, "clause": str(row.clauses.in_text()[0].pk), **said}

    answer = enter("office").get(reverse("campaigns:new_own", args=(row.pk,)), given)

    assert answer.status_code == 422
    assert say in answer.content.decode()


@pytest.mark.parametrize("who", ["village_east", "industry", "leader", "superior"])
def test_given_who_may_not_measure_when_asked_then_the_catalogue_opens_and_the_builder_does_not(
    run: CampaignStage, enter: Visit, who: str
) -> None:
    row = run.issued()
    client = enter(who)
    key = services.take_own_figure(
        campaign_id=row.pk,
        seen_version=row.version,
        clause_id=row.clauses.in_text()[0].pk,
        form=overdue_form(),
        actor=run.by("office"),
        now=run.now,
    )

    page = _page(client, "indicators", row.pk)

    assert "自定指标</a>" not in page
    assert "逾期隐患" in page
    for name, args in (("new_own", ()), ("change_own", (key,))):
        for method in (client.get, client.post):
            assert method(reverse(f"campaigns:{name}", args=(row.pk, *args))).status_code == 403
    client.post(reverse("campaigns:drop_own", args=(row.pk, key)), {"why": "不要", "seen_version": "9"})
    assert ClauseFigure.objects.get(key=key).dropped is False


def overdue_form() -> OwnForm:
    """Return the form of an own indicator."""
    offer = next(one for one in queries.offers() if one.name == "hazards.overdue")
    return OwnForm("逾期隐患", "count", choice_of(offer))


def test_given_a_closed_campaign_when_an_own_indicator_is_wanted_then_it_is_refused(
    run: CampaignStage, enter: Visit
) -> None:
    row = run.issued()
    type(row).objects.filter(pk=row.pk).update(state="closing")

    answer = enter("office").get(reverse("campaigns:new_own", args=(row.pk,)))

    assert answer.status_code in {303, 409, 422}


def test_given_every_offer_when_chosen_then_it_is_found_again_and_its_list_shows_what_it_counts(
    run: CampaignStage, stage: Stage
) -> None:
    viewer = run.by("chief")
    place = stats.place_of(viewer, run.town.town.path)

    for one in queries.offers():
        assert offer_of(choice_of(one), queries.offers()) == (one.name, "")
        measure = stats.measures().get(one.name)
        if measure is not None and measure.rows and not measure.by_fact:
            filters = hazard_filters({**measure.rows, "path": run.town.town.path})
            listed = hazards.listing(viewer, filters, today=stage.day).total
            assert listed == stats.figures(place, [one.name], until=stage.day).total(one.name), one.name
    assert hazard_filters({"tab": "valid", "found_from": "2018-01-01"}).found_from == date(2018, 1, 1)


def test_given_a_clause_when_its_page_is_opened_then_it_names_its_own_indicators_and_leads_to_the_builder(
    run: CampaignStage, enter: Visit
) -> None:
    row = run.issued()
    clause = row.clauses.in_text()[0].pk
    who: dict[str, Any] = {"actor": run.by("office"), "now": run.now}
    key = services.take_own_figure(
        campaign_id=row.pk, seen_version=row.version, clause_id=clause, form=overdue_form(), **who
    )

    page = _page(enter("office"), "clause", row.pk, clause)

    assert reverse("campaigns:indicator", args=(row.pk, key)) in page
    assert f"{reverse('campaigns:new_own', args=(row.pk,))}?clause={clause}" in page


def test_given_a_village_trades_source_and_words_when_looked_at_then_the_number_opens_just_those_hazards(
    run: CampaignStage, stage: Stage, enter: Visit
) -> None:
    row = run.issued()
    stage.report(description="配电箱电线老化", source="covert")
    stage.report(description="疏散通道堵塞", source="covert")
    east = run.town.units["东村"].path
    said = {**OVERDUE, "title": "暗访电线隐患", "part": "hazards.counted", "clause": str(row.clauses.in_text()[0].pk)}
    narrowed = said | {"path": east, "source": "covert", "words": "电线", "how": "most", "target": "0"}
    client = enter("office")

    preview = client.get(reverse("campaigns:new_own", args=(row.pk,)), narrowed).context["preview"]

    assert preview["said"].now.text == "1"
    assert "东村，明察暗访，情况里有“电线”" in preview["said"].sides[0].meaning
    listed = client.get(preview["sides"][0]["href"])
    assert listed.context["pager"].total == 1
    assert "来源：明察暗访；情况里有“电线”" in listed.content.decode()
    row.refresh_from_db()
    kept = client.post(reverse("campaigns:new_own", args=(row.pk,)), narrowed | {"seen_version": str(row.version)})
    page = _page(client, "show", row.pk, section="all")
    assert "暗访电线隐患" in page
    assert client.get(kept["Location"]).context["line"].target == "0"
    change = client.get(
        reverse("campaigns:change_own", args=(row.pk, kept["Location"].rstrip("/").rpartition("/")[2]))
    ).context["form"]
    assert {name: change.initial[name] for name in ("path", "source", "words", "how", "target")} == {
        "path": east, "source": "covert", "words": "电线", "how": "most", "target": "0",
    }  # fmt: skip


def test_given_a_rate_above_its_whole_when_kept_then_it_is_doubted_until_somebody_is_sure(
    run: CampaignStage, enter: Visit
) -> None:
    row = run.issued()
    clause = str(row.clauses.in_text()[0].pk)
    said = {**RATE, "part": "hazards.counted", "whole": "hazards.in.closed", "clause": clause}
    client = enter("office")
    new = reverse("campaigns:new_own", args=(row.pk,))

    looked = client.get(new, said)
    assert "“登记隐患”不都在“已销号”里，算出来可能超过 100%" in looked.content.decode()
    row.refresh_from_db()
    refused = client.post(new, said | {"seen_version": str(row.version)})
    assert refused.status_code == 422
    assert "可能超过 100%" in refused.content.decode()
    assert not ClauseFigure.objects.filter(own__isnull=False).exists()
    assert client.post(new, said | {"seen_version": str(row.version), "is_sure": "on"}).status_code == 303
