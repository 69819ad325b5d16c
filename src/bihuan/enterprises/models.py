"""What enterprises stores. Private to the room."""

from collections.abc import Iterable
from typing import ClassVar, Final, Self

from django.db import models
from django.db.models import Q

from bihuan.enterprises.rules.codes import LENGTH, clean_code
from bihuan.enterprises.rules.facts import ImportState, State, pack
from bihuan.enterprises.rules.industries import CURRENT_EDITION
from bihuan.enterprises.rules.licences import LicenceKind
from bihuan.enterprises.rules.matching import Wanted
from bihuan.enterprises.rules.names import bigrams, plain_name, tidy_name
from bihuan.kernel.actor import Actor
from bihuan.kernel.ids import new_id
from bihuan.trail.fields import PathField
from bihuan.trail.scoped import ScopeColumns, ScopedQuerySet

MOST_PAIRS: Final = 24  # of a name's pairs of characters that one query looks for


class EnterpriseQuerySet(ScopedQuerySet["Enterprise"]):
    """Enterprises in the words of the field."""

    scope_columns = ScopeColumns(town="town_id", path="path", sector="lead_sector", enterprise="id")

    def of_town(self, town_id: object) -> Self:
        """Keep one town's enterprises."""
        return self.filter(town_id=town_id)

    def active(self) -> Self:
        """Leave out the merged and the closed."""
        return self.filter(state=State.ACTIVE)

    def resembling(self, wanted: Wanted, *, places: Iterable[str] = ()) -> Self:
        """Keep what has the wanted code or shares a pair of characters with its plain name."""
        like = Q(name=tidy_name(wanted.name))
        if wanted.uscc:
            like |= Q(uscc=clean_code(wanted.uscc))
        for pair in sorted(bigrams(plain_name(wanted.name, places=places)))[:MOST_PAIRS]:
            like |= Q(plain_name__contains=pair)
        return self.filter(like)

    def in_any_sector(self, sectors: Iterable[str]) -> Self:
        """Keep those that have one of these sectors, as the lead or beside it."""
        wanted = Q(lead_sector__in=(listed := list(sectors)))
        for sector in listed:
            wanted |= Q(sectors__contains=pack((sector,)))
        return self.filter(wanted)

    def with_any_feature(self, features: Iterable[str]) -> Self:
        """Keep those that have one of these safety features."""
        wanted = Q(pk__in=[])
        for feature in features:
            wanted |= Q(features__contains=pack((feature,)))
        return self.filter(wanted)


