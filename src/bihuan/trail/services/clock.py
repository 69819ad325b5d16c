"""The clock of jobs: nobody below a door reads the time, so whoever runs them (`bihuan work`) hands in a clock."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

Clock = Callable[[], datetime]
_CLOCK: ContextVar[Clock] = ContextVar("clock_of_jobs")


@contextmanager
def clock_of_jobs(clock: Clock) -> Iterator[None]:
    """Let the jobs inside the block read this clock: the door's, which a demo may have shifted."""
    token = _CLOCK.set(clock)
    try:
        yield
    finally:
        _CLOCK.reset(token)


def job_now() -> datetime:
    """Return the instant for a job's body to hand to its service as `now`. LookupError outside a worker."""
    return _CLOCK.get()()
