"""The ordering sentences of a plan, and what each is measured by."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from bihuan.campaigns.rules.drafting import ClauseState
from bihuan.kernel.ids import new_id


class ClauseQuerySet(models.QuerySet["Clause"]):
    """Clauses in the words of the field. A clause is reached through its campaign only."""

    def in_text(self) -> Self:
        """Keep the clauses that stand, in the order of the text."""
        standing = (ClauseState.READ, ClauseState.ACCEPTED)
        return self.filter(state__in=standing).order_by("paragraph", "start", "label")


class Clause(models.Model):
    """An ordering sentence (部署要求), or a part of one, at its place in the text.

    label: its section and number in it, such as 三(二)-1a. paragraph, start, end: into the campaign's paragraphs, end
    exclusive. parties: as the text names them; implied: carried from the sentence before. units: ids of those meant.
    due_on: None where the text gives no day; due_text is what it says. first_due_on: as the text gives it, where it
    moved with the campaign's end (R9.14), at issue, when it had passed, or by a person; None where it has not. parent:
    what it was split or joined from. changed_at: when a person last changed its units or day after issue
    (`ClauseChange`).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    campaign = models.ForeignKey("campaigns.Campaign", models.PROTECT, related_name="clauses")
    town_id = models.UUIDField()
    state = models.CharField(max_length=12, default=ClauseState.READ)
    label = models.CharField(max_length=80)
    section = models.CharField(max_length=64, default="", blank=True)
    section_title = models.CharField(max_length=160, default="", blank=True)
    paragraph = models.PositiveIntegerField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    text = models.TextField()
    gist = models.CharField(max_length=200, default="", blank=True)
    deontic = models.CharField(max_length=24, default="", blank=True)
    parties = models.JSONField(default=list)
    parties_implied = models.BooleanField(default=False)
    units = models.JSONField(default=list)
    due_on = models.DateField(null=True)
    first_due_on = models.DateField(null=True)
    due_text = models.CharField(max_length=120, default="", blank=True)
    due_implied = models.BooleanField(default=False)
    deliverable = models.CharField(max_length=160, default="", blank=True)
    frequency = models.CharField(max_length=64, default="", blank=True)
    source = models.CharField(max_length=12, default="sentence")
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="parts")
    not_by_data = models.CharField(max_length=200, default="", blank=True)
    mended_by = models.CharField(max_length=64, default="", blank=True)
    changed_at = models.DateTimeField(null=True)

    objects = ClauseQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=list(ClauseState)), name="clause_state_known"),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="clause_has_text"),
        ]
        indexes: ClassVar = [models.Index(fields=["campaign", "state", "paragraph", "start"], name="clause_in_text")]

    def __str__(self) -> str:
        return self.label


class ClauseFigure(models.Model):
    """An indicator that a clause is measured by. key: of the catalogue, or of `own`.

    own: the form of a person's own indicator (rules.own), None for one of the catalogue. words: of the sentence, which
    called for it. confirmed_at: None while it is only suggested. dropped: a person said no.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    campaign = models.ForeignKey("campaigns.Campaign", models.PROTECT, related_name="figures")
    clause = models.ForeignKey("campaigns.Clause", models.PROTECT, related_name="figures")
    key = models.CharField(max_length=80)
    place = models.PositiveSmallIntegerField(default=0)
    words = models.JSONField(default=list)
    own = models.JSONField(null=True)
    dropped = models.BooleanField(default=False)
    confirmed_by = models.CharField(max_length=64, default="")
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["clause", "key"], name="clause_figure_once")]
        indexes: ClassVar = [models.Index(fields=["campaign", "dropped"], name="clause_figure_campaign")]

    def __str__(self) -> str:
        return self.key
