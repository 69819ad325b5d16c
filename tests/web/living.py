"""A town that lives at random, and its hazards counted again from the rows as they stood at the end of each day."""

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from bihuan.enterprises import services as enterprises
from bihuan.enterprises.rules.facts import Entry
from bihuan.hazards.models import Hazard
from bihuan.hazards.rules.acts import Act
from bihuan.hazards.rules.states import FileRole, Source
from bihuan.kernel.actor import PLATFORM
from bihuan.kernel.errors import Refusal
from bihuan.standards import services as standards
from bihuan.trail.models import Event
from tests.hazards.stage import Stage, make_stage
from tests.kept import made_once

OPEN: Final = {"reported", "confirmed", "assigned", "rectifying", "rectified", "awaiting_superior"}
DONE: Final = {"rectified", "awaiting_superior", "closed"}
RUNNING: Final = {"assigned", "rectifying"}
REINSPECTED: Final = {"accepted", "delisted"}
FLOW_KINDS: Final = {
    "hazards.reported": {"hazard.report"},
    "hazards.handed_in": {"hazard.hand_in"},
    "hazards.on_spot": {"hazard.fix_on_spot"},
    "hazards.transferred": {"hazard.transfer"},
    "hazards.put_right": {"hazard.hand_in", "hazard.fix_on_spot"},
    "hazards.failed": {"hazard.fail", "listing.fail_acceptance", "hazard.superior_refuse"},
}
SOURCES: Final = (Source.DEPARTMENT, Source.JOINT, Source.TIP)
NOT_LISTED: Final = {"", "proposed", "withdrawn"}
ORDERED: Final = {"assigned", "rectifying", "rectified", "awaiting_superior", "closed"}
NOT_COUNTED: Final = {"transferred", "invalid"}
BY_FACT: Final = {"hazards.found_fact", "hazards.self_found"}


@dataclass(frozen=True, slots=True)
class Row:
    """What counts of one hazard at the end of a day."""

    path: str
    sector: str
    firm: UUID | None
    source: str
    state: str
    level: str
    listing: str
    deadline: date | None
    review_due: date | None
    superior: bool
    arranged: bool = False
    immediate: bool = False
    cited: bool = True
    repeat: bool = False
    closed_late: bool = False
    pk: UUID | None = None
    found_on: date = date.min
    self_found: bool = False

    def counts(self, on: date) -> dict[str, int]:
        """Return under which stocks it counts, from what the words mean."""
        late = self.deadline is not None and self.deadline < on and self.state in RUNNING
        closed = self.state == "closed"
        waits = self.state == "rectified" and self.listing not in REINSPECTED
        facts = {
            "hazards.open": self.state in OPEN,
            "hazards.counted": self.state not in {"transferred", "invalid"},
            "hazards.rectified": self.state in DONE,
            "hazards.unrectified": self.state not in {*DONE, "transferred", "invalid"},
            "hazards.overdue": late,
            "hazards.review_overdue": waits and self.review_due is not None and self.review_due < on,
            "hazards.listed": self.listing not in NOT_LISTED | {"delisted"},
            "hazards.ever_listed": self.listing not in NOT_LISTED,
            "hazards.delisted": self.listing == "delisted",
            "hazards.superior_done": self.superior and self.state in DONE,
            "hazards.superior_closed": self.superior and closed,
            "hazards.superior_overdue": self.superior and late,
            f"hazards.in.{self.state}": True,
            "hazards.all": True,
            "hazards.ordered": self.state in ORDERED,
            "hazards.immediate": self.immediate and self.state in ORDERED,
            "hazards.arranged": self.arranged and not self.immediate and self.state in ORDERED,
            "hazards.uncited": self.level == "major" and not self.cited and self.state not in NOT_COUNTED,
            "hazards.repeat": self.repeat and self.state not in NOT_COUNTED,
            "hazards.closed_late": closed and self.closed_late,
            "hazards.immediate_closed": closed and self.immediate,
            "hazards.unarranged_closed": closed and not self.immediate and not self.arranged,
            "hazards.uncited_closed": closed and self.level == "major" and not self.cited,
            "hazards.repeat_closed": closed and self.repeat,
        }
        return {name: 1 for name, holds in facts.items() if holds}


