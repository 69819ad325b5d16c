"""Merges what the rooms say waits for a viewer, and what they find; stores nothing."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from bihuan.campaigns import queries as campaigns
from bihuan.campaigns.queries import returns, supervision
from bihuan.documents import queries as documents
from bihuan.enterprises import queries as enterprises
from bihuan.hazards import queries as hazards
from bihuan.intake import queries as intake
from bihuan.kernel.actor import Actor
from bihuan.kernel.calendar import SHANGHAI, day_of
from bihuan.kernel.waiting import Found, Waiting, WaitingList
from bihuan.orgs import queries as orgs
from bihuan.orgs.rules import TownDuties
from bihuan.standards.queries import loading as loaded_standards

FIRST_N: Final = 20
FAR: Final = date.max

Teller = Callable[..., WaitingList]
Finder = Callable[..., list[Found]]
TELLERS: tuple[Teller, ...] = (
    hazards.waiting_for,
    intake.waiting_for,
    returns.waiting_for,
    campaigns.waiting_for,
    supervision.waiting_for,
    loaded_standards.waiting_for,
)
TELLERS_OF_GAPS: Final = (orgs.waiting_for, enterprises.waiting_for)
FINDERS: tuple[Finder, ...] = (
    enterprises.found_for,
    hazards.found_for,
    campaigns.found_for,
    campaigns.clauses_found_for,
    intake.found_for,
    documents.found_for,
    campaigns.bulletins_found_for,
    returns.forms_found_for,
    returns.found_for,
    orgs.found_for,
)


@dataclass(frozen=True, slots=True)
class Desk:
    """What waits for one person: the most urgent rows and the exact counts, also by what is asked.

    standing: what has no deadline and is no hazard's next act, so it never comes to the top: gaps, drafts half done.
    duties: those of the viewer's town, where they had to be read, for who goes on asking about it.
    led: a leader's month.
    """

    rows: tuple[Waiting, ...]
    late: int
    today: int
    soon: int
    later: int
    by_what: Mapping[str, int] = field(default_factory=dict)
    standing: tuple[Waiting, ...] = ()
    duties: TownDuties | None = None
    led: campaigns.LedOwed | None = None

    @property
    def total(self) -> int:
        """How many things wait."""
        return self.late + self.today + self.soon + self.later


def waiting(viewer: Actor, *, now: datetime, first_n: int = FIRST_N) -> Desk:
    """Return what waits for the viewer in every room: whose hour comes today, then the most overdue."""
    lists = [tell(viewer, now=now, first_n=first_n) for tell in TELLERS]
    today = day_of(now)
    led = campaigns.led_owed(viewer, today=today)
    lists.append(campaigns.waiting_to_lead(led, today=today))
    known = _duties(viewer, today)
    if known is not None:
        lists += [tell(viewer, now=now, first_n=first_n, known=known) for tell in TELLERS_OF_GAPS]
    rows = sorted((row for one in lists for row in one.rows), key=lambda row: (not row.is_today(now), urgency(row)))
    return Desk(
        rows=tuple(rows[:first_n]),
        late=sum(one.late for one in lists),
        today=sum(one.today for one in lists),
        soon=sum(one.soon for one in lists),
        later=sum(one.later for one in lists),
        by_what=_summed(lists),
        standing=tuple(row for row in rows if _stands(row)),
        duties=known,
        led=led,
    )


def _duties(viewer: Actor, on: date) -> TownDuties | None:
    """Read the town's duties once for both rooms that tell what nobody answers for; None for all but the office."""
    if viewer.town_id is None or not viewer.has_role(*orgs.DESIGNATORS):
        return None
    return orgs.town_duties(viewer.town_id, on)


def _stands(row: Waiting) -> bool:
    runs_out = row.due_on is not None or row.due_at is not None
    return not (runs_out or row.first or row.what.startswith("hazard."))


def _summed(lists: Iterable[WaitingList]) -> dict[str, int]:
    total: dict[str, int] = {}
    for one in lists:
        for what, count in one.by_what.items():
            total[what] = total.get(what, 0) + count
    return total


def urgency(row: Waiting) -> tuple[bool, date, bool, datetime, str]:
    """Order by what comes first, by last day, then by clock time, then by title; what never runs out comes last."""
    at = row.due_at.astimezone(SHANGHAI) if row.due_at else None
    on = row.due_on or (at.date() if at else FAR)
    return (not row.first, on, at is None, at or datetime.max.replace(tzinfo=SHANGHAI), row.title)


@dataclass(frozen=True, slots=True)
class FoundPage:
    """A page of answers. more: whether some room has found more than this page and those before it show."""

    rows: tuple[Found, ...] = ()
    more: bool = False


def found(viewer: Actor, words: str, *, now: datetime, page: int = 1, of_each: int = 8) -> FoundPage:
    """Return a page of the answers of every room that searches, `of_each` of each, best first within each.

    page: from 1. The same number of queries whatever the page and the words.
    """
    sought = words.strip()
    if not sought:
        return FoundPage()
    first, last = (page - 1) * of_each, page * of_each
    lists = [find(viewer, sought, now=now, first_n=last + 1) for find in FINDERS]
    rows = tuple(one for answers in lists for one in answers[first:last])
    return FoundPage(rows, more=any(len(answers) > last for answers in lists))
