"""A short history of a running campaign in which every figure of its own has something to count."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from bihuan.campaigns import services
from bihuan.campaigns.models import Campaign, Decision, Problem, Task
from bihuan.campaigns.rules.registers import Chair, NewDecision, PaperKind, RecordKind, StudyKind
from bihuan.enterprises import services as enterprises
from bihuan.enterprises.rules.facts import Entry
from bihuan.kernel.actor import PLATFORM, Actor
from bihuan.kernel.calendar import SHANGHAI
from bihuan.trail import services as trail
from tests.campaigns.stage import CampaignStage


def at(month: int, day: int, hour: int = 9) -> datetime:
    """Return a moment of the winter of 2017: months from October on lie in 2017."""
    return datetime(2017 if month >= 10 else 2018, month, day, hour, tzinfo=SHANGHAI)


@dataclass
class Running:
    """A campaign that has been issued, and short ways to go on with it."""

    stage: CampaignStage
    row: Campaign
    firms: dict[str, UUID] = field(default_factory=dict)

    def part(self, unit: str) -> UUID:
        """Return the unit's part."""
        return self.stage.part(self.row, unit).pk

    def by(self, who: str, now: datetime) -> Actor:
        """Return a person on a day."""
        return self.stage.town.actor(who, now.date())

    def file(self, who: str, now: datetime) -> UUID:
        """Return a document that this person has uploaded."""
        content = f"{who} {now}".encode()
        by, town_id = self.by(who, now), self.row.town_id
        kept = trail.keep_file(name="材料.txt", content=content, kind="document", town_id=town_id, actor=by, now=now)
        return kept.id

    def set_up(self, unit: str, who: str, now: datetime, *, plan: bool = True, **facts: str) -> None:
        """Set up a unit's body and leader, with its sub-plan; it signs first."""
        part = self.stage.part(self.row, unit)
        if part.received_at is None:
            services.receive(
                campaign_id=self.row.pk, unit_id=part.pk, seen_version=part.version, actor=self.by(who, now), now=now
            )
        services.hand_in_plan(
            campaign_id=self.row.pk,
            unit_id=self.part(unit),
            seen_version=self.stage.part(self.row, unit).version,
            facts=facts or {"body": f"{unit}工作小组", "leader": f"{unit}副主任"},
            plan=self.file(who, now) if plan else None,
            actor=self.by(who, now),
            now=now,
        )

    def review(self, unit: str, now: datetime, *, accepted: bool = True) -> None:
        """Accept a unit's sub-plan, or return it."""
        services.review_plan(
            campaign_id=self.row.pk,
            unit_id=self.part(unit),
            seen_version=self.stage.part(self.row, unit).version,
            accepted=accepted,
            note="" if accepted else "没有任务清单",
            actor=self.by("office", now),
            now=now,
        )

    def meet(
        self,
        now: datetime,
        *,
        unit: str = "",
        who: str = "office",
        chair: Chair = Chair.OTHER,
        decided: tuple[tuple[str, str, date], ...] = (),
        attendees: tuple[str, ...] = (),
    ) -> UUID:
        """Register a scheduling meeting of the day. decided: what, by which unit, by when."""
        return services.register_meeting(
            campaign_id=self.row.pk,
            on=now.date(),
            facts={"title": "专项行动调度会", "host": "某人"},
            chair=chair,
            unit_id=self.part(unit) if unit else None,
            attendees=[self.part(one) for one in attendees],
            decisions=[NewDecision(text, self.part(owner), due_on, "进度慢") for text, owner, due_on in decided],
            actor=self.by(who, now),
            now=now,
        )

    def finish(self, kind: RecordKind, words: str, who: str, now: datetime) -> None:
        """Report a decision or a key problem done."""
        model, column = (Decision, "text") if kind is RecordKind.DECISION else (Problem, "problem")
        found = model.objects.get(**{column: words})
        services.finish(
            campaign_id=self.row.pk,
            kind=kind,
            record_id=found.pk,
            seen_version=found.version,
            result="已办好",
            files=[self.file(who, now)],
            actor=self.by(who, now),
            now=now,
        )

    def problem(self, words: str, owner: str, due_on: date, now: datetime) -> UUID:
        """Register a key problem."""
        return services.register_problem(
            campaign_id=self.row.pk,
            on=now.date(),
            facts={"problem": words, "raised_by": "镇长"},
            owner=self.part(owner),
            due_on=due_on,
            actor=self.by("office", now),
            now=now,
        )

    def study(
        self,
        unit: str,
        who: str,
        kind: StudyKind,
        now: datetime,
        *,
        led_by: Chair = Chair.OTHER,
        head: bool = False,
        firms: tuple[str, ...] = (),
    ) -> UUID:
        """Register a lesson of a unit."""
        return services.register_study(
            campaign_id=self.row.pk,
            unit_id=self.part(unit),
            on=now.date(),
            kind=kind,
            title="通报学习",
            persons=12,
            led_by=led_by,
            unit_head=head,
            firms=[self.firms[one] for one in firms],
            actor=self.by(who, now),
            now=now,
        )

    def lead(self, post: str, firms: tuple[str, ...], now: datetime, *, who: str = "office", **facts: object) -> UUID:
        """Register a led inspection of the day."""
        given = {"companions": "安监办 王某", "record_no": "检001", "nothing_found": True} | facts
        return services.register_led_visit(
            campaign_id=self.row.pk,
            on=now.date(),
            post_id=self.stage.town.posts[post],
            firms=[self.firms[one] for one in firms],
            actor=self.by(who, now),
            now=now,
            **given,  # type: ignore[arg-type]
        )

    def report(self, unit: str, who: str, state: str, now: datetime, *, title: str = "") -> None:
        """Report a task of a unit."""
        rows = Task.objects.filter(campaign=self.row, unit=self.part(unit))
        task = rows.get(title=title) if title else rows.get()
        services.report_task(
            campaign_id=self.row.pk,
            task_id=task.pk,
            seen_version=task.version,
            state=state,
            percent=100 if state == "done" else 60,
            note="查了十家",
            files=[self.file(who, now)] if state == "done" else [],
            actor=self.by(who, now),
            now=now,
        )

    def help(self, title: str, unit: str, who: str, now: datetime) -> None:
        """Report what a helping unit did for a task."""
        services.report_help(
            campaign_id=self.row.pk,
            task_id=Task.objects.get(campaign=self.row, title=title).pk,
            unit_id=self.part(unit),
            note="派人一起查",
            actor=self.by(who, now),
            now=now,
        )

    def correct(self, ends_on: date, now: datetime, **more: object) -> None:
        """Correct the last extension."""
        self.row.refresh_from_db()
        said = {"doc_number": "示安委〔2018〕3号", "reason": "年份写错"} | more
        services.correct_extension(
            campaign_id=self.row.pk,
            seen_version=self.row.version,
            ends_on=ends_on,
            actor=self.by("chief", now),
            now=now,
            **said,  # type: ignore[arg-type]
        )

    def extend(self, ends_on: date, now: datetime, *, paper: bool = True, **more: object) -> None:
        """Extend by a document."""
        self.row.refresh_from_db()
        services.extend_campaign(
            campaign_id=self.row.pk,
            seen_version=self.row.version,
            ends_on=ends_on,
            files=[self.file("chief", now)] if paper else [],
            actor=self.by("chief", now),
            now=now,
            **({"doc_number": "示安委〔2018〕3号", "reason": "大检查延长"} | more),  # type: ignore[arg-type]
        )


