"""Bulletins: weekly briefs, summaries, circulars of criticism and praise, with their texts and units (R9.10)."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from bihuan.campaigns.rules.life import OFFICE, SIGNING
from bihuan.campaigns.rules.supervision.states import HEARING, BulletinKind, BulletinState
from bihuan.kernel.ids import new_id
from bihuan.kernel.roles import Role
from bihuan.trail.fields import PathField
from bihuan.trail.scoped import ScopeColumns, ScopedQuerySet, scope_filter

OUT = (BulletinState.ISSUED, BulletinState.CORRECTED)
CIRCULARS = (BulletinKind.CRITICISM, BulletinKind.PRAISE)
TO_UNITS = (BulletinKind.CRITICISM, BulletinKind.PRAISE, BulletinKind.WEEKLY)  # the summary goes upwards


class BulletinQuerySet(ScopedQuerySet["Bulletin"]):
    """Bulletins in the words of the field."""

    scope_columns = ScopeColumns(town="town_id", path="path")

    def open_to(self, viewer: Any) -> Self:
        """Keep all of the town for its safety office, and of drafts the circulars for its supervision group; what is
        issued for whoever sees the town whole; an issued circular or weekly brief for every unit of the campaign; and
        one that is being heard for the units it names."""
        if viewer.scope.everything:
            return self
        whole = scope_filter(viewer.scope, self.scope_columns)
        if viewer.has_role(*OFFICE, *SIGNING):
            return self.filter(whole & (Q(town_id=viewer.town_id) | Q(state__in=OUT)))
        if viewer.has_role(Role.SUPERVISION_GROUP):
            own = Q(town_id=viewer.town_id, kind__in=CIRCULARS)
            return self.filter(whole & (own | Q(state__in=OUT)))
        named = BulletinUnit.objects.filter(bulletin_id=OuterRef("pk"), part__unit_id__in=viewer.own_units)
        taking_part = Q(campaign__units__unit_id__in=viewer.own_units)
        to_units = Q(kind__in=TO_UNITS)
        found = (whole & Q(state__in=OUT)) | (to_units & taking_part & Q(state__in=OUT))
        return self.filter(found | (Q(Exists(named)) & Q(state__in=HEARING))).distinct()


class Bulletin(models.Model):
    """A bulletin of a campaign. since, until: what it tells of; figures are as of the end of `until`.

    edition: of the text that stands. number: of a circular within its year, 0 before it is issued.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    version = models.PositiveIntegerField(default=1)
    campaign = models.ForeignKey("campaigns.Campaign", models.PROTECT, related_name="bulletins")
    town_id = models.UUIDField()
    path = PathField()
    kind = models.CharField(max_length=12)
    state = models.CharField(max_length=12, default=BulletinState.DRAFT)
    title = models.CharField(max_length=120)
    since = models.DateField()
    until = models.DateField()
    edition = models.PositiveSmallIntegerField(default=1)
    number = models.PositiveIntegerField(default=0)
    reply_by = models.DateField(null=True)
    correct_by = models.DateField(null=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=64)
    asked_at = models.DateTimeField(null=True)
    issued_at = models.DateTimeField(null=True)
    issued_by = models.CharField(max_length=64, default="", blank=True)
    closed_at = models.DateTimeField(null=True)
    withdrawn_why = models.CharField(max_length=200, default="", blank=True)

    objects = BulletinQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=list(BulletinKind)), name="bulletin_kind_known"),
            models.CheckConstraint(condition=Q(state__in=list(BulletinState)), name="bulletin_state_known"),
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="bulletin_has_days"),
            models.CheckConstraint(
                condition=~Q(state__in=HEARING) | Q(kind=BulletinKind.CRITICISM, reply_by__isnull=False),
                name="bulletin_asked_has_deadline",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=OUT) | Q(issued_at__isnull=False), name="bulletin_issued_has_time"
            ),
            models.CheckConstraint(
                condition=~Q(kind=BulletinKind.CRITICISM, state__in=OUT)
                | Q(asked_at__isnull=False, correct_by__isnull=False),
                name="bulletin_criticism_was_heard",
                violation_error_message="通报批评印发前要听取申辩，并写明改正的期限。",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["campaign", "kind", "state"], name="bulletin_campaign"),
            models.Index(fields=["town_id", "state"], name="bulletin_town"),
        ]

    def __str__(self) -> str:
        return self.title


class BulletinText(models.Model):
    """One edition of a text, kept for ever. blocks, figures: rules.supervision.text. typed: numbers that a person wrote
    by hand, with the reason; why: for which it was changed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    bulletin = models.ForeignKey("campaigns.Bulletin", models.PROTECT, related_name="texts")
    number = models.PositiveSmallIntegerField()
    blocks = models.JSONField(default=list)
    figures = models.JSONField(default=list)
    typed = models.JSONField(default=list)
    why = models.CharField(max_length=200, default="", blank=True)
    written_at = models.DateTimeField()
    written_by = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["bulletin", "number"], name="bulletin_text_once")]

    def __str__(self) -> str:
        return f"第 {self.number} 稿"


class BulletinUnit(models.Model):
    """A unit named by a circular: its grounds as they stood that day, its reply before issue, its correction after.

    left_at: the reply was heeded, and the unit is not criticised. answered_on: of the answer that stands. earlier: what
    it replied to words that were changed after, for which it was asked again.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    version = models.PositiveIntegerField(default=1)
    bulletin = models.ForeignKey("campaigns.Bulletin", models.PROTECT, related_name="units")
    part = models.ForeignKey("campaigns.CampaignUnit", models.PROTECT, related_name="bulletins")
    grounds = models.JSONField(default=list)
    words = models.CharField(max_length=400, default="", blank=True)
    reply = models.CharField(max_length=1000, default="", blank=True)
    reply_files = models.JSONField(default=list)
    replied_at = models.DateTimeField(null=True)
    replied_by = models.CharField(max_length=64, default="", blank=True)
    heard_at = models.DateTimeField(null=True)
    heard_by = models.CharField(max_length=64, default="", blank=True)
    heard_why = models.CharField(max_length=200, default="", blank=True)
    left_at = models.DateTimeField(null=True)
    earlier = models.JSONField(default=list)
    answer = models.CharField(max_length=400, default="", blank=True)
    answer_files = models.JSONField(default=list)
    answered_at = models.DateTimeField(null=True)
    answered_on = models.DateField(null=True)
    answered_by = models.CharField(max_length=64, default="", blank=True)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.CharField(max_length=64, default="", blank=True)
    sent_back_why = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["bulletin", "part"], name="bulletin_unit_once"),
            models.CheckConstraint(
                condition=Q(confirmed_at=None) | Q(answered_on__isnull=False), name="bulletin_unit_confirmed_answer"
            ),
        ]

    def __str__(self) -> str:
        return self.words


class Exemption(models.Model):
    """A candidate that a person exempted from criticism, with the reason; its grounds as they stood (R9.10)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    campaign = models.ForeignKey("campaigns.Campaign", models.PROTECT, related_name="exemptions")
    town_id = models.UUIDField()
    part = models.ForeignKey("campaigns.CampaignUnit", models.PROTECT, related_name="exemptions")
    on = models.DateField()
    grounds = models.JSONField(default=list)
    reason = models.CharField(max_length=400)
    decided_at = models.DateTimeField()
    decided_by = models.CharField(max_length=64)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["campaign", "decided_at"], name="exemption_campaign")]

    def __str__(self) -> str:
        return self.reason