class Enterprise(models.Model):
    """One enterprise, as it is today (一企一档); how it came to be so is in the trail.

    path: its village, or its town while the village is unknown, which is a gap. lead_sector: the one sector whose
    department answers first; sectors: the others. Village, department and leader are resolved by orgs, never stored.
    sectors, features: packed words (`rules.facts.pack`). plain_name: the key of near spellings, for matching only.
    contact_*: as given by the enterprise, masked in lists. Its people are posts of orgs with this id.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    town_id = models.UUIDField()
    path = PathField()
    name = models.CharField(max_length=120)
    short_name = models.CharField(max_length=60)
    plain_name = models.CharField(max_length=120)
    uscc = models.CharField(max_length=LENGTH, blank=True, default="")
    uscc_confirmed = models.BooleanField(default=False, help_text="a person saw the licence although the check fails")
    local_code = models.CharField(max_length=16, blank=True, default="", help_text="stands in where there is no uscc")
    industry_code = models.CharField(max_length=4, blank=True, default="")
    industry_edition = models.CharField(max_length=4, default=CURRENT_EDITION)
    lead_sector = models.CharField(max_length=32)
    sectors = models.CharField(max_length=400, blank=True, default="")
    features = models.CharField(max_length=1000, blank=True, default="")
    processes = models.TextField(blank=True, default="", help_text="products, processes, equipment, in free words")
    address = models.CharField(max_length=200, blank=True, default="")
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    staff = models.PositiveIntegerField(null=True, blank=True, help_text="persons")
    revenue_yuan = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    assets_yuan = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    size_class = models.CharField(max_length=8, blank=True, default="")
    above_scale = models.BooleanField(null=True)
    one_person = models.BooleanField(default=False, help_text="a one-person enterprise cannot close its own (L2)")
    contact_name = models.CharField(max_length=40, blank=True, default="")
    contact_phone = models.CharField(max_length=40, blank=True, default="")
    state = models.CharField(max_length=8, default=State.ACTIVE)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged_from")
    qr_token = models.CharField(max_length=24, unique=True)
    version = models.PositiveIntegerField(default=1)
    registered_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = EnterpriseQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=list(State)),
                name="enterprise_state_known",
                violation_error_message="企业状态只能是在册、已合并或已注销。",
            ),
            models.CheckConstraint(
                condition=Q(state=State.MERGED, merged_into__isnull=False)
                | (~Q(state=State.MERGED) & Q(merged_into__isnull=True)),
                name="enterprise_merged_points_to_winner",
                violation_error_message="已合并的企业须指明并入哪一家。",
            ),
            models.CheckConstraint(
                condition=~Q(uscc="", local_code=""),
                name="enterprise_has_a_code",
                violation_error_message="没有统一社会信用代码的企业须有临时编号。",
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(lead_sector="") & Q(path__startswith="/"),
                name="enterprise_named_placed_and_led",
                violation_error_message="企业须有名称、所在村（社区）和牵头行业。",
            ),
            models.UniqueConstraint(
                fields=["town_id", "local_code"],
                condition=~Q(local_code=""),
                name="enterprise_local_code_once",
                violation_error_message="临时编号重复。",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["town_id", "path"], name="enterprise_town_path"),
            models.Index(fields=["town_id", "lead_sector"], name="enterprise_town_sector"),
            models.Index(fields=["town_id", "uscc"], name="enterprise_town_uscc"),
            models.Index(fields=["town_id", "plain_name"], name="enterprise_town_plain_name"),
            models.Index(fields=["path", "lead_sector"], name="enterprise_path_sector"),
        ]

    def __str__(self) -> str:
        return self.name


class LocalCodes(models.Model):
    """The last local code given in a town; taken by a row-locking UPDATE, so that no two enterprises get one."""

    town_id = models.UUIDField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.town_id}: {self.last}"


class SiteQuerySet(ScopedQuerySet["Site"]):
    """Sites in the words of the field."""

    scope_columns = ScopeColumns(
        town="town_id", path="enterprise__path", sector="enterprise__lead_sector", enterprise="enterprise_id"
    )


class Site(models.Model):
    """A place of an enterprise, and a part of it: 二号厂房, 喷漆房. latitude, longitude: WGS 84 degrees."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    town_id = models.UUIDField()
    enterprise = models.ForeignKey("enterprises.Enterprise", models.PROTECT, related_name="sites")
    name = models.CharField(max_length=60)
    part = models.CharField(max_length=60, blank=True, default="")
    address = models.CharField(max_length=200, blank=True, default="")
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    is_used = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)

    objects = SiteQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["enterprise", "name", "part"],
                name="site_once_per_enterprise",
                violation_error_message="这家企业已经有同名的场所和部位。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}{self.part}"


class LicenceQuerySet(ScopedQuerySet["Licence"]):
    """Safety licences in the words of the field."""

    scope_columns = ScopeColumns(
        town="town_id", path="enterprise__path", sector="enterprise__lead_sector", enterprise="enterprise_id"
    )


class Licence(models.Model):
    """A safety licence of an enterprise (安全生产许可证). is_held: False once handed back, revoked or replaced."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    town_id = models.UUIDField()
    enterprise = models.ForeignKey("enterprises.Enterprise", models.PROTECT, related_name="licences")
    kind = models.CharField(max_length=16)
    number = models.CharField(max_length=64)
    organ = models.CharField(max_length=64)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    is_held = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)

    objects = LicenceQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["enterprise", "number"],
                name="licence_once_per_enterprise",
                violation_error_message="这家企业已经登记过这个编号的许可证。",
            ),
            models.CheckConstraint(condition=Q(kind__in=list(LicenceKind)), name="licence_kind_known"),
        ]

    def __str__(self) -> str:
        return self.number


class EnterpriseImportQuerySet(models.QuerySet["EnterpriseImport"]):
    """Imports in the words of the field."""

    def owned_by(self, viewer: Actor) -> Self:
        """Keep a person's own imports; nobody else sees a draft."""
        return self.none() if viewer.user_id is None else self.filter(owner_id=viewer.user_id)


class EnterpriseImport(models.Model):
    """A table of enterprises that a person has uploaded and is mending; not yet business, seen by its owner only.

    letters: column letters by key. rows: [{"row": number in Excel, "cells": {key: text}}], emptied when it is over.
    problems: those of the table itself, as (row, column, title, say). aside: numbers of rows left out.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    town_id = models.UUIDField()
    owner_id = models.UUIDField()
    file_name = models.CharField(max_length=200)
    state = models.CharField(max_length=8, default=ImportState.DRAFT)
    letters = models.JSONField(default=dict)
    rows = models.JSONField(default=list)
    problems = models.JSONField(default=list)
    aside = models.JSONField(default=list)
    registered = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = EnterpriseImportQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=list(ImportState)), name="enterprise_import_state_known")
        ]
        indexes: ClassVar = [models.Index(fields=["owner_id", "state"], name="enterprise_import_owner")]

    def __str__(self) -> str:
        return self.file_name
