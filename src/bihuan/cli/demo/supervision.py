"""Supervision in the demo: rounds open and covert, an interview, a circular that is being heard, a weekly brief."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from uuid import UUID

from bihuan.campaigns import queries
from bihuan.campaigns.queries import supervision as asking
from bihuan.campaigns.rules.drafting import PlanState
from bihuan.campaigns.rules.lines import UnitLine
from bihuan.campaigns.rules.supervision.lines import RoundLine
from bihuan.campaigns.rules.units import Side
from bihuan.campaigns.services import supervision as services
from bihuan.cli.demo.season import LAST_DAY, Season
from bihuan.cli.demo.troupe import CHIEF, OFFICE
from bihuan.enterprises import queries as enterprises
from bihuan.kernel.calendar import SHANGHAI

FIRMS: Final = 3  # visited in a round
BRIEF_UNTIL: Final = date(2018, 2, 11)  # the Sunday before the day on which the town stands


@dataclass(frozen=True, slots=True)
class _Play:
    """The supervision of one campaign."""

    season: Season
    id: UUID

    def said(self, part: str, at: datetime) -> dict[str, Any]:
        return {"campaign_id": self.id, "actor": self.season.troupe.by(part), "now": at}

    def round(self, round_id: UUID) -> RoundLine:
        return asking.round_for(self.season.troupe.by(OFFICE), self.id, round_id)


def play_supervision(season: Season, campaign_id: UUID) -> None:
    """Hold two rounds and plan a third, interview a unit, ask one for its reply, issue the brief of a week."""
    play = _Play(season, campaign_id)
    units = queries.units_of_campaign(season.troupe.by(OFFICE), campaign_id, today=LAST_DAY)
    villages = [one for one in units if one.side == Side.VILLAGE]
    late = [one for one in villages if one.plan_state == PlanState.MISSING]
    done = [one for one in villages if one.plan_state == PlanState.ACCEPTED]
    _open_round(play, done[0])
    _covert_round(play, done[1])
    services.plan_rounds(
        units=[one.id for one in units if one.side == Side.DEPARTMENT][:1],
        method="open",
        planned_on=LAST_DAY + timedelta(days=9),
        subject="节后复工督查",
        **play.said(OFFICE, _at(LAST_DAY - timedelta(days=2), 15)),
    )
    _interview(play, [one for one in villages if one.plan_state == PlanState.RETURNED] or done[2:3])
    _brief(play)
    _circular(play, late)


def _at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), tzinfo=SHANGHAI)


def _firms(play: _Play, unit: UnitLine, on: date) -> list[UUID]:
    wanted = enterprises.Filters(path=unit.path)
    found = enterprises.listing(play.season.troupe.by(OFFICE), wanted, on=on, size=FIRMS)
    return [one.firm.id for one in found.rows]


def _held(play: _Play, unit: UnitLine, on: date, method: str, subject: str, problems: Sequence[str]) -> RoundLine:
    """Plan a round, hold it and note the unit's problems, and one of the first enterprise."""
    at = _at(on, 16)
    (made,) = services.plan_rounds(
        units=[unit.id], method=method, planned_on=on, subject=subject, **play.said(OFFICE, _at(on, 8))
    )
    firms = _firms(play, unit, on)
    services.hold_round(
        round_id=made,
        seen_version=1,
        held_on=on,
        facts={"leader": "镇安委会副主任", "members": "安监办、派出所", "note": "查台账，走访企业"},
        firms=firms,
        **play.said(OFFICE, at),
    )
    new = [services.NewFinding("unit", one) for one in problems]
    new += [services.NewFinding("firm", "配电箱没有上锁，周围堆放杂物", one) for one in firms[:1]]
    for one in new:
        services.note_finding(round_id=made, seen_version=play.round(made).version, new=one, **play.said(OFFICE, at))
    services.feed_back(round_id=made, seen_version=play.round(made).version, **play.said(OFFICE, at + HOUR))
    return play.round(made)


HOUR: Final = timedelta(hours=1)


def _open_round(play: _Play, unit: UnitLine) -> None:
    """An open round whose problems were corrected in time; the enterprise's became a hazard."""
    on = date(2018, 1, 9)
    one = _held(play, unit, on, "open", "专项行动部署", ["没有建立企业隐患台账", "网格员巡查没有记录"])
    who = f"village:{unit.path}"
    for found in one.findings:
        if found.side == "unit":
            said = play.said(who, _at(on + timedelta(days=6), 10))
            reason = "已按要求补齐，材料存村委会"
            services.answer_finding(finding_id=found.id, seen_version=found.version, reason=reason, **said)
    at = _at(on + timedelta(days=8), 9)
    for found in play.round(one.id).findings:
        about: dict[str, Any] = {"finding_id": found.id, "seen_version": found.version, **play.said(OFFICE, at)}
        if found.side == "unit":
            services.review_finding(accepted=True, **about)
        else:
            services.enter_finding(source="joint", **about)
    services.close_round(round_id=one.id, seen_version=play.round(one.id).version, **play.said(OFFICE, at + HOUR))


def _covert_round(play: _Play, unit: UnitLine) -> None:
    """A covert round whose problem still waits for its unit."""
    _held(play, unit, date(2018, 2, 6), "covert", "节前暗访", ["节前安全提醒没有发到企业"])


def _interview(play: _Play, units: Sequence[UnitLine]) -> None:
    """An interview that was held, to be followed up after the holiday."""
    at = _at(date(2018, 1, 30), 9)
    for unit in units[:1]:
        made = services.call_interview(
            unit_id=unit.id,
            meets_at=_at(date(2018, 1, 31), 14),
            facts={
                "who": "村主任",
                "convener": "镇安委会主任",
                "reason": "子方案退回后没有重报",
                "place": "镇政府会议室",
            },
            **play.said(OFFICE, at),
        )
        services.hold_interview(
            interview_id=made,
            seen_version=1,
            held_on=date(2018, 1, 31),
            facts={"minutes": "村主任说明情况，表示认识不到位。", "undertakings": "二月底前重报子方案并落实到网格"},
            look_again_on=LAST_DAY + timedelta(days=6),
            **play.said(OFFICE, _at(date(2018, 1, 31), 16)),
        )


def _brief(play: _Play) -> None:
    """The brief of the last whole week, issued on its Monday."""
    at = _at(BRIEF_UNTIL + timedelta(days=1), 9)
    made = services.draft_brief(kind="weekly", until=BRIEF_UNTIL, **play.said(OFFICE, at))
    services.issue_bulletin(bulletin_id=made, seen_version=1, **play.said(CHIEF, at + HOUR))


def _circular(play: _Play, late: Sequence[UnitLine]) -> None:
    """A circular on the village whose sub-plan is missing; its days for a reply run."""
    if not late:
        return
    at = _at(LAST_DAY - timedelta(days=1), 10)
    made = services.draft_circular(kind="criticism", units={one.id: "" for one in late}, **play.said(OFFICE, at))
    services.ask_units(bulletin_id=made, seen_version=1, **play.said(OFFICE, at + HOUR))
