"""How a term is written in the files of questions: a space is "and", | is "or", - is "not", and round brackets."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from bihuan.standards.rules.terms import Asked, Measured, Not, Term, both, either

_TOKEN: Final = re.compile(r"\s*(?:([()|])|(-?)([^\s()|<>-]+)(?:([<>])(\d+(?:\.\d+)?))?|(-)(?=\())")


class BadQuestion(ValueError):  # noqa: N818 -- the data are bad, not the program
    """A file of questions cannot be read."""


def parse(text: str) -> Term:
    """Read a term. Raises BadQuestion.

    Example: ``速冻机 (-速冻单间 | 速冻人数>9)``. "and" binds tighter than "or".
    """
    tokens = list(_tokens(text))
    term, left = _any(tokens, text)
    if left:
        raise BadQuestion(f"“{text}”：括号不配对")
    return term


def _tokens(text: str) -> Iterator[re.Match[str]]:
    place = 0
    while place < len(text.rstrip()):
        found = _TOKEN.match(text, place)
        if found is None:
            raise BadQuestion(f"“{text}”：第{place + 1}个字读不懂")
        yield found
        place = found.end()


def _any(tokens: list[re.Match[str]], text: str) -> tuple[Term, list[re.Match[str]]]:
    found = []
    while True:
        one, tokens = _all(tokens, text)
        found.append(one)
        if not tokens or tokens[0][1] != "|":
            return either(*found), tokens
        tokens = tokens[1:]


def _all(tokens: list[re.Match[str]], text: str) -> tuple[Term, list[re.Match[str]]]:
    found = []
    while tokens and tokens[0][1] not in {"|", ")"}:
        one, tokens = _one(tokens, text)
        found.append(one)
    if not found:
        raise BadQuestion(f"“{text}”：缺少条件")
    return both(*found), tokens


def _one(tokens: list[re.Match[str]], text: str) -> tuple[Term, list[re.Match[str]]]:
    first, rest = tokens[0], tokens[1:]
    if first[6]:
        inner, rest = _one(rest, text)
        return Not(inner), rest
    if first[1] == "(":
        inner, rest = _any(rest, text)
        if not rest or rest[0][1] != ")":
            raise BadQuestion(f"“{text}”：括号不配对")
        return inner, rest[1:]
    name, sign, limit = first[3], first[4], first[5]
    term: Term = Measured(name, sign == ">", Decimal(limit)) if sign else Asked(name)
    return (Not(term) if first[2] else term), rest
