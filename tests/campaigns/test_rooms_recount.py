"""For random histories, the figures that orgs, enterprises, intake and 举一反三 answer equal a recount from the rows as
they stood that day: any day, the town and its villages; named rows come to them, and no share passes all."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

import pytest

from bihuan.campaigns import queries
from bihuan.campaigns.rules.catalogue import CATALOGUE
from bihuan.campaigns.rules.terms import Kind, Where
from bihuan.enterprises import services as enterprises
from bihuan.enterprises.measures import ASKED as OF_ENTERPRISES
from bihuan.enterprises.models import Enterprise
from bihuan.enterprises.rules.facts import Entry
from bihuan.hazards import services as hazards
from bihuan.hazards.measures import ASKED as OF_HAZARDS
from bihuan.hazards.models import SameKindReply, SameKindTask, SelfReport
from bihuan.hazards.rules.found import SHARES
from bihuan.hazards.rules.same_kind import NewTask, Reply
from bihuan.intake.measures import ASKED as OF_INTAKE
from bihuan.intake.models import ImportRun, SuperiorItem
from bihuan.kernel.actor import PLATFORM
from bihuan.kernel.calendar import day_of
from bihuan.kernel.errors import Refusal
from bihuan.kernel.indicators import Question
from bihuan.orgs import services as orgs
from bihuan.orgs.measures import ASKED as OF_ORGS
from bihuan.orgs.models import AreaLeader, DutyList, Holding, Post, SectorDepartment, Unit
from bihuan.stats import queries as stats
from tests.hazards.stage import Stage, make_stage
from tests.intake.stage import ListStage

pytestmark = pytest.mark.django_db
SECTORS: Final = ("machinery", "light_industry", "construction", "fire_crowded")
VILLAGES: Final = ("东村", "西村")
SPEAKERS: Final = {"东村": "village_east", "西村": "village_west", "经发办": "industry"}
LEADERS: Final = ("chair", "leader")
NAMES: Final = frozenset(
    one.name for one in (*OF_ORGS, *OF_ENTERPRISES, *OF_INTAKE, *OF_HAZARDS) if one.name not in SHARES
) - {"hazards.transfers_answered"}  # recounted in tests/campaigns/test_shares.py
ALONE: Final = {one.name for one in (*OF_ORGS, *OF_ENTERPRISES, *OF_INTAKE, *OF_HAZARDS) if not one.adds_up}
BY_SECTOR: Final = ("enterprises.active", "enterprises.one_lead", "hazards.self_reporting")


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
        answer = Reply(
            unit_id=self.stage.town.units[unit].id, checked=self.dice.randint(found, 4), found=found, fixed=0
        )
        hazards.reply_same_kind(task_id=self._task().pk, reply=answer, **self._said(SPEAKERS[unit]))

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


def next_working_day(day: date) -> date:
    """The working day after a day of this January: no holiday lies in it."""
    day += timedelta(days=1)
    while day.weekday() > 4:
        day += timedelta(days=1)
    return day


def recount(then: Day, path: str, since: date, on: date, sectors: tuple[str, ...] = ()) -> dict[str, int]:
    """Count again from the rows of a day."""

    def here(at: str) -> bool:
        return at.startswith(path)

    firms = [one for one in then.firms if here(one[1]) and (not sectors or one[2] in sectors)]
    found = {
        "enterprises.active": len(firms),
        "enterprises.one_lead": sum(sector in then.led for _, _, sector in firms),
        "hazards.self_reporting": sum(pk in then.reported for pk, _, _ in firms),
    }
    if sectors:
        return found
    leaders = [listed for at, listed in then.leaders if here(at)]
    areas = [led for at, led in then.areas if here(at)]
    around = [one for one in then.tasks if since <= one.opened_on <= on]
    mine = [one for one in around if here(one.path)]
    notices, items = [one for one in around if not one.of_item], [one for one in mine if one.of_item]
    runs = ImportRun.objects.exclude(state="dropped")
    received = [one for one in runs if since <= day_of(one.started_at) <= on] if here(TOWN[0]) else []
    return found | {
        "orgs.leaders": len(leaders),
        "orgs.leaders_listed": sum(leaders),
        "orgs.areas": len(areas),
        "orgs.areas_led": sum(areas),
        "hazards.same_kind_items": len(items),
        "hazards.same_kind_items_completed": sum(bool(one.asked) and one.asked <= one.replies.keys() for one in items),
        "hazards.same_kind_found": sum(found for one in around for at, (_, found) in one.replies.items() if here(at)),
        "hazards.same_kind_units_asked": sum(here(at) for one in notices for at in one.asked),
        "hazards.same_kind_units_answered": sum(here(at) and at in one.replies for one in notices for at in one.asked),
        "hazards.same_kind_firms_alike": sum(one.firms for one in mine if not one.of_item),
        "hazards.same_kind_firms_checked": sum(
            min(one.firms, sum(checked for checked, _ in one.replies.values())) for one in mine if not one.of_item
        ),
        "intake.received": sum(one.items_count for one in received),
        "intake.accepted_in_time": sum(in_time(one, on) for one in received),
    }


TOWN: Final = ["/32/04/13/101/"]


def in_time(run: ImportRun, on: date) -> int:
    """How many items of a list were hazards by its working day, and by the day asked."""
    last = min(next_working_day(day_of(run.started_at)), on)
    items = SuperiorItem.objects.filter(superior_list_id=run.superior_list_id) if run.superior_list_id else ()
    return sum(day_of(one.hazard.reported_at) <= last for one in items)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_given_a_random_town_when_any_day_is_asked_then_what_rooms_answer_is_as_recounted(seed: int) -> None:
    stage = make_stage()
    player = Player(stage, seed)
    player.play(12)
    town, first, seen = stage.town, min(player.days), set()
    assert town.town.path == TOWN[0]
    rates = [one for one in CATALOGUE if one.kind is Kind.RATE and one.names() <= NAMES]

    for on, then in player.days.items():
        for since in (first, max(first, on - timedelta(days=4))):
            told = {}
            for name in ("", *VILLAGES):
                path = town.units[name].path if name else town.town.path
                wanted = recount(then, path, since, on)
                question = Question(path, since, on)
                answers = stats.answers(PLATFORM, wanted, question)
                told[name] = {key: one.amount for key, one in answers.items() if one is not None}
                assert told[name] == wanted, (since, on, name)
                seen |= {key for key, amount in wanted.items() if amount}
                for key in wanted:
                    if stats.asked_figures()[key].lister is not None:
                        lines = stats.lines_behind(PLATFORM, key, question)
                        assert sum(line.amount for line in lines) == wanted[key], (key, since, on, name)
                values = queries.values_of(PLATFORM, rates, Where(path), since=since, until=on, on=on)
                assert all(0 <= (one.numerator or 0) <= (one.denominator or 0) for one in values), (since, on, name)
            for key in told[""].keys() - ALONE:
                assert told[""][key] == sum(told[name][key] for name in VILLAGES), (key, on)
        for sector in SECTORS:
            wanted = recount(then, town.town.path, first, on, (sector,))
            answers = stats.answers(PLATFORM, BY_SECTOR, Question(town.town.path, first, on, (sector,)))
            assert {key: one.amount for key, one in answers.items() if one is not None} == wanted, (on, sector)
    assert len(seen) > 12, seen


def test_given_the_figures_that_rooms_answer_when_read_then_each_is_recounted_here() -> None:
    assert recount(Day(), TOWN[0], date(2018, 1, 15), date(2018, 1, 16)).keys() == NAMES
