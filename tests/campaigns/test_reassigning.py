"""Who does an order of an issued plan and by when can be changed, with the reason: tasks go over, what is done stays, a
past day is told as it was."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse

from bihuan.campaigns import queries, services
from bihuan.campaigns.models import Campaign, RegularDuty, Task, TaskReport
from bihuan.campaigns.rules.lines import ClauseLine
from bihuan.campaigns.rules.reassigning import Reassigned
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import NotAllowed, NotFound, Outdated, Refusal
from bihuan.trail.models import Event, Notice
from tests.campaigns.running import Running
from tests.campaigns.stage import CampaignStage, make_campaign_stage

PLAN = """关于开展冬季安全检查的通知
各村、各有关部门：
检查自2017年12月20日起至2018年1月31日止。
一、工作任务
（一）东村要在12月28日前清点应急物资。
（二）东村每周五前将清点情况报镇安监办。
（三）目标任务：确保不发生事故。
示范镇人民政府
2017年12月20日
"""
WORDS = "12月28日前清点"
WHY = "原文漏写西村"


@dataclass
class Changing:
    """An issued plan, and short ways to change who does its orders."""

    stage: CampaignStage
    row: Campaign

    def change(self, words: str, *units: str, due_on: date | None = None, **said: Any) -> Reassigned:
        """Give an order to these units."""
        self.row.refresh_from_db()
        asked = {
            "seen_version": self.row.version,
            "clause_id": self.stage.clause(self.row, words).pk,
            "units": [self.stage.part(self.row, one).pk for one in units],
            "due_on": due_on,
            "why": WHY,
            "actor": self.stage.by(),
            "now": self.stage.now,
        }
        return services.reassign_clause(campaign_id=self.row.pk, **(asked | said))

    def report(self, unit: str, state: str = "done") -> None:
        """Report the unit's task of the order."""
        task = Task.objects.get(clause=self.stage.clause(self.row, WORDS), unit__name=unit)
        running = Running(self.stage, self.row)
        files = [running.file("office", self.stage.now)] if state == "done" else []
        services.report_task(
            campaign_id=self.row.pk,
            task_id=task.pk,
            seen_version=task.version,
            state=state,
            percent=None,
            note="清点了一半",
            files=files,
            actor=self.stage.by(),
            now=self.stage.now,
        )

    def line(self, words: str, on: date) -> ClauseLine:
        """Return the order on the plan page as of a day."""
        today = day_of(self.stage.now)
        view = queries.plan_of(self.stage.by(), self.row.pk, on=on, today=today, section=queries.WHOLE)
        return next(one for one in view.clauses if words in one.text)

    def tasks(self, words: str, *, every: bool = False) -> list[tuple[str, date]]:
        """Return the tasks of an order that stand: whose, due when."""
        rows = (Task.every if every else Task.objects).filter(clause=self.stage.clause(self.row, words))
        return sorted(rows.values_list("unit__name", "due_on"))


@pytest.fixture
def changing(stage: CampaignStage) -> Changing:
    """Return a plan issued on 20 December, seen three days later."""
    row = stage.issued(stage.read_text(PLAN))
    stage.now += timedelta(days=3)
    return Changing(stage, row)


def test_given_an_order_of_one_village_when_it_goes_to_another_then_its_task_goes_over_with_a_trace(
    changing: Changing,
) -> None:
    done = changing.change(WORDS, "西村")

    due = date(2017, 12, 28)
    assert done == Reassigned("一(一)-1", ["西村"], ["东村"], 1, 1, 0)
    assert changing.tasks(WORDS) == [("西村", due)]
    assert changing.tasks(WORDS, every=True) == [("东村", due), ("西村", due)]
    event = Event.objects.get(kind="campaign.clause_reassigned")
    assert (event.reason, event.before["parties"], event.after["parties"]) == (WHY, ["东村"], ["西村"])
    posts = [changing.stage.town.posts[one] for one in ("village_west", "village_east")]
    told = [Notice.objects.filter(post_id=one, say__contains="由您单位办").count() for one in posts]
    assert told == [1, 1]


def test_given_a_task_that_is_done_when_its_order_goes_to_another_then_it_stays_and_counts(changing: Changing) -> None:
    changing.report("东村")

    done = changing.change(WORDS, "西村")

    assert (done.made, done.withdrawn) == (1, 0)
    line = changing.line(WORDS, changing.stage.now.date())
    assert (line.tasks.total, line.tasks.done) == (2, 1)


def test_given_a_task_that_was_begun_when_withdrawn_then_its_reports_stay_and_it_takes_no_more(
    changing: Changing,
) -> None:
    changing.report("东村", "under_way")
    task = Task.objects.get(clause=changing.stage.clause(changing.row, WORDS))
    changing.change(WORDS, "西村")

    with pytest.raises(Refusal, match="已经撤回"):
        services.report_task(
            campaign_id=changing.row.pk,
            task_id=task.pk,
            seen_version=task.version,
            state="under_way",
            percent=50,
            note="还在报",
            actor=changing.stage.by("village_east"),
            now=changing.stage.now,
        )

    seen = queries.task_for(changing.stage.by("village_east"), changing.row.pk, task.pk)
    listed = queries.tasks_of(
        changing.stage.by(), changing.row.pk, today=changing.stage.now.date(), tab="withdrawn"
    ).lines
    assert [one.note for one in seen.reports] == ["清点了一半"]
    assert [(one.unit_name, one.withdrawn_at) for one in listed] == [("东村", changing.stage.now)]
    assert TaskReport.objects.count() == 1


