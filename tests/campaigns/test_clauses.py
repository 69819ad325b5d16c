"""What a person makes of the clauses that were read."""

import pytest

from bihuan.campaigns import queries, services
from bihuan.campaigns.rules.own import Choice, OwnForm
from bihuan.kernel.errors import NotAllowed, NotFound, Outdated, Refusal
from bihuan.trail.models import Event
from tests.campaigns.stage import CampaignStage


def test_given_a_clause_when_split_and_joined_again_then_the_text_is_whole_and_both_are_told(
    stage: CampaignStage,
) -> None:
    row = stage.read_text()
    clause = stage.clause(row, "完成企业排查")

    parts = services.split_clause(
        campaign_id=row.pk, seen_version=row.version, clause_id=clause.pk, cuts=[17], actor=stage.by(), now=stage.now
    )
    split = list(row.clauses.in_text().filter(pk__in=parts))
    row.refresh_from_db()
    whole = services.join_clauses(
        campaign_id=row.pk, seen_version=row.version, clauses=parts, actor=stage.by(), now=stage.now
    )

    assert [one.label for one in split] == ["一(一)-1a", "一(一)-1b"]
    assert "".join(one.text for one in split) == clause.text
    assert [one.due_implied for one in split] == [False, True]
    joined = row.clauses.get(pk=whole)
    assert (joined.text, joined.parties, joined.due_on) == (clause.text, clause.parties, clause.due_on)
    kinds = list(Event.objects.order_by("seq").values_list("kind", flat=True))
    assert kinds[-2:] == ["campaign.clause_split", "campaign.clauses_joined"]


def test_given_clauses_of_two_paragraphs_when_joined_then_it_is_refused(stage: CampaignStage) -> None:
    row = stage.read_text()
    apart = [stage.clause(row, "完成企业排查").pk, stage.clause(row, "警示教育").pk]

    with pytest.raises(Refusal, match="不在同一段"):
        services.join_clauses(
            campaign_id=row.pk, seen_version=row.version, clauses=apart, actor=stage.by(), now=stage.now
        )


def test_given_a_party_mended_when_it_names_a_unit_then_the_unit_is_meant_and_no_longer_implied(
    stage: CampaignStage,
) -> None:
    row = stage.read_text()
    clause = stage.clause(row, "宣传教育")

    services.mend_clause(
        campaign_id=row.pk,
        seen_version=row.version,
        clause_id=clause.pk,
        facts={"parties": ["建设办", "供电所"], "deliverable": "宣传记录"},
        actor=stage.by(),
        now=stage.now,
    )

    line = next(one for one in queries.draft_clauses(stage.by(), row.pk) if one.id == clause.pk)
    assert (line.state, line.parties_implied, line.units, line.unknown) == ("accepted", False, ["建设办"], ("供电所",))
    assert line.deliverable == "宣传记录"


def test_given_an_old_page_when_accepting_then_it_is_refused_and_nothing_is_written(stage: CampaignStage) -> None:
    row = stage.read_text()
    stage.accepted(row)
    events = Event.objects.count()

    with pytest.raises(Outdated):
        services.set_aside(
            campaign_id=row.pk,
            seen_version=row.version - 1,
            clause_id=stage.clause(row, "警示教育").pk,
            actor=stage.by(),
            now=stage.now,
        )

    assert (row.clauses.filter(state="set_aside").count(), Event.objects.count()) == (0, events)


def test_given_a_passage_that_the_reading_missed_when_added_then_it_is_a_clause_of_its_section(
    stage: CampaignStage,
) -> None:
    row = stage.read_text()
    number = next(n for n, text in enumerate(row.paragraphs) if text.startswith("为加强冬季安全"))

    made = services.add_clause(
        campaign_id=row.pk, seen_version=row.version, paragraph=number, start=0, end=8, actor=stage.by(), now=stage.now
    )

    clause = row.clauses.get(pk=made)
    assert (clause.text, clause.source) == ("为加强冬季安全，", "by_hand")
    row.refresh_from_db()
    with pytest.raises(Refusal, match="已经在"):
        services.add_clause(
            campaign_id=row.pk,
            seen_version=row.version,
            paragraph=number,
            start=2,
            end=8,
            actor=stage.by(),
            now=stage.now,
        )


def test_given_a_clause_when_its_figures_are_chosen_then_only_those_are_confirmed(stage: CampaignStage) -> None:
    row = stage.read_text()
    clause = stage.clause(row, "挂牌督办")

    services.confirm_figures(
        campaign_id=row.pk,
        seen_version=row.version,
        clause_id=clause.pk,
        keys=["majors.listed"],
        actor=stage.by(),
        now=stage.now,
    )

    line = next(one for one in queries.draft_clauses(stage.by(), row.pk) if one.id == clause.pk)
    assert [(one.key, one.confirmed) for one in line.figures] == [("majors.listed", True)]
    row.refresh_from_db()
    with pytest.raises(NotFound):
        services.confirm_figures(
            campaign_id=row.pk,
            seen_version=row.version,
            clause_id=clause.pk,
            keys=["no.such"],
            actor=stage.by(),
            now=stage.now,
        )


def test_given_an_own_indicator_when_taken_then_the_plan_page_counts_by_it(stage: CampaignStage) -> None:
    row = stage.read_text()
    clause = stage.clause(row, "完成企业排查")
    form = OwnForm("在册企业", "count", Choice("enterprises"), unit="家")

    key = services.take_own_figure(
        campaign_id=row.pk,
        seen_version=row.version,
        clause_id=clause.pk,
        form=form,
        actor=stage.by(),
        now=stage.now,
    )

    today = stage.now.date()
    page = queries.plan_of(stage.by(), row.pk, on=today, today=today, section=queries.WHOLE)
    figures = next(one.figures for one in page.clauses if one.id == clause.pk)
    assert [(one.key, one.title, one.text) for one in figures] == [(key, "在册企业", "0")]


@pytest.mark.parametrize("who", ["village_east", "leader", "industry"])
def test_given_a_unit_when_it_wants_to_mend_the_plan_then_it_is_refused(stage: CampaignStage, who: str) -> None:
    row = stage.issued()

    with pytest.raises(NotAllowed):
        services.confirm_figures(
            campaign_id=row.pk,
            seen_version=row.version,
            clause_id=stage.clause(row, "挂牌督办").pk,
            keys=[],
            actor=stage.by(who),
            now=stage.now,
        )


def test_given_a_clause_that_was_set_aside_when_touched_then_no_passage_is_in_two_and_the_count_stays(
    stage: CampaignStage,
) -> None:
    row = stage.read_text()
    first, second = (stage.clause(row, words).pk for words in ("挂牌督办", "宣传教育"))

    def do(act: object, **said: object) -> None:
        row.refresh_from_db()
        act(campaign_id=row.pk, seen_version=row.version, actor=stage.by(), now=stage.now, **said)  # type: ignore[operator] # -- the table of a test

    do(services.split_clause, clause_id=first, cuts=[4, 10])
    parts = list(row.clauses.in_text().filter(parent_id=first).values_list("pk", flat=True))
    do(services.set_aside, clause_id=parts[1])
    refused = {
        services.mend_clause: {"clause_id": parts[1], "facts": {"gist": "x"}},
        services.split_clause: {"clause_id": parts[1], "cuts": [2]},
        services.join_clauses: {"clauses": [parts[0], parts[2]]},
    }
    for act, said in refused.items():
        with pytest.raises(Refusal):
            do(act, **said)

    row.refresh_from_db()
    assert row.clauses_count == row.clauses.in_text().count()
    assert stage.clause(row, "宣传教育").pk == second
