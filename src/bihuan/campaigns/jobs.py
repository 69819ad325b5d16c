"""The long work of campaigns; each body is one service."""

from uuid import UUID

from django_tasks import task

from bihuan.campaigns import services
from bihuan.trail import services as trail


@task()
def understand(job_id: str, campaign_id: str) -> None:
    """Read an uploaded plan."""
    with trail.running_job(job_id) as job:
        services.understand_plan(campaign_id=UUID(campaign_id), now=trail.job_now(), told=job.owner_id)


@task()
def open_duties(slot: str) -> int:
    """Write the tasks of the periods of regular duties that have begun, on the day on which it runs."""
    return services.open_duties(now=trail.job_now())


@task()
def archive(job_id: str, campaign_id: str) -> None:
    """Pack a campaign with many papers into its archive."""
    with trail.running_job(job_id):
        services.finish_archiving(campaign_id=UUID(campaign_id), now=trail.job_now())


@task()
def seal(job_id: str, pack_id: str) -> None:
    """Seal a large pack of evidence."""
    with trail.running_job(job_id):
        services.finish_sealing(pack_id=UUID(pack_id), now=trail.job_now())
