"""For random rounds, circulars, interviews and cases, each figure of supervision equals a recount from the rows of that
day: any day, the town and each unit; and no share is above the whole."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from datetime import date, datetime, time, timedelta
from typing import Any, Final

import pytest

from bihuan.campaigns import queries, services
from bihuan.campaigns.measures import SUPERVISION
from bihuan.campaigns.models import (
    AccountabilityCase,
    BulletinUnit,
    CampaignUnit,
    Exemption,
    Finding,
    Interview,
    SupervisionRound,
)
from bihuan.campaigns.rules.terms import Where
from bihuan.campaigns.services import supervision
from bihuan.kernel.actor import PLATFORM
from bihuan.kernel.calendar import SHANGHAI, day_of
from bihuan.kernel.errors import Refusal
from bihuan.kernel.indicators import Question
from bihuan.stats import queries as stats
from tests.campaigns.stage import EVERYBODY
from tests.campaigns.supervised import FIGURES, SINCE, Supervised, make_supervised
from tests.soaking import some

pytestmark = pytest.mark.django_db
FIRST: Final = date(2018, 1, 2)
SPEAKERS: Final = {"东村": "village_east", "西村": "village_west", "经发办": "industry", "建设办": "construction"}
OF_TOWN: Final = frozenset(
    f"campaigns.{one}"
    for one in (
        "criticised_or_exempted",
        "meeting_a_ground",
        "accountability_decisions",
        "accountability_concluded",
        "people_held",
    )
)
OF_COVERT: Final = frozenset(
    f"campaigns.{one}" for one in ("supervision_planned", "supervision_rounds", "covert_rounds", "units_supervised")
)
VILLAGES: Final = ("东村", "西村")
Rows = list[dict[str, Any]]


@dataclass
class Diary:
    """How the rows stood at the end of each day."""

    rounds: dict[date, Rows] = field(default_factory=dict)
    findings: dict[date, Rows] = field(default_factory=dict)
    named: dict[date, Rows] = field(default_factory=dict)
    exempted: dict[date, Rows] = field(default_factory=dict)
    interviews: dict[date, Rows] = field(default_factory=dict)
    cases: dict[date, Rows] = field(default_factory=dict)
    parts: dict[date, Rows] = field(default_factory=dict)

    def note(self, on: date) -> None:
        """Write down how everything stands."""
        unit = "part__name"
        self.rounds[on] = list(
            SupervisionRound.objects.values(
                unit, "method", "planned_on", "held_on", "state", "fed_back_at", "closed_at"
            )
        )
        self.findings[on] = list(
            Finding.objects.values("side", "due_on", "answered_on", "state", "round__part__name", "round__fed_back_at")
        )
        bulletin = ("bulletin_id", "bulletin__kind", "bulletin__state", "bulletin__issued_at", "bulletin__correct_by")
        self.named[on] = list(BulletinUnit.objects.values(unit, "left_at", "answered_on", "confirmed_at", *bulletin))
        self.exempted[on] = list(Exemption.objects.values(unit, "on"))
        self.interviews[on] = list(Interview.objects.values(unit, "state", "held_on"))
        self.cases[on] = list(
            AccountabilityCase.objects.values("state", "decided_on", "by_accident", "report", "who", "part__name")
        )
        self.parts[on] = list(CampaignUnit.objects.values("name", "plan_due_on", "plan_first_at"))


class Player:
    """Plays a few things a day; what a person is refused that day is not done."""

    def __init__(self, run: Supervised, seed: int) -> None:
        self.run, self.dice, self.diary, self.number = run, random.Random(seed), Diary(), 0
        self.moves: tuple[Callable[[], object], ...] = (
            self.plan,
            self.plan,
            self.hold,
            self.hold,
            self.cancel,
            self.feed_back,
            self.feed_back,
            self.answer,
            self.answer,
            self.review,
            self.review,
            self.criticise,
            self.correct,
            self.correct,
            self.confirm,
            self.confirm,
            self.exempt,
            self.call,
            self.meet,
            self.accuse,
            self.decide,
            self.hand_in,
        )

    def play(self, days: int) -> None:
        """Play some days and write each down."""
        for offset in range(days):
            on = FIRST + timedelta(days=offset)
            for hour in range(8, 8 + self.dice.randint(2, 8)):
                self.run.now = datetime.combine(on, time(hour), tzinfo=SHANGHAI)
                try:
                    self.dice.choice(self.moves)()
                except Refusal:
                    continue
            self.diary.note(on)

    def _unit(self) -> str:
        return self.dice.choice(list(SPEAKERS))

    def _any(self, rows: Any) -> Any:
        found = list(rows.order_by("pk"))
        if not found:
            raise Refusal("test.none", "没有")
        return self.dice.choice(found)

    def _ahead(self, most: int) -> date:
        return self.run.now.date() + timedelta(days=self.dice.randint(0, most))

    def plan(self) -> None:
        """Plan a round, open or covert."""
        self.run.planned(self._unit(), method=self.dice.choice(("open", "covert")), on=self._ahead(6))

    def hold(self) -> None:
        """Hold one that is planned."""
        one = self._any(SupervisionRound.objects.filter(state="planned"))
        supervision.hold_round(
            round_id=one.pk,
            seen_version=one.version,
            held_on=self.run.now.date(),
            facts={"leader": "副镇长"},
            firms=[self.run.works()],
            **self.run.said("office"),
        )

    def cancel(self) -> None:
        """Cancel one that is planned."""
        one = self._any(SupervisionRound.objects.filter(state="planned"))
        supervision.cancel_round(round_id=one.pk, seen_version=one.version, reason="改期", **self.run.said("office"))

    def feed_back(self) -> None:
        """Note problems of a round that was held, and tell the unit."""
        one = self._any(SupervisionRound.objects.filter(state="held"))
        for number in range(self.dice.randint(0, 2)):
            self.run.noted(one, f"问题{number}", firm=self.dice.random() < 0.2)
        one = self.run.again(one)
        supervision.feed_back(
            round_id=one.pk, seen_version=one.version, correct_by=self._ahead(5), **self.run.said("office")
        )

    def answer(self) -> None:
        """Report a problem corrected."""
        one = self._any(Finding.objects.filter(state="asked"))
        self.run.answer(one, SPEAKERS[one.round.part.name])

    def review(self) -> None:
        """Confirm it, or send it back."""
        one = self._any(Finding.objects.filter(state="answered"))
        accepted = self.dice.random() < 0.6
        self.run.review(one, accepted=accepted, reason="" if accepted else "没有改好")

    def criticise(self) -> None:
        """Issue a circular on villages."""
        self.run.issued(*self.dice.sample(VILLAGES, self.dice.randint(1, 2)))

    def correct(self) -> None:
        """Let a unit answer the circular that names it."""
        one = self._any(BulletinUnit.objects.filter(bulletin__state="issued", answered_at=None))
        unit = one.part.name
        self.run.about(supervision.answer_circular, one.bulletin, unit, SPEAKERS[unit], reason="已改正")

    def confirm(self) -> None:
        """Confirm what it corrected, or send it back."""
        one = self._any(BulletinUnit.objects.filter(confirmed_at=None).exclude(answered_at=None))
        accepted = self.dice.random() < 0.7
        said = {"accepted": accepted, "reason": "" if accepted else "不够"}
        self.run.about(supervision.review_correction, one.bulletin, one.part.name, "office", **said)

    def exempt(self) -> None:
        """Exempt a unit from criticism."""
        unit = self.run.part(self._unit())
        supervision.exempt(unit_id=unit, reason="村里换届", **self.run.said("chief"))

    def call(self) -> None:
        """Call a unit to an interview tomorrow."""
        self.run.called(self._unit())

    def meet(self) -> None:
        """Hold an interview whose day has come."""
        one = self._any(Interview.objects.filter(held_on=None, cancelled_at=None))
        supervision.hold_interview(
            interview_id=one.pk,
            seen_version=one.version,
            held_on=self.run.now.date(),
            facts={"undertakings": "月底前整改"},
            look_again_on=self.run.now.date() + timedelta(days=7),
            files=[self.run.paper("office")],
            **self.run.said("office"),
        )

    def accuse(self) -> None:
        """Hand a case over, because of an accident or not."""
        if self.dice.random() < 0.5:
            unit = self._unit()
            self.run.handed_over(unit, facts={"who": unit} if self.dice.random() < 0.3 else {})
            return
        report = f"示政〔2018〕{self.dice.randint(1, 2)}号"
        facts = {"accident": "一起爆燃事故", "report": report}
        self.run.handed_over(self._unit(), facts=facts, by_accident=True, is_responsible=True)

    def decide(self) -> None:
        """Register what the competent organ decided."""
        one = self._any(AccountabilityCase.objects.filter(state="handed_over"))
        self.number += 1
        supervision.register_decision(
            case_id=one.pk,
            seen_version=one.version,
            form="admonition",
            facts={"organ": "镇纪委", "doc_number": f"示纪〔2018〕{self.number}号"},
            decided_on=self.run.now.date(),
            files=[self.run.paper("chief")],
            **self.run.said("chief"),
        )

    def hand_in(self) -> None:
        """Hand in a sub-plan, late or not."""
        unit = self._unit()
        part = self.run.stage.part(self.run.row, unit)
        if part.received_at is None:
            services.receive(unit_id=part.pk, seen_version=part.version, **self.run.said(SPEAKERS[unit]))
            part.refresh_from_db()
        services.hand_in_plan(
            unit_id=part.pk,
            seen_version=part.version,
            facts={"body": f"{unit}小组", "leader": f"{unit}副主任"},
            plan=self.run.paper(SPEAKERS[unit]),
            **self.run.said(SPEAKERS[unit]),
        )


def recount(diary: Diary, units: tuple[str, ...], since: date, on: date) -> dict[str, int]:
    """Count again, from the rows as they stood that day."""
    is_town = len(units) > 1

    def within(day: date | None) -> bool:
        return day is not None and since <= day <= on

    rounds = [
        one
        for one in diary.rounds[on]
        if one["part__name"] in units
        and one["state"] != "cancelled"
        and (is_town or one["method"] == "open" or one["fed_back_at"] or one["closed_at"])
    ]
    held = [one for one in rounds if within(one["held_on"])]
    due = [
        one
        for one in diary.findings[on]
        if one["round__part__name"] in units
        and one["side"] == "unit"
        and one["round__fed_back_at"] is not None
        and within(one["due_on"])
    ]
    named = [
        one
        for one in diary.named[on]
        if one["part__name"] in units
        and one["bulletin__kind"] == "criticism"
        and one["bulletin__issued_at"] is not None
        and one["left_at"] is None
        and within(day_of(one["bulletin__issued_at"]))
    ]
    criticised = {one["part__name"] for one in named}
    behind = {
        one["part__name"]
        for one in named
        if one["confirmed_at"] is None or one["answered_on"] > one["bulletin__correct_by"]
    }
    exempted = {one["part__name"] for one in diary.exempted[on] if one["part__name"] in units and within(one["on"])}
    no_plan = {
        one["name"]
        for one in diary.parts[on]
        if one["name"] in units and one["plan_due_on"] < on and one["plan_first_at"] is None
    }
    decided = [one for one in diary.cases[on] if is_town and one["state"] == "decided" and within(one["decided_on"])]
    talked = [one for one in diary.interviews[on] if one["part__name"] in units and within(one["held_on"])]
    return {
        "campaigns.supervision_planned": sum(within(one["planned_on"]) or within(one["held_on"]) for one in rounds),
        "campaigns.supervision_rounds": len(held),
        "campaigns.covert_rounds": sum(one["method"] == "covert" for one in held),
        "campaigns.units_supervised": len({one["part__name"] for one in held}),
        "campaigns.findings_due": len(due),
        "campaigns.findings_on_time": sum(
            one["state"] == "confirmed" and one["answered_on"] <= one["due_on"] for one in due
        ),
        "campaigns.criticised": len(criticised),
        "campaigns.criticised_corrected": len(criticised - behind),
        "campaigns.criticised_or_exempted": len(criticised | exempted),
        "campaigns.meeting_a_ground": len(criticised | exempted | no_plan),
        "campaigns.interviews": len(talked),
        "campaigns.accountability_decisions": len(decided),
        "campaigns.people_held": sum(one["who"] != one["part__name"] for one in decided),
        "campaigns.accountability_concluded": len({one["report"] for one in decided if one["by_accident"]}),
    }


@pytest.mark.property
@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.one_database) for seed in (2, 3, 4))])
def test_given_random_supervision_when_any_day_is_asked_then_each_figure_is_as_recounted(seed: int) -> None:
    run = make_supervised()
    player = Player(run, seed)
    player.play(24)
    town, seen = run.town, set()
    places = {"": (town.town.path, EVERYBODY)} | {one: (town.units[one].path, (one,)) for one in EVERYBODY}
    adds_up = {one.name for one in SUPERVISION if one.adds_up}

    for offset in some(range(0, 24, 2), of=3, begin=seed):
        on = FIRST + timedelta(days=offset)
        for since in (SINCE, on - timedelta(days=5)):
            told: dict[str, dict[str, int]] = {}
            for label, (path, units) in places.items():
                wanted = recount(player.diary, units, since, on)
                if label:  # who was exempted and who was held to account is the town's alone
                    wanted = {name: amount for name, amount in wanted.items() if name not in OF_TOWN}
                answers = stats.answers(PLATFORM, wanted, Question(path, since, on, campaign_id=run.row.pk))
                told[label] = {name: one.amount for name, one in answers.items() if one is not None}
                assert told[label] == wanted, (seed, since, on, label)
                for name, amount in wanted.items():
                    rows = queries.rows_of(PLATFORM, run.row.pk, name, path=path, since=since, until=on)
                    assert sum(row.amount for row in rows) == amount, (name, since, on, label)
                    seen |= {name} if amount else set()
                values = queries.indicator_values(
                    PLATFORM, FIGURES, Where(path), since=since, until=on, on=on, campaign_id=run.row.pk
                )
                assert all(0 <= (one.numerator or 0) <= (one.denominator or 0) for one in values), (since, on, label)
            for name in adds_up - OF_TOWN - OF_COVERT:  # a covert round is the town's until its unit is told
                assert told[""][name] == sum(told[one][name] for one in EVERYBODY), (name, on)
    assert len(seen) > 10, seen


def test_given_the_figures_of_supervision_when_read_then_each_is_recounted_here() -> None:
    empty = Diary(*({FIRST: []} for _ in fields(Diary)))

    assert {one.name for one in SUPERVISION} == recount(empty, EVERYBODY, FIRST, FIRST).keys()
