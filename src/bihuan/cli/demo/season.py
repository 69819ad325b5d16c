"""Play a season: draw lives from the seed and play their scenes day by day, all of one day, act and part at once."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from itertools import groupby
from random import Random
from typing import Final
from uuid import UUID

from django.db import transaction

from bihuan.cli.demo import pictures, texts
from bihuan.cli.demo.lives import Draft, Life, Parts, Scene, Wanted, draw_general, draw_major
from bihuan.cli.demo.troupe import CHIEF, INSPECTOR, INSPECTOR_2, OFFICE, Troupe
from bihuan.enterprises.rules.facts import Firm
from bihuan.hazards import services
from bihuan.hazards.rules.acts import Act
from bihuan.hazards.rules.facts import Given, Proof
from bihuan.hazards.rules.finding import NewHazard
from bihuan.hazards.rules.states import FileRole, Source
from bihuan.hazards.services import Item
from bihuan.kernel.calendar import SHANGHAI
from bihuan.trail import services as trail
from bihuan.trail.rules import FileKind, Upload

FIRST_DAY: Final = date(2017, 12, 18)
LAST_DAY: Final = date(2018, 2, 14)
LAST_MOMENT: Final = datetime.combine(LAST_DAY, time(8, 50), tzinfo=SHANGHAI)
BATCH: Final = 500
MAJOR_SHARE: Final = 0.011
PHOTO_ROLES: Final = frozenset({FileRole.BEFORE, FileRole.AFTER, FileRole.SITE})
# What happens when in a day: a life may pass several acts in one day, in this order.
HOURS: Final[dict[Act, time]] = {
    act: time(8 + number // 4, number % 4 * 15)
    for number, act in enumerate(
        (
            Act.REPORT, Act.RETURN, Act.CONFIRM, Act.COUNTERSIGN, Act.PROPOSE_LISTING, Act.REOPEN, Act.ASSIGN, Act.LIST,
            Act.ACCEPT, Act.PUBLISH, Act.HAND_IN_PLAN, Act.PROGRESS, Act.ASK_EXTENSION, Act.GRANT_EXTENSION,
            Act.REFUSE_EXTENSION, Act.REMIND, Act.FIX_ON_SPOT, Act.TRANSFER, Act.RECORD_REPLY, Act.REQUEST_INVALID,
            Act.APPROVE_INVALID, Act.HAND_IN, Act.APPLY_ACCEPTANCE, Act.FAIL_ACCEPTANCE, Act.ACCEPT_LISTING,
            Act.DELIST, Act.FAIL, Act.PASS, Act.SUBMIT_SUPERIOR, Act.SUPERIOR_ACCEPT,
        )
    )
}  # fmt: skip
Cue = tuple[date, time, str, Act]
Cast = list[tuple[int, Life, Scene | None]]


@dataclass
class Season:
    """One town's season. weekly: played in weeks, so that acts come in large plurals (towns of the county)."""

    troupe: Troupe
    dice: Random
    weekly: bool = False
    last: datetime = LAST_MOMENT
    pool: dict[tuple[str, bool], list[UUID]] = field(default_factory=dict)

    def lives(self, count: int) -> list[Life]:
        """Draw as many lives."""
        return [self._life() for _ in range(count)]

    def play(self, lives: Sequence[Life]) -> int:
        """Play lives to the last day; return how many acts were done."""
        return self._play(self._cues(lives, is_new=True), {})

    def play_known(self, lives: Sequence[tuple[UUID, Life]]) -> int:
        """Play what becomes of hazards that are on the books already, such as a superior's items."""
        cues = self._cues([life for _, life in lives], is_new=False)
        return self._play(cues, {number: hazard_id for number, (hazard_id, _) in enumerate(lives)})

    def _play(self, cast_by_cue: dict[Cue, Cast], known: dict[int, UUID]) -> int:
        done = 0
        cues = sorted(cast_by_cue.items(), key=lambda cue: cue[0][:3])
        for _, of_day in groupby(cues, key=lambda cue: cue[0][0]):
            with transaction.atomic():  # one commit a day; each act is still its own event and all its own rows
                for (day, at, part, act), cast in of_day:
                    now = datetime.combine(day, at, tzinfo=SHANGHAI)
                    if now <= self.last:
                        done += self._all_together(cast, act, part, known, now)
        return done

    def _all_together(self, cast: Cast, act: Act, part: str, known: dict[int, UUID], now: datetime) -> int:
        for start in range(0, len(cast), BATCH):
            self._together(cast[start : start + BATCH], act, part, known, now)
        return len(cast)

    # ---- drawing ----
    def _life(self) -> Life:
        dice, troupe = self.dice, self.troupe
        firm = dice.choice(troupe.firms)
        is_major = dice.random() < MAJOR_SHARE
        finding = texts.pick(texts.majors() if is_major else texts.findings(), firm.lead_sector, dice)
        reporter, source = self._reporter(firm)
        day = FIRST_DAY + timedelta(days=int((LAST_DAY - FIRST_DAY).days * dice.random() ** 1.1))
        new = NewHazard(
            town_id=troupe.town.id,
            enterprise_id=firm.id,
            description=finding.description,
            part=finding.part,
            category=finding.category,
            source=source,
            found_on=day,
            needs_superior=source == Source.SUPERIOR,
            superior_organ="区安委办" if source == Source.SUPERIOR else "",
        )
        files: Wanted = (FileRole.BEFORE,) if dice.random() < self._photo_share() else ()
        life = Life(day, reporter, new, finding, files)
        draft = Draft(life, self.parts(firm), dice, day, self.weekly, LAST_DAY)
        (draw_major if is_major else draw_general)(draft)
        if self.weekly:
            _to_weeks(life)
        return life

    def _photo_share(self) -> float:
        return 0.1 if self.weekly else 0.25

    def _reporter(self, firm: Firm) -> tuple[str, Source]:
        village = self.troupe.village_of(firm)
        choices: list[tuple[str, Source, float]] = [
            (village, Source.VILLAGE_PATROL, 38),
            (INSPECTOR, Source.DEPARTMENT, 28),
            (INSPECTOR_2, Source.JOINT, 12),
            (INSPECTOR, Source.COVERT, 4),
            (OFFICE, Source.EXPERT, 4),
            (OFFICE, Source.TIP, 3),
            (CHIEF, Source.LED, 6),
        ]
        if self.troupe.has(f"boss:{firm.id}"):
            choices.append((f"safety:{firm.id}", Source.SELF_CHECK, 40))
        open_to = [one for one in choices if self.troupe.has(one[0])]
        part, source, _ = self.dice.choices(open_to, [one[2] for one in open_to])[0]
        return part, source

    def parts(self, firm: Firm) -> Parts:
        """Return who plays in the life of a hazard at this enterprise."""
        boss = f"boss:{firm.id}"
        on_platform = self.troupe.has(boss)
        rectifier = boss if on_platform else self.troupe.village_of(firm)
        return Parts(
            rectifier=rectifier,
            verifier=CHIEF if self.weekly or rectifier == OFFICE else self.dice.choice((OFFICE, CHIEF)),
            acting_for="" if on_platform else firm.name,
            supervisor=self.troupe.supervisor_of(firm.lead_sector),
        )

    # ---- playing ----
    def _cues(self, lives: Sequence[Life], *, is_new: bool) -> dict[Cue, Cast]:
        cues: defaultdict[Cue, Cast] = defaultdict(list)
        for number, life in enumerate(lives):
            if is_new:
                cues[life.day, HOURS[Act.REPORT], life.reporter, Act.REPORT].append((number, life, None))
            for scene in life.scenes:
                cues[scene.day, HOURS[scene.act], scene.part, scene.act].append((number, life, scene))
        return cues

    def _together(self, cast: Cast, act: Act, part: str, known: dict[int, UUID], now: datetime) -> None:
        actor = self.troupe.by(part)
        if act == Act.REPORT:
            news = [replace(life.new, files=self._files(part, life.files, number, now)) for number, life, _ in cast]
            done = services.report_many(news, actor=actor, now=now)
            known.update((number, one.hazard_id) for (number, _, _), one in zip(cast, done, strict=True))
            return
        items = [Item(known[number], self._given(scene, number, now)) for number, _, scene in cast if scene]
        services.advance_many(items, act=act, tell=not self.weekly, actor=actor, now=now)

    def _given(self, scene: Scene, number: int, now: datetime) -> Given:
        if not scene.files:
            return scene.given
        return replace(scene.given, files=self._files(scene.part, scene.files, number, now))

    def _files(self, part: str, roles: Iterable[FileRole], number: int, now: datetime) -> tuple[Proof, ...]:
        return tuple(self._proof(part, role, number, now) for role in roles)

    def _proof(self, part: str, role: FileRole, number: int, now: datetime) -> Proof:
        is_photo = role in PHOTO_ROLES
        kept = self.pool.setdefault((part, is_photo), [])
        most = (4 if self.weekly else 200) if is_photo else 2
        if len(kept) < most:
            content = (
                pictures.scene(self.dice, after=role == FileRole.AFTER, taken_at=now, small=self.weekly)
                if is_photo
                else pictures.scan(self.dice)
            )
            kind = FileKind.PHOTO if is_photo else FileKind.DOCUMENT
            upload = Upload(name=f"{part.split(':', maxsplit=1)[0]}-{len(kept) + 1}.jpg", content=content, kind=kind)
            [file] = trail.keep_files([upload], town_id=self.troupe.town.id, actor=self.troupe.by(part), now=now)
            kept.append(file.id)
            return Proof(file.id, is_photo, role)
        return Proof(kept[number % most], is_photo, role)


