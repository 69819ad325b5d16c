"""The campaign's own figures: numerator and denominator from a built history, on two days, by unit, and row by row."""

from datetime import date
from typing import Final

import pytest

from bihuan.campaigns import queries, services
from bihuan.campaigns.measures import RUNNING
from bihuan.campaigns.models import LedFirm
from bihuan.campaigns.queries.figures import NAMES
from bihuan.campaigns.rules.catalogue import BY_KEY, CATALOGUE
from bihuan.campaigns.rules.registers import Chair, RecordKind
from bihuan.campaigns.rules.supervision.figures import BY_NAME
from bihuan.campaigns.rules.terms import Where
from bihuan.kernel.actor import PLATFORM
from bihuan.kernel.errors import NotFound
from bihuan.kernel.indicators import Question
from bihuan.orgs import services as orgs
from bihuan.orgs.rules import PostKind
from bihuan.stats import queries as stats
from tests.campaigns.running import Running, at, day, live
from tests.campaigns.stage import CampaignStage, make_campaign_stage

pytestmark = pytest.mark.django_db
SINCE, UNTIL = day(12, 20), day(3, 31)
Pair = tuple[int | None, int | None]

# key: (numerator, denominator) on the last day of 2017, and on 5 February 2018, as `tests.campaigns.running` plays.
EXPECTED: Final[dict[str, tuple[Pair, Pair]]] = {
    "campaign.days_active": ((6, 12), (9, 48)),
    "campaign.basis": ((1, None), (1, None)),
    "study.units": ((1, 5), (1, 5)),
    "awareness.trained": ((2, 7), (4, 7)),
    "tasks.on_time": ((1, 2), (1, 2)),
    "principals.chaired": ((1, 5), (0, 5)),  # of the month
    "principals.led_enough": ((1, 1), (0, 1)),  # nothing in January
    "principals.led_visits": (
        (2, 4),
        (3, 7),
    ),  # December has the eve of New Year; of February, which runs, what is done
    "problems.on_time": ((1, 1), (1, 2)),
    "group.posts": ((0, 0), (1, 2)),
    "units.with_body": ((2, 5), (2, 5)),
    "units.with_leader": ((2, 5), (2, 5)),
    "units.leader_acted": ((0, 2), (1, 2)),
    "plans.accepted": ((2, 5), (2, 5)),
    "plans.on_time": ((1, 2), (1, 2)),
    "tasks.done": ((1, 3), (2, 3)),
    "tasks.helped": ((0, 1), (1, 1)),
    "extension.document": ((0, 0), (1, 1)),
    "extension.records": ((0, 0), (2, 11)),
    "scheduling.weeks": ((1, 3), (1, 18)),
    "issues.on_time": ((1, 2), (1, 3)),
}
FIRST, LAST = day(12, 31), day(2, 5)
PLAN = """关于开展冬季安全检查的通知
各村、各有关部门：
现将有关事项通知如下。检查自2017年12月20日起至2018年1月31日止。
一、工作要求
（一）各村、各有关部门要结合实际制定具体实施方案。
示范镇人民政府
2017年12月20日
"""


@pytest.fixture
def stage() -> CampaignStage:
    return make_campaign_stage()


def _values(run: Running, on: date, *, path: str = "", today: date | None = None) -> dict[str, queries.Value]:
    where = Where(path or run.stage.town.town.path)
    values = queries.indicator_values(
        PLATFORM, list(EXPECTED), where, since=SINCE, until=UNTIL, on=on, today=today, campaign_id=run.row.pk
    )
    return {one.indicator.key: one for one in values}


def _pairs(run: Running, on: date, *, path: str = "") -> dict[str, Pair]:
    return {key: (one.numerator, one.denominator) for key, one in _values(run, on, path=path).items()}


def test_given_the_catalogue_when_a_figure_is_the_campaigns_own_then_it_is_expected_here() -> None:
    own = {one.name for one in RUNNING}

    assert {one.key for one in CATALOGUE if one.names() and one.names() <= own} == set(EXPECTED)
    assert own == set(NAMES)


def test_given_a_campaign_when_its_figures_are_asked_then_both_days_are_as_built(stage: CampaignStage) -> None:
    run = live(stage)

    assert _pairs(run, FIRST) == {key: first for key, (first, _) in EXPECTED.items()}
    assert _pairs(run, LAST) == {key: last for key, (_, last) in EXPECTED.items()}


def test_given_units_when_added_up_then_they_are_the_town_for_every_figure_that_adds_up(stage: CampaignStage) -> None:
    run = live(stage)
    alone = {one.name for one in RUNNING if not one.adds_up}
    keys = [key for key in EXPECTED if not BY_KEY[key].names() & alone]
    town = stage.town.town.path
    below = [one.path for one in stage.town.units.values() if one.path.startswith(town) and one.path != town]

    for on in (FIRST, day(1, 10), LAST):
        parts = [_pairs(run, on, path=path) for path in below]
        for key in keys:
            summed = tuple(sum(part[key][place] or 0 for part in parts) for place in (0, 1))
            assert _pairs(run, on)[key] == summed, key
    assert len(keys) == 14


