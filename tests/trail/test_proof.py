"""The promise of the trail: a forgery that does not recompute the chain is found, and any at all before a seal."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, transaction
from django.db.models import F
from hypothesis import HealthCheck, given
from hypothesis import settings as profile
from hypothesis import strategies as st

from bihuan.kernel.actor import PLATFORM
from bihuan.trail import queries, rules, services, vault
from bihuan.trail.models import ChainHead, Event, EvidenceFile, Seal
from bihuan.trail.rules import SealFile
from tests.trail.lifting import triggers_lifted
from tests.trail.people import NOON, ONE, OTHER_TOWN, TOWN
from tests.trail.pictures import photo
from tests.trail.test_record import FULL, PLAIN

pytestmark = pytest.mark.django_db
CHAIN = rules.town_chain(TOWN)


@dataclass(frozen=True)
class Trail:
    """A small trail: sealed halfway, with an evidence file on either side of the seal."""

    seal: SealFile
    folder: Path


@pytest.fixture
def trail(settings: Any, tmp_path: Path) -> Iterator[Trail]:
    settings.HOME, settings.MEDIA_ROOT = tmp_path, tmp_path / "files"
    with transaction.atomic():
        act("before")
        seal = services.seal_trail(actor=PLATFORM, now=NOON)
        assert seal is not None
        act("after")
        services.export_seals(queries.seal_folder())
        yield Trail(seal, queries.seal_folder())


def act(name: str) -> None:
    services.record([PLAIN, FULL, replace(PLAIN, town_id=OTHER_TOWN)], actor=ONE, now=NOON)
    services.keep_file(name=f"{name}.jpg", content=photo(len(name)), town_id=TOWN, actor=ONE, now=NOON)
    services.record([FULL, PLAIN], actor=ONE, now=NOON + timedelta(hours=1))


def faults(**how: Any) -> list[str]:
    return [str(finding) for finding in queries.verify(**how).findings]


def test_given_an_untouched_trail_when_verified_then_it_holds_and_says_what_it_looked_at(trail: Trail) -> None:
    verdict = queries.verify(seals=[trail.seal])

    assert verdict == rules.Verdict(chains=3, events=13, files=2, seals=1, findings=())
    assert faults(since=trail.seal) == []
    assert queries.verify(since=trail.seal).events == 7
    out = StringIO()
    call_command("verify_trail", seal=[str(trail.folder / trail.seal.file)], stdout=out)
    assert out.getvalue() == "The trail holds: 13 events in 3 chains, 2 files, 1 seals.\n"


def test_given_a_changed_sentence_when_verified_then_exactly_that_event_is_named_and_the_exit_is_1(
    trail: Trail,
) -> None:
    with triggers_lifted(connection):
        Event.objects.filter(chain=CHAIN, seq=2).update(say="什么都没有发生")
    errors = StringIO()

    with pytest.raises(CommandError, match=r"does not hold: 1 faults") as stopped:
        call_command("verify_trail", stderr=errors)

    assert errors.getvalue() == f"{CHAIN}#2: was changed after it was recorded (box.moved: 什么都没有发生).\n"
    assert stopped.value.returncode == 1


OTHER_VALUES: dict[str, Callable[[Any], Any]] = {
    "UUIDField": lambda old: UUID(int=((old.int if old else 0) + 1)),
    "BigIntegerField": lambda old: old + 1000,
    "DateTimeField": lambda old: (old or NOON) + timedelta(microseconds=1),
    "DateField": lambda old: old + timedelta(days=1),
    "JSONField": lambda old: {"forged": True} if isinstance(old, dict) else ["forged"],
}


def forge_column(column: str, number: int) -> None:
    event = Event.objects.order_by("chain", "seq")[number % Event.objects.count()]
    kind = Event._meta.get_field(column).get_internal_type()
    change = OTHER_VALUES.get(kind, lambda old: f"x{old}"[:32])
    Event.objects.filter(pk=event.pk).update(**{column: change(getattr(event, column))})


def forge_gap(_column: str, number: int) -> None:
    doomed = Event.objects.order_by("chain", "seq")[number % Event.objects.count()]
    Event.objects.filter(pk=doomed.pk).delete()


def forge_order(_column: str, number: int) -> None:
    seq = 1 + number % (Event.objects.filter(chain=CHAIN).count() - 1)
    Event.objects.filter(chain=CHAIN, seq=seq).update(seq=999)
    Event.objects.filter(chain=CHAIN, seq=seq + 1).update(seq=F("seq") - 1)
    Event.objects.filter(chain=CHAIN, seq=999).update(seq=seq + 1)


def forge_extra(_column: str, number: int) -> None:
    last = Event.objects.filter(chain=CHAIN).order_by("-seq")[0]
    values = {field.attname: getattr(last, field.attname) for field in Event._meta.concrete_fields}
    changed = {"id": UUID(int=number), "seq": last.seq + 1, "prev_hash": last.hash}
    Event.objects.bulk_create([Event(**{**values, **changed})])


def forge_head(_column: str, number: int) -> None:
    head = ChainHead.objects.order_by("chain")[number % 3]
    forged = [{"seq": head.seq + 1}, {"seq": head.seq - 1}, {"hash": "0" * 64}][number % 3]
    ChainHead.objects.filter(pk=head.pk).update(**forged)


def forge_lost_head(_column: str, number: int) -> None:
    ChainHead.objects.filter(pk=ChainHead.objects.order_by("chain")[number % 3].pk).delete()


def forge_seal(_column: str, number: int) -> None:
    seal = Seal.objects.order_by("chain")[number % 2]
    if number % 3:
        Seal.objects.filter(pk=seal.pk).update(hash="1" * 64)
    else:
        Seal.objects.filter(pk=seal.pk).delete()


def forge_file_row(_column: str, number: int) -> None:
    row = EvidenceFile.objects.order_by("id")[number % 2]
    forged: list[dict[str, Any]] = [
        {"sha256": "2" * 64},
        {"uploader_id": UUID(int=4)},
        {"uploaded_at": NOON + timedelta(seconds=1)},
    ]
    EvidenceFile.objects.filter(pk=row.pk).update(**forged[number % 3])


def forge_lost_file_row(_column: str, number: int) -> None:
    EvidenceFile.objects.filter(pk=EvidenceFile.objects.order_by("id")[number % 2].pk).delete()


def forge_extra_file_row(_column: str, number: int) -> None:
    row = EvidenceFile.objects.order_by("id")[number % 2]
    row.id = UUID(int=number + 1)
    EvidenceFile.objects.bulk_create([row])


FORGERIES = [
    forge_column, forge_column, forge_column, forge_gap, forge_order, forge_extra, forge_head, forge_lost_head,
    forge_seal, forge_file_row, forge_lost_file_row, forge_extra_file_row,
]  # fmt: skip


@profile(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=80, deadline=None)
@given(
    forgery=st.sampled_from(FORGERIES),
    column=st.sampled_from([field.attname for field in Event._meta.concrete_fields]),
    number=st.integers(0, 10_000),
)
def test_given_any_forgery_that_leaves_the_chain_when_verified_then_it_is_found(
    trail: Trail, forgery: Callable[[str, int], None], column: str, number: int
) -> None:
    with transaction.atomic():
        with triggers_lifted(connection):
            forgery(column, number)
        found = faults()
        transaction.set_rollback(True)

    assert found != []
    assert faults() == []


def recompute(chain: str, start: int) -> None:
    """Play the forger who knows the code: rewrite everything from a place on, hashes and head included."""
    previous = Event.objects.get(chain=chain, seq=start).prev_hash
    for event in Event.objects.filter(chain=chain, seq__gte=start).order_by("seq"):
        event.prev_hash = previous
        event.hash = previous = rules.chained_hash(previous, rules.canonical(services.event_body(event)))
        Event.objects.filter(pk=event.pk).update(prev_hash=event.prev_hash, hash=event.hash)
    ChainHead.objects.filter(chain=chain).update(hash=previous)


@pytest.mark.parametrize("seq", [1, 2, 3, 4, 5])
def test_given_a_forger_who_recomputes_the_chain_when_it_was_sealed_then_he_is_found_all_the_same(
    trail: Trail, seq: int
) -> None:
    with triggers_lifted(connection):
        Event.objects.filter(chain=CHAIN, seq=seq).update(say="改过的")
        recompute(CHAIN, seq)

    assert f"{CHAIN}#5: is not what was sealed in {trail.seal.file}: the chain was rewritten." in faults()
    with triggers_lifted(connection):
        Seal.objects.all().delete()
        Event.objects.filter(kind="trail.sealed").delete()
        ChainHead.objects.filter(chain="platform").delete()
    (trail.folder / trail.seal.file).unlink()
    assert faults() == []  # everything on the machine was forged; only the copy kept elsewhere still knows
    assert f"{CHAIN}#5: is not what was sealed in {trail.seal.file}: the chain was rewritten." in faults(
        seals=[trail.seal]
    )


def test_given_a_sealed_chain_when_it_vanishes_whole_then_the_seal_remembers(trail: Trail) -> None:
    chain = rules.town_chain(OTHER_TOWN)
    with triggers_lifted(connection):
        Event.objects.filter(chain=chain).delete()
        ChainHead.objects.filter(chain=chain).delete()

    assert f"{chain}#1: was sealed in {trail.seal.file} and is gone." in faults()


def test_given_evidence_on_disk_when_it_is_changed_or_lost_then_it_is_named(trail: Trail) -> None:
    first, second = EvidenceFile.objects.order_by("id")
    vault.place_of(first.sha256, vault.ORIGINAL).write_bytes(b"another picture")
    vault.place_of(second.sha256, vault.ORIGINAL).unlink()

    assert faults() == [
        f"file {first.id} (before.jpg): its content on the disk was changed; it is not {first.sha256[:12]}… any more.",
        f"file {second.id} (after.jpg): its content {second.sha256[:12]}… is gone from the disk.",
    ]
    assert faults(with_files=False) == []


def test_given_an_exported_seal_when_it_is_changed_or_lost_then_it_is_named(trail: Trail) -> None:
    path = trail.folder / trail.seal.file
    path.chmod(0o644)
    path.write_text(trail.seal.text.replace('"seq": 5', '"seq": 4'), encoding="utf-8")
    changed = faults()
    path.write_text("{}", encoding="utf-8")
    unreadable = faults()
    path.unlink()
    lost = faults()

    assert f"{path.name}: is not what was sealed (exported)." in changed
    assert unreadable[0].startswith(f"{path.name}: the exported seal was changed")
    assert lost == [f"{path.name}: was sealed, but is not there any more (exported)."]
    assert services.export_seals(trail.folder) == [path.name]
    assert faults() == []


def test_given_several_seals_when_made_then_each_names_the_one_before_and_their_numbers_have_no_gap(
    trail: Trail,
) -> None:
    second = services.seal_trail(actor=PLATFORM, now=NOON + timedelta(days=1))

    assert second is not None
    assert second.previous == trail.seal.sha256
    assert (trail.seal.file, second.file) == ("seal-000001-20180214T040000Z.json", "seal-000002-20180215T040000Z.json")
    assert rules.read_seal(second.text) == second


def test_given_an_event_counted_on_another_day_when_verified_then_both_days_are_named(trail: Trail) -> None:
    with triggers_lifted(connection):
        Event.objects.filter(chain=CHAIN, seq=1).update(day=date(2018, 2, 1))

    assert faults() == [f"{CHAIN}#1: is counted on 2018-02-01, but happened on 2018-02-14."]


def test_given_an_empty_trail_when_sealed_and_verified_then_nothing_is_wrong(settings: Any, tmp_path: Path) -> None:
    settings.HOME = tmp_path

    assert services.seal_trail(actor=PLATFORM, now=NOON) is None
    assert queries.verify() == rules.Verdict(0, 0, 0, 0, ())
