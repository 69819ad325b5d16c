"""Led inspections against what is due of each leader by month (R1.6, R1.7)."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from bihuan.campaigns.queries.figures.book import Book
from bihuan.campaigns.rules.counted import Counted, Leader, Led
from bihuan.campaigns.rules.rhythm import Stretch, visits_due
from bihuan.orgs.rules import PostKind


class _Month(NamedTuple):
    """One leader's month: what is due, and those visits that count towards it."""

    leader: Leader
    month: Stretch
    due: int
    done: list[Led]


def visits(book: Book) -> Iterable[Counted]:
    """Count visits up to what was due of the leader in the month, so that nobody makes up for another."""
    for one in _by_month(book):
        yield from (Counted(led.firm, led.leader, led.on, "带队检查") for led in one.done)


def visits_made(book: Book) -> Iterable[Counted]:
    """Count every visit of the period, however many were due: what was done, for a report of what was done."""
    return [Counted(led.firm, led.leader, led.on, "带队检查") for led in book.led]


def visits_due_of(book: Book) -> Iterable[Counted]:
    """Count what was due of every leader in each month that has begun."""
    for one in _by_month(book):
        note = f"{one.month.first.month}月应 {one.due} 次，已 {len(one.done)} 次"
        yield Counted(one.leader.title, one.leader.title, one.month.first, note, amount=one.due)


def principals(book: Book) -> Iterable[Counted]:
    """Count the posts of principals held at the end of the day."""
    return [Counted(one.title, one.title) for one in _principals(book)]


def principals_led_enough(book: Book) -> Iterable[Counted]:
    """Count those of them who have done all that was due of them."""
    short = {one.leader.post_id for one in _by_month(book) if len(one.done) < one.due}
    return [Counted(one.title, one.title) for one in _principals(book) if one.post_id not in short]


def _principals(book: Book) -> list[Leader]:
    return [one for one in book.leaders if one.kind == PostKind.PRINCIPAL_LEADER and one.is_held(book.asked.until)]


def led_by_month(book: Book) -> list[tuple[Leader, Stretch, int, int]]:
    """Return each leader's months that have begun: how many inspections were due, and how many were done."""
    return [(one.leader, one.month, one.due, len(one.done)) for one in _by_month(book)]


def _by_month(book: Book) -> list[_Month]:
    found: list[_Month] = book.once("by_month", lambda: list(_read_by_month(book)))
    return found


def _read_by_month(book: Book) -> Iterator[_Month]:
    """Yield each leader's months that have begun; whoever held no post on the last day of a month owes none of it."""
    for month in book.months:
        for leader in book.leaders:
            due = (
                visits_due(leader.kind, month.days, month.often, book.holidays)
                if leader.is_held(month.days.last)
                else 0
            )
            if due:
                mine = [one for one in book.led if one.post_id == leader.post_id and month.has(one.on)]
                yield _Month(leader, month.days, due, mine[:due])
