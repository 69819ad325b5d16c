"""The hazard row: today's truth about one hazard; its trail is the truth of how it came about."""

from collections.abc import Iterable
from datetime import date
from functools import reduce
from operator import or_
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Cast

from bihuan.hazards.rules.acts import Act
from bihuan.hazards.rules.parties import OFFICE_ROLES
from bihuan.hazards.rules.states import (
    OPEN_STATES,
    REINSPECTED,
    RUNNING_STATES,
    Category,
    Holder,
    Level,
    PlaceKind,
    State,
)
from bihuan.kernel.actor import Actor
from bihuan.kernel.ids import new_id
from bihuan.kernel.paths import ancestors
from bihuan.kernel.roles import Role
from bihuan.trail.fields import PathField
from bihuan.trail.scoped import ScopeColumns, ScopedQuerySet

RUNNING = [str(one) for one in RUNNING_STATES]
OPEN = [str(one) for one in OPEN_STATES]
# What has no clock comes last on both databases; SQLite walks an index twice for it and sorts nothing.
BY_CLOCK = (F("clock_on").asc(nulls_last=True), "id")


BARRED_TEXT = Cast("barred", models.TextField())


def _barred_for(viewer: Actor) -> Q:
    """Say in the database what `independence.may_verify` says of people, units and villages."""
    parts = [str(one) for one in (viewer.user_id, *viewer.own_units) if one is not None]
    parts += [f'"{path}"' for path in _areas(viewer.own_units.values())]
    barred = reduce(or_, (Q(barred_text__contains=one) for one in parts), Q(pk__in=[]))
    if not viewer.enterprise_ids or not viewer.own_units:
        return barred
    closes_its_own = Q(self_found=True, needs_superior=False, is_major=False)
    return barred | (Q(enterprise_id__in=viewer.enterprise_ids) & ~closes_its_own)


def _areas(paths: Iterable[str]) -> list[str]:
    return sorted({area for path in paths if path for area in ancestors(path)})


def _on_the_ordering_side(viewer: Actor) -> Q:
    """Say in the database what `reviewers.reviewing_body` says of whoever is not of the safety office."""
    ours = Q(supervisor_post_id=viewer.post_id) if viewer.post_id is not None else Q(pk__in=[])
    if viewer.enterprise_ids:
        own = Q(enterprise_id__in=viewer.enterprise_ids, self_found=True, needs_superior=False)
        ours = ours | own if viewer.own_units else own
    units = list(viewer.own_units)
    if not units:
        return ours
    ordered = Q(ordering_unit_id__in=units) | Q(fixed_on_spot=True, graded_unit_id__in=units)
    return (
        ours
        | Q(supervising_unit_id__in=units)
        | Q(delegated_unit_id__in=units)
        | (ordered & ~Q(orderer=Holder.ENTERPRISE.value))
    )