def test_given_any_figure_when_its_address_is_opened_then_the_rows_are_those_counted_on_any_day(
    stage: CampaignStage,
) -> None:
    run = live(stage)
    for on in (FIRST, LAST):
        for one in _values(run, on, today=day(3, 1)).values():
            for rows in (*one.numerator_rows, *one.denominator_rows):
                query = dict(rows.query)
                found = queries.rows_of(
                    PLATFORM,
                    run.row.pk,
                    query["figure"],
                    path=query["path"],
                    since=date.fromisoformat(query["since"]),
                    until=date.fromisoformat(query["until"]),
                )
                assert sum(row.amount for row in found) == rows.amount, query


def test_given_what_is_the_towns_alone_when_a_village_asks_then_it_has_no_figure_and_is_told_why(
    stage: CampaignStage,
) -> None:
    run = live(stage)

    values = _values(run, LAST, path=stage.town.units["东村"].path)

    alone = ("campaign.days_active", "campaign.basis", "group.posts", "extension.document", "principals.led_visits")
    told = {key: (values[key].numerator, values[key].text, values[key].why) for key in alone}
    assert told == dict.fromkeys(alone, (None, "—", "按全镇统计"))
    with pytest.raises(NotFound):
        queries.rows_of(
            run.by("village_east", at(2, 5)), run.row.pk, "campaigns.basis_documents",
            path=stage.town.units["东村"].path, since=SINCE, until=LAST,
        )  # fmt: skip


def test_given_a_department_when_its_own_part_is_asked_then_it_is_counted_and_opens_its_rows(
    stage: CampaignStage,
) -> None:
    run = live(stage)
    who = run.by("industry", at(2, 5))
    part = run.part("经发办")

    view = queries.plan_of(who, run.row.pk, on=LAST, today=LAST, section=queries.WHOLE)

    assert (view.place.key, view.place.where.own) == (str(part), stage.town.units["经发办"].path)
    town = _pairs(run, LAST)
    values = {
        one.indicator.key: one
        for one in queries.indicator_values(
            who, ["units.with_body", "tasks.done", "scheduling.weeks", "group.posts"], view.place.where,
            since=SINCE, until=UNTIL, on=LAST, today=LAST, campaign_id=run.row.pk,
        )
    }  # fmt: skip
    assert values["units.with_body"].denominator == 1
    assert values["scheduling.weeks"].denominator == 6
    assert values["group.posts"].why == "按全镇统计"
    assert values["tasks.done"].denominator is not None
    assert values["tasks.done"].denominator < (town["tasks.done"][1] or 0)
    (rows,) = values["scheduling.weeks"].denominator_rows
    found = queries.rows_of(who, run.row.pk, rows.query["figure"], path=rows.query["path"], since=SINCE, until=LAST)
    assert len(found) == 6


def test_given_more_led_inspections_than_were_due_when_told_then_what_was_done_is_told_whole(
    stage: CampaignStage,
) -> None:
    run = live(stage)
    run.lead("leader", ("东村机械厂", "西村旅馆"), at(2, 3))
    run.lead("leader", ("东村机械厂", "西村旅馆"), at(2, 4))

    def rows(name: str) -> int:
        found = queries.rows_of(PLATFORM, run.row.pk, name, path=stage.town.town.path, since=SINCE, until=LAST)
        return sum(one.amount for one in found)

    counted, made = rows("inspections.led_visits"), rows("inspections.led_visits_made")
    assert made == LedFirm.objects.filter(visit__campaign=run.row).count() == 7
    assert counted < made  # as many as count towards what was due of each leader in each month
    assert BY_NAME["led_visits"].names() == {"inspections.led_visits_made"}


def test_given_a_campaign_that_was_not_extended_when_asked_then_nothing_is_guessed_and_the_next_step_is_told(
    stage: CampaignStage,
) -> None:
    run = live(stage)

    values = _values(run, FIRST)

    for one in (values["extension.document"], values["extension.records"]):
        assert (one.text, one.denominator) == ("—", 0)
        assert "登记延期" in one.why
    assert _values(run, LAST)["extension.document"].text == "是"


def test_given_a_principal_with_two_posts_when_counted_then_one_person_counts_once_and_may_use_either(
    stage: CampaignStage,
) -> None:
    run = live(stage)
    town = stage.town
    names = ("inspections.principals", "inspections.led_visits_due", "inspections.led_visits")

    def told() -> list[int]:
        asked = Question(town.town.path, SINCE, day(1, 31), campaign_id=run.row.pk)
        return [one.amount for name in names if (one := stats.answer(PLATFORM, name, asked)) is not None]

    before = told()
    posts = [orgs.NewPost(town.town.id, "安委会主任", PostKind.PRINCIPAL_LEADER)]
    (second,) = orgs.create_posts(posts=posts, actor=PLATFORM, now=at(12, 20))
    chair = town.users["chair"]
    orgs.hold_post(post_id=second.id, user_id=chair, actor=PLATFORM, now=at(12, 20))

    assert told() == before
    held = stats.lines_behind(PLATFORM, "orgs.leaders", Question(town.town.path, SINCE, day(1, 31)))
    assert sum("安委会主任" in one.title and "、" in one.title for one in held) == 1


