"""Of the transfers of a period, how many were answered by its end: told by the trail, each where its hazard lay then.

For statistics, which have asked if the viewer sees the place.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from bihuan.hazards.models import Hazard
from bihuan.hazards.rules.acts import Act, event_kind
from bihuan.kernel.indicators import Answer, Line, Question
from bihuan.kernel.paths import is_within, town_path
from bihuan.orgs import queries as orgs
from bihuan.orgs.rules import UnitKind
from bihuan.trail import replay

MADE: Final = event_kind(Act.TRANSFER)
HEARD: Final = (event_kind(Act.RECORD_REPLY), event_kind(Act.RETURN))
PAGE: Final = "hazards:show"


@dataclass(slots=True)
class _Made:
    hazard_id: UUID
    path: str
    sector: str
    answered: bool = False


def answered(asked: Question) -> Answer:
    """Count the transfers of the period that were answered or came back by its end, for the first time."""
    return Answer(sum(1 for _ in _answered(asked)), None)


def name_answered(asked: Question, name: str) -> Iterable[Line]:
    """Name the hazards whose transfers `answered` counts."""
    found = [one.hazard_id for one in _answered(asked)]
    told = {pk: f"{number} {words}" for pk, number, words in _rows(found)}
    return [Line(told[pk], page=PAGE, args=(str(pk),)) for pk in found]


def _rows(found: list[UUID]) -> Iterable[tuple[UUID, str, str]]:
    return Hazard.objects.filter(pk__in=found).values_list("pk", "number", "description")


def _answered(asked: Question) -> Iterator[_Made]:
    """Yield those of the place in the order in which they were made. The town is read once for all places in it."""
    around = town_path(asked.path) or asked.path
    made = asked.once((MADE, around, asked.since, asked.until), lambda: _read(around, asked))
    yield from (one for one in made if one.answered and _is_asked(one, asked))


def _read(path: str, asked: Question) -> list[_Made]:
    """Return the transfers of a period; an answer is that of the hazard's last transfer before it."""
    made: list[_Made] = []
    last: dict[UUID, _Made] = {}
    kinds = (MADE, *HEARD)
    for event in replay.events_between(kinds, town_ids=_towns(path), since=asked.since, until=asked.until):
        if event.kind == MADE:
            one = last[event.subject_id] = _Made(event.subject_id, event.path, event.sector)
            made.append(one)
        elif event.subject_id in last and event.figures.get("first_answer"):
            last[event.subject_id].answered = True
    return made


def _is_asked(one: _Made, asked: Question) -> bool:
    return is_within(one.path, asked.path) and (not asked.sectors or one.sector in asked.sectors)


def _towns(path: str) -> list[UUID]:
    town = town_path(path)
    if town:
        return [ref.id for ref in orgs.units_by_path([town]).values()]
    return [ref.id for ref in orgs.units_below(path, [UnitKind.TOWN], with_closed=True)]
