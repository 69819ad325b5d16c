"""The frozen values in which the trail answers: events, notices and jobs as pages show them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

Line = TypeVar("Line")


@dataclass(frozen=True, slots=True)
class Page(Generic[Line]):
    """One page of an answer; `number` counts from 1, `total` counts all rows."""

    lines: tuple[Line, ...]
    number: int
    size: int
    total: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least 1."""
        return max(1, -(-self.total // self.size))


@dataclass(frozen=True, slots=True)
class EventLine:
    """One event as people and other rooms read it."""

    id: UUID
    chain: str
    seq: int
    at: datetime
    kind: str
    say: str
    subject_type: str
    subject_id: UUID
    actor_id: UUID | None
    actor_name: str
    actor_post: str
    actor_unit: str
    role: str
    acting_for: str
    claimed_at: datetime | None
    address: str
    reason: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    figures: Mapping[str, Any]
    evidence: tuple[UUID, ...]
    hash: str


@dataclass(frozen=True, slots=True)
class Telling:
    """What an act has to say to others: one sentence, to these posts and users, leading to one page.

    kind: dotted, such as "hazard.assigned". url_name, url_args: the page behind it, for Django's `reverse`.
    """

    say: str
    kind: str
    posts: tuple[UUID, ...] = ()
    users: tuple[UUID, ...] = ()
    town_id: UUID | None = None
    subject_type: str = ""
    subject_id: UUID | None = None
    url_name: str = ""
    url_args: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """One notice as the bell shows it."""

    id: UUID
    kind: str
    say: str
    told_at: datetime
    read_at: datetime | None
    subject_type: str
    subject_id: UUID | None
    url_name: str
    url_args: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class JobLine:
    """A job as its page shows it. state: waiting, running, done or failed; percent: 0 to 100, None while unknown."""

    id: UUID
    kind: str
    title: str
    state: str
    state_name: str
    done: int
    total: int
    say: str
    subject_id: UUID | None
    owner_id: UUID | None
    owner_name: str
    asked_at: datetime
    ended_at: datetime | None
    result: Mapping[str, Any] = field(default_factory=dict)

    @property
    def percent(self) -> int | None:
        """How much is done, or None while the total is unknown."""
        return min(100, self.done * 100 // self.total) if self.total else None

    @property
    def ended(self) -> bool:
        """Tell whether nothing more will happen."""
        return self.state in {"done", "failed"}
