"""The page of one clause: its neighbours in the text, what to measure it by, with and without JavaScript."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bihuan.campaigns.models import Campaign, ClauseFigure
from bihuan.campaigns.rules.catalogue import CATALOGUE
from tests.campaigns.stage import CampaignStage, make_campaign_stage

LISTING = ["majors.listed", "majors.listed_in_time"]
CHOSEN = 'class="chosen-f"'
LONG = "一、工作任务\n" + "\n".join(f"（{n}）各村要在12月31日前完成第{n}批企业排查，建立隐患清单。" for n in range(40))


@pytest.fixture
def stage(db: None, settings: Any) -> CampaignStage:
    """A town; the doors' clock stands on the day of the plan."""
    made = make_campaign_stage()
    settings.BIHUAN_DEMO_DAY = made.now.date().isoformat()
    return made


def _asked(stage: CampaignStage, words: str = "挂牌督办") -> tuple[Client, Campaign, str, str]:
    """Return the office, its plan, and the addresses of a clause and of what it is measured by."""
    row = stage.read_text()
    args = (row.pk, stage.clause(row, words).pk)
    client = stage.town.client("office")
    return client, row, reverse("campaigns:clause", args=args), reverse("campaigns:figures", args=args)


def _kept(row: Campaign) -> list[str]:
    found = ClauseFigure.objects.filter(campaign=row, clause__text__contains="挂牌督办", dropped=False)
    return sorted(found.values_list("key", flat=True))


def test_given_a_clause_when_opened_then_what_its_words_call_for_stands_first_and_the_rest_is_folded_by_room(
    stage: CampaignStage,
) -> None:
    client, _, page, _ = _asked(stage)

    shown = client.get(page).content.decode()

    first, _, rest = shown.partition("</fieldset>")[0].partition(CHOSEN)
    assert sorted(re.findall(r'name="key" value="([^"]+)" checked', first)) == sorted(LISTING)
    assert "原文写有“挂牌督办”" in first
    assert " checked>" not in rest
    assert len(re.findall(r'name="key"', shown)) == len(CATALOGUE)
    assert "<details open" not in rest
    assert re.search(r"<summary>隐患 <span[^>]*>\d+ 个，有数 \d+</span>", rest)


def test_given_a_clause_when_opened_then_its_neighbours_in_the_text_stand_beside_it(stage: CampaignStage) -> None:
    client, _, page, _ = _asked(stage)

    shown = client.get(page).content.decode()

    beside = shown.partition('class="card around"')[2].partition("</section>")[0]
    assert "各村要在12月31日前完成企业排查" in beside
    assert '<mark>经发办要对重大事故隐患一律实施挂牌督办，</mark><span class="mu">切实加强宣传教育。' in beside
    assert "各有关部门要开展一次安全生产警示教育" in beside
    assert ">上一条</a>" in shown
    assert ">下一条</a>" in shown


def test_given_no_scripts_when_searched_then_the_hits_are_open_the_ticks_stay_and_nothing_is_written(
    stage: CampaignStage,
) -> None:
    client, row, _, address = _asked(stage)
    kept = _kept(row)

    answer = client.post(address, {"key": ["tasks.done"], "q": "逾期", "find": "1", "seen_version": row.version})

    shown = answer.content.decode()
    first, _, rest = shown.partition("</fieldset>")[0].partition(CHOSEN)
    assert answer.status_code == 200
    assert re.findall(r'name="key" value="([^"]+)" checked', shown) == ["tasks.done"]
    assert 'value="tasks.done" checked' in first
    hits = re.findall(r'name="key" value="([^"]+)"', rest)
    assert "hazards.overdue" in hits
    assert len(hits) < 10
    assert rest.count("<details open") == rest.count("<details")
    assert _kept(row) == kept


def test_given_a_reason_beside_ticks_when_kept_then_the_page_says_so_and_loses_nothing(stage: CampaignStage) -> None:
    client, row, _, address = _asked(stage)
    kept = _kept(row)

    answer = client.post(address, {"key": ["majors.listed"], "not_by_data": "看态度", "seen_version": row.version})

    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "两者请留一个" in shown
    assert re.findall(r'name="key" value="([^"]+)" checked', shown) == ["majors.listed"]
    assert 'value="看态度"' in shown
    assert _kept(row) == kept


def test_given_far_days_when_kept_then_the_page_asks_and_takes_them_when_sure(stage: CampaignStage) -> None:
    client, row, page, _ = _asked(stage)
    facts = reverse("campaigns:facts", args=[row.pk])
    long = {"title": row.title, "starts_on": "2017-12-20", "ends_on": "2027-12-31", "seen_version": row.version}
    far = {"kind": "order", "parties": "各村", "due_on": "2030-01-01", "seen_version": row.version}

    assert 'name="is_sure"' not in client.get(page).content.decode()
    for address, said in ((facts, long), (page, far)):
        doubted = client.post(address, said)
        assert doubted.status_code == 422
        assert 'name="is_sure"' in doubted.content.decode()
    assert client.post(page, {**far, "is_sure": "on"}).status_code == 303
    row.refresh_from_db()
    assert client.post(facts, {**long, "seen_version": row.version, "is_sure": "on"}).status_code == 303


@pytest.mark.parametrize("text", ["一、工作任务\n（一）各村要完成企业排查。", LONG])
def test_given_more_clauses_when_one_is_opened_then_it_takes_no_more_queries(
    stage: CampaignStage, text: str, django_assert_max_num_queries: Any
) -> None:
    row = stage.read_text(text)
    client = stage.town.client("office")
    clause = row.clauses.in_text().first()
    assert clause is not None
    page = reverse("campaigns:clause", args=(row.pk, clause.pk))
    client.get(page)  # the counts of the frame are kept for a while

    with django_assert_max_num_queries(13):
        client.get(page)
