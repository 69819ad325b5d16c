"""The long work of intake; each body is one service."""

from uuid import UUID

from django_tasks import task

from bihuan.intake import services
from bihuan.trail import services as trail


@task()
def understand(job_id: str, run_id: str) -> None:
    """Read an uploaded list and check it, with progress that can be looked at meanwhile."""
    with trail.running_job(job_id) as job:
        services.understand_run(run_id=UUID(run_id), job_id=job.id, now=trail.job_now())
