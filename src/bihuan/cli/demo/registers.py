"""The registers of the demo's campaign: weekly meetings, decisions done or not, problems, led visits, lessons."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Final
from uuid import UUID

from bihuan.campaigns import queries, services
from bihuan.campaigns.rules.record_lines import RecordLine
from bihuan.campaigns.rules.registers import Chair, NewDecision, PaperKind, RecordKind, StudyKind
from bihuan.campaigns.rules.units import Side
from bihuan.cli.demo.season import FIRST_DAY, LAST_DAY, Season
from bihuan.cli.demo.troupe import CHAIR, OFFICE
from bihuan.kernel.actor import Actor
from bihuan.kernel.calendar import SHANGHAI
from bihuan.orgs import queries as orgs
from bihuan.orgs.rules import PostKind, PostRef
from bihuan.trail import services as trail
from bihuan.trail.rules.files import FileKind

SEED: Final = 20171218  # dice of its own: what is played after it stays as it was
MEETING_DAY: Final = 2  # Wednesday
KEPT: Final = 0.85  # of the weeks in which a member unit holds its meeting
DONE: Final = 0.8  # of what was decided
ISSUES: Final = (
    ("出租房消防通道堵塞多", "逐户清理消防通道，登记在册"),
    ("液氨使用单位底数不清", "核清液氨使用单位，一企一档"),
    ("企业自查自报不及时", "上门督促，月底前报齐"),
    ("烟花爆竹零售点超量存放", "逐点检查存放量，超量的当场清退"),
    ("建筑工地临时用电混乱", "组织一次临时用电专项检查"),
)
PROBLEMS: Final = (
    ("跨村高压燃气管线上方违章搭建", 12, True),
    ("老工业园区消防水源不足", 20, True),
    ("两家企业共用厂房责任不清", 28, False),
)
LESSONS: Final = (
    (StudyKind.RELAY, "传达学习专项行动实施方案和上级电视电话会议精神", 2),
    (StudyKind.WARNING, "典型事故警示教育", 16),
    (StudyKind.TRAINING, "节后复工安全培训", 44),
)


@dataclass(frozen=True, slots=True)
class _Registers:
    """What is being registered, and by whom."""

    season: Season
    campaign_id: UUID
    units: Sequence[tuple[UUID, str, str, str]]  # part's id, name, side, who speaks
    dice: Random

    def by(self, part: str) -> Actor:
        return self.season.troupe.by(part)

    def day(self, offset: int) -> date:
        return FIRST_DAY + timedelta(days=offset)


def play_registers(season: Season, campaign_id: UUID) -> None:
    """Play the meetings and records of a campaign that was issued."""
    office = season.troupe.by(OFFICE)
    found = queries.units_of_campaign(office, campaign_id, today=FIRST_DAY)
    units = [(one.id, one.name, one.side, _speaker(season, one.path)) for one in found]
    play = _Registers(season, campaign_id, units, Random(SEED))
    _papers(play)
    _seats(play)
    _meetings(play)
    _problems(play)
    _lessons(play)
    _led_visits(play)
    for kind in (RecordKind.DECISION, RecordKind.PROBLEM):
        _finish(play, kind)


def _speaker(season: Season, path: str) -> str:
    parts = (f"village:{path}", f"department:{path}")
    return next((part for part in parts if season.troupe.has(part)), OFFICE)


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=SHANGHAI)


def keep_paper(season: Season, name: str, text: str, *, actor: Actor, now: datetime) -> UUID:
    """Keep a document that somebody of the town uploads; return its id."""
    kept = trail.keep_file(
        name=name,
        content=text.encode(),
        kind=FileKind.DOCUMENT,
        town_id=season.troupe.town.id,
        actor=actor,
        now=now,
    )
    return kept.id


def _papers(play: _Registers) -> None:
    office, now = play.by(OFFICE), _at(FIRST_DAY, 11)
    text = "关于集中开展除隐患防事故保安全专项行动的通知\n"
    services.attach_paper(
        campaign_id=play.campaign_id,
        kind=PaperKind.BASIS,
        title="关于集中开展除隐患防事故保安全专项行动的通知",
        number="苏安电〔2017〕5号",
        file=keep_paper(play.season, "依据文件.txt", text, actor=office, now=now),
        actor=office,
        now=now,
    )


def _seats(play: _Registers) -> None:
    """Fill the head's seat and the deputy's; the last one named stays open."""
    office, now = play.by(OFFICE), _at(FIRST_DAY + timedelta(days=1), 10)
    seats = queries.group_of(office, play.campaign_id, today=FIRST_DAY).seats[:2]
    deputies = [one.id for one in _leaders(play) if one.kind is PostKind.LEADER_IN_CHARGE]
    for seat, post_id in zip(seats, (play.by(CHAIR).post_id, *deputies), strict=False):
        services.fill_seat(campaign_id=play.campaign_id, seat_id=seat.id, post_id=post_id, actor=office, now=now)


def _leaders(play: _Registers) -> list[PostRef]:
    """Return the leaders' posts that somebody holds, by title."""
    posts = orgs.leading_posts(play.season.troupe.town.path)
    every = orgs.posts([one.id for one in posts], FIRST_DAY).values()
    return sorted((one for one in every if one.holder_id is not None), key=lambda one: one.title)


