"""A campaign under supervision: rounds, a circular, an interview and a case, with short ways to go on."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from bihuan.campaigns import queries
from bihuan.campaigns.models import Bulletin, BulletinUnit, Campaign, Finding, Interview, SupervisionRound
from bihuan.campaigns.rules.counted import Counted
from bihuan.campaigns.rules.terms import Where
from bihuan.campaigns.services import supervision
from bihuan.enterprises import services as enterprises
from bihuan.enterprises.rules.facts import Entry
from bihuan.kernel.actor import PLATFORM, Actor
from bihuan.kernel.errors import NotFound
from bihuan.trail import services as trail
from tests.campaigns.running import at
from tests.campaigns.stage import CampaignStage, make_campaign_stage
from tests.kept import made_once
from tests.town import POSTS

__all__ = ["FIGURES", "KEEPERS", "TOWN_WIDE", "WATCHERS", "Supervised", "at", "make_supervised"]
SINCE = date(2017, 12, 20)
TOWN_WIDE = {"chair", "chief", "office", "inspector", "inspector_2", "superior", "group"}
KEEPERS = {"chair", "chief", "office"}
WATCHERS = KEEPERS | {"group"}  # who also sees candidates, drafts of circulars and the register of accountability
# The figures of the catalogue that supervision measures; tests/campaigns/test_supervision.py has their numbers.
FIGURES = (
    "bulletins.corrected",
    "bulletins.criticised",
    "supervision.closed",
    "supervision.covert",
    "supervision.rounds",
    "supervision.units",
)


@dataclass
class Supervised:
    """A campaign that was issued, and short ways to supervise it."""

    stage: CampaignStage
    row: Campaign
    now: datetime = field(default_factory=lambda: at(1, 5))
    firm: UUID | None = None
    papers: int = field(default=0)

    @property
    def town(self) -> Any:
        """The small town."""
        return self.stage.town

    def by(self, who: str) -> Actor:
        """Return a person of the town today."""
        return self.town.actor(who, self.now.date())

    def part(self, unit: str) -> UUID:
        """Return a unit's part."""
        return self.stage.part(self.row, unit).pk

    def said(self, who: str) -> dict[str, Any]:
        """Return what every service is told."""
        return {"campaign_id": self.row.pk, "actor": self.by(who), "now": self.now}

    def sees(self, ask: Callable[[Actor], object]) -> set[str]:
        """Return who of the town is answered."""
        found = set()
        for who, *_ in POSTS:
            try:
                ask(self.by(who))
            except NotFound:
                continue
            found.add(who)
        return found

    def figure(self, key: str, *, on: date | None = None, unit: str = "") -> tuple[int | None, int | None]:
        """Return a figure of the campaign up to a day, in the town or in one unit."""
        where = Where(self.town.units[unit].path if unit else self.row.path)
        value = queries.indicator_value(
            PLATFORM,
            key,
            where,
            since=SINCE,
            until=date(2018, 1, 31),
            on=on or self.now.date(),
            campaign_id=self.row.pk,
        )
        return value.numerator, value.denominator

    def rows(self, name: str) -> tuple[Counted, ...]:
        """Return the rows that one figure counts up to today."""
        return queries.rows_of(PLATFORM, self.row.pk, name, path=self.row.path, since=SINCE, until=self.now.date())

    def paper(self, who: str) -> UUID:
        """Return a document that this person has uploaded."""
        self.papers += 1
        kept = trail.keep_file(
            name=f"材料{self.papers}.txt",
            content=f"{who} {self.papers}".encode(),
            kind="document",
            town_id=self.row.town_id,
            actor=self.by(who),
            now=self.now,
        )
        return kept.id

    def works(self) -> UUID:
        """Return an enterprise of 东村."""
        if self.firm is None:
            entry = Entry("东方木业有限公司", self.town.units["东村"].path, "light_industry")
            (made,) = enterprises.register_many(entries=[entry], town_id=self.row.town_id, actor=PLATFORM, now=self.now)
            self.firm = made.id
        return self.firm

    # -- rounds
    def planned(self, unit: str = "东村", *, method: str = "covert", on: date | None = None) -> SupervisionRound:
        """Plan a round of a unit."""
        (made,) = supervision.plan_rounds(
            units=[self.part(unit)],
            method=method,
            planned_on=on or self.now.date(),
            subject="重大隐患督办",
            **self.said("office"),
        )
        return SupervisionRound.objects.get(pk=made)

    def held(self, unit: str = "东村", *, method: str = "covert", on: date | None = None) -> SupervisionRound:
        """Return a round that was held today, at one enterprise."""
        one = self.planned(unit, method=method, on=on)
        supervision.hold_round(
            round_id=one.pk,
            seen_version=one.version,
            held_on=self.now.date(),
            facts={"leader": "副镇长"},
            firms=[self.works()],
            **self.said("office"),
        )
        return self.again(one)

    def noted(self, one: SupervisionRound, text: str = "没有建立隐患台账", *, firm: bool = False) -> Finding:
        """Note a problem of a round."""
        new = supervision.NewFinding("firm" if firm else "unit", text, self.works() if firm else None)
        one = self.again(one)
        made = supervision.note_finding(round_id=one.pk, seen_version=one.version, new=new, **self.said("office"))
        return Finding.objects.get(pk=made)

    def fed_back(self, unit: str = "东村", *, by: date | None = None, method: str = "covert") -> Finding:
        """Return the one problem of a round that was fed back."""
        found = self.noted(self.held(unit, method=method))
        one = self.again(found.round)
        supervision.feed_back(round_id=one.pk, seen_version=one.version, correct_by=by, **self.said("office"))
        return self.again(found)

    def again(self, row: Any) -> Any:
        """Return a row as it now is."""
        return type(row)._default_manager.get(pk=row.pk)

    def answer(self, one: Finding, who: str = "village_east", **more: Any) -> None:
        """Report what the unit corrected."""
        one = self.again(one)
        supervision.answer_finding(
            finding_id=one.pk, seen_version=one.version, reason="已建台账", **(self.said(who) | more)
        )

    def review(self, one: Finding, *, accepted: bool = True, reason: str = "") -> None:
        """Confirm it, or send it back."""
        one = self.again(one)
        supervision.review_finding(
            finding_id=one.pk, seen_version=one.version, accepted=accepted, reason=reason, **self.said("office")
        )

    # -- circulars
    def circular(self, *units: str, kind: str = "criticism", words: str = "重视不够", who: str = "office") -> Bulletin:
        """Draft a circular on units, charged in words."""
        made = supervision.draft_circular(
            kind=kind, units={self.part(one): words for one in units or ("东村",)}, **self.said(who)
        )
        return Bulletin.objects.get(pk=made)

    def asked(self, *units: str) -> Bulletin:
        """Return a circular on which the units are being heard."""
        one = self.circular(*units)
        supervision.ask_units(bulletin_id=one.pk, seen_version=one.version, **self.said("office"))
        return self.again(one)

    def named(self, one: Bulletin, unit: str = "东村") -> BulletinUnit:
        """Return a unit that a circular names."""
        return BulletinUnit.objects.get(bulletin=one, part_id=self.part(unit))

    def about(self, act: Any, one: Bulletin, unit: str, who: str, **more: Any) -> None:
        """Do something about one unit of a circular."""
        named = self.named(one, unit)
        act(bulletin_id=one.pk, unit_id=named.pk, seen_version=named.version, **self.said(who), **more)

    def issued(self, *units: str) -> Bulletin:
        """Return a circular that was issued after every unit said its word."""
        one = self.asked(*units)
        for unit, who in (("东村", "village_east"), ("西村", "village_west")):
            if unit in (units or ("东村",)):
                self.about(supervision.reply, one, unit, who, reason="没有意见")
                self.about(supervision.hear, one, unit, "chief", stays=True, reason="没有异议")
        one = self.again(one)
        supervision.issue_bulletin(bulletin_id=one.pk, seen_version=one.version, **self.said("chief"))
        return self.again(one)

    # -- interviews and cases
    def called(self, unit: str = "东村", *, days: int = 1) -> Interview:
        """Call a unit to an interview."""
        made = supervision.call_interview(
            unit_id=self.part(unit),
            meets_at=self.now.replace(day=self.now.day + days),
            facts={"who": "村主任", "convener": "安委会主任", "reason": "隐患整改不力", "place": "镇政府"},
            **self.said("office"),
        )
        return Interview.objects.get(pk=made)

    def handed_over(self, unit: str = "东村", **more: Any) -> UUID:
        """Hand a case over: of malfeasance, or of work not done with a responsible accident of the day."""
        is_accident = more.get("by_accident", False)
        if is_accident:
            more.setdefault("accident_on", self.now.date())
        more.setdefault("failings", ["work_not_done"] if is_accident else ["malfeasance"])
        facts = {"who": f"{unit}分管负责人", "grounds": "重大隐患没有督促整改", "handed_to": "镇纪委"}
        return supervision.hand_over(
            unit_id=self.part(unit),
            facts=facts | more.pop("facts", {}),
            handed_over_on=self.now.date(),
            files=[self.paper("chief")],
            **self.said("chief"),
            **more,
        )


@made_once
def make_supervised() -> Supervised:
    """Return a campaign that was issued, on a stage of its own."""
    stage = make_campaign_stage()
    return Supervised(stage, stage.issued())
