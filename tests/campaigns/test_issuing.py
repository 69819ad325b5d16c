"""A campaign is issued, received, extended and closed; each unit hands in its sub-plan and reports its tasks."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from bihuan.campaigns import queries, services
from bihuan.campaigns.models import Campaign, CampaignUnit, Task
from bihuan.campaigns.rules.standing import Standing
from bihuan.desk.queries import waiting
from bihuan.kernel.actor import Actor
from bihuan.kernel.errors import NotAllowed, NotFound, Outdated, Refusal
from bihuan.trail import services as trail
from bihuan.trail.models import Event, Notice
from tests.campaigns.stage import CampaignStage


def receive(stage: CampaignStage, row: Campaign, unit: str, who: str) -> None:
    part = stage.part(row, unit)
    services.receive(campaign_id=row.pk, unit_id=part.pk, seen_version=part.version, actor=stage.by(who), now=stage.now)


def plan(stage: CampaignStage, row: Campaign, unit: str, who: str) -> CampaignUnit:
    if stage.part(row, unit).received_at is None:
        receive(stage, row, unit, who)
    part, actor = stage.part(row, unit), stage.by(who)
    paper = trail.keep_file(
        name="子方案.txt",
        content="东村子方案".encode(),
        kind="document",
        town_id=row.town_id,
        actor=actor,
        now=stage.now,
    )
    services.hand_in_plan(
        campaign_id=row.pk,
        unit_id=part.pk,
        seen_version=part.version,
        facts={"body": "东村安全领导小组", "leader": "村主任"},
        plan=paper.id,
        actor=actor,
        now=stage.now,
    )
    return stage.part(row, unit)


def test_given_an_accepted_plan_when_issued_then_units_are_told_and_what_no_figure_measures_becomes_tasks(
    stage: CampaignStage,
) -> None:
    row = stage.issued()

    parts = list(row.units.order_by("sort_no"))
    assert (row.state, [one.name for one in parts]) == ("issued", ["东村", "西村", "经发办", "建设办", "安监办"])
    assert {one.plan_due_on for one in parts} == {stage.now.date() + timedelta(days=7)}
    tasks = Task.objects.order_by("clause__label", "unit__sort_no").values_list("clause__label", "unit__name", "due_on")
    assert list(tasks) == [
        ("一(一)-1", "东村", date(2017, 12, 31)),
        ("一(一)-1", "西村", date(2017, 12, 31)),
    ]  # the others are shown by listings and by the register of lessons
    assert Notice.objects.filter(post_id=stage.town.posts["village_east"], kind="campaign").count() == 1


def test_given_clauses_that_nobody_looked_at_when_issued_then_it_is_refused(stage: CampaignStage) -> None:
    row = stage.read_text()

    with pytest.raises(Refusal, match="没有核对"):
        services.issue_campaign(
            campaign_id=row.pk,
            seen_version=row.version,
            units=[stage.town.units["东村"].id],
            actor=stage.by("chief"),
            now=stage.now,
        )


def test_given_a_plan_without_an_accepted_order_when_issued_then_it_is_refused_and_says_what_to_do(
    stage: CampaignStage,
) -> None:
    row = stage.read_text()
    row.clauses.update(state="set_aside")

    with pytest.raises(Refusal, match="没有一条认可的要求"):
        services.issue_campaign(
            campaign_id=row.pk,
            seen_version=row.version,
            units=[stage.town.units["东村"].id],
            actor=stage.by("chief"),
            now=stage.now,
        )


def test_given_the_first_receipt_when_signed_then_the_campaign_runs(stage: CampaignStage) -> None:
    row = stage.issued()

    receive(stage, row, "东村", "village_east")

    row.refresh_from_db()
    assert (row.state, stage.part(row, "东村").received_by) == ("running", "village_east")
    with pytest.raises(Refusal, match="已经签收"):
        receive(stage, row, "东村", "village_east")


@pytest.mark.parametrize("who", ["village_west", "industry", "leader", "superior"])
def test_given_another_unit_when_it_signs_then_it_is_refused(stage: CampaignStage, who: str) -> None:
    row = stage.issued()
    events = Event.objects.count()

    with pytest.raises((NotAllowed, NotFound)):
        receive(stage, row, "东村", who)
    assert (stage.part(row, "东村").received_at, Event.objects.count()) == (None, events)


def test_given_the_office_when_it_signs_for_a_village_then_the_trail_says_for_whom(stage: CampaignStage) -> None:
    row = stage.issued()

    receive(stage, row, "东村", "office")

    event = Event.objects.filter(kind="campaign.received").get()
    assert event.acting_for == "东村"


def test_given_a_sub_plan_when_returned_and_handed_in_again_then_it_can_be_accepted(stage: CampaignStage) -> None:
    row = stage.issued()
    part = plan(stage, row, "东村", "village_east")

    def review(*, accepted: bool, note: str = "") -> None:
        now_part = stage.part(row, "东村")
        services.review_plan(
            campaign_id=row.pk,
            unit_id=part.pk,
            seen_version=now_part.version,
            accepted=accepted,
            note=note,
            actor=stage.by(),
            now=stage.now,
        )

    with pytest.raises(Refusal, match="退回的原因"):
        review(accepted=False)
    review(accepted=False, note="没有写企业排查的安排")
    assert (stage.part(row, "东村").plan_state, stage.part(row, "东村").plan_note) == (
        "returned",
        "没有写企业排查的安排",
    )
    with pytest.raises(Refusal, match="没有等着审的"):
        review(accepted=True)
    plan(stage, row, "东村", "village_east")
    review(accepted=True)

    page = queries.plan_of(stage.by(), row.pk, on=stage.now.date(), today=stage.now.date())
    assert (page.units, page.set_up, page.plans) == (5, 1, 1)


def report(stage: CampaignStage, row: Campaign, task: Task, actor: Actor, **more: object) -> None:
    said: dict[str, object] = {"state": "under_way", "percent": 40, "note": "查了一半"} | more
    services.report_task(
        campaign_id=row.pk, task_id=task.pk, seen_version=task.version, actor=actor, now=stage.now, **said
    )  # type: ignore[arg-type] # -- the table of a test


def done(stage: CampaignStage, row: Campaign, task: Task, actor: Actor, note: str = "做完了") -> None:
    proof = trail.keep_file(
        name="清单.txt", content=b"1", kind="document", town_id=row.town_id, actor=actor, now=stage.now
    )
    report(stage, row, task, actor, state="done", percent=None, note=note, files=[proof.id])


def test_given_a_task_when_reported_done_without_evidence_then_it_is_refused_and_with_it_counts(
    stage: CampaignStage,
) -> None:
    row = stage.issued()
    task = Task.objects.get(unit=stage.part(row, "东村"), clause__label="一(一)-1")
    actor = stage.by("village_east")

    with pytest.raises(Refusal, match="佐证"):
        report(stage, row, task, actor, state="done", percent=100, note="20 家都查过，清单已建")
    report(stage, row, task, actor)
    task.refresh_from_db()
    done(stage, row, task, actor, note="20 家都查过")

    task.refresh_from_db()
    assert (task.state, task.percent, task.done_at) == ("done", 100, stage.now)
    lines = queries.tasks_of(actor, row.pk, today=stage.now.date()).lines
    assert [(one.unit_name, one.state) for one in lines] == [("东村", "done")]


def test_given_a_day_in_the_past_when_the_plan_is_looked_at_then_it_stands_as_it_was_then(stage: CampaignStage) -> None:
    row = stage.issued()
    clause = stage.clause(row, "完成企业排查")
    late = date(2018, 1, 5)
    stage.now += timedelta(days=16)
    for unit, who in (("东村", "village_east"), ("西村", "village_west")):
        task = Task.objects.get(unit=stage.part(row, unit), clause__label="一(一)-1")
        done(stage, row, task, stage.by(who))

    def standing(on: date) -> Standing:
        page = queries.plan_of(stage.by(), row.pk, on=on, today=late, section=queries.WHOLE)
        return next(one.standing for one in page.clauses if one.id == clause.pk)

    assert (standing(date(2017, 12, 25)), standing(date(2018, 1, 4)), standing(late)) == (
        Standing.UNDER_WAY,
        Standing.BEHIND,
        Standing.REPORTED,  # the villages say so; no figure does
    )


def test_given_two_reports_on_one_page_when_both_are_sent_then_one_wins(stage: CampaignStage) -> None:
    row = stage.issued()
    task = Task.objects.get(unit=stage.part(row, "东村"), clause__label="一(一)-1")
    report(stage, row, task, stage.by("village_east"))

    with pytest.raises(Outdated):
        report(stage, row, task, stage.by("office"), percent=60)

    assert task.reports.count() == 1


def test_given_an_extension_when_it_has_no_document_then_it_is_refused_and_with_one_the_dates_move(
    stage: CampaignStage,
) -> None:
    row = stage.issued()
    services.assign_tasks(
        campaign_id=row.pk,
        title="张贴公告",
        units=[stage.part(row, "东村").pk],
        due_on=date(2018, 1, 31),
        actor=stage.by(),
        now=stage.now,
    )

    def extend(number: str) -> None:
        services.extend_campaign(
            campaign_id=row.pk,
            seen_version=row.version,
            ends_on=date(2018, 3, 31),
            doc_number=number,
            reason="上级统一延期",
            actor=stage.by("chief"),
            now=stage.now,
        )

    with pytest.raises(Refusal, match="文号"):
        extend(" ")
    extend("苏安电〔2018〕1号")

    row.refresh_from_db()
    moved = Task.objects.get(title="张贴公告")
    assert (row.state, row.first_ends_on, row.ends_on) == ("extended", date(2018, 1, 31), date(2018, 3, 31))
    assert (moved.first_due_on, moved.due_on) == (date(2018, 1, 31), date(2018, 3, 31))
    event = Event.objects.get(kind="campaign.extended")
    assert (event.before, event.reason) == ({"ends_on": "2018-01-31"}, "上级统一延期")


def test_given_a_village_when_it_opens_the_plan_then_its_figures_are_its_own_only(stage: CampaignStage) -> None:
    row = stage.issued()
    today = stage.now.date()

    page = queries.plan_of(stage.by("village_east"), row.pk, on=today, today=today)
    whole = queries.plan_of(stage.by(), row.pk, on=today, today=today)

    assert [one.name for one in page.places] == ["东村"]
    assert [one.name for one in whole.places] == ["全镇", "东村", "西村", "经发办", "建设办"]
    with pytest.raises(NotFound):
        queries.plan_of(stage.by("village_east"), row.pk, on=today, today=today, of="all")
    assert [one.name for one in queries.units_of_campaign(stage.by("village_east"), row.pk, today=today)] == ["东村"]


def test_given_a_closing_campaign_when_anything_is_recorded_then_it_is_refused(stage: CampaignStage) -> None:
    row = stage.issued()
    receive(stage, row, "东村", "village_east")
    row.refresh_from_db()
    services.close_campaign(
        campaign_id=row.pk, seen_version=row.version, summary="查了 40 家", actor=stage.by("chief"), now=stage.now
    )

    with pytest.raises(Refusal, match="收尾中"):
        receive(stage, row, "西村", "village_west")


def test_given_a_village_when_it_opens_the_plan_then_only_its_own_tasks_are_counted(stage: CampaignStage) -> None:
    row = stage.issued()
    clause, today = stage.clause(row, "完成企业排查"), stage.now.date()
    task = Task.objects.get(unit=stage.part(row, "西村"), clause=clause)
    done(stage, row, task, stage.by("village_west"))

    def tasks(who: str, of: str = "") -> tuple[int, int]:
        page = queries.plan_of(stage.by(who), row.pk, on=today, today=today, of=of, section=queries.WHOLE)
        found = next(one.tasks for one in page.clauses if one.id == clause.pk)
        return found.total, found.done

    assert (tasks("office"), tasks("village_east"), tasks("village_west")) == ((2, 1), (1, 0), (1, 1))
    assert tasks("office", str(stage.part(row, "东村").pk)) == (1, 0)


def test_given_a_village_when_it_opens_the_plan_then_it_is_not_told_how_far_the_others_are(
    stage: CampaignStage,
) -> None:
    row, today = stage.issued(), stage.now.date()

    page = queries.plan_of(stage.by("village_east"), row.pk, on=today, today=today)
    lines = queries.campaigns_for(stage.by("village_east")).lines

    assert (page.units, page.set_up, page.plans) == (0, 0, 0)
    assert [(one.units, one.plans) for one in lines] == [(0, 0)]
    assert [one.units for one in queries.campaigns_for(stage.by("chief")).lines] == [5]


def test_given_a_unit_that_has_not_signed_when_it_reports_its_body_then_it_is_told_to_sign_first(
    stage: CampaignStage,
) -> None:
    row = stage.issued()
    part, actor = stage.part(row, "东村"), stage.by("village_east")
    said: dict[str, Any] = {"campaign_id": row.pk, "unit_id": part.pk, "actor": actor, "now": stage.now}

    with pytest.raises(Refusal, match="先签收"):
        services.hand_in_plan(seen_version=1, facts={"body": "东村小组", "leader": "村主任"}, **said)
    receive(stage, row, "东村", "village_east")
    services.hand_in_plan(seen_version=2, facts={"body": "东村小组", "leader": "村主任"}, **said)

    assert stage.part(row, "东村").body == "东村小组"


def test_given_nothing_new_when_handed_in_then_it_is_refused_in_a_sentence_and_nothing_is_written(
    stage: CampaignStage,
) -> None:
    row = stage.issued()
    receive(stage, row, "东村", "village_east")
    said: dict[str, Any] = {"campaign_id": row.pk, "unit_id": stage.part(row, "东村").pk, "now": stage.now}

    for facts in ({"body": "", "leader": "", "contact": ""}, {}, {"body": " "}):
        with pytest.raises(Refusal, match="没有要报的") as refused:
            services.hand_in_plan(seen_version=2, facts=facts, actor=stage.by("village_east"), **said)
        assert refused.value.field == "body"

    assert stage.part(row, "东村").version == 2


def test_given_a_campaign_to_sign_for_when_a_village_opens_its_desk_then_it_stands_above_what_is_due_today(
    stage: CampaignStage, settings: Any
) -> None:
    row = stage.issued()
    services.assign_tasks(
        campaign_id=row.pk,
        title="今天报名单",
        units=[stage.part(row, "东村").pk],
        due_on=stage.now.date(),
        actor=stage.by(),
        now=stage.now,
    )

    desk = waiting(stage.by("village_east"), now=stage.now)

    assert (desk.rows[0].what, desk.rows[0].verb) == ("campaign.receive", "签收")
    assert "12月27日前报子方案" in desk.rows[0].reason
    assert desk.rows[0] not in desk.standing
    assert [one.title for one in desk.rows].index("今天报名单") == 1

    settings.BIHUAN_DEMO_DAY = stage.now.date().isoformat()
    village, address = stage.town.client("village_east"), reverse("campaigns:show", args=(row.pk,))
    sign = reverse("campaigns:receive", args=(row.pk, stage.part(row, "东村").pk))
    assert f'action="{sign}"' in village.get(address).content.decode()
    assert village.post(sign, {"seen_version": 1}).status_code == 303
    assert f'action="{sign}"' not in village.get(address).content.decode()
