"""What the trail stores: events and their proof, evidence files, notices, jobs. Private to the room."""

from typing import Any, ClassVar, Self

from django.db import models

from bihuan.kernel.actor import TRAIL_GRANT, Scope
from bihuan.kernel.ids import new_id
from bihuan.trail.fields import PathField
from bihuan.trail.scoped import ScopeColumns, ScopedQuerySet


class EventQuerySet(ScopedQuerySet["Event"]):
    """Events in the words of the field."""

    scope_columns = ScopeColumns(town="town_id", path="path", sector="sector", enterprise="enterprise_id")

    def visible_to(self, viewer: Any) -> Self:
        """Keep the events inside the viewer's scope; the audit administrator sees all of the own town's (R10.13)."""
        scope: Scope = viewer.scope
        if TRAIL_GRANT in scope.grants:
            return self.filter(town_id=viewer.town_id)
        return super().visible_to(viewer)


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
    path = PathField(default="")
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


class Seal(models.Model):
    """The head of one chain as it was sealed and exported; append-only, triggers refuse UPDATE and DELETE.

    file: the name of the exported file under `HOME/seals`. Nothing before an exported head is rewritten unseen.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    file = models.CharField(max_length=64)
    chain = models.CharField(max_length=48)
    seq = models.BigIntegerField()
    hash = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["file", "chain"], name="seal_once_per_file_and_chain"),
        ]
        indexes: ClassVar = [models.Index(fields=["chain", "seq"], name="seal_chain_seq")]

    def __str__(self) -> str:
        return f"{self.file} {self.chain}@{self.seq}"


class EvidenceFile(models.Model):
    """One upload of a file; the content lies once under its SHA-256, however often it is uploaded.

    attached_at: empty while it is a draft that only its uploader sees. taken_at, latitude, longitude: claims of the
    camera or the device, never facts. claim_source: "exif", "device" or "". band0…band3: the perceptual hash in four
    parts of 16 bits, so that near photos (at most 3 bits apart share a part) are found by index.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    town_id = models.UUIDField(null=True)
    sha256 = models.CharField(max_length=64)
    kind = models.CharField(max_length=16)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=96)
    size = models.BigIntegerField(help_text="bytes of the original")
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    has_screen_copy = models.BooleanField(default=False)
    taken_at = models.DateTimeField(null=True)
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    claim_source = models.CharField(max_length=16, default="")
    camera = models.CharField(max_length=96, default="")
    dhash = models.CharField(max_length=16, default="")
    band0 = models.PositiveIntegerField(null=True)
    band1 = models.PositiveIntegerField(null=True)
    band2 = models.PositiveIntegerField(null=True)
    band3 = models.PositiveIntegerField(null=True)
    doubts = models.JSONField(default=list, help_text="Chinese notes for the verifier; reasons, not verdicts")
    uploader_id = models.UUIDField(null=True)
    uploader_name = models.CharField(max_length=64)
    uploaded_at = models.DateTimeField()
    attached_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(size__gte=1), name="file_not_empty"),
            models.CheckConstraint(condition=models.Q(kind__in=["photo", "document"]), name="file_kind_known"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["town_id", "sha256"], name="file_town_sha256"),
            models.Index(fields=["town_id", "band0"], name="file_town_band0"),
            models.Index(fields=["town_id", "band1"], name="file_town_band1"),
            models.Index(fields=["town_id", "band2"], name="file_town_band2"),
            models.Index(fields=["town_id", "band3"], name="file_town_band3"),
            models.Index(fields=["uploader_id"], condition=models.Q(attached_at=None), name="file_drafts"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.sha256[:12]}"


class Notice(models.Model):
    """One thing said to one post or one user, written in the transaction of its act: the outbox and the bell in one.

    url_name, url_args: where a click leads. A notice to a post is read by whoever holds the post.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    town_id = models.UUIDField(null=True)
    kind = models.CharField(max_length=64)
    say = models.TextField()
    post_id = models.UUIDField(null=True)
    user_id = models.UUIDField(null=True)
    subject_type = models.CharField(max_length=48, default="")
    subject_id = models.UUIDField(null=True)
    url_name = models.CharField(max_length=96, default="")
    url_args = models.JSONField(default=list)
    told_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    read_by_id = models.UUIDField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(post_id=None, user_id__isnull=False) | models.Q(post_id__isnull=False, user_id=None),
                name="notice_to_one_post_or_user",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["post_id", "told_at"], name="notice_post"),
            models.Index(fields=["user_id", "told_at"], name="notice_user"),
            models.Index(fields=["post_id"], condition=models.Q(read_at=None), name="notice_post_unread"),
            models.Index(fields=["user_id"], condition=models.Q(read_at=None), name="notice_user_unread"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.told_at:%Y-%m-%d}"


class JobState(models.TextChoices):
    """How far a job is."""

    WAITING = "waiting", "排队中"
    RUNNING = "running", "进行中"
    DONE = "done", "已完成"
    FAILED = "failed", "未完成"


class Job(models.Model):
    """Long work that a person may leave and come back to: its progress, committed as it goes.

    task_id: the row of the task queue that runs it. say: one Chinese sentence on where it stands.
    result: what the page shows at the end, JSON-ready.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    town_id = models.UUIDField(null=True)
    kind = models.CharField(max_length=64)
    title = models.CharField(max_length=128)
    subject_id = models.UUIDField(null=True)
    owner_id = models.UUIDField(null=True)
    owner_name = models.CharField(max_length=64)
    task_id = models.UUIDField(null=True)
    state = models.CharField(max_length=16, choices=JobState.choices, default=JobState.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    say = models.TextField(default="")
    result = models.JSONField(default=dict)
    attempts = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(state__in=JobState.values), name="job_state_known"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["owner_id", "asked_at"], name="job_owner"),
            models.Index(fields=["subject_id"], name="job_subject"),
            models.Index(fields=["task_id"], name="job_task"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"


class Slot(models.Model):
    """One turn of the schedule that was handed to the workers; unique, so that no turn runs twice."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=64)
    due_at = models.DateTimeField()
    taken_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["name", "due_at"], name="slot_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.due_at:%Y-%m-%d %H:%M}"


class SentForm(models.Model):
    """A filled form that has become an event: written in the transaction of its act, so that it is one record at most.

    key: of the form as it was filled. arrival: the request that did it. answer: where that request was led, "" until it
    was answered.
    """

    key = models.CharField(primary_key=True, max_length=64)
    arrival = models.UUIDField()
    at = models.DateTimeField()
    answer = models.TextField(default="")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["at"], name="sent_form_at")]

    def __str__(self) -> str:
        return self.key