def issued(stage: CampaignStage) -> Running:
    """Return a campaign issued to every unit on the first day, with two enterprises in 东村 and one in 西村."""
    made = Running(stage, stage.issued())
    entries = [
        Entry("东村机械厂", stage.town.units["东村"].path, "machinery"),
        Entry("东村木业", stage.town.units["东村"].path, "light_industry"),
        Entry("西村旅馆", stage.town.units["西村"].path, "fire_crowded"),
    ]
    made_firms = enterprises.register_many(entries=entries, town_id=stage.town.town.id, actor=PLATFORM, now=stage.now)
    made.firms = {one.name: one.id for one in made_firms}
    return made


def live(stage: CampaignStage) -> Running:
    """Play seven weeks of a campaign."""
    run = issued(stage)
    end = date(2018, 1, 31)
    services.receive(
        campaign_id=run.row.pk,
        unit_id=run.part("东村"),
        seen_version=1,
        actor=run.by("village_east", at(12, 21)),
        now=at(12, 21),
    )
    run.set_up("东村", "village_east", at(12, 21, 10))
    services.attach_paper(
        campaign_id=run.row.pk,
        kind=PaperKind.BASIS,
        title="关于开展冬季行动的通知",
        number="苏安电〔2017〕5号",
        file=run.file("office", at(12, 21)),
        actor=run.by("office", at(12, 21)),
        now=at(12, 21),
    )
    run.study("东村", "village_east", StudyKind.RELAY, at(12, 22))
    run.review("东村", at(12, 22))
    run.set_up("西村", "village_west", at(12, 22), plan=False, body="西村工作小组")
    run.study("西村", "office", StudyKind.WARNING, at(12, 23), head=True, firms=("东村机械厂",))
    decided = (("查漏电", "东村", date(2017, 12, 30)), ("排名单", "经发办", date(2018, 1, 5)))
    run.meet(at(12, 25), unit="经发办", who="industry", chair=Chair.PRINCIPAL, decided=decided)
    run.meet(at(12, 26), decided=(("封工地", "建设办", date(2017, 12, 28)),), attendees=("东村", "建设办"))
    run.problem("液氨储罐超期", "经发办", date(2017, 12, 31), at(12, 26))
    run.problem("出租房集中", "东村", date(2018, 1, 3), at(12, 26))
    run.lead("chair", ("东村机械厂", "西村旅馆"), at(12, 27))
    run.set_up("西村", "village_west", at(12, 28), leader="西村副主任")
    run.review("西村", at(12, 29))
    run.finish(RecordKind.DECISION, "查漏电", "village_east", at(12, 29))
    run.report("东村", "village_east", "done", at(12, 30))
    run.finish(RecordKind.DECISION, "封工地", "construction", at(12, 30))
    run.finish(RecordKind.PROBLEM, "液氨储罐超期", "industry", at(12, 31))
    services.assign_tasks(
        campaign_id=run.row.pk,
        title="联合查液氨",
        units=[run.part("经发办")],
        helpers=[run.part("建设办"), run.part("东村")],
        due_on=end,
        actor=run.by("office", at(12, 31)),
        now=at(12, 31),
    )
    run.report("西村", "village_west", "done", at(1, 2))
    for unit, who, now in (("建设办", "construction", at(1, 3)), ("东村", "village_east", at(2, 2))):
        run.help("联合查液氨", unit, who, now)
    first = services.add_seat(campaign_id=run.row.pk, title="组长", actor=run.by("office", at(1, 3)), now=at(1, 3))
    services.add_seat(campaign_id=run.row.pk, title="副组长", actor=run.by("office", at(1, 3)), now=at(1, 3))
    services.fill_seat(
        campaign_id=run.row.pk,
        seat_id=first,
        post_id=stage.town.posts["chair"],
        actor=run.by("office", at(1, 4)),
        now=at(1, 4),
    )
    run.extend(date(2018, 3, 31), at(1, 20))
    run.lead("leader", ("东村木业",), at(2, 1))
    run.study("东村", "village_east", StudyKind.TRAINING, at(2, 5), led_by=Chair.LEADER, head=True, firms=("东村木业",))
    run.row.refresh_from_db()
    return run


def day(month: int, number: int) -> date:
    """Return a day of that winter."""
    return at(month, number).date()
