"""By when a sentence wants a thing done."""

from dataclasses import dataclass
from datetime import date

from bihuan.campaigns.rules.text import Place


@dataclass(frozen=True, slots=True)
class Due:
    """By when: the day where the text gives one, its wording and place; implied: of a stage or the whole campaign."""

    on: date | None
    text: str
    place: Place | None
    implied: bool = False
