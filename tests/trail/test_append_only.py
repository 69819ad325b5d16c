import pytest
from django.db import DatabaseError, connection, transaction

from bihuan.trail.models import Event, EvidenceFile
from bihuan.trail.news import News
from bihuan.trail.services import keep_file, record
from tests.trail.people import NOON, ONE, TOWN
from tests.trail.pictures import photo

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> Event:
    return record(
        [News(kind="t.did", say="做了", subject_type="t", subject_id=TOWN, town_id=TOWN)], actor=ONE, now=NOON
    )[0]


STATEMENTS = [
    "UPDATE trail_event SET say = 'x'",
    "UPDATE trail_event SET hash = hash",
    "DELETE FROM trail_event",
    "UPDATE trail_event SET seq = seq + 1",
]


@pytest.mark.parametrize("statement", STATEMENTS)
def test_given_an_event_when_sql_rewrites_or_deletes_it_then_the_database_refuses(event: Event, statement: str) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert list(Event.objects.values_list("say", flat=True)) == ["做了"]


def test_given_an_event_when_replaced_or_truncated_then_the_database_refuses(event: Event) -> None:
    trick = {
        "sqlite": "INSERT OR REPLACE INTO trail_event SELECT * FROM trail_event",
        "postgresql": "TRUNCATE trail_event CASCADE",
    }[connection.vendor]

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(trick)

    assert Event.objects.count() == 1


@pytest.mark.parametrize("statement", ["DELETE FROM trail_evidencefile", "UPDATE trail_evidencefile SET sha256 = 'x'"])
def test_given_evidence_when_sql_rewrites_or_deletes_it_then_the_database_refuses(statement: str) -> None:
    kept = keep_file(name="a.jpg", content=photo(), kind="photo", town_id=TOWN, actor=ONE, now=NOON)

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert list(EvidenceFile.objects.values_list("sha256", flat=True)) == [kept.sha256]
