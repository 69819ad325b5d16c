"""Jobs for the tests of workers; a chore leaves lines in a file and progress in its row."""

import os
import signal
from pathlib import Path

from django_tasks import task

from bihuan.kernel.errors import Refusal
from bihuan.trail.services import job_now, report_progress, running_job


@task()
def count(job_id: str, file: str, upto: int, kill_at: int = 0) -> None:
    """Count into a file; die the hard way at `kill_at`, but only the first time."""
    with running_job(job_id) as job:
        path = Path(file)
        second_time = path.exists()
        with path.open("w" if second_time else "x", encoding="utf-8") as lines:
            for number in range(1, upto + 1):
                lines.write(f"{number}\n")
                lines.flush()
                report_progress(job.id, done=number, say=f"数到 {number}")
                if number == kill_at and not second_time:
                    os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))


@task()
def refuse(job_id: str) -> None:
    """Be refused by a rule."""
    with running_job(job_id):
        raise Refusal("test.no", "第 3 行没有企业名称，请补上后重新提交。")


@task()
def break_down(job_id: str) -> None:
    """Meet a defect."""
    with running_job(job_id):
        raise LookupError("a defect")


@task()
def note(slot: str) -> str:
    """Do what the schedule asks."""
    return f"{slot} at {job_now().isoformat()}"


TURNS = (("test.note", "tests.trail.chores.note", "daily 07:00"),)
