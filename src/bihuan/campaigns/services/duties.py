"""What a plan asks to be reported becomes tasks of who owes it, each period with its own deadline (R9.4, R9.7)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from bihuan.campaigns.models import Campaign, CampaignUnit, Clause, Task
from bihuan.campaigns.queries.participants import participants_of
from bihuan.campaigns.rules.drafting import ClauseState
from bihuan.campaigns.rules.reported import PERIODIC, Duty, due_days, duties_of, lies_in, owed_by
from bihuan.campaigns.rules.units import Side, who_is_meant
from bihuan.campaigns.services.texts import longest
from bihuan.kernel.calendar import day_of


@dataclass(frozen=True, slots=True)
class Reported:
    """How many tasks were made of duties to report. covered: the clauses that ask for nothing beside these."""

    made: int = 0
    covered: frozenset[UUID] = frozenset()


def make_duty_tasks(row: Campaign, units: Sequence[CampaignUnit], *, now: datetime) -> Reported:
    """Write the tasks of the duties to report for who owes them: one for each day on which one falls due.

    What falls due before the day of issue is owed no more. A duty that names nobody here is the office's.
    """
    assert row.starts_on is not None and row.ends_on is not None  # noqa: S101, PT018 -- an issued campaign has its days
    first = max(row.starts_on, day_of(now))
    clauses = list(row.clauses.in_text().filter(state=ClauseState.ACCEPTED))
    known = participants_of(row.town_id)
    tasks: list[Task] = []
    covered: set[UUID] = set()
    for duty in duties_of(row.reporting, issued_on=row.issued_on):
        days = [on for on in due_days(duty, first=first, last=row.ends_on) if on >= day_of(now)]
        beside = [one for one in clauses if lies_in(duty, one.paragraph, one.start, one.end)]
        names = owed_by(duty, [(one.paragraph, one.start, one.end, tuple(one.parties)) for one in beside])
        meant = who_is_meant(names, known).units
        owing = [one for one in units if one.unit_id in meant] or [one for one in units if one.side == Side.OFFICE][:1]
        tasks += _tasks(row, duty, days, owing, beside[0] if beside else None, first=first, now=now)
        covered |= {one.pk for one in beside if days and owing and (one.due_on is None or one.due_on in days)}
    Task.objects.bulk_create(tasks, batch_size=200)
    return Reported(len(tasks), frozenset(covered))


def _tasks(
    row: Campaign,
    duty: Duty,
    days: Sequence[date],
    owing: Sequence[CampaignUnit],
    clause: Clause | None,
    *,
    first: date,
    now: datetime,
) -> Iterator[Task]:
    opens = first
    for due_on in days:
        for unit in owing:
            yield Task(
                campaign=row,
                town_id=row.town_id,
                clause=clause,
                unit=unit,
                title=_title(duty, due_on)[: longest(Task, "title")],
                opens_on=opens,
                due_on=due_on,
                first_due_on=due_on,
                made_at=now,
            )
        opens = due_on + timedelta(days=1)


def _title(duty: Duty, due_on: date) -> str:
    when = f"，{due_on.month}月{due_on.day}日这一次" if duty.often in PERIODIC else ""
    return f"报{duty.what}" + (f"（报{duty.to}）" if duty.to else "") + when
