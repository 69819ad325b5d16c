"""What the schedule lets the trail do by itself."""

from django_tasks import task

from bihuan.kernel.actor import PLATFORM
from bihuan.trail import services


@task()
def seal(slot: str) -> str:
    """Seal the trail once a day."""
    sealed = services.seal_trail(actor=PLATFORM, now=services.job_now())
    return sealed.file if sealed else ""


@task()
def tidy(slot: str) -> int:
    """Drop old rows of the queue and forms sent long ago."""
    now = services.job_now()
    return services.tidy_queue(now=now) + services.tidy_sent_forms(now=now)


@task()
def learn_sizes(slot: str) -> None:
    """Look at the sizes of the tables once a day."""
    services.learn_sizes()
