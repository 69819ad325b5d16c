"""Long work: asked for in a transaction, run by a worker, with progress that is committed as it goes."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.module_loading import import_string

from bihuan.kernel.actor import Actor
from bihuan.kernel.errors import Refusal
from bihuan.trail.models import Job, JobState
from bihuan.trail.queries.jobs import line
from bihuan.trail.rules import JobLine
from bihuan.trail.services.clock import job_now

ENDED: Final = (JobState.DONE, JobState.FAILED)


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
    (JSON-ready), wraps its body in `running_job`, and must be idempotent: a killed worker's job is run again from its
    start. title: Chinese, for the page that shows the progress.
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


@contextmanager
def running_job(job_id: str | UUID) -> Iterator[JobLine]:
    """Wrap the body of a job: it runs now; it ends well, or with the sentence of a `Refusal`.

    The body may end the job itself with a better sentence (`end_job`, `fail_job`), best inside its last transaction.
    Any other exception is a defect: it goes up to the worker, which logs it and tells the owner.
    """
    key = job_id if isinstance(job_id, UUID) else UUID(job_id)
    Job.objects.filter(pk=key).exclude(state__in=ENDED).update(
        state=JobState.RUNNING, attempts=F("attempts") + 1, done=0, say=""
    )
    try:
        yield line(Job.objects.get(pk=key))
    except Refusal as refusal:
        fail_job(key, say=refusal.say, now=job_now())
    else:
        end_job(key, say="已完成", now=job_now())


def report_progress(job_id: UUID, *, done: int, total: int | None = None, say: str = "") -> None:
    """Commit how far a job is; refused inside a transaction, where nobody could see it."""
    facts: dict[str, Any] = {"done": done, "state": JobState.RUNNING, "say": say}
    if total is not None:
        facts["total"] = total
    with transaction.atomic(durable=True):
        Job.objects.filter(pk=job_id).exclude(state__in=ENDED).update(**facts)


def end_job(job_id: UUID, *, say: str, now: datetime, result: Mapping[str, Any] | None = None) -> None:
    """Say that a job is done, unless it has ended; may be part of its last transaction, so that both stand together."""
    _end(job_id, JobState.DONE, say=say, now=now, result=result)


def fail_job(job_id: UUID, *, say: str, now: datetime, result: Mapping[str, Any] | None = None) -> None:
    """Say that a job could not be done, and in one Chinese sentence why and what to do now; unless it has ended."""
    _end(job_id, JobState.FAILED, say=say, now=now, result=result)


def _end(job_id: UUID, state: JobState, *, say: str, now: datetime, result: Mapping[str, Any] | None) -> None:
    facts: dict[str, Any] = {"state": state, "say": say, "ended_at": now, "result": dict(result or {})}
    if state is JobState.DONE:
        facts["done"] = F("total")
    Job.objects.filter(pk=job_id).exclude(state__in=ENDED).update(**facts)
