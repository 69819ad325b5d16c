"""Read how far long work is."""

from uuid import UUID

from bihuan.kernel.actor import Actor
from bihuan.kernel.errors import NotFound
from bihuan.trail.models import Job, JobState
from bihuan.trail.rules import JobLine


def job_for(viewer: Actor, job_id: UUID) -> JobLine:
    """Return a job that the viewer asked for; NotFound for anybody else's."""
    job = Job.objects.filter(pk=job_id, owner_id=viewer.user_id).first()
    if job is None:
        raise NotFound
    return line(job)


def jobs_of(viewer: Actor, first_n: int = 20) -> list[JobLine]:
    """Return the newest jobs that the viewer asked for."""
    return [line(job) for job in Job.objects.filter(owner_id=viewer.user_id).order_by("-asked_at", "-id")[:first_n]]


def line(job: Job) -> JobLine:
    """Return a job as a frozen value."""
    return JobLine(
        id=job.id,
        kind=job.kind,
        title=job.title,
        state=job.state,
        state_name=JobState(job.state).label,
        done=job.done,
        total=job.total,
        say=job.say,
        subject_id=job.subject_id,
        owner_id=job.owner_id,
        owner_name=job.owner_name,
        asked_at=job.asked_at,
        ended_at=job.ended_at,
        result=job.result,
    )
