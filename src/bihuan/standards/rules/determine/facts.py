"""What is known of an enterprise, from people's words: its sectors, its features, the things it has."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from bihuan.standards.rules.criteria import Criterion
from bihuan.standards.rules.determine.lexicon import Lexicon
from bihuan.standards.rules.sectors import CROSS_CUTTING, INDUSTRY_AND_TRADE, Feature, Sector

SECTOR: Final = "s:"
YES: Final = "f+"
NO: Final = "f-"
GENERAL: Final = "工贸"  # a word that leaves open which of the eight trades is meant


@dataclass(frozen=True, slots=True)
class Enterprise:
    """An enterprise in people's words, as a request or a form gives it."""

    industry: str = ""
    sectors: tuple[str, ...] = ()
    features: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """All of it, one line to look through."""
        return ";".join((self.industry, *self.sectors, *self.features))


@dataclass(frozen=True, slots=True)
class Facts:
    """What the words amount to. sectors: None when nothing is known. told: the feature and the words that told it."""

    sectors: frozenset[Sector] | None
    has: frozenset[Feature]
    lacks: frozenset[Feature]
    things: Mapping[str, str] = field(default_factory=dict)  # concept -> the words of the enterprise that name it
    told: Mapping[Feature, str] = field(default_factory=dict)
    named: bool = False  # the enterprise gave features, so that what it did not name is likelier not there

    def concern(self, item: Criterion) -> bool:
        """Tell whether an item can concern such a place, by its sector and what is known not to be there."""
        if self.sectors is not None and not item.sectors & (self.sectors | CROSS_CUTTING):
            return False
        return not item.features or bool(item.features - self.lacks)

    def confirm(self, item: Criterion) -> Feature | None:
        """Return a feature that the item needs and the place is known to have, None when none is known."""
        return next((one for one in sorted(item.features) if one in self.has), None)


class FactFinder:
    """Reads an enterprise's words with a lexicon whose concepts are `s:sector`, `f+feature` and `f-feature`."""

    def __init__(
        self,
        known: Lexicon,
        things: Lexicon,
        names: Mapping[str, Sector],
        features: Mapping[str, Feature],
        implied: Mapping[str, Sequence[str]] = MappingProxyType({}),
    ) -> None:
        self._known: Final = known
        self._things: Final = things
        self._sectors: Final = names
        self._features: Final = features
        self._implied: Final = {features[name]: concepts for name, concepts in implied.items()}

    def facts(self, enterprise: Enterprise, text: str) -> Facts:
        """Return what an enterprise's words and a finding's tell together; the enterprise's own come first."""
        own = enterprise.words
        found, in_text = self._told(own), self._told(text)
        lacks = {one for one in found[NO] if one not in found[YES]}
        lacks |= {one for one in in_text[NO] if one not in found[YES] and one not in in_text[YES]}
        has = {one: why for one, why in {**in_text[YES], **found[YES]}.items() if one not in lacks}
        return Facts(
            sectors=self._sectors_of(own),
            has=frozenset(has),
            lacks=frozenset(lacks),
            things=self._things_of(own, {one: why for one, why in found[YES].items() if one in has}),
            told=has,
            named=bool(enterprise.features),
        )

    def _told(self, words: str) -> dict[str, dict[Feature, str]]:
        told: dict[str, dict[Feature, str]] = {YES: {}, NO: {}}
        for token in self._known.find(words, typos=False):
            sign, name = token.concept[:2], token.concept[2:]
            if sign in told and name in self._features and (sign == NO or not _denied(words, token.start)):
                told[sign].setdefault(self._features[name], words[token.start : token.end])
        return told

    def _things_of(self, words: str, told: Mapping[Feature, str]) -> Mapping[str, str]:
        """Return what the enterprise names, and what a place with its features must have."""
        implied = {concept: why for one, why in told.items() for concept in self._implied.get(one, ())}
        named = [token for token in self._things.find(words, typos=False) if not _denied(words, token.start)]
        return implied | {token.concept: words[token.start : token.end] for token in named}

    def _sectors_of(self, words: str) -> frozenset[Sector] | None:
        named = {
            token.concept[2:] for token in self._known.find(words, typos=False) if token.concept.startswith(SECTOR)
        }
        one_by_one = frozenset(self._sectors[name] for name in named if name in self._sectors)
        if one_by_one:
            return one_by_one
        return INDUSTRY_AND_TRADE if GENERAL in named else None


_NOT: Final = re.compile(r"(?:[无非未没]|不涉及|没有|不是|不属于|不含|不用|不构成)$")


def _denied(words: str, start: int) -> bool:
    """Tell whether what stands before a word takes it back: 无危险工艺, 不涉及液氨."""
    return _NOT.search(words[max(0, start - 4) : start]) is not None
