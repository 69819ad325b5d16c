"""What intake stores: superior's lists with their claims, and imports that are still drafts. Private to the room."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from bihuan.intake.rules.claims import Claim
from bihuan.intake.rules.rights import may_take_in
from bihuan.intake.rules.runs import Difference, Offer, RunState
from bihuan.kernel.ids import new_id
from bihuan.trail.fields import PathField
from bihuan.trail.scoped import ScopeColumns, ScopedQuerySet, scope_filter


class SuperiorListQuerySet(ScopedQuerySet["SuperiorList"]):
    """Lists in the words of the field; a list as a whole belongs to its town."""

    scope_columns = ScopeColumns(town="town_id", path="path")

    def partly_visible_to(self, viewer: Any) -> Self:
        """Keep lists that the viewer sees as a whole, or some hazard of: to a village it is its own items only."""
        if viewer.scope.everything:
            return self
        whole = scope_filter(viewer.scope, self.scope_columns)
        own = SuperiorItem.objects.visible_to(viewer).filter(superior_list_id=OuterRef("pk"))
        return self.filter(whole | Q(Exists(own)))


class SuperiorList(models.Model):
    """A list that was taken in (上级交办隐患清单): who issued it, and the file in the layout it came in.

    key: organ and number (or title), hashed; the same list comes back under the same key. source: as hazards.Source.
    layout: what is needed to write the list back as it came: per sheet the header rows and columns.
    imports: how many versions of it have come. file_id: the original of the last one.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    version = models.PositiveIntegerField(default=1)
    town_id = models.UUIDField()
    path = PathField()
    key = models.CharField(max_length=64)
    organ = models.CharField(max_length=64)
    doc_no = models.CharField(max_length=64, default="")
    title = models.CharField(max_length=160)
    source = models.CharField(max_length=24)
    received_on = models.DateField()
    imports = models.PositiveSmallIntegerField(default=1)
    items_count = models.PositiveIntegerField(default=0)
    file_id = models.UUIDField()
    file_name = models.CharField(max_length=120)
    file_kind = models.CharField(max_length=8)
    layout = models.JSONField(default=list)
    taken_in_by = models.CharField(max_length=64)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = SuperiorListQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["town_id", "key"], name="superior_list_once")]
        indexes: ClassVar = [models.Index(fields=["town_id", "received_on", "id"], name="superior_list_received")]

    def __str__(self) -> str:
        return self.title


class SuperiorItemQuerySet(ScopedQuerySet["SuperiorItem"]):
    """Items in the words of the field; an item is seen by whoever sees its hazard."""

    scope_columns = ScopeColumns(
        town="town_id", path="hazard__path", sector="hazard__sector", enterprise="hazard__enterprise_id"
    )

    def of_list(self, list_id: object) -> Self:
        """Keep one list's items, in its order."""
        return self.filter(superior_list_id=list_id).order_by("place", "id")


class SuperiorItem(models.Model):
    """One row of a list beside its hazard: what the list claims of it (L13). Never a state of the hazard.

    key: identity by R3.34. place: order in the list. own: every value of the list's row, by field; extra: its unknown
    columns. seen_in: the last version (number of `imports`) that had it. offered_deadline: a deadline that a later
    version moved to; adopting it is an act of its own (R3.33).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    town_id = models.UUIDField()
    superior_list = models.ForeignKey("intake.SuperiorList", models.PROTECT, related_name="items")
    hazard = models.ForeignKey("hazards.Hazard", models.PROTECT, related_name="superior_items")
    key = models.CharField(max_length=64)
    place = models.PositiveIntegerField()
    sheet = models.CharField(max_length=64)
    source_row = models.PositiveIntegerField()
    part = models.PositiveSmallIntegerField(default=1)
    parts = models.PositiveSmallIntegerField(default=1)
    seq_no = models.CharField(max_length=32, default="")
    organ = models.CharField(max_length=64, default="")
    doc_no = models.CharField(max_length=64, default="")
    enterprise_name = models.CharField(max_length=120, default="")
    claim = models.CharField(max_length=24)
    claimed_level = models.CharField(max_length=8, default="")
    claimed_deadline = models.DateField(null=True)
    claimed_rectified_on = models.DateField(null=True)
    claimed_closed_on = models.DateField(null=True)
    own = models.JSONField(default=dict)
    extra = models.JSONField(default=dict)
    marks = models.JSONField(default=list)
    seen_in = models.PositiveSmallIntegerField(default=1)
    offered_deadline = models.DateField(null=True)
    offer = models.CharField(max_length=8, default="")
    changed_at = models.DateTimeField()

    objects = SuperiorItemQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["town_id", "key"], name="superior_item_once"),
            models.CheckConstraint(condition=Q(claim__in=list(Claim)), name="superior_item_claim_known"),
            models.CheckConstraint(condition=Q(offer__in=["", *Offer]), name="superior_item_offer_known"),
        ]
        indexes: ClassVar = [models.Index(fields=["superior_list", "place"], name="superior_item_place")]

    def __str__(self) -> str:
        return f"{self.seq_no} {self.enterprise_name}"


class ImportRunQuerySet(models.QuerySet["ImportRun"]):
    """Imports in the words of the field; a draft belongs to the town's people who may take lists in."""

    def of_viewer(self, viewer: Any) -> Self:
        """Keep the drafts of the viewer's own town; nothing for whoever takes no lists in."""
        if viewer.user_id is None or not may_take_in(viewer):
            return self.none()
        return self.filter(town_id=viewer.town_id)


