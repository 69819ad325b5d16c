"""Two people do the same at the same moment: one of them does it whole, the other is told in a sentence and has done
nothing; and nobody adds to a campaign that was closed meanwhile."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from bihuan.campaigns import services
from bihuan.campaigns.models import Campaign, Task, TaskReport, UnitStep
from bihuan.campaigns.services import tasks
from bihuan.kernel.errors import Outdated, Refusal
from bihuan.trail.models import Event
from tests.campaigns.running import Running, at, day, live
from tests.campaigns.stage import EVERYBODY, CampaignStage, make_campaign_stage
from tests.documents.own_file import database_for_threads

NOW = at(2, 10, 10)
Act = Callable[[], object]


def alone(act: Act) -> object:
    """Do one thing as a person does, over a connection of its own."""
    try:
        return act()
    finally:
        connection.close()


def at_once(*acts: Act) -> list[str]:
    """Do these at the same moment; return what each was told, "" where it was done."""
    ready = Barrier(len(acts))

    def one(act: Act) -> str:
        ready.wait()
        try:
            act()
        except Refusal as refusal:
            return refusal.say
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))


def count(kind: str) -> int:
    """Return how often it happened, by the trail."""
    return Event.objects.filter(kind=f"campaign.{kind}").count()


class Play:
    """One campaign on which two people do each thing at once."""

    def __init__(self, stage: CampaignStage) -> None:
        self.run = Running(stage, stage.accepted(stage.read_text()))

    @property
    def row(self) -> Campaign:
        """The campaign as it stands."""
        return Campaign.objects.get(pk=self.run.row.pk)

    def said(self, who: str) -> dict[str, Any]:
        """Return what every act is given, as the page told it to both."""
        return {"campaign_id": self.row.pk, "actor": self.run.by(who, NOW), "now": NOW}

    def issue(self) -> list[str]:
        """The chief and the chair sign the plan."""
        units = [self.run.stage.town.units[one].id for one in EVERYBODY]
        seen = self.row.version
        more = [self.said(who) | {"seen_version": seen, "units": units} for who in ("chief", "chair")]
        return at_once(*(lambda one=one: services.issue_campaign(**one) for one in more))

    def of_unit(self, service: Callable[..., None], people: tuple[str, str], **facts: Any) -> list[str]:
        """Two people do the same for 东村."""
        part = self.run.stage.part(self.row, "东村")
        told = {"unit_id": part.pk, "seen_version": part.version} | facts
        more = [self.said(who) | told for who in people]
        return at_once(*(lambda one=one: service(**one) for one in more))

    def report(self) -> list[str]:
        """A village and the office report its task."""
        task = Task.objects.get(campaign=self.row, unit=self.run.part("东村"))
        facts = {"task_id": task.pk, "seen_version": task.version, "state": "under_way", "percent": 40, "note": "查了"}
        more = [self.said(who) | facts for who in ("village_east", "office")]
        return at_once(*(lambda one=one: services.report_task(**one) for one in more))

    def reassign(self) -> list[str]:
        """Two of the office give an order to another unit."""
        clause = self.run.stage.clause(self.row, "企业排查")
        facts = {"clause_id": clause.pk, "seen_version": self.row.version, "due_on": None, "why": "西村没有企业"}
        more = [self.said(who) | facts | {"units": [self.run.part("东村")]} for who in ("office", "chief")]
        return at_once(*(lambda one=one: services.reassign_clause(**one) for one in more))

    def extend(self) -> list[str]:
        """The chief and the chair extend by documents of their own."""
        facts = {"seen_version": self.row.version, "reason": "没有查完"}
        first = self.said("chief") | facts | {"ends_on": day(3, 31), "doc_number": "示安委〔2018〕3号"}
        second = self.said("chair") | facts | {"ends_on": day(4, 30), "doc_number": "示安委〔2018〕4号"}
        return at_once(lambda: services.extend_campaign(**first), lambda: services.extend_campaign(**second))

    def close(self) -> list[str]:
        """The chief and the chair close it."""
        more = [self.said(who) | {"seen_version": self.row.version, "summary": "查了"} for who in ("chief", "chair")]
        return at_once(*(lambda one=one: services.close_campaign(**one) for one in more))

    def archive(self) -> list[str]:
        """The chief and the chair archive it."""
        more = [self.said(who) | {"seen_version": self.row.version} for who in ("chief", "chair")]
        return at_once(*(lambda one=one: services.archive_campaign(**one) for one in more))


@pytest.mark.django_db(transaction=True)
def test_given_two_people_when_they_do_the_same_at_once_then_one_does_it_whole_and_the_other_is_told(
    tmp_path: Path,
) -> None:
    stage = make_campaign_stage()

    def play() -> dict[str, tuple[list[str], int]]:
        one = Play(stage)
        two = ("village_east", "office")
        facts = {"facts": {"body": "东村小组", "leader": "东村副主任"}}
        found = {
            "issued": (one.issue(), count("issued")),
            "received": (one.of_unit(services.receive, two), count("received")),
            "unit_set_up": (one.of_unit(services.hand_in_plan, two, **facts), count("unit_set_up")),
        }
        one.run.set_up("东村", "village_east", NOW)
        review = one.of_unit(services.review_plan, ("office", "chief"), accepted=True)
        return found | {
            "plan_accepted": (review, count("plan_accepted")),
            "task_reported": (one.report(), count("task_reported")),
            "clause_reassigned": (one.reassign(), count("clause_reassigned")),
            "extended": (one.extend(), count("extended")),
            "closing": (one.close(), count("closing")),
            "archived": (one.archive(), count("archived")),
        }

    with database_for_threads(tmp_path), ThreadPoolExecutor(1) as pool:
        found = pool.submit(alone, play).result(timeout=120)
        steps, reports = pool.submit(alone, lambda: (UnitStep.objects.count(), TaskReport.objects.count())).result()

    assert isinstance(found, dict)
    for act, (told, times) in found.items():
        assert (sorted(map(bool, told)), times) == ([False, True], 1), act
        assert [say for say in told if say and say.endswith("。")], act
    assert (steps, reports) == (4, 1)  # signed, set up, handed in, accepted


@pytest.mark.django_db(transaction=True)
def test_given_a_report_on_its_way_when_the_campaign_is_closed_before_it_is_written_then_it_is_refused_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only where one writer need not wait for the other can a campaign be closed in the midst of a report."""
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has one writer: a report is done before or after a closing")
    run = live(make_campaign_stage())
    task = Task.objects.get(campaign=run.row, title="联合查液氨")
    before = (task.version, TaskReport.objects.count())
    news_of = tasks.news_of

    def closed_meanwhile(*args: Any, **more: Any) -> Any:
        with ThreadPoolExecutor(1) as other:
            close = {"campaign_id": run.row.pk, "seen_version": run.row.version, "summary": "查了", "now": NOW}
            other.submit(alone, lambda: services.close_campaign(**close, actor=run.by("chief", NOW))).result(timeout=60)
        return news_of(*args, **more)

    monkeypatch.setattr(tasks, "news_of", closed_meanwhile)
    with database_for_threads(tmp_path), ThreadPoolExecutor(1) as pool, pytest.raises(Outdated, match="刚刚收尾"):
        pool.submit(
            alone,
            lambda: services.report_task(
                campaign_id=run.row.pk,
                task_id=task.pk,
                seen_version=task.version,
                state="under_way",
                percent=60,
                note="查了",
                actor=run.by("industry", NOW),
                now=NOW,
            ),
        ).result(timeout=60)

    task.refresh_from_db()
    assert (task.version, TaskReport.objects.count()) == before
    assert Campaign.objects.get(pk=run.row.pk).state == "closing"
