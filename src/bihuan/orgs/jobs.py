"""What the schedule lets orgs do by itself."""

from django_tasks import task

from bihuan.orgs import services


@task()
def tidy_sessions(slot: str) -> None:
    """Drop the sessions that have ended."""
    services.tidy_sessions()
