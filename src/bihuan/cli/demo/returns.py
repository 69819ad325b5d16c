"""The returns of the demo: the weekly form of the campaign and the monthly one, some sent, one returned, one late."""

from datetime import datetime, time, timedelta
from typing import Final
from uuid import UUID

from bihuan.campaigns.queries import returns as queries
from bihuan.campaigns.rules.returns.lines import ReturnView
from bihuan.campaigns.rules.returns.rhythm import Period, Rhythm, periods
from bihuan.campaigns.services import returns as services
from bihuan.cli.demo.season import FIRST_DAY, LAST_DAY, Season
from bihuan.cli.demo.troupe import CHIEF, OFFICE
from bihuan.kernel.calendar import SHANGHAI

BEGUN: Final = datetime.combine(FIRST_DAY + timedelta(days=1), time(9), tzinfo=SHANGHAI)
REASON: Final = "安监办检查台账汇总；执法由区安监局实施，本镇没有发生"
TEAMS: Final = 4  # that go out on a day of work
LATE: Final = 3  # which of the weekly returns was sent late


def play_returns(season: Season, campaign_id: UUID) -> None:
    """Adopt the weekly and the monthly form, and send what has fallen due; the last one waits."""
    town = season.troupe.town.id
    for code, campaign, rhythm in (("F1", campaign_id, Rhythm.WEEKLY), ("F2", None, Rhythm.MONTHLY)):
        office = season.troupe.by(OFFICE)
        form_id = services.adopt_form(code=code, campaign_id=campaign, to_whom="区安委办", actor=office, now=BEGUN)
        seen = queries.form_for(office, form_id).version
        services.use_form(form_id=form_id, seen_version=seen, unit_ids=[town], actor=office, now=BEGUN)
        due = [one for one in periods(rhythm, FIRST_DAY, LAST_DAY) if one.due_at.date() < LAST_DAY]
        for number, period in enumerate(due):
            _send(season, form_id, period, number, is_last=period == due[-1])


def _send(season: Season, form_id: UUID, period: Period, number: int, *, is_last: bool) -> None:
    """Fill, send, check and lock one return; the last one is sent and waits to be checked."""
    office, chief = season.troupe.by(OFFICE), season.troupe.by(CHIEF)
    town = season.troupe.town.id
    at = period.due_at - timedelta(hours=2) if number != LATE else period.due_at + timedelta(hours=20)
    made = services.begin_return(
        form_id=form_id, unit_id=town, since=period.since, until=period.until, actor=office, now=at
    )
    _type_what_waits(season, made, at)
    remark = "本期整改的含以前发现的隐患"
    seen = queries.return_for(office, made, today=at.date()).version
    services.send_return(return_id=made, seen_version=seen, remark=remark, actor=office, now=at)
    if is_last:
        return
    services.check_return(return_id=made, seen_version=_seen(season, made, at), actor=chief, now=at)
    services.lock_return(return_id=made, seen_version=_seen(season, made, at), actor=chief, now=at)


def _seen(season: Season, return_id: UUID, at: datetime) -> int:
    return queries.return_for(season.troupe.by(OFFICE), return_id, today=at.date()).version


def _type_what_waits(season: Season, return_id: UUID, at: datetime) -> None:
    """Type a number where no room counts yet, with the reason: teams went out on every day, each to three firms."""
    office = season.troupe.by(OFFICE)
    view = queries.return_for(office, return_id, today=at.date())
    cells = {slot.address: str(_typed(slot.label, view)) for slot in view.still_open}
    if cells:
        services.type_cells(
            return_id=return_id, seen_version=view.version, cells=cells, reason=REASON, actor=office, now=at
        )


def _typed(label: str, view: ReturnView) -> int:
    """Return what the office writes for a cell that nobody counts: inspections; nought of what it has no power for."""
    since = (view.form.cumulative_from or view.since) if "累计" in label else view.since
    days = (view.until - since).days + 1
    if "检查组" in label:
        return TEAMS
    if "人次" in label:
        return TEAMS * 3 * days
    return TEAMS * 3 * days if "检查企业" in label or "排查单位" in label else 0
