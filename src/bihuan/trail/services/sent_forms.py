"""One press, one record: a filled form is claimed with the events of its act, and only once."""

from datetime import datetime, timedelta
from typing import Final

from bihuan.kernel.actor import Sending
from bihuan.kernel.errors import Refusal
from bihuan.trail.models import SentForm

KEEP_DAYS: Final = 7  # [design] nobody presses the button of an older page


class SentAlready(Refusal):
    """The same form has arrived before and has become a record."""

    def __init__(self) -> None:
        super().__init__("trail.sent_already", "这张表已经提交过，没有再记一次。请刷新页面看结果。")


def claim(sending: Sending, *, now: datetime) -> None:
    """Claim a form in the caller's transaction; raises SentAlready where another arrival has it.

    Two arrivals at the same moment wait for each other at the unique key. One act may record several times.
    """
    mine = SentForm(key=sending.key, arrival=sending.arrival, at=now)
    SentForm.objects.bulk_create([mine], ignore_conflicts=True)
    if not SentForm.objects.filter(key=sending.key, arrival=sending.arrival).exists():
        raise SentAlready


def note_answer(sending: Sending, answer: str) -> None:
    """Keep where the arrival that did it was led, for those that come later."""
    SentForm.objects.filter(key=sending.key, arrival=sending.arrival).update(answer=answer)


def release(sending: Sending) -> None:
    """Let a form go whose answer leads nowhere: it was refused after all, or its page is shown but once."""
    SentForm.objects.filter(key=sending.key, arrival=sending.arrival).delete()


def tidy_sent_forms(*, now: datetime) -> int:
    """Forget forms that were sent long ago; return how many."""
    return SentForm.objects.filter(at__lt=now - timedelta(days=KEEP_DAYS)).delete()[0]
