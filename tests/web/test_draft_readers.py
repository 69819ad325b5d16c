"""Who signs a plan reads the draft first: its check page, clauses, outline and what issuing would make; writing stays
with the safety office (R9.1a)."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bihuan.campaigns import queries
from bihuan.campaigns.models import Campaign
from bihuan.desk.queries import waiting
from bihuan.trail.models import Event
from tests.campaigns.stage import CampaignStage, make_campaign_stage
from tests.web.addresses import TAKEN, addresses

WRITING = 'method="post" action="/campaigns/'


@pytest.fixture
def stage(db: None, settings: Any) -> CampaignStage:
    """A town; the doors' clock stands on the day of the plan."""
    made = make_campaign_stage()
    settings.BIHUAN_DEMO_DAY = made.now.date().isoformat()
    return made


def _pages(stage: CampaignStage, row: Campaign) -> dict[str, str]:
    """Return the addresses of a draft's pages."""
    args = (row.pk,)
    found = {name: reverse(f"campaigns:{name}", args=args) for name in ("check", "outline", "issue")}
    return found | {"clause": reverse("campaigns:clause", args=(row.pk, stage.clause(row, "警示教育").pk))}


def _statuses(client: Client, pages: dict[str, str]) -> dict[str, int]:
    return {name: client.get(address).status_code for name, address in pages.items()}


def test_given_a_draft_to_sign_when_the_chair_opens_its_pages_then_all_are_read_and_none_offers_to_write(
    stage: CampaignStage,
) -> None:
    row = stage.accepted(stage.read_text())
    chair, pages = stage.town.client("chair"), _pages(stage, row)

    shown = {name: chair.get(address) for name, address in pages.items()}

    assert {name: one.status_code for name, one in shown.items()} == dict.fromkeys(pages, 200)
    check, outline, clause = (shown[name].content.decode() for name in ("check", "outline", "clause"))
    assert "挂牌督办" in check
    assert "警示教育" in clause
    for page in (check, outline, clause):
        assert WRITING not in page
        assert "记下" not in page
    assert pages["issue"] in check
    assert chair.get(reverse("campaigns:show", args=(row.pk,))).headers["Location"] == pages["check"]


@pytest.mark.parametrize("who", ["chair", "leader"])
def test_given_a_reader_of_a_draft_when_it_presses_what_is_the_offices_then_it_is_refused_and_nothing_is_written(
    stage: CampaignStage, who: str
) -> None:
    row = stage.accepted(stage.read_text())
    clause = stage.clause(row, "警示教育")
    client, events = stage.town.client(who), Event.objects.count()
    said = {"seen_version": row.version, "clause": clause.pk, "all": "1", "key": "majors.listed"}

    for name in ("facts", "accept", "aside", "join", "add", "settle", "outline", "drop"):
        answer = client.post(reverse(f"campaigns:{name}", args=(row.pk,)), said, headers={"HX-Request": "true"})
        assert answer.status_code in {403, 422}, name
    for name in ("clause", "split", "figures"):
        answer = client.post(reverse(f"campaigns:{name}", args=(row.pk, clause.pk)), said)
        assert answer.status_code in {303, 403, 422}, name

    row.refresh_from_db()
    assert (row.state, row.version, Event.objects.count()) == ("draft", said["seen_version"], events)


def test_given_a_draft_when_it_is_not_checked_yet_then_the_leaders_wait_and_who_signs_may_look(
    stage: CampaignStage,
) -> None:
    row = stage.read_text()
    pages = _pages(stage, row)

    before = {who: set(_statuses(stage.town.client(who), pages).values()) for who in ("chair", "leader")}
    stage.accepted(row)

    assert before == {"chair": {200}, "leader": {404}}
    assert set(_statuses(stage.town.client("leader"), pages).values()) == {200}
    for who in ("village_east", "industry", "superior", "group", "inspector", "system_admin"):
        assert set(_statuses(stage.town.client(who), pages).values()) == {404}, who


def test_given_a_checked_draft_when_who_may_sign_opens_the_desk_then_what_waits_leads_to_the_page_and_on_to_the_text(
    stage: CampaignStage,
) -> None:
    row = stage.accepted(stage.read_text())
    chair = stage.town.client("chair")

    (waits,) = (one for one in waiting(stage.by("chair"), now=stage.now).rows if one.what == "campaign.issue")
    page = chair.get(reverse(waits.url_name, args=waits.url_args))

    assert page.status_code == 200
    assert reverse("campaigns:check", args=(row.pk,)) in page.content.decode()
    assert "待签发" in chair.get(reverse("campaigns:list")).content.decode()
    stage.issued(stage.read_text())
    assert chair.get(reverse("campaigns:list")).content.decode().count("待签发") == 1


def test_given_an_issued_plan_when_the_chair_asks_for_the_check_page_then_it_is_the_offices(
    stage: CampaignStage,
) -> None:
    row = stage.issued()
    chair = stage.town.client("chair")

    assert chair.get(reverse("campaigns:check", args=(row.pk,))).status_code == 403
    assert queries.campaign_for(stage.by("chair"), row.pk).state == "issued"


@pytest.mark.one_database
@pytest.mark.parametrize("who", ["chair", "leader", "village_east", "superior"])
def test_given_a_plan_that_waits_for_its_signature_when_any_address_of_it_is_asked_then_only_its_readers_see_it(
    who: str, stage: CampaignStage
) -> None:
    row = stage.accepted(stage.read_text())
    filled = {"campaign_id": str(row.pk), "clause_id": str(stage.clause(row, "警示教育").pk)}
    client, reads, seen = stage.town.client(who), who in {"chair", "leader"}, row.version
    wrong, read = [], set()

    for address in (one for one in addresses() if "campaign_id" in one.ids):
        for method in ("GET", "POST"):
            answer: Any = client.generic(method, address.filled(filled))
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            shown = answer.status_code not in {403, 404, 405} or "冬季安全检查".encode() in body
            read |= {address.name} if shown and method == "GET" else set()
            if answer.status_code not in TAKEN or (shown and not reads):
                wrong.append(f"{method} {address}: {answer.status_code}")

    row.refresh_from_db()
    assert not wrong, "\n".join(wrong)
    assert (row.state, row.version, row.units.count()) == ("draft", seen, 0)
    assert not reads or {f"campaigns:{name}" for name in ("check", "clause", "outline", "issue", "original")} <= read
