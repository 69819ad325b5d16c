"""What the living plan decides about a text: reading a plan (R9.1)."""

from bihuan.campaigns.rules.answer import Clause, Reading
from bihuan.campaigns.rules.numbering import number_of
from bihuan.campaigns.rules.reading import read_plan
from bihuan.campaigns.rules.text import Cell, Line, clean, fold
from bihuan.campaigns.rules.words import ENDS_AS_PARTY

__all__ = ["ENDS_AS_PARTY", "Cell", "Clause", "Line", "Reading", "clean", "fold", "number_of", "read_plan"]
