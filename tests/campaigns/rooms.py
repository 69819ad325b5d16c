"""A town whose enterprises, duties, 举一反三 and superior's lists go on at random, and its rows of each day."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final
from uuid import UUID

from bihuan.enterprises import services as enterprises
from bihuan.enterprises.models import Enterprise
from bihuan.enterprises.rules.facts import Entry
from bihuan.hazards import services as hazards
from bihuan.hazards.models import SameKindReply, SameKindTask, SelfReport
from bihuan.hazards.rules.same_kind import NewTask, Reply
from bihuan.intake.models import ImportRun
from bihuan.kernel.actor import PLATFORM
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import Refusal
from bihuan.orgs import services as orgs
from bihuan.orgs.models import AreaLeader, DutyList, Holding, Post, SectorDepartment, Unit
from tests.hazards.stage import Stage
from tests.intake.stage import ListStage

SECTORS: Final = ("machinery", "light_industry", "construction", "fire_crowded")
VILLAGES: Final = ("东村", "西村")
SPEAKERS: Final = {"东村": "village_east", "西村": "village_west", "经发办": "industry"}
LEADERS: Final = ("chair", "leader")


@dataclass(frozen=True)
class Task:
    """A 举一反三 at the end of a day. replies: unit path to checked and found, of those that answered."""

    path: str
    opened_on: date
    of_item: bool
    firms: int
    asked: frozenset[str]
    replies: dict[str, tuple[int, int]]


@dataclass
class Day:
    """How the rows stood at the end of a day."""

    firms: list[tuple[UUID, str, str]] = field(default_factory=list)  # active ones: path, sector
    led: set[str] = field(default_factory=set)
    reported: set[UUID] = field(default_factory=set)
    leaders: list[tuple[str, bool]] = field(default_factory=list)  # path, with a duty list
    areas: list[tuple[str, bool]] = field(default_factory=list)  # path, with a leader
    tasks: list[Task] = field(default_factory=list)
    entered: dict[UUID, int] = field(default_factory=dict)  # list to items on the books in time


def of_day(rows: Any, on: date) -> Any:
    """Keep what holds on a day."""
    return [one for one in rows.all() if one.from_on <= on and (one.to_on is None or one.to_on >= on)]


class Player:
    """Plays a few things a day, and writes the rows of each day down."""

    def __init__(self, stage: Stage, seed: int) -> None:
        self.stage, self.dice, self.days, self.number = stage, random.Random(seed), dict[date, Day](), 0
        self.lists = ListStage(stage.town, [stage.firm], stage.at)
        self.moves: tuple[Callable[[], object], ...] = (
            self.register,
            self.register,
            self.move,
            self.move,
            self.shut,
            self.reopen,
            self.merge,
            self.name,
            self.vacate,
            self.list_duties,
            self.attach,
            self.report,
            self.report,
            self.notice,
            self.item,
            self.ask,
            self.reply,
            self.reply,
            self.reply,
            self.settle,
            self.receive,
            self.enter,
            self.enter,
            self.enter,
            self.drop,
        )

    def play(self, days: int) -> None:
        """Play some days; what somebody is refused is not done."""
        for _ in range(days):
            for _ in range(self.dice.randint(2, 8)):
                self.lists.now = self.stage.at
                try:
                    self.dice.choice(self.moves)()
                except Refusal:
                    continue
            self.note()
            self.stage.later(1)
        self.note()

    def _firm(self, state: str = "active") -> Enterprise:
        rows = list(Enterprise.objects.filter(state=state).exclude(pk=self.stage.firm.id).order_by("pk"))
        if not rows:
            raise Refusal("test.none", "没有")
        return self.dice.choice(rows)

    def _said(self, who: str = "office") -> dict[str, Any]:
        return {"actor": self.stage.by(who), "now": self.stage.at}

    def _path(self) -> str:
        return self.stage.town.units[self.dice.choice(VILLAGES)].path

    # -- enterprises
    def register(self) -> None:
        """Put an enterprise on the register."""
        self.number += 1
        entry = Entry(f"示范镇{self.number}厂", self._path(), self.dice.choice(SECTORS))
        enterprises.register_many(entries=[entry], town_id=self.stage.town.town.id, actor=PLATFORM, now=self.stage.at)

    def move(self) -> None:
        """Move one, and change its sector."""
        row = self._firm()
        enterprises.move(
            enterprise_id=row.pk,
            seen_version=row.version,
            path=self._path(),
            lead_sector=self.dice.choice(SECTORS),
            reason="搬厂",
            **self._said(),
        )

    def shut(self) -> None:
        """Close one."""
        row = self._firm()
        enterprises.close(enterprise_id=row.pk, seen_version=row.version, reason="关门", **self._said())

    def reopen(self) -> None:
        """Reopen one."""
        row = self._firm("closed")
        enterprises.reopen(enterprise_id=row.pk, seen_version=row.version, reason="复业", **self._said())

    def merge(self) -> None:
        """Merge one into another."""
        loser, winner = self._firm(), self._firm()
        enterprises.merge(
            loser_id=loser.pk,
            winner_id=winner.pk,
            seen_version=loser.version,
            winner_seen_version=winner.version,
            reason="重复",
            **self._said(),
        )

    def report(self) -> None:
        """Let one report its month."""
        hazards.report_month(
            enterprise_id=self.stage.firm.id, month=self.stage.day, checks=1, is_zero=True, **self._said("boss")
        )

    # -- responsibility
    def name(self) -> None:
        """Name the lead department of a sector, or nobody."""
        lead = self.dice.choice((self.stage.town.units["经发办"].id, None))
        town = self.stage.town.town.id
        orgs.name_department(town_id=town, sector=self.dice.choice(SECTORS), lead_unit_id=lead, **self._said("chief"))

    def vacate(self) -> None:
        """Leave a leader's post vacant, or fill it again, once a day: who came and went on one day is kept on the day
        before."""
        who = self.dice.choice(LEADERS)
        if Holding.objects.filter(post_id=self.stage.town.posts[who], from_on=self.stage.day).exists():
            raise Refusal("test.none", "没有")
        held = Holding.objects.filter(post_id=self.stage.town.posts[who], to_on=None).exists()
        orgs.hand_over_post(
            post_id=self.stage.town.posts[who],
            to_user_id=None if held else self.stage.town.users[who],
            actor=PLATFORM,
            now=self.stage.at,
        )

    def list_duties(self) -> None:
        """Write a duty list."""
        post = self.stage.town.posts[self.dice.choice(LEADERS)]
        orgs.write_duty_lists(lists={post: "分管安全"}, actor=PLATFORM, now=self.stage.at)

    def attach(self) -> None:
        """Attach a leader to a village, or nobody."""
        post = self.dice.choice((self.stage.town.posts["leader"], None))
        orgs.attach_leader(
            town_id=self.stage.town.town.id, post_id=post, paths=[self._path()], actor=PLATFORM, now=self.stage.at
        )

    # -- 举一反三
    def notice(self) -> None:
        """Open one because of an accident notice."""
        self.number += 1
        rows = list(Enterprise.objects.filter(state="active").order_by("pk").values_list("pk", flat=True))
        task = NewTask(
            town_id=self.stage.town.town.id,
            title=f"事故通报{self.number}",
            notice="苏安办电",
            category="fire",
            units=tuple(self._units()),
            enterprises=tuple(self.dice.sample(rows, self.dice.randint(0, len(rows)))),
        )
        hazards.open_same_kind(task=task, **self._said())

    def item(self) -> None:
        """Take in a superior's item, which brings one with it."""
        self.stage.superior_item()

    def ask(self) -> None:
        """Ask other units."""
        row = self._task()
        firms = [UUID(one) for one in row.enterprises][: self.dice.randint(0, 3)]
        hazards.ask_same_kind(task_id=row.pk, units=self._units(), enterprises=firms, **self._said())

    def reply(self) -> None:
        """Answer for a unit that was asked."""
        unit = self.dice.choice(list(SPEAKERS))
        found = self.dice.randint(0, 2)
        task = self._task()
        standing = SameKindReply.objects.filter(task=task, is_current=True)
        answer = Reply(
            unit_id=self.stage.town.units[unit].id,
            checked=self.dice.randint(found, 4),
            found=found,
            fixed=0,
            seen=frozenset(standing.values_list("pk", flat=True)),
        )
        hazards.reply_same_kind(task_id=task.pk, reply=answer, **self._said(SPEAKERS[unit]))

    def settle(self) -> None:
        """Ask one village for a superior's item, and let it answer."""
        row = self._task()
        if row.hazard is not None:
            village = [self.stage.town.units["西村"].id]
            hazards.ask_same_kind(task_id=row.pk, units=village, **self._said())
            self.stage.answer_same_kind(row.hazard)

    def _units(self) -> list[UUID]:
        names = self.dice.sample(list(SPEAKERS), self.dice.randint(1, 3))
        return [self.stage.town.units[one].id for one in names]

    def _task(self) -> SameKindTask:
        rows = list(SameKindTask.objects.order_by("pk"))
        if not rows:
            raise Refusal("test.none", "没有")
        return self.dice.choice(rows)

    # -- superior's lists
    def receive(self) -> None:
        """Receive a list."""
        self.number += 1
        rows = [
            [n, "2018-01-10", "区安委办", f"金安委督〔2018〕{self.number}号", "鑫达机械厂", "东村",
             f"除尘管道破损{self.number}-{n}", "一般", "2月底前", "未整改"]
            for n in range(1, self.dice.randint(2, 4))
        ]  # fmt: skip
        self.lists.rows(*rows, name=f"清单{self.number}.xlsx")

    def enter(self) -> None:
        """Enter one that was received."""
        self.lists.commit(self._run())

    def drop(self) -> None:
        """Put one away."""
        from bihuan.intake import services as intake

        run = self._run()
        intake.drop(run_id=run.pk, seen_version=run.version, **self._said())

    def _run(self) -> ImportRun:
        rows = list(ImportRun.objects.filter(state="read").order_by("pk"))
        if not rows:
            raise Refusal("test.none", "没有")
        return self.dice.choice(rows)

    # -- the diary
    def note(self) -> None:
        """Write down how everything stands at the end of the day."""
        on = self.stage.day
        lists = {one.post_id for one in of_day(DutyList.objects, on)}
        held = {one.post_id for one in of_day(Holding.objects, on)}
        led = {one.path for one in of_day(AreaLeader.objects, on) if one.enterprise_id is None}
        posts = [one for one in Post.objects.select_related("unit") if one.pk in held and one.closed_on is None]
        self.days[on] = Day(
            firms=list(Enterprise.objects.filter(state="active").values_list("pk", "path", "lead_sector")),
            led={one.sector for one in of_day(SectorDepartment.objects, on) if one.is_lead},
            reported=set(SelfReport.objects.filter(month=on.replace(day=1)).values_list("enterprise_id", flat=True)),
            leaders=[(one.unit.path, one.pk in lists) for one in posts if one.kind in {"leader", "principal_leader"}],
            areas=[(one.path, one.path in led) for one in Unit.objects.filter(kind="village") if one.closed_on is None],
            tasks=[self._noted(one) for one in SameKindTask.objects.all()],
        )

    def _noted(self, row: SameKindTask) -> Task:
        paths = dict(Unit.objects.values_list("pk", "path"))
        current = SameKindReply.objects.filter(task=row, is_current=True)
        return Task(
            row.path,
            day_of(row.opened_at),
            row.hazard_id is not None,
            len(row.enterprises),
            frozenset(paths[UUID(one)] for one in row.units.split()),
            {paths[one.unit_id]: (one.checked, one.found) for one in current},
        )
