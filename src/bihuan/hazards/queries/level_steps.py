"""Each act on the level of one hazard in its order, and the suggestion that stood beside it (L8)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from bihuan.hazards.models import Hazard
from bihuan.hazards.queries.judged import Judged, decisions_on
from bihuan.hazards.rules.acts import Act, event_kind
from bihuan.kernel.actor import Actor
from bihuan.kernel.errors import NotFound
from bihuan.trail import queries as trail

DECIDING: Final = (
    Act.CONFIRM, Act.COUNTERSIGN, Act.RAISE_LEVEL, Act.REQUEST_LOWERING, Act.APPROVE_LOWERING, Act.REFUSE_LOWERING
)  # fmt: skip
ACTS: Final = {event_kind(act): act for act in (Act.REPORT, *DECIDING)}
SUGGESTED: Final = "suggested_by"  # of the figures of an event that kept a suggestion


@dataclass(frozen=True, slots=True)
class LevelStep:
    """One act on the level: who did it when, what the trail says of it and why. beside: the decision with the
    suggestion that was kept with it, None where none was."""

    act: Act
    at: datetime
    unit: str
    name: str
    say: str
    reason: str
    beside: Judged | None


def level_steps(viewer: Actor, hazard_id: UUID) -> list[LevelStep]:
    """Return the acts on the level of a hazard, the first first. Three queries. Raises NotFound.

    The events of an act and its decisions are both in their order, and each event that kept a suggestion has one.
    """
    if not Hazard.objects.visible_to(viewer).filter(pk=hazard_id).exists():
        raise NotFound("hazards.not_found", "没有找到这项隐患，或者不在您的管辖范围内。")
    left: dict[str, list[Judged]] = {}
    for one in decisions_on(viewer, hazard_id):
        left.setdefault(one.act, []).append(one)
    steps = []
    for event in trail.events_of([hazard_id], kinds=sorted(ACTS)):
        act = ACTS[event.kind]
        found = left.get(act, [])
        beside = found.pop(0) if found and SUGGESTED in event.figures else None
        steps.append(LevelStep(act, event.at, event.actor_unit, event.actor_name, event.say, event.reason, beside))
    return steps
