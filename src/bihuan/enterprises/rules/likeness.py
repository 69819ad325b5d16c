"""Who else could have this? Enterprises alike by feature, sector and what they do (举一反三, R3.21)."""

import math
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from bihuan.enterprises.rules.names import bigrams

# [design] weights of likeness; they rank a list that a person then narrows, and decide nothing
FEATURE_POINTS: Final = 30
MOST_FEATURE_POINTS: Final = 60
LEAD_SECTOR_POINTS: Final = 25
OTHER_SECTOR_POINTS: Final = 15
TEXT_POINTS: Final = 40
LEAST_TEXT_SHARE: Final = 0.25
LONGEST_TEXT: Final = 2_000


@dataclass(frozen=True, slots=True)
class Sought:
    """What a hazard says of where it could be found again. text: category, equipment and description in free words."""

    sectors: tuple[str, ...] = ()
    features: tuple[str, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class Profile:
    """What is known of an enterprise for comparing. sectors: the lead first. text: name and processes."""

    id: UUID
    sectors: tuple[str, ...]
    features: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Likeness:
    """Why an enterprise is alike. score: points, more is nearer. Words shared are pairs of characters joined again."""

    id: UUID
    score: int
    features: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


def likeness_of(profiles: Sequence[Profile], sought: Sought) -> list[Likeness]:
    """Return the profiles that are alike in anything, nearest first.

    Rare pairs of characters weigh more than common ones, counted over the profiles given.
    """
    wanted = _pairs(sought.text)
    pairs = {one.id: frozenset(pair for pair in wanted if pair in one.text) for one in profiles} if wanted else {}
    weights = _weights(pairs)
    found = [_compare(profile, sought, pairs.get(profile.id, frozenset()), weights) for profile in profiles]
    return sorted((one for one in found if one.score), key=lambda one: (-one.score, one.id))


def _compare(profile: Profile, sought: Sought, pairs: frozenset[str], weights: Mapping[str, float]) -> Likeness:
    features = tuple(feature for feature in sought.features if feature in profile.features)
    sectors = tuple(sector for sector in sought.sectors if sector in profile.sectors)
    shared = pairs & weights.keys()
    total = sum(weights.values())
    share = sum(weights[pair] for pair in shared) / total if total else 0.0
    if share < LEAST_TEXT_SHARE:
        share, shared = 0.0, frozenset()
    score = min(MOST_FEATURE_POINTS, FEATURE_POINTS * len(features)) + round(TEXT_POINTS * share)
    if sectors:
        score += LEAD_SECTOR_POINTS if profile.sectors[0] in sectors else OTHER_SECTOR_POINTS
    return Likeness(profile.id, score, features, sectors, _joined(sought.text, shared))


def _pairs(text: str) -> frozenset[str]:
    letters = "".join(one for one in unicodedata.normalize("NFKC", text[:LONGEST_TEXT]) if one.isalnum())
    return bigrams(letters) if letters else frozenset()


def _weights(pairs: Mapping[UUID, frozenset[str]]) -> dict[str, float]:
    """Weigh the sought pairs that occur anywhere by their rarity; a pair that nobody has tells nothing."""
    counts: Counter[str] = Counter()
    for have in pairs.values():
        counts.update(have)
    return {pair: math.log(1 + len(pairs) / count) for pair, count in counts.items()}


def _joined(text: str, shared: frozenset[str]) -> tuple[str, ...]:
    """Join shared pairs that follow each other in the text into words: 粉尘 + 尘收 + 收集 is 粉尘收集."""
    letters = "".join(one for one in unicodedata.normalize("NFKC", text[:LONGEST_TEXT]) if one.isalnum())
    words: list[str] = []
    word = ""
    for at in range(len(letters) - 1):
        if letters[at : at + 2] in shared:
            word = word + letters[at + 1] if word else letters[at : at + 2]
        elif word:
            words.append(word)
            word = ""
    return tuple(dict.fromkeys([*words, word] if word else words))
