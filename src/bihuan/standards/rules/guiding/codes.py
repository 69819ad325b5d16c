"""Answers as a short text, for addresses and for keeping."""

import re
from decimal import Decimal
from typing import Final

from bihuan.standards.rules.guiding.papers import CODE_LENGTH, Paper
from bihuan.standards.rules.terms import Answers, Reply, Said

MOST_DIGITS: Final = 6
_SIGNS: Final = {Said.YES: "y", Said.NO: "n", Said.UNKNOWN: "u"}
_BACK: Final = {sign: said for said, sign in _SIGNS.items()}
_NUMBER: Final = re.compile(rf"\d{{1,{MOST_DIGITS}}}(\.\d{{1,2}})?")


def written(paper: Paper, given: Answers) -> str:
    """Write answers in the order in which they were given: ``a1b2cy.0f3d4n.77a01~11``."""
    return "_".join(f"{paper.asks[name].code}{_sign(reply)}" for name, reply in given.items())


def _sign(reply: Reply) -> str:
    return _SIGNS[reply] if isinstance(reply, Said) else f"~{reply}"


def read_answers(paper: Paper, text: str) -> dict[str, Reply]:
    """Read answers back; what is no question of this paper, or no answer to it, is left out."""
    by_code = {ask.code: ask for ask in paper.asks.values()}
    found: dict[str, Reply] = {}
    for part in text.split("_"):
        code, said = part[:CODE_LENGTH], part[CODE_LENGTH:]
        ask = by_code.get(code)
        reply = read_reply(
            said.removeprefix("~") if ask is not None and ask.unit else said, number=bool(ask and ask.unit)
        )
        if ask is not None and reply is not None:
            found[ask.name] = reply
    return found


def read_reply(text: str, *, number: bool) -> Reply | None:
    """Read one answer: y, n, u, or a number where a number is asked; None when it is none of these."""
    if number and _NUMBER.fullmatch(text):
        return Decimal(text)
    said = _BACK.get(text)
    return None if number and said is not Said.UNKNOWN else said
