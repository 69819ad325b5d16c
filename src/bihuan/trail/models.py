"""What the trail stores: events, chain heads. Private to the room."""

from typing import ClassVar

from django.db import models

from bihuan.kernel.ids import new_id
from bihuan.trail.scoped import ScopeColumns, ScopedQuerySet


class EventQuerySet(ScopedQuerySet["Event"]):
    """Events in the words of the field."""

    scope_columns = ScopeColumns(town="town_id", path="path", sector="sector", enterprise="enterprise_id")


class Event(models.Model):
    """One thing that happened: append-only, chained; triggers in both databases refuse UPDATE and DELETE.

    chain, seq: which chain, and the place in it, gapless from 1. at: the server's instant; claimed_at: the device's.
    before, after: the changed facts by field name. figures: what statistics need beside the dimensions.
    Dimensions (path, sector, enterprise_id, level, source) are as they were, so that counting asks nobody back.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    chain = models.CharField(max_length=48)
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    day = models.DateField(help_text="legal day of `at` in Asia/Shanghai, for counting")
    kind = models.CharField(max_length=64)
    say = models.TextField(help_text="one Chinese sentence for people")
    subject_type = models.CharField(max_length=48)
    subject_id = models.UUIDField()
    town_id = models.UUIDField(null=True)
    path = models.CharField(max_length=96, default="")
    sector = models.CharField(max_length=32, default="")
    enterprise_id = models.UUIDField(null=True)
    level = models.CharField(max_length=16, default="")
    source = models.CharField(max_length=32, default="")
    actor_id = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=64)
    actor_post = models.CharField(max_length=64, default="")
    actor_unit = models.CharField(max_length=64, default="")
    role = models.CharField(max_length=32, default="")
    acting_for = models.CharField(max_length=128, default="", help_text="代办: on whose behalf, or empty")
    claimed_at = models.DateTimeField(null=True)
    address = models.CharField(max_length=64, default="")
    device = models.CharField(max_length=128, default="")
    reason = models.TextField(default="")
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    figures = models.JSONField(default=dict)
    evidence = models.JSONField(default=list, help_text="ids of evidence files")
    prev_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    objects = EventQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["chain", "seq"], name="event_once_per_place_in_chain"),
            models.CheckConstraint(condition=models.Q(seq__gte=1), name="event_seq_from_one"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["subject_id", "at"], name="event_subject"),
            models.Index(fields=["town_id", "kind", "day"], name="event_town_kind_day"),
        ]

    def __str__(self) -> str:
        return f"{self.chain}#{self.seq} {self.kind}"


class ChainHead(models.Model):
    """The last place and hash of each chain; advanced by a row-locking UPDATE as a transaction's last statement."""

    chain = models.CharField(max_length=48, primary_key=True)
    seq = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.chain}@{self.seq}"
