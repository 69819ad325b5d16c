"""Say of a figure how it lies to its limit: 40%不超过50%（“三层”不是高层建筑）."""

from typing import Final

from bihuan.standards.rules.determine.figures import SHARE
from bihuan.standards.rules.determine.ratios import RATIO
from bihuan.standards.rules.determine.weighing import Held

PARTS: Final = frozenset({SHARE, RATIO})  # units in per cent
_NAMES: Final = {SHARE: "占比", RATIO: "实有"}


def beyond_limit(one: Held) -> str:
    """Say that a figure is beyond its limit."""
    return f"数量“{one.words}”{'超过' if one.term.more else '低于'}{_limit(one)}{_told(one)}"


def against_limit(one: Held) -> str:
    """Say that a figure keeps to its limit, and what the kind of building has to do with it."""
    no = "不" if one.term.unit in PARTS else "没有"
    return f"“{one.words}”{no}{'超过' if one.term.more else '低于'}{_limit(one)}{_told(one)}"


def limit_needed(one: Held) -> str:
    """Say what a figure would have to be."""
    name = _NAMES.get(one.term.unit, f"{one.term.unit}数")
    return one.told or f"{name}{'超过' if one.term.more else '低于'}{_limit(one)}"


def _limit(one: Held) -> str:
    """Return the limit in words; of a part of what is required, that it is."""
    of = "规定的" if one.term.unit == RATIO else ""
    return f"{of}{one.term.limit:g}{'%' if one.term.unit in PARTS else ''}"


def _told(one: Held) -> str:
    return f"（{one.told}）" if one.told else ""
