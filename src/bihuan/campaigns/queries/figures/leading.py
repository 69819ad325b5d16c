"""Led inspections against what is due of each leader by month (R1.6, R1.7)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple
from uuid import UUID

from bihuan.campaigns.queries.figures.book import Book
from bihuan.campaigns.rules.counted import Counted, Leader, Led
from bihuan.campaigns.rules.rhythm import Stretch, due_so_far, visits_due
from bihuan.orgs.rules import PostKind


class _Month(NamedTuple):
    """One leader's month: what is due so far, what will be when it is over, and those visits that count towards it.

    leader: of the post that owes most; posts: all that the same person held.
    """

    leader: Leader
    posts: frozenset[UUID]
    month: Stretch
    due: int
    whole: int
    done: list[Led]


def visits(book: Book) -> Iterable[Counted]:
    """Count visits up to what was due of the leader in the month, so that nobody makes up for another."""
    for one in _by_month(book):
        yield from (Counted(led.firm, led.leader, led.on, "带队检查") for led in one.done)


def visits_made(book: Book) -> Iterable[Counted]:
    """Count every visit of the period, however many were due: what was done, for a report of what was done."""
    return [Counted(led.firm, led.leader, led.on, "带队检查") for led in book.led]


def visits_due_of(book: Book) -> Iterable[Counted]:
    """Count what was due of every leader in each month that is over; of one that runs only what is done (R1.6)."""
    for one in _by_month(book):
        runs = "" if one.due == one.whole else "，这个月还没过完"
        note = f"{one.month.first.month}月应 {one.whole} 次，已 {len(one.done)} 次{runs}"
        if one.due:
            yield Counted(one.leader.title, one.leader.title, one.month.first, note, amount=one.due)


def principals(book: Book) -> Iterable[Counted]:
    """Count the principals at the end of the day; whoever holds two such posts is one."""
    return [Counted(title, title) for title, _ in _principals(book)]


def principals_led_enough(book: Book) -> Iterable[Counted]:
    """Count those of them who have done all that was due of them."""
    short = {post for one in _by_month(book) if len(one.done) < one.due for post in one.posts}
    return [Counted(title, title) for title, posts in _principals(book) if short.isdisjoint(posts)]


def _principals(book: Book) -> list[tuple[str, list[UUID]]]:
    """Return each principal with the posts held, in words and by id."""
    held: defaultdict[UUID, list[Leader]] = defaultdict(list)
    for one in book.leaders:
        who = one.holder(book.asked.until)
        if who is not None and one.kind == PostKind.PRINCIPAL_LEADER:
            held[who].append(one)
    return [("、".join(one.title for one in posts), [one.post_id for one in posts]) for posts in held.values()]


def led_by_month(book: Book) -> list[tuple[Leader, Stretch, int, int]]:
    """Return each leader's months that have begun: how many inspections were due, and how many were done."""
    return [(one.leader, one.month, one.due, len(one.done)) for one in _by_month(book)]


def _by_month(book: Book) -> list[_Month]:
    found: list[_Month] = book.once("by_month", lambda: list(_read_by_month(book)))
    return found


def _read_by_month(book: Book) -> Iterator[_Month]:
    """Yield each leader's months that have begun; whoever held no post on the last day of a month owes none of it, and
    whoever held several owes what the one asks that asks most."""
    for month in book.months:
        for posts in _held_together(book, month.days.last):
            owed = {one.post_id: visits_due(one.kind, month.days, month.often, book.holidays) for one in posts}
            leader = max(posts, key=lambda one: owed[one.post_id])
            whole = owed[leader.post_id]
            ids = frozenset(owed)
            mine = {(one.on, one.firm): one for one in book.led if one.post_id in ids and month.has(one.on)}
            done = list(mine.values())[:whole]
            if whole:
                is_over = month.is_over or book.asked.until >= (book.row.ends_on or book.asked.until)
                due = due_so_far(month.days, month.often, book.holidays, until=book.asked.until)
                so_far = whole if is_over else max(due, len(done))
                yield _Month(leader, ids, month.days, so_far, whole, done)


def _held_together(book: Book, on: date) -> list[list[Leader]]:
    """Return the leaders' posts that were held on a day, those of one person together."""
    held: defaultdict[UUID, list[Leader]] = defaultdict(list)
    for one in book.leaders:
        who = one.holder(on)
        if who is not None:
            held[who].append(one)
    return list(held.values())
