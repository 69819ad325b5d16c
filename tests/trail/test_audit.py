from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bihuan.kernel.actor import TRAIL_GRANT, Scope
from bihuan.kernel.errors import NotFound
from bihuan.trail import queries
from bihuan.trail.models import Event
from bihuan.trail.queries import AuditFilter
from bihuan.trail.services import record, seal_trail
from tests.trail.people import NOON, ONE, OTHER_TOWN, TOWN
from tests.trail.test_record import BOX, FULL, PLAIN

pytestmark = pytest.mark.django_db
AUDITOR = replace(ONE, scope=Scope(town_id=TOWN, grants=frozenset({TRAIL_GRANT})))


@pytest.fixture(autouse=True)
def season() -> None:
    record([PLAIN, FULL, replace(PLAIN, town_id=OTHER_TOWN)], actor=ONE, now=NOON)
    other = replace(ONE, name="王主任")
    record([PLAIN, replace(PLAIN, kind="lid.shut", say="盖上了")], actor=other, now=NOON + timedelta(days=1))


def seqs(wanted: AuditFilter, **how: int) -> list[int]:
    return [line.seq for line in queries.audit(AUDITOR, wanted, **how).lines]


def test_given_the_grant_when_the_whole_chain_is_read_then_each_page_comes_in_two_queries(
    django_assert_num_queries: Any,
) -> None:
    with django_assert_num_queries(2):
        page = queries.audit(AUDITOR, AuditFilter(), size=3)

    assert ([line.seq for line in page.lines], page.total, page.pages) == ([4, 3, 2], 4, 2)
    assert seqs(AuditFilter(), page=2, size=3) == [1]
    assert seqs(AuditFilter(), page=9, size=3) == []


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (AuditFilter(about="lid"), [4]),
        (AuditFilter(about="li"), []),
        (AuditFilter(words="王主"), [4, 3]),
        (AuditFilter(words="某企业"), [2]),
        (AuditFilter(words="盖上"), [4]),
        (AuditFilter(since=date(2018, 2, 15)), [4, 3]),
        (AuditFilter(until=date(2018, 2, 14)), [2, 1]),
        (AuditFilter(subject_id=BOX, about="box"), [3, 2, 1]),
    ],
)
def test_given_something_looked_for_when_audited_then_only_that_comes(wanted: AuditFilter, found: list[int]) -> None:
    assert seqs(wanted) == found
    assert queries.audit(AUDITOR, wanted).total == len(found)


def test_given_no_grant_when_audited_then_there_is_nothing() -> None:
    with pytest.raises(NotFound):
        queries.audit(ONE, AuditFilter())


def test_given_a_seal_when_asked_then_its_digest_is_told() -> None:
    before = queries.last_seal()
    seal = seal_trail(actor=ONE, now=NOON)

    after = queries.last_seal()

    assert before is None
    assert seal is not None
    assert after == queries.SealLine(NOON, 2, seal.file, seal.sha256)
    assert Event.objects.filter(kind="trail.sealed").count() == 1
