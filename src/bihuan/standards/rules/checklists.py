"""Checklists by sector as dated data: what to look at, how, and on which article of which law it rests."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from bihuan.standards.rules.criteria import Criterion, Library
from bihuan.standards.rules.sectors import EVERY_SECTOR, Feature, Sector


@dataclass(frozen=True, slots=True)
class Law:
    """One version of a law that checklists cite.

    in_force_from, in_force_until: both inclusive, None is open. compared: what its articles were compared with;
    empty when they are cited from memory. follows: the id of the version or law whose place it took, "" for none.
    """

    id: str
    title: str
    document_number: str
    in_force_from: date
    in_force_until: date | None = None
    compared: str = ""
    follows: str = ""

    def holds_on(self, day: date) -> bool:
        """Tell whether this version was in force on a day."""
        return self.in_force_from <= day and (self.in_force_until is None or day <= self.in_force_until)


@dataclass(frozen=True, slots=True)
class Basis:
    """An article that an item rests on. confidence: "verified" (compared with a public copy) or "from-memory".

    follows: the earlier citation in whose place this one stands although the item does not name it, "" where it does.
    """

    law: Law
    article: str
    confidence: str
    follows: str = ""

    @property
    def cited_as(self) -> str:
        """Return the citation as it is printed; what somebody typed stays as it was typed."""
        return f"《{self.law.title}》{self.article}" if self.law.id else self.law.title


@dataclass(frozen=True, slots=True)
class CheckItem:
    """One thing to look at.

    basis: the articles of every version of a law, the newest first. criteria: ids of criteria that a finding here may
    meet, of every version; which of them held on a day the library knows.
    """

    id: str
    look_at: str
    how: str
    basis: tuple[Basis, ...]
    criteria: tuple[str, ...] = ()

    def major_on(self, library: Library, day: date) -> tuple[Criterion, ...]:
        """Return the criteria in force on a day that a finding here may meet, in the order of the library."""
        in_force = {one.id for one in library.in_force(day)}
        return tuple(one for one in library.criteria if one.id in self.criteria and one.standard_id in in_force)

    def basis_on(self, day: date) -> tuple[Basis, ...]:
        """Return the articles that were in force on the day of a visit."""
        return tuple(one for one in self.basis if one.law.holds_on(day))


@dataclass(frozen=True, slots=True)
class Origin:
    """What a list was copied from. version: names its text at that time."""

    list_id: str
    title: str
    version: str


@dataclass(frozen=True, slots=True)
class Checklist:
    """A list for a kind of place. valid_from, valid_until: both inclusive, None is open.

    area: the path of the unit whose own list it is, "" for what comes with the software. revision: of an own list.
    replaces: the list that is not offered where this one is, "" for none.
    """

    id: str
    title: str
    sectors: frozenset[Sector]
    features: frozenset[Feature]
    valid_from: date
    valid_until: date | None
    note: str
    items: tuple[CheckItem, ...]
    area: str = ""
    unit_name: str = ""
    revision: int = 0
    origin: Origin | None = None
    replaces: str = ""

    def holds_on(self, day: date) -> bool:
        """Tell whether the list may be used for a visit on a day."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)

    def from_memory_on(self, day: date) -> tuple[Basis, ...]:
        """Return the articles of a day that were not compared with a copy of the law, each once."""
        cited = (one for item in self.items_on(day) for one in item.basis_on(day) if one.confidence != "verified")
        return tuple(dict.fromkeys(cited))

    def items_on(self, day: date) -> tuple[CheckItem, ...]:
        """Return the items that some article in force asked for on the day of a visit.

        An own list keeps all of its items: its unit decides what it looks at, and the page says which basis has ended.
        """
        return tuple(item for item in self.items if self.area or item.basis_on(day))


def fitting(
    lists: Iterable[Checklist], *, on: date, sectors: Collection[Sector], features: Collection[Feature]
) -> list[Checklist]:
    """Return the lists of a place on a day: those of its features first, then of its sectors, the general one last.

    A list that names features fits with any one of them; a list without features fits by its sectors.
    """
    held = [one for one in lists if one.holds_on(on)]
    by_feature = [one for one in held if one.features and not one.features.isdisjoint(features)]
    by_sector = [
        one for one in held if not one.features and one.sectors != EVERY_SECTOR and not one.sectors.isdisjoint(sectors)
    ]
    general = [one for one in held if not one.features and one.sectors == EVERY_SECTOR]
    return by_feature + by_sector + general