class HazardQuerySet(ScopedQuerySet["Hazard"]):
    """Hazards in the words of the field."""

    scope_columns = ScopeColumns(town="town_id", path="path", sector="sector", enterprise="enterprise_id")

    def still_open(self) -> Self:
        """Keep what is neither closed, transferred nor invalid."""
        return self.filter(is_open=True)

    def overdue_on(self, today: date) -> Self:
        """Keep what is past its rectification deadline and not handed in (R3.13)."""
        return self.filter(is_running=True, deadline__lt=today)

    def review_overdue_on(self, today: date) -> Self:
        """Keep what was handed in and is past its day of re-inspection (R3.16); an acceptance is one."""
        waiting = self.filter(state=State.RECTIFIED, review_due__lt=today)
        return waiting.exclude(listing_state__in=[str(one) for one in REINSPECTED])

    def not_barred_for(self, viewer: Actor) -> Self:
        """Leave out what this person, the unit or the village may not verify (L2); ids are looked for as text."""
        return self.annotate(barred_text=BARRED_TEXT).exclude(_barred_for(viewer))

    def reviewable_by(self, viewer: Actor) -> Self:
        """Keep what this person's unit ordered, supervises or re-inspects by delegation (R3.15), and is not barred."""
        return self.not_barred_for(viewer).filter(_on_the_ordering_side(viewer))

    def not_of_party(self, viewer: Actor) -> Self:
        """Leave out what this person's own unit has to rectify."""
        units = list(viewer.own_units)
        return self.exclude(party_unit_id__in=units).exclude(place_unit_id__in=units) if units else self

    def moved_by(self, viewer: Actor, holders: Iterable[str]) -> Self:
        """Keep what these holders must move next; a repair by a unit is that unit's own, the village's if none is."""
        unit = str(Holder.UNIT)
        mine = Q(party_unit_id__in=list(viewer.own_units))
        if viewer.has_role(Role.VILLAGE):
            mine |= Q(party_unit_id=None)
        return self.filter(next_holder__in=sorted({*holders, unit})).filter(~Q(next_holder=unit) | mine)

    def not_checked_since_expiry(self, today: date) -> Self:
        """Keep what is overdue and where nobody has gone to see since the deadline (R3.16)."""
        seen = Q(expiry_checked_on__gt=F("deadline"))
        return self.overdue_on(today).filter(~seen | Q(expiry_checked_on__isnull=True))

    def without_reviews_of_others(self, viewer: Actor) -> Self:
        """Leave out re-inspections that this person would be refused (L2, R3.15); all other moves stay."""
        mine = ~_barred_for(viewer)
        if not viewer.has_role(*OFFICE_ROLES):
            mine &= Q(is_major=True) | _on_the_ordering_side(viewer)
        return self.annotate(barred_text=BARRED_TEXT).filter(~Q(next_act=Act.PASS.value) | mine)

    def by_clock(self) -> Self:
        """Put first what must be done first; what waits without a day comes last."""
        return self.order_by(*BY_CLOCK)

    def major(self) -> Self:
        """Keep major hazards."""
        return self.filter(is_major=True)

    def major_and_open(self) -> Self:
        """Keep open major hazards, by the index of the major ones: they are few, the open ones are many."""
        return self.filter(is_major=True, state__in=OPEN)


