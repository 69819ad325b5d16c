"""A text that takes the place of a packaged standard waits until a second person approved it."""

from typing import ClassVar

from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    """Add who approved it, and keep one text in use and one waiting of each standard."""

    dependencies: ClassVar = [("standards", "0005_own_checklist")]
    operations: ClassVar = [
        migrations.AddField("loadedstandard", "waits", models.BooleanField(default=False)),
        migrations.AddField("loadedstandard", "approved_at", models.DateTimeField(null=True)),
        migrations.AddField("loadedstandard", "approved_by", models.CharField(default="", max_length=64)),
        migrations.AddField("loadedstandard", "approved_by_id", models.UUIDField(null=True)),
        migrations.RemoveConstraint("loadedstandard", "loaded_standard_current"),
        migrations.AddConstraint(
            "loadedstandard",
            models.UniqueConstraint(
                fields=["standard_id"],
                condition=Q(replaced_at__isnull=True, waits=False),
                name="loaded_standard_current",
            ),
        ),
        migrations.AddConstraint(
            "loadedstandard",
            models.UniqueConstraint(
                fields=["standard_id"],
                condition=Q(replaced_at__isnull=True, waits=True),
                name="loaded_standard_waiting",
            ),
        ),
        migrations.AddConstraint(
            "loadedstandard",
            models.CheckConstraint(
                condition=Q(approved_by_id__isnull=True)
                | Q(loaded_by_id__isnull=True)
                | ~Q(approved_by_id=F("loaded_by_id")),
                name="loaded_standard_by_two",
            ),
        ),
    ]
