"""The campaign's own figures, for statistics, which have guarded the place."""

from bihuan.campaigns.queries.figures.answering import PAGE, answer, parts_on, rows_of
from bihuan.campaigns.queries.figures.names import NAMES

__all__ = ["NAMES", "PAGE", "answer", "parts_on", "rows_of"]
