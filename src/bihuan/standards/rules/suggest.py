"""An explained suggestion of a level from an inspector's words. It proposes; a person decides (capability 8).

Words are compared by pairs of characters, rare pairs weighing more; the reasons name what was alike.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from math import log
from typing import Final

from bihuan.standards.rules.criteria import Criterion, Library, Standard, applies, in_force_items
from bihuan.standards.rules.sectors import FEATURE_NAMES, Feature, Sector

LEAST_SCORE: Final = 0.42
MOST_SUGGESTIONS: Final = 5
OBJECT_BONUS: Final = 0.08  # for each named object found in the words, at most two
OWN_WORDS_LEAST: Final = 6  # pairs a sentence must have before it is held against the wording as a whole
_NOISE: Final = re.compile(r"[\s，、：,.:！!？?（）()“”\"'《》\[\]【】—\-]+")
_SENTENCE: Final = re.compile(r"[；;。\n]+|(?<!\d)\d{1,2}[.．、](?!\d)")
FIRE: Final = "消防"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A criterion that the words may meet, with the reasons for and against.

    score: 0 to 1, how much of it is found in the words; a ranking, not a probability. words: the sentence that met.
    may_be_major: False for items that must not be proposed as major by themselves; they are only shown to read.
    suspected: to be recorded as 疑似重大 and handed to the fire authority. reasons, doubts: Chinese sentences.
    """

    criterion: Criterion
    standard: Standard
    score: float
    words: str
    may_be_major: bool
    suspected: bool
    reasons: tuple[str, ...]
    doubts: tuple[str, ...] = ()

    @property
    def proposes(self) -> str:
        """What is proposed, in words."""
        if not self.may_be_major:
            return "供参考，不建议级别"
        return "疑似重大火灾隐患" if self.suspected else "建议按重大隐患核实"


Pairs = frozenset[str]


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A criterion's wording in pairs."""

    cues: tuple[tuple[str, Pairs], ...]
    counter_cues: tuple[tuple[str, Pairs], ...]
    whole: Pairs


@dataclass(frozen=True, slots=True)
class _Index:
    items: Mapping[str, _Prepared]
    weight: Mapping[str, float]


# Words that inspectors and standards use for one thing.
_SAME: Final = (
    (re.compile("没有|未曾|尚未|缺少|缺失|[未无缺]"), "没"),
    (re.compile("危险化学品"), "危化品"),
    (re.compile("有限空间|受限空间|密闭空间"), "有限空间"),
    (re.compile("未设置|没设置|没设|没装|没安装"), "没"),
    (re.compile("超期"), "过期"),
    (re.compile("快速冻结|单冻机|速冻机"), "速冻"),
)


NOT: Final = "没"


def alike(text: str) -> str:
    """Return a text without punctuation, with one word for one thing."""
    plain = _NOISE.sub("", text)
    for words, one in _SAME:
        plain = words.sub(one, plain)
    return plain


def pairs_of(text: str) -> Pairs:
    """Return the pairs of neighbouring characters of a text, by which wordings are compared."""
    plain = alike(text)
    return frozenset(plain[place : place + 2] for place in range(len(plain) - 1)) or frozenset({plain} - {""})


@lru_cache(maxsize=4)
def _index(library: Library) -> _Index:
    items = {item.id: _prepared(item) for item in library.criteria}
    return _Index(items, weights(one.whole for one in items.values()))


def weights(wordings: Iterable[Pairs]) -> Mapping[str, float]:
    """Return what each pair counts: the rarer it is among wordings, the more."""
    seen = Counter(pair for wording in wordings for pair in wording)
    return {pair: 1 / (1 + log(count)) for pair, count in seen.items()}


def _prepared(item: Criterion) -> _Prepared:
    return _Prepared(
        tuple((cue, pairs_of(cue)) for cue in item.cues),
        tuple((cue, pairs_of(cue)) for cue in item.counter_cues),
        wording_of(item),
    )


