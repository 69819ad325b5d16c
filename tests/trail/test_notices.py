from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import transaction

from bihuan.trail import queries
from bihuan.trail.models import Notice
from bihuan.trail.rules import Telling
from bihuan.trail.services import mark_read, tell
from tests.trail.people import NOON, ONE, TOWN, TWO

ASSIGNED = Telling(
    say="东村机械厂：护栏松动，2月20日前整改",
    kind="hazard.assigned",
    posts=(UUID(int=1001), UUID(int=1001), UUID(int=1002)),
    users=(UUID(int=1),),
    town_id=TOWN,
    subject_type="hazard",
    subject_id=UUID(int=9),
    url_name="hazards:show",
    url_args=("9",),
)


@pytest.mark.django_db
def test_given_a_telling_when_told_then_each_addressee_hears_it_once_at_the_bell() -> None:
    told = tell([ASSIGNED], now=NOON)

    assert told == 3
    assert len(queries.notices_for(ONE)) == 2  # as the person, and as the holder of the post
    (line,) = queries.notices_for(TWO)
    assert (line.say, line.url_name, line.url_args, line.read_at) == (ASSIGNED.say, "hazards:show", ("9",), None)
    assert (queries.unread_count(ONE), queries.unread_count(TWO)) == (2, 1)


@pytest.mark.django_db
def test_given_notices_when_read_then_only_ones_own_are_marked_and_a_successor_finds_the_rest() -> None:
    tell([ASSIGNED, replace(ASSIGNED, say="再说一次")], now=NOON)
    foreign = queries.notices_for(TWO)[0]

    marked = [mark_read([foreign.id], actor=ONE, now=NOON), mark_read(actor=ONE, now=NOON + timedelta(minutes=1))]

    assert marked == [0, 4]
    assert (queries.unread_count(ONE), queries.unread_count(TWO)) == (0, 2)
    successor = replace(ONE, user_id=UUID(int=55), post_id=TWO.post_id)
    assert len(queries.notices_for(successor, only_unread=True)) == 2


@pytest.mark.django_db
def test_given_many_notices_when_the_bell_is_opened_then_the_newest_come_first_and_the_count_is_bounded() -> None:
    for minute in range(30):
        tell([replace(ASSIGNED, posts=(), say=f"{minute}")], now=NOON + timedelta(minutes=minute))

    assert [line.say for line in queries.notices_for(ONE, 3)] == ["29", "28", "27"]
    assert queries.unread_count(ONE, at_most=20) == 20


@pytest.mark.django_db(transaction=True)
def test_given_no_transaction_when_told_then_it_is_refused() -> None:
    with pytest.raises(transaction.TransactionManagementError):
        tell([ASSIGNED], now=NOON)

    assert Notice.objects.count() == 0
