"""What documents stores. Private to the room."""

from typing import ClassVar, Final, Self
from uuid import UUID

from django.db import models
from django.db.models import Q

from bihuan.documents.rules import Paper, PaperKind, PaperState, normalise_doc_no
from bihuan.kernel.ids import new_id
from bihuan.trail.fields import PathField
from bihuan.trail.scoped import ScopeColumns, ScopedQuerySet

DIGITS: Final = 10  # of a number looked for


class NumberSeries(models.Model):
    """The last number taken of a gapless series (R4.8, R4.10)."""

    town_id = models.UUIDField()
    series = models.CharField(max_length=64)
    year = models.PositiveSmallIntegerField()
    last = models.BigIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["town_id", "series", "year"], name="number_series_once"),
            models.CheckConstraint(condition=Q(last__gte=0), name="number_series_from_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.series} {self.year}: {self.last}"


class PaperQuerySet(ScopedQuerySet["PaperRecord"]):
    """Papers in the words of the field."""

    scope_columns = ScopeColumns(town="town_id", path="path", sector="sector", enterprise="enterprise_id")

    def about(self, subject_ids: list[UUID]) -> Self:
        """Keep the papers on these subjects."""
        return self.filter(subject_id__in=subject_ids)

    def latest_first(self) -> Self:
        """Order by the day of issue, the latest first, within a day by kind and falling number."""
        return self.order_by("-issued_on", "prefix", "-number", "-id")

    def named(self, words: str) -> Self:
        """Keep the papers whose number or unit contains these words."""
        clean = normalise_doc_no(words)
        found = Q(doc_no__icontains=clean) | Q(unit__icontains=words.strip())
        return self.filter(found | Q(number=int(clean)) if clean.isdecimal() and len(clean) < DIGITS else found)


class PaperRecord(models.Model):
    """A paper as issued: snapshot of its fields, template version and hash; never changed but to be made void."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    town_id = models.UUIDField()
    path = PathField()
    sector = models.CharField(max_length=32, default="")
    enterprise_id = models.UUIDField(null=True)
    kind = models.CharField(max_length=32)
    state = models.CharField(max_length=16, default=PaperState.ISSUED.value)
    organ = models.CharField(max_length=16)
    prefix = models.CharField(max_length=16)
    year = models.PositiveSmallIntegerField()
    number = models.BigIntegerField()
    doc_no = models.CharField(max_length=64)
    unit = models.CharField(max_length=128, default="", help_text="whom it concerns, copied from the fields for lists")
    subject_type = models.CharField(max_length=48)
    subject_id = models.UUIDField()
    follows = models.ForeignKey("documents.PaperRecord", models.PROTECT, null=True, related_name="followed_by")
    fields = models.JSONField(default=dict)
    template_version = models.CharField(max_length=16)
    content_hash = models.CharField(max_length=64)
    issued_at = models.DateTimeField()
    issued_on = models.DateField()
    issued_by = models.CharField(max_length=64)
    approver = models.CharField(max_length=64, default="")
    void_reason = models.TextField(default="")
    version = models.PositiveIntegerField(default=1)

    objects = PaperQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["town_id", "organ", "prefix", "year", "number"], name="paper_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="paper_number_from_one"),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in PaperKind]), name="paper_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state="issued", void_reason="") | (Q(state="void") & ~Q(void_reason="")),
                name="paper_void_has_reason",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["town_id", "subject_id"], name="paper_subject"),
            models.Index(fields=["town_id", "-issued_on", "prefix", "-number", "-id"], name="paper_latest"),
            models.Index(fields=["-issued_on", "prefix", "-number", "-id"], name="paper_latest_of_all"),
        ]

    def __str__(self) -> str:
        return self.doc_no

    def frozen(self) -> Paper:
        """Return the frozen value that other rooms get."""
        return Paper(
            id=self.id,
            town_id=self.town_id,
            path=self.path,
            kind=PaperKind(self.kind),
            state=PaperState(self.state),
            doc_no=self.doc_no,
            organ=self.organ,
            year=self.year,
            number=self.number,
            subject_type=self.subject_type,
            subject_id=self.subject_id,
            fields=self.fields,
            template_version=self.template_version,
            content_hash=self.content_hash,
            issued_on=self.issued_on,
            issued_at=self.issued_at,
            issued_by=self.issued_by,
            approver=self.approver,
            void_reason=self.void_reason,
            version=self.version,
            unit=self.unit,
        )
