"""The global search finds campaigns, sentences of their plans, bulletins and returns: each by who sees it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bihuan.campaigns import queries
from bihuan.campaigns.models import Bulletin, Campaign, Clause
from bihuan.campaigns.queries import returns, supervision
from bihuan.campaigns.rules.registers import PaperKind
from bihuan.campaigns.services import attach_paper
from bihuan.kernel.actor import Actor
from bihuan.kernel.errors import NotFound
from bihuan.kernel.waiting import Found
from tests.campaigns.returns.stage import ReturnStage, begun, make_return_stage
from tests.campaigns.supervised import TOWN_WIDE, Supervised, make_supervised
from tests.town import make_town

pytestmark = pytest.mark.django_db
INSIDE = {"village_east", "village_west", "industry", "construction", "leader"}
Find = Callable[..., list[Found]]


@pytest.fixture
def run(db: None) -> Supervised:
    """A campaign that was issued to both villages and the departments."""
    return make_supervised()


def _titles(run: Supervised, find: Find, words: str, who: str = "office") -> list[str]:
    return [one.title for one in find(run.by(who), words, now=run.now)]


def _finds(run: Supervised, find: Find, words: str) -> set[str]:
    """Return who of the town finds something."""
    return {who for who in run.town.users if find(run.by(who), words, now=run.now)}


@pytest.mark.parametrize(
    "typed", ["示政发〔2017〕48号", "示政发[2017]48号", "示政发（2017）第48号", "示政发【２０１７】48号"]
)
@pytest.mark.parametrize("stands", ["示政发〔2017〕48号", "示政发[2017] 48号", "示政发（2017）第48号"])
def test_given_a_number_however_it_is_written_when_looked_for_then_its_campaign_is_found(
    typed: str, stands: str, run: Supervised
) -> None:
    Campaign.objects.filter(pk=run.row.pk).update(doc_number=stands)

    assert _titles(run, queries.found_for, typed) == [run.row.title]
    assert _titles(run, queries.found_for, "示政发〔2017〕49号") == []


def test_given_the_number_of_what_a_plan_rests_on_when_looked_for_then_the_campaign_is_found(run: Supervised) -> None:
    row = Campaign.objects.get(pk=run.row.pk)
    Campaign.objects.filter(pk=row.pk).update(basis=[{"title": "关于冬季安全的通知", "number": "苏安电〔2017〕5号"}])
    attach_paper(
        campaign_id=row.pk,
        kind=PaperKind.BASIS,
        title="省电传",
        number="坛安办〔2017〕9号",
        file=run.paper("office"),
        actor=run.by("office"),
        now=run.now,
    )

    for words in ("苏安电[2017]5号", "冬季安全的通知", "坛安办（2017）9号", "省电传"):
        assert _titles(run, queries.found_for, words) == [row.title], words
    assert _titles(run, queries.found_for, "市安办〔2017〕5号") == []


def test_given_a_running_campaign_when_looked_for_then_those_find_it_who_may_read_its_plan(run: Supervised) -> None:
    assert _finds(run, queries.found_for, "冬季安全检查") == TOWN_WIDE | INSIDE
    assert _finds(run, queries.clauses_found_for, "警示教育") == TOWN_WIDE | INSIDE
    other = make_town(code="320413102000", name="邻镇")
    assert queries.found_for(other.actor("chief"), "冬季安全检查", now=run.now) == []
    assert queries.clauses_found_for(other.actor("chief"), "警示教育", now=run.now) == []


def test_given_a_draft_when_its_words_are_looked_for_then_the_office_and_who_signs_find_them(run: Supervised) -> None:
    run.stage.read_text(run.stage.read_text().paragraphs[0] + "\n各村要在1月5日前清理楼道杂物。\n")

    assert _finds(run, queries.clauses_found_for, "清理楼道杂物") == {"chair", "chief", "office"}


def test_given_a_sentence_when_found_then_its_link_opens_the_page_at_it(run: Supervised, settings: Any) -> None:
    settings.BIHUAN_DEMO_DAY = run.now.date().isoformat()
    clause = Clause.objects.get(campaign=run.row, text__contains="警示教育")
    client = run.town.client("village_east")

    page = client.get("/find/", {"q": "警示教育"}).content.decode()
    href = reverse("campaigns:show", args=(run.row.pk,)) + "?section="
    assert href in page

    answer = client.get(page.partition(f'href="{href}')[2].partition("#")[0].join([href, ""])).content.decode()
    assert f'id="{clause.label}"' in answer
    assert "警示教育" in answer


def test_given_bulletins_when_looked_for_then_a_draft_is_the_offices_and_the_groups_and_an_issued_one_its_readers(
    run: Supervised,
) -> None:
    draft = run.circular("东村")
    Bulletin.objects.filter(pk=draft.pk).update(title="关于两项问题的通报")
    found = [_finds(run, queries.bulletins_found_for, "两项问题")]
    run_issued = run.issued("西村")
    Bulletin.objects.filter(pk=run_issued.pk).update(title="关于三项问题的通报")
    found.append(_finds(run, queries.bulletins_found_for, "三项问题"))

    seen = {who for who in run.town.users if _sees(run.by(who), run_issued)}
    assert found == [{"chair", "chief", "office", "group"}, seen]


def _sees(viewer: Actor, one: Bulletin) -> bool:
    try:
        supervision.bulletin_for(viewer, one.campaign_id, one.pk)
    except NotFound:
        return False
    return True


def test_given_returns_when_looked_for_then_each_finds_its_own_and_the_form(db: None) -> None:
    stage: ReturnStage = make_return_stage()
    row = begun(stage)
    title = row.form.title

    def found(who: str, find: Find) -> list[tuple[str, str]]:
        return [(one.title, one.note) for one in find(stage.loop.by(who), title, now=stage.loop.at)]

    own = found("village_east", returns.found_for)
    assert [name.startswith(title) for name, _ in own] == [True]
    assert own == found("office", returns.found_for)
    assert found("village_west", returns.found_for) == []
    assert [name for name, _ in found("office", returns.forms_found_for)] == [title]
    assert found("agency", returns.found_for) == found("agency", returns.forms_found_for) == []


def test_given_one_or_three_campaigns_when_looked_for_then_the_number_of_queries_is_the_same(run: Supervised) -> None:
    finders = (
        queries.found_for,
        queries.clauses_found_for,
        queries.bulletins_found_for,
        returns.found_for,
        returns.forms_found_for,
    )

    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            for find in finders:
                find(run.by("office"), "安全 检查", now=run.now)
        return len(seen)

    run.by("office")
    one = asked()
    for _ in range(2):
        run.stage.issued()
        run.circular()

    assert asked() == one
