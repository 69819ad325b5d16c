"""A campaign: its plan as written, its days, where it stands."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from bihuan.campaigns.models.clauses import Clause
from bihuan.campaigns.models.units import CampaignUnit
from bihuan.campaigns.rules.drafting import ClauseState
from bihuan.campaigns.rules.life import OFFICE, READING_DRAFTS, READING_READY, CampaignState, units_of_actor
from bihuan.kernel.ids import new_id
from bihuan.trail.fields import PathField
from bihuan.trail.scoped import ScopeColumns, ScopedQuerySet, scope_filter

_NOT_ISSUED = [CampaignState.READING, CampaignState.FAILED, CampaignState.DRAFT, CampaignState.DROPPED]


class CampaignQuerySet(ScopedQuerySet["Campaign"]):
    """Campaigns in the words of the field."""

    scope_columns = ScopeColumns(town="town_id", path="path")

    def open_to(self, viewer: Any) -> Self:
        """Keep the campaigns of the units that the viewer sees whole, and those issued to the viewer's own units.

        What is not issued is seen in its own town only: all of it by the safety office, a draft also by who may sign
        it, and one that waits for the signature by the leaders; to read, for what may be done is the table's to say.
        """
        units = units_of_actor(viewer)
        own = CampaignUnit.objects.filter(campaign_id=OuterRef("pk"), unit_id__in=units)
        found = self
        if not viewer.scope.everything:  # Q() | Q(x) would be Q(x)
            whole = scope_filter(viewer.scope, self.scope_columns)
            found = self.filter(whole | Q(Exists(own)) | Q(unit_id__in=units))
        if viewer.has_role(*OFFICE):
            return found.exclude(~Q(town_id=viewer.town_id), state__in=_NOT_ISSUED)
        return found.filter(~Q(state__in=_NOT_ISSUED) | self._draft_open_to(viewer))

    def ready(self) -> Self:
        """Keep the drafts that wait for the signature: both days known, every clause checked, one of them accepted."""
        clauses = Clause.objects.filter(campaign_id=OuterRef("pk"))
        return self.filter(
            ~Exists(clauses.filter(state=ClauseState.READ)),
            Exists(clauses.filter(state=ClauseState.ACCEPTED)),
            state=CampaignState.DRAFT,
            starts_on__isnull=False,
            ends_on__isnull=False,
        )

    def _draft_open_to(self, viewer: Any) -> Q:
        own = Q(state=CampaignState.DRAFT, town_id=viewer.town_id)
        if viewer.has_role(*READING_DRAFTS):
            return own
        if viewer.has_role(*READING_READY):
            return own & Q(pk__in=Campaign.objects.ready().filter(own).values("pk"))
        return Q(pk__in=())


class Campaign(models.Model):
    """A campaign (专项行动, R9.1).

    unit_id: the town that runs it. paragraphs: the plan's text, line by line; places of clauses point into it.
    headings: level, number, text, section, paragraph. basis, goals, reporting, phases, group: as read, then as mended.
    cells: where the text has tables, each cell as its paragraph, table, row, column and the rows that it covers.
    first_ends_on: kept for ever; ends_on moves only by a document (R9.14). linked: the campaign that it runs beside,
    since linked_at; what is registered in one counts in the other, each in its own range.
    frozen: the figures as they were when it was closed (R9.15), None before.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    version = models.PositiveIntegerField(default=1)
    town_id = models.UUIDField()
    path = PathField()
    unit_id = models.UUIDField()
    state = models.CharField(max_length=12, default=CampaignState.READING)
    title = models.CharField(max_length=160, default="")
    doc_number = models.CharField(max_length=64, default="", blank=True)
    issuing_body = models.CharField(max_length=120, default="", blank=True)
    issued_on = models.DateField(null=True)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    first_ends_on = models.DateField(null=True)
    start_text = models.CharField(max_length=64, default="", blank=True)
    end_text = models.CharField(max_length=64, default="", blank=True)
    scope_text = models.CharField(max_length=160, default="", blank=True)
    basis = models.JSONField(default=list)
    goals = models.JSONField(default=list)
    headings = models.JSONField(default=list)
    reporting = models.JSONField(default=list)
    phases = models.JSONField(default=list)
    group = models.JSONField(default=dict)
    paragraphs = models.JSONField(default=list)
    cells = models.JSONField(default=list)
    linked = models.ForeignKey("self", models.PROTECT, null=True, related_name="links")
    linked_at = models.DateTimeField(null=True)
    file_id = models.UUIDField(null=True)
    file_name = models.CharField(max_length=120, default="")
    job_id = models.UUIDField(null=True)
    say = models.TextField(default="")
    clauses_count = models.PositiveIntegerField(default=0)
    frozen = models.JSONField(null=True)
    made_by = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    issued_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()

    objects = CampaignQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=list(CampaignState)), name="campaign_state_known"),
            models.CheckConstraint(
                condition=Q(state__in=_NOT_ISSUED)
                | Q(
                    starts_on__isnull=False,
                    ends_on__isnull=False,
                    first_ends_on__isnull=False,
                    issued_at__isnull=False,
                    ends_on__gte=F("starts_on"),
                ),
                name="campaign_issued_has_days",
                violation_error_message="下发前要写明起止日期，止日不能早于起日。",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["town_id", "state", "made_at"], name="campaign_town")]

    def __str__(self) -> str:
        return self.title