class ImportRun(models.Model):
    """A file on its way in; it can be left and taken up again. Nothing of it is on the books before `commit`.

    frame: what people have said about the file: year, header rows, columns, whether cells are split.
    reading: sheets as understood, counts. superior_list: the list that it became, or that it is a later version of.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    version = models.PositiveIntegerField(default=1)
    town_id = models.UUIDField()
    state = models.CharField(max_length=12, default=RunState.READING)
    owner_id = models.UUIDField()
    owner_name = models.CharField(max_length=64)
    file_id = models.UUIDField()
    file_name = models.CharField(max_length=120)
    file_kind = models.CharField(max_length=8, default="")
    organ = models.CharField(max_length=64, default="")
    doc_no = models.CharField(max_length=64, default="")
    title = models.CharField(max_length=160, default="")
    source = models.CharField(max_length=24)
    job_id = models.UUIDField(null=True)
    say = models.TextField(default="")
    frame = models.JSONField(default=dict)
    reading = models.JSONField(default=dict)
    rows_count = models.PositiveIntegerField(default=0)
    items_count = models.PositiveIntegerField(default=0)
    superior_list = models.ForeignKey("intake.SuperiorList", models.PROTECT, null=True, related_name="runs")
    read_on = models.DateField(null=True)
    started_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=list(RunState)), name="import_run_state_known"),
        ]
        indexes: ClassVar = [models.Index(fields=["town_id", "state", "started_at"], name="import_run_town")]

    def __str__(self) -> str:
        return f"{self.file_name} {self.state}"


class ImportRow(models.Model):
    """One item of a draft. item: as understood. mended: field → text that a person wrote instead.

    problems: what still stands in its way. aside: set aside by a person; it is not entered. firm: the key of its
    `ImportFirm`. difference: against the list's earlier version.
    """

    run = models.ForeignKey("intake.ImportRun", models.PROTECT, related_name="rows")
    place = models.PositiveIntegerField()
    sheet = models.CharField(max_length=64)
    source_row = models.PositiveIntegerField()
    part = models.PositiveSmallIntegerField()
    item = models.JSONField()
    mended = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    has_problem = models.BooleanField(default=False)
    has_doubt = models.BooleanField(default=False)
    aside = models.BooleanField(default=False)
    firm = models.CharField(max_length=160, default="")
    difference = models.CharField(max_length=8, default=Difference.NEW)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "place"], name="import_row_once"),
            models.CheckConstraint(condition=Q(difference__in=list(Difference)), name="import_row_difference_known"),
        ]
        indexes: ClassVar = [models.Index(fields=["run", "sheet", "source_row"], name="import_row_source")]

    def __str__(self) -> str:
        return f"{self.sheet} {self.source_row}"


class ImportDoubt(models.Model):
    """One doubt of a draft. batch: doubts of one batch are answered together. answer: what a person chose, or ""."""

    run = models.ForeignKey("intake.ImportRun", models.PROTECT, related_name="doubts")
    place = models.PositiveIntegerField()
    code = models.CharField(max_length=48)
    batch = models.CharField(max_length=96)
    sheet = models.CharField(max_length=64, default="")
    source_row = models.PositiveIntegerField(default=0)
    column = models.CharField(max_length=4, default="")
    field = models.CharField(max_length=32, default="")
    value = models.CharField(max_length=200, default="")
    say = models.TextField()
    chosen = models.CharField(max_length=200, default="")
    options = models.JSONField(default=list)
    rows = models.JSONField(default=list)
    answer = models.CharField(max_length=200, null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["run", "place"], name="import_doubt_once")]
        indexes: ClassVar = [models.Index(fields=["run", "batch", "place"], name="import_doubt_batch")]

    def __str__(self) -> str:
        return self.say


class ImportFirm(models.Model):
    """An enterprise that a draft names, and who it may be. choice: the id chosen, "new", or "" while nobody has."""

    run = models.ForeignKey("intake.ImportRun", models.PROTECT, related_name="firms")
    key = models.CharField(max_length=160)
    name = models.CharField(max_length=120)
    uscc = models.CharField(max_length=32, default="")
    village = models.CharField(max_length=64, default="")
    industry = models.CharField(max_length=64, default="")
    address = models.CharField(max_length=200, default="")
    kind = models.CharField(max_length=12)
    candidates = models.JSONField(default=list)
    choice = models.CharField(max_length=40, default="")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["run", "key"], name="import_firm_once")]

    def __str__(self) -> str:
        return self.name


class ColumnMemory(models.Model):
    """What a person has chosen for a heading of an organ's lists; used when its next list comes."""

    town_id = models.UUIDField()
    organ = models.CharField(max_length=64)
    heading = models.CharField(max_length=120)
    field = models.CharField(max_length=32, default="")
    chosen_by = models.CharField(max_length=64)
    chosen_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["town_id", "organ", "heading"], name="column_memory_once")
        ]

    def __str__(self) -> str:
        return f"{self.organ} {self.heading} → {self.field or '附注'}"
