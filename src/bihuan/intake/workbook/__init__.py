"""Read a file into sheets of cells, under limits; formulas and macros are never run (design, section 11)."""

from bihuan.intake.workbook.limits import DEFAULT_LIMITS, Limits
from bihuan.intake.workbook.reading import Book, look, read_book

__all__ = ["DEFAULT_LIMITS", "Book", "Limits", "look", "read_book"]