def test_given_no_campaign_when_a_figure_of_one_is_asked_then_there_is_none(stage: CampaignStage) -> None:
    where = Where(stage.town.town.path)

    value = queries.indicator_value(PLATFORM, "tasks.done", where, since=SINCE, until=UNTIL, on=LAST)

    assert (value.numerator, value.denominator, value.text) == (None, None, "—")
    assert "专项行动" in value.why


def test_given_two_campaigns_when_one_is_asked_then_the_other_does_not_count(stage: CampaignStage) -> None:
    run = live(stage)
    other = Running(stage, stage.issued(units=("东村",)))

    assert _pairs(other, LAST)["tasks.done"] == (0, 1)
    assert _pairs(other, LAST)["plans.accepted"] == (0, 1)
    assert _pairs(run, LAST)["tasks.done"] == (2, 3)


def test_given_two_linked_campaigns_when_asked_then_records_count_in_each_by_its_own_range(
    stage: CampaignStage,
) -> None:
    run = live(stage)
    other = Running(stage, stage.issued())
    asked = [Question(stage.town.town.path, SINCE, until, campaign_id=other.row.pk) for until in (day(1, 31), LAST)]

    def records() -> list[int]:
        answers = [stats.answer(PLATFORM, "campaigns.records", one) for one in asked]
        return [one.amount for one in answers if one is not None]

    before = records()
    services.link_campaigns(
        campaign_id=other.row.pk,
        seen_version=other.row.version,
        other_id=run.row.pk,
        actor=run.by("office", at(2, 3)),
        now=at(2, 3),
    )

    assert before == [0, 0]
    assert records() == [0, 9]  # linked on 3 February; the two reports of tasks stay the first one's
    assert _pairs(run, LAST)["extension.records"] == (2, 11)


def test_given_a_village_when_it_asks_then_its_own_is_told_and_the_town_is_not(stage: CampaignStage) -> None:
    run = live(stage)
    village = run.by("village_east", at(2, 5))
    asked = {"since": SINCE, "until": UNTIL, "on": LAST, "campaign_id": run.row.pk}
    own, town = Where(stage.town.units["东村"].path), Where(stage.town.town.path)

    value = queries.indicator_value(village, "tasks.done", own, **asked)  # type: ignore[arg-type]

    assert (value.numerator, value.denominator) == (1, 1)
    with pytest.raises(NotFound):
        queries.indicator_value(village, "tasks.done", town, **asked)  # type: ignore[arg-type]
    with pytest.raises(NotFound):
        queries.rows_of(village, run.row.pk, "campaigns.tasks", path=town.path, since=SINCE, until=LAST)


def test_given_a_record_that_was_taken_back_when_asked_then_the_days_between_keep_it(stage: CampaignStage) -> None:
    run = live(stage)
    meeting = services.register_meeting(
        campaign_id=run.row.pk,
        on=day(2, 6),
        facts={"title": "误登", "host": "某人"},
        chair=Chair.OTHER,
        actor=run.by("office", at(2, 6)),
        now=at(2, 6),
    )
    services.take_back(
        campaign_id=run.row.pk,
        kind=RecordKind.MEETING,
        record_id=meeting,
        seen_version=1,
        why="登错了专项行动",
        actor=run.by("office", at(2, 8)),
        now=at(2, 8),
    )

    assert [_pairs(run, day(2, on))["extension.records"][1] for on in (5, 6, 7, 8)] == [11, 12, 12, 11]


def test_given_a_past_day_when_the_plan_page_is_asked_then_plans_and_deadlines_are_those_of_that_day(
    stage: CampaignStage,
) -> None:
    run = live(stage)
    office = run.by("office", at(2, 5))

    then = queries.plan_of(office, run.row.pk, on=day(12, 25), today=LAST, section=queries.WHOLE)
    now = queries.plan_of(office, run.row.pk, on=LAST, today=LAST, section=queries.WHOLE)

    assert [(one.set_up, one.plans) for one in (then, now)] == [(1, 1), (2, 2)]
    assert [sum(line.tasks.late for line in one.clauses) for one in (then, now)] == [0, 0]
    late = queries.plan_of(office, run.row.pk, on=day(1, 1), today=LAST, section=queries.WHOLE)
    assert sum(line.tasks.late for line in late.clauses) == 1


def test_given_units_that_lack_something_when_the_plan_page_is_asked_then_they_are_named_departments_too(
    stage: CampaignStage,
) -> None:
    run = Running(stage, stage.issued(stage.read_text(PLAN)))
    run.set_up("东村", "village_east", at(12, 21))
    run.review("东村", at(12, 22))

    page = queries.plan_of(run.by("office", at(12, 23)), run.row.pk, on=day(12, 23), today=day(12, 23), section="all")
    figures = {one.key: one for line in page.clauses for one in line.figures}

    assert (figures["plans.accepted"].text, figures["plans.accepted"].lacking) == ("20.0%", 4)
    assert [one.name for one in figures["plans.accepted"].shorts] == ["西村", "经发办", "建设办", "安监办"]
