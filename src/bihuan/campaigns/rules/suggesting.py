"""Which indicators a clause calls for by what it says: a suggestion with its words, which a person confirms."""

import re
from dataclasses import dataclass
from functools import cache

from bihuan.campaigns.rules.cues import CUES, YIELDS

_SPACE = re.compile(r"\s+")
_NAMES = re.compile(r"《[^《》]*》")  # what a document is called is not what this one orders
_WHOSE = re.compile(r"[（(【](?:责任|牵头|配合|承办|协办)[^（()）】]*[)）】]")  # who answers is not what is ordered
_QUOTES = str.maketrans("", "", "“”‘’\"'「」")

_PURPOSE = re.compile(
    "(?:为(?:进一步|切实|全面|深入|认真|确保|贯彻|落实|做好|加强|防范)|切实做好)"
)  # why a plan is made
_NAMED_ONLY = frozenset({"festival.quiet_days"})  # what an opening only names


@dataclass(frozen=True, slots=True)
class Suggested:
    """One indicator that a sentence calls for. words: of the sentence, the longest first; they are the reason."""

    key: str
    words: tuple[str, ...]

    @property
    def say(self) -> str:
        """The reason as a page says it."""
        return "原文写有" + "、".join(f"“{one}”" for one in self.words)


@cache
def _cues() -> tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]:
    return tuple((re.compile(pattern), tuple(keys.split())) for pattern, keys in CUES)


def suggest(sentence: str) -> tuple[Suggested, ...]:
    """Return the indicators that a sentence calls for, those with the most words behind them first."""
    text = _WHOSE.sub("", _NAMES.sub("《》", _SPACE.sub("", sentence))).translate(_QUOTES)
    is_purpose = _PURPOSE.match(text) is not None
    found: dict[str, list[str]] = {}
    for pattern, keys in _cues():
        said = dict.fromkeys(one.group() for one in pattern.finditer(text))
        for key in keys if said else ():
            found.setdefault(key, []).extend(said)
    order = {key: place for place, key in enumerate(found)}
    left = {
        key: words
        for key, words in found.items()
        if found.keys().isdisjoint(YIELDS.get(key, ())) and not (is_purpose and key in _NAMED_ONLY)
    }
    made = [Suggested(key, tuple(sorted(dict.fromkeys(words), key=len, reverse=True))) for key, words in left.items()]
    return tuple(sorted(made, key=lambda one: (-sum(map(len, one.words)), order[one.key])))
