"""What the schedule lets hazards do by itself: tell people; nothing here moves a hazard."""

from datetime import datetime

from django_tasks import task

from bihuan.hazards.services.warning import tell_warned
from bihuan.kernel.calendar import day_of
from bihuan.trail import services


@task()
def warn(slot: str) -> int:
    """Tell leaders of the major hazards that come to the warning on the day of the slot."""
    return tell_warned(today=day_of(datetime.fromisoformat(slot)), now=services.job_now())
