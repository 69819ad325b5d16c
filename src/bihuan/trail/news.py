"""The frozen value in which rooms hand an event to the trail, and in which followers read it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class News:
    """What a room says has happened; `trail.services.record` adds who, when and the chain.

    kind: dotted, never renamed, such as "hazard.assigned". say: one Chinese sentence for people.
    town_id: the owning town, None for units above towns (give `unit_id`) and for the platform.
    path, sector, enterprise_id, level, source: the dimensions as they are after the act.
    before, after: changed facts by field name, JSON-ready. figures: extra facts for statistics, JSON-ready.
    role: the role used. acting_for: 代办, on whose behalf. claimed_at, device: offline claims.
    """

    kind: str
    say: str
    subject_type: str
    subject_id: UUID
    town_id: UUID | None
    unit_id: UUID | None = None
    path: str = ""
    sector: str = ""
    enterprise_id: UUID | None = None
    level: str = ""
    source: str = ""
    role: str = ""
    acting_for: str = ""
    reason: str = ""
    claimed_at: datetime | None = None
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)
    figures: Mapping[str, Any] = field(default_factory=dict)
    evidence: tuple[UUID, ...] = ()
