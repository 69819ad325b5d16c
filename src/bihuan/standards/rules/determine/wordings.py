"""Wordings compared by pairs of characters, rare pairs weighing more, one word standing for all ways to say a thing."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from math import log
from typing import Final

from bihuan.standards.rules.criteria import Criterion

OBJECT_BONUS: Final = 0.08  # for each named object found in the words, at most two
_NOISE: Final = re.compile(r"[\s，、：,.:！!？?（）()“”\"'《》\[\]【】—\-]+")
Pairs = frozenset[str]

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


def weights(wordings: Iterable[Pairs]) -> Mapping[str, float]:
    """Return what each pair counts: the rarer it is among wordings, the more."""
    seen = Counter(pair for wording in wordings for pair in wording)
    return {pair: 1 / (1 + log(count)) for pair, count in seen.items()}


def wording_of(item: Criterion) -> Pairs:
    """Return the pairs of all that says what an item is about."""
    return frozenset().union(pairs_of(item.text), *map(pairs_of, item.cues), *map(pairs_of, item.objects))


def share(wanted: Pairs, found: Pairs, weight: Mapping[str, float]) -> float:
    """Return the weighted share of the wanted pairs that were found."""
    whole = sum(weight.get(pair, 1.0) for pair in wanted)
    return sum(weight.get(pair, 1.0) for pair in wanted & found) / whole if whole else 0.0


# What an inspector says of a device that is there and does not work.
FAILED: Final = re.compile(
    "装了但|设了但|没有?通电|未通电|不通电|没电|断电|故障|失效|失灵|旁路|短接|屏蔽|拆线|损坏|停用|未投用|不能用|未修|没修|被"
)