def _weeks() -> Iterator[date]:
    day = FIRST_DAY + timedelta(days=(MEETING_DAY - FIRST_DAY.weekday()) % 7)
    while day < LAST_DAY:
        yield day
        day += timedelta(days=7)


def _meetings(play: _Registers) -> None:
    """Hold the town's meeting every second week with decisions, and those of the member units most weeks."""
    for number, day in enumerate(_weeks()):
        if number % 2 == 0:
            _town_meeting(play, day, number)
        for unit_id, name, side, speaker in play.units:
            if side != Side.VILLAGE and play.dice.random() < KEPT:
                chair = Chair.PRINCIPAL if number % 4 == 0 else Chair.LEADER
                _meet(play, day + timedelta(days=1), f"{name}专项行动调度会", chair, unit_id, speaker)


def _town_meeting(play: _Registers, day: date, number: int) -> None:
    chosen = play.dice.sample(list(play.units), 3)
    decisions = [
        NewDecision(text, unit[0], day + timedelta(days=play.dice.randint(5, 12)), issue)
        for (issue, text), unit in zip(play.dice.sample(ISSUES, 3), chosen, strict=True)
    ]
    came = [unit[0] for unit in play.units]
    _meet(play, day, f"镇专项行动第{number // 2 + 1}次调度会", Chair.PRINCIPAL, None, OFFICE, came, decisions)


def _meet(
    play: _Registers,
    day: date,
    title: str,
    chair: Chair,
    unit_id: UUID | None,
    speaker: str,
    came: Sequence[UUID] = (),
    decisions: Sequence[NewDecision] = (),
) -> None:
    services.register_meeting(
        campaign_id=play.campaign_id,
        on=day,
        facts={"title": title, "host": "镇长" if unit_id is None else "负责人", "place": "二楼会议室"},
        chair=chair,
        unit_id=unit_id,
        attendees=came,
        decisions=decisions,
        actor=play.by(speaker),
        now=_at(day, 17),
    )


def _problems(play: _Registers) -> None:
    for words, offset, _ in PROBLEMS:
        day, unit = play.day(offset), play.dice.choice(list(play.units))
        services.register_problem(
            campaign_id=play.campaign_id,
            on=day,
            facts={"problem": words, "raised_by": "镇长", "decision": "由责任单位牵头，两周内拿出解决办法"},
            owner=unit[0],
            due_on=day + timedelta(days=14),
            actor=play.by(OFFICE),
            now=_at(day, 10),
        )


def _lessons(play: _Registers) -> None:
    for kind, title, offset in LESSONS:
        for number, (unit_id, _, _, speaker) in enumerate(play.units):
            if kind is not StudyKind.RELAY and play.dice.random() > KEPT:
                continue
            day = play.day(offset + number % 5)
            services.register_study(
                campaign_id=play.campaign_id,
                unit_id=unit_id,
                on=day,
                kind=kind,
                title=title,
                persons=play.dice.randint(8, 40),
                led_by=play.dice.choice((Chair.PRINCIPAL, Chair.LEADER)),
                unit_head=True,
                actor=play.by(speaker),
                now=_at(day, 16),
            )


def _led_visits(play: _Registers) -> None:
    """Let the leaders go out now and then; not all reach what is due of them."""
    firms = list(play.season.troupe.firms)
    for post in _leaders(play):
        for month in range(3):
            if play.dice.random() > KEPT:
                continue
            day = play.day(4 + month * 20 + play.dice.randint(0, 10))
            found = play.dice.choice((True, False))
            services.register_led_visit(
                campaign_id=play.campaign_id,
                on=day,
                post_id=post.id,
                firms=[one.id for one in play.dice.sample(firms, 2)],
                companions="安监办、派出所有关人员",
                record_no=f"示检〔{day.year}〕{play.dice.randint(10, 99)}号",
                findings="灭火器过期，现场更换" if found else "",
                nothing_found=not found,
                actor=play.by(OFFICE),
                now=_at(day, 17),
            )


def _finish(play: _Registers, kind: RecordKind) -> None:
    lasting = [words for words, _, is_solved in PROBLEMS if not is_solved]
    speakers = {name: speaker for _, name, _, speaker in play.units}
    found = queries.records_of(play.by(OFFICE), play.campaign_id, kind, today=LAST_DAY, size=400).lines
    for line in found:
        if line.title in lasting or (kind is RecordKind.DECISION and play.dice.random() > DONE):
            continue
        _report(play, line, speakers[line.who])


def _report(play: _Registers, line: RecordLine, speaker: str) -> None:
    day = (line.due_on or line.on) - timedelta(days=play.dice.randint(-2, 3))
    if line.on < day < LAST_DAY:
        actor, now = play.by(speaker), _at(day, 15)
        proof = keep_paper(
            play.season, "办理情况.txt", f"{line.who}：{line.title}，已办好。{day}\n", actor=actor, now=now
        )
        services.finish(
            campaign_id=play.campaign_id,
            kind=line.kind,
            record_id=line.id,
            seen_version=line.version,
            result="已办好，情况见台账",
            files=[proof],
            actor=actor,
            now=now,
        )
