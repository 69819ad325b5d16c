"""What of returns waits for a person: to fill and send, to mend what came back, to check, to lock (R9.7)."""

from collections import Counter
from datetime import datetime, timedelta
from typing import Final

from bihuan.campaigns.queries.returns.owed import owed_for
from bihuan.campaigns.rules.life import OFFICE
from bihuan.campaigns.rules.returns.life import LEADERS, ReturnAct, ReturnState
from bihuan.campaigns.rules.returns.lines import OwedLine
from bihuan.campaigns.rules.returns.rhythm import Rhythm, period_words, sent_from
from bihuan.kernel.actor import Actor
from bihuan.kernel.calendar import SHANGHAI, day_of
from bihuan.kernel.waiting import Waiting, WaitingList

SOON: Final = timedelta(days=3)
FILL, MEND, CHECK, LOCK = "returns.to_fill", "returns.to_mend", "returns.to_check", "returns.to_lock"
VERBS: Final = {FILL: "填报", MEND: "改好再报", CHECK: "审核", LOCK: "锁定"}


def waiting_for(viewer: Actor, *, now: datetime, first_n: int = 20) -> WaitingList:
    """Return what a person has to do with returns now; nothing that this person cannot do."""
    if viewer.town_id is None or not (viewer.own_units or viewer.has_role(*OFFICE, *LEADERS)):
        return WaitingList()
    found = [
        _waiting(what, line, now) for line in owed_for(viewer, now=now) if (what := _what_to_do(viewer, line, now))
    ]
    rows = sorted(found, key=lambda one: (not one.is_today(now), one.due_at or now))
    late = sum(one.due_at is not None and one.due_at < now for one in rows)
    today = sum(one.is_today(now) for one in rows)
    later = sum(one.due_at is None for one in rows)
    soon = len(rows) - late - today - later
    by_what = Counter(one.what for one in rows)
    return WaitingList(tuple(rows[:first_n]), late=late, today=today, soon=soon, later=later, by_what=by_what)


def _what_to_do(viewer: Actor, line: OwedLine, now: datetime) -> str:
    """Return what waits for this viewer, "" for nothing. Checking and locking is for who may do it to this very row."""
    if ReturnAct.CHECK in line.acts:
        return CHECK
    if ReturnAct.LOCK in line.acts:
        return LOCK
    mine = line.unit_id in viewer.own_units or (line.unit_id == viewer.town_id and line.may_fill)
    if ReturnAct.SUBMIT not in line.acts or not mine:
        return ""
    if line.edition:
        return MEND
    is_asked = line.rhythm == Rhythm.SPECIAL
    return FILL if is_asked or line.period.due_at - now <= SOON else ""


def _waiting(what: str, line: OwedLine, now: datetime) -> Waiting:
    named = f"{line.title} {period_words(line.period.since, line.period.until)}"
    runs = what in {FILL, MEND}
    return Waiting(
        what=what,
        title=named if runs else f"{line.unit_name} {named}",
        reason=_reason(what, line, now),
        verb=VERBS[what],
        url_name="campaigns:return" if line.return_id is not None else "campaigns:returns",
        url_args=(line.return_id,) if line.return_id is not None else (),
        due_at=line.period.due_at if runs else None,
        due_name="报送" if runs else "",
        subject_id=line.return_id,
    )


def _reason(what: str, line: OwedLine, now: datetime) -> str:
    if what == MEND:
        return "审核退回，要改" if line.state == ReturnState.RETURNED else "已打开更正，改好再报一次"
    if what == FILL:
        if day_of(now) < sent_from(Rhythm(line.rhythm), line.period.until, line.period.due_at):
            return f"到 {line.period.until.month}月{line.period.until.day}日 24:00 满一期，满期后报送"
        return "已开始填，还没有报送" if line.is_touched else "还没有填"
    sent = f"{line.sent_at.astimezone(SHANGHAI):%m-%d %H:%M}报送，" if line.sent_at else ""
    return f"{sent}等您审核" if what == CHECK else f"{sent}审核通过，等锁定"