def wording_of(item: Criterion) -> Pairs:
    """Return the pairs of all that says what an item is about."""
    return frozenset().union(pairs_of(item.text), *map(pairs_of, item.cues), *map(pairs_of, item.objects))


def share(wanted: Pairs, found: Pairs, weight: Mapping[str, float]) -> float:
    """Return the weighted share of the wanted pairs that were found."""
    whole = sum(weight.get(pair, 1.0) for pair in wanted)
    return sum(weight.get(pair, 1.0) for pair in wanted & found) / whole if whole else 0.0


def _best(cues: Iterable[tuple[str, Pairs]], found: Pairs, weight: Mapping[str, float]) -> tuple[float, str]:
    return max(((share(pairs, found, weight), cue) for cue, pairs in cues), default=(0.0, ""))


def sentences(text: str) -> tuple[str, ...]:
    """Split an inspector's words into sentences; a ledger's cell often holds several numbered ones."""
    return tuple(part.strip() for part in _SENTENCE.split(text) if part.strip())


def suggest(
    library: Library,
    text: str,
    *,
    on: date,
    sectors: Collection[Sector] | None = None,
    features: Collection[Feature] | None = None,
) -> list[Suggestion]:
    """Return the criteria in force on a day that the words may meet, best first, at most MOST_SUGGESTIONS.

    sectors, features: of the place; None when not known, then the doubts say what to make sure of.
    """
    candidates = [
        *((item, False) for item in in_force_items(library, on=on, sectors=sectors, features=features)),
        *((item, True) for item in _prompts(library, on=on, features=features)),
    ]
    found = [
        suggestion
        for item, prompt in candidates
        if (suggestion := _weigh(library, item, sentences(text), prompt=prompt)) is not None
    ]
    told = [_with_doubts(one, library, on=on, features_known=features is not None) for one in found]
    told.sort(key=lambda one: (-one.score, one.criterion.id))
    return told[:MOST_SUGGESTIONS]


def _prompts(library: Library, *, on: date, features: Collection[Feature] | None) -> list[Criterion]:
    """Return items of an older version that a version in force, itself not reconstructed, lets us show as prompts."""
    wanted = {item_id for standard in library.in_force(on) for item_id in standard.prompts}
    return [item for item in library.criteria if item.id in wanted and applies(item, sectors=None, features=features)]


def _weigh(library: Library, item: Criterion, parts: Sequence[str], *, prompt: bool) -> Suggestion | None:
    index = _index(library)
    prepared = index.items[item.id]
    standard = library.standard(item.standard_id)
    scored = [(*_likeness(standard, item, prepared, part, index.weight), part) for part in parts]
    score, reasons, part = max(scored, default=(0.0, [], ""))
    if score < LEAST_SCORE:
        return None
    named = [name for name in item.objects if name in part]
    if named:
        reasons.append(f"提到{'、'.join(named)}")
    doubts = []
    against, counter = _against(prepared, part, index.weight)
    if against >= LEAST_SCORE:
        doubts.append(f"也与“{counter}”相近，这种情形一般不判重大")
        score = max(0.0, score - against / 2)
    free = not (prompt or item.open_ended or item.refers_to or item.kind == "comprehensive")
    return Suggestion(
        criterion=item,
        standard=standard,
        score=round(min(score, 1.0), 2),
        words=part,
        may_be_major=free,
        suspected=standard.sector_word == FIRE,
        reasons=tuple(reasons),
        doubts=tuple(doubts + ([_PROMPT] if prompt else [])),
    )


def _against(prepared: _Prepared, part: str, weight: Mapping[str, float]) -> tuple[float, str]:
    """Return how much a sentence is like a counter-example; one that says "missing" is less like "it is there"."""
    likeness, counter = _best(prepared.counter_cues, pairs_of(part), weight)
    if NOT in alike(part) and NOT not in alike(counter):
        likeness /= 2
    return likeness, counter


