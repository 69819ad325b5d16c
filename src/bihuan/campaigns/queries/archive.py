"""The archive package of a campaign: one zip with everything, made again from what no longer changes."""

import re
import tempfile
from collections.abc import Iterator, Sequence
from typing import IO, Final
from uuid import UUID

from bihuan.campaigns.models import Campaign, Task
from bihuan.campaigns.queries.finding import is_whole, row_for, view_of
from bihuan.campaigns.rules import closing
from bihuan.campaigns.rules.drafting import PLAN_NAMES, TASK_NAMES, PlanState, TaskState
from bihuan.campaigns.rules.handing import HAZARD_HEAD
from bihuan.campaigns.rules.life import CampaignState
from bihuan.kernel.actor import Actor
from bihuan.kernel.calendar import SHANGHAI, day_of
from bihuan.kernel.errors import NotFound, Refusal
from bihuan.trail import queries as trail
from bihuan.trail.packages import Package

IN_MEMORY: Final = 16 * 1024 * 1024
ARCHIVED: Final = "campaign.archived"
# What is not for everybody who sees the town: cases, rounds before they are fed back, who was spared, drafts.
APART: Final = re.compile(
    r"campaign\.(case_|interview_|unit_exempted|round_(planned|cancelled|held)|bulletin_(?!issued))"
)


def archive_of(viewer: Actor, campaign_id: UUID) -> tuple[str, IO[bytes]]:
    """Return the name and the content of the package of an archived campaign, open at its beginning.

    It holds what every unit handed in, so only who sees the whole town gets it. Raises NotFound, Refusal.
    """
    row = row_for(viewer, campaign_id)
    if not is_whole(viewer, row.path):
        raise NotFound("campaigns.no_package", "没有找到归档包，或者不在您的管辖范围内。")
    if row.state != CampaignState.ARCHIVED:
        raise Refusal("campaigns.not_archived", "这个专项行动还没有归档。")
    stream: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 -- the response closes it
    pack(row, stream)
    stream.seek(0)
    return f"{row.title}-归档.zip", stream


def pack(row: Campaign, stream: IO[bytes]) -> str:
    """Write the package of a closed campaign, always the same bytes; return the hash of its manifest."""
    assert row.closed_at is not None  # noqa: S101 -- only a closed campaign is packed
    assert row.frozen is not None  # noqa: S101 -- its figures were frozen when it was closed
    package, frozen = Package(stream, at=row.closed_at), row.frozen
    files = list(_files(row))
    tables = ("clauses.csv", "units.csv", "tasks.csv", "open_hazards.csv", "events.csv")
    package.add("index.html", closing.index_page(view_of(row), frozen, [*tables, *(name for name, _ in files)]))
    package.add_table("clauses.csv", closing.CLAUSE_HEAD, closing.clause_rows(frozen))
    package.add_table("units.csv", closing.UNIT_HEAD, _units(row))
    package.add_table("tasks.csv", closing.TASK_HEAD, _tasks(row))
    package.add_table("open_hazards.csv", HAZARD_HEAD, frozen["open_hazards"])
    package.add_table("events.csv", closing.EVENT_HEAD, _events(row))
    for name, file_id in files:
        with trail.open_file(file_id, "original").stream as content:
            package.add_stream(name, content)
    return package.seal(
        {"campaign": str(row.pk), "title": row.title, "closed_at": row.closed_at.isoformat(timespec="seconds")}
    )


def _files(row: Campaign) -> Iterator[tuple[str, UUID]]:
    """Yield the plan, the sub-plans and the evidence of tasks, each under a name that nobody else bears."""
    wanted = [(f"files/plan/{row.file_name}", row.file_id)] if row.file_id else []
    wanted += [
        (f"files/sub_plans/{unit.sort_no:03d} {_plain(unit.name)}", unit.plan_file_id)
        for unit in row.units.order_by("sort_no")
        if unit.plan_file_id is not None
    ]
    tasks = Task.objects.filter(campaign=row).order_by("made_at", "id").prefetch_related("reports")
    for number, task in enumerate(tasks, start=1):
        kept = [file for report in sorted(task.reports.all(), key=lambda one: one.pk) for file in report.files]
        wanted += [(f"files/tasks/{number:04d}-{place}", UUID(file)) for place, file in enumerate(kept, start=1)]
    known = trail.files([file_id for _, file_id in wanted])
    for name, file_id in wanted:
        ending = known[file_id].name.rpartition(".")[2] if "." in known[file_id].name else "bin"
        yield (name if name.endswith(f".{ending}") else f"{name}.{ending}"), file_id


def _plain(name: str) -> str:
    return "".join(one for one in name if one not in '\\/:*?"<>|')


def _units(row: Campaign) -> Iterator[Sequence[object]]:
    for one in row.units.order_by("sort_no"):
        received = day_of(one.received_at).isoformat() if one.received_at else ""
        state = PLAN_NAMES[PlanState(one.plan_state)]
        yield one.name, received, one.received_by, one.body, one.leader, state, one.plan_on or ""


def _tasks(row: Campaign) -> Iterator[Sequence[object]]:
    for one in Task.objects.filter(campaign=row).select_related("unit", "clause").order_by("made_at", "id"):
        label = one.clause.label if one.clause else ""
        state = TASK_NAMES[TaskState(one.state)]
        at = day_of(one.reported_at).isoformat() if one.reported_at else ""
        yield one.title, label, one.unit.name, state, f"{one.percent}%", one.due_on, one.first_due_on, at, one.note


def _events(row: Campaign) -> Iterator[Sequence[object]]:
    for one in trail.events_of([row.pk]):
        if one.kind != ARCHIVED and not APART.match(one.kind):
            at = one.at.astimezone(SHANGHAI).isoformat(timespec="seconds")
            yield (
                at,
                one.actor_name,
                f"{one.actor_unit} {one.actor_post}".strip(),
                one.kind,
                one.say,
                one.reason,
                one.acting_for,
                one.hash,
            )
