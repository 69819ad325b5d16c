"""Long work: asked for in a transaction, run by a worker, with progress that is committed as it goes."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.module_loading import import_string

from bihuan.kernel.actor import Actor
from bihuan.trail.models import Job, JobState
from bihuan.trail.queries.jobs import line
from bihuan.trail.rules import JobLine

ENDED = (JobState.DONE, JobState.FAILED)


@transaction.atomic
def start_job(
    *,
    kind: str,
    title: str,
    task: str,
    actor: Actor,
    now: datetime,
    subject_id: UUID | None = None,
    total: int = 0,
    kwargs: Mapping[str, Any] | None = None,
) -> JobLine:
    """Put long work into the queue; it starts when the caller's transaction has committed.

    task: dotted path of a `django_tasks` task in a room's `jobs.py`; it is called with `job_id` (text) and `kwargs`
    (JSON-ready), must be idempotent (a killed worker's job is run again from its start), and ends with `end_job` or
    `fail_job`. title: Chinese, for the page that shows the progress.
    """
    job = Job(
        kind=kind,
        title=title,
        town_id=actor.town_id,
        subject_id=subject_id,
        owner_id=actor.user_id,
        owner_name=actor.name,
        total=total,
        asked_at=now,
    )
    # The queue is a table of this database: its row commits or vanishes with the act, which no on_commit hook promises.
    job.task_id = UUID(str(import_string(task).enqueue(job_id=str(job.id), **(kwargs or {})).id))
    job.save(force_insert=True)
    return line(job)


def report_progress(job_id: UUID, *, done: int, total: int | None = None, say: str = "") -> None:
    """Commit how far a job is; refused inside a transaction, where nobody could see it."""
    facts: dict[str, Any] = {"done": done, "state": JobState.RUNNING, "say": say}
    if total is not None:
        facts["total"] = total
    with transaction.atomic(durable=True):
        Job.objects.filter(pk=job_id).exclude(state__in=ENDED).update(**facts)


def end_job(job_id: UUID, *, say: str, now: datetime, result: Mapping[str, Any] | None = None) -> None:
    """Say that a job is done; may be part of the job's last transaction, so that result and rows go together."""
    Job.objects.filter(pk=job_id).update(state=JobState.DONE, say=say, ended_at=now, result=dict(result or {}))


def fail_job(job_id: UUID, *, say: str, now: datetime, result: Mapping[str, Any] | None = None) -> None:
    """Say that a job could not be done, and in one Chinese sentence why and what to do now."""
    Job.objects.filter(pk=job_id).update(state=JobState.FAILED, say=say, ended_at=now, result=dict(result or {}))