_PROMPT: Final = "仅作提示：现行版本的条文未还原，须对照原件判定，不能引用这一旧条号"


def _score(item: Criterion, prepared: _Prepared, part: str, weight: Mapping[str, float]) -> tuple[float, str]:
    """Return how much a sentence is like an item, and like what."""
    pairs = pairs_of(part)
    by_cue, cue = _best(prepared.cues, pairs, weight)
    score, like = by_cue, f"描述与“{cue}”相近"
    if len(pairs) >= OWN_WORDS_LEAST:
        by_text = share(pairs, prepared.whole, weight)
        if by_text > score:
            score, like = by_text, "描述与条文用词相近"
    named = sum(name in part for name in item.objects)
    return score + OBJECT_BONUS * min(named, 2), like


# What an inspector says of a device that is there and does not work.
FAILED: Final = re.compile(
    "装了但|设了但|没有?通电|未通电|不通电|没电|断电|故障|失效|失灵|旁路|短接|屏蔽|拆线|损坏|停用|未投用|不能用|未修|没修|被"
)


def _likeness(
    standard: Standard, item: Criterion, prepared: _Prepared, part: str, weight: Mapping[str, float]
) -> tuple[float, list[str]]:
    """Return how much a sentence is like an item, with the reasons.

    Where a general rule of the standard says so, a device that does not work is compared as one that is missing.
    """
    score, like = _score(item, prepared, part, weight)
    for rule in standard.general_rules:
        likeness, cue = _best([(cue, pairs_of(cue)) for cue in rule.cues], pairs_of(part), weight)
        if likeness < LEAST_SCORE:
            continue
        missing = _Prepared(tuple((cue, _without_not(pairs)) for cue, pairs in prepared.cues), (), prepared.whole)
        as_missing, like_missing = _score(item, missing, FAILED.sub("", part), weight)
        if as_missing >= score:
            return as_missing, [like_missing, f"与“{cue}”相近，按{rule.clause}失效等同没有"]
    return score, [like]


def _without_not(pairs: Pairs) -> Pairs:
    return frozenset(pair for pair in pairs if NOT not in pair)


def _with_doubts(one: Suggestion, library: Library, *, on: date, features_known: bool) -> Suggestion:
    """Add what a person must make sure of before deciding."""
    item, standard = one.criterion, one.standard
    checks = (
        (bool(item.features) and not features_known, _needs(item)),
        (item.open_ended, "这一条只有概括定义，不能据此自动判为重大，须由人判断"),
        (bool(item.refers_to), f"这一条转致{item.refers_to}，须指明具体条款"),
        (item.kind == "comprehensive", "综合判定要素，达到条数门槛才构成重大"),
        (standard.sector_word == FIRE, "由消防救援机构判定，镇级记为疑似重大火灾隐患并移送"),
        (item.completeness == "partial", "条文内容没有完整还原，请对照原件"),
        (item.confidence == "from-memory", "条文凭业务知识整理，没有与原件核对"),
        (not standard.is_preferred_on(on), _superseded(library, standard)),
    )
    rules = tuple(rule.text for rule in standard.general_rules if not rule.cues)
    doubts = (*one.doubts, *(say for holds, say in checks if holds), *rules)
    return Suggestion(item, standard, one.score, one.words, one.may_be_major, one.suspected, one.reasons, doubts)


def _needs(item: Criterion) -> str:
    names = "、".join(sorted(FEATURE_NAMES[feature] for feature in item.features))
    return f"只用于涉及{names}的单位，请先确认"


def _superseded(library: Library, standard: Standard) -> str:
    known = {one.id: one for one in library.standards}
    successor = known.get(standard.preferred_successor)
    return f"已有{successor.cited_as}施行，请优先引用" if successor else "已有新标准施行，请优先引用新标准"
