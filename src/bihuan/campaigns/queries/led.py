"""What a leader owes in person: inspections led this month, of how many (R1.6, R1.7)."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from bihuan.campaigns.models import Campaign, LedFirm
from bihuan.campaigns.queries.figures.rhythm import holidays_of, months_of
from bihuan.campaigns.rules.life import LIVE
from bihuan.campaigns.rules.rhythm import Stretch, visits_due
from bihuan.kernel.actor import Actor
from bihuan.kernel.roles import Role
from bihuan.kernel.waiting import Waiting, WaitingList
from bihuan.orgs import queries as orgs

LEADING: Final = (Role.COMMITTEE_CHAIR, Role.LEADER)
SOON: Final = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class LedOwed:
    """A leader's month: how many inspections are due of the person, how many are done, where one is registered.

    until: the last day of the month, or of the campaign where that is sooner.
    """

    campaign_id: UUID
    month: int
    until: date
    due: int
    done: int

    @property
    def words(self) -> str:
        """Say it: how many of how many."""
        return f"{self.month}月应 {self.due} 次，已 {self.done} 次"


def led_owed(viewer: Actor, *, today: date) -> LedOwed | None:
    """Return what a leader owes in the month of a day while a campaign runs in the town, None for whoever owes none.

    One person is one leader, however many leaders' posts they hold. Six queries at most, none for others.
    """
    if viewer.town_id is None or viewer.user_id is None or not viewer.has_role(*LEADING):
        return None
    rows = Campaign.objects.open_to(viewer).filter(town_id=viewer.town_id, state__in=LIVE, starts_on__lte=today)
    running = rows.order_by("-starts_on", "-made_at").values_list("pk", "ends_on").first()
    posts = orgs.posts_held_by(viewer.user_id, today) if running is not None else []
    if running is None or not posts:
        return None
    first = today.replace(day=1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    ((_, often),) = months_of(viewer.town_id, last, last)
    holidays = holidays_of(viewer.town_id)
    due = max(
        visits_due(one.kind, Stretch(first, last), often, holidays) if one.kind in often.by_kind else 0 for one in posts
    )
    if not due:
        return None
    visits = LedFirm.objects.filter(counts=True, post_id__in=[one.id for one in posts], on__range=(first, last))
    done = visits.filter(visit__campaign__town_id=viewer.town_id).values("enterprise_id", "on").distinct().count()
    until = min(last, running[1]) if running[1] is not None and running[1] >= today else last
    return LedOwed(running[0], today.month, until, due, done)


def waiting_to_lead(owed: LedOwed | None, *, today: date) -> WaitingList:
    """Return what of it waits on the leader's own desk: one line while anything is lacking."""
    if owed is None or owed.done >= owed.due:
        return WaitingList()
    row = Waiting(
        "campaign.led_visit",
        "带队检查",
        f"{owed.words}，还差 {owed.due - owed.done} 次",
        "登记带队检查",
        "campaigns:new_record",
        (owed.campaign_id, "led_visit"),
        due_on=owed.until,
        due_name="完成",
        subject_id=owed.campaign_id,
    )
    days = owed.until - today
    return WaitingList(
        (row,),
        today=int(not days),
        soon=int(timedelta(0) < days <= SOON),
        later=int(days > SOON),
        by_what={row.what: 1},
    )
