"""The numbers of the loop in force in a town on a day."""

from datetime import date
from uuid import UUID

from bihuan.hazards.rules.terms import NAMES, Terms, terms_from
from bihuan.standards import queries as standards


def terms_on(town_id: UUID, on: date) -> Terms:
    """Return the town's terms of a day; cached by `standards` until a parameter changes."""
    return terms_from(standards.numbers(NAMES, town_id=town_id, on=on))
