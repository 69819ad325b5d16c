"""Keep the cube: follow events in their transaction, rebuild it from the trail to the same numbers (L12)."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from django.db import connection, transaction

from bihuan.kernel.measures import Delta, Happened
from bihuan.stats import queries, rules
from bihuan.stats.models import Cube, CubeLate, CubeMade, FillState
from bihuan.trail import replay

_UPSERT: Final = """
INSERT INTO stats_cube (key, measure, level, grain, "on", amount) {}
ON CONFLICT (key, measure, grain, level, "on") DO UPDATE SET amount = stats_cube.amount + excluded.amount
"""
_LATE: Final = """
INSERT INTO stats_cubelate (key, measure, level, "on", fact, amount) {}
ON CONFLICT (key, measure, level, "on", fact) DO UPDATE SET amount = stats_cubelate.amount + excluded.amount
"""
_ONE: Final = "VALUES (%s, %s, %s, %s, %s, %s)"
# An act moves a hundred cells: on PostgreSQL one statement of six columns, not a hundred statements.
_ALL: Final = "SELECT * FROM unnest(%s::text[], %s::text[], %s::text[], %s::{}[], %s::date[], %s::bigint[])"
REBUILD_BATCH: Final = 5_000


def follow(events: Sequence[Happened]) -> None:
    """Add events to the cube; a follower, so it runs in the transaction of the act."""
    moves = list(_moves(events))
    _add(_UPSERT, rules.fold(moves), fourth="text")
    _add(_LATE, rules.fold_late(moves, queries.by_fact()), fourth="date")


def _moves(events: Sequence[Happened]) -> Iterator[tuple[Happened, Delta]]:
    for event in events:
        for counting in queries.countings():
            if event.kind in counting.kinds:
                for delta in counting.contribution(event):
                    level = event.level if delta.level is None else delta.level
                    if level not in counting.levels:
                        raise ValueError(f"{delta.measure} bears the level “{level}”, which its room does not declare")
                    yield event, delta


def _add(upsert: str, cells: Mapping[Any, int], *, fourth: str) -> None:
    """Upsert cells in one order, so that two writers never wait for each other crosswise. fourth: its type."""
    if not cells:
        return
    rows = [(*cell, amount) for cell, amount in sorted(cells.items())]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(upsert.format(_ALL.format(fourth)), list(map(list, zip(*rows, strict=True))))
        else:
            cursor.executemany(upsert.format(_ONE), rows)


def is_outdated() -> bool:
    """Tell whether the cube was made by code that came to other cells, or a rebuild was stopped half-way."""
    made = CubeMade.objects.first()
    return made is None or made.made != rules.SHAPE


def rebuild() -> int:
    """Fold the whole trail into an empty cube; resumable, returns the number of events folded in this call.

    Acts must rest while it runs (`bihuan rebuild_stats` says so): the live follower would count new events twice.
    """
    begun = CubeMade.objects.filter(begun=rules.SHAPE).exists()
    if not begun or not FillState.objects.filter(done=False).exists():
        _empty()
    folded = 0
    for chain in list(FillState.objects.filter(done=False).order_by("chain").values_list("chain", flat=True)):
        folded += _rebuild_chain(chain)
    CubeMade.objects.update(made=rules.SHAPE)
    return folded


@transaction.atomic
def _empty() -> None:
    Cube.objects.all().delete()
    CubeLate.objects.all().delete()
    FillState.objects.all().delete()
    FillState.objects.bulk_create([FillState(chain=chain) for chain in replay.chains()])
    CubeMade.objects.update_or_create(defaults={"begun": rules.SHAPE, "made": 0})


def _rebuild_chain(chain: str) -> int:
    folded = 0
    while True:
        with transaction.atomic():
            state = FillState.objects.get(chain=chain)
            events = replay.events_after(chain, state.seq, REBUILD_BATCH)
            if not events:
                FillState.objects.filter(chain=chain).update(done=True)
                return folded
            follow(events)
            FillState.objects.filter(chain=chain).update(seq=events[-1].seq)
            folded += len(events)
