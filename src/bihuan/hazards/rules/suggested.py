"""What the criteria proposed to whoever decided on a level (L8)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

MOST_CLAUSES: Final = 3
MOST_POINTS: Final = 6  # what speaks for a clause, or against it
MOST_WORDS: Final = 160  # characters of one of them
MOST_REASON: Final = 600  # characters


@dataclass(frozen=True, slots=True)
class Considered:
    """A clause that was shown, the deciding one first: what spoke for it and against it, what it would still need.

    level: what it says by itself, a `Level` or "" where a person was asked. item: the id of its item.
    """

    standard: str
    clause: str
    item: str = ""
    level: str = ""
    speaks_for: tuple[str, ...] = ()
    speaks_against: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Suggested:
    """What the criteria library proposed to whoever decided, kept beside the decision (L8).

    level: a `Level`, or "" where a person was asked. version: of the words and conditions it was proposed by. item: the
    id of the clause's item, for several may stand under one number. confidence: 0 to 1 as it was shown, None where it
    was not kept. reason, considered: why, in the words that were shown.
    """

    level: str
    standard: str
    clause: str
    version: str
    item: str = ""
    confidence: float | None = None
    reason: str = ""
    considered: tuple[Considered, ...] = ()


def kept_reasons(shown: Suggested) -> dict[str, Any]:
    """Return what is kept of the reasons, of bounded length, as plain data; empty where none were given."""
    if shown.confidence is None:
        return {}
    clauses = [
        {
            "standard": one.standard,
            "clause": one.clause,
            "item": one.item,
            "level": one.level,
            "for": _bounded(one.speaks_for),
            "against": _bounded(one.speaks_against),
            "needs": _bounded(one.needs),
        }
        for one in shown.considered[:MOST_CLAUSES]
    ]
    return {"confidence": shown.confidence, "reason": _cut(shown.reason, MOST_REASON), "clauses": clauses}


def read_reasons(kept: dict[str, Any]) -> tuple[float | None, str, tuple[Considered, ...]]:
    """Return the confidence, the reason and the clauses that were kept; None, "" and none of a row from before."""
    clauses = tuple(
        Considered(
            standard=one["standard"],
            clause=one["clause"],
            item=one["item"],
            level=one["level"],
            speaks_for=tuple(one["for"]),
            speaks_against=tuple(one["against"]),
            needs=tuple(one["needs"]),
        )
        for one in kept.get("clauses", ())
    )
    return kept.get("confidence"), kept.get("reason", ""), clauses


def _bounded(points: Iterable[str]) -> list[str]:
    return [_cut(one, MOST_WORDS) for one in list(points)[:MOST_POINTS]]


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
