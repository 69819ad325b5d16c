"""The figures of a closed campaign as they stand still: an edition at its closing, and one for each correction."""

from typing import ClassVar

from django.db import models

from bihuan.kernel.ids import new_id


class FrozenEdition(models.Model):
    """All figures of a campaign as of its closing (R9.15). number 1: as it was closed; the later ones: as corrected
    with a reason (R9.1a). changed: place, clause, figure, text before, text after, of every figure that moved."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    campaign = models.ForeignKey("campaigns.Campaign", models.PROTECT, related_name="frozen_editions")
    number = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    by = models.CharField(max_length=64)
    why = models.CharField(max_length=200, default="", blank=True)
    changed = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["campaign", "number"], name="frozen_edition_once")]

    def __str__(self) -> str:
        return f"第 {self.number} 版"


class FrozenPlace(models.Model):
    """The plan page of one place in an edition. key, name: of the place (`PlacePick`); content: rules.freezing."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    edition = models.ForeignKey("campaigns.FrozenEdition", models.PROTECT, related_name="places")
    key = models.CharField(max_length=40)
    name = models.CharField(max_length=80)
    content = models.JSONField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["edition", "key"], name="frozen_place_once")]

    def __str__(self) -> str:
        return self.name
