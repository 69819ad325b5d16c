"""What is owed: every form in use, every unit that owes it, every period that falls due; begun, sent, late, missing."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple
from uuid import UUID

from bihuan.campaigns.models import Return, ReturnForm, ReturnOwer
from bihuan.campaigns.queries.returns.finding import hands_of
from bihuan.campaigns.rules.life import OFFICE
from bihuan.campaigns.rules.returns.forms import FormState
from bihuan.campaigns.rules.returns.life import OPEN, STATE_NAMES, Hand, ReturnState
from bihuan.campaigns.rules.returns.lines import OwedLine
from bihuan.campaigns.rules.returns.rhythm import Period, Rhythm, current, period_words, periods
from bihuan.kernel.actor import Actor
from bihuan.kernel.calendar import day_of, end_of
from bihuan.kernel.indicators import Answer, Question
from bihuan.kernel.waiting import Waiting, WaitingList
from bihuan.orgs.rules import UnitKind

DONE: Final = (ReturnState.CHECKED, ReturnState.LOCKED)
LOOKED_BACK: Final = timedelta(days=35)
SOON: Final = timedelta(days=3)
_Key = tuple[UUID, UUID, date, date]


def owed_for(viewer: Actor, *, now: datetime, since: date | None = None, form_id: UUID | None = None) -> list[OwedLine]:
    """Return what is owed by the units that the viewer sees, latest due first: since a day, and the next of each.

    Above towns only what a town itself owes is told; a return is opened there once it is checked.
    since: of the day due; None: the last five weeks. Two queries, one where nobody owes anything.
    """
    today = day_of(now)
    first = since or today - LOOKED_BACK
    owers = (
        ReturnOwer.objects.open_to(viewer).filter(form__in=ReturnForm.objects.open_to(viewer)).select_related("form")
    )
    owers = owers.exclude(form__state=FormState.BINDING)
    is_above = viewer.town_id is None and not viewer.scope.everything
    if is_above:
        owers = owers.filter(kind=UnitKind.TOWN)
    if form_id is not None:
        owers = owers.filter(form_id=form_id)
    rows = (
        Return.objects.visible_to(viewer).filter(unit_kind=UnitKind.TOWN)
        if is_above
        else Return.objects.open_to(viewer)
    )
    rows = rows.filter(due_at__gte=end_of(first - timedelta(days=1)))
    if form_id is not None:
        rows = rows.filter(form_id=form_id)
    owing = list(owers)
    begun = {_key_of(row): row for row in rows.select_related("form")} if owing else {}
    lines = [
        _line(viewer, ower, period, begun.pop(_key(ower, period), None), now)
        for ower in owing
        for period in _shown(ower, first, today)
    ]
    lines += [_begun(viewer, row, now) for row in begun.values()]
    return sorted(lines, key=lambda line: (-line.period.due_at.timestamp(), line.title, line.unit_name))


def _key_of(row: Return) -> _Key:
    return row.form_id, row.unit_id, row.since, row.until


def _shown(ower: ReturnOwer, first: date, today: date) -> Iterator[Period]:
    """Yield the periods that fell due since a day, and the next one where it still will be owed."""
    yield from _due(ower, first, today - timedelta(days=1))
    upcoming = current(Rhythm(ower.form.rhythm), today)
    if upcoming is not None:
        day = day_of(upcoming.due_at - timedelta(seconds=1))
        yield from _due(ower, day, day)


def _due(ower: ReturnOwer, first: date, last: date) -> Iterator[Period]:
    """Yield what a unit owes between two days: from when the form is used and the unit owes it, until either ends."""
    start, end = ower.days_owed
    yield from periods(Rhythm(ower.form.rhythm), max(first, start), last if end is None else min(last, end))


def _line(viewer: Actor, ower: ReturnOwer, period: Period, row: Return | None, now: datetime) -> OwedLine:
    hands = hands_of(viewer, unit_id=ower.unit_id, path=ower.path)
    form = ower.form
    return OwedLine(
        form_id=form.pk,
        title=form.title,
        rhythm=form.rhythm,
        to_whom=form.to_whom,
        unit_id=ower.unit_id,
        unit_name=ower.name,
        period=period,
        return_id=row.pk if row is not None and _opens(viewer, row) else None,
        state=row.state if row is not None else "",
        edition=row.edition if row is not None else 0,
        first_sent_at=row.first_sent_at if row is not None else None,
        is_late=_late(row.first_sent_at if row is not None else None, period.due_at, now),
        may_fill=Hand.FILLER in hands,
        typed=len(row.typed) if row is not None else 0,
    )


def _begun(viewer: Actor, row: Return, now: datetime) -> OwedLine:
    """A return beyond the rhythm: a special one, or of a unit that owes it no more."""
    hands = hands_of(viewer, unit_id=row.unit_id, path=row.path)
    return OwedLine(
        form_id=row.form_id,
        title=row.form.title,
        rhythm=row.form.rhythm,
        to_whom=row.form.to_whom,
        unit_id=row.unit_id,
        unit_name=row.unit_name,
        period=Period(row.since, row.until, row.due_at),
        return_id=row.pk if _opens(viewer, row) else None,
        state=row.state,
        edition=row.edition,
        first_sent_at=row.first_sent_at,
        is_late=_late(row.first_sent_at, row.due_at, now),
        may_fill=Hand.FILLER in hands,
        typed=len(row.typed),
    )


def _opens(viewer: Actor, row: Return) -> bool:
    return viewer.town_id is not None or viewer.scope.everything or row.state in DONE


def _late(sent_at: datetime | None, due_at: datetime, now: datetime) -> bool:
    return (sent_at or now) > due_at


def count(asked: Question, names: Collection[str]) -> Mapping[str, Answer]:
    """Count the returns that fell due in a period, and those of them that were first sent by their hour (R9.7).

    Special ones fall due when they were asked for. Of one campaign only its own forms. Two queries.
    """
    owers = ReturnOwer.objects.below(asked.path).select_related("form")
    owers = owers.filter(form__in_use_on__isnull=False, starts_on__lte=asked.until)
    rows = Return.objects.below(asked.path).filter(made_at__lt=end_of(asked.until)).select_related("form")
    if asked.campaign_id is not None:
        owers, rows = owers.filter(form__campaign=asked.campaign_id), rows.filter(form__campaign=asked.campaign_id)
    owing = list(owers)
    due = [(_key(ower, period), period.due_at) for ower in owing for period in _due(ower, asked.since, asked.until)]
    found = {_key_of(row): row for row in rows} if owing else {}
    due += [
        (key, row.due_at)
        for key, row in found.items()
        if row.form.rhythm == Rhythm.SPECIAL and asked.since <= day_of(row.due_at) <= asked.until
    ]
    sent = {key: row.first_sent_at for key, row in found.items() if row.first_sent_at is not None}
    on_time = sum(key in sent and sent[key] <= due_at for key, due_at in due)
    answers = {"campaigns.returns_due": Answer(len(due)), "campaigns.returns_on_time": Answer(on_time)}
    return {name: answers[name] for name in names}


class DueReturn(NamedTuple):
    """A return that fell due. sent_at: when it was first sent by the day asked, None where it was not."""

    title: str
    due_at: datetime
    sent_at: datetime | None

    @property
    def is_late(self) -> bool:
        """Whether it came after its hour, or not at all."""
        return self.sent_at is None or self.sent_at > self.due_at


def due_by_unit(path: str, *, since: date, until: date) -> dict[UUID, list[DueReturn]]:
    """Return what fell due for each unit at or below a path between two days, in the order of the days, as it was known
    by the end of the second. Two queries."""
    end = end_of(until)
    owers = ReturnOwer.objects.below(path).filter(form__in_use_on__isnull=False, starts_on__lte=until)
    rows = Return.objects.below(path).filter(first_sent_at__lt=end).select_related("form")
    sent = {_key_of(row): row.first_sent_at for row in rows}
    found: dict[UUID, list[DueReturn]] = {}
    for ower in owers.select_related("form").order_by("form__made_at", "id"):
        for period in _due(ower, since, until):
            if period.due_at < end:
                one = DueReturn(ower.form.title, period.due_at, sent.get(_key(ower, period)))
                found.setdefault(ower.unit_id, []).append(one)
    return {unit_id: sorted(due, key=lambda one: one.due_at) for unit_id, due in found.items()}


def _key(ower: ReturnOwer, period: Period) -> _Key:
    return ower.form_id, ower.unit_id, period.since, period.until


def waiting_for(viewer: Actor, *, now: datetime, first_n: int = 20) -> WaitingList:
    """Return what a person has to do with returns: fill what is owed soon or late, mend what came back, check."""
    if viewer.town_id is None or not (viewer.own_units or viewer.has_role(*OFFICE)):
        return WaitingList()
    found = [_waiting(line, now) for line in owed_for(viewer, now=now) if _is_mine(viewer, line, now)]
    rows = sorted(found, key=lambda one: one.due_at or now)
    late = sum(one.due_at is not None and one.due_at < now for one in rows)
    today = sum(one.due_at is not None and one.due_at >= now and day_of(one.due_at) == day_of(now) for one in rows)
    by_what: dict[str, int] = {}
    for one in rows:
        by_what[one.what] = by_what.get(one.what, 0) + 1
    soon = len(rows) - late - today
    return WaitingList(tuple(rows[:first_n]), late=late, today=today, soon=soon, by_what=by_what)


def _is_mine(viewer: Actor, line: OwedLine, now: datetime) -> bool:
    if line.state == ReturnState.SUBMITTED:
        return line.may_fill and line.unit_id not in viewer.own_units  # the office checks
    if line.state not in {"", *OPEN}:
        return False
    mine = line.unit_id in viewer.own_units or (line.unit_id == viewer.town_id and line.may_fill)
    return mine and (line.state == ReturnState.RETURNED or line.period.due_at - now <= SOON)


def _waiting(line: OwedLine, now: datetime) -> Waiting:
    is_checking = line.state == ReturnState.SUBMITTED
    named = f"{line.title} {period_words(line.period.since, line.period.until)}"
    state = STATE_NAMES[ReturnState(line.state)] if line.state else "还没有填"
    return Waiting(
        what="returns.to_check" if is_checking else "returns.to_fill",
        title=f"{line.unit_name} {named}" if is_checking else named,
        reason=f"{state}（R9.7）",
        verb="审核" if is_checking else "填报",
        url_name="campaigns:return" if line.return_id is not None else "campaigns:returns",
        url_args=(line.return_id,) if line.return_id is not None else (),
        due_at=line.period.due_at,
        due_name="报送",
        subject_id=line.return_id,
    )
