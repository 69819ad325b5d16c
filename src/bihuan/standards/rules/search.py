"""Find criteria by words, clause, sector and standard."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from bihuan.standards.rules.criteria import Criterion, Library, in_force_items
from bihuan.standards.rules.sectors import Sector


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for on a day. words: all must occur, in the text, the clause, the objects or the cues."""

    on: date
    words: str = ""
    sector: Sector | None = None
    standard_id: str = ""


def search(library: Library, wanted: Wanted) -> Sequence[Criterion]:
    """Return the items in force on the day that fit; an exact clause first, then special standards first."""
    sectors: Collection[Sector] | None = {wanted.sector} if wanted.sector else None
    items = in_force_items(library, on=wanted.on, sectors=sectors)
    words = wanted.words.split()
    found = [
        item
        for item in items
        if (not wanted.standard_id or item.standard_id == wanted.standard_id)
        and all(word in _everything(item) for word in words)
    ]
    return sorted(found, key=lambda item: item.clause != wanted.words.strip())


def _everything(item: Criterion) -> str:
    return "\n".join((item.text, item.clause, item.group, item.id, *item.objects, *item.cues))
