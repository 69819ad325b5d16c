"""What the decisions on levels teach the suggestion, and what own words would change in them (L8)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final
from uuid import UUID

from bihuan.enterprises import queries as enterprises
from bihuan.hazards.models import Hazard, LevelDecision
from bihuan.hazards.queries.advice import enterprise_of, place_of, words_of
from bihuan.hazards.rules.states import Level
from bihuan.kernel.actor import Actor
from bihuan.standards import queries as standards
from bihuan.standards.data.samples import read_samples
from bihuan.standards.queries.words import words_for
from bihuan.standards.rules import determine as judged
from bihuan.standards.rules.determine import Case, Judge
from bihuan.standards.rules.teaching import (
    Effect,
    Labelled,
    Lesson,
    Proposal,
    effect_of,
    home_of,
    propose,
    teaching_path,
)

MOST_DECISIONS: Final = 400  # the latest of a town that are learnt from
_LEVELS: Final = {Level.MAJOR.value: judged.Level.MAJOR, Level.GENERAL.value: judged.Level.GENERAL}


@dataclass(frozen=True, slots=True)
class Decided:
    """The last decision on one hazard, as a labelled case; its key is the hazard's id."""

    labelled: Labelled
    hazard_id: UUID
    number: str
    description: str
    decided_on: date
    decided_by: str
    level: str
    standard: str
    clause: str


@dataclass(frozen=True, slots=True)
class Change:
    """What own words would change: in what the viewer's people decided, and in the sentences that come along."""

    decisions: Effect
    samples: Effect
    decided: Sequence[Decided]

    def decided_by(self, key: str) -> Decided:
        """Return the decision of a case."""
        return next(one for one in self.decided if one.labelled.key == key)


def decided(viewer: Actor) -> list[Decided]:
    """Return the last decision on each hazard that the viewer sees, the latest MOST_DECISIONS, the newest first.

    Three queries: the decisions, their enterprises, and the names of the enterprises' villages.
    """
    rows = LevelDecision.objects.visible_to(viewer).select_related("hazard").order_by("-decided_on", "-id")
    last: dict[UUID, LevelDecision] = {}
    for row in rows[:MOST_DECISIONS]:
        last.setdefault(row.hazard_id, row)
    ids = [row.hazard.enterprise_id for row in last.values() if row.hazard.enterprise_id is not None]
    known = enterprises.firms(ids).items()
    places: dict[UUID | None, judged.Enterprise] = {firm_id: enterprise_of(firm) for firm_id, firm in known}
    return [_decided(row, places.get(row.hazard.enterprise_id)) for row in last.values()]


def _decided(row: LevelDecision, place: judged.Enterprise | None) -> Decided:
    hazard = row.hazard
    case = Case(
        words_of(hazard.description, part=hazard.part), hazard.found_on, place or place_of(sector=hazard.sector)
    )
    right = frozenset({(row.standard, row.clause)}) if row.standard else frozenset[tuple[str, str]]()
    return Decided(
        labelled=Labelled(case, _LEVELS[row.level], right, str(hazard.pk)),
        hazard_id=hazard.pk,
        number=hazard.number,
        description=hazard.description,
        decided_on=row.decided_on,
        decided_by=row.decided_by,
        level=row.level,
        standard=row.standard,
        clause=row.clause,
    )


def change_by(viewer: Actor, lessons: Collection[Lesson]) -> Change:
    """Return what these words would change in the viewer's decisions and in the packaged sentences."""
    judge, rows = _judge_of(viewer), decided(viewer)
    return Change(
        effect_of(judge, lessons, [one.labelled for one in rows]), effect_of(judge, lessons, read_samples()), rows
    )


def proposals_for(viewer: Actor) -> list[tuple[Proposal, list[Decided]]]:
    """Return what the viewer's decisions propose, each with the decisions that use the words."""
    answered = frozenset(one.lesson for one in words_for(viewer) if one.ended_at is None)
    rows = {one.labelled.key: one for one in decided(viewer)}
    cases = tuple(one.labelled for one in rows.values())
    found = _proposed(_judge_of(viewer), cases, answered)
    return [(one, [rows[key] for key in one.using]) for one in found]


def numbers_seen(viewer: Actor, hazard_ids: Collection[UUID]) -> dict[UUID, str]:
    """Return the numbers of those of these hazards that the viewer sees. One query."""
    return dict(Hazard.objects.visible_to(viewer).filter(pk__in=hazard_ids).values_list("pk", "number"))


@lru_cache(maxsize=32)
def _proposed(judge: Judge, cases: tuple[Labelled, ...], answered: frozenset[Lesson]) -> list[Proposal]:
    """Keep what the same decisions propose to the same judge: it takes up to a second over a whole town."""
    return propose(judge, cases, answered=answered)


def _judge_of(viewer: Actor) -> Judge:
    return standards.judge_at(teaching_path(viewer) or home_of(viewer.unit_path))