@dataclass(frozen=True, slots=True)
class At:
    """A place: an area, sectors in it, a source in it, or enterprises."""

    path: str = ""
    sectors: tuple[str, ...] = ()
    source: str = ""
    firms: tuple[UUID, ...] = ()

    def holds(self, path: str, sector: str, firm: UUID | None, source: str) -> bool:
        """Tell whether something lies there."""
        if self.firms:
            return firm in self.firms
        return (
            path.startswith(self.path)
            and (not self.sectors or sector in self.sectors)
            and (not self.source or source == self.source)
        )


@dataclass
class Living:
    """Plays, and keeps the rows of every day."""

    stage: Stage
    seed: int
    days: dict[date, list[Row]] = field(default_factory=dict)
    firms: dict[str, UUID] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)
        self.firms["main"] = self.stage.firm.id
        for name, village, sector in (
            ("西村木器厂", "西村", "light_industry"),
            ("东村建材厂", "东村", "construction"),
            ("西村机修厂", "西村", "machinery"),
        ):
            entry = Entry(name=f"示范镇{name}", path=self.stage.town.units[village].path, lead_sector=sector)
            made = enterprises.register(entry=entry, town_id=self.stage.town.town.id, actor=PLATFORM, now=self.stage.at)
            self.firms[name] = made.id

    def live(self, turns: int) -> None:
        """Let some days pass, each with some things done and then counted."""
        stage = self.stage
        ways: tuple[Callable[[], object], ...] = (
            lambda: stage.report(**self._somewhere()),
            lambda: stage.confirmed(**self._somewhere()),
            lambda: stage.assigned(days=self.dice.randint(1, 9), **self._somewhere()),
            lambda: stage.rectifying(days=self.dice.randint(1, 5)),
            stage.rectified,
            stage.closed,
            stage.self_found,
            stage.superior_item,
            lambda: stage.assigned(days=2, source=Source.SUPERIOR, superior_organ="区安委办"),
            self.dice.choice((stage.listed, stage.major, stage.delisted)),
            self._on_the_spot,
            self._again,
            self._as_a_whole,
            self._go_on,
            self._go_on,
            self._move,
        )
        for _ in range(turns):
            for _ in range(self.dice.randint(1, 4)):
                try:
                    self.dice.choice(ways)()
                except Refusal:
                    continue  # a random person may be the wrong one; what was done before it stays
            self._count()
            stage.later(self.dice.choice((1, 1, 2, 5)))
        self._count()

    def _somewhere(self) -> dict[str, object]:
        """Return where and by whom one is found; some were found days before they are entered."""
        found_on = self.stage.day - timedelta(days=Hazard.objects.count() % 3)
        firm = self.dice.choice(list(self.firms.values()))
        return {"enterprise_id": firm, "source": self.dice.choice(SOURCES), "found_on": found_on}

    def _on_the_spot(self) -> None:
        files = self.stage.proof("office", FileRole.BEFORE, FileRole.AFTER)
        self.stage.do(self.stage.confirmed(), Act.FIX_ON_SPOT, "office", signed_by="厂长", files=files)

    def _again(self) -> None:
        """Find what was closed once more."""
        before = Hazard.objects.filter(state="closed").order_by("number").first() or self.stage.closed()
        self.stage.report(repeat_of=before.pk, found_on=self.stage.day - timedelta(days=self.dice.randint(0, 3)))

    def _as_a_whole(self) -> None:
        """Judge one major as a whole, no clause named."""
        row = self.stage.report(description="多处隐患叠加", **self._somewhere())
        opinion = self.stage.proof("office", FileRole.DOCUMENT, kind="document")
        given = {"level": "major", "whole_judgement": True, "text": "多项叠加，按整体判定", "files": opinion}
        self.stage.do(row, Act.CONFIRM, "office", **given)

    def _go_on(self) -> None:
        rows = list(Hazard.objects.filter(state__in=OPEN).order_by("number"))
        row = self.dice.choice(rows) if rows else self.stage.report()
        if row.state == "rectified" and self.dice.random() < 0.3:
            self.stage.do(row, Act.FAIL, "office", text="没有改好", deadline=self.stage.day)
        elif row.state == "rectified":
            self.stage.do(row, Act.PASS, "office", text="合格")
        elif row.state == "rectifying":
            self.stage.hand_in(row)
        elif row.state == "confirmed":
            paper = self.stage.paper("office")
            self.stage.do(row, Act.TRANSFER, "office", organ="区住建局", text="移送", files=paper)

    def _move(self) -> None:
        villages = [self.stage.town.units[name].path for name in ("东村", "西村")]
        office = self.stage.by("office")
        firm = self.dice.choice([one for name, one in self.firms.items() if name != "main"])
        path = self.dice.choice(villages)
        enterprises.move(enterprise_id=firm, seen_version=1, path=path, reason="搬厂", actor=office, now=self.stage.at)

    def _count(self) -> None:
        self.days[self.stage.day] = [
            Row(
                one.path,
                one.sector,
                one.enterprise_id,
                one.source,
                one.state,
                one.level,
                one.listing_state,
                one.deadline,
                one.review_due,
                one.needs_superior,
                one.arranged,
                one.fixed_on_spot or one.deadline_kind == "same_day",
                bool(one.criterion_clause),
                one.repeat_of_id is not None,
                one.closed_late,
                one.pk,
                one.found_on,
                one.self_found,
            )
            for one in Hazard.objects.all()
        ]

    # ---- the recount ----
    def stock(self, at: At, name: str, on: date, level: str = "") -> int:
        """Count the rows as they stood at the end of a day; on a day without acts those of the last day with some."""
        last = max((day for day in self.days if day <= on), default=None)
        rows = self.days[last] if last else []
        here = [row for row in rows if at.holds(row.path, row.sector, row.firm, row.source)]
        return sum(row.counts(on).get(name, 0) for row in here if not level or row.level == level)

    def still(self, at: At, name: str, since: date, on: date, level: str = "") -> int:
        """Count the rows of a day that were closed when a period began and have not been reopened in it."""
        last = max((day for day in self.days if day < since), default=None)
        over = {row.pk for row in self.days[last] if row.state == "closed"} if last else set()
        again = Event.objects.filter(kind="hazard.reopen", day__range=(since, on)).values_list("subject_id", flat=True)
        over -= set(again)
        now = max((day for day in self.days if day <= on), default=None)
        rows = self.days[now] if now else []
        here = [row for row in rows if at.holds(row.path, row.sector, row.firm, row.source) and row.pk in over]
        return sum(row.counts(on).get(name, 0) for row in here if not level or row.level == level)

    def found(self, at: At, name: str, since: date, until: date, known: date, level: str = "") -> int:
        """Count the rows of a day that were found in a period and counted then, as they stood then."""
        last = max((day for day in self.days if day <= known), default=None)
        rows = [one for one in self.days[last] if one.state not in NOT_COUNTED] if last else []
        here = [one for one in rows if at.holds(one.path, one.sector, one.firm, one.source)]
        days = [one for one in here if since <= one.found_on <= until and (not level or one.level == level)]
        return sum(one.self_found for one in days) if name == "hazards.self_found" else len(days)

    def flow(self, at: At, names: Iterable[str], since: date, until: date, known: date | None = None) -> int:
        """Count the events of a period; by the day of finding, the rows as they were known by a day, None: its last."""
        facts = BY_FACT & set(names)
        found = sum(self.found(at, name, since, until, known or until) for name in facts)
        names = set(names) - facts
        for event in Event.objects.filter(day__range=(since, until)):
            if "state" in event.figures and at.holds(event.path, event.sector, event.enterprise_id, event.source):
                found += sum(_is(event, name) for name in names)
        return found


@made_once
def lived(seed: int, turns: int = 9) -> Living:
    """Return a town with its reference data that has lived for some weeks, the same for each seed; ask into nothing."""
    standards.load_reference_data()
    made = Living(make_stage(), seed)
    made.live(turns)
    return made


def _is(event: Event, name: str) -> int:
    """Return how much an event adds."""
    closes = event.figures["state"] == "closed" != event.figures["state_from"]
    if name == "hazards.closed":
        return closes
    if name == "hazards.days_to_close":
        return (event.day - date.fromisoformat(event.figures["found_on"])).days * closes
    return event.kind in FLOW_KINDS[name]