class Hazard(models.Model):
    """One hazard. Everything but its identity and its finding changes only through the engine in `services`.

    clock_on, clock_kind, next_holder, next_act: who must move, by when; recomputed by rules after each act; for an
    ended hazard clock_on is the day it ended. barred: who may not verify (L2), gathered over all rounds.
    listing_*: a summary of the main listing order. after_*: proof of the current round. money is in fen.
    """

    # identity and place
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    version = models.PositiveIntegerField(default=1)
    town_id = models.UUIDField()
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    number = models.CharField(max_length=16)
    path = PathField()
    sector = models.CharField(max_length=32, default="")
    place_kind = models.CharField(max_length=16)
    enterprise_id = models.UUIDField(null=True)
    place_unit_id = models.UUIDField(null=True)
    place_name = models.CharField(max_length=120)
    part = models.CharField(max_length=120, default="")
    # the finding
    description = models.TextField()
    category = models.CharField(max_length=24, default=Category.OTHER.value)
    source = models.CharField(max_length=24)
    source_type = models.CharField(max_length=48, default="")
    source_id = models.UUIDField(null=True)
    campaign_id = models.UUIDField(null=True)
    found_on = models.DateField()
    found_by = models.CharField(max_length=64)
    reported_at = models.DateTimeField()
    reporter_id = models.UUIDField(null=True)
    reporter_unit_id = models.UUIDField(null=True)
    self_found = models.BooleanField(default=False)
    repeat_of = models.ForeignKey("self", models.PROTECT, null=True, related_name="repeats", db_index=False)
    # the state
    state = models.CharField(max_length=20, default=State.REPORTED.value)
    is_open = models.BooleanField(default=True)
    is_running = models.BooleanField(default=False)
    is_major = models.BooleanField(default=False)
    next_holder = models.CharField(max_length=16, default="")
    next_act = models.CharField(max_length=32, default="")
    clock_on = models.DateField(null=True)
    clock_kind = models.CharField(max_length=16, default="")
    # the level
    level = models.CharField(max_length=8, default="")
    criterion_standard = models.CharField(max_length=48, default="")
    criterion_clause = models.CharField(max_length=48, default="")
    criterion_version = models.CharField(max_length=48, default="")
    criterion_text = models.TextField(default="")
    whole_judgement = models.BooleanField(default=False)
    level_reason = models.TextField(default="")
    graded_on = models.DateField(null=True)
    graded_by_id = models.UUIDField(null=True)
    graded_by = models.CharField(max_length=64, default="")
    graded_unit_id = models.UUIDField(null=True)
    countersigned_on = models.DateField(null=True)
    countersigned_by_id = models.UUIDField(null=True)
    countersigned_by = models.CharField(max_length=64, default="")
    major_since = models.DateField(null=True)
    lowering_id = models.UUIDField(null=True)
    # the order
    order_paper_id = models.UUIDField(null=True)
    is_order = models.BooleanField(default=False)
    orderer = models.CharField(max_length=16, default="")
    assigned_on = models.DateField(null=True)
    ordering_unit_id = models.UUIDField(null=True)
    deadline = models.DateField(null=True)
    first_deadline = models.DateField(null=True)
    deadline_kind = models.CharField(max_length=16, default="")
    supervisor_post_id = models.UUIDField(null=True)
    supervising_unit_id = models.UUIDField(null=True)
    delegated_unit_id = models.UUIDField(null=True)
    delegated_to = models.CharField(max_length=16, null=True)  # a default would remake a table of a million rows
    party_unit_id = models.UUIDField(null=True)
    party_name = models.CharField(max_length=120, default="")
    extension_id = models.UUIDField(null=True)
    answer_due = models.DateField(null=True)
    extension_count = models.PositiveSmallIntegerField(default=0)
    # the work
    round_id = models.UUIDField(null=True)
    round = models.PositiveSmallIntegerField(default=0)
    failed_count = models.PositiveSmallIntegerField(default=0)
    reopened_count = models.PositiveSmallIntegerField(default=0)
    arranged = models.BooleanField(default=False)
    has_interim = models.BooleanField(default=False)
    fixed_on_spot = models.BooleanField(default=False)
    cannot_assure_safety = models.BooleanField(null=True)
    suspended_on = models.DateField(null=True)
    resumed_on = models.DateField(null=True)
    resumption_id = models.UUIDField(null=True)
    resumption_due = models.DateField(null=True)
    accepted_on = models.DateField(null=True)
    rectified_on = models.DateField(null=True)
    barred = models.JSONField(default=dict)
    before_photos = models.PositiveSmallIntegerField(default=0)
    after_photos = models.PositiveSmallIntegerField(default=0)
    after_documents = models.PositiveSmallIntegerField(default=0)
    photo_count = models.PositiveSmallIntegerField(default=0)
    money_fen = models.BigIntegerField(default=0)
    # verification and the end
    review_due = models.DateField(null=True)
    passed_on = models.DateField(null=True)
    expiry_checked_on = models.DateField(null=True)
    expiry_fixed = models.BooleanField(null=True)
    closed_on = models.DateField(null=True)
    closed_late = models.BooleanField(default=False)
    ended_on = models.DateField(null=True)
    invalidation_id = models.UUIDField(null=True)
    # the superior
    needs_superior = models.BooleanField(default=False)
    superior_organ = models.CharField(max_length=64, default="")
    same_kind_task_id = models.UUIDField(null=True)
    same_kind_replies = models.PositiveSmallIntegerField(default=0)
    submitted_on = models.DateField(null=True)
    # the main listing order
    listing_id = models.UUIDField(null=True)
    listing_state = models.CharField(max_length=24, default="")
    # reports and pressing
    regulator_told_on = models.DateField(null=True)
    workers_told_on = models.DateField(null=True)
    escalation = models.PositiveSmallIntegerField(default=0)
    reminders = models.PositiveSmallIntegerField(default=0)
    reminded_on = models.DateField(null=True)
    changed_at = models.DateTimeField()
    marks = models.CharField(max_length=160, null=True)  # as the last event told them; None: none has (rules.marks)

    objects = HazardQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["town_id", "year", "serial"], name="hazard_number_once"),
            models.CheckConstraint(
                condition=Q(is_open=True, state__in=OPEN) | (Q(is_open=False) & ~Q(state__in=OPEN)),
                name="hazard_open_agrees_with_state",
            ),
            models.CheckConstraint(
                condition=Q(is_running=True, state__in=RUNNING) | (Q(is_running=False) & ~Q(state__in=RUNNING)),
                name="hazard_running_agrees_with_state",
            ),
            models.CheckConstraint(
                condition=Q(is_major=True, level=Level.MAJOR.value) | (Q(is_major=False) & ~Q(level=Level.MAJOR.value)),
                name="hazard_major_agrees_with_level",
            ),
            models.CheckConstraint(condition=Q(state__in=[str(one) for one in State]), name="hazard_state_known"),
            models.CheckConstraint(
                condition=Q(level__in=["", *[str(one) for one in Level]]), name="hazard_level_known"
            ),
            models.CheckConstraint(
                condition=~Q(state=State.CLOSED.value) | Q(closed_on__isnull=False), name="hazard_closed_has_its_day"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=RUNNING) | Q(deadline__isnull=False), name="hazard_running_has_deadline"
            ),
            models.CheckConstraint(
                condition=Q(deadline__isnull=True) | Q(first_deadline__isnull=False), name="hazard_keeps_first_deadline"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[State.REPORTED.value, State.INVALID.value]) | ~Q(level=""),
                name="hazard_graded_when_confirmed",
            ),
            models.CheckConstraint(
                condition=~Q(place_kind=PlaceKind.ENTERPRISE.value) | Q(enterprise_id__isnull=False),
                name="hazard_enterprise_named",
            ),
        ]
        # Partial indexes stand on yes/no columns only: SQLite cannot match a condition with a bound value to one.
        indexes: ClassVar = [
            models.Index(fields=["town_id", "state", "clock_on", "id"], name="hazard_tab"),
            models.Index(fields=["town_id", "clock_on", "id"], name="hazard_open", condition=Q(is_open=True)),
            models.Index(fields=["town_id", "found_on", "id"], name="hazard_found"),
            models.Index(fields=["town_id", "enterprise_id", "clock_on"], name="hazard_enterprise"),
            models.Index(fields=["town_id", "deadline", "id"], name="hazard_running", condition=Q(is_running=True)),
            models.Index(
                fields=["town_id", "next_holder", "clock_on"], name="hazard_waiting", condition=Q(is_open=True)
            ),
            models.Index(fields=["town_id", "source_id"], name="hazard_source", condition=Q(source_id__isnull=False)),
            # what a county reads across its towns (design, section 2: roll-ups and the superior's views); the path
            # rides along, so that bounded counts need no row
            models.Index(fields=["state", "clock_on", "id", "path"], name="hazard_roll_tab"),
            models.Index(fields=["clock_on", "id", "path"], name="hazard_roll_open", condition=Q(is_open=True)),
            models.Index(fields=["found_on", "id", "path"], name="hazard_roll_found"),
            models.Index(
                fields=["state", "clock_on", "id", "path"], name="hazard_roll_major", condition=Q(is_major=True)
            ),
            models.Index(fields=["source", "clock_on", "id"], name="hazard_roll_source", condition=Q(is_open=True)),
            models.Index(fields=["sector", "clock_on", "id"], name="hazard_roll_sector", condition=Q(is_open=True)),
            models.Index(fields=["deadline", "id", "path"], name="hazard_roll_running", condition=Q(is_running=True)),
            models.Index(fields=["next_holder", "clock_on"], name="hazard_roll_waiting", condition=Q(is_open=True)),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.place_name}"
