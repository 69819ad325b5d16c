"""Workers: take jobs from the queue one by one; take up again what a killed worker left."""

import logging
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.utils.crypto import get_random_string
from django_tasks import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker as DjangoWorker
from django_tasks_db.models import DBTaskResult

from bihuan.trail.lockfile import LockFile
from bihuan.trail.models import Job, JobState

MOST_ATTEMPTS: Final = 3
KEEP_DAYS: Final = 30  # finished rows of the queue; what the jobs did is in the trail
logger = logging.getLogger(__name__)


@contextmanager
def living_worker() -> Iterator[str]:
    """Yield the id of a worker that counts as alive as long as the block, and the process, lives.

    The id names a file under `HOME/workers` that stays locked; the system frees the lock when the process dies.
    """
    worker_id = f"{socket.gethostname()[:40]}:{get_random_string(12)}"
    lock = _lock_of(worker_id)
    lock.acquire()
    try:
        yield worker_id
    finally:
        lock.close()
        lock.path.unlink(missing_ok=True)


def _lock_of(worker_id: str) -> LockFile:
    return LockFile(Path(settings.HOME) / "workers" / f"{worker_id.replace(':', '-')}.lock")


def run_next(worker_id: str, *, now: datetime) -> bool:
    """Run the next job that is ready; False when there was none. Its defects are logged, never raised."""
    task = _claim(worker_id)
    if task is None:
        return False
    _runner(worker_id).run_task(task)
    if task.status == TaskResultStatus.FAILED:
        logger.error("job %s failed: %s\n%s", task.task_path, task.exception_class_path, task.traceback)
        _end_failed(task, now, "系统在处理时出错，没有写入任何半截数据。已记入日志，请联系系统管理员。")
    return True


def _claim(worker_id: str) -> Any:
    """Take a ready row by compare-and-set, so that two workers never run one job; None when nothing is ready."""
    while (task := DBTaskResult.objects.ready().filter(backend_name="default").first()) is not None:
        claimed = DBTaskResult.objects.filter(pk=task.pk, status=TaskResultStatus.READY).update(
            status=TaskResultStatus.RUNNING, worker_ids=[*task.worker_ids, worker_id]
        )
        if claimed == 1:
            task.refresh_from_db()
            return task
    return None


def _runner(worker_id: str) -> DjangoWorker:
    return DjangoWorker(
        queue_names=["*"],
        interval=1,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=worker_id,
        excluded_queue_names=[],
    )


def sweep(*, now: datetime) -> int:
    """Put the jobs of dead workers of this machine back into the queue; return how many.

    A job that has lost its worker MOST_ATTEMPTS times is given up, and its owner is told.
    """
    host = socket.gethostname()[:40]
    swept = 0
    for task in DBTaskResult.objects.running():
        worker_id = task.worker_ids[-1] if task.worker_ids else ""
        if worker_id.startswith(f"{host}:") and not _is_alive(worker_id):
            swept += _take_up_again(task, now)
    return swept


def _is_alive(worker_id: str) -> bool:
    lock = _lock_of(worker_id)
    if not lock.path.exists():
        return False
    dead = lock.acquire(wait=False)
    lock.close()
    if dead:
        lock.path.unlink(missing_ok=True)
    return not dead


@transaction.atomic
def _take_up_again(task: Any, now: datetime) -> int:
    lost = DBTaskResult.objects.filter(
        pk=task.pk, status=TaskResultStatus.RUNNING, worker_ids=task.worker_ids
    )  # still as it was seen
    if len(task.worker_ids) >= MOST_ATTEMPTS:
        logger.error("job %s was given up after %d dead workers", task.task_path, MOST_ATTEMPTS)
        _end_failed(task, now, "处理多次中断，已停止。没有写入任何半截数据，请联系系统管理员后重新提交。")
        return lost.update(status=TaskResultStatus.FAILED)
    Job.objects.filter(task_id=task.pk, state=JobState.RUNNING).update(
        state=JobState.WAITING, say="处理被中断，即将从头继续"
    )
    return lost.update(status=TaskResultStatus.READY)


def _end_failed(task: Any, now: datetime, say: str) -> None:
    Job.objects.filter(task_id=task.pk, state__in=[JobState.WAITING, JobState.RUNNING]).update(
        state=JobState.FAILED, say=say, ended_at=now
    )


def tidy_queue(*, now: datetime) -> int:
    """Drop rows of the queue that finished long ago; return how many."""
    old = DBTaskResult.objects.finished().filter(finished_at__lt=now - timedelta(days=KEEP_DAYS))
    return old.delete()[0]
