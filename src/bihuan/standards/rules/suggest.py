"""An explained suggestion of a level from an inspector's words. It proposes; a person decides (capability 8)."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from bihuan.standards.rules.criteria import Criterion, Library, Standard, in_force_items
from bihuan.standards.rules.sectors import Feature, Sector

LEAST_SCORE: Final = 0.34
MOST_SUGGESTIONS: Final = 5
_NOISE: Final = re.compile(r"[\s，。；、：,.;:！!？?（）()“”\"'《》\[\]【】—\-]+")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A criterion that the words may meet, with the reasons for and against.

    score: 0 to 1, how much of the best cue is found in the words; a ranking, not a probability.
    may_be_major: False for items that must not be proposed as major by themselves; then they are only shown to read.
    reasons, doubts: Chinese sentences.
    """

    criterion: Criterion
    standard: Standard
    score: float
    may_be_major: bool
    reasons: tuple[str, ...]
    doubts: tuple[str, ...] = ()


def _plain(text: str) -> str:
    return _NOISE.sub("", text)


def _pairs(text: str) -> frozenset[str]:
    plain = _plain(text)
    return frozenset(plain[place : place + 2] for place in range(len(plain) - 1)) or frozenset({plain} - {""})


def _share(cue: str, words: frozenset[str]) -> float:
    """Return the share of a cue's character pairs that occur in the words."""
    wanted = _pairs(cue)
    return len(wanted & words) / len(wanted) if wanted else 0.0


def _best(cues: Iterable[str], words: frozenset[str]) -> tuple[float, str]:
    return max(((_share(cue, words), cue) for cue in cues), default=(0.0, ""))


def suggest(
    library: Library,
    text: str,
    *,
    on: date,
    sectors: Collection[Sector] | None = None,
    features: Collection[Feature] | None = None,
) -> list[Suggestion]:
    """Return the criteria in force on a day that the words may meet, best first, at most MOST_SUGGESTIONS."""
    words = _pairs(text)
    found = [
        suggestion
        for item in in_force_items(library, on=on, sectors=sectors, features=features)
        if (suggestion := _weigh(item, library.standard(item.standard_id), words, text=text, on=on)) is not None
    ]
    found.sort(key=lambda one: (-one.score, one.criterion.id))
    return found[:MOST_SUGGESTIONS]


def _weigh(item: Criterion, standard: Standard, words: frozenset[str], *, text: str, on: date) -> Suggestion | None:
    score, cue = _best(item.cues, words)
    objects = tuple(name for name in item.objects if name in text)
    score = min(1.0, score + 0.1 * min(len(objects), 2))
    against, counter = _best(item.counter_cues, words)
    if score < LEAST_SCORE:
        return None
    reasons = [f"描述与“{cue}”相近"] + ([f"提到{'、'.join(objects)}"] if objects else [])
    doubts = _doubts(item, standard, on=on)
    if against >= LEAST_SCORE:
        doubts.insert(0, f"也与“{counter}”相近，这种情形一般不判重大")
        score = max(0.0, score - against / 2)
    return Suggestion(item, standard, round(score, 2), _may_be_major(item), tuple(reasons), tuple(doubts))


def _may_be_major(item: Criterion) -> bool:
    return not item.open_ended and not item.refers_to and item.kind != "comprehensive"


def _doubts(item: Criterion, standard: Standard, *, on: date) -> list[str]:
    doubts: list[str] = []
    if item.open_ended:
        doubts.append("这一条只有概括定义，不能据此自动判为重大，须由人判断")
    if item.refers_to:
        doubts.append(f"这一条转致{item.refers_to}，须指明具体条款")
    if item.kind == "comprehensive":
        doubts.append("综合判定要素，须达到条数门槛才构成重大")
    if standard.sector_word == "消防":
        doubts.append("由消防救援机构判定，镇级只记为疑似重大火灾隐患并移送")
    if item.completeness == "partial":
        doubts.append("条文内容未完整还原，请对照原件")
    if item.confidence == "from-memory":
        doubts.append("条文凭业务知识整理，未与原件核对")
    if not standard.is_preferred_on(on):
        doubts.append("已有新标准施行，请优先引用新标准")
    return doubts
