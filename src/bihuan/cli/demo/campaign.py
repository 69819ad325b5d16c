"""The campaign of the demo: the plan of the season read in, issued, received, most sub-plans in, tasks under way."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Final
from uuid import UUID

from bihuan.campaigns import queries, services
from bihuan.campaigns.rules.drafting import PlanState, TaskState
from bihuan.campaigns.rules.lines import TaskLine, UnitLine
from bihuan.cli.demo.registers import keep_paper, play_registers
from bihuan.cli.demo.season import FIRST_DAY, LAST_DAY, Season
from bihuan.cli.demo.troupe import CHIEF, OFFICE
from bihuan.kernel.actor import Actor
from bihuan.kernel.calendar import SHANGHAI

PLAN: Final = Path(__file__).parent / "plan.txt"
ENDS_ON: Final = date(2018, 3, 31)
WITHOUT_PLAN: Final = 1  # of the villages: its sub-plan is missing to this day
WITH_RETURNED: Final = 1  # and one's was returned
MOST_TASKS: Final = 400
STEPS: Final = ((TaskState.UNDER_WAY, 30), (TaskState.UNDER_WAY, 70), (TaskState.DONE, 100))
NOTES: Final = ("已按方案布置到网格", "已召开专题会，形成记录", "材料在整理", "已完成，材料附后")


@dataclass(frozen=True, slots=True)
class _Play:
    """One campaign being played."""

    season: Season
    id: UUID
    dice: Random

    def by(self, part: str) -> Actor:
        return self.season.troupe.by(part)


def play_campaign(season: Season) -> UUID:
    """Read the plan in and run it to the last day; return the campaign's id."""
    read_at = _at(FIRST_DAY, 9)
    office = season.troupe.by(OFFICE)
    campaign_id = services.start_from_text(text=PLAN.read_text(), actor=office, now=read_at)
    services.understand_plan(campaign_id=campaign_id, now=read_at)
    play = _Play(season, campaign_id, season.dice)
    _issue(play)
    units = queries.units_of_campaign(office, campaign_id, today=FIRST_DAY)
    for number, unit in enumerate(units):
        _set_up(play, unit, number)
    _report_tasks(play)
    play_registers(season, campaign_id)
    return campaign_id


def _at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), tzinfo=SHANGHAI)


def _issue(play: _Play) -> None:
    """Fill in the days that the text does not give, accept what was read, and issue it to every unit."""
    office, chief = play.by(OFFICE), play.by(CHIEF)
    facts = {"starts_on": FIRST_DAY, "ends_on": ENDS_ON, "issued_on": FIRST_DAY, "doc_number": "示政发〔2017〕48号"}
    seen = queries.campaign_for(office, play.id)
    services.mend_facts(
        campaign_id=play.id, seen_version=seen.version, facts=facts, actor=office, now=_at(FIRST_DAY, 9, 20)
    )
    seen = queries.campaign_for(office, play.id)
    services.accept_clauses(campaign_id=play.id, seen_version=seen.version, actor=office, now=_at(FIRST_DAY, 9, 40))
    seen = queries.campaign_for(office, play.id)
    units = [one.id for one in queries.participants_of(seen.town_id)]
    now = _at(FIRST_DAY, 10)
    told = queries.issue_told(chief, play.id, units=units, with_tasks=True, now=now)
    services.issue_campaign(
        campaign_id=play.id,
        seen_version=seen.version,
        units=units,
        office_takes=len(told.unnamed),
        actor=chief,
        now=now,
    )


def _part_of(play: _Play, unit: UnitLine) -> str:
    """Return who speaks for a unit: its own post, or the office."""
    for part in (f"village:{unit.path}", f"department:{unit.path}"):
        if play.season.troupe.has(part):
            return part
    return OFFICE


def _set_up(play: _Play, unit: UnitLine, number: int) -> None:
    """Let a unit sign, hand in its sub-plan and have it reviewed; a few are late, one was returned."""
    actor, office = play.by(_part_of(play, unit)), play.by(OFFICE)
    day = FIRST_DAY + timedelta(days=1 + number % 3)
    services.receive(campaign_id=play.id, unit_id=unit.id, seen_version=unit.version, actor=actor, now=_at(day, 9))
    if number == WITHOUT_PLAN:
        return
    handed_in = _at(day + timedelta(days=2 + number % 6), 15)
    _hand_in(play, unit, actor, handed_in)
    is_returned = number == WITHOUT_PLAN + WITH_RETURNED
    services.review_plan(
        campaign_id=play.id,
        unit_id=unit.id,
        seen_version=_version(play, unit),
        accepted=not is_returned,
        note="没有写明重点企业由谁查、哪天查" if is_returned else "",
        actor=office,
        now=handed_in + timedelta(days=1),
    )


def _version(play: _Play, unit: UnitLine) -> int:
    found = queries.units_of_campaign(play.by(OFFICE), play.id, today=LAST_DAY)
    return next(one.version for one in found if one.id == unit.id)


def _hand_in(play: _Play, unit: UnitLine, actor: Actor, at: datetime) -> None:
    text = f"{unit.name}集中开展除隐患防事故保安全专项行动实施方案\n一、各网格每周走访企业一次。\n"
    services.hand_in_plan(
        campaign_id=play.id,
        unit_id=unit.id,
        seen_version=_version(play, unit),
        facts={"body": f"{unit.name}专项行动领导小组", "leader": f"{unit.name}分管负责人", "contact": ""},
        plan=keep_paper(play.season, f"{unit.name}实施方案.txt", text, actor=actor, now=at),
        plan_on=at.date(),
        actor=actor,
        now=at,
    )


def _report_tasks(play: _Play) -> None:
    """Let the units report their tasks on some days of the season."""
    office = play.by(OFFICE)
    units = {one.id: one for one in queries.units_of_campaign(office, play.id, today=LAST_DAY)}
    found = queries.tasks_of(office, play.id, today=LAST_DAY, size=MOST_TASKS).lines
    for number, task in enumerate(found):
        if units[task.unit_id].plan_state != PlanState.MISSING:
            _report(play, task, play.by(_part_of(play, units[task.unit_id])), number)


def _report(play: _Play, task: TaskLine, actor: Actor, number: int) -> None:
    version = task.version
    for step, (state, percent) in enumerate(STEPS[: play.dice.randint(1, 3)]):
        at = _at(FIRST_DAY + timedelta(days=10 + 14 * step + number % 9), 16)
        is_done = state is TaskState.DONE
        proof = f"{task.unit_name}：{task.title}，已完成。\n"
        services.report_task(
            campaign_id=play.id,
            task_id=task.id,
            seen_version=version,
            state=state,
            percent=percent,
            note=NOTES[-1] if is_done else play.dice.choice(NOTES[:-1]),
            files=[keep_paper(play.season, "完成情况.txt", proof, actor=actor, now=at)] if is_done else [],
            actor=actor,
            now=at,
        )
        version += 1
