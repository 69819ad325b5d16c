"""What fell due: each return with when it first came, as of any instant; counted, and listed as counted (R9.7)."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from bihuan.campaigns.models import Return, ReturnOwer
from bihuan.campaigns.rules.returns.rhythm import AHEAD, Period, Rhythm, due_day, periods
from bihuan.kernel.actor import Actor
from bihuan.kernel.calendar import end_of
from bihuan.kernel.indicators import Answer, Question
from bihuan.kernel.paths import is_within, town_path
from bihuan.stats import queries as stats

PAGE: Final = "campaigns:due_returns"
Key = tuple[UUID, UUID, date, date]


class Of(StrEnum):
    """Which of those that fell due are meant."""

    DUE = "due"
    ON_TIME = "on_time"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class DueReturn:
    """A return that fell due. sent_at: when it was first sent by the instant asked, None where it was not."""

    form_id: UUID
    title: str
    unit_id: UUID
    unit_name: str
    period: Period
    sent_at: datetime | None

    @property
    def due_at(self) -> datetime:
        """The hour by which it was owed."""
        return self.period.due_at

    @property
    def is_late(self) -> bool:
        """Whether it came after its hour, or not at all."""
        return self.sent_at is None or self.sent_at > self.due_at

    def is_one_of(self, of: Of) -> bool:
        """Whether it counts there."""
        return of is Of.DUE or self.is_late is (of is Of.LATE)


def key_of(row: Return) -> Key:
    """Return by what a return is told from others."""
    return row.form_id, row.unit_id, row.since, row.until


def owed_by(ower: ReturnOwer, first: date, last: date) -> Iterator[Period]:
    """Yield what a unit owes between two days: from when the form is used and the unit owes it, until either ends.

    Nothing is owed whose hour had passed when the form was set up.
    """
    (start, end), (rhythm, deadline) = ower.days_owed, ower.schedule
    for period in periods(rhythm, max(first, start), last if end is None else min(last, end), deadline):
        if ower.starts_at is None or period.due_at > ower.starts_at:
            yield period


def next_owed(ower: ReturnOwer, today: date) -> Period | None:
    """Return the next period that falls due for a unit, today included; None where it owes none any more."""
    return next(owed_by(ower, today, today + AHEAD), None)


def fell_due(asked: Question) -> list[DueReturn]:
    """Return what fell due in a period at or below a path, in the order of the hours, as of the instant asked.

    Special ones fall due as they were asked for. Of one campaign only its own forms. Two queries.
    """
    around = town_path(asked.path) or asked.path
    owing, begun = asked.once((PAGE, around, asked.until, asked.campaign_id), lambda: _read(around, asked))
    owing = [one for one in owing if is_within(one.path, asked.path)]
    begun = [one for one in begun if is_within(one.path, asked.path)]
    found = [*_of_rhythm(asked, owing, {key_of(row): row for row in begun}), *(_special(asked, begun) if owing else ())]
    return sorted((one for one in found if one.due_at <= asked.end), key=lambda one: one.due_at)


def _read(path: str, asked: Question) -> tuple[list[ReturnOwer], list[Return]]:
    """Read who owes what at or below a path, and what they have begun: of a whole town, for all places in it."""
    owers = ReturnOwer.objects.below(path).filter(form__in_use_on__isnull=False, starts_on__lte=asked.until)
    rows = (
        Return.objects.below(path)
        .filter(made_at__lt=end_of(asked.until))
        .select_related("form")
        .defer("form__grid", "form__bindings", "figures", "typed")
    )
    if asked.campaign_id is not None:
        owers, rows = owers.filter(form__campaign=asked.campaign_id), rows.filter(form__campaign=asked.campaign_id)
    owing = list(owers.with_form().order_by("form__made_at", "id"))
    return owing, list(rows.order_by("form__made_at", "id")) if owing else []


def _of_rhythm(asked: Question, owing: Collection[ReturnOwer], begun: Mapping[Key, Return]) -> Iterator[DueReturn]:
    for ower in owing:
        for period in owed_by(ower, asked.since, asked.until):
            row = begun.get((ower.form_id, ower.unit_id, period.since, period.until))
            yield DueReturn(ower.form_id, ower.form.title, ower.unit_id, ower.name, period, _sent(row, asked))


def _special(asked: Question, rows: Collection[Return]) -> Iterator[DueReturn]:
    for row in rows:
        if row.form.rhythm == Rhythm.SPECIAL and asked.since <= due_day(row.due_at) <= asked.until:
            period = Period(row.since, row.until, row.due_at)
            yield DueReturn(row.form_id, row.form.title, row.unit_id, row.unit_name, period, _sent(row, asked))


def _sent(row: Return | None, asked: Question) -> datetime | None:
    sent_at = row.first_sent_at if row is not None else None
    return sent_at if sent_at is not None and sent_at < end_of(asked.until) else None


def count(asked: Question, names: Collection[str]) -> Mapping[str, Answer]:
    """Count the returns that fell due in a period, and those of them that were first sent by their hour (R9.7)."""
    due = fell_due(asked)
    told = {"campaigns.returns_due": Of.DUE, "campaigns.returns_on_time": Of.ON_TIME}
    return {
        name: Answer(sum(one.is_one_of(of) for one in due), address_of(asked, of))
        for name, of in told.items()
        if name in names
    }


def address_of(asked: Question, of: Of) -> dict[str, str]:
    """Return the filter of the page that lists exactly these."""
    days = {"since": asked.since.isoformat(), "until": asked.until.isoformat()}
    of_campaign = {"campaign": str(asked.campaign_id)} if asked.campaign_id is not None else {}
    return {"path": asked.path, **days, "of": of.value, **of_campaign}


def due_for(viewer: Actor, asked: Question, of: Of, *, form_id: UUID | None, unit_id: UUID | None) -> list[DueReturn]:
    """Return the rows that a figure of returns counts. form_id, unit_id: of one form, of one unit only.

    Raises NotFound when the viewer does not see the whole place, as the figure would.
    """
    stats.place_of(viewer, asked.path)
    return [
        one
        for one in fell_due(asked)
        if one.is_one_of(of) and form_id in {None, one.form_id} and unit_id in {None, one.unit_id}
    ]


def opened_of(viewer: Actor, rows: Collection[DueReturn]) -> dict[Key, UUID]:
    """Return which of these returns the viewer can open, by form, unit and days. One query."""
    if not rows:
        return {}
    known = {(one.form_id, one.unit_id, one.period.since, one.period.until) for one in rows}
    found = Return.objects.open_to(viewer).filter(form__in={one.form_id for one in rows})
    found = found.filter(until__range=(min(one[3] for one in known), max(one[3] for one in known)))
    return {key_of(row): row.pk for row in found.only("form_id", "unit_id", "since", "until") if key_of(row) in known}


def due_by_unit(asked: Question) -> dict[UUID, list[DueReturn]]:
    """Return what fell due for each unit at or below a path, in the order of the hours. Two queries."""
    found: dict[UUID, list[DueReturn]] = {}
    for one in fell_due(asked):
        found.setdefault(one.unit_id, []).append(one)
    return found