def test_given_an_order_that_went_over_and_came_back_when_looked_at_then_each_day_is_told_as_it_was(
    changing: Changing,
) -> None:
    days = [changing.stage.now.date() + timedelta(days=number) for number in range(3)]
    was = [changing.line(WORDS, days[0])]
    changing.stage.now += timedelta(days=1)
    changing.change(WORDS, "西村", due_on=date(2018, 1, 5))
    was.append(changing.line(WORDS, days[1]))
    changing.stage.now += timedelta(days=1)
    changing.change(WORDS, "东村", "西村", why="两个村都有仓库")

    now = [changing.line(WORDS, day) for day in days]
    assert now[:2] == was
    assert [(one.parties, one.due_on, one.tasks.total, len(one.changes)) for one in now] == [
        (["东村"], date(2017, 12, 28), 1, 0),
        (["西村"], date(2018, 1, 5), 1, 1),
        (["各村（社区）"], date(2018, 1, 5), 2, 2),
    ]
    assert now[2].first_due_on == date(2017, 12, 28)
    assert [(one.why, one.by) for one in now[2].changes] == [(WHY, "office"), ("两个村都有仓库", "office")]


def test_given_a_weekly_duty_when_it_goes_to_another_then_the_period_that_runs_and_those_to_come_are_its(
    changing: Changing,
) -> None:
    words = "每周五前"
    services.open_duties(now=changing.stage.now)
    yesterday = changing.line(words, changing.stage.now.date() - timedelta(days=1))
    changing.change(words, "西村")

    duty = RegularDuty.objects.get()
    assert duty.units == [str(changing.stage.part(changing.row, "西村").pk)]
    assert changing.tasks(words) == [("西村", date(2017, 12, 29))]
    line = changing.line(words, changing.stage.now.date())
    assert (line.tasks.total, line.tasks.coming) == (1, 4)  # the Fridays from 5 to 26 January
    assert changing.line(words, changing.stage.now.date() - timedelta(days=1)) == yesterday
    changing.stage.now += timedelta(days=14)
    services.open_duties(now=changing.stage.now)
    assert {name for name, _ in changing.tasks(words)} == {"西村"}


def test_given_another_day_when_set_then_open_tasks_move_and_the_first_day_stays(changing: Changing) -> None:
    done = changing.change(WORDS, "东村", due_on=date(2018, 1, 10))

    task = Task.objects.get(clause=changing.stage.clause(changing.row, WORDS))
    assert (done.moved, task.due_on, task.first_due_on) == (1, date(2018, 1, 10), date(2017, 12, 28))
    assert Event.objects.get(kind="campaign.clause_reassigned").after["due_on"] == "2018-01-10"


@pytest.mark.parametrize(
    ("said", "refusal", "words"),
    [
        ({"why": " "}, Refusal, "请写为什么改"),
        ({"units": []}, Refusal, "请选由哪些单位办"),
        ({"due_on": date(2018, 3, 1)}, Refusal, "起止日期之内"),
        ({"seen_version": 1}, Outdated, "刚刚有人改动"),
    ],
)
def test_given_a_change_that_lacks_something_when_made_then_it_is_refused_and_nothing_moves(
    changing: Changing, said: dict[str, Any], refusal: type[Refusal], words: str
) -> None:
    before = changing.tasks(WORDS)

    with pytest.raises(refusal, match=words):
        changing.change(WORDS, "西村", **said)

    assert changing.tasks(WORDS, every=True) == before
    assert not Event.objects.filter(kind="campaign.clause_reassigned").exists()


def test_given_nothing_changed_a_goal_or_a_village_when_changed_then_it_is_refused(changing: Changing) -> None:
    with pytest.raises(Refusal, match="和原来一样"):
        changing.change(WORDS, "东村")
    with pytest.raises(NotAllowed):
        changing.change(WORDS, "西村", actor=changing.stage.by("village_east"))
    changing.stage.clause(changing.row, WORDS).campaign.clauses.filter(text__contains=WORDS).update(source="goal")
    with pytest.raises(NotFound):
        changing.change(WORDS, "西村")


def test_given_the_plan_page_when_the_office_changes_an_order_then_everybody_reads_who_when_and_why(
    db: None, settings: Any
) -> None:
    stage = make_campaign_stage()
    row = stage.issued(stage.read_text(PLAN))
    settings.BIHUAN_DEMO_DAY = "2017-12-23"
    clause = stage.clause(row, WORDS)
    address = reverse("campaigns:reassign", args=(row.pk, clause.pk))
    office, village = stage.town.client("office"), stage.town.client("village_east")
    plan = reverse("campaigns:show", args=(row.pk,)) + "?section=all"
    west = str(stage.part(row, "西村").pk)
    said = {"seen_version": row.version, "units": [west], "due_on": "2018-01-05"}

    offered = address in office.get(plan).content.decode()
    hidden = address in village.get(plan).content.decode()
    without = office.post(address, said)
    right = office.post(address, said | {"why": WHY}, follow=True).content.decode()

    assert (offered, hidden, without.status_code, village.get(address).status_code) == (True, False, 422, 403)
    words = f"12月23日office改：由“东村”改为“西村”办，时限由2017年12月28日改为2018年1月5日（{WHY}）"
    assert words in right
    assert words in village.get(plan).content.decode()
    assert day_of(datetime.fromisoformat(stage.clause(row, WORDS).changed_at.isoformat())) == date(2017, 12, 23)
