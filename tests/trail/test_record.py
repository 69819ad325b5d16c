import threading
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from bihuan.kernel.actor import PLATFORM
from bihuan.trail import rules
from bihuan.trail.models import ChainHead, Event
from bihuan.trail.news import News
from bihuan.trail.services import event_body, events, record
from tests.trail.people import NOON, ONE, OTHER_TOWN, TOWN

BOX = UUID(int=77)
PLAIN = News(kind="box.opened", say="打开了盒子", subject_type="box", subject_id=BOX, town_id=TOWN)
FULL = News(
    kind="box.moved",
    say="搬了“盒子”\u2028𠮷",
    subject_type="box",
    subject_id=BOX,
    town_id=TOWN,
    path="/32/04/13/101/203/",
    sector="machinery",
    enterprise_id=UUID(int=5),
    level="general",
    source="self_check",
    role="safety_office",
    acting_for="某企业",
    reason="要腾地方",
    claimed_at=NOON - timedelta(hours=2, microseconds=1),
    before={"at": "a", "sizes": (1, 2)},
    after={"at": "b", "deep": {"2": [None, True, 1.5], "10": "x"}},
    figures={"n": 3},
    evidence=(UUID(int=8), UUID(int=9)),
)


def hashes_hold(chain: str) -> bool:
    previous = rules.GENESIS
    for number, event in enumerate(Event.objects.filter(chain=chain).order_by("seq"), start=1):
        expected = rules.chained_hash(previous, rules.canonical(event_body(event)))
        if (event.seq, event.prev_hash, event.hash) != (number, previous, expected):
            return False
        previous = event.hash
    head = ChainHead.objects.get(chain=chain)
    return (head.seq, head.hash) == (Event.objects.filter(chain=chain).count(), previous)


@pytest.mark.django_db
def test_given_news_when_recorded_then_the_chain_holds_as_read_back_from_the_database() -> None:
    record([PLAIN, FULL], actor=ONE, now=NOON)
    record([replace(FULL, town_id=OTHER_TOWN), PLAIN], actor=ONE, now=NOON + timedelta(seconds=1))
    record([replace(PLAIN, town_id=None, unit_id=UUID(int=3)), replace(PLAIN, town_id=None)], actor=PLATFORM, now=NOON)

    chains = [rules.town_chain(TOWN), rules.town_chain(OTHER_TOWN), rules.unit_chain(UUID(int=3)), "platform"]
    assert sorted(ChainHead.objects.values_list("chain", flat=True)) == sorted(chains)
    assert [hashes_hold(chain) for chain in chains] == [True] * 4
    assert [Event.objects.filter(chain=chain).count() for chain in chains] == [3, 1, 1, 1]


@pytest.mark.django_db
def test_given_news_when_recorded_then_the_row_is_what_the_orm_would_have_written() -> None:
    written = record([PLAIN, FULL], actor=ONE, now=datetime(2018, 2, 13, 16, 30, 0, 123456, tzinfo=UTC))
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM trail_event ORDER BY seq")
        ours = cursor.fetchall()
    twins = [Event(**{field.attname: getattr(one, field.attname) for field in one._meta.fields}) for one in written]
    for twin in twins:
        twin.id, twin.chain = UUID(int=twin.id.int ^ 1), "twin"
    Event.objects.bulk_create(twins)

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM trail_event WHERE chain = 'twin' ORDER BY seq")
        theirs = cursor.fetchall()
    assert [row[2:] for row in ours] == [row[2:] for row in theirs]
    assert [one.day.isoformat() for one in Event.objects.order_by("seq")] == ["2018-02-14"] * 4
    assert [(one.actor_name, one.actor_post, one.actor_unit) for one in written] == [
        ("办事员1", "安监办科员", "安监办")
    ] * 2


@pytest.mark.django_db
def test_given_any_number_of_news_when_recorded_then_the_queries_stay_few() -> None:
    record([PLAIN], actor=ONE, now=NOON)

    counts = []
    for many in (1, 300):
        with CaptureQueriesContext(connection) as queries:
            record([PLAIN] * many, actor=ONE, now=NOON)
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 3 + 10  # the wired followers may ask a fixed number too


@pytest.mark.django_db(transaction=True)
def test_given_no_transaction_when_recorded_then_it_is_refused_and_nothing_is_written() -> None:
    with pytest.raises(transaction.TransactionManagementError):
        record([PLAIN], actor=ONE, now=NOON)

    assert Event.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_given_followers_when_one_fails_then_the_events_are_gone_with_the_act(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[str] = []

    def listens(written: Sequence[Event]) -> None:
        heard.extend(one.kind for one in written)
        assert connection.in_atomic_block

    def fails(written: Sequence[Event]) -> None:
        raise LookupError

    monkeypatch.setattr(events, "followers", lambda: (listens, fails))

    with pytest.raises(LookupError), transaction.atomic():
        record([PLAIN, FULL], actor=ONE, now=NOON)

    assert heard == ["box.opened", "box.moved"]
    assert (Event.objects.count(), ChainHead.objects.count()) == (0, 0)


@pytest.mark.django_db
@pytest.mark.parametrize("bad", [{"x": NOON}, {"x": UUID(int=1)}, {"x": float("nan")}, {"x": {1, 2}}])
def test_given_what_json_cannot_carry_when_recorded_then_it_is_refused(bad: dict[str, Any]) -> None:
    with pytest.raises((TypeError, ValueError)):
        record([replace(PLAIN, figures=bad)], actor=ONE, now=NOON)


@pytest.mark.django_db
def test_given_a_naive_instant_when_recorded_then_it_is_refused() -> None:
    with pytest.raises(ValueError, match="naive"):
        record([PLAIN], actor=ONE, now=NOON.replace(tzinfo=None))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(st.characters(exclude_categories=["Cs", "Cc"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc十", max_size=3), inner, max_size=3),
    max_leaves=8,
)


@pytest.mark.django_db
@given(facts=st.dictionaries(st.sampled_from(["a", "b", "10", "9"]) | st.integers(0, 20), JSON, max_size=4))
def test_given_any_json_facts_when_recorded_then_the_hash_can_be_taken_again_from_the_row(facts: Any) -> None:
    with transaction.atomic():
        written = record([replace(PLAIN, before=facts, after={"deep": facts})], actor=ONE, now=NOON)[0]
        again = Event.objects.get(pk=written.pk)
        transaction.set_rollback(True)

    assert rules.chained_hash(again.prev_hash, rules.canonical(event_body(again))) == written.hash


@pytest.mark.django_db(transaction=True)
def test_given_many_threads_in_one_town_when_they_record_then_the_chain_has_no_gap() -> None:
    if connection.vendor == "sqlite":
        pytest.skip("a database in memory is shared by locking whole tables; tests/trail/test_door.py does it on disk")
    refused: list[BaseException] = []

    def act() -> None:
        try:
            for _ in range(10):
                with transaction.atomic():
                    record([PLAIN, FULL], actor=ONE, now=NOON)
        except transaction.TransactionManagementError as error:
            refused.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=act) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert refused == []
    assert Event.objects.count() == 160
    assert hashes_hold(rules.town_chain(TOWN))
