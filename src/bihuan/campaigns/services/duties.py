"""Regular duties to report: the tasks of a period are written when it begins, until the campaign ends (R9.4, R9.7)."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from bihuan.campaigns.models import Campaign, CampaignUnit, RegularDuty, Task
from bihuan.campaigns.queries.figures.shelf import kept_duty
from bihuan.campaigns.queries.issuing import duty_title, regular_duties_of, turn_tasks
from bihuan.campaigns.rules.life import LIVE
from bihuan.campaigns.services.loading import tell
from bihuan.campaigns.services.returns.obliged import owed_with
from bihuan.kernel.actor import PLATFORM
from bihuan.kernel.calendar import day_of

BATCH = 200


def write_turns(duties: Sequence[RegularDuty], tasks: Sequence[Task]) -> None:
    """Write new regular duties, and tasks; each duty keeps up to which day it has them."""
    for duty in duties:
        duty.made_to = _last(duty, tasks)
    RegularDuty.objects.bulk_create(duties, batch_size=BATCH)
    Task.objects.bulk_create(tasks, batch_size=BATCH)


def open_duties(*, now: datetime) -> int:
    """Write the tasks of the periods that have begun, in every campaign that runs; return how many. Running it twice
    comes to the same, and what was not run for days is caught up."""
    running = RegularDuty.objects.filter(campaign__state__in=LIVE).values_list("campaign_id", flat=True)
    return sum(_open_of(campaign_id, now) for campaign_id in sorted(set(running)))


@transaction.atomic
def _open_of(campaign_id: UUID, now: datetime) -> int:
    row = Campaign.objects.filter(pk=campaign_id, state__in=LIVE).first()
    made = open_turns(row, now=now) if row is not None else []
    if row is not None and made:
        what = "、".join(dict.fromkeys(duty_title(kept_duty(one.duty)) for one in made if one.duty))
        say = f"定期要报、要办的到了新的一期，生成任务 {len(made)} 件：{what}"
        tell(row, "duties_opened", say, after=_days_made(made), actor=PLATFORM, now=now)
    return len(made)


def open_turns(row: Campaign, *, now: datetime) -> list[Task]:
    """Write the tasks of the periods of a campaign that have begun, for who owes them; return them."""
    duties = list(row.regular_duties.select_related("clause", "form__campaign").order_by("made_at", "id"))
    parts = {str(one.pk): one for one in CampaignUnit.objects.filter(campaign=row)} if duties else {}
    made: list[Task] = []
    for duty in duties:
        made += _open(row, duty, parts, now)
    return made


def _open(row: Campaign, duty: RegularDuty, parts: dict[str, CampaignUnit], now: datetime) -> list[Task]:
    assert row.ends_on is not None  # noqa: S101 -- a campaign that runs has its days
    tasks = turn_tasks(row, duty, parts, last=row.ends_on, now=now)
    if not tasks:
        return []
    mine = RegularDuty.objects.filter(pk=duty.pk, made_to=duty.made_to)  # whoever moves it writes its tasks
    if mine.update(made_to=_last(duty, tasks)) != 1:
        return []
    Task.objects.bulk_create(tasks, batch_size=BATCH)
    if duty.form is not None:
        owed_with(duty.form, tasks, first=day_of(now))
    return tasks


def _last(duty: RegularDuty, tasks: Sequence[Task]) -> date | None:
    return max((one.due_on for one in tasks if one.duty_id == duty.pk), default=duty.made_to)


def _days_made(made: Sequence[Task]) -> dict[str, object]:
    units: defaultdict[str, int] = defaultdict(int)
    for one in made:
        units[one.unit.name] += 1
    return {"tasks": len(made), "units": dict(units), "due_on": sorted({one.due_on.isoformat() for one in made})}


def take_over(row: Campaign, *, now: datetime) -> None:
    """Keep the regular duties of a campaign that was issued when all their tasks were written at once: they have them
    up to its end, and go on from there when it is extended."""
    old = row.tasks.filter(opens_on__isnull=False, duty=None)
    if row.regular_duties.exists() or not old.exists():
        return
    days = row.starts_on, row.issued_at
    assert days[0] and days[1]  # noqa: S101, PT018 -- a campaign that is extended was issued
    first = max(days[0], day_of(days[1]))
    for duty in regular_duties_of(row, list(row.units.order_by("sort_no")), first=first, now=days[1]):
        title = duty_title(kept_duty(duty))
        tasks = old.filter(clause=duty.clause, unit__in=duty.units, title__startswith=title)
        duty.made_to = tasks.order_by("-first_due_on").values_list("first_due_on", flat=True).first()
        if duty.made_to is not None:
            duty.save(force_insert=True)
            tasks.update(duty=duty)
