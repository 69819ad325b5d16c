"""A plan comes in: it is read into clauses with what each is measured by, and nothing is guessed."""

from datetime import date, datetime

import pytest

from bihuan.campaigns import queries, services
from bihuan.campaigns.models import Campaign
from bihuan.campaigns.queries.plan import asking_of
from bihuan.campaigns.rules.catalogue import CATALOGUE, CLAUSES
from bihuan.kernel.calendar import SHANGHAI
from bihuan.kernel.errors import NotAllowed, NotFound, Refusal
from bihuan.trail.models import Event
from tests.campaigns.stage import CampaignStage
from tests.intake.stage import workbook


def test_given_the_plan_of_2017_when_read_then_every_order_is_a_clause_at_its_place(stage: CampaignStage) -> None:
    row = stage.read()

    clauses = queries.draft_clauses(stage.by(), row.pk)
    assert (row.state, row.title) == ("draft", "金城镇集中开展除隐患防事故保安全专项行动工作实施方案")
    assert row.clauses_count == len(clauses) > 70
    assert all(row.paragraphs[one.paragraph][one.start : one.end] == one.text for one in clauses)
    listing = next(one for one in clauses if "挂牌督办" in one.text)
    assert [one.title for one in listing.figures] == ["重大隐患挂牌率", "按时挂牌率"]
    assert not any(one.confirmed for clause in clauses for one in clause.figures)
    offered = [{figure.key for figure in one.figures} for one in clauses]
    catalogued = {clause: {one.key for one in CATALOGUE if clause in one.clauses} for clause in CLAUSES}
    assert dict(zip(CLAUSES, offered, strict=True)) == catalogued  # section 13, figure by figure


def test_given_a_plan_that_names_no_day_when_read_then_none_is_guessed_and_issuing_asks(stage: CampaignStage) -> None:
    row = stage.accepted(stage.read())

    assert (row.starts_on, row.ends_on, row.end_text) == (None, None, "3月底")
    with pytest.raises(Refusal, match="起止日期"):
        services.issue_campaign(
            campaign_id=row.pk,
            seen_version=row.version,
            units=[stage.town.units["东村"].id],
            actor=stage.by("chief"),
            now=stage.now,
        )


def test_given_a_sentence_with_two_days_when_read_then_each_part_has_its_own_day(stage: CampaignStage) -> None:
    row = stage.read_text(
        "某镇专项整治方案\n一、任务\n（一）安监办要建设平台，2026年底前接入率达到80%以上，2027年底前实现全覆盖。\n"
        "某镇人民政府\n2026年1月5日"
    )

    clauses = [one for one in queries.draft_clauses(stage.by(), row.pk) if "底前" in one.text]
    assert [(one.due_on, one.due_implied) for one in clauses] == [
        (date(2026, 12, 31), False),
        (date(2027, 12, 31), False),
    ]


def test_given_a_file_that_cannot_be_read_when_understood_then_the_campaign_says_why(stage: CampaignStage) -> None:
    campaign_id = services.start_campaign(
        name="名单.xlsx", content=workbook([["序号", "企业"]]), actor=stage.by(), now=stage.now
    )

    with pytest.raises(Refusal) as refused:
        services.understand_plan(campaign_id=campaign_id, now=stage.now)

    row = Campaign.objects.get(pk=campaign_id)
    event = Event.objects.get(kind="campaign.not_read")
    assert (row.state, row.say) == ("failed", refused.value.say)
    assert (event.before, event.after, event.reason) == ({"state": "reading"}, {"state": "failed"}, row.say)


def test_given_a_reading_when_understood_again_then_nothing_is_read_twice(stage: CampaignStage) -> None:
    row = stage.read_text()

    services.understand_plan(campaign_id=row.pk, now=stage.now)

    event = Event.objects.get(kind="campaign.read")
    assert row.clauses.count() == row.clauses_count
    assert (event.before, event.after["state"], event.after["clauses"]) == (
        {"state": "reading"},
        "draft",
        row.clauses_count,
    )
    assert event.say.endswith(f"拆出要求 {row.clauses_count} 条，等安监办核对")


@pytest.mark.parametrize("who", ["village_east", "industry", "leader", "superior", "system_admin"])
def test_given_anybody_but_the_office_when_starting_then_it_is_refused_and_a_draft_is_unseen(
    stage: CampaignStage, who: str
) -> None:
    row = stage.read_text()
    events = Event.objects.count()

    with pytest.raises(NotAllowed):
        services.start_from_text(text="一、各村要排查隐患。", actor=stage.by(who), now=stage.now)
    with pytest.raises(NotFound):
        queries.campaign_for(stage.by(who), row.pk)
    assert (Campaign.objects.count(), Event.objects.count()) == (1, events)


def test_given_facts_mended_when_asked_then_the_change_is_in_the_trail(stage: CampaignStage) -> None:
    row = stage.read_text()

    services.mend_facts(
        campaign_id=row.pk,
        seen_version=row.version,
        facts={"title": "冬季安全检查", "doc_number": "示政发〔2017〕9号"},
        actor=stage.by(),
        now=stage.now,
    )

    event = Event.objects.order_by("seq").last()
    assert event is not None
    assert (event.kind, event.after) == (
        "campaign.facts_mended",
        {"title": "冬季安全检查", "doc_number": "示政发〔2017〕9号"},
    )


def test_given_a_plan_without_a_first_day_when_it_was_taken_in_before_breakfast_then_it_counts_from_that_day_here(
    stage: CampaignStage,
) -> None:
    row = stage.read()
    Campaign.objects.filter(pk=row.pk).update(made_at=datetime(2017, 12, 20, 7, 30, tzinfo=SHANGHAI))
    row.refresh_from_db()

    today = stage.now.date()
    asking = asking_of(stage.by(), row, [], on=today, today=today)

    assert asking is not None
    assert asking._since() == date(2017, 12, 20)
