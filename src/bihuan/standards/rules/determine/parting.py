"""Several hazards in one text: what each of them comes to, by the clauses that it meets itself."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from bihuan.standards.rules.determine.conditions import Status
from bihuan.standards.rules.determine.saying import Reading
from bihuan.standards.rules.determine.verdicts import Level, Met, Part

LEVELS: Final = {Status.HIT: Level.MAJOR, Status.ASK: Level.OPEN}


def level_of(met: Iterable[Met]) -> Level:
    """Return what clauses come to: the level of the one that is met furthest."""
    return LEVELS.get(max((one.status for one in met), default=Status.NONE), Level.GENERAL)


def parts_of(readings: Sequence[Reading], raw: Iterable[Met], settled: Sequence[Met]) -> tuple[Part, ...]:
    """Return each hazard of a text with the clause that it comes nearest to; nothing where there is but one.

    raw: every clause held against each piece. settled: each clause once, lowered or left out by what the whole says.
    """
    if len(readings) < 2:
        return ()
    final = {one.rule.item.id: one for one in settled}
    mine: dict[str, list[Met]] = {one.text: [] for one in readings}
    for one in (*_as_settled(raw, final), *settled):
        mine.setdefault(one.reading.text, []).append(one)
    found = []
    for reading in {one.text: one for one in readings}.values():
        met = sorted(mine[reading.text], key=lambda one: (-one.status, not one.lowered))
        found.append(Part(reading, level_of(met), met[0] if met else None))
    return tuple(found)


def _as_settled(raw: Iterable[Met], final: Mapping[str, Met]) -> Iterator[Met]:
    """Yield clauses as the whole text left them; one that gave way to another list is gone."""
    for one in raw:
        whole = final.get(one.rule.item.id)
        if one.status < Status.ASK:
            yield one
        elif whole is not None:
            lowered = whole.status < one.status
            yield replace(one, status=whole.status, lowered=whole.lowered, why_open=whole.why_open) if lowered else one
