"""What one act does to one hazard: gathered by its effect, written by the engine."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import models

from bihuan.documents.rules import Paper, PaperDraft
from bihuan.enterprises.rules.facts import Firm
from bihuan.hazards.models import Hazard, HazardFile, Listing, Round
from bihuan.hazards.rules.acts import WORDS, Act
from bihuan.hazards.rules.facts import Facts, Given, Proof
from bihuan.hazards.rules.marks import Mark
from bihuan.hazards.rules.parties import ENTERPRISE_ROLES
from bihuan.hazards.rules.states import FileRole, Holder
from bihuan.hazards.rules.steps import Step
from bihuan.kernel.actor import Actor
from bihuan.kernel.roles import Role
from bihuan.orgs.rules import TownRef


@dataclass(slots=True)
class Change:
    """One hazard under one act. Effects set columns on `row`, and add side rows, updates, papers and words.

    before: the columns that the event tells, as they were. round, listing: columns of the current round and of the
    main listing order to write. updates: other rows by primary key. side_row: the open request or transfer that the act
    answers. answerable: the village and the lead department, by name, where a letter goes to them. certificates: of
    enforcement, by person, where a paper names officers. supervising_units: of the posts named as supervisors.
    papers: what to print, and what to do with its number. marks, unmarked: kept marks that the act sets and takes off.
    say: one Chinese sentence for the trail.
    """

    row: Hazard
    act: Act
    step: Step
    facts: Facts
    role: Role | None
    actor: Actor
    now: datetime
    town: TownRef | None = None
    firm: Firm | None = None
    listing_row: Listing | None = None
    round_row: Round | None = None
    side_row: models.Model | None = None
    answerable: tuple[str, ...] = ()
    certificates: Mapping[UUID, str] = field(default_factory=dict)
    supervising_units: Mapping[UUID, UUID] = field(default_factory=dict)
    before: dict[str, Any] = field(default_factory=dict)
    round: dict[str, Any] = field(default_factory=dict)
    listing: dict[str, Any] = field(default_factory=dict)
    new: list[models.Model] = field(default_factory=list)
    updates: list[tuple[type[models.Model], UUID, dict[str, Any]]] = field(default_factory=list)
    papers: list[tuple[PaperDraft, Callable[[Paper], None] | None]] = field(default_factory=list)
    figures: dict[str, Any] = field(default_factory=dict)
    marks: set[str] = field(default_factory=set)
    unmarked: set[str] = field(default_factory=set)
    say: str = ""
    round_pk: UUID | None = None

    @property
    def given(self) -> Given:
        """What the act brought."""
        return self.facts.given

    @property
    def today(self) -> date:
        """The legal day of the act."""
        return self.facts.today

    def __post_init__(self) -> None:
        self.round_pk = self.row.round_id

    def set(self, **columns: Any) -> None:
        """Set columns of the hazard."""
        for name, value in columns.items():
            setattr(self.row, name, value)

    def set_round(self, **columns: Any) -> None:
        """Set columns of the current round."""
        self.round |= columns

    def set_listing(self, **columns: Any) -> None:
        """Set columns of the main listing order."""
        self.listing |= columns
        for name, value in columns.items():
            setattr(self.listing_row, name, value)

    def answer(self, **columns: Any) -> None:
        """Set columns of the request that this act answers."""
        if self.side_row is not None:
            self.updates.append((type(self.side_row), self.side_row.pk, columns))

    def holder(self) -> Holder:
        """Return whose order it is, from the role used."""
        if self.role in ENTERPRISE_ROLES:
            return Holder.ENTERPRISE
        return Holder.DEPARTMENT if self.role == Role.DEPARTMENT else Holder.OFFICE

    def orderer(self) -> Holder:
        """Return whose order it is for the re-inspection: an enterprise of one person never closes its own (L2)."""
        holder = self.holder()
        return Holder.OFFICE if holder == Holder.ENTERPRISE and self.facts.one_person else holder

    def ordering_unit(self) -> UUID | None:
        """Return the unit that orders; an enterprise is no unit, although its posts lie under their village."""
        return self.actor.own_unit_id

    def supervising_unit(self) -> UUID | None:
        """Return the unit that supervises by this order: the one named, or that of the post named (R3.15)."""
        given = self.given
        if given.supervising_unit_id is not None or given.supervisor_post_id is None:
            return given.supervising_unit_id
        return self.supervising_units.get(given.supervisor_post_id)

    def deadline_said(self) -> str:
        """Return the deadline in words."""
        deadline = self.row.deadline
        return "" if deadline is None else f"{deadline.month}月{deadline.day}日"

    def title(self) -> str:
        """Return the act's name for the trail."""
        return WORDS[self.act].title

    def open_round(self, *, copy: Round | None = None) -> Round:
        """Begin the next round (L9); the one before stays as it was. copy: carry its arrangements over."""
        row = self.row
        opened = Round(
            hazard_id=row.pk,
            town_id=row.town_id,
            number=row.round + 1,
            opened_by=self.act,
            opened_on=self.today,
            deadline=row.deadline,
        )
        if copy is not None:
            for name in ("duty", "measures", "funds", "time", "plan", "interim"):
                setattr(opened, name, getattr(copy, name))
        self.set(round=opened.number, round_id=opened.pk, after_photos=0, after_documents=0)
        self.new.append(opened)
        return opened

    def mark(self, mark: Mark, *, holds: bool) -> None:
        """Set a kept mark of the hazard, or take it off."""
        (self.marks if holds else self.unmarked).add(mark)

    def keep_files(self, *, round_number: int | None = None) -> None:
        """Keep the files brought as proof of this hazard, and count them."""
        number = self.row.round if round_number is None else round_number
        for proof in self.given.files:
            self.new.append(self._file(proof, number))
        row, given = self.row, self.given
        row.photo_count += sum(one.is_photo for one in given.files)
        row.before_photos += given.photos(FileRole.BEFORE)

    def count_after(self) -> None:
        """Count the proof of the current round (L3)."""
        row, given = self.row, self.given
        row.after_photos += given.photos(FileRole.AFTER)
        row.after_documents += sum(
            one.role == FileRole.DOCUMENT or (one.role == FileRole.AFTER and not one.is_photo) for one in given.files
        )

    def _file(self, proof: Proof, number: int) -> HazardFile:
        return HazardFile(
            hazard_id=self.row.pk,
            town_id=self.row.town_id,
            evidence_id=proof.evidence_id,
            is_photo=proof.is_photo,
            role=proof.role,
            pair=proof.pair,
            round_number=number,
            act=self.act,
            added_at=self.now,
            added_by=self.actor.name,
        )


Effect = Callable[[Change], None]
EFFECTS: dict[Act, Effect] = {}


def effect(*acts: Act) -> Callable[[Effect], Effect]:
    """Register the effect of acts."""

    def register(function: Effect) -> Effect:
        for act in acts:
            EFFECTS[act] = function
        return function

    return register
