"""What the figures of supervision, bulletins and accountability count, row by row, as of a day (R9.9 to R9.12)."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, Final

from django.db.models import Model, Q

from bihuan.campaigns.models import AccountabilityCase, BulletinUnit, Exemption, Finding, Interview, SupervisionRound
from bihuan.campaigns.queries.figures.book import Book
from bihuan.campaigns.queries.figures.grounds import grounds_on
from bihuan.campaigns.rules.counted import Counted
from bihuan.campaigns.rules.supervision.accountability import FORM_NAMES, CaseForm
from bihuan.campaigns.rules.supervision.states import (
    METHOD_NAMES,
    BulletinKind,
    CaseState,
    FindingSide,
    Method,
)
from bihuan.kernel.calendar import day_of
from bihuan.kernel.paths import is_within

Rows = Iterable[Counted]
Count = Callable[[Book], Rows]


# -- rounds
def _rounds(book: Book) -> list[SupervisionRound]:
    found: list[SupervisionRound] = book.once("rounds", lambda: _read_rounds(book))
    return found


def _read_rounds(book: Book) -> list[SupervisionRound]:
    """Return the rounds of the place that were planned by then and not cancelled, in the order of their days.

    A unit may ask for its own place, so a covert round counts below the town only once the unit was told of it.
    """
    standing = Q(cancelled_at=None) | Q(cancelled_at__gte=book.end)
    rows = SupervisionRound.objects.filter(standing, campaign_id__in=book.family, planned_at__lt=book.end)
    rows = rows.select_related("part").order_by("planned_on", "planned_at", "id")
    return [
        one
        for one in _once(book, SupervisionRound, rows, book.end)
        if is_within(one.part.path, book.asked.path) and (book.is_whole or _is_told(one, book))
    ]


def _is_told(one: SupervisionRound, book: Book) -> bool:
    told = (one.fed_back_at, one.closed_at)
    return one.method == Method.OPEN or any(at is not None and at < book.end for at in told)


def _once(book: Book, model: type[Model], rows: Iterable[Any], *of: object) -> list[Any]:
    """Return rows of the whole campaign, read once for all places. of: what they depend on besides it."""
    return book.kept.once((book.row.pk, model, *of), lambda: list(rows))


def _is_held(one: SupervisionRound, book: Book) -> bool:
    if one.held_on is None or one.held_at is None or one.held_at >= book.end:
        return False
    return book.within(one.held_on)


def _round_row(one: SupervisionRound) -> Counted:
    method = METHOD_NAMES[Method(one.method)]
    return Counted(one.subject or f"{one.part.name}督查", one.part.name, one.held_on or one.planned_on, method)


def planned(book: Book) -> Rows:
    """Count rounds planned for the period, and those held in it whatever their plan said."""
    return [_round_row(one) for one in _rounds(book) if book.within(one.planned_on) or _is_held(one, book)]


def rounds(book: Book) -> Rows:
    """Count those of them that were held in the period."""
    return [_round_row(one) for one in _rounds(book) if _is_held(one, book)]


def covert(book: Book) -> Rows:
    """Count those of them that came without notice."""
    return [_round_row(one) for one in _rounds(book) if _is_held(one, book) and one.method == Method.COVERT]


def units_supervised(book: Book) -> Rows:
    """Count the participating units in which at least one was held."""
    first: dict[object, SupervisionRound] = {}
    for one in _rounds(book):
        if _is_held(one, book):
            first.setdefault(one.part.unit_id, one)
    return [_round_row(first[part.unit_id]) for part in book.here if part.unit_id in first]


# -- problems of units
def _due_findings(book: Book) -> list[Finding]:
    found: list[Finding] = book.once("findings", lambda: _read_findings(book))
    return found


def _read_findings(book: Book) -> list[Finding]:
    rows = Finding.objects.filter(
        round__campaign_id__in=book.family,
        side=FindingSide.UNIT,
        round__fed_back_at__lt=book.end,
        due_on__range=(book.asked.since, book.asked.until),
    )
    rows = rows.select_related("round__part").order_by("due_on", "noted_at", "id")
    found = _once(book, Finding, rows, book.end, book.asked.since)
    return [one for one in found if is_within(one.round.part.path, book.asked.path)]


def _in_time(one: Finding, book: Book) -> bool:
    if one.confirmed_at is None or one.confirmed_at >= book.end or one.answered_on is None or one.due_on is None:
        return False
    return one.answered_on <= one.due_on


def _finding_row(one: Finding, book: Book) -> Counted:
    note = "按期整改" if _in_time(one, book) else "没有按期整改"
    return Counted(one.text, one.round.part.name, one.due_on, note)


def findings_due(book: Book) -> Rows:
    """Count the problems of units whose last day to correct lies in the period."""
    return [_finding_row(one, book) for one in _due_findings(book)]


def findings_on_time(book: Book) -> Rows:
    """Count those of them that were corrected by that day, and confirmed."""
    return [_finding_row(one, book) for one in _due_findings(book) if _in_time(one, book)]


# -- criticism
def _criticised(book: Book) -> dict[object, list[BulletinUnit]]:
    found: dict[object, list[BulletinUnit]] = book.once("criticised", lambda: _read_criticised(book))
    return found


def _read_criticised(book: Book) -> dict[object, list[BulletinUnit]]:
    """Return the units criticised in the period, each with the circulars that name it."""
    rows = BulletinUnit.objects.filter(
        bulletin__campaign_id__in=book.family,
        bulletin__kind=BulletinKind.CRITICISM,
        bulletin__issued_at__lt=book.end,
        left_at=None,
    )
    found: dict[object, list[BulletinUnit]] = {}
    rows = rows.select_related("bulletin", "part").order_by("bulletin__issued_at", "id")
    for one in _once(book, BulletinUnit, rows, book.end):
        if book.within(_issued_on(one)) and is_within(one.part.path, book.asked.path):
            found.setdefault(one.part.unit_id, []).append(one)
    return found


def _criticised_row(rows: list[BulletinUnit]) -> Counted:
    one = rows[0]
    return Counted(one.part.name, one.part.name, _issued_on(one), one.bulletin.title)


def _issued_on(one: BulletinUnit) -> date:
    assert one.bulletin.issued_at is not None  # noqa: S101 -- only issued ones are counted
    return day_of(one.bulletin.issued_at)


def criticised(book: Book) -> Rows:
    """Count the units named by circulars of criticism issued in the period, each once."""
    return [_criticised_row(rows) for rows in _criticised(book).values()]


def _was_corrected(one: BulletinUnit, book: Book) -> bool:
    due_on = one.bulletin.correct_by
    if one.confirmed_at is None or one.confirmed_at >= book.end or one.answered_on is None or due_on is None:
        return False
    return one.answered_on <= due_on


def corrected(book: Book) -> Rows:
    """Count those of them that corrected in time what each circular named."""
    found = _criticised(book).values()
    return [_criticised_row(rows) for rows in found if all(_was_corrected(one, book) for one in rows)]


def _exempted(book: Book) -> dict[object, Exemption]:
    found: dict[object, Exemption] = book.once("exempted", lambda: _read_exempted(book))
    return found


def _read_exempted(book: Book) -> dict[object, Exemption]:
    rows = Exemption.objects.filter(campaign_id__in=book.family, decided_at__lt=book.end)
    found: dict[object, Exemption] = {}
    rows = rows.select_related("part").order_by("decided_at", "id")
    for one in _once(book, Exemption, rows, book.end):
        if book.within(day_of(one.decided_at)) and is_within(one.part.path, book.asked.path):
            found.setdefault(one.part.unit_id, one)
    return found


def criticised_or_exempted(book: Book) -> Rows:
    """Count the units that were criticised, or exempted with a reason, in the period."""
    named, exempted = _criticised(book), _exempted(book)
    yield from (_criticised_row(rows) for rows in named.values())
    for unit_id, one in exempted.items():
        if unit_id not in named:
            yield Counted(one.part.name, one.part.name, day_of(one.decided_at), f"免予通报：{one.reason}")


def meeting_a_ground(book: Book) -> Rows:
    """Count the units that meet a ground at the end of the period, and those that were decided on within it."""
    decided = set(_criticised(book)) | set(_exempted(book))
    yield from criticised_or_exempted(book)
    if book.row.issued_at is None or book.row.issued_at >= book.end:
        return
    grounds = grounds_on(book.row, book.asked.until, book.kept)
    for part in book.here:
        one = grounds.of_part(part.id)
        if one is not None and one.grounds and part.unit_id not in decided:
            yield Counted(part.name, part.name, grounds.on, "；".join(ground.text for ground in one.grounds))


# -- interviews and accountability
def interviews(book: Book) -> Rows:
    """Count the interviews held in the period."""
    rows = Interview.objects.filter(campaign_id__in=book.family, held_at__lt=book.end)
    rows = rows.filter(held_on__range=(book.asked.since, book.asked.until)).select_related("part")
    return [
        Counted(one.reason, one.part.name, one.held_on, f"{one.convener}约谈{one.who}")
        for one in rows.order_by("held_on", "id")
        if is_within(one.part.path, book.asked.path)
    ]


def _decided(book: Book) -> list[AccountabilityCase]:
    found: list[AccountabilityCase] = book.once("decided", lambda: _read_decided(book))
    return found


def _read_decided(book: Book) -> list[AccountabilityCase]:
    if not book.is_whole:
        return []
    rows = AccountabilityCase.objects.filter(
        campaign_id__in=book.family,
        state=CaseState.DECIDED,
        decided_at__lt=book.end,
        decided_on__range=(book.asked.since, book.asked.until),
    )
    return list(rows.select_related("part").order_by("decided_on", "id"))


def decisions(book: Book) -> Rows:
    """Count the decisions of competent organs in the period; the rows name no person."""
    return [
        Counted(one.doc_number, one.organ, one.decided_on, FORM_NAMES[CaseForm(one.form)]) for one in _decided(book)
    ]


def people_held(book: Book) -> Rows:
    """Count those of them that were about a person: who was named is not just the unit."""
    return [
        Counted(one.doc_number, one.organ, one.decided_on, FORM_NAMES[CaseForm(one.form)])
        for one in _decided(book)
        if one.part is None or one.who.strip() != one.part.name
    ]


def concluded(book: Book) -> Rows:
    """Count the responsible accidents for which somebody was held to account in the period, each once."""
    first: dict[str, AccountabilityCase] = {}
    for one in _decided(book):
        if one.by_accident:
            first.setdefault(one.report, one)
    return [Counted(one.accident, one.organ, one.decided_on, one.report) for one in first.values()]


SUPERVISING: Final[Mapping[str, Count]] = {
    "campaigns.supervision_planned": planned,
    "campaigns.supervision_rounds": rounds,
    "campaigns.covert_rounds": covert,
    "campaigns.units_supervised": units_supervised,
    "campaigns.findings_due": findings_due,
    "campaigns.findings_on_time": findings_on_time,
    "campaigns.criticised": criticised,
    "campaigns.criticised_corrected": corrected,
    "campaigns.criticised_or_exempted": criticised_or_exempted,
    "campaigns.meeting_a_ground": meeting_a_ground,
    "campaigns.interviews": interviews,
    "campaigns.accountability_decisions": decisions,
    "campaigns.people_held": people_held,
    "campaigns.accountability_concluded": concluded,
}
