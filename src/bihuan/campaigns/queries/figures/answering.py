"""Answer statistics, and list the rows behind an answer."""

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Final
from uuid import UUID

from bihuan.campaigns.models import Campaign
from bihuan.campaigns.queries.figures.book import Book
from bihuan.campaigns.queries.figures.counting import Count
from bihuan.campaigns.queries.figures.names import NAMES, TOWN_ONLY
from bihuan.campaigns.queries.figures.supervising import SUPERVISING
from bihuan.campaigns.queries.finding import row_for
from bihuan.campaigns.rules.counted import Counted
from bihuan.campaigns.rules.units import Side
from bihuan.kernel.actor import Actor
from bihuan.kernel.errors import NotFound
from bihuan.kernel.indicators import Answer, Kept, Question
from bihuan.stats import queries as stats

PAGE: Final = "campaigns:counted"
COUNTS: Final[Mapping[str, Count]] = {**NAMES, **SUPERVISING}


def answer(asked: Question, names: Collection[str]) -> Mapping[str, Answer]:
    """Answer several of the campaign's own figures from one reading of its rows; those of TOWN_ONLY for the town."""
    book = Book(asked)
    return {name: _answer(book, name) for name in names if _is_told(book, name)}


def _is_told(book: Book, name: str) -> bool:
    return name not in TOWN_ONLY or book.is_whole


def _answer(book: Book, name: str) -> Answer:
    rows = tuple(COUNTS[name](book))
    units = {one.name for one in book.here}
    shares: Counter[str] = Counter()
    for one in rows:
        if one.who in units:
            shares[one.who] += one.amount
    return Answer(sum(one.amount for one in rows), _address(book.asked, name), shares)


def rows_of(
    viewer: Actor, campaign_id: UUID, name: str, *, path: str, since: date, until: date, at: datetime | None = None
) -> tuple[Counted, ...]:
    """Return the rows that one figure counts, as of the end of `until`. Raises NotFound as the figure would.

    at: the instant, while that day is not over.
    """
    row = row_for(viewer, campaign_id)
    book = Book(Question(path, since, until, campaign_id=row.pk, kept=Kept(at)), row)
    if name not in COUNTS or not _is_told(book, name):
        raise NotFound("campaigns.no_figure", "没有找到这个数。请从方案页重新打开。")
    if not _is_own_part(viewer, row, path):
        stats.place_of(viewer, path)
    return tuple(COUNTS[name](book))


def _is_own_part(viewer: Actor, row: Campaign, path: str) -> bool:
    """Tell whether a path is that of the viewer's own department, which sees its part though it sees no area."""
    return row.units.filter(path=path, side=Side.DEPARTMENT, unit_id__in=viewer.own_units).exists()


def book_on(row: Campaign, on: date, kept: Kept) -> Book:
    """Return what was known of the units and tasks of a campaign at the end of a day. kept: of the asking."""
    return Book(Question(row.path, on, on, campaign_id=row.pk, kept=kept), row)


def _address(asked: Question, name: str) -> dict[str, str]:
    return {
        "campaign": str(asked.campaign_id),
        "figure": name,
        "path": asked.path,
        "since": asked.since.isoformat(),
        "until": asked.until.isoformat(),
    }
