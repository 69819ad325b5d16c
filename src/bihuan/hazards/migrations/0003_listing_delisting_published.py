"""A delisting is made public where the listing was (R3.24)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("hazards", "0002_nothing_is_deleted")]

    operations = [
        migrations.AddField(
            model_name="listing",
            name="delisting_published_on",
            field=models.DateField(null=True),
        ),
    ]
