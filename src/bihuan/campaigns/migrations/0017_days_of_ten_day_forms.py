"""Forms of a 旬 that were used before its days were the calendar's go on speaking of the days up to the one before."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SINCE_THE_LAST = {"weekday": None, "days": [10, 20, 31], "at": "", "month": 1, "whole": False}


def keep_days(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Say of forms of a 旬 without a deadline of their own what the platform's was: owed anew they would all be late."""
    used = apps.get_model("campaigns", "ReturnForm").objects.filter(rhythm="ten_days", deadline={})
    used.exclude(state="binding").update(deadline=SINCE_THE_LAST)


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0016_returns_of_duties")]
    operations = [migrations.RunPython(keep_days, migrations.RunPython.noop)]
