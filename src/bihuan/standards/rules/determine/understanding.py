"""Whether words were understood, or only pieces of longer words that nobody knows."""

import re
from typing import Final

from bihuan.standards.rules.determine.conditions import Status
from bihuan.standards.rules.determine.saying import Reading
from bihuan.standards.rules.determine.verdicts import Met

A_GOOD_PART: Final = 1 / 3  # of a text's characters, from which single ones are taken for words
CHINESE: Final = re.compile("[\u4e00-\u9fff]")


def tells_much(reading: Reading) -> bool:
    """Tell whether concepts stand in words, or in single characters that are a good part of the text (灯坏, 门很脏).

    One character amid others (乱七八糟) is a part of a word that nobody knows.
    """
    tokens = [one.token for many in reading.seen.values() for one in many]
    alone = {one.start for one in tokens if one.end - one.start == 1}
    if any(one.end - one.start > 1 for one in tokens):
        return True
    return bool(alone) and len(alone) >= A_GOOD_PART * len(CHINESE.findall(reading.text))


def is_of_a_piece(one: Met) -> bool:
    """Tell whether a clause is near by nothing but a piece of a longer word for something else: 接铝 of 接铝灰."""
    named = [held for held in one.weighed.held if held.words and not held.term.excludes]
    if one.status is not Status.NEAR or one.lowered or any(held.holds for held in named):
        return False
    seen, asked = one.reading.seen, one.weighed.condition.concepts
    longer = [(found.token.start, found.token.end) for name in seen.keys() - asked for found in seen[name]]
    tokens = [found.token for name in asked for found in seen.get(name, ())]
    return bool(tokens) and all(
        any(
            start <= token.start and token.end <= end and end - start > token.end - token.start for start, end in longer
        )
        for token in tokens
    )
