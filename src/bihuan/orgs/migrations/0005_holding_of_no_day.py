"""A post that was left on the day it was taken was held on no day."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("orgs", "0004_screens")]

    operations = [
        migrations.AddField(
            model_name="holding",
            name="of_no_day",
            field=models.BooleanField(default=False, help_text="left on the day it began, so it holds on no day"),
        ),
    ]