def _to_weeks(life: Life) -> None:
    """Move every scene to the weekday of its act, never before the scene that came before it."""
    life.day = _weekday_after(life.day, 0)
    life.new = replace(life.new, found_on=life.day)
    moved: list[Scene] = []
    before, hour = life.day, HOURS[Act.REPORT]
    for scene in life.scenes:
        day = _weekday_after(max(scene.day, before), WEEKDAYS.get(scene.act, 4))
        if day == before and HOURS[scene.act] <= hour:
            day += timedelta(days=7)
        moved.append(replace(scene, day=day, given=_within(scene.given, scene.day, day)))
        before, hour = day, HOURS[scene.act]
    life.scenes = moved


WEEKDAYS: Final[dict[Act, int]] = {
    Act.CONFIRM: 0, Act.COUNTERSIGN: 1, Act.PROPOSE_LISTING: 1, Act.ASSIGN: 1, Act.LIST: 2, Act.ACCEPT: 2,
    Act.PUBLISH: 3, Act.HAND_IN_PLAN: 3, Act.ASK_EXTENSION: 2, Act.FIX_ON_SPOT: 1,
}  # fmt: skip


def _weekday_after(day: date, weekday: int) -> date:
    return day + timedelta(days=(weekday - day.weekday()) % 7)


def _within(given: Given, drawn: date, day: date) -> Given:
    """Move a deadline as far as its scene was moved."""
    return given if given.deadline is None else replace(given, deadline=given.deadline + (day - drawn))


def batches(lives: Sequence[Life], size: int) -> Iterator[Sequence[Life]]:
    """Yield lives in portions, so that memory stays bounded however large a county is."""
    for start in range(0, len(lives), size):
        yield lives[start : start + size]
