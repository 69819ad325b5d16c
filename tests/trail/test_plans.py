import pytest
from django.db import connection

from bihuan.config.schedule import SCHEDULE
from bihuan.trail import services


@pytest.mark.django_db
def test_given_the_night_when_sizes_are_learnt_then_sqlite_knows_its_tables() -> None:
    assert "trail.learn_sizes" in {name for name, _, _ in SCHEDULE}

    services.learn_sizes()

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT COUNT(*) FROM sqlite_stat1 WHERE tbl LIKE 'django_%'")
            assert cursor.fetchone()[0]
