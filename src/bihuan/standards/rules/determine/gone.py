"""Machines that are there no more: what is said of 砂光机去年卖了,风管上没有火花探测 meets no clause."""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Final

from bihuan.standards.rules.determine.cleaning import Piece
from bihuan.standards.rules.determine.lexicon import Token
from bihuan.standards.rules.determine.several import singles_out
from bihuan.standards.rules.determine.signs import Mark

_SOME_OF_THEM: Final = "(?![^,;]{0,3}[0-9一两二三四五六七八九十几半][台条个套只])"  # 卖了两台 leaves the others
_SOLD: Final = re.compile(
    "(?:卖(?:了|掉|给|出去|废)|(?:处理|转让|抵)(?:给|掉|出去)|送给|当废[铁品]|收废[铁品]|拉走|搬走|运走|退[回还]给?厂家"
    "|拆(?:了卖|掉卖|[除掉走了]+(?=$|[,;。]|运|拉|卖)))" + _SOME_OF_THEM
)
_THAT_ONE: Final = re.compile("(?:不过|但是?|可是?|其实|只是|而)?(?:[这那该此]|它)(?:[台条套个部些]|设备|机器?|旧|老)*")
_THEN: Final = re.compile(
    "(?:不过|但是?|可是?|后来|其实)?(?:去年|前年|今年|上个?月|年初|年底|早就?|已经?|都|刚|前[一两几]?[天年月]|[0-9一二两三四五六七八九十]+[年月])+"
)
# What may stand between a machine and the words that it was sold; anything else is what was taken off it.
_BETWEEN: Final = re.compile(
    "(?:[去前今]年|[年月][初底中]|上个?月|[上下]半年|[0-9一二两三四五六七八九十几半]+个?[年月天]多?|早|已经?|停用|闲置|不用|报废|没用|"
    "[都就被给全也刚整了的前]|以前|之前|[那这整一]台|老板|厂里|一起|后来|后|,)*"
)
_NOT_SO: Final = re.compile("[没未]|准备|打算|计划|想|要$|还没|拟")


def gone(piece: Piece, tokens: Sequence[Token], marks: Sequence[Mark], machines: Collection[str]) -> Mapping[str, str]:
    """Return the concepts of machines that a piece says were sold or taken away, with the words that say so.

    Not where a clause says what is wrong with another one of them: 3号砂光机卖了,1号没有火花探测.
    """
    found: dict[str, str] = {}
    for sold in _SOLD.finditer(piece.text):
        at = piece.clause_at(sold.start())
        start, _ = piece.clauses[at]
        head = piece.text[start : sold.start()]
        if _NOT_SO.search(head) or _others_are_wrong(piece, marks, at):
            continue
        for one in _what(piece, tokens, sold.start(), at, machines):
            found[one.concept] = piece.text[start : sold.end()]
    return found


def _what(piece: Piece, tokens: Sequence[Token], sold: int, at: int, machines: Collection[str]) -> Sequence[Token]:
    """Return the machines that were sold: named before it in its clause, or last where it says "that one", "then"."""
    start, _ = piece.clauses[at]
    head = piece.text[start:sold]
    if named := [one for one in tokens if one.concept in machines and start <= one.start and one.end <= sold]:
        last = max(one.end for one in named)
        return named if _BETWEEN.fullmatch(piece.text, last, sold) else []
    if not at or not (_THAT_ONE.match(head) or _THEN.match(head)):
        return []
    before = [one for one in tokens if one.concept in machines and one.end <= start]
    last_clause = max((piece.clause_at(one.start) for one in before), default=-1)
    return [one for one in before if piece.clause_at(one.start) == last_clause]


def _others_are_wrong(piece: Piece, marks: Sequence[Mark], at: int) -> bool:
    for mark in marks:
        clause = piece.clause_at(mark.start)
        if clause > at and singles_out(piece.text, piece.clauses[clause][0], mark.start):
            return True
    return False
