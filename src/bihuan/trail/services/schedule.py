"""The clock that never forgets a turn: each due turn of the schedule is handed to the workers exactly once."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils.module_loading import import_string

from bihuan.trail.models import Slot
from bihuan.trail.rules.schedule import due_slots

Turn = tuple[str, str, str]


def schedule() -> Sequence[Turn]:
    """Return the wiring (`config/schedule.py`): name, dotted path of a task, rhythm."""
    turns: Sequence[Turn] = import_string(settings.BIHUAN_SCHEDULE)
    return turns


def tick(*, now: datetime) -> list[str]:
    """Enqueue what has fallen due since the last tick, and return the names of the turns taken.

    Each task is called with `slot`, the instant of its turn as ISO text. Ticks of several workers may overlap: a turn
    has one row, and who writes it enqueues it, in one transaction.
    """
    last = dict(Slot.objects.values_list("name").annotate(Max("due_at")).values_list("name", "due_at__max"))
    taken = []
    for name, task, rhythm in schedule():
        for slot in due_slots(rhythm, last=last.get(name), now=now):
            if _take(name, task, slot, now):
                taken.append(name)
    return taken


@transaction.atomic
def _take(name: str, task: str, slot: datetime, now: datetime) -> bool:
    row = Slot(name=name, due_at=slot, taken_at=now)
    Slot.objects.bulk_create([row], ignore_conflicts=True)
    if not Slot.objects.filter(pk=row.pk).exists():
        return False
    import_string(task).enqueue(slot=slot.isoformat())
    return True
