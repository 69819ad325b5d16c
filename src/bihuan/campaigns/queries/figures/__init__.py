"""The campaign's own figures, for statistics, which have guarded the place."""

from bihuan.campaigns.queries.figures.answering import PAGE, answer, book_on, rows_of
from bihuan.campaigns.queries.figures.book import Book
from bihuan.campaigns.queries.figures.grounds import Grounds, grounds_on
from bihuan.campaigns.queries.figures.names import NAMES
from bihuan.campaigns.queries.figures.supervising import SUPERVISING

__all__ = ["NAMES", "PAGE", "SUPERVISING", "Book", "Grounds", "answer", "book_on", "grounds_on", "rows_of"]
