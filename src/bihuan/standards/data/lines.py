"""The quick reading of YAML files that hold one `name: [word, word]` or `name: word` a line, as the lexicon does.

YAML's own reader takes most of the time in which the judge starts. What it would read otherwise than word by word (a
quotation mark, a figure, a yes) is left to it, line by line, so the answer is the same.
"""

import re
from collections.abc import Callable
from typing import Any, Final

_LINE: Final = re.compile(r"([^\s\[\]{}:,#&*!|>'\"%@`?=<~.+\d-][^:#'\"\[\]{}]*): (?:\[([^\[\]{}]*)\]|([^\[\]{}]*))")
# What may be more than a plain word to YAML: a figure or a day, quotation, a remark, yes and no, a word of its own.
_MORE: Final = re.compile(r"['\"#&*!|>%@`?~{}]|: |:$|(?:^|, ?)[-+.\d=<]|(?:^|, ?)(?:[a-zA-Z]{1,5}|)(?=,|$)|  |^ | $|:,")
# Plain words of Latin letters that stand in the lexicon and are none of YAML's own.
_BEFORE_COMMA: Final = ", "


def read_lines(text: str, slowly: Callable[[str], Any]) -> dict[str, Any]:
    """Return the names of a file with their words, in its order. slowly: YAML's own reader, for what is not plain."""
    found: dict[str, Any] = {}
    left: list[str] = []
    for line in text.split("\n"):
        if not line or line[0] == "#":
            continue
        plain = _LINE.fullmatch(line)
        if plain is None:
            return dict(slowly(text) or {})  # not of this form: a list over several lines, say
        name, words, word = plain.groups()
        inside = word if words is None else words
        if _MORE.search(inside):
            left.append(line)
            found[name] = None
        else:
            found[name] = inside.split(_BEFORE_COMMA) if words is not None else inside
    if left:
        found.update(slowly("\n".join(left)))
    return found
