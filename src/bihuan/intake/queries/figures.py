"""How soon what a superior hands down is on the books (R3.31). For statistics, which have guarded the place."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Final
from uuid import UUID

from bihuan.intake.models import ImportRun, SuperiorItem
from bihuan.intake.rules.runs import RunState
from bihuan.kernel.calendar import ONE_DAY, day_of, end_of
from bihuan.kernel.indicators import Answer, Line, Question
from bihuan.kernel.paths import town_path
from bihuan.orgs import queries as orgs
from bihuan.orgs.rules import UnitKind
from bihuan.standards import queries as standards

RECEIVED: Final = "intake.received"
IN_TIME: Final = "intake.accepted_in_time"
LIST, RUN = "intake:show", "intake:check"
ACCEPT_WD: Final = "superior_intake_wd"


def items_received(asked: Question, names: Collection[str]) -> Mapping[str, Answer]:
    """Count the items of the lists that came in during the period; what a person dropped was no list.

    Or count those of them that were hazards on the books within the working days that the town has.
    """
    runs = list(_first_runs(asked))
    found = {RECEIVED: Answer(sum(run.items_count for run in runs))} if RECEIVED in names else {}
    if IN_TIME in names:
        found[IN_TIME] = Answer(_in_time(runs, asked.until))
    return found


def name_items(asked: Question, name: str) -> Iterable[Line]:
    """Name the lists of which a figure counts items, each with how many: of a list that is not entered yet, what its
    upload says."""
    runs = list(_first_runs(asked))
    entered = _entered_in_time(runs, asked.until)
    for run in runs:
        pk = run.superior_list_id
        in_time = entered.get(pk, 0) if pk is not None else 0
        amount = run.items_count if name == RECEIVED else in_time
        note = f"{day_of(run.started_at):%Y-%m-%d} 收到 {run.items_count} 项，按时入账 {in_time} 项"
        if amount:
            yield Line(run.file_name, note, amount, LIST if pk else RUN, (str(pk or run.pk),))


def _in_time(runs: Sequence[ImportRun], until: date) -> int:
    return sum(_entered_in_time(runs, until).values())


def _entered_in_time(runs: Sequence[ImportRun], until: date) -> dict[UUID, int]:
    """Count over all lists under one query, however many there are; by list."""
    ends = {run.superior_list_id: end_of(min(_due(run.town_id, run.started_at), until)) for run in runs}
    ends.pop(None, None)
    rows = SuperiorItem.objects.filter(superior_list_id__in=ends, hazard__reported_at__lt=end_of(until))
    entered = Counter(pk for pk, at in rows.values_list("superior_list_id", "hazard__reported_at") if at < ends[pk])
    return {
        run.superior_list_id: min(entered[run.superior_list_id], run.items_count)
        for run in runs
        if run.superior_list_id is not None
    }


def _due(town_id: UUID, received_at: datetime) -> date:
    day = day_of(received_at)
    days = standards.numbers([ACCEPT_WD], town_id=town_id, on=day)[ACCEPT_WD]
    return standards.work_calendar(town_id).add_working_days(day, days)


def _first_runs(asked: Question) -> Iterator[ImportRun]:
    """Yield the uploads of the period by which a list came in first; a later version receives nothing anew."""
    is_part = town_path(asked.path) not in {"", asked.path}  # lists come to towns, not to what lies in one
    towns = [] if is_part else [ref.id for ref in orgs.units_below(asked.path, [UnitKind.TOWN])]
    if not towns:
        return
    rows = ImportRun.objects.filter(town_id__in=towns, started_at__lt=end_of(asked.until))
    seen: set[UUID] = set()
    since = end_of(asked.since - ONE_DAY)
    for run in rows.exclude(state=RunState.DROPPED).order_by("started_at", "id"):
        if run.superior_list_id in seen:
            continue
        if run.superior_list_id is not None:
            seen.add(run.superior_list_id)
        if run.started_at >= since:
            yield run
