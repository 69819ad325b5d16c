"""Play a season: draw lives from the seed and play their scenes day by day, all of one day, act and part at once."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from itertools import groupby
from random import Random
from typing import Final
from uuid import UUID

from django.db import transaction

from bihuan.cli.demo import pictures
from bihuan.cli.demo.choosing import Found
from bihuan.cli.demo.drafts import Draft, Life, Parts, Scene, Wanted
from bihuan.cli.demo.lives import draw_general, draw_major
from bihuan.cli.demo.troupe import CHIEF, INSPECTOR, INSPECTOR_2, OFFICE, Troupe
from bihuan.enterprises.rules.facts import Firm
from bihuan.hazards import services
from bihuan.hazards.queries.advice import advise, enterprise_of, suggested
from bihuan.hazards.rules.acts import Act
from bihuan.hazards.rules.facts import Given, Proof
from bihuan.hazards.rules.finding import NewHazard
from bihuan.hazards.rules.states import FileRole, Source
from bihuan.hazards.services import Item
from bihuan.kernel.calendar import SHANGHAI
from bihuan.trail import queries as notices
from bihuan.trail import services as trail
from bihuan.trail.rules import FileKind, Upload

FIRST_DAY: Final = date(2017, 12, 18)
LAST_DAY: Final = date(2018, 2, 14)
LAST_MOMENT: Final = datetime.combine(LAST_DAY, time(8, 50), tzinfo=SHANGHAI)
BATCH: Final = 500
REPORTING: Final = 0.8  # of the enterprises on the platform, by the day the month is due
TOLD: Final = 10_000  # more than anybody is told in a season
LOOKED: Final = timedelta(days=2)
MAJOR_SHARE: Final = {False: 0.015, True: 0.011}  # of what is found, by whether the town is played in weeks
DEPARTMENT_SHARE: Final = 0.2  # general hazards that the department of the trade orders and verifies itself
DELEGATED: Final = 6  # one in so many re-inspections is delegated to the village
REUSED: Final = 0.006  # photos that were handed in before: few, so that a doubt in the demo means something
FILE_NAMES: Final = {FileKind.PHOTO: "照片{}.jpg", FileKind.DOCUMENT: "签字扫描件{}.png"}
PHOTO_ROLES: Final = frozenset({FileRole.BEFORE, FileRole.AFTER, FileRole.SITE})
# What happens when in a day: a life may pass several acts in one day, in this order.
HOURS: Final[dict[Act, time]] = {
    act: time(8 + number // 4, number % 4 * 15)
    for number, act in enumerate(
        (
            Act.REPORT, Act.RETURN, Act.CONFIRM, Act.COUNTERSIGN, Act.PROPOSE_LISTING, Act.REOPEN, Act.ASSIGN, Act.LIST,
            Act.ACCEPT, Act.PUBLISH, Act.FILE_UPWARD, Act.HAND_IN_PLAN, Act.PROGRESS, Act.ASK_EXTENSION,
            Act.GRANT_EXTENSION, Act.REFUSE_EXTENSION, Act.REMIND, Act.FIX_ON_SPOT, Act.TRANSFER, Act.RECORD_REPLY,
            Act.REQUEST_INVALID, Act.APPROVE_INVALID, Act.HAND_IN, Act.APPLY_ACCEPTANCE, Act.FAIL_ACCEPTANCE,
            Act.ACCEPT_LISTING, Act.DELIST, Act.FAIL, Act.PASS, Act.SUBMIT_SUPERIOR, Act.SUPERIOR_ACCEPT,
            Act.SUSPEND, Act.APPLY_RESUMPTION, Act.REFUSE_RESUMPTION, Act.RESUME,
            Act.CHECK_EXPIRED,
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
    pool: dict[tuple[str, FileRole | None], list[UUID]] = field(default_factory=dict)
    found: Found = field(default_factory=Found)

    def lives(self, count: int) -> list[Life]:
        """Draw as many lives."""
        majors = set(self.dice.sample(range(count), round(count * MAJOR_SHARE[self.weekly])))
        return [self._life(is_major=number in majors) for number in range(count)]

    def play(self, lives: Sequence[Life]) -> int:
        """Play lives to the last day; return how many acts were done."""
        return self._play(self._cues(lives, is_new=True), {})

    def report_month(self, month: date, *, at: datetime) -> None:
        """Let most enterprises on the platform report what their self-checks of a month found, zero included."""
        for firm in self.troupe.firms:
            part = f"boss:{firm.id}"
            if not self.troupe.has(part) or self.dice.random() > REPORTING:
                continue
            found = self.dice.choice((0, 0, 1, 2, 3))
            services.report_month(
                enterprise_id=firm.id,
                month=month,
                checks=self.dice.randint(2, 8),
                found=found,
                fixed=max(0, found - self.dice.choice((0, 0, 1))),
                is_zero=not found,
                principal_led=self.dice.random() < 0.6,
                actor=self.troupe.by(part),
                now=at,
            )

    def read_bells(self) -> None:
        """Let everybody have looked at their bell some days ago: what was told before is read."""
        for part in self.troupe.users:
            actor = self.troupe.by(part)
            unread = notices.notices_for(actor, TOLD, only_unread=True)
            ids = [one.id for one in unread if one.told_at < self.last - LOOKED]
            trail.mark_read(ids, actor=actor, now=self.last)

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
    def _life(self, *, is_major: bool) -> Life:
        dice, troupe = self.dice, self.troupe
        firm = dice.choice(troupe.firms)
        firm, finding = self.found.major(troupe.firms, dice) if is_major else (firm, self.found.general(firm, dice))
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
        life = Life(day, reporter, new, finding, files, place=dice.getrandbits(32))
        parts = self.parts(firm)
        department = "" if self.weekly else self.troupe.department_of(firm.lead_sector)
        if department and dice.random() < DEPARTMENT_SHARE:
            parts = replace(parts, orderer=department, verifier=department)
        else:
            parts = self._delegated(parts, firm, life)
        draft = Draft(life, parts, dice, day, self.weekly, LAST_DAY)
        (draw_major if is_major else draw_general)(draft)
        if self.weekly:
            _to_weeks(life)
        return life

    def _delegated(self, parts: Parts, firm: Firm, life: Life) -> Parts:
        """Let the village look again at some of what the office orders, where it does not act for the enterprise."""
        village = self.troupe.village_of(firm)
        if self.weekly or parts.acting_for or village == OFFICE or life.place % DELEGATED:
            return parts
        return replace(parts, verifier=village, delegate=self.troupe.by(village).unit_id)

    def _photo_share(self) -> float:
        return 0.1 if self.weekly else 0.2

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
        files = self._files(part, cast, now)
        if act == Act.REPORT:
            news = [replace(life.new, files=files[number]) for number, life, _ in cast]
            done = services.report_many(news, actor=actor, now=now)
            known.update((number, one.hazard_id) for (number, _, _), one in zip(cast, done, strict=True))
            return
        items = [
            Item(known[number], self._given(life, scene, files.get(number, ())))
            for number, life, scene in cast
            if scene
        ]
        services.advance_many(items, act=act, tell=not self.weekly, actor=actor, now=now)

    def _given(self, life: Life, scene: Scene, files: tuple[Proof, ...]) -> Given:
        """Return what a scene brings; who grades in a small town was shown what the criteria propose (L8)."""
        given = replace(scene.given, files=files) if scene.files else scene.given
        if self.weekly or scene.act != Act.CONFIRM or life.new.enterprise_id is None:
            return given
        firm = next(one for one in self.troupe.firms if one.id == life.new.enterprise_id)
        found = advise(life.new.description, part=life.new.part, on=life.new.found_on, place=enterprise_of(firm))
        return replace(given, suggested=suggested(found))

    def _files(self, part: str, cast: Cast, now: datetime) -> dict[int, tuple[Proof, ...]]:
        """Return what each player of a part photographs or scans; all that is new goes up at once."""
        slots = [
            (number, life, role) for number, life, scene in cast for role in (scene.files if scene else life.files)
        ]
        uploads: list[tuple[FileRole | None, Upload]] = []
        places = [self._place_in_pool(part, number, life, role, uploads, now) for number, life, role in slots]
        if uploads:
            town_id = self.troupe.town.id
            fresh = [upload for _, upload in uploads]
            kept = trail.keep_files(fresh, town_id=town_id, actor=self.troupe.by(part), now=now)
            for (shelf, _), file in zip(uploads, kept, strict=True):
                self.pool[part, shelf].append(file.id)
        made: defaultdict[int, tuple[Proof, ...]] = defaultdict(tuple)
        for (number, _, role), place in zip(slots, places, strict=True):
            made[number] += (Proof(self.pool[part, _shelf(role)][place], role in PHOTO_ROLES, role),)
        return made

    def _place_in_pool(
        self,
        part: str,
        number: int,
        life: Life,
        role: FileRole,
        uploads: list[tuple[FileRole | None, Upload]],
        now: datetime,
    ) -> int:
        """Return where on the shelf of a part's files this one lies or will lie; draw it where it is a new one.

        What shows the place before lies apart from what shows it after: one is never handed in as the other (L3).
        """
        shelf = _shelf(role)
        kind = FileKind.PHOTO if shelf else FileKind.DOCUMENT
        count = len(self.pool.setdefault((part, shelf), [])) + sum(one == shelf for one, _ in uploads)
        if count >= self._most_files(kind):
            return number % count
        if count and kind == FileKind.PHOTO and not self.weekly and self.dice.random() < REUSED:
            return count - 1  # the deliberate case: somebody hands in an older photo again
        uploads.append((shelf, Upload(FILE_NAMES[kind].format(count + 1), self._drawn(life, role, now), kind)))
        return count

    def _most_files(self, kind: FileKind) -> int:
        if kind == FileKind.DOCUMENT:
            return 2
        return 4 if self.weekly else 1_000

    def _drawn(self, life: Life, role: FileRole, now: datetime) -> bytes:
        if role not in PHOTO_ROLES:
            return pictures.scan(self.dice)
        after = role == FileRole.AFTER
        where = self.troupe.where.get(life.new.enterprise_id) if life.new.enterprise_id else None
        shot = pictures.Shot(life.finding.category, life.place, life.shots, after, now, where, self.weekly)
        life.shots += 1
        return pictures.scene(shot, self.dice)


def _shelf(role: FileRole) -> FileRole | None:
    return role if role in PHOTO_ROLES else None


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
